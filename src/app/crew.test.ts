import { expect, test } from 'vitest';
import { textDocument } from '../../test/document.ts';
import { ReadoutError } from '../error.ts';
import type { Document } from '../source/document.ts';
import { Crew, readTogether, type Told } from './crew.ts';
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

test('what is read here is handed over before the next is asked for', async () => {
  const asked: string[] = [];
  const inputs = (async function* () {
    for (const [index, text] of texts.entries()) {
      asked.push(`${index}`);
      yield { input: `${index}`, document: textDocument(text) };
    }
  })();
  for await (const { input } of readTogether(inputs, reader, { aloud: false, threads: 1 }))
    expect(asked.at(-1)).toBe(input);
});

test('threads give what they have read while the source lets them wait, asides in their place', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const inputs = (async function* () {
    for (const [index, text] of texts.entries()) yield { input: `${index}`, document: textDocument(text) };
    yield { input: 'aside', aside: true as const };
    await gate;
    yield { input: 'last', document: textDocument('Nobody came.') };
  })();
  const found: string[] = [];
  for await (const { input } of readTogether(inputs, reader, { aloud: false, threads: 2, patience: 0 })) {
    found.push(input);
    if (input === 'aside') open();
  }
  expect(found).toEqual(['0', '1', '2', '3', '4', 'aside', 'last']);
});

test('threads end when the caller stops', { timeout: 30_000 }, async () => {
  let count = 0;
  for await (const _ of readTogether(inputs(), reader, { threads: 2, aloud: false, patience: 0 })) {
    if (++count === 1) break;
  }
  expect(count).toBe(1);
});

// What no reader can take: a fault of ours, as seen from a crew.
const broken = { ...textDocument('Chad recalled its ambassador from Peru.'), text: 5 } as unknown as Document;
// Long enough to need more than a thread is given.
const long = textDocument('Chad recalled its ambassador from Peru on Monday. '.repeat(40_000));

test.each([1, 2])(
  'a document that cannot be read is named, and the others are read, on %i threads',
  async (threads) => {
    const found: Told[] = [];
    const documents = [textDocument(texts[0]!), broken, textDocument(texts[1]!)];
    const inputs = (async function* () {
      for (const [index, document] of documents.entries()) yield { input: `${index}.txt`, document };
    })();
    for await (const one of readTogether(inputs, reader, { threads, aloud: false, patience: 0 })) found.push(one);
    expect(found.map((one) => 'reading' in one)).toEqual([true, false, true]);
    expect(found[1]).toMatchObject({
      failure: {
        code: 'input.unreadable',
        message: expect.stringMatching(/^1\.txt: reading document [0-9a-f]{16} failed/),
      },
    });
  },
);

test.each([
  ['takes too long', { ms: 2000, msPerLetter: 0 }, 'took more than 2 s'],
  ['takes too much memory', { memoryMb: 60 }, 'memory limit'],
])('a document that %s ends its thread, not the rest', async (_, limits, reason) => {
  const crew = new Crew({ threads: 1, limits });
  try {
    const [first, second] = await Promise.all([
      crew.read({ input: 'long.txt', document: long }),
      crew.read({ input: '0.txt', document: textDocument(texts[0]!) }),
    ]);
    expect(first).toMatchObject({ failure: { message: expect.stringContaining(reason) } });
    expect(second).toMatchObject({ reading: { claims: [{}] } });
  } finally {
    await crew.leave();
  }
});

test('a thread that cannot start is no fault of a document', async () => {
  const crew = new Crew({ threads: 1, patterns: [{ name: 'own.txt', text: 5 as unknown as string }] });
  await expect(crew.read({ input: '0.txt', document: textDocument(texts[0]!) })).rejects.toThrow();
  await crew.leave();
});
