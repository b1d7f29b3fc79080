import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dateOf,
  formatDay,
  GRAINS,
  parseDay,
  periodAt,
  shiftPeriod,
  toDay,
  weekdayOf,
  weekPeriod,
} from './calendar.ts';
import { easter } from './holidays.ts';

const day = fc.integer({ min: toDay(1000, 1, 1), max: toDay(2999, 12, 31) });

test('days and dates agree with the platform', () => {
  fc.assert(
    fc.property(day, (number) => {
      const date = new Date(number * 86_400_000);
      expect(formatDay(number)).toBe(date.toISOString().slice(0, 10));
      expect(weekdayOf(number)).toBe(date.getUTCDay() || 7);
      expect(parseDay(formatDay(number))).toBe(number);
      const { year, month, day: ofMonth } = dateOf(number);
      expect(toDay(year, month, ofMonth)).toBe(number);
    }),
  );
});

test('the period of a day holds it, and its neighbours touch it', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...GRAINS.filter((grain) => grain !== 'weekend')), (number, grain) => {
      const period = periodAt(grain, number);
      expect(period.from).toBeLessThanOrEqual(number);
      expect(period.to).toBeGreaterThanOrEqual(number);
      expect(shiftPeriod(period, 1).from).toBe(period.to + 1);
      expect(shiftPeriod(shiftPeriod(period, -1), 1)).toEqual(period);
    }),
  );
});

test('weeks are numbered as in ISO 8601', () => {
  expect(weekPeriod(toDay(2021, 1, 3)).value).toBe('2020-W53');
  expect(weekPeriod(toDay(2021, 1, 4)).value).toBe('2021-W01');
  expect(weekPeriod(toDay(2024, 12, 30)).value).toBe('2025-W01');
});

test('periods have TIMEX3 values', () => {
  const at = toDay(1998, 2, 13);
  expect(GRAINS.map((grain) => periodAt(grain, at).value)).toEqual([
    '1998-02-13',
    '1998-W07-WE',
    '1998-W07',
    '1998-02',
    '1998-Q1',
    '1998-H1',
    '1997-WI',
    '1998',
    '199',
    '19',
  ]);
});

test('Easter falls where the churches say', () => {
  expect([1998, 2016, 2021, 2024].map((year) => formatDay(easter(year)))).toEqual([
    '1998-04-12',
    '2016-03-27',
    '2021-04-04',
    '2024-03-31',
  ]);
});
