import type { Sentence, Token } from '../../nlp/sentence.ts';
import { wordSet } from './expression.ts';

/** Which way from the day of writing a time expression points, as far as the words around it tell. */
export type Direction = 'past' | 'future' | 'unknown';

/**
 * Tells from the verb that governs the token at `index` whether it speaks of what was or what will be: "met on Tuesday"
 * is past, "will meet on Tuesday", "plans to meet on Tuesday" and "talks due on Tuesday" are future. The verb is looked
 * for up the tree and, where the tree gives none, to the left and then to the right in the clause. A bounded number of
 * tokens is looked at.
 */
export function directionAt(sentence: Sentence, index: number): Direction {
  const { tokens } = sentence;
  const start = tokens[index];
  if (start === undefined) return 'unknown';
  const place: Place = { index, attributive: isAttributive(tokens, index) };
  let at = start.head;
  for (let step = 0; step < MOST_STEPS && at >= 0 && at < tokens.length && at !== index; step += 1) {
    const found = directionOf(tokens, at, place);
    if (found === 'silent') return 'unknown';
    if (found !== 'unknown') return found;
    if (tokens[at]!.head === at) break;
    at = tokens[at]!.head;
  }
  for (let i = index - 1; i >= 0 && i >= index - MOST_WORDS && !CLAUSE_ENDS.has(tokens[i]!.form); i -= 1) {
    const found = directionOf(tokens, i, place);
    if (found === 'past' || found === 'future') return found;
  }
  for (let i = index + 1; i < tokens.length && i <= index + MOST_WORDS && !CLAUSE_ENDS.has(tokens[i]!.form); i += 1) {
    const found = directionOf(tokens, i, place);
    if (found === 'past' || found === 'future') return found;
  }
  return 'unknown';
}

interface Place {
  readonly index: number;
  /** The time stands before a noun, "Wednesday's ruling", "a June accord": the verb may be of another day. */
  readonly attributive: boolean;
}

const MOST_STEPS = 8;
const MOST_WORDS = 14;
const CLAUSE_ENDS = wordSet('; : -- — .');

/** Words that look ahead whatever their own tense: "was scheduled for Friday", "talks due Monday", "ahead of". */
const AHEAD = wordSet(
  'schedule scheduled plan plans planned planning expect expects expected due slated set upcoming forthcoming expire expires ahead await awaits awaiting payable',
);
const WILL = wordSet("will 'll ’ll wo shall may might must should can could would going");
/** Of these, what holds even before a noun: "they would fight Wednesday's ruling" tells nothing of Wednesday. */
const CERTAIN = wordSet("will 'll ’ll wo shall going");
const SAY = wordSet('say tell report announce quote write show');
/** Verbs whose infinitive tells a fact: "managed to leave on Friday", "was forced to resign Monday". */
const FACTS = wordSet(
  'manage force fail begin start continue oblige use help compel refuse opportunity chance occasion honor honour pleasure privilege',
);
/** Past forms that do not end in "-ed", for text whose tokens carry no features. */
const PASTS = wordSet(
  'said told met was were had did went came took made gave held left began broke brought built bought caught chose fell felt found fought flew got grew heard knew led lost paid ran rose saw sent sold shot spoke spent stood struck thought threw won wrote became drew drove kept meant sat sought taught',
);
const NO_VERBS = wordSet('the a an this that his her its their our my your these those some any all both');

/** Direction of one word as a verb with its helpers; `silent` for a verb that governs but does not say. */
function directionOf(tokens: readonly Token[], at: number, place: Place): Direction | 'silent' {
  const token = tokens[at]!;
  const form = token.form.toLowerCase();
  if (AHEAD.has(form) && isAhead(tokens, at))
    return helperOf(tokens, at)?.form.toLowerCase() === 'had' ? 'past' : 'future';
  if (WILL.has(form) && token.upos !== 'NOUN' && token.upos !== 'PROPN') {
    return place.attributive && !CERTAIN.has(form) ? 'unknown' : 'future';
  }
  if (token.upos === 'VERB' || token.upos === 'AUX') return directionOfVerb(tokens, at, place);
  if (token.upos !== 'X') return 'unknown';
  if (tokens[at - 1]?.form.toLowerCase() === 'to' && /^[a-z]+$/.test(form)) {
    return NO_VERBS.has(form) ? 'unknown' : 'future';
  }
  return PASTS.has(form) || (form.length > 4 && form.endsWith('ed')) ? 'past' : 'unknown';
}

