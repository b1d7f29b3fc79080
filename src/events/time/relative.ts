import {
  type Day,
  dateOf,
  dayPeriod,
  type Grain,
  monthPeriod,
  type Period,
  periodAt,
  quarterPeriod,
  SEASONS,
  seasonPeriod,
  shiftPeriod,
  weekdayOf,
  weekPeriod,
} from './calendar.ts';
import { monthAt, weekdayAt } from './dates.ts';
import { type Duration, isoDuration, readDuration, unitOf } from './duration.ts';
import {
  dated,
  type Expression,
  fromPublication,
  fromToday,
  nearest,
  placed,
  placeless,
  type Scene,
  textAt,
  UNKNOWN_VALUES,
  undated,
  wordSet,
} from './expression.ts';
import { partOfYear, seasonOf } from './years.ts';

/** "yesterday", "today", "tomorrow", "the day before yesterday", "the day after tomorrow". */
export function readDeictic(scene: Scene, at: number): Expression | null {
  // "USA Today" is a paper.
  if (scene.pieces[at]!.capital && scene.pieces[at - 1]?.capital) return null;
  const steps = DEICTIC.get(textAt(scene, at));
  if (steps !== undefined)
    return placed(at, at + 1, fromToday(scene, 'day', steps), 'relative', UNKNOWN_VALUES.day, 'day');
  if (textAt(scene, at) !== 'the' || textAt(scene, at + 1) !== 'day') return null;
  const two = `${textAt(scene, at + 2)} ${textAt(scene, at + 3)}`;
  const far = two === 'before yesterday' ? -2 : two === 'after tomorrow' ? 2 : null;
  return far === null ? null : placed(at, at + 4, fromToday(scene, 'day', far), 'relative', UNKNOWN_VALUES.day, 'day');
}

/**
 * "Tuesday", "last Friday", "next Monday", "Tuesday of next week". A bare weekday is the last one, today included, unless
 * the verb looks ahead; "next Tuesday" is that of the week after, "last Tuesday" the last before today.
 */
export function readWeekday(scene: Scene, at: number): Expression | null {
  const lead = stepWords(scene, at);
  const found = weekdayAt(scene, lead === null ? at : lead.end);
  if (found === null) return null;
  const { weekday, end } = found;
  if (TITLE_AFTER.has(textAt(scene, end)) && scene.pieces[end]!.capital) return null;
  if (lead === null && NAMED_DAYS.has(textAt(scene, at - 1)) && scene.pieces[at - 1]!.capital) return null;
  const template = `XXXX-WXX-${weekday}`;
  const inWeek = (day: Day): Period => dayPeriod(weekPeriod(day).from + weekday - 1);
  // "Tuesday of last week", "Tuesday next week"
  const weekStart = textAt(scene, end) === 'of' ? end + 1 : end;
  const week = lead === null ? stepWords(scene, weekStart) : null;
  if (week !== null && textAt(scene, week.end) === 'week') {
    const period = fromPublication(scene, (day) => inWeek(day + week.steps * 7));
    return placed(at, week.end + 1, period, 'relative', template, 'day');
  }
  if (lead?.anaphoric) {
    const last = scene.lastDay;
    if (last === null) return undated(at, end, template, 'day');
    const day = last.from + lead.steps * ((((((weekday - weekdayOf(last.from)) * lead.steps + 6) % 7) + 7) % 7) + 1);
    return dated(at, end, dayPeriod(lead.steps === 0 ? inWeek(last.from).from : day), 'inferred');
  }
  const direction = lead !== null ? 'unknown' : looksAhead(scene, at) ? 'future' : scene.directionOf(at);
  const period = fromPublication(scene, (day) => {
    if (lead === null)
      return nearest(day, direction === 'future' ? 'future' : 'past', (step) => inWeek(day + step * 7));
    if (lead.steps < 0) return nearest(day - 1, 'past', (step) => inWeek(day - 1 + step * 7));
    if (lead.steps === 0) return inWeek(day);
    return lead.soon ? nearest(day + 1, 'future', (step) => inWeek(day + 1 + step * 7)) : inWeek(day + 7);
  });
  return placed(at, end, period, lead === null ? 'inferred' : 'relative', template, 'day');
}

