import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../test/asker.ts';
import { meetingReading } from '../../test/meeting.ts';
import { freshDatabase } from '../../test/postgres.ts';
import { runReadout } from '../../test/shell.ts';
import { migrationsOf } from './migrate.ts';
import { Store } from './store.ts';

/*
 * Records that can be read and not written to. Root may write everywhere, so what asks is a process that is not root.
 */
const folder = mkdtempSync(join(tmpdir(), 'readout-readonly-'));
chmodSync(folder, 0o755);
const ASKER = fileURLToPath(new URL('../../test/asker.ts', import.meta.url));
const COMMANDS = ['timeline', 'brief', 'show', 'db', 'export'];
let asker: ChildProcess;
let answers: AsyncIterator<string>;
let folders = 0;

beforeAll(async () => {
  asker = spawn(process.execPath, [ASKER, ...COMMANDS], { stdio: ['pipe', 'pipe', 'inherit'], cwd: '/' });
  answers = createInterface({ input: asker.stdout! })[Symbol.asyncIterator]();
  await answers.next();
});

afterAll(() => {
  asker.stdin!.end();
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o755);
  rmSync(folder, { recursive: true, force: true });
});

async function ask(...line: readonly string[]): Promise<Answer> {
  asker.stdin!.write(`${JSON.stringify(line)}\n`);
  return JSON.parse((await answers.next()).value) as Answer;
}

/** A folder of its own with a record of three reports in it, open for writing. */
async function record(): Promise<{ readonly place: string; readonly inside: string; readonly store: Store }> {
  const inside = join(folder, `${++folders}`);
  mkdirSync(inside, { mode: 0o755 });
  const place = join(inside, 'a record.sqlite');
  const store = await Store.open(place, { create: true });
  for (const number of [0, 1, 2]) await add(store, number);
  return { place, inside, store };
}

async function add(store: Store, number: number): Promise<void> {
  const reading = meetingReading(number);
  await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
}

