import { describe, expect, test } from 'vitest';
import { recordKinds } from '../../test/records.ts';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { anchorOf } from './anchor.ts';
import { checkRecord } from './check.ts';
import { pack } from './pack.ts';
import { Store } from './store.ts';

const readings = SUMMIT.map(storyReading);

/** What is done to a record, and the fault that must be named; `deep` for what only reading everything finds. */
const DAMAGES: readonly (readonly [what: string, sql: string, fault: RegExp, deep: boolean])[] = [
  ['a text is gone', 'DELETE FROM texts WHERE document = 2', /1 documents without a text or a reading/, false],
  ['a reading is gone', 'DELETE FROM readings WHERE document = 2', /1 documents without a text or a reading/, false],
  ['a claim has no place', 'DELETE FROM places WHERE claim = 3', /1 claims without a place/, false],
  ['an event is gone', 'DELETE FROM events WHERE number = 1', /claims in events that are not there/, false],
  ['the chronology lacks an event', 'DELETE FROM marks WHERE event = 1', /1 events out of the chronology/, false],
  ['an origin is nobody', 'UPDATE documents SET origin = 99 WHERE number = 1', /origin is not there/, false],
  ['a number was taken back', "UPDATE counters SET value = 1 WHERE name = 'claim'", /given twice/, false],
  ['a letter of a text', "UPDATE texts SET text = replace(text, 'Geneva', 'Genova')", /another text than/, true],
  ['an event in two', 'UPDATE places SET cluster = claim', /not what its claims make|not there/, true],
  ['a mark too few', 'DELETE FROM marks WHERE mark = 1 AND event = 1', /marks where the events have|out of the/, true],
  ['a mark counted twice', 'UPDATE mark_counts SET events = events + 1 WHERE mark = 2', /counted wrong/, false],
  ['a day counted twice', 'UPDATE day_counts SET events = events + 1', /counted wrong/, false],
  ['a mark of another', 'UPDATE mark_names SET mark = mark || 1 WHERE number = 2', /listed as what it is not/, true],
  ['a name too often', 'UPDATE names SET uses = uses + 1', /names of parties are not counted right/, true],
];

describe.each(await recordKinds('src/record/check.test.ts'))('a record on $kind', ({ kind, there, fresh }) => {
  const filled = async () => {
    const store = await Store.open(await fresh(), { create: true });
    await store.addAll(readings.map((reading) => ({ ...KEPT, reading, received: reading.document })));
    return store;
  };
  const KEPT = { reader: 'test', added: '2022-01-01T00:00:00Z' };

  describe.skipIf(!there)('checked', () => {
    test('that is whole has no faults, whatever was decided in it', async () => {
      const store = await filled();
      const [event] = await store.events({ type: 'SANCTION' });
      const claim = (await store.claim(event!.claims[0]!.id))!.telling;
      const claims = [anchorOf(claim, [claim])];
      await store.decide({ kind: 'reject', by: 'Ada', at: '2022-02-01T00:00:00Z', why: null, claims });
      expect(await checkRecord(store, { deep: true })).toEqual([]);
      await store.close();
    });

    // A whole record on either answers all questions; what damage they find is the same.
    test.skipIf(kind === 'PostgreSQL').each(DAMAGES)('where %s is told so', async (_, sql, fault, deep) => {
      const store = await filled();
      await store.engine.write((session) => session.rows(sql));
      // A store that remembers nothing of it.
      const faults = await store.snapshot((frozen) => checkRecord(frozen, { deep }));
      expect(faults.join('\n')).toMatch(fault);
      await store.close();
    });

    test('says which reading cannot be unpacked', async () => {
      const store = await filled();
      const body = Uint8Array.from(pack({ some: 'thing of a length' })).fill(7, 3, 9);
      await store.engine.write((session) => session.rows('UPDATE readings SET body = ? WHERE document = 3', [body]));
      expect(await checkRecord(store, { deep: true })).toEqual(['the reading of document number 3 cannot be unpacked']);
      await store.close();
    });
  });
});
