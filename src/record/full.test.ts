import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ADDER, CLI, runChild, toldAdded } from '../../test/child.ts';
import { meetingReading } from '../../test/meeting.ts';
import { runReadout } from '../../test/shell.ts';
import { checkRecord } from './check.ts';
import { Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Checks that a record is whole, and holds each reading that was told as added. */
async function expectKept(place: string, told: readonly number[]): Promise<number> {
  const store = await Store.open(place);
  expect(await checkRecord(store, { deep: true })).toEqual([]);
  for (const number of told) expect(await store.knows(meetingReading(number, 4000).document)).toBe(true);
  const count = await store.countDocuments();
  await store.close();
  return count;
}

describe.skipIf(process.platform === 'win32')('a file that may not grow', () => {
  // 1.2 MB are reached by the log of what is written, 4.5 MB by the file itself, when the log goes into it.
  test.each([
    ['the log', 1200, 10],
    ['the file', 4500, 10],
  ])(
    'while %s is written ends adding with a sentence, and what was told as added is kept',
    async (_, kilobytes, batch) => {
      const place = join(folder, `${kilobytes}.sqlite`);
      const { code, out } = await runChild([ADDER, place, '0', '5000', String(batch), '4000'], {
        fileKilobytes: kilobytes,
      });
      const told = toldAdded(out);
      expect(code).toBe(1);
      expect(out).toMatch(
        /^record\.full .*: the disk (?:is full|did not take what was written).*What was told as added is kept\.$/m,
      );
      expect(out).toContain(place);
      expect(told.length).toBeGreaterThan(0);
      const kept = await expectKept(place, told);
      // Where there is room again the same goes on.
      const next = await runChild([ADDER, place, '0', String(kept + 10), '10', '4000']);
      expect(next).toMatchObject({ code: 0 });
      expect(await expectKept(place, toldAdded(next.out))).toBe(kept + 10);
    },
  );

  test('leaves no half of a backup, and none of a move that could be taken for one', async () => {
    const place = join(folder, 'source.sqlite');
    await runChild([ADDER, place, '0', '120', '40', '4000']);
    const backup = join(folder, 'backup.sqlite');
    const backedUp = await runChild([CLI, 'db', 'backup', backup, '--db', place], { fileKilobytes: 300 });
    expect(backedUp).toMatchObject({ code: 1, err: expect.stringMatching(/^readout db: .*the disk/m) });
    expect(existsSync(backup)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual([]);
    const target = join(folder, 'target.sqlite');
    const moved = await runChild([CLI, 'db', 'move', target, '--from', place], { fileKilobytes: 900 });
    expect(moved).toMatchObject({ code: 1, err: expect.stringMatching(/^readout db: .*target\.sqlite: the disk/m) });
    expect(await runReadout(['timeline', '--db', target])).toMatchObject({ code: 1 });
    expect(await runReadout(['db', 'move', target, '--from', place])).toMatchObject({ code: 0 });
    await expectKept(place, [0, 119]);
  });
});

const mounted = join(folder, 'disc');

describe.skipIf(!canMount())('a full disk', () => {
  test('ends adding with a sentence, is still read, and goes on when there is room', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'none', mounted]);
    try {
      const place = join(mounted, 'a.sqlite');
      const { code, out } = await runChild([ADDER, place, '0', '5000', '5', '4000']);
      expect(code).toBe(1);
      expect(out).toMatch(
        /^record\.full .*: the disk is full; make room, then try again\. What was told as added is kept\.$/m,
      );
      const told = toldAdded(out);
      // The disk is as full as before.
      expect((await runReadout(['timeline', '--db', place])).out.match(/talks/g)?.length).toBeGreaterThanOrEqual(
        told.length,
      );
      const kept = await expectKept(place, told);
      execFileSync('mount', ['-o', 'remount,size=20m', mounted]);
      expect(await runChild([ADDER, place, '0', String(kept + 20), '20', '4000'])).toMatchObject({ code: 0 });
      expect(await expectKept(place, [kept + 19])).toBe(kept + 20);
    } finally {
      execFileSync('umount', [mounted]);
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
