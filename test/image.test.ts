import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fieldsOf, type Operation } from '../src/app/operation.ts';
import { OPERATIONS } from '../src/app/operations.ts';

// No machine of ours has an engine that builds images: this is what can be known of one without.

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly networks: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

interface Package {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly files: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const about = JSON.parse(read('package.json')) as Package;
const instructions = instructionsOf(read('Dockerfile'));
const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const compose = parse(read('compose.yaml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image.startsWith('readout:'));
/** Variables that PostgreSQL's own programs and driver know. */
const FOREIGN = ['PGPASSWORD', 'POSTGRES_DB', 'POSTGRES_PASSWORD', 'POSTGRES_USER', 'NODE_ENV'];

describe('the image', () => {
  test('is built from what there is and is not ignored', () => {
    const ignored = ignoring(read('.dockerignore'));
    const sources = instructions
      .filter(({ name, words }) => name === 'COPY' && !words[0]!.startsWith('--from'))
      .flatMap(({ words }) => words.slice(0, -1));
    expect(sources.length).toBeGreaterThan(8);
    for (const source of sources) {
      expect(statSync(`${ROOT}${source}`).isDirectory() || statSync(`${ROOT}${source}`).isFile()).toBe(true);
      expect(ignored(source), source).toBe(false);
    }
    // What builds has to be among it, with all that it reads.
    expect(sources).toEqual(expect.arrayContaining(['src', 'static', 'tsconfig.json', 'tsconfig.build.json']));
  });

  test('leaves records, secrets and history out', () => {
    const ignored = ignoring(read('.dockerignore'));
    for (const path of [
      '.env',
      '.git/config',
      'readout.sqlite',
      'data/readout.sqlite-wal',
      'bench',
      'node_modules',
      'dist',
      'src/index.test.ts',
    ]) {
      expect(ignored(path), path).toBe(true);
    }
    // Each file that git has under a copied folder comes along, but tests.
    const kept = execFileSync('git', ['ls-files', 'src', 'static', 'data', 'sql'], { cwd: ROOT, encoding: 'utf8' });
    const lost = kept.split('\n').filter((path) => path !== '' && ignored(path) && !path.endsWith('.test.ts'));
    expect(lost).toEqual([]);
  });

  test('holds all that the package holds, and nothing that only developers need', () => {
    const copied = last.filter(({ name }) => name === 'COPY').map(({ words }) => words.at(-1)!);
    // The schema is for who checks readings elsewhere: the program never reads it.
    for (const folder of about.files.filter((name) => name !== 'schema')) expect(copied).toContain(`/app/${folder}`);
    const runs = instructions.filter(({ name }) => name === 'RUN').map(({ words }) => words.join(' '));
    expect(runs).toContain('npm ci --ignore-scripts');
    expect(runs.some((run) => run.endsWith('npm prune --omit=dev --ignore-scripts'))).toBe(true);
    for (const run of runs.flatMap((line) => [...line.matchAll(/npm run ([\w-]+)/g)])) {
      expect(Object.keys(about.scripts)).toContain(run[1]);
    }
  });

  test('runs the built command, not as root, on the Node that the package is made with', () => {
    const one = (name: string) => last.find((instruction) => instruction.name === name)!.words.join(' ');
    const [node, command] = JSON.parse(one('ENTRYPOINT')) as [string, string];
    expect(node).toBe('node');
    expect(statSync(command.replace('/app/', ROOT)).isFile()).toBe(true);
    expect(one('USER')).toBe('node');
    const version = about.devDependencies['node']!.replace('^', '');
    for (const { words } of instructions.filter(({ name }) => name === 'FROM')) {
      expect(words[0]).toBe(`node:${version}-bookworm-slim`);
    }
  });

  test('says nothing that the code does not know', async () => {
    const one = (name: string) => last.find((instruction) => instruction.name === name)!.words.join(' ');
    expect(await unknownIn(JSON.parse(one('CMD')) as string[])).toEqual([]);
    expect(one('EXPOSE')).toBe(String(await usualPort()));
    const variables = [...one('ENV').matchAll(/(\w+)=/g)].map(([, name]) => name!);
    expect(variables.filter((name) => !isKnownVariable(name))).toEqual([]);
  });
});

describe('compose.yaml', () => {
  test('is of this version, with every tag pinned', () => {
    for (const [, { image }] of services) expect(image).toMatch(/^[\w/]+:\d+\.\d+(?:\.\d+)?(?:-\w+)?$/);
    for (const [, { image }] of ours) expect(image).toBe(`readout:${about.version}`);
  });

  test('names commands, options and variables that there are', async () => {
    for (const [, { command, environment }] of ours) {
      expect(await unknownIn(command!)).toEqual([]);
      expect(Object.keys(environment).filter((name) => !isKnownVariable(name))).toEqual([]);
    }
    for (const [, { healthcheck }] of ours) {
      const [, node, script, ...rest] = healthcheck?.test ?? [];
      if (script === undefined || script === '-e') continue;
      expect(node).toBe('node');
      expect(script).toBe('/app/dist/app/cli.js');
      expect(await unknownIn(rest)).toEqual([]);
    }
  });

  test('is reached from its own machine alone, and the database from nowhere', async () => {
    const { database, serve } = compose.services;
    const port = await usualPort();
    expect(serve!.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(serve!.healthcheck!.test.join(' ')).toContain(`http://127.0.0.1:${port}/`);
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['serve']);
    expect(database!.networks).toEqual(['inside']);
    expect(compose.networks['inside']!.internal).toBe(true);
  });

  test('bakes no secret in, and gives each container no more than it needs', () => {
    expect(read('compose.yaml')).not.toMatch(/PASSWORD: (?!\$\{POSTGRES_PASSWORD:\?)/);
    for (const [name, service] of services) {
      expect(service.read_only, name).toBe(true);
      expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      // Ours is the user of the image.
      if (!service.image.startsWith('readout:')) expect(service.user).toBe('postgres');
    }
  });

  test('waits for what is healthy, and names only services, volumes and networks that it has', () => {
    for (const [, { depends_on = {}, networks, volumes = [] }] of services) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy');
        expect(compose.services[name]!.healthcheck).toBeDefined();
      }
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
      for (const volume of volumes) {
        if (typeof volume === 'string') expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      }
    }
    expect(compose.services['worker']!.depends_on).toHaveProperty('database');
    expect(compose.services['serve']!.depends_on).toHaveProperty('worker');
  });
});

function read(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** The instructions of a Dockerfile, one that goes on over several lines as one. */
function instructionsOf(text: string): readonly { readonly name: string; readonly words: readonly string[] }[] {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  return lines
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => {
      const [name, ...words] = line.trim().split(/\s+/);
      return { name: name!, words };
    });
}

/** What a .dockerignore leaves out: of all lines that fit a path or a folder above it, the last one decides. */
function ignoring(text: string): (path: string) => boolean {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const rules = lines.map((line) => {
    const pattern = line
      .replace(/^!/, '')
      .replace(/[.]/g, '\\.')
      .replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
    return { keeps: line.startsWith('!'), fits: new RegExp(`^${pattern}(?:/.*)?$`) };
  });
  return (path) => rules.reduce((ignored, { keeps, fits }) => (fits.test(path) ? !keeps : ignored), false);
}

function isKnownVariable(name: string): boolean {
  if (FOREIGN.includes(name)) return true;
  return ['src/app/record.ts', 'src/app/review.ts'].some((file) => read(file).includes(`['${name}']`));
}

/** What a command line names that Readout has not. */
async function unknownIn([verb, ...words]: readonly string[]): Promise<readonly string[]> {
  const listed = OPERATIONS.find(({ name }) => name === verb);
  if (listed === undefined) return [String(verb)];
  const flags = fieldsOf((await listed.load()) as Operation).map(({ flag }) => flag);
  return words.filter((word) => word.startsWith('--') && !flags.includes(word));
}

async function usualPort(): Promise<number> {
  const serve = (await OPERATIONS.find(({ name }) => name === 'serve')!.load()) as Operation;
  return (serve.input.parse({}) as { port: number }).port;
}
