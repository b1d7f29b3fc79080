import { describe, expect, test } from 'vitest';
import { type StoryClaim, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { type Event, eventOf, outletsOf } from './event.ts';
import { orderOf } from './marks.ts';
import { mergeTellings } from './merge.ts';
import { tellingsOf } from './telling.ts';

const events = mergeTellings(SUMMIT.flatMap((story) => tellingsOf(storyReading(story)))).map((cluster) =>
  eventOf(cluster),
);
const summit = events.find((event) => event.type === 'CONSULT' && event.claims.length > 2)!;
const expulsion = events.find((event) => event.type === 'SANCTION')!;

/** The event of two reports of one expulsion, which say what `claims` give them. */
function eventOfTwo(...claims: readonly [Partial<StoryClaim>, Partial<StoryClaim>]): Event {
  const text = 'Peru sent envoys of Chile home on May 2 after a talk in Lima or Cusco: 10 envoys, or 12, or 90.';
  const tellings = claims.flatMap((claim, index) => {
    const reading = storyReading({
      outlet: `Outlet ${index}`,
      published: `2020-05-0${index + 3}`,
      text: `${text} (${index})`,
      actors: [
        { name: 'Peru', country: 'PER', kind: 'state' },
        { name: 'Chile', country: 'CHL', kind: 'state' },
      ],
      claims: [
        {
          ...{ sentence: text, trigger: 'sent', event: 'SANCTION', actors: ['Peru'], recipients: ['Chile'] },
          when: ['2020-05-02', 'May 2'],
          ...claim,
        },
      ],
    });
    return tellingsOf(reading);
  });
  const clusters = mergeTellings(tellings);
  expect(clusters).toHaveLength(1);
  return eventOf(clusters[0]!);
}

describe('an event', () => {
  test('holds every value told, with claims, documents and outlets', () => {
    expect(summit.duration.told.map(({ value, outlets }) => [value, outlets])).toEqual([
      ['PT2H', ['Harbour Post']],
      ['PT3H', ['The Lighthouse']],
    ]);
    expect(summit.where.told[0]?.documents).toHaveLength(5);
    for (const { claims } of summit.where.told) {
      for (const id of claims) expect(summit.claims.map((claim) => claim.id)).toContain(id);
    }
  });

  test('shows the finest date, and June agrees with 16 June', () => {
    expect(summit.when.settled).toMatchObject({ earliest: '2021-06-16', latest: '2021-06-16' });
    expect(summit.disagreements.map(({ field }) => field)).not.toContain('when');
  });

  test('that was planned and then told as held has happened', () => {
    expect(summit.status.told.map(({ value }) => value)).toEqual(expect.arrayContaining(['planned', 'happened']));
    expect(summit.status.settled).toBe('happened');
    expect(summit.disagreements.map(({ field }) => field)).not.toContain('status');
  });

  test('names a person and the state it speaks for apart, and one party for both', () => {
    expect(summit.parties).toEqual(['FIN', 'NOR']);
    expect(summit.actors.map(({ value }) => value.name)).toEqual(['Aino Aalto', 'Finland', 'Nils Berg', 'Norway']);
  });

  test('has its claims by publication, undated ones last', () => {
    const days = summit.claims.map((claim) => claim.published?.from ?? '9999');
    expect(days).toEqual(days.toSorted());
    expect(outletsOf(summit)).toHaveLength(4);
  });

  test('without a date sorts behind all that have one', () => {
    const undated = events.filter((event) => event.when.settled === null).map((event) => orderOf(event).chronology);
    const dated = events
      .filter((event) => event.when.settled?.earliest != null)
      .map((event) => orderOf(event).chronology);
    expect(undated.length * dated.length).toBeGreaterThan(0);
    for (const key of undated) expect(dated.every((other) => other < key)).toBe(true);
  });
});

describe('reports disagree', () => {
  test('on two hours and three hours, with who says which', () => {
    expect(summit.disagreements).toEqual([
      {
        field: 'duration',
        values: [
          expect.objectContaining({ value: '2 hours', outlets: ['Harbour Post'] }),
          expect.objectContaining({ value: '3 hours', outlets: ['The Lighthouse'] }),
        ],
      },
    ]);
  });

  test('on ten envoys and twelve', () => {
    expect(expulsion.disagreements.map(({ field }) => field)).toEqual(['figures']);
  });

  test('on the city, not on a country and its city', () => {
    const city = { place: ['Lima', 'PER', 'city'] } as const;
    expect(eventOfTwo(city, { place: ['Cusco', 'PER', 'city'] }).disagreements.map(({ field }) => field)).toEqual([
      'where',
    ]);
    expect(eventOfTwo(city, { place: ['Peru', 'PER', 'country'] }).disagreements).toEqual([]);
  });

  test('on whether it happened at all', () => {
    expect(eventOfTwo({}, { status: 'denied' }).disagreements.map(({ field }) => field)).toEqual(['status']);
    expect(eventOfTwo({ status: 'planned' }, {}).disagreements).toEqual([]);
  });

  test('not on figures of different things', () => {
    const event = eventOfTwo({ figure: [10, 'diplomats', '10 envoys'] }, { figure: [90, 'days', '90'] });
    expect(event.disagreements).toEqual([]);
  });
});
