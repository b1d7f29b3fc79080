import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process printed, and how it ended: `code` is null after a signal. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** How a process is watched: `onLines` hears how many lines it has printed, and may kill it. */
export interface Watch {
  readonly onLines?: (lines: number, kill: () => void) => void;
  /** Kilobytes that each file it writes may have (default: any number). */
  readonly fileKilobytes?: number;
}

/** The entry of the command line, to be run from its sources. */
export const CLI = fileURLToPath(new URL('../src/app/cli.ts', import.meta.url));
/** A process that adds invented readings; see `adder.ts`. */
export const ADDER = fileURLToPath(new URL('./adder.ts', import.meta.url));

/** Runs a script in a process of its own, and gives what came of it. */
export async function runChild(args: readonly string[], { onLines, fileKilobytes }: Watch = {}): Promise<Ended> {
  const limited = ['-c', `ulimit -f ${fileKilobytes} && exec "$@"`, 'bash', process.execPath, ...args];
  const child =
    fileKilobytes === undefined
      ? spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('bash', limited, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    lines += chunk.toString().split('\n').length - 1;
    onLines?.(lines, () => child.kill('SIGKILL'));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out, err };
}

/** The numbers of the readings that a process of `adder.ts` said are in the record. */
export function toldAdded(out: string): readonly number[] {
  return [...out.matchAll(/^(?:added|known) (\d+)\n/gm)].map((match) => Number(match[1]));
}

/** A server in a process of its own. */
export interface ServingChild {
  readonly child: ChildProcess;
  /** The address that it printed, with its key. */
  readonly entry: URL;
  /** What it has told on standard error so far. */
  told(): string;
  /** Asks it to end, and gives its exit code when it has. */
  end(): Promise<number | null>;
}

/** Starts `readout serve` on a free port, from the command's sources or what was built of them. */
export async function serveInChild(db: string, command: string = CLI): Promise<ServingChild> {
  const child = spawn(process.execPath, [command, 'serve', '--port', '0', '--db', db], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const failed = ended.then((): never => {
    throw new Error(`The server ended: ${told}`);
  });
  failed.catch(() => {});
  const begun = new Promise<string>((done) => child.stdout.once('data', (chunk: Buffer) => done(chunk.toString())));
  return {
    child,
    entry: new URL((await Promise.race([begun, failed])).trim()),
    told: () => told,
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
