import { foldedWords, termsOf, type WordQuery } from './terms.ts';

/** A word of a text, its place, and the term it is found by. */
interface Word {
  readonly from: number;
  readonly to: number;
  readonly term: string;
}

/** Says of a word as it stands in a text whether a query looks for it. */
export function looksFor(query: WordQuery): (word: string) => boolean {
  const read = reader(query);
  return (word) => read(word).isSought;
}

/**
 * The passage of a text, some `length` letters of it, in which most of what a query looks for stands: words in a row first,
 * then as many different words as there are. The beginning where there are none.
 */
export function passageOf(text: string, query: WordQuery, length = 240): string {
  const words = text.match(WORDS) ?? [];
  const readOf = reader(query);
  const [phrase] = query.phrases;
  const row =
    phrase === undefined
      ? -1
      : placeOfRow(
          words.map((word) => readOf(word).term),
          phrase,
        );
  if (row >= 0) return cut(text, placesOf(text, words.slice(0, row + 1)).at(-1)!, length);
  const places = placesOf(text, words);
  const sought = words.flatMap((word, i): Word[] => {
    const { term, isSought } = readOf(word);
    return isSought ? [{ from: places[i]!, to: places[i]! + word.length, term }] : [];
  });
  let best = sought[0];
  let most = 0;
  for (const [i, word] of sought.entries()) {
    const terms = new Set<string>();
    for (let k = i; k < sought.length && sought[k]!.to - word.from < length; k++) terms.add(sought[k]!.term);
    if (terms.size > most) {
      most = terms.size;
      best = word;
    }
  }
  return cut(text, best?.from ?? 0, length);
}

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;

/** Says of a word the term it is found by, and whether a query looks for it. A report has each of its words five times and more. */
function reader({
  terms,
  beginnings,
}: WordQuery): (word: string) => { readonly term: string; readonly isSought: boolean } {
  const whole = new Set(terms.flatMap(({ term, prefix }) => (prefix ? [] : [term])));
  const begins = (one: string) => beginnings.some((beginning) => one.startsWith(beginning));
  const known = new Map<string, { readonly term: string; readonly isSought: boolean }>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const own = termsOf(word);
    const isSought = own.some((term) => whole.has(term)) || (beginnings.length > 0 && foldedWords(word).some(begins));
    const read = { term: own[0] ?? '', isSought };
    known.set(word, read);
    return read;
  };
}

/** Where the words of a text begin. Between two of them are no letters, so each is found at once. */
function placesOf(text: string, words: readonly string[]): readonly number[] {
  let at = 0;
  return words.map((word) => {
    const from = text.indexOf(word, at);
    at = from + word.length;
    return from;
  });
}

function placeOfRow(terms: readonly string[], row: readonly string[]): number {
  return terms.findIndex((_, i) => row.every((term, k) => terms[i + k] === term));
}

/** A piece of a text around a place, at the beginning of its sentence where that is near, whole words only. */
function cut(text: string, place: number, length: number): string {
  const before = text.slice(Math.max(0, place - length / 2), place);
  const sentence = Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n'), before.lastIndexOf('” '));
  let from = place - (sentence >= 0 ? before.length - sentence - 1 : before.length);
  while (from > 0 && /\S/.test(text[from - 1]!) && from < place) from += 1;
  let to = Math.min(text.length, from + length);
  while (to < text.length && to > place + 20 && /\S/.test(text[to]!)) to -= 1;
  const words = text.slice(from, to).replaceAll(/\s+/g, ' ').trim();
  const begins = from === 0 || sentence >= 0;
  return `${begins ? '' : '… '}${words}${to < text.length && !/[.!?”"]$/.test(words) ? ' …' : ''}`;
}
