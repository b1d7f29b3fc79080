import type { Entity } from './entity.ts';
import { isCapitalized, joinWords, normalizeName, normalizeWord, sameGivenName, skeletonKey } from './name.ts';
import { covers, type OfficeKind, rankOf } from './office.ts';
import type { KeyedTable } from './table.ts';
import type { AliasUse, Candidate, Match } from './world.ts';

/**
 * The person whose name starts at a token, from the table of surnames: given names first ("Vladimir Putin"), surname
 * first ("Xi Jinping"), or the surname alone of those who are known by it. Spellings of given names may differ.
 */
export function matchPerson(people: KeyedTable<Entity>, forms: readonly string[], start: number): Match | undefined {
  if (!isNameStart(forms[start] ?? '')) return undefined;
  return fullName(people, forms, start) ?? surnameFirst(people, forms, start) ?? surnameOnly(people, forms, start);
}

/** A given name, then up to three more words, then the surname: "Vladimir Putin", "Ursula von der Leyen", "George W. Bush". */
function fullName(people: KeyedTable<Entity>, forms: readonly string[], start: number): Match | undefined {
  if (isTitle(forms[start] ?? '')) return undefined;
  const cutOff =
    isInitial(forms[start] ?? '') && isCapitalized(forms[start - 1] ?? '') && !isTitle(forms[start - 1] ?? '');
  if (cutOff) return undefined;
  for (let at = start + 1; at <= start + 5 && at < forms.length; at++) {
    const form = forms[at] ?? '';
    const surname = longestSurname(people, forms, at);
    if (surname !== undefined) {
      const given = givenWords(forms, start, at);
      const fitting = exactFirst(
        given,
        surname.entities.filter((person) => sameGivenNames(given, person)),
      );
      if (fitting.length > 0)
        return {
          length: at + surname.length - start,
          candidates: ofTheirPlace(asCandidates(fitting, 'name', false)).map((one) =>
            // "Tom Watson" is no ambassador Thomas J. Watson of long ago.
            one.local && isPast(one.entity) && one.entity.given[0] !== given[0] ? { ...one, weak: true } : one,
          ),
        };
    }
    const joint = form === '-' || (form === '.' && /^\p{Lu}$/u.test(forms[at - 1] ?? ''));
    if (!joint && (!isNameStart(form) || isTitle(form))) return undefined;
  }
  return undefined;
}

/** Those whose given name is spelled exactly so, if there are any. */
function exactFirst(given: readonly string[], people: readonly Entity[]): readonly Entity[] {
  const exact = people.filter((person) => person.given[0] === given[0] || person.alsoGiven.includes(given[0] ?? ''));
  return exact.length > 0 ? exact : people;
}

/** The surname, then given names, as is the custom in East Asia: "Xi Jinping", "Ban Ki-moon". */
function surnameFirst(people: KeyedTable<Entity>, forms: readonly string[], start: number): Match | undefined {
  const surname = longestSurname(people, forms, start);
  if (surname === undefined) return undefined;
  const after = start + surname.length;
  if (!isCapitalized(forms[after] ?? '')) return undefined;
  for (let end = Math.min(after + 3, forms.length); end > after; end--) {
    const given = givenWords(forms, after, end).join('');
    const fitting = surname.entities.filter(
      (person) => isSurnameFirst(person) && sameGivenName(given, withoutSurname(person, surname.key)),
    );
    if (fitting.length > 0 && given.length > 1)
      return { length: end - start, candidates: ofTheirPlace(asCandidates(fitting, 'name', false)) };
  }
  return undefined;
}

/** The given names of the name as it is shown, written as one: "Ki-moon" and "Ki Moon" are alike. */
function withoutSurname(person: Entity, surname: string): string {
  const words = surname.split(' ');
  return normalizeName(person.name)
    .split(' ')
    .filter((word) => !words.includes(word))
    .join('');
}

const SURNAME_FIRST = new Set(['CHN', 'TWN', 'HKG', 'KOR', 'PRK', 'VNM', 'KHM', 'MMR', 'SGP']);

