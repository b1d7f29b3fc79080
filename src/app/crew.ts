import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ReadoutError } from '../error.ts';
import type { PatternFile } from '../events/patterns/patternfile.ts';
import type { Reading } from '../events/reading.ts';
import type { Sentence } from '../nlp/sentence.ts';
import { type Reader, readAloud } from '../pipeline.ts';
import type { Document } from '../source/document.ts';
import type { Taken } from './inputs.ts';
import type { Answer, Order } from './worker.ts';

/** What is no document: it is handed on in its place. */
export interface Aside {
  readonly input: string;
  readonly aside: true;
}

/** What came of what was taken: its reading, or why there is none. `sentences` are empty where they were not asked for. */
export type Told<One extends Taken | Aside = Taken> = { readonly input: string; readonly taken: One } & (
  | Done
  | Failed
  | (One extends Aside ? { readonly aside: true } : never)
);

type Done = { readonly reading: Reading; readonly sentences: readonly Sentence[] };
type Failed = { readonly failure: ReadoutError };

/** How a crew reads. */
export interface CrewOptions {
  /** Whether to give the sentences too. */
  readonly aloud: boolean;
  /** Threads to read with (default: as many as the machine runs side by side, 8 at most). 1 reads here. */
  readonly threads?: number | undefined;
  /** Pattern files that `reader` was opened with beside Readout's own (default: none): threads open theirs alike. */
  readonly patterns?: readonly PatternFile[];
  /** Letters read here before threads are started: for less they do not pay (default: 200,000). */
  readonly patience?: number;
  /** Threads that stand ready, for those who read many times: all is read by them, and they stay. */
  readonly crew?: Crew | undefined;
}

// Each thread holds a model and the tables, some 150 MB.
const MOST_THREADS = 8;
const PATIENCE = 200_000;
// Documents ahead of the one that is waited for, for each thread.
const AHEAD = 8;

/** Threads to read with where nobody says: as many as the machine runs side by side, 8 at most. */
export function usualThreads(): number {
  return Math.min(MOST_THREADS, availableParallelism());
}

/**
 * Reads documents in their order, and gives each as soon as it is its turn. A pile that is large enough is read by worker
 * threads; what comes out is the same. A document that cannot be read, through a fault of ours, is a failure that names
 * it, and the rest goes on. Threads end with the last document, or when the caller stops. Only where threads stand ready
 * there need be no reader here.
 */
export async function* readTogether<One extends Taken | Aside = Taken>(
  inputs: AsyncIterable<One>,
  reader: Reader | undefined,
  { aloud, threads = usualThreads(), patterns = [], patience = PATIENCE, crew: ready }: CrewOptions,
): AsyncGenerator<Told<One>> {
  const source = inputs[Symbol.asyncIterator]();
  const waiting: Promise<Told<One>>[] = [];
  let letters = 0;
  let crew = ready;
  const read = (taken: One): Promise<Told<One>> => {
    const { input } = taken;
    const tell = (outcome: object) => ({ input, taken, ...outcome }) as Told<One>;
    if ('aside' in taken) return Promise.resolve(tell({ aside: true }));
    if ('failure' in taken) return Promise.resolve(tell({ failure: taken.failure }));
    letters += taken.document.text.length;
    if (crew === undefined && reader !== undefined && (threads < 2 || letters < patience)) {
      return Promise.resolve(tell(readHere(taken, reader, aloud)));
    }
    crew ??= new Crew({ threads, patterns });
    return crew.read(taken, aloud).then(tell);
  };
  let next: Promise<IteratorResult<One>> | undefined;
  let ended = false;
  try {
    for (;;) {
      const [first] = waiting;
      // Read here, one is handed over before the next is asked for: to some sources that says that it is done with.
      const more: boolean = !ended && (crew === undefined ? first === undefined : waiting.length <= threads * AHEAD);
      if (more && next === undefined) {
        next = source.next();
        next.catch(() => {});
      }
      const turns: Promise<IteratorResult<One> | Told<One>>[] = [
        ...(more && next ? [next] : []),
        ...(first ? [first] : []),
      ];
      if (turns.length === 0) return;
      // Whoever waits for a slow source is given meanwhile what has been read.
      const winner: IteratorResult<One> | Told<One> = await Promise.race(turns);
      if ('taken' in winner) {
        waiting.shift();
        yield winner;
        continue;
      }
      next = undefined;
      ended = winner.done === true;
      if (winner.done) continue;
      const told = read(winner.value);
      // Whoever takes it hears of its error; until then it must not end the program.
      told.catch(() => {});
      waiting.push(told);
    }
  } finally {
    const closed = source.return?.();
    // A source that lets us wait would let us wait for its end too.
    if (next === undefined) await closed;
    else closed?.catch(() => {});
    if (crew !== ready) await crew?.leave();
  }
}

interface ToRead {
  readonly input: string;
  readonly document: Document;
}

function readHere(taken: ToRead, reader: Reader, aloud: boolean): Done | Failed {
  try {
    const { reading, sentences } = readAloud(taken.document, reader);
    return { reading, sentences: aloud ? sentences : [] };
  } catch (cause) {
    return { failure: readingFailure(taken, String(cause), cause) };
  }
}

