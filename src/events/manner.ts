import type { Token } from '../nlp/sentence.ts';
import { contains } from '../source/span.ts';
import { surfaceSubjects } from './frame.ts';
import type { Medium } from './ontology.ts';
import { isoDuration, readDuration } from './time/duration.ts';
import type { Piece } from './time/pieces.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependents, headOf } from './tree.ts';
import type { IndexedTime } from './when.ts';

/** Clauses below an act whose words tell of other acts. */
const CLAUSES = new Set(['ccomp', 'advcl', 'acl', 'parataxis', 'csubj', 'conj', 'appos']);

/**
 * How an act was carried out, from its own words: "by phone", "a video call", "met in person", "in a letter". Words of
 * clauses below it say nothing of it: "met to call for calm" is no call. Video goes before phone: "a video call".
 */
export function mediumOf(tree: Tree, tokens: readonly Token[]): Medium | undefined {
  const own = ownWords(tree, tokens);
  const words = own.map((token) => (token.upos === 'VERB' && !tokens.includes(token) ? '' : token.lemma.toLowerCase()));
  const text = ` ${words.join(' ')} `;
  return MEDIA.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Over lemmas with a blank on either side. */
const MEDIA: readonly (readonly [Medium, RegExp])[] = [
  ['video', / (?:virtual|virtually|video|videoconference|video-?link|online|teleconference|webinar|zoom|remotely) /],
  [
    'in-person',
    / (?:in (?:-? ?)person|face (?:- )?to (?:- )?face|face-to-face|in-person|handshake|sit down|tête-à-tête) /,
  ],
  ['phone', / (?:phone|telephone|call|telephonic) /],
  [
    'written',
    / (?:letter|letters|note verbale|diplomatic note|by note|in writing|write|telegram|cable|(?:in|by|with) (?:a |an |its |his |her |their )?(?:\\w+ )?(?:statement|message|communiqué|communique|tweet)) /,
  ],
];

/** The words of an act and what hangs on them, other clauses left out; in order. */
function ownWords(tree: Tree, tokens: readonly Token[]): readonly Token[] {
  const queue = [...tokens];
  const seen = new Set(queue);
  for (let i = 0; i < queue.length; i++)
    for (const child of tree.children[queue[i]!.index]!) {
      if (CLAUSES.has(bare(child.relation)) || seen.has(child)) continue;
      seen.add(child);
      queue.push(child);
    }
  return queue.sort((a, b) => a.index - b.index);
}

/**
 * How long an act lasted, as an ISO 8601 duration: "the two-hour meeting", "spoke for two hours", "the talks lasted two
 * hours", "after three hours of talks". A length of something else is none: "for the first time in ten years", "talks on
 * a two-year truce". A range gives both ends. Null where the words do not say.
 */
export function durationOf(tree: Tree, tokens: readonly Token[], times: readonly IndexedTime[]): string | null {
  for (const { time, head } of times) {
    if (time.type !== 'duration' || !/^P(?:T?\d|\d+D)/.test(time.value ?? '')) continue;
    // "a week after their meeting": how far off, not how long.
    const behind = tree.tokens.find((token) => token.from >= time.to)?.form.toLowerCase() ?? '';
    if (head && !APART.has(behind) && isLengthOf(tree, head, tokens))
      return rangeOf(tree.tokens.filter((token) => contains(time, token))) ?? time.value;
  }
  return null;
}

const APART = new Set(['after', 'before', 'since', 'ago', 'later', 'earlier', 'until', 'from']);

/** "four to five hours" is `PT4H/PT5H`; nothing where the words give one length. */
function rangeOf(words: readonly Token[]): string | undefined {
  const pieces = words.map((token): Piece => {
    const kind = /^\d+$/.test(token.form) ? 'number' : /^\p{L}/u.test(token.form) ? 'word' : 'mark';
    const text = token.form.toLowerCase().replace(/[–—]/, '-');
    return { from: token.from, to: token.to, text, kind, capital: false, glued: false, token: token.index };
  });
  for (let at = 0; at < pieces.length; at++) {
    const length = readDuration(pieces, at);
    const { low, high } = length?.quantity ?? { low: null, high: null };
    if (length && low !== null && high !== null && high > low)
      return `${isoDuration(low, length.unit)}/${isoDuration(high, length.unit)}`;
  }
  return undefined;
}

function isLengthOf(tree: Tree, length: Token, acts: readonly Token[]): boolean {
  const governor = headOf(tree, length);
  const marks = casing(tree, length);
  // "three hours of talks"
  if (dependents(tree, length, 'nmod').some((child) => acts.includes(child) && casing(tree, child) === 'of'))
    return true;
  if (!governor) return false;
  // "a two-hour meeting", "met for two hours", "talks of two hours", "spoke two hours"
  if (acts.includes(governor)) return LENGTH_MARKS.has(marks) && length.relation !== 'nsubj';
  // "the talks lasted two hours"
  if (!LASTING.has(governor.lemma)) return false;
  const subjects = surfaceSubjects(tree, governor, 0);
  // "will meet in a conversation that is to last two hours": the occasion lasts as long as the act.
  return subjects.some((subject) => acts.includes(subject) || isOccasionOf(tree, subject, acts));
}

/** "met in a session": the noun by which an act is called again beside its verb. */
function isOccasionOf(tree: Tree, noun: Token, acts: readonly Token[]): boolean {
  if (!OCCASIONS.has(noun.lemma) || bare(noun.relation) !== 'obl') return false;
  let above = headOf(tree, noun);
  for (let step = 0; above && step < 2 && !acts.includes(above); step++)
    above = bare(above.relation) === 'advcl' || bare(above.relation) === 'obj' ? headOf(tree, above) : undefined;
  return above !== undefined && acts.includes(above);
}
const LENGTH_MARKS = new Set(['', 'for', 'of', 'over', 'during']);
const OCCASIONS = new Set('conversation meeting talk session discussion summit call exchange encounter'.split(' '));
const LASTING = new Set(['last', 'take', 'run', 'continue', 'stretch', 'go']);
