import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, analyzeWords } from './analyze.ts';
import { readConllu, writeConllu } from './conllu.ts';
import { LONGEST_SENTENCE } from './encode.ts';
import { loadModel } from './model.ts';
import type { Sentence } from './sentence.ts';
import { isBlank } from './tokenize.ts';
import { isTree } from './tree.ts';

const bytes = readFileSync(new URL('../../model/english.bin', import.meta.url));
const model = loadModel(bytes);
const plainModel = loadModel(bytes, { simd: false });
const folder = new URL('../../test/cases/nlp/', import.meta.url);
const cases = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const caseText = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** What holds for every reading: each letter in one word, words in order, trees, names inside their sentence. */
function checkShape(text: string, sentences: readonly Sentence[]): void {
  // Faults are gathered: an expectation a letter would take longer than the reading.
  const faults: string[] = [];
  let at = 0;
  const allBlank = (to: number) => {
    for (let i = at; i < to; i++) if (!isBlank(text.charCodeAt(i))) faults.push(`the letter at ${i} is in no word`);
  };
  for (const { from, to, tokens, names } of sentences) {
    if (tokens.length === 0 || tokens.length > LONGEST_SENTENCE) faults.push(`${tokens.length} words at ${from}`);
    if (from !== tokens[0]!.from || to !== tokens.at(-1)!.to) faults.push(`the sentence at ${from} is not its words`);
    for (const token of tokens) {
      allBlank(token.from);
      if (token.from < at) faults.push(`the word at ${token.from} comes before the end of the last`);
      if (token.form === '' || text.slice(token.from, token.to) !== token.form)
        faults.push(`"${token.form}" is not there`);
      if (!(token.confidence >= 0 && token.confidence <= 1)) faults.push(`confidence ${token.confidence}`);
      if ((token.relation === 'root') !== (token.head === -1)) faults.push(`"${token.form}" is half a root`);
      at = token.to;
    }
    if (!isTree(Int32Array.from(tokens, (token) => token.head))) faults.push(`no tree at ${from}`);
    for (const { first, last } of names) if (first > last || last >= tokens.length) faults.push(`a name at ${from}`);
  }
  allBlank(text.length);
  expect(faults).toEqual([]);
}

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      'The envoy',
      "didn't",
      'U.S.',
      '"',
      '’',
      '3.5%',
      '\n',
      '\n\n',
      '\t',
      '\u200b',
      '\ud800',
      '\udc00',
      '😀',
      'é',
      'e\u0301',
      'مرحبا',
      '外交部',
      '--',
      'http://a.b/c?d=e',
      '...',
      '\u0000',
      'x'.repeat(60),
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constant(' '),
  ),
  { maxLength: 40 },
);

test('any text gives words at their places and trees', () => {
  fc.assert(
    fc.property(pieces, (list) => {
      const text = list.join('');
      checkShape(text, analyze(text, model));
    }),
    { numRuns: 150 },
  );
});

test('plain JavaScript gives the same reading to the bit', () => {
  fc.assert(
    fc.property(pieces, (list) => {
      const text = list.join(' ');
      expect(analyze(text, plainModel)).toEqual(analyze(text, model));
    }),
    { numRuns: 20 },
  );
});

test('a reading does not depend on what was read before', () => {
  const text = 'The minister met her counterpart in Vienna. She did not say why.';
  const first = analyze(text, loadModel(bytes));
  for (const name of cases) analyze(caseText(name), model);
  expect(analyze(text, model)).toEqual(first);
});

describe('nasty texts', () => {
  test.each(cases)('%s', (name) => {
    const text = caseText(name);
    const sentences = analyze(text, model);
    checkShape(text, sentences);
    expect(analyze(text, plainModel)).toEqual(sentences);
  });
});

test('what is skipped is not read, and no sentence crosses it', () => {
  const text = 'The talks went on SHARE THIS until midnight. They ended.';
  const skip = { from: text.indexOf('SHARE'), to: text.indexOf('until') };
  const sentences = analyze(text, model, { skip: [skip] });
  for (const { from, to } of sentences) expect(to <= skip.from || from >= skip.to).toBe(true);
  expect(sentences.flatMap(({ tokens }) => tokens.map(({ form }) => form))).not.toContain('SHARE');
});

test('skipped spans may overlap, lie in any order and pass the end', () => {
  const text = 'One two three four.';
  const sentences = analyze(text, model, {
    skip: [
      { from: 8, to: 99 },
      { from: 2, to: 2 },
      { from: 0, to: 4 },
      { from: 3, to: 5 },
    ],
  });
  expect(sentences.flatMap(({ tokens }) => tokens.map(({ form }) => form))).toEqual(['wo']);
});

test('an empty line ends a sentence', () => {
  const text = 'Talks in Geneva\n\nthe two sides met';
  expect(analyze(text, model).map(({ from, to }) => text.slice(from, to))).toEqual([
    'Talks in Geneva',
    'the two sides met',
  ]);
});

test('blanks alone are no sentence', () => {
  expect(analyze('', model)).toEqual([]);
  expect(analyze(' \n\t\u200b\n ', model)).toEqual([]);
});

test('a sentence of 20,000 words is cut where it gets too long', () => {
  const text = 'and the talks went on '.repeat(4000);
  checkShape(text, analyze(text, model));
});

test('a line of two million letters without a blank is one word', () => {
  const text = 'a'.repeat(2_000_000);
  const sentences = analyze(text, model);
  expect(sentences.flatMap(({ tokens }) => tokens.map(({ from, to }) => [from, to]))).toEqual(
    Array.from({ length: 20 }, (_, i) => [i * 100_000, (i + 1) * 100_000]),
  );
});

test('a long run of any one mark is read', () => {
  for (const unit of ['a1', '(', 'x-', '’', '😀', '.'] as const) {
    const text = unit.repeat(5_000);
    checkShape(text, analyze(text, model));
  }
});

test('given words and sentences are kept', () => {
  const line = (id: string, form: string) => `${id}\t${form}\t_\t_\t_\t_\t_\t_\t_\t_`;
  const given = [
    line('1', 'New York'),
    line('2-3', 'wouldnt'),
    line('2', 'would'),
    line('3', 'nt'),
    line('4', '.'),
    '',
    line('1', 'Yes'),
    '',
  ].join('\n');
  const { text, sentences } = analyzeWords(readConllu(given), model);
  expect(sentences.map(({ tokens }) => tokens.map(({ form }) => form))).toEqual([
    ['New York', 'would', 'nt', '.'],
    ['Yes'],
  ]);
  expect(text.slice(sentences[1]!.from, sentences[1]!.to)).toBe('Yes');
  expect(writeConllu(sentences, text)).toContain('2-3\twouldnt');
});

test('a given sentence longer than the limit stays one tree', () => {
  const lines = Array.from({ length: 450 }, (_, i) => `${i + 1}\tword\t_\t_\t_\t_\t_\t_\t_\t_`);
  const { sentences } = analyzeWords(readConllu(`${lines.join('\n')}\n\n`), model);
  expect(sentences).toHaveLength(1);
  expect(sentences[0]!.tokens).toHaveLength(450);
  expect(isTree(Int32Array.from(sentences[0]!.tokens, (token) => token.head))).toBe(true);
});
