import { type EventType, isJoint, type Status } from '../events/ontology.ts';

import { fold, isState, type Party, sameActor } from './party.ts';
import {
  daysBetween,
  daysIn,
  monthWithoutYear,
  overlap,
  type Period,
  possiblePeriod,
  toldPeriod,
  touchesMonth,
} from './period.ts';
import type { Telling, ToldPlace } from './telling.ts';
import { placeWords, whenWords } from './words.ts';

/** Why a claim stands in its event. */
export interface Reason {
  /** What ties it, the weightiest first; `first` for the claim that opens the event. */
  readonly codes: readonly TieCode[];
  /** The id of the telling it is tied to; `null` for the first. */
  readonly to: string | null;
  /** The same for a person: one sentence. */
  readonly text: string;
}

/** What can tie two claims to one event. */
export type TieCode =
  | 'first'
  | 'same-day'
  | 'date-within'
  | 'same-place'
  | 'same-figure'
  | 'same-issue'
  | 'same-person'
  | 'same-document'
  | 'published-together';

/** A claim in its event, with the reason. */
export interface Member {
  readonly telling: Telling;
  readonly reason: Reason;
}

/** Claims that tell of one event. `id` is the founder's: the claim of the earliest published document. */
export interface Cluster {
  readonly id: string;
  readonly block: string;
  /** In canonical order: see {@link mergeTellings}. */
  readonly members: readonly Member[];
}

/**
 * Merges claims into events. The result is a function of the set of claims alone: the order of `tellings` is nothing.
 *
 * Claims are first dealt into blocks (see {@link blockOf}): only claims of one kind of act between the same parties can
 * be one event. In a block they are taken in canonical order, the most exactly dated first, and each joins the event
 * that it is compatible with in every member and best tied to in one, or opens its own. So vague claims ("in June")
 * find the exact ones and never draw two of them together; a vague claim that fits two events equally joins neither.
 *
 * Compatible: the days told can be the same day; the media (a call is no meeting), modes and persons named agree;
 * different cities only on the same day, as a disagreement. A plan and its fulfilment are one event, whose status tells
 * over time; what is merely hoped, possible, conditional or threatened joins only by day or place.
 *
 * Tied: see {@link qualifies}. Never by parties and kind of act alone, never by title words.
 */
export function mergeTellings(tellings: readonly Telling[]): readonly Cluster[] {
  const blocks = new Map<string, Telling[]>();
  for (const telling of tellings) {
    const block = blockOf(telling);
    const fellows = blocks.get(block);
    if (fellows === undefined) blocks.set(block, [telling]);
    else fellows.push(telling);
  }
  return [...blocks.keys()].sort().flatMap((block) => mergeBlock(block, blocks.get(block)!));
}

/**
 * The block of a claim: `CONSULT RUS USA`, or `ACCUSE USA > RUS` for acts with a direction. Where states are named on a
 * side, the others there ("the delegations") do not count.
 */
export function blockOf(telling: Telling): string {
  const parties = (actors: Telling['actors']): readonly Party[] => {
    const all = [...new Set(actors.map((actor) => actor.party))].sort();
    const states = all.filter(isState);
    return states.length > 0 ? states : all;
  };
  if (isJoint(telling.type)) {
    return `${telling.type} ${parties([...telling.actors, ...telling.recipients]).join(' ')}`;
  }
  return `${telling.type} ${parties(telling.actors).join(' ')} > ${parties(telling.recipients).join(' ')}`;
}

/** Merges the claims of one block; see {@link mergeTellings}. */
export function mergeBlock(block: string, tellings: readonly Telling[]): readonly Cluster[] {
  const leads = leadsOf(tellings);
  const clusters: Member[][] = [];
  for (const telling of [...tellings].sort(canonical)) {
    let best: { members: Member[]; score: number; reason: Reason } | undefined;
    let equal = false;
    for (const members of clusters) {
      const joined = joins(telling, members, leads);
      if (joined === undefined) continue;
      if (best === undefined || joined.score > best.score) {
        best = { members, ...joined };
        equal = false;
      } else if (joined.score === best.score) {
        equal = true;
      }
    }
    if (best === undefined || equal) {
      clusters.push([{ telling, reason: { codes: ['first'], to: null, text: 'The first claim of this event.' } }]);
    } else {
      best.members.push({ telling, reason: best.reason });
    }
  }
  return clusters.map((members) => ({ id: founderOf(members).id, block, members }));
}

