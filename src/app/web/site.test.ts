import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY, siteOver } from '../../../test/site.ts';
import { type Story, storyReading } from '../../../test/story.ts';
import { SUMMIT } from '../../../test/summit.ts';
import { Store } from '../../record/store.ts';
import { FIGURES_STYLE } from './figures.css.ts';
import { PAGES_STYLE } from './pages.css.ts';
import { STYLE } from './style.ts';

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>&lt;b&gt;\u0000\u001b[31m\u202e`;
const hostile: Story = {
  outlet: `Outlet ${HOSTILE}`,
  published: '2021-06-18',
  title: `Title ${HOSTILE}`,
  text: `Evil ${HOSTILE} met Finland in ${HOSTILE} over <style>*{display:none}</style> nets.`,
  actors: [
    { name: `Evil ${HOSTILE}`, country: null, kind: 'group' },
    { name: 'Finland', country: 'FIN', kind: 'state' },
  ],
  claims: [
    {
      sentence: `Evil ${HOSTILE} met Finland in ${HOSTILE} over <style>*{display:none}</style> nets.`,
      trigger: 'met',
      event: 'CONSULT',
      actors: [`Evil ${HOSTILE}`, 'Finland'],
      place: [HOSTILE, 'FIN', 'city'],
      issue: ['<i>issue</i>', 'nets'],
      saidBy: `Evil ${HOSTILE}`,
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'readout-web-'));
let store: Store;
let ask: Awaited<ReturnType<typeof siteOver>>['ask'];

beforeAll(async () => {
  store = await Store.open(join(folder, 'record.sqlite'), { create: true });
  for (const story of [...SUMMIT, hostile]) {
    const reading = storyReading(story);
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  ({ ask } = await siteOver(store));
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function get(target: string): Promise<{ readonly status: number; readonly body: string }> {
  // Whoever may review is shown the forms too.
  const response = await ask(target, target.startsWith('/review') ? { headers: { cookie: `readout=${KEY}` } } : {});
  return { status: response.status, body: await response.text() };
}

/** All pages that show anything of the record. */
async function allPages(): Promise<readonly string[]> {
  const events = await store.events();
  const documents = await store.documents();
  return [
    '/',
    '/timeline',
    '/timeline?newestFirst=true&from=2021-06-01&to=2021-06-30',
    `/timeline?words=${encodeURIComponent(HOSTILE)}&between=FIN`,
    `/search?words=${encodeURIComponent(HOSTILE)}`,
    '/search?words=nets+-fish',
    ...events.map((event) => `/events/${event.id}`),
    ...documents.map((document) => `/documents/${document.id}`),
    ...events.flatMap((event) => event.issues.map(({ value }) => `/search?issue=${encodeURIComponent(value)}`)),
    ...events.flatMap((event) => event.claims.map((claim) => `/documents/${claim.document}?event=${event.id}`)),
    '/brief',
    '/brief/FIN-NOR',
    '/brief/FIN-NOR?on=2021-06-20',
    '/actors',
    '/documents',
    `/documents?outlet=${encodeURIComponent('Harbour Post')}&to=2021-07-01`,
    ...(await figurePages()),
  ];
}

/** Those of actors, of two of them, and of all. */
async function figurePages(): Promise<readonly string[]> {
  const values = async (word: string) => (await store.facet(word, 100)).map(({ value }) => value);
  const sides = (pair: string) =>
    pair
      .split(/ (?=[A-Z~]\S)/)
      .map(encodeURIComponent)
      .join('-');
  return [
    ...[...(await values('party')), ...(await values('person'))].map((id) => `/actors/${encodeURIComponent(id)}`),
    ...(await values('pair')).map((pair) => `/dyads/${sides(pair)}`),
    ...[
      '/network',
      ...['/review', `/review?between=FIN&words=${encodeURIComponent(HOSTILE)}`],
      ...(await store.events()).flatMap(({ claims }) => claims.map(({ id }) => `/review?claim=${id}`)),
      '/issues',
      '/map',
      `/map?place=${encodeURIComponent(`${HOSTILE} (FIN)`)}`,
      `/map?closer=1&between=${encodeURIComponent('FIN')}`,
    ],
  ];
}

describe('pages', () => {
  test('show the timeline, and behind each line the document with its words lit up', async () => {
    const home = await get('/timeline');
    expect(home.status).toBe(200);
    expect(home.body).toContain('16 June');
    expect(home.body).toContain('reports disagree on duration');
    const links = [...home.body.matchAll(/href="(\/documents\/[^"]+)"/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      const page = await get(link.replaceAll('&amp;', '&').replace(/#.*/, ''));
      expect(page.status).toBe(200);
      expect(page.body).toContain('<mark class="trigger');
      expect(page.body).toContain(`id="${link.replace(/.*#/, '')}"`);
    }
  });

  test('show in each quotation of an event the words of its fields, and before its text the claims that tell it', async () => {
    const [event] = await store.events({ type: 'SANCTION' });
    const page = await get(`/events/${event!.id}`);
    const [, claims = ''] = /<ol class="claims">(.*?)<\/ol>/s.exec(page.body) ?? [];
    for (const [role, words] of [
      ['actor', 'Norway'],
      ['trigger', 'expelled'],
      ['when', 'Monday'],
    ]) {
      expect(claims).toMatch(new RegExp(`<mark class="[^"]*${role}[^"]*"[^>]*>[^<]*${words!.split(' ')[0]}`));
    }
    expect(page.body).toContain('>sanctions (SANCTION)</a>');
    const { document, claim } = event!.claims[0]!;
    const { body } = await get(`/documents/${document}?event=${event!.id}`);
    const [, list = ''] = /<aside.*?>(.*?)<\/aside>/s.exec(body) ?? [];
    expect(list).toMatch(new RegExp(`^<h2>Lit up: 1 of 2 claims</h2><ol><li data-claim="${claim}">`));
  });

  test('of a search say where the words are that found an event', async () => {
    const { body } = await get('/search?words=smiles');
    expect(body).toContain('under the title <q>Three hours, few <mark class="sought">smiles</mark></q>');
    expect((await get('/search?words=expelled')).body).not.toContain('under the title');
  });

  test('that are not there are not found', async () => {
    for (const target of [
      '/events/0000000000000000',
      '/documents/zzzz',
      '/nothing',
      '/events',
      '/client/..%2f..%2fpackage.js',
    ]) {
      expect((await get(target)).status, target).toBe(404);
    }
    expect((await get('/documents/%E0%A4%A')).status).toBeLessThan(500);
    expect((await get('//')).status).toBeLessThan(500);
  });
});

describe('whatever a report holds', () => {
  test('shows as text: no tag, attribute or control character of it gets through', async () => {
    for (const target of await allPages()) {
      const { status, body } = await get(target);
      expect(status, target).toBe(200);
      expect(body, target).not.toMatch(
        /<script(?! type="module" src="\/client\/)|<img|<style|<i>|<b>&lt;|onerror=alert\(1\)>/,
      );
      const tags = [...body.matchAll(/<[a-z]+(?:"[^"]*"|[^">])*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
      expect(
        tags.filter((tag) => /\son\w+\s*=|['`]/.test(tag)),
        target,
      ).toEqual([]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(body, target).not.toMatch(/[\u0000\u001b\u202e]/);
    }
  });

  test('comes under a policy that lets nothing in a page run', async () => {
    for (const target of ['/', '/style.css', '/nothing', '/?from=x']) {
      const policy = (await ask(target)).headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(policy).not.toContain('unsafe');
    }
    expect((await get('/')).body).not.toMatch(/<style|style=/);
  });

  test('in an address is never a link but to the web', async () => {
    const script = storyReading({ ...hostile, text: `Another: ${hostile.text}` });
    const reading = { ...script, document: { ...script.document, url: 'javascript:alert(1)' } };
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
    expect((await get(`/documents/${reading.document.id}`)).body).not.toContain('javascript:');
  });
});

