import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { promisify } from 'node:util';
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  gzipSync,
} from 'node:zlib';

/** How answers are kept. */
export interface RepliesOptions {
  /** The version of the record: it changes with every change of what it holds. */
  version(): Promise<string>;
  /** Bytes of answers kept in memory (default: 32 MiB). */
  readonly mostBytes?: number;
}

interface Kept {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** An answer that is whole before it is sent. */
export interface Whole {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

type Encoding = 'br' | 'gzip';
/** Answers up to this many bytes are packed where they are made, in some 2 ms at most: another thread is asked in as much time, and answers late. */
const PACKED_AT_ONCE = 262_144;

async function packed(body: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  const [settings, level] = [brotliFor(body.length), { level: 6 }];
  if (body.length <= PACKED_AT_ONCE) {
    return encoding === 'br' ? brotliCompressSync(body, settings) : gzipSync(body, level);
  }
  return encoding === 'br' ? promisify(brotliCompress)(body, settings) : promisify(gzip)(body, level);
}

/** A window no larger than the answer: the usual one takes megabytes for each of many that are packed at once. */
function brotliFor(bytes: number): BrotliOptions {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 4,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
      [constants.BROTLI_PARAM_LGWIN]: Math.min(20, Math.max(16, Math.ceil(Math.log2(bytes)))),
    },
  };
}

const SHORT = 1024;
/** The part of the memory that one answer may take. */
const LARGEST_PART = 1 / 4;
/** Bytes that an answer takes beside its body: its key, its head, and what holds them. */
const BESIDE = 2048;
/** Bytes of a kept answer that lie on the way to whoever reads slowly. */
const PIECE = 65_536;

/**
 * Gives answers to questions about the record: by their version, so that whoever has an answer still is told that it
 * stands (`304`); from memory, when the same was asked of the same record; and compressed, as the asker takes it.
 *
 * An answer that says `cache-control: no-store` is made anew each time; one of unknown length (`x-stream: 1`) passes
 * through as it comes.
 */
export class Replies {
  readonly #options: RepliesOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #making = new Map<string, Promise<Kept | undefined>>();
  readonly #mostBytes: number;
  #bytes = 0;
  #version = '';

  constructor(options: RepliesOptions) {
    this.#options = options;
    this.#mostBytes = options.mostBytes ?? 32 * 1024 * 1024;
  }

  /** The answer to a GET or HEAD; `audience` parts those who are shown different things. */
  async give(request: Request, audience: string, make: () => Promise<Response | Whole>): Promise<Response> {
    const encoding = encodingOf(request.headers.get('accept-encoding') ?? '');
    const url = new URL(request.url);
    const asked = `${url.pathname}${url.search}\n${audience}\n${request.headers.get('accept') ?? ''}`;
    const version = await this.#options.version();
    this.#forget(version);
    const etag = `W/"${createHash('sha256').update(`${version}\n${asked}`).digest('base64url').slice(0, 22)}"`;
    if (
      request.headers
        .get('if-none-match')
        ?.split(/\s*,\s*/)
        .includes(etag) === true
    ) {
      return new Response(null, { status: 304, headers: { etag, 'cache-control': 'no-cache', vary: VARY } });
    }
    const key = `${etag} ${encoding ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return responseOf(kept);
    // Many who ask the same at once wait for one answer.
    const other = this.#making.get(key);
    const shared = other === undefined ? undefined : await other;
    if (shared !== undefined) return responseOf(shared);
    let settle = (_: Kept | undefined) => {};
    const making = new Promise<Kept | undefined>((resolve) => {
      settle = resolve;
    });
    this.#making.set(key, making);
    try {
      const { response, stored } = await this.#answer({ encoding, etag }, make);
      if (stored !== undefined && version === this.#version) this.#keep(key, stored);
      settle(stored);
      return response;
    } finally {
      settle(undefined);
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }

  /** What `make` gives, as the asker takes it; `stored` when it may be given to others. */
  async #answer(
    { encoding, etag }: { readonly encoding: Encoding | undefined; readonly etag: string },
    make: () => Promise<Response | Whole>,
  ): Promise<{ readonly response: Response; readonly stored: Kept | undefined }> {
    const made = await make();
    if (made instanceof Response && made.headers.get('x-stream') === '1') {
      return { response: streamed(made, encoding), stored: undefined };
    }
    const { status, headers: given, body } = made instanceof Response ? await wholeOf(made) : { status: 200, ...made };
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const headers = new Headers(given);
    headers.append('vary', VARY);
    const stored = headers.get('cache-control') !== 'no-store' && status === 200;
    if (stored) {
      headers.set('etag', etag);
      if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
    }
    const shrinks = encoding !== undefined && bytes.length > SHORT && isText(headers.get('content-type') ?? '');
    if (shrinks) headers.set('content-encoding', encoding);
    const answer = { status, headers: [...headers], body: shrinks ? await packed(bytes, encoding) : bytes };
    return { response: responseOf(answer), stored: stored ? answer : undefined };
  }

  /** Lets go of the answers of another version: nobody is given them again. */
  #forget(version: string): void {
    if (version === this.#version) return;
    this.#version = version;
    this.#kept.clear();
    this.#bytes = 0;
  }

  #keep(key: string, answer: Kept): void {
    const bytes = sizeOf(key, answer);
    if (bytes > this.#mostBytes * LARGEST_PART || this.#kept.has(key)) return;
    this.#kept.set(key, answer);
    this.#bytes += bytes;
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= sizeOf(oldest, old);
    }
  }
}

const VARY = 'accept-encoding, accept, authorization, cookie';

function sizeOf(key: string, { body }: Kept): number {
  return key.length + body.length + BESIDE;
}

async function wholeOf(response: Response): Promise<Whole & { readonly status: number }> {
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

function responseOf({ status, headers, body }: Kept): Response {
  const head = { status, headers: [...headers] as [string, string][] };
  if (body.length <= PIECE) return new Response(body as Uint8Array<ArrayBuffer>, head);
  // A response copies what it is made of; many who read slowly are given pieces of one answer instead.
  let at = 0;
  const pieces = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(body.subarray(at, at + PIECE));
        at += PIECE;
        if (at >= body.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  head.headers.push(['content-length', String(body.length)]);
  return new Response(pieces, head);
}

function streamed(response: Response, encoding: Encoding | undefined): Response {
  const headers = new Headers(response.headers);
  headers.delete('x-stream');
  headers.append('vary', VARY);
  if (encoding === undefined || response.body === null || !isText(headers.get('content-type') ?? '')) {
    return new Response(response.body, { status: response.status, headers });
  }
  headers.set('content-encoding', encoding);
  const packer =
    encoding === 'br' ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }) : createGzip();
  // Whoever leaves in the middle ends what makes the answer too.
  pipeline(Readable.fromWeb(response.body as NodeStream), packer, () => {});
  return new Response(Readable.toWeb(packer) as ReadableStream, { status: response.status, headers });
}

function isText(type: string): boolean {
  return /^(?:text\/|image\/svg)|[/+](?:json|xml|javascript|wasm|x-ndjson)/.test(type);
}

/** The best encoding that is accepted and not refused by `q=0`. */
function encodingOf(accepted: string): Encoding | undefined {
  const takes = (name: string) =>
    new RegExp(`(?:^|,)\\s*${name}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))|,|$)`).test(accepted);
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined;
}
