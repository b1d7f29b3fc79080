import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import type { Event } from '../record/event.ts';
import type { EventFilter } from '../record/find.ts';
import type { Store } from '../record/store.ts';
import { type Citation, citationBibtex, citationLine } from './export/cite.ts';
import type { Exported, Format } from './export/format.ts';
import { FORMATS } from './export/formats.ts';
import { openOutput } from './export/output.ts';
import { filterFields, filterOf, filterWords } from './filter.ts';
import { loadCountries, weightsDigest } from './load.ts';
import { type Context, defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { packageVersion } from './shell.ts';

const names = FORMATS.map(({ name }) => name) as [string, ...string[]];

/** `readout export`: the record as data. */
export const exportOperation = defineOperation({
  input: z.object({
    format: z
      .enum(names)
      .default('jsonl')
      .meta({ description: `one of ${names.join(', ')} (default: jsonl)`, placeholder: 'FORMAT' }),
    out: z
      .string()
      .optional()
      .meta({ description: 'write this file, whole or not at all; for gdelt, this folder', placeholder: 'PATH' }),
    table: z
      .string()
      .optional()
      .meta({ description: 'of a format of several files only this one: events or mentions', placeholder: 'NAME' }),
    ...filterFields(),
    cite: z
      .boolean()
      .default(false)
      .meta({ description: 'say how to cite it: on standard error, and in the file where the format has a place' }),
    bibtex: z.boolean().default(false).meta({ description: 'say how to cite it as BibTeX, on standard error' }),
    db: recordOption,
  }),
  positional: [],
  examples: [
    'readout export --format jsonl > events.jsonl',
    'readout export --format parquet --out events.parquet --cite',
    'readout export --format gdelt --out gdelt/ --between USA RUS --from 2021-01-01',
    'readout export --format polecat --type SANCTION > sanctions.txt',
  ],
  offer: { right: 'read', output: z.unknown(), without: ['bibtex'], files: true },
  async run(input, context) {
    const format = FORMATS.find(({ name }) => name === input.format)!;
    const files = filesOf(format, input.table);
    await withRecord(input.db, context, async (store) => {
      const filter = await filterOf(input, store);
      const citation: Citation = {
        maker: { version: packageVersion(), core: weightsDigest() },
        date: context.now().toISOString().slice(0, 10),
        filter: filterWords(input),
      };
      const { events, leftOut } = await store.snapshot(async (frozen) =>
        write(frozen, filter, { format, files, citation, cite: input.cite, out: input.out }, context),
      );
      if (leftOut.size > 0) {
        const reasons = [...leftOut].map(([why, count]) => `${count} ${why}`);
        context.tell(`Left out, as ${format.name} has no place for them: ${reasons.join('; ')}.`);
      }
      if (input.cite) context.tell(citationLine(citation, events));
      if (input.bibtex) context.tell(citationBibtex(citation, events));
    });
  },
});

interface Order {
  readonly format: Format;
  /** The indices of the files that are wanted. */
  readonly files: readonly number[];
  readonly citation: Citation;
  readonly cite: boolean;
  readonly out: string | undefined;
}

async function write(
  store: Store,
  filter: EventFilter,
  { format, files, citation, cite, out }: Order,
  context: Context,
): Promise<{ readonly events: number; readonly leftOut: ReadonlyMap<string, number> }> {
  const writer = await format.open({ citation, cite, countries: loadCountries() });
  const leftOut = new Map<string, number>();
  const leaveOut = (why: string) => leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  let events = 0;
  const output = await openOutput(format, files, out, context);
  try {
    for await (const exported of exportedOf(store, filter)) {
      await output.put(writer.add(exported, leaveOut));
      events += 1;
      if (events % 1000 === 0) context.progress(`${events.toLocaleString('en-US')} events`);
    }
    await output.put(writer.end(events));
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
  return { events, leftOut };
}

/** Events for which what exports need beside them is looked up together. */
const BATCH = 200;

/** The events that pass a filter, in the order of the chronology, with what exports need beside them. */
async function* exportedOf(store: Store, filter: EventFilter): AsyncGenerator<Exported> {
  let batch: Event[] = [];
  for await (const event of store.eachEvent(filter)) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    yield* await withDocuments(store, batch);
    batch = [];
  }
  yield* await withDocuments(store, batch);
}

async function withDocuments(store: Store, events: readonly Event[]): Promise<readonly Exported[]> {
  const idsOf = (event: Event) => [...new Set(event.claims.map((claim) => claim.document))];
  const heads = new Map((await store.heads([...new Set(events.flatMap(idsOf))])).map((head) => [head.id, head]));
  const exported: Exported[] = [];
  for (const event of events) {
    const documents = idsOf(event).flatMap((id) => {
      const head = heads.get(id);
      if (head === undefined) return [];
      const { title, outlet, url, published } = head;
      return [[id, { id, title, outlet, url, published }] as const];
    });
    const assaults: string[] = [];
    if (event.type === 'MOBILIZE') {
      for (const [document] of documents) {
        const { events: found } = await store.page({ document, type: 'ASSAULT' }, { limit: 1 });
        if (found.length > 0) assaults.push(document);
      }
    }
    exported.push({ event, documents: new Map(documents), assaults: new Set(assaults) });
  }
  return exported;
}

function filesOf(format: Format, table: string | undefined): readonly number[] {
  if (table === undefined) return [...format.files.keys()];
  const index = format.files.findIndex(({ name }) => name === table);
  if (index < 0) {
    const expected = format.files.map(({ name }) => name).join(' or ');
    throw new ReadoutError('option.value', `--table: expected ${expected} for ${format.name}, got "${table}".`);
  }
  return [index];
}
