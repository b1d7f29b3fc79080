import type { Sentence } from '../../nlp/sentence.ts';
import type { Span } from '../../source/span.ts';

/**
 * The smallest part of a sentence that times and figures look at: a run of letters, a run of digits, or one mark.
 * Tokenizers differ on "mid-May", "two-day", "10p.m." and "'90s"; pieces are the same under all of them.
 */
export interface Piece extends Span {
  /** Lower-cased, with curly apostrophes and dashes made straight. */
  readonly text: string;
  readonly kind: 'word' | 'number' | 'mark';
  /** Begins with a capital letter. */
  readonly capital: boolean;
  /** Nothing, not even a blank, lies between it and the piece before. */
  readonly glued: boolean;
  /** Index of the token it lies in. */
  readonly token: number;
}

/** Cuts a sentence of `text` into pieces, in one pass. */
export function cutPieces(text: string, sentence: Sentence): readonly Piece[] {
  const pieces: Piece[] = [];
  const tokens = sentence.tokens;
  let token = 0;
  let at = sentence.from;
  let end = -1;
  while (at < sentence.to) {
    const from = at;
    const kind = kindOf(text.charCodeAt(at));
    at += 1;
    if (kind === 'blank') continue;
    if (kind !== 'mark') while (at < sentence.to && kindOf(text.charCodeAt(at)) === kind) at += 1;
    while (token + 1 < tokens.length && tokens[token]!.to <= from) token += 1;
    const written = text.slice(from, at);
    const lower = written.toLowerCase();
    pieces.push({
      from,
      to: at,
      text: kind === 'mark' ? (STRAIGHT.get(written) ?? written) : lower,
      kind,
      capital: kind === 'word' && written.charAt(0) !== lower.charAt(0),
      glued: from === end,
      token,
    });
    end = at;
  }
  return pieces;
}

const STRAIGHT: ReadonlyMap<string, string> = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['`', "'"],
  ['–', '-'],
  ['—', '--'],
  ['‑', '-'],
]);

function kindOf(code: number): 'word' | 'number' | 'mark' | 'blank' {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return 'word';
  if (code >= 48 && code <= 57) return 'number';
  if (code <= 32 || code === 0xa0 || code === 0x2009 || code === 0x202f) return 'blank';
  if (code < 128) return 'mark';
  // Fractions are marks; accented and other letters, and halves of astral pairs, stay with the word around them.
  return (code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7) || code >= 0x2c00 ? 'word' : 'mark';
}
