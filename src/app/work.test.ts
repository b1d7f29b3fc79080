import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textDocument } from '../../test/document.ts';
import { freshDatabase } from '../../test/postgres.ts';
import { startServer } from '../../test/server.ts';
import { runReadout } from '../../test/shell.ts';
import { checkRecord } from '../record/check.ts';
import type { Event } from '../record/event.ts';
import { Queue } from '../record/queue.ts';
import { Store } from '../record/store.ts';
import type { Document } from '../source/document.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
// Workers and servers that are killed.
const [KILLS, CRASHES, DOCUMENTS] = process.env['SOAK'] === undefined ? [3, 3, 120] : [60, 40, 800];
const STATES = ['Norway', 'Chad', 'Peru', 'Oman', 'Fiji', 'Nepal', 'Malta', 'Kenya', 'Chile', 'Laos', 'Iceland'];
const FILE = 'src/app/work.test.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-work-'));
const reports = join(folder, 'reports.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const available = (await freshDatabase(FILE)) !== undefined;

let whole: readonly Event[];

describe.skipIf(!available)('workers', () => {
  beforeAll(async () => {
    const lines = Array.from({ length: DOCUMENTS }, (_, index) => {
      const [day, one] = [(index % 28) + 1, STATES[index % STATES.length]!];
      const two = STATES[(index * 7 + 3) % STATES.length]!;
      const text = `${one} and ${two} held talks in Geneva on ${day} March about fishing. ${one} accused ${two} of delay number ${index}. ${two} said it would recall its ambassador from ${one}.`;
      const published = `2024-03-${String(day).padStart(2, '0')}`;
      return JSON.stringify({ text, outlet: `Outlet ${index % 5}`, published });
    });
    writeFileSync(reports, `${lines.join('\n')}\n`);
    const db = join(folder, 'whole.sqlite');
    await runReadout(['add', reports, '--db', db]);
    whole = await eventsIn(db);
    expect(whole.length).toBeGreaterThan(10);
  });

  test('read what was queued, and the record is what `add` would have made of it', async () => {
    const db = await database();
    const queued = await runReadout(['add', reports, '--queue', '--db', db]);
    expect(queued).toMatchObject({ code: 0, err: `${DOCUMENTS} queued, 0 known already.\n` });
    expect(queued.out.match(/^queued [0-9a-f]{16} /gm)).toHaveLength(DOCUMENTS);
    expect((await runReadout(['jobs', '--db', db])).out).toBe(
      `${DOCUMENTS} waiting, 0 coming back, 0 being read, 0 dead letters.\n`,
    );
    const { code, out, err } = await runReadout(['work', '--until-empty', '--threads', '2', '--db', db]);
    expect({ code, err }).toEqual({ code: 0, err: `${DOCUMENTS} added, 0 known already.\n` });
    expect(out.match(/^added [0-9a-f]{16} /gm)).toHaveLength(DOCUMENTS);
    await expectWhole(db);
    const again = await runReadout(['add', reports, '--queue', '--resume', '--db', db]);
    expect(again.err).toMatch(
      /^0 queued, 0 known already\.\n(?:A file|\d+ files) passed over: read before, and unchanged\.\n$/,
    );
    expect((await runReadout(['add', reports, '--queue', '--db', db])).err).toBe(
      `0 queued, ${DOCUMENTS} known already.\n`,
    );
  });

  test('share a queue', async () => {
    const db = await database();
    const workers = [startWorker(db, '--until-empty'), startWorker(db, '--until-empty')];
    await runReadout(['add', reports, '--queue', '--db', db]);
    for (const worker of workers) await worker.ended;
    // One that found the queue empty before anything was in it has ended by then.
    await runReadout(['work', '--until-empty', '--db', db]);
    await expectWhole(db);
  });

  test(
    `killed ${KILLS} times lose nothing and double nothing`,
    async () => {
      const db = await database();
      await runReadout(['add', reports, '--queue', '--db', db]);
      const told = new Set<string>();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const worker = startWorker(db);
        await worker.ready;
        await wait(Math.random() * 250);
        worker.child.kill('SIGKILL');
        await worker.ended;
        for (const [, id] of worker.out().matchAll(/^added ([0-9a-f]+) .*\n/gm)) told.add(id!);
        const there = await idsIn(db);
        for (const id of told) expect(there.some((one) => one.startsWith(id))).toBe(true);
        await forget(db);
      }
      expect((await runReadout(['work', '--until-empty', '--db', db])).code).toBe(0);
      expect((await runReadout(['jobs', '--db', db])).out).toMatch(/^0 waiting, 0 coming back, 0 being read, 0 dead/);
      await expectWhole(db);
    },
    60_000 + KILLS * 20_000,
  );

  test('finish what they have in their hands when they are asked to stop', async () => {
    const db = await database();
    await runReadout(['add', reports, '--queue', '--db', db]);
    const worker = startWorker(db);
    await worker.ready;
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    const queue = await Queue.open(db);
    const { waiting, returning, active } = await queue.counts();
    await queue.close();
    expect({ returning, active }).toEqual({ returning: 0, active: 0 });
    expect(waiting + (await idsIn(db)).length).toBe(DOCUMENTS);
    expect(waiting).toBeGreaterThan(0);
  });

  test('keep what cannot be read from stopping the rest', async () => {
    const db = await database();
    const queue = await Queue.open(db);
    const good = Array.from({ length: 20 }, (_, index) => ({
      input: `${index}.txt`,
      document: textDocument(`Norway accused Sweden of delay on ${index + 1} March 2024.`),
    }));
    // What no reader can take, and what no reading of ours fits.
    const bad = { ...textDocument('bad'), text: 5 } as unknown as Document;
    await queue.enqueue([...good.slice(0, 10), { input: 'bad.txt', document: bad }, ...good.slice(10)]);
    const { code, err } = await runReadout(['work', '--until-empty', '--threads', '1', '--db', db]);
    expect(code).toBe(1);
    expect(err).toContain('20 added, 0 known already, 1 could not be read.');
    expect(await idsIn(db)).toHaveLength(20);
    const listed = await runReadout(['jobs', '--db', db]);
    expect(listed.out).toMatch(
      /^0 waiting, 0 coming back, 0 being read, 1 dead letter\.\n[0-9a-f]{16} {2}\S+Z {2}bad\.txt: reading document/,
    );
    expect(JSON.parse((await runReadout(['jobs', '--json', '--db', db])).out)).toMatchObject({
      dead: 1,
      letters: [{ document: bad.id, input: 'bad.txt', reason: expect.stringContaining('bad.txt') }],
    });
    const short = bad.id.slice(0, 12);
    expect(await runReadout(['jobs', 'retry', short, '--db', db])).toMatchObject({
      code: 0,
      err: '1 dead letter queued again.\n',
    });
    expect(await queue.counts()).toMatchObject({ waiting: 1, dead: 0 });
    await runReadout(['work', '--until-empty', '--threads', '1', '--db', db]);
    expect((await runReadout(['jobs', 'drop', '--all', '--db', db])).err).toBe('1 dead letter dropped.\n');
    expect(await queue.counts()).toEqual({ waiting: 0, returning: 0, active: 0, dead: 0 });
    expect(await runReadout(['jobs', 'drop', short, '--db', db])).toMatchObject({
      code: 1,
      err: expect.stringContaining(short),
    });
    await queue.close();
  });

  test(
    `go on when the server comes back, up to ${CRASHES} times`,
    async () => {
      const server = await startServer();
      if ('failure' in server) throw new Error(server.failure);
      const db = server.url;
      await runReadout(['add', reports, '--queue', '--db', db]);
      const worker = startWorker(db, '--until-empty');
      await worker.ready;
      let working = true;
      void worker.ended.then(() => {
        working = false;
      });
      for (let crash = 0; crash < CRASHES && working; crash += 1) {
        await server.kill();
        await wait(Math.random() * 300);
        await server.start();
        await wait(Math.random() * 800);
      }
      expect(await worker.ended).toBe(0);
      await expectWhole(db);
      await server.close();
    },
    60_000 + CRASHES * 5000,
  );

  test('need a server, and say so', async () => {
    for (const command of [['work'], ['jobs'], ['add', reports, '--queue']]) {
      const { code, err } = await runReadout([...command, '--db', join(folder, 'file.sqlite')]);
      expect(code).toBe(2);
      expect(err).toContain('a queue needs a record on PostgreSQL');
    }
    const none = await runReadout(['jobs', '--db', 'postgres://me:secret@127.0.0.1:1/none']);
    expect(none).toMatchObject({ code: 1, err: expect.not.stringContaining('secret') });
    const { code, err } = await runReadout(['jobs', 'retry', '--db', 'postgres://127.0.0.1:1/none']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'readout jobs: retry: expected the ids of dead letters, or --all.\n',
    });
  });
});

