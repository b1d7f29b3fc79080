import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { recordKinds } from '../../test/records.ts';
import { type StoryClaim, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import { type Event, eventOf } from './event.ts';
import { orderOf } from './marks.ts';
import { mergeTellings } from './merge.ts';
import { Store } from './store.ts';
import { tellingsOf } from './telling.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

const readings = SUMMIT.map(storyReading);

async function recordIn(place: string, some: readonly Reading[]): Promise<Store> {
  const store = await Store.open(place, { create: true });
  for (const reading of some) await add(store, reading);
  return store;
}

function add(store: Store, reading: Reading): Promise<boolean> {
  return store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
}

const claimArbitrary = fc.record(
  {
    event: fc.constantFrom('CONSULT', 'ACCUSE', 'SANCTION'),
    actors: fc.constantFrom(['Chad', 'Mali'], ['Chad'], ['Mali'], ['Chad', 'Mali', 'Togo'], []),
    when: fc.constantFrom(
      ['2022-03-03', 'the 3rd'] as const,
      ['2022-03', 'March'] as const,
      ['2022-04', 'March'] as const,
      ['XXXX-03', 'March'] as const,
    ),
    place: fc.constantFrom(['Lagos', 'NGA', 'city'] as const, ['Dakar', 'SEN', 'city'] as const),
    issue: fc.constantFrom(['water', 'water'] as const, ['trade', 'trade'] as const),
    figure: fc.constantFrom([5, 'diplomats', '5'] as const, [6, 'diplomats', '6'] as const),
    status: fc.constantFrom('happened', 'planned', 'denied', 'threatened'),
  },
  { requiredKeys: ['event', 'actors'] },
);

/** A report whose claims are as given; report and claim are told apart by their numbers. */
function randomReading(claims: readonly object[], index: number): Reading {
  const sentences = claims.map(
    (_, at) =>
      `Line ${at} of ${index}: Chad, Mali and Togo met in Lagos or Dakar on the 3rd, in March, on water, trade, 5 or 6.`,
  );
  return storyReading({
    outlet: `Outlet ${index}`,
    published: index % 3 === 2 ? null : `2022-03-0${index + 3}`,
    text: sentences.join(' '),
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Mali', country: 'MLI', kind: 'state' },
      { name: 'Togo', country: 'TGO', kind: 'state' },
    ],
    claims: claims.map((claim, at) => ({ sentence: sentences[at]!, trigger: 'met', ...claim }) as StoryClaim),
  });
}

const inOrder = (a: Event, b: Event) => (orderOf(a).chronology < orderOf(b).chronology ? -1 : 1);

/** What `Store.open` throws. */
async function openError(path: string): Promise<ReadoutError> {
  try {
    await Store.open(path);
  } catch (error) {
    if (error instanceof ReadoutError) return error;
    throw error;
  }
  throw new Error('It opened.');
}