describe('who asks', () => {
  test('must name this server as host', async () => {
    for (const host of ['evil.example', 'evil.example:4173', '127.0.0.1:9999', 'localhost.evil.example:4173']) {
      expect((await ask('/', { host })).status, host).toBe(421);
    }
    for (const host of ['localhost:4173', 'LOCALHOST:4173', '[::1]:4173']) {
      expect((await ask('/', { host })).status, host).toBe(200);
    }
  });

  test('comes in by the address with the key, which is then no longer in the address', async () => {
    const response = await ask(`/timeline?key=${'k'.repeat(36)}`);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/timeline']);
    expect(response.headers.get('set-cookie')).toMatch(/^readout=k+; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await ask('/timeline?key=wrong')).status).toBe(403);
  });
});

test('every page gives what it shows as data, in each form that it names', async () => {
  const types = { json: /^application\/json/, csv: /^text\/csv/, md: /^text\/markdown/, docx: /wordprocessingml/ };
  const seen = new Set<string>();
  for (const page of await allPages()) {
    // It asks for two sides, and shows nothing yet.
    if (page === '/brief') continue;
    const { body } = await get(page);
    const [, forms = ''] = /<p class="forms">(.*?)<\/p>/s.exec(body) ?? [];
    const links = [...forms.matchAll(/href="([^"]+)"/g)].map(([, link]) =>
      link!.replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
    );
    expect(links.length, page).toBeGreaterThan(0);
    for (const link of links) {
      const form = /\.([a-z]+)(?:\?|$)/.exec(link)![1] as keyof typeof types;
      const answer = await ask(link);
      expect([answer.status, answer.headers.get('content-type')], link).toEqual([
        200,
        expect.stringMatching(types[form]),
      ]);
      seen.add(form);
      if (form === 'csv') expect((await answer.text()).split('\r\n')[0], link).toMatch(/,/);
    }
  }
  expect([...seen].toSorted()).toEqual(Object.keys(types).toSorted());
});

