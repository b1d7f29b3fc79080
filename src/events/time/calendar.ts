import { daysInMonth } from '../../source/date.ts';

/**
 * The proleptic Gregorian calendar in whole days, with the periods a TIMEX3 value can name. Pure arithmetic: no clock, no
 * time zone. A `Day` is the number of days since 1970-01-01.
 */
export type Day = number;

export const GRAINS = [
  'day',
  'weekend',
  'week',
  'month',
  'quarter',
  'half',
  'season',
  'year',
  'decade',
  'century',
] as const;
/** How wide a period is. */
export type Grain = (typeof GRAINS)[number];

/** A stretch of whole days, both ends in, with its TIMEX3 value: `1998-W05`, `1998-Q3`, `1998-SU`, `199`, `19`. */
export interface Period {
  readonly grain: Grain;
  readonly value: string;
  readonly from: Day;
  readonly to: Day;
}

/** Seasons as TIMEX3 names them, in the order of the year; `firstMonth` is where each begins (northern half). */
export const SEASONS = [
  { value: 'SP', firstMonth: 3 },
  { value: 'SU', firstMonth: 6 },
  { value: 'FA', firstMonth: 9 },
  { value: 'WI', firstMonth: 12 },
] as const;

/** The day of a date; a day past the end of its month runs over into the next. After H. Hinnant, "days_from_civil". */
export function toDay(year: number, month: number, day: number): Day {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Year, month and day of month of a day: the inverse of {@link toDay}. */
export function dateOf(day: Day): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  const date = dateOf(day);
  return `${formatYear(date.year)}-${pad(date.month)}-${pad(date.day)}`;
}

/** The day that `YYYY-MM-DD` names. */
export function parseDay(iso: string): Day {
  return toDay(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)));
}

/** ISO weekday: Monday 1 to Sunday 7. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Whether the calendar has this date. */
export function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** A day as a period. */
export function dayPeriod(day: Day): Period {
  return { grain: 'day', value: formatDay(day), from: day, to: day };
}

/** The ISO 8601 week that holds a day. */
export function weekPeriod(day: Day): Period {
  const monday = day - weekdayOf(day) + 1;
  return { grain: 'week', value: weekValue(monday), from: monday, to: monday + 6 };
}

/** Saturday and Sunday of the ISO week that holds a day. */
export function weekendPeriod(day: Day): Period {
  const monday = day - weekdayOf(day) + 1;
  return { grain: 'weekend', value: `${weekValue(monday)}-WE`, from: monday + 5, to: monday + 6 };
}

/** A month; `month` may lie outside 1 to 12 and then counts on into the years beside. */
export function monthPeriod(year: number, month: number): Period {
  const count = year * 12 + month - 1;
  const y = Math.floor(count / 12);
  const m = count - y * 12 + 1;
  const from = toDay(y, m, 1);
  return { grain: 'month', value: `${formatYear(y)}-${pad(m)}`, from, to: from + daysInMonth(y, m) - 1 };
}

/** A quarter of the calendar year; `quarter` may lie outside 1 to 4. */
export function quarterPeriod(year: number, quarter: number): Period {
  const count = year * 4 + quarter - 1;
  const y = Math.floor(count / 4);
  const q = count - y * 4 + 1;
  return {
    grain: 'quarter',
    value: `${formatYear(y)}-Q${q}`,
    from: monthPeriod(y, q * 3 - 2).from,
    to: monthPeriod(y, q * 3).to,
  };
}

/** A half of the calendar year; `half` may lie outside 1 and 2. */
export function halfPeriod(year: number, half: number): Period {
  const count = year * 2 + half - 1;
  const y = Math.floor(count / 2);
  const h = count - y * 2 + 1;
  return {
    grain: 'half',
    value: `${formatYear(y)}-H${h}`,
    from: monthPeriod(y, h * 6 - 5).from,
    to: monthPeriod(y, h * 6).to,
  };
}

/** A season, `season` an index into {@link SEASONS} that may run over; a winter belongs to the year it begins in. */
export function seasonPeriod(year: number, season: number): Period {
  const count = year * 4 + season;
  const y = Math.floor(count / 4);
  const { value, firstMonth } = SEASONS[count - y * 4]!;
  return {
    grain: 'season',
    value: `${formatYear(y)}-${value}`,
    from: monthPeriod(y, firstMonth).from,
    to: monthPeriod(y, firstMonth + 2).to,
  };
}

/** A calendar year. */
export function yearPeriod(year: number): Period {
  return { grain: 'year', value: formatYear(year), from: toDay(year, 1, 1), to: toDay(year, 12, 31) };
}

/** The decade that holds a year: the 1990s are `199`. */
export function decadePeriod(year: number): Period {
  const first = Math.floor(year / 10) * 10;
  return {
    grain: 'decade',
    value: formatYear(first).slice(0, 3),
    from: toDay(first, 1, 1),
    to: toDay(first + 9, 12, 31),
  };
}

/** The century that holds a year, by its first two digits as TIMEX3 has it: the 20th century is `19`. */
export function centuryPeriod(year: number): Period {
  const first = Math.floor(year / 100) * 100;
  return {
    grain: 'century',
    value: formatYear(first).slice(0, 2),
    from: toDay(first, 1, 1),
    to: toDay(first + 99, 12, 31),
  };
}

/** The period of a grain that holds a day, moved on by `steps` of that grain. */
export function periodAt(grain: Grain, day: Day, steps = 0): Period {
  const date = dateOf(day);
  switch (grain) {
    case 'day':
      return dayPeriod(day + steps);
    case 'week':
      return weekPeriod(day + steps * 7);
    case 'weekend':
      return weekendPeriod(day + steps * 7);
    case 'month':
      return monthPeriod(date.year, date.month + steps);
    case 'quarter':
      return quarterPeriod(date.year, Math.floor((date.month - 1) / 3) + 1 + steps);
    case 'half':
      return halfPeriod(date.year, (date.month > 6 ? 2 : 1) + steps);
    case 'season':
      // January and February lie in the winter that began the year before.
      return seasonPeriod(date.year, Math.floor(date.month / 3) - 1 + steps);
    case 'year':
      return yearPeriod(date.year + steps);
    case 'decade':
      return decadePeriod(date.year + steps * 10);
    case 'century':
      return centuryPeriod(date.year + steps * 100);
  }
}

/** A period of the same grain, `steps` on. */
export function shiftPeriod(period: Period, steps: number): Period {
  return periodAt(period.grain, period.from, steps);
}

function weekValue(monday: Day): string {
  // The year of an ISO week is the year of its Thursday.
  const { year } = dateOf(monday + 3);
  return `${formatYear(year)}-W${pad(Math.floor((monday + 3 - toDay(year, 1, 1)) / 7) + 1)}`;
}

function formatYear(year: number): string {
  return String(year).padStart(4, '0');
}

function pad(count: number): string {
  return String(count).padStart(2, '0');
}
