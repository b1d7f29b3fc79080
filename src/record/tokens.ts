import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { ReadoutError } from '../error.ts';
import type { Engine } from './engine.ts';

/** What a token lets its holder do; none holds another. */
export const RIGHTS = ['read', 'write', 'review', 'admin'] as const;
export type Right = (typeof RIGHTS)[number];

/** A token without its secret. Times are ISO 8601; `ended` is null while it holds. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly rights: readonly Right[];
  readonly made: string;
  readonly ended: string | null;
}

/** A line of what was done over HTTP. */
export interface AuditLine {
  readonly number: number;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly status: number;
}

/** The tokens of a record and the log of what was done with them. */
export class Tokens {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Keeps a token for a secret of at least 128 bits of chance, of which only the hash is stored. */
  async add(secret: string, { name, rights, made }: Pick<Token, 'name' | 'rights' | 'made'>): Promise<Token> {
    const hash = hashOf(secret);
    const token = { id: hash.slice(0, 10), name, rights, made, ended: null };
    await this.#engine.write((session) =>
      session.insert('tokens', COLUMNS, [[token.id, name, hash, rights.join(' '), made, null]]),
    );
    return token;
  }

  /** The token of a secret, while it holds. */
  async find(secret: string): Promise<Token | undefined> {
    const rows = await this.#engine.rows<TokenRow>('SELECT * FROM tokens WHERE hash = ? AND ended IS NULL', [
      hashOf(secret),
    ]);
    return rows[0] === undefined ? undefined : tokenOf(rows[0]);
  }

  /** All tokens, those that were ended too, by name. */
  async list(): Promise<readonly Token[]> {
    const rows = await this.#engine.rows<TokenRow>('SELECT * FROM tokens ORDER BY name, made, id');
    return rows.map(tokenOf);
  }

  /** Ends a token. Throws `ReadoutError` `record.not-found` when none that holds has this id. */
  async end(id: string, ended: string): Promise<void> {
    const rows = await this.#engine.write((session) =>
      session.rows('UPDATE tokens SET ended = ? WHERE id = ? AND ended IS NULL RETURNING id', [ended, id]),
    );
    if (rows.length === 0) {
      throw new ReadoutError('record.not-found', `No token "${id}" holds; \`readout token list\` shows their ids.`);
    }
  }

  /** Keeps what was done. */
  async log(line: Omit<AuditLine, 'number'>): Promise<void> {
    const { at, who, what, status } = line;
    await this.#engine.write((session) =>
      session.insert('audit', ['at', 'who', 'what', 'status'], [[at, who, what.slice(0, 500), status]]),
    );
  }

  /** What was done last, the newest first. */
  async logged(limit: number): Promise<readonly AuditLine[]> {
    return this.#engine.rows<AuditLine>(
      'SELECT number, at, who, what, status FROM audit ORDER BY number DESC LIMIT ?',
      [limit],
    );
  }
}

interface TokenRow extends Omit<Token, 'rights'> {
  readonly rights: string;
}

const COLUMNS = ['id', 'name', 'hash', 'rights', 'made', 'ended'] as const;

function tokenOf({ id, name, rights, made, ended }: TokenRow): Token {
  return { id, name, made, ended, rights: RIGHTS.filter((right) => rights.split(' ').includes(right)) };
}

function hashOf(secret: string): string {
  return bytesToHex(sha256(utf8ToBytes(secret)));
}
