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
    if (token.relation === 'nmod') objectBehind(tokens, token, change);
    if (token.relation === 'appos') subjectBefore(tokens, token, change);
    if (token.relation === 'advcl') strayedSubject(tokens, token, change);
    if (token.upos === 'NOUN') splitInfinitive(tokens, token, change);
    else if (token.relation === 'conj' && token.upos === 'VERB') higherGerund(tokens, token, change);
  }
  return result ?? tokens;
}

/**
 * "it came after the union sanctioned Iran": what stands between a clause's mark and its verb, with no preposition of its
 * own, is the clause's subject and no adverbial of the verb above.
 */
function strayedSubject(tokens: readonly Token[], verb: Token, change: Change): void {
  if (/VerbForm=(?:Inf|Ger)/.test(verb.feats) || /Tense=Pres\|VerbForm=Part/.test(verb.feats)) return;
  let stray: Token | undefined;
  let mark: Token | undefined;
  const cased = new Set<number>();
  for (let i = verb.index - 1; i >= 0 && !mark; i--) {
    const token = tokens[i]!;
    if (token.relation === 'case') cased.add(token.head);
    if (token.head !== verb.index) {
      if (/^(?:obl|nmod)$/.test(token.relation)) stray ??= token;
    } else if (token.relation.startsWith('nsubj')) return;
    else if (token.relation === 'mark') mark = token;
  }
  if (!stray || !mark || cased.has(stray.index) || stray.head >= mark.index) return;
  change(stray.index, { head: verb.index, relation: 'nsubj', confidence: CERTAIN });
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

/** "Chad on Friday lifted sanctions": what stands bare behind a verb is its object, no part of its subject. */
function objectBehind(tokens: readonly Token[], noun: Token, change: Change): void {
  const subject = tokens[noun.head]!;
  const verb = tokens[subject.head];
  if (subject.relation !== 'nsubj' || verb?.upos !== 'VERB' || verb.index < subject.index) return;
  if (noun.index <= verb.index || noun.index > verb.index + REACH || noun.upos === 'PRON') return;
  const taken = tokens.some(
    ({ head, relation }) =>
      (head === verb.index && /^(?:obj|ccomp|xcomp)/.test(relation)) || (head === noun.index && relation === 'case'),
  );
  const near = tokens.slice(verb.index + 1, noun.index).every(({ head }) => head === noun.index);
  if (!taken && near) change(noun.index, { head: verb.index, relation: 'obj', confidence: CERTAIN });
}
const REACH = 4;

/**
 * "On a visit to Mali, President Ada Oyoo praised …": a name between a comma and a finite verb that has no subject is its
 * subject, no second name of the place before it.
 */
function subjectBefore(tokens: readonly Token[], name: Token, change: Change): void {
  const place = tokens[name.head]!;
  if (name.upos !== 'PROPN' || place.index > name.index) return;
  let first = name.index;
  let last = name.index;
  for (const token of tokens)
    if (token.head === name.index && token.relation !== 'punct' && Math.abs(token.index - name.index) <= REACH) {
      first = Math.min(first, token.index);
      last = Math.max(last, token.index);
    }
  while (first > 0 && tokens[first - 1]!.head >= first && tokens[first - 1]!.head <= last) first--;
  const verb = tokens[last + 1];
  if (verb?.upos !== 'VERB' || !verb.feats.includes('VerbForm=Fin') || tokens[first - 1]?.form !== ',') return;
  if (tokens.some(({ head, relation }) => head === verb.index && /^(?:nsubj|expl|aux:pass)/.test(relation))) return;
  let above = place;
  for (let step = 0; step < REACH && above.head >= 0 && above.head !== verb.index; step++) above = tokens[above.head]!;
  if (above.head !== verb.index || above.relation !== 'obl' || above.index > verb.index) return;
  change(name.index, { head: verb.index, relation: 'nsubj', confidence: CERTAIN });
}
