import { type ActorKind, internationalCode, type Sector } from './actor.ts';
import type { Country } from './country.ts';
import { normalizeName } from './name.ts';
import type { OfficeKind, Tenure } from './office.ts';
import { type KeyedTable, openTable } from './table.ts';

/**
 * Someone or something with a name of its own. `id` is stable within one release of the tables and unlike for unlike
 * entities: `state:RUS`, `person:Q7747`, `body:Kremlin`. `country` is the one a person last served, or a body belongs to.
 */
export interface Entity {
  readonly id: string;
  readonly name: string;
  readonly kind: ActorKind;
  readonly country: string | null;
  readonly sectors: readonly Sector[];
  readonly wikidata: string | null;
  readonly tenures: readonly Tenure[];
  /** Given names as shown in `name`, and further ones the person goes by, normalized; empty for all but persons. */
  readonly given: readonly string[];
  readonly alsoGiven: readonly string[];
}

/** A state as an entity. Its name alone says no sector: "Mongolia" is the state, "Ulaanbaatar said" its government. */
export function stateEntity(country: Country): Entity {
  return {
    id: `state:${country.code}`,
    name: country.name,
    kind: 'state',
    country: country.code,
    sectors: [],
    wikidata: country.wikidata,
    tenures: [],
    given: [],
    alsoGiven: [],
  };
}

/** Opens `data/bodies.tsv` or `data/groups.tsv`: keys; name; kind; country; sectors; Wikidata id. */
export function openBodies(text: string): KeyedTable<Entity> {
  return openTable(text, ([, name = '', kind = 'body', country, sectors, wikidata]) => ({
    id: `${kind}:${name}`,
    name,
    kind: kind as ActorKind,
    country: country || internationalCode(readSectors(sectors)),
    sectors: readSectors(sectors),
    wikidata: wikidata || null,
    tenures: [],
    given: [],
    alsoGiven: [],
  }));
}

/** Opens `data/people.tsv`: surnames; name; other given names; Wikidata id; tenures. */
export function openPeople(text: string): KeyedTable<Entity> {
  return openTable(text, ([keys = '', name = '', more, wikidata, tenures = '']) => {
    const held = tenures.split(';').map(readTenure);
    const country = held.find((tenure) => tenure.country !== null)?.country ?? null;
    return {
      id: wikidata ? `person:${wikidata}` : `person:${name}/${country ?? ''}`,
      name,
      kind: 'person',
      country: held[0]?.country ?? null,
      sectors: sectorsOf(held[0]),
      wikidata: wikidata || null,
      tenures: held,
      given: givenNames(keys.split('|')[0] ?? '', name),
      alsoGiven: more ? more.split('|').flatMap((words) => normalizeName(words).split(' ')) : [],
    };
  });
}

/** The sectors of someone in an office: of a state, or of a body of states (PLOVER manual, ch. "Actors"). */
export function sectorsOf(tenure: Tenure | undefined): readonly Sector[] {
  const sectors = sectorsOfKind(tenure?.kind);
  return tenure?.country === 'IGO' ? ['IGO', ...sectors.filter((one) => one !== 'GOV' && one !== 'IGO')] : sectors;
}

function sectorsOfKind(kind: OfficeKind | undefined): readonly Sector[] {
  switch (kind) {
    case undefined:
      return [];
    case 'defence-minister':
      return ['GOV', 'MIL'];
    case 'military-chief':
      return ['MIL'];
    case 'intelligence-chief':
      return ['SPY'];
    case 'speaker':
    case 'legislator':
      return ['LEG'];
    case 'prosecutor':
      return ['JUD'];
    case 'party-leader':
      return ['PTY'];
    case 'rebel-leader':
      return ['REB'];
    case 'secretary-general':
      return ['IGO'];
    default:
      return ['GOV'];
  }
}

/** Sector codes joined by blanks. */
export function readSectors(text: string | undefined): readonly Sector[] {
  return text ? (text.split(' ') as Sector[]) : [];
}

function readTenure(text: string): Tenure {
  const [country, kind = 'official', office, from, to, at, seen] = text.split('/');
  return {
    office: office || (OFFICE_TITLES[kind] ?? 'Official'),
    kind: kind as OfficeKind,
    country: country || null,
    from: from || null,
    to: to || null,
    at: at || null,
    seen: seen || null,
  };
}

const OFFICE_TITLES: Readonly<Record<string, string>> = {
  ambassador: 'Ambassador',
  minister: 'Minister',
  'defence-minister': 'Minister of Defence',
  'military-chief': 'Military commander',
  'intelligence-chief': 'Head of intelligence',
  legislator: 'Legislator',
  prosecutor: 'Prosecutor',
  'party-leader': 'Party leader',
  'rebel-leader': 'Rebel leader',
};

function givenNames(markedKey: string, name: string): readonly string[] {
  const surname = new Set(markedKey.slice(markedKey.indexOf('=') + 1).split(' '));
  return normalizeName(name)
    .split(' ')
    .filter((word) => !surname.has(word));
}
