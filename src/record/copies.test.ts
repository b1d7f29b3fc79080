import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import type { Event } from './event.ts';
import { Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-copies-'));
afterAll(() => rmSync(folder, { recursive: true }));

const REPORT =
  'OSLO — The foreign ministers of Norway and Chile met in Oslo on Monday to discuss the fishing of cod. Norway said after the talks that both sides had agreed to measure the stock anew in spring, and that a joint committee would meet in Valparaiso in June. Chile called the meeting open and useful. It thanked Norway for the research ship that it lent to Chile last winter. A spokesman for the fishermen of Bergen said that they expected nothing of the committee.';
const LINES = [
  { text: REPORT, outlet: 'Tidewater', published: '2031-03-06', url: 'https://t.example/1' },
  {
    text: `${REPORT} Readers may write to our desk.`,
    outlet: 'Harbour Post',
    published: '2031-03-07',
    url: 'https://h.example/1',
  },
  {
    text: REPORT.slice(0, REPORT.indexOf(' It thanked')),
    outlet: 'Skerry Post',
    published: '2031-03-07',
    url: 'https://s.example/1',
  },
  {
    text: 'The foreign ministers of Norway and Chile met in Oslo on Monday, 3 March. Our reporter watched them walk along the quay, and heard them laugh.',
    outlet: 'Meridian',
    published: '2031-03-06',
    url: 'https://m.example/1',
  },
  {
    text: 'Norway accused Chile of fishing in closed waters on 4 March.',
    outlet: 'Meridian',
    published: '2031-03-06',
    url: 'https://m.example/2',
  },
  {
    text: 'Norway accused Chile of fishing in closed waters on 4 March. Chile denied that.',
    outlet: 'Meridian',
    published: '2031-03-06',
    url: 'https://www.m.example/2?utm_source=x',
  },
].map((line) => JSON.stringify(line));

async function record(name: string, lines: readonly string[]): Promise<{ db: string; events: readonly Event[] }> {
  const db = join(folder, name);
  const stdin = (async function* () {
    yield new TextEncoder().encode(lines.join('\n'));
  })();
  expect((await runReadout(['add', '-', '--db', db], { stdin })).code).toBe(0);
  const store = await Store.open(db);
  const events = await store.events();
  await store.close();
  return { db, events };
}

test('reprints count with what they were taken from, whatever comes first', async () => {
  const orders = [
    [0, 1, 2, 3, 4, 5],
    [5, 4, 3, 2, 1, 0],
    [2, 5, 1, 3, 0, 4],
  ];
  const told: unknown[] = [];
  for (const [i, order] of orders.entries()) {
    const { events } = await record(
      `order-${i}.sqlite`,
      order.map((index) => LINES[index]!),
    );
    const meeting = events.find((event) => event.type === 'CONSULT' && event.claims.length >= 4)!;
    expect(new Set(meeting.claims.map((claim) => claim.document)).size).toBe(4);
    expect(meeting.origins).toBe(2);
    told.push(events);
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});

test('a text changed at its address is a version, shown by its words and by what it tells', async () => {
  const { db, events } = await record('versions.sqlite', LINES.slice(4));
  expect(events.every((event) => event.origins === 1)).toBe(true);
  const documents = events.flatMap((event) => event.claims.map((claim) => claim.document));
  const { out } = await runReadout(['show', documents[0]!, '--versions', '--json', '--db', db]);
  const versions = JSON.parse(out) as readonly {
    change: { words: { words: string; change: string | null }[]; came: Event[] } | null;
  }[];
  expect(versions).toHaveLength(2);
  expect(versions[0]!.change).toBeNull();
  const changed = versions[1]!.change!.words.filter(({ change }) => change !== null);
  expect(changed.map(({ words, change }) => [words.trim(), change])).toEqual([['Chile denied that.', 'added']]);
  const page = await runReadout(['show', documents[0]!, '--versions', '--db', db]);
  expect(page.out).toContain('2 versions.');
  expect(page.out).toContain('Chile denied that.');
});
