import type { Token } from '../../nlp/sentence.ts';
import type { Span } from '../../source/span.ts';
import { isGerund, roundOf } from '../frame.ts';
import type { Certainty, Status } from '../ontology.ts';
import type { Tree } from '../tree.ts';
import { bare, casing, dependent, dependents, feature, headOf, particleOf } from '../tree.ts';
import { conditionOf, isSupposed } from './condition.ts';
import {
  ABSENT,
  certaintyOfWord,
  type Effect,
  effectOfWord,
  isOpen,
  isUndone,
  lessSure,
  underEffect,
  type Way,
  within,
} from './effects.ts';
import { isAsked, isCounterfactual, isFiniteClause, isInfinitive, isNegated, isPast, ownStatus } from './modality.ts';

/** Whether an act took place, as its words have it. */
export interface Judgement {
  readonly status: Status;
  readonly certainty: Certainty;
  /** The words the act depends on ("if …", "unless …"). */
  readonly condition: Span | undefined;
  /** True inside a condition itself: the act is only supposed. */
  readonly supposed: boolean;
}

const FACT: Judgement = { status: 'happened', certainty: 'asserted', condition: undefined, supposed: false };

/** How far up the tree an act's status can hang. */
const DEPTH = 20;

/**
 * Judges the status of an act. The words that govern it are judged first, from the clause that stands by itself
 * downwards: each hands its own status to what hangs on it ("failed to prevent": the failing happened, so the preventing
 * did not, so what was to be prevented did), and the act's own auxiliaries and negation come last. Linear in the depth.
 */
export function judge(tree: Tree, word: Token): Judgement {
  // What is said of "be" or "have" is said of the word that they serve.
  const trigger = /^(?:cop|aux)/.test(word.relation) ? (headOf(tree, word) ?? word) : word;
  const judged = judgeAt(tree, trigger, 0);
  const { condition, supposed, status } = judged;
  // "left until the fire was out": what is told as past no longer waits.
  const waits = condition && (isOpen(status) || (status === 'happened' && !isPast(tree, trigger)));
  return waits || (supposed && !isUndone(status)) ? { ...judged, status: 'conditional' } : judged;
}

function judgeAt(tree: Tree, node: Token, depth: number): Judgement {
  const link = depth < DEPTH ? linkOf(tree, node) : undefined;
  const above = link ? judgeAt(tree, link.up, depth + 1) : FACT;
  const asked = !link && node.head < 0 && isAsked(tree, node);
  const context = link ? statusUnder(tree, above.status, link) : asked ? 'possible' : 'happened';
  let own = link?.own ?? ownOf(tree, node);
  if (isNegated(tree, node) && !link?.denies) own = isUndone(own) ? 'happened' : 'denied';
  const unreal = isCounterfactual(tree, node);
  if (unreal) own = 'denied';
  const passes = link && link.kind !== 'aside';
  return {
    status: within(context, own),
    certainty: [
      passes ? above.certainty : 'asserted',
      link ? certaintyUnder(tree, node, link) : 'asserted',
      ownCertainty(tree, node),
    ].reduce(lessSure),
    condition: conditionOf(tree, node) ?? (passes ? above.condition : undefined),
    supposed: isSupposed(tree, node) || unreal || isAwaited(tree, node) || (passes ? above.supposed : false),
  };
}

/** "will press on until it ends its war": nobody says that it will. What "will not stop until it is paid" waits for is asked. */
function isAwaited(tree: Tree, node: Token): boolean {
  if (!isFiniteClause(tree, node) || markOf(tree, node) !== 'until' || isPast(tree, node)) return false;
  const up = headOf(tree, node);
  return up !== undefined && !isNegated(tree, up);
}

/** How an act hangs on what governs it, so far as that bears on its status. */
interface Link {
  readonly up: Token;
  /**
   * `effect`: the word says what of it took place; `share`: it took place as the word did; `same`: a conjunct, whose
   * context is that of the first; `fixed`: its status whatever the word's; `aside`: nothing of the above passes.
   */
  readonly kind: 'effect' | 'share' | 'fixed' | 'aside';
  readonly effect?: Effect;
  readonly status?: Status;
  /** The act's own status where it is not its own: shared auxiliaries. */
  readonly own?: Status;
  /** True where the negation beside the act has been counted already. */
  readonly denies?: boolean;
}

