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

/** What a person looks for. A text is found when it has all the terms, the phrases word by word, and none of `without`. */
export interface WordQuery {
  readonly terms: readonly TermQuery[];
  readonly phrases: readonly (readonly string[])[];
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
      terms.push(
        ...words.map((term, i) =>
          i < words.length - 1 ? { term: stemOf(term), prefix: false } : { term, prefix: true },
        ),
      );
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
  return { terms, phrases, without };
}

/** True for a query of more than terms: an engine finds too much for it, and {@link passes} says what is meant. */
export function isExact({ phrases, without }: Pick<WordQuery, 'phrases' | 'without'>): boolean {
  return phrases.length > 0 || without.length > 0;
}

/** True when a text has the phrases of a query and nothing that it must be without; terms are the engine's to find. */
export function passes(text: string, query: Pick<WordQuery, 'phrases' | 'without'>): boolean {
  if (!isExact(query)) return true;
  const { phrases, without } = query;
  const terms = termsOf(text);
  if (without.some((term) => terms.includes(term))) return false;
  return phrases.every((phrase) => terms.some((_, i) => phrase.every((term, k) => terms[i + k] === term)));
}

/** A longer word is none: a line of base64, a broken page. */
const LONGEST = 40;

function foldedWords(text: string): readonly string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST));
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
