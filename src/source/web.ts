import { ReadoutError } from '../error.ts';
import { joinBytes } from './jsonl.ts';

/**
 * A page as a server sent it: status, headers by their names in small letters, and the body with its encodings undone;
 * `cut` says that its packing ends before its end.
 */
export interface WebResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  readonly cut: boolean;
}

/**
 * Reads an HTTP/1 response kept with its head (RFC 9112): chunks are put together and the content encoding undone, both
 * only as far as the body really is so. Throws `input.unreadable`, naming `name`, when there is no response or its body
 * cannot be unpacked, and `input.too-large` when it unpacks to more than `limitBytes`.
 */
export async function readResponse(bytes: Uint8Array, name: string, limitBytes: number): Promise<WebResponse> {
  const end = endOfHead(bytes);
  const lines = new TextDecoder('windows-1252').decode(bytes.subarray(0, end)).split(/\r?\n/);
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(lines[0] ?? '')?.[1];
  if (status === undefined)
    throw new ReadoutError(
      'input.unreadable',
      `${name}: expected an HTTP response, got "${(lines[0] ?? '').slice(0, 60)}". The record is damaged.`,
    );
  const headers = headersOf(lines.slice(1));
  const body = /chunked/i.test(headers.get('transfer-encoding') ?? '')
    ? unchunked(bytes.subarray(end))
    : bytes.subarray(end);
  return {
    status: Number(status),
    headers,
    ...(await unpacked(body, headers.get('content-encoding') ?? '', name, limitBytes)),
  };
}

/** Header lines as a map, names in small letters; of a name told twice the first counts. */
export function headersOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

/** The charset that a content type names ("text/html; charset=big5"), or null. */
export function charsetIn(contentType: string | null | undefined): string | null {
  return /charset\s{0,4}=\s{0,4}["']?([\w:.-]{1,40})/i.exec(contentType ?? '')?.[1] ?? null;
}

function endOfHead(bytes: Uint8Array): number {
  for (let i = 0; i < Math.min(bytes.length, LONGEST_HEAD); i++) {
    if (bytes[i] !== 0x0a) continue;
    if (bytes[i + 1] === 0x0a) return i + 2;
    if (bytes[i + 1] === 0x0d && bytes[i + 2] === 0x0a) return i + 3;
  }
  return Math.min(bytes.length, LONGEST_HEAD);
}
const LONGEST_HEAD = 65_536;

// Archives keep bodies as sent, or put together and the header left: what does not read as chunks is the body itself.
function unchunked(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const size = /^\s*([0-9a-f]{1,8})\s*(?:;[^\n]*)?$/i.exec(
      new TextDecoder('windows-1252').decode(bytes.subarray(at, Math.min(lineEnd === -1 ? at : lineEnd, at + 64))),
    )?.[1];
    if (size === undefined) {
      parts.push(bytes.subarray(at));
      break;
    }
    const from = lineEnd + 1;
    const to = from + Number.parseInt(size, 16);
    if (to === from) break;
    parts.push(bytes.subarray(from, to));
    at = bytes[to] === 0x0d ? to + 2 : to + 1;
  }
  return joinBytes(parts);
}

/** Undoes the content encodings named, last first. Bodies that are not so encoded, in spite of it, stay as they are. */
async function unpacked(bytes: Uint8Array, encodings: string, name: string, limitBytes: number): Promise<Unpacked> {
  let result: Unpacked = { body: bytes, cut: false };
  for (const encoding of encodings
    .toLowerCase()
    .split(/\s*,\s*/)
    .reverse()) {
    const { body } = result;
    if (encoding === '' || encoding === 'identity' || body.length === 0) continue;
    if (/^(?:x-)?gzip$/.test(encoding) && !(body[0] === 0x1f && body[1] === 0x8b)) continue;
    const forms = FORMS[encoding] ?? [encoding.replace('x-', '')];
    for (const form of forms) {
      result = await inflated(body, form, name, limitBytes);
      if (result.body.length > 0) break;
    }
    if (result.body.length === 0)
      throw new ReadoutError(
        'input.unreadable',
        `${name}: expected a body packed with "${encoding}", but it does not unpack. It is damaged, or packed in a way not known here.`,
      );
  }
  return result;
}

type Unpacked = Pick<WebResponse, 'body' | 'cut'>;

/** Servers send "deflate" with and without a frame. */
const FORMS: Readonly<Record<string, readonly string[]>> = { deflate: ['deflate', 'deflate-raw'], br: ['brotli'] };

/** What unpacks, as far as it does. */
async function inflated(bytes: Uint8Array, form: string, name: string, limitBytes: number): Promise<Unpacked> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = new DecompressionStream(form as ConstructorParameters<typeof DecompressionStream>[0]);
    const reader = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      length += next.value.length;
      if (length <= limitBytes) continue;
      await reader.cancel();
      const limit = (limitBytes / 1048576).toFixed(1);
      throw new ReadoutError(
        'input.too-large',
        `${name}: expected a page of at most ${limit} MiB, and this unpacks to more. Leave it out.`,
      );
    }
    return { body: joinBytes(parts), cut: false };
  } catch (error) {
    if (error instanceof ReadoutError) throw error;
    return { body: joinBytes(parts), cut: true };
  }
}
