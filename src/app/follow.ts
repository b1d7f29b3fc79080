import { ReadoutError } from '../error.ts';
import type { Intake } from '../record/intake.ts';
import type { Document } from '../source/document.ts';
import { type FeedItem, readFeedBytes } from '../source/feed.ts';
import { itemDocument, LARGEST_DOCUMENT, readBytes } from '../source/read.ts';
import type { Fetched, Fetcher } from './fetch.ts';
import type { Taken } from './inputs.ts';
import { unpackedBytes } from './unpack.ts';

/** What following a feed needs. `now` gives the time, ISO 8601. */
export interface Follower {
  readonly fetcher: Fetcher;
  readonly intake: Intake;
  now(): string;
}

/** How many further sitemaps of one index are read, and how deep an index may name indexes. */
const MOST_SITEMAPS = 50;
const DEEPEST = 2;
/** Sitemaps hold 50 MB at most (sitemaps.org) and are sent packed. */
const LARGEST_FEED = 64 * 1024 * 1024;
/** How often a page that failed is asked for, once in each round. */
const MOST_ATTEMPTS = 3;
/** An item's own text of this many letters is a report by itself; a shorter one is a teaser. */
const REPORT_LENGTH = 400;

/**
 * The documents of a feed's pages that the record has not asked for yet, or that have changed since by the feed's own
 * word. What was taken is marked in the record when the next one is asked for, and the feed itself at its end: whoever
 * is killed in between loses nothing and goes on there. A page that cannot be had gives its item's own text, where that
 * is a report.
 */
export async function* followFeed(address: string, follower: Follower): AsyncGenerator<Taken> {
  const { fetcher, intake } = follower;
  const known = await intake.marksOf(address);
  try {
    const fetched = await fetcher.fetch(address, known);
    if (fetched.changed) yield* followItems(address, fetched, follower, { depth: 0, left: MOST_SITEMAPS });
    await intake.feedRead(address, fetched.marks, follower.now());
  } catch (cause) {
    if (!(cause instanceof ReadoutError)) throw cause;
    await intake.feedRead(address, known, follower.now(), cause.message);
    yield { input: address, failure: cause };
  }
}

async function* followItems(
  address: string,
  { body, charset }: Pick<Fetched, 'body' | 'charset'>,
  follower: Follower,
  bounds: { readonly depth: number; left: number },
): AsyncGenerator<Taken> {
  const feed = await unpackedBytes(address, body, LARGEST_FEED);
  for await (const part of readFeedBytes(address, feed, LARGEST_DOCUMENT, charset)) {
    if ('failure' in part) yield { input: address, failure: part.failure };
    else if ('item' in part) yield* followItem(address, part.item, follower);
    else if (bounds.depth < DEEPEST && bounds.left > 0) {
      bounds.left -= 1;
      try {
        const fetched = await follower.fetcher.fetch(part.sitemap);
        yield* followItems(part.sitemap, fetched, follower, { ...bounds, depth: bounds.depth + 1 });
      } catch (cause) {
        if (!(cause instanceof ReadoutError)) throw cause;
        yield { input: part.sitemap, failure: cause };
      }
    }
  }
}

async function* followItem(feed: string, item: FeedItem, follower: Follower): AsyncGenerator<Taken> {
  const { url } = item;
  // An item without an address is known by its text alone.
  if (url === null) {
    yield* taken(feed, () => itemDocument(item, feed));
    return;
  }
  const { intake } = follower;
  const state = await intake.page(url);
  if (state && !isNewer(item, state.checked) && (state.document !== null || state.attempts >= MOST_ATTEMPTS)) return;
  let document: Document | null = null;
  let problem: string | null = null;
  for await (const one of pageOf(item, url, follower)) {
    if ('document' in one) document = one.document;
    else problem = one.failure.message;
    yield one;
  }
  await intake.pageRead(url, { checked: follower.now(), document: document?.id ?? null, problem });
}

/** The document of a page, and its failure where only the item's own text could be had. */
async function* pageOf(item: FeedItem, url: string, { fetcher }: Follower): AsyncGenerator<Taken> {
  const own = await itemDocument(item, url).catch((cause: unknown) => {
    // A text that cannot be read is none to fall back on; what else goes wrong is a fault.
    if (cause instanceof ReadoutError) return null;
    throw cause;
  });
  const report = own !== null && own.text.length >= REPORT_LENGTH ? own : null;
  try {
    const { body, charset } = await fetcher.fetch(url);
    const [read] = await readBytes(url, await unpackedBytes(url, body, LARGEST_DOCUMENT), {
      url,
      charset,
      dates: [...item.dates, ...item.updates],
    });
    if (read === undefined || 'failure' in read) {
      if (read) yield { input: url, failure: read.failure };
      if (report) yield { input: url, document: report };
      return;
    }
    // A page that shows only how the article begins is less than a feed that holds all of it.
    const fuller = report && report.text.length > read.document.text.length * 1.5;
    yield { input: url, document: fuller ? report : read.document };
  } catch (cause) {
    if (!(cause instanceof ReadoutError)) throw cause;
    yield { input: url, failure: cause };
    if (report) yield { input: url, document: report };
  }
}

async function* taken(input: string, read: () => Promise<Document>): AsyncGenerator<Taken> {
  try {
    const document = await read();
    if (document.text.length >= REPORT_LENGTH) yield { input, document };
  } catch (cause) {
    if (!(cause instanceof ReadoutError)) throw cause;
    yield { input, failure: cause };
  }
}

/** True when the feed says that the page changed after it was asked for. */
function isNewer(item: FeedItem, checked: string): boolean {
  return item.updates.some((update) => Date.parse(update) > Date.parse(checked));
}
