import { Crew } from '../src/app/crew.ts';
import { makeApp } from '../src/app/http/app.ts';
import { Gate } from '../src/app/http/gate.ts';
import { Replies } from '../src/app/http/replies.ts';
import { offeredOperations, type Site } from '../src/app/http/site.ts';
import { OPERATIONS } from '../src/app/operations.ts';
import { addPages, problemPage } from '../src/app/web/site.ts';
import type { Store } from '../src/record/store.ts';
import { Tokens } from '../src/record/tokens.ts';

/** The key of the site's address in tests. */
export const KEY = 'k'.repeat(36);

/** A site over a record (at `place`) without a port: `ask` answers as the server would. Faults of ours fail the test that asks. */
export async function siteOver(
  store: Store,
  place?: string,
): Promise<{
  readonly tokens: Tokens;
  /** Ends the threads that read. */
  close(): Promise<void>;
  ask(target: string, request?: RequestInit & { readonly host?: string }): Promise<Response>;
}> {
  const tokens = new Tokens(store.engine);
  let crew: Crew | undefined;
  const site: Site = {
    store,
    ...(place === undefined ? {} : { place }),
    replies: new Replies({ version: () => store.version() }),
    offered: await offeredOperations(OPERATIONS),
    version: '0.0.0',
    signal: new AbortController().signal,
    late: new AbortController().signal,
    crew() {
      crew ??= new Crew({ threads: 1 });
      return crew;
    },
    now: () => new Date('2031-01-01T00:00:00Z'),
  };
  const faults: unknown[] = [];
  const hosts = new Set(['127.0.0.1:4173', 'localhost:4173', '[::1]:4173']);
  const gate = new Gate({ tokens, hosts, loopback: true, key: KEY, now: () => 0 });
  const app = makeApp(site, {
    ...{ gate, proxied: false, addPages, problemPage },
    log: (who, what, status) => tokens.log({ at: '2031-01-01T00:00:00Z', who, what, status }),
    fault: (error) => faults.push(error),
  });
  return {
    tokens,
    close: async () => crew?.leave(),
    async ask(target, { host = '127.0.0.1:4173', ...request } = {}) {
      const headers = new Headers(request.headers);
      headers.set('host', host);
      if (!headers.has('accept')) headers.set('accept', 'text/html');
      // Not by URL: a browser cleans addresses that a script does not.
      const response = await app.request(new Request(`http://127.0.0.1:4173${target}`, { ...request, headers }));
      if (faults.length > 0) throw faults[0];
      return response;
    },
  };
}
