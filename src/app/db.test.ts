import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meetingReading } from '../../test/meeting.ts';
import { freshDatabase } from '../../test/postgres.ts';
import { runReadout } from '../../test/shell.ts';
import { Store } from '../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-db-'));
const db = join(folder, 'readout.sqlite');
const server = await freshDatabase('src/app/db.test.ts');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const store = await Store.open(db, { create: true });
  const readings = Array.from({ length: 60 }, (_, i) => meetingReading(i, 3000));
  const kept = { reader: 'test', added: '2022-01-01T00:00:00Z' };
  await store.addAll(readings.map((reading) => ({ ...kept, reading, received: reading.document })));
  await store.close();
});

/** Runs `readout db …` in the folder of the record, as a person would. */
function run(...args: readonly string[]) {
  return runReadout(['db', ...args], { cwd: folder });
}

describe('db check', () => {
  test('says that a record is whole, and how it knows', async () => {
    expect(await run('check')).toEqual({
      ...{ code: 0, err: '' },
      out: `${db} is whole: 60 documents, 60 events; --deep also reads every document.\n`,
    });
    expect((await run('check', '--deep')).out).toBe(`${db} is whole: 60 documents, 60 events.\n`);
  });

  test('names the faults, one a line, and ends with 1', async () => {
    const damaged = join(folder, 'damaged.sqlite');
    await run('backup', 'damaged.sqlite');
    const database = new DatabaseSync(damaged);
    database.exec('DELETE FROM marks WHERE event = 3; DELETE FROM readings WHERE document = 4');
    database.close();
    const { code, out, err } = await run('check', '--db', 'damaged.sqlite');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^1 documents without a text or a reading\n1 events out of the chronology\n\d+ marks that are counted wrong\n$/,
    );
    expect(err).toMatch(/damaged\.sqlite is damaged \(see above\)\. The remedy is a backup/);
  });

  test('of faults in events alone names the move that makes them anew, and that does', async () => {
    await run('backup', 'events.sqlite');
    const database = new DatabaseSync(join(folder, 'events.sqlite'));
    database.exec('DELETE FROM marks WHERE event = 3');
    database.close();
    expect((await run('check', '--db', 'events.sqlite')).err).toContain('`readout db move` to a new place');
    expect(await run('move', 'mended.sqlite', '--from', 'events.sqlite')).toMatchObject({
      ...{ code: 1, err: expect.stringMatching(/its events, made anew from them, are not those of .*Go on with/) },
    });
    expect(await run('check', '--deep', '--db', 'mended.sqlite')).toMatchObject({ code: 0 });
  });
});

describe('db backup', () => {
  test('writes a record that can be used as it is', async () => {
    const { code, out } = await run('backup', 'saturday.sqlite');
    expect({ code, out }).toEqual({
      code: 0,
      out: `${join(folder, 'saturday.sqlite')} holds all of ${db}; name it with --db to use it.\n`,
    });
    const timelines = [db, 'saturday.sqlite'].map((one) => runReadout(['timeline', '--db', one], { cwd: folder }));
    const [here, there] = await Promise.all(timelines);
    expect(there).toEqual(here);
    expect(await run('backup', 'saturday.sqlite')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is there already'),
    });
  });

  test.skipIf(server === undefined)('writes a server’s record to a file too', async () => {
    expect(await run('move', server!)).toMatchObject({ code: 0 });
    expect(await run('backup', 'server.sqlite', '--db', server!)).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'server.sqlite.part'))).toBe(false);
    expect((await run('check', '--deep', '--db', 'server.sqlite')).out).toContain('is whole: 60 documents');
  });
});

describe('db move', () => {
  test('prints what both sides hold', async () => {
    const { code, out } = await run('move', 'moved.sqlite');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(9);
    for (const [i, part] of ['documents', 'decisions', 'rest', 'events'].entries()) {
      const [source, target] = [lines[2 * i]!, lines[2 * i + 1]!];
      expect(source).toMatch(new RegExp(`^${part} +\\d+ {2}[0-9a-f]{32} {2}.*readout\\.sqlite$`));
      expect(target.split('  ').slice(0, -1)).toEqual(source.split('  ').slice(0, -1));
    }
    expect(lines[8]).toBe(`Both hold the same; ${db} stays as it is.`);
  });

  test('needs a place that holds no record', async () => {
    expect(await run('move', 'readout.sqlite')).toMatchObject({ code: 2 });
    expect(await run('move', '--from', 'readout.sqlite')).toMatchObject({
      code: 2,
      err: expect.stringContaining('db move TO'),
    });
    expect(await run('move', 'new.sqlite', '--from', 'absent.sqlite')).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, 'new.sqlite'))).toBe(false);
  });
});

describe('db vacuum', () => {
  test('gives back the room of what was deleted', async () => {
    await run('backup', 'large.sqlite');
    const database = new DatabaseSync(join(folder, 'large.sqlite'));
    database.exec('CREATE TABLE large AS SELECT randomblob(2000000) AS x; DROP TABLE large');
    database.close();
    const { code, out } = await run('vacuum', '--db', 'large.sqlite');
    expect(code).toBe(0);
    const [, before, after] = /large\.sqlite: (\d+\.\d) MB before, (\d+\.\d) MB now/.exec(out)!;
    expect(Number(before) - Number(after)).toBeGreaterThan(1.5);
    expect((await run('check', '--db', 'large.sqlite')).code).toBe(0);
  });

  test.skipIf(server === undefined)('does so on a server', async () => {
    const place = (await freshDatabase('src/app/db.test.ts'))!;
    await run('move', place);
    expect(await run('vacuum', '--db', place)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/MB before, .* MB now/),
    });
    expect((await run('check', '--db', place)).code).toBe(0);
  });
});

test.each([
  [['check', 'there']],
  [['vacuum', 'there']],
  [['backup']],
  [['mend']],
  [['check', '--from', 'readout.sqlite']],
  [['backup', 'postgres://db.example/readout']],
])('db %j is wrong usage, and says so', async (args) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toMatch(/^readout db: /);
});
