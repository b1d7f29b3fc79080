import type { Certainty, EventType, Medium, Quad, Status } from '../events/ontology.ts';
import type { Claim } from '../events/reading.ts';
import type { OutletKind } from '../source/document.ts';
import type { Cluster, Member, Reason } from './merge.ts';
import { fold, isState, type Party, sameActor } from './party.ts';
import { daysIn, lastKnownDay, overlap, toldPeriod } from './period.ts';
import type { Telling, TellingReview, ToldActor, ToldPlace, ToldSpeaker, ToldWhen } from './telling.ts';
import { placesDiffer } from './things.ts';
import { durationWords, figureWords, placeWords, whenWords } from './words.ts';

/** One value of a field, and who tells it. Lists are sorted and without doubles. */
export interface Told<Value> {
  readonly value: Value;
  /** Ids of the event's claims. */
  readonly claims: readonly string[];
  readonly documents: readonly string[];
  readonly outlets: readonly string[];
}

/** A field that two values can disagree in. */
export const DISPUTED_FIELDS = ['when', 'where', 'medium', 'duration', 'figures', 'status'] as const;
export type DisputedField = (typeof DISPUTED_FIELDS)[number];

/** Values of one field that cannot all be true. They stand in words, each with who tells it. */
export interface Disagreement {
  readonly field: DisputedField;
  readonly values: readonly Told<string>[];
}

/** A claim as it stands in its event. */
export interface EventClaim {
  readonly id: string;
  /** Its id in the document's reading. */
  readonly claim: string;
  readonly document: string;
  /** The document that this one is a copy or a version of; itself where it is none. */
  readonly origin: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly outletKind: OutletKind | null;
  readonly published: { readonly from: string; readonly to: string } | null;
  readonly status: Status;
  readonly certainty: Certainty;
  readonly saidBy: readonly ToldSpeaker[];
  readonly condition: string | null;
  readonly consequence: string | null;
  readonly sentence: string;
  readonly trigger: string;
  readonly evidence: Claim['evidence'];
  readonly rule: string;
  readonly confidence: number;
  /** Why it stands in this event. */
  readonly reason: Reason;
  /** What a person decided of it; `null` where nobody did. */
  readonly review: TellingReview | null;
}

/**
 * The claims of all documents about one thing. A field holds every value told; `when`, `where`, `medium`, `duration`
 * and `status` also have the one value to show first, `null` when none is told.
 */
export interface Event {
  readonly id: string;
  readonly type: EventType;
  readonly cameo: string;
  readonly quad: Quad;
  readonly scale: number;
  readonly parties: readonly Party[];
  /** The finest interval that all values told agree with. */
  readonly when: Settled<ToldWhen>;
  readonly where: Settled<ToldPlace>;
  readonly medium: Settled<Medium>;
  readonly duration: Settled<string>;
  /** Over time: what has happened is no longer planned; between equals the latest published word stands. */
  readonly status: Settled<Status>;
  readonly mode: readonly Told<string>[];
  readonly context: readonly Told<string>[];
  readonly actors: readonly Told<ToldActor>[];
  readonly recipients: readonly Told<ToldActor>[];
  readonly others: readonly Told<{ readonly role: string; readonly actor: ToldActor }>[];
  readonly issues: readonly Told<string>[];
  readonly figures: readonly Told<Telling['figures'][number]>[];
  readonly disagreements: readonly Disagreement[];
  /** How many documents tell of it independently: a reprint counts with what it was taken from. */
  readonly origins: number;
  /** True when a person decided something of one of its claims. */
  readonly reviewed: boolean;
  /** By publication, the earliest first. */
  readonly claims: readonly EventClaim[];
}

/** A field's value to show first, and all values told. */
export interface Settled<Value> {
  readonly settled: Value | null;
  readonly told: readonly Told<Value>[];
}

