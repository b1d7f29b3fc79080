import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/**
 * Copies a record as it is, whole, whatever others do meanwhile. The copy is on the disk and has its name only when it is
 * complete; until then it is `path.part`. An older copy of that name makes way.
 */
export function keepCopy(database: DatabaseSync, path: string): void {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    database.prepare('VACUUM INTO ?').run(part);
    flush(part);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  flush(dirname(path));
}

/** Sees to it that a file, or the names in a folder, are on the disk. */
export function flush(path: string): void {
  // Windows opens no folder.
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
