import { expect, test } from 'vitest';
import { lemmaOf, readLemmas } from './lemma.ts';

const lemmas = readLemmas(
  ['VERB Past,Fin\ted\t2\t', 'VERB Past,Fin\tied\t3\ty', 'VERB Past,Fin\t^met\tmeet', 'NOUN Plur\ts\t1\t'].join('\n'),
);

test('the longest suffix decides and exceptions come first', () => {
  expect(lemmaOf(lemmas, 'Visited', 'VERB', 'Tense=Past|VerbForm=Fin')).toBe('visit');
  expect(lemmaOf(lemmas, 'carried', 'VERB', 'Tense=Past|VerbForm=Fin')).toBe('carry');
  expect(lemmaOf(lemmas, 'met', 'VERB', 'Tense=Past|VerbForm=Fin')).toBe('meet');
});

test('a word without a rule is its own lemma, names in their own case', () => {
  expect(lemmaOf(lemmas, 'Quickly', 'ADV', '_')).toBe('quickly');
  expect(lemmaOf(lemmas, 'Vienna', 'PROPN', 'Number=Sing')).toBe('Vienna');
});

test('a rule never eats the whole word', () => {
  expect(lemmaOf(lemmas, 's', 'NOUN', 'Number=Plur')).toBe('s');
});
