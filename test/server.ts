import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Said } from './keeper.ts';

/** A PostgreSQL of a test's own, with the settings of production: what is committed is on the disk. */
export interface Server {
  /** Address of its database `postgres`, for a user who may do anything. */
  readonly url: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again, at the same address. */
  start(): Promise<void>;
  /** Ends it for good; its data are gone. Ends by itself with this process, however that ends. */
  close(): Promise<void>;
}

/** Starts a PostgreSQL on the loopback address, or gives why this machine can start none. */
export async function startServer(): Promise<Server | { readonly failure: string }> {
  const entry = fileURLToPath(new URL('./keeper.ts', import.meta.url));
  const keeper: ChildProcess = spawn(process.execPath, [entry], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    detached: true,
  });
  const answers = createInterface({ input: keeper.stdout! })[Symbol.asyncIterator]();
  const answer = async (): Promise<Said> => {
    const { value } = await answers.next();
    return value === undefined ? { failure: 'its keeper ended' } : (JSON.parse(value) as Said);
  };
  const ask = async (command: string): Promise<void> => {
    keeper.stdin!.write(`${command}\n`);
    const said = await answer();
    if ('failure' in said) throw new Error(said.failure);
  };
  const said = await answer();
  if (!('url' in said)) return { failure: 'failure' in said ? said.failure : 'it did not start' };
  return {
    url: said.url,
    kill: () => ask('kill'),
    start: () => ask('start'),
    close: async () => {
      const ended = once(keeper, 'exit');
      keeper.stdin!.end();
      await ended;
    },
  };
}
