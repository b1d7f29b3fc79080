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
 * exact integers (kernel.ts); what stands between them is arithmetic on doubles. Both give the same bits everywhere.
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

interface Norm {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
  /** What a value is multiplied with to become a 16-bit number: no value that the norm can give leaves 14 bits. */
  readonly steps: number;
}

const LIMIT = 16383;
// Queries, keys, values and what follows a rectifier are kept in steps of 1/256 and cut at ±31 or 63.
const STEPS = 256;
const ATTENTION_LIMIT = 8000;
const ARC_LIMIT = 4095;
const SHARE = 16384;
const TYPES_KEPT = 16_384;

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
  const norm = (name: string): Norm => {
    const weight = Float64Array.from(weights.float32(`${name}.weight`));
    const bias = Float64Array.from(weights.float32(`${name}.bias`));
    if (weight.length !== width || bias.length !== width) throw misfit(`its tensor "${name}" has another size`);
    let most = 0;
    for (let i = 0; i < width; i++) most = Math.max(most, Math.abs(weight[i]!) * Math.sqrt(width) + Math.abs(bias[i]!));
    return { weight, bias, steps: LIMIT / most };
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
  const layers = Array.from({ length: depth }, (_, i) => ({
    product: matrix(`convolutions.${i}`, pieces * width, 3 * width),
    norm: norm(`norms.${i}`),
  }));
  const attentions = Array.from({ length: attention }, (_, i) => ({
    query: matrix(`queries.${i}`, 3 * width, width),
    output: matrix(`outputs.${i}`, width, width),
    norm: norm(`attention_norms.${i}`),
    bias: distanceTable(weights.float32(`attention_bias.${i}`), headCount),
  }));
  const uposMatrix = matrix('upos', header.upos.length, width);
  const tagMatrix = matrix('tags', header.tags.length, width);
  const name1 = matrix('name1', 64, width);
  const name2 = matrix('name2', header.names.length, 64);
  const treeMatrix = matrix('tree', treeWidth, width);
  const arcMatrix = matrix('arc', arc, arc);
  const distanceMatrix = matrix('distance', DISTANCE_BUCKETS, arc);
  const relationMatrix = matrix('relation', header.relations.length, label);
  const arcBias = Float64Array.from(weights.float32('arc_bias'));
  const rootArc = weights.float32('root_arc');
  const rootLabel = weights.float32('root_label');
  const labelDistance = Float64Array.from(weights.float32('label_distance'));
  const rootRelation = header.relations.indexOf('root');
  const tagRanges = header.upos.map((upos) => {
    const first = header.tags.findIndex((tag) => tag.startsWith(`${upos} `));
    const last = header.tags.findLastIndex((tag) => tag.startsWith(`${upos} `));
    return { first, count: first < 0 ? 0 : last - first + 1 };
  });

  const inputAt = region(rowsMax * inputWidth * 2);
  const hiddenWordAt = region(rowsMax * hidden * 2);
  const statesAt = region(rowsMax * width * 2);
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
  const { i16, i32 } = kernel;

  const states = new Float32Array(rowsMax * width);
  const typeStates = new Float32Array(TYPES_KEPT * width);
  const typeRows = new Int16Array(TYPES_KEPT * width);
  let typesKept = 0;
  const spacedTypes = new Map<string, number>();
  const tightTypes = new Map<string, number>();
  const features = new Int32Array(FEATURE_SLOTS);
  const line = new Float64Array(width);
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
    const real = new Uint8Array(rows);
    i16.fill(0, statesAt >> 1, (statesAt >> 1) + (rows + 1) * width);
    for (const [index, sentence] of batch.entries()) {
      const start = starts[index]!;
      real.fill(1, start, start + sentence.forms.length);
      placeTypes(sentence, start);
    }
    let steps = wordNorm.steps;
    for (const layer of layers) {
      multiply(layer.product, statesAt, outAt, rows - 1, width * 2);
      steps = convolve(layer.product, layer.norm, steps, real, rows);
    }
    for (const layer of attentions) steps = attend(layer, steps, batch, starts, real, rows);
    return readOut(batch, starts, steps, rows);
  }

  /** A product with rows of bytes `stride` apart; the results lie `rows` numbers apart. */
  function multiply(by: Matrix, from: number, to: number, count: number, stride: number): void {
    kernel.multiply(from, by.at, to, count, by.rows, by.columns, stride, by.columns * 2, by.rows * 4);
  }

  /** Puts the words' context-free states into their rows; words not met before are worked out first. */
  function placeTypes(sentence: EncoderInput, start: number): void {
    const { forms, spaced } = sentence;
    if (typesKept + forms.length > TYPES_KEPT) {
      spacedTypes.clear();
      tightTypes.clear();
      typesKept = 0;
    }
    const slots: number[] = [];
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
      slots.push(slot);
    }
    if (typesKept > first) workOutTypes(first, typesKept - first);
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]! * width;
      states.set(typeStates.subarray(slot, slot + width), (start + i) * width);
      i16.set(typeRows.subarray(slot, slot + width), (statesAt >> 1) + (start + i) * width);
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
    for (let row = 0; row < count; row++) {
      const from = (outAt >> 2) + row * word2.rows;
      const unit = 1 / rowSteps[row]!;
      for (let i = 0; i < width; i++) line[i] = i32[from + i]! * word2.scale[i]! * unit + word2.bias[i]!;
      normalize(wordNorm, typeStates, typeRows, (first + row) * width, (first + row) * width);
    }
  }

  /** Layer norm of `line`, as floats into `floats[at …]` and as 16-bit steps into `whole[to …]`. */
  function normalize(by: Norm, floats: Float32Array, whole: Int16Array, at: number, to: number): void {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += line[i]!;
    const mean = sum / width;
    let square = 0;
    for (let i = 0; i < width; i++) {
      const off = line[i]! - mean;
      square += off * off;
    }
    const unit = 1 / Math.sqrt(square / width + 1e-5);
    const { weight, bias, steps } = by;
    for (let i = 0; i < width; i++) {
      const value = (line[i]! - mean) * unit * weight[i]! + bias[i]!;
      floats[at + i] = value;
      const step = value * steps;
      whole[to + i] = step < 0 ? (step - 0.5) | 0 : (step + 0.5) | 0;
    }
  }

  /** Adds the largest piece of each window's product to the states of the row below the window's first, and norms them. */
  function convolve(by: Matrix, after: Norm, steps: number, real: Uint8Array, rows: number): number {
    const unit = 1 / steps;
    const { scale, bias } = by;
    for (let row = 1; row < rows; row++) {
      if (real[row] === 0) continue;
      const from = (outAt >> 2) + (row - 1) * by.rows;
      const at = row * width;
      for (let i = 0; i < width; i++) {
        let most = i32[from + i]! * scale[i]! * unit + bias[i]!;
        for (let piece = i + width; piece < pieces * width; piece += width) {
          const value = i32[from + piece]! * scale[piece]! * unit + bias[piece]!;
          if (value > most) most = value;
        }
        line[i] = states[at + i]! + most;
      }
      normalize(after, states, i16, at, (statesAt >> 1) + at);
    }
    return after.steps;
  }

  function attend(
    layer: (typeof attentions)[number],
    steps: number,
    batch: readonly EncoderInput[],
    starts: readonly number[],
    real: Uint8Array,
    rows: number,
  ): number {
    const { query, output } = layer;
    const unit = STEPS / steps;
    multiply(query, statesAt, outAt, rows, width * 2);
    const wide = 3 * width;
    for (let row = 0; row < rows; row++) {
      const from = (outAt >> 2) + row * wide;
      const to = (queriesAt >> 1) + row * wide;
      for (let i = 0; i < wide; i++) {
        i16[to + i] = stepped(i32[from + i]! * query.scale[i]! * unit + query.bias[i]! * STEPS, ATTENTION_LIMIT);
      }
    }
    for (const [index, sentence] of batch.entries()) attendSentence(layer.bias, starts[index]!, sentence.forms.length);
    multiply(output, mixedAt, outAt, rows, width * 2);
    for (let row = 1; row < rows; row++) {
      if (real[row] === 0) continue;
      const from = (outAt >> 2) + row * output.rows;
      const at = row * width;
      for (let i = 0; i < width; i++) {
        line[i] = states[at + i]! + (i32[from + i]! * output.scale[i]!) / STEPS + output.bias[i]!;
      }
      normalize(layer.norm, states, i16, at, (statesAt >> 1) + at);
    }
    return layer.norm.steps;
  }

  function attendSentence(bias: readonly Float64Array[], start: number, n: number): void {
    const wide = 3 * width;
    const even = n + (n & 1);
    const deep = Math.ceil(n / 8) * 8;
    const first = (queriesAt >> 1) + start * wide;
    const values = valuesAt >> 1;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < n; j++) i16[values + i * deep + j] = i16[first + j * wide + 2 * width + i]!;
      for (let j = n; j < deep; j++) i16[values + i * deep + j] = 0;
    }
    const share = sharesAt >> 1;
    const out = outAt >> 2;
    const unit = 1 / (STEPS * STEPS * Math.sqrt(headWidth));
    for (let head = 0; head < headCount; head++) {
      const q = queriesAt + (start * wide + head * headWidth) * 2;
      kernel.multiply(q, q + width * 2, outAt, n, even, headWidth, wide * 2, wide * 2, even * 4);
      const near = bias[head]!;
      for (let i = 0; i < n; i++) {
        let most = -Infinity;
        for (let j = 0; j < n; j++) {
          const score = i32[out + i * even + j]! * unit + near[LONGEST_SENTENCE + j - i]!;
          attentionLine[j] = score;
          if (score > most) most = score;
        }
        let sum = 0;
        for (let j = 0; j < n; j++) {
          const value = exponential(attentionLine[j]! - most);
          attentionLine[j] = value;
          sum += value;
        }
        const part = SHARE / sum;
        for (let j = 0; j < n; j++) i16[share + i * deep + j] = (attentionLine[j]! * part + 0.5) | 0;
        for (let j = n; j < deep; j++) i16[share + i * deep + j] = 0;
      }
      kernel.multiply(
        sharesAt,
        valuesAt + head * headWidth * deep * 2,
        outAt,
        n,
        headWidth,
        deep,
        deep * 2,
        deep * 2,
        headWidth * 4,
      );
      for (let i = 0; i < n; i++) {
        const to = (mixedAt >> 1) + (start + i) * width + head * headWidth;
        for (let j = 0; j < headWidth; j++) i16[to + j] = Math.floor(i32[out + i * headWidth + j]! / SHARE + 0.5);
      }
    }
  }

  function readOut(batch: readonly EncoderInput[], starts: readonly number[], steps: number, rows: number): Encoded[] {
    const found = batch.map(({ forms: { length } }) => ({
      upos: new Uint8Array(length),
      tags: new Uint16Array(length),
      heads: new Int32Array(length),
      relations: new Uint8Array(length),
      confidence: new Float64Array(length),
      names: new Uint8Array(length),
      nameConfidence: new Float64Array(length),
    }));
    const unit = 1 / steps;
    multiply(uposMatrix, statesAt, outAt, rows, width * 2);
    for (const [index, sentence] of found.entries()) {
      for (let i = 0; i < sentence.upos.length; i++) {
        const from = (outAt >> 2) + (starts[index]! + i) * uposMatrix.rows;
        sentence.upos[i] = best(from, header.upos.length, uposMatrix, 0, unit);
      }
    }
    for (const [index, sentence] of found.entries()) {
      for (let i = 0; i < sentence.upos.length; i++) {
        const { first, count } = tagRanges[sentence.upos[i]!]!;
        if (count === 0) continue;
        const row = statesAt + (starts[index]! + i) * width * 2;
        const even = Math.min(count + (count & 1), tagMatrix.rows - first);
        kernel.multiply(row, tagMatrix.at + first * width * 2, outAt, 1, even + (even & 1), width, 0, width * 2, 0);
        sentence.tags[i] = first + best(outAt >> 2, count, tagMatrix, first, unit);
      }
    }
    multiply(name1, statesAt, outAt, rows, width * 2);
    rectify(name1, treeAt, rows, unit, LIMIT);
    multiply(name2, treeAt, outAt, rows, name1.rows * 2);
    for (const [index, sentence] of found.entries()) {
      for (let i = 0; i < sentence.names.length; i++) {
        const from = (outAt >> 2) + (starts[index]! + i) * name2.rows;
        const chosen = best(from, header.names.length, name2, 0, 1 / STEPS);
        sentence.names[i] = chosen;
        sentence.nameConfidence[i] = chanceOf(from, header.names.length, name2, 1 / STEPS, chosen);
      }
    }
    multiply(treeMatrix, statesAt, outAt, rows, width * 2);
    rectify(treeMatrix, treeAt, rows, unit, ARC_LIMIT);
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

  /** What a rectifier lets through of the results, in steps of 1/256, cut at `limit`. */
  function rectify(by: Matrix, to: number, rows: number, unit: number, limit: number): void {
    for (let row = 0; row < rows; row++) {
      const from = (outAt >> 2) + row * by.rows;
      const at = (to >> 1) + row * by.rows;
      for (let i = 0; i < by.rows; i++) {
        const value = (i32[from + i]! * by.scale[i]! * unit + by.bias[i]!) * STEPS;
        i16[at + i] = value <= 0 ? 0 : value >= limit ? limit : (value + 0.5) | 0;
      }
    }
  }

  /** Scores every head for every word and takes the best tree; `confidence` becomes the chance of the head. */
  function readArcs(sentence: (typeof sentenceShape)[number], start: number): void {
    const n = sentence.heads.length;
    const wide = n + 1;
    const even = wide + (wide & 1);
    const out = outAt >> 2;
    const stride = treeWidth * 2;
    const dependents = treeAt + start * stride;
    const scores = new Float64Array(n * wide);
    // The score of the distance, and of the head whatever the dependent.
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
    for (let j = 0; j <= n; j++) {
      const from = (treeAt >> 1) + (start - 1 + j) * treeWidth + arc;
      let sum = 0;
      for (let i = 0; i < arc; i++) sum += i16[from + i]! * arcBias[i]!;
      sum /= STEPS;
      for (let i = 0; i < n; i++) scores[i * wide + j]! += sum;
    }
    kernel.multiply(dependents, arcMatrix.at, outAt, n, arc, arc, stride, arc * 2, arc * 4);
    const rowSteps: number[] = [];
    for (let i = 0; i < n; i++) {
      const from = out + i * arc;
      let most = 1e-9;
      for (let k = 0; k < arc; k++) most = Math.max(most, Math.abs(i32[from + k]! * arcMatrix.scale[k]!));
      const steps = ARC_LIMIT / most;
      rowSteps.push(steps);
      for (let k = 0; k < arc; k++) {
        i16[(arcsAt >> 1) + i * arc + k] = stepped(i32[from + k]! * arcMatrix.scale[k]! * steps, ARC_LIMIT);
      }
    }
    const heads = treeAt + (start - 1) * stride + arc * 2;
    kernel.multiply(arcsAt, heads, outAt, n, even, arc, arc * 2, stride, even * 4);
    for (let i = 0; i < n; i++) {
      const unit = 1 / (rowSteps[i]! * STEPS * STEPS);
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
        const value = i16[dependent + k]! + i16[above + k]! + labelDistance[bucket * label + k]! * STEPS;
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

const attentionLine = new Float64Array(LONGEST_SENTENCE + 8);

function stepped(value: number, limit: number): number {
  if (value >= limit) return limit;
  if (value <= -limit) return -limit;
  return value < 0 ? (value - 0.5) | 0 : (value + 0.5) | 0;
}

/** The learned score of a distance for each head, by distance instead of bucket. */
function distanceTable(values: Float32Array, heads: number): Float64Array[] {
  return Array.from({ length: heads }, (_, head) => {
    const table = new Float64Array(2 * LONGEST_SENTENCE + 1);
    for (let i = 0; i < table.length; i++) {
      table[i] = values[head * DISTANCE_BUCKETS + distanceBucket(i - LONGEST_SENTENCE)]!;
    }
    return table;
  });
}
