import type { Token } from '../nlp/sentence.ts';
import { isGerund } from './frame.ts';
import { isFiniteClause, isInfinitive, isPast } from './status/modality.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependents, headOf } from './tree.ts';

/** "discussed the cooperation between": what is talked about is no news. */
export function isTopic(tree: Tree, noun: Token): boolean {
  const first = noun.relation === 'conj' ? headOf(tree, noun)! : noun;
  // "will brief the leaders about his talks with Mali"
  if (/^(?:about|on|regarding)$/.test(casing(tree, first))) {
    const above = headOf(tree, first);
    const verb = above && /^(?:obl|obj)$/.test(bare(above.relation)) ? headOf(tree, above) : above;
    if (verb?.upos === 'VERB' && TELLING.has(verb.lemma)) return true;
  }
  return first.relation === 'obj' && TOPICAL.has(headOf(tree, first)?.lemma ?? '');
}
const TELLING = new Set('speak talk brief inform tell update report consult ask write'.split(' '));
const TOPICAL = new Set(
  'discuss review highlight note underscore emphasize stress address mention describe'.split(' '),
);

/**
 * "met to discuss deepening ties", "discussed joint work in supporting Chad", "discussed their interest in helping Chad":
 * what is only talked about, as a verb without a finite form below what they discussed.
 */
export function isDiscussed(tree: Tree, trigger: Token): boolean {
  let verbal = isGerund(trigger);
  if (isFiniteClause(tree, trigger) || (!verbal && !isInfinitive(tree, trigger))) return false;
  // "discussed troops massing there": what is done is told, and who does it talked about.
  if (bare(trigger.relation) === 'acl' && verbal && markOf(tree, trigger) === '') return false;
  for (let token = trigger, step = 0; step < MOST_STEPS; step++) {
    const up = headOf(tree, token);
    if (!up) return false;
    const relation = bare(token.relation);
    // "discussed their work in helping Chad", hung on the discussing.
    if (DISCUSSING.has(up.lemma) && relation === 'advcl' && /^(?:in|for|of|about)$/.test(markOf(tree, token)))
      return verbal;
    if (DISCUSSING.has(up.lemma) && up.upos === 'VERB')
      return /^(?:obj|[xc]comp)$/.test(relation) && (verbal || token !== trigger);
    if (FOCUSED.has(up.lemma)) return verbal && /^(?:on|upon)$/.test(markOf(tree, token));
    // Down to a noun that the discussion is about, and on through nouns and the verb's like.
    const through = relation === 'conj' || relation === 'nmod' || relation === 'acl' || relation === 'obl';
    if (!through || (up.upos === 'VERB' && relation !== 'conj')) return false;
    if (relation === 'acl' && token !== trigger && isFiniteClause(tree, token)) return false;
    if (relation === 'conj') verbal = isGerund(up);
    token = up;
  }
  return false;
}
const MOST_STEPS = 6;
const DISCUSSING = new Set(['discuss', 'explore', 'consider', 'address', 'debate', 'review']);
const FOCUSED = new Set(['focus', 'focused', 'centre', 'center']);

function markOf(tree: Tree, token: Token): string {
  return dependents(tree, token, 'mark', 'case')[0]?.form.toLowerCase() ?? '';
}

/**
 * "how they can help Chad", "ways the king could help", "whether Chad will attack": asked, looked for or left open, and
 * told by nobody. "How rebels took the town" and "whether Chad attacked" are something that was or was not.
 */
export function isWondered(tree: Tree, trigger: Token): boolean {
  for (let token = trigger, step = 0; step < MOST_STEPS; step++) {
    if (isOpenQuestion(tree, token)) return true;
    const up = headOf(tree, token);
    if (!up || !/^(?:conj|xcomp)$/.test(token.relation)) return false;
    token = up;
  }
  return false;
}

function isOpenQuestion(tree: Tree, verb: Token): boolean {
  const relation = bare(verb.relation);
  if (!/^(?:ccomp|xcomp|obj|acl|advcl|csubj|obl|nmod|conj|parataxis)$/.test(relation)) return false;
  const open = dependents(tree, verb, 'aux').some(({ lemma, form }) => MODALS.has(lemma) || MODALS.has(form));
  if (relation === 'acl' && open && /^ways?$/.test(headOf(tree, verb)!.form)) return true;
  const first = tree.tokens[tree.first[verb.index]!];
  const asks = tree.children[verb.index]!.some(
    (child) => child.index < verb.index && ASKING.has(child.form.toLowerCase()) && child.relation !== 'cc',
  );
  // "looking into whether they are attacking the town", wherever it was hung
  const now = relation !== 'ccomp' && !isPast(tree, verb);
  if (now && [first, ...dependents(tree, verb, 'mark')].some((word) => word?.form.toLowerCase() === 'whether'))
    return true;
  const asking = asks || (first !== undefined && first !== verb && ASKING.has(first.form.toLowerCase()));
  return asking && open;
}
const MODALS = new Set('can could may might should would will shall'.split(' '));
const ASKING = new Set(['how', 'whether', 'why']);
