import type { ReadoutError } from '../error.ts';
import type { Context } from './operation.ts';

/** How many bytes of the inputs have been read, of how many; `total` is null where that cannot be known. */
export interface Meter {
  read: number;
  total: number | null;
}

/** What a tally needs of whoever asks. */
type Asker = Pick<Context, 'progress' | 'fail' | 'now'>;

/** Kinds of failures remembered; what came after them is counted alone. */
const MOST_KINDS = 200;

/**
 * Counts what a long job has done and what failed, tells its progress on standard error while it runs (how many, how
 * many a second, how much time is left) and what could not be read at its end.
 */
export class Tally {
  readonly #asker: Asker;
  readonly #json: boolean;
  readonly #meter: Meter;
  readonly #started: number;
  readonly #counts: Map<string, number>;
  readonly #kinds = new Map<string, number>();
  #failed = 0;

  /** `words` say what can come of an input ("added", "known already"), in the order in which they are told. */
  constructor(
    words: readonly string[],
    asker: Asker,
    { json = false, meter = { read: 0, total: null } }: { readonly json?: boolean; readonly meter?: Meter } = {},
  ) {
    this.#asker = asker;
    this.#json = json;
    this.#meter = meter;
    this.#started = asker.now().getTime();
    this.#counts = new Map(words.map((word) => [word, 0]));
  }

  /** One more that came to `word`. */
  count(word: string): void {
    this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
    this.#asker.progress(this.line());
  }

  /** One that failed: told at once, and again by its kind at the end. */
  fail(failure: ReadoutError): void {
    this.#failed += 1;
    this.#asker.fail(failure);
    // What stands before the first ": " is the input; what is alike behind it is one kind.
    const { message } = failure;
    const kind = message.slice(message.indexOf(': ') + 2).replace(/\d+|"[^"]*"/g, '…');
    if (this.#kinds.size < MOST_KINDS || this.#kinds.has(kind)) this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    this.#asker.progress(this.line());
  }

  /** How many failed. */
  get failed(): number {
    return this.#failed;
  }

  /** Where the job stands, for a person or as JSON. */
  line(): string {
    const tookMs = Math.max(this.#asker.now().getTime() - this.#started, 1);
    const done = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
    const perSecond = Math.round((done / tookMs) * 10_000) / 10;
    const { read, total } = this.#meter;
    const secondsLeft = total !== null && read > 0 ? Math.round(((total - read) * tookMs) / read / 1000) : null;
    if (this.#json) {
      const counts = Object.fromEntries([...this.#counts].map(([word, count]) => [word.split(' ')[0]!, count]));
      return JSON.stringify({ ...counts, failed: this.#failed, perSecond, secondsLeft });
    }
    const told = [...this.#counts].map(([word, count]) => `${count} ${word}`);
    const left = secondsLeft === null ? '' : `, ${durationOf(secondsLeft)} left`;
    return `${told.join(', ')}, ${this.#failed} failed, ${perSecond.toFixed(1)} a second${left}`;
  }

  /** What came of it, in a line, and the failures by kind where there are many. */
  summary(): string {
    const told = [...this.#counts].map(([word, count]) => `${count} ${word}`);
    if (this.#failed > 0) told.push(`${this.#failed} could not be read`);
    const first = `${told.join(', ')}.`;
    if (this.#failed < 10) return first;
    const kinds = [...this.#kinds].sort((a, b) => b[1] - a[1]).slice(0, 20);
    return [first, ...kinds.map(([kind, count]) => `  ${String(count).padStart(6)} × ${kind}`)].join('\n');
  }
}

function durationOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
