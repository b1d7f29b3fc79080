import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type ConlluSentence, readConllu } from '../src/nlp/conllu.ts';

/** Reads a file of the data folder, unpacked where it ends in `.gz` there. */
export function readData(folder: string, name: string): string {
  const path = join(folder, name);
  if (existsSync(`${path}.gz`)) return gunzipSync(readFileSync(`${path}.gz`)).toString('utf8');
  return readFileSync(path, 'utf8');
}

/** Reads one JSON object a line. */
export function readRecords<T>(folder: string, name: string): T[] {
  return readData(folder, name)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Reads a treebank of the data folder. */
export function readTreebank(folder: string, name: string): readonly ConlluSentence[] {
  return readConllu(readData(folder, `dep/${name}.conllu`));
}
