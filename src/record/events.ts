import { takeNumbers } from './claims.ts';
import type { Session } from './engine.ts';
import { type Event, eventOf } from './event.ts';
import { marksOf, orderOf } from './marks.ts';
import { clusterOf } from './merge.ts';
import { damagedError } from './pack.ts';
import { Recent } from './recent.ts';
import { type Gone, Ledger, settle } from './settle.ts';
import type { Telling } from './telling.ts';
import { loadTellings, type TellingCache } from './tellings.ts';

/** Brings the events up to date with claims that came and went, and those of documents whose origin changed. */
export async function refreshEvents(
  session: Session,
  cache: TellingCache,
  changes: { readonly fresh: readonly number[]; readonly gone: readonly Gone[]; readonly moved: readonly number[] },
): Promise<void> {
  const ledger = new Ledger(session, cache);
  const touched = new Set(await settle(ledger, changes));
  await ledger.save();
  if (changes.moved.length > 0) {
    const rows = await session.rows<{ cluster: number }>(
      'SELECT DISTINCT cluster FROM places JOIN claims ON claims.number = places.claim WHERE claims.document IN INTS(?)',
      [changes.moved],
    );
    for (const { cluster } of rows) touched.add(cluster);
  }
  await writeEvents(session, [...touched], cache);
}

/** The events that were asked for last, by their numbers, as long as the record stays as it is. */
export class EventCache {
  readonly #mostClaims: number;
  #version = '';
  #events: Recent<number, Event>;

  /** `mostClaims` claims of events are kept, some 5 kB each. */
  constructor(mostClaims: number) {
    this.#mostClaims = mostClaims;
    this.#events = this.#empty();
  }

  /** The events with these numbers from a record of this version (`Store.version`); `make` gives those that are not remembered. */
  async take(
    version: string,
    numbers: readonly number[],
    make: (missing: readonly number[]) => Promise<ReadonlyMap<number, Event>>,
  ): Promise<ReadonlyMap<number, Event>> {
    if (version !== this.#version) {
      this.#version = version;
      this.#events = this.#empty();
    }
    // Another version may come while these are made: they go to where those of theirs are.
    const events = this.#events;
    const known = new Map(numbers.map((number) => [number, events.get(number)]));
    const made = await make(numbers.filter((number) => known.get(number) === undefined));
    for (const [number, event] of made) events.set(number, event);
    return new Map(
      numbers.flatMap((number) => {
        const event = made.get(number) ?? known.get(number);
        return event === undefined ? [] : [[number, event] as const];
      }),
    );
  }

  #empty(): Recent<number, Event> {
    return new Recent(this.#mostClaims, ({ claims }) => claims.length);
  }
}

/** Events by their numbers, made from their claims; those that have none are left out. */
export async function loadEvents(
  session: Session,
  numbers: readonly number[],
  cache: TellingCache,
): Promise<ReadonlyMap<number, Event>> {
  if (numbers.length === 0) return new Map();
  const places = await session.rows<{ claim: number; cluster: number; tied_to: number | null }>(
    'SELECT claim, cluster, tied_to FROM places WHERE cluster IN INTS(?)',
    [numbers],
  );
  const tellings = await loadTellings(
    session,
    places.map((place) => place.claim),
    cache,
  );
  const clusters = new Map<number, { telling: Telling; to: Telling | undefined }[]>();
  for (const { claim, cluster, tied_to } of places) {
    const telling = tellings.get(claim);
    if (telling === undefined) throw damagedError(`an event holds claim number ${claim}, which is not there`);
    const one = { telling, to: tied_to === null ? undefined : tellings.get(tied_to) };
    const others = clusters.get(cluster);
    if (others === undefined) clusters.set(cluster, [one]);
    else others.push(one);
  }
  const origins = await originsOf(session, [...new Set([...tellings.values()].map(({ document }) => document))]);
  const events = new Map<number, Event>();
  for (const number of numbers) {
    const cluster = clusters.get(number);
    if (cluster !== undefined) events.set(number, eventOf(clusterOf(cluster), origins));
  }
  return events;
}

async function originsOf(session: Session, documents: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await session.rows<{ id: string; origin: string }>(
    `SELECT d.id AS id, o.id AS origin FROM documents d JOIN documents o ON o.number = d.origin
      WHERE d.origin <> d.number AND d.id IN TEXTS(?)`,
    [documents],
  );
  return new Map(rows.map(({ id, origin }) => [id, origin]));
}

interface EventRow {
  readonly number: number;
  readonly id: string;
  readonly sort: string;
  readonly news: string;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly quad: number;
  readonly marks: string;
}

const EVENT_COLUMNS = ['number', 'id', 'sort', 'news', 'earliest', 'latest', 'quad', 'marks'] as const;

