import type { Event } from '../../record/event.ts';
import { oneLine, personMark } from '../../record/marks.ts';
import { isState } from '../../record/party.ts';
import type { Store } from '../../record/store.ts';
import type { ToldActor } from '../../record/telling.ts';
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

/** A person or body as the newest event tells it that it has part in; `undefined` where the record knows nobody by this id. */
export async function personTold(store: Store, person: string): Promise<ToldActor | undefined> {
  const { events } = await store.page({ person }, { limit: 1, newestFirst: true });
  return events.flatMap(membersOf).find((actor) => isPerson(actor, person));
}

/** All who have part in an event. */
export function membersOf({ actors, recipients }: Event): readonly ToldActor[] {
  return [...actors, ...recipients].map(({ value }) => value);
}

/** True where an actor is who has this id. Marks are cut and cleaned: so is what they are compared with. */
export function isPerson(actor: ToldActor, person: string): boolean {
  return oneLine(personMark(actor)) === oneLine(`person ${person}`);
}
