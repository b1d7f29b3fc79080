import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ReadoutError } from '../error.ts';
import { loadModel } from './model.ts';

const bytes = readFileSync(new URL('../../model/english.bin', import.meta.url));

/** The file with its header changed by `change`. */
function withHeader(change: (header: Record<string, unknown>) => void): Uint8Array {
  const length = bytes.readUInt32LE(8);
  const header = JSON.parse(bytes.subarray(12, 12 + length).toString('utf8'));
  change(header);
  let text = JSON.stringify(header);
  text += ' '.repeat((4 - (Buffer.byteLength(text) % 4)) % 4);
  const head = Buffer.from(bytes.subarray(0, 12));
  head.writeUInt32LE(Buffer.byteLength(text), 8);
  return Buffer.concat([head, Buffer.from(text), bytes.subarray(12 + length)]);
}

const fails = (content: Uint8Array, why: RegExp) => {
  const load = () => loadModel(content);
  expect(load).toThrow(ReadoutError);
  expect(load).toThrow(why);
};

test('the shipped weights load', () => {
  expect(loadModel(bytes).header.language).toBe('en');
});

test('bytes at an odd place in their buffer load as well', () => {
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(loadModel(shifted.subarray(3)).header.relations).toContain('nsubj');
});

test('what is no weight file is refused', () => {
  fails(new Uint8Array(0), /does not begin with "RDNL"/);
  fails(new TextEncoder().encode('PK a zip file, say'), /does not begin with "RDNL"/);
});

test('another format version is refused', () => {
  const other = Buffer.from(bytes);
  other.writeUInt32LE(99, 4);
  fails(other, /format 99/);
});

test('a file cut short is refused wherever it ends', () => {
  fails(bytes.subarray(0, 40), /cut short/);
  fails(bytes.subarray(0, bytes.length - 5000), /cut short/);
});

test('another feature set is refused', () => {
  fails(
    withHeader((header) => (header['featureSet'] = 'abc')),
    /feature set abc/,
  );
});

test('lists that are missing or unknown are refused', () => {
  fails(
    withHeader((header) => delete header['relations']),
    /lacks the list "relations"/,
  );
  fails(
    withHeader((header) => ((header['names'] as string[])[1] = 'B-planet')),
    /name label "B-planet"/,
  );
  fails(
    withHeader((header) => (header['upos'] as string[]).pop()),
    /another size/,
  );
});
