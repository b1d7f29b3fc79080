import { decodePage } from './decode.ts';

/** What a file holds, told by its content; its name is never asked. */
export type Format = 'empty' | 'text' | 'jsonl' | 'html' | 'feed' | 'json-feed' | 'pdf' | 'warc' | 'gzip' | 'binary';

/** How many bytes from the start {@link detectFormat} needs to see. */
export const HEAD_BYTES = 65_536;

const MAGIC: readonly (readonly [Format, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]], // %PDF-
  ['warc', [0x57, 0x41, 0x52, 0x43, 0x2f]], // WARC/
  ['warc', [0x66, 0x69, 0x6c, 0x65, 0x64, 0x65, 0x73, 0x63, 0x3a]], // filedesc: (ARC, its forerunner)
  ['gzip', [0x1f, 0x8b]],
  ['binary', [0x50, 0x4b, 0x03, 0x04]], // zip, docx, epub
  ['binary', [0x89, 0x50, 0x4e, 0x47]], // png
  ['binary', [0xff, 0xd8, 0xff]], // jpeg
  ['binary', [0x47, 0x49, 0x46, 0x38]], // gif
  ['binary', [0xd0, 0xcf, 0x11, 0xe0]], // old Office
];

const PAGE_TAG = /<(?:html|head|body|meta|title|article|main|div|p|h1|section|table|link|script)[\s>]/i;
const FEED_TAG = /<(?:[a-z]\w{0,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]/i;
const JSON_FEED = /^\{[^{}]{0,2000}"version"\s{0,4}:\s{0,4}"https?:\\?\/\\?\/jsonfeed\.org/;

/** Tells a format from the first {@link HEAD_BYTES} bytes of a file; `whole` says that there are no more. */
export function detectFormat(head: Uint8Array, whole: boolean): Format {
  if (head.length === 0) return 'empty';
  for (const [format, bytes] of MAGIC) if (bytes.every((byte, i) => head[i] === byte)) return format;
  if (!isWide(head) && looksBinary(head)) return 'binary';
  const start = decodePage(head).trimStart();
  if (start === '') return whole ? 'empty' : 'text';
  if (start.startsWith('<')) {
    const opening = start.slice(0, 4096);
    if (FEED_TAG.test(opening) && !/<html[\s>]/i.test(opening)) return 'feed';
    if (/^<!doctype\s+html/i.test(start) || PAGE_TAG.test(opening)) return 'html';
  }
  if (JSON_FEED.test(start)) return 'json-feed';
  // Markup may hold a stray NUL, which browsers pass over; a text does not.
  if (!isWide(head) && head.includes(0)) return 'binary';
  return looksLikeRecords(start, whole) ? 'jsonl' : 'text';
}

// Text in 16-bit units: by its byte-order mark, or markup by its first "<".
function isWide(head: Uint8Array): boolean {
  const first = (head[0]! << 8) | (head[1] ?? 0);
  return first === 0xfffe || first === 0xfeff || first === 0x3c00 || first === 0x003c;
}

// Text holds tabs and line ends; many other control bytes mean that it is something else.
function looksBinary(head: Uint8Array): boolean {
  let controls = 0;
  for (const byte of head) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) controls += 1;
  }
  return controls * 20 > head.length;
}

// One broken line, even the first, must not turn a file of records into prose: the majority decides.
function looksLikeRecords(start: string, whole: boolean): boolean {
  if (/^\{\s{0,100}["}]/.test(start)) return true;
  const lines = start.split('\n', 41);
  // The last line of the head is likely cut in the middle.
  if (!whole && lines.length < 41) lines.pop();
  const filled = lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 40);
  const records = filled.filter((line) => line.startsWith('{') && line.endsWith('}') && isJson(line));
  return records.length > 0 && records.length * 2 >= filled.length;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
