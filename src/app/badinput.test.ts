import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import type { Document } from '../source/document.ts';

/*
 * Inputs that are broken, cut off or made to hurt, each in a folder with a good one behind it: each is read as far as it
 * goes or named in one clear line, and the good one is read.
 */
const SENTENCE = 'The envoys of Norway and Chile met in Oslo for an hour and agreed to measure the river again.';
const PARAGRAPHS = `<p>${SENTENCE}</p>`.repeat(6);
const page = (body: string): string => `<html><head><title>Rivers</title></head><body>${body}</body></html>`;
const item = (title: string): string => `<item><title>${title}</title><description>${SENTENCE}</description></item>`;
const record = (url: string, body: string, length: number | null = null): string => {
  const whole = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${body}`;
  return `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ${url}\r\nContent-Type: application/http\r\nContent-Length: ${length ?? whole.length}\r\n\r\n${whole}\r\n\r\n`;
};
const bomb = `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(1000)}">${Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i} "${`&${i === 0 ? 'a' : `e${i - 1}`};`.repeat(10)}">`).join('')}]>`;

const BAD: readonly (readonly [name: string, bytes: string | Uint8Array, documents: number, told: RegExp | null])[] = [
  [
    'a feed with an entity bomb',
    `<?xml version="1.0"?>${bomb}<rss><channel>${item('&e19; One')}</channel></rss>`,
    1,
    null,
  ],
  ['a page with an entity bomb', `${bomb}${page(`<p>&e19;</p>${PARAGRAPHS}`)}`, 1, null],
  ['a hundred thousand tags deep', page(`${'<div>'.repeat(100_000)}${PARAGRAPHS}`), 0, /nested too deeply/],
  ['a hundred thousand tags deep, of no kind', page(`${'<x>'.repeat(100_000)}${PARAGRAPHS}`), 1, null],
  ['a hundred thousand attributes', page(`<p ${'a=1 '.repeat(100_000)}>x</p>${PARAGRAPHS}`), 1, null],
  ['a page longer than allowed', page('<p>words</p>'.repeat(800_000)), 0, /at most 8\.0 MiB/],
  ['a page that swells when unpacked', gzipSync(page(' '.repeat(20_000_000))), 0, /at most 8\.0 MiB/],
  ['gzip cut off', gzipSync(page(PARAGRAPHS)).subarray(0, -20), 0, /damaged or cut off/],
  ['a feed cut in the middle', `<rss><channel>${item('One')}<item><title>Two</title><descr`, 2, /ends in the middle/],
  ['a feed without items', '<rss><channel><title>None</title></channel></rss>', 0, /holds no items/],
  [
    'an archive with a length too small',
    record('http://a.example/', page(PARAGRAPHS), 100) + record('http://b.example/', page(PARAGRAPHS)),
    2,
    /the length it tells \(100\) is wrong/,
  ],
  [
    'an archive with a length too large',
    record('http://a.example/', page(PARAGRAPHS), 900) + record('http://b.example/', page(PARAGRAPHS)),
    2,
    /the length it tells \(900\) is wrong/,
  ],
  [
    'an archive with a length beyond all',
    record('http://a.example/', page(PARAGRAPHS), 999_999_999_999),
    0,
    /at most 8\.0 MiB|the file ends/,
  ],
  [
    'an archive without pages',
    'WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n',
    0,
    /holds no page/,
  ],
  ['a PDF that is none', '%PDF-1.7 and nothing', 0, /expected a PDF/],
  [
    'a text in another charset',
    Uint8Array.from(`Malm\u00f6. ${SENTENCE}`, (letter) => letter.charCodeAt(0)),
    0,
    /expected UTF-8 text/,
  ],
  ['a page that names a charset it is not in', page(`<meta charset="big5">${PARAGRAPHS}<p>Malmö</p>`), 1, null],
  ['a text with NUL bytes', `${SENTENCE}\0\0${SENTENCE}`, 0, /binary data/],
  ['a page with NUL bytes', page(PARAGRAPHS.replaceAll('river', 'ri\0ver')), 1, null],
  ['a file of nothing', '', 1, null],
];

const folder = mkdtempSync(join(tmpdir(), 'readout-bad-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('bad input', () => {
  test.each(BAD)(
    '%s',
    async (name, bytes, documents, told) => {
      const inside = mkdtempSync(join(folder, 'case-'));
      writeFileSync(join(inside, 'a'), bytes);
      writeFileSync(join(inside, 'b'), page(PARAGRAPHS));
      const { code, out, err } = await runReadout(['extract', inside, '--jsonl']);
      const read = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Document);
      expect(read).toHaveLength(documents + 1);
      expect(read.at(-1)!.text).toContain(SENTENCE);
      for (const { text } of read) expect(text).not.toContain('\0');
      expect(code).toBe(told ? 1 : 0);
      if (told) {
        expect(err).toMatch(told);
        expect(err.split('\n')[0]).toContain(join(inside, 'a'));
      } else expect(err, name).toBe('');
    },
    30_000,
  );

  test('a page of 100 MB that comes in pieces is given up at the limit', async () => {
    let sent = 0;
    async function* pieces() {
      yield Buffer.from('<html><body>');
      for (; sent < 100; sent += 1) yield Buffer.from('<p>words</p>'.repeat(87_381));
    }
    const { code, err } = await runReadout(['extract', '-', '--jsonl'], { stdin: pieces() });
    expect(code).toBe(1);
    expect(err).toContain('standard input: expected one document of at most 8.0 MiB');
    expect(sent).toBeLessThan(12);
  });

  test('an address with a password is refused without showing it, and the file behind it is read', async () => {
    writeFileSync(join(folder, 'good'), page(PARAGRAPHS));
    const { code, out, err } = await runReadout([
      'extract',
      'http://me:hunter2@a.example/',
      join(folder, 'good'),
      '--jsonl',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('is not fetched: it held a user name or password');
    expect(err + out).not.toContain('hunter2');
    expect(out.trim().split('\n')).toHaveLength(1);
  });
});
