import { KERNEL_BYTES } from './kernel.wasm.ts';

/**
 * The encoder's working memory and its one product. Places are bytes into the memory; `multiply` writes
 * `out[i, j] = Σ a[i, k] · b[j, k]` for rows of 16-bit numbers, as 32-bit numbers (kernel.wat).
 */
export interface Kernel {
  readonly simd: boolean;
  readonly i16: Int16Array;
  readonly i32: Int32Array;
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
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly multiply: Kernel['multiply'];
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
  return { simd: true, i16: new Int16Array(buffer), i32: new Int32Array(buffer), multiply: exports.multiply };
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

function plainKernel(size: number): Kernel {
  const buffer = new ArrayBuffer(Math.ceil(size / PAGE) * PAGE);
  const i16 = new Int16Array(buffer);
  const i32 = new Int32Array(buffer);
  return {
    simd: false,
    i16,
    i32,
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
  };
}
