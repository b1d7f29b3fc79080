import { runCommand } from '../src/app/command.ts';
import type { Context } from '../src/app/operation.ts';

/** What a command line gave. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with its output gathered. Today is 1 February 2032. */
export async function runReadout(args: readonly string[], given: Partial<Context> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  let failures = 0;
  const context: Context = {
    stdin: (async function* () {})(),
    write: async (text) => {
      out += text;
    },
    tell: (line) => {
      err += `${line}\n`;
    },
    fail: (error) => {
      failures += 1;
      err += `readout: ${error.message}\n`;
    },
    progress: () => {},
    env: {},
    cwd: process.cwd(),
    color: false,
    now: () => new Date('2032-02-01T00:00:00Z'),
    signal: new AbortController().signal,
    ...given,
  };
  const code = await runCommand(args, context, '0.0.0', () => failures > 0);
  return { code, out, err };
}
