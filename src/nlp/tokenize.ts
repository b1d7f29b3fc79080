import { hashed, type Linear, logOdds, mixed } from './linear.ts';

/**
 * Written words of a text, in columns: word `i` is `text.slice(from[i], to[i])`. Contractions are still whole here
 * ("don't" is one written word of two syntactic ones; contraction.ts parts them).
 */
export interface WrittenWords {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Decisions made before, by stretch of text: news repeats itself. Hand the same one in again for the next text. */
export type TokenizeCache = Map<string, readonly number[]>;

// A cache for 50 MB of random letters must not grow with them.
const CACHE_LIMIT = 50_000;
const CACHED_LENGTH = 40;

/**
 * Finds the written words between `start` and `end`. Blanks always part words; inside a stretch without blanks a linear
 * classifier decides at every change of character class, after the conventions of UD English ("Al-Zaman" is three words,
 * "3pm" two, "U.S." one).
 */
export function tokenize(
  text: string,
  start: number,
  end: number,
  splitter: Linear,
  cache: TokenizeCache,
): WrittenWords {
  const from: number[] = [];
  const to: number[] = [];
  let at = start;
  while (at < end) {
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    if (at >= end) break;
    const begin = at;
    let plain = true;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (isBlank(code)) break;
      if (!((code >= 97 && code <= 122) || (code >= 65 && code <= 90))) plain = false;
      at++;
    }
    if (plain) {
      from.push(begin);
      to.push(at);
      continue;
    }
    let last = begin;
    for (const cut of cutsOf(text, begin, at, end, splitter, cache)) {
      from.push(last);
      to.push(begin + cut);
      last = begin + cut;
    }
    from.push(last);
    to.push(at);
  }
  return { from, to };
}

function cutsOf(
  text: string,
  begin: number,
  end: number,
  limit: number,
  splitter: Linear,
  cache: TokenizeCache,
): readonly number[] {
  const next = nextClass(text, end, limit);
  if (end - begin > CACHED_LENGTH) return findCuts(text, begin, end, next, splitter);
  const key = next + text.slice(begin, end);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const cuts = findCuts(text, begin, end, next, splitter);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, cuts);
  return cuts;
}

function findCuts(text: string, begin: number, end: number, next: string, splitter: Linear): number[] {
  const cuts: number[] = [];
  visitGaps(text, begin, end, next, (at, features, count) => {
    if (logOdds(splitter, features, count) > 0) cuts.push(at - begin);
  });
  return cuts;
}

/** Class of the first character after the blank: "No. 5" and "No. He" part differently. */
export function nextClass(text: string, end: number, limit: number): string {
  let at = end;
  while (at < limit && at < end + 3 && isBlank(text.charCodeAt(at))) at++;
  return at >= limit ? '$' : CLASS_NAMES[classOf(text.charCodeAt(at))]!;
}

const LETTER = 0;
const CAPITAL = 1;
const DIGIT = 2;
const MARK = 3;
const HIGH = 4;
const CLASS_NAMES = ['x', 'X', 'd', '.', 'h'];

/** Class of a code unit. Halves of a pair are HIGH, so that a pair is never parted. */
function classOf(code: number): number {
  if (code >= 97 && code <= 122) return LETTER;
  if (code >= 65 && code <= 90) return CAPITAL;
  if (code >= 48 && code <= 57) return DIGIT;
  if (code < 128) return MARK;
  if (code >= 0xd800 && code <= 0xdfff) return HIGH;
  const char = String.fromCharCode(code);
  if (/\p{M}/u.test(char)) return LETTER;
  if (/\p{L}/u.test(char)) return char.toLowerCase() === char ? LETTER : CAPITAL;
  return /\p{N}/u.test(char) ? DIGIT : MARK;
}

const features = new Int32Array(32);
// Features look this far to each side, so that a line of 2 MB takes time by its length and no more.
const REACH = 12;

/**
 * Calls `visit` for every place inside the stretch where a word may end, with the features of that place. Places between
 * two letters or two digits are none. The trainer uses this same walk.
 */
