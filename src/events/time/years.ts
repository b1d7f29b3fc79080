import {
  centuryPeriod,
  dateOf,
  decadePeriod,
  halfPeriod,
  quarterPeriod,
  SEASONS,
  seasonPeriod,
  yearPeriod,
} from './calendar.ts';
import {
  dated,
  type Expression,
  fromPublication,
  fromToday,
  nearest,
  placed,
  type Scene,
  textAt,
  wordSet,
} from './expression.ts';
import { readOrdinal, readSpokenYear } from './numbers.ts';

/** "1998", "the year 2000", "nineteen ninety-eight", "fiscal 1989", "FY 2021", "2014-2018", "2014-18". */
export function readYear(scene: Scene, at: number): Expression | null {
  let start = at;
  let named = false;
  if (textAt(scene, start) === 'the' && textAt(scene, start + 1) === 'year') start += 2;
  else if (textAt(scene, start) === 'the' && textAt(scene, start + 1) === 'fiscal') start += 1;
  if (textAt(scene, start) === 'fiscal' || textAt(scene, start) === 'fy') start += 1;
  if (start > at && textAt(scene, start) === 'year') start += 1;
  if (start > at) named = true;
  const year = yearNumber(scene, start, named);
  if (year === null) return null;
  // "1990-95", "2014-2018", "2020/21": one stretch of years.
  const mark = scene.pieces[year.end];
  const second = scene.pieces[year.end + 1];
  if (
    (mark?.text === '-' || mark?.text === '/') &&
    mark.glued &&
    second?.kind === 'number' &&
    second.glued &&
    (second.text.length === 2 || second.text.length === 4)
  ) {
    const to = second.text.length === 4 ? Number(second.text) : Math.floor(year.year / 100) * 100 + Number(second.text);
    if (to > year.year && to < year.year + 100 && textAt(scene, year.end + 2) !== '-') {
      const from = yearPeriod(year.year);
      const last = yearPeriod(to);
      const value = `${from.value}/${last.value}`;
      return dated(at, year.end + 2, { grain: 'year', value, from: from.from, to: last.to }, 'explicit');
    }
  }
  return dated(at, year.end, yearPeriod(year.year), 'explicit');
}

/** "the 1990s", "the '90s", "the nineties". */
export function readDecade(scene: Scene, at: number): Expression | null {
  const start = textAt(scene, at) === 'the' ? at + 1 : at;
  let index = textAt(scene, start) === "'" ? start + 1 : start;
  const piece = scene.pieces[index];
  if (piece === undefined) return null;
  const spoken = DECADES.get(piece.text);
  if (spoken !== undefined) {
    return start > at ? dated(at, index + 1, decadePeriod(1900 + spoken), 'inferred') : null;
  }
  if (piece.kind !== 'number' || !piece.text.endsWith('0')) return null;
  index += 1;
  // "1990s" and "1990's"
  if (textAt(scene, index) === "'" && scene.pieces[index]!.glued) index += 1;
  if (textAt(scene, index) !== 's' || !scene.pieces[index]!.glued) return null;
  if (piece.text.length === 4 && isYear(Number(piece.text))) {
    return dated(at, index + 1, decadePeriod(Number(piece.text)), 'explicit');
  }
  // "the '20s" may be any century's; from the thirties on it is the twentieth in reports of our time.
  if (piece.text.length !== 2 || start === at || Number(piece.text) < 30) return null;
  return dated(at, index + 1, decadePeriod(1900 + Number(piece.text)), 'inferred');
}

/** "the 20th century", "the nineteenth century". */
export function readCentury(scene: Scene, at: number): Expression | null {
  const start = textAt(scene, at) === 'the' ? at + 1 : at;
  const ordinal = readOrdinal(scene.pieces, start);
  if (ordinal === null) return null;
  const noun = textAt(scene, ordinal.end) === '-' ? ordinal.end + 1 : ordinal.end;
  if (textAt(scene, noun) !== 'century' || ordinal.value < 3 || ordinal.value > 30) return null;
  return dated(at, noun + 1, centuryPeriod((ordinal.value - 1) * 100), 'explicit');
}

