import { describe, expect, test } from 'vitest';
import { Recent } from './recent.ts';

const KEYS = ['a', 'b', 'c', 'd'];
const held = (recent: Recent<string, string>) => KEYS.filter((key) => recent.get(key) !== undefined).join('');

describe('what is remembered', () => {
  test('is what was asked for last', () => {
    const recent = new Recent<string, string>(3);
    for (const key of ['a', 'b', 'c']) recent.set(key, key);
    recent.get('a');
    recent.set('d', 'd');
    expect(held(recent)).toBe('acd');
  });

  test('is as much as may be held, however large a value is', () => {
    const recent = new Recent<string, string>(10, ({ length }) => length);
    recent.set('a', 'xxxx');
    recent.set('b', 'xxxx');
    recent.set('c', 'xx');
    expect(held(recent)).toBe('abc');
    recent.set('d', 'x');
    expect(held(recent)).toBe('bcd');
    recent.set('a', 'x'.repeat(11));
    expect(held(recent)).toBe('');
  });

  test('is counted once where it is told again', () => {
    const recent = new Recent<string, string>(10, ({ length }) => length);
    for (let i = 0; i < 20; i++) recent.set('a', 'xxxxx');
    recent.set('b', 'xxxxx');
    expect([held(recent), recent.get('a')]).toEqual(['ab', 'xxxxx']);
    recent.set('a', 'x');
    recent.set('c', 'xxxx');
    expect(held(recent)).toBe('abc');
  });
});
