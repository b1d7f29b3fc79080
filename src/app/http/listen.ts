import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { ReadoutError } from '../../error.ts';
import type { CallVariables } from './api.ts';

/** Where to listen, and for how long a client may dawdle. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly signal: AbortSignal;
}

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Resolves when the server has ended: after `signal`, with the answers under way finished. */
  readonly ended: Promise<void>;
}

const HEADERS_MS = 10_000;
/** A body of 10 MiB over a thin line. */
const REQUEST_MS = 60_000;
const KEEP_ALIVE_MS = 10_000;
/** How long answers under way may take once the server is asked to end. */
const LAST_MS = 5_000;
/** More connections than this wait at the door of the operating system. */
const MOST_CONNECTIONS = 1000;

/** Listens and answers by the app made for the port that it got. Slow clients are cut off, and hold nobody else back. Throws `option.value` when it cannot. */
export async function listen(
  appAt: (port: number) => Hono<CallVariables>,
  { port, host, signal }: ListenOptions,
): Promise<Listening> {
  let answer: ReturnType<typeof getRequestListener> | undefined;
  const server: Server = createServer((request, response) => {
    answer ??= getRequestListener(appAt(portOf(server, port)).fetch, { overrideGlobalObjects: false });
    void answer(request, response);
  });
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxHeadersCount = 100;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE' ? `Port ${port} is taken; name another with --port.` : error.message;
      reject(new ReadoutError('option.value', busy, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const ended = new Promise<void>((resolve) => {
    const stop = () => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), LAST_MS).unref();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return { port: portOf(server, port), ended };
}

function portOf(server: Server, asked: number): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}
