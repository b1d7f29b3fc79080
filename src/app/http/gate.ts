import { randomBytes } from 'node:crypto';
import type { Right, Token, Tokens } from '../../record/tokens.ts';
import { HttpError } from './problem.ts';

/** Who asks, and what they may do. */
export interface Visitor {
  /** The id of a token, `browser` for whoever came by the address that `serve` prints, or `anonymous`. */
  readonly who: string;
  readonly rights: ReadonlySet<Right>;
}

/** A request, as much of it as the gate looks at. Header names are in lower case. */
export interface Knock {
  readonly method: string;
  readonly headers: { get(name: string): string | null };
  /** The address that the connection comes from. */
  readonly from: string;
}

/** What a gate stands before. */
export interface GateOptions {
  readonly tokens: Tokens;
  /** The names with port that this server is called by (`127.0.0.1:4173`, `readout.example.org`), in lower case. */
  readonly hosts: ReadonlySet<string>;
  /** True when only this machine can reach it: then anonymous reading is allowed. */
  readonly loopback: boolean;
  /** The secret that `serve` prints with its address: whoever has it may do all but administer. */
  readonly key: string;
  now(): number;
}

/** The name of the cookie that a browser keeps {@link GateOptions.key} in. */
export const COOKIE = 'readout';

const GUESSES = 10;
const GUESSES_MS = 60_000;
/** Requests that change something, for each visitor: so many at once, and so many a second after. */
const BURST = 60;
const PER_SECOND = 10;

/**
 * Lets requests in: checks that they mean this server (a page elsewhere whose name is bound to this machine reads nothing),
 * that no other site sends them, and who sends them.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #wrong = new Map<string, { count: number; since: number }>();
  readonly #spent = new Map<string, { left: number; at: number }>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Who asks. Throws `HttpError` 421, 403, 401 or 429. */
  async admit({ method, headers, from }: Knock): Promise<Visitor> {
    const { hosts, loopback, key, tokens } = this.#options;
    const host = headers.get('host')?.toLowerCase();
    if (host === undefined || !hosts.has(host)) {
      throw new HttpError(421, 'host', 'This server goes by another name; `readout serve --name` adds one.');
    }
    const changes = method !== 'GET' && method !== 'HEAD';
    if (changes) this.#refuseOtherSites(headers, host);
    const bearer = /^Bearer ([\w~+/.-]{16,200})$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (headers.get('authorization') !== null) {
      this.#refuseGuessing(from);
      const token = bearer === undefined ? undefined : await tokens.find(bearer);
      if (token === undefined) {
        this.#countGuess(from);
        throw unknownToken();
      }
      return this.#slowed(visitorOf(token), changes);
    }
    const cookie = cookieOf(headers.get('cookie'));
    if (cookie !== undefined && sameSecret(cookie, key)) {
      return this.#slowed({ who: 'browser', rights: new Set(['read', 'write', 'review']) }, changes);
    }
    return this.#slowed({ who: 'anonymous', rights: new Set(loopback ? ['read'] : []) }, changes);
  }

  /** True when this is the key of the address that `serve` prints. Throws `HttpError` 429 after many wrong ones. */
  opens(key: string, from: string): boolean {
    this.#refuseGuessing(from);
    if (sameSecret(key, this.#options.key)) return true;
    this.#countGuess(from);
    return false;
  }

  #refuseOtherSites(headers: Knock['headers'], host: string): void {
    const origin = headers.get('origin');
    const site = headers.get('sec-fetch-site');
    const own = origin === null || URL.parse(origin)?.host.toLowerCase() === host;
    if (!own || (site !== null && site !== 'same-origin' && site !== 'none')) {
      throw new HttpError(403, 'other-site', 'Another site may not change anything here.');
    }
  }

  #refuseGuessing(from: string): void {
    const wrong = this.#wrong.get(from);
    if (wrong === undefined) return;
    const leftMs = wrong.since + GUESSES_MS - this.#options.now();
    if (leftMs <= 0) this.#wrong.delete(from);
    else if (wrong.count >= GUESSES) {
      const seconds = String(Math.ceil(leftMs / 1000));
      throw new HttpError(429, 'guessing', `Too many wrong tokens; try again in ${seconds} s.`, {
        'retry-after': seconds,
      });
    }
  }

  #countGuess(from: string): void {
    if (this.#wrong.size > 10_000) this.#wrong.clear();
    const wrong = this.#wrong.get(from) ?? { count: 0, since: this.#options.now() };
    this.#wrong.set(from, { ...wrong, count: wrong.count + 1 });
  }

  /** Holds back a visitor who changes things faster than a person or a careful script does. */
  #slowed(visitor: Visitor, changes: boolean): Visitor {
    if (!changes) return visitor;
    const now = this.#options.now();
    const before = this.#spent.get(visitor.who) ?? { left: BURST, at: now };
    const left = Math.min(BURST, before.left + ((now - before.at) / 1000) * PER_SECOND) - 1;
    if (left < 0) {
      throw new HttpError(429, 'too-fast', `More than ${PER_SECOND} changes a second; try again in a second.`, {
        'retry-after': '1',
      });
    }
    this.#spent.set(visitor.who, { left, at: now });
    return visitor;
  }
}

/** Throws `HttpError` 401 or 403 when a visitor may not do what asks for this right. */
export function demand(visitor: Visitor, right: Right): void {
  if (visitor.rights.has(right)) return;
  if (visitor.who === 'anonymous') {
    throw new HttpError(
      401,
      'token',
      `This needs the right to ${right}: send a token that has it, or open the address that \`readout serve\` prints.`,
      { 'www-authenticate': 'Bearer realm="Readout"' },
    );
  }
  throw new HttpError(
    403,
    'right',
    `This token has not the right to ${right}; \`readout token make\` gives one that has.`,
  );
}

/** A new secret for a token or an address: 192 bits of chance. */
export function makeSecret(): string {
  return `rdt_${randomBytes(24).toString('base64url')}`;
}

function visitorOf({ id, rights }: Token): Visitor {
  return { who: id, rights: new Set(rights) };
}

function unknownToken(): HttpError {
  return new HttpError(401, 'token', 'This token is not known, or was ended.', {
    'www-authenticate': 'Bearer realm="Readout", error="invalid_token"',
  });
}

function cookieOf(header: string | null): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE) return value;
  }
  return undefined;
}

/** Compares in a time that does not tell how much was right. */
function sameSecret(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let differs = 0;
  for (let i = 0; i < a.length; i++) differs |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return differs === 0;
}
