import { type KeyedTable, openTable } from './table.ts';

/** A state or territory. `code` is ISO 3166 alpha-3 (Kosovo `KOS`; former states keep their former codes, `SUN`). */
export interface Country {
  readonly code: string;
  readonly alpha2: string | null;
  readonly name: string;
  readonly adjective: string | null;
  readonly official: string | null;
  readonly region: string | null;
  readonly wikidata: string | null;
  /** FIPS 10-4 code, which older data gives places: `UP` is Ukraine. */
  readonly fips: string | null;
  /** Number in the Correlates of War list of states. */
  readonly cow: number | null;
}

/** Opens `data/countries.tsv`. */
export function openCountries(text: string): KeyedTable<Country> {
  return openTable(text, ([, code = '', alpha2, name = '', adjective, official, region, wikidata, fips, cow]) => ({
    code,
    alpha2: alpha2 || null,
    name,
    adjective: adjective || null,
    official: official || null,
    region: region || null,
    wikidata: wikidata || null,
    fips: fips || null,
    cow: cow ? Number(cow) : null,
  }));
}
