import type { Token } from '../../nlp/sentence.ts';
import type { Span } from '../../source/span.ts';
import type { Tree } from '../tree.ts';
import { bare, tokensSpan } from '../tree.ts';
import { isNegated } from './modality.ts';

/** What opens a condition: "if the troops leave", "in return for aid". The longest fits first. */
const OPENERS: readonly (readonly string[])[] = (
  'if|unless|until|provided|providing|as long as|so long as|on condition|on the condition|in case|in the event|' +
  'only if|only when|even if|except if|assuming|should|were|had|in exchange for|in return for|once'
)
  .split('|')
  .map((opener) => opener.split(' '));

/** Of these, what only waits: what follows is no mere supposition. */
const WAITING = new Set(['until', 'once', 'only when', 'in exchange for', 'in return for']);
/** What opens a condition only by standing before its subject: "should Iran attack, …". */
const INVERTED = new Set(['should', 'were', 'had']);

/** The words that open a condition at a token, if any. */
function openerAt(tree: Tree, first: number): string | undefined {
  const words = OPENERS.find((opener) =>
    opener.every((word, index) => tree.tokens[first + index]?.form.toLowerCase() === word),
  );
  return words?.join(' ');
}

/** The clauses and phrases that a verb's conditions can hang in, whatever the parser called them. */
const HOLDERS = new Set(['advcl', 'obl', 'xcomp', 'acl', 'nmod', 'ccomp', 'advmod']);

/** The stretch a condition of this token fills: "if there were an escalation", "unless the troops leave". */
export function conditionOf(tree: Tree, token: Token): Span | undefined {
  const inverted = invertedIn(tree);
  if (inverted && token.index > inverted.last) return tokensSpan(tree, 0, inverted.last);
  for (const child of tree.children[token.index]!) {
    if (!HOLDERS.has(bare(child.relation))) continue;
    const first = tree.first[child.index]!;
    const opener = openerAt(tree, first);
    if (opener === undefined || INVERTED.has(opener) || (bare(child.relation) === 'ccomp' && opener === 'if')) continue;
    if (opener === 'once' && child.relation !== 'advcl') continue;
    // "if I may", "if you look at the map": a turn of talk, no condition.
    if (/^(?:i|you)$/i.test(tree.tokens[first + 1]?.form ?? '')) continue;
    // "is closed until May" ends then; "will not leave until it is paid" waits for it.
    if (opener === 'until' && !isNegated(tree, token)) continue;
    return tokensSpan(tree, first, lastWord(tree, child));
  }
  return priceOf(tree, token);
}

/** "withdraw its troops from Niger in exchange for fuel": a price hung on the last noun before it. */
function priceOf(tree: Tree, token: Token): Span | undefined {
  let node: Token | undefined = token;
  for (let step = 0; node && step < 4; step++) {
    const below: readonly Token[] = tree.children[node.index]!.filter((child) =>
      /^(?:obj|obl|nmod)$/.test(bare(child.relation)),
    );
    const price = below.find((child) => PRICES.has(openerAt(tree, tree.first[child.index]!) ?? ''));
    if (price) return tokensSpan(tree, tree.first[price.index]!, lastWord(tree, price));
    node = below.at(-1);
  }
  return undefined;
}
const PRICES = new Set(['in exchange for', 'in return for', 'on condition', 'on the condition']);

/** True inside a condition: "if Russia attacks", "should Russia attack". */
export function isSupposed(tree: Tree, token: Token): boolean {
  const inverted = invertedIn(tree);
  if (inverted && token.index <= inverted.last) return true;
  if (!HOLDERS.has(bare(token.relation)) || bare(token.relation) === 'ccomp') return false;
  const opener = openerAt(tree, tree.first[token.index]!);
  return opener !== undefined && !WAITING.has(opener) && !INVERTED.has(opener);
}

/** "Should Iran attack, Iraq will …", "Were the talks to fail, …": the words before the comma. */
function invertedIn(tree: Tree): { readonly last: number } | undefined {
  const [first, second] = tree.tokens;
  if (!first || !second || !INVERTED.has(first.form.toLowerCase()) || second.upos === 'VERB') return undefined;
  const opening = tree.tokens.slice(0, LONGEST);
  const comma = opening.findIndex(({ form }) => form === ',');
  const after = opening.findIndex(({ form }, index) => index > comma && /^(?:will|would|could|may|might)$/i.test(form));
  return comma > 1 && after > comma ? { last: comma - 1 } : undefined;
}

/** How far an inverted condition and the verb after it are looked for, in words. */
const LONGEST = 60;

function lastWord(tree: Tree, token: Token): number {
  let last = tree.last[token.index]!;
  while (last > token.index && tree.tokens[last]!.upos === 'PUNCT') last--;
  return last;
}
