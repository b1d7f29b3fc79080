/** How the claims of a record are joined, against what they tell of; counted as they come. */
export class Judge {
  readonly #told = new Map<string, number>();
  readonly #found = new Map<string | number, number>();
  readonly #both = new Map<string, number>();

  /** A claim that tells of `truth` and stands in the event `found`. */
  add(truth: string, found: string | number): void {
    more(this.#told, truth);
    more(this.#found, found);
    more(this.#both, `${truth} ${found}`);
  }

  /** Pairs of claims: joined, telling one event, and both; the sizes of the largest event found and told. */
  result(): JoinResult {
    return {
      joined: pairs(this.#found),
      real: pairs(this.#told),
      right: pairs(this.#both),
      events: this.#found.size,
      realEvents: this.#told.size,
      largest: largest(this.#found),
      largestReal: largest(this.#told),
    };
  }
}

export interface JoinResult {
  readonly joined: number;
  readonly real: number;
  readonly right: number;
  readonly events: number;
  readonly realEvents: number;
  readonly largest: number;
  readonly largestReal: number;
}

/** The result in one line. */
export function joinWords({ joined, real, right, events, realEvents, largest, largestReal }: JoinResult): string {
  const share = (part: number, whole: number) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1));
  return `pairs of claims: ${joined} joined, ${share(right, joined)} % of them rightly; of ${real} that tell one event ${share(right, real)} % joined; ${events} events of ${realEvents}, the largest of ${largest} claims of ${largestReal}`;
}

function more<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function pairs(sizes: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const size of sizes.values()) sum += (size * (size - 1)) / 2;
  return sum;
}

function largest(sizes: ReadonlyMap<unknown, number>): number {
  let most = 0;
  for (const size of sizes.values()) most = Math.max(most, size);
  return most;
}
