import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('serving', () => {
  test('answers on loopback until it is asked to stop, and refuses another host', async () => {
    const { url, ended } = await serving('record.sqlite', [], async (address) => {
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?key=rdt_[\w-]{32}$/);
      expect(await statusOf(address, {})).toBe(303);
      expect(await statusOf(new URL('/', address).href, {})).toBe(200);
      expect(await statusOf(address, { host: 'elsewhere.example' })).toBe(421);
    });
    expect(ended.code).toBe(0);
    await expect(statusOf(url, {})).rejects.toThrow();
  });

  test('makes a record where there is none, and says that it is empty', async () => {
    const { ended } = await serving('none.sqlite', [], async (address) => {
      expect(await statusOf(new URL('/timeline', address).href, {})).toBe(200);
    });
    expect(ended.err).toContain('none.sqlite is empty: drop a report on the first page');
    expect((await runReadout(['timeline', '--db', join(folder, 'none.sqlite')])).code).toBe(0);
  });

  test('shows nothing without a token or its key once it has a name, as a proxy may stand before it', async () => {
    const { ended } = await serving('named.sqlite', ['--name', 'record.example.org'], async (address) => {
      const home = new URL('/', address).href;
      for (const host of ['record.example.org', new URL(address).host])
        expect(await statusOf(home, { host })).toBe(401);
      const cookie = `readout=${new URL(address).searchParams.get('key')}`;
      expect(await statusOf(home, { host: 'record.example.org', cookie })).toBe(200);
    });
    expect(ended.err).toContain('to whoever has a token');
  });

  test('ends the guessing of tokens for whom a proxy asks, and for nobody else', async () => {
    await serving('proxied.sqlite', ['--name', 'record.example.org'], async (address) => {
      const home = new URL('/', address).href;
      const guess = (from: string) =>
        statusOf(home, { authorization: `Bearer ${'x'.repeat(36)}`, 'x-forwarded-for': from });
      // Who asks writes the head, the proxy adds the last.
      for (let i = 0; i < 10; i++) expect(await guess(`198.51.100.${i}, 203.0.113.7`)).toBe(401);
      expect(await guess('198.51.100.10, 203.0.113.7')).toBe(429);
      expect(await guess('203.0.113.8')).toBe(401);
    });
    await serving('alone.sqlite', [], async (address) => {
      const home = new URL('/', address).href;
      const guess = (from: string) =>
        statusOf(home, { authorization: `Bearer ${'x'.repeat(36)}`, 'x-forwarded-for': from });
      for (let i = 0; i < 10; i++) expect(await guess(`203.0.113.${i}`)).toBe(401);
      expect(await guess('203.0.113.10')).toBe(429);
    });
  });
});

/** Serves a record while `work` is done with the address that is printed; gives it, and how the command ended. */
async function serving(record: string, args: readonly string[], work: (address: string) => Promise<void>) {
  const stop = new AbortController();
  let started = (_: string) => {};
  const address = new Promise<string>((resolve) => {
    started = resolve;
  });
  const served = runReadout(['serve', '--port', '0', ...args, '--db', join(folder, record)], {
    signal: stop.signal,
    write: async (text) => started(text.trim()),
  });
  const url = await address;
  await work(url);
  stop.abort();
  return { url, ended: await served };
}

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