/** A surname alone: only of those who are known by it. */
function surnameOnly(people: KeyedTable<Entity>, forms: readonly string[], start: number): Match | undefined {
  const surname = longestSurname(people, forms, start);
  if (surname === undefined) return undefined;
  const known =
    surname.known.size > 0
      ? [...surname.known]
      : surname.entities.filter((person) => highestRank(person) <= KNOWN_BY_SURNAME);
  if (known.length === 0) return undefined;
  const previous = forms[start - 1] ?? '';
  const local = surname.known.size === 0 && !isTitle(previous);
  if (start > 1 && isNameStart(previous) && !NO_NAME.test(previous)) {
    // "Robert Putin" is someone else; "Fumio Kishida" would have been met at "Fumio".
    // An initial alone fits too many: "John F. Kennedy" is no Francis.
    const fitting =
      normalizeWord(previous).length < 2 ? [] : known.filter((person) => sameGivenNames([previous], person));
    if (fitting.length > 0) return { length: surname.length, candidates: asCandidates(fitting, 'surname', false) };
    return { length: surname.length, candidates: asCandidates(known, 'surname', true) };
  }
  const weak = surname.weak || (surname.known.size === 0 && known.every(isPast));
  const candidates = asCandidates(known, 'surname', weak);
  // A bare surname that is nobody's in particular: "Sheriff said", "Medina".
  return { length: surname.length, candidates: local ? candidates.map((one) => ({ ...one, local })) : candidates };
}

/** Marks those who never led a state or its foreign policy and whom no list knows beyond their country. */
function ofTheirPlace(people: readonly Candidate[]): readonly Candidate[] {
  return people.map((one) =>
    one.entity.wikidata === null && highestRank(one.entity) > FAR_KNOWN ? { ...one, local: true } : one,
  );
}
const FAR_KNOWN = rankOf('foreign-minister');

/** Out of office so long that a bare surname today is more likely someone else's. */
function isPast(person: Entity): boolean {
  return person.tenures.every((tenure) => (tenure.to ?? tenure.seen ?? '9') < LONG_AGO);
}
const LONG_AGO = '2012';
const KNOWN_BY_SURNAME = rankOf('defence-minister');
const NO_NAME =
  /^(?:Mr|Mrs|Ms|Dr|President|Minister|Secretary|Chancellor|Premier|King|Queen|General|Ambassador|The|In|On|But|And|While|When|After|As|For|If|At|That|With|[A-Z][a-z]*(?:ian|ese|ish|can|man|ean|ans))\.?$/;

function isTitle(form: string): boolean {
  return TITLE.test(form);
}
const TITLE =
  /^(?:Mr|Mrs|Ms|Dr|Sir|President|Vice|Prime|Minister|Secretary|Chancellor|Premier|King|Queen|Prince|General|Colonel|Admiral|Ambassador|Senator|Governor|Chairman|Spokes\w+)\.?$/i;

function isInitial(form: string): boolean {
  return /^\p{Lu}\.?$/u.test(form);
}

/** A surname met in a sentence: its length in tokens, who bears it, and who of them is known by it alone. */
interface Surname {
  readonly key: string;
  readonly length: number;
  readonly entities: readonly Entity[];
  readonly known: ReadonlySet<Entity>;
  /** The surname is also a common word or given name. */
  readonly weak: boolean;
}

function longestSurname(people: KeyedTable<Entity>, forms: readonly string[], start: number): Surname | undefined {
  const first = normalizeWord(forms[start] ?? '');
  const most = first === '' ? 0 : people.reach(first);
  let key = '';
  let best: Surname | undefined;
  for (let at = start, words = 0; at < forms.length && words < most; at++) {
    const longer = joinWords(key, forms[at] ?? '');
    if (longer === key) continue;
    key = longer;
    words = key.split(' ').length;
    // "Chan-o-cha"
    const joined = at > start && forms[at - 1] === '-';
    if (!joined && !isNameStart(forms[at] ?? '')) break;
    const found = people.find(key);
    // A particle alone is nobody's surname: "Al", "van".
    if (found.length === 0 || (!joined && !isCapitalized(forms[at] ?? ''))) continue;
    const known = new Set(found.filter(({ use }) => use.startsWith('known')).map(({ row }) => row));
    best = {
      key,
      length: at + 1 - start,
      entities: found.map(({ row }) => row),
      known,
      weak: found[0]?.use.endsWith('weak') ?? false,
    };
  }
  return best;
}

const PARTICLE = /^(?:al|el|bin|ibn|van|von|de|der|den|da|di|del|dos|das|le|la|du|ten|ter|abu|ould|ad|as|ar|ash)$/;