interface Tie {
  readonly code: TieCode;
  readonly weight: number;
  readonly text: string;
}

function joins(
  telling: Telling,
  members: readonly Member[],
  leads: ReadonlySet<string>,
): { score: number; reason: Reason } | undefined {
  let best: { score: number; ties: readonly Tie[]; to: Telling } | undefined;
  for (const member of members) {
    if (!compatible(telling, member.telling)) return undefined;
    const ties = tiesOf(telling, member.telling, leads);
    if (!qualifies(telling, member.telling, ties)) continue;
    const score = ties.reduce((sum, tie) => sum + tie.weight, 0);
    if (best === undefined || score > best.score) best = { score, ties, to: member.telling };
  }
  if (best === undefined) return undefined;
  const ties = best.ties.toSorted((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));
  const text = `Same kind of act between the same parties, and ${ties.map((tie) => tie.text).join(', ')}.`;
  return { score: best.score, reason: { codes: ties.map((tie) => tie.code), to: best.to.id, text } };
}

/** True when both can be true of one event, or differ only as reports of one event do. Symmetric. */
export function compatible(a: Telling, b: Telling): boolean {
  const first = possiblePeriod(a);
  const second = possiblePeriod(b);
  if (!overlap(first, second)) return false;
  if (!monthsAgree(a, second) || !monthsAgree(b, first)) return false;
  const monthA = monthWithoutYear(a.when);
  const monthB = monthWithoutYear(b.when);
  if (monthA !== undefined && monthB !== undefined && monthA !== monthB) return false;
  if (!mediaAgree(a, b)) return false;
  if (a.type !== 'CONSULT' && a.mode.length > 0 && b.mode.length > 0 && !a.mode.some((mode) => b.mode.includes(mode))) {
    return false;
  }
  if (a.where !== null && b.where !== null && placesDiffer(a.where, b.where)) {
    if (a.type === 'ASSAULT' || a.type === 'COERCE' || a.type === 'PROTEST' || !sameDay(a, b)) return false;
  }
  return !isPersonal(a.type) || personsAgree(a, b);
}

/**
 * True when the ties are enough to say "one event".
 *
 * - a day in common: enough for what happens once a day between two parties (talks, a treaty, sanctions); spoken acts
 *   need a person, issue or figure with it, attacks and arrests a place or figure, for there are many a day;
 * - a city or venue in common: enough for what parties do together, when the days can agree;
 * - a month or week that holds the other's day: with a person, issue, place or figure, or in one document;
 * - a figure: with an issue, a date or reports of the same days;
 * - one document: an undated claim is about the act that the document opens with, if that is told as equally real;
 * - an issue, when both are undated and the reports are of the same days.
 */
function qualifies(a: Telling, b: Telling, ties: readonly Tie[]): boolean {
  const has = (code: TieCode) => ties.some((tie) => tie.code === code);
  const named = has('same-person') || has('same-issue') || has('same-figure') || has('same-place');
  const loose = realityOf(a.status) === 'imagined' || realityOf(b.status) === 'imagined';
  if (loose && realityOf(a.status) !== realityOf(b.status) && !has('same-day') && !has('same-place')) return false;
  if (has('same-day')) {
    if (isSpoken(a.type)) return has('same-person') || has('same-issue') || has('same-figure') || has('same-document');
    if (a.type === 'ASSAULT' || a.type === 'COERCE')
      return has('same-place') || has('same-figure') || has('same-document');
    return true;
  }
  if (has('same-place') && (isJoint(a.type) || has('date-within'))) return true;
  if (has('date-within') && (named || has('same-document'))) return true;
  if (has('same-figure') && (has('same-issue') || has('published-together'))) return true;
  if (has('same-document')) return true;
  return isUndated(a) && isUndated(b) && has('same-issue') && has('published-together') && a.document !== b.document;
}

