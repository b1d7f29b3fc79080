import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpacked } from './unpack.ts';

async function read(...chunks: readonly Uint8Array[]): Promise<string> {
  async function* all() {
    yield* chunks;
  }
  let text = '';
  for await (const chunk of unpacked('a.gz', all())) text += Buffer.from(chunk).toString();
  return text;
}

test('bytes that are not packed pass as they are', async () => {
  expect(await read(Buffer.from('plain '), Buffer.from('text'))).toBe('plain text');
});

test('gzip of several members is unpacked to the last, however its bytes come', async () => {
  const bytes = Buffer.concat([gzipSync('one '), gzipSync('two')]);
  expect(await read(bytes)).toBe('one two');
  expect(await read(...[...bytes].map((byte) => Buffer.of(byte)))).toMatch(/^one two$/);
});

test('packed bytes that end too early are a failure that says how far they went', async () => {
  await expect(read(gzipSync('words '.repeat(1000)).subarray(0, -12))).rejects.toThrow(/^a\.gz: expected gzip data/);
});
