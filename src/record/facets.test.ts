import { describe, expect, test } from 'vitest';
import { recordKinds } from '../../test/records.ts';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { placedOn } from './event.ts';
import { facetsOf } from './facets.ts';
import { dayKey, dayOfKey } from './marks.ts';
import { Store } from './store.ts';

for (const { kind, there, fresh } of await recordKinds('src/record/facets.test.ts')) {
  describe.skipIf(!there)(`facets of a record on ${kind}`, () => {
    test('count what the events can be narrowed down by, and each count is what the filter then finds', async () => {
      const store = await Store.open(await fresh(), { create: true });
      for (const story of SUMMIT) {
        const reading = storyReading(story);
        await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
      }
      const facets = await facetsOf(store.engine, {});
      const { total, complete, values, days } = facets;
      const events = await store.events();
      expect([total, complete]).toEqual([events.length, true]);
      // What is counted as events come and what is counted when asked is the same.
      expect(await facetsOf(store.engine, { reviewed: false })).toEqual(facets);
      for (const { value, events: count } of values.get('type')!) {
        expect(await store.events({ type: value }), value).toHaveLength(count);
      }
      for (const { value, events: count } of values.get('party')!) {
        expect(await store.events({ parties: [value] }), value).toHaveLength(count);
      }
      expect(days.map(([day]) => day)).toEqual(days.map(([day]) => day).toSorted());
      expect(days.reduce((sum, [, count]) => sum + count, 0)).toBe(
        events.filter((event) => placedOn(event) !== null).length,
      );
      const some = await facetsOf(store.engine, { reviewed: false }, 2);
      expect([some.total, some.complete]).toEqual([2, false]);
      await store.close();
    });
  });
}

test('a day comes back from its key', () => {
  for (const day of ['1648-10-24', '1970-01-01', '2024-02-29', '2166-12-31'])
    expect(dayOfKey(`${dayKey(day)}0abc`)).toBe(day);
  expect(dayOfKey(dayKey(null))).toBeNull();
});