/** "last year", "next week", "this weekend", "the past month", "the current quarter", "last June", "this summer". */
export function readNeighbour(scene: Scene, at: number): Expression | null {
  const lead = stepWords(scene, at);
  if (lead === null) return null;
  const { steps, end } = lead;
  const noun = textAt(scene, end);
  const season = seasonOf(noun);
  if (season !== null && !scene.pieces[end]!.capital) {
    const period = fromPublication(scene, (day) => {
      const year = dateOf(day).year;
      const at0 = (step: number) => seasonPeriod(year + step, season);
      if (steps === 0) return thisOne(day, at0);
      return steps < 0 ? before(day, at0) : after(day, at0);
    });
    return placed(at, end + 1, period, 'relative', `XXXX-${SEASONS[season]!.value}`, 'season');
  }
  const month = monthAt(scene, end);
  if (month !== null) {
    const period = fromPublication(scene, (day) => {
      const year = dateOf(day).year;
      const at0 = (step: number) => monthPeriod(year + step, month.month);
      if (steps === 0) return thisOne(day, at0);
      return steps < 0 ? before(day, at0) : after(day, at0);
    });
    return placed(at, month.end, period, 'relative', `XXXX-${String(month.month).padStart(2, '0')}`, 'month');
  }
  const skip = FISCAL.has(noun) ? end + 1 : end;
  const grain = GRAIN_NOUNS.get(textAt(scene, skip)) ?? null;
  // "This Week" is a programme.
  if (grain === null || scene.pieces[skip]!.capital) return null;
  if (grain === 'day' && !lead.anaphoric) return null;
  if (lead.anaphoric) {
    const base = baseOf(scene, grain);
    const period = base === null ? null : steps === 0 ? base : shiftPeriod(base, steps);
    return placed(at, skip + 1, period, 'inferred', UNKNOWN_VALUES[grain], grain);
  }
  // "the past year" is the stretch up to now, "the last decade" the ten years before this one.
  if (
    lead.stretch &&
    (grain === 'year' || grain === 'month' || grain === 'week' || grain === 'decade' || grain === 'century')
  ) {
    const unit = unitOf(noun);
    if (unit !== null) return stretch(scene, at, end + 1, steps, readDurationOfOne(noun));
  }
  // "this weekend" said on a weekday is the coming one, "the weekend" the one that is over.
  return placed(at, skip + 1, fromToday(scene, grain, steps), 'relative', UNKNOWN_VALUES[grain], grain);
}

/** "the past two weeks", "the next few days", "the coming months": a stretch that ends or begins today. */
export function readStretch(scene: Scene, at: number): Expression | null {
  const lead = stepWords(scene, at);
  if (lead === null || lead.steps === 0) return null;
  // "the talks last four hours", "to last four hours"
  if (textAt(scene, at) === 'last' && at > 0 && !LAST_LEADS.has(textAt(scene, at - 1))) return null;
  const duration = readDuration(scene.pieces, lead.end);
  if (duration === null || duration.quantity.article) return null;
  // "the coming months" is vague.ts's.
  if (duration.quantity.low === null && duration.quantity.end === lead.end) return null;
  return stretch(scene, at, duration.end, lead.steps, duration);
}

