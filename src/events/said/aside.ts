import type { Token } from '../../nlp/sentence.ts';
import type { Tree } from '../tree.ts';
import { casing, dependents, headOf } from '../tree.ts';
import type { Stretch } from './clause.ts';
import type { Report } from './reported.ts';
import { nominalEnd } from './subject.ts';

/** A report by a parenthesis without a verb: "according to the ministry", "in the envoy's view", "per the agency". */
export function asideAt(tree: Tree, token: Token): Report | undefined {
  return byAccording(tree, token) ?? byView(tree, token) ?? byPer(tree, token);
}

/** "according to the ministry": all of the clause that is not the phrase itself. */
function byAccording(tree: Tree, token: Token): Report | undefined {
  if (token.lemma !== 'accord' && token.form.toLowerCase() !== 'according') return undefined;
  const to = tree.tokens[token.index + 1];
  if (to?.form.toLowerCase() !== 'to') return undefined;
  const above = headOf(tree, token);
  const source = above && above.index > to.index ? above : headOf(tree, to);
  if (!source || source.index <= to.index) return undefined;
  // "signed an agreement, according to which …": what it says, not who says so.
  if (/^(?:which|whom)$/.test(tree.tokens[to.index + 1]?.form.toLowerCase() ?? '')) return undefined;
  const last = Math.max(tree.last[source.index]!, nominalEnd(tree, to.index + 1));
  return around(tree, token, source, [token.index, to.index], [to.index + 1, last]);
}

const VIEWS = new Set(
  'view opinion judgment judgement word words account estimation telling estimate assessment'.split(' '),
);

/** "in the envoy's view", "in the words of the envoy", "by the ministry's account". */
function byView(tree: Tree, token: Token): Report | undefined {
  if (token.upos !== 'NOUN' || !VIEWS.has(token.lemma)) return undefined;
  const preposition = tree.tokens[tree.first[token.index]!]!;
  if (!/^(?:in|by)$/i.test(preposition.form) || !isEdge(tree, preposition.index - 1)) return undefined;
  const owner = dependents(tree, token, 'nmod:poss')[0];
  if (owner) {
    const phrase: Stretch = [tree.first[owner.index]!, tree.last[owner.index]!];
    return around(tree, token, owner, [token.index, token.index], phrase, preposition.index, tree.last[token.index]!);
  }
  const source = dependents(tree, token, 'nmod').find((child) => casing(tree, child) === 'of');
  if (!source) return undefined;
  const phrase: Stretch = [tree.first[source.index]! + 1, tree.last[source.index]!];
  return around(tree, token, source, [preposition.index, phrase[0] - 1], phrase);
}

/** "per the agency" beside a comma or at an end; "two per day" stands inside its clause. */
function byPer(tree: Tree, token: Token): Report | undefined {
  if (token.form.toLowerCase() !== 'per' || !isEdge(tree, token.index - 1)) return undefined;
  const source = headOf(tree, token);
  if (!source || source.index < token.index || source.upos === 'NUM') return undefined;
  return around(tree, token, source, [token.index, token.index], [token.index + 1, tree.last[source.index]!]);
}

function isEdge(tree: Tree, before: number): boolean {
  return before < 0 || tree.tokens[before]!.upos === 'PUNCT' || tree.tokens[before]!.upos === 'CCONJ';
}

function around(
  tree: Tree,
  word: Token,
  source: Token,
  cue: Stretch,
  phrase: Stretch,
  first = cue[0],
  last = phrase[1],
): Report | undefined {
  const content = clauseAround(tree, first, last);
  return content && { tree, word, source, phrase, cue, content, uttered: true, voiced: true };
}

/** The clause around an aside: before it where it ends there, after it where it begins there. */
export function clauseAround(tree: Tree, first: number, last: number): Stretch | undefined {
  const end = tree.tokens.length - 1;
  const before = first;
  const after = end - last;
  if (before <= 1 && after <= 1) return undefined;
  const next = tree.tokens[last + 1];
  const closed = !next || next.upos === 'PUNCT' || next.upos === 'CCONJ';
  if (before >= 3 && (after <= 2 || closed)) return [0, first - 1];
  return before <= 2 ? [last + 1, end] : [0, end];
}
