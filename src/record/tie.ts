import { type EventType, isJoint } from '../events/ontology.ts';
import { fold, isState, type Party, sameActor } from './party.ts';
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
import { isSilent, realityOf, type Telling, type ToldPlace } from './telling.ts';
import { likenessOfWording, type Wording, wordingOf } from './wording.ts';
import { placeWords, whenWords } from './words.ts';

/** What can tie two claims to one event. */
export type TieCode =
  | 'same-words'
  | 'like-words'
  | 'same-victim'
  | 'same-day'
  | 'date-within'
  | 'same-place'
  | 'same-figure'
  | 'same-issue'
  | 'same-person'
  | 'same-document'
  | 'days-after'
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
 * - an issue, when both are undated and the reports are of the same days;
 * - sentences in like words, when the reports are of the same days or both without a date: what was done to or by others
 *   than states, for a ministry words each communiqué like the last;
 * - the person, by name, who was attacked or arrested, when the reports are of the same days: that happens once;
 * - a report of the days after, which tells it without a day: enough for what two sides do once in a few days, else with
 *   a person, issue, place or figure.
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
  if (has('like-words') || has('same-victim')) return true;
  const shared = partiesShared(a, b);
  if (shared === 'perhaps') return false;
  const loose = realityOf(a) === 'imagined' || realityOf(b) === 'imagined';
  if (loose && realityOf(a) !== realityOf(b) && !has('same-day') && !has('same-place')) return false;
  if (shared === 'some') {
    if (has('same-day')) return named || has('same-document');
    return (
      (has('same-place') && has('date-within') && isJoint(a.type)) || (has('same-document') && !has('date-within'))
    );
  }
  if (has('same-day')) {
    if (isSpoken(a.type)) return has('same-person') || has('same-issue') || has('same-figure') || has('same-document');
    if (isCrowded(a.type)) return has('same-place') || has('same-figure') || has('same-document');
    return true;
  }
  if (has('same-place') && (isJoint(a.type) || has('date-within'))) return true;
  if (has('date-within') && (named || has('same-document'))) return true;
  if (has('same-figure') && (has('same-issue') || has('published-together'))) return true;
  if (has('same-document')) return true;
  if (has('days-after') && isTwoSided(a)) return named || isOnceInDays(a.type);
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
  const likeness = likenessOf(a, b);
  if (likeness > 0) ties.push({ code: 'like-words', weight: 2 + likeness, text: 'both tell it in like words' });
  const victim = sharedVictim(a, b);
  if (victim !== undefined) ties.push({ code: 'same-victim', weight: 2.5, text: `both say it was done to ${victim}` });
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
  } else {
    if (daysAfter(a, b) || daysAfter(b, a)) {
      const [dated, news] = daysAfter(a, b) ? [b, a] : [a, b];
      const day = whenWords({ earliest: news.published!.from, latest: news.published!.to });
      ties.push({
        code: 'days-after',
        weight: 1,
        text: `a report of ${day} tells it as news of ${whenWords(dated.when)}`,
      });
    }
    if (publishedTogether(a, b)) {
      ties.push({ code: 'published-together', weight: 0.5, text: 'the reports are of the same days' });
    }
  }
  return ties;
}

/** What the pairwise questions ask of a claim again and again, worked out once. */
export interface Facts {
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
  /** First and last day of publication, as days since 1970; undefined where it is not known to a month. */
  readonly published: readonly [number, number] | undefined;
  /** The same, however vaguely known. */
  readonly span: readonly [number, number] | undefined;
  /** Parties that are told by a description alone ("two officers"): another report may describe or name them otherwise. */
  readonly described: ReadonlySet<Party>;
  /** How the sentence is worded, where claims can be tied by that. */
  readonly wording: Wording;
}

/** Reports that are no more days apart are of the same days. */
const TOGETHER = 3;
/** Days in which reports are kept together, to be found by others of the same days. */
const STRETCH = 4;

const known = new WeakMap<Telling, Facts>();

