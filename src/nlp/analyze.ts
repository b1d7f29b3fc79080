import type { Span } from '../source/span.ts';
import { agreed } from './agree.ts';
import { attached } from './attach.ts';
import type { ConlluSentence } from './conllu.ts';
import { contractionAt } from './contraction.ts';
import { behindDateline } from './dateline.ts';
import { BATCH_WORDS, type Encoded, LONGEST_SENTENCE } from './encode.ts';
import { lemmaOf } from './lemma.ts';
import { mended } from './mend.ts';
import type { Model } from './model.ts';
import { segment } from './segment.ts';
import type { Name, Sentence, Token } from './sentence.ts';
import { tokenize, type WrittenWords } from './tokenize.ts';

/** The words of a sentence before it is read: in columns, offsets into the text. */
interface Words {
  readonly forms: string[];
  readonly from: number[];
  readonly to: number[];
  readonly joined: boolean[];
  readonly spaced: boolean[];
}

/** What to leave unread. */
export interface AnalyzeOptions {
  /** Stretches that are not read and that no sentence crosses, in any order (default: none). */
  readonly skip?: readonly Span[];
}

/**
 * Sentences of a text with words, tags, lemmas, names and trees; offsets are into `text`. An empty line always ends a
 * sentence, and a dateline is one of its own. A sentence of more than 200 words is cut there. A name is of one kind throughout the text. Gives nothing for a
 * text of blanks.
 */
export function analyze(text: string, model: Model, options: AnalyzeOptions = {}): Sentence[] {
  return agreed(text, [...sentencesOf(text, model, options)]);
}

/**
 * As {@link analyze}, one sentence after the other: for a text whose sentences should not all be held at once. Names do not
 * know of their kin in other sentences.
 */
export function* sentencesOf(text: string, model: Model, options: AnalyzeOptions = {}): Generator<Sentence, void> {
  const lined = text.includes('\n');
  let batch: Words[] = [];
  let held = 0;
  for (const { from, to } of blocksOf(text, options.skip ?? [])) {
    const written = tokenize(text, from, to, model.splitter, model.tokenizeCache);
    let first = 0;
    for (const last of segment(text, written, lined, model.boundary, model.segmentCache)) {
      const opensLine = first < written.from.length && isLineStart(text, written.from[first]!);
      const behind = opensLine ? behindDateline(text, written, first, last + 1) : first;
      const pieces = [
        ...(behind > first ? sentenceWords(text, written, first, behind) : []),
        ...sentenceWords(text, written, behind, last + 1),
      ];
      for (const words of pieces) {
        if (held + words.forms.length > BATCH_WORDS && batch.length > 0) {
          yield* readBatch(batch, model);
          batch = [];
          held = 0;
        }
        batch.push(words);
        held += words.forms.length + 1;
      }
      first = last + 1;
    }
  }
  if (batch.length > 0) yield* readBatch(batch, model);
}

/**
 * Reads sentences whose words are given (CoNLL-U, read with `readConllu`); words and sentences stay as they are. Offsets
 * are into `text`, the sentences' texts joined by line ends.
 */
export function analyzeWords(
  given: readonly ConlluSentence[],
  model: Model,
): { readonly text: string; readonly sentences: readonly Sentence[] } {
  const sentences: Sentence[] = [];
  let text = '';
  for (const sentence of given) {
    const base = text.length;
    text += `${sentence.text}\n`;
    const pieces: Words[] = [];
    for (const [index, word] of sentence.words.entries()) {
      if (index % LONGEST_SENTENCE === 0) pieces.push(emptyWords());
      const spaced = !word.joined && (index === 0 || sentence.words[index - 1]!.to < word.from);
      addWord(pieces.at(-1)!, word.form, base + word.from, base + word.to, word.joined, spaced);
    }
    sentences.push(joined(pieces.flatMap((piece) => [...readBatch([piece], model)])));
  }
  return { text, sentences };
}

function isLineStart(text: string, from: number): boolean {
  return text.slice(Math.max(0, text.lastIndexOf('\n', from - 1) + 1), from).trim() === '';
}

/** Pieces of one long sentence as one tree: the later roots hang on the first. */
function joined(pieces: readonly Sentence[]): Sentence {
  const first = pieces[0]!;
  if (pieces.length === 1) return first;
  const top = first.tokens.findIndex((token) => token.head < 0);
  const tokens: Token[] = [];
  const names: Name[] = [];
  for (const piece of pieces) {
    const base = tokens.length;
    for (const token of piece.tokens) {
      const isRoot = token.head < 0 && base > 0;
      tokens.push({
        ...token,
        index: base + token.index,
        head: isRoot ? top : token.head < 0 ? -1 : base + token.head,
        relation: isRoot ? 'parataxis' : token.relation,
      });
    }
    for (const name of piece.names) names.push({ ...name, first: base + name.first, last: base + name.last });
  }
  return { from: first.from, to: pieces.at(-1)!.to, tokens, names };
}

// Words are found a block at a time, so that a text of 50 MB is never held in words as a whole.
const LONGEST_BLOCK = 100_000;

/** The stretches to read: what lies between skipped spans, cut at empty lines and, where there are none, at blanks. */
function* blocksOf(text: string, skip: readonly Span[]): Generator<Span> {
  const sorted = skip.filter((span) => span.to > span.from).sort((a, b) => a.from - b.from);
  let at = 0;
  for (const span of [...sorted, { from: text.length, to: text.length }]) {
    if (span.from > at) yield* cut(text, at, Math.min(span.from, text.length));
    at = Math.max(at, span.to);
  }
}

