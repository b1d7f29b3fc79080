import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumFor } from '../../../test/chromium.ts';
import { recordOfStories } from '../../../test/records.ts';
import { type Serving, startServing } from '../../../test/serving.ts';
import { Store } from '../../record/store.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = [
  '/actors/FIN',
  '/dyads/FIN-NOR',
  '/brief/FIN-NOR',
  '/map',
  '/map?place=Geneva%20(CHE)&closer=1',
  '/network',
  '/issues',
  '/review',
];

const folder = mkdtempSync(join(tmpdir(), 'readout-figures-'));
const db = join(folder, 'record.sqlite');
let serving: Serving;
const browser: Browser | undefined = await chromiumFor('src/app/web/figures.test.ts');
/** A test that needs a browser. */
const seen = test.skipIf(browser === undefined);

beforeAll(async () => {
  await recordOfStories(db);
  serving = await startServing(db);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await serving?.stop();
  rmSync(folder, { recursive: true });
});

async function opened(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser!.newContext(options)).newPage();
  await page.goto(`${serving.origin}/timeline?key=${serving.key}`);
  return page;
}

describe('pages of actors, pairs, places, issues and reviews', () => {
  seen.each(['light', 'dark'] as const)(
    'break no rule of accessibility that axe knows, %s, wide and narrow',
    async (colorScheme) => {
      for (const width of [1280, 390]) {
        const page = await opened({ colorScheme, viewport: { width, height: 900 } });
        for (const path of PAGES) {
          await page.goto(`${serving.origin}${path}`);
          await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
          // What is tested with is put in from outside: the policy of the page lets no script of others run.
          await page.evaluate(AXE);
          const found = (await page.evaluate('axe.run()')) as {
            readonly violations: readonly { readonly id: string }[];
          };
          expect(
            found.violations.map(({ id }) => id),
            `${path} at ${width}`,
          ).toEqual([]);
          const beyond = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          expect(beyond, `${path} at ${width} is wider than the window`).toBe(0);
        }
        await page.context().close();
      }
    },
    120_000,
  );

  test('are data under the same address with an ending, and nothing where there is nothing', async () => {
    const ask = (path: string) => fetch(`${serving.origin}${path}`);
    for (const path of PAGES) {
      const [before, query = ''] = path.split('?');
      const answer = await ask(`${before}.json${query === '' ? '' : `?${query}`}`);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([
        200,
        expect.stringMatching(/^application\/json/),
      ]);
      expect(Object.keys((await answer.json()) as object).length, path).toBeGreaterThan(0);
    }
    expect(await (await ask('/brief/FIN-NOR.md')).text()).toMatch(/^# Finland and Norway\n.*\n## /s);
    const word = await ask('/brief/FIN-NOR.docx');
    expect(word.headers.get('content-disposition')).toBe('attachment');
    expect(
      Buffer.from(await word.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const none = ['/actors/ZZZ.json', '/dyads/FIN-FIN.json', '/dyads/FIN-ZZZ.json', '/brief/FIN.md'];
    for (const path of none) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([404, 'application/problem+json']);
    }
    for (const path of ['/map.json?status=maybe', '/map.json?from=June', '/brief/FIN-NOR.json?on=June']) {
      expect((await ask(path)).status, path).toBe(400);
    }
  });

  seen(
    'are read without script, and lead to one another',
    async () => {
      const page = await opened({ javaScriptEnabled: false });
      await page.goto(`${serving.origin}/network`);
      await page.getByRole('cell', { name: /and/ }).or(page.getByRole('rowheader')).getByRole('link').first().click();
      await page.waitForURL('**/dyads/*');
      await page.getByRole('link', { name: 'The brief on both' }).click();
      await page.waitForURL('**/brief/*');
      await page.locator('article.brief small a').first().click();
      await page.waitForURL('**/documents/**');
      expect(await page.locator('mark.trigger').count()).toBeGreaterThan(0);
      await page.context().close();
    },
    30_000,
  );
});

seen(
  'the network is whole in every window, each code in its circle, and so is the world, whatever the browser',
  async () => {
    for (const width of [1280, 390]) {
      const page = await opened({ viewport: { width, height: 900 }, javaScriptEnabled: width > 400 });
      await page.goto(`${serving.origin}/network`);
      const drawing = page.locator('svg.states:visible');
      const [box, around] = [await drawing.boundingBox(), await page.locator('main').boundingBox()];
      expect(box!.width, String(width)).toBeLessThanOrEqual(around!.width);
      for (const node of await drawing.locator('a:has(circle)').all()) {
        const [circle, code] = [
          await node.locator('circle').boundingBox(),
          await node.locator('text').first().boundingBox(),
        ];
        expect(code!.x).toBeGreaterThan(circle!.x);
        expect(code!.x + code!.width).toBeLessThan(circle!.x + circle!.width);
      }
      expect(await drawing.getByText('FIN', { exact: true }).count()).toBe(1);
      await page.goto(`${serving.origin}/map`);
      const [world, room] = [await page.locator('svg.world').boundingBox(), await page.locator('main').boundingBox()];
      expect(world!.x).toBeGreaterThanOrEqual(room!.x);
      expect(world!.x + world!.width).toBeLessThanOrEqual(room!.x + room!.width);
      // A place of one event can be seen, on a phone too.
      for (const dot of await page.locator('svg.world circle.exact').all()) {
        expect((await dot.boundingBox())!.width).toBeGreaterThan(3.5);
      }
      await page.context().close();
    }
  },
  30_000,
);

describe('the review desk', () => {
  const decisions = async () => {
    const store = await Store.open(db);
    const kept = await store.decisions();
    await store.close();
    return kept;
  };

  seen(
    'is worked without script too',
    async () => {
      const page = await opened({ javaScriptEnabled: false });
      await page.goto(`${serving.origin}/review`);
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByRole('status').getByText('was accepted').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('Taken back.').waitFor();
      await page.context().close();
    },
    30_000,
  );

  seen(
    'is worked by keyboard alone',
    async () => {
      const before = (await decisions()).length;
      const page = await opened();
      await page.goto(`${serving.origin}/review`);
      const words = () => page.locator('.text').textContent();
      const press = async (key: string) => {
        await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
        return words();
      };
      const first = await words();
      const second = await press('n');
      expect(second).not.toBe(first);
      expect(await press('p')).toBe(first);
      expect(await press('r')).not.toBe(first);
      expect(await press('u')).toBe(first);
      await page.keyboard.press('c');
      // From the first field to that of the status: type, mode, status.
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.name')).toBe('status');
      await page.keyboard.type('denied');
      // A letter in a field is a letter.
      expect((await decisions()).length).toBe(before + 2);
      await page.locator('form[action="/review/correct"] input[name=why]').focus();
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      await page.keyboard.press('?');
      expect(await page.getByText('accept: it is as it is told').isVisible()).toBe(true);
      const made = (await decisions()).slice(before);
      expect(made.map(({ kind }) => kind)).toEqual(['reject', 'undo', 'correct']);
      expect(made.at(-1)).toMatchObject({ field: 'status', value: 'denied', by: 'browser' });
      await page.context().close();
    },
    30_000,
  );
});
