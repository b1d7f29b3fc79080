import { describe, expect, test } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import { readingSchema } from '../src/events/reading.ts';
import { read } from '../src/pipeline.ts';
import type { Document } from '../src/source/document.ts';
import { textDocument } from './document.ts';

/*
 * Texts made to hurt a reader: one thing over and over in one sentence. Reading takes time linear in them; the language
 * room cuts a sentence after 200 words (`LONGEST_SENTENCE` in nlp/encode.ts), so no tree is larger. With SOAK=1 the times
 * themselves are compared.
 */
const HOSTILE: readonly (readonly [name: string, unit: string, end: string])[] = [
  ['commas', ', ', ''],
  ['and', 'and ', ''],
  ['that', 'that ', ''],
  ['if', 'if ', ''],
  ['opening brackets', '( [ ', ''],
  ['brackets closed in the end', '( ', ') '],
  ['quotation marks', '" ', ''],
  ['quotations opened and closed', '“ he said ” ', ''],
  ['quotations opened in each paragraph', '“Peru\n\n', ''],
  ['one long word', 'a', ''],
  ['one long word of hyphens', 'presidents-', ''],
  ['one long number', '1', ''],
  ['numbers', '12 ', ''],
  ['number words', 'twenty one thousand hundred ', ''],
  ['amounts', '$5 million ', ''],
  ['comparators', 'more than ', ''],
  ['dates', '3 March 2021 ', ''],
  ['slashes', '1/2/', ''],
  ['years', '2019-2020 ', ''],
  ['months', 'of March ', ''],
  ['ranges', 'between 3 and 5 ', ''],
  ['times ago', 'three days ago and two ', ''],
  ['owners of owners', 'the president of the president of ', ''],
  ['possessors', "Peru's ", ''],
  ['titles', 'Foreign Minister of Peru ', ''],
  ['titles alone', 'President ', ''],
  ['adjectives', 'Russian ', ''],
  ['acronyms', 'U.S. ', ''],
  ['names', 'Peru and Chile, ', ''],
  ['counterparts', 'his counterpart and their ', ''],
  ['reports of reports', 'Peru said that Chile said that ', ''],
  ['according to', 'according to ', ''],
  ['colons', 'envoy: ', ''],
  ['relative clauses', 'the envoy who met ', ''],
  ['chains of plans', 'agreed to ', ''],
  ['talks', 'talks with ', ''],
  ['acts without end', 'Peru expelled Chile and ', ''],
  ['acts cut by semicolons', 'Peru condemned Chile; ', ''],
  ['threats', 'Peru threatened to attack Chile if ', ''],
  ['lines', 'Peru\n', ''],
];

const reader = loadReader();

function hostile(unit: string, end: string, words: number): Document {
  const times = Math.ceil(words / unit.trim().split(/\s+/).length);
  // The languages of such texts are anybody's guess.
  return { ...textDocument(unit.repeat(times) + end.repeat(times), '2021-06-01'), language: 'en' };
}

describe('a text of nothing but', () => {
  test.each(HOSTILE)('%s is read like any other', { timeout: 20_000 }, (_, unit, end) => {
    readingSchema.parse(read(hostile(unit, end, 500), reader));
  });

  test.runIf(process.env['SOAK'])('any of these takes time linear in it', { timeout: 600_000 }, () => {
    const slow = HOSTILE.flatMap(([name, unit, end]) => {
      const [one, two] = [5_000, 10_000].map((words) => {
        const document = hostile(unit, end, words);
        const before = process.cpuUsage();
        read(document, reader);
        return process.cpuUsage(before).user / 1000;
      });
      // Twice and a bit; what takes next to nothing is noise.
      return two! > 2.6 * one! + 150 ? [`${name}: ${one} ms, then ${two} ms`] : [];
    });
    expect(slow).toEqual([]);
  });
});