function directionOfVerb(tokens: readonly Token[], at: number, place: Place): Direction | 'silent' {
  const token = tokens[at]!;
  // "invited him to Oslo in the autumn": the day is that of the visit.
  if (BIDDING.has(token.lemma) && isBidden(tokens, at, place.index)) return 'future';
  const helper = helperOf(tokens, at);
  const helperForm = helper?.form.toLowerCase() ?? '';
  // "could not be reached Wednesday" is past or to come; the day alone decides.
  if (helperForm === 'could') return 'unknown';
  if (WILL.has(helperForm)) return place.attributive && !CERTAIN.has(helperForm) ? 'unknown' : 'future';
  if (isInfinitive(tokens, at)) {
    // "fell on Friday to close at ten": the infinitive comes after the day and tells what came of it.
    if (at > place.index || place.attributive) return 'unknown';
    const governor = tokens[token.head];
    if (governor === undefined) return 'future';
    if (FACTS.has(governor.lemma.toLowerCase())) return 'unknown';
    if (BIDDING.has(governor.lemma)) return 'future';
    // "flew to Cairo to meet the king on Friday", "the first to join on Friday": what was done for it was done then.
    const aside = token.relation.startsWith('advcl') || governor.feats.includes('NumType=Ord');
    return aside && (governor.upos !== 'VERB' || governor.feats.includes('Tense=Past')) ? 'unknown' : 'future';
  }
  if (helper !== null) {
    if (helper.feats.includes('Tense=Past') || helper.lemma === 'have') return 'past';
    return token.form.endsWith('ing') && !place.attributive ? 'future' : 'silent';
  }
  if (token.feats.includes('Tense=Past')) return 'past';
  if (!token.feats.includes('VerbForm=Fin')) return 'unknown';
  return SAY.has(token.lemma) || token.upos === 'AUX' || place.attributive ? 'silent' : 'future';
}

/** Who is invited is invited to what lies ahead. */
const BIDDING = wordSet('invite');

/** "invited him to Oslo in the autumn", but not "on Monday invited him", "invited him to Oslo on Monday". */
function isBidden(tokens: readonly Token[], at: number, index: number): boolean {
  if (index <= at) return false;
  const between = tokens.slice(at + 1, index).map(({ form }) => form.toLowerCase());
  return between.includes('to') && between.at(-1) !== 'on';
}

/** The first helper verb of a verb; helpers stand to its left, few words away. */
function helperOf(tokens: readonly Token[], at: number): Token | null {
  let helper: Token | null = null;
  for (let i = at - 1; i >= 0 && i >= at - MOST_HELPERS; i -= 1) {
    if (tokens[i]!.head === at && tokens[i]!.upos === 'AUX') helper = tokens[i]!;
  }
  return helper;
}

function isInfinitive(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - MOST_HELPERS; i -= 1) {
    if (tokens[i]!.head === at && tokens[i]!.upos === 'PART' && tokens[i]!.form.toLowerCase() === 'to') return true;
  }
  return false;
}

const MOST_HELPERS = 5;

function isAhead(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]!;
  if (token.upos === 'NOUN' || token.upos === 'PROPN') return false;
  // "The ministry planned a march on Friday" tells of Friday; "a march was planned for Friday" looks ahead.
  if (token.feats.includes('Tense=Past') && token.feats.includes('VerbForm=Fin')) return false;
  // "set up", "set off" and "set" alone say nothing of the future; "set to", "set for" do.
  const form = token.form.toLowerCase();
  if (form !== 'set' && form !== 'ahead') return true;
  const next = tokens[at + 1]?.form.toLowerCase();
  return next === 'to' || next === 'for' || next === 'of';
}

function isAttributive(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1]?.form;
  if (next === "'s" || next === '’s') return true;
  const { head } = tokens[index]!;
  return head > index && head <= index + 3 && (tokens[head]?.upos === 'NOUN' || tokens[head]?.upos === 'PROPN');
}
