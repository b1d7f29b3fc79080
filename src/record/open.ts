import { existsSync } from 'node:fs';
import { ReadoutError } from '../error.ts';
import type { Engine } from './engine.ts';
import { migrateSqlite } from './migrate.ts';
import { openSqlite } from './sqlite.ts';

/** True for the address of a record on a server, false for a path. */
export function isServer(place: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(place);
}

/**
 * Opens the database of a record, brought to the newest schema: a file, or a server by its `postgres://` address.
 * `create` makes the record if need be.
 *
 * Throws `ReadoutError`: `record.open` when there is no record or it is something else, `record.version` when a newer
 * Readout wrote it.
 */
export async function openEngine(place: string, { create }: { readonly create: boolean }): Promise<Engine> {
  if (isServer(place)) return (await import('./postgres.ts')).openPostgres(place, { create });
  if (!create && !existsSync(place)) {
    throw new ReadoutError('record.open', `There is no record at ${place}; make one with \`readout add\`.`);
  }
  try {
    const engine = openSqlite(place);
    try {
      migrateSqlite(engine.database, place);
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof ReadoutError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ReadoutError('record.open', `${place} cannot be opened as a record: ${detail}.`, { cause: error });
  }
}
