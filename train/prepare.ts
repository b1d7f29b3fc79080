/**
 * From a data folder to the arrays that train.py loads: `node train/prepare.ts DATA OUT [EXTRA.conllu …] [--like PREPARED]`.
 *
 * Every set becomes OUT/NAME.bin, 32-bit integers: for each sentence its length, whether it has a tree, whether it has
 * names, and for each word its features (src/nlp/features.ts), UPOS, joint tag, head (0 the root, words from 1), relation
 * and name label. OUT/meta.json holds the label lists and the vocabulary. Sets named `…@upper` and `…@lower` are the same
 * sentences with their case taken away. EXTRA files are silver trees, each a set of its own. `--like` takes the vocabulary of
 * another such folder, so that a training can go on with other sets.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ConlluSentence, readConllu } from '../src/nlp/conllu.ts';
import {
  DISTANCE_BUCKETS,
  distanceBucket,
  FEATURE_SET,
  FEATURE_SLOTS,
  FEATURE_TABLES,
  wordKey,
  writeFeatures,
} from '../src/nlp/features.ts';
import { UPOS } from '../src/nlp/sentence.ts';
import { type EntitySpan, type GoldName, namesInPhrases, namesOf } from './names.ts';
import { readRecords, readTreebank } from './sets.ts';

interface Example {
  readonly words: readonly ExampleWord[];
  readonly tree: boolean;
  readonly names: readonly GoldName[] | undefined;
}

interface ExampleWord {
  readonly form: string;
  readonly spaced: boolean;
  readonly upos: string;
  readonly feats: string;
  readonly head: number;
  readonly relation: string;
}

interface EntityRecord {
  readonly doc?: string;
  readonly sent?: string;
  readonly tokens: readonly string[];
  readonly spans: readonly EntitySpan[];
}

const NAME_LABELS = [
  'O',
  ...['person', 'organisation', 'place', 'other'].flatMap((kind) => [`B-${kind}`, `I-${kind}`]),
];

const given = process.argv.slice(2);
const likeAt = given.indexOf('--like');
const [, like] = likeAt < 0 ? [] : given.splice(likeAt, 2);
const [folder, target, ...extras] = given;
if (folder === undefined || target === undefined) throw new Error('usage: prepare.ts DATA OUT [EXTRA.conllu …]');
mkdirSync(target, { recursive: true });

const gumNames = new Map<string, EntityRecord>();
for (const name of ['ner/gum-entities-train.jsonl', 'ner/gum-entities-dev.jsonl']) {
  for (const record of readRecords<EntityRecord>(folder, name)) gumNames.set(record.sent!, record);
}

const sets = new Map<string, Example[]>();
sets.set('ewt-train', treebank(folder, 'ewt-train'));
sets.set('gum-train', treebank(folder, 'gum-open-train'));
sets.set('wikigold', entitySet(folder, 'ner/wikigold.jsonl'));
sets.set('wnut', entitySet(folder, 'ner/wnut17-train.jsonl'));
for (const path of extras) {
  sets.set(basename(path).replace(/\..*$/, ''), fromConllu(readConllu(readFileSync(path, 'utf8')), true));
}
const trainSets = [...sets.keys()];
sets.set('ewt-dev', treebank(folder, 'ewt-dev'));
sets.set('uner-dev', entitySet(folder, 'ner/uner-ewt-dev.jsonl'));
sets.set('gum-dev', treebank(folder, 'gum-open-dev'));

const vocabulary = like === undefined ? countedVocabulary() : vocabularyOf(like);
const tags = sortedTags();
const relations = ['root', ...new Set(gold().flatMap((example) => example.words.map((word) => word.relation)))];
const relationList = [...new Set(relations)].sort();
const tagIndex = new Map(tags.map((tag, index) => [tag, index]));
const relationIndex = new Map(relationList.map((relation, index) => [relation, index]));

for (const [name, examples] of sets) {
  write(name, examples);
  if (!trainSets.includes(name)) continue;
  write(
    `${name}@upper`,
    examples.map((example) => recased(example, (form) => form.toUpperCase())),
  );
  write(
    `${name}@lower`,
    examples.map((example) => recased(example, (form) => form.toLowerCase())),
  );
}
const distances: number[] = [];
for (let distance = -512; distance <= 512; distance++) distances.push(distanceBucket(distance));
writeFileSync(
  join(target, 'meta.json'),
  JSON.stringify({
    featureSet: FEATURE_SET,
    tables: FEATURE_TABLES.map((table) => ({ ...table, rows: table.rows || vocabulary.size + 1 })),
    distanceBuckets: DISTANCE_BUCKETS,
    distances,
    upos: UPOS,
    tags,
    relations: relationList,
    names: NAME_LABELS,
    vocabulary: [...vocabulary.keys()],
    trainSets,
  }),
);
console.log(`vocabulary ${vocabulary.size}, tags ${tags.length}, relations ${relationList.length}`);

function gold(): Example[] {
  return ['ewt-train', 'gum-train'].flatMap((name) => sets.get(name)!);
}

function treebank(data: string, name: string): Example[] {
  return fromConllu(readTreebank(data, name), false);
}

function fromConllu(sentences: readonly ConlluSentence[], silver: boolean): Example[] {
  return sentences.map((sentence) => {
    const id = sentence.comments.find((comment) => comment.startsWith('# sent_id = '))?.slice('# sent_id = '.length);
    const record = id === undefined ? undefined : gumNames.get(id);
    if (record !== undefined && record.tokens.length !== sentence.words.length) {
      throw new Error(`${id}: ${record.tokens.length} words with entities, ${sentence.words.length} with a tree`);
    }
    return {
      tree: true,
      names: silver ? silverNames(sentence) : record && namesInPhrases(sentence, record.spans),
      words: sentence.words.map((word, index) => ({
        form: word.form,
        spaced: !word.joined && (index === 0 || sentence.words[index - 1]!.to < word.from),
        upos: word.upos,
        feats: word.feats,
        head: (word.head ?? -1) + 1,
        relation: word.relation,
      })),
    };
  });
}

/** Silver names stand in MISC as `Name=B-person`; a sentence may say that it does not know its names. */
function silverNames(sentence: ConlluSentence): GoldName[] | undefined {
  if (sentence.comments.includes('# names = unknown')) return undefined;
  const names: { first: number; last: number; kind: GoldName['kind'] }[] = [];
  for (const [index, word] of sentence.words.entries()) {
    const label = /(?:^|\|)Name=([BI])-(\w+)/.exec(word.misc);
    if (label === null) continue;
    if (label[1] === 'I' && names.at(-1)?.last === index - 1) names.at(-1)!.last = index;
    else names.push({ first: index, last: index, kind: label[2] as GoldName['kind'] });
  }
  return names;
}

