import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Kysely, SqliteDialect } from 'kysely';
import { ReadoutError } from '../error.ts';
import type { Engine, Session, TermQuery, Value, WordTable } from './engine.ts';
import { keepCopy } from './keep.ts';
import type { Tables } from './tables.ts';

/** `RDOT`: SQLite's own mark of whose file it is (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x52444f54;

/** A SQLite file as an engine; `database` is for migrations. */
export interface SqliteEngine extends Engine {
  readonly database: DatabaseSync;
}

/**
 * Opens a SQLite file; `create` makes a record of an empty one, or of none. One that cannot be written to, or stands where nothing can be, is opened for
 * reading.
 *
 * WAL lets readers (`serve`, `timeline`) go on while `add` writes. `synchronous=FULL` makes each commit reach the disk
 * before it returns: what was reported as added is there after a kill or a power cut. Throws what `node:sqlite` throws.
 */
export function openSqlite(path: string, { create }: { readonly create: boolean }): SqliteEngine {
  // SQLite puts its files beside the one that a link leads to.
  const file = existsSync(path) ? realpathSync(path) : path;
  const way = wayInto(file);
  const readOnly = way !== 'write';
  const database = openFile(file, way);
  try {
    // Whoever names another program's database finds it as it was.
    if (!readOnly && (pragma(database, 'application_id') === APPLICATION_ID || (create && isEmpty(database)))) {
      patiently(() => database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;'));
    }
    database.exec(
      'PRAGMA cache_size = -32768; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8192;',
    );
  } catch (error) {
    database.close();
    throw error;
  }
  const still = way === 'still' ? stampOf(file) : undefined;
  /** Runs what asks the file, with errors in words. */
  const asking = <Result>(work: () => Result): Result => {
    if (still !== undefined && stampOf(file) !== still) throw movedError(path);
    try {
      return work();
    } catch (error) {
      throw fileError(error, path);
    }
  };
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
  const db = new Kysely<Tables>({ dialect: dialectOf(database, prepare, asking) });
  const ask = <Row>(sql: string, parameters: readonly Value[] = []) =>
    asking(
      () =>
        prepare(sql.replaceAll(/(?:INTS|TEXTS)\(\?\)/g, '(SELECT value FROM json_each(?))')).all(
          ...parameters.map(bound),
        ) as unknown as readonly Row[],
    );
  // Inside `write` the connection is held, so these ask it without waiting for anyone.
  const held: Omit<Session, 'db'> = {
    rows: async (sql, parameters) => ask(sql, parameters),
    insert: async (table, columns, rows, conflict = undefined) =>
      asking(() => {
        const marks = columns.map(() => '?').join(', ');
        const statement = prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) ${conflict ?? ''}`);
        for (const row of rows) statement.run(...row.map(bound));
      }),
    putWords: async (table, rows) =>
      asking(() => {
        const statement = prepare(`INSERT INTO ${table} (rowid, words) VALUES (?, ?)`);
        for (const row of rows) statement.run(...row);
      }),
    dropWords: async (table, numbers) =>
      asking(() => {
        const statement = prepare(`DELETE FROM ${table} WHERE rowid = ?`);
        for (const number of numbers) statement.run(number);
      }),
    clearWords: async (table) => asking(() => database.exec(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`)),
  };
  async function* stream<Row>(sql: string): AsyncGenerator<readonly Row[]> {
    // A statement of its own: the one that is kept may be asked again meanwhile.
    const rows = database.prepare(sql).iterate()[Symbol.iterator]();
    for (;;) {
      const some: unknown[] = [];
      asking(() => {
        for (let row = rows.next(); row.done !== true; row = rows.next()) {
          if (some.push(row.value) === ROWS_AT_ONCE) break;
        }
      });
      if (some.length === 0) return;
      yield some as Row[];
    }
  }
  const waiting = <Result>(work: () => Promise<Result>) => db.connection().execute(work);
  const inTransaction = <Result>(begin: () => void | Promise<void>, work: (session: Session) => Promise<Result>) =>
    db.connection().execute(async (connection) => {
      try {
        await begin();
        const result = await work({ ...held, db: connection });
        database.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk has ended the transaction already.
        if (database.isTransaction) undo(database);
        throw fileError(error, path);
      }
    });
  return {
    kind: 'sqlite',
    name: path,
    readOnly,
    database,
    db,
    rows: (sql, parameters) => waiting(() => held.rows(sql, parameters)),
    insert: (...call) => waiting(() => held.insert(...call)),
    putWords: (...call) => waiting(() => held.putWords(...call)),
    dropWords: (...call) => waiting(() => held.dropWords(...call)),
    clearWords: (table) => waiting(() => held.clearWords(table)),
    write: (work) => inTransaction(() => beginWriting(database), work),
    // The first read decides which moment it is.
    snapshot: (work) =>
      inTransaction(
        () => database.exec('BEGIN; SELECT count(*) FROM sqlite_schema'),
        (session) => work({ ...session, stream }),
      ),
    copyTo: (to) => waiting(async () => asking(() => keepCopy(database, to))),
    match: (table: WordTable, terms: readonly TermQuery[]) => ({
      sql: `SELECT rowid AS number FROM ${table} WHERE ${table} MATCH ?`,
      parameter: terms.map(({ term, prefix }) => `"${term}"${prefix ? '*' : ''}`).join(' AND '),
    }),
    size: async () => sizeOf(file) + sizeOf(`${file}-wal`),
    async faults() {
      const integrity = ask<{ integrity_check: string }>('PRAGMA integrity_check');
      const keys = ask<{ table: string }>('PRAGMA foreign_key_check');
      return [
        ...integrity.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
        ...keys.map((row) => `a row of ${row.table} points at nothing`),
      ];
    },
    vacuum: () =>
      waiting(async () =>
        asking(() => {
          database.exec(`PRAGMA busy_timeout = ${LONGEST_WAIT_MS}`);
          database.exec('VACUUM');
          database.exec(`PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = ${BUSY_MS}`);
        }),
      ),
    close: () => db.destroy(),
  };
}

