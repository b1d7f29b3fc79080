import { describe, expect, test } from 'vitest';
import type { FeedItem } from './feed.ts';
import { readFeed, readFeedBytes, readJsonFeed } from './feed.ts';
import { readBytes } from './read.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function parts(text: string, limitBytes = 1 << 20, pieces = 1) {
  const bytes = encode(text);
  const size = Math.ceil(bytes.length / pieces);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const items: FeedItem[] = [];
  const sitemaps: string[] = [];
  const failures: string[] = [];
  for await (const part of readFeed('feed.xml', chunks(), limitBytes)) {
    if ('item' in part) items.push(part.item);
    else if ('sitemap' in part) sitemaps.push(part.sitemap);
    else failures.push(part.failure.message);
  }
  return { items, sitemaps, failures };
}

const RSS = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title><link>https://harbour.example/</link>
  <item><title>Envoys meet &amp; part</title><link>https://harbour.example/1</link><dc:creator>Ann Poe</dc:creator>
    <pubDate>Thu, 06 Mar 2031 19:48:21 GMT</pubDate><description>Short.</description>
    <content:encoded><![CDATA[<p>Norway&nbsp;met Chile.</p><p>They parted.</p>]]></content:encoded></item>
  <item><title>Second</title><guid isPermaLink="false">7</guid><guid>https://harbour.example/2</guid></item>
</channel></rss>`;

describe('a feed', () => {
  test('in RSS gives its items, the fullest text of each, and the outlet', async () => {
    const { items, failures } = await parts(RSS);
    expect(failures).toEqual([]);
    expect(items[0]).toEqual({
      title: 'Envoys meet & part',
      url: 'https://harbour.example/1',
      outlet: 'Harbour Post',
      authors: ['Ann Poe'],
      dates: ['Thu, 06 Mar 2031 19:48:21 GMT'],
      updates: [],
      html: '<p>Norway&nbsp;met Chile.</p><p>They parted.</p>',
      listed: false,
    });
    expect(items[1]).toMatchObject({ title: 'Second', url: 'https://harbour.example/2', html: null });
  });

  test('reads the same in pieces of any size', async () => {
    const whole = await parts(RSS);
    for (const pieces of [2, 17, 400]) expect(await parts(RSS, 1 << 20, pieces)).toEqual(whole);
  });

  test('in Atom has its addresses resolved, its markup kept, and nothing taken from the feed an entry came from', async () => {
    const { items } =
      await parts(`<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://tidewater.example/news/">
      <a:title>Tidewater</a:title><a:entry><a:source><a:title>Elsewhere</a:title></a:source>
      <a:title type="html">The &lt;b&gt;treaty&lt;/b&gt;</a:title><a:author><a:name>Bo Lim</a:name><a:email>b@x.example</a:email></a:author>
      <a:link rel="enclosure" href="a.mp3"/><a:link href="one"/><a:published>2031-03-06</a:published><a:updated>2031-03-08</a:updated>
      <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Signed &lt;here&gt;.</p></div></a:content></a:entry></a:feed>`);
    expect(items).toEqual([
      {
        title: 'The treaty',
        url: 'https://tidewater.example/news/one',
        outlet: 'Tidewater',
        authors: ['Bo Lim'],
        dates: ['2031-03-06'],
        updates: ['2031-03-08'],
        html: '<div><p>Signed &lt;here&gt;.</p></div>',
        listed: false,
      },
    ]);
  });

  test('cut off in the middle gives the items before, the broken one as far as it goes, and says where', async () => {
    const { items, failures } = await parts(RSS.slice(0, RSS.indexOf('They parted')));
    expect(items.map((item) => item.title)).toEqual(['Envoys meet & part']);
    expect(failures).toEqual([expect.stringContaining('feed.xml, item 1: the feed ends in the middle')]);
  });

  test('with entities that grow is not expanded', async () => {
    const bomb = `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>x &b;</title></item></channel></rss>`;
    const { items } = await parts(bomb);
    expect(items[0]!.title).toBe('x &b;');
  });

  test('with an item longer than allowed leaves that one out by its number', async () => {
    const { items, failures } = await parts(
      `<rss><item><title>a</title><description>${'long '.repeat(400)}</description></item><item><title>b</title></item></rss>`,
      1000,
    );
    expect(items.map((item) => item.title)).toEqual(['b']);
    expect(failures[0]).toContain('item 1');
  });

  test('of a hundred thousand items is read one by one', async () => {
    async function* endless() {
      yield encode('<rss><channel>');
      for (let i = 0; i < 1000; i++)
        yield encode('<item><title>Talks</title><link>https://x.example/</link></item>'.repeat(100));
      yield encode('</channel></rss>');
    }
    let count = 0;
    for await (const part of readFeed('feed.xml', endless(), 1000)) if ('item' in part) count++;
    expect(count).toBe(100_000);
  });
});

test('a link that is not the page’s own is passed over, also where its address stands inside it', async () => {
  const entry = (...links: readonly string[]) => `<entry>${links.join('')}</entry>`;
  const page = '<link rel="alternate">https://a.example/page</link>';
  const sound = '<link rel="enclosure">https://a.example/sound</link>';
  const { items } = await parts(`<feed version="0.3">${entry(page, sound)}${entry(sound, page)}</feed>`);
  expect(items.map(({ url }) => url)).toEqual(['https://a.example/page', 'https://a.example/page']);
});

test('a feed is decoded by the charset its server told', async () => {
  const bytes = Uint8Array.from('<rss><channel><item><title>Łódź</title></item></channel></rss>', (letter) =>
    letter === 'Ł' ? 0xa3 : letter === 'ź' ? 0xbc : letter.charCodeAt(0),
  );
  const titles: (string | null)[] = [];
  for await (const part of readFeedBytes('feed', bytes, 1 << 20, 'iso-8859-2'))
    if ('item' in part) titles.push(part.item.title);
  expect(titles).toEqual(['Łódź']);
});

test('a sitemap lists addresses, and further sitemaps', async () => {
  const news =
    await parts(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://harbour.example/3</loc><news:news><news:publication><news:name>Harbour Post</news:name></news:publication>
    <news:publication_date>2031-03-06T10:00Z</news:publication_date><news:title>Envoys meet</news:title></news:news></url></urlset>`);
  expect(news.items).toEqual([
    expect.objectContaining({
      title: 'Envoys meet',
      url: 'https://harbour.example/3',
      outlet: 'Harbour Post',
      dates: ['2031-03-06T10:00Z'],
      listed: true,
    }),
  ]);
  const index = await parts('<sitemapindex><sitemap><loc>https://x.example/a.xml</loc></sitemap></sitemapindex>');
  expect(index.sitemaps).toEqual(['https://x.example/a.xml']);
});

