import type { Event, EventClaim } from '../../record/event.ts';

/** The page of an actor, by its party or its id as a person. */
export function actorAddress(id: string): string {
  return `/actors/${encodeURIComponent(id)}`;
}

/** The page of two parties. */
export function dyadAddress(one: string, two: string): string {
  return `/dyads/${sidesPath(one, two)}`;
}

/** Two parties as the end of an address: `USA-RUS`. */
export function sidesPath(one: string, two: string): string {
  return `${encodeURIComponent(one)}-${encodeURIComponent(two)}`;
}

/** Where the words of a claim stand, lit up. */
export function wordsAddress(event: Pick<Event, 'id'>, claim: Pick<EventClaim, 'document' | 'claim'>): string {
  return `/documents/${claim.document}?event=${event.id}#${encodeURIComponent(claim.claim)}`;
}

/** An address with what is asked changed: a value for a name, or all values, or none. */
export function addressWith(
  path: string,
  query: URLSearchParams,
  changes: Readonly<Record<string, string | readonly string[] | null>>,
): string {
  const changed = new URLSearchParams([...query].filter(([name, value]) => !(name in changes) && value !== ''));
  for (const [name, value] of Object.entries(changes)) {
    for (const one of value === null ? [] : typeof value === 'string' ? [value] : value) changed.append(name, one);
  }
  return changed.size === 0 ? path : `${path}?${changed}`;
}
