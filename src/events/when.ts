import type { Token } from '../nlp/sentence.ts';
import { contains, type Span } from '../source/span.ts';
import { isRemarked, isToldAsPast } from './carrier.ts';
import { behindDateline } from './dateline.ts';
import { isGerund } from './frame.ts';
import type { Status } from './ontology.ts';
import type { Time, When } from './reading.ts';
import { isPast } from './status/modality.ts';
import { OCCASIONS } from './status/status.ts';
import { boundsStretch } from './time/range.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependent, dependents, feature, headOf, subtreeSpan } from './tree.ts';

/** The days an act can lie in, and the words that say so. */
export interface Dated {
  readonly when: When;
  readonly evidence: readonly Span[];
}

const UNKNOWN: When = { earliest: null, latest: null, precision: 'unknown', time: null };

/**
 * When an act took place: the time expression that the trigger governs, else one that governs the trigger or stands
 * beside it in the same clause; never one inside another act's clause. An act told as done, without any date, is dated
 * by nothing: the publication date only bounds it. What is `spoken` of, as in a condemnation, has days of its own.
 */
export function whenOf(
  tree: Tree,
  trigger: Token,
  companions: readonly Token[],
  others: ReadonlySet<Token>,
  times: readonly IndexedTime[],
  status: Status,
  published: { readonly from: string; readonly to: string } | null,
  spoken = false,
): Dated {
  const start = behindDateline(tree);
  const done = status === 'happened' || status === 'ongoing';
  const dates = times
    // "the first visit since 2011": that was another.
    .filter(({ before }) => trigger.upos !== 'NOUN' || before?.form.toLowerCase() !== 'since')
    .filter(({ time }) => time.from >= start && (time.type === 'date' || time.type === 'time'))
    // "discussed the future of the port": no day of anything.
    .filter(({ time, head, after }) => !/_REF$/.test(time.value ?? '') || !isTopical(head, after))
    // "called for elections before October": what was done was not done after it was reported.
    .filter(({ time }) => !(done && published && time.earliest !== null && time.earliest > published.to));
  const own =
    nearestGoverned(tree, [trigger, ...companions], others, dates, spoken) ??
    dates.find((date) => besides(tree, date) === trigger || (trigger.upos === 'NOUN' && date.before === trigger)) ??
    governing(tree, trigger, dates);
  const bounds = boundsOf(status, published);
  if (!own) return { when: bounds, evidence: [] };
  const dated =
    isSince(tree, own, trigger) && (done || status === 'denied')
      ? onwards(datedBy(times, own), published)
      : datedBy(times, own);
  // "recently", "soon": the words are known, the days are not.
  return own.time.earliest === null && own.time.basis === 'unresolved' && /_REF$/.test(own.time.value ?? '')
    ? { ...dated, when: { ...bounds, time: own.index } }
    : dated;
}

/** "has sent aid since 2014", "since the start of the war on 3 May": from then on, and not on that day. */
function isSince(tree: Tree, { head, before }: IndexedTime, trigger: Token): boolean {
  if (before?.form.toLowerCase() === 'since') return true;
  if (trigger.upos !== 'VERB') return false;
  for (let token = head, step = 0; token && token !== trigger && step < 4; step++, token = headOf(tree, token))
    if (casing(tree, token) === 'since') return true;
  return false;
}

function onwards({ when, evidence }: Dated, published: { readonly to: string } | null): Dated {
  return { when: { ...when, latest: published?.to ?? null }, evidence };
}

/** What the day of publication says of an act without a date of its own. */
function boundsOf(status: Status, published: { readonly from: string; readonly to: string } | null): When {
  if (published && (status === 'planned' || status === 'expected')) return { ...UNKNOWN, earliest: published.from };
  if (published && (status === 'happened' || status === 'ongoing')) return { ...UNKNOWN, latest: published.to };
  return UNKNOWN;
}