function tiesOf(a: Telling, b: Telling, leads: ReadonlySet<string>): readonly Tie[] {
  const ties: Tie[] = [];
  if (sameDay(a, b)) {
    ties.push({ code: 'same-day', weight: 4, text: `both say ${whenWords(a.when)}` });
  } else if (dateWithin(a, b)) {
    const [coarse, fine] = vagueness(a) > vagueness(b) ? [a, b] : [b, a];
    ties.push({ code: 'date-within', weight: 1.5, text: `${whenWords(fine.when)} lies in ${whenWords(coarse.when)}` });
  }
  if (a.where !== null && b.where !== null && samePlace(a.where, b.where)) {
    ties.push({ code: 'same-place', weight: 3, text: `both say ${placeWords(a.where)}` });
  }
  const figure = a.figures.find((one) => b.figures.some((two) => one.value === two.value && one.unit === two.unit));
  if (figure !== undefined) {
    ties.push({ code: 'same-figure', weight: 2, text: `both say ${figure.value} ${figure.unit}` });
  }
  const issues = a.issues.filter((issue) => b.issues.includes(issue));
  if (issues.length > 0) {
    ties.push({
      code: 'same-issue',
      weight: Math.min(issues.length, 2),
      text: `both are about ${issues.join(' and ')}`,
    });
  }
  const person = personsOf(a).find((one) => personsOf(b).some((two) => sameActor(one, two)));
  if (person !== undefined) ties.push({ code: 'same-person', weight: 1, text: `both name ${person.name}` });
  if (a.document === b.document) {
    const byLead = (leads.has(a.id) && isSilent(b)) || (leads.has(b.id) && isSilent(a));
    const equallyReal = realityOf(a.status) === realityOf(b.status) && realityOf(a.status) !== 'imagined';
    const dated = sameDay(a, b) || dateWithin(a, b);
    if (dated || (byLead && equallyReal)) {
      ties.push({ code: 'same-document', weight: 2, text: 'one document tells both as one story' });
    }
  } else if (a.published !== null && b.published !== null && daysBetween(a.published, b.published) <= 3) {
    ties.push({ code: 'published-together', weight: 0.5, text: 'the reports are of the same days' });
  }
  return ties;
}

/**
 * The canonical order: exactly dated claims first, then by the first possible day, publication, document and place in
 * the text. Total, because the id ends it.
 */
export function canonical(a: Telling, b: Telling): number {
  return (
    vagueness(a) - vagueness(b) ||
    compare(possiblePeriod(a).from, possiblePeriod(b).from) ||
    compare(a.published?.from ?? '9999', b.published?.from ?? '9999') ||
    compare(a.document, b.document) ||
    a.evidence.trigger.from - b.evidence.trigger.from ||
    compare(a.id, b.id)
  );
}

function founderOf(members: readonly Member[]): Telling {
  return members
    .map((member) => member.telling)
    .reduce((first, telling) =>
      (compare(telling.published?.from ?? '9999', first.published?.from ?? '9999') ||
        compare(telling.document, first.document) ||
        telling.evidence.trigger.from - first.evidence.trigger.from ||
        compare(telling.id, first.id)) < 0
        ? telling
        : first,
    );
}

/** The claim that opens each document's story of this block: the first real one, and the first planned one. */
function leadsOf(tellings: readonly Telling[]): ReadonlySet<string> {
  const leads = new Map<string, Telling>();
  for (const telling of tellings) {
    const reality = realityOf(telling.status);
    if (reality === 'imagined') continue;
    const key = `${telling.document} ${reality}`;
    const lead = leads.get(key);
    const from = telling.evidence.trigger.from;
    const leadFrom = lead?.evidence.trigger.from ?? Number.POSITIVE_INFINITY;
    if (from < leadFrom || (from === leadFrom && lead !== undefined && telling.id < lead.id)) leads.set(key, telling);
  }
  return new Set([...leads.values()].map((lead) => lead.id));
}

