import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findQuotations, nextQuotation, quotationAt } from './quotation.ts';

function quoted(text: string): readonly string[] {
  return findQuotations(text).map(({ from, to }) => text.slice(from, to));
}

test('curly, straight, angle and doubled single marks are found with their words', () => {
  expect(quoted("He said “yes”, \"no\", «perhaps» and ''later''.")).toEqual([
    '“yes”',
    '"no"',
    '«perhaps»',
    "''later''",
  ]);
});

test('a quotation inside another is part of it', () => {
  expect(quoted('“They told us “go” and “stay” at once,” she said.')).toEqual([
    '“They told us “go” and “stay” at once,”',
  ]);
});

test('a quotation runs on into paragraphs that open with a mark', () => {
  expect(quoted('He said: “One.\n\n“Two.\n\n“Three.” Then he left.')).toEqual(['“One.\n\n“Two.\n\n“Three.”']);
});

test('a mark without a partner costs its paragraph and no more', () => {
  const text = 'He said “One.\n\nThe ship left. “Two,” she said.';
  expect(quoted(text)).toEqual(['“One.', '“Two,”']);
  expect(findQuotations(text).map(({ closed }) => closed)).toEqual([false, true]);
});

test('lines are paragraphs where a text has no blank lines', () => {
  expect(quoted('He said “One.\nThe ship left.')).toEqual(['“One.']);
  expect(quoted('He said “One\nand two.” It left.\n\nEnd.')).toEqual(['“One\nand two.”']);
});

test('an opening mark set where the closing one belongs closes', () => {
  expect(quoted('the film “Frost“ and the play “Thaw”')).toEqual(['“Frost“', '“Thaw”']);
});

test('inches and apostrophes open nothing', () => {
  expect(quoted('A 12" gun, the rebels\' camp and Mali’s army.')).toEqual([]);
});

test('the quotation at an offset is the one that holds it', () => {
  const text = 'a “b” c “d”';
  const quotations = findQuotations(text);
  expect(quotationAt(quotations, text.indexOf('b'))).toBe(quotations[0]);
  expect(quotationAt(quotations, text.indexOf('c'))).toBeUndefined();
  expect(nextQuotation(quotations, text.indexOf('c'))).toBe(quotations[1]);
  expect(nextQuotation(quotations, text.length)).toBeUndefined();
});

test('quotations of any text lie inside it, in order and apart', () => {
  const anyText = fc
    .array(fc.constantFrom('“', '”', '"', "''", '«', '»', ' ', '\n', '\n\n', 'so', ',', '.'))
    .map((all) => all.join(''));
  fc.assert(
    fc.property(anyText, (text) => {
      let end = 0;
      for (const { from, to } of findQuotations(text)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
