import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Serving, startServing } from '../../../test/serving.ts';
import { storyReading } from '../../../test/story.ts';
import { Store } from '../../record/store.ts';
import type { ToldPlace } from '../../record/telling.ts';
import type { MapView } from './maps.ts';

const GENEVA = { name: 'Geneva', country: 'CHE', geonames: 2660646, lat: 46.2, lon: 6.15, precision: 'city' } as const;
const none = { geonames: null, lat: null, lon: null } as const;
/** Where talks were, the day of the month for each: two of the places are the same by their number. */
const PLACES: readonly ToldPlace[] = [
  GENEVA,
  { ...GENEVA, name: 'Genève' },
  { ...GENEVA, name: 'Atlantis', geonames: 999_999_999, lat: 10, lon: -30, country: null },
  { ...none, name: 'Switzerland', country: 'CHE', precision: 'country' },
  { ...none, name: 'Old Mill', country: 'CHE', precision: 'venue' },
  { ...none, name: 'Swiss Confederation', country: 'CHE', precision: 'country' },
  { ...none, name: 'Black Sea', country: null, precision: 'region' },
  { ...none, name: 'Russia', country: 'RUS', precision: 'country' },
];

const folder = mkdtempSync(join(tmpdir(), 'readout-maps-'));
let serving: Serving;

beforeAll(async () => {
  const db = join(folder, 'record.sqlite');
  const store = await Store.open(db, { create: true });
  for (const [i, place] of PLACES.entries()) {
    const text = `Chile met Peru in ${place.name} on June ${10 + i}.`;
    const story = storyReading({
      ...{ outlet: 'Harbour Post', published: '2021-07-21', text },
      actors: [
        { name: 'Chile', country: 'CHL', kind: 'state' },
        { name: 'Peru', country: 'PER', kind: 'state' },
      ],
      claims: [
        {
          ...{ sentence: text, trigger: 'met', event: 'CONSULT', actors: ['Chile', 'Peru'], medium: 'in-person' },
          ...{ when: [`2021-06-${10 + i}`, `on June ${10 + i}`], place: [place.name, 'CHE', place.precision] },
        },
      ],
    });
    const reading = { ...story, places: story.places.map((told) => ({ ...told, ...place })) };
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  await store.close();
  serving = await startServing(db);
}, 60_000);

afterAll(async () => {
  await serving?.stop();
  rmSync(folder, { recursive: true });
});

const view = async (query = '') => (await (await fetch(`${serving.origin}/map.json${query}`)).json()) as MapView;

test('the map counts every event at its place, by the number of a city and the code of a country', async () => {
  const { events, places } = await view();
  expect(events).toBe(PLACES.length);
  expect(places.map(({ place, precision, events: count }) => [place, precision, count])).toEqual([
    ['Geneva (CHE)', 'city', 2],
    ['Switzerland', 'country', 2],
    ['Atlantis', 'city', 1],
    ['Black Sea', 'region', 1],
    ['Old Mill (CHE)', 'venue', 1],
    ['Russia', 'country', 1],
  ]);
  expect(places[0]).toMatchObject({ lat: 46.2, country: 'CHE' });
  // What the tables do not know is where its events are told to be.
  expect(places[2]).toMatchObject({ lat: 10, lon: -30 });
});

test('the map loads the newest events of a place when it is asked for', async () => {
  const { chosen } = await view('?place=Geneva+(CHE)&between=PER');
  expect(chosen?.all).toBe(2);
  expect(chosen?.events.map(({ when }) => when.settled?.earliest)).toEqual(['2021-06-11', '2021-06-10']);
  expect((await view('?place=Switzerland&from=2021-06-14')).chosen?.events).toHaveLength(1);
  expect((await view('?place=Nowhere')).chosen).toEqual({ place: 'Nowhere', all: 0, events: [] });
});

test('what is told no closer than a country is drawn as wide as the country, once, and a city as a point', async () => {
  const body = await (await fetch(`${serving.origin}/map`, { headers: { accept: 'text/html' } })).text();
  const drawn = body.split('<svg class="world"')[1]!.split('</svg>')[0]!.split('<a ').slice(1);
  const rings = drawn.map((one) => [
    /<title>(.*?)<\/title>/.exec(one)![1],
    Number(/class="wide".* r="([\d.]+)"/.exec(one.split('<circle')[1] ?? '')?.[1] ?? 0),
  ]);
  expect(rings.map(([title]) => title)).toEqual([
    'Russia: 1 event',
    'Switzerland: 2 events; Old Mill (CHE): 1 event',
    'Geneva (CHE): 2 events',
    'Atlantis: 1 event',
  ]);
  expect(rings.map(([, ring]) => Number(ring) > 0)).toEqual([true, true, false, false]);
  expect(body).toContain('region, not on the map');
});

test('the drawing holds every circle whole', async () => {
  const body = await (await fetch(`${serving.origin}/map`, { headers: { accept: 'text/html' } })).text();
  const [, top, , height] = /class="world" viewBox="\S+ (\S+) (\S+) (\S+)"/.exec(body)!.map(Number) as [
    ...[number, number, number, number],
  ];
  const circles = [...body.matchAll(/<circle class="(?:wide|exact[^"]*)" cx="(\S+)" cy="(\S+)" r="(\S+)"/g)].filter(
    ([whole]) => !whole.includes('cx="10"'),
  );
  for (const [, , cy, r] of circles) {
    expect(Number(cy) - Number(r)).toBeGreaterThanOrEqual(top);
    expect(Number(cy) + Number(r)).toBeLessThanOrEqual(top + height);
  }
  expect(circles.length).toBe(6);
});

test('a part of the world is a link away, with what is told there and nothing else', async () => {
  const page = async (query: string) =>
    (await fetch(`${serving.origin}/map${query}`, { headers: { accept: 'text/html' } })).text();
  const drawn = async (query: string) =>
    [...(await page(query)).matchAll(/<title>([^<]+): \d events?/g)].map(([, title]) => title!.split(':')[0]!);
  expect(await page('?from=2021-01-01')).toContain('href="/map?from=2021-01-01&amp;closer=europe"');
  expect(await page('?closer=europe')).toMatch(/closer=europe" aria-current="true">Europe</);
  expect((await drawn('?closer=europe')).toSorted()).toEqual(['Geneva (CHE)', 'Switzerland']);
  expect(await drawn('?closer=africa')).toEqual(['Atlantis']);
  expect(await drawn('?closer=nowhere')).toEqual(await drawn(''));
});
