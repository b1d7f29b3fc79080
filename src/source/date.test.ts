import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayNumber, daysInMonth, findDates, isoDay, monthDays, parseDate, weekdayOf } from './date.ts';

const day = fc
  .record({ year: fc.integer({ min: 1600, max: 2098 }), month: fc.integer({ min: 1, max: 12 }), ordinal: fc.nat(27) })
  .map(({ year, month, ordinal }) => isoDay(year, month, ordinal + 1)!);

test('a day and the days after it agree with each other', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -9000, max: 9000 }), (from, count) => {
      const to = addDays(from, count);
      expect(dayNumber(to) - dayNumber(from)).toBe(count);
      expect(addDays(to, -count)).toBe(from);
      expect(weekdayOf(addDays(from, 7))).toBe(weekdayOf(from));
    }),
  );
});

test('weekdays are those of known days', () => {
  expect(weekdayOf('2021-12-07')).toBe(2);
  expect(weekdayOf('1969-07-20')).toBe(7);
  expect(weekdayOf('1900-01-01')).toBe(1);
});

test('leap years follow the Gregorian rule', () => {
  expect([1900, 2000, 2023, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
  expect(monthDays(2024, 2)).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(isoDay(2023, 2, 29)).toBeNull();
});

test('a day written in any common way is read back', () => {
  const months = 'January February March April May June July August September October November December'.split(' ');
  fc.assert(
    fc.property(day, (iso) => {
      const [year, month, date] = iso.split('-').map(Number) as [number, number, number];
      const name = months[month - 1]!;
      for (const words of [
        `${date} ${name} ${year}`,
        `${name} ${date}, ${year}`,
        `${date} ${name.slice(0, 3)} ${year}`,
        `${name.slice(0, 3)}. ${date}, ${year}`,
        iso,
        `${iso}T23:59:59Z`,
      ]) {
        expect(parseDate(words), words).toEqual({ from: iso, to: iso });
      }
    }),
  );
});

test.each([
  ['2021', '2021-01-01', '2021-12-31'],
  ['2021-06', '2021-06-01', '2021-06-30'],
  ['20210616', '2021-06-16', '2021-06-16'],
  ['2021-06-16 10:00:00+02:00', '2021-06-16', '2021-06-16'],
  ['Wed, 16 Jun 2021 10:00:00 GMT', '2021-06-16', '2021-06-16'],
  ['25/12/2021', '2021-12-25', '2021-12-25'],
  ['12/25/2021', '2021-12-25', '2021-12-25'],
  ['7.12.2021', '2021-12-07', '2021-12-07'],
  ['June 16, 2021 at 10:30 am', '2021-06-16', '2021-06-16'],
])('%s is %s to %s', (words, from, to) => {
  expect(parseDate(words)).toEqual({ from, to });
});

test.each(['', 'soon', 'Tuesday', '6/7/2021', '2021-02-30', '2021-13', '99999', '16 June', 'June 16, 2021 in Geneva'])(
  '"%s" is no date',
  (words) => {
    expect(parseDate(words)).toBeNull();
  },
);

test('dates found do not overlap and lie inside the text', () => {
  const piece = fc.constantFrom(
    'May ',
    '5',
    ' ',
    ', ',
    '2021',
    '-',
    '/',
    'June',
    'the ',
    'of ',
    'Tue ',
    '1st',
    '\n',
    '.',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      let last = 0;
      for (const date of findDates(text, { partial: true })) {
        expect(date.from).toBeGreaterThanOrEqual(last);
        expect(date.to).toBeLessThanOrEqual(text.length);
        last = date.to;
      }
    }),
  );
});