/** "is on a visit from 4 to 11 May", told on the 9th: a stretch that is not over, in the present tense. */
export function isUnderWay(
  tree: Tree,
  trigger: Token,
  { when, evidence }: Dated,
  published: { readonly to: string } | null,
): boolean {
  if (!published || evidence.length === 0 || when.precision !== 'day') return false;
  if (when.earliest === null || when.latest === null || when.earliest === when.latest) return false;
  if (trigger.upos === 'VERB' ? isPast(tree, trigger) : isToldAsPast(tree, trigger)) return false;
  return when.earliest <= published.to && when.latest > published.to;
}

/** "meets the premier on 5 May", "their meeting in Oslo tomorrow", told on the 3rd: a schedule in the present tense. */
export function isScheduled(
  tree: Tree,
  trigger: Token,
  companions: readonly Token[],
  others: ReadonlySet<Token>,
  times: readonly IndexedTime[],
  published: { readonly to: string } | null,
  spoken = false,
): boolean {
  if (!published || (trigger.upos !== 'VERB' && trigger.upos !== 'NOUN')) return false;
  if (trigger.upos === 'VERB' ? isPast(tree, trigger) : isToldAsPast(tree, trigger)) return false;
  const dates = times.filter(({ time }) => time.type === 'date' || time.type === 'time');
  const own = nearestGoverned(tree, [trigger, ...companions], others, dates, spoken);
  return own !== undefined && own.time.earliest !== null && own.time.earliest > published.to;
}

/** A time expression where it stands: its index among those of the document, its head, and the tokens around it. */
export interface IndexedTime {
  readonly time: Time;
  readonly index: number;
  readonly head: Token | undefined;
  readonly before: Token | undefined;
  readonly after: Token | undefined;
}

/** The time expressions of each sentence, in order; linear in both. */
export function timesBySentence(trees: readonly Tree[], times: readonly Time[]): readonly (readonly IndexedTime[])[] {
  let next = 0;
  return trees.map(({ sentence, tokens }) => {
    const inside: IndexedTime[] = [];
    while (next < times.length && times[next]!.from < sentence.from) next++;
    let at = 0;
    for (; next < times.length && times[next]!.to <= sentence.to; next++) {
      const time = times[next]!;
      while (at < tokens.length && tokens[at]!.to <= time.from) at++;
      const first = at;
      while (at < tokens.length && tokens[at]!.from < time.to) at++;
      const own = tokens.slice(first, at);
      const head = own.find((token) => token.head < first || token.head >= at);
      inside.push({ time, index: next, head, before: tokens[first - 1], after: tokens[at] });
    }
    return inside;
  });
}

/** The days of one of a sentence's times as those of an act; of one that bounds a stretch with another, the whole stretch. */
export function datedBy(times: readonly IndexedTime[], one: IndexedTime): Dated {
  const { time, index } = one;
  const at = times.indexOf(one);
  const [previous, next] = [times[at - 1], times[at + 1]];
  const [first, last] = boundTogether(one, next)
    ? [one, next!]
    : boundTogether(previous, one)
      ? [previous!, one]
      : [one, one];
  const whole = first.time.earliest !== null && last.time.latest !== null;
  return {
    when: {
      earliest: whole ? first.time.earliest : time.earliest,
      latest: whole ? last.time.latest : time.latest,
      precision: precisionOf(time),
      time: index,
    },
    evidence: [whole ? { from: first.time.from, to: last.time.to } : { from: time.from, to: time.to }],
  };
}

/** "from 3 May to 7 May": two times that bound one stretch. */
function boundTogether(first: IndexedTime | undefined, second: IndexedTime | undefined): boolean {
  if (!first?.after || !second || first.after !== second.before) return false;
  return boundsStretch(first.before?.form.toLowerCase() ?? '', first.after.form.toLowerCase());
}

/** Clauses below a trigger whose times are their own. */
const OTHER_CLAUSES = new Set(['ccomp', 'advcl', 'acl', 'parataxis', 'conj', 'csubj', 'appos']);

