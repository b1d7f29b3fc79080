import { isState, lastNameOf, type Party, sameActor } from './party.ts';
import type { Telling, ToldActor } from './telling.ts';

/** Whom a claim is between, as the comparison of two claims asks for it. */
export interface Sides {
  /** Both sides in one text: equal when the parties are. */
  readonly text: string;
  /** Parties that are told by a description alone ("two officers"): another report may describe or name them otherwise. */
  readonly described: ReadonlySet<Party>;
  readonly persons: readonly ToldActor[];
}

/**
 * How far two claims are between the same parties: `all` when they are; `some` when one names fewer of them; `partly` when
 * some are the same and the others can be, as one report describes whom the other names, or names a person whose state
 * only the other tells; `perhaps` when none is the same and all can be; `none` when each names a party that the other
 * does not.
 */
export type SidesShared = 'all' | 'some' | 'partly' | 'perhaps' | 'none';

/** Works out whom a claim is between. */
export function sidesOf({ parties, actors, recipients }: Telling): Sides {
  const all = [...actors, ...recipients];
  const named = new Set(all.filter((actor) => !isDescription(actor)).map((actor) => actor.party));
  return {
    text: `${parties.actors.join(' ')}>${parties.recipients.join(' ')}`,
    described: new Set(all.map((actor) => actor.party).filter((party) => !named.has(party))),
    persons: all.filter((actor) => actor.kind === 'person'),
  };
}

/** Compares the parties of two claims with their {@link sidesOf}. */
export function sharedSides(a: Telling, b: Telling, sidesA: Sides, sidesB: Sides): SidesShared {
  if (sidesA.text !== '>' && sidesA.text === sidesB.text) return 'all';
  const actors = shared(a.parties.actors, b.parties.actors, sidesA, sidesB);
  const recipients = shared(a.parties.recipients, b.parties.recipients, sidesA, sidesB);
  if (actors === undefined || recipients === undefined) return 'none';
  const common = actors.common || recipients.common;
  if (actors.exact && recipients.exact) return common || a.document === b.document ? 'some' : 'perhaps';
  return common ? 'partly' : 'perhaps';
}

/** True when two actors can be one person: also by the last name alone, when one report does not tell the state. */
export function samePerson(one: ToldActor, two: ToldActor): boolean {
  if (sameActor(one, two)) return true;
  if (one.kind !== 'person' || two.kind !== 'person' || isDescription(one) || isDescription(two)) return false;
  if (one.wikidata !== null && two.wikidata !== null) return false;
  return (isUnplaced(one.party) || isUnplaced(two.party)) && lastNameOf(one.name) === lastNameOf(two.name);
}

/** True for "two officers", "an unknown man" and "the Minister"; who holds an office stands for the state all the same. */
export function isDescription({ name, party, kind, office, wikidata }: ToldActor): boolean {
  if (wikidata !== null || (isState(party) && (kind !== 'person' || office !== null))) return false;
  return ROLE.test(name) || /^(?:an?|some|any|one|two|three|\d+)\s/i.test(name) || !/\p{Lu}\S*$/u.test(name);
}

/** A role or body that every state has. */
const ROLE =
  /^(?:the )?(?:(?:prime|foreign|deputy|vice) )?(?:minister|president|premier|secretary|ambassador|governor|mayor|king|queen|government|ministry|parliament|army|navy|police|court|embassy|spokesman|spokeswoman)$/i;

function shared(
  a: readonly Party[],
  b: readonly Party[],
  sidesA: Sides,
  sidesB: Sides,
): { readonly common: boolean; readonly exact: boolean } | undefined {
  const onlyA = a.filter((party) => !b.includes(party));
  const onlyB = b.filter((party) => !a.includes(party));
  const common = onlyA.length < a.length;
  if (onlyA.length === 0 || onlyB.length === 0) return { common, exact: true };
  const restA = onlyA.filter((party) => !onlyB.some((other) => isBridged(party, other, sidesA, sidesB)));
  const restB = onlyB.filter((party) => !onlyA.some((other) => isBridged(other, party, sidesA, sidesB)));
  const named = (rest: readonly Party[], sides: Sides) => rest.filter((party) => !sides.described.has(party));
  const [namedA, namedB] = [named(restA, sidesA), named(restB, sidesB)];
  const isOpen = canBeOf(namedA, sidesA, namedB) || canBeOf(namedB, sidesB, namedA);
  if (namedA.length > 0 && namedB.length > 0 && !isOpen) return undefined;
  return { common: common || restA.length < onlyA.length, exact: false };
}

/** True when all of these are persons whose state is not told, and the others are states: theirs, for all that is known. */
function canBeOf(parties: readonly Party[], { persons }: Sides, others: readonly Party[]): boolean {
  return (
    others.every(isState) && parties.every((party) => isUnplaced(party) && persons.some((one) => one.party === party))
  );
}

/** True when a person of the first party in one claim can be one of the second in the other. */
function isBridged(party: Party, other: Party, sidesA: Sides, sidesB: Sides): boolean {
  if (!isUnplaced(party) && !isUnplaced(other)) return false;
  return sidesA.persons.some(
    (one) => one.party === party && sidesB.persons.some((two) => two.party === other && samePerson(one, two)),
  );
}

function isUnplaced(party: Party): boolean {
  return party.startsWith('~');
}
