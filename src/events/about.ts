import type { Token } from '../nlp/sentence.ts';
import { contains } from '../source/span.ts';
import { findIssues, type Issue } from './issues.ts';
import type { Rule } from './patterns/patterns.ts';
import type { Claim } from './reading.ts';
import type { Tree } from './tree.ts';
import type { Cast } from './who/actors.ts';

/**
 * What an act is about: the issues its own words name, and the states that others are spoken of. Who is expelled or
 * summoned makes it an affair of diplomats; who is only met does not.
 */
export function issuesOf(
  tree: Tree,
  own: readonly Token[],
  others: Claim['others'],
  cast: Cast,
  rule: Rule,
): readonly Issue[] {
  const named = findIssues(own, (token) => isInName(tree, token)).filter(
    ({ label }) => label !== 'diplomatic relations' || rule.type.quad > 2,
  );
  const states = others.flatMap(({ actor, role }): readonly Issue[] => {
    const { kind, name, mentions } = cast.actor(actor);
    const said =
      role === 'about' && kind === 'state' ? mentions.find((span) => contains(tree.sentence, span)) : undefined;
    return said ? [{ label: name, from: said.from, to: said.to }] : [];
  });
  return [...named, ...states, ...conflictsIn(tree, own, cast)].filter(
    ({ label }, i, all) => all.findIndex((one) => one.label === label) === i,
  );
}

/** "the war in Mali", "the Mali crisis": the state whose conflict is named, be it a party or not. */
function conflictsIn(tree: Tree, own: readonly Token[], cast: Cast): readonly Issue[] {
  return own.flatMap(({ index, lemma }) => {
    if (!CONFLICTS.has(lemma)) return [];
    const behind = SCENES.has(tree.tokens[index + 1]?.lemma ?? '') ? tree.tokens.slice(index + 2, index + 5) : [];
    const place = [...behind, tree.tokens[index - 1]].find((token) => token && cast.meant(token).length > 0);
    const states = place ? cast.meant(place).map((id) => cast.actor(id)) : [];
    return states
      .filter(({ kind }) => kind === 'state')
      .map(({ name }) => ({ label: name, from: place!.from, to: place!.to }));
  });
}
const CONFLICTS = new Set(
  'war conflict crisis invasion aggression situation fighting violence unrest question dossier'.split(' '),
);
const SCENES = new Set(['in', 'on', 'of', 'against', 'over', 'with']);

/** Words of a person's, body's or place's name; those of a treaty's or a virus's are about what they name. */
function isInName(tree: Tree, token: Token): boolean {
  const name = tree.sentence.names.find(({ first, last }) => first <= token.index && token.index <= last);
  if (name) return name.kind !== 'other';
  return token.index > 0 && /^\p{Lu}\p{Ll}/u.test(token.form);
}