function statusUnder(tree: Tree, above: Status, link: Link): Status {
  switch (link.kind) {
    case 'effect':
      return underEffect(above, link.effect!, isPast(tree, link.up));
    case 'share':
      return above;
    case 'fixed':
      return link.status!;
    case 'aside':
      return 'happened';
  }
}

/** Verbs that say of the noun below or beside them only that it takes place. */
const EXISTENCE = new Set(
  'take begin start resume occur happen continue last open end conclude come follow be run go proceed'.split(' '),
);

/** Verbs whose object takes place as they do: "will hold talks", "did not launch an attack". */
const LIGHT = new Set(
  'hold launch conduct make carry+out stage mount begin start resume take impose sign reach pay deliver provide undertake commit perform wage give send lead join have bring'.split(
    ' ',
  ),
);

/** The same for what they bring with a preposition: "could lead to war", "will travel to Oslo for talks". */
const LEADING = new Set([
  'lead to',
  'result in',
  'end in',
  'enter into',
  'engage in',
  'resort to',
  'take to',
  'participate in',
  'travel for',
  'come for',
  'go for',
  'return for',
  'meet for',
  'accompany on',
  'join on',
  'embark on',
  'go on',
  'depart on',
  'leave on',
  'gather for',
]);

/** What a subject does says nothing of it but that it fails, ends or goes on. */
const OF_SUBJECTS = new Set<Status | undefined>(['failed', 'cancelled', 'ongoing']);

/** Prepositions before a gerund that its governor asks for; after some what is told need not come about. */
const GOVERNED = new Set(['from', 'of', 'against', 'to', 'on', 'in', 'at', 'for', 'about']);
const OPEN_GERUND = new Set(['to', 'on', 'at', 'about']);

const POSSIBLE: Effect = { held: 'possible', denied: 'denied' };
const NEWS: Effect = { held: 'happened', denied: 'happened' };
const PURPOSE: Effect = { held: 'planned', denied: 'denied' };

function linkOf(tree: Tree, node: Token): Link | undefined {
  const up = headOf(tree, node);
  if (!up) return undefined;
  const relation = bare(node.relation);
  const verbal = node.upos === 'VERB' || node.upos === 'AUX';
  const mark = markOf(tree, node);
  if (ABSENT.has(mark)) return { up, kind: 'fixed', status: 'denied', denies: true };
  switch (relation) {
    case 'conj':
      return conjunctLink(tree, node, up);
    case 'xcomp':
    case 'ccomp':
    case 'csubj':
    case 'acl':
    case 'advcl':
      return node.relation === 'acl:relcl' && !isContentClause(tree, node, up)
        ? undefined
        : clauseLink(tree, node, up, mark);
    case 'obj':
    case 'nsubj':
    case 'obl':
    case 'nmod':
    case 'amod':
    case 'compound':
      return verbal ? undefined : thingLink(tree, node, up);
    default:
      return undefined;
  }
}

/** "no evidence that Chad shelled the town": the parser takes "that" for what was shelled. */
function isContentClause(tree: Tree, clause: Token, noun: Token): boolean {
  const that = tree.tokens[tree.first[clause.index]!];
  return that?.form === 'that' && effectOfWord(noun.lemma, 'clause') !== undefined;
}

/** A conjunct shares what governs the first, and its auxiliaries and negation where it brings none of its own. */
function conjunctLink(tree: Tree, node: Token, first: Token): Link | undefined {
  const alike = first.upos === node.upos;
  const context = linkOf(tree, first);
  const bareForm = alike && !dependent(tree, node, 'aux', 'nsubj', 'cop', 'mark');
  const sharing = bareForm && !(isFiniteClause(tree, node) && feature(node, 'Tense') === 'Past');
  if (!sharing) {
    // "decided to leave and said": a finite verb hangs on an infinitive by mistake.
    if (isFiniteClause(tree, node) && !isFiniteClause(tree, first)) return undefined;
    return context;
  }
  // "will meet the premier, open a school and visit": each hands on what it has of the one before.
  const shared = first.relation === 'conj' ? context?.own : undefined;
  const negated =
    (isNegated(tree, first) || shared === 'denied') && dependent(tree, node, 'cc')?.form.toLowerCase() !== 'but';
  const alone = ownOf(tree, node);
  const own = negated ? 'denied' : alone === 'happened' ? (shared ?? ownOf(tree, first)) : alone;
  return context ? { ...context, own } : { up: first, kind: 'aside', own };
}

