/*
 * Goldstein's scores of CAMEO codes, -10 to 10, as the makers of CAMEO publish them (CAMEO.SCALE.txt; Goldstein 1992): the
 * score, and the codes that have it. A code that is not here has that of its parent.
 */
// biome-ignore format: a table reads best in rows
const ROWS: readonly (readonly [number, string])[] = [
  [8, '057'],
  [7.4, '062 063 071 073'],
  [8.3, '072'],
  [8.5, '074'],
  [10, '0874'],
  [9, '086 087'],
  [7, '034 035 038 046 055 056 064 07 075 084 085'],
  [6.4, '061'],
  [6, '0334 054 06'],
  [5.2, '031 033'],
  [5, '037 039 045 08 0813 0814'],
  [4.5, '032'],
  [4, '03 036'],
  [3.8, '053'],
  [3.5, '05 052'],
  [3.4, '051'],
  [2.8, '043'],
  [2.5, '044'],
  [1.9, '042'],
  [1, '04 041'],
  [-2, '09 11'],
  [-4, '12 16'],
  [-4.4, '130'],
  [-5, '10 124 125 126 127 128 172 173 174'],
  [-5.6, '162'],
  [-5.8, '131 132 133 134 135'],
  [-6, '13'],
  [-6.5, '14 163'],
  [-7, '136 137 138 139 164 165 17'],
  [-7.2, '15'],
  [-7.5, '144 145'],
  [-8, '166 184 185'],
  [-9, '175 18 1821 1822'],
  [-9.2, '171'],
  [-9.5, '182 191 192 196 201'],
  [-10, '1823 183 186 19 20'],
];

const SCORES: ReadonlyMap<string, number> = new Map(
  ROWS.flatMap(([score, codes]) => codes.split(' ').map((code) => [code, score] as const)),
);

/** Goldstein's score of a CAMEO code; `undefined` for what is none. */
export function goldsteinOf(cameo: string): number | undefined {
  for (let length = cameo.length; length > 1; length -= 1) {
    const score = SCORES.get(cameo.slice(0, length));
    if (score !== undefined) return score;
  }
  return undefined;
}
