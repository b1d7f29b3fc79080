import type { Token } from '../nlp/sentence.ts';
import { overlaps, type Span } from '../source/span.ts';
import type { Cast } from './actors.ts';
import { partiesAt } from './parties.ts';
import type { Statement } from './reading.ts';
import type { Tree } from './tree.ts';
import { bare, coordinated, feature, subtreeSpan, tokensSpan } from './tree.ts';

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

/** The speaker of a statement whose source phrase has this head. */
export function speakerOf(tree: Tree, head: Token | undefined, content: Span, cue: Span, cast: Cast): Speaker {
  if (!head) return { speaker: null, source: null, anonymous: true };
  const parties = coordinated(tree, head).map((one) => partiesAt(tree, one, cast, 'actor'));
  const speaker = parties.flatMap((one) => one.ids)[0] ?? null;
  const mention = cast.mentionOf.get(head);
  const named = mention?.form === 'name' || (speaker !== null && cast.actor(speaker).wikidata !== null);
  return {
    speaker,
    source: sourceSpan(tree, head, content, cue),
    anonymous: !named && UNNAMED.has(head.lemma),
  };
}

/** The speaker's whole phrase, without the content or the cue where the tree hangs one in the other. */
function sourceSpan(tree: Tree, head: Token, content: Span, cue: Span): Span {
  let last = head.index;
  let first = head.index;
  if (feature(head, 'PronType') === 'Rel') return tokensSpan(tree, first, last);
  for (const child of tree.children[head.index]!) {
    const relation = bare(child.relation);
    if (relation === 'punct' || relation === 'case' || relation === 'parataxis' || relation === 'cop') continue;
    const span = subtreeSpan(tree, child);
    if (overlaps(span, content) || overlaps(span, cue)) continue;
    first = Math.min(first, tree.first[child.index]!);
    last = Math.max(last, tree.last[child.index]!);
  }
  return tokensSpan(tree, first, last);
}
