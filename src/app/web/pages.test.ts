import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumFor } from '../../../test/chromium.ts';
import { type Serving, startServing } from '../../../test/serving.ts';
import { type Story, storyReading } from '../../../test/story.ts';
import { SUMMIT } from '../../../test/summit.ts';
import { Store } from '../../record/store.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const ADDRESS = 'https://harbour.example/nets';
/** A report that its outlet told twice at one address, the second time without its end. */
const TWICE: readonly Story[] = [
  {
    outlet: 'Harbour Post',
    published: '2021-07-01',
    title: 'Nets',
    text: 'Norway returned the nets to Finland on Thursday. Some of them were torn, a skipper said.',
    actors: [],
    claims: [],
  },
  {
    outlet: 'Harbour Post',
    published: '2021-07-01',
    title: 'Nets are back',
    text: 'Norway returned the nets to Finland on Thursday. All of them were whole.',
    actors: [],
    claims: [],
  },
];

/** What is only planned, for some day of a month. */
const PLANNED: Story = {
  outlet: 'Harbour Post',
  published: '2021-07-02',
  title: 'Envoys will visit the yards',
  text: 'Finland will aid Chile with nets in September.',
  actors: [
    { name: 'Finland', country: 'FIN', kind: 'state' },
    { name: 'Chile', country: 'CHL', kind: 'state' },
  ],
  claims: [
    {
      sentence: 'Finland will aid Chile with nets in September.',
      trigger: 'aid',
      event: 'AID',
      actors: ['Finland'],
      recipients: ['Chile'],
      status: 'planned',
      when: ['2021-09', 'September'],
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'readout-pages-'));
const db = join(folder, 'record.sqlite');
let serving: Serving;
const browser: Browser | undefined = await chromiumFor('src/app/web/pages.test.ts');
/** A test that needs a browser. */
const seen = test.skipIf(browser === undefined);
/** One page of each kind. */
let pages: readonly string[];

beforeAll(async () => {
  const store = await Store.open(db, { create: true });
  const add = async (story: Story, url: string | null = null) => {
    const reading = storyReading(story);
    const document = { ...reading.document, url };
    await store.add({ ...reading, document }, { received: document, reader: 'test', added: '2022-01-01T00:00:00Z' });
    return document.id;
  };
  for (const story of [...SUMMIT, PLANNED]) await add(story);
  let last = '';
  for (const story of TWICE) last = await add(story, ADDRESS);
  await store.intake.pageRead('https://harbour.example/gone', {
    checked: '2022-01-01T00:00:00Z',
    document: null,
    problem: 'The server answered 404.',
  });
  const disputed = (await store.events({ disputed: 'any' }))[0]!;
  const claim = disputed.claims[0]!;
  pages = [
    '/',
    '/timeline',
    '/timeline?newestFirst=true&from=2021-06-01&to=2021-06-30&status=happened',
    '/timeline?actor=nobody-of-this-name',
    '/search',
    '/search?words=Geneva',
    `/events/${disputed.id}`,
    `/documents/${claim.document}`,
    `/documents/${claim.document}?event=${disputed.id}`,
    `/documents/${last}`,
  ];
  await store.close();
  serving = await startServing(db);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await serving?.stop();
  rmSync(folder, { recursive: true });
});

/** A page of a browser that came by the address with the key. */
async function opened(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser!.newContext(options)).newPage();
  await page.goto(`${serving.origin}/?key=${serving.key}`);
  return page;
}

async function bytesOf(path: string): Promise<number> {
  const answer = await fetch(`${serving.origin}${path}`, { headers: { accept: 'text/html' } });
  return gzipSync(Buffer.from(await answer.arrayBuffer())).length;
}

