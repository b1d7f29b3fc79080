import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Certainty, type EventType, isJoint, type Medium, type Quad, type Status } from '../events/ontology.ts';
import type { Actor, Claim, Figure, Reading } from '../events/reading.ts';
import type { OutletKind } from '../source/document.ts';
import type { Span } from '../source/span.ts';
import type { Sector } from '../world/actor.ts';
import { isState, type Party, partyOf } from './party.ts';

/** An actor as one document names it, with the party it stands for. */
export interface ToldActor {
  readonly name: string;
  readonly kind: Actor['kind'];
  readonly country: string | null;
  readonly office: string | null;
  readonly sector: readonly Sector[];
  readonly wikidata: string | null;
  readonly party: Party;
}

/** The days an event can lie in, as told, and the TIMEX3 value behind it: `XXXX-06` is a June of an unknown year. */
export interface ToldWhen {
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly precision: Claim['when']['precision'];
  readonly value: string | null;
}

/** A place as told. */
export interface ToldPlace {
  readonly name: string;
  readonly country: string | null;
  readonly geonames: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: 'venue' | 'city' | 'region' | 'country';
}

/** Who a claim is said by: the speaker's name, or the words of an anonymous source. */
export interface ToldSpeaker {
  readonly name: string;
  readonly anonymous: boolean;
  readonly quotation: 'direct' | 'indirect' | 'mixed';
}

/** The parties of an act, sorted, each once. What parties do together has all of them in `actors`. */
export interface ToldParties {
  readonly actors: readonly Party[];
  readonly recipients: readonly Party[];
}

/** How real an act is told to be: it took place, it lies ahead, or it is only thought of. */
export type Reality = 'real' | 'ahead' | 'imagined';

/**
 * A claim that can stand without its reading: ids and indices replaced by what they point at, and the few facts about
 * its document that merging and views need. This is what the record keeps one row of per claim.
 */
export interface Telling {
  /** Hash of the document, the kind of act and the trigger's place: the same words give the same id. */
  readonly id: string;
  /** Id within its reading, `c1`. */
  readonly claim: string;
  readonly document: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly outletKind: OutletKind | null;
  /** First and last day the document can have been published on. */
  readonly published: { readonly from: string; readonly to: string } | null;
  readonly type: EventType;
  readonly mode: readonly string[];
  readonly context: readonly string[];
  readonly cameo: string;
  readonly quad: Quad;
  readonly scale: number;
  readonly actors: readonly ToldActor[];
  readonly recipients: readonly ToldActor[];
  readonly others: readonly { readonly role: string; readonly actor: ToldActor }[];
  readonly when: ToldWhen;
  readonly where: ToldPlace | null;
  readonly medium: Medium | null;
  readonly duration: string | null;
  readonly issues: readonly string[];
  readonly figures: readonly Pick<Figure, 'value' | 'bound' | 'unit'>[];
  readonly status: Status;
  readonly condition: string | null;
  readonly consequence: string | null;
  readonly certainty: Certainty;
  readonly saidBy: readonly ToldSpeaker[];
  /** Whom the act is between. Where states are named on a side, the others there ("the delegations") do not count. */
  readonly parties: ToldParties;
  /**
   * `main` for the claim that opens the document's story of this kind of act, `own` for the one that opens it between
   * these parties; what is only imagined opens nothing. When the opening claim says nothing of its time, as headlines
   * do, the next one opens with it.
   */
  readonly lead: 'main' | 'own' | null;
  readonly sentence: string;
  readonly trigger: string;
  readonly evidence: Claim['evidence'];
  readonly rule: string;
  readonly confidence: number;
  /** What a person decided of this claim; absent where nobody did. */
  readonly review?: TellingReview;
}

/** Decisions of a person that bear on a claim, beside what the machine told: see `review.ts`. */
export interface TellingReview {
  /** Claims that share a token are of one event, whatever else they tell. */
  readonly together: readonly string[];
  /** Claims with `x+` and `x-` are of two events. */
  readonly apart: readonly string[];
  /** Fields that hold a person's value, each with the machine's. */
  readonly corrected: readonly { readonly field: string; readonly machine: unknown; readonly decision: string }[];
  /** The ids of all decisions on it that stand, in their order. */
  readonly decisions: readonly string[];
  readonly verdict: 'accepted' | 'rejected' | null;
}

