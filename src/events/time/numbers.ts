import type { Piece } from './pieces.ts';

/** A number in words or digits, from the piece asked for up to, not with, piece `end`. */
export interface Count {
  readonly value: number;
  readonly end: number;
}

/**
 * Reads a number that begins at piece `at`: "12", "90,000", "2.5", "2 1/2", "twenty-four", "a hundred thirty",
 * "3.2 million", "a million and a half". A bare article is no number. Null where none begins.
 */
export function readNumber(pieces: readonly Piece[], at: number): Count | null {
  const first = pieces[at];
  if (first === undefined) return null;
  if (first.kind === 'number') {
    const digits = readDigits(pieces, at);
    return readScale(pieces, digits.end, digits.value);
  }
  return readWords(pieces, at);
}

/** "first", "23rd", "twenty-third": which one in a row; null where none begins. */
export function readOrdinal(pieces: readonly Piece[], at: number): Count | null {
  const first = pieces[at];
  if (first === undefined) return null;
  const next = pieces[at + 1];
  if (first.kind === 'number') {
    if (next === undefined || !next.glued || !SUFFIXES.has(next.text) || first.text.length > 4) return null;
    return { value: Number(first.text), end: at + 2 };
  }
  const single = ORDINALS.get(first.text);
  if (single !== undefined) return { value: single, end: at + 1 };
  const tens = CARDINALS.get(first.text);
  if (tens === undefined || tens < 20) return null;
  const unitAt = next?.text === '-' ? at + 2 : at + 1;
  const unit = ORDINALS.get(pieces[unitAt]?.text ?? '');
  return unit !== undefined && unit < 10 ? { value: tens + unit, end: unitAt + 1 } : null;
}

/** A year spoken in two halves, "nineteen ninety-seven", "twenty twenty-one", "nineteen oh five". */
export function readSpokenYear(pieces: readonly Piece[], at: number): Count | null {
  const century = CARDINALS.get(pieces[at]?.text ?? '');
  if (century === undefined || century < 15 || century > 20) return null;
  const next = pieces[at + 1]?.text ?? '';
  if (next === 'hundred') return { value: century * 100, end: at + 2 };
  const tens = CARDINALS.get(next);
  if (tens === undefined || tens < 10 || tens > 90) return null;
  if (tens < 20) return { value: century * 100 + tens, end: at + 2 };
  const unitAt = pieces[at + 2]?.text === '-' ? at + 3 : at + 2;
  const unit = CARDINALS.get(pieces[unitAt]?.text ?? '');
  if (unit !== undefined && unit >= 1 && unit < 10) return { value: century * 100 + tens + unit, end: unitAt + 1 };
  return { value: century * 100 + tens, end: at + 2 };
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const NTH =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth';
const NTH_TENS = 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth';

const CARDINALS: ReadonlyMap<string, number> = new Map([
  ...SMALL.split(' ').map((word, value): [string, number] => [word, value]),
  ...TENS.split(' ').map((word, index): [string, number] => [word, (index + 2) * 10]),
]);
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...NTH.split(' ').map((word, value): [string, number] => [word, value]),
  ...NTH_TENS.split(' ').map((word, index): [string, number] => [word, (index + 2) * 10]),
]);
const SUFFIXES: ReadonlySet<string> = new Set(['st', 'nd', 'rd', 'th']);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['mln', 1e6],
  ['billion', 1e9],
  ['bn', 1e9],
  ['trillion', 1e12],
  ['tn', 1e12],
]);
const GLUED_SCALES: ReadonlyMap<string, number> = new Map([
  ['m', 1e6],
  ['k', 1e3],
  ['b', 1e9],
]);
const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ['½', 0.5],
  ['¼', 0.25],
  ['¾', 0.75],
]);

/** Longest run of digits read as a number; more are a code, and would lose digits. */
const MOST_DIGITS = 15;

