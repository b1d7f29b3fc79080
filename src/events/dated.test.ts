import { expect, test } from 'vitest';
import { textDocument } from '../../test/document.ts';
import { loadReader } from '../app/load.ts';
import { read } from '../pipeline.ts';

const reader = loadReader();
const dateOf = (text: string, published?: string) => read(textDocument(text, published), reader).document.published;

const MET = 'The foreign ministers of Chad and Mali met in Lagos on 16 June 2021.';
const AHEAD = 'The foreign ministers of Chad and Mali will meet again on 2 July 2021.';

test('an undated document is from the last day that it tells as past on, and its words for that day say so', () => {
  const text = `Chad and Mali held talks on 3 May 2021. ${MET}`;
  const published = dateOf(text);
  expect(published).toMatchObject({ from: '2021-06-16', to: '9999-12-31', basis: 'inferred' });
  expect(text.slice(published!.evidence!.from, published!.evidence!.to)).toBe('16 June 2021');
});

test('the first day that it tells as ahead is the last it can be from', () => {
  expect(dateOf(`${MET} ${AHEAD}`)).toMatchObject({ from: '2021-06-16', to: '2021-07-02' });
});

test('a date that is known stays', () => {
  expect(dateOf(MET, '2021-06-20')).toMatchObject({ from: '2021-06-20', to: '2021-06-20', basis: 'given' });
});

test('a text without a day of its own in full stays undated', () => {
  expect(dateOf('The foreign ministers of Chad and Mali met in Lagos on Wednesday.')).toBeNull();
  expect(dateOf('The foreign ministers of Chad and Mali met in Lagos in June 2021.')).toBeNull();
  expect(dateOf(AHEAD)).toBeNull();
});

test('nothing is counted from an inferred date, not even when the document is read again', () => {
  const text = `${MET} Chad accused Mali of spying on Friday.`;
  const once = read(textDocument(text), reader);
  expect(once.claims.find((claim) => claim.event === 'ACCUSE')?.when.earliest).toBeNull();
  expect(read(once.document, reader)).toEqual(once);
});