function* cut(text: string, from: number, to: number): Generator<Span> {
  let at = from;
  while (at < to) {
    let end = Math.min(to, at + LONGEST_BLOCK);
    if (end < to) {
      const empty = text.lastIndexOf('\n\n', end);
      const line = empty > at ? empty : text.lastIndexOf('\n', end);
      const blank = line > at ? line : text.lastIndexOf(' ', end);
      if (blank > at) end = blank;
      // A pair of surrogates is one character.
      else if (/[\uDC00-\uDFFF]/.test(text[end]!) && /[\uD800-\uDBFF]/.test(text[end - 1]!)) end--;
    }
    yield { from: at, to: end };
    at = end;
  }
}

/** The syntactic words of written words `first` to `end`, cut where there are more than a sentence may have. */
function sentenceWords(text: string, written: WrittenWords, first: number, end: number): Words[] {
  const found: Words[] = [];
  let words = emptyWords();
  for (let i = first; i < end; i++) {
    const from = written.from[i]!;
    const to = written.to[i]!;
    const spaced = i === first || from > written.to[i - 1]!;
    const form = text.slice(from, to);
    const cutAt = contractionAt(form);
    if (words.forms.length + 2 > LONGEST_SENTENCE) {
      found.push(words);
      words = emptyWords();
    }
    if (cutAt === 0) addWord(words, form, from, to, false, spaced);
    else {
      addWord(words, form.slice(0, cutAt), from, from + cutAt, false, spaced);
      addWord(words, form.slice(cutAt), from + cutAt, to, true, false);
    }
  }
  found.push(words);
  return found;
}

function emptyWords(): Words {
  return { forms: [], from: [], to: [], joined: [], spaced: [] };
}

function addWord(words: Words, form: string, from: number, to: number, isJoined: boolean, spaced: boolean): void {
  words.forms.push(form);
  words.from.push(from);
  words.to.push(to);
  words.joined.push(isJoined);
  words.spaced.push(spaced);
}

function* readBatch(batch: readonly Words[], model: Model): Generator<Sentence> {
  const encoded = model.encoder(batch);
  for (const [index, words] of batch.entries()) yield sentence(words, encoded[index]!, model);
}

function sentence(words: Words, encoded: Encoded, model: Model): Sentence {
  const tokens = words.forms.map((form, index): Token => {
    const upos = model.upos[encoded.upos[index]!]!;
    const feats = model.feats[encoded.tags[index]!]!;
    return {
      index,
      from: words.from[index]!,
      to: words.to[index]!,
      form,
      joined: words.joined[index]!,
      lemma: lemma(form, encoded.upos[index]! * model.feats.length + encoded.tags[index]!, upos, feats, model),
      upos,
      feats,
      head: encoded.heads[index]!,
      relation: model.header.relations[encoded.relations[index]!]!,
      confidence: encoded.confidence[index]!,
    };
  });
  return {
    from: words.from[0]!,
    to: words.to.at(-1)!,
    tokens: mended(attached(tokens)),
    names: namesIn(words.forms, encoded, model),
  };
}

// For each tag; there are some 400 of them.
const LEMMAS_KEPT = 5000;

function lemma(form: string, tag: number, upos: Token['upos'], feats: string, model: Model): string {
  let cache = model.lemmaCaches.get(tag);
  if (cache === undefined) {
    cache = new Map();
    model.lemmaCaches.set(tag, cache);
  }
  const known = cache.get(form);
  if (known !== undefined) return known;
  const found = lemmaOf(model.lemmas, form, upos, feats);
  if (cache.size >= LEMMAS_KEPT) cache.clear();
  cache.set(form, found);
  return found;
}

const NO_EDGE = new Set(['PUNCT', 'ADP', 'CCONJ', 'DET', 'SCONJ', 'PART']);

/** Names from labels: one goes on while the label says "inside" of the same kind. Small words at its edges fall off. */
function namesIn(forms: readonly string[], encoded: Encoded, model: Model): Name[] {
  const names: Name[] = [];
  const isEdge = (index: number) => {
    // "The Hague" keeps its article.
    if (index > 0 && forms[index] === 'The') return false;
    return NO_EDGE.has(model.upos[encoded.upos[index]!]!);
  };
  let open: { first: number; last: number; kind: Name['kind']; sum: number } | undefined;
  const close = () => {
    if (open === undefined) return;
    const { kind, sum } = open;
    const confidence = sum / (open.last - open.first + 1);
    let { first, last } = open;
    open = undefined;
    // "Ministry of Foreign Affairs" does not end before the word that "Foreign" belongs to.
    const above = encoded.heads[last]!;
    const isCut = kind === 'organisation' && above === last + 1 && model.upos[encoded.upos[last]!] === 'ADJ';
    if (isCut && last > first && model.names[encoded.names[above]!] === undefined && /^\p{Lu}/u.test(forms[above]!))
      last = above;
    while (first <= last && isEdge(first)) first++;
    while (last > first && isEdge(last) && !forms[last]!.endsWith('.')) last--;
    if (first <= last) names.push({ first, last, kind, confidence });
  };
  for (let i = 0; i < encoded.names.length; i++) {
    const label = model.names[encoded.names[i]!];
    if (label === undefined) close();
    else if (open !== undefined && !label.begins && open.kind === label.kind) {
      open.last = i;
      open.sum += encoded.nameConfidence[i]!;
    } else {
      close();
      open = { first: i, last: i, kind: label.kind, sum: encoded.nameConfidence[i]! };
    }
  }
  close();
  return names;
}
