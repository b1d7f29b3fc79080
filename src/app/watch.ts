import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { followFeed } from './follow.ts';
import { gather } from './gather.ts';
import { openFetcher, privateOption, type Taken } from './inputs.ts';
import { loadReader } from './load.ts';
import { type Context, defineOperation, recordOption } from './operation.ts';
import { patternsOption, readerName, takePatterns } from './patterns.ts';
import { withRecord } from './record.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const duration = z.string().regex(/^\d+(?:ms|[smhd])$/, {
  error: (issue) => `expected a time such as 15m or 2h, got "${String(issue.input)}"`,
});

function millisecondsIn(time: string): number {
  const [, count, unit] = /^(\d+)(\w+)$/.exec(time)!;
  return Number(count) * UNITS[unit!]!;
}

/**
 * `readout watch`: follows feeds and news sitemaps, and reads the pages they name into the record. Where it stands is
 * kept in the record itself: one that was killed goes on there.
 */
export const watchOperation = defineOperation({
  input: z.object({
    feeds: z
      .array(z.string())
      .min(1)
      .meta({ description: 'addresses of feeds or sitemaps, or files that list them', placeholder: 'FEED' }),
    every: duration.default('15m').meta({ description: 'how long to wait between two rounds', placeholder: 'TIME' }),
    pause: duration
      .default('1s')
      .meta({ description: 'the pause between two requests to one host', placeholder: 'TIME' }),
    once: z.boolean().default(false).meta({ description: 'one round, then end' }),
    allowPrivate: privateOption,
    patterns: patternsOption,
    json: z.boolean().default(false).meta({ description: 'print a JSON line for each document' }),
    db: recordOption,
  }),
  positional: ['feeds'],
  examples: [
    'readout watch https://www.state.gov/rss-feed/press-releases/feed/ --every 30m',
    'readout watch feeds.txt --once --json',
  ],
  async run(input, context) {
    const feeds = await listFeeds(input.feeds, context);
    const everyMs = millisecondsIn(input.every);
    const pauseMs = millisecondsIn(input.pause);
    const patterns = takePatterns(input.patterns, context);
    const reader = loadReader(patterns);
    await withRecord(
      input.db,
      context,
      async (store) => {
        const gatherer = { store, reader, readerName: readerName(patterns), json: input.json, most: 1 };
        for (;;) {
          const fetcher = await openFetcher({ ...input, signal: context.signal, pauseMs });
          const follower = { fetcher, intake: store.intake, now: () => context.now().toISOString() };
          try {
            context.tell((await gather(followAll(feeds, follower), gatherer, context)).summary());
          } catch (cause) {
            if (!context.signal.aborted) throw cause;
          } finally {
            await fetcher.close();
          }
          if (input.once || context.signal.aborted) return;
          // A signal while it waits ends it as it ends a round: between two documents.
          await sleep(everyMs, undefined, { signal: context.signal }).catch(() => {});
          if (context.signal.aborted) return;
        }
      },
      { create: true },
    );
  },
});

async function* followAll(feeds: readonly string[], follower: Parameters<typeof followFeed>[1]): AsyncGenerator<Taken> {
  for (const feed of feeds) yield* followFeed(feed, follower);
}

/** Addresses as given, and those in the files given: one a line, `#` before a remark. */
async function listFeeds(given: readonly string[], context: Pick<Context, 'cwd'>): Promise<readonly string[]> {
  const feeds: string[] = [];
  for (const one of given) {
    if (/^https?:\/\//i.test(one)) {
      feeds.push(one);
      continue;
    }
    const text = await readFile(resolve(context.cwd, one), 'utf8').catch((cause: unknown) => {
      throw new ReadoutError(
        'input.missing',
        `${one}: expected the address of a feed (https://…) or a file that lists such addresses, one a line.`,
        { cause },
      );
    });
    for (const [number, line] of text.split('\n').entries()) {
      const address = line.replace(/#.*/, '').trim();
      if (address === '') continue;
      if (!/^https?:\/\/\S+$/i.test(address))
        throw new ReadoutError(
          'input.address',
          `${one}, line ${number + 1}: expected the address of a feed, got "${address.slice(0, 80)}".`,
        );
      feeds.push(address);
    }
  }
  return [...new Set(feeds)];
}
