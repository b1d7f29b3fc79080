import { expect, test } from 'vitest';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { countDays } from './days.ts';
import { facetsOf } from './facets.ts';
import { Store } from './store.ts';

test('days count what stands on them, as the facets do, within the days that are asked for', async () => {
  const store = await Store.open(':memory:', { create: true });
  for (const story of SUMMIT) {
    const reading = storyReading(story);
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  const days = await countDays(store.engine, {});
  expect(days.length).toBeGreaterThan(1);
  expect(days).toEqual((await facetsOf(store.engine, {})).days);
  const [last] = days.at(-1)!;
  expect(await countDays(store.engine, { from: last, to: last })).toEqual(
    (await facetsOf(store.engine, { from: last, to: last })).days,
  );
  expect(await countDays(store.engine, { parties: ['FIN', 'NOR'], words: 'Geneva' })).not.toEqual([]);
  await store.close();
});
