import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { Fetcher, type FetchOptions, isPublic } from './fetch.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback, and a fetcher that may reach it there and nothing else. */
async function serve(answers: Readonly<Record<string, Answer | string>>, options: FetchOptions = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (typeof answer === 'function') answer(request, response);
    else if (answer !== undefined) response.end(answer);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fetcher = new Fetcher({
    pauseMs: 1,
    backOffMs: 1,
    timeoutMs: 2000,
    mayReach: (address) => address === '127.0.0.1',
    ...options,
  });
  open.push(() => {
    server.closeAllConnections();
    server.close();
    void fetcher.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    asked,
    fetcher,
    text: async (path: string) => new TextDecoder().decode((await fetcher.fetch(base + path)).body),
  };
}

describe('a page', () => {
  test('is fetched once robots.txt has been asked, with a name that says who asks', async () => {
    let agent = '';
    const { asked, text } = await serve({
      '/a': (request, response) => {
        agent = request.headers['user-agent'] ?? '';
        response.end('words');
      },
    });
    expect(await text('/a')).toBe('words');
    expect(asked).toEqual(['/robots.txt', '/a']);
    expect(agent).toMatch(/^readout\/\d/);
  });

  test('that robots.txt shuts is not asked for; the rest of the site is', async () => {
    const { asked, text } = await serve({ '/robots.txt': 'User-agent: *\nDisallow: /private', '/b': 'open' });
    await expect(text('/private/a')).rejects.toThrow('its robots.txt asks not to');
    expect(await text('/b')).toBe('open');
    expect(asked).toEqual(['/robots.txt', '/b']);
  });

  test('of a site whose robots.txt fails is left for later', async () => {
    const { text } = await serve({ '/robots.txt': (_, response) => response.writeHead(503).end(), '/a': 'x' });
    await expect(text('/a')).rejects.toThrow('robots.txt could not be asked for');
  });

  test('that has not changed is not sent again', async () => {
    const { fetcher, base } = await serve({
      '/a': (request, response) =>
        request.headers['if-none-match'] === '"1"'
          ? response.writeHead(304).end()
          : response.writeHead(200, { etag: '"1"' }).end('words'),
    });
    const first = await fetcher.fetch(`${base}/a`);
    expect(first.changed).toBe(true);
    expect((await fetcher.fetch(`${base}/a`, first.marks)).changed).toBe(false);
  });

  test('that moved is followed a few times, and not in a circle', async () => {
    const to =
      (location: string): Answer =>
      (_, response) =>
        response.writeHead(302, { location }).end();
    const { text, fetcher, base } = await serve({ '/a': to('/b'), '/b': 'here', '/c': to('/d'), '/d': to('/c') });
    expect(await text('/a')).toBe('here');
    expect((await fetcher.fetch(`${base}/a`)).url).toBe(`${base}/b`);
    await expect(text('/c')).rejects.toThrow('it redirects more than 5 times');
  });

  test('that fails for a passing reason is asked for again, one that is gone is not', async () => {
    let times = 0;
    const { text, asked } = await serve({
      '/busy': (_, response) => {
        times += 1;
        if (times < 3) response.writeHead(503, { 'retry-after': '0' }).end();
        else response.end('at last');
      },
    });
    expect(await text('/busy')).toBe('at last');
    await expect(text('/gone')).rejects.toThrow('the server answered 404');
    expect(asked.filter((path) => path === '/gone')).toHaveLength(1);
  });

  test('that never ends, swells when unpacked, or comes too slowly is given up', async () => {
    const { text } = await serve(
      {
        '/endless': (_, response) => {
          const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
          response.on('close', () => clearInterval(more));
        },
        '/bomb': (_, response) =>
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('0'.repeat(5_000_000))),
        '/slow': (_, response) => {
          const more = setInterval(() => response.write('.'), 20);
          response.on('close', () => clearInterval(more));
        },
      },
      { limitBytes: 100_000, timeoutMs: 400, attempts: 1 },
    );
    await expect(text('/endless')).rejects.toThrow('the answer is longer');
    await expect(text('/bomb')).rejects.toThrow('the answer is longer');
    await expect(text('/slow')).rejects.toThrow('no whole answer within 0.4 seconds');
  });
});

describe('an address', () => {
  test.each([
    'http://127.0.0.1/a',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/a',
    'http://[::ffff:10.0.0.1]/a',
    'http://2130706433/a',
    'http://0x7f.1/a',
    'http://192.168.1.1/a',
    'http://localhost/a',
  ])('inside a private network is refused: %s', async (address) => {
    const fetcher = new Fetcher({ attempts: 1 });
    open.push(() => void fetcher.close());
    await expect(fetcher.fetch(address)).rejects.toThrow('inside a private network');
  });

  test.each(['http://169.254.169.254/x', 'http://[::1]/x', 'file:///etc/passwd', 'http://me:secret@127.0.0.1/x'])(
    'is refused after a redirect too: %s',
    async (location) => {
      const { text } = await serve({ '/a': (_, response) => response.writeHead(302, { location }).end() });
      await expect(text('/a')).rejects.toThrow('is not fetched');
    },
  );

  test('with a password is refused, and the password not shown', async () => {
    const { fetcher } = await serve({});
    await expect(fetcher.fetch('http://me:hunter2@127.0.0.1/x')).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  test.each(['no address', 'ftp://x.example/a', 'javascript:alert(1)'])(
    'that is none is refused: %s',
    async (address) => {
      const { fetcher } = await serve({});
      await expect(fetcher.fetch(address)).rejects.toMatchObject({ code: 'input.address' });
    },
  );
});

test('one host is asked one page at a time, with a pause between', async () => {
  let busy = 0;
  let most = 0;
  const slow: Answer = (_, response) => {
    busy += 1;
    most = Math.max(most, busy);
    setTimeout(() => {
      busy -= 1;
      response.end('x');
    }, 20);
  };
  const { fetcher, base } = await serve({ '/1': slow, '/2': slow, '/3': slow }, { pauseMs: 30 });
  const start = performance.now();
  await Promise.all(['/1', '/2', '/3'].map((path) => fetcher.fetch(base + path)));
  expect(most).toBe(1);
  // Four requests with robots.txt: three pauses at least.
  expect(performance.now() - start).toBeGreaterThan(90);
});

test('numbers of the open internet are told from those of private and special networks', () => {
  for (const address of ['8.8.8.8', '93.184.216.34', '2606:2800:220:1::1']) expect(isPublic(address)).toBe(true);
  for (const address of ['10.1.2.3', '100.64.0.1', '0.0.0.0', '172.16.9.9', 'fe80::1', 'fc00::1', '224.0.0.1', '::'])
    expect(isPublic(address)).toBe(false);
});
