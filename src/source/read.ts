import { ReadoutError } from '../error.ts';
import { composeDocument, type Parts } from './compose.ts';
import { type DayInterval, parseDate } from './date.ts';
import { decodePage, decodeText } from './decode.ts';
import type { Document } from './document.ts';
import { detectFormat, type Format, HEAD_BYTES } from './format.ts';
import { joinBytes, readRecord, splitLines } from './jsonl.ts';
import { givenDate } from './published.ts';

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
  /** Bytes of the largest single document; default {@link LARGEST_DOCUMENT}. */
  readonly limitBytes?: number | undefined;
}

/** A document, or why there is none. A failure names its input. */
export type ReadResult = { readonly document: Document } | { readonly failure: ReadoutError };

/**
 * Reads one input, told apart by its content and never by its name: plain text, JSON lines, or a web page. `chunks` are
 * its bytes in order; `name` stands in failures. JSON lines are read one by one, so a file of any length needs the
 * memory of one line. What cannot be read comes as a failure, and the next lines go on. Throws `option.date` when
 * `options.published` is no date, and whatever `chunks` throws.
 */
export async function* readChunks(
  name: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<ReadResult> {
  const given = options.published === undefined ? null : givenDate(options.published, 'published');
  const limitBytes = options.limitBytes ?? LARGEST_DOCUMENT;
  const source = sourceOf(chunks);
  const { head, whole } = await headOf(source);
  const format = detectFormat(head.subarray(0, HEAD_BYTES), whole && head.length <= HEAD_BYTES);
  if (format === 'jsonl') {
    yield* readLines(name, chain(head, source), { ...options, given, limitBytes });
    return;
  }
  yield await attempt(async () => {
    const refused = REFUSED[format];
    if (refused) throw new ReadoutError(refused.code, `${name}: ${refused.problem}`);
    const bytes = await collect(name, chain(head, source), limitBytes);
    return readWhole(name, bytes, format, given, options);
  });
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
  return composeDocument({ ...partsOf(text, given, options), title: options.title ?? null });
}

const REFUSED: Partial<
  Record<Format, { readonly code: 'input.binary' | 'input.unreadable'; readonly problem: string }>
> = {
  binary: {
    code: 'input.binary',
    problem: 'expected text, HTML or JSON lines, but this is binary data. Unpack or convert it first.',
  },
  pdf: {
    code: 'input.binary',
    problem: 'this is a PDF, which is not read yet. Save its text, for example with pdftotext.',
  },
  warc: { code: 'input.unreadable', problem: 'this is a WARC archive, which is not read yet. Unpack its pages first.' },
  feed: {
    code: 'input.unreadable',
    problem: 'this is a feed or sitemap, which is not read yet. Give the pages it lists.',
  },
};

async function readWhole(
  name: string,
  bytes: Uint8Array,
  format: Format,
  given: DayInterval | null,
  options: ReadOptions,
): Promise<Document> {
  if (format !== 'html') return composeDocument(partsOf(decodeText(bytes, name), given, options));
  // Readers of plain text need not wait for the parser of pages to load.
  const { readPage } = await import('./page.ts');
  const page = readPage(decodePage(bytes), name);
  return composeDocument({
    text: page.text,
    title: page.title,
    outlet: options.outlet ?? page.outlet,
    url: page.url ?? options.url ?? null,
    removed: page.removed,
    given,
    metadata: page.dates,
    visible: page.visible,
  });
}

async function* readLines(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions & { readonly given: DayInterval | null; readonly limitBytes: number },
): AsyncGenerator<ReadResult> {
  for await (const line of splitLines(chunks, options.limitBytes)) {
    yield await attempt(async () => {
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
        ...partsOf(record.text, given, options),
        title: record.title,
        outlet: record.outlet ?? options.outlet ?? null,
        url: record.url ?? options.url ?? null,
      });
    });
  }
}

function partsOf(text: string, given: DayInterval | null, options: ReadOptions): Parts {
  return {
    text,
    title: null,
    outlet: options.outlet ?? null,
    url: options.url ?? null,
    removed: [],
    given,
    metadata: [],
  };
}

async function attempt(read: () => Promise<Document>): Promise<ReadResult> {
  try {
    return { document: await read() };
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
    if (next.done) return { head: joinBytes(parts, length), whole: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { head: joinBytes(parts, length), whole: false };
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
  return joinBytes(parts, length);
}
