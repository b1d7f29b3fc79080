import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { ReadoutError } from '../../error.ts';
import { Line } from './line.ts';
import type { CallVariables } from './site.ts';

/** Where to listen, and for how long a client may dawdle. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly signal: AbortSignal;
  /** How long a head may take, and a whole request (default: 10 s, 60 s). */
  readonly headMs?: number;
  readonly requestMs?: number;
}

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** What answers. */
  readonly app: Hono<CallVariables>;
  /** Resolves when the server has ended: after `signal`, with the answers under way finished. */
  readonly ended: Promise<void>;
}

const HEADERS_MS = 10_000;
/** A body of 10 MiB over a thin line. */
const REQUEST_MS = 60_000;
const KEEP_ALIVE_MS = 10_000;
/** How long answers under way may take once the server is asked to end. */
export const LAST_MS = 5_000;
/** And how long what makes them may take to end after that. */
const GRACE_MS = 2_000;
const LOOK_MS = 2_000;
const SILENT_MS = 60_000;
/** More connections than this wait at the door of the operating system. */
const MOST_CONNECTIONS = 1000;

/** Listens and answers by the app made for the port that it got. Slow clients are cut off, and hold nobody else back. Throws `option.value` when it cannot. */
export async function listen(
  appAt: (port: number) => Hono<CallVariables>,
  { port, host, signal, headMs = HEADERS_MS, requestMs = REQUEST_MS }: ListenOptions,
): Promise<Listening> {
  let answer: ReturnType<typeof getRequestListener>;
  const line = new Line();
  const underWay = new Set<Promise<unknown>>();
  const timeouts = {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(LOOK_MS, headMs),
  };
  const server: Server = createServer(timeouts, (request, response) => {
    if (!isOf(request)) {
      response.writeHead(421, { connection: 'close' }).end();
      return;
    }
    const answered = line.join(async () => answer(request, response)).catch(() => {});
    underWay.add(answered);
    void answered.then(() => underWay.delete(answered));
  });
  // Whoever takes nothing of an answer for so long has gone.
  server.timeout = SILENT_MS;
  server.maxHeadersCount = 100;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE' ? `Port ${port} is taken; name another with --port.` : error.message;
      reject(new ReadoutError('option.value', busy, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const app = appAt(portOf(server, port));
  answer = getRequestListener(app.fetch);
  const ended = new Promise<void>((resolve) => {
    const stop = () => {
      // A connection that is kept alive idles once its answer is given.
      const sweep = setInterval(() => server.closeIdleConnections(), 100);
      const last = setTimeout(() => server.closeAllConnections(), LAST_MS);
      server.close(async () => {
        clearInterval(sweep);
        clearTimeout(last);
        await Promise.race([Promise.all(underWay), pause(GRACE_MS, undefined, { ref: false })]);
        resolve();
      });
      server.closeIdleConnections();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return { port: portOf(server, port), app, ended };
}

/** True for a path, and for a whole address that names the same server as the head does. */
function isOf({ url = '/', headers: { host } }: IncomingMessage): boolean {
  return url.startsWith('/') || (host !== undefined && URL.parse(url)?.host === host.toLowerCase());
}

function portOf(server: Server, asked: number): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}
