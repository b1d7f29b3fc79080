import { type Day, dateOf, monthPeriod, weekPeriod, yearPeriod } from './calendar.ts';
import { dated, type Expression, fromPublication, placed, type Recogniser, type Scene, textAt } from './expression.ts';

/**
 * "early 2023", "late June", "mid-May", "the early 1990s", "earlier this week", "later in the day": the value is that of
 * the date (TIMEX3 keeps the rest in its `mod`), the days are its first, middle or last third, or its days up to or from
 * the day of publication. `read` reads the date inside.
 */
export function readModified(scene: Scene, at: number, read: Recogniser): Expression | null {
  const start = textAt(scene, at) === 'the' ? at + 1 : at;
  const part = PARTS.get(textAt(scene, start));
  if (part === undefined) return null;
  let index = start + 1;
  if (textAt(scene, index) === '-') index += 1;
  else if (part !== 'middle' && (textAt(scene, index) === 'in' || textAt(scene, index) === 'on')) index += 1;
  const inner = read(scene, index);
  if (inner === null || inner.grain === null || inner.type === 'duration') return null;
  return { ...narrowed(scene, inner, part), begin: at };
}

/** "the end of 1990", "the beginning of October", "the middle of the month", "by year-end", "at year's end". */
export function readBoundary(scene: Scene, at: number, read: Recogniser): Expression | null {
  const start = textAt(scene, at) === 'the' ? at + 1 : at;
  const part = BOUNDARIES.get(textAt(scene, start));
  if (part !== undefined) {
    const joint = textAt(scene, start + 1);
    if (joint !== 'of' && !(joint === '-' && scene.pieces[start + 1]!.glued)) return null;
    const inner = read(scene, start + 2);
    if (inner === null || inner.grain === null || inner.type !== 'date') return null;
    return { ...narrowed(scene, inner, part), begin: at };
  }
  return readYearEnd(scene, start);
}

/** "the week of March 6". */
export function readWeekOf(scene: Scene, at: number, read: Recogniser): Expression | null {
  if (textAt(scene, at) !== 'the' || textAt(scene, at + 1) !== 'week') return null;
  const joint = textAt(scene, at + 2);
  if (joint !== 'of' && joint !== 'beginning') return null;
  const inner = read(scene, at + 3);
  if (inner === null || inner.grain !== 'day' || inner.earliest === null) return null;
  return dated(at, inner.end, weekPeriod(inner.earliest), inner.basis);
}

/** "about", "nearly", "at least" and the like before a duration or date: the words belong to the expression. */
export function readApproximate(scene: Scene, at: number, read: Recogniser): Expression | null {
  const first = textAt(scene, at);
  const second = textAt(scene, at + 1);
  const rest = APPROXIMATORS.get(first);
  if (rest === undefined) return null;
  const two = rest.has(second);
  if (!two && !rest.has('')) return null;
  let index = at + (two ? 2 : 1);
  if (first === 'no' && textAt(scene, index) === 'than') index += 1;
  const inner = read(scene, index);
  if (inner === null) return null;
  if (inner.type === 'set') return null;
  const ago = inner.type === 'date' && inner.basis === 'relative' && textAt(scene, inner.end - 1) === 'ago';
  // "over the past week" and "some years ago" are no measures; "around Nov. 1" is a date near that day.
  if (inner.type !== 'duration' && !ago && !NEAR.has(first)) return null;
  if (inner.grain === null && inner.type === 'date') return null;
  if (inner.type === 'duration' && textAt(scene, index) === 'the') return null;
  return {
    ...inner,
    begin: at,
    basis: inner.basis === 'explicit' || inner.basis === 'unresolved' ? inner.basis : 'inferred',
  };
}

type Part = 'start' | 'middle' | 'end' | 'earlier' | 'later';

function narrowed(scene: Scene, inner: Expression, part: Part): Expression {
  const { earliest, latest } = inner;
  if (earliest === null || latest === null || earliest === latest) return inner;
  const third = Math.floor((latest - earliest + 1) / 3);
  const keep = (from: Day, to: Day): Expression => ({ ...inner, earliest: from, latest: to });
  switch (part) {
    case 'start':
      return keep(earliest, earliest + third);
    case 'middle':
      return keep(earliest + third, latest - third);
    case 'end':
      return keep(latest - third, latest);
    case 'earlier': {
      const day = scene.published?.to ?? latest;
      return day >= earliest && day < latest ? keep(earliest, day) : inner;
    }
    case 'later': {
      const day = scene.published?.from ?? earliest;
      return day > earliest && day <= latest ? keep(day, latest) : inner;
    }
  }
}

/** "year-end", "year end", "year's end", "month's end", "midyear": of this year, or of the one the verb points to. */
function readYearEnd(scene: Scene, at: number): Expression | null {
  const first = textAt(scene, at);
  if (first === 'midyear') return thisYear(scene, at, at + 1, 'middle');
  if (first === 'mid' && textAt(scene, at + 1) === '-' && textAt(scene, at + 2) === 'year') {
    return thisYear(scene, at, at + 3, 'middle');
  }
  if (first !== 'year' && first !== 'month') return null;
  let index = at + 1;
  if (textAt(scene, index) === '-') index += 1;
  else if (textAt(scene, index) === "'" && textAt(scene, index + 1) === 's') index += 2;
  if (textAt(scene, index) !== 'end') return null;
  if (first === 'year') return thisYear(scene, at, index + 1, 'end');
  const period = fromPublication(scene, (day) => monthPeriod(dateOf(day).year, dateOf(day).month));
  return narrowed(scene, placed(at, index + 1, period, 'inferred', 'XXXX-XX', 'month'), 'end');
}

function thisYear(scene: Scene, at: number, end: number, part: Part): Expression {
  const back = scene.directionOf(at) === 'past' && textAt(scene, at - 1) === 'since';
  const period = fromPublication(scene, (day) => yearPeriod(dateOf(day).year - (back ? 1 : 0)));
  const year = placed(at, end, period, 'inferred', 'XXXX', 'year');
  if (part !== 'end' || year.latest === null) return narrowed(scene, year, part);
  return { ...year, earliest: year.latest - 30 };
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['early', 'start'],
  ['mid', 'middle'],
  ['late', 'end'],
  ['earlier', 'earlier'],
  ['later', 'later'],
]);
const BOUNDARIES: ReadonlyMap<string, Part> = new Map([
  ['beginning', 'start'],
  ['start', 'start'],
  ['middle', 'middle'],
  ['end', 'end'],
  ['close', 'end'],
]);
const NEAR: ReadonlySet<string> = new Set(['about', 'around', 'circa', 'approximately']);
/** First word of an approximator, and what may follow it; '' when it stands alone. */
const APPROXIMATORS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (
    [
      ['about', ''],
      ['around', ''],
      ['approximately', ''],
      ['roughly', ''],
      ['circa', ''],
      ['nearly', ''],
      ['almost', ''],
      ['some', ''],
      ['more', 'than'],
      ['less', 'than'],
      ['fewer', 'than'],
      ['at', 'least', 'most'],
      ['up', 'to'],
      ['no', 'more', 'less'],
      ['just', 'over', 'under'],
      ['well', 'over'],
    ] as const
  ).map(([first, ...rest]): [string, ReadonlySet<string>] => [first, new Set(rest)]),
);
