import type { Sentence, Token, Upos } from '../nlp/sentence.ts';
import type { Figure, Time } from './reading.ts';
import { wordSet } from './time/expression.ts';
import { readNumber, readOrdinal } from './time/numbers.ts';
import { cutPieces, type Piece } from './time/pieces.ts';

/**
 * The reported numbers of a document with what they count: "more than 90,000 troops", "up to $3 billion", "nearly 40
 * percent", "dozens of people". Numbers inside `times`, and those that name something (articles, flights, streets, ages,
 * types of aircraft), are no figures; nor is "several", nor "the two leaders", which counts what was told before.
 *
 * A span runs from the comparator to the noun. `unit` is the noun counted, as written, in lower case; `percent`; or an ISO
 * 4217 code for money; it is empty where the words do not say what is counted ("at least 12 were killed"). "Nearly" and
 * "almost" are `about`. A round plural is at least two of its kind: "dozens" is 24 `at-least`, "thousands" 2000. A range
 * gives its lower end, `at-least`. Time is linear in the text.
 */
export function findFigures(text: string, sentences: readonly Sentence[], times: readonly Time[]): readonly Figure[] {
  const figures: Figure[] = [];
  let nextTime = 0;
  for (const sentence of sentences) {
    const pieces = cutPieces(text, sentence);
    const named = namedTokens(sentence);
    let at = 0;
    while (at < pieces.length) {
      const from = pieces[at]!.from;
      while (nextTime < times.length && times[nextTime]!.to <= from) nextTime += 1;
      const time = times[nextTime];
      if (time !== undefined && time.from <= from) {
        at += 1;
        continue;
      }
      const end = time === undefined ? pieces.length : firstFrom(pieces, at, time.from);
      const read = readFigure(pieces, at, end, sentence, named);
      if (read === null) {
        at += 1;
        continue;
      }
      const { value, bound, unit } = read;
      figures.push({ from, to: pieces[read.end - 1]!.to, value, bound, unit });
      at = read.end;
    }
  }
  return figures;
}

interface FigureRead {
  readonly value: number;
  readonly bound: Figure['bound'];
  readonly unit: string;
  readonly end: number;
}

/** Reads a figure whose comparator or number begins at piece `at` and which ends before piece `limit`. */
function readFigure(
  pieces: readonly Piece[],
  at: number,
  limit: number,
  sentence: Sentence,
  named: ReadonlySet<number>,
): FigureRead | null {
  const comparator = readComparator(pieces, at);
  const start = comparator?.end ?? at;
  if (start >= limit) return null;
  const money = readCurrency(pieces, start);
  const amountAt = money?.end ?? start;
  const amount = readAmount(pieces, amountAt);
  if (amount === null || amount.end > limit || namesSomething(pieces, amountAt, amount.end, named)) return null;
  let bound = comparator?.bound ?? amount.bound;
  let value = amount.value;
  let end = amount.end;
  // "10 to 15 people", "between 100 and 200 troops", "$2-3 billion"
  const second = rangeEnd(pieces, end, amountAt);
  if (second !== null && second.end <= limit) {
    const scale = second.scale !== 1 && value < second.raw ? second.scale : 1;
    if (second.value > value * scale || scale !== 1) {
      value *= scale;
      bound = comparator === null || comparator.bound === 'about' ? 'at-least' : comparator.bound;
      end = second.end;
    }
  }
  const counted = money === null ? readUnit(pieces, end, limit, sentence, amount.round) : { unit: money.code, end };
  if (counted === null) {
    const next = pieces[end]?.text ?? '';
    // "at least 12 were killed": a number that stands for people or things not named.
    if (comparator === null || !STANDS_ALONE_BEFORE.has(next) || amount.small) return null;
    return { value, bound, unit: '', end };
  }
  // "the Nord Stream 2 pipeline": a number after a name, before one thing.
  const name = pieces[at - 1];
  const last = pieces[counted.end - 1]!;
  if (comparator === null && at > 1 && name?.capital && value > 1 && pieces[at]!.kind === 'number') {
    if (last.kind === 'word' && sentence.tokens[last.token]?.feats.includes('Number=Sing')) return null;
  }
  if (comparator === null && amount.small && pieces[start]!.text === 'one') return null;
  if (comparator === null && value <= 10 && DEFINITE.has(pieces[at - 1]?.text ?? '')) return null;
  const tail = readTail(pieces, counted.end);
  return { value, bound: tail?.bound ?? bound, unit: counted.unit, end: Math.min(tail?.end ?? counted.end, limit) };
}

