/** A stretch of a document's text: UTF-16 offsets, half-open, so that `text.slice(from, to)` is the words meant. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The words a span points at. */
export function wordsOf(text: string, span: Span): string {
  return text.slice(span.from, span.to);
}

/** True when the two spans share at least one character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/** True when `inner` lies wholly inside `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}