function clauseLink(tree: Tree, node: Token, up: Token, mark: string): Link | undefined {
  const relation = bare(node.relation);
  const finite = isFiniteClause(tree, node);
  const infinitive = isInfinitive(tree, node);
  if (finite) {
    if (mark === 'whether' || (mark === 'if' && relation === 'ccomp')) return { up, kind: 'effect', effect: POSSIBLE };
    const effect = relation === 'advcl' ? undefined : effectOf(tree, up, node, 'clause');
    // "warned that Russia had attacked", "hoped that it ended": what is past is told, not wished.
    if (effect)
      return isOpen(effect.held) && isToldAsPast(tree, node) ? { up, kind: 'aside' } : { up, kind: 'effect', effect };
    // "before it attacks": it has not yet.
    if (mark === 'before' && !isPast(tree, node)) return { up, kind: 'fixed', status: 'planned' };
    if (mark === 'until' && !isPast(tree, node)) return { up, kind: 'fixed', status: 'possible' };
    return relation === 'ccomp' || relation === 'csubj' ? { up, kind: 'aside' } : undefined;
  }
  // "acted to protect the port by bombing the camp": the means is that of the acting.
  const acting = isInfinitive(tree, up) && bare(up.relation) === 'advcl' ? headOf(tree, up) : undefined;
  if (relation === 'advcl' && mark === 'by') return { up: acting ?? up, kind: 'share' };
  const governed = relation !== 'advcl' || infinitive || GOVERNED.has(mark) || isObjectGerund(tree, node, up);
  // "will speak on Friday, stressing its support": as much to come as the speaking.
  if (!governed && mark === '' && isGerund(node) && isOfMainClause(tree, up))
    return { up, kind: 'effect', effect: NEWS };
  if (!governed) return undefined;
  // "has plans to attack", "urged Mali to leave" with the infinitive hung on the verb.
  const noun = infinitive
    ? dependents(tree, up, 'obj').find((object) => effectOf(tree, object, node, 'act'))
    : undefined;
  const governor = noun ?? up;
  const adverb = dependents(tree, up, 'advmod').find(
    (child) => child.lemma === 'yet' && (up.lemma === 'have' || up.lemma === 'be' || up.lemma === 'remain'),
  );
  // "I want to thank", "let me condemn": said and done.
  if (PERFORMED.has(node.lemma) && isOwnWish(tree, up)) return undefined;
  // "had the honor of meeting the king"
  if ((infinitive || mark === 'of') && isOccasion(tree, governor))
    return { up: occasionOf(tree, governor), kind: 'share' };
  // "pleased to be able to meet", "it is a pleasure to welcome": it is what one is pleased about.
  if (infinitive && isGladness(tree, governor)) return { up: governor, kind: 'share' };
  const effect = (adverb && infinitive && effectOfWord('yet', 'act')) ?? effectOf(tree, governor, node, 'act');
  if (effect) return { up: governor, kind: 'effect', effect };
  if (relation === 'xcomp') return { up, kind: 'share' };
  // "the first state to recognise it", "the only one to vote against": they did.
  if (infinitive && relation === 'acl' && isSingledOut(tree, up)) return undefined;
  // "Japan to send aid": a headline's infinitive hangs on a name that stands alone.
  const coming =
    relation === 'advcl' || (up.head < 0 && !tree.tokens.some((token) => feature(token, 'VerbForm') === 'Fin'));
  if (infinitive) return { up, kind: 'effect', effect: coming ? PURPOSE : POSSIBLE };
  // "congratulated Chad on signing the treaty": nobody is congratulated on what is not done.
  if (REWARDED.has(up.lemma)) return { up, kind: 'aside' };
  return OPEN_GERUND.has(mark) ? { up, kind: 'effect', effect: POSSIBLE } : undefined;
}

