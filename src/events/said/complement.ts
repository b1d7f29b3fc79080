import type { Token } from '../../nlp/sentence.ts';
import type { Tree } from '../tree.ts';
import { bare, dependents, feature } from '../tree.ts';

/** The infinitive a verb governs; parsers call it an adverbial clause at times. */
export function infinitiveOf(tree: Tree, verb: Token): Token | undefined {
  return dependents(tree, verb, 'xcomp', 'ccomp', 'advcl').find(
    (child) => child.index > verb.index && isInfinitive(tree, child),
  );
}

/** True for a bare infinitive or one with "to". */
export function isInfinitive(tree: Tree, verb: Token): boolean {
  return (
    feature(verb, 'VerbForm') === 'Inf' ||
    tree.children[verb.index]!.some((child) => child.index < verb.index && child.form.toLowerCase() === 'to')
  );
}

/** The preposition that brings what is said, and where that ends. */
export interface Governed {
  readonly mark: Token;
  readonly last: number;
}

/** What a verb's own preposition brings: "for a truce", "of breaking the truce". */
export function governedBy(tree: Tree, word: Token, prepositions: ReadonlySet<string>): Governed | undefined {
  for (const child of dependents(tree, word, 'obl', 'advcl', 'nmod', 'acl', 'ccomp', 'xcomp')) {
    if (child.index < word.index) continue;
    const mark = tree.children[child.index]!.find(
      (one) =>
        one.index < child.index &&
        (one.relation === 'case' || one.relation === 'mark') &&
        one.upos !== 'PART' &&
        one.form !== 'that' &&
        prepositions.has(one.form.toLowerCase()),
    );
    if (mark && mark.index > word.index) return { mark, last: tree.last[child.index]! };
  }
  // Right behind the word it is its own, whatever the tree hangs it on.
  const next = tree.tokens[word.index + 1];
  if (next?.upos !== 'ADP' || !prepositions.has(next.form.toLowerCase()) || next.head <= next.index) return undefined;
  return { mark: next, last: tree.last[next.head]! };
}

const COMPLEMENTS = new Set(['as', 'of', 'for', 'from', 'to', 'over', 'about', 'against', 'like']);

/** Where what is said of an object ends: "called him a liar", "accused Chad of a raid", "described it as a trap". */
export function complementEnd(tree: Tree, verb: Token, object: Token): number {
  let end = tree.last[object.index]!;
  for (const child of tree.children[verb.index]!) {
    if (child.index <= object.index) continue;
    const relation = bare(child.relation);
    const starts = tree.tokens[tree.first[child.index]!]!.form.toLowerCase();
    const joins =
      relation === 'xcomp' ||
      relation === 'obj' ||
      relation === 'ccomp' ||
      ((relation === 'obl' || relation === 'advcl') && COMPLEMENTS.has(starts));
    if (joins && tree.first[child.index]! <= end + 2) end = Math.max(end, tree.last[child.index]!);
  }
  return end;
}
