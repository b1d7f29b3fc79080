import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { textDocument } from '../../test/document.ts';
import { runReadout } from '../../test/shell.ts';
import { readTogether } from './crew.ts';
import { loadReader } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-patterns-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const EVACUATION = `type EVACUATE quad 2 scale 5 cameo 07
[own.evacuate]
event     EVACUATE
verb      evacuate
where     object any
actor     subject
recipient from
e.g.      Norway evacuated its citizens from Mali.
`;
const own = file('own.txt', EVACUATION);
const silent = file('silent.txt', 'off meet.*\n');
const report = file(
  'report.txt',
  'Norway evacuated its citizens from Mali on Monday. The Finnish premier visited Latvia.',
);

describe('--patterns', () => {
  test('adds rules and types of one’s own, from several files', async () => {
    const read = async (...args: string[]) => {
      const { out } = await runReadout(['read', report, '--published', '2022-03-10', '--jsonl', ...args]);
      return (JSON.parse(out) as { claims: { event: string }[] }).claims.map(({ event }) => event);
    };
    expect(await read()).not.toContain('EVACUATE');
    expect(await read('--patterns', own)).toEqual(['EVACUATE', 'CONSULT']);
    expect(await read('--patterns', own, '--patterns', silent)).toEqual(['EVACUATE']);
  });

  test('is remembered by the record, whose views know the new types', async () => {
    const db = join(folder, 'record.sqlite');
    const args = ['add', report, '--published', '2022-03-10', '--patterns', own, '--db', db];
    expect((await runReadout(args)).code).toBe(0);
    const record = new Database.DatabaseSync(db);
    const { reader } = record.prepare('select reader from documents').get() as { reader: string };
    record.close();
    expect(reader).toMatch(/^readout\/reading@\d+ \S+ sha256:[0-9a-f]{12} \+ own\.txt sha256:[0-9a-f]{12}$/);
    const { out } = await runReadout(['timeline', '--type', 'EVACUATE', '--db', db]);
    expect(out).toContain('evacuate');
    expect(out).not.toContain('Latvia');
  });

  test.each([
    ['that is not there', 'none.txt', 'none.txt: no such file'],
    ['with a slip', file('slip.txt', EVACUATION.replace('from\n', 'form\n')), 'slip.txt:7:11: "form" is no slot'],
  ])('of a file %s ends with one clear line', async (_, path, message) => {
    const { code, err } = await runReadout(['read', report, '--patterns', path]);
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(message);
  });

  test('reach worker threads', { timeout: 30_000 }, async () => {
    const patterns = [{ name: 'own.txt', text: EVACUATION }];
    const document = textDocument('Norway evacuated its citizens from Mali on Monday.', '2022-03-10');
    const inputs = async function* () {
      yield { input: 'report', document };
    };
    const options = { aloud: false, threads: 2, patience: 0, patterns };
    for await (const told of readTogether(inputs(), loadReader(), options))
      expect('reading' in told && told.reading.claims.map(({ rule }) => rule)).toEqual(['own.evacuate']);
    expect.assertions(1);
  });
});
