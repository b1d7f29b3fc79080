/** Learns lemma rules: `node train/lemmas.ts DATA OUT` writes OUT/lemmas.txt (the format is in src/nlp/lemma.ts). */
import { readFileSync, writeFileSync } from 'node:fs';
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

// A verb that was seen in one form votes in the others as well: "triple" is never met as "tripling".
const listed = new Set(listedVerbs());
const made = madeForms(seen, [...listed]);

// A suffix speaks for its class when it was seen on three words or more and says something else than the shorter suffix.
const votes = new Map<string, Map<string, number>>();
for (const { group, base, script } of [...seen, ...made]) {
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
const excepted = new Set<string>();
const except = ({ group, base, lemma }: Seen): void => {
  const key = `${group}${SEPARATOR}^${base}`;
  if (excepted.has(key)) return;
  excepted.add(key);
  if (predicted(group, base) === lemma) return;
  lines.push(`${key}${SEPARATOR}${lemma}`);
};
irregularForms(seen).forEach(except);
// A listed verb speaks before a treebank's slip ("freed" as "fre").
made.filter(({ lemma }) => listed.has(lemma)).forEach(except);
seen.forEach(except);
made.forEach(except);
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

/** Verbs that treebanks may lack, in their base form. */
function listedVerbs(): readonly string[] {
  return handLines('verbs.txt');
}

/**
 * Past forms of irregular verbs in every class of the past: a treebank shows "fought" of one soldier, or of many. And in
 * the present, which taggers take "rebels overran the town" for, where the form is no other verb's base ("saw", "found").
 */
function irregularForms(known: readonly Seen[]): readonly Seen[] {
  const groups = [...new Set(known.map(({ group }) => group))];
  const past = groups.filter((group) => /^VERB (?:.*,)?Past(?:,|$)/.test(group));
  const present = groups.filter((group) => /^VERB .*Pres,Fin$/.test(group) && !group.includes('Sing,3'));
  const bases = new Set([...listed, ...known.filter(({ group }) => group === 'VERB Inf').map(({ base }) => base)]);
  return handLines('irregular.txt').flatMap((line) => {
    const [lemma, finite, participle] = line.split(' ') as [string, string, string];
    const form = (group: string, base: string): Seen => ({ group, base, lemma, script: scriptOf(base, lemma) });
    return [
      ...past.map((group) => form(group, group.endsWith('Part') ? participle : finite)),
      ...(bases.has(finite) ? [] : present.map((group) => form(group, finite))),
    ];
  });
}

/** The lines of a list in train/hand, without its remarks. */
function handLines(name: string): readonly string[] {
  const text = readFileSync(new URL(`hand/${name}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => /^[a-z]/.test(line));
}

/** Regular forms in -ing and -ed of verbs that were not seen in them. */
function madeForms(known: readonly Seen[], listed: readonly string[]): Seen[] {
  const groups = new Map<string, { total: number; ending: Map<string, number> }>();
  const lemmas = new Set<string>();
  const irregular = new Set<string>();
  const met = new Set<string>();
  for (const { group, base, lemma } of known) {
    if (!group.startsWith('VERB ') || !/^[a-z]{3,}$/.test(lemma)) continue;
    lemmas.add(lemma);
    met.add(`${group}${SEPARATOR}${lemma}`);
    if (group.includes('Past') && !base.endsWith('ed')) irregular.add(lemma);
    const facts = groups.get(group) ?? { total: 0, ending: new Map() };
    facts.total++;
    for (const ending of ['ing', 'ed']) {
      if (base.endsWith(ending)) facts.ending.set(ending, (facts.ending.get(ending) ?? 0) + 1);
    }
    groups.set(group, facts);
  }
  for (const lemma of listed) lemmas.add(lemma);
  const found: Seen[] = [];
  for (const [group, { total, ending }] of groups) {
    for (const [suffix, count] of ending) {
      if (total < 20 || count < total * 0.6) continue;
      for (const lemma of lemmas) {
        if (met.has(`${group}${SEPARATOR}${lemma}`) || (suffix === 'ed' && irregular.has(lemma))) continue;
        for (const base of inflected(lemma, suffix)) found.push({ group, base, lemma, script: scriptOf(base, lemma) });
      }
    }
  }
  return found;
}

/** A lemma with -ing or -ed by the rules of spelling; both spellings where stress decides on the doubling. */
function inflected(lemma: string, suffix: string): readonly string[] {
  const past = suffix === 'ed';
  if (/(ee|oe|ye)$/.test(lemma)) return [past ? `${lemma}d` : lemma + suffix];
  if (lemma.endsWith('ie')) return [past ? `${lemma}d` : `${lemma.slice(0, -2)}y${suffix}`];
  if (lemma.endsWith('e')) return [lemma.slice(0, -1) + suffix];
  if (/[^aeiou]y$/.test(lemma)) return [past ? `${lemma.slice(0, -1)}ied` : lemma + suffix];
  const doubled = lemma + lemma.at(-1)! + suffix;
  if (/^[^aeiou]*[aeiou][^aeiouwxy]$/.test(lemma)) return [doubled];
  return /[^aeiou][aeiou][^aeiouwxy]$/.test(lemma) ? [lemma + suffix, doubled] : [lemma + suffix];
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
