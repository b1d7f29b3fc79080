import type { Sentence, Token } from '../nlp/sentence.ts';
import { overlaps, type Span } from '../source/span.ts';

/** A sentence with its tree opened for walking downwards. */
export interface Tree {
  readonly sentence: Sentence;
  readonly tokens: readonly Token[];
  /** What each token looks like; look-ups that remember by sentence know it by this list. */
  readonly forms: readonly string[];
  /** The dependents of each token, in order. */
  readonly children: readonly (readonly Token[])[];
  /** First and last token of each token's subtree. */
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Opens a sentence's tree: dependents and subtree ends of every token, in linear time. */
export function growTree(sentence: Sentence): Tree {
  const { tokens } = sentence;
  const children: Token[][] = tokens.map(() => []);
  for (const token of tokens) children[token.head]?.push(token);
  const first = tokens.map((token) => token.index);
  const last = tokens.map((token) => token.index);
  // Breadth-first from the root, then back again: every token is met after all below it.
  const order: Token[] = tokens.filter((token) => token.head < 0);
  for (let i = 0; i < order.length; i++) order.push(...children[order[i]!.index]!);
  for (let i = order.length - 1; i >= 0; i--) {
    const { index, head } = order[i]!;
    if (head < 0) continue;
    first[head] = Math.min(first[head]!, first[index]!);
    last[head] = Math.max(last[head]!, last[index]!);
  }
  return { sentence, tokens, forms: tokens.map((token) => token.form), children, first, last };
}

/** A relation without its subtype: `nsubj` of `nsubj:pass`. */
export function bare(relation: string): string {
  const colon = relation.indexOf(':');
  return colon < 0 ? relation : relation.slice(0, colon);
}

/** The dependents of a token whose relation, with or without its subtype, is among `relations`. */
export function dependents(tree: Tree, token: Token, ...relations: readonly string[]): readonly Token[] {
  return tree.children[token.index]!.filter(
    (child) => relations.includes(child.relation) || relations.includes(bare(child.relation)),
  );
}

/** The first of {@link dependents}. */
export function dependent(tree: Tree, token: Token, ...relations: readonly string[]): Token | undefined {
  return tree.children[token.index]!.find(
    (child) => relations.includes(child.relation) || relations.includes(bare(child.relation)),
  );
}

/** The token above, if any. */
export function headOf(tree: Tree, token: Token): Token | undefined {
  return tree.tokens[token.head];
}

/** The particle of a verb: "off" of "called off", also where the parser took it for a preposition of what follows. */
export function particleOf(tree: Tree, verb: Token): Token | undefined {
  const marked = dependent(tree, verb, 'compound:prt');
  if (marked) return marked;
  const next = tree.tokens[verb.index + 1];
  if (!next || (next.relation !== 'case' && bare(next.relation) !== 'advmod')) return undefined;
  const form = next.form.toLowerCase();
  // "took in refugees": a preposition of an object is none.
  const ofObject = form === 'in' && tree.tokens[next.head]?.relation === 'obj' && next.head > verb.index;
  return PARTICLES.has(form) || ofObject ? next : undefined;
}
const PARTICLES = new Set(['off', 'out', 'up', 'down', 'away', 'over', 'back']);

/** A token and all that is coordinated with it, in order. */
export function coordinated(tree: Tree, token: Token): readonly Token[] {
  const all = tree.children[token.index]!.filter((child) => isConjunct(tree, child));
  const conjuncts = all.length > 0 && isOfAnother(tree, token, all[0]!) ? [] : all;
  return [token, ...[...conjuncts, ...strayConjuncts(tree, token)].flatMap((conjunct) => coordinated(tree, conjunct))];
}

/**
 * "spoke with the king about efforts by the allies, partners, and others": a list that goes on behind another phrase of
 * the verb goes on with what stands there. "Met Lund in Oslo and Berg in Rome" has its "and" with the first.
 */
function isOfAnother(tree: Tree, token: Token, conjunct: Token): boolean {
  if (bare(token.relation) !== 'obl' || dependent(tree, conjunct, 'cc') || conjunct.upos === 'VERB') return false;
  return (tree.children[token.head] ?? []).some(
    (sibling) =>
      sibling.index > token.index &&
      sibling.index < conjunct.index &&
      bare(sibling.relation) === 'obl' &&
      dependent(tree, sibling, 'case') !== undefined,
  );
}

/** "the ministers of Spain and Morocco" with both hung on the ministers: the second brings "and" and no "of". */
function strayConjuncts(tree: Tree, token: Token): readonly Token[] {
  if (bare(token.relation) !== 'nmod' && bare(token.relation) !== 'obl') return [];
  const siblings = tree.children[token.head] ?? [];
  const next = siblings.find((sibling) => sibling.index > token.index && sibling.relation === token.relation);
  const stray = next && dependent(tree, next, 'cc') && !dependent(tree, next, 'case');
  return stray ? [next] : [];
}

/** A conjunct; an apposition that brings its own "and" is one too, and so is a full name in a list of full names. */
function isConjunct(tree: Tree, token: Token): boolean {
  if (token.relation !== 'appos') return token.relation === 'conj';
  return tree.tokens[tree.first[token.index]!]!.relation === 'cc' || isListed(tree, token);
}

/** "President Ada Oyoo, Premier Bo Ha, and Minister Jo Berg": the second is nobody's other name. */
function isListed(tree: Tree, token: Token): boolean {
  const first = headOf(tree, token)!;
  return (
    isFullName(tree, first) &&
    isFullName(tree, token) &&
    tree.children[first.index]!.some((child) => child.relation === 'conj' && child.index > token.index)
  );
}

function isFullName(tree: Tree, token: Token): boolean {
  return token.upos === 'PROPN' && dependent(tree, token, 'flat') !== undefined;
}

/** The value of a UD feature, if the token has it. */
export function feature(token: Token, name: string): string | undefined {
  const start = token.feats.startsWith(`${name}=`) ? 0 : token.feats.indexOf(`|${name}=`) + 1;
  if (start === 0 && !token.feats.startsWith(`${name}=`)) return undefined;
  const end = token.feats.indexOf('|', start);
  return token.feats.slice(start + name.length + 1, end < 0 ? undefined : end);
}

/** The adposition that marks a nominal ("with", "according to"), lower case, its parts joined by a blank. */
export function casing(tree: Tree, token: Token): string {
  const marks = dependents(tree, token, 'case').filter((mark) => mark.upos !== 'PART');
  return marks
    .flatMap((mark) => [mark, ...dependents(tree, mark, 'fixed')])
    .map((mark) => mark.form.toLowerCase())
    .join(' ');
}

/** Characters from the first to the last token of a subtree. */
export function subtreeSpan(tree: Tree, token: Token): Span {
  return tokensSpan(tree, tree.first[token.index]!, tree.last[token.index]!);
}

/** Characters from token `first` to token `last`, both in. */
export function tokensSpan(tree: Tree, first: number, last: number): Span {
  return { from: tree.tokens[first]!.from, to: tree.tokens[last]!.to };
}

/** For each sentence of a document the spans that reach into it, with their indices; spans in the order of their starts. */
export function bySentence<T extends Span>(
  trees: readonly Tree[],
  spans: readonly T[],
): readonly (readonly { readonly item: T; readonly index: number }[])[] {
  let next = 0;
  let open: { item: T; index: number }[] = [];
  return trees.map(({ sentence }) => {
    open = open.filter(({ item }) => item.to > sentence.from);
    for (; next < spans.length && spans[next]!.from < sentence.to; next++)
      if (spans[next]!.to > sentence.from) open.push({ item: spans[next]!, index: next });
    return open.slice();
  });
}

/** The tokens of a document that lie in spans of it; trees and spans in order, linear in both. */
export function tokensIn(trees: readonly Tree[], spans: readonly Span[]): ReadonlySet<Token> {
  const inside = new Set<Token>();
  let next = 0;
  for (const tree of trees) {
    while (next < spans.length && spans[next]!.to <= tree.sentence.from) next++;
    for (let at = next; at < spans.length && spans[at]!.from < tree.sentence.to; at++)
      for (const token of tree.tokens) if (overlaps(spans[at]!, token)) inside.add(token);
  }
  return inside;
}

/** The words from token `first` to token `last`, with the blanks between them as written. */
export function wordsOf(tree: Tree, first: number, last: number): string {
  return tree.tokens
    .slice(first, last + 1)
    .map((token, i) => (i > 0 && tree.tokens[first + i - 1]!.to < token.from ? ` ${token.form}` : token.form))
    .join('');
}
