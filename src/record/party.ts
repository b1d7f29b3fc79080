import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Actor } from '../events/reading.ts';
import { isCountryCode, type Sector } from '../world/actor.ts';

/**
 * Whom an actor stands for when events are told apart: a state by its ISO code (`USA`, whether the words are "Biden",
 * "the Pentagon" or "Washington"), anything else by its Wikidata id, or by its name in lower case (`~rebels`): a person's
 * last name, which is what later reports call them by.
 */
export type Party = string;

const OF_THE_STATE: ReadonlySet<Sector> = new Set(['GOV', 'MIL', 'LEG', 'JUD', 'SPY', 'COP']);

/**
 * The party of an actor. A person, body or group of a country is its state, unless its sectors put it outside the state: an
 * opposition leader is not the government that jails him, and four expelled diplomats are.
 */
export function partyOf(actor: Pick<Actor, 'name' | 'kind' | 'country' | 'sector' | 'wikidata'>): Party {
  const outside = actor.sector.length > 0 && !actor.sector.some((sector) => OF_THE_STATE.has(sector));
  const ofTheState = (actor.kind === 'person' || actor.kind === 'body' || actor.kind === 'group') && !outside;
  if (isCountryCode(actor.country) && (actor.kind === 'state' || ofTheState)) return actor.country;
  return actor.wikidata ?? `~${short(actor.kind === 'person' ? lastNameOf(actor.name) : fold(actor.name))}`;
}

/** A party stands in marks and indexes: of a name of a page's length its beginning and its hash, and whole letters only. */
function short(name: string): string {
  const kept = name.length <= 100 ? name : `${name.slice(0, 80)} ${bytesToHex(sha256(utf8ToBytes(name))).slice(0, 16)}`;
  return kept.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** True when the party is a state's ISO code. */
export function isState(party: Party): boolean {
  return /^[A-Z]{3}$/.test(party);
}

/** True when two actors can be the same person or thing: by Wikidata id when both have one, else by their last names. */
export function sameActor(
  a: Pick<Actor, 'name' | 'wikidata'> & { readonly party: Party },
  b: Pick<Actor, 'name' | 'wikidata'> & { readonly party: Party },
): boolean {
  if (a.party !== b.party) return false;
  if (a.wikidata !== null && b.wikidata !== null) return a.wikidata === b.wikidata;
  return lastNameOf(a.name) === lastNameOf(b.name);
}

/** Lower case, without accents and a leading article; blanks, and characters that print nothing, made one. */
export function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/^the\s+/, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The last word of a name, folded: what later reports call a person by. */
export function lastNameOf(name: string): string {
  return fold(name).split(' ').at(-1)!;
}
