import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { anchorOf } from './anchor.ts';
import type { EventFilter } from './find.ts';
import { openMark } from './marks.ts';
import { Store } from './store.ts';
import { eachUndecided } from './undecided.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-undecided-'));
let store: Store;

beforeAll(async () => {
  store = await Store.open(join(folder, 'record.sqlite'), { create: true });
  for (const story of SUMMIT) {
    const reading = storyReading(story);
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** What is asked for, as long as it takes to look at every event. */
async function slowly(filter: EventFilter): Promise<readonly string[]> {
  const events = await store.events(filter);
  const found = events.flatMap((event) =>
    event.claims.filter(({ review }) => review === null).map((claim) => `${openMark(event, claim)} ${event.id}`),
  );
  return [...new Set(found)].sort();
}

async function quickly(filter: EventFilter, ranked?: number): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { event, mark } of eachUndecided(store.engine, filter, ranked)) found.push(`${mark} ${event}`);
  expect(found.map((one) => one.slice(0, 11))).toEqual(found.map((one) => one.slice(0, 11)).toSorted());
  return found.toSorted();
}

const FILTERS: readonly EventFilter[] = [
  {},
  { parties: ['FIN'] },
  { parties: ['FIN', 'NOR'] },
  { type: 'CONSULT' },
  { status: 'planned' },
  { from: '2021-06-10' },
  { to: '2021-06-17' },
  { from: '2021-06-16', to: '2021-06-18', type: 'CONSULT' },
  { words: 'talks' },
  { official: false },
  { reviewed: true },
];

describe('claims that nobody decided anything of', () => {
  test.each(FILTERS)('are found by their marks as by looking at each: %o', async (filter) => {
    expect(await quickly(filter)).toEqual(await slowly(filter));
    // Along the marks of the whole record too, as when there are many.
    expect(await quickly(filter, 0)).toEqual(await slowly(filter));
  });

  test('leave when they are decided, and come back when that is undone', async () => {
    const before = await quickly({});
    const event = (await store.events()).find(({ claims }) => claims.length === 1)!;
    const { telling } = (await store.claim(event.claims[0]!.id))!;
    const claims = (await store.claims(telling.document)).map((one) => one.telling);
    const signed = { by: 'Ada', at: '2022-01-02T00:00:00Z', why: null };
    const id = await store.decide({ kind: 'accept', ...signed, claims: [anchorOf(telling, claims)] });
    expect((await quickly({})).filter((one) => one.endsWith(event.id))).toEqual([]);
    await store.decide({ kind: 'undo', ...signed, undoes: id });
    expect(await quickly({})).toEqual(before);
  });
});
