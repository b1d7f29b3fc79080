import { describe, expect, test } from 'vitest';
import { withParagraphs } from './documents.ts';

const LONG =
  'The two sides met in the old customs house by the harbour and talked for three hours about nets, quotas and the price of salt. ';

describe('a text of paragraphs', () => {
  test('has room between them where each is a line', () => {
    const text = `${LONG}\n${LONG}`;
    expect(withParagraphs(text, text)).toBe(`${LONG}<span class="gap">\n</span>${LONG}`);
  });

  test('is left as it is where blank lines part them, or its lines were cut to a width', () => {
    for (const text of [
      `${LONG}\n\n${LONG}`,
      `${LONG}\n \n${LONG}\n${LONG}`,
      'Lines of a telegram.\nOf one more.',
      LONG,
    ]) {
      expect(withParagraphs(text, text)).toBe(text);
    }
  });
});
