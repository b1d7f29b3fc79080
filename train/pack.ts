/**
 * Packs what training wrote into one weight file: `node train/pack.ts PREPARED RUN SEGMENTER model/english.bin`.
 * PREPARED is prepare.ts's folder, RUN train.py's, SEGMENTER that of segment.ts and lemmas.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type TensorPlace, WEIGHTS_MAGIC, WEIGHTS_VERSION, type WeightsHeader } from '../src/nlp/weights.ts';

const [prepared, run, segmenter, target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: pack.ts PREPARED RUN SEGMENTER TARGET');
const meta = JSON.parse(readFileSync(join(prepared!, 'meta.json'), 'utf8'));
const network = JSON.parse(readFileSync(join(run!, 'network.json'), 'utf8'));
const floats = new Float32Array(new Uint8Array(readFileSync(join(run!, 'network.bin'))).buffer);

const parts: Uint8Array[] = [];
const tensors: TensorPlace[] = [];
let size = 0;

function put(name: string, type: TensorPlace['type'], shape: [number, number], bytes: Uint8Array): void {
  tensors.push({ name, type, shape, at: size });
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  parts.push(padded);
  size += padded.length;
}

function tensor(name: string): { rows: number; columns: number; values: Float32Array } {
  const found = network.tensors.find((t: { name: string }) => t.name === name);
  if (found === undefined) throw new Error(`the network has no tensor ${name}`);
  const [rows, columns] = found.shape.length === 1 ? [1, found.shape[0]] : found.shape;
  return { rows, columns, values: floats.subarray(found.at, found.at + rows * columns) };
}

function putFloats(name: string, values: Float32Array, shape: [number, number]): void {
  put(name, 'float32', shape, new Uint8Array(values.slice().buffer));
}

/** A matrix as bytes with one scale a row. */
function putBytes(name: string, { rows, columns, values }: ReturnType<typeof tensor>): void {
  const bytes = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let most = 1e-12;
    for (let i = 0; i < columns; i++) most = Math.max(most, Math.abs(values[row * columns + i]!));
    const scale = Math.fround(most / 127);
    scales[row] = scale;
    for (let i = 0; i < columns; i++) bytes[row * columns + i] = Math.round(values[row * columns + i]! / scale);
  }
  put(name, 'int8', [rows, columns], new Uint8Array(bytes.buffer));
  putFloats(`${name}.scale`, scales, [1, rows]);
}

function putLinear(name: string): void {
  putBytes(name, tensor(`${name}.weight`));
  const bias = tensor(`${name}.bias`);
  putFloats(`${name}.bias`, bias.values, [1, bias.columns]);
}

function putVector(name: string, from = name): void {
  const vector = tensor(from);
  putFloats(name, vector.values, [vector.rows, vector.columns]);
}

// An embedding table has one scale, which the first product's columns take over: the rows of bytes go in as they are.
const first = tensor('word1.weight');
const folded = Float32Array.from(first.values);
let column = 0;
for (const [slot, table] of meta.tables.entries()) {
  const { rows, columns, values } = tensor(`tables.${slot}.weight`);
  // A few far outliers would cost all others their precision.
  const sorted = Float32Array.from(values, Math.abs).sort();
  const most = sorted[Math.floor(sorted.length * 0.9999)]!;
  const scale = most / 127;
  const bytes = new Int8Array(rows * columns);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.max(-127, Math.min(127, Math.round(values[i]! / scale)));
  put(`table.${table.name}`, 'int8', [rows, columns], new Uint8Array(bytes.buffer));
  for (let row = 0; row < first.rows; row++) {
    for (let i = 0; i < columns; i++) folded[row * first.columns + column + i]! *= scale;
  }
  column += columns;
}
const words = new Int16Array(folded.length);
const wordScales = new Float32Array(first.rows);
for (let row = 0; row < first.rows; row++) {
  const values = folded.subarray(row * first.columns, (row + 1) * first.columns);
  const most = values.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-12);
  // 16 bits: 280 products of a byte and 15 bits stay inside 32.
  wordScales[row] = Math.fround(most / 32767);
  for (let i = 0; i < values.length; i++) words[row * first.columns + i] = Math.round(values[i]! / wordScales[row]!);
}
put('word1', 'int16', [first.rows, first.columns], new Uint8Array(words.buffer));
putFloats('word1.scale', wordScales, [1, first.rows]);
putVector('word1.bias');
putLinear('word2');
putVector('word_norm.weight');
putVector('word_norm.bias');
for (let layer = 0; layer < network.sizes.depth; layer++) {
  putLinear(`convolutions.${layer}`);
  putVector(`norms.${layer}.weight`);
  putVector(`norms.${layer}.bias`);
}
for (let layer = 0; layer < network.sizes.attention; layer++) {
  putLinear(`queries.${layer}`);
  putLinear(`outputs.${layer}`);
  putVector(`attention_norms.${layer}.weight`);
  putVector(`attention_norms.${layer}.bias`);
  putVector(`attention_bias.${layer}`);
}
for (const name of ['upos', 'tags', 'name1', 'name2', 'tree', 'distance', 'relation']) putLinear(name);
putBytes('arc', tensor('arc.weight'));
putVector('arc_bias', 'arc_bias.weight');
putVector('root_arc');
putVector('root_label');
putVector('label_distance');
const linear: Record<string, number> = {};
for (const name of ['splitter', 'boundary']) {
  const { scale, bytes } = JSON.parse(readFileSync(join(segmenter!, `${name}.json`), 'utf8'));
  const weights = new Uint8Array(Buffer.from(bytes, 'base64'));
  put(name, 'int8', [1, weights.length], weights);
  linear[name] = scale;
}
const encoder = new TextEncoder();
const vocabulary = encoder.encode(meta.vocabulary.join('\n'));
put('vocabulary', 'text', [1, vocabulary.length], vocabulary);
const lemmas = encoder.encode(readFileSync(join(segmenter!, 'lemmas.txt'), 'utf8'));
put('lemmas', 'text', [1, lemmas.length], lemmas);

const header: WeightsHeader = {
  language: 'en',
  card: 'Readout English core. Weights under CC BY-SA 4.0; see CARD.md beside this file.',
  featureSet: meta.featureSet,
  sizes: network.sizes,
  upos: meta.upos,
  tags: meta.tags,
  relations: meta.relations,
  names: meta.names,
  linear,
  tensors,
};
let head = JSON.stringify(header);
head += ' '.repeat((4 - (encoder.encode(head).length % 4)) % 4);
const headBytes = encoder.encode(head);
const start = new DataView(new ArrayBuffer(12));
for (let i = 0; i < 4; i++) start.setUint8(i, WEIGHTS_MAGIC.charCodeAt(i));
start.setUint32(4, WEIGHTS_VERSION, true);
start.setUint32(8, headBytes.length, true);
const file = Buffer.concat([new Uint8Array(start.buffer), headBytes, ...parts]);
writeFileSync(target, file);
console.log(`${file.length} bytes, ${gzipSync(file, { level: 9 }).length} gzipped`);
