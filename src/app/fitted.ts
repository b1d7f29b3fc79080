/** What was left out of an answer: where, how much is shown, and of how much. */
export interface LeftOut {
  /** Keys and indices from the top: `claims`, `sections.2.lines`. */
  readonly at: string;
  readonly shown: number;
  readonly of: number;
}

interface Part {
  readonly path: readonly (string | number)[];
  readonly letters: number;
  readonly value: string | readonly unknown[];
}

/**
 * A JSON value with its longest lists and texts cut until it has no more than `most` letters, and what was left out. What
 * was asked for comes first in a list, so the end of it is cut. A value without long parts stays as it is.
 */
export function fitted(value: unknown, most: number): { readonly value: unknown; readonly left: readonly LeftOut[] } {
  const left = new Map<string, LeftOut>();
  let fits = value;
  for (;;) {
    const letters = JSON.stringify(fits).length;
    if (letters <= most) break;
    const longest = partsOf(fits)
      .filter(({ value: part }) => part.length > (typeof part === 'string' ? SHORTEST_TEXT : 1))
      .reduce<Part | undefined>(
        (best, part) => (best === undefined || weight(part) > weight(best) ? part : best),
        undefined,
      );
    if (longest === undefined) break;
    const at = longest.path.join('.');
    const shown = Math.max(1, Math.floor(longest.value.length / 2));
    left.set(at, { at, shown, of: left.get(at)?.of ?? longest.value.length });
    fits = replaced(fits, longest.path, longest.value.slice(0, shown));
  }
  return { value: fits, left: [...left.values()] };
}

const SHORTEST_TEXT = 2000;

/** A list of lists is cut where it is longest inside; between equals the outer one is. */
function weight({ letters, value }: Part): number {
  return typeof value === 'string' ? letters : letters * (1 - 1 / value.length);
}

function partsOf(value: unknown, path: readonly (string | number)[] = []): readonly Part[] {
  if (typeof value === 'string') return [{ path, letters: value.length, value }];
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => partsOf(one, [...path, key]));
  return Array.isArray(value) ? [{ path, letters: JSON.stringify(value).length, value }, ...inner] : inner;
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], part: unknown): unknown {
  if (key === undefined) return part;
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === String(key) ? replaced(one, rest, part) : one));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: replaced(object[key], rest, part) };
}
