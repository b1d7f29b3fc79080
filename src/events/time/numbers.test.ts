import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber, readOrdinal, readSpokenYear } from './numbers.ts';
import { cutPieces, type Piece } from './pieces.ts';

function piecesOf(text: string): readonly Piece[] {
  return cutPieces(text, { from: 0, to: text.length, tokens: [], names: [] });
}

const value = (text: string) => {
  const pieces = piecesOf(text);
  const count = readNumber(pieces, 0);
  return count === null
    ? null
    : [
        count.value,
        pieces
          .slice(count.end)
          .map((piece) => piece.text)
          .join(' '),
      ];
};

test.each([
  ['90,000 troops', 90_000, 'troops'],
  ['2.5 million people', 2_500_000, 'people'],
  ['twenty-four ships', 24, 'ships'],
  ['a hundred and thirty men', 130, 'men'],
  ['two thousand nine hundred thirty-one', 2931, ''],
  ['one million two hundred thousand cars', 1_200_000, 'cars'],
  ['half a million votes', 500_000, 'votes'],
  ['2 1/2 years', 2.5, 'years'],
  ['3½ hours', 3.5, 'hours'],
  ['3bn', 3e9, ''],
  ['two three', 2, 'three'],
  ['five hundred, six', 500, ', six'],
])('%s is read as %d', (text, number, rest) => {
  expect(value(text)).toEqual([number, rest]);
});

test.each(['a man', 'troops', 'hundred', 'and two', ''])('%j begins no number', (text) => {
  expect(value(text)).toBeNull();
});

test('any number written with commas is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), (number) => {
      expect(value(number.toLocaleString('en-US'))).toEqual([number, '']);
    }),
  );
});

test('ranks and spoken years are read', () => {
  expect(readOrdinal(piecesOf('twenty-third day'), 0)).toEqual({ value: 23, end: 3 });
  expect(readOrdinal(piecesOf('23rd day'), 0)).toEqual({ value: 23, end: 2 });
  expect(readSpokenYear(piecesOf('nineteen ninety-seven'), 0)).toEqual({ value: 1997, end: 4 });
});
