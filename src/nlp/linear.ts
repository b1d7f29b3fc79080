/**
 * A yes-or-no classifier over hashed features: a table of signed bytes, one for each bucket. The segmenter's two decisions
 * (does a word end between these characters, does a sentence end after this word) are made by one such table each.
 */
export interface Linear {
  /** One weight a bucket; the length is a power of two. */
  readonly weights: Int8Array | Float32Array;
  /** What one unit of a weight is worth, in log odds. */
  readonly scale: number;
}

/** Log odds of "yes" for the buckets `features[0 … count)`. */
export function logOdds(linear: Linear, features: Int32Array, count: number): number {
  const weights = linear.weights;
  const mask = weights.length - 1;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[features[i]! & mask]!;
  return sum * linear.scale;
}

/** Mixes two numbers into the hash of a feature made of both. */
export function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ (b + 0x9e3779b9 + (a << 6) + (a >>> 2)), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** FNV-1a over the UTF-16 code units of `text` from `from` to `to`. */
export function hashed(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
