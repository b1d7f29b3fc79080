import type { Token } from '../nlp/sentence.ts';
import { contains, type Span } from '../source/span.ts';
import { isRemarked, isToldAsPast } from './carrier.ts';
import { behindDateline } from './dateline.ts';
import type { Status } from './ontology.ts';
import type { Time, When } from './reading.ts';
import { isPast } from './status/modality.ts';
import { boundsStretch } from './time/range.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependents, feature, headOf, subtreeSpan } from './tree.ts';

/** The days an act can lie in, and the words that say so. */
export interface Dated {
  readonly when: When;
  readonly evidence: readonly Span[];
}

const UNKNOWN: When = { earliest: null, latest: null, precision: 'unknown', time: null };

/**
 * When an act took place: the time expression that the trigger governs, else one that governs the trigger or stands
 * beside it in the same clause; never one inside another act's clause. An act told as done, without any date, is dated
 * by nothing: the publication date only bounds it.
 */
export function whenOf(
  tree: Tree,
  trigger: Token,
  companions: readonly Token[],
  others: ReadonlySet<Token>,
  times: readonly IndexedTime[],
  status: Status,
  published: { readonly from: string; readonly to: string } | null,
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
    nearestGoverned(tree, [trigger, ...companions], others, dates) ??
    dates.find((date) => besides(date) === trigger) ??
    governing(tree, trigger, dates);
  const bounds = boundsOf(status, published);
  if (!own) return { when: bounds, evidence: [] };
  const dated = datedBy(times, own);
  // "recently", "soon": the words are known, the days are not.
  return own.time.earliest === null && own.time.basis === 'unresolved' && /_REF$/.test(own.time.value ?? '')
    ? { ...dated, when: { ...bounds, time: own.index } }
    : dated;
}

/** What the day of publication says of an act without a date of its own. */
function boundsOf(status: Status, published: { readonly from: string; readonly to: string } | null): When {
  if (published && (status === 'planned' || status === 'expected')) return { ...UNKNOWN, earliest: published.from };
  if (published && (status === 'happened' || status === 'ongoing')) return { ...UNKNOWN, latest: published.to };
  return UNKNOWN;
}

/** "meets the premier on 5 May", "their meeting in Oslo tomorrow", told on the 3rd: a schedule in the present tense. */
export function isScheduled(
  tree: Tree,
  trigger: Token,
  companions: readonly Token[],
  others: ReadonlySet<Token>,
  times: readonly IndexedTime[],
  published: { readonly to: string } | null,
): boolean {
  if (!published || (trigger.upos !== 'VERB' && trigger.upos !== 'NOUN')) return false;
  if (trigger.upos === 'VERB' ? isPast(tree, trigger) : isToldAsPast(tree, trigger)) return false;
  const dates = times.filter(({ time }) => time.type === 'date' || time.type === 'time');
  const own = nearestGoverned(tree, [trigger, ...companions], others, dates);
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
): IndexedTime | undefined {
  const fitting = candidates.filter((date) => {
    const { head } = date;
    if (!head) return false;
    const taken = besides(date);
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

/** "said today it had sent an envoy": the verb right before a day has it, wherever the parser hung it. */
function besides({ before }: IndexedTime): Token | undefined {
  return before?.upos === 'VERB' ? before : undefined;
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
      ['xcomp', 'obj', 'nsubj', 'obl', 'nmod', 'conj', 'ccomp', 'compound'].includes(relation);
    const up: Token | undefined = headOf(tree, token);
    if (!carries || !up) return undefined;
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

function precisionOf(time: Time): When['precision'] {
  const value = time.value ?? '';
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return 'day';
  if (/^\d{4}-W\d{2}/.test(value)) return 'week';
  if (/^\d{4}-\d{2}$/.test(value)) return 'month';
  if (/^\d{4}-(?:SP|SU|FA|WI|Q\d|H\d)$/.test(value)) return 'season';
  if (/^\d{4}$/.test(value)) return 'year';
  return time.earliest !== null && time.earliest === time.latest ? 'day' : 'unknown';
}
