import { type Day, dayPeriod } from './calendar.ts';
import { readMonthDay, readNumericDate } from './dates.ts';
import { type Expression, fromToday, type Scene, textAt, UNKNOWN_VALUES } from './expression.ts';
import { readAnaphor, readDeictic, readNeighbour, readWeekday } from './relative.ts';

/** "10 p.m. Wednesday", "at 7:15 on Friday", "1500 GMT", "noon", "Friday at 10:30 a.m.", "2021-12-07T10:00Z": a time of day, with its day. */
export function readClock(scene: Scene, at: number): Expression | null {
  const clock = clockAt(scene, at);
  if (clock !== null) {
    let index = clock.end;
    if (textAt(scene, index) === ',') index += 1;
    if (textAt(scene, index) === 'on') index += 1;
    const day = readDay(scene, index);
    if (day !== null) return timed(at, day.end, day, clock.value);
    return timed(at, clock.end, sameDay(scene), clock.value);
  }
  const day = readDay(scene, at);
  if (day === null) return null;
  let index = day.end;
  if (textAt(scene, index) === 't' && scene.pieces[index]!.glued) index += 1;
  else if (textAt(scene, index) === ',') index += 1;
  if (textAt(scene, index) === 'at' || textAt(scene, index) === 'around' || textAt(scene, index) === 'by') index += 1;
  const after = clockAt(scene, index);
  return after === null ? null : timed(at, after.end, day, after.value);
}

/** "this morning", "Tuesday night", "late last night", "tonight", "the next morning", "overnight". */
export function readPartOfDay(scene: Scene, at: number): Expression | null {
  const first = textAt(scene, at);
  if (first === 'tonight') return timed(at, at + 1, today(scene, 0), 'TNI');
  if (first === 'overnight' || first === 'midday') {
    return timed(at, at + 1, sameDay(scene), first === 'midday' ? 'T12:00' : 'TNI');
  }
  if (first === 'this' || first === 'last') {
    const part = PARTS.get(textAt(scene, at + 1));
    if (part === undefined || (first === 'last' && part !== 'TNI' && part !== 'TEV')) return null;
    return timed(at, at + 2, today(scene, first === 'last' ? -1 : 0), part);
  }
  if (first === 'the' || first === 'that' || first === 'mid') {
    const step = first === 'the' ? FOLLOWING.get(textAt(scene, at + 1)) : undefined;
    const skip = step !== undefined || (first === 'mid' && textAt(scene, at + 1) === '-') ? 2 : 1;
    const part = PARTS.get(textAt(scene, at + skip));
    if (part === undefined) return null;
    if (first === 'the' && step === undefined && textAt(scene, at - 1) !== 'in') return null;
    const end = at + skip + 1;
    const day = first === 'mid' ? readDay(scene, end) : null;
    if (day !== null) return timed(at, day.end, day, part);
    const base = sameDay(scene);
    return timed(
      at,
      end,
      step === undefined ? base : { ...base, day: base.day === null ? null : base.day + step },
      part,
    );
  }
  const day = readDay(scene, at);
  if (day === null) return null;
  const part = PARTS.get(textAt(scene, day.end));
  return part === undefined ? null : timed(at, day.end + 1, day, part);
}

interface DayFound {
  readonly end: number;
  readonly day: Day | null;
  /** Value of the day where it is not known. */
  readonly value: string;
  readonly basis: Expression['basis'];
}

/** A single day that begins at a piece, by any of the ways to name one. */
function readDay(scene: Scene, at: number): DayFound | null {
  if (at >= scene.pieces.length) return null;
  const found =
    readMonthDay(scene, at) ??
    readNumericDate(scene, at) ??
    readWeekday(scene, at) ??
    readDeictic(scene, at) ??
    readNeighbour(scene, at) ??
    readAnaphor(scene, at);
  if (found === null || found.grain !== 'day' || found.earliest !== found.latest) return null;
  return { end: found.end, day: found.earliest, value: found.value, basis: found.basis };
}

function today(scene: Scene, steps: number): DayFound {
  const period = fromToday(scene, 'day', steps);
  return {
    end: 0,
    day: period?.from ?? null,
    value: UNKNOWN_VALUES.day,
    basis: period === null ? 'unresolved' : 'relative',
  };
}

/** The day a bare time of day belongs to: the last day named, else the day of publication. */
function sameDay(scene: Scene): DayFound {
  const last = scene.lastDay;
  if (last !== null && last.from === last.to) return { end: 0, day: last.from, value: last.value, basis: 'inferred' };
  const found = today(scene, 0);
  return found.day === null ? found : { ...found, basis: 'inferred' };
}