function readDigits(pieces: readonly Piece[], at: number): Count {
  let written = pieces[at]!.text;
  let end = at + 1;
  while (
    pieces[end]?.text === ',' &&
    pieces[end]!.glued &&
    pieces[end + 1]?.kind === 'number' &&
    pieces[end + 1]!.glued &&
    pieces[end + 1]!.text.length === 3 &&
    written.length <= MOST_DIGITS
  ) {
    written += pieces[end + 1]!.text;
    end += 2;
  }
  if (pieces[end]?.text === '.' && pieces[end]!.glued && pieces[end + 1]?.kind === 'number' && pieces[end + 1]!.glued) {
    written += `.${pieces[end + 1]!.text.slice(0, MOST_DIGITS)}`;
    end += 2;
  }
  const value = written.length > 2 * MOST_DIGITS ? Number.MAX_SAFE_INTEGER : Number(written);
  const mark = FRACTIONS.get(pieces[end]?.text ?? '');
  if (mark !== undefined) return { value: value + mark, end: end + 1 };
  // "2 1/2" and "2-1/2"
  const fractionAt = pieces[end]?.text === '-' ? end + 1 : end;
  const top = pieces[fractionAt];
  const bottom = pieces[fractionAt + 2];
  if (
    top?.kind === 'number' &&
    pieces[fractionAt + 1]?.text === '/' &&
    bottom?.kind === 'number' &&
    top.text.length === 1 &&
    bottom.text.length === 1 &&
    Number(bottom.text) > Number(top.text)
  ) {
    return { value: value + Number(top.text) / Number(bottom.text), end: fractionAt + 3 };
  }
  return { value, end };
}

/** "million" and the like after a number, once. */
function readScale(pieces: readonly Piece[], at: number, value: number): Count {
  const next = pieces[at];
  if (next === undefined) return { value, end: at };
  const glued =
    next.glued && (pieces[at + 1] === undefined || !pieces[at + 1]!.glued || pieces[at + 1]!.kind === 'mark');
  const scale = SCALES.get(next.text) ?? (glued ? GLUED_SCALES.get(next.text) : undefined);
  if (scale !== undefined) return { value: tidy(value * scale), end: at + 1 };
  const hyphened = next.text === '-' ? SCALES.get(pieces[at + 1]?.text ?? '') : undefined;
  return hyphened === undefined ? { value, end: at } : { value: tidy(value * hyphened), end: at + 2 };
}

function readWords(pieces: readonly Piece[], at: number): Count | null {
  let total = 0;
  let group = 0;
  let end = at;
  let place = Number.POSITIVE_INFINITY;
  let lastScale = Number.POSITIVE_INFINITY;
  const opener = pieces[at]!.text;
  // "a hundred", "half a million": the article or the half counts only before a scale.
  if (opener === 'a' || opener === 'an') {
    if (!SCALES.has(pieces[at + 1]?.text ?? '')) return null;
    group = 1;
    end = at + 1;
  } else if (opener === 'half' && pieces[at + 1]?.text === 'a' && (SCALES.get(pieces[at + 2]?.text ?? '') ?? 0) > 100) {
    return readScale(pieces, at + 2, 0.5);
  }
  while (end < pieces.length) {
    const from = pieces[end]!.text === '-' && end > at ? end + 1 : end;
    const join = pieces[from]?.text === 'and' && end > at ? from + 1 : from;
    const word = pieces[join]?.text ?? '';
    const cardinal = CARDINALS.get(word);
    if (cardinal !== undefined) {
      const width = cardinal >= 20 ? 10 : cardinal >= 10 ? 9 : 1;
      // "two three" are two numbers; "and" joins only after a hundred or a thousand: "a hundred and five".
      if (width >= place || (join !== from && place < 100)) break;
      group += cardinal;
      place = width;
      end = join + 1;
      continue;
    }
    const scale = SCALES.get(word);
    if (scale === undefined || group === 0 || join !== from) break;
    if (scale === 100) {
      if (group >= 100) break;
      group *= 100;
      place = 100;
    } else {
      // "two thousand two thousand" are two numbers: scales only fall.
      if (scale >= lastScale) break;
      lastScale = scale;
      total += group * scale;
      group = 0;
      place = scale;
      end = join + 1;
      // "two thousand five", "two thousand and five"
      if (CARDINALS.has(pieces[pieces[end]?.text === 'and' ? end + 1 : end]?.text ?? '')) {
        place = 100;
        continue;
      }
      break;
    }
    end = join + 1;
  }
  if (end === at || (total === 0 && group === 0 && opener !== 'zero')) return null;
  return { value: total + group, end };
}

/** 3.2 × 10⁶ is 3200000, not 3200000.0000000005. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}
