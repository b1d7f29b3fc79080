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
