import { whenWords } from '../../record/words.ts';

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';

/** Words of a day or a stretch with short months, so that they stand in a column: `told 14 Apr 2031`. */
export function shortDate(words: string): string {
  return words.replace(new RegExp(`\\b(?:${MONTHS})\\b`, 'g'), (month) => month.slice(0, 3));
}

/** When something was published: `14 Apr 2031`, `Apr 2031`, `undated`. */
export function publishedWords(published: { readonly from: string; readonly to: string } | null): string {
  return published === null ? 'undated' : shortDate(whenWords({ earliest: published.from, latest: published.to }));
}