describe.each(await recordKinds('src/record/store.test.ts'))('a record on $kind', ({ there, fresh }) => {
  const recordOf = async (some: readonly Reading[]) => recordIn(await fresh(), some);

  describe.skipIf(!there)('adding', () => {
    test('gives the events that merging all claims at once gives', async () => {
      const store = await recordOf(readings);
      const expected = mergeTellings(readings.flatMap(tellingsOf)).map((cluster) => eventOf(cluster));
      expected.sort(inOrder);
      expect(await store.events()).toEqual(JSON.parse(JSON.stringify(expected)));
      await store.close();
    });

    test('in another order gives the same record', async () => {
      const first = await recordOf(readings);
      const expected = await first.events();
      await first.close();
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(readings, { minLength: readings.length }), async (shuffled) => {
          const store = await recordOf(shuffled);
          expect(await store.events()).toEqual(expected);
          await store.close();
        }),
        { numRuns: 8 },
      );
    });

    test('bit by bit merges as all at once does, whatever is told in whatever order', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(claimArbitrary, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 6 }),
          async (documents) => {
            const some = documents.map(randomReading);
            const store = await recordOf(some);
            const expected = mergeTellings(some.flatMap(tellingsOf)).map((cluster) => eventOf(cluster));
            expected.sort(inOrder);
            expect(await store.events()).toEqual(JSON.parse(JSON.stringify(expected)));
            await store.close();
          },
        ),
        { numRuns: 25 },
      );
    });

    test('the same document twice is one document', async () => {
      const store = await recordOf(readings);
      const before = await store.events();
      expect(await store.knows(readings[0]!.document)).toBe(true);
      expect(await add(store, readings[0]!)).toBe(false);
      expect(await store.documents()).toHaveLength(readings.length);
      expect(await store.events()).toEqual(before);
      await store.close();
    });

    test('of two copies of one text keeps the earlier dated, whichever came first', async () => {
      const [early] = readings;
      const published = { ...early!.document.published!, from: '2021-06-11', to: '2021-06-11' };
      const late = { ...early!, document: { ...early!.document, published, outlet: null } };
      const one = await recordOf([early!, late]);
      const two = await recordOf([late, early!]);
      expect(await one.events()).toEqual(await two.events());
      expect((await two.reading(early!.document.id))?.document.published?.from).toBe('2021-06-10');
      await one.close();
      await two.close();
    });

    test('a better copy that is read otherwise leaves nothing of the worse one behind', async () => {
      const [, early] = readings;
      const published = { ...early!.document.published!, from: '2021-07-01', to: '2021-07-01' };
      const late = { ...early!, claims: early!.claims.slice(0, 1), document: { ...early!.document, published } };
      const store = await recordOf([early!]);
      const expected = await store.events();
      const replaced = await recordOf([late, early!]);
      expect(await replaced.events()).toEqual(expected);
      const other = await recordOf([
        { ...early!, document: late.document },
        { ...late, document: early!.document },
      ]);
      expect(await other.events()).toHaveLength(1);
      for (const one of [store, replaced, other]) await one.close();
    });

    test('keeps the reading as it was, character by character', async () => {
      const odd = storyReading({
        outlet: '=cmd()',
        published: null,
        title: '<script>alert(1)</script>',
        text: 'Nil \u0000 byte, lone \ud800 half, emoji 🐟 and Bo spoke.',
        actors: [{ name: 'Bo', country: null, kind: 'unknown' }],
        claims: [{ sentence: 'Bo spoke.', trigger: 'spoke', event: 'CONSULT', actors: ['Bo'] }],
      });
      const store = await recordOf([odd]);
      expect(await store.reading(odd.document.id)).toEqual(odd);
      await store.close();
    });
  });

  describe.skipIf(!there)('asking', () => {
    test('filters by sides, dates, type, issue, status and document', async () => {
      const store = await recordOf(readings);
      const count = async (filter: Parameters<Store['events']>[0]) => (await store.events(filter)).length;
      const all = await count({});
      expect(await count({ parties: ['FIN', 'NOR'] })).toBe(all);
      expect(await count({ parties: ['FIN', 'SWE'] })).toBe(0);
      expect(await count({ from: '2021-06-15', to: '2021-06-30' })).toBe(1);
      expect(await count({ from: '2021-06-14' })).toBe(3);
      expect(await count({ type: 'SANCTION' })).toBe(1);
      expect(await count({ issue: 'fisheries' })).toBe(1);
      expect(await count({ status: 'hoped' })).toBe(1);
      expect(await count({ document: readings[0]!.document.id })).toBe(1);
      await store.close();
    });

    test('finds an event by its id, by how the id begins, and by a claim in it', async () => {
      const store = await recordOf(readings);
      const [event] = await store.events({ type: 'SANCTION' });
      expect(await store.event(event!.id)).toEqual(event);
      expect(await store.event(event!.id.slice(0, 8))).toEqual(event);
      for (const claim of event!.claims) expect(await store.event(claim.id)).toEqual(event);
      expect(await store.event('no such')).toBeUndefined();
      expect(await store.event("' OR 1=1 --")).toBeUndefined();
      await store.close();
    });

    test('gives an event as it is now, whoever changed it since it was asked for last', async () => {
      const place = await fresh();
      const [first, ...rest] = readings;
      const asking = await recordIn(place, [first!]);
      const before = await asking.events();
      // Nothing was changed: it is the very same.
      expect((await asking.events())[0]).toBe(before[0]);
      const adding = await Store.open(place);
      for (const reading of rest) {
        await add(adding, reading);
        expect(await asking.events()).toEqual(await adding.events());
      }
      expect(await asking.events()).not.toEqual(before);
      // A reading that tells nothing any more gives no claim a number.
      await adding.replace({ ...first!, claims: [] }, 'other');
      expect(await asking.events()).toEqual(await adding.events());
      await adding.close();
      await asking.close();
    });

    test('knows a side by code in any case and by any name the reports give it', async () => {
      const store = await recordOf(readings);
      expect(await store.party('fin')).toBe('FIN');
      expect(await store.party('Norway')).toBe('NOR');
      expect(await store.party('aino aalto')).toBe('FIN');
      expect(await store.party('Atlantis')).toBeUndefined();
      expect((await store.partyNames()).get('NOR')).toBe('Norway');
      await store.close();
    });
  });
});

describe('opening', () => {
  test('what is not there says how to make it, and makes nothing', async () => {
    const path = join(folder, 'absent.sqlite');
    expect(await openError(path)).toMatchObject({ code: 'record.open', message: expect.stringContaining(path) });
    expect((await openError(path)).message).toContain('readout add');
  });

  test('a file that is no database, or another database, is refused by name', async () => {
    const text = join(folder, 'text.sqlite');
    writeFileSync(text, 'Dear diary, this file has nothing to do with it. '.repeat(40));
    expect(await openError(text)).toMatchObject({ code: 'record.open', message: expect.stringContaining(text) });
    const other = join(folder, 'other.sqlite');
    const database = new DatabaseSync(other);
    database.exec('CREATE TABLE recipes (name TEXT)');
    database.close();
    expect(await openError(other)).toMatchObject({
      code: 'record.open',
      message: expect.stringContaining('not a record'),
    });
  });

  test('a record of a newer version is refused and left as it is', async () => {
    const path = join(folder, 'newer.sqlite');
    await (await Store.open(path, { create: true })).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 9999');
    database.close();
    expect(await openError(path)).toMatchObject({ code: 'record.version', message: expect.stringContaining('9999') });
  });

  test('two writers on one file wait for each other', async () => {
    const path = join(folder, 'two.sqlite');
    const one = await Store.open(path, { create: true });
    const two = await Store.open(path, { create: true });
    await Promise.all(readings.map((reading, index) => add(index % 2 === 0 ? one : two, reading)));
    expect(await one.events()).toEqual(await two.events());
    expect(await two.documents()).toHaveLength(readings.length);
    await one.close();
    await two.close();
  });
});
