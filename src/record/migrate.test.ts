import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { CLI, runChild } from '../../test/child.ts';
import { freshDatabase } from '../../test/postgres.ts';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { checkRecord } from './check.ts';
import { migrateSqlite, migrationsOf } from './migrate.ts';
import { Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NEWEST = migrationsOf('sqlite').at(-1)!.number;
// A text that SQL cannot hold as it is, and the reports of the summit.
const readings = [
  ...SUMMIT.map(storyReading),
  storyReading({
    ...{ outlet: '=cmd()', published: null, text: 'Nil \u0000 byte, lone \ud800 half: Bo spoke.' },
    actors: [{ name: 'Bo', country: null, kind: 'unknown' }],
    claims: [{ sentence: 'Bo spoke.', trigger: 'spoke', event: 'CONSULT', actors: ['Bo'] }],
  }),
];

/** Makes a record as Readout 0.1 of schema 3 left it, with rows as its `store.ts` and `intake.ts` wrote them. */
function oldRecord(name: string): string {
  const path = join(folder, `${name}.sqlite`);
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  for (const { sql } of migrationsOf('sqlite').slice(0, 3)) database.exec(sql);
  database.exec(`PRAGMA application_id = ${0x52444f54}; PRAGMA user_version = 3`);
  const insert = (table: string, row: Readonly<Record<string, string | number | null>>) => {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`).run(...Object.values(row));
  };
  for (const [index, { document, ...lists }] of readings.entries()) {
    const { text, ...head } = document;
    const { title, url, outlet, published } = document;
    const added = `2022-01-0${index + 1}T00:00:00Z`;
    insert('documents', {
      ...{ id: document.id, title, url, language: 'en', outlet: outlet!.name, outlet_kind: outlet!.kind },
      ...{ outlet_country: null, published_from: published?.from ?? null, published_to: published?.to ?? null },
      text: text.replaceAll('\0', '\ufffd'),
      exact: /\p{Surrogate}/u.test(text) || text.includes('\0') ? JSON.stringify(text) : null,
      ...{ head: JSON.stringify(head), received: JSON.stringify({ title, url, outlet, published }) },
      ...{ reading: JSON.stringify(lists), reader: 'readout/0.1.0', added, origin: document.id, address: null },
    });
    insert('arrivals', { document: document.id, added });
    for (const [ordinal, claim] of lists.claims.entries()) {
      const { trigger } = claim.evidence;
      insert('claims', {
        ...{ id: `${document.id.slice(0, 8)}${ordinal}`, document: document.id, ordinal, type: claim.event },
        ...{ status: claim.status, trigger_from: trigger.from, trigger_to: trigger.to, telling: '{}' },
      });
    }
  }
  insert('feeds', { url: 'https://a.example/feed', etag: '"7"', modified: null, checked: '2022-01-02', problem: null });
  insert('pages', { url: 'https://a.example/1', checked: '2022-01-02', document: null, problem: 'gone', attempts: 3 });
  insert('inputs', { path: '/in/a.warc', size: 7, changed: '2022-01-01T00:00:00Z', done: '2022-01-02T00:00:00Z' });
  database.close();
  return path;
}

function numbered(number: number) {
  const text = `Chad met Mali over well ${number} on 3 March 2022.`;
  return storyReading({
    ...{ outlet: `Outlet ${number}`, published: '2022-03-04', text },
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Mali', country: 'MLI', kind: 'state' },
    ],
    claims: [
      { sentence: text, trigger: 'met', event: 'CONSULT', actors: ['Chad', 'Mali'], when: ['2022-03-03', '3 March'] },
    ],
  });
}

/** A record that was never older, with the same documents. */
async function newRecord(): Promise<Store> {
  const store = await Store.open(join(folder, `new-${Math.random()}.sqlite`), { create: true });
  const kept = { reader: 'readout/0.1.0', added: '2022-01-01T00:00:00Z' };
  await store.addAll(readings.map((reading) => ({ ...kept, reading, received: reading.document })));
  return store;
}

function schemaIn(path: string): { readonly version: number; readonly documents: number } {
  const database = new DatabaseSync(path, { readOnly: true });
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  const { documents } = database.prepare('SELECT count(*) AS documents FROM documents').get() as { documents: number };
  database.close();
  return { version, documents };
}

describe('a record of schema 3', () => {
  test('is brought up to date with every text, reading and arrival, and its events are made anew', async () => {
    const path = oldRecord('old');
    const store = await Store.open(path);
    const expected = await newRecord();
    expect(await checkRecord(store, { deep: true })).toEqual([]);
    expect(await store.events()).toEqual(await expected.events());
    for (const reading of readings) expect(await store.reading(reading.document.id)).toEqual(reading);
    const arrivals = await store.intake.arrivals(0, 100);
    expect(arrivals.map(({ number, id }) => [number, id])).toEqual(readings.map((one, i) => [i + 1, one.document.id]));
    expect(arrivals.map(({ added }) => added)).toEqual(readings.map((_, i) => `2022-01-0${i + 1}T00:00:00Z`));
    expect(await store.intake.marksOf('https://a.example/feed')).toEqual({ etag: '"7"', modified: null });
    expect(await store.intake.page('https://a.example/1')).toMatchObject({ problem: 'gone', attempts: 3 });
    expect(await store.intake.inputDone('/in/a.warc', { size: 7, changed: '2022-01-01T00:00:00Z' })).toBe(true);
    expect((await store.searchDocuments('fishing grounds', { limit: 9 })).length).toBeGreaterThan(0);
    expect(await store.party('Norway')).toBe('NOR');
    expect(await store.knows(readings[0]!.document)).toBe(true);
    await store.close();
    await expected.close();
  });

  test('leaves a copy of itself as it was, once', async () => {
    const path = oldRecord('kept');
    await (await Store.open(path)).close();
    const copy = `${path}.before-${NEWEST}`;
    expect(schemaIn(copy)).toEqual({ version: 3, documents: readings.length });
    const made = statSync(copy).mtimeMs;
    await (await Store.open(path)).close();
    expect(statSync(copy).mtimeMs).toBe(made);
    // The copy is a record like any other.
    const again = await Store.open(copy);
    expect(await again.countDocuments()).toBe(readings.length);
    await again.close();
  });

  test('opened by several processes at once is migrated once, and the copy is of what was there before', async () => {
    const path = oldRecord('crowd');
    const ended = await Promise.all(
      Array.from({ length: 4 }, () => runChild([CLI, 'db', 'check', '--deep', '--db', path])),
    );
    for (const { code, err, out } of ended) {
      expect({ code, told: err.match(/readout.*/)?.[0] }).toEqual({ code: 0, told: undefined });
      expect(out).toContain('is whole');
    }
    expect(schemaIn(`${path}.before-${NEWEST}`)).toEqual({ version: 3, documents: readings.length });
  });

  test.skipIf(process.platform === 'win32')('stays as it was when there is no room for the copy', async () => {
    const path = oldRecord('full');
    const { code, err } = await runChild([CLI, 'timeline', '--db', path], { fileKilobytes: 40 });
    expect(code).toBe(1);
    expect(err).toMatch(/^readout timeline: .*full\.sqlite: the disk/);
    expect(schemaIn(path)).toEqual({ version: 3, documents: readings.length });
    expect(readdirSync(folder).filter((name) => name.startsWith('full.sqlite.before'))).toEqual([]);
  });

  test('stays as it was when a step fails', async () => {
    const path = oldRecord('failing');
    const before = readFileSync(path);
    const steps = [...migrationsOf('sqlite'), { number: NEWEST + 1, sql: 'DROP TABLE texts; SELECT no_such_thing;' }];
    const database = new DatabaseSync(path);
    expect(() => migrateSqlite(database, path, { migrations: steps })).toThrow(/no_such_thing/);
    expect(schemaIn(path)).toEqual({ version: 3, documents: readings.length });
    database.close();
    expect(readFileSync(path).equals(before)).toBe(true);
    const store = await Store.open(path);
    expect(await store.countDocuments()).toBe(readings.length);
    await store.close();
  });

  test('whose events were being made anew when that was stopped has them made from there on', async () => {
    const path = join(folder, 'stopped.sqlite');
    const many = Array.from({ length: 120 }, (_, i) => numbered(i));
    const store = await Store.open(path, { create: true });
    const kept = { reader: 'test', added: '2022-01-01T00:00:00Z' };
    await store.addAll(many.map((reading) => ({ ...kept, reading, received: reading.document })));
    const expected = await store.events();
    const stopped = store.derive((line) => {
      throw new Error(line);
    });
    await expect(stopped).rejects.toThrow('Making the events anew: 50 of 120 documents');
    await expect(store.add(numbered(120), { ...kept, received: numbered(120).document })).rejects.toMatchObject({
      code: 'record.locked',
    });
    await store.close();
    const told: string[] = [];
    const again = await Store.open(path, { tell: (line) => told.push(line) });
    expect(told).toEqual(['100', '120'].map((n) => `Making the events anew: ${n} of 120 documents`));
    expect(await again.events()).toEqual(expected);
    expect(await checkRecord(again, { deep: true })).toEqual([]);
    await again.close();
  });
});

const server = await freshDatabase('src/record/migrate.test.ts');

describe.skipIf(server === undefined)('a record on a server', () => {
  test('of a newer Readout is refused and left as it is', async () => {
    await (await Store.open(server!, { create: true })).close();
    const client = new pg.Client({ connectionString: server! });
    await client.connect();
    await client.query('INSERT INTO readout.migrations VALUES (9999)');
    await expect(Store.open(server!)).rejects.toMatchObject({
      code: 'record.version',
      message: expect.stringMatching(/made by a newer Readout \(schema 9999/),
    });
    const password = new URL(server!).password;
    await expect(Store.open(server!)).rejects.not.toMatchObject({ message: expect.stringContaining(password) });
    await client.query('DELETE FROM readout.migrations WHERE number = 9999');
    await client.end();
    await (await Store.open(server!)).close();
  });

  test('made by several processes at once is made once', async () => {
    const place = (await freshDatabase('src/record/migrate.test.ts'))!;
    const stores = await Promise.all(Array.from({ length: 4 }, () => Store.open(place, { create: true })));
    expect(await Promise.all(stores.map((store) => store.countDocuments()))).toEqual([0, 0, 0, 0]);
    for (const store of stores) await store.close();
  });
});