/** "the third quarter", "third-quarter", "Q3 2021", "the first half of 2022", "next year's second quarter". */
export function readQuarter(scene: Scene, at: number): Expression | null {
  let index = at;
  let year = yearOwner(scene, at);
  if (year !== null) index = year.end;
  else {
    if (textAt(scene, index) === 'the') index += 1;
    // "the 1988 second quarter"
    year = yearNumber(scene, index, true);
    if (year !== null) index = year.end;
  }
  const part = partOfYear(scene, index);
  if (part === null) return null;
  const { rank } = part;
  // In "the third-quarter loss" the article is the noun's.
  const begin = part.hyphen && year === null ? index : at;
  let end = part.end;
  if (part.noun === 'half') return readHalf(scene, begin, end, rank, year);
  if (year === null) {
    year =
      yearAfter(scene, end) ?? (textAt(scene, end) === 'of' ? yearAt(scene, end + 1) : null) ?? yearWords(scene, end);
    if (year !== null) end = year.end;
  }
  const template = `XXXX-Q${rank}`;
  if (year !== null) {
    const period = year.year === null ? null : quarterPeriod(year.year, rank);
    return placed(begin, end, period, year.basis, template, 'quarter');
  }
  const future = scene.directionOf(end - 1) === 'future';
  const period = fromPublication(scene, (day) =>
    // A report of "the third quarter" comes weeks after it; one long past is rather the next to come.
    future && quarterPeriod(dateOf(day).year, rank).to < day - 92
      ? quarterPeriod(dateOf(day).year + 1, rank)
      : nearest(day, 'past', (step) => quarterPeriod(dateOf(day).year + step, rank)),
  );
  return placed(begin, end, period, 'inferred', template, 'quarter');
}

/** "third quarter", "third-quarter", "fiscal second-quarter", "Q3", "last half": which quarter or half. */
export function partOfYear(
  scene: Scene,
  at: number,
): { readonly rank: number; readonly noun: 'quarter' | 'half'; readonly hyphen: boolean; readonly end: number } | null {
  const digit = scene.pieces[at + 1];
  if (textAt(scene, at) === 'q' && digit?.glued && digit.kind === 'number') {
    const rank = Number(digit.text);
    return rank >= 1 && rank <= 4 ? { rank, noun: 'quarter', hyphen: false, end: at + 2 } : null;
  }
  let index = at;
  if (textAt(scene, index) === 'fiscal') index += textAt(scene, index + 1) === '-' ? 2 : 1;
  const word = textAt(scene, index);
  const last = word === 'last' || word === 'final';
  const ordinal = last ? { value: 0, end: index + 1 } : readOrdinal(scene.pieces, index);
  if (ordinal === null) return null;
  const hyphen = textAt(scene, ordinal.end) === '-' && index === at;
  index = textAt(scene, ordinal.end) === '-' ? ordinal.end + 1 : ordinal.end;
  if (textAt(scene, index) === 'fiscal') index += 1;
  const noun = textAt(scene, index);
  if (noun !== 'quarter' && noun !== 'half') return null;
  const rank = last ? (noun === 'half' ? 2 : 4) : ordinal.value;
  return rank >= 1 && rank <= 4 ? { rank, noun, hyphen, end: index + 1 } : null;
}

/** "the summer of 1998", "summer 2021", "this summer" is relative.ts; "the summer" and "in summer" are the last or the next. */
export function readSeason(scene: Scene, at: number): Expression | null {
  const start = textAt(scene, at) === 'the' ? at + 1 : at;
  const season = seasonOf(textAt(scene, start));
  if (season === null) return null;
  let end = start + 1;
  const year = yearAfter(scene, end) ?? (textAt(scene, end) === 'of' ? yearAt(scene, end + 1) : null);
  if (year !== null && year.year !== null) return dated(at, year.end, seasonPeriod(year.year, season), year.basis);
  // "fall" and "spring" alone are verbs and springs; "summit in the spring" is the season.
  const before = textAt(scene, at - 1);
  const sure = start > at ? SEASON_PREPOSITIONS.has(before) : before === 'in' || before === 'by' || before === 'until';
  if (!sure || scene.pieces[start]!.capital || (start === at && textAt(scene, start) === 'fall')) return null;
  const relative = yearWords(scene, end);
  if (relative !== null) {
    end = relative.end;
    const period = relative.year === null ? null : seasonPeriod(relative.year, season);
    return placed(at, end, period, 'relative', `XXXX-${SEASONS[season]!.value}`, 'season');
  }
  const direction = before === 'by' || before === 'until' ? 'future' : scene.directionOf(start);
  const period = fromPublication(scene, (day) =>
    nearest(day, direction === 'future' ? 'future' : 'past', (step) => seasonPeriod(dateOf(day).year + step, season)),
  );
  return placed(at, end, period, 'inferred', `XXXX-${SEASONS[season]!.value}`, 'season');
}