const REWARDED = new Set(
  'congratulate thank praise commend applaud laud salute blame condemn criticize criticise'.split(' '),
);

/** "had an opportunity to speak": whoever had one took it, where it is told as past. */
function isOccasion(tree: Tree, noun: Token): boolean {
  if (!OCCASIONS.has(noun.lemma) || noun.relation !== 'obj') return false;
  const verb = headOf(tree, noun)!;
  // "I have got a chance" is "I have one".
  const perfect = verb.lemma === 'get' && dependent(tree, verb, 'aux') !== undefined;
  return /^(?:have|get|take|seize|use)$/.test(verb.lemma) && isPast(tree, verb) && !perfect && !isNegated(tree, noun);
}
/** What one has where one does something: "had an opportunity to speak". */
export const OCCASIONS: ReadonlySet<string> = new Set([
  'opportunity',
  'chance',
  'occasion',
  'honor',
  'honour',
  'privilege',
  'pleasure',
]);

function occasionOf(tree: Tree, noun: Token): Token {
  return headOf(tree, noun) ?? noun;
}

/** "a pleasure", "pleased", and the "able" of "pleased to be able". */
function isGladness(tree: Tree, word: Token): boolean {
  if (GLAD.has(word.lemma)) return !isNegated(tree, word) && dependent(tree, word, 'cop') !== undefined;
  const up = word.lemma === 'able' ? headOf(tree, word) : undefined;
  return up !== undefined && GLAD.has(up.lemma) && word.relation === 'xcomp';
}
const GLAD = new Set(
  'pleasure honor honour privilege delight pleased delighted glad happy proud honored honoured privileged grateful thrilled'.split(
    ' ',
  ),
);

const PERFORMED = new Set(
  'thank express welcome congratulate extend convey commend condemn reiterate reaffirm apologize apologise stress salute applaud praise acknowledge emphasize emphasise underscore urge honor honour'.split(
    ' ',
  ),
);

/**
 * "we affirm our wish to seek peace and call on Chad": the verb that the speaker goes on from, where the parser joined what
 * is said in the present tense to an infinitive or gerund.
 */
export function spokenAbove(tree: Tree, verb: Token): Token | undefined {
  const governor = headOf(tree, verb);
  if (verb.relation !== 'conj' || governor?.upos !== 'VERB' || !isSpoken(verb)) return undefined;
  if (isFiniteClause(tree, governor) || dependent(tree, verb, 'aux', 'nsubj', 'mark')) return undefined;
  if (feature(verb, 'Tense') === 'Past' || isGerund(verb) || isSpoken(governor)) return undefined;
  let above = headOf(tree, governor);
  for (let step = 0; above && step < 6; step++, above = headOf(tree, above))
    if (above.upos === 'VERB' && isFiniteClause(tree, above))
      return isSpoken(above) && !isPast(tree, above) && !dependent(tree, above, 'aux') ? above : undefined;
  return undefined;
}

function isSpoken({ lemma }: Token): boolean {
  return PERFORMED.has(lemma) || SPOKEN.has(lemma);
}
const SPOKEN = new Set('call look affirm underline recall note encourage support commit pledge remain'.split(' '));

function isOwnWish(tree: Tree, verb: Token): boolean {
  if (verb.lemma === 'let') return /^(?:me|us)$/i.test(tree.tokens[verb.index + 1]?.form ?? '');
  const speaker = dependent(tree, verb, 'nsubj');
  return /^(?:want|like|wish)$/.test(verb.lemma) && /^(?:i|we)$/i.test(speaker?.form ?? '') && !isNegated(tree, verb);
}

function isSingledOut(tree: Tree, noun: Token): boolean {
  return [noun, ...dependents(tree, noun, 'amod', 'nummod')].some((word) => SINGLE.has(word.lemma));
}
const SINGLE = new Set(['first', 'second', 'third', 'last', 'only', 'latest', 'fourth', 'fifth']);

/** What hangs on a verb inside somebody's words may well be of the saying: "said it would leave, accusing Chad". */
function isOfMainClause(tree: Tree, verb: Token): boolean {
  let token = verb;
  for (let up = headOf(tree, token); up && token.relation === 'conj'; up = headOf(tree, token)) token = up;
  return token.head < 0;
}

