import { expect, test } from 'vitest';
import { ReadoutError } from '../error.ts';
import { readConllu, writeConllu } from './conllu.ts';
import type { Sentence } from './sentence.ts';

const word = (id: string, form: string, misc = '_') => `${id}\t${form}\t_\t_\t_\t_\t_\t_\t_\t${misc}`;
const block = (...lines: string[]) => `${lines.join('\n')}\n\n`;

test('words, blanks and contractions are read with their places', () => {
  const [sentence] = readConllu(
    block(
      '# text = They don’t agree.',
      word('1', 'They'),
      word('2-3', 'don’t'),
      word('2', 'do'),
      word('3', 'n’t'),
      word('4', 'agree', 'SpaceAfter=No'),
      word('5', '.'),
    ),
  );
  expect(sentence!.words.map(({ form, from, to, joined }) => [form, from, to, joined])).toEqual([
    ['They', 0, 4, false],
    ['do', 5, 7, false],
    ['n’t', 7, 10, true],
    ['agree', 11, 16, false],
    ['.', 16, 17, false],
  ]);
});

test('words of a contraction that its letters do not spell share the whole', () => {
  const [sentence] = readConllu(block(word('1-2', 'zum'), word('1', 'zu'), word('2', 'dem')));
  expect(sentence!.words.map(({ from, to }) => [from, to])).toEqual([
    [0, 3],
    [0, 3],
  ]);
});

test('a text that does not fit its words is put together from them', () => {
  const [sentence] = readConllu(
    block('# text = Another thing', word('1', 'Envoys'), word('2', 'met', 'SpaceAfter=No'), word('3', '.')),
  );
  expect(sentence!.text).toBe('Envoys met.');
});

test('Windows line ends and a missing last empty line are no matter', () => {
  expect(readConllu(`${word('1', 'Yes')}\r\n`)).toHaveLength(1);
});

test.each([
  ['columns are missing', '1\tOne\n', 'Line 1'],
  ['an id is skipped', `${word('1', 'One')}\n${word('3', 'Three')}\n`, 'Line 2'],
  ['a head is no number', '1\tOne\t_\t_\t_\t_\tx\t_\t_\t_\n', 'Line 1'],
  ['a range goes past the end', `${word('1-3', 'One')}\n${word('1', 'One')}\n\n`, 'Line 3'],
  ['a form is empty', '1\t\t_\t_\t_\t_\t_\t_\t_\t_\n', 'Line 1'],
])('a broken line is named: %s', (_, content, line) => {
  expect(() => readConllu(content)).toThrow(ReadoutError);
  expect(() => readConllu(content)).toThrow(line);
});

test('what is written reads back as the same words at the same places', () => {
  const text = 'He can’t  stay.';
  const shape = { lemma: 'x', upos: 'X', feats: '_', relation: 'dep', confidence: 1 } as const;
  const sentence: Sentence = {
    from: 0,
    to: 15,
    names: [],
    tokens: [
      { ...shape, index: 0, form: 'He', from: 0, to: 2, joined: false, head: -1 },
      { ...shape, index: 1, form: 'ca', from: 3, to: 5, joined: false, head: 0 },
      { ...shape, index: 2, form: 'n’t', from: 5, to: 8, joined: true, head: 0 },
      { ...shape, index: 3, form: 'stay', from: 10, to: 14, joined: false, head: 0 },
      { ...shape, index: 4, form: '.', from: 14, to: 15, joined: false, head: 0 },
    ],
  };
  const written = writeConllu([sentence], text);
  expect(written).toContain('2-3\tcan’t\t_');
  expect(written).toContain('4\tstay\tx\tX\t_\t_\t1\tdep\t_\tSpaceAfter=No');
  const [again] = readConllu(written);
  expect(again!.text).toBe('He can’t stay.');
  expect(again!.words.map(({ form, head }) => [form, head])).toEqual(
    sentence.tokens.map(({ form, head }) => [form, head]),
  );
});

test('no sentences are no text', () => {
  expect(writeConllu([], '')).toBe('');
});
