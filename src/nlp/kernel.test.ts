import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import wabt from 'wabt';
import { startKernel } from './kernel.ts';
import { KERNEL_BYTES } from './kernel.wasm.ts';

test('the inlined bytes are what kernel.wat assembles to', async () => {
  const tools = await wabt();
  const source = readFileSync(new URL('kernel.wat', import.meta.url), 'utf8');
  const { buffer } = tools.parseWat('kernel.wat', source).toBinary({});
  expect(Buffer.from(buffer).toString('base64')).toBe(KERNEL_BYTES);
});

test('this engine runs the WebAssembly kernel', () => {
  expect(startKernel(1 << 16).simd).toBe(true);
  expect(startKernel(1 << 16, { simd: false }).simd).toBe(false);
});

test.each([
  [1, 2, 8],
  [4, 2, 8],
  [7, 6, 32],
  [9, 18, 96],
  [3, 128, 384],
])('WebAssembly and plain JavaScript multiply %i rows with %i over %i alike', (m, n, k) => {
  const size = 1 << 20;
  const fast = startKernel(size);
  const plain = startKernel(size, { simd: false });
  for (let i = 0; i < size / 4; i++) fast.i16[i] = ((i * 7919) % 8191) - 4095;
  plain.i16.set(fast.i16.subarray(0, plain.i16.length));
  const out = size / 2;
  for (const kernel of [fast, plain]) kernel.multiply(0, 131072, out, m, n, k, k * 2, k * 2, n * 4);
  expect(fast.i32.slice(out / 4, out / 4 + m * n)).toEqual(plain.i32.slice(out / 4, out / 4 + m * n));
});

test('rows that overlap, as windows of a sentence do, multiply by hand', () => {
  const kernel = startKernel(1 << 16);
  for (let i = 0; i < 32; i++) kernel.i16[i] = i;
  kernel.i16.fill(1, 512, 528);
  kernel.multiply(0, 1024, 4096, 2, 2, 8, 16, 0, 8);
  expect([...kernel.i32.slice(1024, 1028)]).toEqual([28, 28, 92, 92]);
});
