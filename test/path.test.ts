import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Store } from '../src/record/store.ts';
import { runChild, type ServingChild, serveInChild } from './child.ts';
import { chromiumFor, pictureFolder } from './chromium.ts';

// The command as `npm run build` makes it, in processes of its own.
const COMMAND = fileURLToPath(new URL('../dist/app/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'readout-path-'));
const pictures = pictureFolder('path');
const db = join(folder, 'record.sqlite');
const browser: Browser | undefined = await chromiumFor('test/path.test.ts');
let server: ServingChild;
/** The address that `serve` prints, with its key, and without. */
let entry: string;
let origin: string;

const PASTED =
  'BERGEN, 6 May 2031 - Norwegian Foreign Minister Ada Holm met her Danish counterpart, Sune Brandt, in Bergen on Tuesday for three hours of talks on herring quotas, the Norwegian foreign ministry said. Sweden offered to mediate.';
const DROPPED = `<!doctype html><html><head><title>Herring talks end without a deal | Kattegat Courier</title>
<meta property="og:site_name" content="Kattegat Courier">
<meta property="article:published_time" content="2031-05-07T06:00:00Z"></head><body><article>
<h1>Herring talks end without a deal</h1>
<p>Norwegian Foreign Minister Ada Holm and Danish Foreign Minister Sune Brandt met in Bergen on 6 May 2031 for talks on herring quotas.</p>
<p>Denmark accused Norway of closing the fishing grounds without a word. Norway threatened to detain Danish trawlers if they return.</p>
</article></body></html>`;
/** Reads meetings by a rule of its own. */
const OTHER_READER =
  'off meet.meet-person\noff meet.meet-together\n\n[own.met]\nevent     CONSULT 040\nverb      meet\nactors    subject object\ne.g.      The presidents of Chile and Peru met in Geneva.\n';

beforeAll(async () => {
  await (await Store.open(db, { create: true })).close();
  server = await serveInChild(db, COMMAND);
  entry = server.entry.href;
  origin = server.entry.origin;
});

afterAll(async () => {
  await browser?.close();
  expect(await server.end()).toBe(0);
  rmSync(folder, { recursive: true });
});

async function opened(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  await page.goto(entry);
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

const meeting = (page: Page): Locator =>
  page
    .locator('ol.timeline > li')
    .filter({ hasText: /Norway|Holm/ })
    .filter({ hasText: 'talks' })
    .getByRole('link')
    .first();

/** The words of an event: where its page leads to, they are lit up, and can be seen. */
async function expectLit(page: Page, words: RegExp): Promise<void> {
  await page.waitForURL('**/documents/*?event=*#*');
  const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
  const lit = page.locator(`a[id="${anchor}"] + mark.trigger`);
  expect(await lit.textContent()).toMatch(words);
  const box = (await lit.boundingBox())!;
  expect(box.y + box.height).toBeGreaterThan(0);
  expect(box.y).toBeLessThan(page.viewportSize()!.height);
}

describe.skipIf(browser === undefined)('from a report to what is known', () => {
  test('reports are pasted and dropped, found on the timeline, and stand with their words lit up', async () => {
    const page = await opened();
    expect(await page.locator('main').textContent()).toContain('The record is empty');
    await picture(page, '1-empty');
    await page.getByLabel('Paste a report').fill(PASTED);
    await page.getByLabel('Outlet').fill('Fjord Daily');
    await page.getByLabel('Published').fill('2031-05-06');
    await page.getByRole('button', { name: 'Read into the record' }).click();
    await page.waitForURL('**/documents/*');
    expect(await page.locator('.text').textContent()).toBe(PASTED);
    await picture(page, '2-pasted');

    await page.goto(origin);
    // As the desktop drops it: somewhere on the page, not on the field.
    const file = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(DROPPED)}], 'talks.html', { type: 'text/html' })); return data; })()`,
    );
    await page.dispatchEvent('h1', 'dragover', { dataTransfer: file });
    await page.dispatchEvent('h1', 'drop', { dataTransfer: file });
    await picture(page, '3-dropped');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/documents/*');
    expect(await page.locator('h1').textContent()).toBe('Herring talks end without a deal');

    await page.getByRole('link', { name: 'Timeline' }).click();
    await picture(page, '4-timeline');
    await meeting(page).click();
    await page.waitForURL('**/events/*');
    expect(await page.locator('main').textContent()).toContain('Told by 2 reports');
    await picture(page, '5-event');
    await page.locator('ol.claims a').first().click();
    await expectLit(page, /met|talks/);
    await picture(page, '6-words');
    await page.context().close();
  });

  test('a field is corrected by keyboard alone, is in the record at once, and stays when all is read anew', async () => {
    const page = await opened();
    await page.goto(`${origin}/timeline`);
    await meeting(page).click();
    const event = page.url();
    await page.locator('ol.claims').getByRole('link', { name: 'review' }).first().click();
    await page.waitForURL('**/review?claim=*');
    await page.keyboard.press('c');
    for (let presses = 0; presses < 20; presses += 1) {
      if ((await page.evaluate('document.activeElement.name')) === 'where') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Stavanger (NOR)');
    await picture(page, '7-correct');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await page.getByRole('status').textContent()).toContain('Stavanger');

    const corrected = async (name: string) => {
      await page.goto(event);
      expect(await page.locator('table.told').textContent()).toContain('Stavanger (NOR)');
      expect(await page.locator('ol.claims').textContent()).toContain('corrected');
      await picture(page, name);
      return (await page.locator('ol.claims').textContent())!.match(/(?<=rule )[\w.-]+/g);
    };
    expect(await corrected('8-corrected')).not.toContain('own.met');
    const patterns = join(folder, 'other.txt');
    writeFileSync(patterns, OTHER_READER);
    const { code, err } = await runChild([COMMAND, 'reread', '--patterns', patterns, '--db', db]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('2 read anew.') });
    expect(await corrected('9-read-anew')).toEqual(['own.met', 'own.met']);
    await page.context().close();
  });

  test('exactly the view is exported: what the page shows and nothing else', async () => {
    const page = await opened({ acceptDownloads: true });
    await page.goto(`${origin}/timeline?between=NOR&between=DNK&newestFirst=true`);
    const shown = await page
      .locator('ol.timeline > li .entry-head a')
      .evaluateAll((links) =>
        links.map((link) => [link.getAttribute('href')!.replace('/events/', ''), link.textContent!.trim()] as const),
      );
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.length).toBeLessThan(await countOf(page, '/timeline'));
    await page.goto(`${origin}/timeline?between=NOR&between=DNK&newestFirst=true`);
    await page.getByText('Export exactly this view').click();
    await picture(page, '10-export');
    const saved = async (link: Locator): Promise<string> => {
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      return readFileSync(await download.path(), 'utf8');
    };
    const list = page.locator('details.exports li');
    const csv = parse(await saved(list.filter({ hasText: /^csv/ }).getByRole('link')), {
      columns: true,
      bom: true,
    }) as readonly { readonly id: string; readonly headline: string }[];
    const lines = (await saved(list.filter({ hasText: /^jsonl/ }).getByRole('link'))).trim().split('\n');
    const plain = (values: readonly (readonly [string, string])[]) => values.toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(plain(csv.map(({ id, headline }) => [id, headline]))).toEqual(plain(shown));
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id).toSorted()).toEqual(
      shown.map(([id]) => id).toSorted(),
    );
    // The forms at the foot are of the same view, and in its order.
    const json = await page.request.get(
      `${origin}${await page.getByRole('link', { name: 'JSON' }).getAttribute('href')}`,
    );
    const foot = (await json.json()) as readonly { readonly id: string }[];
    expect(foot.map(({ id }) => id)).toEqual(shown.map(([id]) => id));
    const sheet = await saved(page.locator('p.forms').getByRole('link', { name: 'CSV' }));
    expect((parse(sheet, { columns: true, bom: true }) as unknown[]).length).toBe(shown.length);
    await page.context().close();
  });

  async function countOf(page: Page, path: string): Promise<number> {
    await page.goto(`${origin}${path}`);
    return page.locator('ol.timeline > li').count();
  }
});

describe.skipIf(browser === undefined)('the same path to read', () => {
  test('goes without script', async () => {
    const page = await opened({ javaScriptEnabled: false });
    await readPath(page);
    await page.context().close();
  });

  test('goes in a window of 320 points, as at a zoom of 400 %, and nothing is wider than it', async () => {
    const page = await opened({ viewport: { width: 320, height: 256 } });
    await readPath(page, async (name) => {
      const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(beyond, name).toBe(0);
      await page.screenshot({ path: join(pictures, `zoom-${name}.png`) });
    });
    await page.context().close();
  });

  test('goes by Tab and Enter alone, with a mark where one is', async () => {
    const page = await opened();
    await enter(page, (link) => link.name === 'Timeline');
    await page.waitForURL('**/timeline?*');
    await enter(page, (link) => link.address.startsWith('/events/') && /talks/.test(link.name));
    await page.waitForURL('**/events/*');
    await enter(page, (link) => /^\/documents\/.*#/.test(link.address));
    await expectLit(page, /met|talks/);
    await page.context().close();
  });
});

/** From home to the words by links; `seen` looks at each page. */
async function readPath(page: Page, seen: (name: string) => Promise<void> = async () => {}): Promise<void> {
  await seen('home');
  await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Timeline' }).click();
  await page.waitForURL('**/timeline?*');
  await seen('timeline');
  await meeting(page).click();
  await page.waitForURL('**/events/*');
  await seen('event');
  await page.locator('ol.claims a').first().click();
  await expectLit(page, /met|talks/);
  await seen('words');
}

/** Goes from link to link with Tab until one is the one that is meant, and presses it. */
async function enter(page: Page, isMeant: (link: { name: string; address: string }) => boolean): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const at = (await page.evaluate(`({
      name: document.activeElement.textContent.trim(),
      address: document.activeElement.getAttribute('href') ?? '',
      isMarked: getComputedStyle(document.activeElement).outlineStyle !== 'none',
    })`)) as { readonly name: string; readonly address: string; readonly isMarked: boolean };
    if (!isMeant(at)) continue;
    expect(at.isMarked, `${at.name} has no mark`).toBe(true);
    await page.keyboard.press('Enter');
    return;
  }
  throw new Error(`Tab does not lead there from ${page.url()}.`);
}