/** A clause whose times are its own; the last of several names is none ("met Lund, Berg and Dahl on Monday"). */
function isOwnClause(tree: Tree, token: Token, time: Token): boolean {
  const relation = bare(token.relation);
  if (!OTHER_CLAUSES.has(relation) || isWhen(tree, token)) return false;
  if (relation === 'conj') return token.upos === 'VERB' || token.upos === 'AUX';
  return relation !== 'appos' || !isLoose(tree, time);
}

function nearestGoverned(
  tree: Tree,
  tokens: readonly Token[],
  others: ReadonlySet<Token>,
  candidates: readonly IndexedTime[],
  spoken = false,
): IndexedTime | undefined {
  const fitting = candidates.filter((date) => {
    const { head } = date;
    if (!head || isOfThing(tree, date, tokens, spoken)) return false;
    const taken = besides(tree, date);
    if (taken && !tokens.includes(taken) && isAbove(tree, taken, tokens[0]!)) return false;
    for (let token: Token | undefined = head; token; token = headOf(tree, token)) {
      if (tokens.includes(token)) return true;
      // "condemned the attack of 3 July": the day is the attack's. "On Monday" behind it may well be the verb's.
      if (others.has(token) && !isLoose(tree, head)) return false;
      if (token !== head && isOwnClause(tree, token, head)) return false;
    }
    return false;
  });
  return fitting.find(({ time }) => time.earliest !== null) ?? fitting[0];
}

/**
 * "welcomed the election last October", "voiced concern over the launch of missiles on 3 May", "the March 24 summit", "the
 * largest force since 2014": the day of a thing that the act is about. A day right behind what is condemned may be the
 * condemning's; so may one that stands before words or an occasion of its own ("said in a Monday interview").
 */
function isOfThing(
  tree: Tree,
  { head, time, before }: IndexedTime,
  tokens: readonly Token[],
  spoken: boolean,
): boolean {
  if (tokens[0]!.upos !== 'VERB' || !head) return false;
  let below = head;
  for (let step = 0; step < 8; step++) {
    const up = headOf(tree, below);
    if (!up) return false;
    if (tokens.includes(up)) break;
    below = up;
  }
  if (below === head || below.upos === 'VERB' || below.upos === 'AUX') return false;
  const governor = headOf(tree, head)!;
  if (tokens.includes(governor)) return false;
  const marks = casing(tree, below);
  if (marks === 'according to') return true;
  const about = /^(?:obj|nsubj|iobj)/.test(below.relation) || ABOUT.test(marks);
  if (!about || marks === 'since') return false;
  if (before?.form.toLowerCase() === 'since') return true;
  if (!spoken) return false;
  const day = /^\d{4}-(?:\d{2}-\d{2}|W\d{2})/.test(time.value ?? '');
  // "Today's decision bans …", but "this year's laureates will meet".
  if (head.index < governor.index && governor.upos !== 'VERB' && casing(tree, head) === '')
    return !(day && below.relation === 'nsubj');
  if (dependent(tree, head, 'det')?.lemma === 'this') return false;
  return !(day && governor === below && isLoose(tree, head));
}
const ABOUT = /^(?:about|on|upon|over|for|with|of|against|to|regarding|concerning|towards?|by|following|after|before)$/;

/** "said today it had sent an envoy", "said on Friday he may go": the verb before a day has it, wherever it was hung. */
function besides(tree: Tree, { before }: IndexedTime): Token | undefined {
  const word = before?.form === 'on' ? tree.tokens[before.index - 1] : before;
  return word?.upos === 'VERB' ? word : undefined;
}

/** Whether a verb stands above a token, through no more clauses than one reads at once. */
function isAbove(tree: Tree, verb: Token, below: Token): boolean {
  let token = headOf(tree, below);
  for (let step = 0; token && step < 6; step++, token = headOf(tree, token)) if (token === verb) return true;
  return false;
}

/** "the future of trade", "discussed the past": words for a time that are what is spoken of. */
function isTopical(head: Token | undefined, after: Token | undefined): boolean {
  return after?.form === 'of' || (head !== undefined && /^(?:obj|nsubj|conj)/.test(head.relation));
}

