import { describe, expect, test } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import { EVENT_TYPES } from '../src/events/ontology.ts';
import type { Claim, Reading } from '../src/events/reading.ts';
import { readingSchema } from '../src/events/reading.ts';
import { read } from '../src/pipeline.ts';
import { wordsOf } from '../src/source/span.ts';
import { caseFiles, casesIn } from './cases.ts';
import { textDocument } from './document.ts';

/*
 * Cases of what a text tells, as text files in test/cases/events. A case begins with "== its name"; then
 *
 *     published 2021-12-08        the document's date, if the case needs one
 *     > words of the report       one or more lines of text, blank "> " for a paragraph
 *     CONSULT Norway, Iceland | happened | 2021-12-07 | in Oslo | by phone | says Norway | for PT2H | host Oman | from NOR, ISL
 *     THREATEN Iran -> Iraq | if unless it pays | then to close the port     condition and consequence in their words
 *     AID Peru -> Mali | about food | counts more-than 300 tons | counts nothing
 *     ACCUSE Cyprus -> Turkey     actors -> recipients, by the names in the reading; "?" for nobody
 *     CONSULT Chad, Niger | word talks        the word that tells it
 *     no ASSAULT                  no claim of that type; "no claims" for none at all
 */

function countOf({ bound, value, unit }: Reading['figures'][number]): string {
  return `counts ${bound} ${value} ${unit}`;
}

/** A claim in the words of a case line, every part that a line may name. */
function partsOf(reading: Reading, claim: Claim): readonly string[] {
  const names = (ids: readonly string[]): string =>
    ids.map((id) => reading.actors.find((actor) => actor.id === id)!.name).join(', ') || '?';
  const who = `${claim.event} ${names(claim.actors)}${claim.recipients.length > 0 ? ` -> ${names(claim.recipients)}` : ''}`;
  const countries = (ids: readonly string[]): string =>
    ids.map((id) => reading.actors.find((actor) => actor.id === id)!.country ?? '?').join(', ');
  const { earliest, latest } = claim.when;
  const speakers = claim.saidBy.map((id) => {
    const statement = reading.statements.find((one) => one.id === id)!;
    const source = statement.source ? wordsOf(reading.document.text, statement.source) : '?';
    return statement.speaker ? names([statement.speaker]) : source;
  });
  return [
    who,
    claim.status,
    claim.certainty,
    earliest === latest ? `${earliest}` : `${earliest}/${latest}`,
    ...(claim.where === null ? [] : [`in ${reading.places[claim.where]!.name}`]),
    `from ${countries(claim.actors)}`,
    `to ${countries(claim.recipients)}`,
    ...claim.mode.map((mode) => `as ${mode}`),
    `by ${claim.medium}`,
    `for ${claim.duration}`,
    ...speakers.map((speaker) => `says ${speaker}`),
    ...claim.others.map(({ actor, role }) => `${role} ${names([actor])}`),
    ...claim.issues.map((issue) => `about ${issue.label}`),
    ...(claim.issues.length === 0 ? ['about nothing'] : []),
    ...claim.figures.map((figure) => countOf(reading.figures[figure]!)),
    ...(claim.figures.length === 0 ? ['counts nothing'] : []),
    ...(claim.condition ? [`if ${wordsOf(reading.document.text, claim.condition)}`] : []),
    ...(claim.consequence ? [`then ${wordsOf(reading.document.text, claim.consequence)}`] : []),
    ...(claim.saidBy.length === 0 ? ['says the outlet'] : []),
    `word ${wordsOf(reading.document.text, claim.evidence.trigger)}`,
  ];
}

/** Ids that name no actor of the reading, and actors without a word in the text. */
function danglers(reading: Reading): readonly string[] {
  const known = new Set(reading.actors.map(({ id }) => id));
  const used = [
    ...reading.claims.flatMap((claim) => [
      ...claim.actors,
      ...claim.recipients,
      ...claim.others.map(({ actor }) => actor),
    ]),
    ...reading.statements.flatMap(({ speaker }) => speaker ?? []),
  ];
  const wordless = reading.actors.filter(({ mentions }) => mentions.length === 0).map(({ name }) => name);
  return [...used.filter((id) => !known.has(id)), ...wordless];
}

const reader = loadReader();
for (const { file, cases } of caseFiles('events')) {
  describe(file, () => {
    for (const { name, published, text, expected } of cases) {
      test(name, () => {
        const reading = read(textDocument(text, published), reader);
        readingSchema.parse(reading);
        expect(danglers(reading)).toEqual([]);
        const told = reading.claims.map((claim) => partsOf(reading, claim));
        const shown = told.map((parts) => parts.join(' | '));
        for (const line of expected) {
          const type = line.replace(/^no /, '').split(' ')[0]!;
          if (line !== 'no claims') expect(EVENT_TYPES, `"${line}" names no type of event`).toContain(type);
          if (line === 'no claims') expect(shown).toEqual([]);
          else if (line.startsWith('no ')) {
            const [who, ...barred] = line
              .slice(3)
              .split('|')
              .map((part) => part.trim()) as [string, ...string[]];
            const fitting = told.filter(
              (parts) => parts[0]!.startsWith(who) && barred.every((part) => parts.includes(part)),
            );
            expect(fitting).toEqual([]);
          } else {
            const wanted = line.split('|').map((part) => part.trim());
            const found = told.some((parts) => wanted.every((part) => parts.includes(part)));
            expect(found, `expected ${line}\ntold:\n${shown.join('\n') || '(nothing)'}`).toBe(true);
          }
        }
      });
    }
  });
}

describe('a file of cases', () => {
  const good = '# a note\n== a name\n> Some words.\nno claims\n';

  test('gives name, text and what is expected', () => {
    const expected = { name: 'a name', published: '2021-12-08', text: 'Some words.', expected: ['no claims'] };
    expect(casesIn(good.replace('>', 'published 2021-12-08\n>'), 'a.txt')).toEqual([expected]);
  });

  test.each([
    ['without cases', '# a note\n', 'a.txt holds no case'],
    ['with words before the first', `Some words.\n${good}`, 'a.txt: "Some words." stands before the first case'],
    ['with a case without a name', good.replace(' a name', ' '), 'a.txt: a case without a name'],
    ['with a case without text', good.replace('> Some words.\n', ''), 'a.txt: "a name" has no text'],
    ['with a case that expects nothing', good.replace('no claims\n', ''), 'a.txt: "a name" expects nothing'],
    ['with two cases of one name', good + good.slice(9), 'a.txt: two cases are called "a name"'],
  ])('%s is refused', (_, source, message) => {
    expect(() => casesIn(source, 'a.txt')).toThrow(message);
  });
});
