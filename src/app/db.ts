import { resolve } from 'node:path';
import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { checkRecord } from '../record/check.ts';
import type { Digest } from '../record/digest.ts';
import { backupRecord, moveRecord } from '../record/move.ts';
import { isServer } from '../record/open.ts';
import type { Store } from '../record/store.ts';
import { type Context, defineOperation, recordOption } from './operation.ts';
import { recordPath, withRecord } from './record.ts';

/** `readout db`: checks the record, writes a backup, carries it between a file and a server, gives its unused room back. */
export const dbOperation = defineOperation({
  input: z.object({
    action: z.enum(['check', 'backup', 'move', 'vacuum']).meta({
      description:
        'check: names what is wrong with the record, exit code 1 if anything is; backup: writes it to a file while others use it; move: carries it to another file or server, and compares; vacuum: gives the room of what was deleted back',
    }),
    place: z
      .string()
      .optional()
      .meta({ description: 'file of the backup; file or postgres:// address to move to', placeholder: 'TO' }),
    deep: z.boolean().default(false).meta({ description: 'check: read every document, and merge all claims anew' }),
    from: z
      .string()
      .optional()
      .meta({ description: 'move: the record to move (default: as --db)', placeholder: 'FILE' }),
    db: recordOption,
  }),
  positional: ['action', 'place'],
  examples: [
    'readout db check --deep',
    'readout db backup saturday.sqlite',
    'readout db move postgres://desk@db.example/readout --from readout.sqlite',
    'readout db move readout.sqlite --from postgres://desk@db.example/readout',
    'readout db vacuum',
  ],
  async run({ action, place, deep, from, db }, context) {
    const needsPlace = action === 'backup' || action === 'move';
    if (needsPlace !== (place !== undefined)) {
      const why = needsPlace ? `says where to: readout db ${action} TO` : 'names no place; --db names the record';
      throw new ReadoutError('option.value', `TO: db ${action} ${why}.`);
    }
    if (from !== undefined && action !== 'move') {
      throw new ReadoutError('option.value', '--from: only db move takes it; --db names the record.');
    }
    const work = (store: Store): Promise<void> => {
      if (action === 'check') return check(store, deep, context);
      if (action === 'vacuum') return vacuum(store, context);
      return action === 'backup' ? backup(store, place!, context) : move(store, place!, context);
    };
    await withRecord(from ?? db, context, work);
  },
});

async function check(store: Store, deep: boolean, context: Context): Promise<void> {
  const faults = await checkRecord(store, { deep, tell: (line) => context.progress(line) });
  for (const fault of faults) await context.write(`${fault}\n`);
  const { name } = store.engine;
  if (faults.length > 0) {
    throw new ReadoutError(
      'record.damaged',
      `${name} is damaged (see above). The remedy is a backup; where only events are named, \`readout db move\` to a new place makes them anew.`,
    );
  }
  const [documents, events] = [await store.countDocuments(), await store.count()];
  const depth = deep ? '' : '; --deep also reads every document';
  await context.write(`${name} is whole: ${documents} documents, ${events} events${depth}.\n`);
}

async function backup(store: Store, place: string, context: Context): Promise<void> {
  if (isServer(place)) {
    throw new ReadoutError('option.value', `TO: a backup is a file; \`readout db move\` carries a record to a server.`);
  }
  const file = resolve(context.cwd, place);
  await backupRecord(store, file, (line) => context.progress(line));
  await context.write(`${file} holds all of ${store.engine.name}; name it with --db to use it.\n`);
}

async function move(store: Store, place: string, context: Context): Promise<void> {
  const target = recordPath(place, context);
  const moved = await moveRecord(store, target, (line) => context.progress(line));
  for (const part of ['documents', 'decisions', 'rest', 'events'] as const) {
    await context.write(`${lineOf(part, moved.source)}  ${store.engine.name}\n`);
    await context.write(`${lineOf(part, moved.target)}  ${moved.name}\n`);
  }
  if (moved.late > 0) {
    context.tell(
      `${moved.late} documents came to ${store.engine.name} meanwhile and are not in ${moved.name}; add them there too.`,
    );
  }
  if (moved.source.events.sha256 !== moved.target.events.sha256) {
    throw new ReadoutError(
      'record.damaged',
      `${moved.name} holds every document and decision, but its events, made anew from them, are not those of ${store.engine.name}: there they are damaged (\`readout db check --deep\` says how). Go on with ${moved.name}.`,
    );
  }
  await context.write(`Both hold the same; ${store.engine.name} stays as it is.\n`);
}

function lineOf(part: keyof Digest, digest: Digest): string {
  return `${part.padEnd(9)} ${String(digest[part].count).padStart(8)}  ${digest[part].sha256.slice(0, 32)}`;
}

async function vacuum(store: Store, context: Context): Promise<void> {
  const before = await store.engine.size();
  await store.engine.vacuum();
  const after = await store.engine.size();
  await context.write(`${store.engine.name}: ${megabytes(before)} before, ${megabytes(after)} now.\n`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
