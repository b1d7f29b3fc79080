import type { Token } from '../../nlp/sentence.ts';
import { frameOf } from '../frame.ts';
import type { Claim } from '../reading.ts';
import type { Tree } from '../tree.ts';
import { dependent } from '../tree.ts';
import type { Cast } from '../who/actors.ts';
import { lessSure } from './effects.ts';
import { isNegated } from './modality.ts';

const DENYING = new Set('deny reject dismiss refute dispute rebut'.split(' '));
/** What is denied where the act itself is not named again: "denied the accusation", "rejected it". */
const ECHOES = new Set(
  'accusation allegation charge claim report involvement responsibility wrongdoing it this that these'.split(' '),
);
/** How many sentences back what is denied may have been told. */
const REACH = 2;

/**
 * Claims with what their own doers deny in one of the next sentences made less sure: "Chad bombed the town, Niger said.
 * Chad denied the accusation." What a denial names itself ("denied bombing the town") is a claim of its own.
 */
export function withDisputes(claims: readonly Claim[], trees: readonly Tree[], cast: Cast): readonly Claim[] {
  const disputed = new Set<string>();
  for (const [place, tree] of trees.entries()) {
    const near = trees[Math.max(0, place - REACH)]!.sentence.from;
    for (const token of tree.tokens)
      if (isDenial(tree, token))
        for (const { id, actors, status, quad, evidence } of claims) {
          const before = evidence.sentence.from >= near && evidence.trigger.to <= token.from;
          const told = before && quad > 2 && (status === 'happened' || status === 'ongoing');
          if (told && isSame(deniers(tree, token, cast), actors, cast)) disputed.add(id);
        }
  }
  if (disputed.size === 0) return claims;
  return claims.map((claim) =>
    disputed.has(claim.id) ? { ...claim, certainty: lessSure(claim.certainty, 'possible') } : claim,
  );
}

function isDenial(tree: Tree, token: Token): boolean {
  if (token.upos !== 'VERB' || !DENYING.has(token.lemma) || isNegated(tree, token)) return false;
  const object = dependent(tree, token, 'obj');
  return object !== undefined && ECHOES.has(object.lemma.toLowerCase()) && !dependent(tree, object, 'nmod', 'acl');
}

function deniers(tree: Tree, verb: Token, cast: Cast): readonly string[] {
  return (frameOf(tree, verb).slots.get('subject') ?? []).flatMap((subject) => cast.meant(subject));
}

/** One of the deniers did it, or speaks for the country that did. */
function isSame(deniers: readonly string[], actors: readonly string[], cast: Cast): boolean {
  return deniers.some((denier) => {
    const { country } = cast.actor(denier);
    return actors.some((id) => id === denier || (country !== null && cast.actor(id).country === country));
  });
}
