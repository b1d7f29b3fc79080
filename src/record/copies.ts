import type { Document } from '../source/document.ts';
import { loadDocuments } from './documents.ts';
import type { Session } from './engine.ts';
import { Recent } from './recent.ts';
import { addressOf, areCopies, type Likeness, likenessOf, type Origin } from './similar.ts';

/** How many documents that share bands with a new one are compared with it, those that share most first. */
const MOST_COMPARED = 50;
/** How many documents' likenesses are remembered: some 40 kB each. */
const MOST_REMEMBERED = 400;

/** Finds which documents are copies or versions of others. It remembers what it compared last: copies come together. */
export class Copies {
  readonly #likenesses = new Recent<number, { readonly likeness: Likeness; readonly origin: Origin }>(MOST_REMEMBERED);

  /**
   * Finds what a document in the record is a copy of, keeps that, and settles anew to which document each of its kin goes
   * back: the one published first. Gives the numbers of those whose origin changed, this one left out. The outcome is the
   * same in whatever order documents come.
   */
  async place(session: Session, number: number, document: Document): Promise<readonly number[]> {
    // The same text may have come before with another date or outlet, and had other kin by that.
    const before = await kinOf(session, number);
    if (before.length > 0) await session.rows('DELETE FROM copies WHERE a = ? OR b = ?', [number, number]);
    const likeness = likenessOf(document);
    this.#remember(number, { likeness, origin: document });
    await session.insert(
      'bands',
      ['hash', 'document'],
      likeness.bands.map((hash) => [hash, number]),
      'ON CONFLICT (hash, document) DO NOTHING',
    );
    const address = addressOf(document.url);
    await session.rows('UPDATE documents SET address = ?, origin = ? WHERE number = ?', [address, number, number]);
    const kin = new Set<number>();
    if (address !== null) {
      const versions = await session.rows<{ number: number }>('SELECT number FROM documents WHERE address = ?', [
        address,
      ]);
      for (const version of versions) kin.add(version.number);
    }
    for (const other of await this.#candidates(session, number, likeness.bands)) {
      if (!kin.has(other.number) && areCopies({ likeness, origin: document }, other)) kin.add(other.number);
    }
    kin.delete(number);
    await session.insert(
      'copies',
      ['a', 'b'],
      [...kin].map((other) => (number < other ? [number, other] : [other, number])),
      'ON CONFLICT (a, b) DO NOTHING',
    );
    if (kin.size === 0 && before.length === 0) return [];
    const changed = new Set<number>();
    for (const start of [number, ...before]) for (const one of await settleOrigins(session, start)) changed.add(one);
    changed.delete(number);
    return [...changed];
  }

  async #candidates(
    session: Session,
    number: number,
    bands: readonly number[],
  ): Promise<readonly { readonly number: number; readonly likeness: Likeness; readonly origin: Origin }[]> {
    if (bands.length === 0) return [];
    const near = await session.rows<{ document: number }>(
      `SELECT document FROM bands WHERE hash IN INTS(?) AND document <> ?
        GROUP BY document ORDER BY count(*) DESC, document LIMIT ?`,
      [bands, number, MOST_COMPARED],
    );
    const missing = near.map((row) => row.document).filter((other) => this.#likenesses.get(other) === undefined);
    if (missing.length > 0) {
      for (const [other, { reading }] of await loadDocuments(session, missing)) {
        this.#remember(other, { likeness: likenessOf(reading.document), origin: reading.document });
      }
    }
    return near.flatMap(({ document }) => {
      const known = this.#likenesses.get(document);
      return known === undefined ? [] : [{ number: document, ...known }];
    });
  }

  #remember(number: number, { likeness, origin }: { readonly likeness: Likeness; readonly origin: Origin }): void {
    const { outlet, published, url } = origin;
    this.#likenesses.set(number, { likeness, origin: { outlet, published, url } });
  }
}

async function kinOf(session: Session, number: number): Promise<readonly number[]> {
  const pairs = await session.rows<{ a: number; b: number }>('SELECT a, b FROM copies WHERE a = ? OR b = ?', [
    number,
    number,
  ]);
  return pairs.map(({ a, b }) => (a === number ? b : a));
}

/** Gives all that one document's copies are copies of the same origin; returns those whose origin changed. */
async function settleOrigins(session: Session, start: number): Promise<readonly number[]> {
  const group = new Set([start]);
  for (const one of group) for (const other of await kinOf(session, one)) group.add(other);
  const rows = await session.rows<{ number: number; id: string; published_from: string | null; origin: number }>(
    'SELECT number, id, published_from, origin FROM documents WHERE number IN INTS(?)',
    [[...group]],
  );
  const rank = ({ id, published_from }: { id: string; published_from: string | null }) =>
    `${published_from ?? '~'} ${id}`;
  const [first] = rows.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const changed = rows.filter((row) => row.origin !== first!.number).map((row) => row.number);
  if (changed.length > 0) {
    await session.rows('UPDATE documents SET origin = ? WHERE number IN INTS(?)', [first!.number, changed]);
  }
  return changed;
}
