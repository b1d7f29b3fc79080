import { describe, expect, test } from 'vitest';
import { recordKinds, recordOfStories } from '../../test/records.ts';
import { busiestDyads } from './dyads.ts';
import { Store } from './store.ts';

for (const { kind, there, fresh } of await recordKinds('src/record/dyads.test.ts')) {
  describe.skipIf(!there)(`pairs of states of a record on ${kind}`, () => {
    test('have as many events as both have part in, and as many of conflict', async () => {
      const store = await Store.open(await recordOfStories(await fresh()));
      const { dyads } = await busiestDyads(store.engine, 10);
      expect(dyads.map(({ one, two }) => `${one} ${two}`)).toEqual(['FIN NOR']);
      for (const { one, two, events, conflict } of dyads) {
        const found = await store.events({ parties: [one, two] });
        expect(events).toBe(found.length);
        expect(conflict).toBe(found.filter(({ quad }) => quad >= 3).length);
        expect(conflict).toBeGreaterThan(0);
        expect(conflict).toBeLessThan(events);
      }
      expect((await busiestDyads(store.engine, 0)).dyads).toEqual([]);
      // A filter that everything passes counts one by one what is counted as it comes.
      expect(await busiestDyads(store.engine, 10, { reviewed: false })).toEqual({ dyads, complete: true });
      const [talks] = (await busiestDyads(store.engine, 10, { type: 'CONSULT' })).dyads;
      expect(talks!.events).toBe((await store.events({ parties: ['FIN', 'NOR'], type: 'CONSULT' })).length);
      expect(talks!.conflict).toBe(0);
      await store.close();
    });
  });
}
