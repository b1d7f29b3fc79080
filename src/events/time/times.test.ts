import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadEnglish } from '../../app/load.ts';
import { analyze } from '../../nlp/analyze.ts';
import type { Sentence } from '../../nlp/sentence.ts';
import type { Published } from '../../source/document.ts';
import { wordsOf } from '../../source/span.ts';
import { findFigures } from '../figures.ts';
import { figureSchema, timeSchema } from '../reading.ts';
import { findTimes } from './times.ts';

const model = loadEnglish();
const published: Published = { from: '2021-12-08', to: '2021-12-08', basis: 'given', evidence: null };

/** One sentence whose words are what stands between blanks, without tags or tree. */
function plainSentence(text: string): Sentence {
  const tokens = [...text.matchAll(/\S+/g)].map((match, index) => ({
    from: match.index,
    to: match.index + match[0].length,
    index,
    form: match[0],
    joined: false,
    lemma: match[0],
    upos: 'X' as const,
    feats: '_',
    head: -1,
    relation: 'dep',
    confidence: 0,
  }));
  return { from: 0, to: text.length, tokens, names: [] };
}

const word = fc.constantFrom(
  ..."last next the past this Tuesday Friday June May march in 3 5 2021 two weeks ago a year earlier day of first third quarter half hour early late mid-May every more than at least $ 40 percent million troops 10 p.m. noon between and to from - , . ' s 1990 1990s dozens thousands several O’clock é 😀 ½".split(
    ' ',
  ),
);
const words = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '', '\n')), { maxLength: 40 })
  .map((parts) => parts.flat().join(''));

describe('any text', () => {
  test('gives times and figures of the published shape inside the text, in order, not overlapping', () => {
    fc.assert(
      fc.property(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        const sentences = [plainSentence(text)];
        const times = findTimes(text, sentences, published);
        const figures = findFigures(text, sentences, times);
        const found = [...times, ...figures].sort((a, b) => a.from - b.from);
        let end = 0;
        for (const span of found) {
          expect(span.from).toBeGreaterThanOrEqual(end);
          expect(span.to).toBeGreaterThan(span.from);
          expect(span.to).toBeLessThanOrEqual(text.length);
          expect(wordsOf(text, span).trim()).toBe(wordsOf(text, span));
          end = span.to;
        }
        for (const time of times) {
          timeSchema.parse(time);
          if (time.earliest !== null) expect(time.earliest <= time.latest!).toBe(true);
          expect(time.latest === null).toBe(time.earliest === null);
        }
        for (const figure of figures) figureSchema.parse(figure);
      }),
    );
  });

  test('gives the same times every time', () => {
    fc.assert(
      fc.property(words, (text) => {
        const sentences = analyze(text, model);
        expect(findTimes(text, sentences, published)).toEqual(findTimes(text, sentences, published));
      }),
      { numRuns: 20 },
    );
  });

  test('has no days counted from a publication date that is not known', () => {
    fc.assert(
      fc.property(words, (text) => {
        for (const time of findTimes(text, [plainSentence(text)], null)) {
          if (time.basis === 'relative') expect(time.value).toMatch(/^\d/);
          if (time.basis === 'unresolved' && !time.value!.endsWith('-XX-XX')) expect(time.earliest).toBeNull();
        }
      }),
    );
  });
});

test('hostile sentences take time linear in their length', () => {
  const parts = [
    'last ',
    'the past ',
    '1 ',
    '12,',
    '9',
    'one ',
    'early ',
    'between 1990 and ',
    'half a ',
    'another ',
    'two thousand ',
    'hours and 10 ',
    'dozens of ',
    'June ',
    '3-5 ',
    'the end of ',
    'more than ',
    'Tuesday ',
    '$',
    "'s ",
  ];
  const spent = (count: number): number => {
    let total = 0;
    for (const part of parts) {
      const text = part.repeat(count);
      const sentences = [plainSentence(text)];
      const start = performance.now();
      findFigures(text, sentences, findTimes(text, sentences, published));
      total += performance.now() - start;
    }
    return total;
  };
  spent(500);
  // Quadratic work would take 64 times as long; the margin is for a busy machine.
  expect(spent(8000)).toBeLessThan(30 * Math.max(spent(1000), 20));
});
