import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { ReadoutError } from '../error.ts';
import type { Engine, Session, Value } from './engine.ts';
import { migrationsOf } from './migrate.ts';
import { ROWS_AT_ONCE } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** The schema that a record's tables stand in, and the number of the lock that one writer holds: `RDOT`. */
const SCHEMA = 'readout';
const WRITER = 0x52444f54;
/** Rows with bytes in them that are sent together. */
const ROWS_OF_BYTES = 64;

/**
 * Opens a record on a PostgreSQL server (15 or newer), brought to the newest schema. `create` makes it if need be.
 *
 * Any number of processes read while one writes: a transaction that writes waits for the one before it, so that claims
 * are merged one after another. `address` is a connection URI as libpq takes it; its password is never shown.
 *
 * Throws `ReadoutError`: `record.open` when the server cannot be reached or holds no record, `record.version` when a
 * newer Readout made it, and later `record.lost` when it goes away.
 */
export async function openPostgres(address: string, { create }: { readonly create: boolean }): Promise<Engine> {
  const name = withoutPassword(address);
  const pool = new pg.Pool({
    connectionString: address,
    max: 8,
    connectionTimeoutMillis: 10_000,
    options: `-c search_path=${SCHEMA}`,
    types: { getTypeParser },
  });
  // A connection that idles when the server goes away is replaced at the next query; one that is held meanwhile has its
  // next query fail. Either tells what is wrong.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await migratePostgres(pool, { create, name });
    const columns = await columnTypes(pool);
    return engineOf(pool, name, columns);
  } catch (error) {
    await pool.end();
    if (error instanceof ReadoutError) throw error;
    if ((error as { code?: string } | null)?.code === NO_RIGHTS) {
      throw new ReadoutError(
        'record.read-only',
        `${name} is to be made or brought up to date, and its user may not do so (${(error as Error).message}); ask who may.`,
        { cause: error },
      );
    }
    const detail = error instanceof Error ? error.message || String(error) : String(error);
    throw new ReadoutError(
      'record.open',
      `${name} cannot be opened as a record: ${detail}. Check the address, the server and the rights on it.`,
      { cause: error },
    );
  }
}

function engineOf(pool: pg.Pool, name: string, types: ReadonlyMap<string, string>): Engine {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const lost = (error: unknown) => lostError(error, name);
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw lost(error);
    }
  };
  const own = sessionOf(db, types);
  return {
    kind: 'postgres',
    name,
    readOnly: false,
    db,
    rows: (sql, parameters) => guarded(() => own.rows(sql, parameters)),
    insert: (...call) => guarded(() => own.insert(...call)),
    putWords: (...call) => guarded(() => own.putWords(...call)),
    dropWords: (...call) => guarded(() => own.dropWords(...call)),
    clearWords: (table) => guarded(() => own.clearWords(table)),
    write: (work) =>
      guarded(() =>
        db.transaction().execute(async (transaction) => {
          await transaction.executeQuery(CompiledQuery.raw('SELECT pg_advisory_xact_lock($1)', [WRITER]));
          return work(sessionOf(transaction, types));
        }),
      ),
    snapshot: (work) =>
      guarded(() =>
        db
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute((transaction) => {
            const session = sessionOf(transaction, types);
            return work({ ...session, stream: (sql) => streamOf(session, sql) });
          }),
      ),
    match: (table, terms) => ({
      sql: `SELECT number FROM ${table} WHERE words @@ ?::tsquery`,
      parameter: terms.map(({ term, prefix }) => `'${term}'${prefix ? ':*' : ''}`).join(' & '),
    }),
    async size() {
      const rows = await own.rows<{ bytes: number }>(
        `SELECT sum(pg_total_relation_size(c.oid))::bigint AS bytes FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '${SCHEMA}' AND c.relkind = 'r'`,
      );
      return rows[0]!.bytes;
    },
    // What the server keeps whole is the server's to check (pg_amcheck).
    faults: async () => [],
    vacuum: () =>
      guarded(async () => {
        // Only its own tables: a database may hold other things too.
        const tables = await own.rows<{ name: string }>(
          `SELECT tablename AS name FROM pg_tables WHERE schemaname = '${SCHEMA}' ORDER BY tablename`,
        );
        await pool.query(`VACUUM (FULL, ANALYZE) ${tables.map(({ name }) => `${SCHEMA}.${name}`).join(', ')}`);
      }),
    close: () => db.destroy(),
  };
}

