import { type Day, dateOf, monthPeriod, toDay } from './calendar.ts';
import { type Expression, type Scene, textAt } from './expression.ts';

/**
 * Two dates that bound one stretch, as one expression: "between March 3 and April 5", "from 2014 to 2018", "June
 * through August", "May 30 - June 2". The value is the ISO 8601 interval `2021-03-03/2021-04-05`, the days run from the
 * first day of the first to the last day of the second. Null when they bound nothing.
 */
export function joinRange(scene: Scene, first: Expression, second: Expression): Expression | null {
  if (first.type !== 'date' || second.type !== 'date' || first.grain === null || second.grain === null) return null;
  if (second.begin - first.end !== 1) return null;
  const joint = textAt(scene, first.end);
  const lead = textAt(scene, first.begin - 1);
  const bound =
    (lead === 'between' && joint === 'and') ||
    (lead === 'from' && (joint === 'to' || joint === 'until' || joint === 'till')) ||
    joint === 'through' ||
    (joint === '-' && first.grain === second.grain);
  if (!bound || first.value.includes('/') || second.value.includes('/')) return null;
  if (second.latest === null || second.earliest === null) {
    if (first.earliest !== null) return null;
    return { ...second, begin: first.begin, value: `${first.value}/${second.value}` };
  }
  const open = first.basis === 'inferred' || first.basis === 'unresolved';
  const start = open && second.basis === 'explicit' ? beforeEnd(first, second.earliest) : first;
  if (start.earliest === null || start.earliest > second.latest) return null;
  return {
    ...second,
    begin: first.begin,
    value: `${start.value}/${second.value}`,
    earliest: start.earliest,
    basis: start.basis === 'explicit' ? second.basis : start.basis,
  };
}

/** In "from March to June 2021" the year stands once, at the end: the first date is the last such before the second. */
function beforeEnd(first: Expression, end: Day): Expression {
  const parts = /^[\dX]{4}-(\d\d)(?:-(\d\d))?$/.exec(first.value);
  if (parts === null || (first.grain !== 'month' && first.grain !== 'day')) return first;
  const [month, day] = [Number(parts[1]), Number(parts[2])];
  const year = dateOf(end).year;
  const at = (y: number) => (first.grain === 'month' ? monthPeriod(y, month).from : toDay(y, month, day));
  const chosen = at(year) <= end ? year : year - 1;
  const value = `${String(chosen).padStart(4, '0')}${first.value.slice(4)}`;
  return { ...first, value, earliest: at(chosen), basis: 'explicit' };
}
