import { describe, expect, test } from 'vitest';
import { loadEnglish } from '../src/app/load.ts';
import { findFigures } from '../src/events/figures.ts';
import { findTimes } from '../src/events/time/times.ts';
import { analyze } from '../src/nlp/analyze.ts';
import type { Published } from '../src/source/document.ts';
import { wordsOf } from '../src/source/span.ts';
import { caseFiles } from './cases.ts';

/*
 * Cases of times and figures, as text files in test/cases/times and test/cases/figures. A case begins with "== its
 * name"; then
 *
 *     published 2021-12-08        the document's date; "2021-12-01 2021-12-31" when only the month is known
 *     > words of the report       one or more lines of text, blank "> " for a paragraph
 *     words | type | value | first day/last day, or "-" | basis          each time, in order
 *     words | value | bound | unit                                       each figure, in order
 *     none                        when nothing is found
 */

const model = loadEnglish();

type Answer = (text: string, published: Published | null) => readonly string[];

const ANSWERS: Readonly<Record<string, Answer>> = {
  times: (text, published) =>
    findTimes(text, analyze(text, model), published).map((time) => {
      const days = time.earliest === time.latest ? (time.earliest ?? '-') : `${time.earliest}/${time.latest}`;
      return `${wordsOf(text, time)} | ${time.type} | ${time.value} | ${days} | ${time.basis}`;
    }),
  figures: (text, published) => {
    const sentences = analyze(text, model);
    return findFigures(text, sentences, findTimes(text, sentences, published)).map(
      (figure) => `${wordsOf(text, figure)} | ${figure.value} | ${figure.bound} | ${figure.unit || '-'}`,
    );
  },
};

for (const kind of ['times', 'figures']) {
  for (const { file, cases } of caseFiles(kind)) {
    describe(`${kind}/${file}`, () => {
      for (const { name, published, text, expected } of cases) {
        const [from, to] = published?.split(' ') ?? [];
        const day: Published | null =
          from === undefined ? null : { from, to: to ?? from, basis: 'given', evidence: null };
        test(name, () => {
          expect(ANSWERS[kind]!(text, day)).toEqual(expected.filter((line) => line !== 'none'));
        });
      }
    });
  }
}
