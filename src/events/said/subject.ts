import type { Token } from '../../nlp/sentence.ts';
import { surfaceSubjects } from '../frame.ts';
import type { Tree } from '../tree.ts';
import { bare, dependent, dependents, feature } from '../tree.ts';
import type { Stretch } from './clause.ts';
import { verbCue } from './cues.ts';

/** Who reports: the head of the phrase, and the phrase itself where the words show it and the tree does not. */
export interface Source {
  readonly source: Token | undefined;
  readonly phrase: Stretch | undefined;
}

/**
 * Who reports: the verb's own subject; for a finite verb that the tree gives none, the phrase right before it, or behind
 * it where it stands after a comma; for "…, adding that", who spoke last.
 *
 * @param group the verb's own words
 */
export function sourceOf(tree: Tree, verb: Token, [first, last]: Stretch, speech: boolean): Source {
  const own = ownSubject(tree, verb);
  const name = own && nameAfterTitle(tree, own);
  if (own && name) return { source: name, phrase: [leftmost(tree, tree.first[own.index]!), tree.last[name.index]!] };
  // "four in ten voters said", with number and people side by side.
  const beside =
    own && dependents(tree, verb, 'nsubj').findLast((other) => other.index > own.index && other.index < first);
  if (own && beside && !isBroken(tree, own.index, beside.index))
    return { source: beside, phrase: [leftmost(tree, tree.first[own.index]!), tree.last[beside.index]!] };
  if (own) return { source: own, phrase: wholeName(tree, own, first) };
  const afterComma = tree.tokens[first - 1]?.form === ',';
  const finite = feature(verb, 'VerbForm') === 'Fin';
  if (finite && speech && afterComma) {
    const behind = phraseBehind(tree, last);
    if (behind) return { source: headWithin(tree, behind), phrase: behind };
  }
  if ((finite || first < verb.index) && !afterComma) {
    const near = phraseBefore(tree, first);
    if (near) return { source: headWithin(tree, near), phrase: near };
  }
  const speaking = speech && afterComma && verb.form.endsWith('ing') ? lastSpeaker(tree, verb) : undefined;
  const shared = speaking ?? surfaceSubjects(tree, verb, 0)[0];
  if (shared) return { source: shared, phrase: undefined };
  const far = finite ? phraseBefore(tree, first) : undefined;
  if (far) return { source: headWithin(tree, far), phrase: far };
  return { source: subjectShared(tree, verb, first), phrase: undefined };
}

/**
 * A verb's own subject. "The bridge that stood for years, drivers said": of two, the one behind the comma speaks.
 */
export function ownSubject(tree: Tree, verb: Token): Token | undefined {
  const [first, ...others] = dependents(tree, verb, 'nsubj', 'csubj');
  const behindComma = others.findLast(
    (other) => other.index < verb.index && BRACKETING.test(tree.tokens[tree.first[other.index]! - 1]?.form ?? ''),
  );
  return behindComma ?? first;
}

/** "…, said the coast guard": the nominal words from a verb to the end of the sentence. */
function phraseBehind(tree: Tree, after: number): Stretch | undefined {
  const start = after + 1;
  const next = tree.tokens[start];
  if (!next || !/^(?:DET|PROPN|NOUN|ADJ)$/.test(next.upos)) return undefined;
  // "announced Friday"
  if (next.relation === 'obl:unmarked') return undefined;
  const end = nominalEnd(tree, start);
  const following = tree.tokens[end + 1];
  if (following?.upos === 'ADP') {
    // "…, said the ban on arms is old": with a verb of its own, what follows is said.
    for (let i = end + 1; i < tree.tokens.length && tree.tokens[i]!.upos !== 'PUNCT'; i++)
      if (feature(tree.tokens[i]!, 'VerbForm') === 'Fin') return undefined;
    return [start, end];
  }
  return !following || following.upos === 'PUNCT' ? [start, end] : undefined;
}

/** "said Colonel Ana Lima" with title and name hung side by side: the name, when its title is the subject given. */
export function nameAfterTitle(tree: Tree, title: Token): Token | undefined {
  const next = tree.tokens[title.index + 1];
  return next && next.head === title.head && next.relation === title.relation ? next : undefined;
}

/** Who spoke before a participle: "the general said the bridge was intact, adding that …" is the general's. */
function lastSpeaker(tree: Tree, participle: Token): Token | undefined {
  for (let i = participle.index - 1; i >= 0 && i > participle.index - LOOK_BACK; i--) {
    const token = tree.tokens[i]!;
    if (token.upos !== 'VERB' || token.form.endsWith('ing') || !verbCue(token.lemma)?.speech) continue;
    const subject = dependent(tree, token, 'nsubj');
    if (subject) return subject;
  }
  return undefined;
}