/** What is worked out of a claim once. */
export function factsOf(telling: Telling): Facts {
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
    published: published === null || daysIn(published) > 31 ? undefined : spanOf(published),
    span: published === null ? undefined : spanOf(published),
    described: describedOf(telling),
    wording: wordingOf(telling.sentence),
  };
  known.set(telling, facts);
  return facts;
}

/**
 * How far two claims are between the same parties: `all` when they are, `some` when one names fewer of them, `none`
 * when each names a party that the other does not, or nobody is named by both in two documents.
 */
function partiesShared(a: Telling, b: Telling): 'all' | 'some' | 'perhaps' | 'none' {
  const { sides, described } = factsOf(a);
  const facts = factsOf(b);
  if (sides !== '>' && sides === facts.sides) return 'all';
  const [one, two] = [a.parties, b.parties];
  const actors = shared(one.actors, two.actors, described, facts.described);
  const recipients = shared(one.recipients, two.recipients, described, facts.described);
  if (actors === 'none' || recipients === 'none') return 'none';
  if (actors === 'perhaps' || recipients === 'perhaps') return 'perhaps';
  const common =
    one.actors.some((party) => two.actors.includes(party)) ||
    one.recipients.some((party) => two.recipients.includes(party));
  if (!common && a.document !== b.document) return 'perhaps';
  return 'some';
}

function shared(
  a: readonly Party[],
  b: readonly Party[],
  describedA: ReadonlySet<Party>,
  describedB: ReadonlySet<Party>,
): 'all' | 'some' | 'perhaps' | 'none' {
  const onlyA = a.filter((party) => !b.includes(party));
  const onlyB = b.filter((party) => !a.includes(party));
  if (onlyA.length === 0 || onlyB.length === 0) return onlyA.length === onlyB.length ? 'all' : 'some';
  const named = onlyA.some((party) => !describedA.has(party)) && onlyB.some((party) => !describedB.has(party));
  return named ? 'none' : 'perhaps';
}

function describedOf({ actors, recipients }: Telling): ReadonlySet<Party> {
  const described = new Set<Party>();
  const named = new Set<Party>();
  for (const actor of [...actors, ...recipients]) (isDescription(actor) ? described : named).add(actor.party);
  for (const party of named) described.delete(party);
  return described;
}

/** True for "two officers" and "a former employee"; a minister stands for the state all the same. */
function isDescription({ name, party, kind, office, wikidata }: Telling['actors'][number]): boolean {
  if (wikidata !== null || office !== null || (isState(party) && kind !== 'person')) return false;
  return /^(?:an?|some|any|one|two|three|\d+)\s/i.test(name) || !/\p{Lu}\S*$/u.test(name);
}

/**
 * How alike the words are in which two reports of the same days tell it; 0 when it says nothing. Among states it says nothing: every communiqué of a
 * ministry is worded like the last.
 */
function likenessOf(a: Telling, b: Telling): number {
  if (!isWorded(a) || !isWorded(b) || !areOfSameDays(a, b)) return 0;
  const isOtherAmount = a.figures.some((one) => b.figures.some((two) => one.unit === two.unit));
  if (isOtherAmount && sharedFigure(a, b) === undefined) return 0;
  return likenessOfWording(factsOf(a).wording, factsOf(b).wording);
}

/** True for two documents of the same days, or two without a date: what is undated in them can be of one day. */
function areOfSameDays(a: Telling, b: Telling): boolean {
  if (a.document === b.document) return false;
  const one = factsOf(a).published;
  const two = factsOf(b).published;
  if (one === undefined || two === undefined) return one === two;
  return isNearlyDated(one) && isNearlyDated(two) && publishedTogether(a, b);
}

/** The person, named in both, to whom reports of the same days say that it was done: nobody is killed or jailed twice. */
function sharedVictim(a: Telling, b: Telling): string | undefined {
  if (!isCrowded(a.type) || !areOfSameDays(a, b)) return undefined;
  return victimsOf(a).find((one) => victimsOf(b).some((two) => sameActor(one, two)))?.name;
}

