import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../src/record/event.ts';
import { isState } from '../src/record/party.ts';
import { Store } from '../src/record/store.ts';
import { chromiumFor, pictureFolder } from './chromium.ts';
import { withPalette } from './palette.ts';
import { type Serving, startServing } from './serving.ts';
import { runReadout } from './shell.ts';

// Every page of the samples' record, at the width of a desk and of a phone, light and dark: what is seen is kept as
// pictures to look at. `SCREENSHOTS=1 npx vitest run test/screenshots.test.ts` makes those of the documentation anew.
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const KEPT = process.env['SCREENSHOTS'] === '1' ? root('docs/images') : undefined;
/** Pages that the documentation shows, and those that it shows dark too. */
const SHOWN = new Set('home timeline event document actor dyad brief map network review search try'.split(' '));
const SHOWN_DARK = new Set(['timeline', 'document']);
const LARGEST = 150_000;
const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

const folder = mkdtempSync(join(tmpdir(), 'readout-screenshots-'));
const pictures = pictureFolder('pages');
const db = join(folder, 'record.sqlite');
const browser: Browser | undefined = await chromiumFor('test/screenshots.test.ts');
let serving: Serving;
let pages: readonly (readonly [name: string, path: string])[];

beforeAll(async () => {
  expect(await runReadout(['add', root('samples/reports'), root('samples/statements'), '--db', db])).toMatchObject({
    code: 0,
  });
  const store = await Store.open(db);
  const events = await store.events();
  const event = mostDisputed(events);
  const [one, two] = busiestDyad(events);
  await store.close();
  pages = [
    ['home', '/'],
    ['timeline', `/timeline?between=${one}&newestFirst=true`],
    ['event', `/events/${event.id}`],
    ['document', `/documents/${event.claims.at(-1)!.document}`],
    ['documents', '/documents'],
    ['actors', '/actors'],
    ['actor', `/actors/${one}`],
    ['dyad', `/dyads/${one}-${two}`],
    ['briefs', '/brief'],
    ['brief', `/brief/${one}-${two}`],
    ['map', '/map'],
    ['network', '/network'],
    ['issues', '/issues'],
    ['search', '/search?words=ambassador'],
    ['review', '/review'],
    ['try', '/try/'],
  ];
  serving = await startServing(db);
});

afterAll(async () => {
  await browser?.close();
  await serving?.stop();
  rmSync(folder, { recursive: true });
});

describe.skipIf(browser === undefined)('every page', () => {
  for (const size of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`breaks no rule that axe knows, fits its window and runs without a fault: ${size.width} wide, ${colorScheme}`, async () => {
        const context = await browser!.newContext({ viewport: size, colorScheme, locale: 'en-GB' });
        const page = await context.newPage();
        const faults: string[] = [];
        page.on('pageerror', ({ message }) => faults.push(message));
        // What the policy refuses is told on the console too.
        page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        await page.goto(`${serving.origin}/?key=${serving.key}`);
        for (const [name, path] of pages) {
          const answer = await page.goto(`${serving.origin}${path}`);
          expect(answer!.status(), path).toBe(200);
          if (name === 'try') await tryIt(page);
          const picture = join(pictures, `${name}-${size.width}-${colorScheme}.png`);
          await page.screenshot({ path: picture, fullPage: true });
          if (size.width === 1280 && (colorScheme === 'light' ? SHOWN : SHOWN_DARK).has(name)) {
            await keep(page, colorScheme === 'light' ? name : `${name}-dark`);
          }
          await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
          expect(await wider(page), `${name} is wider than the window`).toBe(0);
          // What is tested with is put in from outside: the policy of the page lets no script of others run.
          await page.evaluate(AXE);
          const { violations } = (await page.evaluate('axe.run()')) as {
            readonly violations: readonly {
              readonly id: string;
              readonly nodes: readonly { readonly html: string }[];
            }[];
          };
          expect(
            violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
            name,
          ).toEqual([]);
        }
        expect(faults).toEqual([]);
        await context.close();
      }, 60_000);
    }
  }

  test('weighs less than 60 kB on the wire when it is the first, with its style and scripts', async () => {
    for (const [, path] of pages.filter(([name]) => ['home', 'timeline', 'event', 'map'].includes(name))) {
      const context = await browser!.newContext();
      const page = await context.newPage();
      const wire = await context.newCDPSession(page);
      let bytes = 0;
      await wire.send('Network.enable');
      wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
      });
      await page.goto(`${serving.origin}${path}`, { waitUntil: 'networkidle' });
      expect(bytes, path).toBeGreaterThan(3000);
      expect(bytes, path).toBeLessThan(60_000);
      await context.close();
    }
  }, 60_000);
});

async function tryIt(page: Page): Promise<void> {
  await page.getByText('Ready.').waitFor();
  await page.getByRole('button', { name: 'Read' }).click();
  await page.locator('#results').waitFor();
}

async function wider(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** The window as it is, in few colours, for the documentation. */
async function keep(page: Page, name: string): Promise<void> {
  if (KEPT === undefined) return;
  mkdirSync(KEPT, { recursive: true });
  const path = join(KEPT, `${name}.png`);
  writeFileSync(path, withPalette(await page.screenshot()));
  expect(statSync(path).size, path).toBeLessThan(LARGEST);
}

/** What reports disagree on and most of them tell. */
function mostDisputed(events: readonly Event[]): Event {
  const weight = ({ disagreements, claims }: Event) =>
    (disagreements.length > 0 ? 1000 : 0) + new Set(claims.map(({ document }) => document)).size;
  return events.toSorted((a, b) => weight(b) - weight(a))[0]!;
}

function busiestDyad(events: readonly Event[]): readonly [string, string] {
  const counts = new Map<string, number>();
  for (const { parties } of events) {
    const [one, two, ...more] = parties.filter(isState).toSorted();
    if (two !== undefined && more.length === 0) counts.set(`${one}-${two}`, (counts.get(`${one}-${two}`) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]![0].split('-') as [string, string];
}
