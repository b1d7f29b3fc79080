import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestTree, isTree } from './tree.ts';

test('any scores give one root and no cycle', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 24 })
        .chain((n) =>
          fc
            .array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: n * (n + 1), maxLength: n * (n + 1) })
            .map((list) => ({ n, list })),
        ),
      ({ n, list }) => {
        expect(isTree(bestTree(Float64Array.from(list), n))).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('equal scores everywhere still give a tree', () => {
  expect(isTree(bestTree(new Float64Array(200 * 201), 200))).toBe(true);
});

test('where the best heads form a cycle, it is broken at the smallest loss', () => {
  // Words 1 and 2 want each other; 2 loses less by hanging on the root.
  const scores = Float64Array.from([0, -99, 10, 9, 10, -99]);
  expect([...bestTree(scores, 2)]).toEqual([1, -1]);
});

test('the best tree of three words is found against all others', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 12, maxLength: 12 }), (list) => {
      const scores = Float64Array.from(list);
      const total = (heads: ArrayLike<number>) => [0, 1, 2].reduce((sum, i) => sum + scores[i * 4 + heads[i]! + 1]!, 0);
      let best = -Infinity;
      for (let a = -1; a < 3; a++) {
        for (let b = -1; b < 3; b++) {
          for (let c = -1; c < 3; c++) {
            const heads = Int32Array.of(a, b, c);
            if (isTree(heads)) best = Math.max(best, total(heads));
          }
        }
      }
      expect(total(bestTree(scores, 3))).toBe(best);
    }),
  );
});

test('a cycle, two roots and no root are no trees', () => {
  expect(isTree(Int32Array.of(-1, 0, 1))).toBe(true);
  expect(isTree(Int32Array.of(1, 0, -1))).toBe(false);
  expect(isTree(Int32Array.of(-1, -1))).toBe(false);
  expect(isTree(Int32Array.of(1, 0))).toBe(false);
});

test('the best tree of four words is found against all others', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 20, maxLength: 20 }), (list) => {
      const scores = Float64Array.from(list);
      const total = (heads: ArrayLike<number>) =>
        [0, 1, 2, 3].reduce((sum, i) => sum + scores[i * 5 + heads[i]! + 1]!, 0);
      let best = -Infinity;
      for (let code = 0; code < 625; code++) {
        const heads = Int32Array.from([1, 5, 25, 125], (unit) => (Math.floor(code / unit) % 5) - 1);
        if (isTree(heads)) best = Math.max(best, total(heads));
      }
      expect(total(bestTree(scores, 4))).toBe(best);
    }),
  );
});
