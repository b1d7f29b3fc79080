/**
 * The best tree for arc scores. `scores[i * (n + 1) + j]` is how well word `i` hangs on `j`, where 0 is the root and words
 * count from 1; what stands for a word on itself is not read. Gives the head of every word, -1 for the root: always one
 * root and no cycle. The best head of each word is taken where that is a tree already; otherwise Chu-Liu/Edmonds decides.
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
  return isTree(heads) ? heads : spanningTree(scores, n);
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

/**
 * Chu-Liu/Edmonds in Tarjan's form for dense graphs (Tarjan 1977, "Finding optimum branchings"): time and memory grow with
 * the square of `n`. Nodes 0 … n are the root and the words, those after them stand for cycles that were drawn together.
 * Arcs from the root cost more than all else together, so the best tree has one.
 */
function spanningTree(scores: Float64Array, n: number): Int32Array {
  const words = n + 1;
  const most = 2 * words;
  let reach = 1;
  for (let i = 0; i < n * words; i++) reach = Math.max(reach, Math.abs(scores[i]!));
  const toll = 4 * reach * words;
  // weight[i * most + j] of the arc from j into i, and the word that it leaves and the one that it enters.
  const weight = new Float64Array(most * most).fill(-Infinity);
  const leaves = new Int16Array(most * most);
  const enters = new Int16Array(most * most);
  for (let i = 1; i < words; i++) {
    for (let j = 0; j < words; j++) {
      if (i === j) continue;
      weight[i * most + j] = scores[(i - 1) * words + j]! - (j === 0 ? toll : 0);
      leaves[i * most + j] = j;
      enters[i * most + j] = i;
    }
  }
  const active = Array.from({ length: words }, (_, i) => i);
  const above = new Int32Array(most).fill(-1);
  const chosen = new Int32Array(most).fill(-1);
  // 0 not yet reached, 1 on the path that is growing, 2 joined to the root.
  const state = new Uint8Array(most);
  state[0] = 2;
  const cycles: number[][] = [];
  let next = words;
  for (let start = 1; start < words; start++) {
    if (state[start] !== 0 || above[start] !== -1) continue;
    const path: number[] = [];
    let at = start;
    for (;;) {
      state[at] = 1;
      path.push(at);
      let best = -1;
      for (const j of active) {
        if (j !== at && (best < 0 || weight[at * most + j]! > weight[at * most + best]!)) best = j;
      }
      chosen[at] = best;
      if (state[best] === 2) break;
      if (state[best] === 0) {
        at = best;
        continue;
      }
      at = contract(path.splice(path.indexOf(best)));
    }
    for (const node of path) state[node] = 2;
  }
  return opened();

  /** Draws a cycle together into a new node and gives its number. */
  function contract(cycle: number[]): number {
    const joint = next++;
    cycles.push(cycle);
    for (const node of cycle) {
      above[node] = joint;
      active.splice(active.indexOf(node), 1);
    }
    for (const other of active) {
      for (const node of cycle) {
        const out = weight[other * most + node]!;
        if (out > weight[other * most + joint]!) {
          weight[other * most + joint] = out;
          leaves[other * most + joint] = leaves[other * most + node]!;
          enters[other * most + joint] = enters[other * most + node]!;
        }
        const gain = weight[node * most + other]! - weight[node * most + chosen[node]!]!;
        if (gain > weight[joint * most + other]!) {
          weight[joint * most + other] = gain;
          leaves[joint * most + other] = leaves[node * most + other]!;
          enters[joint * most + other] = enters[node * most + other]!;
        }
      }
    }
    active.push(joint);
    return joint;
  }

  /** Opens the cycles again, the last first: where an arc comes in from outside, the arc inside gives way. */
  function opened(): Int32Array {
    const entry = new Int32Array(next);
    const heads = new Int32Array(n);
    const take = (node: number) => {
      const arc = node * most + chosen[node]!;
      entry[node] = enters[arc]!;
      heads[entry[node]! - 1] = leaves[arc]! - 1;
    };
    for (const node of active) if (node !== 0) take(node);
    for (let i = cycles.length - 1; i >= 0; i--) {
      const joint = words + i;
      let broken = entry[joint]!;
      while (above[broken] !== joint) broken = above[broken]!;
      for (const node of cycles[i]!) {
        if (node === broken) entry[node] = entry[joint]!;
        else take(node);
      }
    }
    return heads;
  }
}
