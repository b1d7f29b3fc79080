import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentSchema } from '../source/document.ts';
import { articleOf, extractOperation } from './extract.ts';
import type { Context } from './operation.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readout-extract-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the operation and gives what it printed and what failed. */
async function run(raw: Readonly<Record<string, unknown>>): Promise<{ out: string; failures: readonly string[] }> {
  let out = '';
  const failures: string[] = [];
  const context: Context = {
    stdin: (async function* () {})(),
    write: async (text) => {
      out += text;
    },
    tell: () => {},
    fail: (error) => failures.push(error.message),
    progress: () => {},
    env: {},
    cwd: folder,
    color: false,
    now: () => new Date(0),
    signal: new AbortController().signal,
  };
  await extractOperation.run(raw, context);
  return { out, failures };
}

const REPORT =
  'Rivers apart\nBy Ann Poe\n\nThe envoys met for an hour and agreed to measure the river.\n\nLeave a Reply\n';

test('prints one document a line, in the order of names, and names what failed', async () => {
  await writeFile(join(folder, 'b.txt'), REPORT);
  await writeFile(join(folder, 'a.txt'), 'OSLO, 3 March 2031: The envoys met for an hour in the old harbour.');
  await writeFile(join(folder, 'c.txt'), new Uint8Array([0, 1]));
  const { out, failures } = await run({ inputs: ['.'], jsonl: true });
  const documents = out
    .trimEnd()
    .split('\n')
    .map((line) => documentSchema.parse(JSON.parse(line)));
  expect(documents.map((document) => document.published?.from)).toEqual(['2031-03-03', undefined]);
  expect(documents[1]!.removed.map((block) => block.reason)).toEqual(['byline', 'comment-form']);
  expect(failures).toEqual([expect.stringMatching(/^c\.txt: .*binary/)]);
});

test('prints one JSON array, also when there is nothing in it', async () => {
  await writeFile(join(folder, 'a.jsonl'), '{"text":"One."}\n{"text":"Two."}\n');
  expect(JSON.parse((await run({ inputs: ['a.jsonl'], json: true })).out)).toHaveLength(2);
  expect(JSON.parse((await run({ inputs: ['none'], json: true })).out)).toEqual([]);
});

test('prints the article without its furniture', async () => {
  await writeFile(join(folder, 'a.txt'), REPORT);
  expect((await run({ inputs: ['a.txt'], text: true })).out).toBe(
    'Rivers apart\n\nThe envoys met for an hour and agreed to measure the river.\n',
  );
});

test('prints a page for people that says what was removed and why', async () => {
  await writeFile(join(folder, 'a.txt'), REPORT);
  const { out } = await run({ inputs: ['a.txt'], published: '2031-03', outlet: 'Harbour Post' });
  expect(out).toMatch(/^title +Rivers apart$/m);
  expect(out).toMatch(/^published +2031-03-01 to 2031-03-31 \(given\)$/m);
  expect(out).toMatch(/^ {2}comment-form +\d+-\d+ {2}Leave a Reply$/m);
});

test('an article is its text less what was removed', async () => {
  const text = 'One.\n\nShares: 2\n\nTwo.';
  const document = documentSchema.parse({
    id: '0'.repeat(64),
    title: null,
    authors: [],
    url: null,
    language: 'en',
    form: 'article',
    outlet: null,
    published: null,
    updated: null,
    pages: null,
    text,
    removed: [{ from: 6, to: 15, reason: 'share-bar' }],
  });
  expect(articleOf(document)).toBe('One.\n\nTwo.');
});
