import { describe, expect, test } from 'vitest';
import { textDocument } from '../../../test/document.ts';
import { loadReader } from '../../app/load.ts';
import { read } from '../../pipeline.ts';
import { parsePatterns } from './patterns.ts';

// In the form of PETRARCH's dictionaries; the words are this test's own.
const DICTIONARY = `# comment
<!-- another -->
&CARGO
+RICE
+WHEAT_FLOUR
+&TOOL

&TOOL
+SPADES

---  SEND   [070]  ---
SEND {SENT SENDS SENDING }   # forms are known anyway
DISPATCH
+SHIP_OUT [071]
HAUL [---]
- * &CARGO (TO +)          [073:073]   # SEND
- * SIGNAL                 [---]       # SEND
- * (TO {PEACE TALKS})     [0256]      # no code of CAMEO
- MARINES *                [154]       # SEND

--- GREET [050] ---
GREET
- * COLDLY                 [012]
`;
const reader = loadReader([{ name: 'sends.txt', text: DICTIONARY }]);
const told = (text: string) =>
  read(textDocument(text, '2022-03-10'), reader).claims.map(({ event, cameo, rule }) => `${event} ${cameo} ${rule}`);

describe("a dictionary of PETRARCH's", () => {
  test.each([
    ['its block’s code', 'Norway sent Mali a helicopter.', ['AID 070 petrarch.send.11']],
    ['a set of words, and a set in it', 'Norway sent spades to Mali.', ['AID 073 petrarch.send.16']],
    ['all words of a phrase of a set', 'Norway dispatched wheat flour to Mali.', ['AID 073 petrarch.send.16']],
    ['words before the verb', 'With its marines Norway sent forces to Mali.', ['MOBILIZE 154 petrarch.send.19']],
    ['a verb that is a phrase', 'Norway shipped out tents to Mali.', ['AID 071 petrarch.send.14']],
    ['a pattern that is no act', 'Norway sent a signal to Mali.', []],
    ['a comment, no act for PLOVER', 'Norway greeted Mali coldly.', []],
    ['a verb without a code, left to other rules', 'Norway hauled the envoy of Mali away.', []],
  ])('tells %s', (_, text, expected) => {
    const found = told(text).filter((one) => one.includes('petrarch'));
    expect(found).toEqual(expected);
  });

  test('is tried beside pattern files, which may switch its rules off', () => {
    const files = [
      { name: 'own.txt', text: 'off petrarch.send.*\n' },
      { name: 'sends.txt', text: DICTIONARY },
    ];
    expect([...parsePatterns(files).rules.keys()]).toEqual(['verb greet']);
  });
});

describe('a rule whose event is none', () => {
  test('keeps all others from its words', () => {
    const own = '[own.mock]\nevent none\nverb condemn\nwhere right weather\n';
    const quiet = loadReader([{ name: 'own.txt', text: own }]);
    const events = (text: string) => read(textDocument(text), quiet).claims.map(({ event }) => event);
    expect(events('Norway condemned the weather in Mali.')).toEqual([]);
    expect(events('Norway condemned the raid on Mali.')).toContain('ACCUSE');
  });
});
