import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A block of code in a page of the documentation.
 *
 * The words after its three backticks say what the tests do with it:
 *
 * | words | |
 * |---|---|
 * | `sh run` | runs it in the page's folder; `sh run 1` expects that exit code |
 * | `sh run beside` | starts it, and leaves it running beside what follows |
 * | `… postgres` | only where there is a PostgreSQL |
 * | `text printed` | what the block that ran last prints; `…` stands for what is left out, in a line or as one |
 * | `LANGUAGE file NAME` | a file of this name in the page's folder |
 */
export interface Block {
  readonly words: readonly string[];
  readonly text: string;
  /** The line that it begins at, from 1. */
  readonly line: number;
}

/** What stands in a page beside what the tests have: an address of the page for one of this machine. */
export interface Stand {
  readonly shown: string;
  readonly real: string;
}

/** What a block that ran printed, written as the page would; and what the page says it prints, if it says so. */
export interface Outcome {
  readonly block: Block;
  readonly code: number | null;
  readonly output: string;
  readonly printed: string | undefined;
}

const COMMAND = fileURLToPath(new URL('../dist/app/cli.js', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../samples', import.meta.url));
/** What a terminal takes away again: how far a long command is. */
const PROGRESS =
  /^(?:\d+ (?:added|queued), .* a second.*|[A-Z][a-z ]+: \d+ (?:of \d+ )?documents|\d+ of \d+ decisions)\n/gm;
const BEGIN_MS = 20_000;

/** The blocks of code of a page, in order. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const fence = /^( *)```(.*)$/.exec(lines[at]!);
    if (fence === null) continue;
    const end = lines.findIndex((line, i) => i > at && line.trim() === '```');
    if (end === -1) throw new TypeError(`The block of line ${at + 1} does not end.`);
    const text = lines.slice(at + 1, end).map((line) => line.slice(fence[1]!.length));
    blocks.push({ words: fence[2]!.split(' ').filter(Boolean), text: `${text.join('\n')}\n`, line: at + 1 });
    at = end;
  }
  return blocks;
}

/** True for a block that the tests run. */
export function isRun({ words }: Block): boolean {
  return words[0] === 'sh' && words[1] === 'run';
}

/**
 * Follows a page as a reader does: runs its blocks in order in a folder of its own, where `npx readout` is the built
 * command and `samples` are the samples. What runs beside the others is ended as Ctrl-C ends it; its code comes last.
 * `has` says for which blocks there is what they need (default: all).
 */
export async function follow(
  blocks: readonly Block[],
  given: readonly Stand[],
  has: (block: Block) => boolean = () => true,
): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'readout-guide-'));
  const beside: { block: Block; child: ChildProcess }[] = [];
  const outcomes: Outcome[] = [];
  try {
    const env = {
      ...process.env,
      PATH: `${commandFolder(folder)}:${process.env['PATH']}`,
      USER: 'desk',
      NO_COLOR: '1',
    };
    delete (env as Record<string, unknown>)['READOUT_DB'];
    const home = join(folder, 'readout');
    mkdirSync(home);
    symlinkSync(SAMPLES, join(home, 'samples'));
    const port = await freePort();
    const stands = [...given, { shown: '4173', real: String(port) }];
    for (const [at, block] of blocks.entries()) {
      const [, what, name] = block.words;
      if (what === 'file') writeFileSync(join(home, name!), toReal(block.text, stands));
      if (!isRun(block) || !has(block)) continue;
      const next = blocks[at + 1];
      const printed = next?.words[1] === 'printed' ? next.text : undefined;
      // One pipe for both, as on a terminal: what comes first stands first.
      const script = `exec 2>&1\nset -eu\n${portGiven(toReal(block.text, stands), port)}`;
      const child = spawn('bash', ['-c', script], {
        cwd: home,
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
        detached: true,
      });
      const heard = listenTo(child);
      const running = block.words.includes('beside');
      if (running) {
        beside.push({ block, child });
        await heard.lines(printed?.trim().split('\n').length ?? 1);
      } else await once(child, 'close');
      const output = toShown(heard.text(), stands, home).replace(PROGRESS, '');
      outcomes.push({ block, code: running ? 0 : child.exitCode, output, printed });
    }
    for (const { block, child } of beside) {
      const closed = child.exitCode === null ? once(child, 'close') : undefined;
      process.kill(-child.pid!, 'SIGINT');
      await closed;
      outcomes.push({ block, code: child.exitCode, output: '', printed: undefined });
    }
    return outcomes;
  } finally {
    for (const { child } of beside) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The page's words where they stand for what was printed, else what was printed: they are compared. */
export function asPrinted({ output, printed }: Outcome): string {
  const parts = printed!.split('\n').map((line) => {
    if (line.trim() === '…') return '(?:.*\n)*?';
    return `${line.split('…').map(escaped).join('.*')}\n`;
  });
  return new RegExp(`^${parts.join('').replace(/\n$/, '')}$`).test(output) ? printed! : output;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A folder in which `npx` runs the built command: the real one takes a second to find what is beside it. */
function commandFolder(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const file = join(bin, 'npx');
  writeFileSync(
    file,
    `#!/bin/sh\n[ "$1" = readout ] || { echo "npx: expected readout, got $1" >&2; exit 127; }\nshift\nexec '${process.execPath}' '${COMMAND}' "$@"\n`,
  );
  chmodSync(file, 0o755);
  return bin;
}

/** Servers of tests that run at once must not meet at one port, and feeds of a test are on this machine. */
function portGiven(script: string, port: number): string {
  return script
    .replace(/(?<=\breadout serve\b)(?![^\n]*--port)/g, ` --port ${port}`)
    .replace(/(?<=\breadout watch\b)/g, ' --allow-private');
}

function toReal(text: string, stands: readonly Stand[]): string {
  return stands.reduce((all, { shown, real }) => all.replaceAll(shown, real), text);
}

function toShown(text: string, stands: readonly Stand[], home: string): string {
  const back = stands.reduce((all, { shown, real }) => all.replaceAll(real, shown), text);
  return back.replaceAll(home, '/home/desk/readout').replaceAll('\r\n', '\n');
}

async function freePort(): Promise<number> {
  const socket = createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  socket.close();
  await once(socket, 'close');
  return port;
}

function listenTo(child: ChildProcess) {
  let heard = '';
  let tell = () => {};
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    heard += chunk;
    tell();
  });
  return {
    text: () => heard,
    /** Waits until so many lines were printed, or the process has ended, or for a time that is long enough. */
    lines: (count: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, BEGIN_MS);
        tell = () => {
          if (heard.split('\n').length <= count) return;
          clearTimeout(timer);
          resolve();
        };
        child.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
        tell();
      }),
  };
}
