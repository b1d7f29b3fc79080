import { foldedWords, termsOf, type WordQuery } from './terms.ts';

/** A word of a text, its place, and the term it is found by. */
interface Word {
  readonly from: number;
  readonly to: number;
  readonly term: string;
}

/** Says of a word as it stands in a text whether a query looks for it. */
export function looksFor({ terms, beginnings }: WordQuery): (word: string) => boolean {
  const whole = new Set(terms.flatMap(({ term, prefix }) => (prefix ? [] : [term])));
  return (word) =>
    termsOf(word).some((term) => whole.has(term)) ||
    foldedWords(word).some((one) => beginnings.some((beginning) => one.startsWith(beginning)));
}

/**
 * The passage of a text, some `length` letters of it, in which most of what a query looks for stands: words in a row first,
 * then as many different words as there are. The beginning where there are none.
 */
export function passageOf(text: string, query: WordQuery, length = 240): string {
  const isSought = looksFor(query);
  const words = wordsOf(text);
  const row = query.phrases.length === 0 ? undefined : placeOfRow(words, query.phrases[0]!);
  const sought = words.filter((word) => isSought(text.slice(word.from, word.to)));
  let best = row === undefined ? sought[0] : words[row];
  if (row === undefined) {
    let most = 0;
    for (const [i, word] of sought.entries()) {
      const terms = new Set<string>();
      for (let k = i; k < sought.length && sought[k]!.to - word.from < length; k++) terms.add(sought[k]!.term);
      if (terms.size > most) {
        most = terms.size;
        best = word;
      }
    }
  }
  return cut(text, best?.from ?? 0, length);
}

function placeOfRow(words: readonly Word[], row: readonly string[]): number | undefined {
  const at = words.findIndex((_, i) => row.every((term, k) => words[i + k]?.term === term));
  return at < 0 ? undefined : at;
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    term: termsOf(match[0])[0] ?? '',
  }));
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
