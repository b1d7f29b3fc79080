import type { Token } from '../nlp/sentence.ts';
import type { Frame } from './frame.ts';
import { frameOf, lemmaOf } from './frame.ts';
import type { Condition, Patterns, Rule, Trigger } from './patterns/patterns.ts';
import type { Tree } from './tree.ts';
import { dependent, dependents, feature, particleOf } from './tree.ts';
import type { Cast } from './who/actors.ts';
import { partiesAt } from './who/parties.ts';

/** A rule that holds at a token. */
export interface Match {
  readonly rule: Rule;
  readonly frame: Frame;
  /** Nouns that make the act together with the trigger: "talks" of "held talks". */
  readonly companions: readonly Token[];
}

/** The triggers of one sentence; each is matched once, however many rules ask for the act in a clause. */
export interface Search {
  readonly tree: Tree;
  readonly patterns: Patterns;
  readonly cast: Cast;
  readonly found: Map<Token, Match | undefined>;
}

const KINDS: Readonly<Record<string, Trigger>> = { VERB: 'verb', NOUN: 'noun', ADJ: 'adj' };

/** The first rule that holds with this token as its trigger. */
export function matchAt(search: Search, token: Token): Match | undefined {
  const { tree, patterns, found } = search;
  if (!(token.upos in KINDS)) return undefined;
  if (found.has(token)) return found.get(token);
  const participle = token.upos === 'ADJ' ? participleOf(search, token) : undefined;
  const kind = participle === undefined ? KINDS[token.upos]! : 'verb';
  const lemma = participle ?? token.lemma.toLowerCase();
  const particle = kind === 'verb' ? particleOf(tree, token) : undefined;
  const rules = [
    ...((particle && patterns.rules.get(`verb ${lemma}+${particle.lemma.toLowerCase()}`)) ?? []),
    ...((participle === undefined ? patterns.rules.get(`${kind} ${lemmaOf(tree, token)}`) : undefined) ??
      patterns.rules.get(`${kind} ${lemma}`) ??
      []),
  ];
  // Set before the rules are tried: a parse that runs in a circle must not.
  found.set(token, undefined);
  if (rules.length === 0) return undefined;
  const frame = frameOf(tree, token);
  for (const rule of rules) {
    const companions: Token[] = [];
    if (!rule.conditions.every((condition) => holds(search, frame, condition, companions))) continue;
    if (rule.event === 'none') return undefined;
    const match = { rule, frame, companions };
    found.set(token, match);
    return match;
  }
  return undefined;
}

/** "The village was shelled": the verb of a participle that the tagger took for an adjective. */
function participleOf({ tree, patterns }: Search, token: Token): string | undefined {
  const form = token.form.toLowerCase();
  if (!form.endsWith('ed') || !dependent(tree, token, 'aux:pass', 'nsubj:pass')) return undefined;
  const stem = form.slice(0, -2);
  const single = /([b-df-hj-np-tv-z])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  return [stem, single, `${stem}e`].find((verb) => !FELT.has(verb) && patterns.rules.has(`verb ${verb}`));
}
/** What one is, and nobody did: "is concerned". */
const FELT = new Set('concern alarm trouble dismay outrage commit prepare involve trust'.split(' '));

/** Whether a rule's condition is met at a frame; nouns that meet it join `companions`. */
export function holds(
  search: Search,
  frame: Frame,
  condition: Condition,
  companions: Token[],
  above: Frame = frame,
): boolean {
  const { cast } = search;
  const [outer, inner] = condition.slot.split('.') as [string, string | undefined];
  if (inner !== undefined) {
    const below = frame.slots.get(outer) ?? [];
    const wanted = { ...condition, slot: inner, negated: false };
    const fitting = below.some((token) =>
      inner === 'act'
        ? condition.words.has(matchAt(search, token)?.rule.event ?? '')
        : holds(search, frameOf(search.tree, token), wanted, [], frame),
    );
    return fitting !== condition.negated;
  }
  if (condition.slot === 'mood')
    return [...condition.words].some((word) => frame.moods.has(word)) !== condition.negated;
  if (condition.slot === 'left' || condition.slot === 'right') {
    const words = wordsBeside(search.tree, frame.trigger, condition.slot);
    return [...condition.words].some((word) => word.split('+').every((one) => words.has(one))) !== condition.negated;
  }
  const fillers = frame.slots.get(condition.slot) ?? [];
  const fitting = fillers.filter((filler) => fits(search, filler, condition, fillers, above));
  if (condition.negated) return fitting.length === 0;
  for (const filler of fitting)
    if (
      filler.upos === 'NOUN' &&
      !cast.mentionOf.has(filler) &&
      (condition.slot === 'object' || condition.slot === 'in')
    )
      companions.push(filler);
  return fitting.length > 0;
}