function sessionOf(db: Kysely<Tables>, types: ReadonlyMap<string, string>): Session {
  const run = (text: string, values: readonly unknown[]) => db.executeQuery(CompiledQuery.raw(text, [...values]));
  return {
    db,
    rows: async <Row>(sql: string, parameters: readonly Value[] = []) =>
      (await run(numbered(sql), parameters.map(sendable))).rows as readonly Row[],
    async insert(table, columns, rows, conflict = undefined) {
      if (rows.length === 0) return;
      const into = `INSERT INTO ${table} (${columns.join(', ')})`;
      const typed = columns.map((column) => types.get(`${table}.${column}`)!);
      if (typed.includes('bytea')) {
        // A list of bytes travels as text, four letters each; single ones as they are.
        for (let at = 0; at < rows.length; at += ROWS_OF_BYTES) {
          const some = rows.slice(at, at + ROWS_OF_BYTES);
          const places = some.map(
            (_, i) => `(${typed.map((type, j) => `$${i * typed.length + j + 1}::${type}`).join(', ')})`,
          );
          await run(`${into} VALUES ${places.join(', ')} ${conflict ?? ''}`, some.flat());
        }
        return;
      }
      const lists = typed.map((type, i) => `$${i + 1}::${type}[]`);
      await run(
        `${into} SELECT * FROM unnest(${lists.join(', ')}) ${conflict ?? ''}`,
        columns.map((_, i) => rows.map((row) => row[i])),
      );
    },
    async putWords(table, rows) {
      if (rows.length === 0) return;
      await run(
        `INSERT INTO ${table} SELECT number, array_to_tsvector(array_remove(string_to_array(words, ' '), ''))
          FROM unnest($1::bigint[], $2::text[]) AS given (number, words)`,
        [rows.map(([number]) => number), rows.map(([, words]) => words)],
      );
    },
    async dropWords(table, numbers) {
      await run(`DELETE FROM ${table} WHERE number = ANY($1::bigint[])`, [numbers]);
    },
    async clearWords(table) {
      await run(`DELETE FROM ${table}`, []);
    },
  };
}

/** Nothing that the server keeps holds NUL, and it refuses to be asked for it. */
function sendable(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
  if (!Array.isArray(value) || typeof value[0] !== 'string') return value;
  return value.map((one: string) => one.replaceAll('\0', '\ufffd'));
}

let cursors = 0;

async function* streamOf<Row>(session: Session, sql: string): AsyncGenerator<readonly Row[]> {
  const name = `rows_${++cursors}`;
  await session.rows(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const some = await session.rows<Row>(`FETCH ${ROWS_AT_ONCE} FROM ${name}`);
    if (some.length === 0) break;
    yield some;
  }
  await session.rows(`CLOSE ${name}`);
}

const translated = new Map<string, string>();

/** SQL with `?` and lists as PostgreSQL takes them. */
function numbered(sql: string): string {
  let text = translated.get(sql);
  if (text === undefined) {
    let count = 0;
    text = sql.replace(/(INTS|TEXTS)\(\?\)|\?/g, (_, list: string | undefined) => {
      count += 1;
      if (list === undefined) return `$${count}`;
      return `(SELECT unnest($${count}::${list === 'INTS' ? 'bigint' : 'text'}[]))`;
    });
    if (translated.size > 500) translated.clear();
    translated.set(sql, text);
  }
  return text;
}

