/** Learns lemma rules: `node train/lemmas.ts DATA OUT` writes OUT/lemmas.txt (the format is in src/nlp/lemma.ts). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LONGEST_SUFFIX, lemmaBase, lemmaClass, lemmaOf, readLemmas } from '../src/nlp/lemma.ts';
import { readTreebank } from './sets.ts';

const [folder, target] = process.argv.slice(2);
if (folder === undefined || target === undefined) throw new Error('usage: lemmas.ts DATA OUT');

const SEPARATOR = '\t';
const forms = new Map<string, Map<string, number>>();
for (const name of ['ewt-train', 'gum-open-train']) {
  for (const sentence of readTreebank(folder, name)) {
    for (const word of sentence.words) {
      if (word.lemma === '_' || word.relation === 'goeswith') continue;
      const key = `${lemmaClass(word.form, word.upos, word.feats)}${SEPARATOR}${lemmaBase(word.form, word.upos)}`;
      const lemmas = forms.get(key) ?? new Map<string, number>();
      lemmas.set(word.lemma, (lemmas.get(word.lemma) ?? 0) + 1);
      forms.set(key, lemmas);
    }
  }
}

interface Seen {
  readonly group: string;
  readonly base: string;
  readonly lemma: string;
  readonly script: string;
}

const seen: Seen[] = [];
for (const [key, lemmas] of forms) {
  const [group, base] = key.split(SEPARATOR) as [string, string];
  const lemma = [...lemmas].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
  seen.push({ group, base, lemma, script: scriptOf(base, lemma) });
}

// A suffix speaks for its class when it was seen on three words or more and says something else than the shorter suffix.
const votes = new Map<string, Map<string, number>>();
for (const { group, base, script } of seen) {
  for (let length = 0; length <= Math.min(LONGEST_SUFFIX, base.length); length++) {
    const key = `${group}${SEPARATOR}${base.slice(base.length - length)}`;
    const scripts = votes.get(key) ?? new Map<string, number>();
    scripts.set(script, (scripts.get(script) ?? 0) + 1);
    votes.set(key, scripts);
  }
}
const decided = new Map<string, string>();
const lines: string[] = [];
const byLength = [...votes.keys()].sort((a, b) => suffixOf(a).length - suffixOf(b).length || (a < b ? -1 : 1));
for (const key of byLength) {
  const scripts = [...votes.get(key)!].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const total = scripts.reduce((sum, [, count]) => sum + count, 0);
  const [script, count] = scripts[0]!;
  const suffix = suffixOf(key);
  const shorter = suffix === '' ? undefined : inherited(key);
  if (suffix !== '' && (total < 3 || count / total < 0.6 || script === shorter)) continue;
  decided.set(key, script);
  const [cut, ending] = script.split(SEPARATOR) as [string, string];
  lines.push(`${key}${SEPARATOR}${cut}${SEPARATOR}${ending}`);
}
const rules = readLemmas(lines.join('\n'));
for (const { group, base, lemma } of seen) {
  const upos = group.split(' ')[0]!;
  if (predicted(group, base) !== lemma) lines.push(`${group}${SEPARATOR}^${base}${SEPARATOR}${lemma}`);
  void upos;
}
writeFileSync(join(target, 'lemmas.txt'), lines.join('\n'));

const learned = readLemmas(lines.join('\n'));
for (const name of ['ewt-dev', 'gum-open-dev']) {
  let right = 0;
  let total = 0;
  for (const sentence of readTreebank(folder, name)) {
    for (const word of sentence.words) {
      total++;
      if (lemmaOf(learned, word.form, word.upos, word.feats) === word.lemma) right++;
    }
  }
  console.log(
    `${name}: lemmas with gold tags ${((100 * right) / total).toFixed(2)} (${lines.length} rules and exceptions)`,
  );
}

function suffixOf(key: string): string {
  return key.slice(key.indexOf(SEPARATOR) + 1);
}

function inherited(key: string): string | undefined {
  const group = key.slice(0, key.indexOf(SEPARATOR));
  const suffix = suffixOf(key);
  for (let at = 1; at <= suffix.length; at++) {
    const script = decided.get(`${group}${SEPARATOR}${suffix.slice(at)}`);
    if (script !== undefined) return script;
  }
  return undefined;
}

function predicted(group: string, base: string): string {
  for (let at = Math.max(0, base.length - LONGEST_SUFFIX); at <= base.length; at++) {
    const rule = rules.rules.get(`${group} ${base.slice(at)}`);
    if (rule !== undefined && rule.cut < base.length) return base.slice(0, base.length - rule.cut) + rule.ending;
  }
  return base;
}

/** How many letters to cut and what to put there. */
function scriptOf(base: string, lemma: string): string {
  let same = 0;
  while (same < base.length && same < lemma.length && base[same] === lemma[same]) same++;
  return `${base.length - same}${SEPARATOR}${lemma.slice(same)}`;
}
