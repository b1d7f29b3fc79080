import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { type RecordKind, recordKinds } from '../../test/records.ts';
import { type Story, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import type { Reading } from '../events/reading.ts';
import { checkRecord } from './check.ts';
import { DERIVED } from './derive.ts';
import { digestOf, REST } from './digest.ts';
import { backupRecord, moveRecord } from './move.ts';
import { openSqlite } from './sqlite.ts';
import { Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-move-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CLI = fileURLToPath(new URL('../app/cli.ts', import.meta.url));
const odd: Story = {
  ...{
    outlet: '=cmd()',
    published: null,
    title: 'Bell \u0007 and \ud83d',
    text: 'Nil \u0000, lone \ud800, 🐟: Bo spoke.',
  },
  actors: [{ name: 'Bo', country: null, kind: 'unknown' }],
  claims: [{ sentence: '🐟: Bo spoke.', trigger: 'spoke', event: 'CONSULT', actors: ['Bo'] }],
};
const readings = [...SUMMIT.map(storyReading), storyReading(odd)];

function add(store: Store, reading: Reading, added = '2022-01-01T00:00:00Z'): Promise<boolean> {
  return store.add(reading, { received: reading.document, reader: 'test', added });
}

/** Reports of meetings, each of its own. */
function meeting(number: number): Reading {
  const day = new Date(Date.UTC(2022, 0, 1 + number)).toISOString().slice(0, 10);
  const sentence = `Chad met Mali over well ${number} on ${day}.`;
  const rest = Array.from({ length: 60 }, (_, i) => `w${number}x${i}`).join(' ');
  return storyReading({
    ...{ outlet: `Outlet ${number % 7}`, published: day, text: `${sentence} ${rest}` },
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Mali', country: 'MLI', kind: 'state' },
    ],
    claims: [{ sentence, trigger: 'met', event: 'CONSULT', actors: ['Chad', 'Mali'], when: [day, day] }],
  });
}

/** A record with copies, decisions, feeds, a number that nobody has, and a reading that is not packed. */
async function fill(place: string): Promise<Store> {
  const store = await Store.open(place, { create: true });
  for (const [i, reading] of readings.entries()) await add(store, reading, `2022-01-0${i + 1}T00:00:00Z`);
  await store.engine.write((session) =>
    session.rows("UPDATE counters SET value = value + 5 WHERE name IN ('document', 'claim')"),
  );
  await add(store, meeting(1));
  await add(store, { ...meeting(1), document: { ...meeting(2).document, url: 'https://a.example/2?utm_source=x' } });
  const [event] = await store.events({ type: 'SANCTION' });
  const { telling } = (await store.claim(event!.claims[0]!.id))!;
  const { document, type, trigger: words } = telling;
  const signed = { by: 'Ada', at: '2022-02-01', why: 'the envoys\u2019 "own" words' };
  const claims = [{ document, type, trigger: telling.evidence.trigger, words }];
  const first = await store.decide({ kind: 'correct', ...signed, claims, field: 'status', value: 'planned' });
  await store.decide({ kind: 'accept', ...signed, claims });
  await store.decide({ kind: 'undo', ...signed, undoes: first });
  await store.intake.feedRead('https://a.example/feed', { etag: '"7"', modified: null }, '2022-01-02');
  await store.intake.pageRead(`https://a.example/${'long'.repeat(2500)}`, {
    ...{ checked: '2022-01-02', document: null, problem: 'gone' },
  });
  await store.intake.inputRead('/in/ä.warc', { size: 7, changed: '2022-01-01T00:00:00Z' }, '2022-01-02T00:00:00Z');
  const tokens = ['id', 'name', 'hash', 'rights', 'made', 'ended'];
  await store.engine.insert('tokens', tokens, [['t1', 'desk', 'f00d', 'read write', '2022-01-02', null]]);
  await store.engine.insert('audit', ['at', 'who', 'what', 'status'], [['2022-01-02', 't1', 'GET /', 200]]);
  if (store.engine.kind === 'sqlite') {
    // As what came from an older record stands there.
    const { reading, received } = (await store.eachReading().next()).value!;
    const { text: _, ...head } = reading.document;
    const { document: __, ...lists } = reading;
    const body = JSON.stringify({ head, received, lists });
    await store.engine.write((session) => session.rows('UPDATE readings SET body = ? WHERE document = 1', [body]));
  }
  return store;
}

const kinds = await recordKinds('src/record/move.test.ts');
const ways = kinds.flatMap((from) =>
  kinds.map((to): readonly [string, RecordKind, RecordKind] => [`from ${from.kind} to ${to.kind}`, from, to]),
);

describe.each(ways)('a record moved %s', (_, from, to) => {
  test.skipIf(!from.there || !to.there)('is the same there, and goes on as it would have here', async () => {
    const source = await fill(await from.fresh());
    const place = await to.fresh();
    const moved = await moveRecord(source, place);
    expect(moved.target).toEqual(moved.source);
    expect(moved.source).toMatchObject({
      ...{ documents: { count: readings.length + 2 }, decisions: { count: 3 }, rest: { count: 5 } },
    });
    expect(moved.late).toBe(0);
    const target = await Store.open(place);
    expect(await checkRecord(target, { deep: true })).toEqual([]);
    expect(await target.events()).toEqual(await source.events());
    expect(await target.intake.arrivals(0, 100)).toEqual(await source.intake.arrivals(0, 100));
    expect(await target.searchDocuments('fishing grounds', { limit: 9 })).toEqual(
      await source.searchDocuments('fishing grounds', { limit: 9 }),
    );
    for (const store of [source, target]) await add(store, meeting(3));
    expect(await digestOf(target)).toEqual(await digestOf(source));
    for (const store of [source, target]) await store.close();
  });
});

describe.each(kinds)('a move into $kind', ({ there, fresh }) => {
  const sourceOf = (count: number) => manyIn(join(folder, `${Math.random()}.sqlite`), count);

  test.skipIf(!there)('where there is a record is refused, and that stays as it is', async () => {
    const place = await fresh();
    const other = await fill(place);
    const before = await digestOf(other);
    const source = await sourceOf(1);
    await expect(moveRecord(source, place)).rejects.toMatchObject({
      code: 'option.value',
      message: expect.stringContaining('holds a record already'),
    });
    await expect(moveRecord(other, place)).rejects.toMatchObject({ code: 'option.value' });
    expect(await digestOf(other)).toEqual(before);
    for (const store of [source, other]) await store.close();
  });

  test.skipIf(!there)('that is killed says that it is unfinished, and the same again finishes it', async () => {
    const source = join(folder, `${Math.random()}.sqlite`);
    await (await manyIn(source, 300)).close();
    const place = await fresh();
    const child = spawn(process.execPath, [CLI, 'db', 'move', place, '--from', source], { stdio: 'ignore' });
    const ended = new Promise((done) => child.once('close', done));
    await reached(place, 50);
    child.kill('SIGKILL');
    await ended;
    await expect(Store.open(place)).rejects.toMatchObject({
      code: 'record.unfinished',
      message: expect.stringContaining('Run the same `readout db move` again'),
    });
    const again = await Store.open(source);
    const moved = await moveRecord(again, place);
    expect(moved.target).toEqual(moved.source);
    await again.close();
    const target = await Store.open(place);
    expect(await target.countDocuments()).toBe(300);
    await target.close();
  });

  test.skipIf(!there)('takes what is there when it begins, and says what came after', async () => {
    const source = await sourceOf(120);
    const { name } = source.engine;
    const other = await Store.open(name);
    let came = 0;
    const moved = await moveRecord(source, await fresh(), () => {
      if (came === 0) void add(other, meeting(1000));
      came += 1;
    });
    expect(moved.target).toEqual(moved.source);
    expect(moved).toMatchObject({ source: { documents: { count: 120 } }, late: 1 });
    for (const store of [source, other]) await store.close();
  });

  test.skipIf(!there)('by two at once ends with one of them', async () => {
    const source = await sourceOf(150);
    const place = await fresh();
    const ends = await Promise.allSettled([moveRecord(source, place), moveRecord(await reopened(source), place)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const target = await Store.open(place);
    expect(await digestOf(target)).toEqual(await digestOf(source));
    for (const store of [source, target]) await store.close();
  });

  const reopened = (store: Store) => Store.open(store.engine.name);
});

describe.each(kinds)('a backup of a record on $kind', ({ there, fresh }) => {
  test.skipIf(!there)('is a whole record of one moment, written while others write', async () => {
    const place = await fresh();
    const store = await fill(place);
    const file = join(folder, `backup-${Math.random()}.sqlite`);
    const other = await Store.open(place);
    const [before] = [await digestOf(store)];
    const adding = (async () => {
      for (let i = 10; i < 30; i += 1) await add(other, meeting(i));
    })();
    await backupRecord(store, file);
    await adding;
    const copy = await Store.open(file);
    expect(await checkRecord(copy, { deep: true })).toEqual([]);
    const documents = await copy.countDocuments();
    expect(documents).toBeGreaterThanOrEqual(before.documents.count);
    expect(await copy.decisions()).toEqual(await store.decisions());
    expect(existsSync(`${file}.part`)).toBe(false);
    for (const one of [store, other, copy]) await one.close();
  });

  test.skipIf(!there)('overwrites nothing', async () => {
    const store = await fill(await fresh());
    const file = join(folder, 'there.txt');
    writeFileSync(file, 'a letter');
    await expect(backupRecord(store, file)).rejects.toMatchObject({ code: 'option.value' });
    await store.close();
  });
});

async function manyIn(place: string, count: number): Promise<Store> {
  const store = await Store.open(place, { create: true });
  const kept = { reader: 'test', added: '2022-01-01T00:00:00Z' };
  const many = Array.from({ length: count }, (_, i) => meeting(i));
  await store.addAll(many.map((reading) => ({ ...kept, reading, received: reading.document })));
  return store;
}

/** Waits until a place holds so many documents. */
async function reached(place: string, documents: number): Promise<void> {
  for (;;) {
    try {
      const store = await Store.open(place, { unfinished: true });
      const count = await store.countDocuments();
      await store.close();
      if (count >= documents) return;
    } catch {
      // Not made yet.
    }
    await new Promise((done) => setTimeout(done, 5));
  }
}

test('every table of a record is moved or made anew', async () => {
  const store = await manyIn(join(folder, 'tables.sqlite'), 1);
  const tables = await store.engine.rows<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_words_%'",
  );
  const moved = ['documents', 'texts', 'readings', 'decisions', 'decision_documents', 'counters'];
  const anew = [...DERIVED, 'mark_names', 'document_words', 'claim_words'];
  expect(tables.map(({ name }) => name).sort()).toEqual([...moved, ...anew, ...REST.map(({ table }) => table)].sort());
  await store.close();
});

test('a copy of a file is complete or has not its name', async () => {
  const store = await manyIn(join(folder, 'whole.sqlite'), 50);
  const engine = openSqlite(store.engine.name, { create: false });
  await expect(engine.copyTo!(join(folder, 'no', 'such', 'folder.sqlite'))).rejects.toMatchObject({
    code: 'record.open',
  });
  await engine.close();
  await store.close();
});
