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

/**
 * The date a page shows its readers near the headline: the first `time` element, or the first short element whose class
 * or id speaks of a date, outside lists of other articles. Reads English dates, months of a few other languages, and
 * numbers with the day first where dots or a day above twelve make that sure. Null when there is none.
 */
export function visibleDate(root: PageElement): DayInterval | null {
  let update: DayInterval | null = null;
  const held = holdersOfHeadline(root);
  for (const element of root.getElementsByTagName('*')) {
    const name = `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`;
    if (element.nodeName !== 'TIME' && !DATE_CLASS.test(name)) continue;
    const words = (element.textContent ?? '').slice(0, 400).replace(/\s+/g, ' ').trim();
    if (words.length < 8 || words.length > 100 || insideList(element, held)) continue;
    const days = shownDays(words);
    if (!days) continue;
    if (!MODIFIED.test(`${name} ${words}`)) return days;
    update ??= days;
  }
  return update;
}

/** The first full date in a page's short line, English or not. */
export function shownDays(words: string): DayInterval | null {
  const date = findDates(words).find(({ day }) => day !== null);
  if (date) return date.days;
  const numbers = /(?<!\d)\d{1,2}\s?([./-])\s?\d{1,2}\s?\1\s?\d{4}(?!\d)/.exec(words)?.[0];
  if (numbers) return parseDate(numbers.replace(/\s/g, ''));
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
