import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sentence, Token } from '../../nlp/sentence.ts';
import { growTree } from '../tree.ts';
import { judge } from './status.ts';

/** A word of a made-up tree: what it is, and what hangs on it. */
interface Node {
  readonly form: string;
  readonly lemma: string;
  readonly upos: Token['upos'];
  readonly feats: string;
  readonly relation: string;
  readonly below: readonly Node[];
}

const word = (form: string, upos: Token['upos'], relation: string, lemma = form): Node => ({
  form,
  lemma,
  upos,
  feats: '_',
  relation,
  below: [],
});

const GOVERNORS = 'refuse plan fail manage agree hope continue threaten decline want force avoid expect'.split(' ');
const HELPERS = ['will', 'may', 'must', 'did'];

/** A chain of verbs, each with or without "not", an auxiliary, a time and a place of its own. */
const chain = fc.array(
  fc.record({
    lemma: fc.constantFrom(...GOVERNORS),
    negated: fc.boolean(),
    helper: fc.option(fc.constantFrom(...HELPERS), { nil: undefined }),
    likely: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

type Link = { lemma: string; negated: boolean; helper: string | undefined; likely: boolean };

function grown(links: readonly Link[], depth = 0): Node {
  const [
    { lemma, negated, helper, likely } = { lemma: 'attack', negated: false, helper: undefined, likely: false },
    ...rest
  ] = links;
  const isAct = links.length === 0;
  const below = [
    ...(depth > 0 ? [word('to', 'PART', 'mark')] : [word('Chad', 'PROPN', 'nsubj')]),
    ...(helper && depth === 0 ? [word(helper, 'AUX', 'aux')] : []),
    ...(negated ? [word('not', 'PART', 'advmod')] : []),
    ...(likely ? [word('reportedly', 'ADV', 'advmod')] : []),
    ...(isAct ? [word('Niger', 'PROPN', 'obj')] : [grown(rest, depth + 1)]),
  ];
  const feats = depth > 0 || helper ? 'VerbForm=Inf' : 'Mood=Ind|Tense=Past|VerbForm=Fin';
  return { form: lemma, lemma, upos: 'VERB', feats, relation: depth > 0 ? 'xcomp' : 'root', below };
}

/** The tree as a sentence whose words stand in the order that `ranks` gives, heads and relations the same. */
function sentenceOf(root: Node, ranks: readonly number[]): Sentence {
  const nodes: { readonly node: Node; readonly head: number }[] = [];
  const visit = (node: Node, head: number): void => {
    const own = nodes.push({ node, head }) - 1;
    for (const child of node.below) visit(child, own);
  };
  visit(root, -1);
  const order = nodes.map((_, at) => at).sort((a, b) => (ranks[a] ?? a) - (ranks[b] ?? b) || a - b);
  const place = new Map(order.map((at, index) => [at, index]));
  const tokens = order.map((at, index): Token => {
    const { node, head } = nodes[at]!;
    const { form, lemma, upos, feats, relation } = node;
    const headIndex = head < 0 ? -1 : place.get(head)!;
    return {
      ...{ index, form, lemma, upos, feats, relation, head: headIndex, joined: false },
      ...{ from: index * 20, to: index * 20 + form.length, confidence: 1 },
    };
  });
  return { from: 0, to: tokens.length * 20, tokens, names: [] };
}

function statusOf(links: readonly Link[], ranks: readonly number[]): string {
  const tree = growTree(sentenceOf(grown(links), ranks));
  const act = tree.tokens.find(({ lemma }) => lemma === 'attack')!;
  const { status, certainty } = judge(tree, act);
  return `${status} ${certainty}`;
}

describe('the status of an act', () => {
  test('hangs on the tree alone, in whatever order its words stand', () => {
    fc.assert(
      fc.property(chain, fc.array(fc.nat({ max: 100 }), { maxLength: 40 }), (links, ranks) => {
        expect(statusOf(links, ranks)).toBe(statusOf(links, []));
      }),
    );
  });

  test('is the other way round after one more failure', () => {
    const failing = { lemma: 'fail', negated: false, helper: undefined, likely: false };
    expect(statusOf([failing], [])).toBe('failed asserted');
    expect(statusOf([failing, failing], [])).toBe('happened asserted');
    expect(statusOf([failing, failing, failing], [])).toBe('failed asserted');
    expect(statusOf([{ ...failing, negated: true }], [])).toBe('happened asserted');
  });

  test('is as unsure as the least sure word above it', () => {
    const sure = { lemma: 'manage', negated: false, helper: undefined, likely: false };
    expect(statusOf([sure, sure], [])).toBe('happened asserted');
    expect(statusOf([{ ...sure, likely: true }, sure], [])).toBe('happened probable');
    expect(statusOf([sure, { ...sure, likely: true }], [])).toBe('happened probable');
  });
});
