import { ReadoutError } from '../error.ts';
import { joinBytes } from './jsonl.ts';
import { charsetIn, headersOf, readResponse } from './web.ts';

/** A page out of a web archive: its address, its bytes, and the charset its server told. `name` is for messages. */
export interface ArchivedPage {
  readonly name: string;
  readonly url: string | null;
  readonly contentType: string;
  readonly charset: string | null;
  readonly body: Uint8Array;
  /** True when the body ends before its end. */
  readonly cut: boolean;
}

/** What an archive gives: a page, or why one could not be read. */
export type ArchivePart = { readonly page: ArchivedPage } | { readonly failure: ReadoutError };

interface Head {
  readonly type: string;
  readonly url: string | null;
  readonly contentType: string;
  readonly length: number;
  /** True when the crawler says that it stopped in the middle. */
  readonly truncated: boolean;
}

const LONGEST_LINE = 65_536;
/** How a record begins. */
const RECORD_START = /^(?:WARC\/\d\.\d|[a-z][a-z0-9+.-]{1,20}:\S.* \d{14} \S+ \d+$)/i;

/**
 * Reads the pages of a web archive, WARC 0.17 to 1.1 (ISO 28500) or ARC 1 and 2, as its unpacked bytes come, holding one
 * record at a time: responses with status 200, resources and conversions that are text, markup or PDF. Requests,
 * redirects, revisits and pictures hold no page and are passed over. A record whose length is wrong, whose head makes
 * no sense or whose body is cut off is a failure that names record and byte, and reading goes on with the next record.
 */
