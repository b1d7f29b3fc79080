import { tieKeys } from './keys.ts';
import type { Telling } from './telling.ts';
import { compatible, firstPossibleDay, type Tie, type TieCode, tie, vagueness } from './tie.ts';

/** Why a claim stands in its event. */
export interface Reason {
  /** What ties it, the weightiest first; `first` for the claim that opens the event, `review` for a person's decision. */
  readonly codes: readonly (TieCode | 'first' | 'review')[];
  /** The id of the telling it is tied to; `null` for the first. */
  readonly to: string | null;
  /** The same for a person: one sentence. */
  readonly text: string;
}

/** A claim in its event, with the reason. */
export interface Member {
  readonly telling: Telling;
  readonly reason: Reason;
}

/** Claims that tell of one event. */
export interface Cluster {
  /** The founder's: the claim of the earliest published document. */
  readonly id: string;
  /** In canonical order: see {@link mergeTellings}. */
  readonly members: readonly Member[];
}

/** Where a claim stands: with whom, tied to which claim and how strongly. `Key` tells claims apart: an id, a number. */
export interface Placement<Key> {
  /** The claim that opens the event: the first of its claims in canonical order. */
  readonly seed: Key;
  readonly to: Key | null;
  readonly score: number;
  /** The seeds of events that it fits equally; it joined none of them. */
  readonly torn: readonly Key[];
}

/** A claim that has a place, as {@link placeTelling} sees it. */
export interface Placed<Key> {
  readonly key: Key;
  readonly telling: Telling;
  readonly seed: Key;
}

/**
 * Merges claims into events. The result is a function of the set of claims alone: the order of `tellings` is nothing.
 *
 * The claims are taken in canonical order, the most exactly dated first, and each joins the event that it is compatible
 * with in every member and best tied to in one, or opens its own. So vague claims ("in June") find the exact ones and
 * never draw two of them together; a vague claim that fits two events equally joins neither.
 *
 * Compatible: one kind of act between the same parties, or some of them; the days told can be the same day; the media
 * (a call is no meeting), modes and persons named agree; different cities only on the same day, as a disagreement. A
 * plan and its fulfilment are one event, whose status tells over time; what is merely hoped, possible, conditional or
 * threatened joins only by day or place.
 *
 * Tied: see {@link tie}. Never by parties and kind of act alone, never by title words. What a person put together or
 * apart goes before all of it: see {@link bond}.
 *
 * A claim's place depends only on the claims before it that it is tied to and on their events, so a record need not
 * merge anew when a document comes: `settle.ts` keeps this result up to date from place to place.
 */
export function mergeTellings(tellings: readonly Telling[]): readonly Cluster[] {
  const sorted = tellings.toSorted(canonical);
  const byKey = new Map<string, number[]>();
  const clusters = new Map<number, Placed<number>[]>();
  const placements: Placement<number>[] = [];
  for (const [index, telling] of sorted.entries()) {
    const { stored, asked } = tieKeys(telling);
    // Whoever is tied to this one and stands before it is stored under what this one asks for: keys work both ways.
    const near = new Set(asked.flatMap((key) => byKey.get(key) ?? []));
    const seeds = new Set(
      [...near].filter((other) => bond(telling, sorted[other]!) !== undefined).map((other) => placements[other]!.seed),
    );
    const events = [...seeds].map((seed) => clusters.get(seed)!);
    const placement = placeTelling(index, telling, events);
    placements.push(placement);
    const placed = { key: index, telling, seed: placement.seed };
    if (placement.seed === index) clusters.set(index, [placed]);
    else clusters.get(placement.seed)!.push(placed);
    for (const key of stored) {
      const found = byKey.get(key);
      if (found === undefined) byKey.set(key, [index]);
      else found.push(index);
    }
  }
  return [...clusters.values()].map((members) =>
    clusterOf(members.map(({ key, telling }) => ({ telling, to: sorted[placements[key]!.to ?? -1] }))),
  );
}

/**
 * Where a claim stands among the events of the claims before it. `events` are those that hold a claim with a
 * {@link bond} to it, each as its members before it in canonical order.
 */
