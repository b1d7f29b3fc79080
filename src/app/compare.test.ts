import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import { type Story, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import type { Comparison } from '../record/compare.ts';
import { Store } from '../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-compare-'));
const place = join(folder, 'record.sqlite');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reports of one visit by more outlets than stand side by side on a screen, one with a formula for a name. */
const VISITS: readonly Story[] = Array.from({ length: 6 }, (_, i) => {
  const sentence = `Chad's minister arrived in Lima on 4 March 2022 for talks with Peru, edition ${i} says.`;
  return {
    outlet: i === 0 ? '=HYPERLINK("x")' : `Outlet ${i}`,
    published: '2022-03-05',
    title: `A visit, ${i}`,
    text: `${sentence} ${'Other words stand here, and differ. '.repeat(i)}`,
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Peru', country: 'PER', kind: 'state' },
    ],
    claims: [
      {
        ...{ sentence, trigger: 'talks', event: 'CONSULT', actors: ['Chad', 'Peru'] },
        ...{ when: ['2022-03-04', '4 March 2022'], place: ['Lima', 'PER', 'city'] },
      },
    ],
  };
});

async function compare(event: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runReadout(['compare', event, ...args, '--db', place]);
  expect(err).toBe('');
  expect(code).toBe(0);
  return out;
}

const ids = new Map<string, string>();

beforeAll(async () => {
  const store = await Store.open(place, { create: true });
  for (const reading of [...SUMMIT, ...VISITS].map(storyReading)) {
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-04-01T00:00:00Z' });
  }
  for await (const { type, claims, id } of store.eachEvent()) {
    const documents = new Set(claims.map(({ document }) => document)).size;
    ids.set(`${type} in ${documents}`, id);
  }
  await store.close();
});

describe('the reports of one event', () => {
  test('stand side by side, a column each, with what each tells of a field', async () => {
    const { reports, fields }: Comparison = JSON.parse(await compare(ids.get('SANCTION in 2')!, '--json'));
    expect(reports.map(({ outlet }) => outlet).toSorted()).toEqual(['Harbour Post', 'The Lighthouse']);
    const figures = fields.find(({ field }) => field === 'figures')!;
    const at = reports.findIndex(({ outlet }) => outlet === 'Harbour Post');
    expect(figures.cells[at]).toEqual(['10 diplomats']);
    expect(figures.cells[1 - at]).toEqual(['12 diplomats']);
    expect(figures).toMatchObject({ disagrees: true });
    expect(figures.clashing.toSorted()).toEqual(['10 diplomats', '12 diplomats']);
    expect(fields.filter(({ disagrees }) => disagrees).map(({ field }) => field)).toEqual(['figures']);
  });

  test('have marked what cannot all be true, and nothing else', async () => {
    const event = ids.get('SANCTION in 2')!;
    const text = await compare(event);
    expect(text).toContain('≠ 10 diplomats');
    expect(text).toContain('≠ 12 diplomats');
    expect(text.match(/≠/g)).toHaveLength(2);
    expect(text).toMatch(/^Reports disagree\. figures: /m);
    expect(await compare(event, '--md')).toContain('**≠ 10 diplomats**');
    expect(await compare(event, '--html')).toContain('<mark>10 diplomats</mark>');
  });

  test('are told in parts where there are more than stand beside each other', async () => {
    const event = ids.get('CONSULT in 6')!;
    const text = await compare(event);
    expect(text).toContain('Reports 5 to 6 of 6:');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    for (let i = 1; i < 6; i++) expect(text).toContain(`edition ${i}`);
    const rows: string[][] = parse(await compare(event, '--csv'));
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([7]));
    expect(rows[0]).toContain(`'=HYPERLINK("x"), 5 March 2022`);
    expect(rows.map(([field]) => field)).toEqual(['', 'actors', 'status', 'when', 'where', 'words', 'document']);
  });

  test('are found by how the id begins, and an id of nothing is told so', async () => {
    const event = ids.get('CONSULT in 6')!;
    expect(await compare(event.slice(0, 8))).toBe(await compare(event));
    const { code, err } = await runReadout(['compare', 'ffffffff', '--db', place]);
    expect(code).toBe(1);
    expect(err).toContain('ffffffff');
  });
});
