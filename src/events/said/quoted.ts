import type { Token } from '../../nlp/sentence.ts';
import type { Span } from '../../source/span.ts';
import type { Tree } from '../tree.ts';
import { dependent, dependents, feature } from '../tree.ts';
import type { Stretch } from './clause.ts';
import { verbCue } from './cues.ts';
import { nextQuotation, type Quotation, quotationAt } from './quotation.ts';
import { nameAfterTitle, phraseOnly } from './subject.ts';

/** Who a quotation is given to, by the words beside it. */
export interface Given {
  readonly verb: Token;
  /** The words between the quotation and the verb, or after the verb. */
  readonly source: Stretch;
  readonly content: Span;
}

const SEPARATING = new Set([',', '?', '!', '.', '-', '–', '—', '…', ';']);

/**
 * Quotations of a sentence that a reporting verb stands behind, by word order alone: “…,” the envoy said; “…,” said the
 * envoy. Trees are at their worst here, and the order never varies.
 */
export function givenQuotations(text: string, tree: Tree, quotations: readonly Quotation[]): ReadonlyMap<Token, Given> {
  const found = new Map<Token, Given>();
  const { tokens } = tree;
  let last = quotedBefore(text, tree, quotations);
  let blocked = false;
  for (const token of tokens) {
    const holding = quotationAt(quotations, token.from);
    if (holding) {
      last = { quotation: holding, after: token.index + 1 };
      blocked = false;
      continue;
    }
    if (!last || blocked || token.upos !== 'VERB') continue;
    if (!verbCue(token.lemma)?.speech || feature(token, 'VerbForm') === 'Inf') {
      // "…", a bill that passed, said": a verb inside the speaker's phrase bars nothing, one that rules the sentence does.
      blocked = token.relation === 'root';
      continue;
    }
    const { quotation } = last;
    if (!isSet(text, quotation)) continue;
    const source = sourceBeside(tree, token, last.after);
    if (!source) continue;
    const fronted = quotation.from > tree.tokens[0]!.to;
    const after = quotation.to <= tree.sentence.from;
    if (
      (fronted && hasOwnWords(tree, token, quotations)) ||
      (after && dependent(tree, token, 'ccomp', 'obj', 'xcomp'))
    ) {
      blocked = true;
      continue;
    }
    found.set(token, { verb: token, source, content: spoken(text, tree, quotation) });
    last = undefined;
  }
  return found;
}

/** "The envoy continued:" and the quotation on the line behind it. */
export function ledQuotation(
  text: string,
  tree: Tree,
  quotations: readonly Quotation[],
): { verb: Token; content: Span } | undefined {
  const last = tree.tokens.at(-1);
  if (last?.form !== ':') return undefined;
  const quotation = nextQuotation(quotations, last.to);
  if (!quotation || !/^\s*$/.test(text.slice(last.to, quotation.from))) return undefined;
  const verb = tree.tokens.findLast(({ upos, lemma }) => upos === 'VERB' && verbCue(lemma)?.speech);
  return verb && { verb, content: { from: quotation.from, to: quotation.to } };
}

/** "Harking back to the “Great Game,” he says there is one winner": a clause right behind the verb is what is said. */
function hasOwnWords(tree: Tree, verb: Token, quotations: readonly Quotation[]): boolean {
  const next = tree.tokens[verb.index + 1];
  if (next?.form === 'that' && next.upos === 'SCONJ') return true;
  const clause = dependents(tree, verb, 'ccomp').find((child) => child.index > verb.index);
  if (!clause) return false;
  const first = tree.tokens[tree.first[clause.index]!]!;
  return first.index === verb.index + 1 && !quotationAt(quotations, first.from);
}

