import { parentPort, workerData } from 'node:worker_threads';
import type { PatternFile } from '../events/patterns/patternfile.ts';
import { readAloud } from '../pipeline.ts';
import type { Document } from '../source/document.ts';
import { loadReader } from './load.ts';

/** What a worker thread is asked: to read a document, and whether to send the sentences with the reading. */
export interface Order {
  readonly document: Document;
  readonly aloud: boolean;
}

// The entry of a worker thread (crew.ts): it answers orders one by one, in their order.
const reader = loadReader(workerData as readonly PatternFile[]);
parentPort?.on('message', ({ document, aloud }: Order) => {
  const { reading, sentences } = readAloud(document, reader);
  parentPort?.postMessage({ reading, sentences: aloud ? sentences : [] });
});