export async function* readArchive(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<ArchivePart> {
  const bytes = new Bytes(chunks);
  for (let number = 1; ; number++) {
    const line = await nonEmptyLine(bytes);
    if (line === null) return;
    const start = line.at;
    const where = `${name}, record ${number} at byte ${start}`;
    const head = await headOf(line.words, bytes);
    if (head === null) {
      yield {
        failure: damaged(where, `expected a WARC or ARC record, got "${printable(line.words)}". Went on with the next`),
      };
      await resync(bytes);
      continue;
    }
    const record = await bytes.take(head.length, limitBytes);
    const place = head.url === null ? where : `${where} (${head.url})`;
    if (record.missing > 0)
      yield {
        failure: damaged(place, `expected ${head.length} bytes, but the file ends ${record.missing} bytes before`),
      };
    const after = await bytes.peekLine();
    let body = record.bytes;
    if (after !== null && after !== '' && !RECORD_START.test(after)) {
      yield { failure: damaged(place, `the length it tells (${head.length}) is wrong. Looked for the next record`) };
      body = body && (await mended(body, bytes, limitBytes));
      await resync(bytes);
    }
    if (!holdsPage(head)) continue;
    if (body === null) {
      const limit = (limitBytes / 1048576).toFixed(1);
      yield {
        failure: new ReadoutError(
          'input.too-large',
          `${place}: expected a page of at most ${limit} MiB, got ${(head.length / 1048576).toFixed(1)}. It was left out.`,
        ),
      };
      continue;
    }
    try {
      const page = await pageOf(head, body, place, limitBytes);
      if (page) yield { page };
      if (page && (head.truncated || page.cut))
        yield { failure: damaged(place, 'the page is cut off; what is there was read') };
    } catch (error) {
      if (!(error instanceof ReadoutError)) throw error;
      yield { failure: error };
    }
  }
}

function damaged(where: string, problem: string): ReadoutError {
  return new ReadoutError('input.unreadable', `${where}: ${problem}.`);
}

function printable(words: string): string {
  return words.slice(0, 60).replace(/[^\x20-\x7e]/g, '?');
}

const TEXTUAL = /^(?:text\/(?:html|plain)|application\/(?:xhtml\+xml|pdf))\b/i;

async function pageOf(
  head: Head,
  bytes: Uint8Array,
  name: string,
  limitBytes: number,
): Promise<ArchivedPage | undefined> {
  // "metadata:" and "dns:" records, and the head of an ARC file, are no pages.
  if (!/^(?:https?|file):/i.test(head.url ?? '')) return undefined;
  const { url } = head;
  if (!/^application\/http\b/i.test(head.contentType) && head.type !== 'arc')
    return TEXTUAL.test(head.contentType)
      ? { name, url, contentType: head.contentType, charset: charsetIn(head.contentType), body: bytes, cut: false }
      : undefined;
  const response = await readResponse(bytes, name, limitBytes);
  const contentType = response.headers.get('content-type') ?? 'text/html';
  if (response.status !== 200 || !TEXTUAL.test(contentType) || response.body.length === 0) return undefined;
  return { name, url, contentType, charset: charsetIn(contentType), body: response.body, cut: response.cut };
}

function holdsPage({ type }: Head): boolean {
  return type === 'response' || type === 'resource' || type === 'conversion' || type === 'arc';
}

async function headOf(line: string, bytes: Bytes): Promise<Head | null> {
  if (!/^WARC\/\d/.test(line)) return arcHead(line);
  const lines: string[] = [];
  for (let next = await bytes.line(); next !== null && next !== ''; next = await bytes.line()) {
    if (lines.length > 500) return null;
    // A line that begins with a blank goes on with the one before.
    if (/^[ \t]/.test(next) && lines.length > 0) lines[lines.length - 1] += next;
    else lines.push(next);
  }
  const headers = headersOf(lines);
  const length = headers.get('content-length');
  if (length === undefined || !/^\d{1,15}$/.test(length)) return null;
  // Wget writes <http://example.org/>.
  const url = headers.get('warc-target-uri')?.replace(/^<(.*)>$/, '$1') ?? null;
  return {
    type: headers.get('warc-type')?.toLowerCase() ?? '',
    url,
    contentType: headers.get('content-type') ?? '',
    length: Number(length),
    truncated: headers.has('warc-truncated'),
  };
}

// "http://example.org/a page 192.0.2.1 20140216050221 text/html 1591": read from the right, for the address may hold blanks.
function arcHead(line: string): Head | null {
  const parts = /^([a-z][a-z0-9+.-]{1,20}:.{1,8000}) \S+ \d{8,20} (\S+) (?:.* )?(\d{1,15})$/i.exec(line);
  if (!parts) return null;
  return { type: 'arc', url: parts[1]!, contentType: parts[2]!, length: Number(parts[3]), truncated: false };
}

async function nonEmptyLine(bytes: Bytes): Promise<{ readonly words: string; readonly at: number } | null> {
  for (;;) {
    const at = bytes.offset;
    const words = await bytes.line();
    if (words === null || words !== '') return words === null ? null : { words, at };
  }
}

/**
 * The body of a record that tells a wrong length: up to the next record, where it is too long and has swallowed that;
 * with the bytes that follow, where it is too short.
 */
async function mended(body: Uint8Array, bytes: Bytes, limitBytes: number): Promise<Uint8Array> {
  // As windows-1252 every byte is one character, so that places in the words are places in the bytes.
  const inside = /\r?\n\r?\nWARC\/\d\.\d\r?\n/.exec(new TextDecoder('windows-1252').decode(body));
  if (inside) {
    bytes.putBack(body.subarray(inside.index + /^\s+/.exec(inside[0])![0].length));
    return body.subarray(0, inside.index);
  }
  const parts = [body];
  for (let length = body.length; length < limitBytes; ) {
    const line = await bytes.peekLine();
    if (line === null || RECORD_START.test(line)) break;
    const part = await bytes.takeLine();
    parts.push(part);
    length += part.length;
  }
  return joinBytes(parts);
}

/** Moves to the next line that begins a record, or to the end. */
async function resync(bytes: Bytes): Promise<void> {
  for (;;) {
    const line = await bytes.peekLine();
    if (line === null || RECORD_START.test(line)) return;
    await bytes.line();
  }
}

/** Bytes that come in chunks, taken by the line or by their number. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Bytes taken so far. */
  offset = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next line without its end, or null at the end. A line longer than any head's is given in pieces. */
  async line(): Promise<string | null> {
    const length = await this.#lineLength();
    if (length === 0) return null;
    const words = this.#decode(length);
    this.#skip(length);
    return words;
  }

  /** The bytes of the next line with its end. */
  async takeLine(): Promise<Uint8Array> {
    const length = await this.#lineLength();
    const part = this.#held.slice(this.#at, this.#at + length);
    this.#skip(length);
    return part;
  }

  /** Gives bytes back that were taken last. */
  putBack(part: Uint8Array): void {
    this.#held = joinBytes([part, this.#held.subarray(this.#at)]);
    this.#at = 0;
    this.offset -= part.length;
  }

  /** What {@link line} would give, without taking it. */
  async peekLine(): Promise<string | null> {
    const length = await this.#lineLength();
    return length === 0 ? null : this.#decode(length);
  }

  /**
   * The next `count` bytes; `null` where they are more than `limit`, which are passed over. `missing` is how many the
   * file is short of them.
   */
  async take(count: number, limit: number): Promise<{ readonly bytes: Uint8Array | null; readonly missing: number }> {
    const kept: Uint8Array | null = count <= limit ? new Uint8Array(count) : null;
    let done = 0;
    while (done < count) {
      if (this.#at === this.#held.length && !(await this.#more())) break;
      const part = this.#held.subarray(this.#at, this.#at + count - done);
      kept?.set(part, done);
      done += part.length;
      this.#skip(part.length);
    }
    return { bytes: kept, missing: count - done };
  }

  async #lineLength(): Promise<number> {
    for (let from = this.#at; ; ) {
      const end = this.#held.indexOf(0x0a, from);
      if (end !== -1) return end + 1 - this.#at;
      const length = this.#held.length - this.#at;
      if (length >= LONGEST_LINE) return length;
      if (!(await this.#more())) return length;
      from = this.#at + length;
    }
  }

  #decode(length: number): string {
    return new TextDecoder().decode(this.#held.subarray(this.#at, this.#at + length)).replace(/\r?\n$/, '');
  }

  #skip(count: number): void {
    this.#at += count;
    this.offset += count;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    const rest = this.#held.subarray(this.#at);
    this.#held = rest.length === 0 ? next.value : joinBytes([rest, next.value]);
    this.#at = 0;
    return true;
  }
}
