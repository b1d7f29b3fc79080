/**
 * The encoder: from words to tags, arcs, relations and name labels, for a batch of sentences at once.
 *
 *     words → embeddings → two layers, kept per word type → `depth` convolutions over three words → attention
 *           → upos, tags | names | arcs by biaffine scores plus a learned score of the distance → relations
 *
 * Sentences lie one below the other in rows of 16-bit numbers, with an empty row before, between and after them:
 *
 *     row 0  empty | 1 … n  first sentence | n + 1  empty | second sentence …
 *
 * so that the window of a word is three rows in a run, and the empty row above a sentence can hold its root. Products are
 * exact integers and what stands between them is arithmetic on 32-bit floats in a fixed order (kernel.ts), or on doubles
 * here: the same bits everywhere.
 */
import { exponential } from './exponential.ts';
import {
  DISTANCE_BUCKETS,
  distanceBucket,
  FEATURE_SET,
  FEATURE_SLOTS,
  FEATURE_TABLES,
  writeFeatures,
} from './features.ts';
import { type Kernel, startKernel } from './kernel.ts';
import { bestTree } from './tree.ts';
import { misfit, type Weights } from './weights.ts';

/** The words of one sentence as the encoder wants them. */
export interface EncoderInput {
  readonly forms: readonly string[];
  /** Whether a blank stands before the word. */
  readonly spaced: readonly boolean[];
}

/** What the encoder says of one sentence, a place for each word; numbers are indices into the header's lists. */
export interface Encoded {
  readonly upos: Uint8Array;
  readonly tags: Uint16Array;
  /** Index of the head, -1 for the root. */
  readonly heads: Int32Array;
  readonly relations: Uint8Array;
  /** Probability of head and relation together. */
  readonly confidence: Float64Array;
  readonly names: Uint8Array;
  readonly nameConfidence: Float64Array;
}

/** Longest sentence that the encoder takes; time and memory grow with its square. Longer ones are cut (analyze.ts). */
export const LONGEST_SENTENCE = 200;

/** Words that one batch should hold; a single longer sentence is a batch of its own. */
export const BATCH_WORDS = 192;

/** Reads the batch: sentences of at most LONGEST_SENTENCE words, at least one word each. */
export type Encoder = (batch: readonly EncoderInput[]) => Encoded[];

interface Matrix {
  readonly at: number;
  /** Rows, with a row of zeros more where they were odd. */
  readonly rows: number;
  readonly columns: number;
  readonly scale: Float64Array;
  readonly bias: Float64Array;
}

/** Places of 32-bit floats in the kernel's memory: what makes a product's results into numbers of the next step. */
interface Scaling {
  readonly scale: number;
  readonly bias: number;
}

interface Norm {
  readonly weight: number;
  readonly bias: number;
  /** What a value is multiplied with to become a 16-bit number: no value that the norm can give leaves 14 bits. */
  readonly steps: number;
}

const LIMIT = 16383;
// Queries, keys, values and what follows a rectifier are kept in steps of 1/256 and cut at ±31 or 63.
const STEPS = 256;
const ATTENTION_LIMIT = 8000;
const ARC_LIMIT = 4095;
const SHARE = 16384;
const TYPES_KEPT = 8192;

