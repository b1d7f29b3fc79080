import { daysInMonth, MONTHS, WEEKDAYS } from '../../source/date.ts';
import { type Day, dateOf, dayPeriod, isDate, monthPeriod, type Period, toDay, weekdayOf } from './calendar.ts';
import {
  dated,
  type Expression,
  fromPublication,
  nearest,
  placed,
  type Scene,
  textAt,
  undated,
  wordSet,
} from './expression.ts';
import { readOrdinal } from './numbers.ts';
import type { Direction } from './tense.ts';
import { AFTER_YEAR, isYear, yearAfter, yearWords } from './years.ts';

/** "7 December 2021", "Tuesday, December 7", "June 3-5", "3 and 5 March", "mid-May" without its "mid": a day or days of a month. */
export function readMonthDay(scene: Scene, at: number): Expression | null {
  // "last Oct. 23"
  const past = textAt(scene, at) === 'last';
  const lead = past ? null : weekdayAt(scene, at);
  let start = past ? at + 1 : lead === null ? at : lead.end;
  if (lead !== null && textAt(scene, start) === ',') start += 1;
  const parts = monthFirst(scene, start) ?? dayFirst(scene, textAt(scene, start) === 'the' ? start + 1 : start);
  if (parts === null) return null;
  const { month, first, last, end } = parts;
  if (last < first || first < 1 || last > daysInMonth(2000, month)) return null;
  const year = yearAfter(scene, end) ?? yearAfter(scene, textAt(scene, end) === 'of' ? end + 1 : -1);
  const on = (y: number): Period => {
    const from = toDay(y, month, Math.min(first, daysInMonth(y, month)));
    if (first === last) return dayPeriod(from);
    const to = dayPeriod(toDay(y, month, Math.min(last, daysInMonth(y, month))));
    return { grain: 'day', value: `${dayPeriod(from).value}/${to.value}`, from, to: to.to };
  };
  if (year !== null) {
    if (!isDate(year.year, month, last)) return null;
    return dated(at, year.end, on(year.year), 'explicit');
  }
  const relative = yearWords(scene, end);
  if (relative !== null && relative.year !== null) return dated(at, relative.end, on(relative.year), 'relative');
  const direction = past ? 'past' : scene.directionOf(end - 1);
  const two = (count: number) => String(count).padStart(2, '0');
  const template = `XXXX-${two(month)}-${two(first)}${first === last ? '' : `/XXXX-${two(month)}-${two(last)}`}`;
  const period = fromPublication(scene, (day) => {
    const now = dateOf(day).year;
    // "on Friday, April 25" in a year when it is no Friday: the weekday decides between this year and the ones beside.
    const fits = [now, now - 1, now + 1].find((y) => lead !== null && weekdayOf(on(y).from) === lead.weekday);
    if (fits !== undefined) return on(fits);
    return past ? nearest(day, 'past', (step) => on(now + step)) : leaning(day, direction, (step) => on(now + step));
  });
  return placed(at, end, period, 'inferred', template, 'day');
}

/** "June 2021", "June of last year", "in June". A month alone is the last one unless the verb looks ahead. */
export function readMonth(scene: Scene, at: number): Expression | null {
  const found = monthAt(scene, at);
  if (found === null) return null;
  const { month, end } = found;
  const year = yearAfter(scene, end) ?? yearAfter(scene, textAt(scene, end) === 'of' ? end + 1 : -1);
  if (year !== null) return dated(at, year.end, monthPeriod(year.year, month), 'explicit');
  const relative = yearWords(scene, end);
  if (relative !== null) {
    const period = relative.year === null ? null : monthPeriod(relative.year, month);
    return placed(at, relative.end, period, 'relative', `XXXX-${String(month).padStart(2, '0')}`, 'month');
  }
  if (!found.standsAlone) return null;
  const before = textAt(scene, at - 1);
  const direction = before === 'by' || before === 'until' || before === 'till' ? 'future' : scene.directionOf(at);
  const period = fromPublication(scene, (day) => {
    const on = (step: number) => monthPeriod(dateOf(day).year + step, month);
    return before === 'since'
      ? nearest(day, 'past', on)
      : leaning(day, direction === 'future' ? direction : 'past', on, MONTH_AGAINST);
  });
  return placed(at, end, period, 'inferred', `XXXX-${String(month).padStart(2, '0')}`, 'month');
}

