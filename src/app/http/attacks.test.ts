import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveInChild } from '../../../test/child.ts';
import { type Serving, startServing } from '../../../test/serving.ts';
import { KEY, siteOver } from '../../../test/site.ts';
import { storyReading } from '../../../test/story.ts';
import { SUMMIT } from '../../../test/summit.ts';
import { checkRecord } from '../../record/check.ts';
import { Store } from '../../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-attacks-'));
const db = join(folder, 'record.sqlite');
let serving: Serving;
let port: number;

beforeAll(async () => {
  const store = await Store.open(db, { create: true });
  await store.addAll(many(60));
  await store.close();
  serving = await startServing(db);
  port = Number(new URL(serving.origin).port);
});

afterAll(async () => {
  await serving.stop();
  rmSync(folder, { recursive: true });
});

/** Reports whose pages and exports are longer than what lies in buffers on the way. */
function many(count: number): Parameters<Store['addAll']>[0] {
  return Array.from({ length: count }, (_, index) => {
    const sentence = `Norway expelled envoy ${index} of Finland ${'and again '.repeat(9000)}.`;
    const reading = storyReading({
      ...{ outlet: 'Harbour Post', published: `20${10 + index}-01-11`, text: sentence },
      actors: [
        { name: 'Norway', country: 'NOR', kind: 'state' },
        { name: 'Finland', country: 'FIN', kind: 'state' },
      ],
      claims: [{ sentence, trigger: 'expelled', event: 'SANCTION', actors: ['Norway'], recipients: ['Finland'] }],
    });
    return { reading, received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' };
  });
}

/** Sends bytes as they are, and gives what comes back until the connection closes or `ms` have passed. */
function raw(text: string, ms = 1500): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (part) => {
      got += part;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
    setTimeout(() => socket.destroy(), ms).unref();
  });
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const line = (target: string, method = 'GET', more = '') =>
  raw(`${method} ${target} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${more}connection: close\r\n\r\n`);

describe('a request that two readers could read in two ways', () => {
  const head = () => `POST /api/v1/read HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n`;
  const hidden = () => `GET /api/v1/new HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`;

  test.each([
    ['has two lengths', () => `${head()}content-length: 2\r\ncontent-length: 60\r\n\r\n{}${hidden()}`],
    [
      'has a length and pieces',
      () => `${head()}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden()}`,
    ],
    ['has pieces of another kind', () => `${head()}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden()}`],
    ['hides the pieces', () => `${head()}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden()}`],
    ['has a length with a sign', () => `${head()}content-length: +2\r\n\r\n{}${hidden()}`],
    [
      'has a piece whose length is none',
      () => `${head()}transfer-encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n${hidden()}`,
    ],
    ['folds a line of its head', () => `${head()}x: a\r\n content-length: 2\r\n\r\n{}${hidden()}`],
    ['has a blank before a colon', () => `${head()}content-length : 2\r\n\r\n{}${hidden()}`],
    ['has a line break in a value', () => `${head()}x: a\nhost: evil.example\r\n\r\n`],
    ['has a NUL in a value', () => `${head()}x: a\0b\r\n\r\n`],
  ])('is refused as a whole, and its connection closed: it %s', async (_, request) => {
    const answer = await raw(request());
    expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
    // One answer, and none to what was hidden in it.
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(answer).not.toContain('"documents"');
  });

  test('whose body is packed is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50 << 20));
    const answer = await fetch(`${serving.origin}/api/v1/read`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: bomb,
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([415, 'packed']);
  });
});

describe('a path that leads elsewhere', () => {
  test.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/client/..%2f..%2fpackage.js',
    '/client/%2e%2e/%2e%2e/package.json',
    '/client/..\\..\\package.js',
    '/client/..%5c..%5cpackage.js',
    '/try/..%2f..%2f..%2fpackage.json',
    '/try/%2e%2e%2f%2e%2e%2fpackage.json',
    '/try/....//....//package.json',
    '//etc/passwd',
    '/documents/..%2f..%2f..%2fetc%2fpasswd',
    '/events/%00',
    '/documents/%ed%a0%80',
    '/api/v1/export/../../../etc/passwd',
    '/api/v1/show/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  ])('gives nothing of the machine: %s', async (target) => {
    const answer = await line(target);
    expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
    expect(statusOf(answer)).toBeLessThan(500);
    expect(answer).not.toMatch(/root:|"dependencies"|at .*\.ts:\d/);
  });

  test('is no target either: absolute, an authority, or a star', async () => {
    expect(statusOf(await line('http://evil.example/timeline'))).toBe(421);
    expect(statusOf(await line(`http://127.0.0.1:${port}/api/v1/new`))).toBe(200);
    for (const [method, target] of [
      ['CONNECT', 'evil.example:443'],
      ['OPTIONS', '*'],
      ['GET', 'timeline'],
    ] as const) {
      const answer = await line(target, method);
      expect(statusOf(answer), target).not.toBe(200);
      expect(statusOf(answer), target).toBeLessThan(500);
    }
  });
});

