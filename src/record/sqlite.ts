import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

/** A SQLite file opened through `node:sqlite`, and the Kysely dialect over it. */
export interface Sqlite {
  readonly database: DatabaseSync;
  readonly dialect: SqliteDialect;
}

/**
 * Opens a SQLite file, making it if need be.
 *
 * WAL lets readers (`serve`, `timeline`) go on while `add` writes. `synchronous=FULL` makes each commit reach the disk
 * before it returns: what was reported as added is there after a kill or a power cut. Throws what `node:sqlite` throws.
 */
export function openSqlite(path: string): Sqlite {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 10_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  } catch (error) {
    database.close();
    throw error;
  }
  // The record asks few questions, many times each.
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const statement = prepared.get(text) ?? database.prepare(text);
    if (prepared.size >= 200) prepared.clear();
    prepared.set(text, statement);
    return statement;
  };
  return {
    database,
    dialect: new SqliteDialect({
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
    }),
  };
}
