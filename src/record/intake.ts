import { takeNumbers } from './claims.ts';
import type { Engine, Session } from './engine.ts';

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

/** A page or feed that could not be read when it was asked for last. */
export interface Unread {
  readonly url: string;
  readonly problem: string;
  readonly checked: string | null;
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
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The marks of the version of a feed that was read last; both null for one never read. */
  async marksOf(feed: string): Promise<Marks> {
    return (await feedOf(this.#engine, feed)) ?? { etag: null, modified: null };
  }

  /** Keeps that a feed was read, all its items included; or, with a `problem`, that it could not be, at this time. */
  async feedRead(feed: string, marks: Marks, checked: string, problem: string | null = null): Promise<void> {
    await this.#engine.write(async (session) => {
      const { etag, modified } = problem === null ? marks : ((await feedOf(session, feed)) ?? NO_MARKS);
      await put(session, 'feeds', { url: feed, etag, modified, checked, problem });
      await takeNumbers(session, 'change', 1);
    });
  }

  /** What is known of a page; `undefined` when it was never asked for. */
  async page(url: string): Promise<PageState | undefined> {
    return pageOf(this.#engine, url);
  }

  /** Keeps what came of asking for a page. */
  async pageRead(
    url: string,
    { checked, document, problem }: Pick<PageState, 'checked' | 'document' | 'problem'>,
  ): Promise<void> {
    await this.#engine.write(async (session) => {
      const attempts = ((await pageOf(session, url))?.attempts ?? 0) + 1;
      await put(session, 'pages', { url, checked, document, problem, attempts });
      await takeNumbers(session, 'change', 1);
    });
  }

  /** True when a file of this size and time of change was read to its end. */
  async inputDone(path: string, file: { readonly size: number; readonly changed: string }): Promise<boolean> {
    const rows = await this.#engine.rows('SELECT done FROM inputs WHERE path = ? AND size = ? AND changed = ?', [
      path,
      file.size,
      file.changed,
    ]);
    return rows.length > 0;
  }

  /** Keeps that a file was read to its end. */
  async inputRead(
    path: string,
    { size, changed }: { readonly size: number; readonly changed: string },
    done: string,
  ): Promise<void> {
    await this.#engine.write((session) => put(session, 'inputs', { path, size, changed, done }));
  }

  /** The documents that came after `since` (0 for all), in the order they came, `limit` at most. */
  async arrivals(since: number, limit: number): Promise<readonly Arrival[]> {
    return this.#engine.rows<Arrival>(
      'SELECT number, id, added, title, outlet, url, claims FROM documents WHERE number > ? ORDER BY number LIMIT ?',
      [since, limit],
    );
  }

  /** The documents that came last, the latest first. */
  async latest(limit: number): Promise<readonly Arrival[]> {
    return this.#engine.rows<Arrival>(
      'SELECT number, id, added, title, outlet, url, claims FROM documents ORDER BY number DESC LIMIT ?',
      [limit],
    );
  }

  /** Pages and feeds that could not be read, those asked for last first. */
  async unread(limit: number): Promise<readonly Unread[]> {
    return this.#engine.rows<Unread>(
      `SELECT url, problem, checked FROM feeds WHERE problem IS NOT NULL
        UNION ALL SELECT url, problem, checked FROM pages WHERE problem IS NOT NULL
        ORDER BY checked DESC, url LIMIT ?`,
      [limit],
    );
  }
}

const NO_MARKS: Marks = { etag: null, modified: null };

async function feedOf(session: Session, url: string): Promise<Marks | undefined> {
  return (await session.rows<Marks>('SELECT etag, modified FROM feeds WHERE url = ?', [url]))[0];
}

async function pageOf(session: Session, url: string): Promise<PageState | undefined> {
  const sql = 'SELECT document, problem, attempts, checked FROM pages WHERE url = ?';
  return (await session.rows<PageState>(sql, [url]))[0];
}

/** Puts a row in the place of the one that has the same first column: an address may be too long for a unique index. */
async function put(
  session: Session,
  table: 'feeds' | 'pages' | 'inputs',
  row: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  const columns = Object.keys(row);
  // PostgreSQL takes no NUL.
  const values = Object.values(row).map((value) => (typeof value === 'string' ? value.replaceAll('\0', ' ') : value));
  await session.rows(`DELETE FROM ${table} WHERE ${columns[0]} = ?`, [values[0]!]);
  await session.insert(table, columns, [values]);
}