function isNameStart(form: string): boolean {
  return isCapitalized(form) || PARTICLE.test(form);
}

function givenWords(forms: readonly string[], start: number, end: number): readonly string[] {
  return forms
    .slice(start, end)
    .flatMap((form) => form.split(/[-.]/))
    .map(normalizeWord)
    .filter((word) => word !== '');
}

/**
 * Whether given names as written are a person's: the first name shown, in any spelling, or exactly one of the others.
 * Initials written must be the person's. Names of East Asia are compared whole, for their parts are many people's.
 */
function sameGivenNames(all: readonly string[], person: Entity): boolean {
  // "Sheikh Khalifa" and "Sheikh Abdullah" have no name in common.
  const written = withoutRank(all);
  const given = withoutRank(person.given);
  const { alsoGiven } = person;
  const [first = ''] = written;
  const [known = ''] = given;
  if (known === '') return false;
  if (written.every((word) => word.length === 1)) {
    const initials = given.map((name) => name[0]).join('');
    return (
      initials.startsWith(written.join('')) || (written.length > 1 && written[0] === initials[0] && given.length === 1)
    );
  }
  if (alsoGiven.includes(first)) return true;
  if (isSurnameFirst(person)) return sameGivenName(written.join(''), given.join(''));
  const fits = known.length > 1 ? sameGivenName(first, known) : given.some((name) => name.length > 1 && name === first);
  if (!fits && !given.includes(first)) return false;
  // "George W. Bush" is not "George H. W. Bush".
  const initial = written.slice(1).find((word) => word.length === 1);
  const middle = given.slice(1).find((word) => word.length === 1);
  return initial === undefined || middle === undefined || initial === middle;
}

function withoutRank(words: readonly string[]): readonly string[] {
  const plain = words.filter((word) => !RANK.test(word));
  return plain.length > 0 ? plain : words;
}
const RANK = /^(?:sheikh|shaikh|shaykh|prince|princess|king|queen|sir|lord|sayyid|haji)$/;

function isSurnameFirst(person: Entity): boolean {
  return person.tenures.some((tenure) => SURNAME_FIRST.has(tenure.country ?? ''));
}

function asCandidates(people: readonly Entity[], use: AliasUse, weak: boolean): readonly Candidate[] {
  return people.map((entity) => ({ entity, use, weak }));
}

/**
 * The persons whose name these words can be in another spelling: "Laurent Gbagbo" for "Loran Gbagbo". A surname alone
 * counts only after the title of an office that its bearer held ("President Shavez").
 */
export function spelledPerson(
  people: KeyedTable<Entity>,
  forms: readonly string[],
  office: OfficeKind | null,
  on: string | null,
): readonly Candidate[] {
  const words = forms.filter((form) => form !== '-' && form !== '.');
  for (let at = Math.min(3, words.length - 1); at >= 0 && words.length <= LONGEST_NAME; at--) {
    // "Boutros-Ghali", "Dos Santos": a surname can have several words.
    const key = skeletonKey(words.slice(at).join(' '));
    const found = people.find(key);
    const given = givenWords(words, 0, at);
    if (given.length === 0 && (key.length < TELLING_ALONE || found.length > 1)) return [];
    const fitting = found
      .map(({ row }) => row)
      .filter((person) =>
        given.length > 0
          ? given.some((word) => word.length > 1 && isTelling(word, person)) && sameGivenNames(given, person)
          : office !== null && person.tenures.some((held) => held.kind === office && (on === null || covers(held, on))),
      );
    if (fitting.length > 0) return asCandidates([...new Set(fitting)], 'name', true);
  }
  return [];
}
/** "Ana" and "Ian" have the same consonants: so short a name must begin alike too. */
function isTelling(word: string, { given }: Entity): boolean {
  return word[0] === given[0]?.[0] || skeletonKey(word).length > SHORT;
}
/** A mark and two letters. */
const SHORT = 3;
const LONGEST_NAME = 5;
/** A mark and four consonants: fewer are many people's. */
const TELLING_ALONE = 5;

/** The rank of the highest office a person ever held, 0 highest. */
export function highestRank(person: Entity): number {
  return Math.min(...person.tenures.map((tenure) => rankOf(tenure.kind)));
}
