import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOfStories } from '../../test/records.ts';
import { runReadout } from '../../test/shell.ts';
import type { Event } from '../record/event.ts';
import { Store } from '../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-filter-'));
const db = join(folder, 'record.sqlite');

beforeAll(() => recordOfStories(db));

afterAll(() => rmSync(folder, { recursive: true }));

async function timeline(...args: readonly string[]): Promise<readonly Event[]> {
  const { code, out, err } = await runReadout(['timeline', ...args, '--json', '--db', db]);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
}

async function refused(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runReadout(['timeline', ...args, '--db', db]);
  expect(code).toBeGreaterThan(0);
  expect(out).toBe('');
  expect(err.replace(/\nSee `readout timeline --help`\.$/m, '').trimEnd()).not.toContain('\n');
  return err;
}

describe('a timeline is narrowed down', () => {
  test('by a person’s name, its last word, or as it is kept', async () => {
    const whole = await timeline('--actor', 'Aino Aalto');
    expect(whole.length).toBeGreaterThan(2);
    for (const { actors } of whole) expect(actors.map(({ value }) => value.name)).toContain('Aino Aalto');
    expect(await timeline('--actor', 'aalto')).toEqual(whole);
    expect(await timeline('--actor', '~aino aalto')).toEqual(whole);
  });

  test('by quad class, by number or name', async () => {
    const events = await timeline('--quad', 'material-conflict');
    expect(events.map(({ type }) => type)).toEqual(['SANCTION']);
    expect(await timeline('--quad', '4')).toEqual(events);
  });

  test('by the country it took place in, by code or name in any letters', async () => {
    const [event, ...more] = await timeline('--country', 'switzerland', '--disputed');
    expect(more).toEqual([]);
    expect(event?.where.settled?.name).toBe('Geneva');
    expect(await timeline('--country', 'che', '--disputed', 'duration')).toEqual([event]);
  });

  test('by outlet, and by whether a government’s own statement tells it', async () => {
    for (const { claims } of await timeline('--outlet', 'the lighthouse')) {
      expect(claims.map(({ outlet }) => outlet)).toContain('The Lighthouse');
    }
    const [all, official, others] = [
      await timeline(),
      await timeline('--official'),
      await timeline('--official', 'no'),
    ];
    expect(official.map(({ type }) => type)).toContain('THREATEN');
    expect(official.length + others.length).toBe(all.length);
  });

  test('by what reports disagree on: a flag alone means any field', async () => {
    const any = await timeline('--disputed');
    expect(any.length).toBe(2);
    expect((await timeline('--disputed', 'figures')).map(({ type }) => type)).toEqual(['SANCTION']);
    expect(await timeline('--disputed', 'where')).toEqual([]);
  });

  test('by what nobody has decided anything of', async () => {
    const [first, ...rest] = await timeline('--needs-review');
    await runReadout(['review', 'accept', first!.id, '--event', '--by', 'Una', '--db', db]);
    expect(await timeline('--needs-review')).toHaveLength(rest.length);
    await runReadout(['review', 'undo', (await decisionIds())[0]!, '--by', 'Una', '--db', db]);
    expect(await timeline('--needs-review')).toHaveLength(rest.length + 1);
  });

  test('by words, phrases and beginnings, and with all of it together', async () => {
    expect((await timeline('--words', 'expel* -Oslo')).map(({ type }) => type)).toEqual(['SANCTION']);
    expect(await timeline('--words', '"nets are lifted"', '--type', 'threaten', '--official')).toHaveLength(1);
    expect(await timeline('--words', '"lifted are nets"')).toEqual([]);
  });

  test('to so many, the latest first, those without a date still last', async () => {
    const all = await timeline();
    const latest = await timeline('--newest-first');
    const dated = all.filter(({ when, claims }) => when.settled?.earliest || claims[0]?.published);
    expect(latest.map(({ id }) => id)).toEqual([
      ...dated.map(({ id }) => id).reverse(),
      ...all.slice(dated.length).map(({ id }) => id),
    ]);
    expect(await timeline('--newest-first', '--limit', '2')).toEqual(latest.slice(0, 2));
  });

  async function decisionIds(): Promise<readonly string[]> {
    const { out } = await runReadout(['review', 'export', '--db', db]);
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
  }
});

describe('what is not there is told with what there is', () => {
  test('types, statuses, issues, outlets, countries, sides and persons', async () => {
    expect(await refused('--type', 'CONSLT')).toMatch(/did you mean "CONSULT"\?/);
    expect(await refused('--status', 'planed')).toContain('planned');
    expect(await refused('--issue', 'fishery')).toMatch(/no "fishery"; did you mean "fisheries"\? It holds .*trade/);
    expect(await refused('--outlet', 'Harbor Post')).toContain('did you mean "harbour post"?');
    expect(await refused('--country', 'Swizerland')).toContain('did you mean "Switzerland"?');
    expect(await refused('--between', 'Norwey')).toContain('did you mean "Norway"?');
    expect(await refused('--actor', 'Ozymandias')).toContain('Ozymandias');
    expect(await refused('--quad', '5')).toContain('verbal-cooperation');
    expect(await refused('--disputed', 'colour')).toContain('figures');
    expect(await refused('--limit', '0')).toContain('--limit');
    expect(await refused('--words', '-- ;')).toContain('no word');
  });

  test('a record with nothing in it holds none', async () => {
    const empty = join(folder, 'empty.sqlite');
    await (await Store.open(empty, { create: true })).close();
    const { err } = await runReadout(['timeline', '--issue', 'trade', '--db', empty]);
    expect(err).toContain('the record holds none');
  });

  test.each([
    "' OR 1=1 --",
    '"; DROP TABLE events; --',
    '%_\\',
    'NEAR(a b) AND OR NOT *',
    '\0\ud800',
    'x'.repeat(10_000),
    '*',
    '"',
  ])('%j is looked for and nothing else', async (hostile) => {
    for (const flag of ['--between', '--actor', '--type', '--issue', '--country', '--outlet', '--words', '--quad']) {
      const { code, err } = await runReadout(['timeline', `${flag}=${hostile}`, '--db', db]);
      expect([0, 1, 2]).toContain(code);
      expect(err).not.toMatch(/SQL|syntax|\n\s+at /i);
      expect(err.length).toBeLessThan(1000);
    }
    expect(await timeline()).not.toEqual([]);
  });
});

describe('forms of a timeline', () => {
  test('hold the same events, a row each', async () => {
    const events = await timeline();
    const form = async (flag: string) => (await runReadout(['timeline', flag, '--db', db])).out;
    expect((await form('--csv')).trimEnd().split('\r\n')).toHaveLength(events.length + 1);
    expect((await form('--md')).trimEnd().split('\n')).toHaveLength(events.length + 4);
    expect((await form('--html')).match(/<tr>/g)).toHaveLength(events.length + 1);
    expect(JSON.parse((await runReadout(['timeline', '--to', '1999-01-01', '--json', '--db', db])).out)).toEqual([]);
  });
});
