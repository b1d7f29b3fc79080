import { type EventType, isJoint } from '../events/ontology.ts';
import { fold, type Party, sameActor } from './party.ts';
import {
  dayNumber,
  daysIn,
  monthWithoutYear,
  overlap,
  type Period,
  possiblePeriod,
  toldPeriod,
  touchesMonth,
} from './period.ts';
import { hashOf, isSilent, realityOf, type Telling, type ToldPlace } from './telling.ts';
import { placeWords, whenWords } from './words.ts';

/** What can tie two claims to one event. */
export type TieCode =
  | 'same-words'
  | 'same-day'
  | 'date-within'
  | 'same-place'
  | 'same-figure'
  | 'same-issue'
  | 'same-person'
  | 'same-document'
  | 'published-together';

/** One thing that ties two claims; `text` says it in the middle of a sentence. */
export interface Tie {
  readonly code: TieCode;
  readonly weight: number;
  readonly text: string;
}

/**
 * What ties two compatible claims to one event; `undefined` when it is not enough, or they are not compatible.
 *
 * Enough is:
 * - a sentence in common, word for word: a reprint;
 * - a day in common: enough for what happens once a day between two parties (talks, a treaty, sanctions); spoken acts
 *   need a person, issue or figure with it, attacks and arrests a place or figure, for there are many a day;
 * - a city or venue in common: enough for what parties do together, when the days can agree;
 * - a month or week that holds the other's day: with a person, issue, place or figure, or in one document;
 * - a figure: with an issue, a date or reports of the same days;
 * - one document: an undated claim is about the act that the document opens with, if that is told as equally real;
 * - an issue, when both are undated and the reports are of the same days.
 *
 * A claim that names only some of the parties ("Berg came to Geneva") needs a day with a person, place, issue or figure,
 * or a place with a month, or to be an undated one about the act that its document opens with.
 */
export function tie(a: Telling, b: Telling): readonly Tie[] | undefined {
  if (!compatible(a, b)) return undefined;
  const ties = tiesOf(a, b);
  return qualifies(a, b, ties) ? ties : undefined;
}

