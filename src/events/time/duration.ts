import type { Grain } from './calendar.ts';
import { readNumber } from './numbers.ts';
import type { Piece } from './pieces.ts';

/** A unit of time as its ISO 8601 designator, `time` when it stands behind the `T`, `times` such units to one noun. */
export interface Unit {
  readonly letter: string;
  readonly time: boolean;
  readonly times: number;
  /** Periods of the calendar counted by the unit: "last week"; null for hours and less. */
  readonly grain: Grain | null;
  readonly plural: boolean;
}

/** How many units: `low` to `high`, both null for a number left open ("several", "recent"); ends before piece `end`. */
export interface Quantity {
  readonly low: number | null;
  readonly high: number | null;
  /** "a", "an": may be an article only. */
  readonly article: boolean;
  readonly end: number;
}

/** A duration read from pieces: quantity and unit, with its ISO 8601 form; ends before piece `end`. */
export interface Duration {
  readonly value: string;
  readonly quantity: Quantity;
  readonly unit: Unit;
  readonly end: number;
}

/** The noun for a unit of time, singular or plural; null for any other word. "second" alone is a rank, not a unit. */
export function unitOf(word: string): Unit | null {
  return UNITS.get(word) ?? null;
}

/** Reads "two", "four to five", "a few", "several", "half a", "a couple of" at piece `at`; null where none begins. */
export function readQuantity(pieces: readonly Piece[], at: number): Quantity | null {
  const text = (index: number) => pieces[index]?.text ?? '';
  const open = (end: number) => ({ low: null, high: null, article: false, end });
  const exact = (value: number, end: number) => ({ low: value, high: value, article: false, end });
  const first = text(at);
  if (first === 'half' && (text(at + 1) === 'a' || text(at + 1) === 'an')) return exact(0.5, at + 2);
  if (first === 'another') {
    if (text(at + 1) === 'couple') return exact(2, text(at + 2) === 'of' ? at + 3 : at + 2);
    const number = readNumber(pieces, at + 1);
    return number === null ? exact(1, at + 1) : exact(number.value, number.end);
  }
  if (first === 'a' || first === 'an') {
    const second = text(at + 1);
    if (second === 'couple') return exact(2, text(at + 2) === 'of' ? at + 3 : at + 2);
    if (second === 'few' || second === 'good' || second === 'great') return open(skipMany(pieces, at + 1));
    if (second === 'dozen') return exact(12, at + 2);
    if (second === 'number' && text(at + 2) === 'of') return open(at + 3);
    if (second === 'half' && text(at + 2) === '-') return exact(0.5, at + 3);
  }
  if (first === 'couple') return exact(2, text(at + 1) === 'of' ? at + 2 : at + 1);
  if (OPEN.has(first)) return open(at + 1);
  if (OPEN_PLURALS.has(first) && text(at + 1) === 'of') return open(at + 2);
  const number = readNumber(pieces, at);
  if (number === null) return first === 'a' || first === 'an' ? { low: 1, high: 1, article: true, end: at + 1 } : null;
  const joined = text(number.end) === '-' && JOINS.has(text(number.end + 1)) ? number.end + 1 : number.end;
  if (JOINS.has(text(joined))) {
    const next = text(joined) === '-' || text(joined + 1) !== '-' ? joined + 1 : joined + 2;
    const second = readNumber(pieces, next);
    if (second !== null && second.value > number.value) {
      return { low: number.value, high: second.value, article: false, end: second.end };
    }
  }
  return exact(number.value, number.end);
}

/**
 * Reads a duration at piece `at`: "two hours", "a two-day", "half an hour", "four to five hours", "a year and a half",
 * "two hours and 10 minutes", "weeks". A range gives its lower end, as ISO 8601 and TIMEX3 have no form for it
 * ("four to five hours" is `PT4H`); an open number is `X` (`PXW`). Decades and centuries are years. Null where none
 * begins.
 */
export function readDuration(pieces: readonly Piece[], at: number): Duration | null {
  const quantity = readQuantity(pieces, at);
  if (quantity === null) {
    const bare = unitOf(pieces[at]?.text ?? '');
    if (bare === null || !bare.plural || bare.grain === 'quarter' || isAge(pieces, at + 1)) return null;
    const open = { low: null, high: null, article: false, end: at };
    return { value: isoDuration(null, bare), quantity: open, unit: bare, end: at + 1 };
  }
  let end = quantity.end;
  const hyphen = pieces[end]?.text === '-';
  if (hyphen) end += 1;
  for (let skipped = 0; skipped < 2 && BETWEEN.has(pieces[end]?.text ?? ''); skipped += 1) end += 1;
  const noun = pieces[end]?.text ?? '';
  // "a second" and "the second" are ranks; "30 seconds" and "two-second" are not.
  const unit = noun === 'second' && !quantity.article && quantity.low !== null ? SECOND : unitOf(noun);
  if (unit === null) return null;
  // "three-quarters" and "a quarter" are fractions.
  if (unit.grain === 'quarter' && (hyphen || quantity.article)) return null;
  // "the 1988 quarter" is a quarter of that year.
  if (!unit.plural && !hyphen && quantity.low !== null && quantity.low > 999) return null;
  end += 1;
  // "37 years old", "a six-year-old": an age tells no time.
  if (isAge(pieces, end)) return null;
  let low = quantity.low;
  let tail = '';
  if (pieces[end]?.text === 'and' && low !== null) {
    const next = pieces[end + 1]?.text ?? '';
    if ((next === 'a' || next === 'one') && pieces[end + 2]?.text === 'half') {
      low += 0.5;
      end += 3;
    } else if (unit.letter !== 'M' || unit.time) {
      const minor = readNumber(pieces, end + 1);
      const minorUnit = minor === null ? null : unitOf(pieces[minor.end]?.text ?? '');
      if (minor !== null && minorUnit !== null && RANK.indexOf(key(minorUnit)) > RANK.indexOf(key(unit))) {
        tail = (minorUnit.time && !unit.time ? 'T' : '') + minor.value + minorUnit.letter;
        end = minor.end + 1;
      }
    }
  }
  return { value: isoDuration(low, unit) + tail, quantity: { ...quantity, low }, unit, end };
}

