import { normalizeName } from '../src/world/name.ts';

/** A name as lists print it, with the surname found in it. */
export interface SplitName {
  readonly full: string;
  readonly surname: string;
  readonly given: readonly string[];
}

export const PARTICLES = new Set(
  'al el bin ibn ben van von de der den da di del della dos do das le la du ten ter st san abu bint e y und'.split(' '),
);
export const SURNAME_FIRST = new Set(['CHN', 'TWN', 'KOR', 'PRK', 'VNM', 'KHM', 'MMR']);
const WESTERN = /^(?:Joseph|Audrey|David|Peter|James|John|Paul|Mary|Carrie|Donald|Vincent|Maria|Harry|William|Henry)$/;

/** A name with its surname in capitals, as the CIA's lists print it. */
export function splitMarked(text: string, country: string | undefined): SplitName {
  const words = text.split(/\s+/).filter((word) => !/^(?:Jr\.?|Sr\.?)$/.test(word));
  const marked = words.filter((word) => isMarked(word));
  if (marked.length === 0) return splitName(text, country);
  if (marked.length === words.length) return splitName(words.map(capitalize).join(' '), country);
  const first = words.findIndex(isMarked);
  const last = words.findLastIndex(isMarked);
  let begin = first;
  while (begin > 0 && PARTICLES.has((words[begin - 1] ?? '').toLowerCase().replace(/-$/, '')) && begin > 1) begin--;
  const surname = words
    .slice(begin, last + 1)
    .map((word) => (PARTICLES.has(word) ? word : capitalize(word)))
    .join(' ');
  const given = [...words.slice(0, begin), ...words.slice(last + 1)];
  // Patronymics and second names are left out of the name shown: news writes "Sergey Lavrov".
  const shown =
    PATRONYMIC.has(country ?? '') && begin === 2
      ? [words[0] ?? '', surname]
      : [...words.slice(0, begin), surname, ...words.slice(last + 1)];
  return { full: shown.join(' '), surname, given: given.map((word) => word.replace(/[.,]/g, '')) };
}

const PATRONYMIC = new Set(['RUS', 'BLR', 'UKR', 'KAZ', 'KGZ', 'UZB', 'TJK', 'TKM', 'AZE', 'MDA']);

function isMarked(word: string): boolean {
  const letters = word.replace(/^(?:al|el|Al|El|as|ad|ar|an|at|az|ash)-/, '').replace(/[^\p{L}]/gu, '');
  return letters.length > 1 && letters === letters.toUpperCase();
}

export function capitalize(word: string): string {
  if (/^(?:II|III|IV|V|VI|X|XIV|XVI)$/.test(word)) return word;
  return word
    .toLowerCase()
    .replace(/(^|[-'’ ])\p{L}/gu, (letter) => letter.toUpperCase())
    .replace(/^(?:Bin|Ibn|Al|El|Van|Von|Der|Den)(?=$|-)/, (particle) => particle.toLowerCase())
    .replace(/^Mc\p{Ll}/u, (start) => `Mc${start.slice(2).toUpperCase()}`);
}

/** A name in ordinary spelling: the surname is the last word with its particles, or the first where that is the custom. */
export function splitName(text: string, country: string | undefined): SplitName {
  const words = text.replace(/,? (?:Jr|Sr)\.?$|^(?:Sir|Dame) /g, '').split(/\s+/);
  if (words.length === 1) return { full: text, surname: words[0] ?? '', given: [] };
  if (SURNAME_FIRST.has(country ?? '') && !WESTERN.test(words[0] ?? '')) {
    return { full: text, surname: words[0] ?? '', given: words.slice(1) };
  }
  let begin = words.length - 1;
  if (/^[IVX]+$/.test(words[begin] ?? '')) return { full: text, surname: text, given: [] };
  while (begin > 1 && PARTICLES.has((words[begin - 1] ?? '').toLowerCase())) begin--;
  return {
    full: words.join(' '),
    surname: words.slice(begin).join(' '),
    given: words.slice(0, begin).map((word) => word.replace(/[.,]/g, '')),
  };
}

/** What a surname is looked up by: with and without its particles, and in its usual spellings. */
export function surnameKeys(name: SplitName): string[] {
  const key = normalizeName(name.surname);
  const keys = [key];
  const bare = key.replace(/^(?:al|el|as|ad|ar|an|az|ash|bin|ibn|e) (?=..)/, '');
  if (bare !== key) keys.push(bare);
  const parts = key.split(' ');
  // "López Obrador" is written whole, "Dlamini Zuma" by its last part.
  if (parts.length === 2 && name.surname.includes('-')) keys.push(parts.join(''));
  const words = normalizeName(name.full).split(' ');
  if (words.length >= 3 && words.at(-1) === key && !PARTICLES.has(words.at(-2) ?? '')) {
    const previous = words.at(-2) ?? '';
    if (previous.length > 2 && /o|a|ez|es/.test(previous)) keys.push(`${previous} ${key}`);
  }
  for (const known of [...keys]) for (const variant of variants(known)) keys.push(variant);
  return keys;
}

/** Other common spellings of a surname in Latin letters: "Shoygu" is Shoigu, "Zelenskyy" Zelensky. */
function variants(key: string): string[] {
  const found = new Set<string>();
  const rules: readonly (readonly [RegExp, string])[] = [
    [/(sk|ts|zh|n)(?:yy|iy|yi|ij)$/, '$1y'],
    [/(?<=[bcdfghklmnprstvz])iy$/, 'y'],
    [/oy(?=[^aeiou]|$)/, 'oi'],
    [/ay(?=[^aeiou]|$)/, 'ai'],
    [/ey(?=v$)/, 'ei'],
    [/^ye/, 'e'],
    [/yev$/, 'ev'],
    [/yov$/, 'ov'],
    [/enka$/, 'enko'],
  ];
  for (const [pattern, replacement] of rules) if (pattern.test(key)) found.add(key.replace(pattern, replacement));
  return [...found];
}
