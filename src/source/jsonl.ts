import { ReadoutError } from '../error.ts';
import { decodeText } from './decode.ts';

/** One line of JSONL input, `{"id","text","title","published","outlet","url"}`. What is absent is `null`. */
export interface JsonRecord {
  readonly text: string;
  readonly title: string | null;
  readonly published: string | null;
  readonly outlet: string | null;
  readonly url: string | null;
}

/** A line's bytes, without its line end, and its number counted from 1. `cut` says that it was longer than allowed. */
export interface ByteLine {
  readonly bytes: Uint8Array;
  readonly number: number;
  readonly cut: boolean;
}

/**
 * Splits bytes that arrive in chunks into lines, holding no more than one line. Blank lines are left out but counted. A
 * line of more than `limitBytes` is given cut and empty.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<ByteLine> {
  let parts: Uint8Array[] = [];
  let held = 0;
  let number = 1;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      const line = lineOf([...parts, chunk.subarray(from, end)], held + end - from, number, limitBytes);
      if (line) yield line;
      parts = [];
      held = 0;
      number += 1;
      from = end + 1;
    }
    held += chunk.length - from;
    if (held > limitBytes) parts = [];
    else if (from < chunk.length) parts.push(chunk.slice(from));
  }
  const line = lineOf(parts, held, number, limitBytes);
  if (line) yield line;
}

/**
 * Reads one line. Throws `input.jsonl` or `input.encoding` naming the file, the line and what is wrong with it; fields
 * it does not know are left alone.
 */
export function readRecord(line: ByteLine, name: string): JsonRecord {
  const where = `${name}, line ${line.number}`;
  if (line.cut)
    throw new ReadoutError('input.too-large', `${where}: the line is too long. Split it into several records.`);
  const source = decodeText(line.bytes, where);
  const value = parseLine(source, where);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(where, `expected an object {"text": …}, got ${describe(value)}`);
  }
  const fields = value as Readonly<Record<string, unknown>>;
  if (typeof fields['text'] !== 'string') {
    throw wrong(where, `expected "text" to hold the report as a string, got ${describe(fields['text'])}`);
  }
  return {
    text: fields['text'],
    title: wordsOf(fields, 'title', where),
    published: wordsOf(fields, 'published', where),
    outlet: wordsOf(fields, 'outlet', where),
    url: wordsOf(fields, 'url', where),
  };
}

function lineOf(parts: readonly Uint8Array[], length: number, number: number, limitBytes: number): ByteLine | null {
  if (length > limitBytes) return { bytes: new Uint8Array(0), number, cut: true };
  const bytes = joinBytes(parts);
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d) ? null : { bytes, number, cut: false };
}

/** Chunks as one, without a copy where there is but one. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function parseLine(source: string, where: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    const column = /position (\d+)/.exec((cause as Error).message)?.[1] ?? source.trimEnd().length;
    throw wrong(where, `not valid JSON at column ${Number(column) + 1}`, { cause });
  }
}

function wordsOf(fields: Readonly<Record<string, unknown>>, key: string, where: string): string | null {
  const value = fields[key];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw wrong(where, `expected "${key}" to be a string, got ${describe(value)}`);
  return value;
}

function wrong(where: string, problem: string, options?: ErrorOptions): ReadoutError {
  return new ReadoutError('input.jsonl', `${where}: ${problem}. Write one whole JSON object on each line.`, options);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `a${typeof value === 'object' ? 'n object' : ` ${typeof value}`}`;
}
