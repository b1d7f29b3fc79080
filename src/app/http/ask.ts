import { ReadoutError } from '../../error.ts';
import type { Store } from '../../record/store.ts';
import { type Context, type Field, fieldsOf, type Operation } from '../operation.ts';

/** Fields that only a command line has: where the record is, and files of the machine. */
const LOCAL = new Set(['db', 'out', 'by', 'patterns', 'threads', 'resume', 'queue', 'charset']);

/** The fields of an operation that may be given over HTTP. */
export function offeredFields(operation: Operation): readonly Field[] {
  return fieldsOf(operation).filter(
    (field) => !LOCAL.has(field.name) && !(operation.offer?.without ?? []).includes(field.name),
  );
}

/** Who asks an operation, and with what. */
export interface Asked {
  readonly store: Store;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly stdin?: Uint8Array;
  readonly signal: AbortSignal;
  now(): Date;
}

/** What an operation gave: all of it, or, where it is long, as it comes. `failures` are inputs that it could not take. */
export interface Given {
  readonly body: string | ReadableStream<Uint8Array>;
  readonly failures: readonly Error[];
}

/** Answers up to this many letters are given whole. */
const WHOLE = 262_144;

/**
 * Runs an operation for a request, as the command line does: what it writes is the answer. Throws what the operation
 * throws before the answer is longer than is given whole; after that the stream breaks off.
 */
export async function askOperation(operation: Operation, { store, raw, stdin, signal, now }: Asked): Promise<Given> {
  const failures: Error[] = [];
  const pieces: string[] = [];
  let letters = 0;
  let overflow: (() => void) | undefined;
  const long = new Promise<'long'>((resolve) => {
    overflow = () => resolve('long');
  });
  let push: ((text: string) => Promise<void>) | undefined;
  const context: Context = {
    stdin: bytesOf(stdin),
    async write(text) {
      if (push !== undefined) return push(text);
      pieces.push(text);
      letters += text.length;
      if (letters <= WHOLE) return undefined;
      overflow!();
      // Whoever reads the stream takes it from here.
      return streaming;
    },
    tell: () => {},
    fail: (error) => {
      failures.push(error);
    },
    progress: () => {},
    env: {},
    cwd: '/',
    color: false,
    now,
    signal,
    record: store,
  };
  let started: (() => void) | undefined;
  const streaming = new Promise<void>((resolve) => {
    started = resolve;
  });
  const done = operation.run(raw, context).then(() => 'done' as const);
  done.catch(() => {});
  if ((await Promise.race([done, long])) === 'done') return { body: pieces.join(''), failures };
  const encoder = new TextEncoder();
  const channel = new TransformStream<Uint8Array, Uint8Array>();
  const writer = channel.writable.getWriter();
  push = (text) =>
    writer.write(encoder.encode(text)).catch(() => {
      throw new ReadoutError('input.unreadable', 'Whoever asked has gone.');
    });
  writer.write(encoder.encode(pieces.join(''))).then(
    () => started!(),
    () => started!(),
  );
  done
    .then(
      () => writer.close(),
      (error) => writer.abort(error),
    )
    .catch(() => {});
  return { body: channel.readable, failures };
}

/** Raw input from the query of an address: lists as often as they are given, flags by `true`, the rest once. */
export function rawFromQuery(operation: Operation, query: URLSearchParams): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const fields = new Map(offeredFields(operation).map((field) => [field.name, field]));
  for (const name of new Set(query.keys())) {
    const field = fields.get(name);
    const values = query.getAll(name).filter((value) => value !== '');
    if (field === undefined) {
      throw new ReadoutError(
        'option.value',
        `${name}: there is no such parameter here; known are ${[...fields.keys()].join(', ')}.`,
      );
    }
    if (values.length === 0) continue;
    if (field.kind === 'list' || field.kind === 'each') raw[name] = values;
    else if (field.kind === 'flag') raw[name] = values.at(-1) === 'true' || values.at(-1) === '1';
    else raw[name] = values.at(-1);
  }
  return raw;
}

async function* bytesOf(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (bytes !== undefined) yield bytes;
}
