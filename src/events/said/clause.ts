import type { Token } from '../../nlp/sentence.ts';
import type { Tree } from '../tree.ts';
import { bare, dependent, dependents, feature, headOf } from '../tree.ts';
import { governedBy, isInfinitive } from './complement.ts';
import { type Cue, verbCue } from './cues.ts';
import { type Quotation, quotationAt } from './quotation.ts';
import { ownSubject } from './subject.ts';

/** First and last token of a stretch of a sentence, both in. */
export type Stretch = readonly [first: number, last: number];

/** A sentence as attribution looks at it: its tree, the document's quotations, where its first and last finite verbs stand. */
export interface View {
  readonly tree: Tree;
  readonly quotations: readonly Quotation[];
  readonly firstFinite: number;
  readonly lastFinite: number;
}

/** Opens a sentence for {@link reportedClause}. */
export function viewOf(tree: Tree, quotations: readonly Quotation[]): View {
  const { tokens } = tree;
  const first = tokens.findIndex(isFiniteVerb);
  return {
    tree,
    quotations,
    firstFinite: first < 0 ? tokens.length : first,
    lastFinite: tokens.findLastIndex(isFiniteVerb),
  };
}

function isFiniteVerb(token: Token): boolean {
  return feature(token, 'VerbForm') === 'Fin';
}

/** Verbs whose object is told something: what is said comes after it. */
const ADDRESSING = new Set('tell remind assure warn inform notify advise convince persuade ask reassure'.split(' '));

/**
 * The clause or quotation a verb reports: by the tree where it shows one, else by the order of words.
 *
 * @param group the verb's own words
 */
export function reportedClause(view: View, verb: Token, cue: Cue, group: Stretch): Stretch | undefined {
  const { tree } = view;
  const after = clauseAfter(tree, verb, group[1], cue.speech);
  if (after) return after;
  if (isThat(tree, group[1] + 1)) return thatAfter(tree, group[1]);
  const next = tree.tokens[group[1] + 1];
  const elsewhere = next?.upos === 'ADP' && !cue.prepositions.has(next.form.toLowerCase());
  if (ADDRESSING.has(verb.lemma) || elsewhere) {
    // "told the council on Monday that …", "said on Radio Four's “Meet the World” that …"
    const told = thatAfter(tree, group[1]);
    if (told) return told;
  }
  const uttered = cue.speech
    ? (quotedAfter(view, verb, group[1]) ?? tailOf(view, verb, cue, group) ?? clauseBefore(tree, verb))
    : undefined;
  return uttered ?? looseClause(view, verb, cue, group);
}

/** The clause a verb governs, to its right. */
function clauseAfter(tree: Tree, verb: Token, end: number, speech: boolean): Stretch | undefined {
  const clause =
    dependents(tree, verb, 'ccomp').find((child) => child.index > verb.index) ??
    (speech ? dependents(tree, verb, 'parataxis').find((child) => isContinued(tree, child, end)) : undefined) ??
    (speech
      ? dependents(tree, verb, 'xcomp').find((child) => child.index > verb.index && !isInfinitive(tree, child))
      : undefined);
  if (!clause || tree.last[clause.index]! <= verb.index || isDoing(tree, clause, end)) return undefined;
  const first = Math.max(tree.first[clause.index]!, verb.index + 1);
  return [leftEdge(tree, verb, first), furtherThat(tree, unbroken(tree, tree.last[clause.index]!))];
}

/** "The harvest was good, he said, wiping his face": behind a comma, a participle tells what the speaker did meanwhile. */
export function isDoing(tree: Tree, clause: Token, end: number): boolean {
  const participle =
    clause.upos === 'VERB' && clause.form.endsWith('ing') && tree.first[clause.index]! >= clause.index - 1;
  return participle && clause.index === end + 2 && tree.tokens[end + 1]!.form === ',';
}

/** "He said: there was no raid": a clause side by side with the verb right behind it. */
function isContinued(tree: Tree, clause: Token, end: number): boolean {
  return clause.index > end && tree.first[clause.index]! <= end + 2;
}

/** "Talks, the envoy said, had failed": the clause a verb is a parenthesis of, or that stands before it. */
function clauseBefore(tree: Tree, verb: Token): Stretch | undefined {
  const head = headOf(tree, verb);
  if (head && bare(verb.relation) === 'parataxis') return without(tree, head, verb);
  const clause = dependent(tree, verb, 'ccomp', 'parataxis');
  return clause && clause.index < verb.index ? [tree.first[clause.index]!, tree.last[clause.index]!] : undefined;
}

