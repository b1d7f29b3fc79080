import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { ADDER, CLI, type Ended, runChild, toldAdded } from '../../test/child.ts';
import { meetingReading } from '../../test/meeting.ts';
import { freshDatabase } from '../../test/postgres.ts';
import { startServer } from '../../test/server.ts';
import { checkRecord } from '../record/check.ts';
import { Store } from '../record/store.ts';

/*
 * kill -9 at random moments, under load: after each the record opens, is whole to the last mark, and holds all that was told
 * as added, once. `add` by itself is killed in add.test.ts; `work`, and PostgreSQL under it, in work.test.ts.
 */
const [KILLS, DOCUMENTS] = process.env['SOAK'] === undefined ? [2, 50] : [30, 120];
const FILE = 'src/app/kill.test.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const server = await freshDatabase(FILE);

/** An adder of all documents, killed at a random moment after it said a random number of lines. */
function killedAdder(place: string, batch: number): Promise<Ended> {
  const lines = Math.floor(Math.random() * DOCUMENTS * 0.8);
  let armed = false;
  return runChild([ADDER, place, '0', String(DOCUMENTS), String(batch)], {
    onLines(said, kill) {
      if (armed || said <= lines) return;
      armed = true;
      setTimeout(kill, Math.random() * 30);
    },
  });
}

/** Checks that a record opens and is whole, and gives how many documents it holds; `told` must be among them. */
async function expectWhole(place: string, told: readonly number[]): Promise<number> {
  const store = await Store.open(place);
  expect(await checkRecord(store, { deep: true })).toEqual([]);
  const documents = await store.documents();
  const ids = new Set(documents.map(({ id }) => id));
  expect(ids.size).toBe(documents.length);
  for (const number of told) expect(ids).toContain(meetingReading(number).document.id);
  await store.close();
  return documents.length;
}

test('whoever finds a file that another is making waits for it', async () => {
  const place = join(folder, 'made.sqlite');
  const maker = new DatabaseSync(place);
  maker.exec('BEGIN IMMEDIATE; CREATE TABLE made (number INTEGER)');
  const adding = runChild([ADDER, place, '0', '1', '1']);
  await wait(1500);
  maker.exec('ROLLBACK');
  maker.close();
  expect(await adding).toMatchObject({ code: 0, err: '' });
  expect(await expectWhole(place, [])).toBe(1);
});

describe(`killed ${KILLS} times`, { timeout: 60_000 + KILLS * 20_000 }, () => {
  test('two that add to one file: the other goes on, and the record is whole', async () => {
    for (let kills = 0, turn = 0; kills < KILLS; turn += 1) {
      const place = join(folder, `two-${turn}.sqlite`);
      const [killed, other] = await Promise.all([
        killedAdder(place, 1 + (turn % 5)),
        runChild([ADDER, place, '30', String(DOCUMENTS + 30), '7']),
      ]);
      // One may have ended before it was killed.
      if (killed.code === null) kills += 1;
      expect(other).toMatchObject({ code: 0, err: '' });
      await expectWhole(place, [...toldAdded(killed.out), ...toldAdded(other.out)]);
      expect(await runChild([ADDER, place, '0', String(DOCUMENTS), '50'])).toMatchObject({ code: 0 });
      expect(await expectWhole(place, [])).toBe(DOCUMENTS + 30);
    }
  });

  test('serve: the record that another adds to meanwhile is whole', async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const place = join(folder, `serve-${kill}.sqlite`);
      await (await Store.open(place, { create: true })).close();
      const adding = runChild([ADDER, place, '0', String(DOCUMENTS), '3']);
      const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--db', place], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const ended = new Promise((done) => child.once('close', done));
      const address = await new Promise<string>((done) => {
        child.stdout.once('data', (chunk: Buffer) => done(chunk.toString().split('\n')[0]!));
      });
      let answers = 0;
      const asking = Array.from({ length: 4 }, async () => {
        try {
          for (;;) {
            const response = await fetch(address);
            await response.text();
            if (response.status === 200) answers += 1;
          }
        } catch {
          // It was killed.
        }
      });
      // On a busy machine the first answer may take its time.
      while (answers === 0) await wait(20);
      await wait(Math.random() * 600);
      child.kill('SIGKILL');
      await Promise.all([ended, ...asking]);
      const { code, out } = await adding;
      expect(code).toBe(0);
      expect(await expectWhole(place, toldAdded(out))).toBe(DOCUMENTS);
    }
  });

  test.skipIf(server === undefined)('one of two that add to a server: the other goes on', async () => {
    for (let kills = 0, turn = 0; kills < KILLS; turn += 1) {
      const place = (await freshDatabase(FILE))!;
      await (await Store.open(place, { create: true })).close();
      const [killed, other] = await Promise.all([
        killedAdder(place, 1 + (turn % 5)),
        runChild([ADDER, place, '30', String(DOCUMENTS + 30), '7']),
      ]);
      if (killed.code === null) kills += 1;
      expect(other).toMatchObject({ code: 0, err: '' });
      await expectWhole(place, [...toldAdded(killed.out), ...toldAdded(other.out)]);
    }
  });

  test.skipIf(server === undefined)(
    'the server itself: who adds is told, and nothing told as added is lost',
    async () => {
      const own = await startServer();
      if ('failure' in own) throw new Error(own.failure);
      await (await Store.open(own.url, { create: true })).close();
      const told: number[] = [];
      let lost = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const first = 1000 * kill;
        let kills: Promise<void> | undefined;
        const onLines = (lines: number) => {
          if (lines > Math.random() * 100) kills ??= wait(Math.random() * 50).then(() => own.kill());
        };
        const adders = await Promise.all([
          runChild([ADDER, own.url, String(first), String(first + 400), '1'], { onLines }),
          runChild([ADDER, own.url, String(first + 300), String(first + 700), '9'], { onLines }),
        ]);
        await kills;
        for (const { code, out, err } of adders) {
          told.push(...toldAdded(out));
          expect(err).toBe('');
          if (code === 0) continue;
          lost += 1;
          expect(out.trim().split('\n').at(-1)).toMatch(
            /^record\.(?:lost|open) .*(?:went away .* What was told as added is kept\.|cannot be opened)/,
          );
          expect(out).not.toContain(new URL(own.url).password);
        }
        await own.start();
        await expectWhole(own.url, told);
      }
      expect(lost).toBeGreaterThan(0);
      await own.close();
    },
  );
});