/** "three months ago", "a year earlier", "two days later", "a week from now", "the day before". */
export function readAgo(scene: Scene, at: number): Expression | null {
  const duration = readDuration(scene.pieces, at);
  if (duration === null) return null;
  let end = duration.end;
  if (textAt(scene, end) === 'or' && textAt(scene, end + 1) === 'so') end += 2;
  const hyphen = textAt(scene, end) === '-' ? 1 : 0;
  const word = textAt(scene, end + hyphen);
  const next = textAt(scene, end + 1);
  const { unit } = duration;
  const { low, high } = duration.quantity;
  // In "a year-earlier loss" the article is the noun's.
  const begin = hyphen === 1 && duration.quantity.article ? at + 1 : at;
  // Hours and minutes ago lie within the day or the day before; which, is not told.
  const hours = unit.grain === null && low !== null;
  if (word === 'ago') {
    if (hours) return placeless(at, end + hyphen + 1, 'duration', duration.value);
    if (low === null) return placeless(at, end + hyphen + 1, 'date', 'PAST_REF');
    return counted(
      scene,
      begin,
      end + hyphen + 1,
      -low,
      unit.grain,
      unit.times,
      'today',
      high !== null && high !== low,
    );
  }
  if (word === 'from' && (next === 'now' || next === 'today')) {
    if (low === null) return placeless(at, end + 2, 'date', 'FUTURE_REF');
    return counted(scene, at, end + 2, low, unit.grain, unit.times, 'today', false);
  }
  const back = word === 'earlier' || word === 'before' || word === 'previously';
  if (!back && word !== 'later' && word !== 'afterwards' && word !== 'afterward') return null;
  // "two days before the vote" counts from the vote, whose day is not in these words.
  if (word === 'before' && !ENDS_CLAUSE.has(textAt(scene, end + hyphen + 1))) return null;
  if (low === null) return null;
  if (hours) return placeless(at, end + hyphen + 1, 'duration', duration.value);
  return counted(scene, begin, end + hyphen + 1, back ? -low : low, unit.grain, unit.times, 'last', false);
}

/** "that month", "the same day", "the following week", "the day", "later that day" without its "later". */
export function readAnaphor(scene: Scene, at: number): Expression | null {
  const first = textAt(scene, at);
  if (first !== 'the') return null;
  const before = textAt(scene, at - 1);
  const skip = FISCAL.has(textAt(scene, at + 1)) ? at + 2 : at + 1;
  const noun = textAt(scene, skip);
  const grain = GRAIN_NOUNS.get(noun) ?? null;
  const end = skip + 1;
  const after = textAt(scene, end);
  if (noun === 'day' && (after === 'before' || after === 'after') && ENDS_CLAUSE.has(textAt(scene, end + 1))) {
    return counted(scene, at, end + 1, after === 'before' ? -1 : 1, 'day', 1, 'last', false);
  }
  // "the quarter-to-quarter change", "the Fiscal Year 2023"
  if (grain === null || (scene.pieces[end]?.glued === true && after === '-')) return null;
  if (scene.pieces[end]?.kind === 'number') return null;
  // "the year ended June 30" is any year's length that these words end.
  if ((after === 'ended' || after === 'ending') && grain !== 'quarter') {
    const unit = unitOf(noun);
    return unit === null ? null : placeless(at, end, 'duration', isoDuration(1, unit));
  }
  if (UNBOUND_AFTER.has(after) && grain !== 'quarter') return null;
  if (noun === 'weekend') {
    const ahead = before === 'of' || scene.directionOf(end - 1) === 'future';
    const period = fromPublication(scene, (day) =>
      nearest(day, ahead ? 'future' : 'past', (step) => periodAt('weekend', day, step)),
    );
    return placed(at, end, period, 'inferred', UNKNOWN_VALUES.weekend, 'weekend');
  }
  if (noun === 'quarter') {
    const period = scene.lastQuarter ?? fromToday(scene, 'quarter', -1);
    return placed(at, end, period, 'inferred', UNKNOWN_VALUES.quarter, 'quarter');
  }
  if (grain === 'century' || grain === 'decade') return null;
  if (!BOUND_BEFORE.has(before)) return null;
  const period = grain === 'day' ? (scene.lastDay ?? fromToday(scene, 'day', 0)) : fromToday(scene, grain, 0);
  return placed(at, end, period, 'inferred', UNKNOWN_VALUES[grain], grain);
}