async function database(): Promise<string> {
  return (await freshDatabase(FILE))!;
}

interface Worker {
  readonly child: ChildProcess;
  /** When it has said its first line. */
  readonly ready: Promise<unknown>;
  readonly ended: Promise<number | null>;
  out(): string;
}

function startWorker(db: string, ...more: readonly string[]): Worker {
  const child = spawn(process.execPath, [CLI, 'work', '--threads', '1', '--db', db, ...more], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, ready: Promise.race([once(child.stdout, 'data'), ended]), ended, out: () => out };
}

/** Lets the time pass after which a lost worker's jobs are taken back. */
async function forget(db: string): Promise<void> {
  const client = new pg.Client({ connectionString: db });
  await client.connect();
  await client.query(`UPDATE readout_jobs.job SET heartbeat_on = now() - interval '1 hour', start_after = now()`);
  await client.end();
}

async function expectWhole(db: string): Promise<void> {
  const store = await Store.open(db);
  expect(await checkRecord(store, { deep: true })).toEqual([]);
  expect(await store.countDocuments()).toBe(DOCUMENTS);
  expect(await store.events()).toEqual(whole);
  await store.close();
}

async function idsIn(db: string): Promise<readonly string[]> {
  const store = await Store.open(db);
  const documents = await store.documents({ limit: DOCUMENTS * 2 });
  await store.close();
  return documents.map(({ id }) => id);
}

async function eventsIn(db: string): Promise<readonly Event[]> {
  const store = await Store.open(db);
  const events = await store.events();
  await store.close();
  return events;
}
