import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import type { Document } from '../source/document.ts';
import { givenDate } from '../source/published.ts';
import { readChunks } from '../source/read.ts';
import type { Fetcher } from './fetch.ts';
import type { Meter } from './tally.ts';
import { unpacked } from './unpack.ts';

/** Lets addresses inside private networks be fetched. */
export const privateOption = z
  .boolean()
  .default(false)
  .meta({ description: 'fetch addresses inside private networks too' });

/** The fields of every operation that reads documents. */
export const inputFields = {
  inputs: z
    .array(z.string())
    .min(1)
    .meta({ description: 'files, folders or web addresses, or - for standard input', placeholder: 'INPUT' }),
  published: z
    .string()
    .optional()
    .meta({ description: 'publication date, for inputs that do not say', placeholder: 'DATE' }),
  outlet: z.string().optional().meta({ description: 'who published them', placeholder: 'NAME' }),
  allowPrivate: privateOption,
};

/** How inputs are taken. */
export interface InputOptions {
  /** `--published`, as the user wrote it. */
  readonly published?: string | undefined;
  /** `--outlet`. */
  readonly outlet?: string | undefined;
  /** `--allow-private`; default false. */
  readonly allowPrivate?: boolean | undefined;
  /** Files that need not be read, by path, size and time of change; default none. */
  readonly skips?: ((file: FileState) => Promise<boolean>) | undefined;
  /** Told of each file that has been read to its end, after its last document was taken. */
  readonly onEnd?: ((file: FileState) => Promise<void>) | undefined;
  /** Counts the bytes of files as they are read. */
  readonly meter?: Meter | undefined;
  /** What `-` reads. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** What relative paths start from. */
  readonly cwd: string;
  /** Stops between two documents, and in the middle of a file. */
  readonly signal?: AbortSignal | undefined;
}

/** A file as it was found: its path, made absolute, its size in bytes, and when it changed last, ISO 8601. */
export interface FileState {
  readonly path: string;
  readonly size: number;
  readonly changed: string;
}

/** A document and the input it came from (a path as the user would write it, or `-`), or why there is none. */
export type Taken = { readonly input: string } & ({ readonly document: Document } | { readonly failure: ReadoutError });

/**
 * Opens inputs one after the other: files, folders (all files below, in the order of their names), `-` for standard
 * input. What cannot be read is a failure that names it, and the rest goes on. Throws `option.date` before anything is
 * opened when `options.published` is no date.
 */
export async function* takeInputs(inputs: readonly string[], options: InputOptions): AsyncGenerator<Taken> {
  if (options.published !== undefined) givenDate(options.published, '--published');
  let fetcher: Fetcher | undefined;
  try {
    for (const input of inputs) {
      if (input === '-') yield* takeStream('standard input', options.stdin, options);
      else if (/^https?:\/\//i.test(input)) {
        // Whoever reads files need not wait for the network's code to load.
        fetcher ??= await openFetcher(options);
        yield* takeAddress(input, fetcher, options);
      } else yield* takePath(input, options, true);
    }
  } finally {
    await fetcher?.close();
  }
}

/** The bytes of all files to be read, unless some input's size is not known: an address, standard input. */
export async function measureInputs(inputs: readonly string[], cwd: string): Promise<Meter> {
  let total = 0;
  for (const input of inputs) {
    if (input === '-' || /^https?:\/\//i.test(input)) return { read: 0, total: null };
    total += await bytesIn(resolve(cwd, input));
  }
  return { read: 0, total };
}

async function bytesIn(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return found.isFile() ? found.size : 0;
    let total = 0;
    for (const name of await readdir(path)) if (!name.startsWith('.')) total += await bytesIn(join(path, name));
    return total;
  } catch {
    // It is told when it is to be read.
    return 0;
  }
}

async function* metered(chunks: AsyncIterable<Uint8Array>, meter: Meter | undefined): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (meter) meter.read += chunk.length;
    yield chunk;
  }
}

/** Opens what fetches pages. */
export async function openFetcher({
  allowPrivate,
  signal,
  pauseMs,
}: Pick<InputOptions, 'allowPrivate' | 'signal'> & { readonly pauseMs?: number }): Promise<Fetcher> {
  const { Fetcher } = await import('./fetch.ts');
  return new Fetcher({ signal, pauseMs, ...(allowPrivate ? { mayReach: () => true } : {}) });
}

async function* takeAddress(address: string, fetcher: Fetcher, options: InputOptions): AsyncGenerator<Taken> {
  const { published, outlet } = options;
  try {
    const { body, url, charset } = await fetcher.fetch(address);
    for await (const result of readChunks(address, unpacked(address, each(body)), { published, outlet, url, charset }))
      yield { input: address, ...result };
  } catch (cause) {
    if (!(cause instanceof ReadoutError)) throw cause;
    yield { input: address, failure: cause };
  }
}

async function* each(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* takePath(path: string, options: InputOptions, named: boolean): AsyncGenerator<Taken> {
  options.signal?.throwIfAborted();
  const full = resolve(options.cwd, path);
  let file: FileState | undefined;
  try {
    const found = await stat(full);
    if (found.isDirectory()) {
      const names = await readdir(full);
      // Code units, not a locale: the same folder gives the same order on every machine.
      names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      for (const name of names) if (!name.startsWith('.')) yield* takePath(join(path, name), options, false);
      return;
    }
    // A pipe or device may be given by name, but is not opened because it lies in a folder: reading it may never end.
    if (!found.isFile() && !named) return;
    if (found.isFile()) file = { path: full, size: found.size, changed: found.mtime.toISOString() };
  } catch (cause) {
    yield { input: path, failure: failureOf(path, cause) };
    return;
  }
  if (file && (await options.skips?.(file))) {
    // What is passed over takes no time.
    if (options.meter && options.meter.total !== null) options.meter.total -= file.size;
    return;
  }
  yield* takeStream(path, metered(createReadStream(full, { highWaterMark: 1 << 18 }), options.meter), options);
  if (file) await options.onEnd?.(file);
}

async function* takeStream(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: InputOptions,
): AsyncGenerator<Taken> {
  const { published, outlet, signal } = options;
  try {
    for await (const result of readChunks(name, unpacked(name, chunks), { published, outlet })) {
      signal?.throwIfAborted();
      yield { input: name, ...result };
    }
  } catch (cause) {
    if (cause instanceof ReadoutError) yield { input: name, failure: cause };
    else yield { input: name, failure: failureOf(name, cause) };
  }
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && typeof (cause as NodeJS.ErrnoException).code === 'string' && 'syscall' in cause;
}

function failureOf(path: string, cause: unknown): ReadoutError {
  if (!isSystemError(cause)) throw cause;
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') {
    return new ReadoutError(
      'input.missing',
      `${path}: no such file or folder. Check the spelling, or give - to read standard input.`,
      { cause },
    );
  }
  const reason =
    cause.code === 'EACCES' || cause.code === 'EPERM'
      ? 'permission to read it was refused'
      : `the system said ${cause.code}`;
  return new ReadoutError('input.unreadable', `${path}: expected a readable file or folder, but ${reason}.`, { cause });
}
