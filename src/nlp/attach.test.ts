import { expect, test } from 'vitest';
import { attached } from './attach.ts';
import type { Token, Upos } from './sentence.ts';

/** Tokens from lines "form lemma UPOS head relation", heads from 1 as in CoNLL-U. */
function tokensOf(...lines: readonly string[]): Token[] {
  let at = 0;
  return lines.map((line, index): Token => {
    const [form, lemma, upos, head, relation] = line.split(' ') as [string, string, Upos, string, string];
    const from = at;
    at += form.length + 1;
    const rest = { joined: false, feats: '_', confidence: 0.5 };
    return { ...rest, index, from, to: from + form.length, form, lemma, upos, head: Number(head) - 1, relation };
  });
}

const shape = (tokens: readonly Token[]) =>
  tokens.map(({ form, upos, head, relation }) => `${form} ${upos} ${head + 1} ${relation}`);

test('an adverb between "to" and a verb makes no noun of the verb', () => {
  const tokens = tokensOf(
    'expected expect VERB 0 root',
    'to to ADP 4 case',
    'next next ADJ 4 amod',
    'speak speak NOUN 1 obl',
    'leaders leader NOUN 4 nmod',
  );
  expect(shape(attached(tokens))).toEqual([
    'expected VERB 0 root',
    'to PART 4 mark',
    'next ADV 4 advmod',
    'speak VERB 1 xcomp',
    'leaders NOUN 4 obl',
  ]);
});

test('a noun behind "to" that nothing arranged stays one', () => {
  const tokens = tokensOf('led lead VERB 0 root', 'to to ADP 4 case', 'first first ADJ 4 amod', 'talk talk NOUN 1 obl');
  expect(attached(tokens)).toBe(tokens);
});

test('a gerund behind comma and conjunction stands beside the one that governs its neighbour', () => {
  const tokens = tokensOf(
    'barring bar VERB 0 root',
    'from from SCONJ 3 mark',
    'trading trade VERB 1 advcl',
    ', , PUNCT 6 punct',
    'or or CCONJ 6 cc',
    'freezing freeze VERB 3 conj',
  );
  expect(attached(tokens)[5]!.head).toBe(0);
  const close = tokensOf(
    'barring bar VERB 0 root',
    'from from SCONJ 3 mark',
    'trading trade VERB 1 advcl',
    'or or CCONJ 5 cc',
    'lending lend VERB 3 conj',
  );
  expect(attached(close)).toBe(close);
});

test('what follows a hope is what is hoped', () => {
  const tokens = tokensOf(
    'said say VERB 0 root',
    'they they PRON 3 nsubj',
    'hoped hope VERB 1 ccomp',
    'talks talk NOUN 5 nsubj',
    'resume resume VERB 1 ccomp',
  );
  expect(attached(tokens)[4]!.head).toBe(2);
});