/** “… Are you sure?” The envoy said: a question's end may have been taken for the sentence's. */
function quotedBefore(
  text: string,
  tree: Tree,
  quotations: readonly Quotation[],
): { quotation: Quotation; after: number } | undefined {
  let at = tree.sentence.from - 1;
  while (at >= 0 && /[^\S\n]/.test(text[at]!)) at--;
  const quotation = at >= 0 ? quotationAt(quotations, at) : undefined;
  if (!quotation || quotation.to !== at + 1) return undefined;
  let end = at;
  while (end > quotation.from && /["”'’»\s]/.test(text[end]!)) end--;
  return text[end] === '.' ? undefined : { quotation, after: 0 };
}

/** A quotation that a speaker can follow ends in a comma or a full stop of its own; a quoted word within a sentence does not. */
function isSet(text: string, quotation: Quotation): boolean {
  let end = quotation.to - 1;
  while (end > quotation.from && /["”'’»\s]/.test(text[end]!)) end--;
  return SEPARATING.has(text[end]!) || text[quotation.to] === ',';
}

/** Words before the quotation in its own sentence are the speaker's too: The plan "is dead," she said. */
function spoken(text: string, tree: Tree, quotation: Quotation): Span {
  const { from } = tree.sentence;
  const before = text.slice(from, quotation.from);
  const own = before.length > 0 && before.length < 200 && !/[.?!:;,]\s*$/.test(before);
  return { from: own ? from : quotation.from, to: quotation.to };
}

function sourceBeside(tree: Tree, verb: Token, after: number): Stretch | undefined {
  const { tokens } = tree;
  let first = after;
  while (first < verb.index && tokens[first]!.upos === 'PUNCT') first++;
  let end = verb.index - 1;
  while (end >= first && (isPart(tokens[end]!, verb) || tokens[end]!.upos === 'PUNCT')) end--;
  // "called it “careless,” but said …" goes on with the speaker before.
  if (end >= first && tokens.slice(first, end + 1).every(({ upos }) => upos === 'CCONJ' || upos === 'ADV'))
    return undefined;
  if (end >= first) return end - first < 40 ? phraseIn(tree, verb, first, end) : undefined;
  // said the envoy, a lawyer who was in Oslo.
  const subject = dependent(tree, verb, 'nsubj');
  if (subject && subject.index > verb.index)
    return [
      tree.first[subject.index]!,
      appositionEnd(tree, tree.last[(nameAfterTitle(tree, subject) ?? subject).index]!),
    ];
  let start = verb.index + 1;
  while (start < tokens.length && tokens[start]!.upos === 'ADP') start++;
  let stop = start;
  while (stop < tokens.length && tokens[stop]!.upos !== 'PUNCT' && tokens[stop]!.upos !== 'ADP') stop++;
  // "citing “bad luck,” said the port could close": what follows the verb is a clause and no speaker.
  if (tokens.slice(start, stop).some(({ upos }) => upos === 'AUX' || upos === 'VERB')) return undefined;
  return stop > start ? [start, appositionEnd(tree, stop - 1)] : undefined;
}

/** The speaker in the words between a quotation and its verb; none where another verb rules there. */
function phraseIn(tree: Tree, verb: Token, first: number, end: number): Stretch | undefined {
  const { tokens } = tree;
  let start = first;
  const subject = dependent(tree, verb, 'nsubj');
  let relative = subject !== undefined && subject.index >= first && subject.index <= end;
  if (subject && relative) start = Math.max(first, tree.first[subject.index]!);
  while (start < end && ['CCONJ', 'SCONJ', 'PUNCT', 'ADP', 'ADV'].includes(tokens[start]!.upos)) start++;
  for (let i = start; i <= end; i++) {
    const { upos, form } = tokens[i]!;
    if (/^(?:who|which|that|whose|whom)$/i.test(form) || form === '(') relative = true;
    if (upos === 'VERB' && !relative && feature(tokens[i]!, 'VerbForm') === 'Fin') return undefined;
  }
  return tokens.slice(start, end + 1).some(({ upos }) => NAMED.test(upos)) ? phraseOnly(tree, start, end) : undefined;
}

/** said the envoy, a lawyer who was in Oslo: all that describes the speaker, to the sentence's end or the next words said. */
function appositionEnd(tree: Tree, last: number): number {
  const { tokens } = tree;
  const next = tokens[last + 2];
  if (tokens[last + 1]?.form !== ',' || !next || !DESCRIBING.test(next.upos)) return last;
  if (next.upos === 'PRON' && !/^(?:who|which|whose)$/i.test(next.form)) return last;
  let end = last + 2;
  while (end + 1 < tokens.length && !ENDING.test(tokens[end + 1]!.form)) {
    const following = tokens[end + 2];
    if (tokens[end + 1]!.form === ',' && following && !DESCRIBING.test(following.upos)) break;
    end++;
  }
  return end;
}

const NAMED = /^(?:NOUN|PROPN|PRON|DET|NUM|ADJ|SYM|X)$/;
const DESCRIBING = /^(?:DET|NOUN|ADJ|PROPN|PRON|NUM)$/;
const ENDING = /^[;.?!"“”:—–]$|^''$/;

/** Auxiliaries and adverbs right before the verb are its own. */
function isPart(token: Token, verb: Token): boolean {
  return token.upos === 'AUX' || (token.upos === 'ADV' && token.head === verb.index);
}
