import type { Telling, ToldWhen } from './telling.ts';

/** Days from `from` to `to`, both in, as `YYYY-MM-DD`; an open end is {@link EVER}'s. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** All days: what is known when nothing is told. */
export const EVER: Period = { from: '0000-01-01', to: '9999-12-31' };

const DAY_MS = 86_400_000;

/** True when the two periods share a day. */
export function overlap(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** Number of days in the period, or Infinity with an open end. */
export function daysIn(period: Period): number {
  if (period.from === EVER.from || period.to === EVER.to) return Number.POSITIVE_INFINITY;
  return (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS + 1;
}

/**
 * The last day of a period, or its first where it has no end: what was published "from 16 June on" is no later word than
 * what was published in July.
 */
export function lastKnownDay(period: Period): string {
  return period.to === EVER.to ? period.from : period.to;
}

/** Days from 1 January 1970 to a day. */
export function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS;
}

/** The days told, open where nothing is told. */
export function toldPeriod(when: ToldWhen): Period {
  return { from: when.earliest ?? EVER.from, to: when.latest ?? EVER.to };
}

/**
 * The days an event can lie in, from what is told and from the document's date: what has happened did so by the day of
 * publication, and what is planned or expected lies ahead of it. The document's date never overrules a told one: a
 * report may look back on an old plan.
 */
export function possiblePeriod(telling: Pick<Telling, 'when' | 'published' | 'status'>): Period {
  const told = toldPeriod(telling.when);
  if (telling.published === null) return told;
  const past = telling.status === 'happened' || telling.status === 'ongoing' || telling.status === 'failed';
  const ahead = telling.status === 'planned' || telling.status === 'expected';
  const narrowed = {
    from: ahead && told.from < telling.published.from ? telling.published.from : told.from,
    to: past && telling.published.to < told.to ? telling.published.to : told.to,
  };
  return narrowed.from <= narrowed.to ? narrowed : told;
}

/** The month of a date whose year is unknown (`XXXX-06` gives 6), else `undefined`. */
export function monthWithoutYear(when: ToldWhen): number | undefined {
  const match = /^XXXX-(\d{2})/.exec(when.value ?? '');
  return when.earliest === null && match !== null ? Number(match[1]) : undefined;
}

/** True when the period has a day in the month (1 to 12) of some year. */
export function touchesMonth(period: Period, month: number): boolean {
  if (daysIn(period) > 360) return true;
  const first = Number(period.from.slice(0, 4)) * 12 + Number(period.from.slice(5, 7)) - 1;
  const last = Number(period.to.slice(0, 4)) * 12 + Number(period.to.slice(5, 7)) - 1;
  for (let index = first; index <= last; index += 1) if ((index % 12) + 1 === month) return true;
  return false;
}
