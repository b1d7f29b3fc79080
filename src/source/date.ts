import type { Span } from './span.ts';

/** Month names and their usual short forms, in lower case, to the number of the month. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ['january', 'jan'],
    ['february', 'feb'],
    ['march', 'mar'],
    ['april', 'apr'],
    ['may'],
    ['june', 'jun'],
    ['july', 'jul'],
    ['august', 'aug'],
    ['september', 'sept', 'sep'],
    ['october', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ].flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

/** Weekday names and their short forms, in lower case, to ISO 8601 numbers: Monday is 1, Sunday 7. */
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  [
    ['monday', 'mon'],
    ['tuesday', 'tues', 'tue'],
    ['wednesday', 'wed'],
    ['thursday', 'thurs', 'thur', 'thu'],
    ['friday', 'fri'],
    ['saturday', 'sat'],
    ['sunday', 'sun'],
  ].flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

/** First and last day, both in, as `YYYY-MM-DD`. */
export interface DayInterval {
  readonly from: string;
  readonly to: string;
}

/**
 * A calendar date as written: the span of its words (weekday included), its parts, and the days it can mean. What the
 * words leave out is `null`; without a year there are no days. In a range ("16-18 June 2021") `day` is the first day.
 */
export interface CalendarDate extends Span {
  readonly year: number | null;
  readonly month: number;
  readonly day: number | null;
  readonly days: DayInterval | null;
}

/** How many days the month has. `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `YYYY-MM-DD`, or null when the calendar has no such day. */
export function isoDay(year: number, month: number, day: number): string | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** All days of a month. */
export function monthDays(year: number, month: number): DayInterval {
  return { from: isoDay(year, month, 1)!, to: isoDay(year, month, daysInMonth(year, month))! };
}

/** The day `count` days later (earlier when negative). `day` is `YYYY-MM-DD`. */
export function addDays(day: string, count: number): string {
  // Date.UTC is arithmetic alone: no clock and no time zone takes part.
  return new Date(dayNumber(day) * 86_400_000 + count * 86_400_000).toISOString().slice(0, 10);
}

/** Days since 1970-01-01; differences of it are differences of dates. Throws RangeError when `day` is no `YYYY-MM-DD`. */
export function dayNumber(day: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) throw new RangeError(`Expected a day as YYYY-MM-DD, got "${day}".`);
  return Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / 86_400_000;
}

/** ISO weekday of a `YYYY-MM-DD`: Monday is 1, Sunday 7. */
export function weekdayOf(day: string): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

const blank = '(?:[^\\S\\n]{1,3}|[^\\S\\n]?\\r?\\n[^\\S\\n]?)';
const month =
  '(?:January|February|March|April|June|July|August|September|October|November|December' +
  '|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\\b\\.?)';
const weekday =
  '(?:(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\\b\\.?,?' +
  `${blank})?`;
const day = '(?:3[01]|[12]\\d|0?[1-9])';
const ordinal = '(?:st|nd|rd|th)?';
const year = '(?:1[5-9]|20)\\d\\d';
const dash = '(?:[^\\S\\n]?[-–—/][^\\S\\n]?|[^\\S\\n]to[^\\S\\n])';

// One pass, one alternation. Every quantifier is bounded, so the work at each position is bounded too.
const DATE = new RegExp(
  `(?<![\\p{L}\\p{N}_]|\\d[.,/:-])(?:${[
    // 2021-06-16, 2021/06/16
    `(?<y1>${year})(?<s1>[-/.])(?<m1>0?[1-9]|1[0-2])\\k<s1>(?<d1>${day})(?=T\\d\\d|(?![\\p{L}\\p{N}]))`,
    // Wednesday, the 16th of June, 2021; 16-18 June 2021; 16-Jun-2021
    `${weekday}(?:the${blank})?(?<d2>${day})${ordinal}(?:${dash}(?<e2>${day})${ordinal})?(?:${blank}(?:day${blank})?(?:of${blank})?|-)` +
      `(?<m2>${month})(?:(?:,?${blank}(?:of${blank})?|,|-)(?<y2>${year})(?!\\d|[.,]\\d{3}))?(?![\\p{L}\\p{N}])`,
    // Wednesday, June 16, 2021; June 16-18, 2021
    `${weekday}(?<m3>${month})${blank}(?:the${blank})?(?<d3>${day})${ordinal}(?:${dash}(?<e3>${day})${ordinal})?(?![\\p{L}\\p{N}:]|[.,]\\d{1,3}(?!\\d))` +
      `(?:(?:,?${blank}|,)(?<y3>${year})(?![\\p{L}\\p{N}]|[.,]\\d{3}))?`,
    // June 2021, June of 2021
    `(?<m4>${month}),?${blank}(?:of${blank})?(?<y4>${year})(?![\\p{L}\\p{N}]|[.,]\\d{3})`,
  ].join('|')})`,
  'giu',
);

