import { ReadoutError } from '../error.ts';
import { composeDocument, type Parts } from './compose.ts';
import { type DayInterval, parseDate } from './date.ts';
import { decodePage, decodeText } from './decode.ts';
import type { Document } from './document.ts';
import { type FeedItem, type FeedPart, readFeed, readJsonFeed } from './feed.ts';
import { detectFormat, type Format, HEAD_BYTES } from './format.ts';
import { joinBytes, readRecord, splitLines } from './jsonl.ts';
import { readPdf } from './pdf.ts';
import { givenDate } from './published.ts';
import { readArchive } from './warc.ts';

/** The largest single document read, in bytes: some thirty times the longest report or transcript. */
export const LARGEST_DOCUMENT = 8 * 1024 * 1024;

/** What the caller knows about every document of an input. All default to nothing known. */
export interface ReadOptions {
  /** Publication date, where the input itself gives none by record: `YYYY-MM-DD`, or any date {@link givenDate} reads. */
  readonly published?: string | undefined;
  /** Name of the outlet. */
  readonly outlet?: string | undefined;
  /** Where a page came from, when it does not say so itself. */
  readonly url?: string | undefined;
  /** Dates of publication that others tell (a feed of its page), as written, for a page that tells none. */
  readonly dates?: readonly string[] | undefined;
  /** The charset that the server told. */
  readonly charset?: string | null | undefined;
  /** Bytes of the largest single document; default {@link LARGEST_DOCUMENT}. */
  readonly limitBytes?: number | undefined;
}

/** A document, or why there is none. A failure names its input. */
export type ReadResult = { readonly document: Document } | { readonly failure: ReadoutError };

/**
 * Reads one input, told apart by its content and never by its name: plain text, JSON lines, a web page, a feed, a PDF,
 * or an archive of pages. `chunks` are its bytes in order; `name` stands in failures. What holds many documents is read
 * one by one, so a file of any length needs the memory of one. What cannot be read comes as a failure, and the rest
 * goes on. Throws `option.date` when `options.published` is no date, and whatever `chunks` throws.
 */
