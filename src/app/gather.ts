import type { PatternFile } from '../events/patterns/patternfile.ts';
import type { Reader } from '../pipeline.ts';
import type { Store } from '../record/store.ts';
import type { Document } from '../source/document.ts';
import { inBatches } from './batches.ts';
import { type Aside, readTogether, type Told } from './crew.ts';
import type { Taken } from './inputs.ts';
import type { Context } from './operation.ts';
import { type Meter, Tally } from './tally.ts';

/** What gathers: the record, what reads, the name of what reads, and how each document is told of. */
export interface Gatherer {
  readonly store: Store;
  /** None where threads stand ready. */
  readonly reader: Reader | undefined;
  readonly readerName: string;
  /** True for one JSON object a line, on standard output for documents, on standard error for progress. */
  readonly json: boolean;
  /** How much of the inputs has been read, for the time that is left. */
  readonly meter?: Meter;
  /** Threads to read with where there is much to read (default: 1, here). */
  readonly threads?: number | undefined;
  /** Pattern files that `reader` was opened with beside Readout's own. */
  readonly patterns?: readonly PatternFile[];
  /** Documents added in one transaction at most (default: 32); fewer when they come slowly. */
  readonly most?: number;
}

/** Something to be done when all documents before it are on the disk. */
export interface Milestone extends Aside {
  settled(): Promise<void>;
}

/** A document that the record has. */
export interface Known extends Aside {
  readonly known: Document;
}

/** Whoever waits for documents that come slowly sees each after this time. */
export const PATIENCE_MS = 500;

/**
 * Reads documents into the record as they are taken, some in one transaction. What comes of it is the same however many
 * these are. A document in the record already is not read again. Every failure is told, and the rest goes on.
 */
export async function gather(
  taken: AsyncIterable<Taken | Milestone>,
  gatherer: Gatherer,
  context: Context,
): Promise<Tally> {
  const { store, reader, json, meter, threads = 1, patterns = [], most = 32 } = gatherer;
  const tally = new Tally(['added', 'known already'], context, { json, ...(meter ? { meter } : {}) });
  const told = readTogether(sift(taken, store), reader, { aloud: false, threads, patterns, crew: context.crew });
  for await (const batch of inBatches(told, { most, ms: PATIENCE_MS })) {
    await addBatch(batch, gatherer, tally, context);
  }
  return tally;
}

/** What is taken, with the documents that the record has set aside: they need no reading. */
export async function* sift(
  taken: AsyncIterable<Taken | Milestone>,
  store: Store,
): AsyncGenerator<Taken | Milestone | Known> {
  for await (const one of taken) {
    const known = 'document' in one && (await store.knows(one.document));
    yield known ? { input: one.input, aside: true, known: one.document } : one;
  }
}

async function addBatch(
  batch: readonly Told<Taken | Milestone | Known>[],
  { store, readerName, json }: Gatherer,
  tally: Tally,
  context: Context,
): Promise<void> {
  const read = batch.flatMap(({ input, taken, ...told }) =>
    'reading' in told && 'document' in taken ? [{ input, reading: told.reading, received: taken.document }] : [],
  );
  const added = context.now().toISOString();
  const results = await store.addAll(
    read.map(({ reading, received }) => ({ reading, received, reader: readerName, added })),
  );
  const isNew = new Map(read.map(({ reading }, index) => [reading, results[index]!]));
  // Only now, after the commit: whoever reads these lines may rely on the documents being on the disk.
  for (const { input, taken, ...told } of batch) {
    if ('failure' in told) tally.fail(told.failure);
    else if ('settled' in taken) await taken.settled();
    else {
      const document = 'reading' in told ? told.reading.document : (taken as Known).known;
      const state = 'reading' in told && isNew.get(told.reading) ? 'added' : 'known';
      const claims = 'reading' in told ? told.reading.claims.length : undefined;
      const { id } = document;
      await context.write(
        json ? `${JSON.stringify({ id, input, state, claims })}\n` : `${state} ${id.slice(0, 16)} ${input}\n`,
      );
      tally.count(state === 'added' ? 'added' : 'known already');
    }
  }
}
