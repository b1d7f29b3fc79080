import { describe, expect, test } from 'vitest';
import { textDocument } from '../../test/document.ts';
import { loadReader } from '../app/load.ts';
import { read } from '../pipeline.ts';
import { joinPatterns, parsePatterns } from './patterns.ts';

const reader = loadReader();
const rules = [...new Map([...reader.patterns.values()].flat().map((rule) => [rule.id, rule])).values()];

describe('each rule fires on the sentence it was written for', () => {
  for (const rule of rules.filter((one) => one.example !== '')) {
    test(`[${rule.id}] ${rule.example}`, () => {
      const { claims } = read(textDocument(rule.example), reader);
      expect(claims.map((claim) => claim.rule)).toContain(rule.id);
    });
  }
});

const RULE = `[meet.test]
event   CONSULT 040
verb    meet
actors  subject with
`;

describe('a pattern file', () => {
  test('gives its rules by trigger, in the order of the file', () => {
    const patterns = parsePatterns(`${RULE}\n${RULE.replace('meet.test', 'meet.later')}`, 'own.txt');
    expect(patterns.get('verb meet')?.map((rule) => rule.id)).toEqual(['meet.test', 'meet.later']);
  });

  test('may use a class of words defined above', () => {
    const patterns = parsePatterns(`@seeing = meet see\n${RULE.replace('verb    meet', 'verb    @seeing')}`, 'own.txt');
    expect([...patterns.keys()]).toEqual(['verb meet', 'verb see']);
  });

  test('adds to another, whose rules come first', () => {
    const first = parsePatterns(RULE, 'core.txt');
    const second = parsePatterns(
      RULE.replace('meet.test', 'meet.own').replace('verb    meet', 'verb    meet see'),
      'own.txt',
    );
    const both = joinPatterns(first, second);
    expect(both.get('verb meet')?.map((rule) => rule.id)).toEqual(['meet.test', 'meet.own']);
    expect(both.get('verb see')?.map((rule) => rule.id)).toEqual(['meet.own']);
  });

  test.each([
    ['an unknown type', RULE.replace('CONSULT', 'TALK'), 'own.txt:2:7: expected one of AGREE'],
    ['no CAMEO code', RULE.replace(' 040', ''), 'own.txt:2:7: expected a CAMEO code after CONSULT, got ""'],
    ['a mode of another type', RULE.replace('040', '040 expel'), 'own.txt:2:7: expected one of visit'],
    ['an unknown key', `${RULE}when    today\n`, 'own.txt:5:1: "when" is no key'],
    ['an unknown class of words', `${RULE}where   object @nobody\n`, 'own.txt:5:7: @nobody is not defined above'],
    ['an unknown class of fillers', `${RULE}where   object $nobody\n`, 'own.txt:5:7: $nobody is no class of fillers'],
    ['no trigger', RULE.replace('verb    meet\n', ''), '[meet.test] has no trigger'],
    ['no party', RULE.replace('actors  subject with\n', ''), '[meet.test] names no party'],
    ['a name in capitals', RULE.replace('meet.test', 'Meet'), "own.txt:1:1: expected a rule's name"],
    ['a line before any rule', 'verb meet\n', 'own.txt:1:1: "verb" stands before any rule'],
    ['a condition without words', `${RULE}where   object\n`, 'own.txt:5:7: expected a slot and at least one word'],
  ])('with %s is refused with line and column', (_, source, message) => {
    expect(() => parsePatterns(source, 'own.txt')).toThrow(message);
  });
});
