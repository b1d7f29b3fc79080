import type { Claim, Reading } from '../../events/reading.ts';
import type { Span } from '../../source/span.ts';
import { escapeHtml } from '../escape.ts';

/** What a stretch of text is evidence of, in the order in which one hides another's colour. */
export const LIT_ROLES = ['trigger', 'actor', 'recipient', 'when', 'where'] as const;
export type LitRole = (typeof LIT_ROLES)[number];

/** What a reader is told a colour means. */
export const ROLE_WORDS: Readonly<Record<LitRole, string>> = {
  trigger: 'act',
  actor: 'actor',
  recipient: 'recipient',
  when: 'when',
  where: 'where',
};

/** A stretch of text that stands out: evidence of a claim, the claim's sentence, or page furniture. */
export interface Lit extends Span {
  readonly role: LitRole | 'sentence' | 'removed';
  /** Claim id for evidence and sentences, the reason for furniture. */
  readonly of: string;
}

/** All that is lit up in a document for the given claims, and its furniture. */
export function litSpans(reading: Reading, claims: readonly Claim[]): readonly Lit[] {
  const evidence = claims.flatMap((claim): Lit[] => {
    const { sentence, trigger, actors, recipients, when, where } = claim.evidence;
    const lit = (role: Lit['role'], spans: readonly Span[]): Lit[] =>
      spans.map(({ from, to }) => ({ from, to, role, of: claim.id }));
    return [
      ...lit('sentence', [sentence]),
      ...lit('trigger', [trigger]),
      ...lit('actor', actors),
      ...lit('recipient', recipients),
      ...lit('when', when),
      ...lit('where', where),
    ];
  });
  const removed = reading.document.removed.map(
    ({ from, to, reason }): Lit => ({ from, to, role: 'removed', of: reason }),
  );
  return [...evidence, ...removed];
}

/**
 * A text as HTML with its spans lit up. Spans may nest and overlap: the text is cut wherever one begins or ends, and
 * each piece is one element that carries the roles of all spans over it,
 *
 *     spans        |------- sentence --------|
 *                  |- actor -|   |- trigger -|
 *                        |- when -|
 *     pieces       |s a|s a w|s w|s t        |
 *
 * so that elements never cross. Each claim's trigger is an anchor, `#c1`, at its first piece. Evidence is `mark`,
 * furniture `del`, a sentence `span`; whatever the text is, it comes out as text. `named` writes into each piece what it is
 * evidence of, `data-of="c1.sentence c1.actor"`, for a script to find (default: false);
 * `anchors` are those of the triggers (default: true).
 */
export function litText(
  text: string,
  spans: readonly Lit[],
  { named = false, anchors = true }: { readonly named?: boolean; readonly anchors?: boolean } = {},
): string {
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter((cut) => cut <= text.length)
    .sort((a, b) => a - b);
  const starts = spans.toSorted((a, b) => a.from - b.from);
  const anchored = new Set<string>(anchors ? [] : spans.map(({ of }) => of));
  const pieces: string[] = [];
  let open: Lit[] = [];
  let next = 0;
  for (const [index, from] of cuts.slice(0, -1).entries()) {
    const to = cuts[index + 1]!;
    while (next < starts.length && starts[next]!.from <= from) open.push(starts[next++]!);
    open = open.filter((span) => span.to > from);
    pieces.push(pieceHtml(text.slice(from, to), open, anchored, named));
  }
  return pieces.join('');
}

function pieceHtml(text: string, spans: readonly Lit[], anchored: Set<string>, named: boolean): string {
  if (spans.length === 0) return escapeHtml(text);
  const anchors = spans
    .filter((span) => span.role === 'trigger' && !anchored.has(span.of))
    .map((span) => {
      anchored.add(span.of);
      return `<a id="${escapeHtml(span.of)}"></a>`;
    })
    .join('');
  const roles = LIT_ROLES.filter((role) => spans.some((span) => span.role === role));
  const furniture = spans.find((span) => span.role === 'removed');
  const lit = spans.some((span) => span.role === 'sentence') ? ' sentence' : '';
  const words = escapeHtml(text);
  if (furniture !== undefined) return `${anchors}<del title="left out: ${escapeHtml(furniture.of)}">${words}</del>`;
  const of = [...new Set(spans.map((span) => `${span.of}.${span.role}`))].join(' ');
  const name = named ? ` data-of="${escapeHtml(of)}"` : '';
  if (roles.length === 0) return `${anchors}<span class="sentence"${name}>${words}</span>`;
  return `${anchors}<mark class="${roles.join(' ')}${lit}"${name} title="${roles.map((role) => ROLE_WORDS[role]).join(', ')}">${words}</mark>`;
}
