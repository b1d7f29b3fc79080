/**
 * Trains the segmenter: `node train/segment.ts DATA OUT`. Two linear classifiers over hashed features, logistic loss,
 * Adagrad: where a word ends inside a stretch without blanks, and where a sentence ends. Writes OUT/splitter.json and
 * OUT/boundary.json (a scale, and the bytes in base64) and prints F1 on the development sets.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConlluSentence } from '../src/nlp/conllu.ts';
import type { Linear } from '../src/nlp/linear.ts';
import { mixed } from '../src/nlp/linear.ts';
import { type SegmentCache, segment, visitBoundaries } from '../src/nlp/segment.ts';
import { isBlank, nextClass, tokenize, visitGaps, type WrittenWords } from '../src/nlp/tokenize.ts';
import { madeTexts } from './made-sentences.ts';
import { readTreebank } from './sets.ts';

interface GoldText {
  readonly text: string;
  readonly words: WrittenWords;
  /** Indices of words that end a sentence. */
  readonly ends: ReadonlySet<number>;
}

interface Paragraph {
  readonly sentences: ConlluSentence[];
}

type Layout = 'joined' | 'lines' | 'wrapped' | 'headed' | 'tight';

const BUCKETS = 1 << 17;
const PASSES = 8;
// Made-up texts a pass, beside some 900 documents.
const MADE = 400;
// Names beside the words of the treebanks for the splitter: more of them unlearn abbreviations.
const NAMES = 1000;
// Log odds for an end on top of what was learned: a missed end costs as much as a wrong one, and there are fewer of the latter.
const LEAN = 1.1;

const [folder, target] = process.argv.slice(2);
if (folder === undefined || target === undefined) throw new Error('usage: segment.ts DATA OUT');
mkdirSync(target, { recursive: true });

let seed = 1;
/** A small generator with a fixed seed (mulberry32): the same weights on every run. */
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const documents = ['ewt-train', 'gum-open-train'].flatMap((name) => documentsOf(readTreebank(folder, name)));
const splitter = trainSplitter();
const boundary = trainBoundary();
save('splitter', splitter);
save('boundary', boundary);
for (const name of ['ewt-dev', 'gum-open-dev']) {
  const sentences = readTreebank(folder, name);
  const gold = laidOut([{ sentences: [...sentences] }], 'joined');
  const words = tokenize(gold.text, 0, gold.text.length, splitter, new Map());
  const key = (w: WrittenWords, i: number) => `${w.from[i]} ${w.to[i]}`;
  const goldWords = new Set(gold.words.from.map((_, i) => key(gold.words, i)));
  const right = words.from.filter((_, i) => goldWords.has(key(words, i))).length;
  const ends = new Set(segment(gold.text, words, false, boundary, new Map()).map((i) => words.to[i]));
  const goldEnds = [...gold.ends].map((i) => gold.words.to[i]);
  const rightEnds = goldEnds.filter((end) => ends.has(end)).length;
  const f1 = (hit: number, a: number, b: number) => ((200 * hit) / (a + b)).toFixed(2);
  console.log(
    `${name}: written words ${f1(right, words.from.length, goldWords.size)}, sentences ${f1(rightEnds, ends.size, goldEnds.length)}`,
  );
}

function documentsOf(sentences: readonly ConlluSentence[]): Paragraph[][] {
  const found: Paragraph[][] = [];
  for (const sentence of sentences) {
    const comments = sentence.comments;
    if (found.length === 0 || comments.some((c) => c.startsWith('# newdoc'))) found.push([{ sentences: [] }]);
    if (comments.some((c) => c === '# newpar' || c.startsWith('# newpar id'))) found.at(-1)!.push({ sentences: [] });
    found.at(-1)!.at(-1)!.sentences.push(sentence);
  }
  return found.map((paragraphs) => paragraphs.filter((paragraph) => paragraph.sentences.length > 0));
}

/**
 * A document as one text: `joined` with blanks alone, as the score reads it; `lines` with a line end after each
 * paragraph; `wrapped` in lines of some 70 letters with empty lines between paragraphs; `headed` with a line end after
 * every sentence that lacks a full stop; `tight` lacks one blank in five after a full stop.
 */
