import { expect, test } from 'vitest';
import { agreed } from './agree.ts';
import type { Name, NameKind, Sentence, Token } from './sentence.ts';

const word: Omit<Token, 'from' | 'to' | 'index' | 'form'> = {
  joined: false,
  lemma: '',
  upos: 'PROPN',
  feats: '_',
  head: -1,
  relation: 'root',
  confidence: 1,
};

/** Every word of the text a sentence and a name, of the kinds given. */
function read(text: string, kinds: readonly [NameKind, number][]): Sentence[] {
  return [...text.matchAll(/\S+/g)].map((match, index): Sentence => {
    const span = { from: match.index, to: match.index + match[0].length };
    const [kind, confidence] = kinds[index]!;
    const names: Name[] = [{ first: 0, last: 0, kind, confidence }];
    return { ...span, tokens: [{ ...word, ...span, index: 0, form: match[0] }], names };
  });
}

const kindsOf = (sentences: readonly Sentence[]) => sentences.flatMap(({ names }) => names.map(({ kind }) => kind));

test('a name is of the kind that most of its places favour, whatever its case', () => {
  const text = 'Aleppo ALEPPO aleppo Homs';
  const sentences = read(text, [
    ['place', 0.9],
    ['person', 0.8],
    ['place', 0.6],
    ['person', 0.7],
  ]);
  expect(kindsOf(agreed(text, sentences))).toEqual(['place', 'place', 'place', 'person']);
});

test('one sure place outweighs two doubtful ones', () => {
  const text = 'Aleppo Aleppo Aleppo';
  const sentences = read(text, [
    ['person', 0.3],
    ['place', 0.9],
    ['person', 0.4],
  ]);
  expect(kindsOf(agreed(text, sentences))).toEqual(['place', 'place', 'place']);
});

test('sentences whose names stay are the same objects', () => {
  const sentences = read('Oslo', [['place', 1]]);
  expect(agreed('Oslo', sentences)[0]).toBe(sentences[0]);
});
