/** Those of some known words that a person may have meant by a mistyped one, the likeliest first. */
export function nearest(word: string, known: readonly string[], most = 3): readonly string[] {
  const wanted = word.toLowerCase();
  const ranked = known.flatMap((one) => {
    const candidate = one.toLowerCase();
    if (wanted.length > 2 && (candidate.startsWith(wanted) || candidate.includes(` ${wanted}`)))
      return [{ one, rank: 0 }];
    const rank = mistakes(wanted, candidate);
    // "fishery" and "fisheries" differ much and are one word to whoever types.
    const isOneWord = sharedBeginning(wanted, candidate) >= Math.max(4, wanted.length / 2);
    return rank <= Math.max(1, Math.floor(wanted.length / (isOneWord ? 2 : 4))) ? [{ one, rank }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.one < b.one ? -1 : 1))
    .slice(0, most)
    .map(({ one }) => one);
}

/** `; did you mean "x" or "y"?`, or nothing where no known word is near. */
export function nearestWords(word: string, known: readonly string[]): string {
  const near = nearest(word, known).map((one) => `"${one}"`);
  return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
}

/** Letters left out, put in or exchanged between two words (Levenshtein); words of very different length are not looked at. */
function mistakes(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > a.length / 2) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

function sharedBeginning(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared += 1;
  return shared;
}
