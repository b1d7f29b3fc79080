import { describe, expect, test } from 'vitest';
import { fitted } from './fitted.ts';

describe('an answer that is too long', () => {
  test('loses the end of its longest list, and says how much', () => {
    const claims = Array.from({ length: 100 }, (_, index) => ({ sentence: `sentence ${index} ${'x'.repeat(80)}` }));
    const { value, left } = fitted({ id: 'e1', claims, short: [1, 2, 3] }, 3000);
    expect(JSON.stringify(value).length).toBeLessThanOrEqual(3000);
    expect(value).toMatchObject({ id: 'e1', short: [1, 2, 3] });
    expect(left).toEqual([{ at: 'claims', shown: 25, of: 100 }]);
  });

  test('loses the end of a long text', () => {
    const { value, left } = fitted([{ text: 'word '.repeat(10_000) }], 10_000);
    expect((value as { text: string }[])[0]!.text).toHaveLength(6250);
    expect(left).toEqual([{ at: '0.text', shown: 6250, of: 50_000 }]);
  });

  test('that fits stays as it is, and so does one that cannot be cut', () => {
    expect(fitted({ a: [1, 2] }, 100)).toEqual({ value: { a: [1, 2] }, left: [] });
    expect(fitted({ a: 'x'.repeat(500) }, 100).left).toEqual([]);
  });
});