export function placeTelling<Key extends string | number>(
  key: Key,
  telling: Telling,
  events: readonly (readonly Placed<Key>[])[],
): Placement<Key> {
  let best: { readonly seed: Key; readonly to: Key; readonly score: number } | undefined;
  let equals: Key[] = [];
  for (const members of events) {
    const bonded = strongestBond(telling, members);
    if (bonded === undefined) continue;
    const { seed } = members[0]!;
    if (best === undefined || bonded.score > best.score) {
      best = { seed, ...bonded };
      equals = [];
    } else if (bonded.score === best.score) {
      if (equals.length === 0) equals.push(best.seed);
      equals.push(seed);
    }
  }
  if (best === undefined) return { seed: key, to: null, score: 0, torn: [] };
  // A person's word is never undone by a draw: the event of the first claim that it names is the one.
  if (best.score >= REVIEWED && equals.length > 0) return { ...best, torn: [] };
  return equals.length > 0 ? { seed: key, to: null, score: best.score, torn: equals } : { ...best, torn: [] };
}

function strongestBond<Key>(
  telling: Telling,
  members: readonly Placed<Key>[],
): { readonly to: Key; readonly score: number } | undefined {
  let best: { readonly to: Key; readonly score: number } | undefined;
  let fits = true;
  for (const member of members) {
    if (!canShare(telling, member.telling)) fits = false;
    const score = bond(telling, member.telling);
    if (score !== undefined && (best === undefined || score > best.score)) best = { to: member.key, score };
  }
  return best !== undefined && (fits || best.score >= REVIEWED) ? best : undefined;
}

/** The score of what a person put together: more than all ties add up to. */
const REVIEWED = 1000;

/**
 * How strongly two claims are bound to one event: the weight of their ties, or a person's word before all else;
 * `undefined` when they are not.
 */
export function bond(a: Telling, b: Telling): number | undefined {
  if (isApart(a, b)) return undefined;
  if (isTogether(a, b)) return REVIEWED;
  return tie(a, b)?.reduce((sum, one) => sum + one.weight, 0);
}

/** True when two claims can stand in one event. */
export function canShare(a: Telling, b: Telling): boolean {
  if (isApart(a, b)) return false;
  return isTogether(a, b) || compatible(a, b);
}

function isTogether({ review: a }: Telling, { review: b }: Telling): boolean {
  return a !== undefined && b !== undefined && a.together.some((token) => b.together.includes(token));
}

function isApart({ review: a }: Telling, { review: b }: Telling): boolean {
  if (a === undefined || b === undefined) return false;
  const opposite = (token: string) => (token.endsWith('+') ? `${token.slice(0, -1)}-` : `${token.slice(0, -1)}+`);
  return a.apart.some((token) => b.apart.includes(opposite(token)));
}

/** The claims of one event as a cluster; `to` is what each is tied to, absent for the first. */
export function clusterOf(placed: readonly { readonly telling: Telling; readonly to: Telling | undefined }[]): Cluster {
  const members = placed
    .toSorted((a, b) => canonical(a.telling, b.telling))
    .map(({ telling, to }) => ({ telling, reason: reasonOf(telling, to) }));
  return { id: founderOf(members).id, members };
}

function reasonOf(telling: Telling, to: Telling | undefined): Reason {
  if (to === undefined) return { codes: ['first'], to: null, text: 'The first claim of this event.' };
  if (isTogether(telling, to)) return { codes: ['review'], to: to.id, text: 'A person put both together.' };
  const ties: readonly Tie[] = (tie(telling, to) ?? []).toSorted(
    (a, b) => b.weight - a.weight || compare(a.code, b.code),
  );
  const text = `The same kind of act, and ${ties.map((one) => one.text).join(', ')}.`;
  return { codes: ties.map((one) => one.code), to: to.id, text };
}

/**
 * The canonical order: exactly dated claims first, then by the first possible day, publication, document and place in
 * the text. Total, because the id ends it.
 */
export function canonical(a: Telling, b: Telling): number {
  return (
    vagueness(a) - vagueness(b) ||
    compare(firstPossibleDay(a), firstPossibleDay(b)) ||
    compare(a.published?.from ?? '9999', b.published?.from ?? '9999') ||
    compare(a.document, b.document) ||
    a.evidence.trigger.from - b.evidence.trigger.from ||
    compare(a.id, b.id)
  );
}

function founderOf(members: readonly Member[]): Telling {
  return members
    .map((member) => member.telling)
    .reduce((first, telling) =>
      (compare(telling.published?.from ?? '9999', first.published?.from ?? '9999') ||
        compare(telling.document, first.document) ||
        telling.evidence.trigger.from - first.evidence.trigger.from ||
        compare(telling.id, first.id)) < 0
        ? telling
        : first,
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
