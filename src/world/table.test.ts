import { expect, test } from 'vitest';
import { openTable } from './table.ts';

const text = `# head
north veld|veld|adjective=veldish|capital=port arn\tNVL\tNorth Veld
south veld|veld\tSVL\tSouth Veld`;
const table = openTable(text, ([, code]) => code ?? '');

test('a key finds its line and the use it is marked with', () => {
  expect(table.find('veldish')).toEqual([{ row: 'NVL', use: 'adjective' }]);
  expect(table.find('port arn')).toEqual([{ row: 'NVL', use: 'capital' }]);
});

test('a key shared by lines finds them in their order', () => {
  expect(table.find('veld').map(({ row }) => row)).toEqual(['NVL', 'SVL']);
});

test('a head, a code and an unknown word are no keys', () => {
  expect([...table.find('# head'), ...table.find('nvl'), ...table.find('east veld')]).toEqual([]);
});

test('the reach of a word is the longest key it begins', () => {
  expect(['north', 'veld', 'port', 'arn'].map(table.reach)).toEqual([2, 1, 2, 0]);
});

test('a last line without an end is a line', () => {
  expect(table.rows()).toEqual(['NVL', 'SVL']);
});