function entitySet(data: string, name: string): Example[] {
  return readRecords<EntityRecord>(data, name).map((record) => ({
    tree: false,
    names: namesOf(record.spans),
    words: record.tokens.map((form, index) => ({
      form,
      spaced: spacedBefore(record.tokens, index),
      upos: 'X',
      feats: '_',
      head: 0,
      relation: 'root',
    })),
  }));
}

/** These sets hold tokens alone; blanks are guessed from the marks. */
function spacedBefore(tokens: readonly string[], index: number): boolean {
  if (index === 0) return true;
  if (/^([.,;:!?)\]}%]|'s|n't|'|’s|'re|'ve|'m|'ll|'d)$/.test(tokens[index]!)) return false;
  return !/^[([{$#@]$/.test(tokens[index - 1]!);
}

function recased(example: Example, change: (form: string) => string): Example {
  return { ...example, words: example.words.map((word) => ({ ...word, form: change(word.form) })) };
}

/** Words seen twice in gold text or five times in silver, the frequent ones first. */
function countedVocabulary(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of trainSets) {
    const weight = name.startsWith('silver') ? 2 : 5;
    for (const example of sets.get(name)!) {
      for (const word of example.words) {
        const key = wordKey(word.form);
        counts.set(key, (counts.get(key) ?? 0) + weight);
      }
    }
  }
  const kept = [...counts].filter(([, count]) => count >= 10);
  kept.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Map(kept.map(([word], index) => [word, index + 1]));
}

/** The vocabulary of another prepared folder. */
function vocabularyOf(prepared: string): Map<string, number> {
  const { vocabulary: words } = JSON.parse(readFileSync(join(prepared, 'meta.json'), 'utf8')) as {
    vocabulary: string[];
  };
  return new Map(words.map((word, index) => [word, index + 1]));
}

/** `UPOS feats` pairs of the gold sets, those of one part of speech side by side. */
function sortedTags(): string[] {
  const seen = new Set(gold().flatMap((example) => example.words.map((word) => `${word.upos} ${word.feats}`)));
  return [...seen].sort();
}

function write(name: string, examples: readonly Example[]): void {
  const size = examples.reduce((sum, example) => sum + 3 + example.words.length * (FEATURE_SLOTS + 5), 0);
  const out = new Int32Array(size);
  let at = 0;
  for (const example of examples) {
    out[at++] = example.words.length;
    out[at++] = example.tree ? 1 : 0;
    out[at++] = example.names === undefined ? 0 : 1;
    const labels = new Array<number>(example.words.length).fill(0);
    for (const named of example.names ?? []) {
      const label = NAME_LABELS.indexOf(`B-${named.kind}`);
      for (let i = named.first; i <= named.last; i++) labels[i] = i === named.first ? label : label + 1;
    }
    for (const [index, word] of example.words.entries()) {
      writeFeatures(word.form, word.spaced, vocabulary, out, at);
      at += FEATURE_SLOTS;
      out[at++] = UPOS.indexOf(word.upos as (typeof UPOS)[number]);
      // A tag or relation that training never saw: no class is right, -1 is skipped by the loss and wrong in the score.
      out[at++] = tagIndex.get(`${word.upos} ${word.feats}`) ?? -1;
      out[at++] = word.head;
      out[at++] = relationIndex.get(word.relation) ?? -1;
      out[at++] = labels[index]!;
    }
  }
  writeFileSync(join(target!, `${name}.bin`), out);
  console.log(`${name}: ${examples.length} sentences`);
}
