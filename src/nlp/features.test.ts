import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DISTANCE_BUCKETS,
  distanceBucket,
  FEATURE_SLOTS,
  FEATURE_TABLES,
  shapeOf,
  wordKey,
  writeFeatures,
} from './features.ts';

test('every form, however odd, has features inside the tables', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), fc.boolean(), (form, spaced) => {
      const out = new Int32Array(FEATURE_SLOTS);
      writeFeatures(form, spaced, new Map([['the', 1]]), out, 0);
      expect(FEATURE_TABLES.every(({ rows }, slot) => out[slot]! >= 0 && out[slot]! < (rows || 2))).toBe(true);
    }),
  );
});

test('case, digits and the kind of quote do not part words in the vocabulary', () => {
  expect(wordKey('U.N.')).toBe('u.n.');
  expect(wordKey('1998')).toBe('0000');
  expect(wordKey('’s')).toBe("'s");
});

test('a shape tells capitals, digits and marks apart', () => {
  expect(shapeOf('Biden')).toBe('Xxxx');
  expect(shapeOf('NATO-led')).toBe('XXX-xxx');
  expect(shapeOf('90,000')).toBe('dd,ddd');
});

test('a word of two million letters is read by its ends', () => {
  const out = new Int32Array(FEATURE_SLOTS);
  writeFeatures('a'.repeat(2_000_000), true, new Map(), out, 0);
  expect(wordKey('a'.repeat(2_000_000)).length).toBeLessThan(100);
});

test('distances to the left and right fall into buckets of their own', () => {
  expect(distanceBucket(0)).toBe(0);
  const seen = new Set<number>();
  for (let distance = -300; distance <= 300; distance++) seen.add(distanceBucket(distance));
  expect(Math.max(...seen)).toBeLessThan(DISTANCE_BUCKETS);
  expect(distanceBucket(3)).not.toBe(distanceBucket(-3));
});