interface Comparator {
  readonly bound: Figure['bound'];
  readonly end: number;
}

/** "more than", "at least", "an estimated", "some": the comparator at a piece. */
function readComparator(pieces: readonly Piece[], at: number): Comparator | null {
  const options = COMPARATORS.get(pieces[at]?.text ?? '');
  if (options === undefined) return null;
  for (const { rest, bound } of options) {
    if (rest.every((word, index) => pieces[at + 1 + index]?.text === word)) return { bound, end: at + 1 + rest.length };
  }
  return null;
}

/** "or more", "or so" after the unit. */
function readTail(pieces: readonly Piece[], at: number): Comparator | null {
  if (pieces[at]?.text !== 'or') return null;
  const bound = TAILS.get(pieces[at + 1]?.text ?? '');
  return bound === undefined ? null : { bound, end: at + 2 };
}

interface Amount {
  readonly value: number;
  readonly bound: Figure['bound'];
  readonly end: number;
  /** A single word below ten. */
  readonly small: boolean;
  /** "dozens", "thousands": what is counted follows behind "of". */
  readonly round: boolean;
}

/** A number, or a round plural: "dozens", "tens of thousands", "several hundred", "two dozen". */
function readAmount(pieces: readonly Piece[], at: number): Amount | null {
  const first = pieces[at];
  if (first === undefined) return null;
  const next = pieces[at + 1]?.text ?? '';
  const round = ROUND.get(first.text);
  if (round !== undefined) {
    // "tens of thousands", "hundreds of thousands"
    const larger = next === 'of' ? ROUND.get(pieces[at + 2]?.text ?? '') : undefined;
    if (larger !== undefined && larger > round) {
      return {
        value: 2 * (round === 10 ? 10 : round) * larger,
        bound: 'at-least',
        end: at + 3,
        small: false,
        round: true,
      };
    }
    if (next !== 'of' || first.text === 'tens') return null;
    return { value: 2 * round, bound: 'at-least', end: at + 1, small: false, round: true };
  }
  if (first.text === 'several' || (first.text === 'few' && pieces[at - 1]?.text === 'a')) {
    const scale = SINGULAR_ROUND.get(next);
    return scale === undefined
      ? null
      : { value: 2 * scale, bound: 'at-least', end: at + 2, small: false, round: false };
  }
  if (first.text === 'a' && next === 'dozen')
    return { value: 12, bound: 'exact', end: at + 2, small: false, round: false };
  const number = readNumber(pieces, at);
  if (number === null) return null;
  if (pieces[number.end]?.text === 'dozen') {
    return { value: number.value * 12, bound: 'exact', end: number.end + 1, small: false, round: false };
  }
  return {
    value: number.value,
    bound: 'exact',
    end: number.end,
    small: number.end === at + 1 && first.kind === 'word' && number.value < 10,
    round: false,
  };
}

/** The upper end of a range after its lower end, with the scale that both share: "2-3 billion". */
function rangeEnd(
  pieces: readonly Piece[],
  at: number,
  start: number,
): { readonly value: number; readonly raw: number; readonly scale: number; readonly end: number } | null {
  const joint = pieces[at]?.text ?? '';
  if (joint !== 'to' && joint !== '-' && !(joint === 'and' && pieces[start - 1]?.text === 'between')) return null;
  const next = readCurrency(pieces, at + 1)?.end ?? at + 1;
  const number = readNumber(pieces, next);
  if (number === null) return null;
  const scale = SINGULAR_ROUND.get(pieces[number.end - 1]!.text) ?? 1;
  const lowerHasScale = SINGULAR_ROUND.has(pieces[at - 1]!.text);
  return { value: number.value, raw: number.value / scale, scale: lowerHasScale ? 1 : scale, end: number.end };
}

/** "$", "US$", "€" before a number. */
function readCurrency(pieces: readonly Piece[], at: number): { readonly code: string; readonly end: number } | null {
  const first = pieces[at]?.text ?? '';
  const code = CURRENCY_MARKS.get(first);
  if (code !== undefined) return { code, end: at + 1 };
  const country = DOLLARS.get(first);
  if (country === undefined || pieces[at + 1]?.text !== '$' || !pieces[at + 1]!.glued) return null;
  return { code: country, end: at + 2 };
}

