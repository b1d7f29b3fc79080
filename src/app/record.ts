import { resolve } from 'node:path';
import { ReadoutError } from '../error.ts';
import { oneLine } from '../record/marks.ts';
import { namesBeginning } from '../record/persons.ts';
import type { Store } from '../record/store.ts';
import { nearestWords } from './near.ts';
import type { Context } from './operation.ts';

/** Where the record is: `--db`, else `READOUT_DB`, else `./readout.sqlite`; a path or a `postgres://` address. */
export function recordPath(db: string | undefined, context: Pick<Context, 'env' | 'cwd'>): string {
  const given = db ?? context.env['READOUT_DB'];
  if (given === undefined || given === '') return resolve(context.cwd, 'readout.sqlite');
  if (/^postgres(?:ql)?:\/\//.test(given)) return given;
  return resolve(context.cwd, given);
}

/** Opens the record, does the work, and closes it whatever happens; one that is open already stays so. `create` makes it if need be (default: false). */
export async function withRecord(
  db: string | undefined,
  context: Pick<Context, 'env' | 'cwd' | 'progress' | 'record'>,
  work: (store: Store) => Promise<void>,
  options: { readonly create?: boolean } = {},
): Promise<void> {
  if (context.record !== undefined) return work(context.record);
  const { Store } = await import('../record/store.ts');
  const store = await Store.open(recordPath(db, context), { ...options, tell: (line) => context.progress(line) });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/**
 * The parties a person names, as the record knows them: by code, by a name that documents use, or as they are kept
 * (`~rebels`). Throws `record.not-found` naming the unknown one.
 */
export async function partiesOf(store: Store, names: readonly string[]): Promise<readonly string[]> {
  const parties: string[] = [];
  for (const name of names) {
    const isKept = name.startsWith('~') && (await store.count(oneLine(`party ${name}`))) > 0;
    const party = isKept ? name : await store.party(name);
    if (party === undefined) {
      const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name;
      const near = nearestWords(shown, await namesBeginning(store.engine, name));
      throw new ReadoutError(
        'record.not-found',
        `The record knows nobody called "${shown}"${near === '' ? ';' : `${near} Or`} name a country by its code (USA) or an actor as the reports do.`,
      );
    }
    parties.push(party);
  }
  return parties;
}