function qualifies(a: Telling, b: Telling, ties: readonly Tie[]): boolean {
  const has = (code: TieCode) => ties.some((tie) => tie.code === code);
  const named = has('same-person') || has('same-issue') || has('same-figure') || has('same-place');
  if (has('same-words')) return true;
  const loose = realityOf(a) === 'imagined' || realityOf(b) === 'imagined';
  if (loose && realityOf(a) !== realityOf(b) && !has('same-day') && !has('same-place')) return false;
  if (partiesShared(a, b) === 'some') {
    if (has('same-day')) return named || has('same-document');
    return (
      (has('same-place') && has('date-within') && isJoint(a.type)) || (has('same-document') && !has('date-within'))
    );
  }
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

/** True when both can be true of one event, or differ only as reports of one event do. Symmetric. */
export function compatible(a: Telling, b: Telling): boolean {
  if (a.type !== b.type) return false;
  const { possible: first, month: monthA } = factsOf(a);
  const { possible: second, month: monthB } = factsOf(b);
  if (!overlap(first, second) || toldFarApart(a, b) || partiesShared(a, b) === 'none') return false;
  if (!monthAgrees(monthA, second) || !monthAgrees(monthB, first)) return false;
  if (monthA !== undefined && monthB !== undefined && monthA !== monthB) return false;
  if (!mediaAgree(a, b) || isArrival(a) !== isArrival(b)) return false;
  if (a.type !== 'CONSULT' && a.mode.length > 0 && b.mode.length > 0 && !a.mode.some((mode) => b.mode.includes(mode))) {
    return false;
  }
  if (a.where !== null && b.where !== null && placesDiffer(a.where, b.where)) {
    if (a.type === 'ASSAULT' || a.type === 'COERCE' || a.type === 'PROTEST' || !sameDay(a, b)) return false;
  }
  return !isPersonal(a.type) || personsAgree(a, b);
}

/** Someone came somewhere, and whom they met is not told: no part of any talks, which have parties of their own. */
function isArrival({ type, mode, parties }: Telling): boolean {
  return type === 'CONSULT' && mode.includes('visit') && parties.actors.length + parties.recipients.length < 2;
}

/**
 * Words under which a claim can be found by those it may be tied to: of two claims that {@link tie}, each asks for a
 * word that the other is stored under. It is the index that keeps adding a document from meeting all others.
 */
export function tieKeys(telling: Telling): { readonly stored: readonly string[]; readonly asked: readonly string[] } {
  const stored: string[] = [];
  const asked: string[] = [];
  const both = (key: string) => {
    stored.push(key);
    asked.push(key);
  };
  both(`${telling.type}|document|${telling.document}`);
  const { told, vagueness: vague, month, published, words } = factsOf(telling);
  both(`${telling.type}|words|${hashOf(words)}`);
  const dated = vague <= 2;
  const things = [
    ...(telling.where !== null && isJoint(telling.type) ? [`place ${fold(telling.where.name)}`] : []),
    ...(telling.where?.geonames != null && isJoint(telling.type) ? [`place ${telling.where.geonames}`] : []),
    ...telling.figures.map((figure) => `figure ${figure.value} ${figure.unit}`),
  ];
  for (const party of [...telling.parties.actors, ...telling.parties.recipients]) {
    const base = `${telling.type}|${party}|`;
    if (dated) {
      for (const name of new Set([told.from.slice(0, 7), told.to.slice(0, 7)])) {
        both(`${base}in ${name}`);
        // Found by claims of a month without its year, and finds them.
        stored.push(`${base}in some ${name.slice(5)}`);
        asked.push(`${base}in unknown ${name.slice(5)}`);
      }
    } else if (month !== undefined) {
      const name = String(month).padStart(2, '0');
      both(`${base}in unknown ${name}`);
      asked.push(`${base}in some ${name}`);
    }
    for (const thing of things) {
      // Two dated claims find each other by their month: only the undated must look through all days.
      stored.push(`${base}${thing} ${dated ? 'dated' : 'undated'}`);
      asked.push(`${base}${thing} undated`);
      if (!dated) asked.push(`${base}${thing} dated`);
    }
    if (vague === 5 && published !== undefined) {
      for (const issue of telling.issues) {
        // Each stretch of four days is kept with the next: reports three days apart share one.
        for (let part = Math.floor(published[0] / 4); part <= Math.floor(published[1] / 4) + 1; part += 1) {
          both(`${base}about ${issue} ${part}`);
        }
      }
    }
  }
  return { stored: [...new Set(stored)], asked: [...new Set(asked)] };
}

/** How vague the told date is: 0 a day or two, 1 a week, 2 a month, 3 a season, 4 a year or more, 5 unknown. */
export function vagueness(telling: Telling): number {
  return factsOf(telling).vagueness;
}

/** The first day that the event can lie on, by what is told and by the document's date. */
export function firstPossibleDay(telling: Telling): string {
  return factsOf(telling).possible.from;
}

function tiesOf(a: Telling, b: Telling): readonly Tie[] {
  const ties: Tie[] = [];
  if (a.document !== b.document && a.status === b.status && factsOf(a).words === factsOf(b).words) {
    ties.push({ code: 'same-words', weight: 5, text: 'both say it in the same words' });
  }
  if (sameDay(a, b)) {
    ties.push({ code: 'same-day', weight: 4, text: `both say ${whenWords(a.when)}` });
  } else if (dateWithin(a, b)) {
    const [coarse, fine] = vagueness(a) > vagueness(b) ? [a, b] : [b, a];
    ties.push({ code: 'date-within', weight: 1.5, text: `${whenWords(fine.when)} lies in ${whenWords(coarse.when)}` });
  }
  if (a.where !== null && b.where !== null && samePlace(a.where, b.where)) {
    ties.push({ code: 'same-place', weight: 3, text: `both say ${placeWords(a.where)}` });
  }
  const figure = sharedFigure(a, b);
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
    const opens = (lead: Telling, silent: Telling) =>
      isSilent(silent) && (lead.lead === 'main' || (lead.lead === 'own' && partiesShared(a, b) === 'all'));
    const byLead = opens(a, b) || opens(b, a);
    const equallyReal = realityOf(a) === realityOf(b) && realityOf(a) !== 'imagined';
    const dated = sameDay(a, b) || dateWithin(a, b);
    if (dated || (byLead && equallyReal)) {
      ties.push({ code: 'same-document', weight: 2, text: 'one document tells both as one story' });
    }
  } else if (publishedTogether(a, b)) {
    ties.push({ code: 'published-together', weight: 0.5, text: 'the reports are of the same days' });
  }
  return ties;
}

/** What the pairwise questions ask of a claim again and again, worked out once. */
interface Facts {
  readonly told: Period;
  readonly possible: Period;
  /** How vague the told date is: 0 a day or two, 1 a week, 2 a month, 3 a season, 4 a year or more, 5 unknown. */
  readonly vagueness: number;
  readonly month: number | undefined;
  readonly persons: Telling['actors'];
  /** The sentence with the trigger's place in it. */
  readonly words: string;
  /** Both sides in one text: equal when the parties are. */
  readonly sides: string;
  /** First and last day of publication, as days since 1970. */
  readonly published: readonly [number, number] | undefined;
}

