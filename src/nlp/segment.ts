import { shapeOf, wordKey } from './features.ts';
import { hashed, type Linear, logOdds, mixed } from './linear.ts';
import type { WrittenWords } from './tokenize.ts';

/**
 * Facts of written words that the boundary features are made of, in columns; one place before the first word and two
 * after the last stand for the edge of the text.
 */
interface Columns {
  readonly form: Int32Array;
  readonly shape: Int32Array;
  /** 0 ends nothing, 1 ends a sentence (. ! ?), 2 a closing quote or bracket, 3 an opening one, 4 a bare quote, 5 other marks. */
  readonly mark: Uint8Array;
  /** 0 no full stop inside or at the end, 1 hours of the day, 2 letters with stops ("U.S."), 3 other words with one ("Corp."). */
  readonly abbreviated: Uint8Array;
  /** What stands before the word: 0 nothing, 1 a blank, 2 a line end, 3 an empty line. */
  readonly gap: Uint8Array;
}

/** Facts of one form, kept by form: a text repeats its words. */
export type SegmentCache = Map<string, readonly [form: number, shape: number, mark: number, abbreviated: number]>;

const CACHE_LIMIT = 50_000;

/**
 * Indices of the written words that end a sentence, ascending, the last word always among them. An empty line always ends
 * one; elsewhere a linear classifier decides. `lined` says whether the whole text has line ends at all: in one without, the
 * joint of two paragraphs looks like any blank.
 */
export function segment(
  text: string,
  words: WrittenWords,
  lined: boolean,
  boundary: Linear,
  cache: SegmentCache,
): number[] {
  const ends: number[] = [];
  const count = words.from.length;
  if (count === 0) return ends;
  const joined = !lined && count > JOINED;
  let start = 0;
  visitBoundaries(
    text,
    words,
    lined,
    cache,
    (word) => {
      ends.push(word);
      start = word + 1;
    },
    () => start,
    (features, size, word) =>
      isLeadIn(text, words, word) ||
      logOdds(boundary, features, size) > (!joined && isBare(text, words, word) ? BARE : 0),
  );
  ends.push(count - 1);
  return ends;
}

/**
 * Log odds that a joint of two words in one line needs where no mark ends the first: a headline or a paragraph without a
 * full stop ends its line, and half a sentence costs more than two read as one. Not asked where lines were joined.
 */
const BARE = 2;
/** From so many words on, a text without any line end is taken for one whose paragraphs were joined. */
const JOINED = 200;

/** True where a word ends in a letter or digit and the next follows in the same line. */
function isBare(text: string, words: WrittenWords, word: number): boolean {
  // "Republic of Peru (RP) Foreign Minister": a short form in brackets ends no more than the name before it.
  const short = text[words.to[word]! - 1] === ')' && SHORT.test(text.slice(words.to[word]! - 8, words.to[word]!));
  if (!short && !/[\p{L}\p{N}]/u.test(text[words.to[word]! - 1]!)) return false;
  for (let i = words.to[word]!; i < words.from[word + 1]!; i++) if (isLineEnd(text.charCodeAt(i))) return false;
  return true;
}

const SHORT = /\(\p{Lu}{2,6}\)$/u;

/** "The following is attributable to Ana Lima:" and a new line that begins a sentence: true at the colon. */
function isLeadIn(text: string, words: WrittenWords, word: number): boolean {
  if (text[words.to[word]! - 1] !== ':') return false;
  const next = words.from[word + 1]!;
  if (!/\p{Lu}/u.test(text[next]!)) return false;
  for (let i = words.to[word]!; i < next; i++) if (isLineEnd(text.charCodeAt(i))) return true;
  return false;
}

const features = new Int32Array(40);

/**
 * Walks over the gaps between words, asks `decide` at each (an empty line is not asked) and calls `end` with the word that
 * ends a sentence. `startOf` gives the first word of the sentence that is open. The trainer uses this same walk.
 */
