import { type DayInterval, findDates, isoDay, parseDate } from './date.ts';
import type { PageElement } from './markup.ts';
import { attribute, holdersOfHeadline, insideList } from './metadata.ts';

/** Months in the languages that pages with an English edition are often dated in, by their first letters, in order. */
const MONTH_STEMS: readonly RegExp[] = [
  /^(?:jan|jän|gen|ener|ocak)/, // gennaio, enero
  /^(?:feb|fév|fev)/,
  /^(?:mar|mär|mrt|maa)/,
  /^(?:apr|avr|abr)/,
  /^(?:may|mai|mag|mei|maj)/,
  /^(?:jun|juin|giu)/,
  /^(?:jul|juil|lug)/,
  /^(?:aug|aoû|ago)/,
  /^(?:sep|set)/,
  /^(?:oct|okt|ott|out)/,
  /^(?:nov)/,
  /^(?:dec|dez|déc|dic)/,
];

const DATE_CLASS = /date|datum|fecha|time|publish|posted|byline|meta\b|info|stamp|subtitle/i;
const MODIFIED = /modif|updat|aktualisier|mis à jour/i;

/** How many elements after the headline a line that is a date and nothing else is the article's own, and before it. */
const NEAR = 60;
const BEFORE = 25;

/**
 * The date a page shows its readers near the headline: the first `time` element, or the first short element whose class
 * or id speaks of a date, outside lists of other articles; else an element near the headline that holds a date and
 * nothing else. Reads English dates, months of a few other languages, and numbers with the day first where dots or a day
 * above twelve make that sure. Null when there is none.
 */
export function visibleDate(root: PageElement): DayInterval | null {
  const held = holdersOfHeadline(root);
  const elements = root.getElementsByTagName('*');
  const headline = elements.findIndex(({ nodeName }) => nodeName === 'H1');
  const named: { readonly at: number; readonly days: DayInterval; readonly change: boolean }[] = [];
  for (const [at, element] of elements.entries()) {
    const name = `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`;
    if (element.nodeName !== 'TIME' && !DATE_CLASS.test(name)) continue;
    const words = (element.textContent ?? '').slice(0, 400).replace(/\s+/g, ' ').trim();
    if (words.length < 8 || words.length > 100 || insideList(element, held)) continue;
    const days = shownDays(words);
    if (days) named.push({ at, days, change: MODIFIED.test(`${name} ${words}`) });
  }
  const published = named.filter(({ change }) => !change);
  // A date far above the headline is today's, in the page's masthead.
  const best = published.find(({ at }) => at > headline - BEFORE && at < headline + NEAR) ?? published[0] ?? named[0];
  return best?.days ?? dateBeside(elements, headline, held);
}

// "26 | 01 | 2022" in a cell above the text, "17/02/2022" in a block without a name.
function dateBeside(
  elements: readonly PageElement[],
  headline: number,
  held: ReadonlySet<PageElement>,
): DayInterval | null {
  if (headline === -1) return null;
  const after = elements.slice(headline, headline + NEAR);
  const before = elements.slice(Math.max(0, headline - BEFORE), headline).reverse();
  for (const element of [...after, ...before]) {
    const words = (element.textContent ?? '').slice(0, 80).replace(/\s+/g, ' ').trim();
    if (words.length < 8 || words.length > 30 || !DATE_ALONE.test(words) || insideList(element, held)) continue;
    const days = shownDays(words);
    if (days) return days;
  }
  return null;
}

/** A day with its year, a weekday before it and a clock time behind it at most. */
const DATE_ALONE =
  /^(?:\p{L}{2,12}\.?,? )?(?:\d{1,2}(?:st|nd|rd|th|er|º|\.)? ?(?:[./|-]|de )? ?[\p{L}\d]{1,12}\.?,? ?(?:[./|-]|de )? ?\d{4}|\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, ?\d{4}|\d{4}-\d\d-\d\d)(?:[ ,|–-]+(?:at )?\d{1,2}[:.]\d\d.{0,10})?$/u;

/** The first full date in a page's short line, English or not. */
export function shownDays(words: string): DayInterval | null {
  const date = findDates(words).find(({ day }) => day !== null);
  if (date) return date.days;
  const numbers = /(?<!\d)\d{1,2}\s?([./|-])\s?\d{1,2}\s?\1\s?\d{4}(?!\d)/.exec(words)?.[0];
  if (numbers) return parseDate(numbers.replace(/\s/g, '').replaceAll('|', '.'));
  const eastern = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(words);
  if (eastern) return dayOf(Number(eastern[1]), Number(eastern[2]), Number(eastern[3]));
  const foreign = /(?<!\d)(\d{1,2})(?:\.|er|º)? (?:de )?(\p{L}{3,12})\.? (?:de )?((?:19|20)\d\d)(?!\d)/u.exec(words);
  if (!foreign) return null;
  const month = MONTH_STEMS.findIndex((stem) => stem.test(foreign[2]!.toLowerCase()));
  return month === -1 ? null : dayOf(Number(foreign[3]), month + 1, Number(foreign[1]));
}

function dayOf(year: number, month: number, day: number): DayInterval | null {
  const only = isoDay(year, month, day);
  return only ? { from: only, to: only } : null;
}
