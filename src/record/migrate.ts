import { readdirSync, readFileSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { ReadoutError } from '../error.ts';

/** `RDOT`: SQLite's own mark of whose file it is (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x52444f54;

/** The migrations stand beside `src` and `dist` alike. */
const FOLDER = new URL('../../sql/', import.meta.url);

/** A numbered migration: `0004-large.sql`. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/** The migrations of an engine, in their order. */
export function migrationsOf(kind: 'sqlite' | 'postgres'): readonly Migration[] {
  const folder = new URL(`${kind}/`, FOLDER);
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number(name.slice(0, 4)), sql: readFileSync(new URL(name, folder), 'utf8') }));
}

/**
 * Brings a record in a SQLite file to the newest schema, each numbered file of `sql/sqlite` once and in one transaction.
 * The number reached is SQLite's `user_version`. Before a record that holds something is changed, a copy of it is kept
 * beside it: `readout.sqlite.before-4`.
 *
 * Throws `ReadoutError` `record.open` when the file is a database but no record, `record.version` when a newer Readout
 * wrote it. `path` is for the message and the copy.
 */
export function migrateSqlite(database: DatabaseSync, path: string): void {
  const migrations = migrationsOf('sqlite');
  const newest = migrations.at(-1)!.number;
  checkRecord(database, path, newest);
  const reached = versionOf(database);
  if (reached > 0 && reached < newest) keepCopy(database, `${path}.before-${newest}`);
  for (const { number, sql } of migrations) {
    if (versionOf(database) >= number) continue;
    database.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have got here first while this one waited for the lock.
      if (versionOf(database) < number) {
        database.exec(sql);
        database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${number};`);
      }
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Copies a record as it is, whole, whatever others do meanwhile; an older copy of that name makes way. */
export function keepCopy(database: DatabaseSync, path: string): void {
  rmSync(path, { force: true });
  database.prepare('VACUUM INTO ?').run(path);
}

function checkRecord(database: DatabaseSync, path: string, newest: number): void {
  const version = versionOf(database);
  const application = pragma(database, 'application_id');
  const empty = database.prepare('SELECT count(*) AS tables FROM sqlite_master').get() as { tables: number };
  if (empty.tables === 0 && version === 0) return;
  if (application !== APPLICATION_ID) {
    throw new ReadoutError(
      'record.open',
      `${path} is a SQLite database, but not a record of Readout; name another file with --db.`,
    );
  }
  if (version > newest) {
    throw new ReadoutError(
      'record.version',
      `${path} was written by a newer Readout (schema ${version}, this one knows ${newest}); install the newer version to open it.`,
    );
  }
}

function versionOf(database: DatabaseSync): number {
  return pragma(database, 'user_version');
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get()!)[0]);
}
