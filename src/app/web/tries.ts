import { readdirSync, readFileSync } from 'node:fs';
import { HttpError } from '../http/problem.ts';
import type { AddPage, PageCall } from './show.ts';

/** What `npm run build` made of the page that reads by itself. */
const BUILT = new URL('../../../dist/try/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  bin: 'application/octet-stream',
};
/** Its worker compiles WebAssembly; the rest is as strict as elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** `/try/`: the page that reads a text in the browser itself. It holds nothing of the record, so all may have it. */
export const addTryPages: AddPage = (app, { replies }) => {
  app.get('/try', (call) => call.redirect('/try/', 308));
  app.get('/try/', (call) => file(call, 'index.html'));
  app.get('/try/:name', (call) => file(call, call.req.param('name')));

  function file(call: PageCall, name: string): Promise<Response> {
    return replies.give(call.req.raw, 'all', async () => {
      if (!builtNames().includes(name)) {
        throw new HttpError(404, 'address', 'There is no such file of the try-it page; `npm run build` makes it.');
      }
      // Names with a hash never mean anything else.
      const isHashed = /-[0-9a-f]{8}\.\w+$/.test(name);
      return new Response(fileOf(name), {
        headers: {
          'content-type': TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream',
          'content-security-policy': POLICY,
          ...(isHashed ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
        },
      });
    });
  }
};

function builtNames(): readonly string[] {
  try {
    return readdirSync(BUILT);
  } catch {
    return [];
  }
}

function fileOf(name: string): Uint8Array<ArrayBuffer> | string {
  const path = new URL(name, BUILT);
  if (name !== 'index.html') return readFileSync(path);
  // Here there is a site to go back to.
  return readFileSync(path, 'utf8').replace(
    '<span class="home">Readout</span>',
    '<a class="home" href="/">Readout</a>',
  );
}