/** The clause without the parenthesis in it: from end to end where words stand on both sides. */
function without(tree: Tree, clause: Token, inner: Token): Stretch | undefined {
  const first = tree.first[clause.index]!;
  const last = tree.last[clause.index]!;
  const cutFirst = tree.first[inner.index]!;
  const cutLast = tree.last[inner.index]!;
  const before = cutFirst - first;
  const after = last - cutLast;
  if (before <= 1 && after <= 1) return undefined;
  if (after <= 2) return [first, cutFirst - 1];
  if (before <= 1) return [cutLast + 1, last];
  return [first, last];
}

/** Where the tree shows no clause, what the order of words does. */
function looseClause(view: View, verb: Token, cue: Cue, group: Stretch): Stretch | undefined {
  const { tree } = view;
  const addressing = ADDRESSING.has(verb.lemma);
  const rest = cue.speech && !addressing && verb.lemma !== 'call' ? restOf(view, group) : undefined;
  if (rest && (verb.lemma === 'say' || !dependent(tree, verb, 'obj'))) return rest;
  if (addressing || !cue.object) return thatAfter(tree, group[1]) ?? (addressing ? toldAfter(view, verb) : undefined);
  return undefined;
}

/** "told the station they would leave": a finite clause right behind the one addressed. */
function toldAfter({ tree, lastFinite }: View, verb: Token): Stretch | undefined {
  const object = dependent(tree, verb, 'obj', 'iobj');
  if (!object || object.index < verb.index) return undefined;
  const start = tree.last[object.index]! + 1;
  const next = tree.tokens[start];
  if (!next || ['PUNCT', 'ADP', 'CCONJ', 'ADV', 'PART'].includes(next.upos)) return undefined;
  return lastFinite >= start ? [start, tree.tokens.length - 1] : undefined;
}

const OWN = new Set(['DET', 'NOUN', 'PROPN', 'ADJ', 'NUM', 'ADP', 'CCONJ', 'PART']);
const STARTING = new Set(['PRON', 'VERB', 'AUX', 'SCONJ']);

/** A clause begins right after the verb where the word there can begin one: "said that even if …, they would". */
function leftEdge(tree: Tree, verb: Token, first: number): number {
  const next = tree.tokens[verb.index + 1];
  if (!next || next.index >= first) return first;
  if (STARTING.has(next.upos) && isSaid(next)) return next.index;
  // "reported the depth of the lake was nine metres": all that stands between is the clause's own.
  const nominal =
    !ADDRESSING.has(verb.lemma) && tree.tokens.slice(next.index, first).every(({ upos }) => OWN.has(upos));
  return nominal && next.upos !== 'ADP' ? next.index : first;
}

function isSaid(token: Token): boolean {
  return token.upos !== 'SCONJ' || /^(?:that|if|whether|how|why|what)$/.test(token.form);
}

const OPEN = new Set(['VERB', 'AUX', 'NOUN', 'PROPN', 'PRON', 'ADJ', 'DET', 'NUM', 'PART']);
/** No clause is looked for further than this; sentences of lists and tables have no end. */
const REACH = 80;

/** A clause that stops in the midst of a phrase stops too early: it runs to the next comma or conjunction. */
function unbroken(tree: Tree, last: number): number {
  const { tokens } = tree;
  let end = last;
  if (!tokens[end + 1] || !OPEN.has(tokens[end + 1]!.upos)) return last;
  while (
    end + 1 < tokens.length &&
    tokens[end + 1]!.upos !== 'PUNCT' &&
    tokens[end + 1]!.upos !== 'CCONJ' &&
    end < last + REACH
  )
    end++;
  return end;
}

/** "said that …, and that …": what the second "that" brings is said too. */
function furtherThat(tree: Tree, last: number): number {
  let at = last + 1;
  while (tree.tokens[at]?.form === ',') at++;
  const joined = tree.tokens[at]?.upos === 'CCONJ' && isThat(tree, at + 1);
  return joined ? tree.tokens.length - 1 : last;
}

