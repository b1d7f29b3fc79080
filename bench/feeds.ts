/**
 * How many of feedparser's test feeds are read as they expect, their expectations standing in a comment at the head.
 *
 *     node bench/feeds.ts FOLDER [--misses]
 *
 * Two figures. *Files*: of those that hold items, how many give all of them; the items are counted as opening tags of
 * `item` and `entry` outside comments and CDATA, and feeds are told by their content. *Expectations*: of every
 * `entries[i]… == '…'` on a title, link, publication or update date, author, summary, description or content, how many
 * hold. Words are compared with scripts, tags, entities and blanks taken away on both sides; an author holds when one of
 * the item's authors is named in what is expected; an address when it is the same, or its end where the feed has no base;
 * a date by its day in UTC or as written. Only the bytes are used, nothing that a server told about them besides.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDate } from '../src/source/date.ts';
import { decodePage } from '../src/source/decode.ts';
import { type FeedItem, readFeedBytes, wordsOf } from '../src/source/feed.ts';

const EXPECTED =
  /entries\[(\d)\](?:\['(\w+)'\]|\.(\w+))(?:\[0\]\['value'\])? == (?:u?'((?:\\.|[^'\\])*)'|u?"((?:\\.|[^"\\])*)"|\((\d+), (\d+), (\d+),)/g;
const KINDS: Readonly<Record<string, (item: FeedItem, expected: string) => boolean>> = {
  title: (item, expected) => bare(item.title ?? '') === bare(expected),
  link: (item, expected) => (item.url ?? '') === expected || expected.endsWith(`/${item.url}`),
  author: (item, expected) =>
    item.authors.some((author) => author !== '' && expected.includes(author)) || (expected === '' && !item.authors[0]),
  summary: sameText,
  description: sameText,
  content: sameText,
  published: sameDay,
  published_parsed: sameDay,
  updated: (item, expected) => sameDay({ ...item, dates: [...item.updates, ...item.dates] }, expected),
  updated_parsed: (item, expected) => sameDay({ ...item, dates: [...item.updates, ...item.dates] }, expected),
};

const [folder, flag] = process.argv.slice(2);
const files = readdirSync(folder!, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
const whole = { right: 0, all: 0 };
const held = new Map<string, { right: number; all: number }>();
for (const file of files) {
  const bytes = readFileSync(file);
  const source = decodePage(bytes);
  const told = /<!--[\s\S]*?-->/.exec(source)?.[0] ?? '';
  const count = [
    ...source.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(/<(?:\w+:)?(?:item|entry)(?=[\s>/])/gi),
  ].length;
  if (count === 0) continue;
  const items: FeedItem[] = [];
  try {
    for await (const part of readFeedBytes(file, bytes, 1 << 23)) if ('item' in part) items.push(part.item);
  } catch (error) {
    if (flag) console.log(`${file}: ${String(error)}`);
  }
  whole.all += 1;
  if (items.length === count) whole.right += 1;
  else if (flag) console.log(`${file}: ${items.length} of ${count} items`);
  for (const [, index, name = '', attribute = '', single, double, year, month, day] of told.matchAll(EXPECTED)) {
    const field = name || attribute;
    const holds = KINDS[field];
    if (!holds) continue;
    const expected = year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : literal(single ?? double!);
    const tally = held.get(field) ?? { right: 0, all: 0 };
    held.set(field, tally);
    tally.all += 1;
    const item = items[Number(index)];
    if (item && holds(item, expected)) tally.right += 1;
    else if (flag) console.log(`${file}: ${field} expected ${JSON.stringify(expected)}, got ${JSON.stringify(item)}`);
  }
}
console.log(`files that give all their items: ${share(whole)}`);
for (const [field, tally] of held) console.log(`  ${field}: ${share(tally)}`);
const tallies = [...held.values()];
const sum = (key: 'right' | 'all') => tallies.reduce((total, tally) => total + tally[key], 0);
console.log(`expectations that hold: ${share({ right: sum('right'), all: sum('all') })}`);

function share({ right, all }: { readonly right: number; readonly all: number }): string {
  return `${right} of ${all} (${((100 * right) / all).toFixed(1)} %)`;
}

function sameText(item: FeedItem, expected: string): boolean {
  return bare(item.html ?? '') === bare(expected);
}

function sameDay(item: FeedItem, expected: string): boolean {
  const days = item.dates.flatMap((date) => [parseDate(date)?.from, day(date)]);
  return days.includes(parseDate(expected)?.from ?? expected) || item.dates.includes(expected);
}

function day(date: string): string | undefined {
  const at = Date.parse(date);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10);
}

/** Words alone: scripts, tags, entities and blanks away, however often they were escaped. */
function bare(markup: string): string {
  const shown = markup.replace(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi, '').replace(/<[^>]*>/g, '');
  const words = wordsOf(shown).replace(/\s+/g, '');
  return words === markup ? words : bare(words);
}

/** A string of Python. */
function literal(words: string): string {
  return words
    .replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, wide: string, narrow: string) =>
      String.fromCharCode(Number.parseInt(wide ?? narrow, 16)),
    )
    .replace(/\\n/g, '\n')
    .replace(/\\(['"\\])/g, '$1');
}
