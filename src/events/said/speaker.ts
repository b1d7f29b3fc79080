import type { Token } from '../../nlp/sentence.ts';
import { overlaps, type Span } from '../../source/span.ts';
import { antecedentOf } from '../frame.ts';
import type { Statement } from '../reading.ts';
import type { Tree } from '../tree.ts';
import { bare, coordinated, dependent, feature, subtreeSpan, tokensSpan } from '../tree.ts';
import type { Cast } from '../who/actors.ts';
import { partiesAt } from '../who/parties.ts';
import { phraseOnly } from './subject.ts';

/** Who makes a statement: the part of it that tells the source. */
export type Speaker = Pick<Statement, 'speaker' | 'source' | 'anonymous'>;

/** Nouns for people who speak and are not named. */
const UNNAMED = new Set(
  (
    'official source person aide diplomat analyst expert observer critic supporter witness insider spokesman spokeswoman ' +
    'spokesperson adviser advisor officer authority resident group people man woman lawyer report reporter activist ' +
    'soldier commander researcher scholar economist skeptic opponent ally operative strategist lawmaker politician ' +
    'worker protester demonstrator refugee villager survivor prosecutor investigator many some other most several few'
  ).split(' '),
);

/** The speaker of a statement whose source phrase has this head; nobody known where there is none. */
export function speakerOf(tree: Tree, found: Token | undefined, content: Span, cue: Span, cast: Cast): Speaker {
  const subject = found && speaking(tree, found);
  if (!subject || CLAUSAL.has(subject.upos)) return { speaker: null, source: null, anonymous: true };
  // "officials who said": the words for the speaker are those before "who", unless it is known whom they mean.
  const head = antecedentOf(tree, subject) ?? subject;
  const parties = coordinated(tree, head).map((one) => partiesAt(tree, one, cast, 'actor'));
  const speaker = parties.flatMap((one) => one.ids)[0] ?? null;
  const mention = cast.mentionOf.get(head);
  const named = mention?.form === 'name' || (speaker !== null && cast.actor(speaker).wikidata !== null);
  return {
    speaker,
    source: sourceSpan(tree, speaker === null ? head : subject, content, cue),
    anonymous: !named && UNNAMED.has(head.lemma.toLowerCase()),
  };
}

const CLAUSAL = new Set(['VERB', 'ADP', 'SCONJ']);

/** "The envoy was the first to say": where a predicate was taken for the speaker, its subject is. */
function speaking(tree: Tree, head: Token): Token {
  let token = head;
  for (let depth = 0; depth < 4; depth++) {
    const subject = dependent(tree, token, 'nsubj');
    if (!subject || feature(token, 'PronType') === 'Rel') break;
    token = subject;
  }
  return token;
}

/** Relations inside a noun phrase; others belong to the clause, whatever they hang on. */
const PHRASAL = new Set(['det', 'amod', 'compound', 'nmod', 'nummod', 'appos', 'acl', 'flat', 'conj', 'fixed']);

/** The speaker's whole phrase, without the content or the cue where the tree hangs one in the other. */
function sourceSpan(tree: Tree, head: Token, content: Span, cue: Span): Span {
  let last = head.index;
  let first = head.index;
  if (feature(head, 'PronType') === 'Rel') return tokensSpan(tree, first, last);
  for (const child of tree.children[head.index]!) {
    const relation = bare(child.relation);
    const adverb = relation === 'advmod' && child.index === head.index - 1;
    if (!PHRASAL.has(relation) && !adverb) continue;
    const span = subtreeSpan(tree, child);
    if (overlaps(span, content) || overlaps(span, cue)) continue;
    first = Math.min(first, tree.first[child.index]!);
    last = Math.max(last, tree.last[child.index]!);
  }
  const [start, end] = phraseOnly(tree, first, last);
  return tokensSpan(tree, start, end);
}
