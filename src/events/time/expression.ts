import type { Time } from '../reading.ts';
import { type Day, type Grain, type Period, periodAt } from './calendar.ts';
import type { Piece } from './pieces.ts';
import type { Direction } from './tense.ts';

/** What a recogniser of time expressions sees: the pieces of one sentence and the points that relative words count from. */
export interface Scene {
  readonly pieces: readonly Piece[];
  /** First and last day the document can have been published on; null when that is not known. */
  readonly published: { readonly from: Day; readonly to: Day } | null;
  /** The last date named before this place in the document; null when there was none. */
  readonly last: Period | null;
  /** The last day named before this place. */
  readonly lastDay: Period | null;
  /** The last quarter named before this place, for reports that compare one with the same of another year. */
  readonly lastQuarter: Period | null;
  /** Whether the verb that governs a piece looks back or ahead. */
  directionOf(piece: number): Direction;
}

/** A time expression as recognised: pieces `begin` up to, not with, `end`; days are null where they are not known. */
export interface Expression {
  readonly begin: number;
  readonly end: number;
  readonly type: Time['type'];
  readonly value: string;
  readonly earliest: Day | null;
  readonly latest: Day | null;
  readonly basis: Time['basis'];
  /** Width of the date; null for durations, sets and vague words. */
  readonly grain: Grain | null;
}

/** Reads an expression that begins at a piece, or gives null. Each looks a bounded number of pieces ahead. */
export type Recogniser = (scene: Scene, at: number) => Expression | null;

/** The text of a piece, the empty string beyond either end. */
export function textAt(scene: Scene, at: number): string {
  return scene.pieces[at]?.text ?? '';
}

/** The words of a string with blanks between them, as a set. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** A date that is a period of the calendar. */
export function dated(begin: number, end: number, period: Period, basis: Time['basis']): Expression {
  const { value, from, to, grain } = period;
  return { begin, end, type: 'date', value, earliest: from, latest: to, basis, grain };
}

/** A date that cannot be placed: `value` says what is known of it, `XXXX-12-07`, `XXXX-WXX-2`, and there are no days. */
export function undated(begin: number, end: number, value: string, grain: Grain): Expression {
  return { begin, end, type: 'date', value, earliest: null, latest: null, basis: 'unresolved', grain };
}

/** An expression without a place in the calendar: a duration, a set, or a vague reference as `PAST_REF`. */
export function placeless(begin: number, end: number, type: Time['type'], value: string): Expression {
  const basis = type === 'date' ? 'unresolved' : 'explicit';
  return { begin, end, type, value, earliest: null, latest: null, basis, grain: null };
}

/**
 * The period that `choose` gives for the day of publication; null when that day is not known well enough to tell, that
 * is when the first and the last day it can be give different periods.
 */
export function fromPublication(scene: Scene, choose: (day: Day) => Period): Period | null {
  if (scene.published === null) return null;
  const period = choose(scene.published.from);
  return scene.published.to === scene.published.from || choose(scene.published.to).value === period.value
    ? period
    : null;
}

/** The period of a grain around the day of publication, `steps` on: "last week" is -1. Null when not known. */
export function fromToday(scene: Scene, grain: Grain, steps: number): Period | null {
  return fromPublication(scene, (day) => periodAt(grain, day, steps));
}

/** A date from a period that may not be known: `template` is its value then. */
export function placed(
  begin: number,
  end: number,
  period: Period | null,
  basis: Time['basis'],
  template: string,
  grain: Grain,
): Expression {
  return period === null ? undated(begin, end, template, grain) : dated(begin, end, period, basis);
}

/**
 * Of periods that recur (every Tuesday, every July) the one meant, seen from `day`: looking back the last that has begun,
 * looking ahead the first that is not over, else the closest. `at(n)` must rise with `n`, and `at(0)` lie near `day`.
 */
export function nearest(day: Day, direction: Direction, at: (step: number) => Period): Period {
  const candidates = [at(-1), at(0), at(1)];
  if (direction === 'past') return candidates.findLast((period) => period.from <= day) ?? candidates[0]!;
  if (direction === 'future') return candidates.find((period) => period.to >= day) ?? candidates[2]!;
  const distance = (period: Period) => (day < period.from ? period.from - day : day > period.to ? day - period.to : 0);
  return candidates.reduce((best, period) => (distance(period) < distance(best) ? period : best));
}

/** How a value looks when nothing of it is known but its grain. */
export const UNKNOWN_VALUES: Readonly<Record<Grain, string>> = {
  day: 'XXXX-XX-XX',
  weekend: 'XXXX-WXX-WE',
  week: 'XXXX-WXX',
  month: 'XXXX-XX',
  quarter: 'XXXX-QX',
  half: 'XXXX-HX',
  season: 'XXXX-XX',
  year: 'XXXX',
  decade: 'XXX',
  century: 'XX',
};
