import { existsSync } from 'node:fs';
import { ReadoutError } from '../error.ts';
import type { Engine } from './engine.ts';
import { migrateSqlite } from './migrate.ts';
import { fileError, openSqlite } from './sqlite.ts';

/** True for the address of a record on a server, false for a path. */
export function isServer(place: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(place);
}

/** How a record is opened. */
export interface OpenOptions {
  /** Makes the record if need be. */
  readonly create: boolean;
  /** Opens what a move has not finished too (default: false): for the move itself. */
  readonly unfinished?: boolean;
}

/**
 * Opens the database of a record, brought to the newest schema: a file, or a server by its `postgres://` address. One that
 * is up to date is not written to, so it may stand where nothing can be.
 *
 * Throws `ReadoutError`: `record.open` when there is no record or it is something else, `record.version` when a newer
 * Readout wrote it, `record.read-only` when it must be brought up to date and cannot be written to, `record.damaged`,
 * `record.unfinished` when a move into it did not end.
 */
export async function openEngine(place: string, options: OpenOptions): Promise<Engine> {
  const engine = isServer(place)
    ? await (await import('./postgres.ts')).openPostgres(place, options)
    : await openFile(place, options);
  try {
    if (options.unfinished !== true && (await isUnfinished(engine))) {
      throw new ReadoutError(
        'record.unfinished',
        `${engine.name} holds a part of a record: a move into it did not end. Run the same \`readout db move\` again, and it ends it.`,
      );
    }
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** True for a record that a move has not finished: the counter `moving` says which move. */
async function isUnfinished(engine: Engine): Promise<boolean> {
  return (await engine.rows("SELECT 1 FROM counters WHERE name = 'moving'")).length > 0;
}

async function openFile(place: string, { create }: OpenOptions): Promise<Engine> {
  if (!create && !existsSync(place)) {
    throw new ReadoutError('record.open', `There is no record at ${place}; make one with \`readout add\`.`);
  }
  try {
    const engine = openSqlite(place, { create });
    try {
      migrateSqlite(engine.database, place, { create, readOnly: engine.readOnly });
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  } catch (error) {
    const told = fileError(error, place);
    if (told instanceof ReadoutError) throw told;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ReadoutError('record.open', `${place} cannot be opened as a record: ${detail}.`, { cause: error });
  }
}
