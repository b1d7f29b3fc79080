import type { Sentence } from '../../nlp/sentence.ts';
import type { Published } from '../../source/document.ts';
import type { Time } from '../reading.ts';
import { type Day, formatDay, type Period, parseDay } from './calendar.ts';
import { readClock, readPartOfDay } from './clock.ts';
import { readMonth, readMonthDay, readNumericDate } from './dates.ts';
import { readDuration } from './duration.ts';
import { type Expression, placeless, type Recogniser, type Scene, textAt, wordSet } from './expression.ts';
import { readHoliday } from './holidays.ts';
import { readApproximate, readBoundary, readModified, readWeekOf } from './modified.ts';
import { cutPieces, type Piece } from './pieces.ts';
import { joinRange } from './range.ts';
import { readRecurrence } from './recurrence.ts';
import {
  dateAhead,
  readAgo,
  readAnaphor,
  readCounterpart,
  readDeictic,
  readNeighbour,
  readStretch,
  readWeekday,
} from './relative.ts';
import { directionAt } from './tense.ts';
import { readVague } from './vague.ts';
import { readCentury, readDecade, readQuarter, readSeason, readYear } from './years.ts';

/**
 * The time expressions of a document, in the order of the text, not overlapping. Types and values follow TIMEX3 (TimeML
 * 1.2, ISO 8601), without `mod`: "early 2023" has the value `2023` and the days of its first third. Spans take in articles
 * and measures ("the third quarter", "nearly forty years"), not prepositions.
 *
 * `earliest` and `latest` are the days a date can mean, both in; durations and sets have none unless they touch the day of
 * publication ("the past two weeks"). `basis`: `explicit`, the words say it all; `relative`, counted from the publication
 * date as the words direct; `inferred`, a year, a direction or an antecedent had to be chosen; `unresolved`, no day is
 * known, and the value tells what is ("on Tuesday" without a publication date is `XXXX-WXX-2`).
 *
 * Days under one month are one expression with an interval as value, `2021-03-03/2021-03-05`; "from May 30 to June 2" is
 * two, which {@link boundsStretch} knows for one stretch. Time is linear in the text.
 */
export function findTimes(text: string, sentences: readonly Sentence[], published: Published | null): readonly Time[] {
  const days = published === null ? null : { from: parseDay(published.from), to: parseDay(published.to) };
  const times: Time[] = [];
  let memory: Memory = { last: null, lastDay: null, lastQuarter: null };
  for (const sentence of sentences) {
    const pieces = cutPieces(text, sentence);
    const directionOf = (piece: number) => directionAt(sentence, pieces[piece]?.token ?? 0);
    const found: Expression[] = [];
    let at = 0;
    while (at < pieces.length) {
      const scene: Scene = { ...memory, pieces, published: days, directionOf };
      const expression = readAt(scene, at);
      if (expression === null) {
        at += 1;
        continue;
      }
      const before = found.at(-1);
      const joined = before === undefined ? null : joinRange(scene, before, expression);
      if (joined === null) found.push(expression);
      else found.splice(-1, 1, ...joined);
      memory = remember(memory, expression, days?.to ?? null);
      at = expression.end;
    }
    for (const expression of found) times.push(timeOf(pieces, expression));
  }
  return times;
}

/** What recognises what. All are asked; the longest expression wins, and of two as long the one that stands first. */
const RECOGNISERS: readonly Recogniser[] = [
  readNumericDate, // 2021-12-07, 25/12/2021
  readMonthDay, // Tuesday, December 7; 3-5 March
  readMonth, // June 2021; in June
  readHoliday, // Christmas Eve
  readClock, // 10 p.m. Wednesday; Friday at 10:30
  readPartOfDay, // this morning; Tuesday night
  readQuarter, // the third quarter of 1984; the first half of 2022
  readSeason, // the summer of 1998
  readDecade, // the 1990s; the '90s
  readCentury, // the 20th century
  readYear, // 1998; fiscal 1989; 2014-18
  readDeictic, // yesterday
  readWeekday, // last Friday; Tuesday of next week
  readNeighbour, // this week; last June; the following month
  readCounterpart, // the year-ago quarter
  readStretch, // the past two weeks
  readAgo, // three months ago; a day earlier
  readRecurrence, // every Tuesday; annually
  readAnaphor, // the weekend; the day after
  readPeriod, // two hours; a two-day; weeks
  readVague, // now; recently
];