async function writeEvents(session: Session, numbers: readonly number[], cache: TellingCache): Promise<void> {
  const rows = await eventRows(session, await loadEvents(session, numbers, cache));
  const old = await session.rows<EventRow>(`SELECT ${EVENT_COLUMNS.join(', ')} FROM events WHERE number IN INTS(?)`, [
    numbers,
  ]);
  const before = new Map(old.map((row) => [row.number, row]));
  const changed: number[] = [];
  const come: (readonly [number, string, number])[] = [];
  const go: (readonly [number, string, number])[] = [];
  const [markCounts, dayCounts] = [new Counts<number>(), new Counts<string>()];
  for (const number of numbers) {
    const row = rows.get(number);
    const then = before.get(number);
    const left = new Map(then === undefined ? [] : placedMarks(then));
    for (const [mark, sort] of row === undefined ? [] : placedMarks(row)) {
      if (left.get(mark) === sort) left.delete(mark);
      else come.push([mark, sort, number]);
    }
    for (const [mark, sort] of left) go.push([mark, sort, number]);
    if (row !== undefined) dayCounts.add(row.sort.slice(0, 3), 1);
    if (then !== undefined) dayCounts.add(then.sort.slice(0, 3), -1);
    if (then === undefined || row === undefined || EVENT_COLUMNS.some((name) => row[name] !== then[name])) {
      changed.push(number);
    }
  }
  for (const [mark] of come) markCounts.add(mark, 1);
  for (const [mark] of go) markCounts.add(mark, -1);
  // First all that goes: an event's id may pass on to another of these.
  await session.rows('DELETE FROM events WHERE number IN INTS(?)', [changed]);
  for (const [mark, sort, event] of go) {
    await session.rows('DELETE FROM marks WHERE mark = ? AND sort = ? AND event = ?', [mark, sort, event]);
  }
  await session.insert(
    'events',
    EVENT_COLUMNS,
    changed.flatMap((number) => {
      const row = rows.get(number);
      return row === undefined ? [] : [EVENT_COLUMNS.map((name) => row[name])];
    }),
  );
  await session.insert('marks', ['mark', 'sort', 'event'], come);
  await markCounts.save(session, 'mark_counts', 'mark');
  await dayCounts.save(session, 'day_counts', 'day');
}

/** How many events more, or fewer, there are under each key. */
class Counts<Key extends number | string> {
  readonly #more = new Map<Key, number>();

  add(key: Key, events: number): void {
    this.#more.set(key, (this.#more.get(key) ?? 0) + events);
  }

  async save(session: Session, table: 'mark_counts' | 'day_counts', column: string): Promise<void> {
    await session.insert(
      table,
      [column, 'events'],
      [...this.#more].filter(([, events]) => events !== 0),
      `ON CONFLICT (${column}) DO UPDATE SET events = ${table}.events + excluded.events`,
    );
  }
}

async function eventRows(session: Session, events: ReadonlyMap<number, Event>): Promise<ReadonlyMap<number, EventRow>> {
  const marks = new Map([...events].map(([number, event]) => [number, marksOf(event)]));
  const numbers = await markNumbers(session, new Set([...marks.values()].flat()));
  const list = (some: readonly string[]) =>
    some
      .map((mark) => numbers.get(mark)!)
      .sort((a, b) => a - b)
      .join(' ');
  const rows = new Map<number, EventRow>();
  for (const [number, event] of events) {
    const when = event.when.settled;
    const { chronology, news } = orderOf(event);
    const all = marks.get(number)!;
    const newsMarks = all.filter((mark) => mark.startsWith('news'));
    rows.set(number, {
      ...{ number, id: event.id, sort: chronology, news, quad: event.quad },
      earliest: when?.earliest ?? when?.latest ?? null,
      latest: when?.latest ?? when?.earliest ?? null,
      marks: `${list(all.filter((mark) => !mark.startsWith('news')))}|${list(newsMarks)}`,
    });
  }
  return rows;
}

/** The numbers of marks; those that were never used before get one. */
async function markNumbers(session: Session, marks: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const known = await session.rows<{ number: number; mark: string }>(
    'SELECT number, mark FROM mark_names WHERE mark IN TEXTS(?)',
    [[...marks]],
  );
  const numbers = new Map(known.map(({ number, mark }) => [mark, number]));
  const fresh = [...marks].filter((mark) => !numbers.has(mark));
  if (fresh.length === 0) return numbers;
  const first = await takeNumbers(session, 'mark', fresh.length);
  for (const [i, mark] of fresh.entries()) numbers.set(mark, first + i);
  await session.insert(
    'mark_names',
    ['number', 'mark'],
    fresh.map((mark, i) => [first + i, mark]),
  );
  return numbers;
}

/** The marks of an event's row, each with its place in the order of that mark. */
function placedMarks({ marks, sort, news }: EventRow): readonly (readonly [number, string])[] {
  const [chronology = '', newest = ''] = marks.split('|');
  const numbers = (list: string) => (list === '' ? [] : list.split(' ').map(Number));
  return [
    ...numbers(chronology).map((mark) => [mark, sort] as const),
    ...numbers(newest).map((mark) => [mark, news] as const),
  ];
}