export async function* readChunks(
  name: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<ReadResult> {
  const given = options.published === undefined ? null : givenDate(options.published, 'published');
  const limits = { ...options, given, limitBytes: options.limitBytes ?? LARGEST_DOCUMENT };
  const source = sourceOf(chunks);
  const { head, whole } = await headOf(source);
  const format = detectFormat(head.subarray(0, HEAD_BYTES), whole && head.length <= HEAD_BYTES);
  const all = chain(head, source);
  if (format === 'jsonl') yield* readLines(name, all, limits);
  else if (format === 'feed')
    yield* readItems(name, readFeed(name, all, limits.limitBytes, options.charset ?? null), limits);
  else if (format === 'warc') yield* readPages(name, all, limits);
  else if (format === 'json-feed') {
    const read = await attempt(async () =>
      readJsonFeed(decodeText(await collect(name, all, LARGEST_FEED), name), name),
    );
    if ('failure' in read) yield read;
    else yield* readItems(name, each(read.value), limits);
  } else {
    const read = await attempt(async () =>
      readWhole(name, await collect(name, all, limits.limitBytes), format, limits),
    );
    yield 'failure' in read ? read : { document: read.value };
  }
}

/** Reads an input held in memory; see {@link readChunks}. */
export async function readBytes(
  name: string,
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<readonly ReadResult[]> {
  const results: ReadResult[] = [];
  for await (const result of readChunks(name, [bytes], options)) results.push(result);
  return results;
}

/** Makes a document of plain text held in memory: `document.text` is `text`. */
export function readText(text: string, options: ReadOptions & { readonly title?: string | undefined } = {}): Document {
  const given = options.published === undefined ? null : givenDate(options.published, 'published');
  return composeDocument({ ...partsOf(text, { ...options, given }), title: options.title ?? null });
}

interface Given extends ReadOptions {
  readonly given: DayInterval | null;
  readonly limitBytes: number;
}

/** A feed in JSON is parsed whole. */
const LARGEST_FEED = 64 * 1024 * 1024;

async function readWhole(name: string, bytes: Uint8Array, format: Format, options: Given): Promise<Document> {
  if (format === 'binary' || format === 'gzip')
    throw new ReadoutError(
      'input.binary',
      `${name}: expected text, a page, a feed, a PDF or an archive of pages, but this is other binary data. Unpack or convert it first.`,
    );
  if (format === 'pdf') {
    const { dates, ...printed } = await readPdf(bytes, name);
    return composeDocument({ ...partsOf(printed.text, options), ...printed, metadata: dates });
  }
  if (format !== 'html') return composeDocument(partsOf(decodeText(bytes, name, options.charset), options));
  // Readers of plain text need not wait for the parser of pages to load.
  const { readPage } = await import('./page.ts');
  const { dates, ...page } = readPage(decodePage(bytes, options.charset ?? null), name);
  return composeDocument({
    ...page,
    outlet: options.outlet ?? page.outlet,
    url: page.url ?? options.url ?? null,
    given: options.given,
    metadata: [...dates, ...(options.dates ?? [])],
  });
}

/** Documents of a feed's items: each with the text that the feed itself holds. */
async function* readItems(name: string, parts: AsyncIterable<FeedPart>, options: Given): AsyncGenerator<ReadResult> {
  let count = 0;
  let addresses = 0;
  for await (const part of parts) {
    if ('failure' in part) {
      count += 1;
      yield part;
    }
    if ('sitemap' in part) addresses += 1;
    if (!('item' in part)) continue;
    const { item } = part;
    if (item.listed) {
      addresses += 1;
      continue;
    }
    count += 1;
    const read = await attempt(async () => itemDocument(item, `${name}, item ${count}`, options));
    yield 'failure' in read ? read : { document: read.value };
  }
  if (count > 0) return;
  const held = addresses === 0 ? 'it holds no items' : `it only lists ${addresses} addresses`;
  const remedy = addresses === 0 ? 'Fetch it again later' : 'Give it to readout watch, or fetch the pages';
  yield {
    failure: new ReadoutError('input.unreadable', `${name}: expected a feed with texts, but ${held}. ${remedy}.`),
  };
}

/**
 * The document that a feed's item holds by itself: its own text, or its headline where it has no text. `options.given`
 * goes before the dates that the item tells. Throws `input.unreadable`, naming `name`, for markup that cannot be read.
 */
export async function itemDocument(
  item: FeedItem,
  name: string,
  options: ReadOptions & { readonly given?: DayInterval | null } = {},
): Promise<Document> {
  const { readFragment } = await import('./page.ts');
  const article = readFragment(item.html ?? '', name);
  return composeDocument({
    ...partsOf(article.text || (item.title ?? ''), { ...options, given: options.given ?? null }),
    ...(article.text === '' ? {} : article),
    title: item.title,
    authors: item.authors,
    outlet: options.outlet ?? item.outlet,
    url: item.url ?? options.url ?? null,
    metadata: [...item.dates, ...item.updates],
    updates: item.updates,
  });
}

/** Documents of an archive's pages. */
async function* readPages(name: string, chunks: AsyncIterable<Uint8Array>, options: Given): AsyncGenerator<ReadResult> {
  let count = 0;
  for await (const part of readArchive(name, chunks, options.limitBytes)) {
    count += 1;
    if ('failure' in part) {
      yield part;
      continue;
    }
    const { page } = part;
    const read = await attempt(async () => {
      const found = detectFormat(page.body.subarray(0, HEAD_BYTES), page.body.length <= HEAD_BYTES);
      // The server's word settles what the bytes leave open: a page may begin with words, a text with a tag.
      const format = found === 'pdf' ? 'pdf' : /html/i.test(page.contentType) ? 'html' : 'text';
      return readWhole(page.name, page.body, format, {
        ...options,
        url: page.url ?? undefined,
        charset: page.charset,
      });
    });
    yield 'failure' in read ? read : { document: read.value };
  }
  if (count > 0) return;
  const problem =
    'expected an archive of pages, but it holds no page: only requests, redirects, revisits or other files';
  yield { failure: new ReadoutError('input.unreadable', `${name}: ${problem}. Leave it out.`) };
}

async function* each(items: readonly FeedItem[]): AsyncGenerator<FeedPart> {
  for (const item of items) yield { item };
}

async function* readLines(name: string, chunks: AsyncIterable<Uint8Array>, options: Given): AsyncGenerator<ReadResult> {
  for await (const line of splitLines(chunks, options.limitBytes)) {
    const read = await attempt(async () => {
      const record = readRecord(line, name);
      // The line speaks of itself, the option of all lines: the line goes first.
      const given = record.published === null ? options.given : parseDate(record.published);
      if (record.published !== null && !given) {
        throw new ReadoutError(
          'input.jsonl',
          `${name}, line ${line.number}: expected "published" to be a date, got "${record.published.slice(0, 80)}". Write it as YYYY-MM-DD.`,
        );
      }
      return composeDocument({
        ...partsOf(record.text, { ...options, given }),
        title: record.title,
        outlet: record.outlet ?? options.outlet ?? null,
        url: record.url ?? options.url ?? null,
      });
    });
    yield 'failure' in read ? read : { document: read.value };
  }
}

function partsOf(text: string, options: ReadOptions & { readonly given: DayInterval | null }): Parts {
  return {
    text,
    title: null,
    outlet: options.outlet ?? null,
    url: options.url ?? null,
    removed: [],
    given: options.given,
    metadata: [],
  };
}

async function attempt<T>(read: () => Promise<T>): Promise<{ readonly value: T } | { readonly failure: ReadoutError }> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof ReadoutError) return { failure: error };
    throw error;
  }
}

function sourceOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncIterator<Uint8Array> {
  if (Symbol.asyncIterator in chunks) return chunks[Symbol.asyncIterator]();
  const iterator = chunks[Symbol.iterator]();
  return { next: async () => iterator.next() };
}

async function headOf(
  source: AsyncIterator<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly whole: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await source.next();
    if (next.done) return { head: joinBytes(parts), whole: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { head: joinBytes(parts), whole: false };
}

async function* chain(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

async function collect(name: string, chunks: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limitBytes) {
      const limit = (limitBytes / 1048576).toFixed(1);
      throw new ReadoutError(
        'input.too-large',
        `${name}: expected one document of at most ${limit} MiB, and this is longer. Split it into one file, or one JSON line, for each report.`,
      );
    }
    parts.push(chunk);
  }
  return joinBytes(parts);
}