/** "2021-12-07", "2021/12/07", and "25/12/2021" where the order is certain; else the days both orders allow. */
export function readNumericDate(scene: Scene, at: number): Expression | null {
  const mark = textAt(scene, at + 1);
  if (mark !== '-' && mark !== '/' && mark !== '.') return null;
  const parts = scene.pieces.slice(at, at + 5);
  if (parts.length < 5 || parts[3]!.text !== mark || parts.slice(1).some((piece) => !piece.glued)) return null;
  const [a, b, c] = [parts[0]!, parts[2]!, parts[4]!];
  if (a.kind !== 'number' || b.kind !== 'number' || c.kind !== 'number' || b.text.length > 2) return null;
  const [first, second, third] = [Number(a.text), Number(b.text), Number(c.text)];
  if (a.text.length === 4 && c.text.length <= 2) {
    if (!isYear(first) || !isDate(first, second, third)) return null;
    return dated(at, at + 5, dayPeriod(toDay(first, second, third)), 'explicit');
  }
  if (c.text.length !== 4 || a.text.length > 2 || !isYear(third)) return null;
  const dayFirst = isDate(third, second, first) ? toDay(third, second, first) : null;
  const monthFirst = isDate(third, first, second) ? toDay(third, first, second) : null;
  const certain = mark === '.' ? dayFirst : dayFirst === null || monthFirst === null || dayFirst === monthFirst;
  if (certain !== false) {
    const day = typeof certain === 'number' ? certain : (dayFirst ?? monthFirst);
    return day === null ? null : dated(at, at + 5, dayPeriod(day), 'explicit');
  }
  return {
    ...undated(at, at + 5, `${c.text}-XX-XX`, 'day'),
    earliest: Math.min(dayFirst!, monthFirst!),
    latest: Math.max(dayFirst!, monthFirst!),
  };
}

/** A month's name at a piece with its full stop; `standsAlone` when it can only be the month, even without day and year. */
export function monthAt(
  scene: Scene,
  at: number,
): { readonly month: number; readonly end: number; readonly standsAlone: boolean } | null {
  const piece = scene.pieces[at];
  if (piece === undefined || !piece.capital) return null;
  const month = MONTHS.get(piece.text);
  if (month === undefined) return null;
  const short = piece.text.length <= 4 && !FULL_SHORT_MONTHS.has(piece.text);
  const stop = short && textAt(scene, at + 1) === '.' && scene.pieces[at + 1]!.glued;
  const end = stop ? at + 2 : at + 1;
  const before = textAt(scene, at - 1);
  const led = MONTH_LEADS.has(before);
  const next = scene.pieces[end];
  // "April Carter", "Jan Novak", "May said": a name or a verb, unless a word before it calls for a date.
  const nameLike = next?.kind === 'word' && next.capital && !led;
  const weak = piece.text === 'may' || piece.text === 'march' || (short && !stop);
  return { month, end, standsAlone: !nameLike && (led || !weak) && !(short && !stop) };
}

/** A weekday's name at a piece, with its full stop when it is shortened. */
export function weekdayAt(scene: Scene, at: number): { readonly weekday: number; readonly end: number } | null {
  const piece = scene.pieces[at];
  if (piece === undefined || !piece.capital) return null;
  const weekday = WEEKDAYS.get(piece.text);
  if (weekday === undefined) return null;
  if (piece.text.endsWith('day')) return { weekday, end: at + 1 };
  // "Sun" and "Sat" alone are other words: a shortened weekday needs its full stop or a date after it.
  const stop = textAt(scene, at + 1) === '.' && scene.pieces[at + 1]!.glued;
  const end = stop ? at + 2 : at + 1;
  const after = textAt(scene, end) === ',' ? end + 1 : end;
  const next = scene.pieces[after];
  if (next === undefined || !(next.kind === 'number' || (next.capital && MONTHS.has(next.text)))) return null;
  return { weekday, end };
}

