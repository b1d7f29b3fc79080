import type { WrittenWords } from './tokenize.ts';

/**
 * The first written word behind a dateline, "REYKJAVIK, June 10 (Reuters) -", of those from `first` to `end`; `first` where
 * there is none. A dateline is no part of the sentence that it stands before: read with it, its town becomes the subject.
 * It opens a line, and ends with a dash, or with an agency behind a day; a town in small letters is one with a day or an agency
 * behind it only.
 */
export function behindDateline(text: string, written: WrittenWords, first: number, end: number): number {
  const form = (i: number) => text.slice(written.from[i]!, written.to[i]!);
  const town = form(first);
  const capitals = /^\p{Lu}[\p{Lu}.'’-]*\p{Lu}\.?$/u.test(town);
  if (!capitals && !/^\p{Lu}\p{L}+$/u.test(town)) return first;
  // "NATO - the alliance" is none: a town alone before a dash has five letters.
  let marked = capitals && town.length >= 5;
  let dated = false;
  let agency = false;
  let bracketed = false;
  for (let i = first + 1; i < Math.min(end - 1, first + LONGEST); i++) {
    const word = form(i);
    if (DASH.test(word)) return marked && !bracketed ? i + 1 : first;
    if (word === '(') bracketed = true;
    else if (word === ')') {
      // "Lima, March 8 (ABC) The president …": behind a day and an agency no dash is needed.
      if (dated && agency && /^\p{Lu}/u.test(form(i + 1))) return i + 1;
      bracketed = false;
    } else if (bracketed && (/^\p{Lu}{2,}$/u.test(word) || AGENCIES.has(word))) marked = agency = true;
    else if (/^\d{1,4}$/.test(word) && MONTH.test(`${form(i - 1)} ${form(i + 1)}`)) marked = dated = true;
    else if (!/^(?:\p{Lu}[\p{L}.'’-]*|\d{1,4}|[,./]|de|la|las|el|del|do|da|of|and|al|es|sur)$/u.test(word))
      return first;
  }
  return first;
}

/** In written words; "RIO DE JANEIRO, Brazil, July 20 (Reuters) -" is twelve. */
const LONGEST = 16;
const DASH = /^(?:--?|–|—)$/;
const MONTH = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\b/;
/** Agencies that do not write themselves in capitals. */
const AGENCIES: ReadonlySet<string> = new Set([
  'Reuters',
  'Xinhua',
  'Bloomberg',
  'Tass',
  'Interfax',
  'Kyodo',
  'Yonhap',
  'Anadolu',
  'Agencies',
]);
