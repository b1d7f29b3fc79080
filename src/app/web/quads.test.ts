import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Story, storyReading } from '../../../test/story.ts';
import { Store } from '../../record/store.ts';
import { sidesOf } from './dyads.ts';
import { quadChart, quadTimes } from './quads.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'readout-quads-'));
  store = await Store.open(join(folder, 'record.sqlite'), { create: true });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A report that two sides met on a day. */
function met(day: string, one = 'Finland', two = 'Norway'): Story {
  const text = `${one} met ${two} on ${day}.`;
  const code = { Finland: 'FIN', Norway: 'NOR' } as Readonly<Record<string, string>>;
  return {
    ...{ outlet: 'Harbour Post', published: day, text },
    actors: [one, two].map((name) => ({
      ...{ name, country: code[name] ?? null },
      kind: code[name] === undefined ? ('group' as const) : ('state' as const),
    })),
    claims: [{ sentence: text, trigger: 'met', event: 'CONSULT', actors: [one, two], when: [day, day] }],
  };
}

async function add(stories: readonly Story[]): Promise<void> {
  for (const reading of stories.map(storyReading)) {
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
}

describe('events by class and time', () => {
  test('stand by month where they are of few years, months without any too', async () => {
    await add([met('2021-01-01'), met('2021-04-12'), met('2021-04-20')]);
    const times = await quadTimes(store, { parties: ['FIN'] });
    expect(times).toMatchObject({ by: 'month', stretches: ['2021-01', '2021-02', '2021-03', '2021-04'] });
    expect([times.before, times.after]).toEqual([0, 0]);
    expect(times.events).toEqual({ 1: [1, 0, 0, 2], 2: [0, 0, 0, 0], 3: [0, 0, 0, 0], 4: [0, 0, 0, 0] });
    expect(quadChart(times, new URLSearchParams()).text).toContain(
      '<th scope="row">2021-04</th><td class="number">2</td>',
    );
  });

  test('stand by day where all are of some weeks', async () => {
    await add([met('2021-02-27'), met('2021-03-01')]);
    const times = await quadTimes(store, { parties: ['FIN'] });
    expect(times).toMatchObject({ by: 'day', stretches: ['2021-02-27', '2021-02-28', '2021-03-01'] });
    expect(times.events[1]).toEqual([1, 0, 1]);
  });

  test('of one that lies ages before all others leave it out and say so', async () => {
    const days = Array.from({ length: 150 }, (_, i) =>
      new Date(Date.UTC(2021, 0, 1 + i * 2)).toISOString().slice(0, 10),
    );
    await add([met('1790-01-01'), ...days.map((day) => met(day))]);
    const times = await quadTimes(store, {});
    expect([times.by, times.stretches[0], times.before, times.after]).toEqual(['month', '2021-01', 1, 0]);
    const asked = new URLSearchParams('type=CONSULT');
    expect(quadChart(times, asked).text).toContain(
      '<a href="/timeline?type=CONSULT&amp;to=2020-12-31">1 event</a> before',
    );
  });

  test('are none where nothing is told', async () => {
    expect((await quadTimes(store, {})).stretches).toEqual([]);
  });
});

describe('two sides in an address', () => {
  test('part where both are known, whatever hyphens their names have', async () => {
    await add([met('2021-01-10'), met('2021-02-10', 'Al-Nur', 'Norway'), met('2021-03-10', 'Al-Nur', 'Ras-el-Ma')]);
    expect(await sidesOf(store, 'FIN-NOR')).toEqual(['FIN', 'NOR']);
    expect(await sidesOf(store, 'finland-Norway')).toEqual(['FIN', 'NOR']);
    expect(await sidesOf(store, '~al-nur-NOR')).toEqual(['~al-nur', 'NOR']);
    expect(await sidesOf(store, '~al-nur-~ras-el-ma')).toEqual(['~al-nur', '~ras-el-ma']);
    for (const none of ['FIN', 'FIN-', '-', 'FIN-FIN', 'FIN-ZZZ', '-'.repeat(3000)]) {
      expect(await sidesOf(store, none), none).toBeUndefined();
    }
  });
});
