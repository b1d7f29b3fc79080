import { z } from 'zod';
import { spanSchema } from '../source/document.ts';
import type { Span } from '../source/span.ts';
import type { Telling } from './telling.ts';

/**
 * The claim that a decision is about, by the words of its document and not by its id: a reading made anew may number,
 * code and cut its claims otherwise, and the text does not change.
 *
 * `trigger` and `words` are those of the act, `evidence` the words of who, when and where. `beside` are the other claims of
 * the sentence, so that a decision never passes to one of them when its own claim is gone; `nth` counts the claims of the
 * same kind of act on the same words. Whoever writes decisions by hand may leave out all that is optional.
 */
export const anchorSchema = z
  .object({
    document: z.string().min(1),
    type: z.string(),
    trigger: spanSchema,
    words: z.string(),
    sentence: spanSchema.optional(),
    evidence: z.array(spanSchema).readonly().optional(),
    beside: z
      .array(z.object({ type: z.string(), trigger: spanSchema }).readonly())
      .readonly()
      .optional(),
    nth: z.int().nonnegative().optional(),
  })
  .readonly();

export type Anchor = z.infer<typeof anchorSchema>;

/** The anchor of a claim. `among` are all claims of its document, in the order of the reading. */
export function anchorOf(telling: Telling, among: readonly Telling[]): Anchor {
  const { document, evidence, trigger: words } = telling;
  const type = machineType(telling);
  const { sentence, trigger } = evidence;
  const others = among.filter((other) => other.id !== telling.id);
  const before = among.slice(
    0,
    among.findIndex((other) => other.id === telling.id),
  );
  const isTwin = (other: Telling) => machineType(other) === type && sameSpan(other.evidence.trigger, trigger);
  return {
    ...{ document, type, trigger, words, sentence },
    evidence: evidenceOf(telling),
    beside: others
      .filter((other) => shared(other.evidence.trigger, sentence) > 0 && !isTwin(other))
      .map((other) => ({ type: machineType(other), trigger: other.evidence.trigger })),
    nth: before.filter(isTwin).length,
  };
}

/**
 * Which of a document's claims an anchor means now: the one on the same words and of the same type; else one on some of
 * the words; else one of the type in the same sentence, told of the same. Never one that stood beside it before, unless it
 * is as much the one as the other. `undefined` when the claim is gone.
 */
export function findAnchored(tellings: readonly Telling[], anchor: Anchor): number | undefined {
  const { sentence: before = anchor.trigger, evidence: words = [], beside = [], nth: place = 0 } = anchor;
  let best: { readonly index: number; readonly rank: readonly number[] } | undefined;
  const met = new Map<string, number>();
  for (const [index, telling] of tellings.entries()) {
    if (telling.document !== anchor.document) continue;
    const type = machineType(telling);
    const { trigger, sentence } = telling.evidence;
    const twin = `${type} ${trigger.from} ${trigger.to}`;
    const nth = met.get(twin) ?? 0;
    met.set(twin, nth + 1);
    const near = likeness({ type, trigger }, anchor);
    const told = evidenceOf(telling).reduce(
      (sum, span) => sum + Math.max(0, ...words.map((other) => shared(span, other))),
      0,
    );
    if (near < OVERLAP && (near < SAME_TYPE || shared(sentence, before) <= 0 || told === 0)) continue;
    if (beside.some((other) => likeness({ type, trigger }, other) > near)) continue;
    const rank = [near, told, nth === place ? 1 : 0];
    if (best === undefined || isMore(rank, best.rank)) best = { index, rank };
  }
  return best?.index;
}

/** True when two anchors mean one claim, as far as can be told without its document. */
export function sameAnchor(a: Anchor, b: Anchor): boolean {
  if (a.document !== b.document || shared(a.trigger, b.trigger) <= 0) return false;
  if (a.type === b.type) return (a.nth ?? 0) === (b.nth ?? 0) || !sameSpan(a.trigger, b.trigger);
  const stoodBeside = ({ beside = [] }: Anchor, one: Anchor) =>
    beside.some((other) => other.type === one.type && shared(other.trigger, one.trigger) > 0);
  return !stoodBeside(a, b) && !stoodBeside(b, a);
}

/** The type of act that the machine gave a claim, whatever a person says it is. */
export function machineType({ type, review }: Pick<Telling, 'type' | 'review'>): string {
  const machine = review?.corrected.find((one) => one.field === 'type')?.machine;
  return typeof machine === 'string' ? machine : type;
}

const OVERLAP = 2;
const SAME_TYPE = 1;

/** How alike two claims are in words and type: 2 for common words and a little for each of their letters, 1 for the type. */
function likeness(
  a: { readonly type: string; readonly trigger: Span },
  b: { readonly type: string; readonly trigger: Span },
): number {
  const letters = shared(a.trigger, b.trigger);
  return (letters > 0 ? OVERLAP + Math.min(letters, 999) / 1000 : 0) + (a.type === b.type ? SAME_TYPE : 0);
}

function evidenceOf({ evidence: { actors, recipients, when, where } }: Telling): readonly Span[] {
  return [...actors, ...recipients, ...when, ...where].map(({ from, to }) => ({ from, to }));
}

function shared(a: Span, b: Span): number {
  return Math.min(a.to, b.to) - Math.max(a.from, b.from);
}

function sameSpan(a: Span, b: Span): boolean {
  return a.from === b.from && a.to === b.to;
}

function isMore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > b[at]!;
}
