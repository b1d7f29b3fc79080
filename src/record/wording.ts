import { fold } from './party.ts';

/** The words of a sentence that tell what it is about, cut to their stems, each once. */
export interface Wording {
  readonly words: ReadonlySet<string>;
  /** Those of {@link words} that few sentences have, names and words with digits: the six longest. */
  readonly names: readonly string[];
  /** What is counted and how often: `diplomat` is 12 in "12 Chadian diplomats". */
  readonly counts: ReadonlyMap<string, number>;
}

/** How many words of what two sentences say must be shared, of which one a name. */
const LEAST_SHARED = 5;
/** Twice the shared words over all words (Dice) from which two sentences are told in like words. */
const LEAST_LIKENESS = 0.4;

const MOST_NAMES = 6;

const EMPTY: ReadonlySet<string> = new Set(
  (
    'a an the of in on at to for from by with without and or but as that which who whom whose this these those it its he ' +
    'his him she her they them their there we us our you i is are was were be been being am has have had having do does ' +
    'did will would could should may might must can not no nor if when while where than then so such also more most some ' +
    'any all each other both few many much after before since until during about against between among through over ' +
    'under into onto out up down off said say says saying tell told tells report reports reported reportedly according ' +
    'official officials authority authorities statement new one two three late early last next yesterday today tomorrow ' +
    'morning afternoon evening night week month year day days monday tuesday wednesday thursday friday saturday sunday ' +
    'january february march april june july august september october november december'
  ).split(' '),
);

const NUMBERS: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, index) => [word, index + 1]),
);
const MEASURES: ReadonlySet<string> = new Set('million billion thousand percent per cent hundred'.split(' '));

/** How a sentence is worded. */
export function wordingOf(sentence: string): Wording {
  const words = new Set<string>();
  const names = new Set<string>();
  const counts = new Map<string, number>();
  const tokens = [...sentence.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)].map(([token]) => token);
  let counted: { readonly count: number; readonly at: number } | undefined;
  for (const [at, token] of tokens.entries()) {
    const word = fold(token);
    const number = /^\d+$/.test(word) ? Number(word) : NUMBERS.get(word);
    if (number !== undefined) counted = { count: number, at };
    if (word.length < 2 || EMPTY.has(word)) continue;
    const stem = stemOf(word);
    words.add(stem);
    // A sentence begins with a capital whatever its first word is: a name of several words is told by its second.
    const isName = /\p{N}/u.test(token) || (/^\p{Lu}/u.test(token) && (at > 0 || /^\p{Lu}/u.test(tokens[1] ?? '')));
    if (isName) names.add(stem);
    if (number === undefined && counted !== undefined && at - counted.at <= 5 && !MEASURES.has(word)) {
      if (!counts.has(stem)) counts.set(stem, counted.count);
    }
  }
  const longest = [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MOST_NAMES);
  return { words, names: longest, counts };
}

/** How alike two sentences are worded, up to 1; 0 when it is too little to tell that they tell of one thing. Symmetric. */
export function likenessOfWording(a: Wording, b: Wording): number {
  const shared = commonOf(a.words, b.words);
  const likeness = (2 * shared) / (a.words.size + b.words.size);
  if (shared < LEAST_SHARED || likeness < LEAST_LIKENESS || !a.names.some((name) => b.names.includes(name))) return 0;
  for (const [thing, count] of a.counts) if ((b.counts.get(thing) ?? count) !== count) return 0;
  return likeness;
}

function commonOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const one of a) if (b.has(one)) common += 1;
  return common;
}

function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word;
}
