import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import { Store } from '../record/store.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'readout-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WORDS =
  'The ministry of fisheries said that talks had been held in Oslo, and that Norway and Chile would measure the river again in spring.';
const page = (number: number, words = WORDS): string =>
  `<html><head><title>Report ${number}</title><meta property="og:site_name" content="Harbour Post"></head><body><article><h1>Report ${number}</h1>${`<p>Report number ${number}. ${words}</p>`.repeat(3)}</article></body></html>`;

let base = '';
let asked: string[] = [];
let pages: Record<string, string | Buffer | null> = {};
let close = (): void => {};

beforeEach(async () => {
  asked = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    if (path === '/feed' && request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else if (path === '/feed') response.writeHead(200, { etag: '"1"' }).end(pages[path] ?? '');
    else if (typeof pages[path] === 'string') response.writeHead(200, { 'content-type': 'text/html' }).end(pages[path]);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => close());

const item = (path: string, more = ''): string =>
  `<item><title>Item ${path}</title><link>${base}${path}</link><pubDate>Thu, 06 Mar 2031 10:00:00 GMT</pubDate>${more}</item>`;
const feed = (...items: readonly string[]): string =>
  `<rss><channel><title>Harbour Post</title>${items.join('')}</channel></rss>`;
const watch = (db: string) =>
  runReadout(['watch', `${base}/feed`, '--once', '--pause', '1ms', '--allow-private', '--db', join(folder, db)]);

test('a feed’s pages come into the record once, dated by the feed where they are not themselves', async () => {
  pages = { '/feed': feed(item('/1'), item('/2')), '/1': page(1), '/2': page(2) };
  expect(await watch('once.sqlite')).toMatchObject({ code: 0, err: '2 added, 0 known already.\n' });
  expect(asked).toEqual(['/robots.txt', '/feed', '/1', '/2']);
  const store = await Store.open(join(folder, 'once.sqlite'));
  expect((await store.documents()).map(({ title, published }) => [title, published?.from])).toEqual(
    expect.arrayContaining([
      ['Report 1', '2031-03-06'],
      ['Report 2', '2031-03-06'],
    ]),
  );
  await store.close();
  asked = [];
  expect(await watch('once.sqlite')).toMatchObject({ code: 0, err: '0 added, 0 known already.\n' });
  expect(asked).toEqual(['/robots.txt', '/feed']);
});

test('a packed sitemap is followed', async () => {
  const address = `<url><loc>${base}/1</loc><lastmod>2031-03-06</lastmod></url>`;
  pages = { '/feed': gzipSync(`<urlset>${address}</urlset>`), '/1': page(1) };
  expect(await watch('packed.sqlite')).toMatchObject({ code: 0, err: '1 added, 0 known already.\n' });
});

test('a packed feed that swells without end is refused by its address', async () => {
  pages = { '/feed': gzipSync(`<rss>${' '.repeat(70 * 1024 * 1024)}</rss>`) };
  expect((await watch('bomb.sqlite')).err).toMatch(/\/feed: expected at most 64.0 MiB, and this unpacks to more/);
});

test('a page that cannot be had gives the feed’s own text where that is a report, and the failure is told', async () => {
  const report = `<description>&lt;p&gt;${`${WORDS} `.repeat(4)}&lt;/p&gt;</description>`;
  pages = { '/feed': feed(item('/gone', report), item('/lost')) };
  const { code, err } = await watch('gone.sqlite');
  expect(code).toBe(1);
  expect(err).toContain('/gone: the server answered 404');
  expect(err).toContain('1 added, 0 known already, 2 could not be read.');
});

test('what is no feed is told with the feed that it names', async () => {
  pages = {
    '/feed': '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>',
  };
  const { code, err } = await watch('none.sqlite');
  expect(code).toBe(1);
  expect(err).toContain('expected a feed or sitemap, but this is none. It names /rss');
});

test('one that is killed goes on where it was, and asks for no page twice that it has', async () => {
  const paths = Array.from({ length: 6 }, (_, number) => `/${number}`);
  pages = { '/feed': feed(...paths.map((path) => item(path))) };
  for (const [number, path] of paths.entries()) pages[path] = page(number);
  const db = join(folder, 'killed.sqlite');
  const child = spawn(
    process.execPath,
    [CLI, 'watch', `${base}/feed`, '--pause', '50ms', '--allow-private', '--db', db],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  await new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      if (asked.includes('/2')) child.kill('SIGKILL');
    });
    child.on('close', () => resolve());
  });
  const before = asked.length;
  const { code, err } = await watch('killed.sqlite');
  expect(code).toBe(0);
  // The page in hand at the kill may be asked for again; those before it are not.
  const again = asked.slice(before).filter((path) => path !== '/robots.txt' && path !== '/feed');
  expect(again.length).toBeLessThanOrEqual(4);
  expect(err).toMatch(/^[3-4] added/);
  const store = await Store.open(db);
  expect(await store.documents()).toHaveLength(6);
  expect((await store.intake.arrivals(0, 100)).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  await store.close();
}, 30_000);

test('a list of feeds names its line where it is wrong', async () => {
  writeFileSync(join(folder, 'feeds.txt'), `# mine\n${base}/feed\nharbour.example\n`);
  const { code, err } = await runReadout([
    'watch',
    join(folder, 'feeds.txt'),
    '--once',
    '--db',
    join(folder, 'x.sqlite'),
  ]);
  expect(code).toBe(1);
  expect(err).toContain('feeds.txt, line 3: expected the address of a feed, got "harbour.example"');
});

test('new tells what came, and from its cursor on what came since', async () => {
  pages = { '/feed': feed(item('/1')), '/1': page(1), '/2': page(2) };
  const db = join(folder, 'new.sqlite');
  await watch('new.sqlite');
  const all = await runReadout(['new', '--db', db, '--json']);
  const { cursor, documents } = JSON.parse(all.out) as { cursor: number; documents: readonly unknown[] };
  expect(documents).toHaveLength(1);
  expect(documents[0]).toMatchObject({ title: 'Report 1', outlet: 'Harbour Post' });
  await runReadout(['add', `${base}/2`, '--allow-private', '--db', db]);
  const since = await runReadout(['new', '--since', String(cursor), '--db', db]);
  expect(since.out).toMatch(/Report 2 \(Harbour Post\)\n$/);
  expect(since.out.split('\n')).toHaveLength(2);
});

test('add --resume passes over files that were read to their end, until they change', async () => {
  const db = join(folder, 'resume.sqlite');
  const file = join(folder, 'report.txt');
  writeFileSync(file, WORDS);
  expect((await runReadout(['add', file, '--db', db])).err).toBe('1 added, 0 known already.\n');
  expect((await runReadout(['add', file, '--resume', '--db', db])).err).toBe(
    '0 added, 0 known already.\nA file passed over: read before, and unchanged.\n',
  );
  writeFileSync(file, `${WORDS} They parted.`);
  expect((await runReadout(['add', file, '--resume', '--db', db])).err).toBe('1 added, 0 known already.\n');
});
