/**
 * The invented world of `report.ts`: real states and cities out of `data/`, invented persons, groups and outlets. Everything
 * is a function of the seed.
 */
import { readFileSync } from 'node:fs';
import type { Actor } from '../../src/events/reading.ts';
import type { OutletKind } from '../../src/source/document.ts';
import { type Chance, chance, falling, oneOf } from './chance.ts';

export interface City {
  readonly name: string;
  readonly country: string;
  readonly geonames: number | null;
  readonly lat: number;
  readonly lon: number;
}

/** A state, or a group or body that is in its place: `code` is the state's, or that of {@link Actor.country}. */
export interface Side {
  readonly index: number;
  readonly name: string;
  readonly code: string | null;
  /** "Russian": the state's adjective, or the group's name. */
  readonly adjective: string;
  readonly kind: 'state' | 'body' | 'group';
  readonly sector: Actor['sector'];
  readonly wikidata: string | null;
  readonly cities: readonly City[];
}

export interface Person {
  readonly name: string;
  readonly title: string;
  readonly wikidata: string | null;
  readonly side: Side;
}

export interface Outlet {
  readonly name: string;
  readonly kind: OutletKind;
  readonly country: string | null;
}

export const OFFICES = ['President', 'Foreign Minister', 'Defence Minister', 'spokesman', 'ambassador'] as const;
export type Office = (typeof OFFICES)[number];

// Those that are most in the news; the others come after them in an order of chance.
const FIRST =
  'USA RUS CHN UKR ISR IRN GBR FRA DEU IND PAK TUR SYR PRK KOR JPN SAU IRQ AFG EGY YEM LBN BLR POL VEN TWN LBY ETH SDN QAT ARE ' +
  'ITA ESP CAN AUS BRA MEX NGA ZAF KAZ GEO ARM AZE SRB GRC CYP VNM PHL IDN MMR THA CUB COL KEN SOM MLI';
const BODIES: readonly (readonly [name: string, wikidata: string, sector: Actor['sector'][number]])[] = [
  ['United Nations', 'Q1065', 'UNO'],
  ['European Union', 'Q458', 'EUR'],
  ['NATO', 'Q7184', 'IGO'],
  ['African Union', 'Q7159', 'IGO'],
  ['ASEAN', 'Q7768', 'IGO'],
  ['Arab League', 'Q7172', 'IGO'],
  ['OSCE', 'Q81299', 'IGO'],
  ['IAEA', 'Q41984', 'IGO'],
];
const GROUPS = 24;
const CITIES = 14;
const OUTLETS = 160;
const WORDS = 12_000;

/** All that does not change from day to day. */
export interface World {
  readonly seed: number;
  readonly states: readonly Side[];
  /** Bodies and armed groups. */
  readonly others: readonly Side[];
  readonly outlets: readonly Outlet[];
  /** A state, some far more often than most. */
  state(random: Chance): Side;
  /** An invented word in small letters, some far more often than most. */
  word(random: Chance): string;
  /** Who holds an office of a side on a day: somebody else every few years. */
  holder(side: Side, office: Office, day: number): Person;
}

/** Makes the world of a seed. */
export function openWorld(seed: number): World {
  const states = statesOf(seed);
  const others = othersOf(seed, states);
  const stateAt = falling(states.length, { shift: 2, power: 1.05 });
  const wordAt = falling(WORDS, { shift: 20, power: 1 });
  const words = Array.from({ length: WORDS }, (_, i) => invented(chance(seed, 3, i), 2 + (i % 3)));
  const holders = new Map<string, Person>();
  return {
    ...{ seed, states, others },
    outlets: outletsOf(seed, states),
    state: (random) => states[stateAt(random)]!,
    word: (random) => words[wordAt(random)]!,
    holder(side, office, day) {
      const number = OFFICES.indexOf(office);
      const days = 900 + Math.floor(chance(seed, 4, side.index, number)() * 1500);
      const term = Math.floor((day + side.index * 97) / days);
      const key = `${side.index} ${number} ${term}`;
      let person = holders.get(key);
      if (person === undefined) {
        const random = chance(seed, 5, side.index, number, term);
        const known = number < 2 || random() < 0.3;
        person = {
          ...{ name: personName(random), title: `${side.adjective} ${office}`, side },
          wikidata: known
            ? `Q9${String(side.index * 1000 + number * 100 + (((term % 100) + 100) % 100)).padStart(7, '0')}`
            : null,
        };
        holders.set(key, person);
      }
      return person;
    },
  };
}