export function visitBoundaries(
  text: string,
  words: WrittenWords,
  lined: boolean,
  cache: SegmentCache,
  end: (word: number) => void,
  startOf: () => number,
  decide: (features: Int32Array, count: number, word: number) => boolean,
): void {
  const total = words.from.length;
  const columns = columnsOf(text, words, cache);
  const { form, shape, mark, gap, abbreviated } = columns;
  let quotes = 0;
  let brackets = 0;
  let seen = -1;
  for (let word = 0; word < total - 1; word++) {
    const start = startOf();
    if (start !== seen) {
      quotes = 0;
      brackets = 0;
      seen = start;
    }
    const at = word + 1;
    const here = mark[at]!;
    if (here === 4) quotes ^= 1;
    else if (here === 3) brackets++;
    else if (here === 2 && brackets > 0) brackets--;
    const space = gap[at + 1]!;
    if (space === 3) {
      end(word);
      continue;
    }
    const f0 = form[at - 1]!;
    const f1 = form[at]!;
    const f2 = form[at + 1]!;
    const f3 = form[at + 2]!;
    const s1 = shape[at]!;
    const s2 = shape[at + 1]!;
    const s3 = shape[at + 2]!;
    const length = word - start;
    const long =
      length < 1 ? 0 : length < 3 ? 1 : length < 6 ? 2 : length < 12 ? 3 : length < 25 ? 4 : length < 45 ? 5 : 6;
    const layout = space * 2 + (lined ? 1 : 0);
    const open = quotes * 2 + (brackets > 0 ? 1 : 0);
    const marks = mark[at - 1]! * 36 + here * 6 + mark[at + 1]!;
    const line = space === 2 ? lineLength(text, words.to[word]!) : 0;
    let count = 0;
    features[count++] = mixed(1, layout);
    features[count++] = mixed(mixed(2, f1), layout);
    features[count++] = mixed(mixed(3, f2), space);
    features[count++] = mixed(mixed(4, f1), f2);
    features[count++] = mixed(mixed(5, f1), s2);
    features[count++] = mixed(mixed(6, s1), mixed(s2, layout));
    features[count++] = mixed(mixed(7, f0), f1);
    features[count++] = mixed(mixed(mixed(8, f0), f1), s2);
    features[count++] = mixed(mixed(mixed(9, f1), f2), f3);
    features[count++] = mixed(mixed(10, marks), mixed(s2, open));
    features[count++] = mixed(mixed(11, marks), mixed(long, space));
    features[count++] = mixed(mixed(12, marks), mixed(f2, 0));
    features[count++] = mixed(mixed(13, long), mixed(s2, mixed(here, layout)));
    features[count++] = mixed(mixed(14, open), mixed(here, mark[at + 1]!));
    features[count++] = mixed(mixed(15, s1), mixed(mixed(shape[at - 1]!, s2), s3));
    features[count++] = mixed(mixed(16, f2), mixed(s3, here));
    features[count++] = mixed(mixed(17, f2), f3);
    features[count++] = mixed(mixed(18, form[start + 1]!), mixed(marks, long));
    features[count++] = mixed(mixed(19, line), mixed(here, s2));
    features[count++] = mixed(mixed(20, f1), mixed(s2, s3));
    features[count++] = mixed(mixed(21, f0), mixed(here, s2));
    features[count++] = mixed(mixed(22, mixed(s2, s3)), mixed(marks, space));
    const short = abbreviated[at]!;
    if (short > 0) {
      features[count++] = mixed(mixed(23, short), mixed(f2, space));
      features[count++] = mixed(mixed(24, short), mixed(s2, s3));
      features[count++] = mixed(mixed(25, short), mixed(f2, s3));
    }
    if (decide(features, count, word)) end(word);
  }
}

function columnsOf(text: string, words: WrittenWords, cache: SegmentCache): Columns {
  const total = words.from.length;
  const form = new Int32Array(total + 3).fill(1);
  const shape = new Int32Array(total + 3).fill(1);
  const mark = new Uint8Array(total + 3);
  const gap = new Uint8Array(total + 3);
  const abbreviated = new Uint8Array(total + 3);
  for (let i = 0; i < total; i++) {
    const from = words.from[i]!;
    const word = text.slice(from, Math.min(words.to[i]!, from + 40));
    let facts = cache.get(word);
    if (facts === undefined) {
      const key = wordKey(word);
      const outline = shapeOf(word);
      facts = [hashed(key, 0, key.length), hashed(outline, 0, outline.length), markOf(word), abbreviationOf(word)];
      if (cache.size >= CACHE_LIMIT) cache.clear();
      cache.set(word, facts);
    }
    form[i + 1] = facts[0];
    shape[i + 1] = facts[1];
    mark[i + 1] = facts[2];
    abbreviated[i + 1] = facts[3];
    gap[i + 1] = i === 0 ? 3 : gapBetween(text, words.to[i - 1]!, from);
  }
  return { form, shape, mark, gap, abbreviated };
}

function gapBetween(text: string, from: number, to: number): number {
  if (to === from) return 0;
  if (to === from + 1) return isLineEnd(text.charCodeAt(from)) ? 2 : 1;
  let ends = 0;
  for (let i = from; i < to && ends < 2; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2029) return 3;
    if (code === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (isLineEnd(code)) ends++;
  }
  return ends === 0 ? 1 : ends === 1 ? 2 : 3;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028;
}

/** Length of the line that ends at `end`, in steps: a wrapped line is full, a heading is not. */
function lineLength(text: string, end: number): number {
  let at = end;
  while (at > 0 && end - at < 160 && !isLineEnd(text.charCodeAt(at - 1))) at--;
  const length = end - at;
  return length < 30 ? 1 : length < 55 ? 2 : length < 66 ? 3 : length < 100 ? 4 : 5;
}

function abbreviationOf(word: string): number {
  if (!word.endsWith('.') || word.length < 2) return 0;
  if (/^[ap]\.?m\.$/i.test(word)) return 1;
  if (/^(\p{L}\.)+$/u.test(word)) return 2;
  return /\p{L}\.$/u.test(word) ? 3 : 0;
}

function markOf(word: string): number {
  const code = word.charCodeAt(0);
  if (/^[.!?…]+$/.test(word) || code === 0x3002) return 1;
  if (word.length > 2) return 0;
  if (/^[)\]}”’»]$/.test(word) || word === "''") return 2;
  if (/^[([{“‘«„]$/.test(word) || word === '``') return 3;
  if (word === '"' || word === "'") return 4;
  return /^[^\p{L}\p{N}]+$/u.test(word) ? 5 : 0;
}
