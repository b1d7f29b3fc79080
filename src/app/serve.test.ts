import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import { Store } from '../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('serving', () => {
  test('answers on loopback until it is asked to stop, and refuses another host', async () => {
    const db = join(folder, 'record.sqlite');
    await (await Store.open(db, { create: true })).close();
    const stop = new AbortController();
    let started = (_: string) => {};
    const address = new Promise<string>((resolve) => {
      started = resolve;
    });
    const served = runReadout(['serve', '--port', '0', '--db', db], {
      signal: stop.signal,
      write: async (text) => started(text.trim()),
    });
    const url = await address;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?key=rdt_[\w-]{32}$/);
    expect(await statusOf(url, {})).toBe(303);
    expect(await statusOf(new URL('/', url).href, {})).toBe(200);
    expect(await statusOf(url, { host: 'elsewhere.example' })).toBe(421);
    stop.abort();
    expect((await served).code).toBe(0);
    await expect(statusOf(url, {})).rejects.toThrow();
  });

  test('shows nothing without a token or its key once it has a name, as a proxy may stand before it', async () => {
    const db = join(folder, 'named.sqlite');
    await (await Store.open(db, { create: true })).close();
    const stop = new AbortController();
    let started = (_: string) => {};
    const address = new Promise<string>((resolve) => {
      started = resolve;
    });
    const served = runReadout(['serve', '--port', '0', '--name', 'record.example.org', '--db', db], {
      signal: stop.signal,
      write: async (text) => started(text.trim()),
    });
    const url = await address;
    const home = new URL('/', url).href;
    for (const host of ['record.example.org', new URL(url).host]) expect(await statusOf(home, { host })).toBe(401);
    const cookie = `readout=${new URL(url).searchParams.get('key')}`;
    expect(await statusOf(home, { host: 'record.example.org', cookie })).toBe(200);
    stop.abort();
    expect((await served).err).toContain('to whoever has a token');
  });
});

function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}
