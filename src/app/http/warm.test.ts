import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { CallVariables } from './site.ts';
import { warmUp } from './warm.ts';

const signal = new AbortController().signal;

/** An app of so many pages of events, which keeps what it was asked. */
function appOf(pages: number): { readonly app: Hono<CallVariables>; readonly asked: string[] } {
  const app = new Hono<CallVariables>();
  const asked: string[] = [];
  app.get('*', (call) => {
    const { pathname, search } = new URL(call.req.url);
    asked.push(`${call.req.header('cookie')} ${call.req.header('host')} ${pathname}${search}`);
    const page = Number(call.req.query('after') ?? 0) + 1;
    const link = `</api/v1/timeline?limit=40&after=${page}>; rel="next"`;
    return call.body('[]', 200, search.includes('limit') && page < pages ? { link } : {});
  });
  return { app, asked };
}

describe('a server that warms up', () => {
  test('asks itself for the first pages and then for the newest events, to the last', async () => {
    const { app, asked } = appOf(3);
    expect(await warmUp(app, { host: '127.0.0.1:4173', key: 'rdt_1', signal, mostMs: 60_000 })).toBe(6);
    expect(asked.map((one) => one.replace('readout=rdt_1 127.0.0.1:4173 ', ''))).toEqual([
      ...['/', '/timeline', '/api/v1/stats?by=year', '/api/v1/timeline?newestFirst=true&limit=40'],
      ...['/api/v1/timeline?limit=40&after=1', '/api/v1/timeline?limit=40&after=2'],
    ]);
  });

  test('stops when its time is over, when it is asked to end, and when something is refused', async () => {
    const { app } = appOf(1_000_000);
    expect(await warmUp(app, { host: 'a', key: '', signal, mostMs: 50 })).toBeGreaterThan(3);
    expect(await warmUp(app, { host: 'a', key: '', signal: AbortSignal.abort(), mostMs: 60_000 })).toBe(0);
    const refusing = new Hono<CallVariables>();
    refusing.get('*', (call) => call.body(null, 403));
    expect(await warmUp(refusing, { host: 'a', key: '', signal, mostMs: 60_000 })).toBe(0);
  });
});