const known = new WeakMap<Telling, Facts>();

function factsOf(telling: Telling): Facts {
  const before = known.get(telling);
  if (before !== undefined) return before;
  const told = toldPeriod(telling.when);
  const days = daysIn(told);
  const { published } = telling;
  const facts: Facts = {
    told,
    possible: possiblePeriod(telling),
    vagueness:
      days === Number.POSITIVE_INFINITY ? 5 : days <= 2 ? 0 : days <= 9 ? 1 : days <= 31 ? 2 : days <= 100 ? 3 : 4,
    month: monthWithoutYear(telling.when),
    persons: [...telling.actors, ...telling.recipients].filter((actor) => actor.kind === 'person'),
    words: `${telling.evidence.trigger.from - telling.evidence.sentence.from} ${fold(telling.sentence)}`,
    sides: `${telling.parties.actors.join(' ')}>${telling.parties.recipients.join(' ')}`,
    published: published === null ? undefined : [dayNumber(published.from), dayNumber(published.to)],
  };
  known.set(telling, facts);
  return facts;
}

/**
 * How far two claims are between the same parties: `all` when they are, `some` when one names fewer of them, `none`
 * when each names a party that the other does not, or nobody is named by both in two documents.
 */
function partiesShared(a: Telling, b: Telling): 'all' | 'some' | 'none' {
  const { sides } = factsOf(a);
  if (sides !== '>' && sides === factsOf(b).sides) return 'all';
  const [one, two] = [a.parties, b.parties];
  const actors = shared(one.actors, two.actors);
  const recipients = shared(one.recipients, two.recipients);
  if (actors === 'none' || recipients === 'none') return 'none';
  const common =
    one.actors.some((party) => two.actors.includes(party)) ||
    one.recipients.some((party) => two.recipients.includes(party));
  if (!common && a.document !== b.document) return 'none';
  return 'some';
}

function shared(a: readonly Party[], b: readonly Party[]): 'all' | 'some' | 'none' {
  const [less, more] = a.length <= b.length ? [a, b] : [b, a];
  if (!less.every((party) => more.includes(party))) return 'none';
  return less.length === more.length ? 'all' : 'some';
}

function isUndated(telling: Telling): boolean {
  return vagueness(telling) === 5;
}

function sameDay(a: Telling, b: Telling): boolean {
  const [one, two] = [factsOf(a), factsOf(b)];
  return one.vagueness === 0 && two.vagueness === 0 && overlap(one.told, two.told);
}

/**
 * True for undated claims of reports that are weeks apart, unless they share a place or figure: what a report tells
 * without a date is of its own days, and each week has its accusation.
 */
function toldFarApart(a: Telling, b: Telling): boolean {
  if (!isSilent(a) || !isSilent(b)) return false;
  const one = factsOf(a).published;
  const two = factsOf(b).published;
  if (one === undefined || two === undefined || (one[0] - two[1] <= 10 && two[0] - one[1] <= 10)) return false;
  return sharedFigure(a, b) === undefined && (a.where === null || b.where === null || !samePlace(a.where, b.where));
}

function sharedFigure(a: Telling, b: Telling): Telling['figures'][number] | undefined {
  return a.figures.find((one) => b.figures.some((two) => one.value === two.value && one.unit === two.unit));
}

/** True when the documents can be three days apart or less. */
function publishedTogether(a: Telling, b: Telling): boolean {
  const one = factsOf(a).published;
  const two = factsOf(b).published;
  return one !== undefined && two !== undefined && one[0] - two[1] <= 3 && two[0] - one[1] <= 3;
}

/** True when one date lies within a week or month that the other tells. */
function dateWithin(a: Telling, b: Telling): boolean {
  const [one, two] = [factsOf(a), factsOf(b)];
  if (one.month !== undefined && two.vagueness <= 2) return touchesMonth(two.told, one.month);
  if (two.month !== undefined && one.vagueness <= 2) return touchesMonth(one.told, two.month);
  return one.vagueness <= 2 && two.vagueness <= 2 && overlap(one.told, two.told);
}

function monthAgrees(month: number | undefined, period: Period): boolean {
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
  return factsOf(telling).persons;
}

/** True unless both name persons for one party and none of them is the same. */
function personsAgree(a: Telling, b: Telling): boolean {
  const ours = personsOf(a);
  const theirs = personsOf(b);
  if (ours.length === 0 || theirs.length === 0) return true;
  return [...new Set(ours.map((actor) => actor.party))].every((party) => {
    const one = ours.filter((actor) => actor.party === party);
    const two = theirs.filter((actor) => actor.party === party);
    return two.length === 0 || one.some((actor) => two.some((other) => sameActor(actor, other)));
  });
}
