import { describe, expect, test } from 'vitest';
import { readText } from '../source/read.ts';
import { addressOf, areCopies, likenessOf } from './similar.ts';

const REPORT = `The foreign ministers of Norway and Chile met in Oslo on Monday to discuss the fishing of cod. Minister Ada Berg said after the talks that both sides had agreed to measure the stock anew in spring, and that a joint committee would meet in Valparaiso in June. Minister Luis Rojas called the meeting open and useful. He thanked Norway for the research ship that it lent to Chile last winter. The two also spoke of the harbour at Arica, where Norwegian engineers have been building a cold store since 2029. Neither side would say whether the quota of 40,000 tonnes would be raised. A spokesman for the fishermen of Bergen said that they expected nothing of the committee, and would go on with the protest planned for Friday.`;
const OTHER = REPORT.replaceAll('Norway', 'Iceland')
  .replaceAll('Norwegian', 'Icelandic')
  .replaceAll('Chile', 'Peru')
  .replace('Oslo', 'Reykjavik')
  .replace('Ada Berg', 'Jon Vik')
  .replace('Luis Rojas', 'Eva Paz')
  .replace('Valparaiso', 'Lima')
  .replace('Arica', 'Callao')
  .replace('Bergen', 'Akureyri')
  .replace('40,000', '52,000');

const text = (words: string, outlet = 'Harbour Post', published = '2031-03-06', url = 'https://a.example/1') => {
  const document = readText(words, { outlet, published, url });
  return { likeness: likenessOf(document), origin: document };
};

describe('copies are', () => {
  const original = text(REPORT);
  test.each([
    ['the same words', REPORT],
    ['a text cut off from below', REPORT.slice(0, REPORT.indexOf('The two also'))],
    [
      'a text with a lead of its own',
      `Our correspondent has learned the following about the talks in the north. ${REPORT}`,
    ],
    [
      'a text lightly rewritten',
      REPORT.replace('met in', 'gathered in')
        .replace('agreed to', 'consented to')
        .replace('open and useful', 'frank and helpful')
        .replace('have been building', 'are building'),
    ],
  ])('%s', (_, words) => {
    const other = text(words, 'Tidewater', '2031-03-07', 'https://b.example/9');
    expect(areCopies(original, other)).toBe(true);
    expect(areCopies(other, original)).toBe(true);
    const bands = new Set(original.likeness.bands);
    expect(other.likeness.bands.some((band) => bands.has(band))).toBe(true);
  });
});

describe('no copies are', () => {
  const original = text(REPORT);
  test.each([
    ['two texts made from one pattern, of other names', text(OTHER, 'Tidewater')],
    ['texts weeks apart', text(REPORT, 'Tidewater', '2031-04-20')],
    ['a short text', text(REPORT.slice(0, 90), 'Tidewater')],
    [
      'two texts of one outlet, at two addresses, that differ',
      text(REPORT.slice(0, 500), 'Harbour Post', '2031-03-07', 'https://a.example/2'),
    ],
    [
      'a long text that quotes the other',
      text(`${REPORT} ${Array.from({ length: 700 }, (_, i) => `word${i} of`).join(' ')}`, 'Tidewater'),
    ],
  ])('%s', (_, other) => {
    expect(areCopies(original, other)).toBe(false);
    expect(areCopies(other, original)).toBe(false);
  });
});

test('an address is known again without what does not name the page', () => {
  expect(addressOf('http://www.a.example/story/?utm_source=x&id=3#top')).toBe('a.example/story?id=3');
  expect(addressOf('https://a.example/story?id=3')).toBe('a.example/story?id=3');
  expect(addressOf('https://a.example/')).toBeNull();
  expect(addressOf('no address')).toBeNull();
});