/**
 * The calendar dates written out in `text`, in order, not overlapping: "16 June, 2021", "June 16, 2021", "16 Jun 2021",
 * "Tuesday, 7 December 2021", "2021-06-16", "June 2021", "16-18 June 2021". Numbers alone ("6/7/2021") are left out:
 * their order is not known. Takes time linear in the text.
 *
 * `partial` also gives dates without a year ("June 16"); default false.
 */
export function findDates(text: string, options: { readonly partial?: boolean } = {}): readonly CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (const match of text.matchAll(DATE)) {
    const date = dateOf(match);
    if (date && (date.year !== null || options.partial)) dates.push(date);
  }
  return dates;
}

/**
 * The days meant by a string that holds a date and nothing else but a time of day: `2021-06-16`, `2021-06`, `2021`,
 * `20210616`, ISO 8601 and RFC 5322 timestamps, numbers whose order is certain ("25/12/2021"), and all that
 * {@link findDates} reads. The day is the one written, in its own time zone. Null when it is no date.
 */
export function parseDate(value: string): DayInterval | null {
  const words = value.trim();
  if (words.length > 80) return null;
  const plain = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ]?\d{2}:?\d{2}\b.*|T?\d{6}.*)?)?)?$/.exec(words);
  if (plain) return plainDays(Number(plain[1]), plain[2], plain[3]);
  const numbers = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[,T ]+\d{1,2}:\d{2}.*)?$/.exec(words);
  if (numbers) return numericDays(Number(numbers[1]), Number(numbers[3]), Number(numbers[4]), numbers[2] === '.');
  const [date] = findDates(words);
  if (date?.from !== 0) return null;
  return /^(?:[\s,T|@–—-]*(?:at\s+)?\d{1,2}[:.]\d{2}.*)?$/.test(words.slice(date.to)) ? date.days : null;
}

function plainDays(year: number, month: string | undefined, day: string | undefined): DayInterval | null {
  if (year < 1500 || year > 2099) return null;
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (Number(month) < 1 || Number(month) > 12) return null;
  if (day === undefined) return monthDays(year, Number(month));
  const only = isoDay(year, Number(month), Number(day));
  return only ? { from: only, to: only } : null;
}

// With dots the day always stands first (7.12.2021); with slashes it depends on the country, so 6/7/2021 is no date.
function numericDays(first: number, second: number, year: number, dots: boolean): DayInterval | null {
  const dayFirst = dots || first > 12 || first === second;
  if (!dayFirst && second <= 12) return null;
  const only = dayFirst ? isoDay(year, second, first) : isoDay(year, first, second);
  return only ? { from: only, to: only } : null;
}

function dateOf(match: RegExpExecArray): CalendarDate | null {
  const groups = match.groups!;
  const monthWords = groups['m2'] ?? groups['m3'] ?? groups['m4'];
  // "may" and "march" in lower case are verbs, and "mar" or "sun" are words.
  if (monthWords && /^\p{Ll}/u.test(monthWords)) return null;
  const month = monthWords ? MONTHS.get(monthWords.replace('.', '').toLowerCase())! : Number(groups['m1']);
  const yearWords = groups['y1'] ?? groups['y2'] ?? groups['y3'] ?? groups['y4'];
  const year = yearWords ? Number(yearWords) : null;
  const dayWords = groups['d1'] ?? groups['d2'] ?? groups['d3'];
  const day = dayWords ? Number(dayWords) : null;
  const lastWords = groups['e2'] ?? groups['e3'];
  const last = lastWords ? Number(lastWords) : day;
  const from = match.index;
  const span = { from, to: from + match[0].length };
  if (day === null) return { ...span, year, month, day, days: monthDays(year!, month) };
  if (last! < day || last! > daysInMonth(year ?? 2000, month)) return null;
  if (year === null) return { ...span, year, month, day, days: null };
  return { ...span, year, month, day, days: { from: isoDay(year, month, day)!, to: isoDay(year, month, last!)! } };
}
