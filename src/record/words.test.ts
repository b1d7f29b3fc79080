import { expect, test } from 'vitest';
import { durationWords, figureWords, whenWords } from './words.ts';

test.each([
  ['2021-06-16', '2021-06-16', '16 June 2021'],
  ['2021-06-01', '2021-06-30', 'June 2021'],
  ['2024-02-01', '2024-02-29', 'February 2024'],
  ['2021-06-14', '2021-06-20', '14–20 June 2021'],
  ['2021-06-28', '2021-07-04', '28 June – 4 July 2021'],
  ['2021-12-28', '2022-01-04', '28 December 2021 – 4 January 2022'],
  ['2021-09-01', '2021-11-30', 'September – November 2021'],
  ['2021-12-01', '2022-02-28', 'December 2021 – February 2022'],
  ['2021-09-01', '2021-11-15', '1 September – 15 November 2021'],
  ['2021-01-01', '2021-12-31', '2021'],
  ['2020-01-01', '2021-12-31', '2020–2021'],
  [null, '2021-06-16', 'by 16 June 2021'],
  ['2021-06-16', null, 'from 16 June 2021'],
  ['2021-06-16', '9999-12-31', 'from 16 June 2021'],
  [null, null, 'date unknown'],
])('%s to %s is said as it is known: %s', (earliest, latest, words) => {
  expect(whenWords({ earliest, latest })).toBe(words);
});

test('a month of an unknown year says so', () => {
  expect(whenWords({ earliest: null, latest: null, value: 'XXXX-06' })).toBe('June (year unknown)');
  expect(whenWords({ earliest: null, latest: null, value: 'XXXX-06-16' })).toBe('16 June (year unknown)');
  expect(whenWords({ earliest: null, latest: null, value: 'XXXX-WXX-2' })).toBe('date unknown');
});

test.each([
  ['PT2H', '2 hours'],
  ['PT1H', '1 hour'],
  ['PT1H30M', '1 hour 30 minutes'],
  ['P3D', '3 days'],
  ['P4W', '4 weeks'],
  ['P1Y', '1 year'],
  ['PT4H/PT5H', '4 hours to 5 hours'],
  ['PXD', 'PXD'],
  ['P', 'P'],
])('a duration of %s is %s', (duration, words) => {
  expect(durationWords(duration)).toBe(words);
});

test('a figure keeps its bound', () => {
  expect(figureWords({ value: 90_000, bound: 'more-than', unit: 'troops' })).toBe('more than 90,000 troops');
  expect(figureWords({ value: 10, bound: 'exact', unit: 'diplomats' })).toBe('10 diplomats');
});
