import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import type { Reading, Statement } from '../src/events/reading.ts';
import { read } from '../src/pipeline.ts';
import { contains, wordsOf } from '../src/source/span.ts';
import { caseFiles } from './cases.ts';
import { textDocument } from './document.ts';

/*
 * Cases of who says what, as text files in test/cases/attribution. A case begins with "== its name"; then
 *
 *     > words of the report       one or more lines of text, blank "> " for a paragraph
 *     says SOURCE | CUE | CONTENT            as the text has them; "-" for none; "/" stands for a new paragraph
 *     says SOURCE | CUE | CONTENT | direct | anonymous | named | speaker NAME | within SOURCE
 *                                 after the three come any of: its kind of quotation, said or attitude, whether anonymous, who it is,
 *                                 the source of a statement that holds it
 *     no CUE                      no statement has that cue; "nobody" for no statement at all
 */

const reader = loadReader();

function shown(reading: Reading, statement: Statement): readonly string[] {
  const { text } = reading.document;
  const words = (span: Statement['source']): string => (span ? wordsOf(text, span).replace(/\s*\n\s*/g, ' / ') : '-');
  const { source, cue, content, speaker } = statement;
  const outer = reading.statements.filter((other) => other !== statement && contains(other.content, content));
  return [
    `says ${words(source)} | ${words(cue)} | ${words(content)}`,
    statement.quotation,
    statement.kind,
    statement.anonymous ? 'anonymous' : 'named',
    `speaker ${reading.actors.find((actor) => actor.id === speaker)?.name ?? '-'}`,
    ...outer.map((other) => `within ${words(other.source)}`),
  ];
}

for (const { file, cases } of caseFiles('attribution')) {
  describe(`attribution/${file}`, () => {
    for (const { name, text, expected } of cases) {
      test(name, () => {
        const reading = read(textDocument(text), reader);
        const told = reading.statements.map((statement) => shown(reading, statement));
        const list = told.map((parts) => parts.join(' | ')).join('\n') || '(nobody)';
        for (const line of expected) {
          if (line === 'nobody') expect(list).toBe('(nobody)');
          else if (line.startsWith('no ')) expect(list).not.toContain(` | ${line.slice(3)} | `);
          else {
            const parts = line.split(' | ');
            const wanted = [parts.slice(0, 3).join(' | '), ...parts.slice(3)];
            const found = told.some((one) => wanted.every((part) => one.includes(part)));
            expect(found, `expected ${line}\ntold:\n${list}`).toBe(true);
          }
        }
      });
    }
  });
}

describe('statements of any text', () => {
  const piece = fc.constantFrom(
    ...['The envoy', 'Mali', 'said', 'that', '“', '”', '"', "''", ',', '.', ' ', '\n\n', 'the raid', 'told'],
    ...[
      'according to',
      'Ana Lima',
      ':',
      '—',
      'he',
      'condemned',
      'was accused of',
      'called for',
      'adding',
      'talks failed',
    ],
  );
  const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '));

  test('point into the text, hold something, and come out the same twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = textDocument(text);
        const { statements } = read(document, reader);
        for (const { source, cue, content } of statements)
          for (const span of [source, cue, content]) {
            if (!span) continue;
            expect(span.from).toBeGreaterThanOrEqual(0);
            expect(span.to).toBeLessThanOrEqual(document.text.length);
            expect(wordsOf(document.text, span).trim()).not.toBe('');
          }
        expect(read(document, reader).statements).toEqual(statements);
      }),
      { numRuns: 150 },
    );
  });
});
