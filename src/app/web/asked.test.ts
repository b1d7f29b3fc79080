import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOfStories } from '../../../test/records.ts';
import { KEY, siteOver } from '../../../test/site.ts';
import { SUMMIT } from '../../../test/summit.ts';
import { Store } from '../../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-asked-'));
let store: Store;
let ask: Awaited<ReturnType<typeof siteOver>>['ask'];

beforeAll(async () => {
  const first = SUMMIT[0]!;
  const ministry = { name: 'Ministry of Nets', country: 'NOR', kind: 'body', wikidata: 'Q77' } as const;
  const sentence = 'Ministry of Nets met Aino Aalto.';
  const story = {
    ...{ ...first, text: sentence, actors: [ministry, { name: 'Aino Aalto', country: 'FIN' }] },
    claims: [{ sentence, trigger: 'met', event: 'CONSULT', actors: ['Ministry of Nets', 'Aino Aalto'] } as const],
  };
  store = await Store.open(await recordOfStories(join(folder, 'record.sqlite'), [...SUMMIT, story]));
  ({ ask } = await siteOver(store));
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const led = async (path: string) => {
  const { status, headers } = await ask(path, { headers: { cookie: `readout=${KEY}` } });
  return [status, headers.get('location')];
};

/** The fields of the form at an address that hold something. */
async function filled(path: string): Promise<readonly (readonly [name: string, value: string])[]> {
  const [form = ''] = /<form class="filter".*?<\/form>/s.exec(await (await ask(path)).text()) ?? [];
  return [...form.matchAll(/<input (?:type="\w+" )?name="(\w+)" value="([^"]+)"/g)].map(([, name, value]) => [
    name!,
    value!,
  ]);
}

describe('a form shows names', () => {
  test('for the codes of sides, persons, bodies and countries that its address has', async () => {
    expect(await filled('/timeline?between=FIN&between=NOR&actor=Q77&country=CHE')).toEqual([
      ...[['between', 'Finland'] as const, ['between', 'Norway'] as const],
      ...[['actor', 'Ministry of Nets'] as const, ['country', 'Switzerland'] as const],
    ]);
    for (const page of ['/search', '/map', '/network', '/review']) {
      expect(await filled(`${page}?between=NOR`), page).toEqual([['between', 'Norway']]);
    }
  });

  test('and keeps what it cannot name as it was given', async () => {
    expect(await filled('/timeline?between=Mordor&actor=Q999&country=XQX')).toEqual([
      ...[['between', 'Mordor'] as const, ['actor', 'Q999'] as const, ['country', 'XQX'] as const],
    ]);
  });

  test('of states and outlets that can be chosen from while one types', async () => {
    const page = await (await ask('/timeline')).text();
    expect(page).toMatch(/<datalist id="states">.*<option value="Finland">.*<option value="Norway">.*<\/datalist>/);
    expect(page).toMatch(/<datalist id="outlets">.*<option value="Harbour Post">/);
  });
});

describe('an address keeps the code', () => {
  test('of whoever is asked for by name, and nothing that is blank', async () => {
    const sent = 'between=finland&between=&from=&to=2021-07-01&actor=Nets&country=switzerland&status=';
    const kept = 'between=FIN&to=2021-07-01&actor=Q77&country=CHE';
    for (const page of ['/timeline', '/search', '/map', '/network', '/review']) {
      expect(await led(`${page}?${sent}`), page).toEqual([302, `${page}?${kept}`]);
      expect((await led(`${page}?${kept}`))[0], page).toBe(200);
    }
    expect(await led('/documents?from=&to=&outlet=&official=')).toEqual([302, '/documents']);
  });

  test('and stays as it is where the record knows nobody of the name, or several', async () => {
    expect(await led('/timeline?between=Mordor')).toEqual([400, null]);
    expect(await led('/timeline?country=Mordor')).toEqual([400, null]);
  });

  test('while the data behind it takes names too', async () => {
    const counted = async (query: string) =>
      ((await (await ask(`/timeline.json?${query}`)).json()) as unknown[]).length;
    expect(await counted('between=norway')).toBeGreaterThan(1);
    expect(await counted('between=norway')).toBe(await counted('between=NOR'));
  });
});

describe('a page says what it asks', () => {
  test('in its title and on paper, by names', async () => {
    const query = 'between=FIN&between=NOR&from=2021-06-01&to=2021-12-31&type=CONSULT&country=CHE&disputed=any';
    const words =
      'between Finland and Norway, talks, in Switzerland, from 1 June 2021, to 31 December 2021, reports disagree';
    for (const [page, title] of [
      ['/timeline', 'Timeline'],
      ['/search', 'Search'],
      ['/map', 'Map'],
      ['/network', 'Network'],
    ]) {
      const body = await (await ask(`${page}?${query}`)).text();
      expect(body, page).toContain(`<title>${title}: ${words} · Readout</title>`);
      expect(body, page).toContain(`<p class="on-paper">${words}</p>`);
    }
    const other = await (await ask('/timeline?actor=Q77&official=no&needsReview=true&words=nets+-fish')).text();
    expect(other).toContain(
      '<title>Timeline: with Ministry of Nets, with the words “nets -fish”, told by no official statement, reviewed by nobody yet · ',
    );
    expect(await (await ask('/timeline')).text()).toContain('<title>Timeline · Readout</title>');
  });
});
