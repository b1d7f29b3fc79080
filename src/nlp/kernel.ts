import { KERNEL_BYTES } from './kernel.wasm.ts';

/**
 * The encoder's working memory and what is done in it (kernel.wat). Places and strides are bytes into the memory, numbers of
 * 16 or 32 bits or 32-bit floats lie there. WebAssembly and plain JavaScript give the same bits.
 */
export interface Kernel {
  readonly simd: boolean;
  readonly i16: Int16Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  /** `out[i, j] = Σ a[i, k] · b[j, k]` for rows of 16-bit numbers, as 32-bit numbers. `k` is a multiple of 8, `n` of 2. */
  multiply(
    a: number,
    b: number,
    out: number,
    m: number,
    n: number,
    k: number,
    strideA: number,
    strideB: number,
    strideOut: number,
  ): void;
  /** Largest of `pieces` scaled results, plus the state, under layer norm: the new state, and its 16-bit steps in `to`. */
  settle(
    from: number,
    scale: number,
    bias: number,
    state: number,
    weight: number,
    shift: number,
    to: number,
    rows: number,
    width: number,
    pieces: number,
    steps: number,
  ): void;
  /** Scaled results between `low` and `high` as 16-bit numbers. `columns` is a multiple of 8. */
  narrow(
    from: number,
    to: number,
    scale: number,
    bias: number,
    rows: number,
    columns: number,
    strideFrom: number,
    strideTo: number,
    low: number,
    high: number,
  ): void;
  /** Attention scores, overwritten, as shares of 16384. `near` is the score of the distance for the first row and column. */
  soften(from: number, to: number, near: number, rows: number, columns: number, deep: number, unit: number): void;
}

type Steps = Pick<Kernel, 'multiply' | 'settle' | 'narrow' | 'soften'>;