test('the network is of the events that were asked for', async () => {
  const { dyads } = JSON.parse((await get('/network.json?type=CONSULT&between=NOR')).body);
  const talks = await store.events({ parties: ['FIN', 'NOR'], type: 'CONSULT' });
  expect(dyads).toContainEqual({ one: 'FIN', two: 'NOR', events: talks.length, conflict: 0 });
  expect((await get('/network?type=CONSULT&between=NOR')).body).toContain('value="Norway"');
  expect((await get('/network?type=NONSENSE')).status).toBe(400);
});

describe('what there is to choose from', () => {
  test('leads to the brief on two sides by any of their names, and says whom it does not know', async () => {
    const to = (query: string) => ask(`/brief?${query}`, { redirect: 'manual' });
    const found = await to('one=norway&two=FIN');
    expect([found.status, found.headers.get('location')]).toEqual([303, '/brief/NOR-FIN']);
    const unknown = await to('one=Norway&two=%3Cb%3EMordor');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('nobody called “&lt;b&gt;Mordor”');
    expect(await (await to('one=Norway&two=NOR')).text()).toContain('A brief is on two sides');
    expect(await (await to('')).text()).toMatch(
      /<a href="\/brief\/FIN-NOR">Finland and Norway<\/a><\/th><td class="number">\d/,
    );
  });

  test('lists documents by outlet, day and kind, page by page, as data too', async () => {
    const all = await store.documents();
    const { body } = await get('/documents');
    for (const { id } of all) expect(body).toContain(`href="/documents/${id}"`);
    const official = JSON.parse((await get('/documents.json?official=yes')).body);
    expect(official).toEqual(await store.documents({ official: true }));
    expect((await get('/documents.csv')).body.trim().split('\r\n')).toHaveLength(all.length + 1);
    expect(await get('/documents?outlet=Nobody')).toMatchObject({ status: 400 });
    expect((await get(`/documents?after=${all.at(-1)!.id}`)).body).toContain('No documents fit.');
  });

  test('lists those who have part in most events, as data too', async () => {
    const actors: readonly { readonly id: string; readonly events: number }[] = JSON.parse(
      (await get('/actors.json')).body,
    );
    for (const { id, events } of actors) expect(await store.count(`party ${id}`), id).toBe(events);
    expect(actors.map(({ id }) => id)).toEqual(expect.arrayContaining(['FIN', 'NOR']));
    expect((await get('/actors.md')).body).toContain('| name | events | id |');
  });
});

test('the style sheet goes over the wire without comments and blank lines, with every rule that is written', async () => {
  const sheet = await (await ask('/style.css')).text();
  expect(sheet).not.toMatch(/\/\*|\n| {2}/);
  expect(sheet).toContain('quotes: "\\201c" "\\201d"');
  const rules = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '').match(/[{]/g)!.length;
  expect(rules(sheet)).toBe(rules(STYLE + PAGES_STYLE + FIGURES_STYLE));
});