/** "the latest quarter", "the year-ago period", "the year-earlier quarter", "year-earlier": a period and its counterpart. */
export function readCounterpart(scene: Scene, at: number): Expression | null {
  let index = at;
  if (textAt(scene, index) === 'the') index += 1;
  if (index > at && (textAt(scene, index) === 'latest' || textAt(scene, index) === 'most')) {
    index += textAt(scene, index) === 'most' && textAt(scene, index + 1) === 'recent' ? 2 : 1;
    const noun = textAt(scene, index);
    if (!isQuarterNoun(noun)) return null;
    if (noun === 'period' && scene.lastQuarter === null) return null;
    const period = scene.lastQuarter ?? fromToday(scene, 'quarter', -1);
    return placed(at, index + 1, period, 'inferred', UNKNOWN_VALUES.quarter, 'quarter');
  }
  // "the 1988 quarter": the one that corresponds to the quarter reported.
  const year = index > at && scene.pieces[index]?.kind === 'number' ? Number(textAt(scene, index)) : 0;
  if (year > 1000 && year < 3000 && scene.lastQuarter !== null && isQuarterNoun(textAt(scene, index + 1))) {
    const steps = year - dateOf(scene.lastQuarter.from).year;
    return dated(at, index + 2, shiftPeriod(scene.lastQuarter, steps * 4), 'inferred');
  }
  if (index > at && COMPARED.has(textAt(scene, index))) index += 1;
  if (textAt(scene, index) !== 'year') return null;
  const hyphen = textAt(scene, index + 1) === '-' ? 1 : 0;
  const word = textAt(scene, index + 1 + hyphen);
  if (hyphen === 0 || (word !== 'ago' && word !== 'earlier')) return null;
  let end = index + 3;
  // "the year-earlier third quarter"
  const part = partOfYear(scene, end);
  if (part?.noun === 'quarter') {
    const period = fromPublication(scene, (day) =>
      nearest(day, 'past', (step) => quarterPeriod(dateOf(day).year + step, part.rank)),
    );
    const earlier = period === null ? null : shiftPeriod(period, -4);
    return placed(at, part.end, earlier, 'inferred', `XXXX-Q${part.rank}`, 'quarter');
  }
  const noun = textAt(scene, end);
  if (index > at && isQuarterNoun(noun)) end += 1;
  return counted(scene, index > at && end === index + 3 ? at + 1 : at, end, -1, 'year', 1, 'last', false);
}

function isQuarterNoun(noun: string): boolean {
  return noun === 'quarter' || noun === 'period';
}

/** "in five years", "in three weeks" of what is to come: counted from today. Null for hours and open numbers. */
export function dateAhead(scene: Scene, at: number, duration: Duration): Expression | null {
  const { quantity, unit, end } = duration;
  if (quantity.low === null || unit.grain === null) return null;
  return counted(scene, at, end, quantity.low, unit.grain, unit.times, 'today', quantity.low !== quantity.high);
}

interface StepWords {
  readonly steps: number;
  readonly end: number;
  /** Counts from the last date of the document, not from today. */
  readonly anaphoric: boolean;
  /** "coming": the very next one. */
  readonly soon: boolean;
  /** "the past", "the coming": the stretch that touches today. */
  readonly stretch: boolean;
}

