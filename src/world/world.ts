import { type Country, openCountries } from './country.ts';
import { type Entity, openBodies, openPeople, stateEntity } from './entity.ts';
import { remember, rememberAt } from './memo.ts';
import { isAcronym, isCapitalized, joinWords, normalizeName, normalizeWord, skeletonKey } from './name.ts';
import { covers, type OfficeKind, rankOf, type Tenure, tenureOn } from './office.ts';
import { highestRank, matchPerson, spelledPerson } from './person.ts';
import { type CodedActor, codePhrase } from './phrase.ts';
import { openPlaces, type PlaceEntry } from './place.ts';
import { findRole, openRoles, type Role, roleAt } from './role.ts';
import type { KeyedTable } from './table.ts';

/** The text of each shipped table (`data/*.tsv`), handed in by whoever opens the world. */
export type WorldTables = Readonly<Record<(typeof TABLE_NAMES)[number], string>>;

/** The tables of the world by the names of their files in `data/`. */
export const TABLE_NAMES = ['countries', 'people', 'bodies', 'groups', 'roles', 'places'] as const;

/** The tables, each read by its name. */
export function worldTables(read: (name: keyof WorldTables) => string): WorldTables {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, read(name)])) as WorldTables;
}

/**
 * How a name stands for its entity. `capital` and `seat` are places used as names for a government ("Beijing said", "the
 * Kremlin"), `adjective` and `demonym` words for a state and its people, `surname` a person's name without the rest.
 */
export const ALIAS_USES = ['name', 'acronym', 'seat', 'adjective', 'demonym', 'capital', 'surname'] as const;
export type AliasUse = (typeof ALIAS_USES)[number];

/** What a name may stand for. `weak`: the words are as often something else ("May", "Brown"), so ask for more evidence. */
export interface Candidate {
  readonly entity: Entity;
  readonly use: AliasUse;
  readonly weak: boolean;
  /** A person few know abroad: a namesake is likelier wherever neither their country nor their office is spoken of. */
  readonly local?: boolean;
}

/** The longest name at a token: its length in tokens, and what it may stand for, best first. */
export interface Match {
  readonly length: number;
  readonly candidates: readonly Candidate[];
}

/** Look-ups over the tables. Nothing here reads a sentence's meaning; that is for `events`. */
export interface World {
  /** What words may stand for, case and punctuation aside ("the U.N.", "Côte d’Ivoire", "Sergei Lavrov"), best first. */
  lookUp(words: string): readonly Candidate[];
  /**
   * The longest name that starts at a token of a sentence (forms as tokenized: "U.S.", "People", "'s", "Ki", "-", "moon").
   * Names must be written with a capital, acronyms in capitals. Candidates are in the order in which they are likely
   * without more knowledge; {@link World.rank} orders them for a day.
   */
  longestMatch(forms: readonly string[], start: number): Match | undefined;
  /**
   * Whom the words of an unlisted name can mean in another spelling: groups, and persons by given name and surname or,
   * after the title of an office, by the surname alone.
   */
  spelled(forms: readonly string[], office: OfficeKind | null, on: string | null): readonly Candidate[];
  /** Candidates reordered for a day: who holds the higher office then comes first. */
  rank(candidates: readonly Candidate[], on: string | null): readonly Candidate[];
  /** The office held on a day (ISO date, month or year); without a day the last one known. */
  tenureOn(entity: Entity, on: string | null): Tenure | undefined;
  /** Who held an office of this kind in a country, or in a body of states (`IGO`), on a day; without a day, now. */
  holder(country: string, kind: OfficeKind, on: string | null, body?: Entity): Entity | undefined;
  /** What a common noun says of an actor, in singular or plural. */
  role(words: string): Role | undefined;
  /** The longest such noun that starts at a token. */
  roleAt(forms: readonly string[], start: number): { readonly length: number; readonly role: Role } | undefined;
  /** Places of this name, in the country asked for first, then the most populous first. */
  place(words: string, near?: { readonly country?: string }): readonly PlaceEntry[];
  /** The longest place name that starts at a token. */
  placeAt(
    forms: readonly string[],
    start: number,
  ): { readonly length: number; readonly places: readonly PlaceEntry[] } | undefined;
  country(code: string): Country | undefined;
  /** A state as an actor. */
  state(code: string): Entity | undefined;
  /**
   * The same world as a text means it that speaks of these states: a name that several states share means the one among
   * them, and who is known at home only ({@link Candidate.local}) is meant only where home is among them.
   */
  naming(states: ReadonlySet<string>): World;
  /** Who is meant by the words of an actor: "Germany's defence minister", "former French President Nicolas Sarkozy". */
  codePhrase(words: readonly string[], on: string | null): CodedActor;
}

