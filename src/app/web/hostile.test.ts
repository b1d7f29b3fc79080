import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../../test/chromium.ts';
import { type Serving, startServing } from '../../../test/serving.ts';
import { runReadout } from '../../../test/shell.ts';
import { type Story, storyReading } from '../../../test/story.ts';
import type { Event } from '../../record/event.ts';
import { Store } from '../../record/store.ts';

/** What a report may hold to hurt whoever reads it, in any of its parts. */
const HOSTILE: Readonly<Record<string, string>> = {
  script: `"><script>window.hacked=1</script>`,
  attribute: `" onmouseover="window.hacked=1" autofocus onfocus='window.hacked=1' x="`,
  image: `<img src=x onerror="window.hacked=1"><svg/onload=window.hacked=1>`,
  style: `<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>`,
  frame: `</title></textarea></style></script><iframe src="javascript:window.hacked=1"></iframe>`,
  template: `{{constructor.constructor('window.hacked=1')()}} \${window.hacked=1} <%= 1 %>`,
  link: `javascript:window.hacked=1`,
  entity: `&lt;script&gt;&#106;avascript&#58; &amp; &nbsp`,
  controls: `a\u0000b\u0007c\u0008d\u001b[31me\u009b31mf\u007f`,
  bidi: `safe\u202egnp.exe\u202c \u2066x\u2069 \u200f\ufeff`,
  halves: `\ud800 and \udc00\ud800`,
  lines: `x\r\n\r\nevent: document\ndata: {"evil":1}\n\n\u2028\u2029\u0085y`,
  formula: `=HYPERLINK("http://evil.example";"x")`,
  plus: `+1+cmd|' /C calc'!A0`,
  minus: `-2+3`,
  at: `@SUM(1)`,
  tab: `\t=1+1`,
  markdown: `[x](javascript:alert(1)) ![x](http://evil.example/p.png) <http://evil.example> \`c\` # h | a | b |`,
};

function storyOf(name: string, value: string): Story {
  // Some begin with the value: a cell, a heading or a line that does is what is aimed at.
  const sentence = `${value} met Finland in ${value} over nets of ${name}.`;
  return {
    ...{ outlet: value, published: '2021-06-18', title: value, text: sentence },
    actors: [
      { name: value, country: null, kind: 'group' },
      { name: 'Finland', country: 'FIN', kind: 'state' },
    ],
    claims: [
      {
        ...{ sentence, trigger: 'met', event: 'CONSULT', actors: [value, 'Finland'], place: [value, 'FIN', 'city'] },
        ...{ issue: [value, 'nets'], saidBy: value },
      },
    ],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'readout-hostile-'));
const db = join(folder, 'record.sqlite');
const readings = Object.entries(HOSTILE).map(([name, value]) => {
  const reading = storyReading(storyOf(name, value));
  const url = name === 'lines' || name === 'bidi' ? `https://x.example/${value}` : value;
  return { ...reading, document: { ...reading.document, url } };
});
let serving: Serving;
let events: readonly Event[];

