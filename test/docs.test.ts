import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, type Operation } from '../src/app/operation.ts';
import { OPERATIONS } from '../src/app/operations.ts';
import { asPrinted, type Block, blocksOf, follow, isRun, type Stand } from './guide.ts';
import { freshDatabase } from './postgres.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const GUIDES = ['docs/start.md', ...filesIn('docs/guides')];
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...filesIn('docs'), ...filesIn('docs/guides')];

describe('following the guides', { concurrent: true, timeout: 180_000 }, () => {
  let paper: Server;
  const databases: Stand[] = [];
  beforeAll(async () => {
    paper = await harbourPost();
    for (const shown of ['postgres://readout@db.example/readout', 'postgres://readout@db.example/moved']) {
      const real = await freshDatabase('test/docs.test.ts');
      // Addresses are printed without their password.
      if (real !== undefined) databases.push({ shown, real }, { shown, real: real.replace(/:[^:@/]+@/, '@') });
    }
  });
  afterAll(() => paper.close());

  test.for(GUIDES)('%s: its commands work, and print what it says', async (page, { expect }) => {
    const { port } = paper.address() as AddressInfo;
    const stands = [{ shown: 'https://harbour-post.example', real: `http://127.0.0.1:${port}` }, ...databases];
    const has = (block: Block) =>
      (databases.length > 0 || !block.words.includes('postgres')) && (hasCurl || !/^curl /m.test(block.text));
    const outcomes = await follow(blocksOf(read(page)), stands, has);
    expect(outcomes.length).toBeGreaterThan(2);
    for (const outcome of outcomes) {
      const { block, code, output, printed } = outcome;
      const where = `${page}, line ${block.line}:\n${block.text}${output}`;
      expect(code, where).toBe(Number(block.words.find((word) => /^\d$/.test(word)) ?? 0));
      if (printed !== undefined) expect(asPrinted(outcome), where).toBe(printed);
    }
  });
});

describe.each(PAGES)('%s', (page) => {
  const text = read(page);
  const prose = text.replace(/^ *```[\s\S]*?^ *```$/gm, '');

  test('points to what there is', () => {
    const missing: string[] = [];
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(?:https?|mailto):/.test(target!)) continue;
      const [path, heading] = target!.split('#') as [string, string?];
      const file = path === '' ? page : join(dirname(page), path);
      if (!exists(file) || (heading !== undefined && !headingsOf(read(file)).includes(heading))) missing.push(target!);
    }
    for (const [, path] of prose.matchAll(
      /`((?:bench|data|docs|model|patterns|samples|schema|sql|src|static|test|train)\/[\w./-]*)`/g,
    )) {
      if (!exists(path!)) missing.push(path!);
    }
    expect(missing).toEqual([]);
  });

  test('names only commands and options that there are', async () => {
    const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
    const wrong: string[] = [];
    for (const line of [...blocksOf(text).flatMap(commandsOf), ...inline]) wrong.push(...(await unknownIn(line)));
    expect(wrong).toEqual([]);
  });
});

test('docs/README.md names every page', () => {
  const index = read('docs/README.md');
  const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(pages.filter((page) => !index.includes(`(${relative('docs', page)})`))).toEqual([]);
});

test('the blocks of a page are found, and what it leaves out stands for anything', () => {
  const [ran, printed] = blocksOf('Text\n\n```sh run\necho one\n```\n\n```text printed\none\n…\nthr…\n```\n');
  expect(isRun(ran!)).toBe(true);
  const outcome = (output: string) => ({ block: ran!, code: 0, output, printed: printed!.text });
  for (const output of ['one\nthree\n', 'one\ntwo\n\nthree\n']) expect(asPrinted(outcome(output))).toBe(printed!.text);
  for (const output of ['one\n', 'one\nthree\nfour\n', 'zero\none\nthree\n']) {
    expect(asPrinted(outcome(output))).toBe(output);
  }
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function exists(path: string): boolean {
  return statSync(resolve(ROOT, path), { throwIfNoEntry: false }) !== undefined;
}

function filesIn(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => `${folder}/${name}`);
}

/** What the headings of a page are called in addresses. */
function headingsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

/** The lines of a block that may be commands, one that goes on over several as one. */
function commandsOf({ words, text }: Block): readonly string[] {
  return words[1] === 'printed' || words[1] === 'file' ? [] : text.replaceAll('\\\n', ' ').split('\n');
}

/** What a line asks of Readout that it has not: a verb, or an option of it. */
async function unknownIn(line: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  // A verb may stand behind `npx`, a variable or a path; what follows a pipe, a remark or a semicolon is another command.
  for (const [, verb, rest] of line.matchAll(
    /(?<![\w./@-])(?:npx |\/usr\/local\/bin\/)?readout ([a-z]+)\b([^|;#`]*)/g,
  )) {
    const listed = OPERATIONS.find(({ name }) => name === verb);
    if (verb === 'readout') continue;
    if (listed === undefined) {
      wrong.push(`readout ${verb}`);
      continue;
    }
    const flags = fieldsOf((await listed.load()) as Operation).map(({ flag }) => flag);
    for (const [flag] of rest!.replace(/"[^"]*"|'[^']*'/g, '').matchAll(/(?<=\s)--[a-z-]+/g)) {
      if (flag !== '--help' && !flags.includes(flag)) wrong.push(`readout ${verb} ${flag}`);
    }
  }
  return wrong;
}

/** The invented paper of docs/guides/feeds.md: a feed of two pages, one of which is gone. */
async function harbourPost(): Promise<Server> {
  const day = 'Wed, 14 Jan 2032 09:00:00 GMT';
  const server = createServer(({ url, headers }, response) => {
    const item = (name: string) =>
      `<item><title>${name}</title><link>http://${headers.host}/${name}.html</link><pubDate>${day}</pubDate></item>`;
    if (url === '/feed.xml' && headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else if (url === '/feed.xml') {
      response.setHeader('content-type', 'application/rss+xml').setHeader('etag', '"1"');
      response.end(
        `<rss version="2.0"><channel><title>Harbour Post</title>${item('envoys')}${item('gone')}</channel></rss>`,
      );
    } else if (url === '/envoys.html') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(ENVOYS);
    } else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return server;
}

const ENVOYS = `<!doctype html><html lang="en"><head><title>Envoys sent home</title>
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2032-01-14T09:00:00Z"></head><body><article>
<h1>Envoys sent home</h1>
<p>OSLO, 14 January 2032 (Harbour Post) - Norway expelled two Finnish diplomats on Tuesday over a dispute about herring quotas in the northern sea.</p>
<p>Foreign Minister Una Vik told reporters that the two had until Friday to leave the country. Finland said it would answer in kind.</p>
</article></body></html>`;