describe('home, timeline, search, events and documents', () => {
  seen.each(['light', 'dark'] as const)(
    'break no rule of accessibility that axe knows, %s, wide and narrow',
    async (colorScheme) => {
      for (const width of [1280, 390]) {
        const page = await opened({ colorScheme, viewport: { width, height: 900 } });
        for (const path of pages) {
          await page.goto(`${serving.origin}${path}`);
          await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
          // What is tested with is put in from outside: the policy of the page lets no script of others run.
          await page.evaluate(AXE);
          const { violations } = (await page.evaluate('axe.run()')) as {
            readonly violations: readonly {
              readonly id: string;
              readonly nodes: readonly { readonly html: string }[];
            }[];
          };
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
          expect(found, `${path} at ${width}`).toEqual([]);
        }
        await page.context().close();
      }
    },
    120_000,
  );

  seen(
    'fit a window of 320 points, as at a zoom of 400 %',
    async () => {
      const page = await opened({ viewport: { width: 320, height: 256 } });
      for (const path of pages) {
        await page.goto(`${serving.origin}${path}`);
        await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
        const beyond = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(beyond, path).toBe(0);
      }
      await page.context().close();
    },
    60_000,
  );

  seen(
    'load nothing that is refused, and run without a fault',
    async () => {
      const page = await opened();
      const faults: string[] = [];
      page.on('pageerror', ({ message }) => faults.push(message));
      page.on('response', (response) => {
        if (response.status() >= 400 && !response.url().includes('nobody')) faults.push(response.url());
      });
      for (const path of pages) await page.goto(`${serving.origin}${path}`);
      expect(faults).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  test('begin with what one comes for, and say of each value in dispute who tells it', async () => {
    const open = async (path: string) => (await fetch(`${serving.origin}${path}`)).text();
    const ways = /<ul class="ways">(.*?)<\/ul>/s.exec(await open('/'))![1]!;
    const addresses = [...ways.matchAll(/<a href="([^"]+)"/g)].map(([, address]) => address!);
    expect(addresses).toEqual(
      expect.arrayContaining(['/brief', '/brief/FIN-NOR', '/timeline?newestFirst=true', '/review']),
    );
    const disputed = await open(pages.find((path) => path.startsWith('/events/'))!);
    expect(disputed).toMatch(
      /Reports disagree\..*<b>1\d diplomats<\/b>, told by <a href="\/documents\/[^"]+">Harbour Post<\/a>/,
    );
  });

  test('are data under the same address with an ending', async () => {
    const disputed = pages.find((path) => path.startsWith('/events/'))!;
    const document = pages.find((path) => path.startsWith('/documents/'))!;
    const asked: readonly (readonly [string, RegExp])[] = [
      ['/home.json', /^application\/json/],
      ['/timeline.json?between=FIN&between=', /^application\/json/],
      ['/timeline.csv?status=happened', /^text\/csv/],
      ['/timeline.md?newestFirst=true', /^text\/markdown/],
      ['/search.json?words=Geneva', /^application\/json/],
      ['/search.md?words=Geneva', /^text\/markdown/],
      [`${disputed}.json`, /^application\/json/],
      [`${disputed}.md`, /^text\/markdown/],
      [`${disputed}.csv`, /^text\/csv/],
      [`${document}.json`, /^application\/json/],
      [`${document}.md`, /^text\/markdown/],
    ];
    for (const [path, type] of asked) {
      const answer = await fetch(`${serving.origin}${path}`);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([200, expect.stringMatching(type)]);
      expect((await answer.text()).length, path).toBeGreaterThan(20);
    }
    for (const path of ['/events/0000000000000000.json', '/documents/zzzz.md']) {
      const answer = await fetch(`${serving.origin}${path}`);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([404, 'application/problem+json']);
    }
    const first = (await (await fetch(`${serving.origin}/timeline.json`)).json()) as readonly { id: string }[];
    expect(first.map(({ id }) => `/events/${id}`)).toContain(disputed);
  });
});

describe('the timeline', () => {
  seen(
    'is narrowed down and widened again by links, without script',
    async () => {
      const page = await opened({ javaScriptEnabled: false });
      await page.goto(`${serving.origin}/timeline`);
      const all = await page.locator('ol.timeline > li').count();
      await page.locator('.narrow').getByRole('link', { name: 'planned' }).click();
      const planned = await page.locator('ol.timeline > li').count();
      expect(planned).toBeGreaterThan(0);
      expect(planned).toBeLessThan(all);
      expect(await page.locator('ol.timeline > li.planned .chip.planned').count()).toBe(planned);
      await page.locator('.narrow li.chosen a').click();
      expect(await page.locator('ol.timeline > li').count()).toBe(all);
      await page.locator('figure.histogram svg a').first().click();
      expect(new URL(page.url()).searchParams.get('from')).toMatch(/^\d{4}-\d\d-\d\d$/);
      await page.getByRole('link', { name: 'All time' }).click();
      expect(await page.locator('ol.timeline > li').count()).toBe(all);
      await page.context().close();
    },
    30_000,
  );

  seen(
    'has its days chosen by drawing over bars, and by keyboard alone',
    async () => {
      const page = await opened({ viewport: { width: 1280, height: 900 } });
      await page.goto(`${serving.origin}/timeline?from=2021-06-01&to=2021-06-30`);
      const box = (await page.locator('figure.histogram svg').boundingBox())!;
      const at = (day: number) => box.x + (box.width * (day - 0.5)) / 30;
      await page.mouse.move(at(14), box.y + 20);
      await page.mouse.down();
      await page.mouse.move(at(16), box.y + 20, { steps: 4 });
      await Promise.all([page.waitForURL(/from=2021-06-14&to=2021-06-16/), page.mouse.up()]);

      await page.goto(`${serving.origin}/timeline?from=2021-06-01&to=2021-06-30`);
      const first = page.locator('figure.histogram svg a').first();
      const from = await first.getAttribute('data-from');
      await first.focus();
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      await Promise.all([page.waitForURL(new RegExp(`from=${from}&to=2021`)), page.keyboard.press('Enter')]);
      await page.context().close();
    },
    30_000,
  );

  test('shows a month as a stretch of its year, and a day as a point', async () => {
    const body = await (await fetch(`${serving.origin}/timeline`, { headers: { accept: 'text/html' } })).text();
    const items = body.split('<li class="').slice(1);
    expect(items.filter((item) => item.startsWith('planned long"'))).toHaveLength(1);
    for (const item of items.filter((one) => /^\w+( long)?"><div class="date">/.test(one))) {
      expect(item.includes('<svg class="stretch"'), item.slice(0, 200)).toBe(/^\w+ long"/.test(item));
    }
  });

  test('weighs less than 60 kB with its style and scripts', async () => {
    const weights = await Promise.all(['/timeline', '/style.css', '/client/timeline.js'].map(bytesOf));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(60_000);
  });
});

describe('a report', () => {
  const text =
    'OSLO, 3 July 2021 - Norway recalled its ambassador to Finland on Friday, Foreign Minister Nils Berg said.';

  seen(
    'that is pasted is read, and found with its words lit up, without script',
    async () => {
      const page = await opened({ javaScriptEnabled: false });
      await page.goto(serving.origin);
      await page.getByLabel('Paste a report').fill(text);
      await page.getByLabel('Outlet').fill('Fjord Daily');
      await page.getByLabel('Published').fill('2021-07-03');
      await page.getByRole('button', { name: 'Read into the record' }).click();
      await page.waitForURL('**/documents/*');
      expect(await page.locator('.text').textContent()).toContain(text);
      expect(await page.locator('mark.trigger').count()).toBeGreaterThan(0);
      await page.goto(`${serving.origin}/search?words=ambassador`);
      await page
        .getByRole('link', { name: /recall/ })
        .first()
        .click();
      await page.waitForURL('**/events/*');
      await page.locator('ol.claims a').first().click();
      await page.waitForURL('**/documents/**');
      await page.context().close();
    },
    60_000,
  );

  seen(
    'that is long leads from one place to the next, and to the first without script',
    async () => {
      const filler = Array.from({ length: 60 }, (_, i) => `The hall was quiet for hour ${i + 1}.`).join('\n');
      const long = [
        `OSLO, 9 July 2021 - ${filler}`,
        'Norway recalled its ambassador to Finland on Friday, Foreign Minister Nils Berg said.',
        filler,
        'Finland expelled two Norwegian diplomats on Thursday, officials said.',
      ].join('\n\n');
      const page = await opened({ viewport: { width: 1280, height: 600 } });
      await page.goto(serving.origin);
      await page.getByLabel('Paste a report').fill(long);
      await page.getByRole('button', { name: 'Read into the record' }).click();
      await page.waitForURL('**/documents/*');
      const address = page.url();
      const jump = page.getByRole('navigation', { name: 'Places in the text' });
      const inSight = async (words: string) => {
        const box = (await page.locator('mark.trigger', { hasText: words }).boundingBox())!;
        return box.y > 0 && box.y < 600;
      };
      expect([await jump.textContent(), await inSight('recalled')]).toEqual(['PreviousNext2 places', false]);
      await jump.getByText('Next').click();
      expect([await inSight('recalled'), await inSight('expelled')]).toEqual([true, false]);
      await jump.getByText('Next').click();
      expect([await inSight('recalled'), await inSight('expelled')]).toEqual([false, true]);
      expect(await jump.textContent()).toContain('2 of 2');
      expect(await page.locator('aside li[aria-current]').textContent()).toContain('expulsion');
      await jump.getByText('Previous').click();
      expect(await inSight('recalled')).toBe(true);
      await page.context().close();

      const still = await opened({ javaScriptEnabled: false, viewport: { width: 1280, height: 600 } });
      await still.goto(address);
      await still.getByText('First place').click();
      expect(new URL(still.url()).hash).toBe('#c1');
      await still.context().close();
    },
    60_000,
  );

  seen(
    'that is a file is read as what it is',
    async () => {
      const page = await opened();
      await page.goto(serving.origin);
      const content =
        '<!doctype html><title>Fish talks</title><article><p>Finland and Norway held talks in Oslo on 5 July 2021 on fish quotas, both governments said in a statement.</p></article>';
      await page
        .getByLabel('or a file')
        .setInputFiles({ name: 'talks.html', mimeType: 'text/html', buffer: Buffer.from(content) });
      await page.getByRole('button', { name: 'Read into the record' }).click();
      await page.waitForURL('**/documents/*');
      expect(await page.locator('h1').textContent()).toBe('Fish talks');
      await page.context().close();
    },
    60_000,
  );

  test('is taken from nobody without the right, in no other form, and no larger than is taken', async () => {
    const cookie = `readout=${serving.key}`;
    const send = (headers: Record<string, string>, body: string) =>
      fetch(`${serving.origin}/documents`, { method: 'POST', headers, body, redirect: 'manual' });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send(form, 'text=x')).status).toBe(401);
    expect((await send({ ...form, cookie, origin: 'https://evil.example' }, 'text=x')).status).toBe(403);
    expect((await send({ cookie, 'content-type': 'text/plain' }, 'text=x')).status).toBe(415);
    expect((await send({ cookie, 'content-type': 'multipart/form-data; boundary=x' }, 'nothing')).status).toBe(400);
    expect((await send({ ...form, cookie }, 'text=')).status).toBe(400);
    expect((await send({ ...form, cookie }, 'text=http://127.0.0.1:1/')).status).toBe(400);
    expect((await send({ ...form, cookie }, `text=${'x'.repeat(11 * 1024 * 1024)}`)).status).toBe(413);
  }, 30_000);

  seen(
    'lights up the words of what is pointed at, and what words tell',
    async () => {
      const page = await opened({ viewport: { width: 1280, height: 900 } });
      await page.goto(`${serving.origin}${pages.find((path) => path.startsWith('/documents/'))}`);
      const item = page.locator('aside li').first();
      await item.hover();
      expect(await page.locator('.text .trigger.pointed').count()).toBe(1);
      await item.locator('summary').click();
      await item.locator('[data-role="actor"]').hover();
      expect(await page.locator('.text .actor.pointed').count()).toBeGreaterThan(0);
      expect(await page.locator('.text .trigger.pointed').count()).toBe(0);
      await page.locator('.text mark.trigger').first().hover();
      expect(await page.locator('aside li.pointed').count()).toBeGreaterThan(0);
      await page.context().close();
    },
    30_000,
  );

  seen(
    'that was changed at its address has its versions side by side',
    async () => {
      const page = await opened();
      await page.goto(`${serving.origin}${pages.at(-1)}`);
      expect(await page.locator('.beside del').allTextContents()).toContain('Some');
      expect((await page.locator('.beside ins').allTextContents()).join(' ')).toContain('All');
      await page.getByRole('link', { name: 'Version 1' }).click();
      expect(await page.locator('h1').textContent()).toBe('Nets');
      await page.context().close();
    },
    30_000,
  );
});

seen(
  'on paper they show what was asked and what is told, whole, and nothing to press',
  async () => {
    const page = await opened({ viewport: { width: 658, height: 900 } });
    for (const path of [...pages, '/timeline?between=FIN&from=2021-06-01', '/map?between=FIN']) {
      await page.goto(`${serving.origin}${path}`);
      await page.emulateMedia({ media: 'print' });
      expect(
        await page.locator('button:visible, nav:visible, input:visible, summary:visible').allTextContents(),
      ).toEqual((await page.locator('ol.timeline summary').allTextContents()).slice(0));
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wide, path).toBe(0);
      const asked = page.locator('p.on-paper');
      if (path.includes('between=FIN')) expect(await asked.textContent()).toMatch(/^with Finland/);
      if ((await asked.count()) > 0) expect(await asked.isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });
      if ((await asked.count()) > 0) expect(await asked.isVisible()).toBe(false);
    }
    await page.context().close();
  },
  30_000,
);