/** What is counted, from the piece after the number: "%", "percent", money, or the head noun of the phrase. */
function readUnit(
  pieces: readonly Piece[],
  at: number,
  limit: number,
  sentence: Sentence,
  round: boolean,
): { readonly unit: string; readonly end: number } | null {
  const first = pieces[at];
  if (first === undefined || at >= limit) return null;
  if (first.text === '%' || first.text === 'percent') return { unit: 'percent', end: at + 1 };
  const second = pieces[at + 1];
  if (first.text === 'per' && second?.text === 'cent') return { unit: 'percent', end: at + 2 };
  if (first.text === 'percentage' && second?.text.startsWith('point'))
    return { unit: 'percentage points', end: at + 2 };
  const money = CURRENCY_WORDS.get(first.text);
  if (money !== undefined) return { unit: money, end: at + 1 };
  if (first.text === '-') {
    // "a 20-member delegation"; "a 37-year-old" and "a 10,000-strong force" count nothing.
    if (!first.glued || second?.kind !== 'word' || !second.glued || pieces[at + 2]?.text === '-') return null;
    return UNCOUNTED.has(second.text) || at + 2 > limit ? null : { unit: second.text, end: at + 2 };
  }
  // "dozens of people"; but "four of the ministers" are part of what was told before.
  if (first.text === 'of' && !round) return null;
  const start = first.text === 'of' ? at + 1 : at;
  const head = headNoun(pieces, start, limit, sentence);
  if (head === null) return null;
  const unit = pieces[head]!.text;
  return { unit: CURRENCY_WORDS.get(unit) ?? unit, end: head + 1 };
}

/** Piece of the last noun of the run of modifiers and nouns that begins at `at`; null when there is no noun. */
function headNoun(pieces: readonly Piece[], at: number, limit: number, sentence: Sentence): number | null {
  let head: number | null = null;
  for (let index = at; index < pieces.length && index < limit && index < at + MOST_PIECES; index += 1) {
    const piece = pieces[index]!;
    if (piece.kind === 'number') break;
    if (piece.kind === 'mark') {
      // "U.S. presidents", "anti-tank missiles"
      if ((piece.text === '.' || piece.text === '-') && piece.glued) continue;
      break;
    }
    const token = sentence.tokens[piece.token];
    if (token === undefined || STOPS.has(piece.text)) break;
    const part = partOf(token, piece);
    if (part === 'stop') break;
    if (part === 'noun') {
      head = index;
      // Without tags the first plural is what is counted.
      if (token.upos === 'X' && (piece.text.endsWith('s') || PLURALS.has(piece.text))) break;
    }
  }
  return head === null || AGES.has(pieces[head + 1]?.text ?? '') ? null : head;
}

function partOf(token: Token, piece: Piece): 'noun' | 'modifier' | 'stop' {
  if (token.upos === 'X') return 'noun';
  if (NOUNS.has(token.upos)) return 'noun';
  if (token.upos === 'ADJ') return 'modifier';
  // "anti-tank": a prefix cut off by the tokenizer.
  if (/^\p{L}+-$/u.test(token.form)) return 'modifier';
  // "armed men", "wounded soldiers", "visiting ministers": participles before a noun.
  if (token.upos === 'VERB' && (piece.text.endsWith('ed') || piece.text.endsWith('ing')) && token.relation === 'amod') {
    return 'modifier';
  }
  return 'stop';
}

/** Whether a number is part of a name or a label, and counts nothing. */
function namesSomething(pieces: readonly Piece[], at: number, end: number, named: ReadonlySet<number>): boolean {
  const first = pieces[at]!;
  const before = pieces[at - 1];
  if (named.has(first.token) && first.kind === 'number') return true;
  // "F-16", "G7", "2/3", "10:30", "1.2.3"
  if (first.glued && before !== undefined && (before.kind !== 'mark' || GLUE.has(before.text))) return true;
  if (before !== undefined && LABELS.has(before.text)) return true;
  if (before?.text === '.' && pieces[at - 2]?.text === 'no' && pieces[at - 2]!.capital) return true;
  const after = pieces[end];
  if (after?.glued && after.kind === 'word') return true;
  if (after?.glued && (after.text === '/' || after.text === ':' || after.text === '.') && pieces[end + 1]?.glued)
    return true;
  const ordinal = readOrdinal(pieces, at);
  if (ordinal !== null && ordinal.end >= end) return true;
  // "10 Downing Street"
  for (let index = end; index < end + 3; index += 1) {
    if (pieces[index]?.capital && STREETS.has(pieces[index]!.text)) return true;
  }
  return false;
}

