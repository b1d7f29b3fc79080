import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../test/chromium.ts';
import { analyze, loadModel, writeConllu } from './index.ts';

const root = new URL('../../', import.meta.url);
const cases = new URL('test/cases/nlp/', root);
const text = readdirSync(cases)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(new URL(name, cases), 'utf8'))
  .join('\n\n');
let server: Server;
let browser: Browser;

beforeAll(async () => {
  // The sources as they are, without their types: nothing has to be built first.
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname.slice(1);
    if (path === '') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end('<!doctype html><title>core</title>');
      return;
    }
    const file = new URL(path, root);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const content = readFileSync(file);
    if (!path.endsWith('.ts')) response.end(content);
    else {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(stripTypeScriptTypes(content.toString('utf8')));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

test.each([true, false])(
  'a page reads a text to the same bytes as Node (SIMD asked for: %s)',
  async (simd) => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // As a string: the page's modules are not this file's.
    const found = await page.evaluate(`(async () => {
    const { analyze, loadModel, writeConllu } = await import('/src/nlp/index.ts');
    const bytes = new Uint8Array(await (await fetch('/model/english.bin')).arrayBuffer());
    const text = ${JSON.stringify(text)};
    const sentences = analyze(text, loadModel(bytes, { simd: ${simd} }));
    return { conllu: writeConllu(sentences, text), sentences: JSON.stringify(sentences) };
  })()`);
    const sentences = analyze(text, loadModel(readFileSync(new URL('model/english.bin', root))));
    expect(found).toEqual({ conllu: writeConllu(sentences, text), sentences: JSON.stringify(sentences) });
  },
  60_000,
);
