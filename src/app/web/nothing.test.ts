import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOfStories } from '../../../test/records.ts';
import { KEY, siteOver } from '../../../test/site.ts';
import { Store } from '../../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-nothing-'));
const stores: Store[] = [];
type Ask = Awaited<ReturnType<typeof siteOver>>['ask'];
let empty: Ask;
let full: Ask;

beforeAll(async () => {
  stores.push(await Store.open(join(folder, 'empty.sqlite'), { create: true }));
  stores.push(await Store.open(await recordOfStories(join(folder, 'full.sqlite'))));
  ({ ask: empty } = await siteOver(stores[0]!));
  ({ ask: full } = await siteOver(stores[1]!));
});

afterAll(async () => {
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true });
});

/** What is told in the main part of a page, without markup. */
async function told(ask: Ask, path: string, status = 200): Promise<string> {
  const answer = await ask(path, { headers: { cookie: `readout=${KEY}` } });
  expect(answer.status, path).toBe(status);
  const [, main = ''] = /<main id="main">(.*)<\/main>/s.exec(await answer.text()) ?? [];
  return main
    .replace(/<datalist.*?<\/datalist>|<select.*?<\/select>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('an empty record', () => {
  test('says what it is for and how to begin, on the first page', async () => {
    const home = await told(empty, '/');
    expect(home).toContain('who did what to whom, when and where, and who says so');
    for (const way of ['readout add', 'readout watch', 'try it', 'Paste a report']) expect(home).toContain(way);
    expect(home).not.toContain('0 documents');
  });

  test('says on every list that it is empty, and offers nothing that needs events', async () => {
    for (const path of ['/timeline', '/search?words=nets', '/documents']) {
      const page = await told(empty, path);
      expect(page, path).toMatch(/The record is empty\. Add a report|No events fit/);
      expect(page, path).not.toMatch(/Narrow down|Export exactly|newest first|0 (?:events|documents)/);
    }
    expect(await told(empty, '/review')).toContain('Nothing is left to review');
  });
});

describe('what does not fit anything', () => {
  test('leads back to all, and shows by name what can be asked for no longer', async () => {
    const page = await told(full, '/timeline?between=FIN&words=zebra');
    expect(page).toMatch(/No events fit\. Show all/);
    expect(page).toContain('× Finland , no longer asked for');
    expect(await told(full, '/documents?from=2099-01-01')).toMatch(/No documents fit\. Show all/);
  });

  test('and cannot be asked so is asked for anew in the form, by the name of its field', async () => {
    for (const path of ['/timeline', '/search', '/map', '/network', '/review']) {
      const page = await told(full, `${path}?country=Mordor`, 400);
      expect(page, path).toContain('Took place in: expected a country by code (CHE) or name, got &quot;Mordor&quot;.');
      const form = await (await full(`${path}?country=Mordor`)).text();
      expect(form, path).toMatch(/<details class="rest" open>.*value="Mordor"/s);
    }
  });
});

describe('an address with nothing at it', () => {
  test('says what was looked for, and where to look', async () => {
    expect(await told(full, '/brief/FIN-ZZZ', 404)).toContain('knows no two sides as &quot;FIN-ZZZ&quot;');
    expect(await told(full, '/dyads/%3Cb%3E-ZZZ', 404)).toContain('&quot;&lt;b&gt;-ZZZ&quot;');
    const page = await (await full('/events/0000000000000000')).text();
    expect(page).toContain('<form class="filter" action="/search">');
    expect(page).toContain('href="/timeline?newestFirst=true"');
  });
});
