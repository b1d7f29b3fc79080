import { describe, expect, test } from 'vitest';
import { readArchive } from './warc.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function record(type: string, body: string, options: { length?: number; headers?: string; contentType?: string } = {}) {
  const length = options.length ?? encode(body).length;
  const contentType = options.contentType ?? (type === 'response' ? 'application/http;msgtype=response' : 'text/html');
  return `WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: https://x.example/${type}\r\n${options.headers ?? ''}Content-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n${body}\r\n\r\n`;
}

const page = (words: string, headers = 'Content-Type: text/html; charset=utf-8\r\n') =>
  `HTTP/1.1 200 OK\r\n${headers}\r\n<p>${words}</p>`;

async function read(text: string | Uint8Array, options: { limit?: number; piece?: number } = {}) {
  const bytes = typeof text === 'string' ? encode(text) : text;
  const piece = options.piece ?? bytes.length;
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const bodies: string[] = [];
  const failures: string[] = [];
  for await (const part of readArchive('a.warc', chunks(), options.limit ?? 100_000)) {
    if ('page' in part) bodies.push(new TextDecoder().decode(part.page.body));
    else failures.push(part.failure.message);
  }
  return { bodies, failures };
}

describe('an archive', () => {
  test('gives pages and passes over requests, redirects, revisits, pictures and the crawler’s own notes', async () => {
    const text = [
      record('warcinfo', 'software: x'),
      record('request', 'GET / HTTP/1.1\r\n\r\n', { contentType: 'application/http' }),
      record('response', page('one')),
      record('response', 'HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n<p>gone</p>'),
      record('response', 'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\npng'),
      record('revisit', 'HTTP/1.1 200 OK\r\n\r\n'),
      record('resource', '<p>two</p>'),
    ].join('');
    const expected = { bodies: ['<p>one</p>', '<p>two</p>'], failures: [] };
    expect(await read(text)).toEqual(expected);
    for (const piece of [1, 7, 100]) expect(await read(text, { piece })).toEqual(expected);
  });

  test.each([
    ['too short', 20],
    ['too long', 140],
  ])('with a length that is %s says so, and reads both the page and the next record', async (_, length) => {
    const { bodies, failures } = await read(
      record('response', page('one'), { length }) + record('response', page('two')),
    );
    expect(bodies.map((body) => body.trim())).toEqual(['<p>one</p>', '<p>two</p>']);
    expect(failures).toEqual([
      expect.stringContaining('record 1 at byte 0 (https://x.example/response): the length it tells'),
    ]);
  });

  test('cut off in the middle gives what is there and says how much is missing', async () => {
    const text = record('response', page('one')) + record('response', page('two'));
    const { bodies, failures } = await read(text.slice(0, -9));
    expect(bodies[0]).toBe('<p>one</p>');
    expect(failures[0]).toMatch(/record 2 at byte \d+ .*the file ends 5 bytes before/);
  });

  test('with rubbish between records names the place and goes on', async () => {
    const { bodies, failures } = await read(`rubbish\r\n\r\n${record('response', page('one'))}`);
    expect(bodies).toEqual(['<p>one</p>']);
    expect(failures).toEqual([
      expect.stringContaining('record 1 at byte 0: expected a WARC or ARC record, got "rubbish"'),
    ]);
  });

  test('leaves out a record larger than allowed without holding it', async () => {
    const { bodies, failures } = await read(
      record('response', page('x'.repeat(5000))) + record('response', page('two')),
      {
        limit: 2000,
        piece: 512,
      },
    );
    expect(bodies).toEqual(['<p>two</p>']);
    expect(failures).toEqual([expect.stringContaining('It was left out.')]);
  });

  test('puts chunked bodies together, and takes for whole what only says that it is chunked', async () => {
    const chunked = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n';
    const { bodies } = await read(
      record('response', `${chunked}3\r\n<p>\r\n7;x=y\r\none</p>\r\n0\r\n\r\n`) +
        record('response', `${chunked}<p>two</p>`),
    );
    expect(bodies).toEqual(['<p>one</p>', '<p>two</p>']);
  });

  test('unpacks gzip bodies, one cut off as far as it goes, and refuses one that swells beyond the limit', async () => {
    const packed = async (text: string): Promise<Uint8Array> =>
      new Uint8Array(
        await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
      );
    const join = (body: Uint8Array): Uint8Array => {
      const head = encode('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n');
      const front = encode(
        `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/z\r\nContent-Type: application/http\r\nContent-Length: ${head.length + body.length}\r\n\r\n`,
      );
      return new Uint8Array([...front, ...head, ...body, ...encode('\r\n\r\n')]);
    };
    const whole = await packed('<p>one</p>');
    expect((await read(join(whole))).bodies).toEqual(['<p>one</p>']);
    const cut = await read(join(whole.subarray(0, -4)));
    expect(cut).toEqual({ bodies: ['<p>one</p>'], failures: [expect.stringContaining('cut off')] });
    const bomb = await read(join(await packed('x'.repeat(500_000))));
    expect(bomb).toEqual({ bodies: [], failures: [expect.stringContaining('unpacks to more')] });
  });

  test('in the ARC form is read too, addresses with blanks included', async () => {
    const body = page('one');
    const text = `filedesc://a.arc 127.0.0.1 20140216050221 text/plain 9\n1 0 X\nURL\nhttp://x.example/a page 192.0.2.1 20140216050221 text/html ${body.length}\n${body}\n`;
    expect(await read(text)).toEqual({ bodies: ['<p>one</p>'], failures: [] });
  });
});
