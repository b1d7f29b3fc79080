import type { Token } from '../nlp/sentence.ts';
import { roundOf } from './frame.ts';
import { isPast } from './status/modality.ts';
import type { Tree } from './tree.ts';
import { bare, dependents, headOf } from './tree.ts';

/** Verbs that say of an act no more than that it takes place, begins, goes on or ends. */
const CARRYING = new Set(
  (
    'take begin start resume occur happen continue last end open close conclude come follow be hold run go launch carry ' +
    'conduct mount stage make break fail collapse schedule plan sign reach produce bring have pay host attend'
  ).split(' '),
);

/** The verb that carries the act which a noun names, as its subject or object: "held" of "the talks were held in May". */
export function carrierOf(tree: Tree, noun: Token): Token | undefined {
  const top = roundOf(tree, noun) ?? noun;
  const governor = headOf(tree, top);
  return governor && /^(?:nsubj|obj)/.test(top.relation) && CARRYING.has(governor.lemma) ? governor : undefined;
}

/** True where a verb tells the act that a noun names as past: "the talks ended". */
export function isToldAsPast(tree: Tree, noun: Token): boolean {
  const carrier = carrierOf(tree, noun);
  const open =
    carrier && dependents(tree, carrier, 'aux').some(({ lemma }) => /^(?:will|would|may|might|could)$/.test(lemma));
  return carrier !== undefined && !open && isPast(tree, carrier);
}

/** Verbs about an act that is there already: their day is their own. */
const REMARKING = new Set(
  (
    'review raise highlight emphasize emphasise stress underscore preview condemn denounce criticize criticise decry deplore slam blast accuse blame welcome praise hail commend applaud ' +
    'regret lament mourn discuss mention note recall remember mark commemorate reject deny dismiss protest demand urge ' +
    'call describe cite defend justify investigate confirm acknowledge recognize thank congratulate apologize apologise'
  ).split(' '),
);

/** True for a noun below a verb that tells what was said of its act: "condemned the raid", "protested over the arrests". */
export function isRemarked(token: Token, verb: Token): boolean {
  return /^ob[jl]$/.test(bare(token.relation)) && REMARKING.has(verb.lemma);
}