function realityOf(status: Status): 'real' | 'ahead' | 'imagined' {
  if (status === 'happened' || status === 'ongoing' || status === 'failed' || status === 'denied') return 'real';
  if (status === 'planned' || status === 'expected' || status === 'cancelled') return 'ahead';
  return 'imagined';
}

/** How vague the told date is: 0 a day or two, 1 a week, 2 a month, 3 a season, 4 a year or more, 5 unknown. */
function vagueness(telling: Telling): number {
  const days = daysIn(toldPeriod(telling.when));
  if (days === Number.POSITIVE_INFINITY) return 5;
  return days <= 2 ? 0 : days <= 9 ? 1 : days <= 31 ? 2 : days <= 100 ? 3 : 4;
}

function isUndated(telling: Telling): boolean {
  return vagueness(telling) === 5;
}

/** True when the claim says nothing of its time: not even an unresolved "in June". */
function isSilent(telling: Telling): boolean {
  return isUndated(telling) && telling.when.value === null;
}

function sameDay(a: Telling, b: Telling): boolean {
  return vagueness(a) === 0 && vagueness(b) === 0 && overlap(toldPeriod(a.when), toldPeriod(b.when));
}

/** True when one date lies within a week or month that the other tells. */
function dateWithin(a: Telling, b: Telling): boolean {
  const monthA = monthWithoutYear(a.when);
  const monthB = monthWithoutYear(b.when);
  if (monthA !== undefined && vagueness(b) <= 2) return touchesMonth(toldPeriod(b.when), monthA);
  if (monthB !== undefined && vagueness(a) <= 2) return touchesMonth(toldPeriod(a.when), monthB);
  return vagueness(a) <= 2 && vagueness(b) <= 2 && overlap(toldPeriod(a.when), toldPeriod(b.when));
}

function monthsAgree(telling: Telling, period: Period): boolean {
  const month = monthWithoutYear(telling.when);
  return month === undefined || touchesMonth(period, month);
}

function mediaAgree(a: Telling, b: Telling): boolean {
  if (a.medium === null || b.medium === null || a.medium === b.medium) return true;
  // "A call" may have been with pictures: reports of one conversation differ in that.
  const remote = (medium: Telling['medium']) => medium === 'phone' || medium === 'video';
  return remote(a.medium) && remote(b.medium);
}

/** True when both places are told and cannot be the same: two cities, or places of two countries. */
export function placesDiffer(a: ToldPlace, b: ToldPlace): boolean {
  if (a.country !== null && b.country !== null && a.country !== b.country) return true;
  return a.precision === 'city' && b.precision === 'city' && !samePlace(a, b);
}

function samePlace(a: ToldPlace, b: ToldPlace): boolean {
  if (a.precision === 'country' || b.precision === 'country') return false;
  if (a.geonames !== null && b.geonames !== null) return a.geonames === b.geonames;
  return fold(a.name) === fold(b.name);
}

/** True for acts that are some person's: two foreign ministers' talks are not their presidents'. */
function isPersonal(type: EventType): boolean {
  return type === 'CONSULT' || isSpoken(type);
}

function isSpoken(type: EventType): boolean {
  return (
    type === 'ACCUSE' ||
    type === 'THREATEN' ||
    type === 'REQUEST' ||
    type === 'REJECT' ||
    type === 'SUPPORT' ||
    type === 'CONCEDE'
  );
}

function personsOf(telling: Telling): Telling['actors'] {
  return [...telling.actors, ...telling.recipients].filter((actor) => actor.kind === 'person');
}

/** True unless both name persons for one party and none of them is the same. */
function personsAgree(a: Telling, b: Telling): boolean {
  const ours = personsOf(a);
  const theirs = personsOf(b);
  return [...new Set(ours.map((actor) => actor.party))].every((party) => {
    const one = ours.filter((actor) => actor.party === party);
    const two = theirs.filter((actor) => actor.party === party);
    return two.length === 0 || one.some((actor) => two.some((other) => sameActor(actor, other)));
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
