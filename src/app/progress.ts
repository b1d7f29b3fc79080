/** What {@link Progress} writes to: standard error, or a list in a test. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const SILENT_MS = 1000;
const TERMINAL_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5000;

/**
 * A progress line: nothing in the first second, then on a terminal one line that is written over at most ten times a
 * second, and elsewhere (a log file) a line every five seconds.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #clock: () => number;
  readonly #start: number;
  #last: number;
  #shown = false;

  /** `clock` gives milliseconds. */
  constructor(stream: ProgressStream, clock: () => number) {
    this.#stream = stream;
    this.#clock = clock;
    this.#start = clock();
    this.#last = Number.NEGATIVE_INFINITY;
  }

  show(line: string): void {
    const now = this.#clock();
    if (now - this.#start < SILENT_MS) return;
    const terminal = this.#stream.isTTY === true;
    if (now - this.#last < (terminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS)) return;
    this.#last = now;
    if (terminal) {
      this.#stream.write(`\r\u001b[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
      this.#shown = true;
    } else {
      this.#stream.write(`${line}\n`);
    }
  }

  /** Takes the line away, so that other output does not stand behind it. */
  clear(): void {
    if (!this.#shown) return;
    this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}
