import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Replies } from './replies.ts';

const long = 'The foreign ministers met. '.repeat(200);
const request = (headers: Record<string, string> = {}) =>
  new Request('http://127.0.0.1/timeline?type=CONSULT', { headers });
const page =
  (text = long) =>
  async () =>
    new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } });

function replies(version: () => string = () => '1'): Replies {
  return new Replies({ version: async () => version() });
}

describe('an answer', () => {
  test('is told to stand still as long as the record is what it was', async () => {
    let version = '1';
    const some = replies(() => version);
    const etag = (await some.give(request(), 'read', page())).headers.get('etag')!;
    expect((await some.give(request({ 'if-none-match': etag }), 'read', page())).status).toBe(304);
    expect((await some.give(request({ 'if-none-match': `W/"other", ${etag}` }), 'read', page())).status).toBe(304);
    version = '2';
    expect((await some.give(request({ 'if-none-match': etag }), 'read', page())).status).toBe(200);
  });

  test('is made once for those who are shown the same', async () => {
    const some = replies();
    let made = 0;
    const make = () => {
      made += 1;
      return page()();
    };
    for (const audience of ['read', 'read', 'review']) {
      expect(await (await some.give(request(), audience, make)).text()).toBe(long);
    }
    expect(made).toBe(2);
  });

  test('that many ask for at once is made once, unless it is nobody else’s', async () => {
    const some = replies();
    let made = 0;
    const slow = (headers: Record<string, string>) => async () => {
      made += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return new Response(long, { headers });
    };
    const all = (make: () => Promise<Response>) =>
      Promise.all(Array.from({ length: 20 }, async () => (await some.give(request(), 'read', make)).text()));
    expect(new Set(await all(slow({ 'content-type': 'text/html' }))).size).toBe(1);
    expect(made).toBe(1);
    const other = replies();
    const failing = async () => {
      made += 1;
      throw new Error('no');
    };
    const given = await Promise.allSettled([1, 2].map(() => other.give(request(), 'read', failing)));
    expect(given.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    made = 0;
    const own = Array.from({ length: 3 }, () => other.give(request(), 'read', slow({ 'cache-control': 'no-store' })));
    await Promise.all(own);
    expect(made).toBe(3);
  });

  test('is compressed as the asker takes it', async () => {
    const some = replies();
    const get = async (accepted: string) => {
      const response = await some.give(request({ 'accept-encoding': accepted }), 'read', page());
      return [response.headers.get('content-encoding'), Buffer.from(await response.arrayBuffer())] as const;
    };
    const [br, brotli] = await get('gzip, deflate, br');
    expect([br, brotliDecompressSync(brotli).toString()]).toEqual(['br', long]);
    const [gzip, zipped] = await get('gzip;q=0.5, br;q=0');
    expect([gzip, gunzipSync(zipped).toString()]).toEqual(['gzip', long]);
    const [none, whole] = await get('identity');
    expect([none, whole.toString()]).toEqual([null, long]);
  });

  test('that says no-store is made anew, and one that streams passes through', async () => {
    const some = replies();
    let made = 0;
    const secret = async () => {
      made += 1;
      return new Response(String(made), { headers: { 'cache-control': 'no-store' } });
    };
    await some.give(request(), 'read', secret);
    const again = await some.give(request(), 'read', secret);
    expect([await again.text(), again.headers.get('etag')]).toEqual(['2', null]);
    const stream = async () => new Response(long, { headers: { 'x-stream': '1', 'content-type': 'text/csv' } });
    const streamed = await some.give(request({ 'accept-encoding': 'gzip' }), 'read', stream);
    expect(gunzipSync(Buffer.from(await streamed.arrayBuffer())).toString()).toBe(long);
    expect(streamed.headers.get('x-stream')).toBeNull();
  });

  test('without much in it takes memory too, and one of another version none', async () => {
    let version = '1';
    const some = new Replies({ version: async () => version, mostBytes: 100_000 });
    let made = 0;
    const small = async () => {
      made += 1;
      return new Response('[]');
    };
    const ask = async (i: number) => (await some.give(new Request(`http://127.0.0.1/${i}`), 'read', small)).text();
    for (let i = 0; i < 100; i++) await ask(i);
    await ask(99);
    expect(made).toBe(100);
    await ask(0);
    expect(made).toBe(101);
    version = '2';
    await ask(99);
    version = '1';
    await ask(99);
    expect(made).toBe(103);
  });

  test('of any length is given in pieces, with its length', async () => {
    const some = new Replies({ version: async () => '1' });
    const body = Buffer.alloc(3_000_001, 'abcdefg');
    const given = await some.give(request(), 'read', async () => new Response(body));
    expect(given.headers.get('content-length')).toBe('3000001');
    expect(Buffer.from(await given.arrayBuffer()).equals(body)).toBe(true);
    const again = await some.give(request(), 'read', () => Promise.reject(new Error('kept')));
    const pieces: number[] = [];
    for await (const piece of again.body!) pieces.push(piece.length);
    expect(Math.max(...pieces)).toBe(65_536);
  });

  test('keeps within its memory', async () => {
    const some = new Replies({ version: async () => '1', mostBytes: 10_000 });
    for (let i = 0; i < 50; i++) {
      const asked = new Request(`http://127.0.0.1/${i}`);
      expect(await (await some.give(asked, 'read', page(`${i} ${long}`))).text()).toContain(String(i));
    }
  });
});
