import { describe, expect, test } from 'vitest';
import { DAY_PARTS } from '../../record/hours.ts';
import { dayKey, partKey } from '../../record/marks.ts';
import { bucketsOf, histogram, hourHistogram } from './histograms.ts';

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

describe('the hours of a day', () => {
  const partOf = (name: string) => DAY_PARTS.find((part) => part.name === name)!;
  const counts = { whole: 7, parts: [[partOf('morning'), 1] as const, [partOf('13:00'), 2] as const] };
  const query = (more = '') => new URLSearchParams(`from=2021-06-14&to=2021-06-14&type=AID${more}`);

  test('stand as bars, parts of the day and the whole day as long as they are, each leading to its place in the list', () => {
    const drawn = hourHistogram('/timeline', query(), '2021-06-14', counts).text;
    expect(drawn).toContain('aria-label="13:00: 2 events"');
    expect(drawn).toMatch(/aria-label="morning: 1 event".*<rect class="hit" x="60" y="[\d.]+" width="60"/);
    expect(drawn).toMatch(/aria-label="the whole day: 7 events".*<rect class="hit" x="0" y="[\d.]+" width="240"/);
    const after = `${dayKey('2021-06-14')}${partKey(partOf('13:00'))}`;
    expect(drawn).toContain(`href="/timeline?from=2021-06-14&amp;to=2021-06-14&amp;type=AID&amp;after=${after}"`);
    expect(drawn).toContain('Of 10 events on this day, 3 are told with a time of day');
    expect(drawn).toContain('href="/timeline?type=AID&amp;from=2021-06-13&amp;to=2021-06-15"');
  });

  test('lead backwards where the newest come first', () => {
    const drawn = hourHistogram('/timeline', query('&newestFirst=true'), '2021-06-14', counts).text;
    const next = `${dayKey('2021-06-14')}${partKey(partOf('14:00'))}`;
    expect(drawn).toMatch(new RegExp(`after=${next}" aria-label="13:00: 2 events"`));
    expect(drawn).toMatch(
      new RegExp(`after=${dayKey('2021-06-14')}${partKey(DAY_PARTS[0]!)}" aria-label="the whole day: 7 events"`),
    );
  });

  test('are none where no report tells one', () => {
    const drawn = hourHistogram('/timeline', query(), '2021-06-14', { whole: 3, parts: [] }).text;
    expect(drawn).toContain('No report tells at what time of this day.');
    expect(drawn.match(/<a href="\/timeline\?from=2021-06-14/g)).toHaveLength(1);
    // Behind what began before the day and may last into it.
    expect(drawn).toContain(`after=${dayKey('2021-06-14')}"`);
  });
});
