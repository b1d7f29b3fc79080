import { expect, test } from 'vitest';
import { mended } from './mend.ts';
import type { Token } from './sentence.ts';

/** A sentence of `form/lemma/UPOS/head/relation/feats`. */
function sentence(text: string): Token[] {
  return text.split(' ').map((one, index) => {
    const [form, lemma, upos, head, relation, feats] = one.split('/') as [
      string,
      string,
      Token['upos'],
      string,
      string,
      string,
    ];
    return {
      index,
      from: index,
      to: index + 1,
      form,
      joined: false,
      lemma,
      upos,
      feats: feats ?? '_',
      head: Number(head),
      relation,
      confidence: 1,
    };
  });
}

const PAST = 'Tense=Past|VerbForm=Fin';
test('who is an Under Secretary is no place under one', () => {
  const given = sentence(
    `Under/under/ADP/2/case Secretary/Secretary/PROPN/2/nmod:desc Berg/Berg/PROPN/3/obl thanked/thank/VERB/-1/root/Tense=Past Chad/Chad/PROPN/3/obj`,
  );
  expect(
    mended(given)
      .slice(0, 3)
      .map(({ relation }) => relation),
  ).toEqual(['amod', 'nmod:desc', 'nsubj']);
  const object = sentence(
    `Lund/Lund/PROPN/1/nsubj met/meet/VERB/-1/root/Tense=Past Under/under/ADP/4/case Secretary/Secretary/PROPN/4/nmod:desc Berg/Berg/PROPN/1/obl`,
  );
  expect(mended(object)[4]!.relation).toBe('obj');
});

const heads = (tokens: readonly Token[]) => tokens.map(({ head }) => head);

test('a bare verb is no fellow of a past one but of the infinitive between them', () => {
  const given = sentence(
    `They/they/PRON/1/nsubj agreed/agree/VERB/-1/root/${PAST} to/to/PART/3/mark fight/fight/VERB/1/xcomp/VerbForm=Inf hunger/hunger/NOUN/3/obj share/share/VERB/1/conj/VerbForm=Fin grain/grain/NOUN/5/obj`,
  );
  expect(heads(mended(given))).toEqual([1, -1, 3, 1, 3, 3, 5]);
  expect(mended(given)[5]!.feats).toBe('VerbForm=Inf');
});

test('a past that looks bare, and what stands with its own subject, stay', () => {
  const past = sentence(
    `They/they/PRON/1/nsubj agreed/agree/VERB/-1/root/${PAST} to/to/PART/3/mark go/go/VERB/1/xcomp/VerbForm=Inf put/put/VERB/1/conj/${PAST}`,
  );
  expect(mended(past)).toBe(past);
  const led = sentence(
    `They/they/PRON/1/nsubj agreed/agree/VERB/-1/root/${PAST} to/to/PART/3/mark go/go/VERB/1/xcomp/VerbForm=Inf we/we/PRON/5/nsubj stay/stay/VERB/1/conj/VerbForm=Fin`,
  );
  expect(mended(led)).toBe(led);
});

test('what is urged goes on, what is said with it does not', () => {
  const urged = (second: string) =>
    sentence(
      `We/we/PRON/1/nsubj urge/urge/VERB/-1/root/VerbForm=Fin them/they/PRON/1/obj to/to/PART/4/mark stop/stop/VERB/1/xcomp/VerbForm=Inf and/and/CCONJ/6/cc ${second}/${second}/VERB/1/conj/VerbForm=Fin`,
    );
  expect(mended(urged('open'))[6]!.head).toBe(4);
  expect(mended(urged('condemn'))[6]!.head).toBe(1);
});
