import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import wabt from 'wabt';
import { type Kernel, startKernel } from './kernel.ts';
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

const SIZE = 1 << 18;

/** The same numbers in both kernels: whole ones below 64 kB, floats between -2 and 2 from there on. */
function filled(): [Kernel, Kernel] {
  const kernels: [Kernel, Kernel] = [startKernel(SIZE), startKernel(SIZE, { simd: false })];
  for (const { i32, f32 } of kernels) {
    for (let i = 0; i < 16384; i++) i32[i] = ((i * 2654435761) % 200003) - 100001;
    for (let i = 16384; i < SIZE / 4; i++) f32[i] = ((i * 7919) % 4001) / 1000 - 2;
  }
  return kernels;
}

const bytes = ({ i16 }: Kernel) => i16.slice(0, SIZE / 2);

test.each([1, 2, 3])('layer norm over the largest of %i results gives the same bits in both', (pieces) => {
  const [fast, plain] = filled();
  const before = bytes(fast);
  for (const kernel of [fast, plain]) {
    kernel.settle(0, 65536, 69632, 73728, 90112, 94208, 131072, 5, 64, pieces, 900);
  }
  expect(bytes(fast)).not.toEqual(before);
  expect(bytes(fast)).toEqual(bytes(plain));
});

test('results narrowed to 16 bits are the same in both and stay in their bounds', () => {
  const [fast, plain] = filled();
  for (const kernel of [fast, plain]) kernel.narrow(0, 131072, 65536, 69632, 7, 24, 96, 64, -300, 8000);
  expect(bytes(fast)).toEqual(bytes(plain));
  const row = fast.i16.slice(65536, 65536 + 24);
  expect(Math.min(...row)).toBe(-300);
  expect(Math.max(...row)).toBe(8000);
});

test.each([1, 2, 7, 8, 13])('shares of %i words are the same in both and add up to the whole', (count) => {
  const [fast, plain] = filled();
  const deep = Math.ceil(count / 8) * 8;
  for (const kernel of [fast, plain]) kernel.soften(0, 131072, 73728, count, count, deep, 1 / 40_000);
  expect(bytes(fast)).toEqual(bytes(plain));
  for (let row = 0; row < count; row++) {
    const shares = [...fast.i16.slice(65536 + row * deep, 65536 + (row + 1) * deep)];
    expect(Math.abs(shares.reduce((sum, share) => sum + share) - 16384)).toBeLessThanOrEqual(deep);
    expect(shares.slice(count).every((share) => share === 0)).toBe(true);
  }
});
