import type { Span } from '../../source/span.ts';

/**
 * A stretch between quotation marks, the marks in it. `closed` is false where the mark at its end is missing and the
 * paragraph's end stands for it. A quotation that goes on in the next paragraph is one.
 */
export interface Quotation extends Span {
  readonly closed: boolean;
}

type Mark = 'open' | 'close' | 'either';

const MARKS: Readonly<Record<string, Mark>> = {
  '"': 'either',
  '“': 'open',
  '”': 'close',
  '„': 'open',
  '‟': 'open',
  '«': 'open',
  '»': 'close',
};

const BEFORE_OPENING = /[\s([{–—-]/;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * Quotations of a text in order, none inside another. Straight, curly and angle marks; one mark that lacks its partner
 * costs its paragraph, not the rest of the text.
 */
export function findQuotations(text: string): readonly Quotation[] {
  const found: Quotation[] = [];
  let open: { from: number; depth: number } | undefined;
  const paragraphs = paragraphsOf(text);
  for (let index = 0; index < paragraphs.length; index++) {
    const paragraph = paragraphs[index]!;
    for (let i = paragraph.from; i < paragraph.to; i++) {
      const mark = markAt(text, i);
      if (!mark) continue;
      const width = text[i] === "'" || text[i] === '`' ? 2 : 1;
      if (!open) {
        if (mark !== 'close' && opens(text, i, mark, width)) open = { from: i, depth: 1 };
        i += width - 1;
        continue;
      }
      // The mark that opens a further paragraph of the same quotation.
      if (i === paragraph.from && mark !== 'close') continue;
      if (mark === 'open' && !endsHere(text, i)) open.depth++;
      else if (mark === 'close' && open.depth > 1 && opensWithin(text, i)) open.depth--;
      else if (mark === 'either' && MARKS[text[open.from]!] === 'open' && opens(text, i, mark, width)) continue;
      else {
        found.push({ from: open.from, to: i + width, closed: true });
        open = undefined;
      }
      i += width - 1;
    }
    if (!open) continue;
    const next = paragraphs[index + 1];
    if (next && opensAt(text, next.from)) {
      open.depth = 1;
      continue;
    }
    found.push({ from: open.from, to: paragraph.to, closed: false });
    open = undefined;
  }
  return found;
}

/** A straight mark opens when it stands before a word and after none; `12" guns` has none that does. */
function opens(text: string, at: number, mark: Mark, width: number): boolean {
  if (mark === 'open') return true;
  return (at === 0 || BEFORE_OPENING.test(text[at - 1]!)) && /\S/.test(text[at + width] ?? ' ');
}

/** An opening mark set by mistake where the closing one belongs: “so“. */
function endsHere(text: string, at: number): boolean {
  return /\S/.test(text[at - 1] ?? ' ') && !LETTER.test(text[at + 1] ?? ' ') && !BEFORE_OPENING.test(text[at - 1]!);
}

function opensAt(text: string, at: number): boolean {
  const mark = markAt(text, at);
  return mark === 'open' || mark === 'either';
}

/** Typewriters and TeX double the single mark: ``so'' and ''so''. */
function markAt(text: string, at: number): Mark | undefined {
  const char = text[at]!;
  if (char === "'" && text[at + 1] === "'") return 'either';
  if (char === '`' && text[at + 1] === '`') return 'open';
  return MARKS[char];
}

/** True where a closing mark ends a quotation within another: more words follow before the next mark. */
function opensWithin(text: string, at: number): boolean {
  return at + 1 < text.length && (LETTER.test(text[at + 2] ?? '') || MARKS[text[at + 1]!] !== undefined);
}

/** Stretches between blank lines, or between line ends where a text has no blank lines; blanks at the ends left out. */
function paragraphsOf(text: string): readonly Span[] {
  const blankLines = /\n[^\S\n]*\n/.test(text);
  const found: Span[] = [];
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf('\n', from);
    if (blankLines) while (to >= 0 && !isBlankLine(text, to + 1)) to = text.indexOf('\n', to + 1);
    if (to < 0) to = text.length;
    let first = from;
    let last = to;
    while (first < last && /\s/.test(text[first]!)) first++;
    while (last > first && /\s/.test(text[last - 1]!)) last--;
    if (first < last) found.push({ from: first, to: last });
    from = to + 1;
  }
  return found;
}

function isBlankLine(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\n') return true;
    if (!/\s/.test(text[i]!)) return false;
  }
  return true;
}

/** The quotation that holds an offset, if any: binary search over quotations in order. */
export function quotationAt(quotations: readonly Quotation[], offset: number): Quotation | undefined {
  let low = 0;
  let high = quotations.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = quotations[middle]!;
    if (offset < one.from) high = middle - 1;
    else if (offset >= one.to) low = middle + 1;
    else return one;
  }
  return undefined;
}

/** The first quotation that begins at an offset or after it. */
export function nextQuotation(quotations: readonly Quotation[], offset: number): Quotation | undefined {
  let low = 0;
  let high = quotations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (quotations[middle]!.from < offset) low = middle + 1;
    else high = middle;
  }
  return quotations[low];
}
