import { stemmer } from 'stemmer';
import { ReadoutError } from '../error.ts';
import type { TermQuery } from './engine.ts';

/**
 * The terms of a text, in its order: words and numbers in lower case, without accents, cut to their stems by Porter's
 * rules ("sanctioned" and "sanctions" are one). Both engines keep these and nothing else, so both find the same.
 */
export function termsOf(text: string): readonly string[] {
  return foldedWords(text).map(stemOf);
}

/** The different terms of some texts, parted by blanks, as engines take them. */
export function indexed(texts: readonly (string | null)[]): string {
  return [...new Set(texts.flatMap((text) => (text === null ? [] : termsOf(text))))].join(' ');
}

/**
 * What a person looks for. A text is found when it has all the terms, the phrases word by word, a word with each beginning,
 * and none of `without`.
 */
export interface WordQuery {
  readonly terms: readonly TermQuery[];
  readonly phrases: readonly (readonly string[])[];
  /** Of words as they are written, folded: stems may be shorter, and are asked for by what is left of the beginning. */
  readonly beginnings: readonly string[];
  readonly without: readonly string[];
}

/**
 * Understands what a person types: words that all must be there, `"exact words"`, `sanction*` for a beginning, `-word` for
 * what must not be there. Everything else is a separator, so no input is an error but one without words.
 *
 * @throws ReadoutError `option.value` when there is no word to look for
 */
export function parseWords(text: string): WordQuery {
  const terms: TermQuery[] = [];
  const phrases: (readonly string[])[] = [];
  const beginnings: string[] = [];
  const without: string[] = [];
  for (const [, phrase, minus, word = '', star] of text.matchAll(/"([^"]*)"|(?<![^\s])(-?)([^\s"*]+)(\*?)/g)) {
    if (phrase !== undefined) {
      const words = termsOf(phrase);
      terms.push(...words.map((term) => ({ term, prefix: false })));
      if (words.length > 1) phrases.push(words);
    } else if (minus === '-') {
      without.push(...termsOf(word));
    } else if (star === '*') {
      const words = foldedWords(word);
      const beginning = words.at(-1);
      terms.push(...words.slice(0, -1).map((term) => ({ term: stemOf(term), prefix: false })));
      if (beginning === undefined) continue;
      terms.push({ term: stemsBegin(beginning), prefix: true });
      beginnings.push(beginning);
    } else {
      const words = termsOf(word);
      terms.push(...words.map((term) => ({ term, prefix: false })));
      // "al-Assad" is two words that stand together.
      if (words.length > 1) phrases.push(words);
    }
  }
  if (terms.length === 0) {
    throw new ReadoutError(
      'option.value',
      `"${text}" holds no word to look for; give words, "words in a row" or begin*.`,
    );
  }
  return { terms, phrases, beginnings, without };
}

/** True for a query of more than terms: an engine finds too much for it, and {@link passes} says what is meant. */
export function isExact({ terms, phrases, beginnings, without }: WordQuery): boolean {
  if (phrases.length > 0 || without.length > 0) return true;
  return beginnings.some((beginning) => !terms.some(({ term, prefix }) => prefix && term === beginning));
}

/** True when a text is what a query looks for. */
export function passes(text: string, query: WordQuery): boolean {
  if (!isExact(query)) return true;
  const { terms, phrases, beginnings, without } = query;
  const words = foldedWords(text);
  const stems = words.map(stemOf);
  const has = new Set(stems);
  if (without.some((term) => has.has(term))) return false;
  return (
    terms.every(({ term, prefix }) => prefix || has.has(term)) &&
    beginnings.every((beginning) => words.some((word) => word.startsWith(beginning))) &&
    phrases.every((phrase) => stems.some((_, i) => phrase.every((term, k) => stems[i + k] === term)))
  );
}

/** A longer word is none: a line of base64, a broken page. */
const LONGEST = 40;

/** The words and numbers of a text, in lower case and without accents. */
export function foldedWords(text: string): readonly string[] {
  // Most words are of plain letters, and need no table of Unicode.
  const isPlain = /^[\0-\x7f]*$/.test(text);
  const folded = isPlain
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase();
  const words = folded.match(isPlain ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.slice(0, LONGEST));
}

/** What Porter's rules cut off words or change in them. */
const ENDINGS = (
  'ational tional ency ancy izer ably ally ently ously ization ation ator alism iveness fulness ousness ality ivity ' +
  'bility logy icate ative alize icity ical ful ness al ance ence er ic able ible ant ement ment ent ion ism ate ity ous ive ' +
  'ize s es ed ing edly ingly ers ors ations ments ities ences ances ists ist ly e'
).split(' ');

/** What the stems of all words with a beginning begin with: of `prisoner`, as of "prisoners", it is `prison`. */
function stemsBegin(beginning: string): string {
  if (!/^[a-z]+$/.test(beginning)) return beginning;
  // "nationa" may be the beginning of "nationality", which loses more than what is added here.
  const begun = ENDINGS.flatMap((ending) =>
    [...ending].flatMap((_, i) => {
      const isSplit =
        beginning.length >= i + 3 && beginning.endsWith(ending.slice(0, i)) && (i > 1 || /[aif]/.test(ending[0]!));
      return i === 0 || isSplit ? [ending.slice(i)] : [];
    }),
  );
  let common = beginning;
  for (const rest of ['', ...begun]) {
    const stem = stemmer(beginning + rest);
    let shared = 0;
    while (shared < common.length && common[shared] === stem[shared]) shared += 1;
    common = common.slice(0, Math.max(shared, 1));
  }
  return common;
}

const stems = new Map<string, string>();

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = /^[a-z]+$/.test(word) ? stemmer(word) : word;
  if (stems.size > 50_000) stems.clear();
  stems.set(word, stem);
  return stem;
}
