import type { Session } from './engine.ts';
import { type Event, eventOf } from './event.ts';
import { tieKeys } from './keys.ts';
import { marksOf, orderOf } from './marks.ts';
import { clusterOf } from './merge.ts';
import { damagedError } from './pack.ts';
import type { Reviewed } from './review.ts';
import { type Gone, keyHash, Ledger, settle } from './settle.ts';
import type { Telling } from './telling.ts';
import { loadTellings, packTellings, type TellingCache } from './tellings.ts';
import { indexed } from './terms.ts';

/** A claim to be kept: of which document, the how manieth there, and whether it stands in an event. */
export interface NewClaim extends Reviewed {
  /** The number of its document. */
  readonly document: number;
  readonly ordinal: number;
}

/** Takes a number of numbers that were never given before, and gives the first. */
export async function takeNumbers(
  session: Session,
  name: 'document' | 'claim' | 'decision' | 'mark',
  count: number,
): Promise<number> {
  const rows = await session.rows<{ value: number }>(
    'UPDATE counters SET value = value + ? WHERE name = ? RETURNING value',
    [count, name],
  );
  return rows[0]!.value - count + 1;
}

/**
 * Writes all claims of some documents, in their order and none of them in an event yet; gives the numbers of those that shall be
 * in one.
 */
export async function insertClaims(
  session: Session,
  claims: readonly NewClaim[],
  cache: TellingCache,
): Promise<readonly number[]> {
  const first = await takeNumbers(session, 'claim', claims.length);
  const numbered = claims.map((claim, i) => ({ ...claim, number: first + i }));
  await session.insert(
    'claims',
    ['number', 'id', 'document', 'ordinal', 'shown'],
    numbered.map(({ number, telling, document, ordinal, shown }) => [
      number,
      telling.id,
      document,
      ordinal,
      Number(shown),
    ]),
  );
  const byDocument = new Map<number, Telling[]>();
  for (const { document, telling } of numbered) {
    const others = byDocument.get(document);
    if (others === undefined) byDocument.set(document, [telling]);
    else others.push(telling);
  }
  await session.insert(
    'tellings',
    ['document', 'body'],
    [...byDocument].map(([document, tellings]) => [document, packTellings(tellings)]),
  );
  const shown = numbered.filter((claim) => claim.shown);
  await session.insert(
    'claim_keys',
    ['key', 'claim'],
    shown.flatMap(({ number, telling }) => [...storedHashes(telling)].map((key) => [key, number] as const)),
  );
  await session.putWords(
    'claim_words',
    shown.map(({ number, telling }) => [number, wordsOf(telling)] as const),
  );
  for (const { number, telling } of shown) cache.set(number, telling);
  return shown.map(({ number }) => number);
}

/**
 * Takes all claims of some documents out of the record with all that is kept of them, but not yet out of their events:
 * {@link refreshEvents} does.
 */
export async function deleteClaims(
  session: Session,
  documents: readonly number[],
  cache: TellingCache,
): Promise<readonly Gone[]> {
  const rows = await session.rows<{ number: number }>('SELECT number FROM claims WHERE document IN INTS(?)', [
    documents,
  ]);
  if (rows.length === 0) return [];
  const numbers = rows.map((row) => row.number);
  const tellings = await loadTellings(session, numbers, cache);
  const places = await session.rows<{ claim: number; cluster: number }>(
    'SELECT claim, cluster FROM places WHERE claim IN INTS(?)',
    [numbers],
  );
  const seeds = new Map(places.map(({ claim, cluster }) => [claim, cluster]));
  const gone = [...tellings].map(([key, telling]) => ({ key, telling, seed: seeds.get(key) }));
  for (const { key, telling, seed } of gone) {
    if (seed === undefined) continue;
    await session.rows('DELETE FROM claim_keys WHERE claim = ? AND key IN INTS(?)', [key, [...storedHashes(telling)]]);
  }
  await session.dropWords('claim_words', [...seeds.keys()]);
  await session.rows('DELETE FROM tellings WHERE document IN INTS(?)', [documents]);
  for (const [table, column] of [
    ['places', 'claim'],
    ['torn', 'claim'],
    ['claims', 'number'],
  ]) {
    await session.rows(`DELETE FROM ${table} WHERE ${column} IN INTS(?)`, [numbers]);
  }
  return gone;
}

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
  for (const number of numbers) {
    const row = rows.get(number);
    const then = before.get(number);
    const left = new Map(then === undefined ? [] : placedMarks(then));
    for (const [mark, sort] of row === undefined ? [] : placedMarks(row)) {
      if (left.get(mark) === sort) left.delete(mark);
      else come.push([mark, sort, number]);
    }
    for (const [mark, sort] of left) go.push([mark, sort, number]);
    if (then === undefined || row === undefined || EVENT_COLUMNS.some((name) => row[name] !== then[name])) {
      changed.push(number);
    }
  }
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

function storedHashes(telling: Telling): ReadonlySet<number> {
  return new Set(tieKeys(telling).stored.map(keyHash));
}

/** The words that a claim is found by: its sentence, its title, and the names it stands for. */
function wordsOf(telling: Telling): string {
  const { sentence, title, actors, recipients, where, issues } = telling;
  return indexed([
    sentence,
    title,
    ...[...actors, ...recipients].map(({ name }) => name),
    where?.name ?? null,
    ...issues,
  ]);
}