/** The event of a cluster of claims. `origins` gives what documents are copies of; default: none is a copy. */
export function eventOf(cluster: Cluster, origins: ReadonlyMap<string, string> = new Map()): Event {
  const originOf = (document: string): string => origins.get(document) ?? document;
  const members = cluster.members.toSorted(byPublication);
  const tellings = members.map((member) => member.telling);
  const founder = tellings.find((telling) => telling.id === cluster.id) ?? tellings[0]!;
  const when = settledWhen(tellings);
  const where = settledWhere(tellings);
  const medium = mostTold(tellings, (telling) => telling.medium);
  const duration = mostTold(tellings, (telling) => telling.duration);
  const status = settledStatus(tellings);
  const figures = toldList(tellings, (telling) => telling.figures);
  // The strongest reading of the act gives its numbers: "visit" says more than "talks".
  const strongest = tellings.reduce((far, telling) => (Math.abs(telling.scale) > Math.abs(far.scale) ? telling : far));
  return {
    id: cluster.id,
    type: founder.type,
    cameo: strongest.cameo,
    quad: founder.quad,
    scale: strongest.scale,
    parties: [
      ...new Set(tellings.flatMap((telling) => [...telling.actors, ...telling.recipients].map((actor) => actor.party))),
    ].sort(),
    when,
    where,
    medium,
    duration,
    status,
    mode: toldList(tellings, (telling) => telling.mode),
    context: toldList(tellings, (telling) => telling.context),
    actors: toldActors(tellings, (telling) => telling.actors),
    recipients: toldActors(tellings, (telling) => telling.recipients),
    others: toldList(tellings, (telling) => telling.others),
    issues: toldList(tellings, (telling) => telling.issues),
    figures,
    disagreements: disagreementsOf(tellings, { when, where, medium, duration, status }),
    origins: new Set(tellings.map((telling) => originOf(telling.document))).size,
    reviewed: tellings.some((telling) => telling.review !== undefined),
    claims: members.map((member) => eventClaim(member, originOf(member.telling.document))),
  };
}

/**
 * The day an event stands at in a chronology: its first possible one, else its last, else the day it was first told;
 * `null` when nothing is dated.
 */
export function placedOn(event: Event): string | null {
  const when = event.when.settled;
  return when?.earliest ?? when?.latest ?? event.claims[0]?.published?.from ?? null;
}

/** The outlets of an event's claims by name, sorted, each once; documents without an outlet count as `unknown outlet`. */
export function outletsOf(event: Event): readonly string[] {
  return [...new Set(event.claims.map((claim) => claim.outlet ?? 'unknown outlet'))].sort();
}

function byPublication(a: Member, b: Member): number {
  const key = ({ telling }: Member) => [
    telling.published?.from ?? '9999-99-99',
    telling.document,
    String(telling.evidence.trigger.from).padStart(9, '0'),
    telling.id,
  ];
  const [one, two] = [key(a).join(' '), key(b).join(' ')];
  return one < two ? -1 : one > two ? 1 : 0;
}

function eventClaim({ telling, reason }: Member, origin: string): EventClaim {
  const { id, claim, document, title, outlet, outletKind, published, status, certainty, saidBy } = telling;
  const { condition, consequence, sentence, trigger, evidence, rule, confidence, review = null } = telling;
  return {
    ...{ id, claim, document, origin, title, outlet, outletKind, published, status, certainty, saidBy },
    ...{ condition, consequence, sentence, trigger, evidence, rule, confidence, reason, review },
  };
}

/** Groups what the tellings say of a field by equal JSON, the most told value first. */
function toldList<Value>(
  tellings: readonly Telling[],
  valuesOf: (telling: Telling) => readonly Value[],
): readonly Told<Value>[] {
  const groups = new Map<string, { value: Value; tellings: Telling[] }>();
  for (const telling of tellings) {
    for (const value of valuesOf(telling)) {
      const key = JSON.stringify(value);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { value, tellings: [telling] });
      else if (!group.tellings.includes(telling)) group.tellings.push(telling);
    }
  }
  return [...groups]
    .map(([key, group]) => ({ key, told: toldBy(group.value, group.tellings) }))
    .sort((a, b) => b.told.documents.length - a.told.documents.length || (a.key < b.key ? -1 : 1))
    .map(({ told }) => told);
}

