import type { Session } from './engine.ts';
import { tieKeys } from './keys.ts';
import { damagedError } from './pack.ts';
import type { Reviewed } from './review.ts';
import { type Gone, keyHash } from './settle.ts';
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
  name: 'document' | 'claim' | 'decision' | 'mark' | 'change',
  count: number,
): Promise<number> {
  const rows = await session.rows<{ value: number }>(
    'UPDATE counters SET value = value + ? WHERE name = ? RETURNING value',
    [count, name],
  );
  const [row] = rows;
  if (row === undefined) throw damagedError(`the number given last to a ${name} is lost`);
  return row.value - count + 1;
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
 * `refreshEvents` (`events.ts`) does.
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