/**
 * The date of the year before, this one or the next that lies closest to `day`, where a date against the direction of the
 * verb counts as farther: verbs near a date often belong to another clause, and of a month nearly a year gone one writes
 * "last November".
 */
function leaning(day: Day, direction: Direction, at: (step: number) => Period, weight = 2): Period {
  const cost = (period: Period) => {
    if (period.from <= day && day <= period.to) return 0;
    const ahead = period.from > day;
    const distance = ahead ? period.from - day : day - period.to;
    const against = direction === 'past' ? ahead : direction === 'future' && !ahead;
    return distance * (against ? weight : 1);
  };
  return [at(-1), at(0), at(1)].reduce((best, period) => (cost(period) < cost(best) ? period : best));
}

interface DayParts {
  readonly month: number;
  readonly first: number;
  readonly last: number;
  readonly end: number;
}

function monthFirst(scene: Scene, at: number): DayParts | null {
  const month = monthAt(scene, at);
  if (month === null) return null;
  const start = textAt(scene, month.end) === 'the' ? month.end + 1 : month.end;
  const first = dayNumber(scene, start);
  if (first === null) return null;
  const last = lastDay(scene, first.end, first.day, false);
  return { month: month.month, first: first.day, last: last?.day ?? first.day, end: last?.end ?? first.end };
}

function dayFirst(scene: Scene, at: number): DayParts | null {
  const first = dayNumber(scene, at);
  if (first === null) return null;
  const last = lastDay(scene, first.end, first.day, true);
  let end = last?.end ?? first.end;
  if (textAt(scene, end) === 'of' || textAt(scene, end) === '-') end += 1;
  const month = monthAt(scene, end);
  if (month === null) return null;
  return { month: month.month, first: first.day, last: last?.day ?? first.day, end: month.end };
}

function dayNumber(scene: Scene, at: number): { readonly day: number; readonly end: number } | null {
  const piece = scene.pieces[at];
  if (piece === undefined) return null;
  if (piece.kind === 'number') {
    const day = Number(piece.text);
    if (piece.text.length > 2 || day < 1 || day > 31) return null;
    const next = scene.pieces[at + 1];
    if (next?.glued && ORDINAL_ENDS.has(next.text)) return { day, end: at + 2 };
    // "June 3.5", "May 10:30", "March 5%"
    const tail = scene.pieces[at + 2];
    if (next?.glued && (next.kind === 'word' || next.text === '%')) return null;
    if (
      next?.glued &&
      (next.text === ':' || next.text === '.' || next.text === ',') &&
      tail?.glued &&
      tail.kind === 'number'
    )
      return null;
    return { day, end: at + 1 };
  }
  const ordinal = readOrdinal(scene.pieces, at);
  return ordinal !== null && ordinal.value >= 1 && ordinal.value <= 31
    ? { day: ordinal.value, end: ordinal.end }
    : null;
}

/** The second day of "3-5", "3 to 5", "3 and 5"; after the month a word must not follow that the number could count. */
function lastDay(
  scene: Scene,
  at: number,
  first: number,
  monthFollows: boolean,
): { readonly day: number; readonly end: number } | null {
  if (!DAY_JOINS.has(textAt(scene, at))) return null;
  const last = dayNumber(scene, at + 1);
  if (last === null || last.day <= first) return null;
  const after = textAt(scene, last.end);
  if (monthFollows) return monthAt(scene, after === 'of' ? last.end + 1 : last.end) === null ? null : last;
  const next = scene.pieces[last.end];
  return next === undefined || next.kind === 'mark' || AFTER_YEAR.has(next.text) ? last : null;
}

/** So much that a bare month beside a past verb is to come only where it begins within some weeks. */
const MONTH_AGAINST = 9;
const ORDINAL_ENDS = wordSet('st nd rd th');
const DAY_JOINS = wordSet('- to and through until or');
/** Full names of four letters or less: they take no full stop. */
const FULL_SHORT_MONTHS = wordSet('may june july');
const MONTH_LEADS = wordSet(
  'in by since until till of from through last next this early late mid - during before after between to and each every for around about throughout past coming following previous beginning starting',
);
