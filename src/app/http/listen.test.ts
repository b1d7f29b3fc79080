import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveInChild } from '../../../test/child.ts';
import { type Serving, startServing } from '../../../test/serving.ts';
import { storyReading } from '../../../test/story.ts';
import { SUMMIT } from '../../../test/summit.ts';
import { Store } from '../../record/store.ts';
import { limited } from './body.ts';
import { listen } from './listen.ts';
import { problemOf } from './problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-listen-'));
const db = join(folder, 'record.sqlite');
let serving: Serving;

beforeAll(async () => {
  const store = await Store.open(db, { create: true });
  await store.addAll(many(250));
  await store.close();
  serving = await startServing(db);
});

afterAll(async () => {
  await serving.stop();
  rmSync(folder, { recursive: true });
});

/** Reports enough, with sentences long enough, that their export is longer than any buffer on the way. */
function many(count: number): Parameters<Store['addAll']>[0] {
  return Array.from({ length: count }, (_, index) => {
    const sentence = `Norway expelled envoy ${index} of Finland ${'and again '.repeat(9000)}.`;
    const reading = storyReading({
      outlet: 'Harbour Post',
      published: `20${10 + (index % 80)}-0${1 + (index % 9)}-11`,
      text: sentence,
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
function raw(port: number, text: string, ms = 3000): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('latin1');
    socket.on('data', (part) => {
      got += part;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
    setTimeout(() => socket.destroy(), ms).unref();
  });
}

const portOf = ({ origin }: Serving) => Number(new URL(origin).port);

describe('a server on a port', () => {
  test('answers as the API does, with its marks', async () => {
    const first = await fetch(`${serving.origin}/api/v1/new?limit=3`);
    expect(((await first.json()) as { documents: unknown[] }).documents).toHaveLength(3);
    const headers = { 'if-none-match': first.headers.get('etag')! };
    expect((await fetch(`${serving.origin}/api/v1/new?limit=3`, { headers })).status).toBe(304);
    const other = await fetch(`${serving.origin}/api/v1/nothing`);
    expect(other.headers.get('content-type')).toBe('application/problem+json');
  });

  test('refuses hosts, lines and heads that are not in order', async () => {
    const port = portOf(serving);
    const ask = (head: string) => raw(port, `GET /api/v1/new HTTP/1.1\r\n${head}connection: close\r\n\r\n`);
    expect(await ask(`host: 127.0.0.1:${port}\r\n`)).toMatch(/^HTTP\/1.1 200/);
    expect(await ask('host: evil.example\r\n')).toMatch(/^HTTP\/1.1 421/);
    expect(await ask('')).toMatch(/^HTTP\/1.1 4\d\d/);
    expect(await ask(`host: 127.0.0.1:${port}\r\nhost: evil.example\r\n`)).toMatch(/^HTTP\/1.1 4\d\d/);
    expect(await ask(`host: 127.0.0.1:${port}\r\nx: ${'y'.repeat(20_000)}\r\n`)).toMatch(/^HTTP\/1.1 431/);
    expect(await ask('host: a b<>\r\n')).toMatch(/^HTTP\/1.1 4\d\d/);
    const smuggled = `POST /api/v1/read HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await raw(port, smuggled)).toMatch(/^HTTP\/1.1 400/);
    expect(
      await raw(
        port,
        `GET ${'/../'.repeat(20)}etc/passwd HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1.1 404/);
  });

  test('takes no more than a body of its size, whatever the head says', async () => {
    const head = `POST /api/v1/read HTTP/1.1\r\nhost: 127.0.0.1:${portOf(serving)}\r\ncontent-type: application/json\r\n`;
    expect(await raw(portOf(serving), `${head}content-length: 99999999999\r\n\r\n{`)).toMatch(/^HTTP\/1.1 413/);
    const piece = `${(1 << 20).toString(16)}\r\n${'x'.repeat(1 << 20)}\r\n`;
    expect(await raw(portOf(serving), `${head}transfer-encoding: chunked\r\n\r\n${piece.repeat(11)}`)).toMatch(
      /^HTTP\/1.1 413/,
    );
  });

  test('is not held up by those who read slowly', async () => {
    const slow: Socket[] = [];
    for (let i = 0; i < 4; i++) {
      const socket = connect(portOf(serving), '127.0.0.1', () =>
        socket.write(`GET /api/v1/export HTTP/1.1\r\nhost: 127.0.0.1:${portOf(serving)}\r\n\r\n`),
      );
      socket.on('error', () => {});
      socket.pause();
      slow.push(socket);
    }
    await pause(300);
    expect((await fetch(`${serving.origin}/api/v1/new?limit=1`)).status).toBe(200);
    const kept = await fetch(`${serving.origin}/api/v1/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `readout=${serving.key}` },
      body: JSON.stringify({ text: 'Norway expelled two Finnish diplomats on Tuesday.', published: '2032-01-14' }),
    });
    expect(kept.status).toBe(201);
    const busy = await fetch(`${serving.origin}/api/v1/export`);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '30']);
    for (const socket of slow) socket.destroy();
    await expect.poll(async () => (await fetch(`${serving.origin}/api/v1/export?from=2099-01-01`)).status).toBe(200);
  });

  test('streams an export of any length', async () => {
    const response = await fetch(`${serving.origin}/api/v1/export?format=jsonl`);
    expect(response.headers.get('content-length')).toBeNull();
    const lines = (await response.text()).trim().split('\n');
    expect(lines.join('').length).toBeGreaterThan(20_000_000);
    for (const line of lines) JSON.parse(line);
  });

  test('tells of what comes in, as it comes', async () => {
    const response = await fetch(`${serving.origin}/api/v1/changes`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const store = await Store.open(db);
    const reading = storyReading({ ...SUMMIT[0]!, text: `${SUMMIT[0]!.text} This came late.` });
    await store.add(reading, { received: reading.document, reader: 'test', added: '2032-01-01T00:00:00Z' });
    await store.close();
    const { value } = await reader.read();
    expect(value).toMatch(/^id: \d+\nevent: document\ndata: \{/);
    expect(value).toContain(reading.document.id);
    await reader.cancel();
    const since = Number(/\d+/.exec(value!)![0]) - 1;
    const again = await fetch(`${serving.origin}/api/v1/changes`, { headers: { 'last-event-id': String(since) } });
    expect((await again.body!.pipeThrough(new TextDecoderStream()).getReader().read()).value).toBe(value);
  });
});

describe('those who dawdle', () => {
  test('over a head or a body are cut off', async () => {
    const stop = new AbortController();
    const app = new Hono();
    app.post('/', async (call) => call.text(String((await limited(call.req.raw)).length)));
    app.onError((error, call) => call.text(error.message, problemOf(error).status as 400));
    const options = { port: 0, host: '127.0.0.1', signal: stop.signal, headMs: 200, requestMs: 400 };
    const { port, ended } = await listen(() => app as never, options);
    const began = performance.now();
    const [head, body] = await Promise.all([
      raw(port, 'POST / HTTP/1.1\r\nhost: x\r\n', 5000),
      raw(port, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc', 5000),
    ]);
    expect(performance.now() - began).toBeLessThan(4000);
    expect(head).toMatch(/^HTTP\/1.1 408/);
    expect(body).toMatch(/^HTTP\/1.1 4\d\d/);
    stop.abort();
    await ended;
  });
});

describe('a server that is asked to end', () => {
  test('finishes the answers under way, lets go of those without end, and leaves', async () => {
    const place = join(folder, 'ending.sqlite');
    await (await Store.open(place, { create: true })).close();
    const server = await serveInChild(place);
    const { origin, searchParams } = server.entry;
    const listening = await fetch(`${origin}/api/v1/changes`);
    const reading = new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${origin}/api/v1/documents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `readout=${searchParams.get('key')}` },
      });
      asked.on('response', resolve).on('error', reject);
      asked.end(JSON.stringify({ text: 'Norway expelled two Finnish diplomats on Tuesday.', published: '2032-01-14' }));
    });
    await pause(100);
    const ended = server.end();
    const response = await reading;
    expect(response.statusCode).toBe(201);
    let body = '';
    for await (const part of response) body += part;
    expect(await listening.text()).toBe('');
    expect(await ended).toBe(0);
    expect(server.told()).not.toMatch(/should not happen|Error/);
    const store = await Store.open(place);
    expect((await store.documents()).map(({ id }) => id)).toEqual([JSON.parse(body).id]);
    await store.close();
  });
});
