import { isJoint } from '../../events/ontology.ts';
import type { Event, Told } from '../../record/event.ts';
import { isState } from '../../record/party.ts';
import type { ToldActor } from '../../record/telling.ts';

/** Who acts and who is acted on, as formats list them. */
export interface Sides {
  readonly actors: readonly ToldActor[];
  readonly recipients: readonly ToldActor[];
}

/**
 * The sides of an event. Where some reports name a state and others who acted for it ("Finland", "Aino Aalto"), it is the
 * latter: a list of both would count one party twice.
 */
export function sidesOf(event: Event): Sides {
  return { actors: without(event.actors), recipients: without(event.recipients) };
}

function without(told: readonly Told<ToldActor>[]): readonly ToldActor[] {
  const actors = told.map(({ value }) => value);
  const spokenFor = new Set(actors.filter((actor) => actor.kind !== 'state').map((actor) => actor.party));
  return actors.filter((actor) => actor.kind !== 'state' || !isState(actor.party) || !spokenFor.has(actor.party));
}

/** Two parties of an event, one of which may be unknown; `reverse` for the second row of what both do. */
export interface Dyad {
  readonly actor: ToldActor | undefined;
  readonly recipient: ToldActor | undefined;
  readonly reverse: boolean;
}

/**
 * An event as pairs of parties, each party once: actor with recipient, every one with every other. What parties do
 * together stands both ways, as GDELT and ICEWS have it; so does a visit.
 */
export function dyadsOf(event: Event): readonly Dyad[] {
  const sides = sidesOf(event);
  const actors = onePerParty(sides.actors);
  const recipients = onePerParty(sides.recipients);
  const pairs: Dyad[] = [];
  const add = (actor: ToldActor | undefined, recipient: ToldActor | undefined, reverse: boolean) =>
    pairs.push({ actor, recipient, reverse });
  const joint = isJoint(event.type);
  if (recipients.length === 0 && joint && actors.length > 1) {
    for (const [i, actor] of actors.entries())
      for (const [j, other] of actors.entries()) if (i !== j) add(actor, other, j < i);
  } else if (recipients.length === 0) for (const actor of actors) add(actor, undefined, false);
  else if (actors.length === 0) for (const recipient of recipients) add(undefined, recipient, false);
  else
    for (const actor of actors)
      for (const recipient of recipients) {
        if (actor.party === recipient.party && actors.length + recipients.length > 2) continue;
        add(actor, recipient, false);
        if (joint) add(recipient, actor, true);
      }
  return pairs;
}

function onePerParty(actors: readonly ToldActor[]): readonly ToldActor[] {
  return actors.filter((actor, index) => actors.findIndex((other) => other.party === actor.party) === index);
}
