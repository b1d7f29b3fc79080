import type { Document } from '../source/document.ts';

/**
 * What of a text is compared with others: its runs of three words, its names and numbers, its lead. Page furniture is
 * left out.
 */
export interface Likeness {
  readonly shingles: ReadonlySet<number>;
  readonly marks: ReadonlySet<string>;
  /** MinHash values in bands, each as one number of 32 bits: likely copies share one. */
  readonly bands: readonly number[];
}

/** What is compared of two documents beside their words. */
export type Origin = Pick<Document, 'outlet' | 'published' | 'url'>;

const WORDS_IN_SHINGLE = 3;
/** A shorter text is a headline or a line: nobody's copy. */
const FEWEST_SHINGLES = 30;
const ROWS = 3;
const BANDS = 20;
/** Words of the beginning that have bands of their own: a reprint is cut from below. */
const LEAD_WORDS = 100;
const LEAD_BANDS = 10;

/** The smaller text's share of runs that the larger one has too, at least; measured on State Department releases. */
const LEAST_SHARED = 0.55;
/** The same of names and numbers: releases made from one pattern differ just there. */
const LEAST_MARKS = 0.85;
/** A briefing that reads out a statement is no copy of it. */
const LEAST_SIZE = 0.2;
/** An outlet's own texts at different addresses are copies only when they are nearly the same. */
const SAME_OUTLET = 0.85;
const LONGEST_DAYS = 10;

/** Measures a text. Work is linear in it. */
export function likenessOf(document: Pick<Document, 'text' | 'removed'>): Likeness {
  const words = wordsOf(document);
  const codes = words.map((word) => hashOf(word.toLowerCase()));
  const list: number[] = [];
  for (let i = 0; i + WORDS_IN_SHINGLE <= codes.length; i++) {
    let hash = 0x811c9dc5;
    for (let k = i; k < i + WORDS_IN_SHINGLE; k++) hash = Math.imul(hash ^ codes[k]!, 0x01000193);
    list.push(mixed(hash));
  }
  const shingles = new Set(list);
  const marks = new Set(words.filter((word, i) => /^\d/.test(word) || (/^\p{Lu}/u.test(word) && i > 0)));
  const bands =
    shingles.size < FEWEST_SHINGLES
      ? []
      : [...bandsOf(shingles, BANDS, 1), ...bandsOf(new Set(list.slice(0, LEAD_WORDS)), LEAD_BANDS, 7919)];
  return { shingles, marks, bands: [...new Set(bands)] };
}

/**
 * True when one of two texts was made from the other, or both from a third: copies, reprints with a part cut off or a
 * lead of their own, light rewrites. The answer does not depend on which comes first.
 */
export function areCopies(
  a: { readonly likeness: Likeness; readonly origin: Origin },
  b: { readonly likeness: Likeness; readonly origin: Origin },
): boolean {
  const [small, large] =
    a.likeness.shingles.size <= b.likeness.shingles.size ? [a.likeness, b.likeness] : [b.likeness, a.likeness];
  if (small.shingles.size < FEWEST_SHINGLES || small.shingles.size < large.shingles.size * LEAST_SIZE) return false;
  const far = daysBetween(a.origin, b.origin);
  if (far !== null && far > LONGEST_DAYS) return false;
  const shared = countShared(small.shingles, large.shingles);
  if (shared < small.shingles.size * LEAST_SHARED) return false;
  if (countShared(small.marks, large.marks) < small.marks.size * LEAST_MARKS) return false;
  const outlet = a.origin.outlet?.name;
  const same =
    outlet !== undefined && outlet === b.origin.outlet?.name && addressOf(a.origin.url) !== addressOf(b.origin.url);
  return !same || shared >= (small.shingles.size + large.shingles.size - shared) * SAME_OUTLET;
}

/**
 * A web address without what does not name the page: scheme, "www.", campaign marks, fragment. Null for none, and for
 * the front page of a site, which is another every hour.
 */
export function addressOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { hostname, port, pathname, searchParams } = new URL(url);
  const kept = [...searchParams].filter(([name]) => !/^(?:utm_\w+|fbclid|gclid|ref|cmpid|ocid|smid)$/i.test(name));
  kept.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&');
  const path = pathname.replace(/\/(?:index\.html?|amp\/?)?$/, '');
  if (path === '' && query === '') return null;
  return `${hostname.replace(/^www\./, '')}${port && `:${port}`}${path}${query && `?${query}`}`;
}

function wordsOf({ text, removed }: Pick<Document, 'text' | 'removed'>): readonly string[] {
  const words: string[] = [];
  let last = 0;
  for (const { from, to } of [...removed, { from: text.length, to: text.length }]) {
    words.push(...(text.slice(last, from).match(/[\p{L}\p{N}]+/gu) ?? []));
    last = Math.max(last, to);
  }
  return words;
}

// For each band the least value of the shingles under some permutations, put into one number (Broder, 1997).
function bandsOf(shingles: ReadonlySet<number>, bands: number, seed: number): readonly number[] {
  const least = new Uint32Array(bands * ROWS).fill(0xffffffff);
  for (const shingle of shingles)
    for (let i = 0; i < least.length; i++) {
      const value = mixed(Math.imul(shingle ^ (seed * (i + 1)), 0x9e3779b1) + i) >>> 0;
      if (value < least[i]!) least[i] = value;
    }
  return Array.from({ length: bands }, (_, band) => {
    let hash = seed + band;
    for (let row = 0; row < ROWS; row++) hash = mixed(Math.imul(hash, 31) ^ least[band * ROWS + row]!);
    return hash;
  });
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

/** Spreads the bits of a number over all 32 (the finisher of MurmurHash3). */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function countShared<T>(small: ReadonlySet<T>, large: ReadonlySet<T>): number {
  let count = 0;
  for (const one of small) if (large.has(one)) count++;
  return count;
}

function daysBetween(a: Origin, b: Origin): number | null {
  if (!a.published || !b.published) return null;
  const gap = Math.max(
    Date.parse(a.published.from) - Date.parse(b.published.to),
    Date.parse(b.published.from) - Date.parse(a.published.to),
    0,
  );
  return gap / 86_400_000;
}
