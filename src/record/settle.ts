import type { Session } from './engine.ts';
import { tieKeys, togetherKey } from './keys.ts';
import { bond, canonical, canShare, type Placed, placeUnit } from './merge.ts';
import type { Telling } from './telling.ts';
import { loadTellings, type TellingCache } from './tellings.ts';

/** A claim and its place among the others; `seed` is undefined until it has one. */
export interface Entry {
  readonly key: number;
  readonly telling: Telling;
  /** The claims that take their place with it (`merge.ts`), in canonical order; most are alone. */
  unit: readonly Entry[];
  seed: number | undefined;
  to: number | null;
  score: number;
}

/** A claim that was taken out of the record, with the event that it stood in. */
export interface Gone {
  readonly key: number;
  readonly telling: Telling;
  readonly seed: number | undefined;
}

/**
 * Keeps the events what {@link mergeTellings} would make of all claims, when claims have come and gone: `fresh` are in the
 * tables and have no place yet, `gone` have left them. Gives the numbers of the events that are not as they were.
 *
 * A claim's place depends on the claims before it, in canonical order, that it is bound to, and on the events of those.
 * So the fresh claims are placed in that order, and each that moves asks those after it that it can bear on to be placed
 * anew: nobody else is looked at. Every claim is placed once at most, because who is asked stands after who asks.
 *
 * Claims that persons put together are placed as one. When one of them comes or goes, the others may have been as good as
 * somewhere else: they are placed anew, and whoever they may have borne on is asked as if they had left.
 */
export async function settle(
  ledger: Ledger,
  { fresh, gone }: { readonly fresh: readonly number[]; readonly gone: readonly Gone[] },
): Promise<ReadonlySet<number>> {
  const queue = new Queue();
  const touched = new Set<number>();
  const entries = await ledger.entries(fresh);
  await ledger.findBonds(entries);
  for (const entry of entries) queue.add(entry);
  for (const { telling, seed } of gone) {
    if (seed === undefined) continue;
    touched.add(seed);
    // Where the unit of one that is gone stood in the order is not known any more.
    const everyone = tokensOf(telling).length > 0;
    await askAfterLeaving(ledger, queue, seed, (other) => everyone || canonical(telling, firstOf(other)) < 0);
  }
  for (const other of await ledger.together([...entries, ...gone].flatMap(({ telling }) => tokensOf(telling)))) {
    queue.add(other);
    if (other.seed !== undefined) await askAfterLeaving(ledger, queue, other.seed, () => true);
  }
  for (let unit = queue.next(); unit !== undefined; unit = queue.next()) {
    const placements = placeUnit<number>(unit, await eventsBefore(ledger, unit));
    for (const [index, placement] of placements.entries()) {
      const entry = unit[index]!;
      const before = entry.seed;
      if (before !== placement.seed) {
        touched.add(placement.seed);
        if (before !== undefined) {
          touched.add(before);
          await ledger.leave(entry);
          await askAfterLeaving(ledger, queue, before, (other) => isBefore(entry, other));
        }
        await ledger.join(entry, placement);
        await askAfterJoining(ledger, queue, entry, placement.seed);
      } else if (entry.to !== placement.to || entry.score !== placement.score || placement.torn.length > 0) {
        touched.add(placement.seed);
        await ledger.join(entry, placement);
      }
    }
  }
  return touched;
}

/** The events of the claims before a unit that one of it is bound to, each as its members before it. */
async function eventsBefore(ledger: Ledger, unit: readonly Entry[]): Promise<readonly (readonly Placed<number>[])[]> {
  const seeds = new Set<number>();
  for (const entry of unit) {
    for (const { other } of await ledger.bonds(entry)) {
      if (other.seed !== undefined && isBefore(other, entry)) seeds.add(other.seed);
    }
  }
  const events: (readonly Placed<number>[])[] = [];
  for (const seed of seeds) {
    const members = (await ledger.members(seed)).filter((member) => isBefore(member, unit[0]!));
    events.push(members.toSorted((a, b) => canonical(a.telling, b.telling)).map(placed));
  }
  return events;
}

