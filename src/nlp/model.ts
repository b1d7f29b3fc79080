import { type Encoder, startEncoder } from './encode.ts';
import { type Lemmas, readLemmas } from './lemma.ts';
import type { Linear } from './linear.ts';
import type { SegmentCache } from './segment.ts';
import type { NameKind, Upos } from './sentence.ts';
import { UPOS } from './sentence.ts';
import type { TokenizeCache } from './tokenize.ts';
import { misfit, readWeights, type WeightsHeader } from './weights.ts';

/** The English core, ready to read. It keeps working memory, so one model reads one text at a time. */
export interface Model {
  readonly header: WeightsHeader;
  readonly encoder: Encoder;
  readonly splitter: Linear;
  readonly boundary: Linear;
  readonly lemmas: Lemmas;
  readonly upos: readonly Upos[];
  /** Features of each tag. */
  readonly feats: readonly string[];
  /** For each name label its kind and whether it begins a name; undefined for "no name". */
  readonly names: readonly ({ readonly kind: NameKind; readonly begins: boolean } | undefined)[];
  readonly tokenizeCache: TokenizeCache;
  readonly segmentCache: SegmentCache;
  /** Lemmas found before, by tag and form. */
  readonly lemmaCaches: Map<number, Map<string, string>>;
}

/**
 * Makes a model of the bytes of a weight file (`model/english.bin`). Throws `model.format` where the file is none, cut
 * short, of another version, or trained for other features. `simd: false` computes in plain JavaScript, with the same
 * results (default: WebAssembly SIMD where the engine has it).
 */
export function loadModel(bytes: Uint8Array, options: { readonly simd?: boolean } = {}): Model {
  const weights = readWeights(bytes);
  const { header } = weights;
  const linear = (name: string): Linear => {
    const scale = header.linear[name];
    const table = weights.int8(name);
    if (scale === undefined || (table.length & (table.length - 1)) !== 0)
      throw misfit(`its classifier "${name}" is broken`);
    return { weights: table, scale };
  };
  return {
    header,
    encoder: startEncoder(weights, options),
    splitter: linear('splitter'),
    boundary: linear('boundary'),
    lemmas: readLemmas(weights.text('lemmas')),
    upos: header.upos.map((upos) => {
      const known = UPOS.find((name) => name === upos);
      if (known === undefined) throw misfit(`its part of speech "${upos}" is unknown`);
      return known;
    }),
    feats: header.tags.map((tag) => tag.slice(tag.indexOf(' ') + 1)),
    names: header.names.map((label) => {
      const match = /^([BI])-(person|organisation|place|other)$/.exec(label);
      if (match === null && label !== 'O') throw misfit(`its name label "${label}" is unknown`);
      return match === null ? undefined : { kind: match[2] as NameKind, begins: match[1] === 'B' };
    }),
    tokenizeCache: new Map(),
    segmentCache: new Map(),
    lemmaCaches: new Map(),
  };
}
