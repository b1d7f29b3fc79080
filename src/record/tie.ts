import { type EventType, isJoint } from '../events/ontology.ts';
import { isCrowded, isOnceInDays, isSpoken, isTwoSided, measuresOf } from './acts.ts';
import { factsOf } from './facts.ts';
import { isThingShared, lateness, likenessOf, publishedTogether, sharedVictim, TOGETHER } from './news.ts';
import { sameActor } from './party.ts';
import { overlap, type Period, touchesMonth } from './period.ts';
import { type SidesShared, samePerson, sharedSides } from './sides.ts';
import { isSilent, realityOf, type Telling } from './telling.ts';
import { isTownShared, placesDiffer, samePlace, sharedFigure } from './things.ts';
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
  | 'headline'
  | 'same-document'
  | 'days-after'
  | 'weeks-after'
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
 * - a headline and the sentence below it;
 * - a day in common: enough for what happens once a day between two parties (talks, a treaty, sanctions); spoken acts
 *   need a person, issue or figure with it, attacks and arrests a place or figure, for there are many a day;
 * - a city or venue in common: enough for what parties do together, when the days can agree and are within {@link REACH};
 * - a month or week that holds the other's day: with a person, issue, place or figure, or in one document; alone for what
 *   two sides do once in a few days, or a measure (a recall, an expulsion, a release): the one time that is known of, for a
 *   claim that fits two events equally joins neither;
 * - a figure: with an issue within {@link REACH}, a date or reports of the same days;
 * - one document: an undated claim is about the act that the document opens with, if that is told as equally real;
 * - an issue, when both are undated and the reports are of the same days;
 * - sentences in like words, when the reports are of the same days or both without a date: what was done to or by others
 *   than states, for a ministry words each communiqué like the last;
 * - the person, by name, who was attacked or arrested, when the reports are of the same days: that happens once;
 * - a report of the days after, which tells it without a day: enough for what two sides do once in a few days, else with
 *   a person, issue, town or figure; one of the month after needs a town.
 *
 * A claim that names only some of the parties ("Berg came to Geneva") needs a day with a person, place, issue or figure,
 * or a town or figure with a report of the days after, or a place with a month, or to be an undated one about the act
 * that its document opens with. Where one report names a person whose state only the other tells, or describes a party
 * that the other names, a day with a person, place, issue or figure is needed, in two documents.
 */
export function tie(a: Telling, b: Telling): readonly Tie[] | undefined {
  if (!compatible(a, b)) return undefined;
  const ties = tiesOf(a, b);
  return qualifies(a, b, ties) ? ties : undefined;
}

function qualifies(a: Telling, b: Telling, ties: readonly Tie[]): boolean {
  const has = (code: TieCode) => ties.some((tie) => tie.code === code);
  if (has('same-words')) return true;
  const loose = realityOf(a) === 'imagined' || realityOf(b) === 'imagined';
  if (loose && realityOf(a) !== realityOf(b) && !has('same-day') && (!has('same-place') || isTrip(a) !== isTrip(b))) {
    return false;
  }
  if (has('like-words') || has('same-victim')) return true;
  if (has('headline')) return true;
  const shared = sidesShared(a, b);
  if (shared === 'all') return qualifiesBetweenAll(a, b, has);
  if (shared === 'some') return qualifiesBetweenSome(a, b, has);
  return shared === 'partly' && a.document !== b.document && qualifiesWithPerson(a, b, has);
}

