import type { Token } from '../nlp/sentence.ts';
import type { Tree } from './tree.ts';

/**
 * Where the words of a sentence begin behind its dateline, in characters: behind the dash of "OSLO, July 20 (NTB) -". The
 * place and the day of a dateline are those of the report; the act that the sentence tells has its own. The start of
 * the sentence where there is none.
 */
export function behindDateline(tree: Tree): number {
  const { tokens, sentence } = tree;
  const [first] = tokens;
  if (!first || !/^\p{Lu}/u.test(first.form)) return sentence.from;
  let marked = /^[\p{Lu}.]{3,}$/u.test(first.form);
  for (let i = 1; i < Math.min(tokens.length, LONGEST); i++) {
    const { form, upos } = tokens[i]!;
    // A dateline that opens a line is a sentence of its own.
    // "Their three-hour talks": a hyphen inside a word ends no dateline.
    const inside = form === '-' && tokens[i - 1]!.to === tokens[i]!.from && tokens[i + 1]?.from === tokens[i]!.to;
    if (inside) return sentence.from;
    if (DASH.test(form)) return !marked ? sentence.from : (tokens[i + 1]?.from ?? sentence.to);
    // "Oslo (NTB) - ": small letters are a dateline's only with an agency or a day behind them.
    if (form === '(' || upos === 'NUM') marked = true;
    else if (upos === 'VERB' || upos === 'AUX' || upos === 'ADP' || upos === 'DET') return sentence.from;
  }
  return sentence.from;
}

/** The tokens of all datelines, which are in no name of an actor. */
export function tokensOfDatelines(trees: readonly Tree[]): readonly Token[] {
  return trees.flatMap((tree) => {
    const start = behindDateline(tree);
    return start === tree.sentence.from ? [] : tree.tokens.filter(({ from }) => from < start);
  });
}

const DASH = /^(?:--?|–|—)$/;
/** In words; "RIO DE JANEIRO, Brazil, July 20 (Reuters) -" is twelve. */
const LONGEST = 14;