function timed(begin: number, end: number, day: DayFound, part: string): Expression {
  return {
    begin,
    end,
    type: 'time',
    value: (day.day === null ? day.value : dayPeriod(day.day).value) + part,
    earliest: day.day,
    latest: day.day,
    basis: day.day === null ? 'unresolved' : day.basis,
    grain: 'day',
  };
}

/** "10 p.m.", "10:30 a.m. EST", "22:00", "1500 GMT", "7 o'clock", "noon", "midnight", with the zone as ISO 8601 has it. */
function clockAt(scene: Scene, at: number): { readonly value: string; readonly end: number } | null {
  const first = scene.pieces[at];
  if (first === undefined) return null;
  if (first.text === 'noon') return { value: 'T12:00', end: at + 1 };
  if (first.text === 'midnight') return { value: 'T24:00', end: at + 1 };
  if (first.kind !== 'number' || first.text.length > 4) return null;
  let hour = Number(first.text);
  let minute = 0;
  let end = at + 1;
  let sure = false;
  const colon = scene.pieces[end];
  const minutes = scene.pieces[end + 1];
  if (
    (colon?.text === ':' || colon?.text === '.') &&
    colon.glued &&
    minutes?.glued &&
    minutes.kind === 'number' &&
    minutes.text.length === 2
  ) {
    minute = Number(minutes.text);
    end += 2;
    sure = colon.text === ':';
    // seconds
    if (textAt(scene, end) === ':' && scene.pieces[end]!.glued && scene.pieces[end + 1]?.kind === 'number') end += 2;
  } else if (first.text.length === 4) {
    minute = hour % 100;
    hour = Math.floor(hour / 100);
  } else if (first.text.length > 2) return null;
  const half = halfOfDay(scene, end);
  if (half !== null) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + half.add;
    end = half.end;
    sure = true;
  } else if (textAt(scene, end) === 'o' && textAt(scene, end + 1) === "'" && textAt(scene, end + 2) === 'clock') {
    end += 3;
    sure = true;
  } else if (textAt(scene, end) === 'hours' && first.text.length === 4) {
    end += 1;
    sure = true;
  }
  const zone = ZONES.get(textAt(scene, end));
  const zoned = zone !== undefined && (scene.pieces[end]!.capital || scene.pieces[end]!.glued);
  if (zoned) {
    end += 1;
    sure = true;
  }
  if (!sure || hour > 23 || minute > 59) return null;
  const two = (count: number) => String(count).padStart(2, '0');
  return { value: `T${two(hour)}:${two(minute)}${zoned ? zone : ''}`, end };
}

/** "a.m.", "pm", "p.m": what it adds to the hour. */
function halfOfDay(scene: Scene, at: number): { readonly add: number; readonly end: number } | null {
  const first = textAt(scene, at);
  if (first === 'am' || first === 'pm') return { add: first === 'pm' ? 12 : 0, end: at + 1 };
  if ((first !== 'a' && first !== 'p') || textAt(scene, at + 1) !== '.' || textAt(scene, at + 2) !== 'm') return null;
  const stop = scene.pieces[at + 3]?.text === '.' && scene.pieces[at + 3]!.glued;
  return { add: first === 'p' ? 12 : 0, end: stop ? at + 4 : at + 3 };
}

const PARTS: ReadonlyMap<string, string> = new Map([
  ['morning', 'TMO'],
  ['afternoon', 'TAF'],
  ['evening', 'TEV'],
  ['night', 'TNI'],
  ['lunchtime', 'T12:00'],
  ['dawn', 'TMO'],
]);
const FOLLOWING: ReadonlyMap<string, number> = new Map([
  ['next', 1],
  ['following', 1],
  ['same', 0],
  ['previous', -1],
]);
const ZONES: ReadonlyMap<string, string> = new Map([
  ['gmt', 'Z'],
  ['utc', 'Z'],
  ['z', 'Z'],
  ['est', '-05'],
  ['edt', '-04'],
  ['cst', '-06'],
  ['cdt', '-05'],
  ['mst', '-07'],
  ['mdt', '-06'],
  ['pst', '-08'],
  ['pdt', '-07'],
  ['bst', '+01'],
  ['cet', '+01'],
  ['cest', '+02'],
  ['eet', '+02'],
  ['eest', '+03'],
  ['msk', '+03'],
  ['et', ''],
]);
