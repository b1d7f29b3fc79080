import { createHash, type Hash } from 'node:crypto';
import type { Snapshot } from './engine.ts';
import type { Store } from './store.ts';

/** How many there are, and SHA-256 over all of them in their order, in hex. */
export interface Sum {
  readonly count: number;
  readonly sha256: string;
}

/** What a record holds, in figures: two records with the same digest give the same answers. */
export interface Digest {
  /** Each with its number, its reading, what came with it, what read it and when. */
  readonly documents: Sum;
  /** What people decided. */
  readonly decisions: Sum;
  /** Feeds, pages and files that were read; who may use the record over HTTP, and what was done so. */
  readonly rest: Sum;
  /** As `eachEvent` gives them. */
  readonly events: Sum;
}

/** The tables beside documents and decisions that are moved, each with the columns that matter, in order by `by`. */
export const REST = [
  { table: 'feeds', by: 'url', columns: ['url', 'etag', 'modified', 'checked', 'problem'] },
  { table: 'pages', by: 'url', columns: ['url', 'checked', 'document', 'problem', 'attempts'] },
  { table: 'inputs', by: 'path', columns: ['path', 'size', 'changed', 'done'] },
  { table: 'tokens', by: 'id', columns: ['id', 'name', 'hash', 'rights', 'made', 'ended'] },
  { table: 'audit', by: 'number', columns: ['at', 'who', 'what', 'status'] },
] as const;

/** The query for all rows of a table of {@link REST}; letters in the order of their bytes, on every engine. */
export function restQuery({ table, by, columns }: (typeof REST)[number]): string {
  return `SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${by}`;
}

/** A value of those tables as every engine takes it: PostgreSQL's texts hold no NUL. */
export function restValue(value: string | number | null): string | number | null {
  return typeof value === 'string' ? value.replaceAll('\0', ' ') : value;
}

/** The digest of a record as it is at one moment; some documents at a time in memory. `tell` hears how far it is. */
export function digestOf(store: Store, tell: (line: string) => void = () => {}): Promise<Digest> {
  return store.snapshot((frozen, session) => digestOfSnapshot(frozen, session, tell));
}

/** The digest of what {@link Store.snapshot} gives. */
export async function digestOfSnapshot(
  store: Store,
  session: Snapshot,
  tell: (line: string) => void = () => {},
): Promise<Digest> {
  const of = async (what: string, parts: AsyncIterable<unknown>): Promise<Sum> => {
    const hash: Hash = createHash('sha256');
    let count = 0;
    for await (const part of parts) {
      hash.update(`${JSON.stringify(part)}\n`);
      count += 1;
      if (count % 100 === 0) tell(`Comparing: ${count} ${what}`);
    }
    return { count, sha256: hash.digest('hex') };
  };
  return {
    documents: await of('documents', documentParts(store)),
    decisions: await of('decisions', decisionParts(session)),
    rest: await of('addresses, files and tokens', restParts(session)),
    events: await of('events', store.eachEvent()),
  };
}

async function* documentParts(store: Store): AsyncGenerator<unknown> {
  for await (const { number, reading, received, reader, added } of store.eachReading()) {
    yield [number, reading, received, reader, added];
  }
}

async function* decisionParts(session: Snapshot): AsyncGenerator<unknown> {
  for await (const rows of session.stream<{ number: number; id: string; body: string }>(
    'SELECT number, id, body FROM decisions ORDER BY number',
  )) {
    for (const { number, id, body } of rows) yield [number, id, body];
  }
}

async function* restParts(session: Snapshot): AsyncGenerator<unknown> {
  for (const part of REST) {
    for await (const rows of session.stream<Record<string, string | number | null>>(restQuery(part))) {
      for (const row of rows) yield [part.table, ...part.columns.map((column) => restValue(row[column]!))];
    }
  }
}