/** Persons called by name in the sentence: "the deputy" of one report is not that of the next. */
function victimsOf({ type, recipients, sentence }: Telling): Telling['recipients'] {
  if (!isCrowded(type)) return [];
  return recipients.filter(
    ({ kind, name }) =>
      kind === 'person' && sentence.includes(` ${name.split(' ').at(-1)}`) && /\p{Lu}\S*$/u.test(name),
  );
}

/** True for what has happened and is told without a word of when: it is of the days before the report. */
function isNews(telling: Telling): boolean {
  const { published } = factsOf(telling);
  if (published === undefined || published[0] !== published[1]) return false;
  return isSilent(telling) && realityOf(telling) === 'real';
}

/** True when `news` tells, without a day of its own, what `dated` says to be of the days before that report. */
function daysAfter(news: Telling, dated: Telling): boolean {
  if (!isNews(news) || vagueness(dated) !== 0) return false;
  const day = factsOf(news).published![0];
  const [first, last] = spanOf(factsOf(dated).told);
  return first <= day && day - last <= TOGETHER;
}

/** True for acts that two sides do once in a few days: words and blows come daily. */
function isOnceInDays(type: EventType): boolean {
  return !isSpoken(type) && !isCrowded(type);
}

function isTwoSided({ type, parties }: Telling): boolean {
  return isJoint(type) ? parties.actors.length > 1 : parties.actors.length > 0 && parties.recipients.length > 0;
}

/**
 * What {@link tie} can find claims by that share no day, place or thing: names in the sentence (like words) and persons to
 * whom it was done, in stretches of four days.
 */
export function nameKeys(telling: Telling): { readonly stored: readonly string[]; readonly asked: readonly string[] } {
  const { published, wording } = factsOf(telling);
  const names = [
    ...(isWorded(telling) ? wording.names : []).map((name) => `name ${name}`),
    ...victimsOf(telling).map(({ party }) => `victim ${party}`),
  ];
  const under = (reach: number): readonly string[] => {
    if (published === undefined) return names.map((name) => `${telling.type}|${name}|undated`);
    if (!isNearlyDated(published)) return [];
    const parts = stretches(published[0] - reach, published[1] + reach);
    return names.flatMap((name) => parts.map((part) => `${telling.type}|${name}|${part}`));
  };
  const on = newsDayOf(telling);
  const news = (reach: number): readonly string[] =>
    on === undefined
      ? []
      : stretches(on - reach, on + reach).map((part) => `${telling.type}|${factsOf(telling).sides}|news ${part}`);
  return { stored: [...under(0), ...news(0)], asked: [...under(TOGETHER), ...news(TOGETHER + 1)] };
}

function spanOf({ from, to }: Period): readonly [number, number] {
  return [dayNumber(from), dayNumber(to)];
}

/** The stretches of days from one day to another, by number. */
function stretches(from: number, to: number): readonly number[] {
  const first = Math.floor(from / STRETCH);
  return Array.from({ length: Math.floor(to / STRETCH) - first + 1 }, (_, index) => first + index);
}

/** The day a claim is of, or, without one, that of the report. */
function newsDayOf(telling: Telling): number | undefined {
  const { told, published, vagueness: vague } = factsOf(telling);
  return vague === 0 ? dayNumber(told.from) : isNews(telling) ? published![0] : undefined;
}

/** True when a document's date is known to ten days. */
function isNearlyDated([first, last]: readonly [number, number]): boolean {
  return last - first < 10;
}

function isWorded({ type, parties }: Telling): boolean {
  return (
    !(isJoint(type) || isSpoken(type)) ||
    [...parties.actors, ...parties.recipients].some((party) => party.startsWith('~'))
  );
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
  const one = factsOf(a).span;
  const two = factsOf(b).span;
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
  return one !== undefined && two !== undefined && one[0] - two[1] <= TOGETHER && two[0] - one[1] <= TOGETHER;
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

/** True for acts of force: there can be several a day between two sides. */
export function isCrowded(type: EventType): boolean {
  return type === 'ASSAULT' || type === 'COERCE';
}

/** True for acts of words: there are many a day between two states. */
export function isSpoken(type: EventType): boolean {
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
