import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { recordKinds, recordOfStories } from '../../test/records.ts';
import { runReadout } from '../../test/shell.ts';
import type { Event } from '../record/event.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-timeline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kinds = await Promise.all(
  (await recordKinds('src/app/timeline.test.ts')).map(async (one) => ({
    ...one,
    place: one.there ? await recordOfStories(await one.fresh()) : '',
  })),
);

async function timeline(place: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runReadout(['timeline', ...args, '--db', place]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

async function events(place: string, ...args: readonly string[]): Promise<readonly Event[]> {
  return JSON.parse(await timeline(place, ...args, '--json'));
}

describe.each(kinds)('a timeline of a record on $kind', ({ there, place }) => {
  describe.skipIf(!there)('has', () => {
    test.each([[[]], [['--newest-first']]])('all events in pages as it has them whole, with %s', async (order) => {
      const whole = (await events(place, ...order)).map(({ id }) => id);
      expect(new Set(whole).size).toBe(whole.length);
      const paged: string[] = [];
      for (;;) {
        const last = paged.at(-1);
        const after = last === undefined ? [] : ['--after', last];
        const page = await events(place, ...order, '--limit', '2', ...after);
        if (page.length === 0) break;
        paged.push(...page.map(({ id }) => id));
      }
      expect(paged).toEqual(whole);
    });

    test('the events in the order of their days', async () => {
      const days = (await events(place)).flatMap(({ when }) => when.settled?.earliest ?? []);
      expect(days).toEqual(days.toSorted());
      const back = (await events(place, '--newest-first')).flatMap(({ when }) => when.settled?.earliest ?? []);
      expect(back).toEqual(days.toReversed());
    });

    test('the same events in every form', async () => {
      const all = await events(place);
      const rows: Record<string, string>[] = parse(await timeline(place, '--csv'), { columns: true });
      expect(rows.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      for (const form of [[], ['--md'], ['--html']]) {
        const text = await timeline(place, ...form);
        for (const { id } of all) expect(text).toContain(id.slice(0, 8));
      }
    });
  });
});

test('both kinds of records write the same', async () => {
  const [one, two] = kinds;
  if (two?.there !== true) return;
  for (const args of [['--json'], ['--newest-first'], ['--disputed', '--csv'], ['--between', 'FIN', '--md']]) {
    expect(await timeline(two.place, ...args)).toBe(await timeline(one!.place, ...args));
  }
});

describe('a timeline', () => {
  const { place } = kinds[0]!;

  test('as a Word document has its years as headings and says what was asked for', async () => {
    const path = join(folder, 'chronology.docx');
    const ran = await runReadout(['timeline', '--between', 'FIN', 'NOR', '--docx', path, '--db', place]);
    expect(ran).toMatchObject({ code: 0, out: '' });
    const xml = strFromU8(unzipSync(readFileSync(path))['word/document.xml']!);
    const headings = [...xml.matchAll(/w:val="Heading\d"\/>.*?<w:t[^>]*>(.*?)</g)].map(([, text]) => text);
    expect(headings).toEqual(['Timeline', '2021', 'Date unknown']);
    expect(xml).toContain('Events: between FIN NOR.');
    expect(xml).toContain('reports disagree on');
  });

  test('of nothing says so, and is empty in every form', async () => {
    const nothing = ['--type', 'ASSAULT', '--db', place];
    expect(await runReadout(['timeline', ...nothing])).toMatchObject({ code: 0, out: '', err: 'No events fit.\n' });
    expect((await runReadout(['timeline', ...nothing, '--json'])).out).toBe('[]\n');
    expect((await runReadout(['timeline', ...nothing, '--csv'])).out.trim().split('\n')).toHaveLength(1);
  });

  test('after an event that the record does not hold is refused', async () => {
    const { code, err } = await runReadout(['timeline', '--after', 'ffffffffffffffff', '--db', place]);
    expect(code).toBe(1);
    expect(err).toContain('--after');
  });
});
