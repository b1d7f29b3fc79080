import { afterAll, describe, expect, test } from 'vitest';
import { recordKinds, recordOfStories } from '../../test/records.ts';
import type { EventFilter } from './find.ts';
import { placeMark } from './marks.ts';
import { Store } from './store.ts';
import { countPlaces } from './where.ts';

test('a place is known by its number, a country by its code, others by country and name', () => {
  const place = { name: 'Geneva', country: 'CHE', geonames: 2660646, lat: 46.2, lon: 6.1, precision: 'city' } as const;
  const unknown = { geonames: null, lat: null, lon: null } as const;
  expect(placeMark(place)).toBe('place city 2660646');
  expect(placeMark({ ...place, ...unknown, name: 'Switzerland', precision: 'country' })).toBe('place country CHE');
  expect(placeMark({ ...place, ...unknown, name: 'Old Mill' })).toBe('place city CHE Old Mill');
  expect(placeMark({ ...unknown, name: 'Black Sea', country: null, precision: 'region' })).toBe(
    'place region - Black Sea',
  );
});

describe.each(await recordKinds('src/record/where.test.ts'))('places of a record on $kind', ({ there, fresh }) => {
  const stores: Store[] = [];
  afterAll(async () => {
    for (const store of stores) await store.close();
  });

  test.skipIf(!there)(
    'count every event at the place that it is settled on, and each count is what the filter then finds',
    async () => {
      const store = await Store.open(await recordOfStories(await fresh()), { create: false });
      stores.push(store);
      const filters: readonly EventFilter[] = [
        {},
        { type: 'CONSULT' },
        { parties: ['FIN', 'NOR'] },
        { words: 'Geneva' },
        { from: '2021-06-12', to: '2021-06-30' },
        { from: '2021-06-20' },
        { to: '2021-06-10' },
        { reviewed: false, parties: ['FIN'] },
      ];
      for (const filter of filters) {
        const expected = new Map<string, number>();
        for (const { where } of await store.events(filter)) {
          if (where.settled === null) continue;
          const key = placeMark(where.settled).slice('place '.length);
          expected.set(key, (expected.get(key) ?? 0) + 1);
        }
        const places = await countPlaces(store.engine, filter);
        expect(new Map(places.map(({ key, events }) => [key, events])), JSON.stringify(filter)).toEqual(expected);
        for (const { key, events } of places)
          expect(await store.events({ ...filter, place: key })).toHaveLength(events);
      }
      expect(await countPlaces(store.engine, {})).toContainEqual(
        expect.objectContaining({ key: 'city CHE Geneva', precision: 'city', country: 'CHE', name: 'Geneva' }),
      );
    },
  );
});