/** The words of a trigger's clause on one side of it, as written and as lemmas, in small letters. */
function wordsBeside(tree: Tree, { index }: Token, side: 'left' | 'right'): ReadonlySet<string> {
  const [from, to] = side === 'left' ? [tree.first[index]!, index] : [index + 1, tree.last[index]! + 1];
  return new Set(tree.tokens.slice(from, to).flatMap(({ form, lemma }) => [form.toLowerCase(), lemma.toLowerCase()]));
}

function fits(search: Search, filler: Token, condition: Condition, fillers: readonly Token[], above: Frame): boolean {
  const { words } = condition;
  // Words are lemmas; "peacekeeping" is one too where it is no form of a verb.
  const forms = [filler.lemma.toLowerCase(), lemmaOf(search.tree, filler), filler.form.toLowerCase()];
  if (words.has('any') || forms.some((form) => words.has(form))) return true;
  for (const word of words) {
    if (!word.startsWith('$')) continue;
    if (word === '$same' || word === '$other') {
      const subjects = above.slots.get('subject') ?? [];
      const own = subjects.flatMap((subject) => partiesAt(search.tree, subject, search.cast, 'actor').ids);
      const meant = partiesAt(search.tree, filler, search.cast, 'actor').ids;
      const shared = subjects.includes(filler) || meant.some((id) => own.includes(id));
      if (word === '$same' ? shared : meant.length > 0 && !shared) return true;
    } else if (CLASSES[word]?.(search.tree, filler, fillers, search.cast)) return true;
  }
  return false;
}

type Class = (tree: Tree, filler: Token, fillers: readonly Token[], cast: Cast) => boolean;

/** Classes of fillers that a pattern can ask for beside words. */
const CLASSES: Readonly<Record<string, Class>> = {
  // "trained Iraqi pilots": a word that no table knows as an actor, of a state.
  $actor: (tree, filler, _, cast) => cast.meant(filler).length > 0 || ownedByState(tree, filler, cast),
  $state: (_, filler, __, cast) =>
    cast.meant(filler).some((id) => cast.actor(id).kind === 'state') || isPlaceName(filler, cast),
  $place: (_, filler, __, cast) =>
    filler.upos === 'PROPN' || cast.meant(filler).some((id) => cast.actor(id).kind === 'state'),
  $person: (_, filler, __, cast) => cast.meant(filler).some((id) => cast.actor(id).kind === 'person'),
  $principal: (_, filler, __, cast) =>
    cast.meant(filler).some((id) => cast.actor(id).kind === 'person' && cast.actor(id).sector.includes('GOV')),
  $visitor: (_, filler, __, cast) =>
    cast.meant(filler).some((id) => cast.actor(id).kind === 'person' && cast.actor(id).country !== null),
  $several: (_, filler, fillers, cast) =>
    new Set(fillers.flatMap((one) => cast.meant(one))).size > 1 ||
    (feature(filler, 'Number') === 'Plur' && cast.meant(filler).length > 0),
  $money: (_, filler) => filler.upos === 'SYM' || /^[$€£¥]/.test(filler.form),
};

function ownedByState(tree: Tree, filler: Token, cast: Cast): boolean {
  return (
    filler.upos === 'NOUN' &&
    dependents(tree, filler, 'amod', 'compound').some((owner) =>
      cast.meant(owner).some((id) => cast.actor(id).kind === 'state'),
    )
  );
}

function isPlaceName(filler: Token, cast: Cast): boolean {
  return filler.upos === 'PROPN' && !cast.mentionOf.has(filler);
}
