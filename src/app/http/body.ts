import { HttpError } from './problem.ts';

/** A body that is sent is no larger than this. */
const LARGEST_BODY = 10 * 1024 * 1024;

/** The JSON object that a request sends. Throws `HttpError` 400, 413 or 415. */
export async function objectIn(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const value = await objectOrListIn(request);
  if (Array.isArray(value)) throw new HttpError(400, 'json', 'The body is no JSON object.');
  return value as Readonly<Record<string, unknown>>;
}

/** True for a request that sends JSON lines. */
export function isLines(request: Request): boolean {
  return /^application\/(?:x-ndjson|jsonl)\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '');
}

/** Lines of one request: each is a transaction, and whoever sent them waits. */
const MOST_LINES = 500;

/** The JSON lines that a request sends. Throws `HttpError` 400 or 413. */
export async function linesIn(request: Request): Promise<Uint8Array> {
  const bytes = await limited(request);
  let lines = 0;
  for (const byte of bytes) if (byte === 10) lines += 1;
  if (lines <= MOST_LINES) return bytes;
  throw new HttpError(
    413,
    'too-large',
    `More than ${MOST_LINES} lines are not taken in one request; send them in parts.`,
  );
}

/** The JSON object or list that a request sends. Throws `HttpError` 400, 413 or 415. */
export async function objectOrListIn(request: Request): Promise<object> {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new HttpError(415, 'json', 'Send a JSON object, with content-type: application/json.');
  }
  const bytes = await limited(request);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Told below, as what is no object is.
  }
  if (typeof value !== 'object' || value === null) {
    throw new HttpError(400, 'json', 'The body is no JSON object.');
  }
  return value;
}

/** The body of a request, refused when it is larger than is taken, whatever its head says. */
export async function limited(request: Request, most = LARGEST_BODY): Promise<Uint8Array> {
  const tooLarge = () =>
    new HttpError(
      413,
      'too-large',
      `More than ${most / 1024 / 1024} MiB is not taken in one request; send it in parts.`,
      { connection: 'close' },
    );
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge();
  const packing = request.headers.get('content-encoding') ?? 'identity';
  if (packing.toLowerCase() !== 'identity') {
    throw new HttpError(415, 'packed', 'Send the body as it is, not packed.', { connection: 'close' });
  }
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of request.body ?? []) {
      bytes += piece.length;
      if (bytes > most) break;
      pieces.push(piece);
    }
  } catch (cause) {
    throw new HttpError(400, 'body', 'The body broke off before its end.', { connection: 'close' }, cause);
  }
  if (bytes > most) throw tooLarge();
  return Buffer.concat(pieces);
}