beforeAll(async () => {
  const store = await Store.open(db, { create: true });
  for (const reading of readings) {
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  events = await store.events();
  await store.close();
  serving = await startServing(db);
});

afterAll(async () => {
  await serving.stop();
  rmSync(folder, { recursive: true });
});

async function get(path: string): Promise<string> {
  const response = await fetch(`${serving.origin}${path}`, { headers: { cookie: `readout=${serving.key}` } });
  expect(response.status, path).toBe(200);
  // Throws where it is not UTF-8.
  return new TextDecoder('utf-8', { fatal: true }).decode(await response.arrayBuffer());
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('whatever a report holds', () => {
  test('is text in a table for a spreadsheet: no cell is a formula, and none is cut', async () => {
    const tables = ['/timeline.csv', '/api/v1/export?format=csv', ...events.map(({ id }) => `/events/${id}.csv`)];
    for (const path of tables) {
      const text = await get(path);
      const rows = parse(text, { bom: true, relax_column_count: false }) as readonly (readonly string[])[];
      expect(rows.length, path).toBeGreaterThan(1);
      for (const value of rows.flat()) {
        if (/^-?\d+(?:\.\d+)?$/.test(value)) continue;
        expect(value, path).not.toMatch(/^\s*[=+\-@]/);
        // Data is as it came, but for what no table holds; what a person opens shows all that it holds.
        if (path.startsWith('/api/')) expect(value, path).not.toContain('\0');
        else expect(value, path).not.toMatch(HIDDEN);
      }
    }
  });

  test('is text in Markdown: no tag, no link, no picture, no heading or cell of its own', async () => {
    for (const path of ['/timeline.md', '/search.md?words=nets', ...events.map(({ id }) => `/events/${id}.md`)]) {
      const text = await get(path);
      expect(text, path).not.toMatch(/(?<!\\)<(?:script|img|svg|style|iframe|link|http)/i);
      expect(text, path).not.toMatch(/(?<!\\)\]\((?:javascript|http:\/\/evil)/i);
      expect(text, path).not.toMatch(/^\s*(?:event|data): /m);
      expect(text, path).not.toMatch(HIDDEN);
    }
  });

  test('is text in a page that is written to a file', async () => {
    const party = events[0]!.parties.find((one) => one !== 'FIN')!;
    for (const line of [
      ['timeline', '--html'],
      ['brief', 'FIN', party, '--html'],
      ['show', events[0]!.id, '--html'],
    ]) {
      const { code, out } = await runReadout([...line, '--db', db]);
      expect(code, line[0]).toBe(0);
      expect(out, line[0]).not.toMatch(/<(?:script|img|svg|iframe|link)|<[^>]*\son\w+=|href="(?!https?:|#|mailto:)/i);
      expect(out, line[0]).not.toMatch(HIDDEN);
    }
  });

  test('is the very same in JSON', async () => {
    for (const reading of readings) {
      const told = JSON.parse(await get(`/api/v1/show/${reading.document.id}`)) as typeof reading;
      expect(told.document.text).toBe(reading.document.text);
      expect(told.document.title).toBe(reading.document.title);
    }
    for (const path of [
      '/timeline.json',
      '/review.json',
      '/api/v1/review',
      '/api/v1/new',
      '/api/v1/search?words=nets',
    ]) {
      JSON.parse(await get(path));
    }
    for (const line of (await get('/api/v1/export?format=jsonl')).trim().split('\n')) JSON.parse(line);
  });

  test('breaks no line of what is told as it comes in', async () => {
    const response = await fetch(`${serving.origin}/api/v1/changes?since=0`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const text = (await reader.read()).value!;
    await reader.cancel();
    const told = text.split('\n\n').filter((one) => one !== '');
    expect(told).toHaveLength(readings.length);
    for (const one of told) {
      expect(one).toMatch(/^id: \d+\nevent: document\ndata: \{[^\r\n]*\}$/);
      JSON.parse(one.slice(one.indexOf('data: ') + 6));
    }
  });

  test('reaches a language model as a quotation', async () => {
    const client = new Client({ name: 'test', version: '0.0.0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${serving.origin}/mcp`)) as Transport);
    expect(client.getInstructions()).toContain('is never an instruction');
    for (const { id, claims } of events) {
      const { content } = await client.callTool({ name: 'show', arguments: { id } });
      const told = JSON.parse((content as readonly { readonly text: string }[])[0]!.text) as Event;
      expect(told.claims[0]!.sentence).toBe(claims[0]!.sentence);
    }
    await client.close();
  });

  test('runs nothing in a browser, asks nobody else, and breaks no policy', async () => {
    const browser = await launchChromium();
    try {
      const page = await (await browser.newContext()).newPage();
      const faults: string[] = [];
      page.on('dialog', (dialog) => {
        faults.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('pageerror', ({ message }) => faults.push(message));
      page.on('console', (line) => {
        if (/content security policy|refused to/i.test(line.text())) faults.push(line.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(serving.origin)) faults.push(`asked ${request.url()}`);
      });
      await page.addInitScript(
        'document.addEventListener("securitypolicyviolation", (event) => { (window.broken ??= []).push(event.violatedDirective + " " + event.sourceFile); })',
      );
      await page.goto(`${serving.origin}/?key=${serving.key}`);
      const value = encodeURIComponent(HOSTILE['script']!);
      const parties = [...new Set(events.flatMap((event) => event.parties))].filter((one) => one !== 'FIN').slice(0, 6);
      const paths = [
        ...['/', '/timeline', '/issues', '/network', '/map', '/review', `/search?words=${value}`, '/search?words=nets'],
        ...[`/timeline?outlet=${value}`, `/timeline?words=${value}&between=${value}`, `/nothing${value}`],
        ...events.map(({ id }) => `/events/${id}`),
        ...events.slice(0, 6).map(({ id, claims }) => `/documents/${claims[0]!.document}?event=${id}`),
        ...events.slice(0, 3).map(({ id, claims }) => `/events/${id}?correct=${claims[0]!.id}`),
        ...parties.map((party) => `/actors/${encodeURIComponent(party)}`),
        ...parties.slice(0, 3).map((party) => `/dyads/FIN-${encodeURIComponent(party)}`),
      ];
      for (const path of paths) {
        await page.goto(`${serving.origin}${path}`, { waitUntil: 'load' });
        const state = await page.evaluate(
          '({ hacked: window.hacked, broken: window.broken, inline: document.querySelectorAll("script:not([src]), style, [style], [onload], [onerror], [onfocus], [onmouseover], iframe, object, embed, base").length, links: [...document.querySelectorAll("a[href], form[action]")].map((one) => one.getAttribute("href") ?? one.getAttribute("action")).filter((one) => /^\\\\s*(?:javascript|data|vbscript):/i.test(one)) })',
        );
        expect(state, path).toEqual({ hacked: undefined, broken: undefined, inline: 0, links: [] });
      }
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 120_000);
});
