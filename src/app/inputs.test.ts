import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InputOptions, takeInputs } from './inputs.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readout-inputs-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function take(inputs: readonly string[], options: Partial<InputOptions> = {}): Promise<readonly string[]> {
  const told: string[] = [];
  for await (const taken of takeInputs(inputs, { stdin: bytes('From standard input.'), cwd: folder, ...options })) {
    told.push('failure' in taken ? `${taken.input} ! ${taken.failure.code}` : `${taken.input}: ${taken.document.text}`);
  }
  return told;
}

test('a folder is read in the order of its names, folders inside it too', async () => {
  await mkdir(join(folder, 'b'));
  await writeFile(join(folder, 'c.txt'), 'C.');
  await writeFile(join(folder, 'b', '2.txt'), 'B two.');
  await writeFile(join(folder, 'b', '10.txt'), 'B ten.');
  await writeFile(join(folder, 'Z.txt'), 'Z.');
  await writeFile(join(folder, '.hidden'), 'H.');
  expect(await take(['.'])).toEqual(['Z.txt: Z.', 'b/10.txt: B ten.', 'b/2.txt: B two.', 'c.txt: C.']);
});

test('what cannot be read is a failure that names it, and the rest goes on', async () => {
  await writeFile(join(folder, 'a.txt'), new Uint8Array([0x61, 0xff, 0x62]));
  await writeFile(join(folder, 'b.bin'), new Uint8Array([0, 1, 2]));
  await symlink(join(folder, 'gone'), join(folder, 'c.txt'));
  await writeFile(join(folder, 'd.txt'), 'D.');
  expect(await take(['nowhere.txt', '.', '-'])).toEqual([
    'nowhere.txt ! input.missing',
    'a.txt ! input.encoding',
    'b.bin ! input.binary',
    'c.txt ! input.missing',
    'd.txt: D.',
    'standard input: From standard input.',
  ]);
});

test('a failure names the input as the user wrote it and says what to do', async () => {
  for await (const taken of takeInputs(['no/such.txt'], { stdin: bytes(''), cwd: folder })) {
    expect('failure' in taken && taken.failure.message).toMatch(/^no\/such\.txt: no such file or folder\. Check/);
  }
});

test('a date that is none stops before anything is opened', async () => {
  await expect(take(['nowhere.txt'], { published: 'yesterday' })).rejects.toMatchObject({ code: 'option.date' });
  await expect(take([], { published: '16/13/2021' })).rejects.toThrow('--published');
});

test('an aborted run stops between two documents', async () => {
  await writeFile(join(folder, 'a.jsonl'), '{"text":"One."}\n{"text":"Two."}\n');
  const stop = new AbortController();
  const told: string[] = [];
  const run = async () => {
    for await (const taken of takeInputs(['a.jsonl'], { stdin: bytes(''), cwd: folder, signal: stop.signal })) {
      told.push(taken.input);
      stop.abort();
    }
  };
  await expect(run()).rejects.toThrow();
  expect(told).toHaveLength(1);
});