function toldBy<Value>(value: Value, tellings: readonly Telling[]): Told<Value> {
  const sorted = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    value,
    claims: sorted(tellings.map((telling) => telling.id)),
    documents: sorted(tellings.map((telling) => telling.document)),
    outlets: sorted(tellings.flatMap((telling) => telling.outlet ?? [])),
  };
}

/** Actors told under several names are one value, with the longest name and all that is known of them. */
function toldActors(
  tellings: readonly Telling[],
  actorsOf: (telling: Telling) => readonly ToldActor[],
): readonly Told<ToldActor>[] {
  const pairs = tellings.flatMap((telling) => actorsOf(telling).map((actor) => ({ actor, telling })));
  // Resolved actors come first, so that a bare last name finds them whatever document it stands in.
  pairs.sort((a, b) => Number(b.actor.wikidata !== null) - Number(a.actor.wikidata !== null) || byNameLength(a, b));
  const groups: { actor: ToldActor; tellings: Telling[] }[] = [];
  for (const { actor, telling } of pairs) {
    const group = groups.find((candidate) => oneValue(candidate.actor, actor));
    if (group === undefined) groups.push({ actor, tellings: [telling] });
    else group.tellings.push(telling);
  }
  return groups
    .map((group) => toldBy(group.actor, group.tellings))
    .sort((a, b) => {
      const [one, two] = [actorKey(a.value), actorKey(b.value)];
      return one < two ? -1 : one > two ? 1 : 0;
    });
}

function byNameLength(a: { actor: ToldActor }, b: { actor: ToldActor }): number {
  return b.actor.name.length - a.actor.name.length || (actorKey(a.actor) < actorKey(b.actor) ? -1 : 1);
}

function oneValue(a: ToldActor, b: ToldActor): boolean {
  // "Russia" and "the Kremlin" are one state, but not the man who speaks for it.
  if (a.kind !== b.kind) return false;
  return (a.kind === 'state' && isState(a.party) && a.party === b.party) || sameActor(a, b);
}

function actorKey(actor: ToldActor): string {
  const rank = actor.kind === 'person' ? 0 : actor.kind === 'state' ? 1 : 2;
  return `${actor.party} ${rank} ${fold(actor.name)} ${JSON.stringify(actor)}`;
}

function settledWhen(tellings: readonly Telling[]): Settled<ToldWhen> {
  const known = tellings.filter((telling) => telling.when.precision !== 'unknown' || telling.when.value !== null);
  const told = toldList(known, (telling) => [telling.when]);
  const finest = told
    .filter(({ value }) => value.earliest !== null || value.latest !== null)
    .toSorted((a, b) => daysIn(toldPeriod(a.value)) - daysIn(toldPeriod(b.value)))
    .map(({ value }) => value);
  return { settled: finest[0] ?? told[0]?.value ?? null, told };
}

const PRECISION_ORDER: readonly ToldPlace['precision'][] = ['venue', 'city', 'region', 'country'];

function settledWhere(tellings: readonly Telling[]): Settled<ToldPlace> {
  const told = toldList(tellings, (telling) => (telling.where === null ? [] : [telling.where]));
  // The city before the venue: "Villa La Grange" says less to a reader than "Geneva"; both are told.
  const rank = (place: ToldPlace) =>
    PRECISION_ORDER.indexOf(place.precision) === 0 ? 1.5 : PRECISION_ORDER.indexOf(place.precision);
  const best = told.toSorted((a, b) => rank(a.value) - rank(b.value) || b.documents.length - a.documents.length)[0];
  return { settled: best?.value ?? null, told };
}

function mostTold<Value>(tellings: readonly Telling[], read: (telling: Telling) => Value | null): Settled<Value> {
  const told = toldList(tellings, (telling) => {
    const value = read(telling);
    return value === null ? [] : [value];
  });
  return { settled: told[0]?.value ?? null, told };
}