function isBroken(tree: Tree, from: number, to: number): boolean {
  return tree.tokens.slice(from, to).some(({ form }) => BRACKETING.test(form));
}

/** "candidate Ana Lima said" with the name torn from its title: all the nominal words right before the verb are one. */
function wholeName(tree: Tree, own: Token, before: number): Stretch | undefined {
  const run = own.index < before ? nominalRun(tree, before - 1) : undefined;
  if (!run || own.index < run[0] || own.index > run[1] || !NAMING.has(own.upos)) return undefined;
  let start = run[0];
  for (let i = run[0]; i < own.index; i++) if (!INSIDE.has(bare(tree.tokens[i]!.relation))) start = i + 1;
  const first = tree.first[own.index]!;
  if (start >= first && run[1] <= tree.last[own.index]!) return undefined;
  return phraseOnly(tree, Math.min(start, first), Math.max(run[1], own.index));
}

const NAMING = new Set(['NOUN', 'PROPN']);
/** Relations of words within a name and its titles. */
const INSIDE = new Set([
  'det',
  'amod',
  'compound',
  'flat',
  'nmod',
  'nummod',
  'appos',
  'nsubj',
  'case',
  'punct',
  'cc',
  'conj',
]);

/** How many tokens back a subject is looked for. */
const LOOK_BACK = 60;

/** The subject as the tree has it, its own or borrowed. */
export function subjectOf(tree: Tree, verb: Token): Token | undefined {
  return dependent(tree, verb, 'nsubj', 'csubj') ?? surfaceSubjects(tree, verb, 0)[0];
}

const NOMINAL = new Set(['NOUN', 'PROPN', 'PRON', 'DET', 'ADJ', 'NUM']);
const INNER = new Set(['of', '-', '’s', "'s", '’', "'", '(', ')', 'and', '&', '/', '.']);
/** Marks that stand on both sides of an aside. */
const BRACKETING = /^(?:,|—|–|--|-)$/;
const SEVERAL = /^(?:several|many|few|most|some|both|all|others)$/i;

/** The noun phrase that stands right before a verb, read from its words; its apposition between commas too. */
function phraseBefore(tree: Tree, before: number): Stretch | undefined {
  const { tokens } = tree;
  const end = before - 1;
  if (end > 0 && BRACKETING.test(tokens[end]!.form)) {
    // "the envoy, a lawyer from Oslo, said", "the envoy — after a pause — told me"
    const mark = tokens[end]!.form;
    let comma = end - 1;
    while (comma > 0 && end - comma < 30 && tokens[comma]!.form !== mark) comma--;
    if (comma <= 0 || tokens[comma]!.form !== mark) return undefined;
    const named = nominalRun(tree, comma - 1);
    const opener = tokens[comma + 1]!;
    const aside =
      opener.upos === 'ADP' || opener.upos === 'SCONJ' || (opener.upos === 'VERB' && opener.form.endsWith('ing'));
    return named && phraseOnly(tree, named[0], aside ? named[1] : end - 1);
  }
  const run = nominalRun(tree, end);
  return run && phraseOnly(tree, run[0], run[1]);
}

/** The nominal words that end at a token. */
function nominalRun(tree: Tree, end: number): Stretch | undefined {
  const { tokens } = tree;
  const last = tokens[end];
  if (!last || !(NOMINAL.has(last.upos) || last.form === ')') || last.relation === 'obl:unmarked') return undefined;
  let start = end;
  while (start > 0 && (NOMINAL.has(tokens[start - 1]!.upos) || INNER.has(tokens[start - 1]!.form))) start--;
  while (start < end && INNER.has(tokens[start]!.form)) start++;
  const alone = start === end && last.upos === 'ADJ';
  return alone && !SEVERAL.test(last.form) ? undefined : [start, end];
}