function qualifiesBetweenAll(a: Telling, b: Telling, has: (code: TieCode) => boolean): boolean {
  if (has('same-day')) {
    if (isSpoken(a.type)) return has('same-person') || has('same-issue') || has('same-figure') || has('same-document');
    if (isCrowded(a.type)) return has('same-place') || has('same-figure') || has('same-document');
    return true;
  }
  if (has('same-place') && (has('date-within') || (isJoint(a.type) && areWithinReach(a, b)))) return true;
  if (has('date-within') && (isNamed(has) || has('same-document'))) return true;
  // Two sides hold talks or sign in a week or month that one report tells: the one time that is known of, or none of them.
  if (has('date-within') && isOnceInDays(a.type) && (isTwoSided(a) || isSameMeasure(a, b))) return true;
  if (has('same-figure') && (has('published-together') || (has('same-issue') && areWithinReach(a, b)))) return true;
  if (has('same-document')) return true;
  if (has('weeks-after') || (has('days-after') && isThingShared(a, b))) return true;
  if (has('days-after') && isFine(a, b) && (isTwoSided(a) || (isOnceInDays(a.type) && isSameMeasure(a, b)))) {
    return isNamed(has) || isOnceInDays(a.type);
  }
  return isUndated(a) && isUndated(b) && has('same-issue') && has('published-together') && a.document !== b.document;
}

function qualifiesBetweenSome(a: Telling, b: Telling, has: (code: TieCode) => boolean): boolean {
  if (isSameMeasure(a, b) && (has('same-day') || has('date-within') || has('days-after'))) return true;
  if (has('same-day')) return has('same-document') || isNamed(has);
  if (has('weeks-after') || (has('days-after') && isThingShared(a, b))) return true;
  if (qualifiesWithPerson(a, b, has) || (has('same-document') && !has('date-within'))) return true;
  return has('same-place') && has('date-within') && isJoint(a.type);
}

function qualifiesWithPerson(a: Telling, b: Telling, has: (code: TieCode) => boolean): boolean {
  if (has('same-day')) return isNamed(has);
  if (!has('days-after') || !has('same-person') || !isOnceInDays(a.type)) return false;
  return isTwoSided(a) && isTwoSided(b) && isFine(a, b);
}

/** True for one kind of measure, so that whom it is against need not be told by both. */
function isSameMeasure(a: Telling, b: Telling): boolean {
  const measures = measuresOf(b);
  return measuresOf(a).some((measure) => measures.includes(measure));
}

function isNamed(has: (code: TieCode) => boolean): boolean {
  return has('same-person') || has('same-issue') || has('same-figure') || has('same-place');
}

/** True when both can be true of one event, or differ only as reports of one event do. Symmetric. */
export function compatible(a: Telling, b: Telling): boolean {
  return clash(a, b) === 'none';
}

/**
 * Whether two claims can be of one event: `hard` when they cannot, by act, days or parties; `soft` when they tell another
 * medium, mode, place or person, which one of them may have been read wrongly. Symmetric.
 */
export function clash(a: Telling, b: Telling): 'none' | 'soft' | 'hard' {
  return differHard(a, b) ? 'hard' : differSoftly(a, b) ? 'soft' : 'none';
}

function differHard(a: Telling, b: Telling): boolean {
  if (a.type !== b.type) return true;
  const { possible: first, month: monthA } = factsOf(a);
  const { possible: second, month: monthB } = factsOf(b);
  if (!overlap(first, second) || toldFarApart(a, b) || sidesShared(a, b) === 'none') return true;
  if (!monthAgrees(monthA, second) || !monthAgrees(monthB, first)) return true;
  return monthA !== undefined && monthB !== undefined && monthA !== monthB;
}

function differSoftly(a: Telling, b: Telling): boolean {
  if (!mediaAgree(a, b) || isArrival(a) !== isArrival(b)) return true;
  if (a.type !== 'CONSULT' && a.mode.length > 0 && b.mode.length > 0 && !a.mode.some((mode) => b.mode.includes(mode))) {
    return true;
  }
  if (a.where !== null && b.where !== null && placesDiffer(a.where, b.where)) {
    if (a.type === 'ASSAULT' || a.type === 'COERCE' || a.type === 'PROTEST' || !sameDay(a, b)) return true;
  }
  return isPersonal(a.type) && !personsAgree(a, b);
}