describe('a method that is not taken', () => {
  test.each(['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])(
    'is refused with those that are: %s',
    async (method) => {
      const answer = await line('/api/v1/timeline', method, 'origin: http://evil.example\r\n');
      expect([400, 403, 405]).toContain(statusOf(answer));
      expect(answer).not.toMatch(/access-control-|x-secret/i);
      const own = await line('/api/v1/timeline', method, 'x-secret: s\r\n');
      expect([400, 405]).toContain(statusOf(own));
      if (statusOf(own) === 405) expect(own).toMatch(/\r\nallow: GET, HEAD\r\n/i);
    },
  );

  test('that there is not is no method at all', async () => {
    expect(statusOf(await line('/', 'STEAL'))).toBe(400);
    expect(statusOf(await line('/', 'get'))).toBe(400);
    expect(statusOf(await raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'))).toBe(400);
    expect(statusOf(await raw('GET / HTTP/3.0\r\n\r\n'))).toBeGreaterThanOrEqual(400);
  });

  test('asks for the head alone of every page, and gets no body', async () => {
    for (const path of ['/', '/timeline', '/style.css', '/review', '/api/v1/openapi.json', '/nothing']) {
      const answer = await line(path, 'HEAD');
      expect(statusOf(answer), path).toBe(path === '/nothing' ? 404 : 200);
      expect(answer.slice(answer.indexOf('\r\n\r\n') + 4), path).toBe('');
    }
  });
});

describe('a line break in what is asked', () => {
  test('stands in no head of an answer', async () => {
    const broken = '%0d%0aset-cookie:%20x=y%0d%0a';
    for (const target of [
      `/api/v1/timeline?limit=1&outlet=Harbour+Post${broken}`,
      `/api/v1/timeline?limit=1&words=${broken}Norway`,
      `/api/v1/search?limit=1&words=Norway&words=${broken}envoy`,
      `/timeline${broken}?key=${serving.key}`,
      `/%0d%0aset-cookie:x=y?key=${serving.key}`,
      `/events/${broken}`,
      `/api/v1/export?format=csv&outlet=${broken}`,
    ]) {
      const answer = await line(target);
      const [head] = answer.split('\r\n\r\n');
      expect(head, target).not.toMatch(/^set-cookie: x=y/im);
      expect(statusOf(answer), target).toBeLessThan(500);
    }
  });

  test('and two slashes or a backslash lead to no other site', async () => {
    for (const target of [
      '//evil.example/',
      '/\\evil.example/',
      '/%5cevil.example',
      '///evil.example',
      '/.//evil.example',
    ]) {
      const answer = await line(`${target}?key=${serving.key}`);
      const location = /\r\nlocation: ([^\r]*)/i.exec(answer)?.[1];
      if (location !== undefined) expect(new URL(location, serving.origin).origin, target).toBe(serving.origin);
    }
  });
});

describe('a name that is not this server’s', () => {
  test('reads nothing: names bound to this machine, other ports, dots, numbers', async () => {
    const ask = (host: string) => raw(`GET /api/v1/new HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    for (const host of [
      ...['evil.example', `evil.example:${port}`, '127.0.0.1', `localhost.:${port}`, `127.0.0.1.:${port}`],
      ...[
        `127.0.0.1:${port + 1}`,
        `0.0.0.0:${port}`,
        `[::]:${port}`,
        `[::ffff:127.0.0.1]:${port}`,
        `2130706433:${port}`,
      ],
      ...[`127.1:${port}`, `user@127.0.0.1:${port}`, `127.0.0.1:${port}@evil.example`, `localhost:0${port}`],
    ]) {
      // The names without a port are those of port 80, which a proxy may speak for.
      const allowed = host === '127.0.0.1' ? [200, 421] : [400, 421];
      expect(allowed, host).toContain(statusOf(await ask(host)));
    }
    for (const host of [`127.0.0.1:${port}`, `LocalHost:${port}`, `[::1]:${port}`]) {
      expect(statusOf(await ask(host)), host).toBe(200);
    }
  });
});

describe('another site', () => {
  test('may post to no address there is, with or without the cookie of a browser', async () => {
    const store = await Store.open(join(folder, 'posts.sqlite'), { create: true });
    const site = await siteOver(store);
    const described = (await (await site.ask('/api/v1/openapi.json')).json()) as { paths: Record<string, object> };
    const posts = Object.entries(described.paths).flatMap(([path, ways]) => ('post' in ways ? [`/api/v1${path}`] : []));
    const targets = [...posts, '/mcp', '/documents', '/review/accept', '/review/undo', '/review/name'];
    expect(targets.length).toBeGreaterThan(7);
    for (const target of targets) {
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: 'http://127.0.0.1:9999' },
        { origin: 'http://127.0.0.1:4173.evil.example' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const request = {
          method: 'POST',
          headers: { cookie: `readout=${KEY}`, ...headers } as Record<string, string>,
          body: 'x=y',
        };
        expect((await site.ask(target, request)).status, `${target} ${JSON.stringify(headers)}`).toBe(403);
      }
    }
    expect(await store.countDocuments()).toBe(0);
    await store.close();
  });
});

describe('those who dawdle', () => {
  test('in great number hold nobody up', async () => {
    const sockets: Socket[] = [];
    const open = (head: string) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(head));
      socket.on('error', () => {});
      socket.pause();
      sockets.push(socket);
    };
    const post = `POST /api/v1/read HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{`;
    const page = `GET /api/v1/timeline HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`;
    for (let i = 0; i < 60; i++) open(post);
    for (let i = 0; i < 60; i++) open(page);
    for (let i = 0; i < 60; i++) open('GET / HTTP/1.1\r\nhost: ');
    await pause(200);
    const began = performance.now();
    for (let i = 0; i < 5; i++) expect((await fetch(`${serving.origin}/api/v1/new?limit=${i + 1}`)).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(3000);
    for (const socket of sockets) socket.destroy();
  });
});

describe('a server that is killed gently', () => {
  test('in the middle of an export, of what comes in and of a post ends in time, with all that it told kept', async () => {
    const place = join(folder, 'ending.sqlite');
    const store = await Store.open(place, { create: true });
    await store.addAll(many(60));
    await store.close();
    const server = await serveInChild(place);
    const { origin, searchParams } = server.entry;
    // Whoever takes an export slowly, and never to its end.
    const slow = connect(Number(new URL(origin).port), '127.0.0.1', () =>
      slow.write(`GET /api/v1/export HTTP/1.1\r\nhost: ${new URL(origin).host}\r\n\r\n`),
    );
    slow.on('error', () => {});
    slow.pause();
    const listening = await fetch(`${origin}/api/v1/changes`);
    const headers = { 'content-type': 'application/json', cookie: `readout=${searchParams.get('key')}` };
    const texts = SUMMIT.slice(0, 4).map(({ text, published }) => ({ text, published: published ?? undefined }));
    const posting = texts.map((sent) =>
      fetch(`${origin}/api/v1/documents`, { method: 'POST', headers, body: JSON.stringify(sent) }).then(
        async (response) => ({ status: response.status, kept: (await response.json()) as { id: string } }),
        () => ({ status: 0, kept: { id: '' } }),
      ),
    );
    await pause(150);
    const began = performance.now();
    const ended = server.end();
    const answers = await Promise.all(posting);
    await listening.text();
    expect(await ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(9000);
    slow.destroy();
    expect(server.told()).not.toMatch(/should not happen|Error/);
    const after = await Store.open(place);
    const ids = new Set((await after.documents()).map(({ id }) => id));
    for (const { status, kept } of answers) if (status === 201) expect(ids).toContain(kept.id);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await checkRecord(after, { deep: false })).toEqual([]);
    await after.close();
  }, 30_000);
});
