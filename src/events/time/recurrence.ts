import { SEASONS } from './calendar.ts';
import { monthAt, weekdayAt } from './dates.ts';
import { readDuration, unitOf } from './duration.ts';
import { type Expression, placeless, type Scene, textAt, wordSet } from './expression.ts';
import { readNumber } from './numbers.ts';
import { seasonOf } from './years.ts';

/**
 * What comes again and again, as TIMEX3 sets: "every Tuesday" `XXXX-WXX-2`, "each July" `XXXX-07`, "on Mondays", "daily"
 * `P1D`, "every two weeks" `P2W`, "twice a year" `P1Y`, "three times a week" `P1W`.
 */
export function readRecurrence(scene: Scene, at: number): Expression | null {
  const first = textAt(scene, at);
  const adverb = ADVERBS.get(first);
  if (adverb !== undefined) return placeless(at, at + 1, 'set', adverb);
  if (first === 'every' || first === 'each') return readEach(scene, at);
  const plural = scene.pieces[at];
  // "Mondays", "Tuesday nights"
  if (plural?.capital) {
    const singular = plural.text.endsWith('days') ? WEEKDAY_NUMBERS.get(plural.text.slice(0, -1)) : undefined;
    if (singular !== undefined) return placeless(at, at + 1, 'set', `XXXX-WXX-${singular}`);
    const day = weekdayAt(scene, at);
    const part = day === null ? undefined : PLURAL_PARTS.get(textAt(scene, day.end));
    if (day !== null && part !== undefined) return placeless(at, day.end + 1, 'set', `XXXX-WXX-${day.weekday}${part}`);
  }
  return readRate(scene, at);
}

function readEach(scene: Scene, at: number): Expression | null {
  const start = textAt(scene, at + 1) === 'other' ? at + 2 : at + 1;
  const double = start === at + 2;
  const unit = unitOf(textAt(scene, start));
  if (unit !== null && !unit.plural) {
    return placeless(at, start + 1, 'set', `P${unit.time ? 'T' : ''}${(double ? 2 : 1) * unit.times}${unit.letter}`);
  }
  const weekday = weekdayAt(scene, start);
  if (weekday !== null) {
    const part = PARTS.get(textAt(scene, weekday.end));
    return placeless(at, weekday.end + (part === undefined ? 0 : 1), 'set', `XXXX-WXX-${weekday.weekday}${part ?? ''}`);
  }
  const month = monthAt(scene, start);
  if (month !== null) {
    const day = scene.pieces[month.end];
    const value = `XXXX-${two(month.month)}`;
    return day?.kind === 'number' && day.text.length <= 2
      ? placeless(at, month.end + 1, 'set', `${value}-${two(Number(day.text))}`)
      : placeless(at, month.end, 'set', value);
  }
  const season = seasonOf(textAt(scene, start));
  if (season !== null) return placeless(at, start + 1, 'set', `XXXX-${SEASONS[season]!.value}`);
  const part = PARTS.get(textAt(scene, start));
  if (part !== undefined) return placeless(at, start + 1, 'set', `XXXX-XX-XX${part}`);
  if (textAt(scene, start) === 'weekend') return placeless(at, start + 1, 'set', 'XXXX-WXX-WE');
  // "every two weeks", "every few days"
  if (textAt(scene, at) !== 'every') return null;
  const duration = readDuration(scene.pieces, start);
  return duration === null ? null : placeless(at, duration.end, 'set', duration.value);
}

/** "once a week", "three times a month", and "a year" after what is counted: "two million tons a year". */
function readRate(scene: Scene, at: number): Expression | null {
  const first = textAt(scene, at);
  let start = at;
  if (first === 'once' || first === 'twice') start = at + 1;
  else if (first !== 'a' && first !== 'an' && first !== 'per') {
    const number = NUMBER_OR_SEVERAL.has(first) ? { end: at + 1 } : readNumber(scene.pieces, at);
    if (number === null || textAt(scene, number.end) !== 'times') return null;
    start = number.end + 1;
  }
  const article = textAt(scene, start);
  if (article !== 'a' && article !== 'an' && article !== 'per' && article !== 'each' && article !== 'every')
    return null;
  const unit = unitOf(textAt(scene, start + 1));
  if (unit === null || unit.plural) return null;
  if (start === at && ELSE_AFTER.has(textAt(scene, start + 2))) return null;
  const before = textAt(scene, at - 1);
  if (start === at && article !== 'per' && !COUNTED_BEFORE.has(before) && scene.pieces[at - 1]?.kind !== 'number')
    return null;
  return placeless(at, start + 2, 'set', `P${unit.time ? 'T' : ''}${unit.times}${unit.letter}`);
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}

const ADVERBS: ReadonlyMap<string, string> = new Map([
  ['hourly', 'PT1H'],
  ['daily', 'P1D'],
  ['nightly', 'XXXX-XX-XXTNI'],
  ['weekly', 'P1W'],
  ['fortnightly', 'P2W'],
  ['biweekly', 'P2W'],
  ['monthly', 'P1M'],
  ['bimonthly', 'P2M'],
  ['annually', 'P1Y'],
  ['yearly', 'P1Y'],
]);
const WEEKDAY_NUMBERS: ReadonlyMap<string, number> = new Map(
  'monday tuesday wednesday thursday friday saturday sunday'
    .split(' ')
    .map((name, index): [string, number] => [name, index + 1]),
);
const PARTS: ReadonlyMap<string, string> = new Map([
  ['morning', 'TMO'],
  ['afternoon', 'TAF'],
  ['evening', 'TEV'],
  ['night', 'TNI'],
]);
const PLURAL_PARTS: ReadonlyMap<string, string> = new Map([...PARTS].map(([word, part]) => [`${word}s`, part]));
const NUMBER_OR_SEVERAL = wordSet('several many');
/** What "a year" gives the rate of: "tons a year", "$3 million a year", "5 percent a year". */
const COUNTED_BEFORE = wordSet(
  'percent % million billion thousand hundred dollars euros tons tonnes barrels people flights units cars trips visits times dead copies cents cds degrees patients visitors tourists pounds yen rubles',
);
/** "a year ago", "a year later", "a day-long" are no rates. */
const ELSE_AFTER = wordSet('ago earlier later before after from and or old - since in');
