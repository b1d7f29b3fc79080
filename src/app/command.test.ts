import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOfStories } from '../../test/records.ts';
import { runReadout } from '../../test/shell.ts';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { fieldsOf } from './operation.ts';
import { OPERATIONS } from './operations.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'readout-command-'));
const db = join(folder, 'record.sqlite');

beforeAll(() => recordOfStories(db));

afterAll(() => rmSync(folder, { recursive: true }));

const onRecord = (...args: readonly string[]) => runReadout([...args, '--db', db]);

describe('every verb', () => {
  test('has a summary, an example of itself, and words for each option', async () => {
    for (const listed of OPERATIONS) {
      const operation = await listed.load();
      expect(listed.summary, listed.name).toMatch(/^.{10,100}$/);
      expect(operation.examples.join('\n'), listed.name).toContain(`readout ${listed.name}`);
      for (const field of fieldsOf(operation)) {
        expect(field.description, `${listed.name} ${field.flag}`).not.toBe('');
      }
      const { code, out } = await runReadout([listed.name, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`${operation.examples[0]}`);
    }
  });

  test('stands in the overview', async () => {
    const { code, out } = await runReadout(['--help']);
    expect(code).toBe(0);
    for (const { name } of OPERATIONS) expect(out).toContain(`\n  ${name}`);
  });

  test('takes its record from --db, then READOUT_DB, then the folder', async () => {
    const env = { READOUT_DB: db };
    expect((await runReadout(['timeline'], { env })).out).toContain('16 June');
    const missing = await runReadout(['timeline', '--db', join(folder, 'none.sqlite')], { env });
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('none.sqlite') });
    expect((await runReadout(['timeline'], { cwd: folder })).err).toContain(join(folder, 'readout.sqlite'));
  });
});

describe('wrong usage ends with 2 and one clear line', () => {
  test.each([
    ['an unknown verb', ['dance'], 'dance'],
    ['an unknown option', ['timeline', '--colour'], '--colour'],
    ['a date that is none', ['timeline', '--from', '2021-02-30'], '2021-02-30'],
    ['a type that is none', ['timeline', '--type', 'PARTY'], 'PARTY'],
    ['a missing argument', ['brief', 'USA'], 'PARTY'],
    ['a port that is none', ['serve', '--port', 'http'], '--port'],
  ])('%s', async (_, args, named) => {
    const { code, out, err } = await onRecord(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(named);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('nothing at all shows what there is', async () => {
    const { code, out } = await runReadout([]);
    expect(code).toBe(2);
    expect(out).toContain('timeline');
  });
});

describe('views of a record', () => {
  test('timeline: a line an event, the undated last', async () => {
    const { out } = await onRecord('timeline');
    expect(out.indexOf('14 June')).toBeLessThan(out.indexOf('16 June'));
    expect(out.indexOf('7 December')).toBeLessThan(out.indexOf('Date unknown'));
  });

  test('timeline: filters, and says so when nothing fits', async () => {
    const { out } = await onRecord('timeline', '--between', 'FIN', 'Norway', '--type', 'SANCTION', '--csv');
    expect(out.trimEnd().split('\r\n')).toHaveLength(2);
    expect(await onRecord('timeline', '--to', '2001-01-01')).toMatchObject({
      code: 0,
      out: '',
      err: 'No events fit.\n',
    });
    expect(await onRecord('timeline', '--between', 'Atlantis')).toMatchObject({ code: 1 });
  });

  test('show, compare: by the beginning of an id, with what reports disagree on', async () => {
    const [event] = JSON.parse((await onRecord('timeline', '--issue', 'fisheries', '--json')).out);
    const shown = await onRecord('show', event.id.slice(0, 8));
    expect(shown.out).toContain('2 hours (Harbour Post) or 3 hours (The Lighthouse)');
    const compared = await onRecord('compare', event.id);
    expect(compared.out).toContain('≠ 2 hours');
    expect(compared.out).toContain('They last sat');
    expect(JSON.parse((await onRecord('show', event.id, '--json')).out)).toEqual(event);
    expect(await onRecord('show', 'ffffffff')).toMatchObject({ code: 1, err: expect.stringContaining('ffffffff') });
  });

  test('show: a document gives back its reading', async () => {
    const reading = storyReading(SUMMIT[0]!);
    expect(JSON.parse((await onRecord('show', reading.document.id, '--json')).out)).toEqual(reading);
    expect((await onRecord('show', reading.document.id.slice(0, 10))).out).toContain('Leaders to meet');
  });

  test('brief: every line has its sources, and only what was reported by the day', async () => {
    const brief = JSON.parse((await onRecord('brief', 'FIN', 'NOR', '--json')).out);
    const titles = brief.sections.map((section: { title: string }) => section.title);
    expect(titles).toEqual(
      expect.arrayContaining(['Past contacts', 'Threats standing', 'Disagreements between reports']),
    );
    for (const { lines } of brief.sections) {
      for (const { sources } of lines) {
        expect(sources.length).toBeGreaterThan(0);
        for (const source of sources) expect(source.sentence).not.toBe('');
      }
    }
    const early = JSON.parse((await onRecord('brief', 'NOR', 'FIN', '--on', '2021-06-10', '--json')).out);
    expect(JSON.stringify(early)).not.toContain('by phone');
    expect(await onRecord('brief', 'FIN', 'Finland')).toMatchObject({ code: 2 });
  });

  test('export: an event a line, each claim with its document and evidence', async () => {
    const lines = (await onRecord('export', '--format', 'jsonl')).out.trimEnd().split('\n');
    const exported = lines.map((line) => JSON.parse(line));
    const events = JSON.parse((await onRecord('timeline', '--json')).out);
    expect(exported.map(({ documents: _, ...event }) => event)).toEqual(events);
    for (const event of events) {
      expect(event.id).toMatch(/^[0-9a-f]{16}$/);
      for (const claim of event.claims) {
        expect(claim.document).toMatch(/^[0-9a-f]{64}$/);
        expect(claim.evidence.trigger.to).toBeGreaterThan(claim.evidence.trigger.from);
      }
    }
  });
});

describe('the shell', () => {
  const shell = (args: readonly string[], options: object = {}) =>
    spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', ...options });

  test('ends with the code of the command, and without a stack', () => {
    expect(shell(['timeline', '--from', 'x'])).toMatchObject({ status: 2, stdout: '' });
    expect(shell(['timeline', '--db', '/nowhere/at/all'])).toMatchObject({ status: 1, stdout: '' });
    expect(shell(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('is quiet when the reader leaves early', () => {
    const quoted = [process.execPath, CLI, 'export', '--db', db].map((part) => `'${part}'`).join(' ');
    const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${quoted} | true`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect([0, 141]).toContain(status);
  });
});
