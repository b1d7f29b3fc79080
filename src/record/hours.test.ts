import { expect, test } from 'vitest';
import { storyReading } from '../../test/story.ts';
import { countHours } from './days.ts';
import { DAY_PARTS, timeOf, timeOfEvent } from './hours.ts';
import { Store } from './store.ts';

test('a time of day is read from what is told, with the clock it goes by', () => {
  const told = (value: string) => {
    const time = timeOf({ value });
    return time === undefined ? undefined : [time.part.name, time.words];
  };
  expect(told('2021-06-16T13:05')).toEqual(['13:00', '13:05']);
  expect(told('2021-06-16T09:30Z')).toEqual(['09:00', '09:30 UTC']);
  expect(told('2022-04-18T12:00-04')).toEqual(['12:00', '12:00 UTC-04']);
  expect(told('2021-06-16T24:00')).toEqual(['23:00', '24:00']);
  expect(told('2021-06-16TMO')).toEqual(['morning', 'morning']);
  for (const none of ['2021-06-16', '2021-06', 'XXXX-06', 'FUTURE_REF', 'PT2H', 'T12:00', '2021-06-16TXX']) {
    expect(told(none), none).toBeUndefined();
  }
});

test('parts of a day stand in its order, the morning before its hours', () => {
  const names = DAY_PARTS.map(({ name }) => name);
  expect(names.indexOf('morning')).toBe(names.indexOf('06:00') - 1);
  expect(names.indexOf('05:00')).toBe(names.indexOf('morning') - 1);
  expect(names).toHaveLength(28);
});

const CALLS = [
  ['Chile', 'Peru', '2021-06-16T15:30', '15:30 on June 16'],
  ['Ghana', 'Togo', '2021-06-16', 'on June 16'],
  ['Nepal', 'Japan', '2021-06-16T09:05', '9:05 on June 16'],
  ['Spain', 'Malta', '2021-06-16TMO', 'on the morning of June 16'],
  ['Kenya', 'Sudan', '2021-06-17T08:00', '8:00 on June 17'],
] as const;

test('the hours of a day are counted, and its events stand in the order of their hours behind those of the whole day', async () => {
  const store = await Store.open(':memory:', { create: true });
  for (const [one, two, value, words] of CALLS) {
    const text = `${one} called ${two} ${words}.`;
    const state = (name: string) => ({ name, country: CODES[name]!, kind: 'state' as const });
    const story = storyReading({
      ...{ outlet: 'Harbour Post', published: '2021-06-18', text },
      actors: [state(one), state(two)],
      claims: [
        { sentence: text, trigger: 'called', event: 'CONSULT', actors: [one, two], when: [value.slice(0, 10), words] },
      ],
    });
    const reading = { ...story, times: story.times.map((time) => ({ ...time, type: 'time' as const, value })) };
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  const day = { from: '2021-06-16', to: '2021-06-16' };
  const { whole, parts } = await countHours(store.engine, day);
  expect(whole).toBe(1);
  expect(parts.map(([{ name }, events]) => [name, events])).toEqual([
    ['morning', 1],
    ['09:00', 1],
    ['15:00', 1],
  ]);
  const inOrder = (await store.events(day)).map((event) => timeOfEvent(event)?.words);
  expect(inOrder).toEqual([undefined, 'morning', '09:05', '15:30']);
  expect((await countHours(store.engine, { ...day, parties: ['CHL'] })).parts).toHaveLength(1);
  await store.close();
});

const CODES: Readonly<Record<string, string>> = {
  ...{ Chile: 'CHL', Peru: 'PER', Ghana: 'GHA', Togo: 'TGO', Nepal: 'NPL', Japan: 'JPN' },
  ...{ Spain: 'ESP', Malta: 'MLT', Kenya: 'KEN', Sudan: 'SDN' },
};
