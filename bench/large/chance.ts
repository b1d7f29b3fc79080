/** A source of chance: numbers from 0 to 1. */
export type Chance = () => number;

/** A source of chance that gives the same row for the same numbers, and another for any others. */
export function chance(...seed: readonly number[]): Chance {
  let state = 0x9e3779b9;
  for (const number of seed) state = mixed(Math.imul(state ^ number, 0x85ebca6b) + 0x6d2b79f5);
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from `least` to `most`, both in. */
export function between(least: number, most: number, random: Chance): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** One of a list. */
export function oneOf<One>(list: readonly One[], random: Chance): One {
  return list[Math.floor(random() * list.length)]!;
}

/** One of a list whose entries have weights. */
export function weighed<One>(list: readonly (readonly [One, number])[], random: Chance): One {
  let left = random() * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [one, weight] of list) {
    left -= weight;
    if (left < 0) return one;
  }
  return list.at(-1)![0];
}

/** Draws numbers below `count`, the first far more often than the last: the k-th in the measure of `(k + shift) ** -power`. */
export function falling(count: number, { shift, power }: { readonly shift: number; readonly power: number }) {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    sum += (k + shift) ** -power;
    sums[k] = sum;
  }
  return (random: Chance): number => {
    const wanted = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
