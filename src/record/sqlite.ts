import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, SqliteDialect } from 'kysely';
import { ReadoutError } from '../error.ts';
import type { Engine, Session, TermQuery, Value, WordTable } from './engine.ts';
import type { Tables } from './tables.ts';

/** A SQLite file as an engine; `database` is for migrations. */
export interface SqliteEngine extends Engine {
  readonly database: DatabaseSync;
}

/**
 * Opens a SQLite file, making it if need be.
 *
 * WAL lets readers (`serve`, `timeline`) go on while `add` writes. `synchronous=FULL` makes each commit reach the disk
 * before it returns: what was reported as added is there after a kill or a power cut. Throws what `node:sqlite` throws.
 */
export function openSqlite(path: string, { readOnly = false }: { readonly readOnly?: boolean } = {}): SqliteEngine {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: BUSY_MS, readOnly });
  try {
    if (!readOnly) database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    database.exec('PRAGMA cache_size = -32768; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;');
  } catch (error) {
    database.close();
    throw error;
  }
  // The record asks few questions, many times each.
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    if (prepared.size >= 200) prepared.clear();
    const statement = database.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
  const db = new Kysely<Tables>({ dialect: dialectOf(database, prepare) });
  const ask = <Row>(sql: string, parameters: readonly Value[] = []) =>
    prepare(sql.replaceAll(/(?:INTS|TEXTS)\(\?\)/g, '(SELECT value FROM json_each(?))')).all(
      ...parameters.map(bound),
    ) as unknown as readonly Row[];
  // Inside `write` the connection is held, so these ask it without waiting for anyone.
  const held: Omit<Session, 'db'> = {
    rows: async (sql, parameters) => ask(sql, parameters),
    async insert(table, columns, rows, conflict = undefined) {
      const marks = columns.map(() => '?').join(', ');
      const statement = prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) ${conflict ?? ''}`);
      for (const row of rows) statement.run(...row.map(bound));
    },
    async putWords(table, rows) {
      const statement = prepare(`INSERT INTO ${table} (rowid, words) VALUES (?, ?)`);
      for (const row of rows) statement.run(...row);
    },
    async dropWords(table, numbers) {
      const statement = prepare(`DELETE FROM ${table} WHERE rowid = ?`);
      for (const number of numbers) statement.run(number);
    },
  };
  const waiting = <Result>(work: () => Promise<Result>) => db.connection().execute(work);
  return {
    kind: 'sqlite',
    name: path,
    database,
    db,
    rows: (sql, parameters) => waiting(() => held.rows(sql, parameters)),
    insert: (...call) => waiting(() => held.insert(...call)),
    putWords: (...call) => waiting(() => held.putWords(...call)),
    dropWords: (...call) => waiting(() => held.dropWords(...call)),
    write: (work) =>
      db.connection().execute(async (connection) => {
        try {
          await beginWriting(database);
          const result = await work({ ...held, db: connection });
          database.exec('COMMIT');
          return result;
        } catch (error) {
          // A full disk has ended the transaction already.
          if (database.isTransaction) database.exec('ROLLBACK');
          throw fileError(error, path);
        }
      }),
    match: (table: WordTable, terms: readonly TermQuery[]) => ({
      sql: `SELECT rowid AS number FROM ${table} WHERE ${table} MATCH ?`,
      parameter: terms.map(({ term, prefix }) => `"${term}"${prefix ? '*' : ''}`).join(' AND '),
    }),
    size: async () => sizeOf(path) + sizeOf(`${path}-wal`),
    async faults() {
      const integrity = ask<{ integrity_check: string }>('PRAGMA integrity_check');
      const keys = ask<{ table: string }>('PRAGMA foreign_key_check');
      return [
        ...integrity.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
        ...keys.map((row) => `a row of ${row.table} points at nothing`),
      ];
    },
    async vacuum() {
      database.exec('VACUUM');
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    close: () => db.destroy(),
  };
}

/** How long a statement waits for another process, in one go; a writer goes on waiting in between. */
const BUSY_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Begins a transaction that writes. IMMEDIATE takes the write lock before the first read: two processes adding wait for
 * each other instead of one of them finding at its first write that what it read is old.
 */
async function beginWriting(database: DatabaseSync): Promise<void> {
  const waitUntil = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    try {
      database.exec('PRAGMA busy_timeout = 20; BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (codeOf(error) !== BUSY || performance.now() > waitUntil) throw error;
      // Not in the database: the other writer may be another connection of this very process.
      await pause(20);
    } finally {
      database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
  }
}

// Primary result codes of SQLite (sqlite.org/rescode.html).
const BUSY = 5;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;

function codeOf(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: number };
  // The higher bits are the kind within the kind.
  return errcode === undefined ? undefined : errcode & 0xff;
}

/** What a person is told when the file cannot take what is written; other errors stay as they are. */
export function fileError(error: unknown, path: string): unknown {
  const told: Readonly<Record<number, readonly [ReadoutError['code'], string]>> = {
    [BUSY]: ['record.locked', 'another program has been writing to it for a minute; try again when it is done'],
    [READ_ONLY]: ['record.open', 'it cannot be written to; check its rights and those of its folder'],
    [INPUT_OUTPUT]: ['record.full', 'the disk did not take what was written; check it, then try again'],
    [CORRUPT]: ['record.open', 'it is damaged; `readout db check` says where, and a backup is the remedy'],
    [FULL]: ['record.full', 'the disk is full; make room, then try again'],
  };
  const found = told[codeOf(error) ?? 0];
  if (found === undefined) return error;
  const [code, words] = found;
  return new ReadoutError(code, `${path}: ${words}. What was told as added is kept.`, { cause: error });
}

function bound(value: Value): SQLInputValue {
  return Array.isArray(value) ? JSON.stringify(value) : (value as SQLInputValue);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function dialectOf(database: DatabaseSync, prepare: (text: string) => StatementSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        const statement = prepare(sql);
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
          run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
          iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
        };
      },
    },
  });
}
