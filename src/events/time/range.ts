import { type Day, dateOf, monthPeriod, toDay } from './calendar.ts';
import { type Expression, type Scene, textAt } from './expression.ts';

/**
 * True where two dates with one word between them bound one stretch: "between March 3 and April 5", "from 2014 to 2018",
 * "June through August". `lead` is the word before the first, `joint` the one between, both in small letters.
 */
export function boundsStretch(lead: string, joint: string): boolean {
  if (joint === 'through' || joint === 'thru') return true;
  if (lead === 'between') return joint === 'and';
  return lead === 'from' && (joint === 'to' || joint === 'until' || joint === 'till');
}

/**
 * The second of two dates that bound a stretch taken together with the first. TIMEX3 has them as two expressions; where
 * only a dash stands between them ("May 30 - June 2") as one, whose value is the ISO 8601 interval and whose days run from
 * the first day of the first to the last day of the second. In "from March to June 2021" the first takes the year of the
 * second. Null when they bound nothing.
 */
export function joinRange(scene: Scene, first: Expression, second: Expression): readonly Expression[] | null {
  if (first.type !== 'date' || second.type !== 'date' || first.grain === null || second.grain === null) return null;
  if (second.begin - first.end !== 1 || first.value.includes('/') || second.value.includes('/')) return null;
  const joint = textAt(scene, first.end);
  const dash = joint === '-' && first.grain === second.grain;
  if (!dash && !boundsStretch(textAt(scene, first.begin - 1), joint)) return null;
  if (second.latest === null || second.earliest === null) {
    if (first.earliest !== null) return null;
    return dash ? [{ ...second, begin: first.begin, value: `${first.value}/${second.value}` }] : [first, second];
  }
  const open = first.basis === 'inferred' || first.basis === 'unresolved';
  const start = open && second.basis === 'explicit' ? beforeEnd(first, second.earliest) : first;
  if (start.earliest === null || start.earliest > second.latest) return null;
  if (!dash) return [start, second];
  const value = `${start.value}/${second.value}`;
  const basis = start.basis === 'explicit' ? second.basis : start.basis;
  return [{ ...second, begin: first.begin, value, earliest: start.earliest, basis }];
}

/** In "from March to June 2021" the year stands once, at the end: the first date is the last such before the second. */
function beforeEnd(first: Expression, end: Day): Expression {
  const parts = /^[\dX]{4}-(\d\d)(?:-(\d\d))?$/.exec(first.value);
  if (parts === null || (first.grain !== 'month' && first.grain !== 'day')) return first;
  const [month, day] = [Number(parts[1]), Number(parts[2])];
  const year = dateOf(end).year;
  const at = (y: number) =>
    first.grain === 'month' ? monthPeriod(y, month) : { from: toDay(y, month, day), to: toDay(y, month, day) };
  const chosen = at(year).from <= end ? year : year - 1;
  const value = `${String(chosen).padStart(4, '0')}${first.value.slice(4)}`;
  return { ...first, value, earliest: at(chosen).from, latest: at(chosen).to, basis: 'explicit' };
}
