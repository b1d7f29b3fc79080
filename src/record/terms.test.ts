import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReadoutError } from '../error.ts';
import { looksFor } from './search.ts';
import { foldedWords, isExact, parseWords, passes, termsOf } from './terms.ts';

/** What an engine answers, which knows stems alone, with what is then looked at in the text. */
function finds(words: string, text: string): boolean {
  const query = parseWords(words);
  const stems = termsOf(text);
  const hasTerms = query.terms.every(({ term, prefix }) =>
    stems.some((stem) => (prefix ? stem.startsWith(term) : stem === term)),
  );
  return hasTerms && passes(text, query);
}

describe('a beginning', () => {
  test.each([
    ['exercise*', 'Joint exercises began.'],
    ['prisoner*', 'They exchanged prisoners.'],
    ['agree*', 'Both sides agreed.'],
    ['country*', 'the country’s envoy'],
    ['countr*', 'both countries'],
    ['negotiat*', 'negotiations went on'],
    ['deploy*', 'It deploys troops.'],
    ['nationa*', 'nationalities'],
    ['sécurit*', 'Security first'],
    ['ceasefire-line*', 'the ceasefire lines'],
    ['2021*', 'in 2021'],
  ])('%s finds "%s", though what is kept of a word is shorter', (words, text) => {
    expect(finds(words, text)).toBe(true);
  });

  test.each([
    ['prisoner*', 'He was sent to prison.'],
    ['agree*', 'an aggressive tone'],
    ['nationality*', 'the nation'],
  ])('%s does not find "%s"', (words, text) => {
    expect(finds(words, text)).toBe(false);
  });

  test('of most words costs nothing but the index', () => {
    for (const words of ['sanction*', 'threat*', 'talk*', 'expel*']) expect(isExact(parseWords(words))).toBe(false);
  });

  test('is marked in the words as they stand', () => {
    const isLit = looksFor(parseWords('exercise* met'));
    expect(['exercises', 'Exercise', 'met', 'exercising', 'metal'].map(isLit)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('finds whatever word of the stories begins so', () => {
    const folder = new URL('../../test/stories/', import.meta.url);
    const words = new Set(
      readdirSync(folder).flatMap((name) => foldedWords(readFileSync(new URL(name, folder), 'utf8'))),
    );
    const missed: string[] = [];
    for (const word of words) {
      // Whole words and all but their last two letters: what people type.
      for (const length of [word.length, word.length - 2]) {
        const beginning = word.slice(0, length);
        if (length >= 4 && !finds(`${beginning}*`, word)) missed.push(`${beginning}* ${word}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

describe('a query', () => {
  test('without words is told so', () => {
    for (const text of ['', '*', '-', '"', '- -', '"" *']) expect(() => parseWords(text)).toThrow(ReadoutError);
  });

  test('finds a text that has all words and none of those it must be without', () => {
    expect(finds('grain -wheat', 'grain was shipped')).toBe(true);
    expect(finds('grain -wheat', 'grain and wheat')).toBe(false);
    expect(passes('oil was shipped', parseWords('grain -wheat'))).toBe(false);
  });

  test('holds no syntax, whatever is typed: words of a text find it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (typed) => {
        const positive = typed.replaceAll(/(^|\s)-/g, '$1').replaceAll(/["*]/g, ' ');
        if (termsOf(positive).length === 0) return;
        for (const { term } of parseWords(positive).terms) expect(term).toMatch(/^[\p{L}\p{N}]+$/u);
        expect(finds(positive, positive)).toBe(true);
      }),
    );
  });
});
