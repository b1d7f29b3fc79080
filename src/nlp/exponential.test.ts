import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponential } from './exponential.ts';

test('it is e to the power of x to six digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -40, max: 0, noNaN: true }), (x) => {
      expect(exponential(x) / Math.exp(x)).toBeCloseTo(1, 6);
    }),
  );
});

test('it is one at nought and nought far below', () => {
  expect(exponential(0)).toBe(1);
  expect(exponential(-1e9)).toBe(0);
});