test('a JSON feed gives its items; words are no markup', () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Harbour Post',
    authors: [{ name: 'Desk' }],
    items: [
      {
        id: '1',
        url: 'https://x.example/1',
        title: 'T',
        content_text: 'a < b',
        date_published: '2031-03-06T00:00:00Z',
      },
    ],
  };
  expect(readJsonFeed(JSON.stringify(feed), 'f.json')).toEqual([
    {
      title: 'T',
      url: 'https://x.example/1',
      outlet: 'Harbour Post',
      authors: ['Desk'],
      dates: ['2031-03-06T00:00:00Z'],
      updates: [],
      html: 'a &lt; b',
      listed: false,
    },
  ]);
  expect(() => readJsonFeed('{"version": 1}', 'f.json')).toThrow('f.json: expected a JSON feed');
});

test('documents of a feed carry its item’s title, authors, date, address and text', async () => {
  const [first, second] = await readBytes('feed.xml', encode(RSS));
  expect(first).toMatchObject({
    document: {
      title: 'Envoys meet & part',
      authors: ['Ann Poe'],
      url: 'https://harbour.example/1',
      text: 'Norway met Chile.\n\nThey parted.',
      published: { from: '2031-03-06', to: '2031-03-06', basis: 'metadata' },
    },
  });
  // A headline without a text tells of an event too.
  expect(second).toMatchObject({ document: { title: 'Second', text: 'Second' } });
});

test('a feed of addresses alone says what to do with it', async () => {
  const [only] = await readBytes('map.xml', encode('<urlset><url><loc>https://x.example/1</loc></url></urlset>'));
  expect(only).toMatchObject({ failure: { message: expect.stringContaining('lists 1 addresses') } });
});
