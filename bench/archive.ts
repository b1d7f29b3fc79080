/**
 * Memory and speed over a long web archive, made while it is read by repeating pages (JSON lines with "html"), each
 * repetition at an address of its own.
 *
 *     node bench/archive.ts scrapinghub-article.jsonl.gz [megabytes, default 2048]
 *
 * Prints, ten times on the way, the pages read in a second since the last line and the memory of the whole process.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readChunks } from '../src/source/read.ts';

const bytes = readFileSync(process.argv[2]!);
const megabytes = Number(process.argv[3] ?? 2048);
const pages = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes)
  .toString()
  .trim()
  .split('\n')
  .map((line) => Buffer.from((JSON.parse(line) as { html: string }).html));

let sent = 0;
async function* archive(): AsyncGenerator<Uint8Array> {
  for (let number = 0; sent < megabytes * 1048576; number++) {
    const body = pages[number % pages.length]!;
    const head = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n');
    const record = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/${number}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${head.length + body.length}\r\n\r\n`;
    const whole = Buffer.concat([Buffer.from(record), head, body, Buffer.from('\r\n\r\n')]);
    sent += whole.length;
    yield whole;
  }
}

let read = 0;
let failed = 0;
let tenth = 0;
let last = { read, at: performance.now() };
for await (const result of readChunks('archive.warc', archive())) {
  if ('document' in result) read++;
  else failed++;
  const now = Math.floor((sent / megabytes / 1048576) * 10);
  if (now === tenth) continue;
  tenth = now;
  const seconds = (performance.now() - last.at) / 1000;
  const memory = (process.memoryUsage.rss() / 1048576).toFixed(0);
  const rate = ((read - last.read) / seconds).toFixed(1);
  console.log(`${(sent / 1048576).toFixed(0)} MB: ${rate} pages/s, ${memory} MB of memory, ${failed} failed`);
  last = { read, at: performance.now() };
}
