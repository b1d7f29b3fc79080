/**
 * How fast Readout reads, warm, on one core: `node bench/speed.ts RELEASES.jsonl.gz [--plain]`. RELEASES holds one JSON
 * object a line with a `text`. Prints words a second for each stage of the English core beside wink-nlp's tagging of the
 * same text and for the whole from text to claims, the share of it that `events` takes, the time to load, and memory. Two figures each: by the clock, and by the time that the processor gave, which
 * other work on the machine does not spoil.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import winkEnglish from 'wink-eng-lite-web-model';
import wink from 'wink-nlp';
import { loadReader } from '../src/app/load.ts';
import { analyze, loadModel, type Sentence } from '../src/nlp/index.ts';
import { segment } from '../src/nlp/segment.ts';
import { tokenize } from '../src/nlp/tokenize.ts';
import { read } from '../src/pipeline.ts';
import { composeDocument } from '../src/source/compose.ts';

const [path, ...options] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: speed.ts RELEASES.jsonl.gz [--plain]');
const simd = !options.includes('--plain');
const idle = process.memoryUsage().rss;
const bytes = readFileSync(new URL('../model/english.bin', import.meta.url));

const began = performance.now();
const model = loadModel(bytes, { simd });
const loaded = performance.now();
analyze('The minister met the envoy in Vienna on Tuesday.', model);
const parsed = performance.now();
console.log(`load ${(loaded - began).toFixed(0)} ms, load and first parse ${(parsed - began).toFixed(0)} ms`);

const packed = readFileSync(path);
const lines = (path.endsWith('.gz') ? gunzipSync(packed) : packed).toString('utf8').split('\n');
const texts = lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { text: string }).text);
const sample = texts.slice(0, 400);
const warm = texts.slice(400, 600);
const words = sample.reduce((sum, text) => sum + text.split(/\s+/).filter((word) => word !== '').length, 0);

/** Gives the words a second that the processor's time makes. */
function perSecond(name: string, run: () => void): number {
  const rounds: { readonly clock: number; readonly processor: number }[] = [];
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    const start = performance.now();
    run();
    const clock = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    rounds.push({ clock, processor: (user + system) / 1000 });
  }
  const middle = (of: 'clock' | 'processor') => rounds.map((round) => round[of]).sort((a, b) => a - b)[1]!;
  const [clock, processor] = [middle('clock'), middle('processor')].map((ms) => Math.round((words / ms) * 1000));
  console.log(`${name.padEnd(30)} ${String(clock).padStart(8)} words/s by the clock, ${processor} by the processor`);
  return processor!;
}

for (const text of warm) analyze(text, model);
perSecond('words', () => {
  for (const text of sample) tokenize(text, 0, text.length, model.splitter, model.tokenizeCache);
});
perSecond('words and sentences', () => {
  for (const text of sample) {
    const written = tokenize(text, 0, text.length, model.splitter, model.tokenizeCache);
    segment(text, written, text.includes('\n'), model.boundary, model.segmentCache);
  }
});
let sentences: Sentence[] = [];
const core = perSecond('text to trees, names', () => {
  for (const text of sample) sentences = analyze(text, model);
});
void sentences;
const used = Math.round((process.memoryUsage().rss - idle) / 1e6);
const other = wink(winkEnglish, ['sbd', 'pos']);
for (const text of warm) other.readDoc(text).tokens().out(other.its.pos);
perSecond('wink-nlp: sentences and tags', () => {
  for (const text of sample) other.readDoc(text).tokens().out(other.its.pos);
});
const reader = loadReader();
const documents = sample.map((text) =>
  composeDocument({ text, title: null, outlet: null, url: null, metadata: [], removed: [], given: null }),
);
for (const document of documents.slice(0, 200)) read(document, reader);
const whole = perSecond('text to claims', () => {
  for (const document of documents) read(document, reader);
});
console.log(`events takes ${Math.round(100 * (1 - whole / core))} % of the time from text to claims`);
console.log(`${words} words; memory taken by the core and the sample ${used} MB`);