export function visitGaps(
  text: string,
  begin: number,
  end: number,
  next: string,
  visit: (at: number, features: Int32Array, count: number) => void,
): void {
  const nextHash = hashed(next, 0, 1);
  const whole = end - begin <= 24 ? hashed(text.slice(begin, end).toLowerCase(), 0, end - begin) : 7;
  const outline = end - begin <= 24 ? shapeHash(text, begin, end) : 7;
  const web = isWeb(text, begin, end) ? 1 : 0;
  let runStart = begin;
  let left = classOf(text.charCodeAt(begin));
  for (let at = begin + 1; at < end; at++) {
    const right = classOf(text.charCodeAt(at));
    const leftWord = left <= CAPITAL;
    if ((leftWord && right <= CAPITAL) || (left === DIGIT && right === DIGIT) || (left === HIGH && right === HIGH)) {
      left = right;
      continue;
    }
    const l1 = text.charCodeAt(at - 1);
    const r1 = text.charCodeAt(at);
    const l2 = at - 2 >= begin ? text.charCodeAt(at - 2) : 1;
    const r2 = at + 1 < end ? text.charCodeAt(at + 1) : 1;
    const l3 = at - 3 >= begin ? text.charCodeAt(at - 3) : 1;
    const r3 = at + 2 < end ? text.charCodeAt(at + 2) : 1;
    const pair = mixed(left >= MARK ? l1 : left + 200, right >= MARK ? r1 : right + 200);
    const leftRun = lowerHash(text, Math.max(runStart, at - REACH), at);
    let stop = at + 1;
    const reach = Math.min(end, at + REACH);
    while (stop < reach && sameRun(right, classOf(text.charCodeAt(stop)))) stop++;
    const rightRun = lowerHash(text, at, stop);
    const startsHere = runStart === begin ? 1 : 0;
    const endsHere = stop === end ? 1 : 0;
    const sides = (startsHere << 1) | endsHere;
    const before = shapeHash(text, Math.max(begin, at - REACH), at);
    const after = shapeHash(text, at, Math.min(end, at + REACH));
    let count = 0;
    features[count++] = 1;
    features[count++] = mixed(2, pair);
    features[count++] = mixed(mixed(3, pair), sides);
    features[count++] = mixed(mixed(4, l1), r1);
    features[count++] = mixed(mixed(mixed(5, l2), l1), r1);
    features[count++] = mixed(mixed(mixed(6, l1), r1), r2);
    features[count++] = mixed(mixed(mixed(mixed(7, l2), l1), r1), r2);
    features[count++] = mixed(mixed(mixed(mixed(mixed(mixed(8, l3), l2), l1), r1), r2), r3);
    features[count++] = mixed(mixed(mixed(9, leftRun), pair), startsHere);
    features[count++] = mixed(mixed(mixed(10, rightRun), pair), endsHere);
    features[count++] = mixed(mixed(mixed(11, leftRun), rightRun), sides);
    features[count++] = mixed(mixed(mixed(12, before), pair), web);
    features[count++] = mixed(mixed(mixed(13, after), pair), web);
    features[count++] = mixed(mixed(mixed(14, before), after), web);
    features[count++] = mixed(mixed(15, whole), at - begin);
    features[count++] = mixed(mixed(mixed(16, outline), at - begin), r1);
    features[count++] = mixed(mixed(mixed(17, nextHash), leftRun), mixed(r1, at + 1 === end ? 1 : 0));
    features[count++] = mixed(mixed(mixed(18, nextHash), pair), sides);
    features[count++] = mixed(mixed(19, web), pair);
    visit(at, features, count);
    if (!sameRun(left, right)) runStart = at;
    left = right;
  }
}

function sameRun(a: number, b: number): boolean {
  if (a === MARK || b === MARK) return false;
  return a === b || (a <= CAPITAL && b <= CAPITAL);
}

function lowerHash(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) {
    let code = text.charCodeAt(i);
    if (code >= 65 && code <= 90) code += 32;
    else if (code >= 48 && code <= 57) code = 48;
    else if (code === 0x2019) code = 39;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash | 0;
}

/** Hash of the shape: classes for letters and digits with runs cut after the second, marks as they are. */
function shapeHash(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  let last = -1;
  let run = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const kind = classOf(code);
    const mark = kind === MARK ? (code === 0x2019 ? 39 : code) : kind;
    run = mark === last ? run + 1 : 0;
    last = mark;
    if (run < 2) hash = Math.imul(hash ^ mark, 0x01000193);
  }
  return hash | 0;
}

/** True for an address or e-mail: its dots and slashes stay inside. */
function isWeb(text: string, begin: number, end: number): boolean {
  if (end - begin < 5 || end - begin > 2000) return false;
  const stretch = text.slice(begin, end);
  return /https?:|www\.|@\w|\w\.(com|org|net|gov|edu|co|int|mil|info|html?|php|pdf|docx?|xlsx?|pptx?|csv|txt|jpe?g|png|zip)\b/i.test(
    stretch,
  );
}

/** Blanks part words: white space, other controls, and the marks of no width that pages hide between words. */
export function isBlank(code: number): boolean {
  if (code <= 32 || (code >= 127 && code <= 160)) return true;
  if (code < 0x1680) return false;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
