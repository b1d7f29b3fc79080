import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ipaddr from 'ipaddr.js';
import robotsParser from 'robots-parser';
import { Agent, fetch, type Response } from 'undici';
import { ReadoutError } from '../error.ts';
import type { Marks } from '../record/intake.ts';
import { charsetIn } from '../source/web.ts';
import { packageVersion } from './shell.ts';

/** What an address gave. `body` is empty when nothing changed since the time of the `known` marks. */
export interface Fetched {
  /** Where the redirects ended. */
  readonly url: string;
  readonly changed: boolean;
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly charset: string | null;
  /** Marks to ask with the next time (RFC 9110): nothing is sent again while they hold. */
  readonly marks: Marks;
}

export interface FetchOptions {
  /** Which numbers (IPv4 and IPv6 addresses) may be reached; default {@link isPublic}. */
  readonly mayReach?: ((address: string) => boolean) | undefined;
  /** Milliseconds between two requests to one host; default 1000. A longer delay that robots.txt asks for is kept. */
  readonly pauseMs?: number | undefined;
  /** Milliseconds for one request with all its redirects, to the last byte; default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Bytes of the largest answer, unpacked; default 8 MiB. */
  readonly limitBytes?: number | undefined;
  /** How often a request that may succeed later is made at most; default 3. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second attempt, doubled with each further one; default 1000. */
  readonly backOffMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Limits {
  readonly mayReach: (address: string) => boolean;
  readonly pauseMs: number;
  readonly timeoutMs: number;
  readonly limitBytes: number;
  readonly attempts: number;
  readonly backOffMs: number;
  readonly signal: AbortSignal | undefined;
}

const MOST_REDIRECTS = 5;
/** The longest wait that a server or its robots.txt can ask for. */
const LONGEST_WAIT_MS = 60_000;
/** Who we are, in every request (RFC 9110, section 10.1.5); robots.txt may speak of "readout". */
const USER_AGENT = `readout/${packageVersion()} (reads news and official statements for a local record)`;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Fetches pages and feeds as a guest: robots.txt is kept (RFC 9309), one request at a time goes to a host with a pause
 * between, what failed for a passing reason is tried again later, and size and time are bounded. Addresses inside
 * private networks are refused, by the numbers that the name stands for and after every redirect, so that no page can
 * make it read what only this machine can reach.
 */
export class Fetcher {
  readonly #options: Limits;
  readonly #agent: Agent;
  readonly #hosts = new Map<string, { turn: Promise<unknown>; free: number; pauseMs: number }>();
  readonly #robots = new Map<string, Promise<Robots>>();

