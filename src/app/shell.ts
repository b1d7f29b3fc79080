import { readFileSync } from 'node:fs';
import type { Context } from './operation.ts';
import { Progress } from './progress.ts';

/** A context on this process, and what a shell needs to know when the work is done. */
export interface Shell {
  readonly context: Context;
  /** True once an input has failed: the exit code is 1. */
  failed(): boolean;
  /** Takes the progress line away. */
  end(): void;
}

/**
 * Binds a context to this process: its streams, environment, folder, clock and signals.
 *
 * A reader of standard output that leaves early (`| head`) ends the process quietly. `lingering` says that the work
 * ends by itself after SIGINT or SIGTERM (a server closing); otherwise the first signal ends the process at once, which
 * is safe at any moment.
 */
export function openShell({ lingering }: { readonly lingering: boolean }): Shell {
  // `node:sqlite` announces on each start of Node 22 that it is new. That is news for us, not for the user.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
  });
  let failures = 0;
  const stop = new AbortController();
  const progress = new Progress(process.stderr, () => performance.now());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(failures > 0 ? 1 : 0);
  });
  process.stderr.on('error', () => {});
  for (const [name, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.once(name, () => {
      stop.abort();
      if (!lingering) process.exit(code);
    });
  }
  const context: Context = {
    stdin: process.stdin,
    write(text) {
      progress.clear();
      return new Promise((resolve) => {
        process.stdout.write(text, () => resolve());
      });
    },
    tell(line) {
      progress.clear();
      process.stderr.write(`${line}\n`);
    },
    fail(error) {
      failures += 1;
      progress.clear();
      process.stderr.write(`readout: ${error.message}\n`);
    },
    progress(line) {
      progress.show(line);
    },
    env: process.env,
    cwd: process.cwd(),
    color: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    now: () => new Date(),
    signal: stop.signal,
  };
  return { context, failed: () => failures > 0, end: () => progress.clear() };
}

/** The version of this package. */
export function packageVersion(): string {
  return packageFile().version;
}

/** What to tell whoever runs this on a Node that is too old for it; undefined on one that is not. */
export function oldNodeWords(version: string): string | undefined {
  const needed = packageFile().engines.node.replace(/^>=/, '');
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const [leastMajor, leastMinor] = needed.split('.').map(Number) as [number, number];
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Node ${needed} or newer is needed, and this is ${version}; \`npx readout\` in the folder of Readout runs on the one that \`npm ci\` brought.`;
}

function packageFile(): { readonly version: string; readonly engines: { readonly node: string } } {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
}

/** Says a fault of ours, not of the input: the stack is what whoever mends it needs. */
export function tellFault(error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`readout: this should not happen; please report it.\n${detail}\n`);
}