/** Whom a claim that joined an event can bear on: those bound to it as strongly as to what they joined, and its event's. */
async function askAfterJoining(ledger: Ledger, queue: Queue, entry: Entry, seed: number): Promise<void> {
  for (const { other, score } of await ledger.bonds(entry)) {
    if (isBefore(entry, other) && score >= other.score) queue.add(other);
  }
  for (const member of await ledger.members(seed)) {
    if (isBefore(entry, member) && !canShare(entry.telling, member.telling)) queue.add(member);
  }
  for (const other of await ledger.tornBy(seed)) if (isBefore(entry, other)) queue.add(other);
}

/** Whom a claim that left an event can bear on: its later members, and those whom it may have kept out. */
async function askAfterLeaving(
  ledger: Ledger,
  queue: Queue,
  seed: number,
  isLater: (other: Entry) => boolean,
): Promise<void> {
  const members = await ledger.members(seed);
  await ledger.findBonds(members);
  for (const member of members) {
    if (isLater(member)) queue.add(member);
    for (const { other, score } of await ledger.bonds(member)) {
      if (isLater(other) && score >= other.score) queue.add(other);
    }
  }
  for (const other of await ledger.tornBy(seed)) if (isLater(other)) queue.add(other);
}

/** True when the one has its place before the other is given one; never within a unit. */
function isBefore(a: Entry, b: Entry): boolean {
  return canonical(firstOf(a), firstOf(b)) < 0;
}

function firstOf({ unit }: Entry): Telling {
  return unit[0]!.telling;
}

function tokensOf({ review }: Telling): readonly string[] {
  return review?.together ?? [];
}

function placed({ key, telling, seed, unit }: Entry): Placed<number> {
  return { key, telling, seed: seed!, unit: unit[0]!.key };
}

/** Units waiting for a place, the first in canonical order first, each once: a binary heap. */
class Queue {
  readonly #heap: Entry[] = [];
  readonly #waiting = new Set<number>();

  add({ unit }: Entry): void {
    const first = unit[0]!;
    if (this.#waiting.has(first.key)) return;
    this.#waiting.add(first.key);
    const heap = this.#heap;
    let at = heap.push(first) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[above]!)) break;
      [heap[at], heap[above]] = [heap[above]!, heap[at]!];
      at = above;
    }
  }

  next(): readonly Entry[] | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    this.#waiting.delete(first.key);
    if (heap.length === 0) return first.unit;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < heap.length && isBefore(heap[below]!, heap[least]!)) least = below;
      }
      if (least === at) return first.unit;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}

/** A claim that another is bound to, and how strongly; see `bond` in `merge.ts`. */
export interface Bond {
  readonly other: Entry;
  readonly score: number;
}

/** The claims that one transaction has looked at, with their places as they are now; written back by {@link save}. */
export class Ledger {
  readonly #session: Session;
  readonly #cache: TellingCache;
  readonly #entries = new Map<number, Entry>();
  readonly #bonds = new Map<number, readonly Bond[]>();
  readonly #members = new Map<number, Set<number>>();
  readonly #torn = new Map<number, Set<number>>();
  readonly #changed = new Set<number>();
  readonly #tornNow = new Map<number, readonly number[]>();

  constructor(session: Session, cache: TellingCache) {
    this.#session = session;
    this.#cache = cache;
  }

