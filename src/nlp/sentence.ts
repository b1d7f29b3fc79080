import type { Span } from '../source/span.ts';

/** Universal part-of-speech tags (UD v2). */
export const UPOS = [
  'ADJ',
  'ADP',
  'ADV',
  'AUX',
  'CCONJ',
  'DET',
  'INTJ',
  'NOUN',
  'NUM',
  'PART',
  'PRON',
  'PROPN',
  'PUNCT',
  'SCONJ',
  'SYM',
  'VERB',
  'X',
] as const;
export type Upos = (typeof UPOS)[number];

/**
 * One syntactic word. `from`/`to` are offsets into the document's text; the words of a contraction split where their
 * characters do ("do|n't"), and share the whole where they do not.
 */
export interface Token extends Span {
  /** Place in the sentence, from 0. */
  readonly index: number;
  readonly form: string;
  /** True for the second and later words of a contraction: "n't" in "don't". */
  readonly joined: boolean;
  readonly lemma: string;
  readonly upos: Upos;
  /** UD features, `Tense=Past|VerbForm=Fin`, sorted by name; `_` when there are none. */
  readonly feats: string;
  /** Index of the head in the sentence; -1 for the root. */
  readonly head: number;
  /** UD relation with its subtype, `nsubj:pass`. */
  readonly relation: string;
  /** How sure the parser is of head and relation, 0 to 1. */
  readonly confidence: number;
}

export type NameKind = 'person' | 'organisation' | 'place' | 'other';

/** A name inside a sentence: tokens `first` to `last`, both in. */
export interface Name {
  readonly first: number;
  readonly last: number;
  readonly kind: NameKind;
  /** 0 to 1. */
  readonly confidence: number;
}

/** One sentence with its tree. `from`/`to` cover its first to last character. */
export interface Sentence extends Span {
  readonly tokens: readonly Token[];
  readonly names: readonly Name[];
}