/**
 * "sent the envoy to join the talks in 2019", "who would lead a coup a year later": told as to come by a past that has
 * since gone by, where no word says that it was only planned.
 */
export function wasToCome(tree: Tree, act: Token): boolean {
  let verb: Token | undefined = act;
  for (let step = 0; verb && verb.upos !== 'VERB' && step < 3; step++) verb = headOf(tree, verb);
  if (!verb) return false;
  const above = headOf(tree, verb);
  if (bare(verb.relation) === 'advcl' && isInfinitive(tree, verb)) return above !== undefined && isPast(tree, above);
  const would = dependents(tree, verb, 'aux').some(({ form }) => form.toLowerCase() === 'would');
  return would && (verb.head < 0 || verb.relation === 'acl:relcl') && !isNegated(tree, verb);
}

/** "ruled out attacking the town": a gerund right behind its verb, whatever the parser called it. */
function isObjectGerund(tree: Tree, node: Token, up: Token): boolean {
  const before = tree.tokens[tree.first[node.index]! - 1];
  return isGerund(node) && before !== undefined && (before === up || before === particleOf(tree, up));
}

function isToldAsPast(tree: Tree, clause: Token): boolean {
  return isPast(tree, clause) && !isOpen(ownStatus(tree, clause));
}

/** Cases that set a scene: what is said of the clause is not said of the meeting it took place at. */
const SETTING = /^(?:during|at|after|before|since|in|under|despite|amid|following|by)$/;

const AHEAD = /^(?:ahead of|in advance of|prior to|before)$/;

function thingLink(tree: Tree, node: Token, up: Token): Link | undefined {
  const relation = bare(node.relation);
  if (relation === 'obl' && SETTING.test(casing(tree, node)) && !AHEAD.test(casing(tree, node))) return undefined;
  if (roundOf(tree, node)) return { up, kind: 'share' };
  // "looks forward to his visit"
  if (up.lemma === 'look' && dependent(tree, up, 'advmod')?.lemma === 'forward' && casing(tree, node) === 'to')
    return { up, kind: 'effect', effect: PURPOSE };
  // "met the press ahead of the visit" may be told after both; "speaks ahead of the visit" is not.
  if (AHEAD.test(casing(tree, node)) && up.upos === 'VERB' && !isPast(tree, up))
    return { up, kind: 'fixed', status: 'planned' };
  const effect = effectOf(tree, up, node, 'thing');
  if (node.relation === 'nsubj' && up.upos === 'VERB') {
    if (OF_SUBJECTS.has(effect?.held)) return { up, kind: 'effect', effect: effect! };
    return EXISTENCE.has(up.lemma) ? { up, kind: 'share', denies: true } : undefined;
  }
  if (effect) return { up, kind: 'effect', effect };
  // "hoped that the next round would be in Oslo": where it will be says whether it will be.
  if (node.relation === 'nsubj' && dependent(tree, up, 'cop') && casing(tree, up) !== '') return { up, kind: 'share' };
  if (up.upos !== 'VERB') return undefined;
  if (relation === 'obl')
    return LEADING.has(`${up.lemma} ${casing(tree, node)}`) ? { up, kind: 'share', denies: true } : undefined;
  if (relation !== 'obj' && node.relation !== 'nsubj:pass') return undefined;
  if (isLight(tree, up)) return { up, kind: 'share', denies: true };
  // "will seek a truce": what is not known yet comes about with the verb.
  return isNew(tree, node) ? { up, kind: 'effect', effect: NEWS } : undefined;
}

function isLight(tree: Tree, verb: Token): boolean {
  const particle = particleOf(tree, verb);
  return LIGHT.has(particle ? `${verb.lemma}+${particle.lemma}` : verb.lemma);
}

/** Brought up for the first time: "a raid", "any raid", "raids", but not "the raid", "its raids". */
function isNew(tree: Tree, noun: Token): boolean {
  const determiner = dependent(tree, noun, 'det', 'nmod:poss');
  return determiner === undefined || /^(?:an?|any|no|some|another|more)$/i.test(determiner.form);
}

