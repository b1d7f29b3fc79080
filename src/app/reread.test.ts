import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import { checkRecord } from '../record/check.ts';
import type { Event } from '../record/event.ts';
import { Store } from '../record/store.ts';
import { readerName } from './patterns.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const KILLS = process.env['SOAK'] === undefined ? 3 : 30;
const DOCUMENTS = 120;
const folder = mkdtempSync(join(tmpdir(), 'readout-reread-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = join(folder, 'read.sqlite');
/** Takes "talks" for the trigger where Readout takes "held", and calls an accusation a refusal. */
const other = join(folder, 'other.txt');
/** Passes over accusations. */
const silent = join(folder, 'silent.txt');

beforeAll(async () => {
  const reports = join(folder, 'reports.jsonl');
  const lines = Array.from({ length: DOCUMENTS }, (_, index) => {
    const text = `OSLO — Norway and Sweden held talks in Oslo on ${(index % 28) + 1} March about fishing. Norway accused Sweden of delay in case ${index}.`;
    return JSON.stringify({ text, outlet: `Outlet ${index}`, published: `2024-04-0${(index % 9) + 1}` });
  });
  writeFileSync(reports, `${lines.join('\n')}\n`);
  writeFileSync(
    other,
    'off meet.hold-talks\n\n[own.talks]\nevent     CONSULT 040\nnoun      talk\nactors    doer\ne.g.      Chad and Mali held talks.\n\n' +
      '[own.blame]\nevent     REJECT 120\nverb      accuse\nactor     subject\nrecipient object\ne.g.      Chad accused Mali.\n',
  );
  writeFileSync(silent, '[own.none]\nevent     none\nverb      accuse\ne.g.      Chad accused Mali.\n');
  await runReadout(['add', reports, '--db', read]);
});

let copies = 0;
function copy(): string {
  const path = join(folder, `copy-${++copies}.sqlite`);
  copyFileSync(read, path);
  return path;
}

async function eventsIn(db: string): Promise<readonly Event[]> {
  const store = await Store.open(db);
  const events = await store.events();
  expect(await checkRecord(store, { deep: true })).toEqual([]);
  await store.close();
  return events;
}

describe('reading anew', () => {
  test('reads what others read, and nothing twice', async () => {
    const db = copy();
    expect(await runReadout(['reread', '--db', db])).toMatchObject({
      code: 0,
      err: expect.stringContaining('Everything'),
    });
    const { err } = await runReadout(['reread', '--patterns', other, '--db', db]);
    expect(err).toBe(`${DOCUMENTS} read anew.\n`);
    expect((await runReadout(['reread', '--patterns', other, '--db', db])).err).toContain('Everything');
    expect((await runReadout(['reread', '--all', '--patterns', other, '--db', db])).err).toBe(
      `${DOCUMENTS} read anew.\n`,
    );
    const events = await eventsIn(db);
    expect(events.some(({ type }) => type === 'REJECT')).toBe(true);
    expect(events.some(({ type }) => type === 'ACCUSE')).toBe(false);
    expect(JSON.parse((await runReadout(['reread', '--json', '--db', db])).out)).toMatchObject({ read: DOCUMENTS });
    expect(await eventsIn(db)).toEqual(await eventsIn(read));
  });

  test('refuses to do two things at once', async () => {
    expect(await runReadout(['reread', '--all', '--outdated', '--db', read])).toMatchObject({ code: 2 });
  });
});

describe('what a person decided', () => {
  test('holds when triggers move and types change, stands on nothing while its claim is gone, and holds again', async () => {
    const db = copy();
    const review = (...args: readonly string[]) => runReadout(['review', ...args, '--by', 'Ada', '--db', db]);
    const talks = (await eventsIn(db)).filter(({ type }) => type === 'CONSULT');
    const accusations = (await eventsIn(db)).filter(({ type }) => type === 'ACCUSE');
    const [one, two, three] = talks;
    await review('merge', one!.id, two!.id);
    await review('correct', three!.claims[0]!.id, 'where', 'Bergen');
    await review('split', three!.id, three!.claims[1]!.id);
    const rejected = accusations[0]!.claims[0]!;
    await review('reject', rejected.id);
    const decided = await eventsIn(db);

    await runReadout(['reread', '--patterns', other, '--db', db]);
    const anew = await eventsIn(db);
    const membersOf = (events: readonly Event[]) =>
      events
        .filter(({ type }) => type === 'CONSULT')
        .map(({ claims }) => claims.map(({ document }) => document).sort())
        .sort();
    expect(anew.flatMap(({ claims }) => claims).map(({ trigger }) => trigger)).toContain('talks');
    expect(membersOf(anew)).toEqual(membersOf(decided));
    const placed = anew.flatMap((event) => event.where.told).find(({ value }) => value.name === 'Bergen');
    expect(placed?.documents).toEqual([three!.claims[0]!.document]);
    const shown = await runReadout(['show', rejected.document, '--db', db]);
    expect(shown.out.replace(/\s+/g, ' ')).toMatch(/Rejected claim [0-9a-f]{8} REJECT/);
    const standing = await review('list', '--decided', '--json');
    for (const { claims } of JSON.parse(standing.out) as { claims: { found: number; named: number } }[]) {
      expect(claims.found).toBe(claims.named);
    }

    await runReadout(['reread', '--patterns', silent, '--db', db]);
    const { out } = await review('list', '--decided');
    expect(out.replace(/\s+/g, ' ')).toContain('[it stands on nothing: no claim is there any more]');
    await runReadout(['reread', '--db', db]);
    expect(await eventsIn(db)).toEqual(decided);
  });
});

describe('killed at a random moment', () => {
  test(
    `${KILLS} times: nothing is half there, and reading anew goes on where it was`,
    async () => {
      const whole = copy();
      await runReadout(['reread', '--patterns', other, '--db', whole]);
      const expected = await eventsIn(whole);
      let cut = false;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const db = copy();
        const written = await rereadAndKill(db, kill % 2, Math.random() * (kill % 2 === 0 ? 600 : 60));
        cut ||= written > 0 && written < DOCUMENTS;
        await eventsIn(db);
        const { code, err } = await runReadout(['reread', '--patterns', other, '--db', db]);
        expect({ code, err }).toMatchObject({ code: 0, err: expect.stringMatching(/read anew|Everything/) });
        expect(await eventsIn(db)).toEqual(expected);
      }
      expect(cut).toBe(true);
    },
    KILLS * 30_000,
  );
});

/** Reads anew in a process of its own, killed a moment after it has written so many documents at least; gives how many. */
async function rereadAndKill(db: string, documents: number, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [CLI, 'reread', '--patterns', other, '--threads', '1', '--db', db], {
    stdio: 'ignore',
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const store = await Store.open(db);
  const except = readerName([{ name: other, text: readFileSync(other, 'utf8') }]);
  const written = async () => DOCUMENTS - (await store.countDocuments({ except }));
  while (child.exitCode === null && (await written()) < documents) await sleep(20);
  await sleep(delayMs);
  child.kill('SIGKILL');
  await closed;
  const count = await written();
  await store.close();
  return count;
}
