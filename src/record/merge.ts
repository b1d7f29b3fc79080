import { factsOf } from './facts.ts';
import { tieKeys } from './keys.ts';
import type { Telling } from './telling.ts';
import { clash, compatible, type Tie, type TieCode, tie } from './tie.ts';

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

/**
 * Claims that take their place as one: a single claim, or all those that persons put together, in whatever decisions. In
 * canonical order; the first is the unit's own place in it. `Key` tells claims apart: an id, a number.
 */
export type Unit<Key> = readonly { readonly key: Key; readonly telling: Telling }[];

/** Where a claim stands: with whom, tied to which claim and how strongly. */
export interface Placement<Key> {
  /** The claim that opens the event: the first of its claims in canonical order. */
  readonly seed: Key;
  readonly to: Key | null;
  /** That of the unit's strongest tie: what must be outdone to draw it elsewhere. */
  readonly score: number;
  /** The seeds of events that it fits equally; it joined none of them. */
  readonly torn: readonly Key[];
}

/** A claim that has a place, as {@link placeUnit} sees it. */
export interface Placed<Key> {
  readonly key: Key;
  readonly telling: Telling;
  readonly seed: Key;
  /** The first claim of its unit. */
  readonly unit: Key;
}

/**
 * Merges claims into events. The result is a function of the set of claims alone: the order of `tellings` is nothing.
 *
 * The claims are taken in canonical order, the most exactly dated first, and each joins the event that it is compatible
 * with and best tied to in one member, or opens its own. So vague claims ("in June") find the exact ones and
 * never draw two of them together; a vague claim that fits two events equally joins neither.
 *
 * Compatible with an event: with all its claims, of which one may differ softly (`clash`), for it may have been read wrongly.
 * Compatible: one kind of act between the same parties, or some of them; the days told can be the same day; the media
 * (a call is no meeting), modes and persons named agree; different cities only on the same day, as a disagreement. A
 * plan and its fulfilment are one event, whose status tells over time; what is merely hoped, possible, conditional or
 * threatened joins only by day or place.
 *
 * Tied: see {@link tie}. Never by parties and kind of act alone, never by title words. What persons put together takes
 * its place as one claim that is tied by whatever ties one of them, and compatible where one of them is; what they put
 * apart shares no event.
 *
 * A claim's place depends only on the claims before it that it is tied to and on their events, so a record need not
 * merge anew when a document comes: `settle.ts` keeps this result up to date from place to place.
 */
export function mergeTellings(tellings: readonly Telling[]): readonly Cluster[] {
  const byKey = new Map<string, Placed<Telling>[]>();
  const clusters = new Map<Telling, { readonly placed: Placed<Telling>; readonly to: Telling | null }[]>();
  const seeds = new Map<Telling, Telling>();
  for (const unit of unitsOf(tellings)) {
    // Whoever is tied to one of these and stands before it is stored under what that one asks for: keys work both ways.
    const near = new Set<Telling>();
    for (const { telling } of unit) {
      for (const other of new Set(tieKeys(telling).asked.flatMap((key) => byKey.get(key) ?? []))) {
        if (bond(telling, other.telling) !== undefined) near.add(seeds.get(other.telling)!);
      }
    }
    const events = [...near].map((seed) => clusters.get(seed)!.map(({ placed }) => placed));
    for (const [index, { seed, to }] of placeUnit(unit, events).entries()) {
      const { telling } = unit[index]!;
      const placed = { key: telling, telling, seed, unit: unit[0]!.telling };
      seeds.set(telling, seed);
      const members = clusters.get(seed);
      if (members === undefined) clusters.set(seed, [{ placed, to }]);
      else members.push({ placed, to });
    }
    for (const { telling } of unit) {
      const placed = { key: telling, telling, seed: seeds.get(telling)!, unit: unit[0]!.telling };
      for (const key of tieKeys(telling).stored) {
        const found = byKey.get(key);
        if (found === undefined) byKey.set(key, [placed]);
        else found.push(placed);
      }
    }
  }
  return [...clusters.values()].map((members) =>
    clusterOf(members.map(({ placed, to }) => ({ telling: placed.telling, to: to ?? undefined }))),
  );
}

/** The units of claims, in canonical order. */
function unitsOf(tellings: readonly Telling[]): readonly Unit<Telling>[] {
  const sorted = tellings.toSorted(canonical);
  const byToken = new Map<string, Telling[]>();
  for (const telling of sorted) {
    for (const token of telling.review?.together ?? []) byToken.set(token, [...(byToken.get(token) ?? []), telling]);
  }
  const taken = new Set<Telling>();
  return sorted.flatMap((first): Unit<Telling>[] => {
    if (taken.has(first)) return [];
    const unit = new Set([first]);
    // A set that grows while it is gone through: whom one of them was put together with belongs to all of them.
    for (const one of unit) {
      for (const token of one.review?.together ?? []) for (const other of byToken.get(token)!) unit.add(other);
    }
    for (const one of unit) taken.add(one);
    return [[...unit].sort(canonical).map((telling) => ({ key: telling, telling }))];
  });
}