const REALITY: Readonly<Record<Status, number>> = {
  happened: 3,
  ongoing: 3,
  denied: 3,
  failed: 3,
  cancelled: 3,
  planned: 2,
  expected: 2,
  threatened: 1,
  conditional: 1,
  hoped: 1,
  possible: 1,
};

/** What has become real before what is ahead, then the latest publication, then the most told. */
function settledStatus(tellings: readonly Telling[]): Settled<Status> {
  const told = toldList(tellings, (telling) => [telling.status]);
  const latest = (status: Status) =>
    tellings
      .filter((telling) => telling.status === status)
      .map((telling) => (telling.published === null ? '' : lastKnownDay(telling.published)))
      .sort()
      .at(-1)!;
  const best = told.toSorted(
    (a, b) =>
      REALITY[b.value] - REALITY[a.value] ||
      (latest(a.value) < latest(b.value) ? 1 : latest(a.value) > latest(b.value) ? -1 : 0) ||
      b.documents.length - a.documents.length,
  )[0];
  return { settled: best?.value ?? null, told };
}

function disagreementsOf(
  tellings: readonly Telling[],
  fields: Pick<Event, 'when' | 'where' | 'medium' | 'duration' | 'status'>,
): readonly Disagreement[] {
  const disagreements: Disagreement[] = [];
  const add = (field: DisputedField, values: readonly Told<string>[]) => {
    if (values.length > 1) disagreements.push({ field, values });
  };
  const clashing = <Value>(told: readonly Told<Value>[], clash: (a: Value, b: Value) => boolean) =>
    told.filter((one) => told.some((two) => clash(one.value, two.value)));
  const text = <Value>(told: readonly Told<Value>[], wordsOf: (value: Value) => string) =>
    told.map((one) => ({ ...one, value: wordsOf(one.value) }));

  const dated = toldList(
    tellings.filter((telling) => telling.when.precision !== 'unknown'),
    (telling) => [telling.when],
  );
  add(
    'when',
    text(
      clashing(dated, (a, b) => !overlap(toldPeriod(a), toldPeriod(b))),
      whenWords,
    ),
  );
  add('where', text(clashing(fields.where.told, placesDiffer), placeWords));
  add(
    'medium',
    text(
      clashing(fields.medium.told, (a, b) => a !== b),
      String,
    ),
  );
  add(
    'duration',
    text(
      clashing(fields.duration.told, (a, b) => a !== b),
      durationWords,
    ),
  );
  for (const unit of [...new Set(tellings.flatMap((telling) => telling.figures.map((figure) => figure.unit)))].sort()) {
    // A claim with two figures of one unit ("from 10 to 12 envoys") tells a change, not two versions.
    const single = toldList(tellings, (telling) => {
      const figures = telling.figures.filter((figure) => figure.unit === unit);
      return figures.length === 1 ? figures : [];
    });
    add('figures', text(clashing(single, figuresClash), figureWords));
  }
  add('status', text(clashing(fields.status.told, statusesClash), String));
  return disagreements;
}

/** True when no number satisfies both: "more than 90,000" and "100,000" can both be true, "10" and "12" cannot. */
function figuresClash(a: Telling['figures'][number], b: Telling['figures'][number]): boolean {
  const range = ({ value, bound }: Telling['figures'][number]): readonly [number, number] => {
    if (bound === 'more-than' || bound === 'at-least') return [value, Number.POSITIVE_INFINITY];
    if (bound === 'less-than' || bound === 'up-to') return [Number.NEGATIVE_INFINITY, value];
    return bound === 'about' ? [value * 0.9, value * 1.1] : [value, value];
  };
  const [one, two] = [range(a), range(b)];
  return one[0] > two[1] || two[0] > one[1];
}

function statusesClash(a: Status, b: Status): boolean {
  const done = (status: Status) => status === 'happened' || status === 'ongoing';
  const undone = (status: Status) => status === 'denied' || status === 'cancelled';
  return (done(a) && undone(b)) || (done(b) && undone(a));
}