/** True when `headline` is the document's first line and tells, without a day, what the sentence below it tells. */
function headsStory(headline: Telling, lead: Telling): boolean {
  const [above, below] = [headline.evidence.sentence, lead.evidence.sentence];
  if (above.from !== 0 || below.from <= above.to || below.from - above.to > 4) return false;
  return isSilent(headline) && lead.lead !== null && !/[.!?]["”’]?$/.test(headline.sentence);
}

/** True for a journey of one side to the other: a meeting that both hope for is something else. */
function isTrip({ type, mode }: Telling): boolean {
  return type === 'CONSULT' && mode.includes('visit');
}

/** Someone came somewhere, and whom they met is not told: no part of any talks, which have parties of their own. */
function isArrival({ type, mode, parties }: Telling): boolean {
  return type === 'CONSULT' && mode.includes('visit') && parties.actors.length + parties.recipients.length < 2;
}

/** How vague the told date is: 0 a day or two, 1 a week, 2 a month, 3 a season, 4 a year or more, 5 unknown. */
export function vagueness(telling: Telling): number {
  return factsOf(telling).vagueness;
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
  const person = personsOf(a).find((one) => personsOf(b).some((two) => samePerson(one, two)));
  if (person !== undefined) ties.push({ code: 'same-person', weight: 1, text: `both name ${person.name}` });
  if (a.document === b.document) {
    if (headsStory(a, b) || headsStory(b, a)) {
      ties.push({ code: 'headline', weight: 2, text: 'one is the headline above the other' });
    }
    const opens = (lead: Telling, silent: Telling) =>
      isSilent(silent) && (lead.lead === 'main' || (lead.lead === 'own' && sidesShared(a, b) === 'all'));
    const byLead = opens(a, b) || opens(b, a);
    const equallyReal = realityOf(a) === realityOf(b) && realityOf(a) !== 'imagined';
    const dated = sameDay(a, b) || dateWithin(a, b);
    if (dated || (byLead && equallyReal)) {
      ties.push({ code: 'same-document', weight: 2, text: 'one document tells both as one story' });
    }
  } else {
    const late = lateness(a, b) ?? lateness(b, a);
    if (late !== undefined) {
      const [dated, news] = lateness(a, b) !== undefined ? [b, a] : [a, b];
      const day = whenWords({ earliest: news.published!.from, latest: news.published!.to });
      if (late <= TOGETHER) {
        const text = `a report of ${day} tells it as news of ${whenWords(dated.when)}`;
        ties.push({ code: 'days-after', weight: vagueness(dated) === 0 ? 1 : 0.7, text });
      } else if (isTownShared(a, b)) {
        const text = `a report of ${day} looks back on ${whenWords(dated.when)}`;
        ties.push({ code: 'weeks-after', weight: 0.5, text });
      }
    }
    if (publishedTogether(a, b)) {
      ties.push({ code: 'published-together', weight: 0.5, text: 'the reports are of the same days' });
    }
  }
  return ties;
}

function sidesShared(a: Telling, b: Telling): SidesShared {
  return sharedSides(a, b, factsOf(a).between, factsOf(b).between);
}

/** How long after an act it is told of without a date, in days; of what is longer ago a report tells the year. */
export const REACH = 400;

/** True when the days that two claims are of, or their reports, are no further apart than {@link REACH}; or none are known. */
function areWithinReach(a: Telling, b: Telling): boolean {
  const one = factsOf(a).about;
  const two = factsOf(b).about;
  if (one === undefined || two === undefined) return one === two;
  return one[0] - two[1] <= REACH && two[0] - one[1] <= REACH;
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

function isFine(a: Telling, b: Telling): boolean {
  return vagueness(a) === 0 || vagueness(b) === 0;
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

/** True for acts that are some person's: two foreign ministers' talks are not their presidents'. */
function isPersonal(type: EventType): boolean {
  return type === 'CONSULT' || isSpoken(type);
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
