import { expect, test } from 'vitest';
import { contractionAt } from './contraction.ts';

test.each([
  ["don't", 'do', "n't"],
  ['John’s', 'John', '’s'],
  ["WE'RE", 'WE', "'RE"],
  ["states'", 'states', "'"],
  ['cannot', 'can', 'not'],
  ['Gonna', 'Gon', 'na'],
  ["can't", 'ca', "n't"],
])('%s is %s and %s', (word, first, second) => {
  const at = contractionAt(word);
  expect([word.slice(0, at), word.slice(at)]).toEqual([first, second]);
});

test.each(['its', "'s", 'rock', "'", 'n’t', 'IM', 'x'.repeat(1000)])('%s is one word', (word) => {
  expect(contractionAt(word)).toBe(0);
});
