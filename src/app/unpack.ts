import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ReadoutError } from '../error.ts';
import { joinBytes } from '../source/jsonl.ts';

/** A packed file that unpacks to more than this many times its size, and more than a gibibyte, is a trap. */
const LARGEST_RATIO = 1000;
const SAFE_BYTES = 1024 ** 3;

/**
 * The bytes of a stream, unpacked where they are gzip (RFC 1952, of any number of members, as archives have one for
 * each record), else as they are. Throws `input.unreadable`, naming `name`, when the packing is damaged or cut off:
 * what came before has been given by then.
 */
export async function* unpacked(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  for (let length = 0; length < 2; length += parts.at(-1)!.length) {
    const next = await iterator.next();
    if (next.done) break;
    parts.push(next.value);
  }
  const first = joinBytes(parts);
  const rest = (async function* () {
    yield first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  })();
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* rest;
    return;
  }
  let packed = 0;
  let given = 0;
  const counted = (async function* () {
    for await (const chunk of rest) {
      packed += chunk.length;
      yield chunk;
    }
  })();
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const stream = pipeline(counted, gunzip, () => {});
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      given += chunk.length;
      if (given > SAFE_BYTES && given > packed * LARGEST_RATIO)
        throw new ReadoutError(
          'input.too-large',
          `${name}: ${packed} packed bytes unpack to more than ${given}. Such a file is a trap; leave it out.`,
        );
      yield chunk;
    }
  } catch (cause) {
    const code = (cause as { readonly code?: unknown }).code;
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw cause;
    throw new ReadoutError(
      'input.unreadable',
      `${name}: expected gzip data, but it is damaged or cut off after ${given} unpacked bytes. What came before was read; fetch the file again.`,
      { cause },
    );
  }
}

/** Bytes held in memory, unpacked where they are gzip; as {@link unpacked}, and at most `limitBytes` of them. */
export async function unpackedBytes(name: string, bytes: Uint8Array, limitBytes: number): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const parts: Uint8Array[] = [];
  let length = 0;
  const one = (async function* () {
    yield bytes;
  })();
  for await (const part of unpacked(name, one)) {
    length += part.length;
    if (length > limitBytes)
      throw new ReadoutError(
        'input.too-large',
        `${name}: expected at most ${(limitBytes / 1048576).toFixed(1)} MiB, and this unpacks to more. Leave it out.`,
      );
    parts.push(part);
  }
  return joinBytes(parts);
}