function readingFailure({ input, document }: ToRead, reason: string, cause?: unknown): ReadoutError {
  const message = `${input}: reading document ${String(document.id).slice(0, 16)} failed (${reason}); please report it.`;
  return new ReadoutError('input.unreadable', message, { cause });
}

/** What a thread may take for one document. */
export interface ThreadLimits {
  /** Time for any document (default: 60,000), and more for each of its letters (default: 1). */
  readonly ms?: number;
  readonly msPerLetter?: number;
  /** Memory for what is being read, in MB (default: 2048). */
  readonly memoryMb?: number;
}

/**
 * Worker threads that read. A document whose reading throws, takes too long or ends its thread is a failure; another
 * thread takes over what that one still had to read. Close with `leave`.
 */
export class Crew {
  readonly #hands: readonly Hand[];

  constructor({
    threads,
    patterns = [],
    limits = {},
  }: {
    readonly threads: number;
    readonly patterns?: readonly PatternFile[];
    readonly limits?: ThreadLimits;
  }) {
    this.#hands = Array.from({ length: threads }, () => new Hand(patterns, limits));
  }

  /** Reads a document on the thread with the least to read. Rejects only if threads cannot work at all. */
  read(taken: ToRead, aloud = false): Promise<Done | Failed> {
    const hand = this.#hands.reduce((best, one) => (one.letters < best.letters ? one : best));
    return hand.read(taken, aloud);
  }

  async leave(): Promise<void> {
    await Promise.all(this.#hands.map((hand) => hand.leave()));
  }
}

interface Asked {
  readonly taken: ToRead;
  readonly order: Order;
  done(answer: Done | Failed): void;
  failed(error: unknown): void;
}

/** A thread that answers in the order in which it was asked, and whoever comes after it. */
class Hand {
  /** What it still has to read, in letters. */
  letters = 0;
  readonly #patterns: readonly PatternFile[];
  readonly #limits: Required<ThreadLimits>;
  readonly #open: Asked[] = [];
  #worker: Worker;
  #ready = false;
  #left = false;
  #reason: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(patterns: readonly PatternFile[], { ms = 60_000, msPerLetter = 1, memoryMb = 2048 }: ThreadLimits) {
    this.#patterns = patterns;
    this.#limits = { ms, msPerLetter, memoryMb };
    this.#worker = this.#start();
  }

  read(taken: ToRead, aloud: boolean): Promise<Done | Failed> {
    return new Promise((done, failed) => {
      this.letters += lettersOf(taken);
      const asked = { taken, order: { document: taken.document, aloud }, done, failed };
      this.#open.push(asked);
      if (this.#ready) this.#worker.postMessage(asked.order);
      if (this.#ready && this.#open.length === 1) this.#watch();
    });
  }

  leave(): Promise<unknown> {
    this.#left = true;
    clearTimeout(this.#timer);
    return this.#worker.terminate();
  }

  #start(): Worker {
    // The sources run as they are, and the package as it was built.
    const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    const resourceLimits = { maxOldGenerationSizeMb: this.#limits.memoryMb };
    const worker = new Worker(new URL(entry, import.meta.url), { workerData: this.#patterns, resourceLimits });
    let error: unknown;
    worker.on('message', (answer: Answer) => this.#take(answer));
    worker.on('error', (cause) => {
      error = cause;
    });
    worker.on('exit', (code) => this.#lose(error ?? new Error(`a reading thread ended with code ${code}`)));
    return worker;
  }

  #take(answer: Answer): void {
    if (answer === 'ready') {
      this.#ready = true;
      for (const { order } of this.#open) this.#worker.postMessage(order);
    } else {
      const { taken, done } = this.#close();
      done('problem' in answer ? { failure: readingFailure(taken, answer.problem) } : answer);
    }
    this.#watch();
  }

  /** The thread is gone: the document that it was reading is to blame, unless it never came so far as to read. */
  #lose(error: unknown): void {
    clearTimeout(this.#timer);
    if (this.#left) return;
    if (!this.#ready) {
      for (const { failed } of this.#open.splice(0)) failed(error);
      this.letters = 0;
      return;
    }
    this.#ready = false;
    if (this.#open.length > 0) {
      const { taken, done } = this.#close();
      done({ failure: readingFailure(taken, this.#reason ?? String(error), error) });
    }
    this.#reason = undefined;
    this.#worker = this.#start();
  }

  #close(): Asked {
    const asked = this.#open.shift()!;
    this.letters -= lettersOf(asked.taken);
    return asked;
  }

  /** Ends the thread when its document takes too long. */
  #watch(): void {
    clearTimeout(this.#timer);
    const first = this.#open[0];
    if (first === undefined) return;
    const ms = this.#limits.ms + this.#limits.msPerLetter * lettersOf(first.taken);
    this.#timer = setTimeout(() => {
      this.#reason = `it took more than ${Math.round(ms / 1000)} s`;
      void this.#worker.terminate();
    }, ms);
  }
}

function lettersOf({ document }: ToRead): number {
  return document.text?.length ?? 0;
}