/** Recognisers that read another expression inside themselves. */
const WRAPPERS: readonly ((scene: Scene, at: number, read: Recogniser) => Expression | null)[] = [
  readModified, // late June; earlier this week
  readBoundary, // the end of 1990; year-end
  readWeekOf, // the week of March 6
];

function readAt(scene: Scene, at: number): Expression | null {
  return longer(readWhole(scene, at), readApproximate(scene, at, readWhole));
}

function readWhole(scene: Scene, at: number): Expression | null {
  let best = readPlain(scene, at);
  for (const wrapper of WRAPPERS) best = longer(best, wrapper(scene, at, readPlain));
  return best === null ? null : withTail(scene, best);
}

/** "the next year or so", "1994 or later", "1990 and beyond": the words belong to the expression; its days stay. */
function withTail(scene: Scene, expression: Expression): Expression {
  const { end, type } = expression;
  const rest = TAILS.get(textAt(scene, end));
  return rest?.has(textAt(scene, end + 1)) && type !== 'set' ? { ...expression, end: end + 2 } : expression;
}

const TAILS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['or', wordSet('so later earlier')],
  ['and', wordSet('beyond')],
]);

function readPlain(scene: Scene, at: number): Expression | null {
  if (at >= scene.pieces.length) return null;
  let best: Expression | null = null;
  for (const recogniser of RECOGNISERS) best = longer(best, recogniser(scene, at));
  return best;
}

function longer(first: Expression | null, second: Expression | null): Expression | null {
  return first !== null && (second === null || second.end <= first.end) ? first : second;
}

/** "two hours", "the first nine months", and "in five years" after a verb that looks ahead, which is a date. */
function readPeriod(scene: Scene, at: number): Expression | null {
  let start = at;
  if (textAt(scene, at) === 'the') start += PARTS.has(textAt(scene, at + 1)) ? 2 : 1;
  const duration = readDuration(scene.pieces, start);
  if (duration === null || duration.end === start) return null;
  const { quantity, unit } = duration;
  // "the years" and "the two-day visit" keep their article outside.
  if (start === at + 1 && (quantity.low === null || !unit.plural)) return null;
  if (start > at && quantity.article) return null;
  if (textAt(scene, at - 1) === 'in' && scene.directionOf(duration.end - 1) === 'future') {
    const date = dateAhead(scene, at, duration);
    if (date !== null) return date;
  }
  return placeless(at, duration.end, 'duration', duration.value);
}

const PARTS = wordSet('first last final early opening latest');

interface Memory {
  readonly last: Period | null;
  readonly lastDay: Period | null;
  readonly lastQuarter: Period | null;
}

function remember(memory: Memory, expression: Expression, published: Day | null): Memory {
  const { grain, value, earliest, latest, type } = expression;
  if (grain === null || earliest === null || latest === null || type === 'duration') return memory;
  const last: Period = { grain, value, from: earliest, to: latest };
  return {
    last,
    lastDay: grain === 'day' && earliest === latest ? last : memory.lastDay,
    lastQuarter: grain === 'quarter' ? laterQuarter(memory.lastQuarter, last, published) : memory.lastQuarter,
  };
}

/** The quarter a report is about is the latest it names that is over; those before it are named for comparison. */
function laterQuarter(known: Period | null, named: Period, published: Day | null): Period | null {
  if (published !== null && named.to >= published) return known;
  return known === null || named.from > known.from ? named : known;
}

function timeOf(pieces: readonly Piece[], expression: Expression): Time {
  const { begin, end, type, value, earliest, latest, basis } = expression;
  return {
    from: pieces[begin]!.from,
    to: pieces[end - 1]!.to,
    type,
    value,
    earliest: earliest === null ? null : formatDay(earliest),
    latest: latest === null ? null : formatDay(latest),
    basis,
  };
}
