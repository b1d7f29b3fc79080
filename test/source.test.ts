import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findDates } from '../src/source/date.ts';
import { findFurniture } from '../src/source/furniture.ts';
import { languageOf } from '../src/source/language.ts';
import { mastheadOf, outletOf } from '../src/source/outlet.ts';
import { findPublished } from '../src/source/published.ts';
import { wordsOf } from '../src/source/span.ts';

/*
 * Cases of the source room, as text files in test/cases/source; the first word of a file's name says what reads them.
 * A case begins with "== its name", then come lines of text behind "> " and what is expected, in the words of the
 * file's first comment.
 */

const ANSWERS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  furniture: (text) => findFurniture(text).map((cut) => `${cut.reason} | ${wordsOf(text, cut)}`),
  dates: (text) =>
    findDates(text, { partial: true }).map(
      (date) => `${wordsOf(text, date)} | ${date.days?.from ?? '-'} | ${date.days?.to ?? '-'}`,
    ),
  published: (text) => {
    const found = findPublished(text, { given: null, metadata: [], url: null });
    return found ? [`${found.from} | ${found.to} | ${found.basis} | ${wordsOf(text, found.evidence!)}`] : [];
  },
  language: (text) => [languageOf(text)].filter((code) => code !== null),
  masthead: (text) => [mastheadOf(text)].filter((name) => name !== null),
  outlet: (text) => {
    const [name, url] = text.split('\n').map((line) => (line === '-' ? null : line));
    const outlet = outletOf(name!, url!);
    return outlet ? [`${outlet.name} | ${outlet.kind} | ${outlet.country ?? '-'}`] : [];
  },
};

const folder = new URL('cases/source/', import.meta.url);

for (const file of readdirSync(folder).sort()) {
  const answer = ANSWERS[/^\w+/.exec(file)![0]]!;
  describe(file, () => {
    for (const block of readFileSync(new URL(file, folder), 'utf8').split(/^== /m).slice(1)) {
      const [name, ...lines] = block.split('\n').map((line) => line.trimEnd());
      const text = lines.filter((line) => line.startsWith('>')).map((line) => line.slice(2));
      const expected = lines.filter((line) => line !== '' && line !== 'nothing' && !/^[>#]/.test(line));
      test(name!, () => {
        expect(answer(text.join('\n'))).toEqual(expected);
      });
    }
  });
}
