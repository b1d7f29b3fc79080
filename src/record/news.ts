import { isJoint } from '../events/ontology.ts';
import { isCrowded, isOnceInDays, isSpoken, isTwoSided, measuresOf } from './acts.ts';
import { factsOf, spanOf, wordingFor } from './facts.ts';
import { fold, lastNameOf, sameActor } from './party.ts';
import { dayNumber } from './period.ts';
import { isSilent, realityOf, type Telling } from './telling.ts';
import { isTown, isTownShared, sharedFigure } from './things.ts';
import { likenessOfWording } from './wording.ts';

// What ties claims by the days of their reports: like words, one victim, news of a day that the other tells.

/** Reports that are no more days apart than this are of the same days. */
export const TOGETHER = 3;
/** How far a report looks back, in days, on what it tells without a day. */
const LOOKING_BACK = 31;
/** Days in which reports are kept together, to be found by others of the same days. */
const STRETCH = 4;

/**
 * How alike the words are in which two reports of the same days tell it; 0 when it says nothing. Among states it says
 * nothing: every communiqué of a ministry is worded like the last.
 */
export function likenessOf(a: Telling, b: Telling): number {
  if (!isWorded(a) || !isWorded(b) || !areOfSameDays(a, b)) return 0;
  const isOtherAmount = a.figures.some((one) => b.figures.some((two) => one.unit === two.unit));
  if (isOtherAmount && sharedFigure(a, b) === undefined) return 0;
  return likenessOfWording(wordingFor(a), wordingFor(b));
}

/** True for two documents of the same days, or two without a date: what is undated in them can be of one day. */
function areOfSameDays(a: Telling, b: Telling): boolean {
  if (a.document === b.document) return false;
  const one = factsOf(a).published;
  const two = factsOf(b).published;
  if (one === undefined || two === undefined) return one === two;
  return isNearlyDated(one) && isNearlyDated(two) && publishedTogether(a, b);
}

/** True when the documents can be three days apart or less. */
export function publishedTogether(a: Telling, b: Telling): boolean {
  const one = factsOf(a).published;
  const two = factsOf(b).published;
  return one !== undefined && two !== undefined && one[0] - two[1] <= TOGETHER && two[0] - one[1] <= TOGETHER;
}

/** The person, named in both, to whom reports of the same days say that it was done: nobody is killed or jailed twice. */
export function sharedVictim(a: Telling, b: Telling): string | undefined {
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

/**
 * How many days before the report of `news`, which tells it without a day of its own, the days end that `dated` tells;
 * 0 when the report lies in them. `undefined` when they end later or more than a month before, or are vaguer than a month.
 */
export function lateness(news: Telling, dated: Telling): number | undefined {
  if (!isNews(news) || factsOf(dated).vagueness > 2) return undefined;
  const day = factsOf(news).published![0];
  const [first, last] = spanOf(factsOf(dated).told);
  if (first > day || day - last > LOOKING_BACK) return undefined;
  return Math.max(day - last, 0);
}

/** True when both tell one town or figure, or, of acts that two sides whom both name do once in a few days, one issue. */
export function isThingShared(a: Telling, b: Telling): boolean {
  if (isSpoken(a.type)) return false;
  if (isTownShared(a, b) || sharedFigure(a, b) !== undefined) return true;
  if (!isOnceInDays(a.type) || !isTwoSided(a) || !isTwoSided(b)) return false;
  return a.issues.some((issue) => b.issues.includes(issue));
}

/** Words for all that {@link isThingShared} can find in two claims. */
function thingsOf(telling: Telling): readonly string[] {
  const { type, where, figures, issues } = telling;
  if (isSpoken(type)) return [];
  const isAboutIssue = isOnceInDays(type) && isTwoSided(telling);
  const town = where !== null && isTown(where) ? where : null;
  return [
    ...(town === null ? [] : [`place ${fold(town.name)}`]),
    ...(town === null || town.geonames === null ? [] : [`place ${town.geonames}`]),
    ...figures.map(({ value, unit }) => `figure ${value} ${unit}`),
    ...(isAboutIssue ? issues : []).map((issue) => `issue ${issue}`),
    ...measuresOf(telling).map((measure) => `measure ${measure}`),
  ];
}

/**
 * What claims that are tied by the days of their reports can be found by: names in the sentence (like words), persons to
 * whom it was done and the parties, in stretches of four days; a party with a town, figure or issue, by months.
 */
export function nameKeys(telling: Telling): { readonly stored: readonly string[]; readonly asked: readonly string[] } {
  const { published } = factsOf(telling);
  const names = [
    ...(isWorded(telling) ? wordingFor(telling).names : []).map((name) => `name ${name}`),
    ...victimsOf(telling).map(({ party }) => `victim ${party}`),
  ];
  const under = (reach: number): readonly string[] => {
    if (published === undefined) return names.map((name) => `${telling.type}|${name}|undated`);
    if (!isNearlyDated(published)) return [];
    const parts = stretches(published[0] - reach, published[1] + reach);
    return names.flatMap((name) => parts.map((part) => `${telling.type}|${name}|${part}`));
  };
  const { sides, persons } = factsOf(telling);
  const on = newsDayOf(telling);
  const whose = [sides, ...persons.map(({ name }) => `who ${lastNameOf(name)}`)];
  const news = (reach: number): readonly string[] => {
    const parts = on === undefined ? [] : stretches(on - reach, on + reach);
    return parts.flatMap((part) => whose.map((who) => `${telling.type}|${who}|news ${part}`));
  };
  // A thing in common is looked for by months, as one of the two may be dated to its month.
  const bases = [...new Set([...telling.parties.actors, ...telling.parties.recipients])].flatMap((party) =>
    thingsOf(telling).map((thing) => `${telling.type}|${party}|${thing}`),
  );
  const recent = (days: readonly [number, number] | undefined): readonly string[] =>
    days === undefined ? [] : bases.flatMap((base) => monthsOf(days).map((month) => `${base}|recent ${month}`));
  const days = recentDaysOf(telling);
  const [back, ahead] = isNews(telling) ? [LOOKING_BACK, 0] : [0, LOOKING_BACK];
  return {
    stored: [...under(0), ...news(0), ...recent(days)],
    asked: [
      ...under(TOGETHER),
      ...news(TOGETHER + 1),
      ...recent(days === undefined ? undefined : [days[0] - back, days[1] + ahead]),
    ],
  };
}

/** The days of a claim that is dated to a month or finer, or that of the report which tells it as news. */
function recentDaysOf(telling: Telling): readonly [number, number] | undefined {
  const { told, vagueness: vague, published } = factsOf(telling);
  return vague <= 2 ? spanOf(told) : isNews(telling) ? published : undefined;
}

/** The months from one day to another, days since 1970, each by its number since year 0. */
function monthsOf([from, to]: readonly [number, number]): readonly number[] {
  const first = monthOf(from);
  return Array.from({ length: monthOf(to) - first + 1 }, (_, index) => first + index);
}

function monthOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
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