interface Exports extends Steps {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

// The libraries of the compiler flags know no WebAssembly: Node and browsers have it, other engines may not.
interface Assembly {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
}

const PAGE = 65536;

/** A kernel with `size` bytes: WebAssembly SIMD where the engine has it (`simd: false` asks for plain JavaScript). */
export function startKernel(size: number, options: { readonly simd?: boolean } = {}): Kernel {
  const exports = options.simd === false ? undefined : assembled();
  if (exports === undefined) return plainKernel(size);
  const pages = Math.ceil(size / PAGE) - exports.memory.buffer.byteLength / PAGE;
  if (pages > 0) exports.memory.grow(pages);
  const buffer = exports.memory.buffer;
  const { multiply, settle, narrow, soften } = exports;
  const f32 = new Float32Array(buffer);
  return {
    simd: true,
    i16: new Int16Array(buffer),
    i32: new Int32Array(buffer),
    f32,
    multiply,
    settle,
    narrow,
    soften,
  };
}

function assembled(): Exports | undefined {
  const assembly = (globalThis as { WebAssembly?: Assembly }).WebAssembly;
  if (assembly === undefined) return undefined;
  try {
    return new assembly.Instance(new assembly.Module(decoded(KERNEL_BYTES))).exports as Exports;
  } catch {
    // No SIMD in this engine: the plain path gives the same numbers.
    return undefined;
  }
}

function decoded(base64: string): Uint8Array {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of base64) {
    const value = letters.indexOf(char);
    if (value < 0) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return new Uint8Array(bytes);
}

// The same steps without WebAssembly. Sums of floats run over four lanes, and every result is rounded to 32 bits.
function plainKernel(size: number): Kernel {
  const buffer = new ArrayBuffer(Math.ceil(size / PAGE) * PAGE);
  const i16 = new Int16Array(buffer);
  const i32 = new Int32Array(buffer);
  const f32 = new Float32Array(buffer);
  const lanes = new Float32Array(4);
  const round = Math.fround;
  const total = () => round(round(lanes[0]! + lanes[1]!) + round(lanes[2]! + lanes[3]!));
  const scaled = (from: number, scale: number, bias: number) =>
    round(round(round(i32[from]!) * f32[scale]!) + f32[bias]!);
  const whole = (value: number) => Math.floor(round(value + 0.5));
  return {
    simd: false,
    i16,
    i32,
    f32,
    multiply(a, b, out, m, n, k, strideA, strideB, strideOut) {
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let p = (a + i * strideA) >> 1;
          let q = (b + j * strideB) >> 1;
          let sum = 0;
          for (let step = 0; step < k; step++) sum = (sum + i16[p++]! * i16[q++]!) | 0;
          i32[(out + i * strideOut + j * 4) >> 2] = sum;
        }
      }
    },
    settle(from, scale, bias, state, weight, shift, to, rows, width, pieces, steps) {
      const step = round(steps);
      for (let row = 0; row < rows; row++) {
        const results = (from >> 2) + row * width * pieces;
        const at = (state >> 2) + row * width;
        const target = (to >> 1) + row * width;
        lanes.fill(0);
        for (let i = 0; i < width; i++) {
          let most = scaled(results + i, (scale >> 2) + i, (bias >> 2) + i);
          for (let p = i + width; p < pieces * width; p += width) {
            const value = scaled(results + p, (scale >> 2) + p, (bias >> 2) + p);
            if (most < value) most = value;
          }
          f32[at + i]! += most;
          lanes[i & 3]! += f32[at + i]!;
        }
        const mean = round(total() / width);
        lanes.fill(0);
        for (let i = 0; i < width; i++) {
          const off = round(f32[at + i]! - mean);
          lanes[i & 3]! += round(off * off);
        }
        const spread = round(round(total() / width) + round(1e-5));
        const unit = round(1 / round(Math.sqrt(spread)));
        for (let i = 0; i < width; i++) {
          const normed = round(round(f32[at + i]! - mean) * unit);
          const value = round(round(normed * f32[(weight >> 2) + i]!) + f32[(shift >> 2) + i]!);
          f32[at + i] = value;
          i16[target + i] = whole(round(value * step));
        }
      }
    },
    narrow(from, to, scale, bias, rows, columns, strideFrom, strideTo, low, high) {
      for (let row = 0; row < rows; row++) {
        const results = (from + row * strideFrom) >> 2;
        const target = (to + row * strideTo) >> 1;
        for (let i = 0; i < columns; i++) {
          const value = scaled(results + i, (scale >> 2) + i, (bias >> 2) + i);
          i16[target + i] = whole(Math.min(Math.max(value, low), high));
        }
      }
    },
    soften(from, to, near, rows, columns, deep, unit) {
      const one = round(unit);
      for (let row = 0; row < rows; row++) {
        const at = (from >> 2) + row * deep;
        const target = (to >> 1) + row * deep;
        const close = (near >> 2) - row;
        let most = FAR_BELOW;
        for (let j = 0; j < deep; j++) {
          const score = j < columns ? round(round(round(i32[at + j]!) * one) + f32[close + j]!) : FAR_BELOW;
          f32[at + j] = score;
          if (most < score) most = score;
        }
        lanes.fill(0);
        for (let j = 0; j < deep; j++) {
          const value = roughExponential(round(f32[at + j]! - most));
          f32[at + j] = value;
          lanes[j & 3]! += value;
        }
        const part = round(16384 / total());
        for (let j = 0; j < deep; j++) i16[target + j] = whole(round(f32[at + j]! * part));
      }
    },
  };
}

const FAR_BELOW = Math.fround(-1e30);
const TAYLOR = [1 / 720, 1 / 120, 1 / 24, 1 / 6, 0.5, 1, 1].map(Math.fround);
const LOG2E = Math.fround(Math.LOG2E);
const LN2 = Math.fround(Math.LN2);
// 2^-0 … 2^-100, by halving: exact in every engine.
const HALVES = new Float64Array(101).fill(1);
for (let i = 1; i < HALVES.length; i++) HALVES[i] = HALVES[i - 1]! / 2;

/** e^x for x ≤ 0 in 32-bit steps. */
function roughExponential(x: number): number {
  const round = Math.fround;
  const y = Math.min(round(x * -LOG2E), 100);
  const n = Math.floor(y);
  const t = round(round(n - y) * LN2);
  let sum = TAYLOR[0]!;
  for (let i = 1; i < TAYLOR.length; i++) sum = round(round(t * sum) + TAYLOR[i]!);
  return round(sum * HALVES[n]!);
}
