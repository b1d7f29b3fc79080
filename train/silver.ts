/**
 * Machine-made trees and names of raw text to learn from: `node train/silver.ts MODEL.bin OUT.conllu TEXTS.jsonl[.gz] …`.
 * TEXTS holds one JSON object a line with a `text`. Trees are the model's, names come from the tables in `data/`
 * (gazetteer.ts); a sentence whose names they do not explain says `# names = unknown`. Sentences that came before, very short
 * and very long ones are left out.
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
    const columns = [i + 1, token.form, token.lemma, token.upos, '_', token.feats, token.head + 1, token.relation, '_'];
    rows.push(`${columns.join('\t')}\t${misc || '_'}`);
  }
  return `# text = ${shown}\n${names === undefined ? '# names = unknown\n' : ''}${rows.join('\n')}\n\n`;
}
