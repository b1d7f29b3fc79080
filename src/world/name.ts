import { remember } from './memo.ts';

/**
 * Names in one form, so that two spellings of the same words meet: lower case, no diacritics, no full stops or
 * apostrophes, hyphens as blanks, American spelling. "U.N." gives `un`, "Côte d’Ivoire" gives `cote divoire`.
 */
export function normalizeName(words: string): string {
  const plain = fold(words)
    .replace(/[.'‘’ʼ`´ʻʿ"“”,]/g, '')
    .replace(/[-‐‑–—/_\s]+/g, ' ')
    .trim();
  return SPELLING.test(plain) ? plain.split(' ').map(respell).join(' ') : plain;
}

/**
 * {@link normalizeName} for one token of a sentence. Empty for a token that is only punctuation ("-", "."): it joins its
 * neighbours and adds no word.
 */
export function normalizeWord(form: string): string {
  // No name is that long, and a page's line of code is not worth the look.
  if (form.length > LONGEST_WORD) return '';
  return normalized(form);
}
const normalized = remember(20_000, normalizeName);
const LONGEST_WORD = 60;

/** Joins tokens as {@link normalizeName} would have read the text between them: "People", "'s" gives `peoples`. */
export function joinWords(key: string, form: string): string {
  const word = normalizeWord(form);
  if (word === '') return key;
  return key === '' || /^['’]/.test(form) ? key + word : `${key} ${word}`;
}

/**
 * The consonants of a name with the usual transliterations folded, to compare spellings of one name: "Sergei" and
 * "Sergey", "Mohammed" and "Muhammad", "Shoigu" and "Shoygu" give the same. Never used to find a name, only to accept
 * one that was found otherwise.
 */
export function skeleton(name: string): string {
  const folded = normalizeName(name)
    .replace(/ /g, '')
    .replace(/^(?:ye|yo)(?=[a-z])/, 'e')
    .replace(/x/g, 'ks')
    .replace(/ph/g, 'f')
    .replace(/kh|gh/g, 'h')
    .replace(/ck|[cq]/g, 'k')
    .replace(/w/g, 'v')
    .replace(/dzh|dj/g, 'j')
    .replace(/z/g, 's');
  const first = folded.slice(0, 1).replace(/[aeiou]/, (vowel) => (vowel === 'u' || vowel === 'o' ? 'o' : 'a'));
  return (first + folded.slice(1).replace(/[aeiouyjh]/g, '')).replace(/(.)\1+/g, '$1');
}

/**
 * The key under which names written from another script are found whatever their spelling: {@link skeleton} of the words
 * without the Arabic articles and joining words, marked so that it is no word's.
 */
export function skeletonKey(name: string): string {
  const words = normalizeName(name)
    .split(' ')
    .filter((word) => !ARTICLE.test(word))
    .map((word) => (word.length > 5 ? word.replace(/^wal(?=[a-z])|^wa(?=l)/, 'w') : word));
  return `~${skeleton(words.join(''))}`;
}
const ARTICLE = /^(?:a[lstdrnz]|ash|az|el|es|ul|ud|us|wa|wal|e|i|bin|ibn)$/;

/** Whether two given names can be one person's: the same name in another spelling, its initial, or its usual short form. */
export function sameGivenName(one: string, other: string): boolean {
  const a = normalizeName(one);
  const b = normalizeName(other);
  if (a === '' || b === '') return false;
  if (a === b) return true;
  if (a.length === 1 || b.length === 1) return a[0] === b[0];
  if (skeleton(a) === skeleton(b)) return true;
  const long = SHORT_FORMS.get(a) ?? a;
  return long === (SHORT_FORMS.get(b) ?? b);
}

/** Whether a form is written like a name: its first letter or digit is a capital or a digit. */
export function isCapitalized(form: string): boolean {
  const code = form.charCodeAt(0);
  if (code < 128) return (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  const first = form.slice(0, 1);
  return first !== first.toLowerCase();
}

/** Whether words are written as an acronym: no small letter but a final "s", at least two capitals ("U.S.", "EU", "MEPs"). */
export function isAcronym(written: string): boolean {
  return /^(?:[^a-z]*[A-Z]){2}[^a-z]*s?$/.test(written);
}

function fold(text: string): string {
  const lower = text.toLowerCase();
  // Nearly every token is plain ASCII, and decomposing is the dear part.
  if (!/[^\0-\x7f]/.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ıßøłđðþæœə]/g, (letter) => LETTERS[letter] ?? letter);
}

const LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ə: 'a',
};

const SPELLING = /isation|defence|labour|centre|programme|counsellor/;
function respell(word: string): string {
  return word
    .replace('isation', 'ization')
    .replace('defence', 'defense')
    .replace('labour', 'labor')
    .replace('centre', 'center')
    .replace('programme', 'program')
    .replace('counsellor', 'counselor');
}

// biome-ignore format: a table reads best in rows
const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['joe', 'joseph'], ['bill', 'william'], ['will', 'william'], ['bob', 'robert'], ['rob', 'robert'], ['tony', 'antony'],
  ['anthony', 'antony'], ['tom', 'thomas'], ['tim', 'timothy'], ['mike', 'michael'], ['jim', 'james'], ['jimmy', 'james'],
  ['dick', 'richard'], ['rick', 'richard'], ['dan', 'daniel'], ['dave', 'david'], ['ben', 'benjamin'], ['sam', 'samuel'],
  ['liz', 'elizabeth'], ['kate', 'katherine'], ['chris', 'christopher'], ['nick', 'nicholas'], ['steve', 'steven'],
  ['stephen', 'steven'], ['matt', 'matthew'], ['pete', 'peter'], ['ed', 'edward'], ['ted', 'edward'], ['jeff', 'jeffrey'],
  ['ken', 'kenneth'], ['larry', 'lawrence'], ['greg', 'gregory'], ['andy', 'andrew'], ['alex', 'alexander'], ['don', 'donald'],
  ['chuck', 'charles'], ['jack', 'john'], ['hal', 'harold'], ['jake', 'jacob'], ['pat', 'patrick'], ['ron', 'ronald'],
  ['bibi', 'benjamin'], ['binyamin', 'benjamin'], ['benyamin', 'benjamin'], ['vova', 'vladimir'], ['jens', 'jens'],
  ['wolodymyr', 'volodymyr'], ['alyaksandr', 'alexander'], ['aleksandr', 'alexander'], ['aleksander', 'alexander'],
  ['dmytro', 'dmitry'], ['dmitriy', 'dmitry'], ['kim', 'kimberly'], ['nikki', 'nikki'],
]);
