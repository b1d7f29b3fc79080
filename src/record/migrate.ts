import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { ReadoutError } from '../error.ts';

/** `RDOT`: SQLite's own mark of whose file it is (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x52444f54;

/** The migrations stand beside `src` and `dist` alike. */
const FOLDER = new URL('../../sql/', import.meta.url);

/**
 * Brings a record to the newest schema, each numbered file of `sql/` once and in one transaction. The number reached
 * is SQLite's `user_version`.
 *
 * Throws `ReadoutError` `record.open` when the file is a database but no record, `record.version` when a newer Readout
 * wrote it. `path` is for the message.
 */
export function migrate(database: DatabaseSync, path: string): void {
  const files = readdirSync(FOLDER)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort();
  const newest = Number(files.at(-1)!.slice(0, 4));
  checkRecord(database, path, newest);
  for (const file of files) {
    const number = Number(file.slice(0, 4));
    if (versionOf(database) >= number) continue;
    const sql = readFileSync(new URL(file, FOLDER), 'utf8');
    database.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have got here first while this one waited for the lock.
      if (versionOf(database) < number) {
        database.exec(sql);
        database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${number};`);
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
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
