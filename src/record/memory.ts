import { EventCache } from './events.ts';
import { Recent } from './recent.ts';
import type { Telling } from './telling.ts';
import type { TellingCache } from './tellings.ts';

/** Tellings that an open record remembers, some 3 kB each. */
const TELLINGS = 30_000;

/** What an open record remembers of what it was asked and told: it may be forgotten at any time. */
export class Memory {
  readonly #most: number;
  #tellings: TellingCache;
  #events: EventCache;

  /** `most` tellings are remembered, and events of a third as many claims (default: 30,000). */
  constructor(most = TELLINGS) {
    this.#most = most;
    this.#tellings = this.#noTellings();
    this.#events = this.#noEvents();
  }

  get tellings(): TellingCache {
    return this.#tellings;
  }

  get events(): EventCache {
    return this.#events;
  }

  /** Forgets all of it: numbers given in a transaction that is undone are given again, to others. */
  forget(): void {
    this.#tellings = this.#noTellings();
    this.#events = this.#noEvents();
  }

  #noTellings(): TellingCache {
    return new Recent<number, Telling>(this.#most);
  }

  #noEvents(): EventCache {
    return new EventCache(Math.ceil(this.#most / 3));
  }
}
