import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import { type Reader, read } from '../pipeline.ts';
import type { Store } from '../record/store.ts';
import type { Taken } from './inputs.ts';
import type { Context } from './operation.ts';
import { type Meter, Tally } from './tally.ts';

/** What gathers: the record, what reads, the name of what reads, and how each document is told of. */
export interface Gatherer {
  readonly store: Store;
  readonly reader: Reader;
  readonly readerName: string;
  /** True for one JSON object a line, on standard output for documents, on standard error for progress. */
  readonly json: boolean;
  /** How much of the inputs has been read, for the time that is left. */
  readonly meter?: Meter;
}

/**
 * Reads documents into the record as they are taken, one transaction each. A document in the record already is not read
 * again. Every failure is told, and the rest goes on.
 */
export async function gather(taken: AsyncIterable<Taken>, gatherer: Gatherer, context: Context): Promise<Tally> {
  const { store, json, meter } = gatherer;
  const tally = new Tally(['added', 'known already'], context, { json, ...(meter ? { meter } : {}) });
  const fail = (failure: ReadoutError): void => tally.fail(failure);
  for await (const one of taken) {
    if ('failure' in one) {
      fail(one.failure);
      continue;
    }
    const { document, input } = one;
    const known = await store.knows(document);
    const reading = known ? undefined : attempt(document, input, gatherer.reader, fail);
    if (!known && reading === undefined) continue;
    const added =
      reading !== undefined &&
      (await store.add(reading, {
        received: document,
        reader: gatherer.readerName,
        added: context.now().toISOString(),
      }));
    const { id } = document;
    // Only now, after the commit: whoever reads this line may rely on the document being on the disk.
    await context.write(
      json
        ? `${JSON.stringify({ id, input, state: added ? 'added' : 'known', claims: reading?.claims.length })}\n`
        : `${added ? 'added' : 'known'} ${id.slice(0, 16)} ${input}\n`,
    );
    tally.count(added ? 'added' : 'known already');
  }
  return tally;
}

/** The reading of a document, unless there is a fault of ours in it: named, and the others are read all the same. */
function attempt(
  document: Parameters<typeof read>[0],
  input: string,
  reader: Reader,
  fail: (failure: ReadoutError) => void,
): Reading | undefined {
  try {
    return read(document, reader);
  } catch (cause) {
    const message = `${input}: reading document ${document.id.slice(0, 16)} failed (${String(cause)}); please report it.`;
    fail(new ReadoutError('input.unreadable', message, { cause }));
    return undefined;
  }
}