function laidOut(paragraphs: readonly Paragraph[], layout: Layout): GoldText {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  const ends = new Set<number>();
  const width = 60 + Math.floor(random() * 24);
  for (const paragraph of paragraphs) {
    let column = 0;
    for (const sentence of paragraph.sentences) {
      const base = text.length;
      let body = sentence.text;
      if (layout === 'wrapped') {
        body = '';
        for (const piece of sentence.text.split(' ')) {
          if (column > 0 && column + piece.length > width) {
            body = `${body.slice(0, -1)}\n`;
            if (body === '\n') {
              text = `${text.slice(0, -1)}\n`;
              body = '';
            }
            column = 0;
          }
          body += `${piece} `;
          column += piece.length + 1;
        }
        body = body.slice(0, -1);
      }
      text += body;
      for (const [index, word] of sentence.words.entries()) {
        if (word.joined) to[to.length - 1] = Math.max(to.at(-1)!, base + word.to);
        else {
          from.push(base + word.from);
          to.push(base + word.to);
        }
        if (index === sentence.words.length - 1) ends.add(to.length - 1);
      }
      const closed = /[.!?:"”')\]]$/.test(sentence.text);
      const isTight = layout === 'tight' && /\p{L}[.!?]$/u.test(sentence.text) && random() < 0.2;
      if (!isTight) text += layout === 'headed' && !closed ? '\n' : ' ';
      column++;
    }
    if (layout === 'lines' || layout === 'headed') text = `${text.slice(0, -1)}\n`;
    if (layout === 'wrapped') text = `${text.slice(0, -1)}\n\n`;
  }
  return { text, words: { from, to }, ends };
}

function trainSplitter(): Linear {
  const learner = startLearner(0.15);
  const rows: { features: Int32Array; yes: boolean }[] = [];
  for (const document of documents) {
    const gold = laidOut(document, random() < 0.5 ? 'tight' : 'joined');
    const starts = new Set(gold.words.from);
    const text = gold.text;
    let at = 0;
    while (at < text.length) {
      while (at < text.length && isBlank(text.charCodeAt(at))) at++;
      if (at >= text.length) break;
      const begin = at;
      while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
      visitGaps(text, begin, at, nextClass(text, at, text.length), (gap, features, count) => {
        rows.push({ features: features.slice(0, count), yes: starts.has(gap) });
      });
    }
  }
  // Short names are rare at the end of a sentence in treebanks, and look like abbreviations: "Kyiv."
  for (const name of shuffle(tableNames()).slice(0, NAMES)) {
    const mark = random() < 0.7 ? '.' : random() < 0.5 ? ',' : "'s";
    const next = 'Xx$d'[Math.floor(random() * 4)]!;
    visitGaps(name + mark, 0, name.length + mark.length, next, (gap, features, count) => {
      rows.push({ features: features.slice(0, count), yes: gap === name.length });
    });
  }
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(rows);
    for (const row of rows) learner.learn(row.features, row.features.length, row.yes);
  }
  return learner.finish();
}

/** Short last words of cities, from the table in `data/`. */
function tableNames(): string[] {
  const names = ['places', 'people'].flatMap((table) =>
    readFileSync(new URL(`../data/${table}.tsv`, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split('\t')[1]?.split(' ').at(-1) ?? ''),
  );
  return [...new Set(names)].filter(
    (name) => /^\p{Lu}\p{Ll}+$/u.test(name) && !/^(Jr|Sr|Gen|Col|Inc|Co|St)$/.test(name),
  );
}

function trainBoundary(): Linear {
  const learner = startLearner(0.12);
  const layouts = ['joined', 'tight', 'lines', 'joined', 'wrapped', 'joined', 'headed', 'joined'] as const;
  for (let pass = 0; pass < PASSES; pass++) {
    const layout = layouts[pass % layouts.length]!;
    const real = mixedDocuments().map((document) => laidOut(document, layout));
    const made = madeTexts(MADE, random).map(madeText);
    for (const gold of shuffle([...real, ...made])) {
      const cache: SegmentCache = new Map();
      let start = 0;
      visitBoundaries(
        gold.text,
        gold.words,
        gold.text.includes('\n'),
        cache,
        (word) => {
          start = word + 1;
        },
        () => start,
        (features, count, word) => {
          const yes = gold.ends.has(word);
          learner.learn(features, count, yes);
          return yes;
        },
      );
    }
  }
  // The first feature of a gap is its layout alone, one of eight: every gap has one of them.
  for (let layout = 0; layout < 8; layout++) learner.lean(mixed(1, layout), LEAN);
  return learner.finish();
}

/** Made-up sentences as one text; their words are what the splitter finds. */
function madeText(sentences: readonly string[]): GoldText {
  const text = sentences.join(' ');
  const words = tokenize(text, 0, text.length, splitter, new Map());
  const ends = new Set<number>();
  let end = -1;
  for (const sentence of sentences) {
    end += sentence.length + 1;
    const last = words.to.indexOf(end);
    if (last >= 0) ends.add(last);
  }
  return { text, words, ends };
}

/** Documents with some neighbours swapped in, so that the joint between two texts is seen as well. */
function mixedDocuments(): Paragraph[][] {
  return documents.map((document) => [...document, ...documents[Math.floor(random() * documents.length)]!.slice(0, 2)]);
}

function shuffle<T>(list: T[]): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}

/** Logistic regression by Adagrad; a feature is left out one time in eight, so that none carries a decision alone. */
function startLearner(rate: number) {
  const weights = new Float32Array(BUCKETS);
  const squares = new Float32Array(BUCKETS);
  const kept = new Int32Array(64);
  return {
    learn(features: Int32Array, count: number, yes: boolean) {
      let sum = 0;
      let size = 0;
      for (let i = 0; i < count; i++) {
        if (random() < 0.125) continue;
        const bucket = features[i]! & (BUCKETS - 1);
        kept[size++] = bucket;
        sum += weights[bucket]!;
      }
      const slope = (yes ? 1 : 0) - 1 / (1 + Math.exp(-sum));
      if (Math.abs(slope) < 0.002) return;
      for (let i = 0; i < size; i++) {
        const bucket = kept[i]!;
        squares[bucket]! += slope * slope;
        weights[bucket]! += (rate * slope) / Math.sqrt(squares[bucket]! + 1e-3);
      }
    },
    lean(feature: number, by: number) {
      weights[feature & (BUCKETS - 1)]! += by;
    },
    finish(): Linear {
      let most = 0;
      for (const weight of weights) most = Math.max(most, Math.abs(weight));
      const scale = most / 127;
      const bytes = new Int8Array(BUCKETS);
      for (let i = 0; i < BUCKETS; i++) bytes[i] = Math.round(weights[i]! / scale);
      return { weights: bytes, scale };
    },
  };
}

function save(name: string, linear: Linear): void {
  const bytes = Buffer.from(linear.weights.buffer).toString('base64');
  writeFileSync(join(target!, `${name}.json`), JSON.stringify({ scale: linear.scale, bytes }));
}
