import { z } from 'zod';
import { ReadoutError } from '../../error.ts';
import type { Store } from '../../record/store.ts';
import type { Crew } from '../crew.ts';
import { endOfJsonList } from '../jsonlist.ts';
import { type Context, type Field, fieldsOf, type NextPage, type Operation } from '../operation.ts';

/** Fields that only a command line has: where the record is, and files of the machine. */
const LOCAL = new Set(['db', 'out', 'patterns', 'threads', 'resume', 'queue', 'charset', 'allowPrivate']);
/** Flags that choose a form: over HTTP the address does. */
const FORMS = new Set(['json', 'jsonl', 'csv', 'md', 'html', 'text', 'docx']);

/** What of an operation that changes something only asks, as an operation of its own. */
export function askingOf(operation: Operation): Operation | undefined {
  const asking = operation.offer?.asking;
  if (asking === undefined) return undefined;
  const { fields, without, right, output } = asking;
  const left = new Set([...Object.keys(fields), ...without]);
  const shape = Object.entries(operation.input.shape).filter(([name]) => !left.has(name));
  return {
    input: z.object(Object.fromEntries(shape)),
    positional: [],
    examples: operation.examples,
    offer: { right, output },
    run: (raw, context) => operation.run({ ...raw, ...fields }, context),
  };
}

/** What the next pages are asked with, after one of `limit` or fewer, which was given as JSON; none when it was all there is. */
export function nextPages(
  operation: Operation,
  asked: Readonly<Record<string, unknown>>,
  given: string,
): readonly NextPage[] {
  if (operation.offer?.next !== undefined) return operation.offer.next(asked, JSON.parse(given));
  const { values, last } = endOfJsonList(given);
  return values < Number(asked['limit']) ? [] : [{ fields: { after: (last as { readonly id: string }).id } }];
}

/** True for what is asked for in pages, by `limit` and `after`. */
export function isPaged(operation: Operation): boolean {
  const names = offeredFields(operation).map(({ name }) => name);
  return names.includes('limit') && names.includes('after');
}

/** True for what gives all there is when nobody says how much. */
export function isEndless(operation: Operation): boolean {
  if (!isPaged(operation)) return false;
  const limit = operation.input.shape['limit'] as z.ZodType;
  return limit.safeParse(undefined).data === undefined;
}

/** The fields of an operation that may be given over HTTP and by tools. */
export function offeredFields(operation: Operation): readonly Field[] {
  const without = operation.offer?.without ?? [];
  return fieldsOf(operation).filter(
    ({ name, kind }) => !LOCAL.has(name) && !(kind === 'flag' && FORMS.has(name)) && !without.includes(name),
  );
}

/** The fields that stand in a path after the name of an operation: the positional ones, up to a list. */
export function pathFields(operation: Operation): readonly Field[] {
  const offered = offeredFields(operation);
  return operation.positional.flatMap((name) => offered.filter((field) => field.name === name));
}

/** Who asks an operation, and with what. */
export interface Asked {
  readonly store: Store;
  /** Where the record is, for operations that open more of it (default: nowhere). */
  readonly place?: string | undefined;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly stdin?: Uint8Array;
  /** Threads that read, for operations that do. */
  readonly crew?: Crew;
  readonly signal: AbortSignal;
  /** True to wait for the whole answer, however long: then nobody's reading holds up the operation (default: false). */
  readonly whole?: boolean;
  now(): Date;
}

/** What an operation gave: all of it, or, where it is long, as it comes. */
export interface Given {
  readonly body: string | ReadableStream<Uint8Array>;
  /** Inputs that it could not take. */
  readonly failures: readonly Error[];
  /** Resolves when the operation has ended, well or not, or has been left by its reader. */
  readonly ended: Promise<void>;
}

/** Answers up to this many letters are given whole. */
const WHOLE = 262_144;

/**
 * Runs an operation for a request, as the command line does: what it writes is the answer. Throws what the operation
 * throws before the answer is longer than is given whole; after that the stream breaks off.
 */
export async function askOperation(operation: Operation, asked: Asked): Promise<Given> {
  const { store, place, raw, stdin, crew, signal, whole = false, now } = asked;
  const failures: Error[] = [];
  const pieces: string[] = [];
  let letters = 0;
  let overflow: (() => void) | undefined;
  const long = new Promise<'long'>((resolve) => {
    overflow = () => resolve('long');
  });
  let push: ((text: string) => Promise<void>) | undefined;
  let started: (() => void) | undefined;
  const streaming = new Promise<void>((resolve) => {
    started = resolve;
  });
  const context: Context = {
    stdin: bytesOf(stdin),
    async write(text) {
      if (push !== undefined) return push(text);
      pieces.push(text);
      letters += text.length;
      if (whole || letters <= WHOLE) return undefined;
      overflow!();
      // Whoever reads the stream takes it from here.
      return streaming;
    },
    tell: () => {},
    fail: (error) => {
      failures.push(error);
    },
    progress: () => {},
    env: place === undefined ? {} : { READOUT_DB: place },
    cwd: '/',
    color: false,
    now,
    signal,
    record: store,
    ...(crew === undefined ? {} : { crew }),
  };
  const done = operation.run(raw, context).then(() => 'done' as const);
  const ended = done.then(
    () => {},
    () => {},
  );
  if ((await Promise.race([done, long])) === 'done') return { body: pieces.join(''), failures, ended };
  const encoder = new TextEncoder();
  const channel = new TransformStream<Uint8Array, Uint8Array>();
  const writer = channel.writable.getWriter();
  push = (text) =>
    writer.write(encoder.encode(text)).catch(() => {
      throw new ReadoutError('input.unreadable', 'Whoever asked has gone.');
    });
  push(pieces.splice(0).join('')).then(
    () => started!(),
    () => started!(),
  );
  done
    .then(
      () => writer.close(),
      (error) => writer.abort(error),
    )
    .catch(() => {});
  return { body: channel.readable, failures, ended };
}

/** Raw input from the query of an address: lists as often as they are given, flags by `true`, the rest once. */
export function rawFromQuery(operation: Operation, query: URLSearchParams): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const fields = namedFields(operation);
  for (const name of new Set(query.keys())) {
    const field = known(fields, name, 'parameter');
    const values = query.getAll(name).filter((value) => value !== '');
    const last = values.at(-1);
    if (last === undefined) continue;
    if (field.kind === 'list' || field.kind === 'each') raw[name] = values;
    else if (field.kind === 'flag') raw[name] = flagOf(name, last);
    else raw[name] = last;
  }
  return raw;
}

/** Raw input from a JSON object: its fields, as the operation has them. */
export function rawFromObject(
  operation: Operation,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const fields = namedFields(operation);
  for (const name of Object.keys(given)) known(fields, name, 'field');
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

function namedFields(operation: Operation): ReadonlyMap<string, Field> {
  return new Map(offeredFields(operation).map((field) => [field.name, field]));
}

function known(fields: ReadonlyMap<string, Field>, name: string, word: string): Field {
  const field = fields.get(name);
  if (field !== undefined) return field;
  const names = fields.size === 0 ? 'none' : [...fields.keys()].join(', ');
  throw new ReadoutError('option.value', `${name.slice(0, 100)}: there is no such ${word} here; known: ${names}.`);
}

function flagOf(name: string, value: string): boolean {
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new ReadoutError('option.value', `${name}: expected true or false, got "${value.slice(0, 100)}".`);
}

async function* bytesOf(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (bytes !== undefined) yield bytes;
}
