import { describe, expect, test } from 'vitest';
import { bucketsOf, histogram } from './histograms.ts';

describe('buckets', () => {
  const lengthFor = (from: string, to: string) => bucketsOf([], { from, to })?.unit;

  test('are as long as the range asks for, from days to decades', () => {
    expect(lengthFor('2021-06-01', '2021-06-30')).toBe('day');
    expect(lengthFor('2021-01-01', '2021-12-31')).toBe('week');
    expect(lengthFor('2019-01-01', '2021-12-31')).toBe('month');
    expect(lengthFor('2010-01-01', '2021-12-31')).toBe('quarter');
    expect(lengthFor('1980-01-01', '2021-12-31')).toBe('year');
    expect(lengthFor('1500-01-01', '2021-12-31')).toBe('decade');
  });

  test('hold every day once, and cover the whole range however wide', () => {
    const days = [
      ['1450-01-01', 1],
      ['1969-12-31', 2],
      ['1970-01-01', 3],
      ['2021-02-28', 4],
      ['2167-09-12', 5],
    ] as const;
    for (const range of [{}, { from: '0001-01-01', to: '9999-12-31' }]) {
      const { buckets } = bucketsOf(days, range)!;
      expect(buckets.reduce((sum, { events }) => sum + events, 0)).toBe(15);
      for (const [i, { to }] of buckets.slice(0, -1).entries()) {
        expect(Date.parse(buckets[i + 1]!.from) - Date.parse(to)).toBe(86_400_000);
      }
    }
    const weeks = bucketsOf(days, { from: '2021-01-01', to: '2021-12-31' })!.buckets;
    expect(weeks[0]).toEqual({ from: '2020-12-28', to: '2021-01-03', events: 0 });
    expect(weeks.find(({ events }) => events > 0)).toEqual({ from: '2021-02-22', to: '2021-02-28', events: 4 });
  });

  test('are none where there is no day, or the last comes before the first', () => {
    expect(bucketsOf([], {})).toBeUndefined();
    expect(bucketsOf([['2021-06-01', 1]], { from: '2021-07-01', to: '2021-06-01' })).toBeUndefined();
  });
});

test('a histogram says in words what its bars show, and each leads into its days', () => {
  const drawn = histogram('/timeline', new URLSearchParams('from=2021-06-01&to=2021-06-30&type=AID'), [
    ['2021-06-14', 3],
  ])!.text;
  expect(drawn).toContain('aria-label="14 June 2021: 3 events"');
  expect(drawn).toContain('href="/timeline?type=AID&amp;from=2021-06-14&amp;to=2021-06-14"');
  expect(drawn).toContain('href="/timeline?type=AID&amp;from=2021-05-02&amp;to=2021-07-30"');
});