function namedTokens(sentence: Sentence): ReadonlySet<number> {
  const tokens = new Set<number>();
  for (const name of sentence.names) for (let i = name.first; i <= name.last; i += 1) tokens.add(i);
  return tokens;
}

function firstFrom(pieces: readonly Piece[], at: number, from: number): number {
  // The next time expression is seldom far; figures look no further than this.
  for (let index = at; index < pieces.length && index < at + 3 * MOST_PIECES; index += 1) {
    if (pieces[index]!.from >= from) return index;
  }
  return pieces.length;
}

const MOST_PIECES = 10;
const NOUNS: ReadonlySet<Upos> = new Set<Upos>(['NOUN', 'PROPN']);
const GLUE = wordSet('- / : . +');
const LABELS = wordSet(
  'resolution article section flight chapter page paragraph highway route room channel appendix annex phase boeing airbus area level category no number version type model group',
);
const STREETS = wordSet('street road avenue lane boulevard square drive');
const AGES = wordSet('old');
/** "a 10,000-strong force", "20 million-plus", "a two-state solution", "three-way talks": no nouns that are counted. */
const UNCOUNTED = wordSet(
  'strong plus something odd state way sided time fold point tier track term star storey story letter word part step stage tiered speed pronged dimensional',
);
const DEFINITE = wordSet('the these those both');
const STANDS_ALONE_BEFORE = wordSet('were was have had are of died dead');
/** Words at which a counted phrase is over, for text without tags. */
const STOPS = wordSet(
  'of in on at to from for by with and or but the a an that which who were was are is have has had will would been being be as after before during since while when where said died killed than between into over under against more per its their his her this these those',
);
const PLURALS = wordSet('people men women children police personnel staff troops');

const DOLLARS: ReadonlyMap<string, string> = new Map([
  ['us', 'USD'],
  ['c', 'CAD'],
  ['a', 'AUD'],
  ['nz', 'NZD'],
  ['hk', 'HKD'],
  ['s', 'SGD'],
]);
const CURRENCY_MARKS: ReadonlyMap<string, string> = new Map([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₽', 'RUB'],
  ['₹', 'INR'],
  ['₴', 'UAH'],
]);
const CURRENCY_WORDS: ReadonlyMap<string, string> = new Map([
  ['dollars', 'USD'],
  ['dollar', 'USD'],
  ['euros', 'EUR'],
  ['euro', 'EUR'],
  ['rubles', 'RUB'],
  ['roubles', 'RUB'],
  ['yen', 'JPY'],
  ['yuan', 'CNY'],
  ['hryvnia', 'UAH'],
  ['hryvnias', 'UAH'],
]);
/** Plurals that stand for an unknown number of tens, hundreds … */
const ROUND: ReadonlyMap<string, number> = new Map([
  ['tens', 10],
  ['dozens', 12],
  ['scores', 20],
  ['hundreds', 100],
  ['thousands', 1e3],
  ['millions', 1e6],
  ['billions', 1e9],
]);
const SINGULAR_ROUND: ReadonlyMap<string, number> = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
const TAILS: ReadonlyMap<string, Figure['bound']> = new Map([
  ['more', 'at-least'],
  ['so', 'about'],
  ['less', 'up-to'],
  ['fewer', 'up-to'],
]);

/** Comparators by their first word, the longest first. */
const COMPARATORS: ReadonlyMap<
  string,
  readonly { readonly rest: readonly string[]; readonly bound: Figure['bound'] }[]
> = (() => {
  const phrases: Readonly<Record<Exclude<Figure['bound'], 'exact'>, string>> = {
    'more-than':
      'more than|over|above|well over|just over|upward of|upwards of|in excess of|exceeding|greater than|a little over',
    'less-than': 'less than|fewer than|under|below|just under|well under|a little under',
    'at-least': 'between|at least|no fewer than|no less than|not less than|a minimum of',
    'up-to': 'up to|as many as|as much as|at most|no more than|not more than|a maximum of',
    about: 'about|around|roughly|approximately|some|nearly|almost|close to|an estimated|estimated|virtually',
  };
  const table = new Map<string, { rest: readonly string[]; bound: Figure['bound'] }[]>();
  for (const [bound, list] of Object.entries(phrases) as [Figure['bound'], string][]) {
    for (const phrase of list.split('|')) {
      const [first, ...rest] = phrase.split(' ');
      table.set(first!, [...(table.get(first!) ?? []), { rest, bound }]);
    }
  }
  for (const list of table.values()) list.sort((a, b) => b.rest.length - a.rest.length);
  return table;
})();
