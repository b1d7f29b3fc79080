import type { Session } from './engine.ts';
import { type Event, eventOf } from './event.ts';
import { tieKeys } from './keys.ts';
import { marksOf, orderOf } from './marks.ts';
import { clusterOf } from './merge.ts';
import { pack } from './pack.ts';
import type { Reviewed } from './review.ts';
import { type Gone, keyHash, Ledger, loadTellings, settle, type TellingCache } from './settle.ts';
import type { Telling } from './telling.ts';
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
  name: 'document' | 'claim' | 'decision',
  count: number,
): Promise<number> {
  const rows = await session.rows<{ value: number }>(
    'UPDATE counters SET value = value + ? WHERE name = ? RETURNING value',
    [count, name],
  );
  return rows[0]!.value - count + 1;
}

/** Writes claims, none of them in an event yet; gives the numbers of those that shall be in one. */
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
  await session.insert(
    'tellings',
    ['claim', 'body'],
    numbered.map(({ number, telling }) => [number, pack(telling)]),
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

/** Takes claims out of the record with all that is kept of them, but not yet out of their events: {@link settle} does. */
export async function deleteClaims(
  session: Session,
  numbers: readonly number[],
  cache: TellingCache,
): Promise<readonly Gone[]> {
  if (numbers.length === 0) return [];
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
  for (const [table, column] of [
    ['places', 'claim'],
    ['torn', 'claim'],
    ['tellings', 'claim'],
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
    const one = { telling: tellings.get(claim)!, to: tied_to === null ? undefined : tellings.get(tied_to) };
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

async function writeEvents(session: Session, numbers: readonly number[], cache: TellingCache): Promise<void> {
  const events = await loadEvents(session, numbers, cache);
  const old = await session.rows<{
    number: number;
    id: string;
    sort: string;
    news: string;
    marks: string;
    earliest: string | null;
    latest: string | null;
  }>('SELECT number, id, sort, news, marks, earliest, latest FROM events WHERE number IN INTS(?)', [numbers]);
  const before = new Map(old.map((row) => [row.number, row]));
  const rows: (readonly [number, ...(string | number | null)[]])[] = [];
  const changed: number[] = [];
  const come: (readonly [string, string, number])[] = [];
  const go: (readonly [string, string, number])[] = [];
  for (const number of numbers) {
    const event = events.get(number);
    const row = before.get(number);
    const then = new Map(row === undefined ? [] : placedMarks(row.marks.split('\n'), row.sort, row.news));
    if (event === undefined) {
      if (row !== undefined) changed.push(number);
    } else {
      const when = event.when.settled;
      const [earliest, latest] = [when?.earliest ?? when?.latest ?? null, when?.latest ?? when?.earliest ?? null];
      const { chronology, news } = orderOf(event);
      const marks = marksOf(event);
      const text = marks.join('\n');
      for (const [mark, sort] of placedMarks(marks, chronology, news)) {
        if (then.get(mark) === sort) then.delete(mark);
        else come.push([mark, sort, number]);
      }
      const same = row !== undefined && row.id === event.id && row.sort === chronology && row.news === news;
      if (!same || row.marks !== text || row.earliest !== earliest || row.latest !== latest) {
        changed.push(number);
        rows.push([number, event.id, chronology, news, earliest, latest, event.quad, text]);
      }
    }
    for (const [mark, sort] of then) go.push([mark, sort, number]);
  }
  // First all that goes: an event's id may pass on to another of these.
  await session.rows('DELETE FROM events WHERE number IN INTS(?)', [changed]);
  for (const [mark, sort, event] of go) {
    await session.rows('DELETE FROM marks WHERE mark = ? AND sort = ? AND event = ?', [mark, sort, event]);
  }
  await session.insert('events', ['number', 'id', 'sort', 'news', 'earliest', 'latest', 'quad', 'marks'], rows);
  await session.insert('marks', ['mark', 'sort', 'event'], come);
}

function placedMarks(
  marks: readonly string[],
  chronology: string,
  news: string,
): readonly (readonly [string, string])[] {
  return marks.map((mark) => [mark, mark.startsWith('news') ? news : chronology]);
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