/** Index into SEASONS of a season's name; null for any other word. */
export function seasonOf(word: string): number | null {
  return SEASON_WORDS.get(word) ?? null;
}

/** A year found; null where the words name one that cannot be told. */
export interface YearFound {
  readonly year: number | null;
  readonly end: number;
  readonly basis: 'explicit' | 'relative';
}

/** A year of four digits right after a month or quarter: "June 2021", "June, 2021", "7 December 2021". */
export function yearAfter(
  scene: Scene,
  at: number,
): { readonly year: number; readonly end: number; readonly basis: 'explicit' } | null {
  const start = textAt(scene, at) === ',' ? at + 1 : at;
  const found = yearNumber(scene, start, true);
  return found;
}

/** "this year", "last year", "of next year", "of the year" after a month: the year they mean. */
export function yearWords(scene: Scene, at: number): YearFound | null {
  const start = textAt(scene, at) === 'of' ? at + 1 : at;
  const steps = YEAR_STEPS.get(textAt(scene, start));
  if (steps === undefined || textAt(scene, start + 1) !== 'year') return null;
  const period = fromToday(scene, 'year', steps);
  return { year: period === null ? null : dateOf(period.from).year, end: start + 2, basis: 'relative' };
}

/** A year in digits, or "last year", "that year", "the year". */
function yearAt(scene: Scene, at: number): YearFound | null {
  const written = yearNumber(scene, at, true);
  if (written !== null) return written;
  if (textAt(scene, at) === 'fiscal') return yearNumber(scene, at + 1, true);
  const words = yearWords(scene, at);
  if (words !== null) return words;
  const first = textAt(scene, at);
  if ((first !== 'the' && first !== 'that') || textAt(scene, at + 1) !== 'year') return null;
  const period =
    first === 'that' && scene.last !== null ? yearPeriod(dateOf(scene.last.from).year) : fromToday(scene, 'year', 0);
  return { year: period === null ? null : dateOf(period.from).year, end: at + 2, basis: 'relative' };
}

/** "next year's", "this year's": the year before a quarter. */
function yearOwner(scene: Scene, at: number): YearFound | null {
  const words = yearWords(scene, at);
  if (words === null || textAt(scene, at) === 'of') return null;
  return textAt(scene, words.end) === "'" && textAt(scene, words.end + 1) === 's'
    ? { ...words, end: words.end + 2 }
    : null;
}

