import type { Token } from './sentence.ts';

/**
 * The tokens of a sentence with the few attachments set right that the words themselves settle, whatever the network
 * thought of them. The same array where there is nothing to mend.
 */
export function attached(tokens: readonly Token[]): readonly Token[] {
  let result: Token[] | undefined;
  const change = (index: number, change: Partial<Token>): void => {
    result ??= [...tokens];
    result[index] = { ...result[index]!, ...change };
  };
  for (const token of tokens) {
    if (token.relation === 'ccomp') hopedFor(tokens, token, change);
    if (token.upos === 'NOUN') splitInfinitive(tokens, token, change);
    else if (token.relation === 'conj' && token.upos === 'VERB') higherGerund(tokens, token, change);
  }
  return result ?? tokens;
}

/** How sure the reading is of what was set right. */
const CERTAIN = 0.9;

type Change = (index: number, change: Partial<Token>) => void;

const ARRANGED = new Set(['expect', 'schedule', 'plan', 'set', 'intend', 'hope', 'slate', 'want', 'due', 'likely']);
const BETWEEN = new Set(['next', 'first', 'then', 'now', 'also', 'later', 'again', 'soon', 'jointly']);

/** "is expected to next speak with": an adverb between "to" and its verb makes no noun of the verb. */
function splitInfinitive(tokens: readonly Token[], verb: Token, change: Change): void {
  const between = tokens[verb.index - 1];
  const to = tokens[verb.index - 2];
  const governor = tokens[verb.head];
  if (to?.form !== 'to' || !between || !BETWEEN.has(between.form) || verb.form !== verb.lemma) return;
  if (!governor || !ARRANGED.has(governor.lemma) || governor.index !== to.index - 1) return;
  change(verb.index, { upos: 'VERB', feats: 'VerbForm=Inf', relation: 'xcomp', confidence: CERTAIN });
  change(to.index, { upos: 'PART', relation: 'mark' });
  change(between.index, { upos: 'ADV', feats: '_', relation: 'advmod' });
  for (const child of tokens)
    if (child.head === verb.index && child.relation === 'nmod') change(child.index, { relation: 'obl' });
}

/**
 * "could be barring the bank from trading, or freezing its assets": a gerund that a comma and a conjunction set off from
 * a gerund after a preposition stands beside the one that governs it.
 */
function higherGerund(tokens: readonly Token[], verb: Token, change: Change): void {
  const lower = tokens[verb.head]!;
  const higher = lower.relation === 'advcl' ? tokens[lower.head] : undefined;
  if (!higher || ![verb, lower, higher].every(({ form, upos }) => upos === 'VERB' && form.endsWith('ing'))) return;
  const joint = tokens[verb.index - 1];
  if (joint?.relation !== 'cc' || tokens[joint.index - 1]?.form !== ',') return;
  change(verb.index, { head: higher.index, confidence: CERTAIN });
}

const HELD = new Set(['hope', 'expect', 'believe', 'think', 'wish', 'fear', 'doubt', 'want']);

/** "said their countries hoped the next round would be in Oslo": what follows a hope is what is hoped, not what is said. */
function hopedFor(tokens: readonly Token[], clause: Token, change: Change): void {
  const wish = tokens.findLast(
    (token) =>
      token.index < clause.index && token.head === clause.head && token.relation === 'ccomp' && HELD.has(token.lemma),
  );
  if (!wish || wish.index < clause.head) return;
  const between = tokens.slice(wish.index + 1, clause.index);
  if (between.every(({ head }) => head > wish.index && head <= clause.index))
    change(clause.index, { head: wish.index, confidence: CERTAIN });
}
