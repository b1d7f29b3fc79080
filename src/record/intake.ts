import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A server's marks of the version it sent (RFC 9110, section 8.8). */
export interface Marks {
  readonly etag: string | null;
  readonly modified: string | null;
}

/** A document as it came in; `number` grows with each arrival and is never used again. */
export interface Arrival {
  readonly number: number;
  readonly id: string;
  readonly added: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly url: string | null;
  readonly claims: number;
}

/** What is known of a page that was asked for: its document, or what went wrong and how often. */
export interface PageState {
  readonly document: string | null;
  readonly problem: string | null;
  readonly attempts: number;
  /** When it was asked for last. */
  readonly checked: string;
}

/**
 * What the record knows of where documents come from, so that whoever was stopped goes on where it was: feeds and the
 * version of them read last, pages asked for, files read to their end, and the order of arrival. Each call is one
 * transaction. Times are ISO 8601.
 */
export class Intake {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The marks of the version of a feed that was read last; both null for one never read. */
  async marksOf(feed: string): Promise<Marks> {
    const row = await this.#db
      .selectFrom('feeds')
      .select(['etag', 'modified'])
      .where('url', '=', feed)
      .executeTakeFirst();
    return row ?? { etag: null, modified: null };
  }

  /** Keeps that a feed was read, all its items included; or, with a `problem`, that it could not be, at this time. */
  async feedRead(feed: string, marks: Marks, checked: string, problem: string | null = null): Promise<void> {
    const row = { ...(problem === null ? { etag: marks.etag, modified: marks.modified } : {}), checked, problem };
    await this.#db
      .insertInto('feeds')
      .values({ url: feed, etag: null, modified: null, ...row })
      .onConflict((conflict) => conflict.column('url').doUpdateSet(row))
      .execute();
  }

  /** What is known of a page; `undefined` when it was never asked for. */
  async page(url: string): Promise<PageState | undefined> {
    return this.#db
      .selectFrom('pages')
      .select(['document', 'problem', 'attempts', 'checked'])
      .where('url', '=', url)
      .executeTakeFirst();
  }

  /** Keeps what came of asking for a page. */
  async pageRead(
    url: string,
    state: { readonly checked: string; readonly document: string | null; readonly problem: string | null },
  ): Promise<void> {
    await this.#db
      .insertInto('pages')
      .values({ url, ...state, attempts: 1 })
      .onConflict((conflict) =>
        conflict.column('url').doUpdateSet((set) => ({ ...state, attempts: set('pages.attempts', '+', 1) })),
      )
      .execute();
  }

  /** True when a file of this size and time of change was read to its end. */
  async inputDone(path: string, file: { readonly size: number; readonly changed: string }): Promise<boolean> {
    const row = await this.#db
      .selectFrom('inputs')
      .select('done')
      .where('path', '=', path)
      .where('size', '=', file.size)
      .where('changed', '=', file.changed)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Keeps that a file was read to its end. */
  async inputRead(
    path: string,
    file: { readonly size: number; readonly changed: string },
    done: string,
  ): Promise<void> {
    const row = { size: file.size, changed: file.changed, done };
    await this.#db
      .insertInto('inputs')
      .values({ path, ...row })
      .onConflict((conflict) => conflict.column('path').doUpdateSet(row))
      .execute();
  }

  /** The documents that came after `since` (0 for all), in the order they came, `limit` at most. */
  async arrivals(since: number, limit: number): Promise<readonly Arrival[]> {
    const rows = await this.#db
      .selectFrom('documents')
      .select(['number', 'id', 'added', 'title', 'outlet', 'url', 'claims'])
      .where('number', '>', since)
      .orderBy('number')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, number: Number(row.number), claims: Number(row.claims) }));
  }
}
