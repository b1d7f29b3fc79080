import { isIP } from 'node:net';
import { Hono } from 'hono';
import { addApi } from './api.ts';
import { COOKIE, type Gate } from './gate.ts';
import { addTools } from './mcp.ts';
import { HttpError, type Problem, problemOf } from './problem.ts';
import type { CallVariables, Site } from './site.ts';

/** What makes the pages of the site: they are added behind the gate. */
export type AddPages = (app: Hono<CallVariables>, site: Site) => void;

/** What an app is made of beside its site. */
export interface AppOptions {
  readonly gate: Gate;
  /** True where connections from this machine are a proxy's, which says for whom it asks. */
  readonly proxied: boolean;
  readonly addPages: AddPages;
  /** A page that says what went wrong, for those who ask for pages. */
  problemPage(problem: Problem): string;
  /** Keeps what was done and refused. */
  log(who: string, what: string, status: number): Promise<void>;
  /** Hears of faults of ours. */
  fault(error: unknown, what: string): void;
}

/** Nothing from elsewhere, no script or style in the page: a report that smuggles in markup could still do nothing. */
const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Where the address of a connection is handed to the app: node-server's bindings. */
interface Connection {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

/** All that the server answers: the gate before it, the API and the pages behind. */
export function makeApp(
  site: Site,
  { gate, proxied, addPages, problemPage, log, fault }: AppOptions,
): Hono<CallVariables> {
  const app = new Hono<CallVariables>();
  const budget = new Budget(REFUSED_A_MINUTE, () => site.now().getTime());
  app.use('*', async (call, next) => {
    const { method, url } = call.req.raw;
    const peer = (call.env as Connection | undefined)?.incoming?.socket?.remoteAddress ?? 'unknown';
    const from = proxied ? askerBehind(peer, call.req.header('x-forwarded-for')) : peer;
    const { pathname, searchParams } = new URL(url);
    const visitor = await gate.admit({ method, headers: call.req.raw.headers, from });
    const key = searchParams.get('key');
    if (key !== null && method === 'GET') {
      // The address that `serve` prints: its key goes into a cookie and out of the address.
      if (!gate.opens(key, from))
        throw new HttpError(
          403,
          'key',
          'This address is of another start of the server; take the one that it prints now.',
        );
      return call.body(null, 303, {
        ...SAFE_HEADERS,
        // Two slashes would lead to another host.
        location: pathname.replace(/^\/+/, '/'),
        'cache-control': 'no-store',
        'set-cookie': `${COOKIE}=${key}; HttpOnly; SameSite=Strict; Path=/`,
      });
    }
    call.set('visitor', visitor);
    await next();
    // Whoever asks for the head alone reads no body: what makes it may end.
    if (method === 'HEAD') await call.res.body?.cancel();
    // The try-it page has a policy of its own.
    for (const [name, value] of Object.entries(SAFE_HEADERS)) {
      if (!call.res.headers.has(name)) call.res.headers.set(name, value);
    }
    if (method !== 'GET' && method !== 'HEAD' && !READING.has(pathname))
      await log(visitor.who, `${method} ${pathname}`, call.res.status);
    return undefined;
  });
  addApi(app, site);
  addTools(app, { ...site, fault });
  addPages(app, site);
  app.notFound((call) => {
    const allowed = METHODS.filter((method) => isMatched(app, method, call.req.path));
    if (allowed.length > 0) {
      const allow = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
      throw new HttpError(405, 'method', `${call.req.method} is not taken here; ${allow} is.`, { allow });
    }
    throw new HttpError(404, 'address', `There is nothing at ${new URL(call.req.url).pathname}.`);
  });
  app.onError(async (error, call) => {
    const problem = problemOf(error);
    const what = `${call.req.method} ${new URL(call.req.url).pathname}`;
    if (problem.status >= 500) fault(error, what);
    const refused = [401, 403, 421, 429].includes(problem.status);
    // Whoever knocks again and again does not fill the disk.
    if (refused && budget.take())
      await log(call.get('visitor')?.who ?? 'unknown', what, problem.status).catch(() => {});
    const headers = {
      ...SAFE_HEADERS,
      ...(error instanceof HttpError ? error.headers : {}),
      'cache-control': 'no-store',
    };
    if (wantsPage(call.req.raw)) {
      return call.body(problemPage(problem), problem.status as 400, {
        ...headers,
        'content-type': 'text/html; charset=utf-8',
      });
    }
    return call.body(JSON.stringify(problem), problem.status as 400, {
      ...headers,
      'content-type': 'application/problem+json',
    });
  });
  return app;
}

/** Addresses that are posted to and change nothing. */
const READING = new Set(['/api/v1/read', '/mcp']);
const METHODS = ['GET', 'POST', 'DELETE'] as const;

/** Refused requests kept in the log in a minute. */
const REFUSED_A_MINUTE = 60;

/** So many of something a minute. */
class Budget {
  readonly #most: number;
  readonly #now: () => number;
  #since = Number.NEGATIVE_INFINITY;
  #left = 0;

  constructor(most: number, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  take(): boolean {
    const now = this.#now();
    if (now - this.#since > 60_000) [this.#since, this.#left] = [now, this.#most];
    this.#left -= 1;
    return this.#left >= 0;
  }
}

/** True when something beside the gate answers this method at this path. */
function isMatched(app: Hono<CallVariables>, method: string, path: string): boolean {
  return app.router.match(method, path)[0].length > 1;
}

/**
 * Who asks through a proxy on this machine: the last address that the proxy added to those it was told. What stands before it
 * anybody may have written, and so may whoever does not come from this machine.
 */
function askerBehind(peer: string, forwarded: string | undefined): string {
  const last = forwarded?.split(',').at(-1)?.trim();
  return isLoopback(peer) && last !== undefined && isIP(last) !== 0 ? last : peer;
}

/** True for an address of this machine itself. */
export function isLoopback(address: string): boolean {
  return /^(?:(?:::ffff:)?127\.|localhost$|::1$)/.test(address);
}

/** True for a browser that opens an address, false for a script. */
function wantsPage(request: Request): boolean {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/api/') || pathname.startsWith('/mcp')) return false;
  return /\btext\/html\b/.test(request.headers.get('accept') ?? '') && !/\.(?:json|csv|md)$/.test(pathname);
}
