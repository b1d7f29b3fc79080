#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { runCommand } from './command.ts';
import type { Context } from './operation.ts';
import { Progress } from './progress.ts';

// `node:sqlite` announces on each start of Node 22 that it is new. That is news for us, not for the user.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

let readerLeft = false;
let failures = 0;
const stop = new AbortController();
const progress = new Progress(process.stderr, () => performance.now());

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `readout timeline | head` closes the pipe early: that is no error.
  if (error.code !== 'EPIPE') throw error;
  readerLeft = true;
  process.exit(failures > 0 ? 1 : 0);
});
process.stderr.on('error', () => {});
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    stop.abort();
    // A second signal ends at once, and so does the first when nobody listens to the abort.
    if (!serving()) process.exit(name === 'SIGINT' ? 130 : 143);
  });
}

const context: Context = {
  stdin: process.stdin,
  write(text) {
    if (readerLeft) return Promise.resolve();
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

try {
  process.exitCode = await runCommand(process.argv.slice(2), context, version(), () => failures > 0);
} catch (error) {
  // A fault of ours, not of the input: the stack is what whoever mends it needs.
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`readout: this should not happen; please report it.\n${detail}\n`);
  process.exitCode = 1;
} finally {
  progress.clear();
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}

function serving(): boolean {
  return process.argv[2] === 'serve';
}