/** A quotation that a reporting verb leads to: said: “…”, told the envoy, “…”, called it “…”. */
export function quotedAfter({ tree, quotations }: View, verb: Token, after: number): Stretch | undefined {
  const { tokens } = tree;
  let at = after + 1;
  while (at < tokens.length && at <= after + 25 && !quotationAt(quotations, tokens[at]!.from)) {
    const { upos, form } = tokens[at]!;
    if ((upos === 'VERB' && form.toLowerCase() !== 'following') || form === ';') return undefined;
    at++;
  }
  const quotation = tokens[at] && quotationAt(quotations, tokens[at]!.from);
  if (!quotation || quotation.from < tokens[after]!.to) return undefined;
  const before = tokens[at - 1]!;
  const direct = before.form === ',' || before.form === ':' || before.upos === 'ADV' || at === after + 1;
  if (!direct && dependent(tree, verb, 'obj')) return undefined;
  let end = at;
  while (end + 1 < tokens.length && tokens[end + 1]!.from < quotation.to) end++;
  return [direct ? at : after + 1, end];
}

/** "Talks failed, the envoy said on Monday.", "…, said the envoy.": all before the comma. */
function tailOf({ tree, firstFinite, lastFinite }: View, verb: Token, cue: Cue, group: Stretch): Stretch | undefined {
  // "Lacking a plan, Lima pointed to nine drafts": what the verb's own preposition brings is said, not what stands before.
  if (governedBy(tree, verb, cue.prepositions)) return undefined;
  const { tokens } = tree;
  const subject = ownSubject(tree, verb);
  const before = subject && subject.index < verb.index;
  const start = before ? Math.min(tree.first[subject.index]!, group[0]) : group[0];
  const next = tokens[group[1] + 1];
  const remaining = tokens.length - 1 - group[1];
  if (start < 4 || tokens[start - 1]!.form !== ',' || firstFinite >= start - 1 || remaining > 25) return undefined;
  if (before) {
    const closes = remaining <= 8 || ['ADP', 'PUNCT', 'NOUN', 'PROPN'].includes(next!.upos);
    return closes && !(lastFinite > verb.index && isGoverned(tree, verb)) ? [0, start - 2] : undefined;
  }
  const inverted =
    next && remaining >= 2 && !verb.form.endsWith('ing') && ['PROPN', 'DET', 'NOUN', 'ADJ'].includes(next.upos);
  return inverted && !isGoverned(tree, verb) && !isClause(tokens.slice(next.index, next.index + 3))
    ? [0, start - 2]
    : undefined;
}

function isGoverned(tree: Tree, verb: Token): boolean {
  return dependents(tree, verb, 'ccomp').some((child) => child.index > verb.index);
}

function isClause(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.upos === 'VERB' || token.upos === 'SCONJ');
}

/** Where the tree shows no clause: all after "said", with a verb in it. */
function restOf({ tree, lastFinite }: View, group: Stretch): Stretch | undefined {
  const start = group[1] + 1;
  const next = tree.tokens[start];
  const that = thatAfter(tree, group[1]);
  if (that || !next || next.upos === 'PUNCT' || next.upos === 'CCONJ' || next.form === 'to') return that;
  const end = saidUntil(tree, start);
  return lastFinite >= start ? [start, end] : undefined;
}

function isThat(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  // "Having said that, …" points back.
  const back = token?.form === 'that' && tree.tokens[at + 1]?.upos === 'PUNCT';
  return token !== undefined && /^(?:that|whether|how|why|if)$/.test(token.form) && token.upos !== 'DET' && !back;
}

/** "told the audience that …": from the "that" on, whatever the tree hangs it on. */
function thatAfter(tree: Tree, after: number): Stretch | undefined {
  for (let i = after + 1; i < tree.tokens.length && i < after + 16; i++) {
    const { form, upos } = tree.tokens[i]!;
    // "took office, if …": away from the verb, only "that" and what someone is told belong to it.
    if (isThat(tree, i) && (i === after + 1 || form === 'that' || ADDRESSING.has(tree.tokens[after]!.lemma)))
      return [i, saidUntil(tree, i)];
    if (upos === 'VERB' || upos === 'AUX' || form === ';' || form === ':') return undefined;
  }
  return undefined;
}

/** The sentence's end, or where the speaker goes on to another utterance: "noted the delay and urged patience". */
function saidUntil(tree: Tree, start: number): number {
  const { tokens } = tree;
  for (let i = start + 1; i + 1 < tokens.length && i < start + REACH; i++) {
    const next = tokens[i + 1]!;
    if (tokens[i]!.upos === 'CCONJ' && isFiniteVerb(next) && verbCue(next.lemma)?.speech) return i - 1;
  }
  return tokens.length - 1;
}
