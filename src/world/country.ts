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
}

/** Opens `data/countries.tsv`. */
export function openCountries(text: string): KeyedTable<Country> {
  return openTable(text, ([, code = '', alpha2, name = '', adjective, official, region, wikidata]) => ({
    code,
    alpha2: alpha2 || null,
    name,
    adjective: adjective || null,
    official: official || null,
    region: region || null,
    wikidata: wikidata || null,
  }));
}
