import { type EventType, isJoint } from '../events/ontology.ts';
import type { Telling } from './telling.ts';

/** True for acts of force: there can be several a day between two sides. */
export function isCrowded(type: EventType): boolean {
  return type === 'ASSAULT' || type === 'COERCE';
}

/** True for acts of words: there are many a day between two states. */
export function isSpoken(type: EventType): boolean {
  return (
    type === 'ACCUSE' ||
    type === 'THREATEN' ||
    type === 'REQUEST' ||
    type === 'REJECT' ||
    type === 'SUPPORT' ||
    type === 'CONCEDE'
  );
}

/** True for acts that two sides do once in a few days: words and blows come daily. */
export function isOnceInDays(type: EventType): boolean {
  return !isSpoken(type) && !isCrowded(type);
}

/** True when whom it is between is told on both sides. */
export function isTwoSided({ type, parties }: Telling): boolean {
  return isJoint(type) ? parties.actors.length > 1 : parties.actors.length > 0 && parties.recipients.length > 0;
}

/**
 * What kind of measure an act is, for those that a side takes once in a while and that reports tell shortly: a recall, an
 * expulsion, a release, a ceasefire. Empty for all others.
 */
export function measuresOf({ type, mode }: Telling): readonly string[] {
  return type === 'SANCTION' || type === 'RETREAT' ? mode : [];
}