/** "last", "this", "the next", "this past", "the coming", "the following", "that same": which neighbour is meant. */
function stepWords(scene: Scene, at: number): StepWords | null {
  const step = (steps: number, end: number, kind: '' | 'anaphoric' | 'soon' | 'stretch' = ''): StepWords => ({
    steps,
    end,
    anaphoric: kind === 'anaphoric',
    soon: kind === 'soon',
    stretch: kind === 'stretch',
  });
  const first = textAt(scene, at);
  const second = textAt(scene, at + 1);
  switch (first) {
    case 'last':
      return step(-1, at + 1);
    case 'past':
      return step(-1, at + 1, 'stretch');
    case 'next':
      return step(1, at + 1);
    case 'coming':
    case 'upcoming':
      return step(1, at + 1, 'soon');
    case 'this':
      if (second === 'past') return step(-1, at + 2);
      if (second === 'coming') return step(1, at + 2, 'soon');
      if (second === 'same') return step(0, at + 2, 'anaphoric');
      return step(0, at + 1);
    case 'current':
      return step(0, at + 1);
    case 'that':
      return step(0, second === 'same' ? at + 2 : at + 1, 'anaphoric');
    case 'following':
      return step(1, at + 1, 'anaphoric');
    case 'previous':
      return step(-1, at + 1, 'anaphoric');
    case 'the':
      break;
    default:
      return null;
  }
  switch (second) {
    case 'last':
      return step(-1, at + 2, 'stretch');
    case 'past':
      return step(-1, at + 2, 'stretch');
    case 'next':
      return textAt(scene, at + 2) === 'day' ? step(1, at + 2, 'anaphoric') : step(1, at + 2);
    case 'coming':
    case 'upcoming':
      return step(1, at + 2, 'soon');
    case 'current':
    case 'present':
      return step(0, at + 2);
    case 'same':
      return step(0, at + 2, 'anaphoric');
    case 'following':
    case 'ensuing':
      return step(1, at + 2, 'anaphoric');
    case 'previous':
    case 'preceding':
    case 'prior':
      return step(-1, at + 2, 'anaphoric');
    default:
      return null;
  }
}

/** "until Tuesday", "gave them until 9 a.m. Tuesday", "as early as Monday": whatever the verb, the day is to come. */
function looksAhead(scene: Scene, at: number): boolean {
  let index = at - 1;
  while (index > at - 8 && (scene.pieces[index]?.kind === 'number' || CLOCK_WORDS.has(textAt(scene, index))))
    index -= 1;
  const before = textAt(scene, index);
  // "Until Thursday, they had said nothing"
  if (before === 'until' || before === 'till') return index > 0;
  return before === 'as' && textAt(scene, index - 2) === 'as';
}

interface Stretchable {
  readonly value: string;
  readonly quantity: { readonly low: number | null; readonly high: number | null };
  readonly unit: { readonly grain: Grain | null; readonly times: number };
}

function readDurationOfOne(noun: string): Stretchable {
  const unit = unitOf(noun)!;
  return { value: isoDuration(1, unit), quantity: { low: 1, high: 1 }, unit };
}

/** A duration that ends today (`steps` < 0) or begins today. */
function stretch(scene: Scene, at: number, end: number, steps: number, duration: Stretchable): Expression {
  const expression = placeless(at, end, 'duration', duration.value);
  const days = lengthInDays(duration);
  if (days === null || scene.published === null) return expression;
  const { from, to } = scene.published;
  return steps < 0
    ? { ...expression, earliest: from - days, latest: to, basis: 'relative' }
    : { ...expression, earliest: from, latest: to + days, basis: 'relative' };
}

function lengthInDays({ quantity, unit }: Stretchable): number | null {
  if (quantity.high === null || unit.grain === null) return null;
  const length = MEAN_DAYS.get(unit.grain);
  const days = length === undefined ? null : Math.ceil(quantity.high * length);
  return days === null || days > 200_000 ? null : days;
}

