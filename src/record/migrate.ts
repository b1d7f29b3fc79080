import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ReadoutError } from '../error.ts';
import { keepCopy } from './keep.ts';
import { APPLICATION_ID, BUSY_MS, isEmpty, LONGEST_WAIT_MS, pragma } from './sqlite.ts';

/** The migrations stand beside `src` and `dist` alike. */
const FOLDER = new URL('../../sql/', import.meta.url);

/** A numbered migration: `0004-large.sql`. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/** How a record is migrated. */
export interface MigrateOptions {
  /** Makes a record of an empty file (default: true). */
  readonly create?: boolean;
  /** The file cannot be written to (default: false). */
  readonly readOnly?: boolean;
  /** For tests (default: those of `sql/sqlite`). */
  readonly migrations?: readonly Migration[];
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
 * Brings a record in a SQLite file to the newest schema, each numbered file of `sql/sqlite` once, all that are missing in
 * one transaction: a failed one leaves the record as it was. The number reached is SQLite's `user_version`. Before a
 * record that holds something is changed, a copy of it is kept beside it: `readout.sqlite.before-4`. A record that is up to
 * date is not written to.
 *
 * Throws `ReadoutError` `record.open` when the file is a database but no record, `record.version` when a newer Readout
 * wrote it, `record.read-only`. `path` is for the message and the copy.
 */
export function migrateSqlite(
  database: DatabaseSync,
  path: string,
  { create = true, readOnly = false, migrations = migrationsOf('sqlite') }: MigrateOptions = {},
): void {
  const newest = migrations.at(-1)!.number;
  checkRecord(database, path, newest);
  const version = versionOf(database);
  if (version === newest) return;
  if (version === 0 && !create) {
    throw new ReadoutError('record.open', `${path} is empty, and no record; make one with \`readout add\`.`);
  }
  if (readOnly) {
    throw new ReadoutError(
      'record.read-only',
      `${path} was written by an older Readout (schema ${version}) and must be brought up to date (schema ${newest}), but it or its folder cannot be written to; copy it to where it can.`,
    );
  }
  // Another process may be doing the same: it takes as long as the record is large.
  database.exec(`PRAGMA busy_timeout = ${LONGEST_WAIT_MS}; BEGIN IMMEDIATE`);
  try {
    const reached = versionOf(database);
    if (reached > 0 && reached < newest) {
      // By a connection of its own, as a transaction cannot copy; what it copies nobody changes, as this one holds the lock.
      const reader = new DatabaseSync(path, { readOnly: true });
      try {
        keepCopy(reader, `${path}.before-${newest}`);
      } finally {
        reader.close();
      }
    }
    for (const { number, sql } of migrations) {
      if (number <= reached) continue;
      database.exec(sql);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${number};`);
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  }
}

function checkRecord(database: DatabaseSync, path: string, newest: number): void {
  const version = versionOf(database);
  const application = pragma(database, 'application_id');
  if (version === 0 && isEmpty(database)) return;
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
