/**
 * How fast the try-it page reads in a browser:
 *
 *     node bench/try.ts FILE.jsonl.gz [--words 600] [--texts 20]
 *
 * Opens what `npm run build` made of the page, from a static server, in a headless Chromium, and reads the texts of a packed file
 * of JSON lines (`text`) that have about so many words, one after another: from the click to the claims on the page.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { launchChromium } from '../test/chromium.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { words: { type: 'string', default: '600' }, texts: { type: 'string', default: '20' } },
});
const words = Number(values.words);
const texts = gunzipSync(readFileSync(positionals[0]!))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { readonly text: string }).text)
  .filter((text) => Math.abs(text.split(/\s+/).length - words) < words / 10)
  .slice(0, Number(values.texts));

const built = new URL('../dist/try/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
const server = createServer((request, response) => {
  const name = request.url === '/' ? 'index.html' : request.url!.slice(1);
  try {
    const body = readFileSync(new URL(name, built));
    response.setHeader('content-type', TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream').end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const browser = await launchChromium();
const page = await browser.newPage();
const began = performance.now();
await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
await page.getByText('Ready.').waitFor();
const ready = performance.now() - began;
// A second after a page has come, Chromium takes down the blank one before it, and without a graphics card that stops the new
// page for half a second (`ProxyMain::Stop`), whatever it does.
await new Promise((done) => setTimeout(done, 2000));
const times: number[] = [];
for (const text of texts) {
  await page.fill('textarea', text);
  // From the click to the claims, by the page's own clock.
  const took = await page.evaluate<number>(`new Promise((done) => {
    const results = document.querySelector('#results');
    results.hidden = true;
    const before = performance.now();
    new MutationObserver((_, watch) => {
      if (results.hidden) return;
      watch.disconnect();
      done(performance.now() - before);
    }).observe(results, { attributes: true });
    document.querySelector('form button').click();
  })`);
  times.push(took);
}
await browser.close();
server.close();
const sorted = times.toSorted((a, b) => a - b);
const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(0);
console.log(
  `${texts.length} texts of some ${words} words, load ${loadavg()[0]!.toFixed(1)}: ready after ${ready.toFixed(0)} ms; read in p50 ${at(0.5)}, p95 ${at(0.95)}, at most ${at(1)} ms, the first in ${times[0]!.toFixed(0)}`,
);
