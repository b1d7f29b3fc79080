import type { Token } from '../nlp/sentence.ts';
import { contains, type Span } from '../source/span.ts';
import type { Status } from './ontology.ts';
import type { Time, When } from './reading.ts';
import { boundsStretch } from './time/range.ts';
import type { Tree } from './tree.ts';
import { bare, headOf, subtreeSpan } from './tree.ts';

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
  times: readonly Time[],
  status: Status,
  published: { readonly from: string; readonly to: string } | null,
): Dated {
  const inSentence = times
    .map((time, index) => ({ time, index }))
    .filter(({ time }) => contains(tree.sentence, time) && (time.type === 'date' || time.type === 'time'));
  const own = nearestGoverned(tree, [trigger, ...companions], inSentence) ?? governing(tree, trigger, inSentence);
  if (own) {
    const { time, index } = own;
    const [first, last] = stretchOf(tree, times, index);
    if (first !== last && first.earliest !== null && last.latest !== null) {
      const when = { earliest: first.earliest, latest: last.latest, precision: precisionOf(first), time: index };
      return { when, evidence: [{ from: first.from, to: last.to }] };
    }
    return {
      when: { earliest: time.earliest, latest: time.latest, precision: precisionOf(time), time: index },
      evidence: [{ from: time.from, to: time.to }],
    };
  }
  if (published && (status === 'planned' || status === 'expected'))
    return { when: { earliest: published.from, latest: null, precision: 'unknown', time: null }, evidence: [] };
  if (published && (status === 'happened' || status === 'ongoing'))
    return { when: { earliest: null, latest: published.to, precision: 'unknown', time: null }, evidence: [] };
  return UNKNOWN;
}

/** "from 3 May to 7 May": the two times that bound the stretch to which a time belongs; itself twice where it stands alone. */
function stretchOf(tree: Tree, times: readonly Time[], index: number): readonly [Time, Time] {
  const time = times[index]!;
  const bound = (first: Time | undefined, second: Time | undefined): boolean => {
    if (!first || !second) return false;
    const at = tree.tokens.findIndex((token) => token.from >= first.to);
    const joint = tree.tokens[at];
    if (!joint || tree.tokens[at + 1]?.from !== second.from) return false;
    const lead = tree.tokens.findLast((token) => token.to <= first.from);
    return boundsStretch(lead?.form.toLowerCase() ?? '', joint.form.toLowerCase());
  };
  if (bound(time, times[index + 1])) return [time, times[index + 1]!];
  return bound(times[index - 1], time) ? [times[index - 1]!, time] : [time, time];
}

interface Candidate {
  readonly time: Time;
  readonly index: number;
}

/** Clauses below a trigger whose times are their own. */
const OTHER_CLAUSES = new Set(['ccomp', 'advcl', 'acl', 'parataxis', 'conj', 'csubj', 'appos']);

function nearestGoverned(
  tree: Tree,
  tokens: readonly Token[],
  candidates: readonly Candidate[],
): Candidate | undefined {
  const fitting = candidates.filter(({ time }) => {
    const head = topToken(tree, time);
    if (!head) return false;
    for (let token: Token | undefined = head; token; token = headOf(tree, token)) {
      if (tokens.includes(token)) return true;
      if (OTHER_CLAUSES.has(bare(token.relation)) && token !== head) return false;
    }
    return false;
  });
  return fitting.find(({ time }) => time.earliest !== null) ?? fitting[0];
}

/** "On Tuesday he is expected to meet …": the time of a verb that carries the trigger as its complement. */
function governing(tree: Tree, trigger: Token, candidates: readonly Candidate[]): Candidate | undefined {
  let token: Token | undefined = trigger;
  for (let step = 0; token && step < 4; step++) {
    const relation = bare(token.relation);
    const carries = ['xcomp', 'obj', 'nsubj', 'obl', 'nmod', 'conj', 'ccomp', 'compound'].includes(relation);
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
