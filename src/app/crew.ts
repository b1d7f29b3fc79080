import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PatternFile } from '../events/patterns/patternfile.ts';
import type { Reading } from '../events/reading.ts';
import type { Sentence } from '../nlp/sentence.ts';
import { type Reader, readAloud } from '../pipeline.ts';
import type { Taken } from './inputs.ts';
import type { Order } from './worker.ts';

/** A document that was read, or why it was not. `sentences` are empty where they were not asked for. */
export type Told = { readonly input: string } & (
  | { readonly reading: Reading; readonly sentences: readonly Sentence[] }
  | { readonly failure: Extract<Taken, { failure: unknown }>['failure'] }
);

/** How a crew reads. */
export interface CrewOptions {
  /** Whether to give the sentences too. */
  readonly aloud: boolean;
  /** Threads to read with (default: as many as the machine runs side by side, 8 at most). 1 reads here. */
  readonly threads?: number;
  /** Pattern files that `reader` was opened with beside Readout's own (default: none): threads open theirs alike. */
  readonly patterns?: readonly PatternFile[];
  /** Letters read here before threads are started: for less they do not pay (default: 200,000). */
  readonly patience?: number;
}

// Each thread holds a model and the tables, some 150 MB.
const MOST_THREADS = 8;
const PATIENCE = 200_000;
// Documents ahead of the one that is waited for, for each thread.
const AHEAD = 4;

/**
 * Reads documents in their order. A pile that is large enough is read by worker threads; what comes out is the same.
 * Threads end with the last document, or when the caller stops.
 */
export async function* readTogether(
  inputs: AsyncIterable<Taken>,
  reader: Reader,
  { aloud, threads = Math.min(MOST_THREADS, availableParallelism()), patterns = [], patience = PATIENCE }: CrewOptions,
): AsyncGenerator<Told> {
  let letters = 0;
  let crew: Hand[] | undefined;
  const waiting: Promise<Told>[] = [];
  let turn = 0;
  try {
    for await (const taken of inputs) {
      if ('failure' in taken) {
        waiting.push(Promise.resolve(taken));
      } else if (threads < 2 || letters < patience) {
        letters += taken.document.text.length;
        const { reading, sentences } = readAloud(taken.document, reader);
        yield { input: taken.input, reading, sentences: aloud ? sentences : [] };
      } else {
        crew ??= Array.from({ length: threads }, () => startHand(patterns));
        const { input, document } = taken;
        const told = crew[turn++ % crew.length]!.read({ document, aloud }).then((done) => ({ input, ...done }));
        // Whoever takes it hears of its error; until then it must not end the program.
        told.catch(() => {});
        waiting.push(told);
      }
      const ahead = crew === undefined ? 0 : crew.length * AHEAD;
      while (waiting.length > ahead) yield await waiting.shift()!;
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } finally {
    await Promise.all((crew ?? []).map((hand) => hand.leave()));
  }
}

type Done = { readonly reading: Reading; readonly sentences: readonly Sentence[] };

/** A worker thread: it answers in the order in which it was asked. */
interface Hand {
  read(order: Order): Promise<Done>;
  leave(): Promise<unknown>;
}

function startHand(patterns: readonly PatternFile[]): Hand {
  // The sources run as they are, and the package as it was built.
  const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: patterns });
  const open: { readonly done: (done: Done) => void; readonly failed: (error: unknown) => void }[] = [];
  const fail = (error: unknown) => {
    for (const { failed } of open.splice(0)) failed(error);
  };
  worker.on('message', (done: Done) => open.shift()?.done(done));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`A reading thread ended with code ${code}.`)));
  return {
    read: (order: Order) =>
      new Promise((done, failed) => {
        open.push({ done, failed });
        worker.postMessage(order);
      }),
    leave: () => worker.terminate(),
  };
}
