import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf } from '../../test/exported.ts';
import { freshDatabase } from '../../test/postgres.ts';
import { runReadout } from '../../test/shell.ts';
import { type Story, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { Store } from '../record/store.ts';
import { FORMATS } from './export/formats.ts';
import { packageVersion } from './shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-export-'));
const db = join(folder, 'record.sqlite');
const other = join(folder, 'other.sqlite');
const server = await freshDatabase('src/app/export.test.ts');

async function fill(path: string, stories: readonly Story[]): Promise<void> {
  const store = await Store.open(path, { create: true });
  for (const story of stories) {
    const reading = storyReading(story);
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  await store.close();
}

beforeAll(async () => {
  await fill(db, SUMMIT);
  await fill(other, SUMMIT.toReversed());
  if (server !== undefined) await fill(server, [...SUMMIT.slice(2), ...SUMMIT.slice(0, 2)]);
});

afterAll(() => rmSync(folder, { recursive: true }));

const exporting = (...args: readonly string[]) => runReadout(['export', '--db', db, ...args], { cwd: folder });

describe('readout export', () => {
  test('writes every format to a file or, gdelt, to a folder, and leaves nothing else behind', async () => {
    for (const { name, files } of FORMATS) {
      const { code, out } = await exporting('--format', name, '--out', `all/${name}`);
      if (files.length === 1) {
        // The folder is not there yet.
        expect(code, name).toBe(1);
        mkdirSync(join(folder, 'all'), { recursive: true });
        expect((await exporting('--format', name, '--out', `all/${name}`)).code, name).toBe(0);
      } else expect(code, name).toBe(0);
      expect(out).toBe('');
      rmSync(join(folder, 'all', name), { recursive: true });
      expect(readdirSync(join(folder, 'all'))).toEqual([]);
      rmSync(join(folder, 'all'), { recursive: true });
    }
  });

  test.each([
    ['in another order', other],
    ['on a server', server],
  ])('gives the same bytes for the same documents %s', async (_, record) => {
    // A machine without a server says so at the end of the run.
    if (record === undefined) return;
    for (const { name, files } of FORMATS) {
      const written: Buffer[] = [];
      for (const one of [db, record]) {
        const path = join(folder, 'same');
        const args = ['export', '--db', one, '--format', name, '--out', path, '--table', files[0]!.name];
        expect((await runReadout(args)).code, name).toBe(0);
        written.push(readFileSync(path));
      }
      expect(written[0]!.length, name).toBeGreaterThan(40);
      expect(Buffer.compare(written[0]!, written[1]!), name).toBe(0);
    }
  });

  test('prints what a file would hold', async () => {
    await exporting('--format', 'csv', '--out', 'events.csv');
    expect((await exporting('--format', 'csv')).out).toBe(readFileSync(join(folder, 'events.csv'), 'utf8'));
  });

  test('an older file stays where the new one cannot be written whole', async () => {
    writeFileSync(join(folder, 'kept.csv'), 'old');
    const { code, err } = await exporting('--format', 'csv', '--out', 'kept.csv', '--between', 'ATLANTIS');
    expect(code).toBe(1);
    expect(err).toContain('ATLANTIS');
    expect(readFileSync(join(folder, 'kept.csv'), 'utf8')).toBe('old');
    const missing = await exporting('--format', 'csv', '--out', 'nowhere/events.csv');
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('nowhere/events.csv cannot be written') });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('.part-'))).toEqual([]);
  });

  test('filters as the timeline does', async () => {
    const lines = linesOf((await exporting('--type', 'SANCTION')).out).map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(['SANCTION']);
    const dated = linesOf((await exporting('--between', 'FIN', 'NOR', '--from', '2021-12-01')).out);
    expect(dated).toHaveLength(1);
    expect((await exporting('--type', 'PARTY')).code).toBe(2);
  });

  test('says what a format has no place for, on standard error', async () => {
    const { out, err } = await exporting('--format', 'polecat');
    expect(linesOf(out).length).toBeGreaterThan(1);
    expect(err).toMatch(
      /^Left out, as polecat has no place for them: 1 hoped, possible or conditional; 1 undated\.\n$/,
    );
    expect((await exporting('--format', 'jsonl')).err).toBe('');
  });
});

test('a mobilization that every report tells beside an assault is no event of PLOVER', async () => {
  const path = join(folder, 'assault.sqlite');
  await fill(path, [
    {
      outlet: 'Outlet',
      published: '2020-05-03',
      text: 'Chad shelled Mali on May 2. Chad sent tanks to the border on May 2.',
      actors: [
        { name: 'Chad', country: 'TCD', kind: 'state' },
        { name: 'Mali', country: 'MLI', kind: 'state' },
      ],
      claims: [
        {
          ...{ sentence: 'Chad shelled Mali on May 2.', trigger: 'shelled', event: 'ASSAULT', actors: ['Chad'] },
          ...{ recipients: ['Mali'], when: ['2020-05-02', 'May 2'] },
        },
        {
          ...{ sentence: 'Chad sent tanks to the border on May 2.', trigger: 'sent', event: 'MOBILIZE' },
          ...{ actors: ['Chad'], when: ['2020-05-02', 'May 2'] },
        },
      ],
    },
  ]);
  const { out, err } = await runReadout(['export', '--db', path, '--format', 'plover']);
  expect(linesOf(out).map((line) => JSON.parse(line).event)).toEqual([['ASSAULT']]);
  expect(err).toContain('1 a mobilization in reports of an assault');
});

describe('a citation', () => {
  const line = new RegExp(
    `^Readout ${packageVersion().replaceAll('.', '\\.')}, English core [0-9a-f]{8}, record of 2032-02-01, 1 event, filter: between FIN NOR; type SANCTION\n$`,
  );

  test('names program, weights, day, count and filter, on standard error', async () => {
    const { out, err } = await exporting('--between', 'FIN', 'NOR', '--type', 'SANCTION', '--cite');
    expect(err).toMatch(line);
    expect(out).not.toContain('English core');
  });

  test('stands in the file where the format has a place for it', async () => {
    for (const name of ['plover', 'graphml', 'geojson']) {
      expect((await exporting('--format', name, '--cite')).out, name).toMatch(
        /English core [0-9a-f]{8}, record of 2032-02-01/,
      );
      expect((await exporting('--format', name)).out, name).not.toContain('record of 2032-02-01');
    }
  });

  test('comes as BibTeX too', async () => {
    expect((await exporting('--bibtex')).err).toMatch(
      /^@misc\{readout-2032-02-01,\n[\s\S]*year {4}= \{2032\},\n[\s\S]*\n\}\n$/,
    );
  });
});

describe('wrong usage ends with 2 and says what to do', () => {
  test.each([
    ['two files to one stream', ['--format', 'gdelt'], '--table events or mentions'],
    ['bytes to a terminal', ['--format', 'parquet'], 'name a file'],
    ['a table that the format has not', ['--format', 'gdelt', '--table', 'gkg'], 'gkg'],
    ['a folder in a file’s place', ['--format', 'csv', '--out', '.'], 'name a file'],
    ['a format that is none', ['--format', 'xml'], 'xml'],
  ])('%s', async (_, args, named) => {
    const { code, out, err } = await exporting(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(named);
  });

  test('one table of gdelt is a stream', async () => {
    const { code, out } = await exporting('--format', 'gdelt', '--table', 'mentions');
    expect(code).toBe(0);
    for (const row of linesOf(out)) expect(row.split('\t')).toHaveLength(16);
  });
});
