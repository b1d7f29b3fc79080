import { expect, test } from 'vitest';
import { textDocument } from '../../test/document.ts';
import { ReadoutError } from '../error.ts';
import { readTogether, type Told } from './crew.ts';
import type { Taken } from './inputs.ts';
import { loadReader } from './load.ts';

const reader = loadReader();
const texts = [
  'Chad recalled its ambassador from Peru on Monday.',
  'The foreign ministers of Oman and Chile met in Lima.',
  'Nepal threatened to close the border.',
  'Malta and Fiji signed an accord in Suva on 3 May 2019.',
  'No one came.',
];

async function* inputs(): AsyncGenerator<Taken> {
  for (const [index, text] of texts.entries()) {
    if (index === 2) yield { input: 'missing', failure: new ReadoutError('input.missing', 'missing: no such file.') };
    yield { input: `${index}.txt`, document: textDocument(text, '2019-05-06') };
  }
}

async function told(options: { readonly threads: number; readonly aloud: boolean }): Promise<Told[]> {
  const found: Told[] = [];
  for await (const one of readTogether(inputs(), reader, { ...options, patience: 60 })) found.push(one);
  return found;
}

test('threads give what one gives, in the same order, failures among them', { timeout: 30_000 }, async () => {
  const alone = await told({ threads: 1, aloud: true });
  expect(alone.map(({ input }) => input)).toEqual(['0.txt', '1.txt', 'missing', '2.txt', '3.txt', '4.txt']);
  expect(alone.some((one) => 'reading' in one && one.reading.claims.length > 0)).toBe(true);
  expect(await told({ threads: 2, aloud: true })).toEqual(alone);
});

test('sentences come only when they are asked for', { timeout: 30_000 }, async () => {
  const silent = await told({ threads: 2, aloud: false });
  expect(silent.flatMap((one) => ('sentences' in one ? one.sentences : []))).toEqual([]);
});

test('threads end when the caller stops', { timeout: 30_000 }, async () => {
  let count = 0;
  for await (const _ of readTogether(inputs(), reader, { threads: 2, aloud: false, patience: 0 })) {
    if (++count === 1) break;
  }
  expect(count).toBe(1);
});