describe('a record that cannot be written to', () => {
  test.each([
    ['a file in a folder, both not', 0o444, 0o555],
    ['a file in a folder that can', 0o444, 0o777],
    ['a file that can, in a folder that cannot', 0o666, 0o555],
  ])('answers: %s', async (_, file, around) => {
    const { place, inside, store } = await record();
    const { id } = (await store.events())[0]!;
    await store.close();
    chmodSync(place, file);
    chmodSync(inside, around);
    const before = readdirSync(inside);
    for (const args of [['timeline'], ['show', id], ['brief', 'TCD', 'MLI'], ['export'], ['db', 'check', '--deep']]) {
      expect(await ask('run', ...args, '--db', place)).toMatchObject({
        code: 0,
        err: expect.not.stringContaining('readout'),
      });
    }
    expect(readdirSync(inside)).toEqual(before);
    expect(await ask('open', place)).toEqual({ events: 3 });
    expect(await ask('add')).toMatchObject({
      error: 'record.read-only',
      message: expect.stringMatching(
        /a record\.sqlite: it cannot be written to; check its rights and those of its folder/,
      ),
    });
    expect(await ask('events')).toEqual({ events: 3 });
    expect(await ask('run', 'db', 'vacuum', '--db', place)).toMatchObject({ code: 1 });
  });

  test('answers with what a killed writer left beside it', async () => {
    const { place, store } = await record();
    const inside = join(folder, `${++folders}`);
    mkdirSync(inside);
    // The log of what was committed and not yet in the file, as a kill leaves it; its index went with the machine.
    for (const end of ['', '-wal']) copyFileSync(`${place}${end}`, join(inside, `b.sqlite${end}`));
    await store.close();
    chmodSync(inside, 0o555);
    expect(await ask('open', join(inside, 'b.sqlite'))).toEqual({ events: 3 });
  });

  test('answers through a link from a folder that can be written to', async () => {
    const { place, inside, store } = await record();
    await store.close();
    chmodSync(inside, 0o555);
    const beside = join(folder, `${++folders}`);
    mkdirSync(beside);
    chmodSync(beside, 0o777);
    symlinkSync(place, join(beside, 'link.sqlite'));
    expect(await ask('open', join(beside, 'link.sqlite'))).toEqual({ events: 3 });
    expect(readdirSync(beside)).toEqual(['link.sqlite']);
  });

  test('answers while someone with more rights writes to it, and tells what is new', async () => {
    const { place, inside, store } = await record();
    chmodSync(place, 0o644);
    chmodSync(inside, 0o755);
    expect(await ask('open', place)).toEqual({ events: 3 });
    await add(store, 3);
    expect(await ask('events')).toEqual({ events: 4 });
    await store.close();
  });

  test('asks to be opened again when someone has begun to write to it', async () => {
    const { place, store } = await record();
    await store.close();
    expect(await ask('open', place)).toEqual({ events: 3 });
    const other = await Store.open(place);
    await add(other, 3);
    expect(await ask('events')).toMatchObject({
      error: 'record.locked',
      message: expect.stringContaining('open it again'),
    });
    await other.close();
    expect(await ask('open', place)).toEqual({ events: 4 });
  });

  test('and is of an older version says that it cannot be brought up to date there', async () => {
    const inside = join(folder, `${++folders}`);
    mkdirSync(inside);
    const place = join(inside, 'old.sqlite');
    const database = new DatabaseSync(place);
    for (const { sql } of migrationsOf('sqlite').slice(0, 3)) database.exec(sql);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${0x52444f54}; PRAGMA user_version = 3`);
    database.close();
    chmodSync(inside, 0o555);
    expect(await ask('open', place)).toMatchObject({
      error: 'record.read-only',
      message: expect.stringMatching(/old\.sqlite was written by an older Readout \(schema 3\).*copy it/),
    });
  });

  test('or read says whose rights are lacking', async () => {
    const { place, store } = await record();
    await store.close();
    chmodSync(place, 0o000);
    expect(await ask('open', place)).toMatchObject({
      error: 'record.open',
      message: expect.stringMatching(/a record\.sqlite: .*cannot be opened; check its rights/),
    });
  });
});

const mounted = join(folder, 'disc');

describe.skipIf(!canMount())('a disc that can only be read', () => {
  test('is read like any other', async () => {
    const { place, store } = await record();
    await store.close();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', mounted]);
    try {
      copyFileSync(place, join(mounted, 'a.sqlite'));
      execFileSync('mount', ['-o', 'remount,ro', mounted]);
      const db = join(mounted, 'a.sqlite');
      expect(await runReadout(['db', 'check', '--deep', '--db', db])).toMatchObject({ code: 0 });
      expect((await runReadout(['timeline', '--db', db])).out).toContain('Outlet 2');
      const backup = join(folder, 'from disc.sqlite');
      expect(await runReadout(['db', 'backup', backup, '--db', db])).toMatchObject({ code: 0 });
      expect(await runReadout(['db', 'check', '--deep', '--db', backup])).toMatchObject({ code: 0 });
    } finally {
      execFileSync('umount', [mounted]);
    }
  });
});

const server = await freshDatabase('src/record/readonly.test.ts');

describe.skipIf(server === undefined)('a record on a server, for a user who may only read', () => {
  test('answers, while another writes too', async () => {
    const store = await Store.open(server!, { create: true });
    await add(store, 1);
    const admin = new pg.Client({ connectionString: server! });
    await admin.connect();
    const reader = `reader_${process.pid}`;
    await admin.query(`CREATE ROLE ${reader} LOGIN PASSWORD 'reads'`);
    try {
      await admin.query(`GRANT USAGE ON SCHEMA readout TO ${reader}`);
      await admin.query(`GRANT SELECT ON ALL TABLES IN SCHEMA readout TO ${reader}`);
      const address = new URL(server!);
      address.username = reader;
      address.password = 'reads';
      let mayEnd = () => {};
      const writing = store.engine.write(
        () =>
          new Promise<void>((done) => {
            mayEnd = done;
          }),
      );
      const reading = await Store.open(address.href);
      expect(await reading.events()).toHaveLength(1);
      mayEnd();
      await writing;
      await expect(add(reading, 2)).rejects.toMatchObject({
        code: 'record.read-only',
        message: expect.stringContaining(`${reader}@`),
      });
      await reading.close();
    } finally {
      await admin.query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
      await admin.end();
      await store.close();
    }
  });
});

/** Mounting is for root, and not in every container. */
function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  mkdirSync(mounted);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', mounted], { stdio: 'ignore' });
    execFileSync('umount', [mounted], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