  constructor(options: FetchOptions = {}) {
    this.#options = {
      mayReach: options.mayReach ?? isPublic,
      pauseMs: options.pauseMs ?? 1000,
      timeoutMs: options.timeoutMs ?? 30_000,
      limitBytes: options.limitBytes ?? 8 * 1024 * 1024,
      attempts: options.attempts ?? 3,
      backOffMs: options.backOffMs ?? 1000,
      signal: options.signal,
    };
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(this.#options.mayReach), timeout: this.#options.timeoutMs },
      headersTimeout: this.#options.timeoutMs,
      bodyTimeout: this.#options.timeoutMs,
    });
  }

  /**
   * Fetches an address. Throws `input.address` when it may not be read (no web address, a private network, robots.txt),
   * `input.too-large`, and `input.unreadable` for everything that went wrong on the way; the message names the address.
   */
  async fetch(address: string, known: Marks = { etag: null, modified: null }): Promise<Fetched> {
    const url = this.#checked(address);
    await this.#allowed(url);
    return this.#patiently(url, () => this.#follow(url, known));
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #allowed(url: URL): Promise<void> {
    if (!(await this.#robotsOf(url)).isAllowed(url.href))
      throw refused(url.href, 'its robots.txt asks not to. Save the page by hand if you may');
  }

  /** An address that may be asked for. */
  #checked(address: string): URL {
    let url: URL;
    try {
      url = new URL(address);
    } catch (cause) {
      throw new ReadoutError('input.address', `${address}: expected an address such as https://example.org/story.`, {
        cause,
      });
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw refused(address, `it is no web address (${url.protocol}). Give one that begins with https://`);
    if (url.username !== '' || url.password !== '') {
      // The password must not end up in a log.
      url.username = '';
      url.password = '';
      throw refused(url.href, 'it held a user name or password. Give it without');
    }
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (ipaddr.isValid(literal) && !this.#options.mayReach(literal))
      throw refused(address, `${literal} is inside a private network. Allow that with --allow-private`);
    return url;
  }

  /** Makes a request in its host's turn, and again later when it failed for a passing reason. */
  async #patiently(url: URL, request: () => Promise<Fetched>): Promise<Fetched> {
    const { attempts, backOffMs } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#inTurn(url.origin, request);
      } catch (error) {
        if (!(error instanceof PassingFailure) || attempt >= attempts) throw error;
        const wait = Math.min(error.waitMs ?? backOffMs * 2 ** (attempt - 1), LONGEST_WAIT_MS);
        await sleep(wait, undefined, { signal: this.#options.signal });
      }
    }
  }

  async #inTurn<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#hosts.get(origin) ?? { turn: Promise.resolve(), free: 0, pauseMs: this.#options.pauseMs };
    this.#hosts.set(origin, queue);
    const mine = queue.turn.then(async () => {
      const wait = queue.free - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal: this.#options.signal });
      try {
        return await work();
      } finally {
        queue.free = performance.now() + queue.pauseMs;
      }
    });
    queue.turn = mine.catch(() => {});
    return mine;
  }

  async #follow(start: URL, known: Marks): Promise<Fetched> {
    const { timeoutMs, signal } = this.#options;
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    let url = start;
    try {
      for (let redirects = 0; ; redirects++) {
        const response = await fetch(url, {
          dispatcher: this.#agent,
          redirect: 'manual',
          signal: either,
          headers: {
            'user-agent': USER_AGENT,
            accept:
              'text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8',
            'accept-language': 'en',
            ...(known.etag === null ? {} : { 'if-none-match': known.etag }),
            ...(known.modified === null ? {} : { 'if-modified-since': known.modified }),
          },
        });
        const location = response.headers.get('location');
        if (response.status >= 300 && response.status < 400 && response.status !== 304 && location !== null) {
          await response.body?.cancel();
          if (redirects === MOST_REDIRECTS)
            throw new ReadoutError(
              'input.unreadable',
              `${start.href}: it redirects more than ${MOST_REDIRECTS} times, last to ${location.slice(0, 200)}. Give the address of the page itself.`,
            );
          const next = this.#checked(new URL(location, url).href);
          if (next.origin !== url.origin) await this.#allowed(next);
          url = next;
          continue;
        }
        return await this.#answer(start, url, response, known);
      }
    } catch (cause) {
      if (cause instanceof ReadoutError || signal?.aborted) throw cause;
      throw failureOf(start, cause, timeout.aborted ? timeoutMs : null);
    }
  }

  async #answer(start: URL, url: URL, response: Response, known: Marks): Promise<Fetched> {
    if (response.status === 304) {
      await response.body?.cancel();
      return { url: url.href, changed: false, body: new Uint8Array(), contentType: null, charset: null, marks: known };
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      const message = `${start.href}: the server answered ${response.status}${response.statusText ? ` ${response.statusText}` : ''}.`;
      if (PASSING.has(response.status)) throw new PassingFailure(message, waitOf(response.headers.get('retry-after')));
      throw new ReadoutError('input.unreadable', `${message} Check the address in a browser.`);
    }
    const contentType = response.headers.get('content-type');
    return {
      url: url.href,
      changed: true,
      body: await this.#bodyOf(start, response),
      contentType,
      charset: charsetIn(contentType),
      marks: { etag: response.headers.get('etag'), modified: response.headers.get('last-modified') },
    };
  }

  async #bodyOf(url: URL, response: Response): Promise<Uint8Array> {
    const { limitBytes } = this.#options;
    const parts: Uint8Array[] = [];
    let length = 0;
    // Counted after unpacking: an answer may swell a thousandfold.
    for await (const part of response.body ?? []) {
      const bytes = part as Uint8Array;
      length += bytes.length;
      if (length > limitBytes) {
        const limit = (limitBytes / 1048576).toFixed(1);
        throw new ReadoutError(
          'input.too-large',
          `${url.href}: expected at most ${limit} MiB, and the answer is longer. Save the article by hand.`,
        );
      }
      parts.push(bytes);
    }
    return Buffer.concat(parts);
  }

  #robotsOf(url: URL): Promise<Robots> {
    const known = this.#robots.get(url.origin);
    if (known) return known;
    const rules = this.#fetchRobots(url);
    this.#robots.set(url.origin, rules);
    return rules;
  }

  // RFC 9309, 2.3.1: no such file allows everything, a server that fails allows nothing for now.
  async #fetchRobots(url: URL): Promise<Robots> {
    const address = new URL('/robots.txt', url);
    let text = '';
    try {
      const none: Marks = { etag: null, modified: null };
      text = new TextDecoder().decode((await this.#patiently(address, () => this.#follow(address, none))).body);
    } catch (error) {
      if (!(error instanceof ReadoutError)) throw error;
      if (error instanceof PassingFailure) {
        this.#robots.delete(url.origin);
        throw new ReadoutError(
          'input.unreadable',
          `${url.href}: its robots.txt could not be asked for. ${error.message}`,
          {
            cause: error,
          },
        );
      }
      if (error.code === 'input.address') throw error;
    }
    const rules = parseRobots(address.href, text);
    const delay = (rules.getCrawlDelay('readout') ?? 0) * 1000;
    const queue = this.#hosts.get(url.origin);
    if (queue) queue.pauseMs = Math.min(Math.max(queue.pauseMs, delay), LONGEST_WAIT_MS);
    return { isAllowed: (page) => rules.isAllowed(page, 'readout') !== false };
  }
}