/**
 * How a file is opened. SQLite needs two files beside one in WAL mode even to read it, so where they cannot be made:
 * `shared` when whoever writes to it has made them, `left` when a writer was killed and left one, `still` when nobody writes.
 */
type Way = 'write' | 'shared' | 'left' | 'still';

function wayInto(path: string): Way {
  if (!existsSync(path) || (canWrite(path) && canWrite(dirname(path)))) return 'write';
  if (!existsSync(`${path}-wal`)) return 'still';
  return existsSync(`${path}-shm`) ? 'shared' : 'left';
}

/**
 * Does what SQLite does not wait for itself: of two that make one file at once, the second finds it locked while the first sets
 * how it is written to.
 */
function patiently(work: () => void): void {
  const waitUntil = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (codeOf(error) !== BUSY || performance.now() > waitUntil) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** True for a database that holds no table. */
export function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

/** The number that a pragma of SQLite gives. */
export function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get()!)[0]);
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function openFile(path: string, way: Way): DatabaseSync {
  const options = { enableForeignKeyConstraints: true, timeout: BUSY_MS, readOnly: way !== 'write' };
  if (way === 'write' || way === 'shared') return new DatabaseSync(path, options);
  const address = pathToFileURL(path);
  address.search = way === 'still' ? 'immutable=1' : 'vfs=unix-none';
  const database = new DatabaseSync(address, options);
  // Then the index of what a killed writer left is kept in memory.
  if (way === 'left') database.exec('PRAGMA locking_mode = EXCLUSIVE');
  return database;
}

/** What changes when someone writes to a file. */
function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs} ${existsSync(`${path}-wal`)}`;
}

function movedError(path: string): ReadoutError {
  return new ReadoutError(
    'record.locked',
    `${path}: another program has begun to write to it, and here it can only be read; open it again.`,
  );
}

/** Rows that a stream gives at a time. */
export const ROWS_AT_ONCE = 500;
/** How long a statement waits for another process, in one go; a writer goes on waiting in between. */
export const BUSY_MS = 2000;
/** How long a writer waits for others in all. */
export const LONGEST_WAIT_MS = 60_000;

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

function undo(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // What made the transaction fail is what a person must hear of; the next who opens the file undoes it.
  }
}

// Primary result codes of SQLite (sqlite.org/rescode.html), and the two kinds of INPUT_OUTPUT that reading gives.
const BUSY = 5;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NO_DATABASE = 26;
const READ_FAILED = INPUT_OUTPUT | (1 << 8);
const READ_SHORT = INPUT_OUTPUT | (2 << 8);

function codeOf(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: number };
  // The higher bits are the kind within the kind.
  return errcode === undefined ? undefined : errcode & 0xff;
}

const KEPT = 'What was told as added is kept.';
const REMEDY = '`readout db check` says where, and the remedy is a backup (`readout db backup` makes them)';
const DAMAGED = ['record.damaged', `it is damaged; ${REMEDY}`] as const;

const TOLD: Readonly<Record<number, readonly [ReadoutError['code'], string]>> = {
  [BUSY]: ['record.locked', `another program has been writing to it for a minute; try again when it is done. ${KEPT}`],
  [READ_ONLY]: ['record.read-only', `it cannot be written to; check its rights and those of its folder. ${KEPT}`],
  [INPUT_OUTPUT]: ['record.full', `the disk did not take what was written; check it, then try again. ${KEPT}`],
  [READ_FAILED]: DAMAGED,
  [READ_SHORT]: DAMAGED,
  [CORRUPT]: DAMAGED,
  [FULL]: ['record.full', `the disk is full; make room, then try again. ${KEPT}`],
  [CANNOT_OPEN]: ['record.open', 'it or a file beside it cannot be opened; check its rights and those of its folder'],
  [NO_DATABASE]: [
    'record.open',
    'it is no record of Readout, or its beginning is damaged; name another file with --db',
  ],
};

/**
 * What a person is told when a file cannot be read or does not take what is written; what is no error of SQLite stays as it is.
 *
 * What Readout asks for is always there and always fits, so whatever else SQLite answers (a column is lacking, a text of
 * terabytes does not fit into memory) comes from a file that is not as Readout wrote it.
 */
export function fileError(error: unknown, path: string): unknown {
  const { code: kind, errcode, message } = (error ?? {}) as { code?: string; errcode?: number; message?: string };
  // A number of a damaged row may be larger than JavaScript's.
  if (errcode === undefined && kind !== 'ERR_OUT_OF_RANGE') return error;
  const [code, words] = TOLD[errcode ?? 0] ??
    TOLD[codeOf(error) ?? 0] ?? ['record.damaged', `it is damaged (SQLite says “${message}”); ${REMEDY}`];
  return new ReadoutError(code, `${path}: ${words.replace(/\.$/, '')}.`, { cause: error });
}

function bound(value: Value): SQLInputValue {
  return Array.isArray(value) ? JSON.stringify(value) : (value as SQLInputValue);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function dialectOf(
  database: DatabaseSync,
  prepare: (text: string) => StatementSync,
  asking: <Result>(work: () => Result) => Result,
): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        const statement = asking(() => prepare(sql));
        const bind = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => asking(() => statement.all(...bind(parameters))),
          run: (parameters) => asking(() => statement.run(...bind(parameters))),
          iterate: (parameters) => statement.iterate(...bind(parameters)),
        };
      },
    },
  });
}