/** Opens the tables. Indexes are built here in one pass; lines are parsed when first met. */
export function openWorld(tables: WorldTables): World {
  const countries = openCountries(tables.countries);
  const named: readonly KeyedTable<Entity>[] = [openBodies(tables.bodies), openBodies(tables.groups)];
  const people = openPeople(tables.people);
  const roles = openRoles(tables.roles);
  const byCode = lazy(() => new Map(countries.rows().map((country) => [country.code, country])));
  const states = new Map<string, Entity>();
  const places = lazy(() => openPlaces(tables.places));
  const holders = lazy(() => indexHolders(people.rows()));

  const stateOf = (country: Country): Entity => {
    let state = states.get(country.code);
    if (state === undefined) {
      state = stateEntity(country);
      states.set(country.code, state);
    }
    return state;
  };

  const namedCandidates = (key: string, written: string | undefined): Candidate[] => {
    const found: Candidate[] = [];
    const allow = (use: AliasUse) => {
      if (written === undefined) return true;
      return use === 'acronym' ? isAcronym(written) : isCapitalized(written);
    };
    for (const { row, use } of countries.find(key)) {
      if (allow(use as AliasUse)) found.push({ entity: stateOf(row), use: use as AliasUse, weak: false });
    }
    for (const table of named) {
      for (const { row, use } of table.find(key)) {
        if (allow(use as AliasUse) && !found.some((other) => other.entity.id === row.id)) {
          found.push({ entity: row, use: use as AliasUse, weak: false });
        }
      }
    }
    return found;
  };

  const reach = remember(20_000, (first) =>
    Math.max(countries.reach(first), ...named.map((table) => table.reach(first))),
  );
  const role = remember(20_000, (words) => findRole(roles, words));

  const matchNamed = (forms: readonly string[], start: number): Match | undefined => {
    const first = normalizeWord(forms[start] ?? '');
    const most = first === '' ? 0 : reach(first);
    if (most === 0) return undefined;
    let key = '';
    let words = 0;
    let best: Match | undefined;
    for (let at = start; at < forms.length && words < most; at++) {
      const form = forms[at] ?? '';
      const longer = joinWords(key, form);
      if (longer === key) continue;
      key = longer;
      words = key.split(' ').length;
      const candidates = namedCandidates(key, forms.slice(start, at + 1).join(''));
      if (candidates.length > 0) best = { length: at + 1 - start, candidates };
    }
    return best;
  };

  const world: World = {
    longestMatch: rememberAt((forms, start) => {
      const name = matchNamed(forms, start);
      const person = matchPerson(people, forms, start);
      if (name === undefined || person === undefined) return name ?? person;
      if (person.length !== name.length) return person.length > name.length ? person : name;
      // "Jordan", "Georgia", "Turkey": the state first, the surname as the other reading.
      return {
        length: name.length,
        candidates: [...name.candidates, ...person.candidates.map((one) => ({ ...one, weak: true }))],
      };
    }),
    lookUp: (words) => {
      const forms = words
        .replace(/^the /i, '')
        .replace(/['’]s$/, '')
        .split(/\s+|(?<=[^\s-])(?=-)|(?<=-)(?=[^\s-])/)
        .filter((form) => form !== '');
      const key = normalizeName(forms.join(' '));
      const written = /^[a-z]{1,3}$/.test(words) ? words : undefined;
      const found = namedCandidates(key, written);
      const capitals = forms.map((form) => form.slice(0, 1).toUpperCase() + form.slice(1));
      const person = matchPerson(people, capitals, 0);
      if (person?.length === forms.length) return [...found, ...person.candidates];
      return found.length > 0 ? found : world.spelled(forms, null, null);
    },
    spelled: (forms, office, on) => {
      const groups = named.flatMap((table) => table.find(skeletonKey(forms.join(' '))));
      if (groups.length > 0) return groups.map(({ row }) => ({ entity: row, use: 'name', weak: true }));
      return spelledPerson(people, forms, office, on);
    },
    rank: (candidates, on) => [...candidates].sort((a, b) => order(a, on) - order(b, on) || lateness(b) - lateness(a)),
    tenureOn: (entity, on) => tenureOn(entity.tenures, on),
    holder: (country, kind, on, body) => {
      const held = holders().get(`${country}/${kind}`) ?? [];
      const current = held.filter(
        ({ tenure }) =>
          (on === null ? tenure.to === null : covers(tenure, on)) && (body === undefined || isOf(tenure, body)),
      );
      // The one who began last, of those whose beginning is known, is the one in office.
      return current.sort((a, b) => (b.tenure.from ?? '').localeCompare(a.tenure.from ?? ''))[0]?.entity;
    },
    role,
    roleAt: rememberAt((forms, start) => roleAt(roles, role, forms, start)),
    place: (words, near) => findPlaces(places(), countries, normalizeName(words).replace(/^the /, ''), near?.country),
    placeAt: (forms, start) => {
      if (!isCapitalized(forms[start] ?? '')) return undefined;
      let key = '';
      let best: { length: number; places: readonly PlaceEntry[] } | undefined;
      const table = places();
      const most = Math.max(
        table.reach(normalizeWord(forms[start] ?? '')),
        countries.reach(normalizeWord(forms[start] ?? '')),
      );
      for (let at = start; at < forms.length && key.split(' ').length <= most; at++) {
        const longer = joinWords(key, forms[at] ?? '');
        if (longer === key) continue;
        key = longer;
        const found = findPlaces(table, countries, key, undefined);
        if (found.length > 0) best = { length: at + 1 - start, places: found };
      }
      return best;
    },
    country: (code) => byCode().get(code),
    state: (code) => {
      const country = byCode().get(code);
      return country && stateOf(country);
    },
    naming: (codes) => {
      const settled: World = {
        ...world,
        longestMatch: rememberAt((forms, start) => {
          const match = world.longestMatch(forms, start);
          const candidates = match?.candidates.filter((one) => !one.local || isSpokenOf(one.entity, codes)) ?? [];
          return candidates.length > 0 && match ? { ...match, candidates: preferred(candidates, codes) } : undefined;
        }),
        codePhrase: phrasesOf(() => settled),
      };
      return settled;
    },
    codePhrase: phrasesOf(() => world),
  };
  return world;
}

/** {@link codePhrase} in a world, each phrase worked out once. */
function phrasesOf(world: () => World): World['codePhrase'] {
  const code = remember(20_000, (key) => {
    const [on, ...words] = key.split('\t') as [string, ...string[]];
    return codePhrase(world(), words, on === '' ? null : on);
  });
  return (words, on) =>
    words.length > LONGEST_REMEMBERED ? codePhrase(world(), words, on) : code(`${on ?? ''}\t${words.join('\t')}`);
}

/** A phrase of more words is met once. */
const LONGEST_REMEMBERED = 12;

/** Whether a person served one of these states, or was sent there. */
function isSpokenOf({ tenures }: Entity, codes: ReadonlySet<string>): boolean {
  return tenures.some(({ country, at }) => codes.has(country ?? '') || codes.has(at ?? ''));
}

/** Whether an office names the body it is in, or its initials: "Secretary General of NATO", "EU High Representative". */
function isOf({ office }: Tenure, body: Entity): boolean {
  if (/^(?:Deputy|Under|President of the United Nations)/.test(office)) return false;
  return office.includes(body.name) || office.split(/\W/).includes(body.name.replace(/[^A-Z]/g, ''));
}

/** Of several states of one name the one named otherwise too first, if it is but one. */
function preferred(candidates: readonly Candidate[], codes: ReadonlySet<string>): readonly Candidate[] {
  const named = candidates.filter(({ entity }) => entity.kind === 'state' && codes.has(entity.country ?? ''));
  return named.length === 1 ? [...named, ...candidates.filter((one) => one !== named[0])] : candidates;
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Lower is better: the office on the day, else the last one with a malus, else the order of the table. */
function order(candidate: Candidate, on: string | null): number {
  const { entity, weak } = candidate;
  if (entity.kind !== 'person') return weak ? 50 : candidate.use === 'acronym' ? 1 : 0;
  const tenure = tenureOn(entity.tenures, on);
  return (tenure === undefined ? 100 + highestRank(entity) : rankOf(tenure.kind) + 1) + (weak ? 10 : 0);
}

/** The year a person's last office began: of namesakes the later is meant. */
function lateness({ entity }: Candidate): number {
  return Math.max(0, ...entity.tenures.map((tenure) => Number((tenure.from ?? tenure.seen ?? '0').slice(0, 4))));
}

function indexHolders(people: readonly Entity[]): Map<string, { readonly entity: Entity; readonly tenure: Tenure }[]> {
  const index = new Map<string, { entity: Entity; tenure: Tenure }[]>();
  for (const entity of people) {
    for (const tenure of entity.tenures) {
      const key = `${tenure.country ?? ''}/${tenure.kind}`;
      const held = index.get(key);
      if (held === undefined) index.set(key, [{ entity, tenure }]);
      else held.push({ entity, tenure });
    }
  }
  return index;
}

function findPlaces(
  table: KeyedTable<PlaceEntry>,
  countries: KeyedTable<Country>,
  key: string,
  near: string | undefined,
): readonly PlaceEntry[] {
  const states = countries
    .find(key)
    .filter(({ use }) => use === 'name' || use === 'acronym')
    .map(
      ({ row }): PlaceEntry => ({
        name: row.name,
        country: row.code,
        geonames: null,
        lat: null,
        lon: null,
        thousands: 0,
        precision: 'country',
      }),
    );
  const towns = table.find(key).map(({ row }) => (row.name === '' ? { ...row, name: titleCase(key) } : row));
  const closeness = (place: PlaceEntry) => (near !== undefined && place.country === near ? 0 : 1);
  return [...states, ...towns.sort((a, b) => closeness(a) - closeness(b) || weight(b) - weight(a))].sort((a, b) =>
    near === undefined ? 0 : closeness(a) - closeness(b),
  );
}

/** A region without figures ("Florida" of the United States) is better known than a town of its name. */
function weight(place: PlaceEntry): number {
  return place.geonames === null ? REGION : place.thousands;
}
const REGION = 300;

function titleCase(key: string): string {
  return key.replace(/(^| )[a-z]/g, (start) => start.toUpperCase());
}
