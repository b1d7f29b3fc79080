import type { Token } from '../nlp/sentence.ts';
import { contains, type Span } from '../source/span.ts';
import { behindDateline } from './dateline.ts';
import type { Status } from './ontology.ts';
import type { Time, When } from './reading.ts';
import { boundsStretch } from './time/range.ts';
import type { Tree } from './tree.ts';
import { bare, casing, feature, headOf, subtreeSpan } from './tree.ts';

/** The days an act can lie in, and the words that say so. */
export interface Dated {
  readonly when: When;
  readonly evidence: readonly Span[];
}

const UNKNOWN: Dated = { when: { earliest: null, latest: null, precision: 'unknown', time: null }, evidence: [] };

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
    .filter(({ time }) => time.from >= start && (time.type === 'date' || time.type === 'time'))
    // "called for elections before October": what was done was not done after it was reported.
    .filter(({ time }) => !(done && published && time.earliest !== null && time.earliest > published.to));
  const own = nearestGoverned(tree, [trigger, ...companions], others, dates) ?? governing(tree, trigger, dates);
  if (own) return datedBy(tree, times, own);
  if (published && (status === 'planned' || status === 'expected'))
    return { when: { earliest: published.from, latest: null, precision: 'unknown', time: null }, evidence: [] };
  if (published && (status === 'happened' || status === 'ongoing'))
    return { when: { earliest: null, latest: published.to, precision: 'unknown', time: null }, evidence: [] };
  return UNKNOWN;
}

/** A time expression and its index among those of the document. */
export interface IndexedTime {
  readonly time: Time;
  readonly index: number;
}

/** The time expressions of each sentence, in order; linear in both. */
export function timesBySentence(trees: readonly Tree[], times: readonly Time[]): readonly (readonly IndexedTime[])[] {
  let next = 0;
  return trees.map(({ sentence }) => {
    const inside: IndexedTime[] = [];
    while (next < times.length && times[next]!.from < sentence.from) next++;
    for (; next < times.length && times[next]!.to <= sentence.to; next++)
      inside.push({ time: times[next]!, index: next });
    return inside;
  });
}

/** The days of one of a sentence's times as those of an act; of one that bounds a stretch with another, the whole stretch. */
export function datedBy(tree: Tree, times: readonly IndexedTime[], { time, index }: IndexedTime): Dated {
  const at = times.findIndex((one) => one.index === index);
  const [before, after] = [times[at - 1]?.time, times[at + 1]?.time];
  const bounds = boundTogether(tree, time, after) ? [time, after!] : [before!, time];
  const [first, last] = bounds[0] === time || boundTogether(tree, before, time) ? bounds : [time, time];
  const whole = first!.earliest !== null && last!.latest !== null;
  return {
    when: {
      earliest: whole ? first!.earliest : time.earliest,
      latest: whole ? last!.latest : time.latest,
      precision: precisionOf(time),
      time: index,
    },
    evidence: [whole ? { from: first!.from, to: last!.to } : { from: time.from, to: time.to }],
  };
}

/** "from 3 May to 7 May": two times that bound one stretch. */
function boundTogether(tree: Tree, first: Time | undefined, second: Time | undefined): boolean {
  if (!first || !second) return false;
  const at = tree.tokens.findIndex((token) => token.from >= first.to);
  const joint = tree.tokens[at];
  if (!joint || tree.tokens[at + 1]?.from !== second.from) return false;
  const lead = tree.tokens.findLast((token) => token.to <= first.from);
  return boundsStretch(lead?.form.toLowerCase() ?? '', joint.form.toLowerCase());
}

/** Clauses below a trigger whose times are their own. */
const OTHER_CLAUSES = new Set(['ccomp', 'advcl', 'acl', 'parataxis', 'conj', 'csubj', 'appos']);

function nearestGoverned(
  tree: Tree,
  tokens: readonly Token[],
  others: ReadonlySet<Token>,
  candidates: readonly IndexedTime[],
): IndexedTime | undefined {
  const fitting = candidates.filter(({ time }) => {
    const head = topToken(tree, time);
    if (!head) return false;
    for (let token: Token | undefined = head; token; token = headOf(tree, token)) {
      if (tokens.includes(token)) return true;
      // "condemned the attack of 3 July": the day is the attack's. "On Monday" behind it may well be the verb's.
      if (others.has(token) && !isLoose(tree, head)) return false;
      if (OTHER_CLAUSES.has(bare(token.relation)) && token !== head) return false;
    }
    return false;
  });
  return fitting.find(({ time }) => time.earliest !== null) ?? fitting[0];
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
    const carries = purpose || ['xcomp', 'obj', 'nsubj', 'obl', 'nmod', 'conj', 'ccomp', 'compound'].includes(relation);
    const up: Token | undefined = headOf(tree, token);
    if (!carries || !up) return undefined;
    // A reporting verb's own date says when it was said.
    if (relation === 'ccomp' || (relation === 'conj' && up.upos !== trigger.upos)) return undefined;
    const found = candidates.find(({ time }) => {
      const head = topToken(tree, time);
      // "The call was in July": the date is what is said of the act.
      const said = head === up && relation === 'nsubj';
      return said || (head?.head === up.index && !contains(subtreeSpan(tree, trigger), time));
    });
    if (found) return found;
    token = up;
  }
  return undefined;
}

function topToken(tree: Tree, span: Span): Token | undefined {
  return tree.tokens.find(
    (token) => contains(span, token) && !(tree.tokens[token.head] && contains(span, tree.tokens[token.head]!)),
  );
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
