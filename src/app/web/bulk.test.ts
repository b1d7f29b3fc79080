import { describe, expect, test } from 'vitest';
import type { DayCount } from '../../record/days.ts';
import { leftOutLinks, leftOutOf, mostlyBetween } from './bulk.ts';

/** So many days one after another from a day, an event on each. */
function daily(from: string, days: number): readonly DayCount[] {
  return Array.from({ length: days }, (_, i) => [
    new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
    1,
  ]);
}

describe('what a figure shows first', () => {
  test('is all days where they lie evenly, however many', () => {
    for (const days of [daily('2021-01-01', 1), daily('2021-01-01', 40), daily('1999-01-01', 4000)]) {
      expect(mostlyBetween(days)).toEqual([days[0]![0], days.at(-1)![0]]);
    }
    expect(mostlyBetween([])).toBeUndefined();
  });

  test('is where most events are, with what is near, whichever side the others lie on', () => {
    const year = daily('2021-01-01', 365);
    expect(mostlyBetween([['1790-01-01', 1], ['1941-06-27', 8], ['2020-02-01', 1], ...year])).toEqual([
      '2020-02-01',
      '2021-12-31',
    ]);
    expect(mostlyBetween([...year, ['2150-01-01', 3]])).toEqual(['2021-01-01', '2021-12-31']);
  });

  test('is all of two times that have as many', () => {
    expect(mostlyBetween([['1790-01-01', 5], ...daily('2021-01-01', 5)])).toEqual(['1790-01-01', '2021-01-05']);
  });
});

test('what is left out is counted and asked for, within what else is asked', () => {
  const days: readonly DayCount[] = [['1790-01-01', 1200], ...daily('2021-01-01', 31), ['2150-01-01', 1]];
  const leftOut = leftOutOf(days, '2021-01-01', '2021-01-31');
  expect(leftOut).toEqual({ before: 1200, after: 1 });
  const shown = { first: '2021-01-01', last: '2021-01-31' };
  expect(leftOutLinks(new URLSearchParams('type=AID&after=x'), { ...shown, ...leftOut })?.text).toBe(
    '<a href="/timeline?type=AID&amp;to=2020-12-31">1,200 events</a> before, <a href="/timeline?type=AID&amp;from=2021-02-01">1</a> after. ',
  );
  expect(leftOutLinks(new URLSearchParams(), { ...shown, before: 0, after: 0 })).toBeNull();
  expect(leftOutLinks(new URLSearchParams(), { ...shown, before: 0, after: 2 })?.text).toContain('>2 events</a> after');
});
