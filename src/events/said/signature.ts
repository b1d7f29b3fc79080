import type { Span } from '../../source/span.ts';
import type { Tree } from '../tree.ts';
import type { Stretch } from './clause.ts';
import { type Quotation, quotationAt } from './quotation.ts';

/** Words given to someone by layout alone: a name before a colon, or after a quotation and a dash. */
export interface Signed {
  readonly tree: Tree;
  readonly name: Stretch;
  readonly cue: Span;
  readonly content: Span;
}

const DASHES = new Set(['—', '–', '―', '-', '--']);

/** Interviews, headlines and letters: `MAYOR: We will pay.`, `Holm: troops crossed the border`, `“…” — Ana Lima`. */
export function findSigned(text: string, trees: readonly Tree[], quotations: readonly Quotation[]): readonly Signed[] {
  return trees.flatMap((tree, index) => {
    const labelled = labelledBy(text, tree);
    return [...(labelled ? [labelled] : []), ...dashedIn(text, tree, trees[index + 1], quotations)];
  });
}

/** Less behind a colon is a label's: "Mali: map". */
const SHORTEST = 20;

/** A person's or body's name, then a colon, then words to the end of the paragraph. */
function labelledBy(text: string, tree: Tree): Signed | undefined {
  const { tokens, sentence } = tree;
  let first = 0;
  while (first < 2 && tokens[first]?.upos === 'PUNCT') first++;
  let last = first;
  while (tokens[last + 1]?.upos === 'PROPN') last++;
  const tagged = sentence.names.some(
    (one) => one.last === last && one.first >= first && (one.kind === 'person' || one.kind === 'organisation'),
  );
  const colon = tokens[last + 1];
  // "UPDATE:" and "Analysis:" are labels; two capitalized words, or a name by its tag, are someone.
  const someone = tokens[first]?.upos === 'PROPN' && (tagged || last > first);
  if (!someone || colon?.form !== ':' || last - first > 6) return undefined;
  if (!startsParagraph(text, sentence.from)) return undefined;
  const line = text.indexOf('\n', colon.to);
  const to = line < 0 ? text.length : line;
  if (to - colon.to < SHORTEST) return undefined;
  return { tree, name: [first, last], cue: { from: colon.from, to: colon.to }, content: { from: colon.to, to } };
}

function startsParagraph(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    if (text[i] === '\n') return true;
    if (!/[\s"“]/.test(text[i]!)) return false;
  }
  return true;
}

/** `“…” — Ana Lima, mayor of Porto`: a dash right behind a quotation, then a name to the line's end or a mark. */
function dashedIn(
  text: string,
  tree: Tree,
  next: Tree | undefined,
  quotations: readonly Quotation[],
): readonly Signed[] {
  const found: Signed[] = [];
  for (const dash of tree.tokens) {
    // The dash may end the quotation's sentence, and the name be one of its own.
    const signed = tree.tokens[dash.index + 1] ? tree : next;
    const first = signed === tree ? dash.index + 1 : 0;
    const tokens = signed?.tokens ?? [];
    if (!signed || !DASHES.has(dash.form) || tokens[first]?.upos !== 'PROPN') continue;
    let end = dash.from;
    while (end > 0 && /\s/.test(text[end - 1]!)) end--;
    const quotation = end > 0 ? quotationAt(quotations, end - 1) : undefined;
    if (!quotation || quotation.to !== end) continue;
    let last = first;
    while (tokens[last + 1]?.upos === 'PROPN' && isOneLine(text, tokens[last]!, tokens[last + 1]!)) last++;
    const after = tokens[last + 1];
    if (after && after.upos !== 'PUNCT' && isOneLine(text, tokens[last]!, after)) continue;
    const { from, to } = quotation;
    found.push({ tree: signed, name: [first, last], cue: { from: dash.from, to: dash.to }, content: { from, to } });
  }
  return found;
}

function isOneLine(text: string, left: Span, right: Span): boolean {
  return !text.slice(left.to, right.from).includes('\n');
}
