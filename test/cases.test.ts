import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import type { Claim, Reading } from '../src/events/reading.ts';
import { readingSchema } from '../src/events/reading.ts';
import { read } from '../src/pipeline.ts';
import { wordsOf } from '../src/source/span.ts';
import { textDocument } from './document.ts';

/*
 * Cases of what a text tells, as text files in test/cases/events. A case begins with "== its name"; then
 *
 *     published 2021-12-08        the document's date, if the case needs one
 *     > words of the report       one or more lines of text, blank "> " for a paragraph
 *     CONSULT Norway, Iceland | happened | 2021-12-07 | in Oslo | by phone | says Norway | for PT2H | host Oman | from NOR, ISL
 *     THREATEN Iran -> Iraq | if unless it pays | then to close the port     condition and consequence in their words
 *     ACCUSE Cyprus -> Turkey     actors -> recipients, by the names in the reading; "?" for nobody
 *     no ASSAULT                  no claim of that type; "no claims" for none at all
 */

interface Case {
  readonly name: string;
  readonly published: string | undefined;
  readonly text: string;
  readonly expected: readonly string[];
}

function casesIn(source: string): readonly Case[] {
  return source
    .split(/^== /m)
    .slice(1)
    .map((block) => {
      const [name, ...lines] = block.split('\n').map((line) => line.trimEnd());
      const text = lines.filter((line) => line.startsWith('>')).map((line) => line.slice(2));
      return {
        name: name!,
        published: lines.find((line) => line.startsWith('published '))?.slice(10),
        text: text.join('\n'),
        expected: lines.filter((line) => line !== '' && !/^(?:>|#|published )/.test(line)),
      };
    });
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
    `by ${claim.medium}`,
    `for ${claim.duration}`,
    ...speakers.map((speaker) => `says ${speaker}`),
    ...claim.others.map(({ actor, role }) => `${role} ${names([actor])}`),
    ...claim.issues.map((issue) => `about ${issue.label}`),
    ...(claim.condition ? [`if ${wordsOf(reading.document.text, claim.condition)}`] : []),
    ...(claim.consequence ? [`then ${wordsOf(reading.document.text, claim.consequence)}`] : []),
    ...(claim.saidBy.length === 0 ? ['says the outlet'] : []),
  ];
}

const reader = loadReader();
const folder = new URL('cases/events/', import.meta.url);

for (const file of readdirSync(folder).sort()) {
  describe(file, () => {
    for (const { name, published, text, expected } of casesIn(readFileSync(new URL(file, folder), 'utf8'))) {
      test(name, () => {
        const reading = read(textDocument(text, published), reader);
        readingSchema.parse(reading);
        const told = reading.claims.map((claim) => partsOf(reading, claim));
        const shown = told.map((parts) => parts.join(' | '));
        for (const line of expected) {
          if (line === 'no claims') expect(shown).toEqual([]);
          else if (line.startsWith('no ')) expect(shown.filter((one) => one.startsWith(line.slice(3)))).toEqual([]);
          else {
            const wanted = line.split('|').map((part) => part.trim());
            const found = told.some((parts) => wanted.every((part) => parts.includes(part)));
            expect(found, `expected ${line}\ntold:\n${shown.join('\n') || '(nothing)'}`).toBe(true);
          }
        }
      });
    }
  });
}
