import type { Telling } from './telling.ts';
import { compatible, firstPossibleDay, type Tie, type TieCode, tie, tieKeys, vagueness } from './tie.ts';

/** Why a claim stands in its event. */
export interface Reason {
  /** What ties it, the weightiest first; `first` for the claim that opens the event. */
  readonly codes: readonly (TieCode | 'first')[];
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
  /** The least id of all claims tied to these, directly or over others: they are merged together, apart from all else. */
  readonly component: string;
  /** In canonical order: see {@link mergeTellings}. */
  readonly members: readonly Member[];
}

/**
 * Merges claims into events. The result is a function of the set of claims alone: the order of `tellings` is nothing.
 *
 * Claims are first parted into components: what no chain of ties connects cannot be one event, so that a new document
 * moves nothing but the components that its claims are tied to. In a component the claims are taken in canonical order,
 * the most exactly dated first, and each joins the event that it is compatible with in every member and best tied to in
 * one, or opens its own. So vague claims ("in June") find the exact ones and never draw two of them together; a vague
 * claim that fits two events equally joins neither.
 *
 * Compatible: one kind of act between the same parties, or some of them; the days told can be the same day; the media
 * (a call is no meeting), modes and persons named agree; different cities only on the same day, as a disagreement. A
 * plan and its fulfilment are one event, whose status tells over time; what is merely hoped, possible, conditional or
 * threatened joins only by day or place.
 *
 * Tied: see {@link tie}. Never by parties and kind of act alone, never by title words.
 *
 * `known` is what a record remembers and need not find again: pairs of ids that ties connect, directly or over others,
 * complete but for ties among the `fresh` ids. It must be true, and changes nothing but the time it takes.
 */
export function mergeTellings(tellings: readonly Telling[], known?: KnownTies): readonly Cluster[] {
  return componentsOf(tellings, known).flatMap((component) => mergeComponent(component));
}

/** Ties that are known before merging; see {@link mergeTellings}. */
export interface KnownTies {
  readonly connected: readonly (readonly [string, string])[];
  readonly fresh: ReadonlySet<string>;
}

/** Parts tellings into components: sets that ties connect. Sorted, and each sorted, in canonical order. */
function componentsOf(tellings: readonly Telling[], known: KnownTies | undefined): readonly (readonly Telling[])[] {
  const sorted = tellings.toSorted(canonical);
  const parents = sorted.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = index; at !== root; ) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const join = (a: number, b: number) => {
    const [one, two] = [rootOf(a), rootOf(b)];
    parents[Math.max(one, two)] = Math.min(one, two);
  };
  const places = new Map(sorted.map((telling, index) => [telling.id, index]));
  for (const [one, two] of known?.connected ?? []) join(places.get(one)!, places.get(two)!);
  const seeking = [...sorted.entries()].filter(([, telling]) => known === undefined || known.fresh.has(telling.id));
  const byKey = new Map<string, number[]>();
  for (const [index, telling] of seeking) {
    const { stored, asked } = tieKeys(telling);
    // Whoever is tied to this one and stands before it is stored under what this one asks for: keys work both ways.
    for (const other of asked.flatMap((key) => byKey.get(key) ?? [])) {
      if (rootOf(index) !== rootOf(other) && tie(telling, sorted[other]!) !== undefined) join(index, other);
    }
    for (const key of stored) {
      const found = byKey.get(key);
      if (found === undefined) byKey.set(key, [index]);
      else found.push(index);
    }
  }
  const components = new Map<number, Telling[]>();
  for (const [index, telling] of sorted.entries()) {
    const root = rootOf(index);
    const component = components.get(root);
    if (component === undefined) components.set(root, [telling]);
    else component.push(telling);
  }
  return [...components.values()];
}

function mergeComponent(sorted: readonly Telling[]): readonly Cluster[] {
  const clusters: Member[][] = [];
  for (const telling of sorted) {
    let best: { members: Member[]; score: number; reason: Reason } | undefined;
    let equal = false;
    for (const members of clusters) {
      const joined = joins(telling, members);
      if (joined === undefined) continue;
      if (best === undefined || joined.score > best.score) {
        best = { members, ...joined };
        equal = false;
      } else if (joined.score === best.score) {
        equal = true;
      }
    }
    if (best === undefined || equal) {
      clusters.push([{ telling, reason: { codes: ['first'], to: null, text: 'The first claim of this event.' } }]);
    } else {
      best.members.push({ telling, reason: best.reason });
    }
  }
  const component = sorted.map((telling) => telling.id).sort()[0]!;
  return clusters.map((members) => ({ id: founderOf(members).id, component, members }));
}

function joins(telling: Telling, members: readonly Member[]): { score: number; reason: Reason } | undefined {
  if (members.some((member) => !compatible(telling, member.telling))) return undefined;
  let best: { score: number; ties: readonly Tie[]; to: Telling } | undefined;
  for (const member of members) {
    const ties = tie(telling, member.telling);
    if (ties === undefined) continue;
    const score = ties.reduce((sum, one) => sum + one.weight, 0);
    if (best === undefined || score > best.score) best = { score, ties, to: member.telling };
  }
  if (best === undefined) return undefined;
  const ties = best.ties.toSorted((a, b) => b.weight - a.weight || compare(a.code, b.code));
  const text = `The same kind of act, and ${ties.map((one) => one.text).join(', ')}.`;
  return { score: best.score, reason: { codes: ties.map((one) => one.code), to: best.to.id, text } };
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
