import { normalizeName, sameGivenName, skeleton, skeletonKey } from '../src/world/name.ts';
import { type OfficeKind, rankOf, type Tenure } from '../src/world/office.ts';
import { type SplitName, SURNAME_FIRST, surnameKeys } from './person-name.ts';

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

/** How a list names someone: `joins` a person listed before, is `known` by the surname alone, has `extra` surnames. */
export interface HowListed {
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
            [...[...person.keys].map((key) => markOf(key, person.known) + key), ...spellings(person, rank)].join('|'),
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

/** The spelling keys of those whom news names most: leaders, their ministers for abroad and defence, rebels by hand. */
function spellings(person: Person, rank: number): readonly string[] {
  if (rank > rankOf('defence-minister') && !person.tenures.some((tenure) => tenure.byHand)) return [];
  const keys = [...person.keys].map(skeletonKey).filter((key) => key.length > SHORTEST_SPELLING);
  return [...new Set(keys)];
}
/** A mark and three consonants. */
const SHORTEST_SPELLING = 3;

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

function lastWord(words: string): string {
  return words.split(/[\s-]+/).at(-1) ?? words;
}
