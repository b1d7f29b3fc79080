import { expect, test } from 'vitest';
import { covers, officeKind, type Tenure, tenureOn } from './office.ts';

const tenure = (from: string | null, to: string | null, seen: string | null = null): Tenure => ({
  office: 'Minister',
  kind: 'minister',
  country: 'FRA',
  from,
  to,
  seen,
  at: null,
});

test('a tenure covers its first and its last day and not the day after', () => {
  const held = tenure('2019-07-24', '2022-09-06');
  expect(covers(held, '2019-07-24')).toBe(true);
  expect(covers(held, '2022-09-06')).toBe(true);
  expect(covers(held, '2022-09-07')).toBe(false);
});

test('a date known to the year or month is taken as far as it is known', () => {
  expect(covers(tenure('2012', null), '2012-01-01')).toBe(true);
  expect(covers(tenure('2012-05', '2014'), '2014-12-31')).toBe(true);
  expect(covers(tenure('2012-05-07', null), '2012')).toBe(true);
});

test('a holder only seen once is believed for the years around', () => {
  expect(covers(tenure(null, null, '2019-06'), '2021-12-07')).toBe(true);
  expect(covers(tenure(null, null, '2019-06'), '2025-01-01')).toBe(false);
});

test('one still in office when the lists were made is not believed to be there ten years later', () => {
  expect(covers(tenure('2021-11-28', null), '2026-01-01')).toBe(true);
  expect(covers(tenure('2021-11-28', null), '2031-03-18')).toBe(false);
  expect(covers({ ...tenure('2021', null), kind: 'head-of-state' }, '2029-01-01')).toBe(true);
  expect(covers({ ...tenure('2021', null), kind: 'head-of-state' }, '2031-03-18')).toBe(false);
});

test('of two offices on one day the higher is given, and none when all have ended', () => {
  const president: Tenure = { ...tenure('2020', '2021'), kind: 'head-of-state', office: 'President' };
  expect(tenureOn([tenure('2016', null), president], '2020-06-01')?.office).toBe('President');
  expect(tenureOn([tenure('2016', null), president], '2022-06-01')?.office).toBe('Minister');
  expect(tenureOn([president], '2024-01-01')).toBeUndefined();
});

test('without a day the office still held is given', () => {
  expect(tenureOn([tenure('2001', '2004'), tenure('2016', null)], null)?.from).toBe('2016');
});

test('titles are of the kind they mean', () => {
  const kinds = {
    'deputy minister of foreign affairs': 'deputy-minister',
    'minister of foreign affairs and european integration': 'foreign-minister',
    'secretary of state': 'foreign-minister',
    'secretary of state for defense': 'defence-minister',
    'vice president': 'deputy-head',
    'deputy prime minister': 'deputy-head',
    'prime minister': 'head-of-government',
    'ambassador to the us': 'ambassador',
    'permanent representative to the un new york': 'un-representative',
    'governor of the central bank': 'central-bank',
    'minister of agriculture': 'minister',
  };
  for (const [title, kind] of Object.entries(kinds)) expect([title, officeKind(title)]).toEqual([title, kind]);
  expect(officeKind('gardener')).toBeUndefined();
});
