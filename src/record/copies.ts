import type { Kysely } from 'kysely';
import type { Document } from '../source/document.ts';
import { addressOf, areCopies, likenessOf } from './similar.ts';
import type { Tables } from './tables.ts';

/** How many documents that share bands with a new one are compared with it, those that share most first. */
const MOST_COMPARED = 50;

/**
 * Finds what a new document is a copy of, keeps that, and settles anew to which document each of its kin goes back: the
 * one published first. Gives the documents whose origin changed, the new one left out. The outcome is the same in
 * whatever order documents come.
 */
export async function placeCopies(db: Kysely<Tables>, document: Document): Promise<readonly string[]> {
  const likeness = likenessOf(document);
  // The same text may have come before with another date or outlet, and had other kin by that.
  const before = await kinOf(db, document.id);
  await db
    .deleteFrom('copies')
    .where((where) => where.or([where('a', '=', document.id), where('b', '=', document.id)]))
    .execute();
  await db.deleteFrom('bands').where('document', '=', document.id).execute();
  for (const hash of likeness.bands) await db.insertInto('bands').values({ hash, document: document.id }).execute();
  const address = addressOf(document.url);
  await db.updateTable('documents').set({ address, origin: document.id }).where('id', '=', document.id).execute();
  const kin = new Set<string>();
  if (address !== null) {
    const versions = await db.selectFrom('documents').select('id').where('address', '=', address).execute();
    for (const { id } of versions) kin.add(id);
  }
  for (const other of await candidates(db, document.id, likeness.bands)) {
    if (kin.has(other.id)) continue;
    const its = { likeness: likenessOf(other), origin: other };
    if (areCopies({ likeness, origin: document }, its)) kin.add(other.id);
  }
  kin.delete(document.id);
  for (const other of kin) {
    const [a, b] = document.id < other ? [document.id, other] : [other, document.id];
    await db
      .insertInto('copies')
      .values({ a, b })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const changed = new Set<string>();
  for (const start of [document.id, ...before])
    for (const id of await settleOrigins(db, start)) if (id !== document.id) changed.add(id);
  return [...changed];
}

async function kinOf(db: Kysely<Tables>, id: string): Promise<readonly string[]> {
  const pairs = await db
    .selectFrom('copies')
    .select(['a', 'b'])
    .where((where) => where.or([where('a', '=', id), where('b', '=', id)]))
    .execute();
  return pairs.map(({ a, b }) => (a === id ? b : a));
}

type Candidate = Pick<Document, 'id' | 'text' | 'removed' | 'url' | 'outlet' | 'published'>;

async function candidates(
  db: Kysely<Tables>,
  document: string,
  bands: readonly number[],
): Promise<readonly Candidate[]> {
  if (bands.length === 0) return [];
  const rows = await db
    .selectFrom('bands')
    .innerJoin('documents', 'documents.id', 'bands.document')
    .select(['documents.id', 'documents.text', 'documents.head'])
    .where('hash', 'in', bands)
    .where('bands.document', '!=', document)
    .groupBy(['documents.id', 'documents.text', 'documents.head'])
    .orderBy((table) => table.fn.countAll(), 'desc')
    .orderBy('documents.id')
    .limit(MOST_COMPARED)
    .execute();
  return rows.map(({ id, text, head }) => ({ ...(JSON.parse(head) as Omit<Document, 'text'>), id, text }));
}

/** Gives all that one document's copies are copies of the same origin; returns those whose origin changed. */
async function settleOrigins(db: Kysely<Tables>, start: string): Promise<readonly string[]> {
  const group = new Set([start]);
  for (const id of group) for (const other of await kinOf(db, id)) group.add(other);
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'published_from', 'origin'])
    .where('id', 'in', [...group])
    .execute();
  const rank = ({ id, published_from }: { id: string; published_from: string | null }) =>
    `${published_from ?? '~'} ${id}`;
  const [first] = rows.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const changed = rows.filter((row) => row.origin !== first!.id).map((row) => row.id);
  if (changed.length > 0)
    await db.updateTable('documents').set({ origin: first!.id }).where('id', 'in', changed).execute();
  return changed;
}
