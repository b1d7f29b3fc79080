import type { Token } from '../nlp/sentence.ts';
import type { Tree } from './tree.ts';
import { bare, casing, feature } from './tree.ts';
import type { Cast } from './who/actors.ts';
import { NOBODY, OTHERS, type Parties, partiesAt } from './who/parties.ts';

/** Relations that lead from an argument to what it is about: "a decision to exclude workers from a scheme of Peru's". */
const INNER = new Set('obj iobj nmod obl xcomp ccomp conj nsubj compound amod appos advcl acl csubj'.split(' '));

/** What stands beside an act, not in it: when, why, in spite of what, as whom. */
const BESIDE = new Set(
  'after before during since until amid despite following as than like without because according including'.split(' '),
);

/** How many steps below an argument one is looked for: further down, it is another story. */
const STEPS = 4;

/**
 * The nearest one named below arguments whose own words name nobody, by steps in the tree and then from left to right:
 * "agreed to lend a sum to *Laos*", "an inquiry into the money of *the Chadian bank*", "rejected every offer made by *the
 * rebels*". Relative and finite adverbial clauses tell of something else and are left out.
 *
 * @param heads the arguments, the likelier first
 * @param purposes whether to look into what it is done for: help is for those it is to reach, while a promise "to deter
 *   Chad" is none to Chad
 * @param not who is in the act already; their own country is none either ("reiterated the *U.S.* support for …")
 */
export function partiesBeneath(
  tree: Tree,
  heads: readonly Token[],
  cast: Cast,
  not: readonly string[],
  purposes: boolean,
): Parties {
  const countries = new Set(not.map((id) => cast.actor(id).country));
  const isOwn = (id: string): boolean => {
    const { kind, country, sector } = cast.actor(id);
    return countries.has(country) && (kind === 'state' || sector.includes('GOV'));
  };
  for (const head of heads) {
    let level: readonly Token[] = [head];
    for (let step = 0; step < STEPS && level.length > 0; step++) {
      for (const token of level) {
        const parties = partiesAt(tree, token, cast, 'recipient', not);
        const ids = parties.ids.filter((id) => !not.includes(id) && !isOwn(id));
        if (ids.length > 0 && ids.every((id) => isTold(cast, id))) return { ids, spans: parties.spans };
      }
      level = level.flatMap((token) => tree.children[token.index]!.filter((child) => leadsDown(tree, child, purposes)));
    }
  }
  return NOBODY;
}

/** Named, or of a country: "people" and "a company" say nothing that the argument did not. */
function isTold(cast: Cast, id: string): boolean {
  const actor = cast.actor(id);
  return actor.country !== null || actor.wikidata !== null;
}

function leadsDown(tree: Tree, child: Token, purposes: boolean): boolean {
  const relation = bare(child.relation);
  // "a sum of US dollars to Malawi": whose the money looks is nothing, where it goes is.
  if (OTHERS.has(tree.tokens[child.head]!.lemma) && (relation !== 'nmod' || child.relation === 'nmod:poss'))
    return false;
  if (!INNER.has(relation) || child.relation === 'acl:relcl') return false;
  if (relation === 'nmod' || relation === 'obl') return !BESIDE.has(casing(tree, child).split(' ')[0]!);
  if (!purposes && (relation === 'advcl' || relation === 'acl') && feature(child, 'VerbForm') === 'Inf') return false;
  // "to help Peru", "for killing a Chadian": what it is done for or about; not "while", "when".
  if (relation === 'advcl') return feature(child, 'VerbForm') !== 'Fin' && child.relation === 'advcl';
  return true;
}