/** "spoke on Friday, accusing Chad of": a participle that nothing joins is of its verb's time. */
function isAlongside(tree: Tree, clause: Token): boolean {
  if (bare(clause.relation) !== 'advcl' || headOf(tree, clause)?.upos !== 'VERB') return false;
  return isGerund(clause) && dependent(tree, clause, 'mark', 'aux') === undefined;
}

/** "watched on Friday as crowds marched": at the same time, where it is no comparison ("as much as"). */
function isMeanwhile(tree: Tree, clause: Token): boolean {
  if (bare(clause.relation) !== 'advcl' || headOf(tree, clause)?.upos !== 'VERB') return false;
  return dependents(tree, clause, 'mark').some(({ lemma }) => lemma === 'as');
}

/** "was killed when the bomb went off on Friday": two acts of one time. */
function isWhen(tree: Tree, clause: Token): boolean {
  if (bare(clause.relation) !== 'advcl') return false;
  return dependents(tree, clause, 'mark', 'advmod').some(({ lemma }) => lemma === 'when');
}

/** "on Monday", "yesterday" at no noun's front: days that parsers hang on the nearest noun. */
function isLoose(tree: Tree, day: Token): boolean {
  const marks = casing(tree, day);
  const governor = headOf(tree, day);
  return marks === 'on' || (marks === '' && governor !== undefined && day.index > governor.index);
}

/** "On Tuesday he is expected to meet …": the time of a verb that carries the trigger as its complement. */
function governing(tree: Tree, trigger: Token, candidates: readonly IndexedTime[]): IndexedTime | undefined {
  let token: Token | undefined = trigger;
  for (let step = 0; token && step < 4; step++) {
    const relation = bare(token.relation);
    // "flew to Oslo on Friday to meet the king": what it was done for is not before that day, and seldom after.
    const purpose = relation === 'advcl' && feature(token, 'VerbForm') === 'Inf';
    const carries =
      purpose ||
      isWhen(tree, token) ||
      isMeanwhile(tree, token) ||
      isAlongside(tree, token) ||
      // "yesterday had an opportunity to speak"
      (relation === 'acl' && OCCASIONS.has(headOf(tree, token)?.lemma ?? '')) ||
      ['xcomp', 'obj', 'nsubj', 'obl', 'nmod', 'conj', 'ccomp', 'compound'].includes(relation);
    const up: Token | undefined = headOf(tree, token);
    if (!carries || !up) return undefined;
    // "discussed on Monday the king's trip": what is talked about has days of its own.
    if (trigger.upos === 'NOUN' && TALKED.has(up.lemma) && up.upos === 'VERB') return undefined;
    // "condemned the raid on Monday": the day is the condemning's.
    if (trigger.upos === 'NOUN' && isRemarked(token, up)) return undefined;
    // A reporting verb's own date says when it was said.
    if (relation === 'ccomp' || (relation === 'conj' && up.upos !== trigger.upos)) return undefined;
    const found = candidates.find(({ time, head }) => {
      // "The call was in July": the date is what is said of the act.
      const said = head === up && relation === 'nsubj';
      return said || (head?.head === up.index && !contains(subtreeSpan(tree, trigger), time));
    });
    if (found) return found;
    token = up;
  }
  return undefined;
}

const TALKED = new Set(['discuss', 'review', 'preview', 'raise']);

function precisionOf(time: Time): When['precision'] {
  const value = time.value ?? '';
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return 'day';
  if (/^\d{4}-W\d{2}/.test(value)) return 'week';
  if (/^\d{4}-\d{2}$/.test(value)) return 'month';
  if (/^\d{4}-(?:SP|SU|FA|WI|Q\d|H\d)$/.test(value)) return 'season';
  if (/^\d{4}$/.test(value)) return 'year';
  return time.earliest !== null && time.earliest === time.latest ? 'day' : 'unknown';
}