// The package exports its function as CommonJS, which its types do not say.
const parseRobots = robotsParser as unknown as (
  address: string,
  text: string,
) => {
  isAllowed(page: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
};

interface Robots {
  isAllowed(page: string): boolean;
}

/** A failure that may pass by waiting, `waitMs` milliseconds if the server says so. */
class PassingFailure extends ReadoutError {
  readonly waitMs: number | null;

  constructor(message: string, waitMs: number | null, options?: ErrorOptions) {
    super('input.unreadable', `${message} Try again later.`, options);
    this.waitMs = waitMs;
  }
}

function refused(address: string, reason: string): ReadoutError {
  return new ReadoutError('input.address', `${address} is not fetched: ${reason}.`);
}

function failureOf(url: URL, cause: unknown, timedOutMs: number | null): ReadoutError {
  // undici wraps what went wrong below it in a TypeError.
  const inner = (cause as { readonly cause?: unknown }).cause ?? cause;
  if (inner instanceof ReadoutError) return inner;
  if (timedOutMs !== null)
    return new PassingFailure(`${url.href}: no whole answer within ${timedOutMs / 1000} seconds.`, null, { cause });
  const code = String((inner as { readonly code?: unknown }).code ?? '');
  if (code === 'ENOTFOUND')
    return new ReadoutError(
      'input.address',
      `${url.href}: there is no host named ${url.hostname}. Check the spelling.`,
      {
        cause,
      },
    );
  const reason = code || (inner instanceof Error ? inner.message : String(inner));
  return new PassingFailure(`${url.href}: the connection failed (${reason}).`, null, { cause });
}

function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

/** True for an address of the open internet (IANA special-purpose registries), also one mapped into IPv6. */
export function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}

/** `dns.lookup` that fails for a name with a number that may not be reached: any name may stand for 127.0.0.1. */
function guardedLookup(mayReach: (address: string) => boolean): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const inside = addresses.find(({ address }) => !mayReach(address));
      if (inside)
        return done(
          refused(name, `it stands for ${inside.address}, inside a private network. Allow that with --allow-private`),
          [],
        );
      if (options.all) return done(null, addresses);
      return done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}
