import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Words of documents or of claims, each under its number. */
export type WordTable = 'document_words' | 'claim_words';

/** A value of a row, or a list of them for `INTS(?)` and `TEXTS(?)`. */
export type Value = string | number | null | Uint8Array | readonly number[] | readonly string[];

/**
 * A connection to a database: its own, or one inside a transaction.
 *
 * SQL is written once for all engines: parameters are `?`, and `IN INTS(?)`, `IN TEXTS(?)` take a list of any length as
 * one parameter. Numbers come back as numbers; they are whole and below 2^53.
 */
export interface Session {
  /** For queries that are put together. */
  readonly db: Kysely<Tables>;
  /** The rows of a query; for other statements none. */
  rows<Row>(sql: string, parameters?: readonly Value[]): Promise<readonly Row[]>;
  /** Inserts rows, each with its values in the order of `columns`; `conflict` is what SQL says of those that are there. */
  insert(
    table: keyof Tables & string,
    columns: readonly string[],
    rows: readonly (readonly Value[])[],
    conflict?: `ON CONFLICT ${string}`,
  ): Promise<void>;
  /** Puts terms (`terms.ts`), parted by blanks, under numbers that have none. */
  putWords(table: WordTable, rows: readonly (readonly [number: number, words: string])[]): Promise<void>;
  /** Takes the terms of numbers away. */
  dropWords(table: WordTable, numbers: readonly number[]): Promise<void>;
  /** Takes all terms away. */
  clearWords(table: WordTable): Promise<void>;
}

/** A connection that sees the record as it was at one moment. */
export interface Snapshot extends Session {
  /** The rows of a query whose answer may be long, some at a time. */
  stream<Row>(sql: string): AsyncIterable<readonly Row[]>;
}

/** A term to look for, or with `prefix` the beginning of terms. */
export interface TermQuery {
  readonly term: string;
  readonly prefix: boolean;
}

/** A database that holds a record. */
export interface Engine extends Session {
  readonly kind: 'sqlite' | 'postgres';
  /** What a person calls it: the path, or the address without its password. */
  readonly name: string;
  /** True for a file that can be read and not written to. */
  readonly readOnly: boolean;
  /**
   * Runs work in one transaction that no other writer shares, in this process or another; what it wrote is on the disk
   * when this resolves, and undone when it rejects.
   */
  write<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Runs work that reads, all of it at one moment of the record, whatever others write meanwhile. */
  snapshot<Result>(work: (session: Snapshot) => Promise<Result>): Promise<Result>;
  /** A query of one parameter for the numbers whose words have all the terms, as `{sql, parameter}`. */
  match(table: WordTable, terms: readonly TermQuery[]): { readonly sql: string; readonly parameter: string };
  /** What the database takes on the disk, in bytes. */
  size(): Promise<number>;
  /** Finds faults of the file or the database itself; empty when there are none. */
  faults(): Promise<readonly string[]>;
  /** Writes a copy of a file, as it is at this moment, to a path; undefined where there is no file. */
  readonly copyTo?: (path: string) => Promise<void>;
  /** Writes the database anew without what was deleted. */
  vacuum(): Promise<void>;
  close(): Promise<void>;
}
