import { normalizeName, sameGivenName, skeleton } from '../src/world/name.ts';
import { type OfficeKind, officeKind, rankOf, type Tenure } from '../src/world/office.ts';
import { decode } from './table-countries.ts';
import { addPhoenix, addReign, addVisits } from './table-people-past.ts';
import type { ReadFacts, ReadHand } from './tables.ts';

/** A person while the tables are joined: surname and given names apart, tenures from every source. */
interface Person {
  name: string;
  surname: string;
  given: string[];
  keys: Set<string>;
  wikidata: string;
  wikidataByHand: string;
  /** News names this person by the surname alone. */
  known: boolean;
  tenures: (Tenure & { readonly byHand: boolean })[];
}

export type CodeOf = (name: string) => string | undefined;

/** Joins all lists of office holders into one table: one line a person, whatever the spelling in each list. */
export function buildPeople(
  facts: ReadFacts,
  hand: ReadHand,
  codeOf: CodeOf,
  commonWords: ReadonlySet<string>,
): string {
  const people = new People();
  addHand(people, hand);
  for (const row of facts<Row>('world-leaders-2021-22.jsonl')) {
    if (/co-prince|^monarch/i.test(row.office)) continue;
    const region = REGIONS.get(row.country);
    people.add(splitName(row.name, region ?? codeOf(row.country)), row.wikidata, [
      region === undefined
        ? tenure(row.office, codeOf(row.country), row.start, row.end)
        : regional(row, region, row.start, row.end),
    ]);
  }
  for (const row of facts<Row>('foreign-ministers-2023.jsonl')) {
    const region = REGIONS.get(row.country);
    people.add(splitName(row.name, region ?? codeOf(row.country)), row.wikidata, [
      region === undefined
        ? { ...tenure(row.office, codeOf(row.country), row.start, null), kind: 'foreign-minister' }
        : regional(row, region, row.start, null),
    ]);
  }
  for (const row of facts<Row>('office-holders-21c.jsonl')) {
    // Permanent representatives are listed without their country.
    if (/^Judge|Vice President|Permanent Representative/.test(row.office)) continue;
    people.add(splitName(row.name, /^(?:Ban|Shi) /.test(row.name) ? 'CHN' : undefined), row.wikidata, [
      { ...tenure(row.office, undefined, row.start, row.end), kind: 'secretary-general' },
    ]);
  }
  addFactbook(people, facts, codeOf);
  addOfficials(people, facts, codeOf);
  for (const row of facts<Row & { chamber: string; state: string }>('us-congress.jsonl')) {
    const office = row.chamber === 'sen' ? `Senator from ${row.state}` : `Representative from ${row.state}`;
    people.add(splitName(row.name, 'USA'), row.wikidata, [
      { ...tenure(office, 'USA', row.start, null), kind: 'legislator' },
    ]);
  }
  for (const row of facts<Row>('cia-cabinets-2019.jsonl')) {
    const country = codeOf(row.country);
    if (
      country === undefined ||
      /^\(|vacant|ELIZABETH II/i.test(row.name) ||
      /Co-Prince/.test(row.office) ||
      row.name === ''
    )
      continue;
    people.add(splitMarked(clean(row.name), country), '', [
      {
        ...tenure(row.office.replace(/Govt\./, 'Government').replace(/ & /g, ' and '), country, null, null),
        seen: '2019-06',
      },
    ]);
  }
  addReign(people, facts);
  addVisits(people, facts, codeOf);
  addPhoenix(people, facts);
  people.closeTenures();
  return `${HEAD}\n${people.lines(commonWords).join('\n')}\n`;
}

const HEAD = `# People who hold or held an office, with their tenures.
# source: written by hand; world-leaders-2021 and world by every-politician-scrapers (Wikidata); CIA World Factbook; CIA World Leaders 2019; pocom by HistoryAtState; congress-legislators by unitedstates; REIGN by OEF Research; Phoenix dictionaries by Open Event Data. licence: Apache-2.0; CC0; public domain; public domain; CC0; CC0; MIT; MIT
# columns: keys (normalized surnames; known=, known-weak=: news names this person by the surname alone; weak=: also a common word or given name); name; other given names, joined by |; Wikidata id; tenures joined by ";", each country/kind/office/from/to/at/seen (src/world/office.ts; office empty: the kind's usual title)
# built by train/tables.ts`;

interface Row {
  readonly name: string;
  readonly country: string;
  readonly office: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly wikidata: string;
}

/** Breakaway and autonomous regions with ministers of their own, and the state that PLOVER counts them to. */
// biome-ignore format: a table reads best in rows
const REGIONS: ReadonlyMap<string, string> = new Map([
  ['Transnistria', 'MDA'], ['South Ossetia', 'GEO'], ['Abkhazia', 'GEO'], ['Republic of Abkhazia', 'GEO'], ['Artsakh', 'AZE'],
  ['Republic of Artsakh', 'AZE'], ['Somaliland', 'SOM'], ['Northern Cyprus', 'CYP'], ['Turkish Republic of Northern Cyprus', 'CYP'],
  ["Donetsk People's Republic", 'UKR'], ["Luhansk People's Republic", 'UKR'], ['Kurdistan Region', 'IRQ'], ['Tibet', 'CHN'],
  ['Quebec', 'CAN'], ['Catalonia', 'ESP'], ['Cantabria', 'ESP'], ['Republika Srpska', 'BIH'], ['Scotland', 'GBR'],
  ['Bailiwick of Guernsey', 'GBR'], ['Jersey', 'GBR'],
]);

/** An office of a region: never the highest of its state. */
function regional({ office, country }: Row, state: string, from: string | null, to: string | null): Tenure {
  const title = / of /.test(office) ? office : `${office} of ${country}`;
  return { office: title, kind: 'governor', country: state, from, to, seen: null, at: null };
}

/** How a list names someone: `joins` a person listed before, is `known` by the surname alone, has `extra` surnames. */
interface HowListed {
  readonly byHand?: boolean;
  readonly joins?: boolean;
  readonly known?: boolean;
  readonly extra?: readonly string[];
}

/** All persons so far, joined whatever the spelling in each list. */
export class People {
  private readonly bySkeleton = new Map<string, Person[]>();
  private readonly all: Person[] = [];

  add(
    name: SplitName,
    wikidata: string | null,
    tenures: readonly Tenure[],
    { byHand = false, joins = !byHand, known: bySurname = false, extra = [] }: HowListed = {},
  ): void {
    const known = tenures.filter((tenure) => tenure.kind !== undefined);
    if (name.surname === '' || known.length === 0) return;
    const bucketKey = skeleton(lastWord(name.surname));
    const bucket = this.bySkeleton.get(bucketKey) ?? [];
    this.bySkeleton.set(bucketKey, bucket);
    const listed = byHand ? '' : (wikidata ?? '');
    let person = joins ? bucket.find((other) => samePerson(other, name, listed, known)) : undefined;
    if (person === undefined) {
      person = {
        name: name.full,
        surname: name.surname,
        given: [...name.given],
        keys: new Set(),
        wikidata: '',
        wikidataByHand: '',
        known: false,
        tenures: [],
      };
      bucket.push(person);
      this.all.push(person);
    } else {
      if (!tenures.some((tenure) => SURNAME_FIRST.has(tenure.country ?? ''))) {
        for (const given of name.given) if (!person.given.includes(given)) person.given.push(given);
      }
    }
    // An id remembered is worth less than one listed.
    if (byHand) person.wikidataByHand = wikidata ?? '';
    else person.wikidata ||= listed;
    person.known ||= bySurname;
    for (const key of surnameKeys(name)) person.keys.add(key);
    for (const key of extra) person.keys.add(key);
    for (const tenure of known) addTenure(person, tenure, byHand);
  }

  /** Adds only whom no better list has. */
  addIfNew(name: SplitName, tenures: readonly Tenure[]): void {
    const bucket = this.bySkeleton.get(skeleton(lastWord(name.surname))) ?? [];
    if (!bucket.some((other) => samePerson(other, name, '', tenures))) this.add(name, '', tenures);
  }

  /** Adds a leader known by one name unless someone of that name already led the country about then. */
  addLeader(name: SplitName, tenure: Tenure): void {
    const words = new Set(normalizeName(name.full).split(' ').map(skeleton));
    const known = this.all.find(
      (person) =>
        person.tenures.some(
          (other) => other.country === tenure.country && rankOf(other.kind) <= 1 && yearsApart(other, tenure) <= 5,
        ) &&
        normalizeName(person.name)
          .split(' ')
          .some((word) => word.length > 2 && words.has(skeleton(word))),
    );
    if (known === undefined) this.add(name, '', [tenure]);
    else if (known.tenures.every((other) => yearsApart(other, tenure) > 1)) addTenure(known, tenure, false);
  }

  /**
   * Gives a leader listed by surname alone the name that another list has: who led this country about that year and whose
   * surname is in the name. False if there is none.
   */
  nameLeader(name: SplitName, tenure: Tenure): boolean {
    const words = new Set(normalizeName(name.full).split(' ').map(skeleton));
    const known = this.leaders(tenure.country ?? '').find(
      (person) =>
        person.tenures.some((other) => rankOf(other.kind) <= 1 && yearsApart(other, tenure) <= 1) &&
        words.has(skeleton(lastWord(person.surname))),
    );
    if (known === undefined) return false;
    const named = known.given.every((given) => given.length === 1) && name.given.some((given) => given.length > 1);
    if (named) {
      known.name = name.full;
      known.surname = name.surname;
      known.given = [...name.given];
      for (const key of surnameKeys(name)) known.keys.add(key);
    }
    return true;
  }

  private leaders(country: string): readonly Person[] {
    const known = this.byCountry.get(country);
    if (known?.of === this.all.length) return known.leaders;
    const leaders = this.all.filter((person) =>
      person.tenures.some((tenure) => tenure.country === country && rankOf(tenure.kind) <= 1),
    );
    this.byCountry.set(country, { of: this.all.length, leaders });
    return leaders;
  }
  private readonly byCountry = new Map<string, { readonly of: number; readonly leaders: readonly Person[] }>();

  /** Ends what a successor began: a minister listed without an end was one until the next is known to have come. */
  closeTenures(): void {
    const offices = new Map<string, { person: Person; index: number }[]>();
    for (const person of this.all) {
      person.tenures.forEach((tenure, index) => {
        const byTitle = tenure.country === 'USA' && tenure.kind === 'deputy-minister';
        if ((!UNIQUE.has(tenure.kind) && !byTitle) || (tenure.country === null && tenure.kind !== 'secretary-general'))
          return;
        if (tenure.kind === 'ambassador' && tenure.at === null) return;
        const key = [
          tenure.country,
          tenure.kind,
          tenure.at,
          tenure.country === null || byTitle ? tenure.office : '',
        ].join('/');
        offices.set(key, [...(offices.get(key) ?? []), { person, index }]);
      });
    }
    for (const holders of offices.values()) {
      const begun = holders
        .flatMap(({ person, index }) => {
          const from = person.tenures[index]?.from;
          return from ? [{ person, from }] : [];
        })
        .sort((a, b) => a.from.localeCompare(b.from));
      for (const { person, index } of holders) {
        const tenure = person.tenures[index];
        if (tenure === undefined || tenure.to !== null || tenure.byHand) continue;
        const since = tenure.from ?? tenure.seen ?? '';
        const next = begun.find((other) => other.person !== person && other.from.slice(0, since.length) > since);
        if (next !== undefined) person.tenures[index] = { ...tenure, to: next.from };
      }
    }
  }

  lines(commonWords: ReadonlySet<string>): string[] {
    const givenNames = new Map<string, number>();
    for (const { given } of this.all) {
      const first = normalizeName(given[0] ?? '');
      givenNames.set(first, (givenNames.get(first) ?? 0) + 1);
    }
    const markOf = (key: string, known: boolean): string => {
      const short = key.length < 3 && !['xi', 'li', 'hu'].includes(key);
      const weak =
        short || commonWords.has(key) || (!known && (givenNames.get(key) ?? 0) >= 3) || (givenNames.get(key) ?? 0) >= 6;
      return `${[known ? 'known' : '', weak ? 'weak' : ''].filter((mark) => mark !== '').join('-')}=`.replace(
        /^=$/,
        '',
      );
    };
    return this.all
      .map((person) => {
        const surnames = new Set(person.name.split(' ').map(normalizeName));
        const given = person.given.filter((name) => name.length > 1 && !surnames.has(normalizeName(name)));
        const tenures = [...person.tenures]
          .sort((a, b) => (b.from ?? b.seen ?? '').localeCompare(a.from ?? a.seen ?? ''))
          .map(writeTenure);
        const rank = Math.min(...person.tenures.map((tenure) => rankOf(tenure.kind)));
        return {
          rank,
          line: [
            [...person.keys].map((key) => markOf(key, person.known) + key).join('|'),
            person.name,
            given.join('|'),
            person.wikidata || person.wikidataByHand,
            tenures.join(';'),
          ].join('\t'),
        };
      })
      .sort((a, b) => a.rank - b.rank || (a.line < b.line ? -1 : 1))
      .map(({ line }) => line);
  }
}

const UNIQUE: ReadonlySet<OfficeKind> = new Set<OfficeKind>([
  'head-of-state',
  'head-of-government',
  'foreign-minister',
  'defence-minister',
  'finance-minister',
  'interior-minister',
  'ambassador',
  'un-representative',
  'secretary-general',
]);

function samePerson(other: Person, name: SplitName, wikidata: string, tenures: readonly Tenure[]): boolean {
  if (wikidata !== '' && other.wikidata !== '') return wikidata === other.wikidata;
  const countries = new Set(tenures.map((tenure) => tenure.country));
  if (!other.tenures.some((tenure) => tenure.country === null || countries.has(tenure.country)) && !countries.has(null))
    return false;
  const [one, two] = [lastWord(other.surname), lastWord(name.surname)];
  if (skeleton(one) !== skeleton(two)) return false;
  // Two consonants are too few to tell spellings from names: "Shaar" is not "Sharaa".
  if (skeleton(one).length < 3 && normalizeName(one) !== normalizeName(two)) return false;
  if (name.given.length > 0 && other.given.length > 0) {
    // "Jong-un" and "Jong-il" share a part, as many given names of two syllables do.
    if (tenures.some((tenure) => SURNAME_FIRST.has(tenure.country ?? '')))
      return sameGivenName(name.given.join(''), other.given.join(''));
    return (
      name.given.some(
        (one) => one.length > 1 && other.given.some((two) => two.length > 1 && sameGivenName(one, two)),
      ) ||
      (name.given.some((one) => one.length === 1) && sameGivenName(name.given[0] ?? '', other.given[0] ?? ''))
    );
  }
  // A list of bare surnames: the same office of the same country in about the same years.
  return tenures.some((one) =>
    other.tenures.some(
      (two) =>
        one.country === two.country && rankOf(one.kind) <= 1 && rankOf(two.kind) <= 1 && yearsApart(one, two) <= 1,
    ),
  );
}

function yearsApart(one: Tenure, two: Tenure): number {
  const from = (tenure: Tenure) => Number((tenure.from ?? tenure.seen ?? '0').slice(0, 4));
  const to = (tenure: Tenure) => Number((tenure.to ?? '2026').slice(0, 4));
  return Math.max(0, from(one) - to(two), from(two) - to(one));
}

function addTenure(person: Person, tenure: Tenure, byHand: boolean): void {
  const alike = (other: Tenure) =>
    other.country === tenure.country &&
    other.at === tenure.at &&
    (other.kind === tenure.kind || (rankOf(other.kind) <= 1 && rankOf(tenure.kind) <= 1));
  const overlapping = person.tenures.findIndex((other) => alike(other) && yearsApart(other, tenure) === 0);
  const other = person.tenures[overlapping];
  if (other === undefined || (byHand && !other.byHand)) person.tenures.push({ ...tenure, byHand });
  else if (!other.byHand) {
    person.tenures[overlapping] = {
      ...other,
      from: finer(other.from, tenure.from),
      to: finer(other.to, tenure.to),
      seen: other.seen ?? tenure.seen,
    };
  }
}

function finer(one: string | null, two: string | null): string | null {
  if (one === null || two === null) return one ?? two;
  return two.startsWith(one) ? two : one;
}

function writeTenure(tenure: Tenure): string {
  const office = tenure.office.replace(/[;/]/g, ',');
  return [
    // Whoever serves no state serves a body of states.
    tenure.country ?? 'IGO',
    tenure.kind,
    office,
    tenure.from ?? '',
    tenure.to ?? '',
    tenure.at ?? '',
    tenure.from === null ? (tenure.seen ?? '') : '',
  ]
    .join('/')
    .replace(/\/+$/, '');
}

function tenure(office: string, country: string | undefined, from: string | null, to: string | null): Tenure {
  const kind = officeKind(normalizeName(office)) ?? 'official';
  return { office: tidyOffice(office), kind, country: country ?? null, from, to, seen: null, at: null };
}

function tidyOffice(office: string): string {
  return office.replace(/ of (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)*$/, (tail) =>
    /Affairs|Defen|Foreign|Finance|State|Interior|Justice|United Nations|Council|Court|Cabinet|Bank|Parliament|General/.test(
      tail,
    )
      ? tail
      : '',
  );
}

export interface SplitName {
  readonly full: string;
  readonly surname: string;
  readonly given: readonly string[];
}

export const PARTICLES = new Set(
  'al el bin ibn ben van von de der den da di del della dos do das le la du ten ter st san abu bint e y und'.split(' '),
);
const SURNAME_FIRST = new Set(['CHN', 'TWN', 'KOR', 'PRK', 'VNM', 'KHM', 'MMR']);
const WESTERN = /^(?:Joseph|Audrey|David|Peter|James|John|Paul|Mary|Carrie|Donald|Vincent|Maria|Harry|William|Henry)$/;

/** A name with its surname in capitals, as the CIA's lists print it. */
function splitMarked(text: string, country: string | undefined): SplitName {
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
    .map(capitalize)
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
  const words = text.replace(/,? (?:Jr|Sr)\.?$/, '').split(/\s+/);
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

function surnameKeys(name: SplitName): string[] {
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

function lastWord(words: string): string {
  return words.split(/[\s-]+/).at(-1) ?? words;
}

function clean(name: string): string {
  return decode(name)
    .replace(/,? (?:Dr|Gen|Lt|Brig|Maj|Col|Sr|Adm|Capt|Cdr|Ret|Mrs|Ms|Mr|Sheikh|Sir|Dame|Lord|Prof|Eng)\.(?= )/g, '')
    .replace(/^(?:(?:Dr|Gen|Lt|Brig|Maj|Col|Sr|Adm|Capt|Vice|Ret|Mrs|Ms|Mr|Sir|Dame|Lord|Prof|Eng)\.? )+/g, '')
    .replace(/\([^)]*\)|"[^"]*"|,.*$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function addHand(people: People, hand: ReadHand): void {
  for (const [name = '', wikidata = '', extras = '', tenures = ''] of hand('people'))
    addWritten(people, name, wikidata, extras, tenures, { byHand: true, known: true });
  for (const [name = '', extras = '', tenures = ''] of hand('past'))
    addWritten(people, name.replace(/ of [A-Z][a-z]+$/, ''), '', extras, tenures, {
      byHand: true,
      joins: true,
      known: extras.split('|').includes('known'),
    });
}

function addWritten(
  people: People,
  name: string,
  wikidata: string,
  extras: string,
  tenures: string,
  how: HowListed,
): void {
  const marks = extras.split('|').filter((extra) => extra !== '' && !extra.startsWith('known'));
  const split = splitMarked(name, undefined);
  const given = marks.filter((mark) => mark.startsWith('given=')).map((mark) => mark.slice(6));
  const held = tenures.split('; ').map((text): Tenure => {
    const [country = '', kind = '', office = '', from = '', to = '', at = ''] = text.split('/');
    return {
      country: country === 'IGO' ? null : country || null,
      kind: kind as OfficeKind,
      office,
      from: from || null,
      to: to || null,
      at: at || null,
      seen: null,
    };
  });
  const extra = marks.filter((mark) => !mark.startsWith('given='));
  people.add({ ...split, given: [...split.given, ...given] }, wikidata, held, { ...how, extra });
}

const FOREIGN_HEADS = /CHARLES III|Emmanuel MACRON|Donald J. TRUMP|FREDERIK X|HARALD V|WILLEM-ALEXANDER/;
const HOME: Readonly<Record<string, RegExp>> = {
  GBR: /CHARLES/,
  FRA: /MACRON/,
  USA: /TRUMP/,
  DNK: /FREDERIK/,
  NOR: /HARALD/,
  NLD: /WILLEM/,
};

function addFactbook(people: People, facts: ReadFacts, codeOf: CodeOf): void {
  interface Leader {
    readonly role: string;
    readonly text: string;
    readonly since: string | null;
  }
  interface Country {
    readonly name: string;
    readonly official: string;
    readonly leaders: readonly Leader[];
    readonly ambassadorInUS: string | null;
    readonly ambassadorFromUS: string | null;
  }
  for (const row of facts<Country>('factbook.jsonl')) {
    const country = codeOf(row.name === 'none' || !row.name ? (row.official ?? '') : row.name);
    if (country === undefined || country === 'HKG' || country === 'MAC') continue;
    for (const leader of row.leaders) {
      if (FOREIGN_HEADS.test(leader.text) && !HOME[country]?.test(leader.text)) continue;
      const text = decode(leader.text).replace(/ of (?:Norway|Denmark)$/, '');
      const at = text.search(/(?:^| )(?:\p{L}+-)?\p{Lu}{2}[\p{Lu}'-]*/u);
      const title =
        /^(?:(?:[A-Z][a-z]+ )*?(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|Amir|Sultan|Prince|Leader|Pope|Governor|Chief Minister|Minister of State|Chief Executive|Co-Chair)(?: of (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)*?(?= [A-Z][a-z]+ [A-Z]{2}))?)/.exec(
          text,
        )?.[0];
      if (at < 0 || title === undefined) continue;
      const name = clean(text.slice(title.length).trim());
      const kind: OfficeKind = /Governor|represented by/.test(text)
        ? 'governor'
        : /Vice President/.test(title)
          ? 'deputy-head'
          : leader.role === 'chief of state'
            ? 'head-of-state'
            : 'head-of-government';
      const monarch = /^(?:King|Queen|Emperor|Amir|Sultan|Prince|Pope)$/.test(title);
      const split = splitMarked(name, country);
      people.add(monarch && split.given.length === 0 ? { ...split, full: `${title} ${split.surname}` } : split, '', [
        {
          office: title.replace(/^(?:Caretaker|Interim|Acting|Transition(?:al)?) /, ''),
          kind,
          country,
          from: leader.since,
          to: null,
          at: null,
          seen: null,
        },
      ]);
    }
    const both: readonly (readonly [string | null, string, string])[] = [
      [row.ambassadorInUS, country, 'USA'],
      [row.ambassadorFromUS, 'USA', country],
    ];
    for (const [text, from, at] of both) {
      const found = /^Ambassador (?!\()(.+?) \((?:since )?(\d{1,2} )?([A-Z][a-z]+)? ?(\d{4})\)/.exec(
        decode(text ?? ''),
      );
      if (!found) continue;
      people.add(splitMarked(clean(found[1] ?? ''), from), '', [
        {
          office: `Ambassador to ${at === 'USA' ? 'the United States' : row.name}`,
          kind: 'ambassador',
          country: from,
          from: isoDate(found[2], found[3], found[4] ?? ''),
          to: null,
          at,
          seen: null,
        },
      ]);
    }
  }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
function isoDate(day: string | undefined, month: string | undefined, year: string): string {
  const number = MONTHS.indexOf(month ?? '') + 1;
  if (number === 0) return year;
  const date = `${year}-${String(number).padStart(2, '0')}`;
  return day === undefined ? date : `${date}-${day.trim().padStart(2, '0')}`;
}

function addOfficials(people: People, facts: ReadFacts, codeOf: CodeOf): void {
  interface Official {
    readonly name: string;
    readonly kind: string;
    readonly post: string;
    readonly role: string;
    readonly appointed: string | null;
    readonly start: string | null;
    readonly end: string | null;
  }
  for (const row of facts<Official>('us-officials.jsonl.gz')) {
    const from = row.start ?? row.appointed;
    const to = row.end ?? (row.kind === 'positions-principals' && from !== null ? nextInauguration(from) : null);
    if (
      from === null ||
      from < '1977' ||
      /career-ambassador|medical|foreign-service-institute|chief-clerk/.test(row.role)
    )
      continue;
    const split = splitName(row.name.replace(/’/g, "'"), 'USA');
    if (row.kind === 'missions-countries') {
      const at = codeOf(row.post.replace(/-/g, ' '));
      if (at === undefined || !/ambassador|charge/.test(row.role)) continue;
      const host = row.post.replace(/(^|-)[a-z]/g, (start) => start.replace('-', ' ').toUpperCase());
      const office = row.role.startsWith('charge') ? `Chargé d’affaires in ${host}` : `Ambassador to ${host}`;
      people.add(split, '', [
        {
          office,
          kind: office.startsWith('Ambassador') ? 'ambassador' : 'envoy',
          country: 'USA',
          from,
          to: row.end,
          at,
          seen: null,
        },
      ]);
    } else {
      const office = row.post
        .replace(/ \(.*|, with the rank.*/g, '')
        .replace(/of the U\.S\.A\. /, '')
        .replace(/^U\.S\. /, '');
      const kind: OfficeKind =
        row.role === 'secretary'
          ? 'foreign-minister'
          : row.kind === 'missions-orgs'
            ? row.role === 'representative-to-un'
              ? 'un-representative'
              : 'ambassador'
            : /^(?:deputy-secretary|under-secretary|assistant-secretary)/.test(row.role)
              ? 'deputy-minister'
              : /trade/.test(row.role)
                ? 'minister'
                : 'official';
      people.add(split, '', [{ office, kind, country: 'USA', from, to, at: null, seen: null }]);
    }
  }
}

/** Principal officers leave with their administration; null for the one in office when the table was made. */
function nextInauguration(from: string): string | null {
  return INAUGURATIONS.find((day) => day > from) ?? null;
}
const INAUGURATIONS = [
  '1981-01-20',
  '1989-01-20',
  '1993-01-20',
  '2001-01-20',
  '2009-01-20',
  '2017-01-20',
  '2021-01-20',
  '2025-01-20',
];
