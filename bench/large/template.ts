/**
 * A sentence with places to fill: `{A} {t:accused} {R} of {w} {w}[ {when}][ in {place}]`. What stands in brackets is left
 * out when a place in it stays empty.
 */
export type Piece =
  | string
  | { readonly slot: string; readonly words: string }
  | { readonly optional: readonly Piece[] };

const known = new Map<string, readonly Piece[]>();

/** The pieces of a template. */
export function piecesOf(template: string): readonly Piece[] {
  let pieces = known.get(template);
  if (pieces === undefined) {
    pieces = parse(template);
    known.set(template, pieces);
  }
  return pieces;
}

function parse(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const [whole, optional, slot, words] of template.matchAll(/\[([^\]]*)\]|\{(\w+)(?::([^}]*))?\}|[^[{]+/g)) {
    if (optional !== undefined) pieces.push({ optional: parse(optional) });
    else if (slot !== undefined) pieces.push({ slot, words: words ?? '' });
    else pieces.push(whole);
  }
  return pieces;
}
