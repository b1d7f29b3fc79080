import { type Event, eventOf } from './event.ts';
import { Memory } from './memory.ts';
import { mergeTellings } from './merge.ts';
import type { Store } from './store.ts';
import { loadTellings } from './tellings.ts';

/**
 * Events as they stood on a day: made of the claims of documents that were out by then, and of nothing that later ones tell.
 * What only a later claim held together falls apart again; a document without a date may be a later one and is left out.
 */
export async function eventsAsOf(
  store: Store,
  events: readonly Event[],
  day: string,
  cache = new Memory().tellings,
): Promise<readonly Event[]> {
  const isKnown = ({ published }: Event['claims'][number]) => published !== null && published.to <= day;
  const cut = events.filter((event) => event.claims.some(isKnown) && !event.claims.every(isKnown));
  const ids = cut.flatMap((event) => event.claims.filter(isKnown).map(({ id }) => id));
  const rows = await store.engine.rows<{ number: number; id: string }>(
    'SELECT number, id FROM claims WHERE id IN TEXTS(?)',
    [ids],
  );
  const tellings = await loadTellings(
    store.engine,
    rows.map(({ number }) => number),
    cache,
  );
  const byId = new Map(
    rows.flatMap(({ number, id }) => (tellings.has(number) ? [[id, tellings.get(number)!] as const] : [])),
  );
  return events.flatMap((event) => {
    if (!event.claims.some(isKnown)) return [];
    if (event.claims.every(isKnown)) return [event];
    const origins = new Map(event.claims.map(({ document, origin }) => [document, origin]));
    const known = event.claims.filter(isKnown).flatMap(({ id }) => byId.get(id) ?? []);
    return mergeTellings(known).map((cluster) => eventOf(cluster, origins));
  });
}
