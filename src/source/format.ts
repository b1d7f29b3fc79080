import { decodePage } from './decode.ts';

/** What a file holds, told by its content; its name is never asked. */
export type Format = 'empty' | 'text' | 'jsonl' | 'html' | 'feed' | 'pdf' | 'warc' | 'binary';

/** How many bytes from the start {@link detectFormat} needs to see. */
export const HEAD_BYTES = 65_536;

const MAGIC: readonly (readonly [Format, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]], // %PDF-
  ['warc', [0x57, 0x41, 0x52, 0x43, 0x2f]], // WARC/
  ['binary', [0x1f, 0x8b]], // gzip
  ['binary', [0x50, 0x4b, 0x03, 0x04]], // zip, docx, epub
  ['binary', [0x89, 0x50, 0x4e, 0x47]], // png
  ['binary', [0xff, 0xd8, 0xff]], // jpeg
  ['binary', [0x47, 0x49, 0x46, 0x38]], // gif
  ['binary', [0xd0, 0xcf, 0x11, 0xe0]], // old Office
];

const PAGE_TAG = /<(?:html|head|body|meta|title|article|main|div|p|h1|section|table|link|script)[\s>]/i;
const FEED_TAG = /<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]/i;

/** Tells a format from the first {@link HEAD_BYTES} bytes of a file; `whole` says that there are no more. */
export function detectFormat(head: Uint8Array, whole: boolean): Format {
  if (head.length === 0) return 'empty';
  for (const [format, bytes] of MAGIC) if (bytes.every((byte, i) => head[i] === byte)) return format;
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!wide && looksBinary(head)) return 'binary';
  const start = decodePage(head).trimStart();
  if (start === '') return whole ? 'empty' : 'text';
  if (start.startsWith('<')) {
    const opening = start.slice(0, 4096);
    if (FEED_TAG.test(opening) && !/<html[\s>]/i.test(opening)) return 'feed';
    if (/^<!doctype\s+html/i.test(start) || PAGE_TAG.test(opening)) return 'html';
  }
  return looksLikeRecords(start, whole) ? 'jsonl' : 'text';
}

// Text holds tabs and line ends; a NUL or many other control bytes mean that it is something else.
function looksBinary(head: Uint8Array): boolean {
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
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