/** A year in digits or spoken. `named` when the words before leave no doubt; else what stands around must let it be one. */
function yearNumber(
  scene: Scene,
  at: number,
  named: boolean,
): { readonly year: number; readonly end: number; readonly basis: 'explicit' } | null {
  const piece = scene.pieces[at];
  if (piece === undefined) return null;
  if (piece.kind === 'word') {
    const spoken = readSpokenYear(scene.pieces, at);
    // "nineteen ninety-six" is no count, "twenty thirty" may be two.
    if (spoken !== null && (named || YEAR_LEADS.has(textAt(scene, at - 1)) || piece.text.endsWith('teen'))) {
      return { year: spoken.value, end: spoken.end, basis: 'explicit' };
    }
    // "the year two thousand"
    if (!named || piece.text !== 'two' || textAt(scene, at + 1) !== 'thousand') return null;
    return { year: 2000, end: at + 2, basis: 'explicit' };
  }
  if (piece.kind !== 'number' || piece.text.length !== 4 || !isYear(Number(piece.text))) return null;
  const next = scene.pieces[at + 1];
  const before = scene.pieces[at - 1];
  // "1,998", "2,000.5", "1998%", "B1998", "$2000"
  if (next?.glued && (next.kind === 'word' || next.text === '%')) return null;
  if (
    next?.glued &&
    (next.text === ',' || next.text === '.' || next.text === ':') &&
    scene.pieces[at + 2]?.glued &&
    scene.pieces[at + 2]!.kind === 'number'
  ) {
    return null;
  }
  if (before !== undefined && NOT_BEFORE_YEAR.has(before.text)) return null;
  if (piece.glued && before !== undefined && (before.kind !== 'mark' || before.text === '.' || before.text === ','))
    return null;
  const year = { year: Number(piece.text), end: at + 1, basis: 'explicit' as const };
  if (named) return next?.kind === 'word' && COUNTED.has(next.text) ? null : year;
  if (next !== undefined && COUNTED.has(next.text)) return null;
  const lead = before?.text ?? '';
  if (YEAR_LEADS.has(lead)) return year.year >= 1000 ? year : null;
  // Elsewhere a number near our time is a year unless it counts what follows: "the 1988 accord", "1998, 1999 and 2000".
  if (year.year < 1800 || year.year > 2099) return null;
  if (before?.capital && NUMBERED.has(before.text)) return null;
  return next?.kind === 'word' &&
    !next.capital &&
    next.text.endsWith('s') &&
    !DETERMINERS.has(lead) &&
    !AFTER_YEAR.has(next.text)
    ? null
    : year;
}

function readHalf(scene: Scene, at: number, end: number, rank: number, owner: YearFound | null): Expression | null {
  if (rank !== 1 && rank !== 2) return null;
  let year = owner;
  if (year === null) {
    year = textAt(scene, end) === 'of' ? yearAt(scene, end + 1) : yearAfter(scene, end);
    if (year === null) return null;
    end = year.end;
  }
  const period = year.year === null ? null : halfPeriod(year.year, rank);
  return placed(at, end, period, year.basis, `XXXX-H${rank}`, 'half');
}

/** Whether a number can be a year. */
export function isYear(year: number): boolean {
  return year >= 1000 && year <= 2199;
}

const YEAR_LEADS = wordSet(
  'in since by until till from during before after through between early late mid around about circa of to fiscal for year and or summer winter spring autumn fall throughout late-',
);
const NOT_BEFORE_YEAR = wordSet(
  '$ £ € ¥ # no number nearly almost than least exactly some over only resolution flight section article page channel highway room route',
);
const NUMBERED = wordSet(
  'resolution flight section article page channel highway room route boeing airbus windows convention no area psalm chapter',
);
/** Nouns that a number before them counts: "2000 people" is no year. */
const COUNTED = wordSet(
  'people troops soldiers men women children workers jobs miles kilometers kilometres km meters metres feet dollars euros pounds tons tonnes barrels percent per million billion thousand hundred points shares votes refugees prisoners members civilians protesters homes copies units years days hours months weeks meters gmt utc hrs employees students police officers others deaths cases victims yen rubles rupees yuan',
);
const DETERMINERS = wordSet('the a an its his their this that our my each every');
/** Words in "-s" and little words that may follow a year or a day without being counted. */
export const AFTER_YEAR = wordSet(
  'was is has as this its his at in on for to and or by with from the when until after before that which who but while were are had will during',
);
const SEASON_PREPOSITIONS = wordSet('in during over by until since for into through throughout before after of the');
const YEAR_STEPS: ReadonlyMap<string, number> = new Map([
  ['last', -1],
  ['this', 0],
  ['next', 1],
]);
const SEASON_WORDS: ReadonlyMap<string, number> = new Map([
  ['spring', 0],
  ['summer', 1],
  ['autumn', 2],
  ['fall', 2],
  ['winter', 3],
]);
const DECADES: ReadonlyMap<string, number> = new Map([
  ['twenties', 20],
  ['thirties', 30],
  ['forties', 40],
  ['fifties', 50],
  ['sixties', 60],
  ['seventies', 70],
  ['eighties', 80],
  ['nineties', 90],
]);