/** A name of two invented words. */
export function personName(random: Chance): string {
  return `${capital(invented(random, 2))} ${capital(invented(random, 3))}`;
}

function statesOf(seed: number): readonly Side[] {
  const cities = new Map<string, City[]>();
  for (const [, name, country, geonames, lat, lon] of rows('places.tsv')) {
    const list = cities.get(country!) ?? [];
    cities.set(country!, list);
    if (list.length >= CITIES || name === '' || !geonames) continue;
    list.push({ name: name!, country: country!, geonames: Number(geonames), lat: Number(lat), lon: Number(lon) });
  }
  const order = new Map(FIRST.split(' ').map((code, i) => [code, i]));
  const rank = (code: string) =>
    order.get(code) ?? 1000 + chance(seed, 1, code.charCodeAt(0), code.charCodeAt(1), code.charCodeAt(2))();
  return rows('countries.tsv')
    .filter(
      (row) => row[1]!.length === 3 && row[9] !== undefined && row[9] !== '' && (cities.get(row[1]!) ?? []).length > 0,
    )
    .sort((a, b) => rank(a[1]!) - rank(b[1]!))
    .map(([, code, , name, adjective, , , wikidata], index) => ({
      ...{ index, name: name!, code: code!, kind: 'state', sector: [] },
      adjective: code === 'CHN' ? 'Chinese' : adjective || name!,
      wikidata: wikidata || null,
      cities: cities.get(code!)!,
    }));
}

function othersOf(seed: number, states: readonly Side[]): readonly Side[] {
  const bodies = BODIES.map(
    ([name, wikidata, sector], i): Side => ({
      ...{ index: 1000 + i, name, code: 'IGO', adjective: name, kind: 'body', sector: [sector], wikidata },
      cities: states[i]!.cities,
    }),
  );
  const groups = Array.from({ length: GROUPS }, (_, i): Side => {
    const random = chance(seed, 2, i);
    const home = states[5 + Math.floor(random() * 60)]!;
    const name = `${capital(invented(random, 2))} ${oneOf(['Front', 'Brigades', 'Movement', 'Army'], random)}`;
    return {
      ...{ index: 2000 + i, name, code: home.code, adjective: name, kind: 'group', sector: ['REB'], wikidata: null },
      cities: home.cities,
    };
  });
  return [...bodies, ...groups];
}

function outletsOf(seed: number, states: readonly Side[]): readonly Outlet[] {
  return Array.from({ length: OUTLETS }, (_, i) => {
    const random = chance(seed, 6, i);
    const { name, code } = states[i % 90]!;
    if (i % 8 === 7) return { name: `Ministry of Foreign Affairs of ${name}`, kind: 'official', country: code };
    const kind = i % 4 === 0 ? 'wire' : 'news';
    const last = kind === 'wire' ? 'Wire' : oneOf(['Post', 'Times', 'Herald', 'Observer', 'Daily'], random);
    return { name: `${capital(invented(random, 3))} ${last}`, kind, country: code };
  });
}

function rows(table: string): readonly (readonly string[])[] {
  return readFileSync(new URL(`../../data/${table}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

function invented(random: Chance, syllables: number): string {
  let made = '';
  for (let i = 0; i < syllables; i++) {
    made += oneOf(
      ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z', 'br', 'tr', 'st', 'ch'],
      random,
    );
    made += oneOf(['a', 'e', 'i', 'o', 'u', 'a', 'an', 'en', 'or'], random);
  }
  return made;
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
