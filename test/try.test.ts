import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import { read } from '../src/pipeline.ts';
import { readText } from '../src/source/read.ts';
import { chromiumFor } from './chromium.ts';

// What `npm run build` made, as a static host has it.
const built = new URL('../dist/try/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
};
let server: Server;
const browser: Browser | undefined = await chromiumFor('test/try.test.ts');
/** A test that needs a browser. */
const seen = test.skipIf(browser === undefined);
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : request.url!.slice(1);
    asked.push(`${request.method} ${name}`);
    if (!readdirSync(built).includes(name)) return response.writeHead(404).end();
    response.setHeader('content-type', TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream');
    return response.end(readFileSync(new URL(name, built)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function opened(): Promise<Page> {
  const page = await browser!.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.getByText('Ready.').waitFor();
  return page;
}

describe('the try-it page', () => {
  const text = 'Norway recalled its ambassador to Chile on 4 March 2031, <b>Foreign Minister</b> Ada Holm said.';

  seen('reads a pasted text to what Node reads, and shows it as text', async () => {
    const page = await opened();
    await page.fill('textarea', text);
    await page.fill('input[type=date]', '2031-03-05');
    await page.fill('input[name=outlet]', '');
    await page.getByRole('button', { name: 'Read' }).click();
    await page.locator('#results').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()]);
    const expected = read(readText(text, { published: '2031-03-05' }), loadReader());
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(expected);
    expect(await page.locator('#claims li').count()).toBe(expected.claims.length);
    expect(await page.locator('#claims').textContent()).toContain('Norway (NOR)');
    expect(await page.locator('#words').textContent()).toBe(text);
    expect(await page.locator('#words b').count()).toBe(0);
  });

  seen('sends nothing anywhere once it is loaded, and works when the network is gone', async () => {
    const page = await opened();
    await page.evaluate('navigator.serviceWorker.ready');
    asked = [];
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText('Ready.').waitFor();
    await page.fill('textarea', text);
    await page.getByRole('button', { name: 'Read' }).click();
    await page.locator('#results').waitFor();
    expect(asked).toEqual([]);
    await page.context().setOffline(false);
  });

  test('takes less than 5 MB to load', () => {
    const sizes = readdirSync(built).map((name) => {
      const path = new URL(name, built);
      return name.endsWith('.bin') ? statSync(path).size : gzipSync(readFileSync(path)).length;
    });
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5_000_000);
  });
});
