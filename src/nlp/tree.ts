/**
 * The best tree for arc scores. `scores[i * (n + 1) + j]` is how well word `i` hangs on `j`, where 0 is the root and words
 * count from 1. Gives the head of every word, -1 for the root: always one root and no cycle. The best head of each word is
 * taken where that is a tree already; otherwise Chu-Liu/Edmonds decides, with every fair root tried among the best few.
 */
export function bestTree(scores: Float64Array, n: number): Int32Array {
  const heads = new Int32Array(n);
  const width = n + 1;
  for (let i = 0; i < n; i++) {
    let best = -Infinity;
    for (let j = 0; j <= n; j++) {
      const score = scores[i * width + j]!;
      if (j !== i + 1 && score > best) {
        best = score;
        heads[i] = j - 1;
      }
    }
  }
  if (isTree(heads)) return heads;
  let found: Int32Array = heads;
  let most = -Infinity;
  for (const root of likelyRoots(scores, n)) {
    const tree = rootedTree(scores, n, root);
    let total = 0;
    for (let i = 0; i < n; i++) total += scores[i * width + tree[i]! + 1]!;
    if (total > most) {
      most = total;
      found = tree;
    }
  }
  return found;
}

/** True where exactly one head is -1 and every word leads there. */
export function isTree(heads: Int32Array): boolean {
  const n = heads.length;
  // 0 unseen, otherwise the number of the walk that passed here: a walk that meets itself is a cycle.
  const walk = new Int32Array(n);
  let roots = 0;
  for (let i = 0; i < n; i++) {
    if (heads[i] === -1) roots++;
    let at = i;
    while (at >= 0 && walk[at] === 0) {
      walk[at] = i + 1;
      at = heads[at]!;
    }
    if (at >= 0 && walk[at] === i + 1) return false;
  }
  return roots === 1;
}

const ROOTS_TRIED = 3;

/** The words that lose least by becoming the root. */
function likelyRoots(scores: Float64Array, n: number): number[] {
  const width = n + 1;
  const losses: { word: number; loss: number }[] = [];
  for (let i = 0; i < n; i++) {
    let best = -Infinity;
    for (let j = 1; j <= n; j++) if (j !== i + 1) best = Math.max(best, scores[i * width + j]!);
    losses.push({ word: i, loss: best - scores[i * width]! });
  }
  losses.sort((a, b) => a.loss - b.loss || a.word - b.word);
  return losses.slice(0, ROOTS_TRIED).map(({ word }) => word);
}

/** Chu-Liu/Edmonds over the words with `root` on top. Contracts one cycle at a time; cubic at worst, sentences are short. */
function rootedTree(scores: Float64Array, n: number, root: number): Int32Array {
  const weights = new Float64Array(n * n).fill(-Infinity);
  for (let i = 0; i < n; i++) {
    if (i === root) continue;
    for (let j = 0; j < n; j++) if (j !== i) weights[i * n + j] = scores[i * (n + 1) + j + 1]!;
  }
  const heads = edmonds(weights, n, root);
  heads[root] = -1;
  return heads;
}

/** Maximum arborescence: `weights[i * n + j]` for the arc from head `j` to `i`; the head of `root` means nothing. */
function edmonds(weights: Float64Array, n: number, root: number): Int32Array {
  const heads = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    if (i === root) continue;
    let best = -Infinity;
    for (let j = 0; j < n; j++) {
      if (j !== i && (weights[i * n + j]! > best || heads[i] === -1)) {
        best = weights[i * n + j]!;
        heads[i] = j;
      }
    }
  }
  const cycle = cycleIn(heads, root);
  if (cycle === undefined) return heads;
  const inside = new Uint8Array(n);
  for (const node of cycle) inside[node] = 1;
  const outer: number[] = [];
  for (let i = 0; i < n; i++) if (inside[i] === 0) outer.push(i);
  const size = outer.length + 1;
  const joint = size - 1;
  const smaller = new Float64Array(size * size).fill(-Infinity);
  // Which word of the cycle an arc into or out of the contracted node stands for.
  const enters = new Int32Array(size).fill(cycle[0]!);
  const leaves = new Int32Array(size).fill(cycle[0]!);
  for (const [a, i] of outer.entries()) {
    for (const [b, j] of outer.entries()) if (a !== b) smaller[a * size + b] = weights[i * n + j]!;
    for (const node of cycle) {
      if (weights[i * n + node]! > smaller[a * size + joint]!) {
        smaller[a * size + joint] = weights[i * n + node]!;
        leaves[a] = node;
      }
      const gain = weights[node * n + i]! - weights[node * n + heads[node]!]!;
      if (gain > smaller[joint * size + a]!) {
        smaller[joint * size + a] = gain;
        enters[a] = node;
      }
    }
  }
  const above = edmonds(smaller, size, outer.indexOf(root));
  for (const [a, i] of outer.entries()) {
    if (i === root) continue;
    heads[i] = above[a] === joint ? leaves[a]! : outer[above[a]!]!;
  }
  const from = above[joint]!;
  heads[enters[from]!] = outer[from]!;
  return heads;
}

function cycleIn(heads: Int32Array, root: number): number[] | undefined {
  const walk = new Int32Array(heads.length);
  for (let i = 0; i < heads.length; i++) {
    let at = i;
    while (at !== root && walk[at] === 0) {
      walk[at] = i + 1;
      at = heads[at]!;
    }
    if (at === root || walk[at] !== i + 1) continue;
    const cycle = [at];
    for (let node = heads[at]!; node !== at; node = heads[node]!) cycle.push(node);
    return cycle;
  }
  return undefined;
}
