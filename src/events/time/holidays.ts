import { type Day, dateOf, dayPeriod, toDay, weekdayOf } from './calendar.ts';
import { type Expression, fromPublication, nearest, placed, type Scene, textAt } from './expression.ts';

/**
 * "Christmas Eve", "New Year's Day", "Thanksgiving", "Easter Sunday 2022": days with a name that reports use for a date.
 * Without a year it is the last one, today included, unless the verb looks ahead. Holidays that each country has on
 * another day ("Independence Day") are left out.
 */
export function readHoliday(scene: Scene, at: number): Expression | null {
  const lead = textAt(scene, at);
  const step = lead === 'last' ? -1 : lead === 'next' || lead === 'this' ? 1 : 0;
  const start = step === 0 ? at : at + 1;
  if (!scene.pieces[start]?.capital) return null;
  const holiday = HOLIDAYS.get(textAt(scene, start))?.find(({ rest }) =>
    rest.every((word, index) => textAt(scene, start + 1 + index) === word),
  );
  if (holiday === undefined) return null;
  let end = start + 1 + holiday.rest.length;
  const year = scene.pieces[textAt(scene, end) === ',' ? end + 1 : end];
  if (year?.kind === 'number' && year.text.length === 4 && /^(1[5-9]|20)/.test(year.text)) {
    end = textAt(scene, end) === ',' ? end + 2 : end + 1;
    return placed(at, end, dayPeriod(holiday.on(Number(year.text))), 'explicit', year.text, 'day');
  }
  const direction = step === 0 ? scene.directionOf(start) : step < 0 ? 'past' : 'future';
  const period = fromPublication(scene, (day) =>
    nearest(day, direction === 'future' ? 'future' : 'past', (n) => dayPeriod(holiday.on(dateOf(day).year + n))),
  );
  return placed(at, end, period, step === 0 ? 'inferred' : 'relative', 'XXXX-XX-XX', 'day');
}

/** Easter Sunday of a year in the western churches (the "anonymous Gregorian" rule, Meeus). */
export function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return toDay(year, Math.floor(sum / 31), (sum % 31) + 1);
}

/** The `count`-th weekday of a month. */
function nthWeekday(year: number, month: number, weekday: number, count: number): Day {
  const first = toDay(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (count - 1);
}

interface Holiday {
  readonly rest: readonly string[];
  readonly on: (year: number) => Day;
}

const fixed = (month: number, day: number) => (year: number) => toDay(year, month, day);

const NAMES: readonly (readonly [string, (year: number) => Day])[] = [
  ["new year ' s day", fixed(1, 1)],
  ["new year ' s eve", fixed(12, 31)],
  ["valentine ' s day", fixed(2, 14)],
  ['good friday', (year) => easter(year) - 2],
  ['easter sunday', easter],
  ['easter monday', (year) => easter(year) + 1],
  ['easter', easter],
  ['may day', fixed(5, 1)],
  ['bastille day', fixed(7, 14)],
  ['halloween', fixed(10, 31)],
  ['thanksgiving day', (year) => nthWeekday(year, 11, 4, 4)],
  ['thanksgiving', (year) => nthWeekday(year, 11, 4, 4)],
  ['christmas eve', fixed(12, 24)],
  ['christmas day', fixed(12, 25)],
  ['christmas', fixed(12, 25)],
  ['boxing day', fixed(12, 26)],
];

/** Holidays by their first word; a longer name stands before a shorter. */
const HOLIDAYS: ReadonlyMap<string, readonly Holiday[]> = (() => {
  const table = new Map<string, Holiday[]>();
  for (const [name, on] of NAMES) {
    const [first, ...rest] = name.split(' ');
    table.set(first!, [...(table.get(first!) ?? []), { rest, on }]);
  }
  return table;
})();