/** The date `steps` units from today or from the last date, as wide as the unit: "two weeks ago" is a week. */
function counted(
  scene: Scene,
  at: number,
  end: number,
  steps: number,
  grain: Grain | null,
  times: number,
  origin: 'today' | 'last',
  loose: boolean,
): Expression | null {
  if (grain === null) {
    return null;
  }
  if (Math.abs(steps) * times > 3000) return null;
  const whole = Number.isInteger(steps);
  // "half a year ago" counts in months, "a decade ago" is a year.
  const unit =
    !whole && grain === 'year'
      ? 'month'
      : grain === 'decade' || grain === 'century'
        ? 'year'
        : grain === 'quarter'
          ? 'quarter'
          : grain;
  const count = Math.round(
    !whole && grain === 'year'
      ? steps * 12
      : grain === 'decade'
        ? steps * 10
        : grain === 'century'
          ? steps * 100
          : steps,
  );
  // In a report that compares quarters, "a year ago" is the same quarter of the year before.
  if (grain === 'year' && count === -1 && scene.lastQuarter !== null) {
    return dated(at, end, shiftPeriod(scene.lastQuarter, -4), 'inferred');
  }
  const from = origin === 'today' ? null : unit === 'day' ? scene.lastDay : scene.last;
  const period = from === null ? fromToday(scene, unit, count) : periodAt(unit, from.from, count);
  const basis = origin === 'today' && !loose ? 'relative' : 'inferred';
  return placed(at, end, period, basis, UNKNOWN_VALUES[unit], unit);
}

/** The period of a grain that the last date lies in, or today's: what "that week" and "the following month" count from. */
function baseOf(scene: Scene, grain: Grain): Period | null {
  const last = grain === 'day' ? scene.lastDay : grain === 'quarter' ? (scene.lastQuarter ?? scene.last) : scene.last;
  if (last !== null) return periodAt(grain, last.from);
  return fromToday(scene, grain, 0);
}

/** "this September" is that of the year of writing; said of one nine months gone, it is the next. */
function thisOne(day: Day, at: (step: number) => Period): Period {
  const around = [at(-1), at(0)].find((period) => period.from <= day && day <= period.to);
  return around ?? (day - at(0).to > 270 ? at(1) : at(0));
}

function before(day: Day, at: (step: number) => Period): Period {
  return [at(0), at(-1), at(-2)].find((period) => period.to < day) ?? at(-2);
}

function after(day: Day, at: (step: number) => Period): Period {
  return [at(0), at(1), at(2)].find((period) => period.from > day) ?? at(2);
}

const DEICTIC: ReadonlyMap<string, number> = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);
const GRAIN_NOUNS: ReadonlyMap<string, Grain> = new Map([
  ['day', 'day'],
  ['week', 'week'],
  ['weekend', 'weekend'],
  ['month', 'month'],
  ['quarter', 'quarter'],
  ['year', 'year'],
  ['decade', 'decade'],
  ['century', 'century'],
]);
/** Mean length in days, for stretches counted from today. */
const MEAN_DAYS: ReadonlyMap<Grain, number> = new Map([
  ['day', 1],
  ['week', 7],
  ['month', 30.44],
  ['quarter', 91.31],
  ['year', 365.25],
  ['decade', 3652.5],
  ['century', 36525],
]);
const FISCAL = wordSet('fiscal financial calendar academic full');
const COMPARED = wordSet('comparable corresponding');
/** Words after which "last" is no verb. */
const LAST_LEADS = wordSet('in over during for within of these those his her their its our my at , least');
/** What may stand between "until" and the day. */
const CLOCK_WORDS = wordSet('a p m . : noon midnight am pm est edt gmt et');
/** Newspapers named after a day. */
const TITLE_AFTER = wordSet('times telegraph mirror post express herald world mail independent tribune star');
const NAMED_DAYS = wordSet('black bloody good ash holy palm easter super fat maundy whit ruby');
/** A noun phrase after which the words say by themselves which year is meant: "the year of the treaty", "the day he left". */
const UNBOUND_AFTER = wordSet(
  'of that when in ended ending which he she they it we i you the a to since - before after',
);
const BOUND_BEFORE = wordSet('in of for during over this throughout through later earlier within');
const ENDS_CLAUSE = wordSet('. , ; : ) " and but or by in at --');