  /** The claims with these numbers; those that are not in the record are left out. */
  async entries(numbers: Iterable<number>): Promise<readonly Entry[]> {
    const list = [...numbers];
    const missing = list.filter((number) => !this.#entries.has(number));
    if (missing.length > 0) {
      const tellings = await loadTellings(this.#session, missing, this.#cache);
      const rows = await this.#session.rows<{ claim: number; cluster: number; tied_to: number | null; score: number }>(
        'SELECT claim, cluster, tied_to, score FROM places WHERE claim IN INTS(?)',
        [missing],
      );
      const places = new Map(rows.map((row) => [row.claim, row]));
      const fresh = [...tellings].map(([key, telling]) => {
        const place = places.get(key);
        const entry: Entry = {
          ...{ key, telling, unit: [], seed: place?.cluster, to: place?.tied_to ?? null, score: place?.score ?? 0 },
        };
        entry.unit = [entry];
        this.#entries.set(key, entry);
        return entry;
      });
      await this.#unite(fresh);
    }
    return list.flatMap((number) => this.#entries.get(number) ?? []);
  }

  /** The claims that persons put together under these tokens, and all that stand with them. */
  async together(tokens: readonly string[]): Promise<readonly Entry[]> {
    const found = await this.entries(await this.#claimsUnder(tokens));
    return [...new Set(found.filter(({ telling }) => sharesOf(telling, tokens)).flatMap(({ unit }) => unit))];
  }

  /** Looks up together what {@link bonds} gives for each of these, and the events of those they are bound to. */
  async findBonds(entries: readonly Entry[]): Promise<void> {
    const asking = entries.filter((entry) => !this.#bonds.has(entry.key));
    if (asking.length === 0) return;
    const near = await this.#findNear(asking);
    const seeds = new Set<number>();
    for (const entry of asking) {
      const bonds: Bond[] = [];
      for (const other of await this.entries(near.get(entry.key)!)) {
        const score = bond(entry.telling, other.telling);
        if (score !== undefined) bonds.push({ other, score });
        if (score !== undefined && other.seed !== undefined) seeds.add(other.seed);
      }
      this.#bonds.set(entry.key, bonds);
      // A claim that comes opens no event yet.
      if (entry.seed === undefined && !this.#members.has(entry.key)) {
        this.#members.set(entry.key, new Set());
        this.#torn.set(entry.key, new Set());
      }
    }
    await this.#findEvents(seeds);
  }

  /** The claims that this one is bound to. */
  async bonds(entry: Entry): Promise<readonly Bond[]> {
    if (!this.#bonds.has(entry.key)) await this.findBonds([entry]);
    return this.#bonds.get(entry.key)!;
  }

  /** The claims of an event, in no order. */
  async members(seed: number): Promise<readonly Entry[]> {
    return this.entries(await this.#membersOf(seed));
  }

  /** The claims that fit this event and another equally. */
  async tornBy(seed: number): Promise<readonly Entry[]> {
    await this.#findEvents(new Set([seed]));
    return this.entries(this.#torn.get(seed)!);
  }

  /** Takes a claim out of its event. */
  async leave(entry: Entry): Promise<void> {
    (await this.#membersOf(entry.seed!)).delete(entry.key);
    entry.seed = undefined;
  }

  /** Gives a claim its place. */
  async join(
    entry: Entry,
    place: {
      readonly seed: number;
      readonly to: number | null;
      readonly score: number;
      readonly torn: readonly number[];
    },
  ): Promise<void> {
    (await this.#membersOf(place.seed)).add(entry.key);
    entry.seed = place.seed;
    entry.to = place.to;
    entry.score = place.score;
    this.#changed.add(entry.key);
    this.#tornNow.set(entry.key, place.torn);
    for (const seed of place.torn) {
      await this.tornBy(seed);
      this.#torn.get(seed)!.add(entry.key);
    }
  }

  /** Writes the places that changed. */
  async save(): Promise<void> {
    const changed = [...this.#changed].map((key) => this.#entries.get(key)!);
    await this.#session.insert(
      'places',
      ['claim', 'cluster', 'tied_to', 'score'],
      changed.map(({ key, seed, to, score }) => [key, seed!, to, score]),
      'ON CONFLICT (claim) DO UPDATE SET cluster = excluded.cluster, tied_to = excluded.tied_to, score = excluded.score',
    );
    await this.#session.rows('DELETE FROM torn WHERE claim IN INTS(?)', [[...this.#changed]]);
    const torn = [...this.#tornNow].flatMap(([key, seeds]) => seeds.map((seed) => [seed, key] as const));
    await this.#session.insert('torn', ['cluster', 'claim'], torn);
    this.#changed.clear();
    this.#tornNow.clear();
  }

  /** Gives claims that persons put together their units. */
  async #unite(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.unit.length > 1) continue;
      let unit = [entry];
      for (let tokens = tokensOf(entry.telling); tokens.length > 0; ) {
        // What is found here may be asking for its own unit: all of them get the same in the end.
        const found = await this.entries(await this.#claimsUnder(tokens));
        const sharing = found.filter(({ telling }) => sharesOf(telling, tokens));
        const all = [...new Set([...unit, ...sharing])];
        if (all.length === unit.length) break;
        unit = all;
        tokens = [...new Set(unit.flatMap(({ telling }) => tokensOf(telling)))];
      }
      unit.sort((a, b) => canonical(a.telling, b.telling));
      for (const one of unit) one.unit = unit;
    }
  }

  async #claimsUnder(tokens: readonly string[]): Promise<readonly number[]> {
    if (tokens.length === 0) return [];
    const rows = await this.#session.rows<{ claim: number }>('SELECT claim FROM claim_keys WHERE key IN INTS(?)', [
      tokens.map((token) => keyHash(togetherKey(token))),
    ]);
    return [...new Set(rows.map((row) => row.claim))];
  }

  /** The numbers of the claims that share a word with each of these, by the number of who asks. */
  async #findNear(asking: readonly Entry[]): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
    const askers = new Map<number, number[]>();
    for (const { key, telling } of asking) {
      for (const hash of tieKeys(telling).asked.map(keyHash)) {
        const others = askers.get(hash);
        if (others === undefined) askers.set(hash, [key]);
        else others.push(key);
      }
    }
    const rows = await this.#session.rows<{ key: number; claim: number }>(
      'SELECT key, claim FROM claim_keys WHERE key IN INTS(?)',
      [[...askers.keys()]],
    );
    const found = new Map(asking.map(({ key }) => [key, new Set<number>()]));
    const all = new Set<number>();
    for (const { key, claim } of rows) {
      all.add(claim);
      for (const asker of askers.get(key)!) if (asker !== claim) found.get(asker)!.add(claim);
    }
    await this.entries(all);
    return found;
  }

  async #membersOf(seed: number): Promise<Set<number>> {
    await this.#findEvents(new Set([seed]));
    return this.#members.get(seed)!;
  }

  /** Loads events together: their claims, and those that are torn between them and others. */
  async #findEvents(seeds: ReadonlySet<number>): Promise<void> {
    const missing = [...seeds].filter((seed) => !this.#members.has(seed));
    if (missing.length === 0) return;
    const all: number[] = [];
    for (const [table, held] of [
      ['places', this.#members],
      ['torn', this.#torn],
    ] as const) {
      const rows = await this.#session.rows<{ claim: number; cluster: number }>(
        `SELECT claim, cluster FROM ${table} WHERE cluster IN INTS(?)`,
        [missing],
      );
      for (const seed of missing) held.set(seed, new Set());
      for (const { claim, cluster } of rows) {
        held.get(cluster)!.add(claim);
        all.push(claim);
      }
    }
    await this.entries(all);
  }
}

function sharesOf(telling: Telling, tokens: readonly string[]): boolean {
  return tokensOf(telling).some((token) => tokens.includes(token));
}

/**
 * A key as a number of 53 bits. Keys that end with the same word, most often a day or a month, have numbers that lie together:
 * reports that come in the order of the news then change few pages of the index. Two keys that fall together cost a look, not a
 * wrong tie.
 */
export function keyHash(key: string): number {
  const last = Math.max(key.lastIndexOf(' '), key.lastIndexOf('|')) + 1;
  return (hashFrom(key, last) >>> 11) * 0x100000000 + hashFrom(key, 0);
}

/** A hash of the letters of a text from a place on, of 32 bits. */
function hashFrom(text: string, from: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
