import { randomInt } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { ReadoutError } from '../error.ts';
import { clearDerived, forgetDerived } from './derive.ts';
import { type Digest, digestOf, digestOfSnapshot, REST, restQuery, restValue } from './digest.ts';
import { insertDocuments, type NewDocument } from './documents.ts';
import type { Session, Snapshot } from './engine.ts';
import { flush } from './keep.ts';
import { Store } from './store.ts';

/** What was moved: the digests of both sides, and how many documents came to the source meanwhile and were not moved. */
export interface Moved {
  /** What a person calls the target. */
  readonly name: string;
  readonly source: Digest;
  readonly target: Digest;
  readonly late: number;
}

type Tell = (line: string) => void;

const DOCUMENTS_A_TURN = 50;

/**
 * Copies a record, as it is at this moment, to a place that holds none: documents with their numbers, readings,
 * decisions, and what was read and when. Claims, events and words are made anew there, and both sides are compared. The
 * source stays as it is.
 *
 * Until all of that is done the target says that it is unfinished, and nobody but this opens it: after a kill, the same
 * move begins anew.
 *
 * Throws `ReadoutError` `option.value` when the target holds a record, `record.unfinished` when the documents are not the
 * same on both sides, `record.locked` when another move has begun on it.
 */
export async function moveRecord(source: Store, place: string, tell: Tell = () => {}): Promise<Moved> {
  const target = await Store.open(place, { create: true, unfinished: true });
  try {
    if (target.engine.name === source.engine.name) {
      throw new ReadoutError('option.value', `${place} is the record that is to be moved; name another place.`);
    }
    const token = randomInt(2 ** 47);
    await target.engine.write((session) => clear(session, target.engine.name, token));
    const { before, last } = await source.snapshot(async (frozen, session) => {
      await copyDocuments(frozen, target, token, tell);
      await copyRest(session, target, token);
      const last = await session.rows<{ value: number }>("SELECT value FROM counters WHERE name = 'document'");
      return { before: await digestOfSnapshot(frozen, session, tell), last: last[0]!.value };
    });
    await target.derive(tell);
    const after = await digestOf(target, tell);
    for (const part of ['documents', 'decisions', 'rest'] as const) {
      if (before[part].sha256 === after[part].sha256) continue;
      throw new ReadoutError(
        'record.unfinished',
        `${target.engine.name} did not keep the ${part} of ${source.engine.name} as they are (${before[part].count} there, ${after[part].count} here); it stays unfinished. Please report it.`,
      );
    }
    await target.engine.write(async (session) => {
      await checkToken(session, target.engine.name, token);
      await session.rows("DELETE FROM counters WHERE name = 'moving'");
    });
    const late = await source.engine.rows('SELECT 1 FROM documents WHERE number > ?', [last]);
    return { name: target.engine.name, source: before, target: after, late: late.length };
  } finally {
    await target.close();
  }
}

/**
 * Writes a copy of a record, as it is at this moment and whatever others do meanwhile, to a file that is not there yet. It
 * has its name only when it is complete and on the disk; until then it is `file.part`.
 *
 * Throws `ReadoutError` `option.value` when the file is there, `record.full` when it does not fit.
 */
export async function backupRecord(store: Store, file: string, tell: Tell = () => {}): Promise<void> {
  if (existsSync(file)) {
    throw new ReadoutError('option.value', `${file} is there already; name a file that is not.`);
  }
  if (store.engine.copyTo !== undefined) return store.engine.copyTo(file);
  const part = `${file}.part`;
  await moveRecord(store, part, tell);
  renameSync(part, file);
  flush(dirname(file));
}

/** Makes sure that a place holds no record, empties it of what an unfinished move left, and marks it with this move. */
async function clear(session: Session, name: string, token: number): Promise<void> {
  if ((await movingBy(session)) === undefined) {
    for (const table of ['documents', 'decisions', ...REST.map(({ table }) => table)]) {
      if ((await session.rows(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0) continue;
      throw new ReadoutError('option.value', `${name} holds a record already; name a place that holds none.`);
    }
  }
  await session.insert(
    'counters',
    ['name', 'value'],
    [['moving', token]],
    'ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  await forgetDerived(session);
  await clearDerived(session);
  const tables = ['decision_documents', 'decisions', 'texts', 'readings', 'documents'];
  for (const table of [...tables, ...REST.map(({ table }) => table)]) await session.rows(`DELETE FROM ${table}`);
}

async function copyDocuments(source: Store, target: Store, token: number, tell: Tell): Promise<void> {
  const total = await source.countDocuments();
  let done = 0;
  let batch: NewDocument[] = [];
  const write = () =>
    target.engine.write(async (session) => {
      await checkToken(session, target.engine.name, token);
      await insertDocuments(session, batch);
    });
  for await (const document of source.eachReading()) {
    batch.push({ ...document, old: false });
    if (batch.length < DOCUMENTS_A_TURN) continue;
    await write();
    done += batch.length;
    batch = [];
    tell(`Moving: ${done} of ${total} documents`);
  }
  if (batch.length > 0) await write();
}

async function copyRest(source: Snapshot, target: Store, token: number): Promise<void> {
  const copy = async (
    table: 'decisions' | 'decision_documents' | (typeof REST)[number]['table'],
    columns: readonly string[],
    sql: string,
  ) => {
    for await (const rows of source.stream<Record<string, string | number | null>>(sql)) {
      await target.engine.write(async (session) => {
        await checkToken(session, target.engine.name, token);
        await session.insert(
          table,
          columns,
          rows.map((row) => columns.map((column) => restValue(row[column]!))),
        );
      });
    }
  };
  await copy('decisions', ['number', 'id', 'body'], 'SELECT number, id, body FROM decisions ORDER BY number');
  await copy('decision_documents', ['document', 'decision'], 'SELECT document, decision FROM decision_documents');
  for (const part of REST) await copy(part.table, part.columns, restQuery(part));
  // No number is ever given again, those of what was taken out too.
  const counters = await source.rows<{ name: string; value: number }>(
    "SELECT name, value FROM counters WHERE name IN ('document', 'decision')",
  );
  await target.engine.write((session) =>
    session.insert(
      'counters',
      ['name', 'value'],
      counters.map(({ name, value }) => [name, value]),
      'ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ),
  );
}

async function movingBy(session: Session): Promise<number | undefined> {
  const rows = await session.rows<{ value: number }>("SELECT value FROM counters WHERE name = 'moving'");
  return rows[0]?.value;
}

/** Two moves into one place would mix: the later one has it, and the earlier one ends here. */
async function checkToken(session: Session, name: string, token: number): Promise<void> {
  if ((await movingBy(session)) === token) return;
  throw new ReadoutError('record.locked', `Another move into ${name} has begun; let it end.`);
}
