import { ReadoutError } from '../error.ts';

/**
 * The weight file, little-endian:
 *
 *     "RDNL"            4 bytes
 *     format version    uint32
 *     header length     uint32
 *     header            UTF-8 JSON, padded with blanks to a multiple of 4
 *     data              the tensors, each from a multiple of 4, at the places that the header names
 */
export const WEIGHTS_MAGIC = 'RDNL';
export const WEIGHTS_VERSION = 2;

/** One tensor in the file. An `int8` tensor with `scales` has one float for each row, in the tensor of that name. */
export interface TensorPlace {
  readonly name: string;
  readonly type: 'int8' | 'int16' | 'float32' | 'text';
  /** Rows and columns; a vector has one row; for text the count of bytes. */
  readonly shape: readonly [rows: number, columns: number];
  /** Bytes from the start of the data. */
  readonly at: number;
}

/** What the header of a weight file says. */
export interface WeightsHeader {
  readonly language: string;
  readonly card: string;
  readonly featureSet: string;
  readonly sizes: {
    readonly width: number;
    readonly depth: number;
    readonly pieces: number;
    readonly attention: number;
    readonly heads: number;
    readonly arc: number;
    readonly label: number;
    readonly hidden: number;
  };
  readonly upos: readonly string[];
  /** `UPOS feats`, sorted. */
  readonly tags: readonly string[];
  readonly relations: readonly string[];
  readonly names: readonly string[];
  /** Numbers that turn a byte of a linear classifier into log odds. */
  readonly linear: Readonly<Record<string, number>>;
  readonly tensors: readonly TensorPlace[];
}

/** A weight file, read: its header and access to its tensors by name. */
export interface Weights {
  readonly header: WeightsHeader;
  int8(name: string): Int8Array;
  int16(name: string): Int16Array;
  float32(name: string): Float32Array;
  text(name: string): string;
}

/** Reads a weight file. Throws `model.format` where the bytes are none, or of another version, or cut short. */
export function readWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(0, 4)) !== WEIGHTS_MAGIC) {
    throw misfit(`it does not begin with "${WEIGHTS_MAGIC}"`);
  }
  const version = view.getUint32(4, true);
  if (version !== WEIGHTS_VERSION)
    throw misfit(`it has format ${version}, this program reads format ${WEIGHTS_VERSION}`);
  const length = view.getUint32(8, true);
  if (12 + length > bytes.length) throw misfit('it is cut short inside its header');
  const header = parsedHeader(bytes.subarray(12, 12 + length));
  // A copy of its own: `bytes` may start anywhere in its buffer, and numbers must lie at multiples of their size.
  const data = new Uint8Array(bytes.subarray(12 + length));
  const places = new Map(header.tensors.map((place) => [place.name, place]));
  const place = (name: string, type: TensorPlace['type'], width: number): { at: number; count: number } => {
    const found = places.get(name);
    if (found === undefined || found.type !== type) throw misfit(`it lacks the ${type} tensor "${name}"`);
    const count = found.shape[0] * found.shape[1];
    if (found.at % 4 !== 0 || found.at + count * width > data.length) throw misfit(`its tensor "${name}" is cut short`);
    return { at: found.at, count };
  };
  return {
    header,
    int8(name) {
      const { at, count } = place(name, 'int8', 1);
      return new Int8Array(data.buffer, at, count);
    },
    int16(name) {
      const { at, count } = place(name, 'int16', 2);
      return new Int16Array(data.buffer, at, count);
    },
    float32(name) {
      const { at, count } = place(name, 'float32', 4);
      return new Float32Array(data.buffer, at, count);
    },
    text(name) {
      const { at, count } = place(name, 'text', 1);
      return new TextDecoder().decode(data.subarray(at, at + count));
    },
  };
}

function parsedHeader(bytes: Uint8Array): WeightsHeader {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw misfit('its header is no JSON', cause);
  }
  const lists = header as Partial<Record<keyof WeightsHeader, unknown>> | null;
  for (const name of ['upos', 'tags', 'relations', 'names', 'tensors'] as const) {
    if (!Array.isArray(lists?.[name])) throw misfit(`its header lacks the list "${name}"`);
  }
  if (typeof lists?.sizes !== 'object' || typeof lists?.linear !== 'object') throw misfit('its header lacks the sizes');
  return header as WeightsHeader;
}

/** The error for a weight file that this program cannot use. */
export function misfit(why: string, cause?: unknown): ReadoutError {
  return new ReadoutError(
    'model.format',
    `The weight file does not fit: ${why}. Use the file that came with this version of readout.`,
    cause === undefined ? undefined : { cause },
  );
}
