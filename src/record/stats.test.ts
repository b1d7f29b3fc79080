import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { recordKinds } from '../../test/records.ts';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import type { EventFilter } from './find.ts';
import { type Counts, countDyads, countEvents, type PeriodCount } from './stats.ts';
import { Store } from './store.ts';

const opened: Store[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
});

const kinds = await Promise.all(
  (await recordKinds('src/record/stats.test.ts')).map(async (one) => ({
    ...one,
    store: one.there ? await summit(await one.fresh()) : undefined,
  })),
);

async function summit(place: string): Promise<Store> {
  const store = await Store.open(place, { create: true });
  opened.push(store);
  for (const reading of SUMMIT.map(storyReading)) {
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  return store;
}

async function all(counts: AsyncIterable<Counts>): Promise<readonly Counts[]> {
  const list: Counts[] = [];
  for await (const one of counts) list.push(one);
  return list;
}

const sum = (periods: readonly PeriodCount[]) => periods.reduce((total, one) => total + one.total, 0);

describe.each(kinds)('counts of a record on $kind', ({ there, store }) => {
  describe.skipIf(!there)('are', () => {
    test('by month and quad class, what has no date of its own when it was first told', async () => {
      const counts = await countEvents(store!, { parties: ['FIN', 'NOR'] }, 'month');
      expect(counts).toEqual([
        { period: '2021-06', quads: [1, 0, 0, 1], total: 2, undated: 0, vague: 0 },
        { period: '2021-12', quads: [2, 0, 0, 0], total: 2, undated: 1, vague: 0 },
        { period: null, quads: [0, 0, 1, 0], total: 1, undated: 1, vague: 0 },
      ]);
    });

    test('by year, and by weeks named by their Mondays', async () => {
      expect((await countEvents(store!, {}, 'year')).map(({ period }) => period)).toEqual(['2021', null]);
      expect((await countEvents(store!, { type: 'SANCTION' }, 'week')).map(({ period }) => period)).toEqual([
        '2021-06-14',
      ]);
    });

    test('of days asked for only what has a date in them', async () => {
      expect(sum(await countEvents(store!, { from: '2021-06-15' }, 'month'))).toBe(2);
      expect(sum(await countEvents(store!, { from: '2021-06-14', to: '2021-06-16' }, 'month'))).toBe(2);
    });

    test('as many as there are events, whatever is asked for', async () => {
      const filters: readonly EventFilter[] = [
        {},
        { type: 'CONSULT' },
        { words: 'geneva' },
        { words: '"in geneva"' },
        { words: 'geneva -fisheries' },
        { disputed: 'any', country: 'CHE' },
        { official: false },
        { official: true },
        { person: '~aino aalto' },
      ];
      for (const filter of filters) {
        expect(sum(await countEvents(store!, filter, 'month')), JSON.stringify(filter)).toBe(
          (await store!.events(filter)).length,
        );
      }
    });

    test('for each two states what is counted of these two', async () => {
      for (const filter of [{}, { words: 'geneva' }, { words: '"in geneva"' }, { type: 'CONSULT' }] as EventFilter[]) {
        const dyads = await all(countDyads(store!, filter, 'month'));
        expect(dyads.map(({ dyad }) => dyad)).toEqual([['FIN', 'NOR']]);
        expect(dyads[0]!.periods).toEqual(await countEvents(store!, { ...filter, parties: ['FIN', 'NOR'] }, 'month'));
      }
      expect(await all(countDyads(store!, { type: 'AID' }, 'year'))).toEqual([]);
    });
  });
});

test('both kinds of records count alike', async () => {
  const [one, two] = kinds;
  if (two?.store === undefined) return;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('week', 'month', 'year'),
      fc.record(
        {
          quad: fc.constantFrom(1, 3, 4),
          words: fc.constantFrom('geneva', 'meet*', '"by phone"'),
          from: fc.constantFrom('2021-06-01', '2021-06-16', '2021-12-01'),
          to: fc.constantFrom('2021-06-16', '2021-12-07'),
        },
        { requiredKeys: [] },
      ),
      async (by, filter) => {
        expect(await countEvents(one!.store!, filter, by)).toEqual(await countEvents(two.store!, filter, by));
      },
    ),
    { numRuns: 30 },
  );
});