async function migratePostgres(
  pool: pg.Pool,
  { create, name }: { readonly create: boolean; readonly name: string },
): Promise<void> {
  const migrations = migrationsOf('postgres');
  const newest = migrations.at(-1)!.number;
  const client = await pool.connect();
  try {
    // Whoever only reads an up-to-date record waits for no writer, and needs no right to write.
    if ((await schemaOf(client)) === newest) return;
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [WRITER]);
    const reached = await schemaOf(client);
    if (reached === undefined) {
      if (!create)
        throw new ReadoutError('record.open', `There is no record at ${name}; make one with \`readout add\`.`);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
      await client.query(`CREATE TABLE ${SCHEMA}.migrations (number bigint PRIMARY KEY)`);
    } else if (reached > newest) {
      throw new ReadoutError(
        'record.version',
        `${name} was made by a newer Readout (schema ${reached}, this one knows ${newest}); install the newer version to open it.`,
      );
    }
    for (const { number, sql } of migrations) {
      if (number <= (reached ?? 0)) continue;
      await client.query(sql);
      await client.query(`INSERT INTO ${SCHEMA}.migrations VALUES ($1)`, [number]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** The number of the migration that a server's record has reached; undefined where there is no record. */
async function schemaOf(client: pg.PoolClient): Promise<number | undefined> {
  // Not `to_regclass`: it may remember that there was none before another made one.
  const known = await client.query('SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = $2', [
    SCHEMA,
    'migrations',
  ]);
  if (known.rows.length === 0) return undefined;
  const { rows } = await client.query(`SELECT coalesce(max(number), 0) AS number FROM ${SCHEMA}.migrations`);
  return Number(rows[0].number);
}

/** The type of each column, by `table.column`: lists of values are sent as arrays of it. */
async function columnTypes(pool: pg.Pool): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ place: string; type: string }>(
    `SELECT table_name || '.' || column_name AS place, udt_name AS type FROM information_schema.columns
      WHERE table_schema = $1`,
    [SCHEMA],
  );
  return new Map(rows.map(({ place, type }) => [place, type]));
}

/** Numbers as numbers: ours are whole and below 2^53. */
function getTypeParser(oid: number, format?: string): (value: string) => unknown {
  if (oid === pg.types.builtins.INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}

// Codes of PostgreSQL (its manual, appendix A).
const NO_RIGHTS = '42501';
const KEPT = 'What was told as added is kept.';
const TOLD: Readonly<Record<string, readonly [ReadoutError['code'], string]>> = {
  [NO_RIGHTS]: ['record.read-only', 'its user may not do that; ask who may'],
  // A standby, or a database set to be read alone.
  '25006': ['record.read-only', `the server only lets it be read; name the server that is written to. ${KEPT}`],
  '53100': ['record.full', `the disk of the server is full; make room, then try again. ${KEPT}`],
  '58030': ['record.full', `the disk of the server failed; check it, then try again. ${KEPT}`],
  XX001: ['record.damaged', 'the server finds it damaged; restore a backup'],
  XX002: ['record.damaged', 'the server finds an index damaged; `REINDEX SCHEMA readout` makes it anew'],
};

/** What a person is told when the server went away or refuses; other errors stay as they are. */
export function lostError(error: unknown, name: string): unknown {
  if (error instanceof ReadoutError) return error;
  const { code, message = '' } = (error ?? {}) as { code?: string; message?: string };
  const found = TOLD[code ?? ''];
  if (found !== undefined) {
    return new ReadoutError(found[0], `${name}: ${found[1].replace(/\.$/, '')} (${message}).`, { cause: error });
  }
  const away =
    /^(?:ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|57P0\d|08\d{3})$/.test(code ?? '') ||
    /Connection terminated|connection timeout|Client has encountered a connection error|not queryable/.test(message);
  if (!away) return error;
  return new ReadoutError(
    'record.lost',
    `The server of the record at ${name} went away (${message || code}). ${KEPT} Do the same again when it is back.`,
    { cause: error },
  );
}

export function withoutPassword(address: string): string {
  const url = URL.parse(address);
  if (url === null) return 'the address of the record';
  return `${url.protocol}//${url.username === '' ? '' : `${url.username}@`}${url.host}${url.pathname}`;
}
