/** How long those in line are answered before the server looks who else has come. */
const TURN_MS = 2;

/**
 * A line in which requests wait, the first to come first. The system hands over one new connection each time that the server
 * looks (libuv accepts one a turn of its loop), so a server that answers all it has before it looks again keeps the last of
 * fifty waiting for fifty rounds. Here it looks after 2 ms, or after one request that takes longer.
 */
export class Line {
  readonly #waiting: (() => void)[] = [];
  readonly #turnMs: number;
  #isMoving = false;
  #until = 0;

  /** `turnMs`: see above (default: 2). */
  constructor(turnMs = TURN_MS) {
    this.#turnMs = turnMs;
  }

  /** Does something when it is its turn: at once where nobody waits. Gives what it gives. */
  join<Result>(work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve) => {
      this.#waiting.push(() => resolve(work()));
      if (this.#isMoving) return;
      this.#isMoving = true;
      this.#turn();
    });
  }

  #turn(): void {
    this.#until = performance.now() + this.#turnMs;
    this.#next();
  }

  #next(): void {
    const start = this.#waiting.shift();
    if (start === undefined) {
      this.#isMoving = false;
      return;
    }
    start();
    // What it does without waiting for the system is done when the microtasks are, and then comes the next tick.
    queueMicrotask(() =>
      process.nextTick(() => {
        if (performance.now() < this.#until) this.#next();
        else setImmediate(() => this.#turn());
      }),
    );
  }
}
