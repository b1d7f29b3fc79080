import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from './analyze.ts';
import { loadModel } from './model.ts';

const model = loadModel(readFileSync(new URL('../../model/english.bin', import.meta.url)));
const rest = 'Iceland and Norway signed a deal on Tuesday.';

/** The first words of the sentence that holds "signed". */
function startOf(text: string): string {
  const sentence = analyze(text, model).find(({ tokens }) => tokens.some(({ form }) => form === 'signed'))!;
  return text.slice(sentence.from, sentence.from + 12);
}

describe('a dateline', () => {
  for (const line of [
    'REYKJAVIK, June 10 - ',
    'REYKJAVIK, June 10 – ',
    'OSLO, June 10 (Reuters) - ',
    'REYKJAVIK (AP) — ',
    'BRUSSELS -- ',
    'Geneva, 4 March 2021 (AFP) – ',
    'RIO DE JANEIRO, Brazil, July 20 (Reuters) - ',
    'Lima, March 8 (ABC) ',
  ]) {
    test(`is a sentence of its own: ${line}`, () => {
      expect(startOf(line + rest)).toBe('Iceland and ');
      expect(startOf(`A headline\n\n${line}${rest}`)).toBe('Iceland and ');
    });
  }

  for (const line of [
    'NATO - the alliance of 32 - said that ',
    'Prime Minister Ada Holm (Labour) - long ill - said that ',
    'Yesterday - ',
    'Republic of Chad (ROC) Minister Ada Holm said that ',
  ]) {
    test(`is not what only looks like one: ${line}`, () => {
      expect(startOf(line + rest)).toBe((line + rest).slice(0, 12));
    });
  }

  test('opens a line', () => {
    expect(startOf(`They came from OSLO, June 10 - ${rest}`)).toBe('They came fr');
  });
});
