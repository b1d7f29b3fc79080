/**
 * What the encoder knows of a word before it looks around: eight numbers, the rows of its embedding tables. The trainer
 * (train/prepare.ts) calls this same code, so what was learned is what is looked up.
 *
 *     slot   0     1        2        3        4        5        6      7
 *            word  prefix1  prefix3  suffix2  suffix3  suffix4  shape  space before
 *
 * `word` is a place in the vocabulary of the weight file, 0 for a word that is not in it. The others are hashed: two
 * affixes may share a row, and training lives with it.
 */

/** One embedding table: how many rows, how wide. */
export interface FeatureTable {
  readonly name: string;
  /** 0 for the vocabulary, whose length the weight file decides. */
  readonly rows: number;
  readonly width: number;
}

/** The embedding tables in the order of their slots. */
export const FEATURE_TABLES: readonly FeatureTable[] = [
  { name: 'word', rows: 0, width: 96 },
  { name: 'prefix1', rows: 256, width: 16 },
  { name: 'prefix3', rows: 4096, width: 32 },
  { name: 'suffix2', rows: 1024, width: 32 },
  { name: 'suffix3', rows: 4096, width: 32 },
  { name: 'suffix4', rows: 8192, width: 32 },
  { name: 'shape', rows: 512, width: 16 },
  { name: 'space', rows: 2, width: 8 },
];

/** Numbers a word's features take. */
export const FEATURE_SLOTS = FEATURE_TABLES.length;

/** Buckets of the signed distance from a dependent to its head. */
export const DISTANCE_BUCKETS = 24;

// Raise the number when the meaning of a slot changes: weights trained before do not fit after.
const FEATURE_VERSION = 1;

/** Names the feature set: weights carry it, and a file with another one is refused. */
export const FEATURE_SET = fnv(JSON.stringify([FEATURE_VERSION, FEATURE_TABLES, DISTANCE_BUCKETS]), 0).toString(16);

// Nobody's word is longer; a line of 2 MB without a space must not be hashed four times over.
const LONGEST = 48;

/** The form under which a word stands in the vocabulary: lower case, digits as `0`, plain quotes. */
export function wordKey(form: string): string {
  return plain(form).toLowerCase().replace(/\d/g, '0');
}

/** The form with typewriter quotes and an end cut out of its middle when it is longer than any word. */
function plain(form: string): string {
  const short = form.length > LONGEST ? form.slice(0, LONGEST / 2) + form.slice(-LONGEST / 2) : form;
  return short
    .replace(/[‘’‚‛`´]/g, "'")
    .replace(/[“”„‟«»]|''|``/g, '"')
    .replace(/[‐‑]/g, '-')
    .replace(/…/g, '...');
}

/** Writes the features of one word at `out[at …]`. `spaced` says whether a blank stands before it. */
export function writeFeatures(
  form: string,
  spaced: boolean,
  vocabulary: ReadonlyMap<string, number>,
  out: Int32Array,
  at: number,
): void {
  const face = plain(form);
  const key = wordKey(form);
  out[at] = vocabulary.get(key) ?? 0;
  out[at + 1] = row(face.slice(0, 1), 1);
  out[at + 2] = row(key.slice(0, 3), 2);
  out[at + 3] = row(key.slice(-2), 3);
  out[at + 4] = row(key.slice(-3), 4);
  out[at + 5] = row(key.slice(-4), 5);
  out[at + 6] = row(shapeOf(face), 6);
  out[at + 7] = spaced ? 1 : 0;
}

/** `Xxx` for "Biden", `XX` for "USA", `dd,ddd` for "90,000": runs are cut after the third. */
export function shapeOf(form: string): string {
  let shape = '';
  let last = '';
  let run = 0;
  for (const char of form) {
    const kind = kindOf(char);
    run = kind === last ? run + 1 : 1;
    last = kind;
    if (run <= 3) shape += kind;
  }
  return shape;
}

function kindOf(char: string): string {
  if (char >= 'a' && char <= 'z') return 'x';
  if (char >= 'A' && char <= 'Z') return 'X';
  if (char >= '0' && char <= '9') return 'd';
  const lower = char.toLowerCase();
  if (lower !== char) return 'X';
  return char.toUpperCase() === char ? char : 'x';
}

/** Bucket of the distance `head - dependent`: near heads apart, far ones together; 0 is the root. */
export function distanceBucket(distance: number): number {
  if (distance === 0) return 0;
  const far = Math.abs(distance);
  const step =
    far <= 4 ? far : far <= 6 ? 5 : far <= 9 ? 6 : far <= 14 ? 7 : far <= 21 ? 8 : far <= 32 ? 9 : far <= 50 ? 10 : 11;
  return distance > 0 ? step : step + 11;
}

function row(text: string, slot: number): number {
  const hash = fnv(text, slot);
  const rows = FEATURE_TABLES[slot]!.rows;
  return ((hash ^ (hash >>> 15)) & (rows - 1)) >>> 0;
}

/** FNV-1a, 32 bits, over UTF-16 code units. */
function fnv(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
