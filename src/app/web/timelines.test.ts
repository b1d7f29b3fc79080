import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../../test/chromium.ts';
import { type Serving, startServing } from '../../../test/serving.ts';
import { storyReading } from '../../../test/story.ts';
import { Store } from '../../record/store.ts';

const CALLS = [
  ['Chile', 'CHL', 'Peru', 'PER', '2021-06-16T15:30', '15:30 on June 16'],
  ['Ghana', 'GHA', 'Togo', 'TGO', '2021-06-16', 'on June 16'],
  ['Nepal', 'NPL', 'Japan', 'JPN', '2021-06-16T09:05', '9:05 on June 16'],
  ['Spain', 'ESP', 'Malta', 'MLT', '2021-06-16TMO', 'on the morning of June 16'],
  ['Kenya', 'KEN', 'Sudan', 'SDN', '2021-06-20', 'on June 20'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'readout-timelines-'));
let serving: Serving;
let browser: Browser;

beforeAll(async () => {
  const db = join(folder, 'record.sqlite');
  const store = await Store.open(db, { create: true });
  for (const [one, oneCode, two, twoCode, value, words] of CALLS) {
    const text = `${one} called ${two} ${words}.`;
    const story = storyReading({
      ...{ outlet: 'Harbour Post', published: '2021-06-21', text },
      actors: [
        { name: one, country: oneCode, kind: 'state' },
        { name: two, country: twoCode, kind: 'state' },
      ],
      claims: [
        { sentence: text, trigger: 'called', event: 'CONSULT', actors: [one, two], when: [value.slice(0, 10), words] },
      ],
    });
    const reading = { ...story, times: story.times.map((time) => ({ ...time, type: 'time' as const, value })) };
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  await store.close();
  serving = await startServing(db);
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await serving?.stop();
  rmSync(folder, { recursive: true });
});

async function opened(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`${serving.origin}/?key=${serving.key}`);
  await page.goto(`${serving.origin}${path}`);
  return page;
}

const WHOLE_DAY = '/timeline?from=2021-06-16&to=2021-06-16';

describe('a day of the timeline', () => {
  test('is reached from a wider range by its bar, and shows its hours, without script', async () => {
    const page = await opened('/timeline?from=2021-06-01&to=2021-06-30', { javaScriptEnabled: false });
    await page.getByRole('link', { name: '16 June 2021: 4 events' }).click();
    expect(new URL(page.url()).search).toBe('?from=2021-06-16&to=2021-06-16');
    expect(await page.locator('figure.histogram a[aria-label]').evaluateAll(labels)).toEqual([
      ...['09:00: 1 event', '15:00: 1 event'],
      ...['morning: 1 event', 'the whole day: 1 event'],
    ]);
    expect(await page.locator('.entry-head b, .date').allTextContents()).toEqual([
      ...['16 June', 'talks', '16 June, morning', 'talks'],
      ...['16 June, 09:05', 'talks', '16 June, 15:30', 'talks'],
    ]);
    await page.getByRole('link', { name: '09:00: 1 event' }).click();
    expect(await page.locator('ol.timeline .date').allTextContents()).toEqual(['16 June, 09:05', '16 June, 15:30']);
    await page.getByRole('link', { name: 'newest first' }).click();
    expect((await page.locator('ol.timeline .date').allTextContents())[0]).toBe('16 June, 15:30');
    await page.getByRole('link', { name: 'the whole day: 1 event' }).click();
    expect(await page.locator('ol.timeline .date').allTextContents()).toEqual(['16 June']);
    await page.context().close();
  }, 30_000);

  test('has its hours gone through by the arrow keys, with one stop of the Tab key', async () => {
    const page = await opened(WHOLE_DAY);
    const stops = await page.locator('figure.histogram svg a:not([tabindex])').count();
    expect(stops).toBe(1);
    await page.locator('figure.histogram svg a').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('morning: 1 event');
    await Promise.all([page.waitForURL(/after=/), page.keyboard.press('Enter')]);
    await page.context().close();
  }, 30_000);
});

test('drawing over bars is left by Escape, and what was lit up goes out', async () => {
  const page = await opened('/timeline?from=2021-06-01&to=2021-06-30', { viewport: { width: 1280, height: 900 } });
  const box = (await page.locator('figure.histogram svg').boundingBox())!;
  const at = (day: number) => box.x + (box.width * (day - 0.5)) / 30;
  await page.mouse.move(at(14), box.y + 20);
  await page.mouse.down();
  await page.mouse.move(at(20), box.y + 20, { steps: 6 });
  expect(await page.locator('figure.histogram .chosen').count()).toBe(7);
  await page.mouse.move(at(18), box.y + 20, { steps: 2 });
  expect(await page.locator('figure.histogram .chosen').count()).toBe(5);
  await page.mouse.move(at(12), box.y + 20, { steps: 3 });
  expect(await page.locator('figure.histogram .chosen').evaluateAll(days)).toEqual(['2021-06-12', '2021-06-14']);
  await page.keyboard.press('Escape');
  expect(await page.locator('figure.histogram .chosen').count()).toBe(0);
  await page.mouse.up();
  expect(new URL(page.url()).searchParams.get('from')).toBe('2021-06-01');
  await page.context().close();
}, 30_000);

test('every event of a page is in it as text that is shown, so that a browser finds it however far down it stands', async () => {
  const page = await opened('/timeline', { viewport: { width: 390, height: 300 } });
  const shown = await page.locator('.found').innerText();
  for (const name of CALLS.flatMap(([one, , two]) => [one, two])) expect(shown).toContain(name);
  await page.context().close();
}, 30_000);

// What runs in the page.
function labels(elements: readonly { getAttribute(name: string): string | null }[]): readonly (string | null)[] {
  return elements.map((element) => element.getAttribute('aria-label'));
}

function days(elements: readonly { getAttribute(name: string): string | null }[]): readonly (string | null)[] {
  return [elements[0]!.getAttribute('data-from'), elements.at(-1)!.getAttribute('data-to')];
}

test('what the marks mean and the exports stand before the first event', async () => {
  const page = await opened('/timeline', { javaScriptEnabled: false });
  const [marks, exports, first] = await Promise.all(
    ['ul.marks', 'details.exports', 'ol.timeline'].map((one) => page.locator(one).first().boundingBox()),
  );
  expect(exports!.y).toBeLessThan(marks!.y);
  expect(marks!.y).toBeLessThan(first!.y);
  await page.getByText('Export exactly this view').click();
  expect(await page.locator('details.exports a').first().isVisible()).toBe(true);
  await page.context().close();
});
