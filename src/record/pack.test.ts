import { describe, expect, test } from 'vitest';
import { ReadoutError } from '../error.ts';
import { pack, unpack } from './pack.ts';

const LITTLE = { event: 'CONSULT', by: 'Norway', about: 'fishing' };
const MUCH = { event: 'CONSULT', words: 'about fishing '.repeat(500) };

describe('what is packed', () => {
  test.each([
    ['little', LITTLE],
    ['much', MUCH],
    ['no text', 7],
    ['letters of all kinds', 'Å – 漢字 – \u0000'],
  ])('comes back: %s', (_, value) => {
    expect(unpack(pack(value))).toEqual(value);
  });

  test('before it had a sum, and as plain JSON, is read still', () => {
    expect(unpack(Buffer.from('AavGUhklgcLeL7+oHJy8IPW3lVJaZnEGqLCsBQA=', 'base64'))).toEqual(LITTLE);
    const large = 'Au3VqQ0AIQAAsFXIzUZ4DCQgThB2R+EYobITdD0y+vuI884dUp2lthyIiIiIiIiIiIiIiIiI6KVvHw==';
    expect(unpack(Buffer.from(large, 'base64'))).toEqual(MUCH);
    expect(unpack(JSON.stringify(LITTLE))).toEqual(LITTLE);
  });

  test('never unpacks to other words when a bit of it turns over, or its end is gone', () => {
    for (const value of [LITTLE, MUCH]) {
      const packed = pack(value);
      for (let bit = 0; bit < packed.length * 8; bit++) {
        const damaged = Uint8Array.from(packed);
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        expect(toldOf(damaged)).toMatch(/^record\.damaged /);
      }
      for (let length = 0; length < packed.length; length++)
        expect(toldOf(packed.subarray(0, length))).toMatch(/^record\.damaged /);
    }
  });
});

function toldOf(packed: Uint8Array): string {
  try {
    return JSON.stringify(unpack(packed));
  } catch (error) {
    if (error instanceof ReadoutError) return `${error.code} ${error.message}`;
    throw error;
  }
}
