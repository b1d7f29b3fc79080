import { setImmediate as breath } from 'node:timers/promises';
import type { Hono } from 'hono';
import { COOKIE } from './gate.ts';
import type { CallVariables } from './site.ts';

/** How a server is warmed up. */
export interface WarmOptions {
  /** A name that the server goes by, with its port. */
  readonly host: string;
  /** The key of the address that `serve` prints: it opens what is asked. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** How long it goes on asking (default: 500 ms). */
  readonly mostMs?: number;
}

const MOST_MS = 500;
/** What people ask first. */
const FIRST = ['/', '/timeline', '/api/v1/stats?by=year'];
/** And then the newest events, page after page: they differ, so what makes them is run often enough to be compiled. */
const NEWEST = '/api/v1/timeline?newestFirst=true&limit=40';

/**
 * Asks a server what people ask first, before they do: what makes answers is loaded and compiled, and what is newest is in
 * memory. Between two questions it answers whoever has come. Gives how many were answered; it does not reject.
 */
export async function warmUp(
  app: Hono<CallVariables>,
  { host, key, signal, mostMs = MOST_MS }: WarmOptions,
): Promise<number> {
  const until = performance.now() + mostMs;
  const headers = { host, cookie: `${COOKIE}=${key}`, 'accept-encoding': 'br' };
  let next: string | undefined = NEWEST;
  for (let asked = 0; ; asked++) {
    const path: string | undefined = FIRST[asked] ?? next;
    await breath();
    if (path === undefined || signal.aborted || performance.now() > until) return asked;
    const response = await app.fetch(new Request(`http://${host}${path}`, { headers }));
    await response.arrayBuffer();
    // What is wrong with the record is told to those who ask.
    if (!response.ok) return asked;
    if (asked >= FIRST.length) next = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
}
