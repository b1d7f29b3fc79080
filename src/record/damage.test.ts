import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import { type Story, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { ReadoutError } from '../error.ts';
import { checkRecord } from './check.ts';
import { digestOf } from './digest.ts';
import { fileError } from './sqlite.ts';
import { Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-damage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const whole = join(folder, 'whole.sqlite');
let files = 0;

beforeAll(async () => {
  const store = await Store.open(whole, { create: true });
  // Some hundred pages of 4 KiB.
  const rounds = Array.from({ length: 12 }, (_, round) =>
    SUMMIT.map(
      (story): Story => ({ ...story, outlet: `${story.outlet} ${round}`, text: `${story.text} No. ${round}.` }),
    ),
  );
  const readings = rounds.flat().map(storyReading);
  const kept = { reader: 'test', added: '2022-01-01T00:00:00Z' };
  await store.addAll(readings.map((reading) => ({ ...kept, reading, received: reading.document })));
  await store.engine.vacuum();
  await store.close();
});

/** A copy of the whole record, to be damaged. */
function copy(): string {
  const path = join(folder, `${++files}.sqlite`);
  copyFileSync(whole, path);
  return path;
}

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

/** Reads all there is of a record; gives what a person would be told, or undefined when all could be read. */
async function readAll(path: string): Promise<string | undefined> {
  try {
    const store = await Store.open(path);
    try {
      await digestOf(store);
      await store.documents();
      await store.searchDocuments('fishing', { limit: 5 });
      await store.partyNames();
      await store.news(undefined, 10);
      return undefined;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof ReadoutError) return `${error.code} ${error.message}`;
    throw error;
  }
}

describe('a record that is damaged', () => {
  test('in the middle is told so, with the file and the remedy, whatever is asked', async () => {
    const path = copy();
    const { size } = statSync(path);
    for (let at = 3 * 4096; at < size; at += 5 * 4096) overwrite(path, at, new Uint8Array(4096).fill(0xa5));
    for (const args of [
      ['timeline'],
      ['brief', 'FIN', 'NOR'],
      ['db', 'check'],
      ['export', '--format', 'jsonl'],
      ['db', 'move', `${path}.to`],
    ]) {
      const { code, err } = await runReadout([...args, '--db', path]);
      expect({ args, code }).toEqual({ args, code: 1 });
      expect(err).toContain(path);
      expect(err).toMatch(/damaged.*(?:readout db check|see above).*backup/s);
      expect(err).not.toMatch(/\n {4}at /);
    }
  });

  test('by any bytes at any place gives an answer or a sentence, never a fault of ours', async () => {
    const { size } = statSync(whole);
    const damage = fc.record({
      at: fc.integer({ min: 0, max: size - 1 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
    });
    const told = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        const path = copy();
        for (const { at, bytes } of damages) overwrite(path, at, bytes);
        const message = await readAll(path);
        const code = message?.split(' ')[0] ?? 'nothing';
        told.set(code, (told.get(code) ?? 0) + 1);
        if (message !== undefined) expect(message).toMatch(/^record\.(?:damaged|open|version|unfinished|read-only) /);
        rmSync(path);
      }),
      { numRuns: process.env['SOAK'] ? 3000 : 60 },
    );
    expect(told.get('record.damaged')).toBeGreaterThan(0);
  });

  test.each([
    ['whose words have a table that is none', ["UPDATE sqlite_schema SET sql = replace(sql, 'tokenize', 'token ize')"]],
    ['whose numbers are larger than JavaScript has', ['UPDATE documents SET claims = 3616445691866394925']],
    [
      'whose claims are a text',
      [
        "UPDATE sqlite_schema SET sql = replace(sql, 'BLOB', 'ANY') WHERE name = 'tellings'",
        "UPDATE tellings SET body = 'a text'",
      ],
    ],
  ])('%s is told so', async (_, changes) => {
    const path = copy();
    for (const change of changes) {
      const database = new DatabaseSync(path);
      database.enableDefensive(false);
      database.exec('PRAGMA writable_schema = ON');
      database.exec(change);
      database.close();
    }
    expect(await readAll(path)).toMatch(/^record\.damaged .*damaged/);
  });

  test('which lost its numbers takes nothing in, and is told so', async () => {
    const path = copy();
    const database = new DatabaseSync(path);
    database.exec("DELETE FROM counters WHERE name = 'claim'");
    database.close();
    const { code, err } = await runReadout(['add', '--db', path, '-'], {
      stdin: (async function* () {
        yield Buffer.from('Norway’s foreign minister met Finland’s in Oslo on 3 May 2021.');
      })(),
    });
    expect(code).toBe(1);
    expect(err).toMatch(/the number given last to a claim is lost.*readout db check/);
  });

  // What a damaged row claims to be long is not to be had; SQLite says no more than that memory is out.
  test.each([
    [7, 'out of memory'],
    [18, 'string or blob too big'],
    [1, 'parse error in “token ize”'],
  ])('so that SQLite answers %i is told with its words', (errcode, message) => {
    expect(fileError(Object.assign(new Error(message), { errcode }), 'a.sqlite')).toMatchObject({
      code: 'record.damaged',
      message: `a.sqlite: it is damaged (SQLite says “${message}”); \`readout db check\` says where, and the remedy is a backup (\`readout db backup\` makes them).`,
    });
  });

  test('and cut off is told so', async () => {
    const { size } = statSync(whole);
    for (const part of [0.9, 0.5, 0.1]) {
      const path = copy();
      truncateSync(path, Math.floor((size * part) / 4096) * 4096);
      expect(await readAll(path)).toMatch(/^record\.damaged .*damaged/);
    }
    const path = copy();
    truncateSync(path, 1000);
    expect(await readAll(path)).toMatch(/^record\.(?:damaged|open) .*damaged/);
  });

  test('within a reading is found by reading everything, and named', async () => {
    const path = copy();
    const database = new DatabaseSync(path);
    database.exec("UPDATE texts SET text = replace(text, 'Geneva', 'Genova') WHERE document = 7");
    database.close();
    const store = await Store.open(path);
    expect(await checkRecord(store)).toEqual([]);
    expect((await checkRecord(store, { deep: true }))[0]).toMatch(/number 7.*another text/);
    await store.close();
    const { code, out } = await runReadout(['db', 'check', '--deep', '--db', path]);
    expect(code).toBe(1);
    expect(out).toMatch(/number 7/);
  });
});

describe('what is no record', () => {
  test.each([
    ['a text', Buffer.from('Dear diary, this file has nothing to do with it. '.repeat(40)), /no record of Readout/],
    ['a file of nothing', Buffer.alloc(0), /is empty, and no record/],
    ['a file of zeros', Buffer.alloc(8192), /no record of Readout/],
    ['a record whose beginning is overwritten', 'head', /no record of Readout, or its beginning is damaged/],
  ])('%s is named and left as it is', async (name, bytes, told) => {
    const path = bytes === 'head' ? copy() : join(folder, `${name}.sqlite`);
    if (bytes === 'head') overwrite(path, 0, Buffer.from('some other magic'));
    else writeFileSync(path, bytes);
    const before = readFileSync(path);
    for (const verb of [['timeline'], ['db', 'check'], ['db', 'vacuum']]) {
      const { code, err } = await runReadout([...verb, '--db', path]);
      expect(code).toBe(1);
      expect(err).toMatch(told);
      expect(err).toContain(path);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('another program’s database is named and left as it is, its way of writing too', async () => {
    const path = join(folder, 'recipes.sqlite');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE recipes (name TEXT)');
    database.close();
    const before = readFileSync(path);
    for (const verb of [['timeline'], ['add', whole], ['db', 'check']]) {
      const { code, err } = await runReadout([...verb, '--db', path]);
      expect(code).toBe(1);
      expect(err).toContain('not a record of Readout');
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a folder is named', async () => {
    const { code, err } = await runReadout(['timeline', '--db', folder]);
    expect(code).toBe(1);
    expect(err).toContain(folder);
  });
});
