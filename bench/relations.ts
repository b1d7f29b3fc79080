/**
 * F1 of the relations that carry events, head and relation right, on gold words: `node bench/relations.ts GOLD.conllu …
 * [--model FILE]`. Subtypes count for the passive and its agent, elsewhere they are left off. Negation is the word with
 * `Polarity=Neg` and the head that it denies.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { analyzeWords, loadModel, readConllu } from '../src/nlp/index.ts';

const RELATIONS =
  'nsubj nsubj:pass obj iobj obl obl:agent ccomp xcomp advcl parataxis conj appos nmod acl negation'.split(' ');

interface Count {
  right: number;
  found: number;
  gold: number;
}

const paths = process.argv.slice(2);
const at = paths.indexOf('--model');
const [, weights] = at < 0 ? [] : paths.splice(at, 2);
if (paths.length === 0) throw new Error('usage: relations.ts GOLD.conllu … [--model FILE]');
const model = loadModel(readFileSync(weights ?? new URL('../model/english.bin', import.meta.url)));

for (const path of paths) {
  const packed = readFileSync(path);
  const gold = readConllu((path.endsWith('.gz') ? gunzipSync(packed) : packed).toString('utf8'));
  const { sentences } = analyzeWords(gold, model);
  const counts = new Map<string, Count>(RELATIONS.map((name) => [name, { right: 0, found: 0, gold: 0 }]));
  for (const [index, { words }] of gold.entries()) {
    for (const [place, word] of words.entries()) {
      const token = sentences[index]!.tokens[place]!;
      const told = groupOf(word.relation, word.feats);
      const found = groupOf(token.relation, token.feats);
      const isSame = told === found && (word.head ?? -1) === token.head;
      if (told !== undefined) counts.get(told)!.gold++;
      if (found !== undefined) counts.get(found)!.found++;
      if (told !== undefined && isSame) counts.get(told)!.right++;
    }
  }
  console.log(path.replace(/.*\//, ''));
  const all = { right: 0, found: 0, gold: 0 };
  for (const [name, count] of counts) {
    for (const key of ['right', 'found', 'gold'] as const) all[key] += count[key];
    console.log(line(name, count));
  }
  console.log(line('together', all));
}

function groupOf(relation: string, feats: string): string | undefined {
  if (feats.includes('Polarity=Neg') && relation.startsWith('advmod')) return 'negation';
  if (RELATIONS.includes(relation)) return relation;
  const bare = relation.replace(/:.*/, '');
  return RELATIONS.includes(bare) ? bare : undefined;
}

function line(name: string, { right, found, gold }: Count): string {
  const share = (part: number, whole: number) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1)).padStart(6);
  return `  ${name.padEnd(12)} P${share(right, found)}  R${share(right, gold)}  F1${share(2 * right, found + gold)}  of ${gold}`;
}
