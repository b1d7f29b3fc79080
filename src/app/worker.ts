import { parentPort, workerData } from 'node:worker_threads';
import type { PatternFile } from '../events/patterns/patternfile.ts';
import type { Reading } from '../events/reading.ts';
import type { Sentence } from '../nlp/sentence.ts';
import { readAloud } from '../pipeline.ts';
import type { Document } from '../source/document.ts';
import { loadReader } from './load.ts';

/** What a worker thread is asked: to read a document, and whether to send the sentences with the reading. */
export interface Order {
  readonly document: Document;
  readonly aloud: boolean;
}

/** What it says: that it can start, and of each document its reading or what went wrong. */
export type Answer =
  | 'ready'
  | { readonly reading: Reading; readonly sentences: readonly Sentence[] }
  | { readonly problem: string };

// The entry of a worker thread (crew.ts): it answers orders one by one, in their order.
const reader = loadReader(workerData as readonly PatternFile[]);
parentPort?.on('message', ({ document, aloud }: Order) => say(answer(document, aloud)));
say('ready');

function answer(document: Document, aloud: boolean): Answer {
  try {
    const { reading, sentences } = readAloud(document, reader);
    return { reading, sentences: aloud ? sentences : [] };
  } catch (cause) {
    return { problem: String(cause) };
  }
}

function say(answer: Answer): void {
  parentPort?.postMessage(answer);
}
