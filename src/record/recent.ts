/** Values that were asked for last, by their keys, as many as it may hold: the one that nobody has asked for longest goes first. */
export class Recent<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #most: number;
  readonly #sizeOf: (value: Value) => number;
  #size = 0;

  /** What it holds is of size `most` at most; `sizeOf` gives the size of a value (default: 1 each). */
  constructor(most: number, sizeOf: (value: Value) => number = () => 1) {
    this.#most = most;
    this.#sizeOf = sizeOf;
  }

  get(key: Key): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    // Whoever is asked for is young again: a map is in the order in which its keys came.
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    const before = this.#values.get(key);
    if (before !== undefined) {
      this.#values.delete(key);
      this.#size -= this.#sizeOf(before);
    }
    this.#values.set(key, value);
    this.#size += this.#sizeOf(value);
    if (this.#size <= this.#most) return;
    for (const [oldest, old] of this.#values) {
      this.#values.delete(oldest);
      this.#size -= this.#sizeOf(old);
      if (this.#size <= this.#most) return;
    }
  }
}