/**
 * Where the claims of a unit stand among the events of the claims before it, a place for each. `events` are those that
 * hold a claim with a {@link bond} to one of them, each as its members before the unit in canonical order.
 */
export function placeUnit<Key>(
  unit: Unit<Key>,
  events: readonly (readonly Placed<Key>[])[],
): readonly Placement<Key>[] {
  const first = unit[0]!.key;
  let best:
    | { readonly seed: Key; readonly bonds: readonly (Bond<Key> | undefined)[]; readonly score: number }
    | undefined;
  let equals: Key[] = [];
  for (const members of events) {
    if (!fits(unit, members)) continue;
    const bonds = unit.map(({ telling }) => strongestBond(telling, members));
    const score = Math.max(...bonds.map((one) => one?.score ?? 0));
    const { seed } = members[0]!;
    if (best === undefined || score > best.score) {
      best = { seed, bonds, score };
      equals = [];
    } else if (score === best.score) {
      if (equals.length === 0) equals.push(best.seed);
      equals.push(seed);
    }
  }
  if (best === undefined || equals.length > 0) {
    const place = { seed: first, score: best?.score ?? 0, torn: equals };
    return unit.map(({ key }) => ({ ...place, to: key === first ? null : first }));
  }
  const { seed, bonds, score } = best;
  const tied = unit[bonds.findIndex((one) => one?.score === score)]!.key;
  return unit.map((_, index) => ({ seed, score, torn: [], to: bonds[index]?.to ?? tied }));
}

/** A claim that another is bound to, and how strongly. */
interface Bond<Key> {
  readonly to: Key;
  readonly score: number;
}

function strongestBond<Key>(telling: Telling, members: readonly Placed<Key>[]): Bond<Key> | undefined {
  let best: Bond<Key> | undefined;
  for (const member of members) {
    const score = bond(telling, member.telling);
    if (score !== undefined && (best === undefined || score > best.score)) best = { to: member.key, score };
  }
  return best;
}

/**
 * True when a unit can stand in an event: with each unit there some two claims are compatible, and none are apart. One may
 * differ in a place, medium, mode or person: a single claim that was read wrongly must not keep out all that come after.
 */
function fits<Key>(unit: Unit<Key>, members: readonly Placed<Key>[]): boolean {
  const clashes = new Map<Key, 'none' | 'soft' | 'hard'>();
  for (const member of members) {
    if (unit.some(({ telling }) => isApart(telling, member.telling))) return false;
    if (clashes.get(member.unit) === 'none') continue;
    const found = unit.map(({ telling }) => clash(telling, member.telling));
    const before = clashes.get(member.unit);
    const least = (['none', 'soft', 'hard'] as const).find((one) => one === before || found.includes(one))!;
    clashes.set(member.unit, least);
  }
  const all = [...clashes.values()];
  return !all.includes('hard') && all.filter((one) => one === 'soft').length <= MOST_CLASHES;
}

/** How many of an event's claims may differ softly from one that joins it. */
const MOST_CLASHES = 1;

/** How strongly two claims are bound to one event: the weight of their ties; `undefined` when they are not. */
export function bond(a: Telling, b: Telling): number | undefined {
  if (isApart(a, b)) return undefined;
  return tie(a, b)?.reduce((sum, one) => sum + one.weight, 0);
}

/** True when two claims that no person put together can stand in one event. */
export function canShare(a: Telling, b: Telling): boolean {
  return !isApart(a, b) && compatible(a, b);
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
  const found = tie(telling, to);
  // Who stands with another without a tie was put there, if by way of a third.
  if (found === undefined || isTogether(telling, to)) {
    return { codes: ['review'], to: to.id, text: 'A person put both together.' };
  }
  const ties: readonly Tie[] = found.toSorted((a, b) => b.weight - a.weight || compare(a.code, b.code));
  const text = `The same kind of act, and ${ties.map((one) => one.text).join(', ')}.`;
  return { codes: ties.map((one) => one.code), to: to.id, text };
}

/**
 * The canonical order: exactly dated claims first, then by the first possible day, publication, document and place in
 * the text. Total, because the id ends it.
 */
export function canonical(a: Telling, b: Telling): number {
  return compare(factsOf(a).order, factsOf(b).order);
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