/** ISO 8601 form of a number of units, `X` where it is open: `PT2H`, `P3D`, `PXW`; halves go down a unit, `P2Y6M`. */
export function isoDuration(count: number | null, unit: Unit): string {
  const head = unit.time ? 'PT' : 'P';
  if (count === null) return `${head}X${unit.times === 10 ? 'E' : unit.times === 100 ? 'C' : unit.letter}`;
  const total = count * unit.times;
  const below = BELOW.get(key(unit));
  const whole = Math.floor(total);
  if (whole === total || below === undefined) return `${head}${total}${unit.letter}`;
  const rest = Math.round((total - whole) * below.count * 1000) / 1000;
  if (!Number.isInteger(rest)) return `${head}${total}${unit.letter}`;
  return `${whole === 0 ? (below.head === 'T' ? 'P' : head) : `${head}${whole}${unit.letter}`}${below.head}${rest}${below.letter}`;
}

function isAge(pieces: readonly Piece[], at: number): boolean {
  const next = pieces[at]?.text === '-' ? at + 1 : at;
  return pieces[next]?.text === 'old';
}

function key(unit: Unit): string {
  return (unit.time ? 'T' : '') + unit.letter;
}

function skipMany(pieces: readonly Piece[], at: number): number {
  return pieces[at + 1]?.text === 'many' ? at + 2 : at + 1;
}

const NOUNS: readonly (readonly [string, string, boolean, number, Grain | null])[] = [
  ['minute', 'M', true, 1, null],
  ['hour', 'H', true, 1, null],
  ['day', 'D', false, 1, 'day'],
  ['night', 'D', false, 1, null],
  ['week', 'W', false, 1, 'week'],
  ['fortnight', 'W', false, 2, null],
  ['month', 'M', false, 1, 'month'],
  ['quarter', 'Q', false, 1, 'quarter'],
  ['year', 'Y', false, 1, 'year'],
  ['decade', 'Y', false, 10, 'decade'],
  ['century', 'Y', false, 100, 'century'],
  ['millennium', 'Y', false, 1000, null],
];
const SECOND: Unit = { letter: 'S', time: true, times: 1, grain: null, plural: false };
const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...NOUNS.flatMap(([noun, letter, time, times, grain]): [string, Unit][] => [
    [noun, { letter, time, times, grain, plural: false }],
    [pluralOf(noun), { letter, time, times, grain, plural: true }],
  ]),
  ['seconds', { ...SECOND, plural: true }],
  ['hr', { letter: 'H', time: true, times: 1, grain: null, plural: false }],
  ['hrs', { letter: 'H', time: true, times: 1, grain: null, plural: true }],
  ['mins', { letter: 'M', time: true, times: 1, grain: null, plural: true }],
  ['yrs', { letter: 'Y', time: false, times: 1, grain: 'year', plural: true }],
]);

function pluralOf(noun: string): string {
  return noun === 'century' ? 'centuries' : noun === 'millennium' ? 'millennia' : `${noun}s`;
}

const RANK: readonly string[] = ['Y', 'M', 'W', 'D', 'TH', 'TM', 'TS'];
const BELOW: ReadonlyMap<string, { readonly head: string; readonly count: number; readonly letter: string }> = new Map([
  ['Y', { head: '', count: 12, letter: 'M' }],
  ['D', { head: 'T', count: 24, letter: 'H' }],
  ['TH', { head: '', count: 60, letter: 'M' }],
  ['TM', { head: '', count: 60, letter: 'S' }],
]);
const OPEN: ReadonlySet<string> = new Set(['few', 'several', 'many', 'some', 'numerous', 'countless', 'multiple']);
const OPEN_PLURALS: ReadonlySet<string> = new Set(['dozens', 'hundreds', 'thousands', 'tens', 'scores']);
const JOINS: ReadonlySet<string> = new Set(['to', '-', 'or', 'and']);
/** What may stand between number and unit: "two full years", "three more days", "eight trading days". */
const BETWEEN: ReadonlySet<string> = new Set(
  'full long more additional straight consecutive successive further extra short trading working business calendar solid whole entire tense'.split(
    ' ',
  ),
);
