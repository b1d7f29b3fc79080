import type { DayCount } from '../../record/days.ts';
import { dayNumber } from '../../record/period.ts';
import { addressWith } from './addresses.ts';
import { type Html, html } from './html.ts';
import { countWords } from './lines.ts';

/** So much of all events is most of them. */
const MOST = 0.9;
/** How far before and after them others are shown: at least so many days, else so many times their own length. */
const NEAR_DAYS = 100;
const NEAR_LENGTHS = 2;

/**
 * The first and last of days in order, without those that would squeeze the rest into a corner (reports of this year, one of
 * which tells of 1790): nine of ten events lie in at least a fifth of what is between.
 */
export function mostlyBetween(days: readonly DayCount[]): readonly [first: string, last: string] | undefined {
  const [start, end] = shortestWithMost(days) ?? [];
  if (start === undefined || end === undefined) return undefined;
  const near = Math.max(NEAR_DAYS, NEAR_LENGTHS * (dayNumber(end) - dayNumber(start)));
  const first = days.find(([day]) => dayNumber(start) - dayNumber(day) <= near)!;
  const last = days.findLast(([day]) => dayNumber(day) - dayNumber(end) <= near)!;
  return [first[0], last[0]];
}

/** The shortest stretch that most events lie in, the latest of equals. */
function shortestWithMost(days: readonly DayCount[]): readonly [start: string, end: string] | undefined {
  const enough = MOST * days.reduce((sum, [, events]) => sum + events, 0);
  let shortest: { readonly start: string; readonly end: string; readonly length: number } | undefined;
  let events = 0;
  let from = 0;
  for (const [end, more] of days) {
    events += more;
    while (events - days[from]![1] >= enough) events -= days[from++]![1];
    const start = days[from]![0];
    const length = dayNumber(end) - dayNumber(start);
    if (events >= enough && length <= (shortest?.length ?? length)) shortest = { start, end, length };
  }
  return shortest && [shortest.start, shortest.end];
}

/** How many events a figure leaves out at its ends, and the days of those. */
export interface LeftOut {
  readonly before: number;
  readonly after: number;
}

/** Counts what lies before and after the days that a figure shows. */
export function leftOutOf(days: readonly DayCount[], first: string, last: string): LeftOut {
  const sum = (some: readonly DayCount[]) => some.reduce((all, [, events]) => all + events, 0);
  return { before: sum(days.filter(([day]) => day < first)), after: sum(days.filter(([day]) => day > last)) };
}

/** Links to what a figure from the day `first` to the day `last` leaves out: `12 events lie before, 1 after.` */
export function leftOutLinks(
  query: URLSearchParams,
  { first, last, before, after }: LeftOut & { readonly first: string; readonly last: string },
): Html | null {
  if (before + after === 0) return null;
  const shifted = (day: string, days: number) =>
    new Date((dayNumber(day) + days) * 86_400_000).toISOString().slice(0, 10);
  const address = (changes: Readonly<Record<string, string>>) =>
    addressWith('/timeline', query, { ...changes, after: null });
  const number = (events: number) => (before > 0 ? events.toLocaleString('en-US') : countWords(events));
  return html`${before > 0 && html`<a href="${address({ to: shifted(first, -1) })}">${countWords(before)}</a> before`}${before > 0 && after > 0 && ', '}${after > 0 && html`<a href="${address({ from: shifted(last, 1) })}">${number(after)}</a> after`}. `;
}
