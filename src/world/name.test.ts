import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAcronym, normalizeName, sameGivenName, skeleton } from './name.ts';

test('spellings of one name meet in one form', () => {
  expect(normalizeName('Côte d’Ivoire')).toBe(normalizeName("Cote d'Ivoire"));
  expect(normalizeName('U.N.')).toBe('un');
  expect(normalizeName('Ban Ki-moon')).toBe('ban ki moon');
  expect(normalizeName('Ministry of Defence')).toBe(normalizeName('Ministry of Defense'));
});

test('normalizing twice changes nothing more', () => {
  fc.assert(fc.property(fc.string(), (text) => normalizeName(normalizeName(text)) === normalizeName(text)));
});

test('transliterations of a given name are one name, other names are not', () => {
  expect(sameGivenName('Sergei', 'Sergey')).toBe(true);
  expect(sameGivenName('Mohammed', 'Muhammad')).toBe(true);
  expect(sameGivenName('Joe', 'Joseph')).toBe(true);
  expect(sameGivenName('S', 'Sergey')).toBe(true);
  expect(sameGivenName('Sergey', 'Igor')).toBe(false);
});

test('a skeleton keeps the consonants', () => {
  expect(skeleton('Shoygu')).toBe(skeleton('Shoigu'));
  expect(skeleton('Lavrov')).not.toBe(skeleton('Lukashenko'));
});

test('an acronym is written in capitals', () => {
  expect(['U.S.', 'EU', 'MEPs', 'G7'].map(isAcronym)).toEqual([true, true, true, false]);
  expect(['us', 'Who', 'It'].map(isAcronym)).toEqual([false, false, false]);
});
