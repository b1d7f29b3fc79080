/**
 * Machine-made trees and names of raw text to learn from: `node train/silver.ts MODEL.bin OUT.conllu TEXTS.jsonl[.gz] …`.
 * TEXTS holds one JSON object a line with a `text`. Trees are the model's, names come from the tables in `data/`
 * (gazetteer.ts); a sentence whose names they do not explain says `# names = unknown`. In half of the sentences names of one
 * word give way to others of their kind, so that the words around teach what the name is. Sentences that came before, very
 * short and very long ones are left out.
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { analyze, loadModel, type Sentence } from '../src/nlp/index.ts';
import { gazetteerNames, readGazetteer } from './gazetteer.ts';
import type { GoldName } from './names.ts';

const SHORTEST = 5;
const LONGEST = 80;

const [weights, target, ...sources] = process.argv.slice(2);
if (weights === undefined || target === undefined)
  throw new Error('usage: silver.ts MODEL.bin OUT.conllu TEXTS.jsonl …');
const model = loadModel(readFileSync(weights));
const out = createWriteStream(target);
const gazetteer = readGazetteer(fileURLToPath(new URL('../data/', import.meta.url)));
const seen = new Set<string>();
let words = 0;
let known = 0;
let seed = 3;
for (const source of sources) {
  const packed = readFileSync(source);
  const lines = (source.endsWith('.gz') ? gunzipSync(packed) : packed).toString('utf8').split('\n');
  for (const line of lines) {
    if (line === '') continue;
    const { text } = JSON.parse(line) as { readonly text: string };
    const sentences = analyze(text, model);
    const names = gazetteerNames(sentences, gazetteer);
    for (const [index, sentence] of sentences.entries()) {
      const size = sentence.tokens.length;
      const shown = text.slice(sentence.from, sentence.to).replace(/\s+/g, ' ');
      if (size < SHORTEST || size > LONGEST || seen.has(shown)) continue;
      seen.add(shown);
      words += size;
      if (names[index] !== undefined) known++;
      out.write(block(sentence, text, shown, names[index]));
    }
  }
}
out.end();
console.log(`${seen.size} sentences, ${known} with names, ${words} words`);

/** One sentence in CoNLL-U; a name stands in MISC as `Name=B-person`. */
function block(sentence: Sentence, text: string, shown: string, names: readonly GoldName[] | undefined): string {
  const labels = new Map<number, string>();
  for (const { first, last, kind } of names ?? []) {
    for (let i = first; i <= last; i++) labels.set(i, `Name=${i === first ? 'B' : 'I'}-${kind}`);
  }
  const forms = exchanged(sentence, names ?? []);
  const rows: string[] = [];
  for (const [i, token] of sentence.tokens.entries()) {
    const next = sentence.tokens[i + 1];
    if (!token.joined && next?.joined === true) {
      let last = i + 1;
      while (sentence.tokens[last + 1]?.joined === true) last++;
      const form = text.slice(token.from, sentence.tokens[last]!.to);
      const after = sentence.tokens[last + 1];
      const misc = after !== undefined && after.from === sentence.tokens[last]!.to ? 'SpaceAfter=No' : '_';
      rows.push(`${i + 1}-${last + 1}\t${form}${'\t_'.repeat(7)}\t${misc}`);
    }
    const tight = next !== undefined && next.from === token.to && !next.joined && !token.joined;
    const misc = [labels.get(i), tight ? 'SpaceAfter=No' : undefined].filter((part) => part !== undefined).join('|');
    const columns = [i + 1, forms[i]!, token.lemma, token.upos, '_', token.feats, token.head + 1, token.relation, '_'];
    rows.push(`${columns.join('\t')}\t${misc || '_'}`);
  }
  const isAsRead = forms.every((form, i) => form === sentence.tokens[i]!.form);
  return `${isAsRead ? `# text = ${shown}\n` : ''}${names === undefined ? '# names = unknown\n' : ''}${rows.join('\n')}\n\n`;
}

/** The words of a sentence with other names in the place of its own. */
function exchanged(sentence: Sentence, names: readonly GoldName[]): string[] {
  const forms = sentence.tokens.map((token) => token.form);
  if (random() < 0.5) return forms;
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  for (const { first, last, kind } of names) {
    const isFree = [first, last].every((i) => !sentence.tokens[i]!.joined && sentence.tokens[i + 1]?.joined !== true);
    if (!isFree || random() < 0.3) continue;
    if (kind === 'person') forms[last] = pick(gazetteer.surnames);
    else if (first !== last) continue;
    else if (kind === 'place') forms[last] = pick(gazetteer.cities);
    else if (kind === 'organisation') forms[last] = pick(gazetteer.bodies);
  }
  return forms;
}

/** A small generator with a fixed seed (mulberry32). */
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
