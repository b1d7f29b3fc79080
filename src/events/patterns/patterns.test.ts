import { describe, expect, test } from 'vitest';
import { textDocument } from '../../../test/document.ts';
import { loadReader } from '../../app/load.ts';
import { read } from '../../pipeline.ts';
import type { Patterns } from './patterns.ts';
import { parsePatterns } from './patterns.ts';

const reader = loadReader();
const rules = [...new Map([...reader.patterns.rules.values()].flat().map((rule) => [rule.id, rule])).values()];

describe('each rule fires on the sentence it was written for', () => {
  for (const rule of rules.filter((one) => one.example !== '' && one.event !== 'none')) {
    test(`[${rule.id}] ${rule.example}`, () => {
      const { claims } = read(textDocument(rule.example), reader);
      expect(claims.map((claim) => claim.rule)).toContain(rule.id);
    });
  }
});

describe('each rule of silence hides what would be told without it', () => {
  for (const rule of rules.filter((one) => one.event === 'none')) {
    test(`[${rule.id}] ${rule.example}`, () => {
      const others = [...reader.patterns.rules].map(
        ([key, all]) => [key, all.filter((one) => one.id !== rule.id)] as const,
      );
      const without = { ...reader, patterns: { ...reader.patterns, rules: new Map(others) } };
      expect(read(textDocument(rule.example), without).claims).not.toEqual([]);
      expect(read(textDocument(rule.example), reader).claims).toEqual([]);
    });
  }
});

const RULE = `[meet.test]
event   CONSULT 040
verb    meet
actors  subject with
`;
const own = (text: string) => parsePatterns([{ name: 'own.txt', text }]);
const twoFiles = (text: string) =>
  parsePatterns([
    { name: 'own.txt', text },
    { name: 'core.txt', text: RULE },
  ]);
const ids = (patterns: Patterns, trigger: string) => patterns.rules.get(trigger)?.map((rule) => rule.id);

describe('a pattern file', () => {
  test('gives its rules by trigger, in the order of the file', () => {
    const patterns = own(`${RULE}\n${RULE.replace('meet.test', 'meet.later')}`);
    expect(ids(patterns, 'verb meet')).toEqual(['meet.test', 'meet.later']);
  });

  test('may use a class of words that stands anywhere in it, and add words to it', () => {
    const patterns = own(`${RULE.replace('verb    meet', 'verb    @seeing')}\n@seeing = meet see\n@seeing + greet\n`);
    expect([...patterns.rules.keys()]).toEqual(['verb meet', 'verb see', 'verb greet']);
  });

  test('declares types of its own, whose CAMEO code a rule need not repeat', () => {
    const patterns = own(
      'type EVACUATE quad 2 scale 5 cameo 07\nmode embassy 6\n[go.test]\nevent EVACUATE embassy\nverb evacuate\nactor subject\n',
    );
    expect(patterns.types.get('EVACUATE')).toMatchObject({ quad: 2, scale: 5, modes: { embassy: 6 } });
    expect(patterns.rules.get('verb evacuate')?.[0]).toMatchObject({
      event: 'EVACUATE',
      cameo: '07',
      modes: ['embassy'],
    });
  });
});

describe('two pattern files', () => {
  test('stand behind each other, the first first', () => {
    const both = twoFiles(RULE.replace('meet.test', 'meet.own').replace('verb    meet', 'verb    meet see'));
    expect(ids(both, 'verb meet')).toEqual(['meet.own', 'meet.test']);
    expect(ids(both, 'verb see')).toEqual(['meet.own']);
  });

  test.each(['off meet.test', 'off meet.*'])('one switches off rules of the other: %s', (line) => {
    const both = twoFiles(`${line}\n${RULE}`);
    expect(both.rules.get('verb meet')).toHaveLength(1);
    expect(twoFiles(line).rules.size).toBe(0);
  });

  test('with a rule of the same name are refused, and the remedy named', () => {
    expect(() => twoFiles(RULE)).toThrow('core.txt:1:1: [meet.test] is the name of the rule at own.txt:1 already');
    expect(() => twoFiles(RULE)).toThrow('write "off meet.test"');
  });
});

