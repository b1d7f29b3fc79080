import { isState } from '../../record/party.ts';
import type { Store } from '../../record/store.ts';
import { loadCountries } from '../load.ts';

/** What parties are called: as the record tells them; states that it only knows by their people, as the world's table does. */
export async function namesOfParties(store: Store, parties: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map(await store.partyNames(parties));
  for (const party of parties) {
    const told = names.get(party);
    if (isState(party) && (told === undefined || told === party)) names.set(party, countryName(party));
  }
  return names;
}

let countries: ReturnType<typeof loadCountries> | undefined;

/** The name of a country by its code, from a table that is read once; a code that it lacks stays. */
export function countryName(code: string): string {
  countries ??= loadCountries();
  return countries.get(code)?.name ?? code;
}