/** Lays the weights out in the kernel's memory. Throws `model.format` where they do not fit the features or each other. */
export function startEncoder(weights: Weights, options: { readonly simd?: boolean } = {}): Encoder {
  const { header } = weights;
  if (header.featureSet !== FEATURE_SET) {
    throw misfit(`it was trained with feature set ${header.featureSet}, this program has ${FEATURE_SET}`);
  }
  const { width, depth, pieces, attention, heads: headCount, arc, label, hidden } = header.sizes;
  const inputWidth = FEATURE_TABLES.reduce((sum, table) => sum + table.width, 0);
  const rowsMax = LONGEST_SENTENCE + BATCH_WORDS + 8;
  const headWidth = width / headCount;
  const treeWidth = 2 * arc + 2 * label;
  for (const [name, size] of Object.entries({ width, arc, label, hidden, headWidth })) {
    if (size % 8 !== 0) throw misfit(`its size "${name}" is no multiple of 8`);
  }

  // Places in the kernel's memory are handed out in order.
  let end = 0;
  const region = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const fills: ((kernel: Kernel) => void)[] = [];
  const matrix = (name: string, rows: number, columns: number): Matrix => {
    const bytes = weights.int8(name);
    if (bytes.length !== rows * columns) throw misfit(`its tensor "${name}" has another size`);
    const even = rows + (rows & 1);
    const at = region(even * columns * 2);
    fills.push((kernel) => kernel.i16.set(bytes, at >> 1));
    const scale = new Float64Array(even);
    scale.set(weights.float32(`${name}.scale`));
    const bias = new Float64Array(even);
    if (header.tensors.some((place) => place.name === `${name}.bias`)) bias.set(weights.float32(`${name}.bias`));
    return { at, rows: even, columns, scale, bias };
  };
  const floats = (values: ArrayLike<number>): number => {
    const at = region(values.length * 4);
    fills.push((kernel) => kernel.f32.set(values, at >> 2));
    return at;
  };
  /** Scale and bias of a product's results, times `unit`. */
  const scaling = (by: Matrix, scaleUnit: number, biasUnit: number): Scaling => ({
    scale: floats(by.scale.map((value) => value * scaleUnit)),
    bias: floats(by.bias.map((value) => value * biasUnit)),
  });
  const norm = (name: string): Norm => {
    const weight = weights.float32(`${name}.weight`);
    const bias = weights.float32(`${name}.bias`);
    if (weight.length !== width || bias.length !== width) throw misfit(`its tensor "${name}" has another size`);
    let most = 0;
    for (let i = 0; i < width; i++) most = Math.max(most, Math.abs(weight[i]!) * Math.sqrt(width) + Math.abs(bias[i]!));
    return { weight: floats(weight), bias: floats(bias), steps: LIMIT / most };
  };

  const tables = FEATURE_TABLES.map((table) => weights.int8(`table.${table.name}`));
  const vocabulary = new Map<string, number>();
  for (const word of weights.text('vocabulary').split('\n')) vocabulary.set(word, vocabulary.size + 1);
  if (tables[0]!.length !== (vocabulary.size + 1) * FEATURE_TABLES[0]!.width)
    throw misfit('its vocabulary has another size');
  const wordBytes = weights.int16('word1');
  if (wordBytes.length !== hidden * inputWidth) throw misfit('its tensor "word1" has another size');
  const word1: Matrix = {
    at: region(wordBytes.length * 2),
    rows: hidden,
    columns: inputWidth,
    scale: Float64Array.from(weights.float32('word1.scale')),
    bias: Float64Array.from(weights.float32('word1.bias')),
  };
  fills.push((kernel) => kernel.i16.set(wordBytes, word1.at >> 1));
  const word2 = matrix('word2', width, hidden);
  const wordNorm = norm('word_norm');
  let stepsBefore = wordNorm.steps;
  const layers = Array.from({ length: depth }, (_, i) => {
    const product = matrix(`convolutions.${i}`, pieces * width, 3 * width);
    const layer = { product, scaling: scaling(product, 1 / stepsBefore, 1), norm: norm(`norms.${i}`) };
    stepsBefore = layer.norm.steps;
    return layer;
  });
  const attentions = Array.from({ length: attention }, (_, i) => {
    const query = matrix(`queries.${i}`, 3 * width, width);
    const output = matrix(`outputs.${i}`, width, width);
    const layer = {
      query,
      queryScaling: scaling(query, STEPS / stepsBefore, STEPS),
      output,
      outputScaling: scaling(output, 1 / STEPS, 1),
      norm: norm(`attention_norms.${i}`),
      near: distanceTables(weights.float32(`attention_bias.${i}`), headCount).map(floats),
    };
    stepsBefore = layer.norm.steps;
    return layer;
  });
  const shareScaling = {
    scale: floats(new Array(headWidth).fill(1 / SHARE)),
    bias: floats(new Array(headWidth).fill(0)),
  };
  const stateUnit = 1 / stepsBefore;
  const uposMatrix = matrix('upos', header.upos.length, width);
  const tagMatrix = matrix('tags', header.tags.length, width);
  const name1 = matrix('name1', 64, width);
  const name1Scaling = scaling(name1, STEPS * stateUnit, STEPS);
  const name2 = matrix('name2', header.names.length, 64);
  const treeMatrix = matrix('tree', treeWidth, width);
  const treeScaling = scaling(treeMatrix, STEPS * stateUnit, STEPS);
  const arcMatrix = matrix('arc', arc, arc);
  const distanceMatrix = matrix('distance', DISTANCE_BUCKETS, arc);
  const relationMatrix = matrix('relation', header.relations.length, label);
  const arcBias = Float64Array.from(weights.float32('arc_bias'));
  const rootArc = weights.float32('root_arc');
  const rootLabel = weights.float32('root_label');
  const labelDistance = Float64Array.from(weights.float32('label_distance'), (value) => value * STEPS);
  const rootRelation = header.relations.indexOf('root');
  const tagRanges = header.upos.map((upos) => {
    const first = header.tags.findIndex((tag) => tag.startsWith(`${upos} `));
    const last = header.tags.findLastIndex((tag) => tag.startsWith(`${upos} `));
    return { first, count: first < 0 ? 0 : last - first + 1 };
  });

  const inputAt = region(rowsMax * inputWidth * 2);
  const hiddenWordAt = region(rowsMax * hidden * 2);
  const wordScaleAt = region(width * 4);
  const wordBiasAt = floats(word2.bias.subarray(0, width));
  const typeStatesAt = region(TYPES_KEPT * width * 4);
  const typeRowsAt = region(TYPES_KEPT * width * 2);
  const statesAt = region(rowsMax * width * 4);
  const rowsAt = region(rowsMax * width * 2);
  const mixedAt = region(rowsMax * width * 2);
  const queriesAt = region(rowsMax * 3 * width * 2);
  const valuesAt = region(width * (LONGEST_SENTENCE + 16) * 2);
  const sharesAt = region((LONGEST_SENTENCE + 16) * (LONGEST_SENTENCE + 16) * 2);
  const treeAt = region(rowsMax * treeWidth * 2);
  const arcsAt = region(rowsMax * arc * 2);
  const outWidth = Math.max(hidden, pieces * width, 3 * width, treeWidth, tagMatrix.rows);
  const outAt = region(Math.max(rowsMax * outWidth, (LONGEST_SENTENCE + 8) * (LONGEST_SENTENCE + 8)) * 4);
  const kernel = startKernel(end, options);
  for (const fill of fills) fill(kernel);
  const { i16, i32, f32 } = kernel;

  let typesKept = 0;
  const spacedTypes = new Map<string, number>();
  const tightTypes = new Map<string, number>();
  const features = new Int32Array(FEATURE_SLOTS);
  const slots = new Int32Array(rowsMax);
  const arcLine = new Float64Array(arc);
  const arcScores = new Float64Array(LONGEST_SENTENCE * (LONGEST_SENTENCE + 1));
  const buckets = new Uint8Array(2 * LONGEST_SENTENCE + 1);
  for (let i = 0; i < buckets.length; i++) buckets[i] = distanceBucket(i - LONGEST_SENTENCE);

  return encodeBatch;

  function encodeBatch(batch: readonly EncoderInput[]): Encoded[] {
    const starts: number[] = [];
    let rows = 1;
    for (const sentence of batch) {
      starts.push(rows);
      rows += sentence.forms.length + 1;
    }
    if (rows > rowsMax) throw new RangeError(`A batch of ${rows} rows is too long for the encoder (${rowsMax}).`);
    for (const [index, sentence] of batch.entries()) {
      const start = starts[index]!;
      clearRow(start - 1);
      placeTypes(sentence, start);
    }
    clearRow(rows - 1);
    for (const layer of layers) {
      multiply(layer.product, rowsAt, outAt, rows - 1, width * 2);
      for (const [index, { forms }] of batch.entries()) {
        settle(layer.product, layer.scaling, layer.norm, starts[index]! - 1, starts[index]!, forms.length, pieces);
      }
    }
    for (const layer of attentions) attend(layer, batch, starts, rows);
    return readOut(batch, starts, rows);
  }

  function clearRow(row: number): void {
    i16.fill(0, (rowsAt >> 1) + row * width, (rowsAt >> 1) + (row + 1) * width);
  }

  /** A product with rows of bytes `stride` apart; the results lie `rows` numbers apart. */
  function multiply(by: Matrix, from: number, to: number, count: number, stride: number): void {
    kernel.multiply(from, by.at, to, count, by.rows, by.columns, stride, by.columns * 2, by.rows * 4);
  }

  /** Adds a product's results, from row `from` on, to the states of `count` words from row `start` on, and norms them. */
  function settle(
    by: Matrix,
    { scale, bias }: Scaling,
    after: Norm,
    from: number,
    start: number,
    count: number,
    parts: number,
  ): void {
    kernel.settle(
      outAt + from * by.rows * 4,
      scale,
      bias,
      statesAt + start * width * 4,
      after.weight,
      after.bias,
      rowsAt + start * width * 2,
      count,
      width,
      parts,
      after.steps,
    );
  }

  /** Puts the words' context-free states into their rows; words not met before are worked out first. */
  function placeTypes({ forms, spaced }: EncoderInput, start: number): void {
    if (typesKept + forms.length > TYPES_KEPT) {
      spacedTypes.clear();
      tightTypes.clear();
      typesKept = 0;
    }
    const first = typesKept;
    for (let i = 0; i < forms.length; i++) {
      const form = forms[i]!;
      const types = spaced[i] ? spacedTypes : tightTypes;
      let slot = types.get(form);
      if (slot === undefined) {
        slot = typesKept++;
        types.set(form, slot);
        placeInput(form, spaced[i]!, slot - first);
      }
      slots[i] = slot;
    }
    if (typesKept > first) workOutTypes(first, typesKept - first);
    for (let i = 0; i < forms.length; i++) {
      const state = (typeStatesAt >> 2) + slots[i]! * width;
      f32.copyWithin((statesAt >> 2) + (start + i) * width, state, state + width);
      const row = (typeRowsAt >> 1) + slots[i]! * width;
      i16.copyWithin((rowsAt >> 1) + (start + i) * width, row, row + width);
    }
  }

  function placeInput(form: string, spaced: boolean, row: number): void {
    writeFeatures(form, spaced, vocabulary, features, 0);
    let to = (inputAt >> 1) + row * inputWidth;
    for (let slot = 0; slot < FEATURE_SLOTS; slot++) {
      const wide = FEATURE_TABLES[slot]!.width;
      const from = features[slot]! * wide;
      const table = tables[slot]!;
      for (let i = 0; i < wide; i++) i16[to++] = table[from + i]!;
    }
  }

  function workOutTypes(first: number, count: number): void {
    multiply(word1, inputAt, outAt, count, inputWidth * 2);
    const rowSteps: number[] = [];
    for (let row = 0; row < count; row++) {
      // A row of its own step: what a rectifier lets through has no bound known beforehand.
      const from = (outAt >> 2) + row * hidden;
      let most = 1e-9;
      for (let i = 0; i < hidden; i++) most = Math.max(most, i32[from + i]! * word1.scale[i]! + word1.bias[i]!);
      const steps = LIMIT / most;
      rowSteps.push(steps);
      const to = (hiddenWordAt >> 1) + row * hidden;
      for (let i = 0; i < hidden; i++) {
        const value = i32[from + i]! * word1.scale[i]! + word1.bias[i]!;
        i16[to + i] = value > 0 ? (value * steps + 0.5) | 0 : 0;
      }
    }
    multiply(word2, hiddenWordAt, outAt, count, hidden * 2);
    f32.fill(0, (typeStatesAt >> 2) + first * width, (typeStatesAt >> 2) + (first + count) * width);
    for (let row = 0; row < count; row++) {
      const from = outAt + row * word2.rows * 4;
      const unit = 1 / rowSteps[row]!;
      for (let i = 0; i < width; i++) f32[(wordScaleAt >> 2) + i] = word2.scale[i]! * unit;
      const state = typeStatesAt + (first + row) * width * 4;
      const to = typeRowsAt + (first + row) * width * 2;
      const { weight, bias, steps } = wordNorm;
      kernel.settle(from, wordScaleAt, wordBiasAt, state, weight, bias, to, 1, width, 1, steps);
    }
  }

  function attend(
    layer: (typeof attentions)[number],
    batch: readonly EncoderInput[],
    starts: readonly number[],
    rows: number,
  ): void {
    const { query, queryScaling, output, outputScaling } = layer;
    const wide = 3 * width;
    multiply(query, rowsAt, outAt, rows, width * 2);
    narrow(queryScaling, 0, wide, queriesAt, rows, query.rows, -ATTENTION_LIMIT, ATTENTION_LIMIT);
    for (const [index, sentence] of batch.entries()) attendSentence(layer.near, starts[index]!, sentence.forms.length);
    multiply(output, mixedAt, outAt, rows, width * 2);
    for (const [index, { forms }] of batch.entries()) {
      settle(output, outputScaling, layer.norm, starts[index]!, starts[index]!, forms.length, 1);
    }
  }

  /** Columns `first` to `first + count` of results `wide` numbers apart, as 16-bit numbers at the same place of their rows. */
  function narrow(
    by: Scaling,
    first: number,
    count: number,
    to: number,
    rows: number,
    wide: number,
    low: number,
    high: number,
  ): void {
    const at = first * 4;
    kernel.narrow(outAt + at, to + first * 2, by.scale + at, by.bias + at, rows, count, wide * 4, wide * 2, low, high);
  }

  function attendSentence(near: readonly number[], start: number, n: number): void {
    const wide = 3 * width;
    const even = n + (n & 1);
    const deep = Math.ceil(n / 8) * 8;
    const first = (queriesAt >> 1) + start * wide;
    const values = valuesAt >> 1;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < n; j++) i16[values + i * deep + j] = i16[first + j * wide + 2 * width + i]!;
      for (let j = n; j < deep; j++) i16[values + i * deep + j] = 0;
    }
    const unit = 1 / (STEPS * STEPS * Math.sqrt(headWidth));
    for (let head = 0; head < headCount; head++) {
      const q = queriesAt + (start * wide + head * headWidth) * 2;
      kernel.multiply(q, q + width * 2, outAt, n, even, headWidth, wide * 2, wide * 2, deep * 4);
      kernel.soften(outAt, sharesAt, near[head]! + LONGEST_SENTENCE * 4, n, n, deep, unit);
      const value = valuesAt + head * headWidth * deep * 2;
      kernel.multiply(sharesAt, value, outAt, n, headWidth, deep, deep * 2, deep * 2, headWidth * 4);
      const to = mixedAt + (start * width + head * headWidth) * 2;
      const { scale, bias } = shareScaling;
      const limit = ATTENTION_LIMIT;
      kernel.narrow(outAt, to, scale, bias, n, headWidth, headWidth * 4, width * 2, -limit, limit);
    }
  }

  function readOut(batch: readonly EncoderInput[], starts: readonly number[], rows: number): Encoded[] {
    const found = batch.map(({ forms: { length } }) => ({
      upos: new Uint8Array(length),
      tags: new Uint16Array(length),
      heads: new Int32Array(length),
      relations: new Uint8Array(length),
      confidence: new Float64Array(length),
      names: new Uint8Array(length),
      nameConfidence: new Float64Array(length),
    }));
    multiply(uposMatrix, rowsAt, outAt, rows, width * 2);
    for (const [index, sentence] of found.entries()) {
      for (let i = 0; i < sentence.upos.length; i++) {
        const from = (outAt >> 2) + (starts[index]! + i) * uposMatrix.rows;
        sentence.upos[i] = best(from, header.upos.length, uposMatrix, 0, stateUnit);
      }
    }
    for (const [index, sentence] of found.entries()) {
      for (let i = 0; i < sentence.upos.length; i++) {
        const { first, count } = tagRanges[sentence.upos[i]!]!;
        if (count === 0) continue;
        const row = rowsAt + (starts[index]! + i) * width * 2;
        const even = Math.min(count + (count & 1), tagMatrix.rows - first);
        kernel.multiply(row, tagMatrix.at + first * width * 2, outAt, 1, even + (even & 1), width, 0, width * 2, 0);
        sentence.tags[i] = first + best(outAt >> 2, count, tagMatrix, first, stateUnit);
      }
    }
    multiply(name1, rowsAt, outAt, rows, width * 2);
    narrow(name1Scaling, 0, name1.rows, treeAt, rows, name1.rows, 0, LIMIT);
    multiply(name2, treeAt, outAt, rows, name1.rows * 2);
    for (const [index, sentence] of found.entries()) {
      for (let i = 0; i < sentence.names.length; i++) {
        const from = (outAt >> 2) + (starts[index]! + i) * name2.rows;
        const chosen = best(from, header.names.length, name2, 0, 1 / STEPS);
        sentence.names[i] = chosen;
        sentence.nameConfidence[i] = chanceOf(from, header.names.length, name2, 1 / STEPS, chosen);
      }
    }
    multiply(treeMatrix, rowsAt, outAt, rows, width * 2);
    narrow(treeScaling, 0, 2 * arc, treeAt, rows, treeWidth, 0, ARC_LIMIT);
    narrow(treeScaling, 2 * arc, 2 * label, treeAt, rows, treeWidth, -ARC_LIMIT, ARC_LIMIT);
    for (const start of starts) {
      // The empty row above a sentence plays the root.
      const row = (treeAt >> 1) + (start - 1) * treeWidth;
      for (let i = 0; i < arc; i++) i16[row + arc + i] = stepped(rootArc[i]! * STEPS, ARC_LIMIT);
      for (let i = 0; i < label; i++) i16[row + 2 * arc + label + i] = stepped(rootLabel[i]! * STEPS, ARC_LIMIT);
    }
    for (const [index, sentence] of found.entries()) {
      readArcs(sentence, starts[index]!);
      readRelations(sentence, starts[index]!);
    }
    return found;
  }

  /** Scores every head for every word and takes the best tree; `confidence` becomes the chance of the head. */
  function readArcs(sentence: (typeof sentenceShape)[number], start: number): void {
    const n = sentence.heads.length;
    const wide = n + 1;
    const even = wide + (wide & 1);
    const out = outAt >> 2;
    const stride = treeWidth * 2;
    const dependents = treeAt + start * stride;
    const scores = arcScores;
    // The score of the distance first.
    kernel.multiply(
      dependents,
      distanceMatrix.at,
      outAt,
      n,
      distanceMatrix.rows,
      arc,
      stride,
      arc * 2,
      distanceMatrix.rows * 4,
    );
    for (let i = 0; i < n; i++) {
      const from = out + i * distanceMatrix.rows;
      for (let j = 0; j <= n; j++) {
        const bucket = j === 0 ? 0 : buckets[LONGEST_SENTENCE + j - 1 - i]!;
        scores[i * wide + j] =
          (i32[from + bucket]! * distanceMatrix.scale[bucket]!) / STEPS + distanceMatrix.bias[bucket]!;
      }
    }
    kernel.multiply(dependents, arcMatrix.at, outAt, n, arc, arc, stride, arc * 2, arc * 4);
    const rowSteps: number[] = [];
    for (let i = 0; i < n; i++) {
      // The score of a head whatever the dependent is one more term for each of its numbers.
      const from = out + i * arc;
      let most = 1e-9;
      for (let k = 0; k < arc; k++) {
        const value = (i32[from + k]! * arcMatrix.scale[k]!) / STEPS + arcBias[k]!;
        arcLine[k] = value;
        const size = value < 0 ? -value : value;
        if (size > most) most = size;
      }
      const steps = ARC_LIMIT / most;
      rowSteps.push(steps);
      const to = (arcsAt >> 1) + i * arc;
      for (let k = 0; k < arc; k++) {
        const step = arcLine[k]! * steps;
        i16[to + k] = step < 0 ? (step - 0.5) | 0 : (step + 0.5) | 0;
      }
    }
    const heads = treeAt + (start - 1) * stride + arc * 2;
    kernel.multiply(arcsAt, heads, outAt, n, even, arc, arc * 2, stride, even * 4);
    for (let i = 0; i < n; i++) {
      const unit = 1 / (rowSteps[i]! * STEPS);
      for (let j = 0; j <= n; j++) scores[i * wide + j]! += i32[out + i * even + j]! * unit;
    }
    sentence.heads.set(bestTree(scores, n));
    for (let i = 0; i < n; i++) {
      const chosen = scores[i * wide + sentence.heads[i]! + 1]!;
      let most = -Infinity;
      for (let j = 0; j <= n; j++) if (j !== i + 1 && scores[i * wide + j]! > most) most = scores[i * wide + j]!;
      let sum = 0;
      for (let j = 0; j <= n; j++) if (j !== i + 1) sum += exponential(scores[i * wide + j]! - most);
      sentence.confidence[i] = exponential(chosen - most) / sum;
    }
  }

  /** The relation of every word to its head; only the root's is `root`. */
  function readRelations(sentence: (typeof sentenceShape)[number], start: number): void {
    const n = sentence.heads.length;
    const rows = arcsAt >> 1;
    for (let i = 0; i < n; i++) {
      const head = sentence.heads[i]!;
      const bucket = head < 0 ? 0 : buckets[LONGEST_SENTENCE + head - i]!;
      const dependent = (treeAt >> 1) + (start + i) * treeWidth + 2 * arc;
      const above = (treeAt >> 1) + (start + head) * treeWidth + 2 * arc + label;
      for (let k = 0; k < label; k++) {
        const value = i16[dependent + k]! + i16[above + k]! + labelDistance[bucket * label + k]!;
        i16[rows + i * label + k] = value <= 0 ? 0 : value >= LIMIT ? LIMIT : (value + 0.5) | 0;
      }
    }
    multiply(relationMatrix, arcsAt, outAt, n, label * 2);
    const count = header.relations.length;
    for (let i = 0; i < n; i++) {
      const from = (outAt >> 2) + i * relationMatrix.rows;
      if (sentence.heads[i]! < 0) {
        sentence.relations[i] = rootRelation;
        continue;
      }
      const chosen = best(from, count, relationMatrix, 0, 1 / STEPS, rootRelation);
      sentence.relations[i] = chosen;
      sentence.confidence[i]! *= chanceOf(from, count, relationMatrix, 1 / STEPS, chosen);
    }
  }

  /** The best of `count` results from `from` on; `but` is left out. */
  function best(from: number, count: number, by: Matrix, first: number, unit: number, but = -1): number {
    let most = -Infinity;
    let chosen = 0;
    for (let i = 0; i < count; i++) {
      const value = i32[from + i]! * by.scale[first + i]! * unit + by.bias[first + i]!;
      if (value > most && i !== but) {
        most = value;
        chosen = i;
      }
    }
    return chosen;
  }

  function chanceOf(from: number, count: number, by: Matrix, unit: number, chosen: number): number {
    const top = i32[from + chosen]! * by.scale[chosen]! * unit + by.bias[chosen]!;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const value = i32[from + i]! * by.scale[i]! * unit + by.bias[i]! - top;
      sum += value > 0 ? 1 : exponential(value);
    }
    return 1 / sum;
  }
}

// Only for its type: the places of one sentence while they are filled.
declare const sentenceShape: Encoded[];

function stepped(value: number, limit: number): number {
  if (value >= limit) return limit;
  if (value <= -limit) return -limit;
  return value < 0 ? (value - 0.5) | 0 : (value + 0.5) | 0;
}

/** The learned score of a distance for each head, by distance instead of bucket; the kernel reads a little past the end. */
function distanceTables(values: Float32Array, heads: number): Float32Array[] {
  return Array.from({ length: heads }, (_, head) =>
    Float32Array.from({ length: 2 * LONGEST_SENTENCE + 16 }, (_, i) => {
      return values[head * DISTANCE_BUCKETS + distanceBucket(i - LONGEST_SENTENCE)]!;
    }),
  );
}