/** The tellings of a reading, in the order of its claims. Throws `TypeError` when an id or index points nowhere. */
export function tellingsOf(reading: Reading): readonly Telling[] {
  const { document } = reading;
  const actors = new Map(reading.actors.map((actor) => [actor.id, toldActor(actor)]));
  const actorOf = (id: string): ToldActor => found(actors.get(id), `actor ${id}`);
  const words = (span: Span | null) => (span === null ? null : document.text.slice(span.from, span.to));
  const seen = new Map<string, number>();
  const tellings = reading.claims.map((claim): Telling => {
    const anchor = `${document.id}/${claim.event}/${claim.evidence.trigger.from}-${claim.evidence.trigger.to}`;
    const twin = seen.get(anchor) ?? 0;
    seen.set(anchor, twin + 1);
    return {
      id: hashOf(`${anchor}/${twin}`),
      claim: claim.id,
      document: document.id,
      title: document.title,
      outlet: document.outlet?.name ?? null,
      outletKind: document.outlet?.kind ?? null,
      published: document.published === null ? null : { from: document.published.from, to: document.published.to },
      type: claim.event,
      mode: claim.mode,
      context: claim.context,
      cameo: claim.cameo,
      quad: claim.quad,
      scale: claim.scale,
      actors: claim.actors.map(actorOf),
      recipients: claim.recipients.map(actorOf),
      others: claim.others.map((other) => ({ role: other.role, actor: actorOf(other.actor) })),
      when: {
        earliest: claim.when.earliest,
        latest: claim.when.latest,
        precision: claim.when.precision,
        value: claim.when.time === null ? null : found(reading.times[claim.when.time], `time ${claim.when.time}`).value,
      },
      where: claim.where === null ? null : toldPlace(found(reading.places[claim.where], `place ${claim.where}`)),
      medium: claim.medium,
      duration: claim.duration,
      issues: [...new Set(claim.issues.map((issue) => issue.label))].sort(),
      figures: claim.figures.map((index) => {
        const { value, bound, unit } = found(reading.figures[index], `figure ${index}`);
        return { value, bound, unit };
      }),
      status: claim.status,
      condition: words(claim.condition),
      consequence: words(claim.consequence),
      certainty: claim.certainty,
      parties: partiesOf(claim.event, claim.actors.map(actorOf), claim.recipients.map(actorOf)),
      lead: null,
      saidBy: claim.saidBy.map((id) => {
        const statement = found(
          reading.statements.find((candidate) => candidate.id === id),
          `statement ${id}`,
        );
        const speaker = statement.speaker === null ? undefined : actorOf(statement.speaker);
        return {
          name: speaker?.name ?? words(statement.source) ?? 'an unnamed source',
          anonymous: statement.anonymous,
          quotation: statement.quotation,
        };
      }),
      sentence: document.text.slice(claim.evidence.sentence.from, claim.evidence.sentence.to),
      trigger: document.text.slice(claim.evidence.trigger.from, claim.evidence.trigger.to),
      evidence: claim.evidence,
      rule: claim.rule,
      confidence: claim.confidence,
    };
  });
  return withLeads(tellings);
}

/** The tellings of one document, each with what it opens: see {@link Telling.lead}. */
export function withLeads(tellings: readonly Telling[]): readonly Telling[] {
  const leads = leadsOf(tellings);
  return tellings.map((telling) => ({ ...telling, lead: leads.get(telling.id) ?? null }));
}

/** How real a told act is. A threat is real when it is made, whatever becomes of what it threatens with. */
export function realityOf({ type, status }: Pick<Telling, 'type' | 'status'>): Reality {
  if (status === 'happened' || status === 'ongoing' || status === 'failed' || status === 'denied') return 'real';
  if (type === 'THREATEN' && (status === 'threatened' || status === 'conditional')) return 'real';
  return status === 'planned' || status === 'expected' || status === 'cancelled' ? 'ahead' : 'imagined';
}

/**
 * True when the claim says nothing of its time: not even an unresolved "in June". It may still have a last day, that of
 * publication.
 */
export function isSilent({ when }: Pick<Telling, 'when'>): boolean {
  return when.precision === 'unknown' && when.value === null;
}

/** The first 64 bits of the SHA-256 of a text, in hex: ids that are the same everywhere and short enough to type. */
export function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16);
}

/** Whom an act is between; see {@link Telling.parties}. */
export function partiesOf(
  type: EventType,
  actors: readonly ToldActor[],
  recipients: readonly ToldActor[],
): ToldParties {
  const side = (some: readonly ToldActor[]) => {
    const all = [...new Set(some.map((actor) => actor.party))].sort();
    const states = all.filter(isState);
    return states.length > 0 ? states : all;
  };
  if (isJoint(type)) return { actors: side([...actors, ...recipients]), recipients: [] };
  return { actors: side(actors), recipients: side(recipients) };
}

/** What each telling opens; see {@link Telling.lead}. */
function leadsOf(tellings: readonly Telling[]): ReadonlyMap<string, 'main' | 'own'> {
  // What a story was opened as, and whether it waits for one more telling.
  const opened = new Map<string, { readonly lead: 'main' | 'own'; readonly waits: boolean }>();
  const stories = new Set<string>();
  const leads = new Map<string, 'main' | 'own'>();
  for (const telling of tellings.toSorted((a, b) => a.evidence.trigger.from - b.evidence.trigger.from)) {
    const { actors, recipients } = telling.parties;
    const reality = realityOf(telling);
    if (reality === 'imagined' || actors.length + recipients.length === 0) continue;
    const story = `${telling.type} ${reality}`;
    const own = `${story} ${actors.join(' ')} > ${recipients.join(' ')}`;
    const before = opened.get(own);
    if (before !== undefined && !before.waits) continue;
    const whole = isJoint(telling.type) ? actors.length > 1 : actors.length > 0;
    const lead = before?.lead ?? (whole && !stories.has(story) ? 'main' : 'own');
    leads.set(telling.id, lead);
    opened.set(own, { lead, waits: before === undefined && isSilent(telling) });
    if (whole) stories.add(story);
  }
  return leads;
}

/** An actor of a reading as tellings hold it. */
export function toldActor(actor: Actor): ToldActor {
  const { name, kind, country, office, sector, wikidata } = actor;
  return { name, kind, country, office, sector, wikidata, party: partyOf(actor) };
}

function toldPlace(place: Reading['places'][number]): ToldPlace {
  const { name, country, geonames, lat, lon, precision } = place;
  return { name, country, geonames, lat, lon, precision };
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new TypeError(`The reading points at ${what}, which it does not hold.`);
  return value;
}