describe('errors name file, line, column and remedy', () => {
  test.each([
    ['an unknown type', RULE.replace('CONSULT', 'TALK'), 'own.txt:2:9: expected one of AGREE'],
    ['no CAMEO code', RULE.replace('040', '999'), 'own.txt:2:17: "999" is no CAMEO code'],
    ['a mode of another type', RULE.replace('040', '040 expel'), 'own.txt:2:21: expected one of visit'],
    ['a mode of a type without any', RULE.replace('CONSULT 040', 'AGREE big'), 'own.txt:2:15: expected no mode'],
    ['nothing to take up', `${RULE}again   CONSULT.expel\n`, 'own.txt:5:9: "CONSULT.expel" is nothing to take up'],
    ['an unknown key', `${RULE}when    today\n`, 'own.txt:5:1: "when" is no key'],
    [
      'an unknown class of words',
      `${RULE}where   object @none\n`,
      'own.txt:5:16: @none is not defined; write "@none =',
    ],
    [
      'a class that holds itself',
      '@a = b @c\n@c = @a d\n[x.y]\nevent AID\nverb @a\nactor subject\n',
      'own.txt:2:6: @a is made of @c is made of @a: take',
    ],
    ['a class defined twice', '@a = b\n@a = c\n', 'own.txt:2:1: @a stands at own.txt:1 already; write "@a + words"'],
    ['a class without words', '@a =\n', 'own.txt:1:1: expected "@a = words"'],
    ['an unknown class of fillers', `${RULE}where   object $me\n`, 'own.txt:5:16: $me is no class of fillers'],
    ['an unknown slot', `${RULE}where   objct any\n`, 'own.txt:5:9: "objct" is no slot; expected subject'],
    [
      'an unknown slot as a role',
      RULE.replace('subject with', 'subject.country'),
      'own.txt:4:9: "subject.country" is no slot',
    ],
    ['an unknown mood', `${RULE}where   mood angry\n`, 'own.txt:5:14: expected one of future'],
    ['no trigger', RULE.replace('verb    meet\n', ''), 'own.txt:1:1: [meet.test] has no trigger'],
    ['triggers of two kinds', `${RULE}noun    talks\n`, 'own.txt:5:1: [meet.test] has a verb already'],
    ['no event', RULE.replace('event   CONSULT 040\n', ''), 'own.txt:1:1: [meet.test] has no event; add'],
    ['no party', RULE.replace('actors  subject with\n', ''), 'own.txt:1:1: [meet.test] names no party'],
    ['a name twice', `${RULE}${RULE}`, 'own.txt:5:1: [meet.test] is the name of the rule at own.txt:1 already'],
    ['a name in capitals', RULE.replace('meet.test', 'Meet'), "own.txt:1:1: expected a rule's name"],
    ['a line before any rule', 'verb meet\n', 'own.txt:1:1: "verb" stands before any rule'],
    ['a condition without words', `${RULE}where   object\n`, 'own.txt:5:1: expected a slot and at least one word'],
    ['a rule switched off that is none', 'off meet.nobody\n', 'own.txt:1:5: no rule is called "meet.nobody"'],
    ['a type without its quad', 'type TOUR scale 5 cameo 04\n', 'own.txt:1:1: TOUR has no quad; add "quad 2"'],
    ['a type of a fifth quad', 'type TOUR quad 5 scale 5 cameo 04\n', 'own.txt:1:16: expected a number from 1 to 4'],
    ['a type in small letters', 'type tour quad 2 scale 5 cameo 04\n', 'own.txt:1:6: expected a type in capitals'],
    ["a type that is PLOVER's", 'type AID quad 2 scale 5 cameo 07\n', 'own.txt:1:6: AID is one of PLOVER'],
    ['a type twice', 'type TOUR quad 2 scale 5 cameo 04\n'.repeat(2), 'own.txt:2:6: TOUR is declared twice'],
    ['a mode before any type', 'mode embassy 6\n', 'own.txt:1:1: "mode" stands before any type'],
  ])('%s', (_, source, message) => {
    expect(() => own(source)).toThrow(message);
  });
});

describe("a reader with a researcher's own patterns", () => {
  const text = `
@fleeing = evacuate airlift
type EVACUATE quad 2 scale 5 cameo 07
mode citizens 6
off meet.visit
[own.evacuate]
event     EVACUATE citizens
verb      @fleeing
where     object @people
actor     subject
recipient from
`;
  const widened = loadReader([{ name: 'own.txt', text }]);
  const told = (words: string) => read(textDocument(words, '2022-03-10'), widened).claims;

  test('tells acts of their types', () => {
    const [claim] = told('Norway evacuated its citizens from Mali on Monday.');
    expect(claim).toMatchObject({
      event: 'EVACUATE',
      mode: ['citizens'],
      quad: 2,
      scale: 6,
      cameo: '07',
      rule: 'own.evacuate',
    });
    expect(claim?.actors).toHaveLength(1);
    expect(claim?.recipients).toHaveLength(1);
  });

  test('still tells the others, but for a rule switched off', () => {
    expect(told('Norway expelled two diplomats of Mali.').map(({ event }) => event)).toEqual(['SANCTION']);
    expect(told('The Finnish foreign minister visited Latvia.').map(({ rule }) => rule)).not.toContain('meet.visit');
  });
});
