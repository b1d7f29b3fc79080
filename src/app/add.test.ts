import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../test/postgres.ts';
import { runReadout } from '../../test/shell.ts';
import { checkRecord } from '../record/check.ts';
import type { Event } from '../record/event.ts';
import { Store } from '../record/store.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const KILLS = process.env['SOAK'] === undefined ? 3 : 30;
const DOCUMENTS = 40;
const FILE = 'src/app/add.test.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-add-'));
const reports = join(folder, 'reports.jsonl');

beforeAll(() => {
  const lines = Array.from({ length: DOCUMENTS }, (_, index) => {
    const day = String((index % 28) + 1).padStart(2, '0');
    const text = `OSLO — Norway and Sweden held talks in Oslo on ${Number(day)} March about fishing. Norway accused Sweden of delay. Sweden said it would recall its ambassador if report ${index} was true.`;
    return JSON.stringify({ id: `r${index}`, text, outlet: `Outlet ${index % 5}`, published: `2024-03-${day}` });
  });
  writeFileSync(reports, `${lines.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('adding', () => {
  test('says each document that is there, and that it is known the second time', async () => {
    const db = join(folder, 'twice.sqlite');
    const first = await runReadout(['add', reports, '--db', db]);
    expect(first).toMatchObject({ code: 0, err: `${DOCUMENTS} added, 0 known already.\n` });
    expect(first.out.match(/^added [0-9a-f]{16} /gm)).toHaveLength(DOCUMENTS);
    const second = await runReadout(['add', reports, '--db', db]);
    expect(second).toMatchObject({ code: 0, err: `0 added, ${DOCUMENTS} known already.\n` });
  });

  test('goes on after an input that is not there, names it, and ends with 1', async () => {
    const db = join(folder, 'missing.sqlite');
    const { code, out, err } = await runReadout(['add', 'no-such-file.txt', reports, '--db', db]);
    expect(code).toBe(1);
    expect(err).toContain('no-such-file.txt');
    expect(out.match(/^added/gm)).toHaveLength(DOCUMENTS);
  });

  test('takes no date for a date that is none', async () => {
    const { code, err } = await runReadout([
      'add',
      reports,
      '--published',
      'soonish',
      '--db',
      join(folder, 'x.sqlite'),
    ]);
    expect(code).toBe(2);
    expect(err).toContain('soonish');
  });
});

const address = await freshDatabase(FILE);

describe.each([
  ['a file', true, async (name: string) => join(folder, `${name}.sqlite`)],
  ['a server', address !== undefined, async () => (await freshDatabase(FILE))!],
])('into %s, killed at a random moment', (_, available, newRecord) => {
  let whole: readonly Event[];

  beforeAll(async () => {
    const db = join(folder, 'whole.sqlite');
    await runReadout(['add', reports, '--db', db]);
    whole = await eventsIn(db);
    expect(whole.length).toBeGreaterThan(10);
  });

  test.skipIf(!available)(
    `${KILLS} times: what was reported is there, nothing is half there, and adding again completes it`,
    async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const db = await newRecord(`kill-${kill}`);
        const reported = await addAndKill(db, Math.floor(Math.random() * DOCUMENTS), Math.random() * 30);
        const there = await checkWhole(db);
        for (const id of reported) expect(there.some((document) => document.startsWith(id))).toBe(true);
        expect((await runReadout(['add', reports, '--db', db])).code).toBe(0);
        expect(await checkWhole(db)).toHaveLength(DOCUMENTS);
        expect(await eventsIn(db)).toEqual(whole);
      }
    },
    KILLS * 30_000,
  );
});

/** Adds the reports in a process of its own, killed `delayMs` after its `lines`th line; gives the ids it reported. */
async function addAndKill(db: string, lines: number, delayMs: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [CLI, 'add', reports, '--db', db], { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  let armed = false;
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (armed || out.split('\n').length <= lines) return;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return [...out.matchAll(/^added ([0-9a-f]+) .*\n/gm)].map((match) => match[1]!);
}

/** Checks that nothing of the record is half there; gives the documents' ids. */
async function checkWhole(db: string): Promise<readonly string[]> {
  const store = await Store.open(db);
  expect(await checkRecord(store, { deep: true })).toEqual([]);
  const documents = await store.documents();
  await store.close();
  return documents.map(({ id }) => id);
}

async function eventsIn(db: string): Promise<readonly Event[]> {
  const store = await Store.open(db);
  const events = await store.events();
  await store.close();
  return events;
}

test('threads and batches change nothing', async () => {
  const file = join(folder, 'long.jsonl');
  const lines = readFileSync(reports, 'utf8').trimEnd().split('\n');
  // Long enough for threads to be worth while, and one document twice.
  const filler = 'Nothing else is known of it. '.repeat(220);
  const long = [...lines, lines[3]!].map((line) => {
    const report = JSON.parse(line) as { text: string };
    return JSON.stringify({ ...report, text: `${report.text}\n\n${filler}` });
  });
  writeFileSync(file, `${long.join('\n')}\n`);
  const [one, two] = [join(folder, 'one.sqlite'), join(folder, 'two.sqlite')];
  const first = await runReadout(['add', file, '--db', one, '--threads', '1']);
  const second = await runReadout(['add', file, '--db', two, '--threads', '2', '--resume']);
  expect(first.err).toBe(`${DOCUMENTS} added, 1 known already.\n`);
  expect(second).toEqual(first);
  expect(await eventsIn(two)).toEqual(await eventsIn(one));
  expect(await checkWhole(two)).toEqual(await checkWhole(one));
  expect((await runReadout(['add', file, '--db', two, '--resume'])).err).toBe(
    '0 added, 0 known already.\nA file passed over: read before, and unchanged.\n',
  );
});
