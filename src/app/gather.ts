import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import { type Reader, read } from '../pipeline.ts';
import type { Store } from '../record/store.ts';
import type { Taken } from './inputs.ts';
import type { Context } from './operation.ts';

/** How many documents came in, were there before, or could not be read; and why not, one line each. */
export interface Gathered {
  readonly added: number;
  readonly known: number;
  readonly failures: readonly string[];
}

/** What gathers: the record, what reads, the name of what reads, and how each document is told of. */
export interface Gatherer {
  readonly store: Store;
  readonly reader: Reader;
  readonly readerName: string;
  /** True for one JSON object a line, on standard output for documents, on standard error for progress. */
  readonly json: boolean;
}

/**
 * Reads documents into the record as they are taken, one transaction each. A document in the record already is not read
 * again. Every failure is told, and the rest goes on.
 */
export async function gather(taken: AsyncIterable<Taken>, gatherer: Gatherer, context: Context): Promise<Gathered> {
  const { store, json } = gatherer;
  const counts = { added: 0, known: 0 };
  const failures: string[] = [];
  const started = context.now().getTime();
  const fail = (failure: ReadoutError): void => {
    failures.push(failure.message);
    context.fail(failure);
  };
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
    counts[added ? 'added' : 'known'] += 1;
    const { id } = document;
    // Only now, after the commit: whoever reads this line may rely on the document being on the disk.
    await context.write(
      json
        ? `${JSON.stringify({ id, input, state: added ? 'added' : 'known', claims: reading?.claims.length })}\n`
        : `${added ? 'added' : 'known'} ${id.slice(0, 16)} ${input}\n`,
    );
    context.progress(progressOf({ ...counts, failures }, context.now().getTime() - started, json));
  }
  return { ...counts, failures };
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

function progressOf({ added, known, failures }: Gathered, tookMs: number, json: boolean): string {
  const perSecond = ((added + known) / Math.max(tookMs, 1)) * 1000;
  if (json)
    return JSON.stringify({ added, known, failed: failures.length, perSecond: Math.round(perSecond * 10) / 10 });
  return `${added} added, ${known} known already, ${failures.length} failed, ${perSecond.toFixed(1)} a second`;
}

/** What came of it, in a line, and the failures by kind where there are many. */
export function summaryOf({ added, known, failures }: Gathered): string {
  const first = `${added} added, ${known} known already${failures.length === 0 ? '' : `, ${failures.length} could not be read`}.`;
  if (failures.length < 10) return first;
  const kinds = new Map<string, number>();
  for (const failure of failures) {
    // What stands before the first ": " is the input; what is alike behind it is one kind.
    const kind = failure.slice(failure.indexOf(': ') + 2).replace(/\d+|"[^"]*"/g, '…');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const lines = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 20);
  return [first, ...lines.map(([kind, count]) => `  ${String(count).padStart(6)} × ${kind}`)].join('\n');
}