/** Words that bear on an act only through "for" or an infinitive: "called for talks", but "in a call". */
const WITH_FOR = new Set(
  'call invite press push appeal ask look support favor like work need order request fear fight campaign argue'.split(
    ' ',
  ),
);

const VISITS = new Set('visit trip summit talk meeting exercise drill tour conference'.split(' '));

/** What was said or decided is there, whatever is done with it: "rejected the proposal". */
const UTTERANCES = new Set(
  'proposal call offer demand request claim plan decision ruling resolution result allegation accusation charge criticism report statement appeal idea suggestion invitation agreement deal'.split(
    ' ',
  ),
);

function effectOf(tree: Tree, token: Token, below: Token, way: Way): Effect | undefined {
  if (WITH_FOR.has(token.lemma)) {
    const open = way === 'act' && isInfinitive(tree, below);
    if (!open && casing(tree, below) !== 'for') return undefined;
  }
  // "announced a visit" plans one, "announced the arrest of" tells of one.
  if (token.lemma === 'announce' && way === 'thing' && !VISITS.has(below.lemma)) return undefined;
  const particle = particleOf(tree, token);
  const from = way === 'act' && markOf(tree, below) === 'from' ? effectOfWord(`${token.lemma}+from`, way) : undefined;
  const effect =
    from ??
    (particle && effectOfWord(`${token.lemma}+${particle.lemma}`, way)) ??
    (dependent(tree, token, 'advmod')?.lemma === 'short' ? effectOfWord(`${token.lemma}+short`, way) : undefined) ??
    (particle ? undefined : effectOfWord(token.lemma, way));
  if (effect?.held === 'denied' && way === 'thing' && UTTERANCES.has(below.lemma)) return undefined;
  return effect;
}

/** The words that bring an act, in small letters: "to", "without", "instead of". */
function markOf(tree: Tree, node: Token): string {
  const mark = dependent(tree, node, 'mark', 'case');
  if (!mark) return '';
  return [mark, ...dependents(tree, mark, 'fixed')].map((word) => word.form.toLowerCase()).join(' ');
}

/** What an act's own words say, its negation and its governor aside. */
function ownOf(tree: Tree, node: Token): Status {
  if (node.upos !== 'NOUN' && node.upos !== 'PROPN') return ownStatus(tree, node);
  for (const modifier of dependents(tree, node, 'amod', 'compound', 'case')) {
    const effect = effectOfWord(modifier.form.toLowerCase(), 'thing') ?? effectOfWord(modifier.lemma, 'thing');
    if (effect) return effect.held;
  }
  return 'happened';
}

function ownCertainty(tree: Tree, token: Token): Certainty {
  let certainty: Certainty = 'asserted';
  for (const child of dependents(tree, token, 'advmod', 'amod'))
    certainty = lessSure(certainty, certaintyOfWord(child.form.toLowerCase()) ?? 'asserted');
  // "according to unconfirmed reports"
  for (const source of dependents(tree, token, 'obl'))
    if (casing(tree, source) === 'according to') certainty = lessSure(certainty, modified(tree, source));
  return certainty;
}

function modified(tree: Tree, source: Token): Certainty {
  return dependents(tree, source, 'amod')
    .map((word) => certaintyOfWord(word.form.toLowerCase()) ?? 'asserted')
    .reduce(lessSure, 'asserted');
}

/** How sure the governing word leaves it: "is believed to have left", "an alleged plan to". */
function certaintyUnder(tree: Tree, node: Token, { up }: Link): Certainty {
  const verbal = node.upos === 'VERB' || node.upos === 'AUX' || /^(?:obj|xcomp|ccomp)/.test(node.relation);
  if (!verbal || node.relation === 'conj' || isNegated(tree, up)) return 'asserted';
  // "unconfirmed reports said"
  const voice = dependent(tree, up, 'nsubj');
  const source = voice && bare(node.relation) === 'ccomp' ? modified(tree, voice) : 'asserted';
  const level = lessSure(source, certaintyOfWord(up.lemma) ?? 'asserted');
  const hearsay = HEARSAY.has(up.lemma) && dependent(tree, up, 'aux:pass') !== undefined;
  return hearsay ? lessSure(level, 'probable') : level;
}

const HEARSAY = new Set(['say', 'report', 'rumor', 'rumour']);
