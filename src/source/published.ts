import { ReadoutError } from '../error.ts';
import { type CalendarDate, type DayInterval, findDates, isoDay, parseDate } from './date.ts';
import type { Published } from './document.ts';

/** What is known about a document's date besides its text; what is absent is `null`. */
export interface PublishedHints {
  /** The date the user gave, already read by {@link givenDate}. */
  readonly given: DayInterval | null;
  /** Dates the page or record states about itself, best first, as written. */
  readonly metadata: readonly string[];
  readonly url: string | null;
  /** The date a page shows near its headline, outside the article's text. */
  readonly visible?: DayInterval | null;
}

/** How much of the text a dateline or date line is looked for in, in UTF-16 units, and in how many filled lines. */
const HEAD_LENGTH = 4000;
const HEAD_LINES = 12;
const FOOT_LENGTH = 600;

/** A place as it stands before a dateline's date: "LONDON", "Washington, D.C.", "GENEVA/VIENNA (Tidewater News)". */
const PLACE =
  /^[\s*•([]{0,4}(?!(?:On|In|By|At|As|Since|From|Until|After|Before|The|It|He|She|They|Between|During)\b)\p{Lu}[\p{L}.’'-]{0,30}(?:[\s,/()–—-]{1,3}(?:\p{Lu}[\p{L}\d.’'-]{0,30}|de|del|al|la|and|of)){0,7}\)?[\s,.(:–—-]{0,4}$/u;
/** What follows a dateline's date: a dash, a colon, a bracketed agency and a dash. */
const AFTER_DATELINE = /^\s?\)?\s?(?:[([][\p{L}\d .,&/’'-]{2,40}[)\]]\s?)?(?:--?|–|—|:|\|)/u;
const BYLINE = /^(?:by|from)\s\S/i;
const LABEL =
  /^(?:first |last |originally )?(published|posted|issued|released|date|dated|publication date|release date|for (?:immediate )?release|updated|modified|last update|last updated)(?: on| at|,)?\s?[:|–—-]?\s?/i;

/**
 * Reads a publication date that the user gave: a day, a month or a year. Throws `option.date` when it is none; `where`
 * names the option or the record that holds it.
 */
export function givenDate(value: string, where: string): DayInterval {
  const days = parseDate(value);
  if (days) return days;
  throw new ReadoutError(
    'option.date',
    `${where}: expected a date such as 2021-06-16, 2021-06 or "16 June 2021", got "${value.slice(0, 80)}". ` +
      'Write the day as YYYY-MM-DD.',
  );
}

/**
 * When a document was published, and how that is known. In this order: given by the user, stated in the metadata, part of
 * the address, shown on the page, a dateline ("LONDON, March 3, 2022 -"), a date line at the head or a "Published:" line at the foot. A
 * dateline without a year and a weekday alone date nothing, so the answer may be null.
 */
export function findPublished(text: string, hints: PublishedHints): Published | null {
  if (hints.given) return { ...hints.given, basis: 'given', evidence: null };
  for (const value of hints.metadata) {
    const days = parseDate(value);
    if (days) return { ...days, basis: 'metadata', evidence: null };
  }
  const inUrl = hints.url ? dateInUrl(hints.url) : null;
  if (inUrl) return { ...inUrl, basis: 'url', evidence: null };
  // A page's own date line stands outside the article, so no words of the text can be shown for it.
  if (hints.visible) return { ...hints.visible, basis: 'text', evidence: null };
  return findInText(text);
}

/**
 * The day written into an address: `/2021/06/16/`, `/2021-06-16-`, `/20210616/`, `/2021/jun/16/`; `/16-06-2021-` where
 * only one order can be meant. Null when there is none.
 */
export function dateInUrl(url: string): DayInterval | null {
  const path = url.slice(0, 2000);
  const parts =
    /[/_-]((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/_-](3[01]|[12]\d|0?[1-9])(?!\d)/i.exec(
      path,
    ) ?? /[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(3[01]|[12]\d|0[1-9])(?!\d)/.exec(path);
  if (!parts) {
    const numbers = /[/_-](\d{1,2})([._-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)/.exec(path);
    return numbers && parseDate(`${numbers[1]}/${numbers[3]}/${numbers[4]}`);
  }
  const month = /\d/.test(parts[2]!)
    ? Number(parts[2])
    : 'janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(parts[2]!.toLowerCase()) / 3 + 1;
  const day = isoDay(Number(parts[1]), month, Number(parts[3]));
  return day ? { from: day, to: day } : null;
}

/** The date a text gives for itself: its dateline, or a date line. */
export function findInText(text: string): Published | null {
  const lines = headLines(text);
  for (const { from, words } of lines) {
    const dateline = datelineOf(words);
    if (dateline) return publishedAt(dateline, from, 'dateline');
  }
  const labelled = [...lines, ...footLines(text)].map((line) => ({ line, found: dateLineOf(line.words) }));
  // An update is the second best: it says when the text changed, not when it came out.
  const best =
    labelled.find(({ found }) => found?.label === 'published') ??
    labelled.slice(0, lines.length).find(({ found }) => found?.label === null) ??
    labelled.find(({ found }) => found?.label === 'updated');
  return best?.found ? publishedAt(best.found.date, best.line.from, 'text') : null;
}

function publishedAt(date: CalendarDate, from: number, basis: 'dateline' | 'text'): Published {
  return { ...date.days!, basis, evidence: { from: from + date.from, to: from + date.to } };
}

function datelineOf(words: string): CalendarDate | null {
  const head = words.slice(0, 160);
  const date = findDates(head).find(({ year, day }) => year !== null && day !== null);
  if (!date || date.from === 0 || date.from > 80) return null;
  const before = head.slice(0, date.from);
  return PLACE.test(before) && !BYLINE.test(before) && !LABEL.test(before) && AFTER_DATELINE.test(head.slice(date.to))
    ? date
    : null;
}

interface DateLine {
  readonly date: CalendarDate;
  readonly label: 'published' | 'updated' | null;
}

// "Published: June 16, 2021, 10:30 GMT", "Tuesday, 7 December 2021", "Washington, DC | March 3, 2022", "By Ann Poe, 3 May 2021".
function dateLineOf(words: string): DateLine | null {
  if (words.length > 140) return null;
  const date = findDates(words).find(({ year, day }) => year !== null && day !== null);
  if (!date) return null;
  const label = LABEL.exec(words)?.[1]?.toLowerCase();
  const before = words.slice(0, date.from);
  const after = words.slice(date.to);
  const clock =
    /^[\s,|@–—-]{0,4}(?:at )?(?:\d{1,2}[:.]?\d{0,2}.{0,30})?[\s.|)\]]{0,3}$/i.test(after) ||
    /^\s?[|·•–—-].{0,60}$/.test(after);
  if (label && before.length <= 40) return { date, label: /updat|modif/.test(label) ? 'updated' : 'published' };
  if (!clock) return null;
  const opening = before.trim();
  return opening === '' ||
    BYLINE.test(opening) ||
    (opening.length <= 60 && /[|·•]$/.test(opening)) ||
    (opening.length <= 60 && /[,–—-]$/.test(opening) && PLACE.test(before))
    ? { date, label: null }
    : null;
}

interface Line {
  readonly from: number;
  readonly words: string;
}

function headLines(text: string): readonly Line[] {
  return filledLines(text.slice(0, HEAD_LENGTH), 0).slice(0, HEAD_LINES);
}

function footLines(text: string): readonly Line[] {
  const from = Math.max(text.length - FOOT_LENGTH, HEAD_LENGTH);
  return from >= text.length ? [] : filledLines(text.slice(from), from).filter((line) => LABEL.test(line.words));
}

function filledLines(text: string, offset: number): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    const words = match[0].trim();
    if (words !== '') lines.push({ from: offset + match.index + match[0].indexOf(words), words });
  }
  return lines;
}