/** Where the nominal words that begin at a token end. */
export function nominalEnd(tree: Tree, first: number): number {
  const { tokens } = tree;
  let end = first;
  while (tokens[end + 1] && (NOMINAL.has(tokens[end + 1]!.upos) || /^(?:['’]s|-|of)$/.test(tokens[end + 1]!.form)))
    end++;
  return end;
}

/** "… and said": the subject of the verb before, where the tree ties the two wrongly. */
function subjectShared(tree: Tree, verb: Token, first: number): Token | undefined {
  if (tree.tokens[first - 1]?.upos !== 'CCONJ' && bare(verb.relation) !== 'conj') return undefined;
  for (let i = first - 1; i >= 0 && i > first - LOOK_BACK; i--)
    if (bare(tree.tokens[i]!.relation) === 'nsubj') return tree.tokens[i];
  return undefined;
}

/** The token of a stretch whose head lies outside it. */
export function headWithin(tree: Tree, [first, last]: Stretch): Token {
  for (let i = first; i <= last; i++) {
    const token = tree.tokens[i]!;
    if ((token.head < first || token.head > last) && NOMINAL.has(token.upos) && token.upos !== 'DET') return token;
  }
  return tree.tokens[last]!;
}

/**
 * A speaker's phrase without what the words around it bring: "On Monday, …", "…, speaking in Oslo".
 */
export function phraseOnly(tree: Tree, first: number, last: number): readonly [number, number] {
  const { tokens } = tree;
  let start = afterDateline(tree, first, last);
  // "This Wednesday the envoy", "Monday Holm"
  if (start < last && /^(?:this|last|next)$/i.test(tokens[start]!.form) && isDay(tokens[start + 1]!)) start++;
  if (start < last && isDay(tokens[start]!) && tokens[start + 1]!.upos !== 'PART') start++;
  const opener = tokens[start]!;
  if (LEADING.has(opener.upos) || bare(opener.relation) === 'obl') {
    for (let i = start + 1; i < last && i < first + 15; i++)
      if (tokens[i]!.form === ',') {
        start = i + 1;
        break;
      }
    while (start < last && (tokens[start]!.upos === 'CCONJ' || tokens[start]!.upos === 'SCONJ')) start++;
  }
  for (let i = start + 1; i < last; i++) {
    const next = tokens[i + 1]!;
    // "a report on Friday", "the bank Friday"
    if (tokens[i]!.form === 'on' && isDay(next)) return [leftmost(tree, start), i - 1];
    if (tokens[i]!.form !== ',') continue;
    const aside =
      next.upos === 'ADP'
        ? !/^(?:of|including|like)$/.test(next.form)
        : next.upos === 'VERB' && next.form.endsWith('ing');
    if (aside) return [leftmost(tree, start), wholeWord(tree, i - 1)];
  }
  return [leftmost(tree, start), wholeWord(tree, last)];
}

/** "OSLO (Reuters) — The envoy": a dateline at the head of the sentence is no part of the speaker. */
function afterDateline(tree: Tree, first: number, last: number): number {
  if (first > 0) return first;
  const { tokens } = tree;
  const dash = tokens.findIndex(({ index, form }) => index > 0 && index < Math.min(last, 12) && DATELINE.test(form));
  if (dash < 0) return first;
  // "Holm — a lawyer — said" has a dash as well: a dateline shouts, or ends in a bracket.
  const shouted = /^\p{Lu}{3,}$/u.test(tokens[0]!.form) || tokens[dash - 1]!.form === ')';
  return shouted && !tokens.slice(0, dash).some(({ upos }) => upos === 'VERB' || upos === 'AUX') ? dash + 1 : first;
}

const DATELINE = /^(?:—|–|―|--|-)$/;

function isDay({ form }: Token): boolean {
  return /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/.test(form);
}

const LEADING = new Set(['ADP', 'ADV', 'SCONJ', 'CCONJ']);

/** The same to the left: "High-dollar donors", "81-year-old Ana Lima"; "both …", "nearly …", "more than …". */
function leftmost(tree: Tree, first: number): number {
  const { tokens } = tree;
  let start = first;
  while (start > 1 && tokens[start - 1]!.form === '-' && tokens[start - 1]!.to === tokens[start]!.from) start -= 2;
  const before = tokens[start - 1]?.form.toLowerCase() ?? '';
  if (MEASURING.has(before)) return start - 1;
  const pair = `${tokens[start - 2]?.form.toLowerCase() ?? ''} ${before}`;
  return MEASURING.has(pair) ? start - 2 : start;
}

const MEASURING = new Set(['both', 'about', 'nearly', 'almost', 'roughly', 'more than', 'fewer than', 'at least']);

/** "Haukdal" of "Haukdal-Berg", "Mali" of "Mali's", "Ana Lima" of "Ana Lima (Labour)": what is written as one is one. */
function wholeWord(tree: Tree, last: number): number {
  const { tokens } = tree;
  let end = last;
  while (
    tokens[end + 1] &&
    tokens[end + 1]!.from === tokens[end]!.to &&
    /^[-)’']$|^\p{L}+$|^['’]s$/u.test(tokens[end + 1]!.form) &&
    !(/^['’]s$/.test(tokens[end + 1]!.form) && tokens[end + 1]!.upos !== 'PART')
  )
    end++;
  if (tokens[end + 1]?.form !== '(') return end;
  for (let i = end + 2; i < tokens.length && i < end + 10; i++) if (tokens[i]!.form === ')') return i;
  return end;
}
