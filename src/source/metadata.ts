import type { Markup, PageElement } from './markup.ts';

/** What a page says about itself; what it does not say is `null`. */
export interface PageMetadata {
  readonly title: string | null;
  /** The canonical address. */
  readonly url: string | null;
  /** Name of the outlet or site. */
  readonly outlet: string | null;
  readonly authors: readonly string[];
  /** Publication dates as written, best first; where there are none, dates of change. */
  readonly dates: readonly string[];
  /** Dates of the last change as written, best first. */
  readonly updates: readonly string[];
  /** What the page says it is: a live blog, a video; an article behind a paywall. */
  readonly form: 'article' | 'live-blog' | 'video' | 'paywalled' | null;
  /** The whole article as the page tells it to search engines. */
  readonly body: string | null;
}

// Names of meta elements that hold the publication date, best first: Open Graph, schema.org, Dublin Core, Parse.ly,
// Sailthru, Highwire and the habits of large publishers.
const DATE_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'article:published',
  'og:published_time',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'publication_date',
  'published-date',
  'publicationdate',
  'article.published',
  'published_time_telegram',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date',
  'dcterms.date',
  'dc.date.created',
  'cxenseparse:recs:publishtime',
  'originalpublicationdate',
  'citation_publication_date',
  'citation_online_date',
  'article_date_original',
  'timestamp',
  'displaydate',
  'date',
  'prism.publicationdate',
  'rnews:datepublished',
  'bt:pubdate',
  'release_date',
];

// When nothing else is known, the date of the last change is nearer than none.
const CHANGE_NAMES = ['article:modified_time', 'og:updated_time', 'dcterms.modified', 'last-modified', 'datemodified'];

/** Reads what a parsed page says about itself: JSON-LD, meta elements, microdata, `time` elements. */
export function readMetadata({ document, data }: Markup): PageMetadata {
  const root = document.documentElement;
  const metas = metasOf(root);
  const linked = linkedDataOf(data);
  const told = root.getElementsByTagName('*').filter((element) => attribute(element, 'itemprop') !== null);
  const updates = [
    ...linked.modified,
    ...CHANGE_NAMES.flatMap((name) => metas.get(name) ?? []),
    ...microdataDates(told, 'dateModified'),
  ];
  const canonical = root.getElementsByTagName('link').find((link) => attribute(link, 'rel') === 'canonical');
  const video = linked.form === null && metas.get('og:type')?.startsWith('video');
  return {
    title: titleOf(root, metas, linked),
    url: address(canonical && attribute(canonical, 'href')) ?? address(metas.get('og:url')),
    outlet: words(metas.get('og:site_name')) ?? words(linked.outlet) ?? words(metas.get('application-name')),
    authors: authorsOf(linked, metas),
    dates: [
      ...linked.published,
      ...DATE_NAMES.flatMap((name) => metas.get(name) ?? []),
      ...microdataDates(told, 'datePublished'),
      ...timeDates(root),
      ...linked.created,
      ...updates,
    ],
    updates,
    form: video ? 'video' : linked.form,
    body: linked.body,
  };
}

/** An attribute's value; `null` for none. */
export function attribute(element: PageElement, name: string): string | null {
  return element.getAttribute(name) ?? null;
}

interface LinkedData {
  readonly headline: string | null;
  readonly outlet: string | null;
  readonly authors: readonly string[];
  readonly form: PageMetadata['form'];
  readonly body: string | null;
  readonly published: readonly string[];
  readonly created: readonly string[];
  readonly modified: readonly string[];
}

function metasOf(root: PageElement): ReadonlyMap<string, string> {
  const metas = new Map<string, string>();
  for (const meta of root.getElementsByTagName('meta')) {
    const name =
      attribute(meta, 'property') ??
      attribute(meta, 'name') ??
      attribute(meta, 'itemprop') ??
      attribute(meta, 'http-equiv');
    const content = attribute(meta, 'content');
    const key = name?.trim().toLowerCase();
    if (key && content?.trim() && !metas.has(key)) metas.set(key, content.trim());
  }
  return metas;
}

const ARTICLE_TYPE = /(?:Article|Posting|Report|Release|WebPage|Review|Statement)$/;

// JSON-LD comes as one object, a list, or an `@graph`; an article's own fields go before those of the page around it.
function linkedDataOf(data: readonly string[]): LinkedData {
  const things: Readonly<Record<string, unknown>>[] = [];
  for (const script of data) collectThings(parseLoosely(script), things, 0);
  const typed = things.filter((thing) =>
    [thing['@type']].flat().some((type) => typeof type === 'string' && ARTICLE_TYPE.test(type)),
  );
  typed.sort((a, b) => Number(isPage(a)) - Number(isPage(b)));
  const strings = (key: string) => typed.flatMap((thing) => (typeof thing[key] === 'string' ? [thing[key]] : []));
  return {
    headline:
      typed
        .filter((thing) => !isPage(thing))
        .map((thing) => thing['headline'])
        .find((value) => typeof value === 'string') ?? null,
    outlet: typed.map((thing) => nameOf(thing['publisher'])).find((name) => name !== null) ?? null,
    authors: typed
      .filter((thing) => !isPage(thing))
      .flatMap((thing) => [thing['author']].flat())
      .flatMap((author) => (typeof author === 'string' ? author : nameOf(author)) ?? []),
    form: formOf(things, typed),
    body: typed.map((thing) => thing['articleBody']).find((body) => typeof body === 'string') ?? null,
    published: strings('datePublished'),
    created: strings('dateCreated'),
    modified: strings('dateModified'),
  };
}

function formOf(
  things: readonly Readonly<Record<string, unknown>>[],
  typed: readonly Readonly<Record<string, unknown>>[],
): PageMetadata['form'] {
  const types = (thing: Readonly<Record<string, unknown>>): readonly unknown[] => [thing['@type']].flat();
  if (things.some((thing) => types(thing).includes('LiveBlogPosting'))) return 'live-blog';
  const articles = typed.filter((thing) => !isPage(thing));
  if (articles.some((thing) => /^false$/i.test(String(thing['isAccessibleForFree'])))) return 'paywalled';
  if (articles.length > 0) return 'article';
  return things.some((thing) => types(thing).includes('VideoObject')) ? 'video' : null;
}

function authorsOf(linked: LinkedData, metas: ReadonlyMap<string, string>): readonly string[] {
  const named =
    linked.authors.length > 0 ? linked.authors : AUTHOR_NAMES.flatMap((name) => metas.get(name) ?? []).slice(0, 1);
  const authors = named
    .flatMap(
      (name) =>
        words(name)
          ?.replace(/^by /i, '')
          .split(/\s*(?:,|;| and )\s*/) ?? [],
    )
    .filter((name) => name !== '' && !/^https?:|^@/.test(name));
  return [...new Set(authors)].slice(0, 20);
}

const AUTHOR_NAMES = [
  'author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'article:author',
  'byl',
  'citation_author',
];

function isPage(thing: Readonly<Record<string, unknown>>): boolean {
  return [thing['@type']].flat().includes('WebPage');
}

function collectThings(value: unknown, things: Readonly<Record<string, unknown>>[], depth: number): void {
  if (depth > 6 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 200)) collectThings(item, things, depth + 1);
    return;
  }
  const thing = value as Readonly<Record<string, unknown>>;
  things.push(thing);
  collectThings(thing['@graph'], things, depth + 1);
  collectThings(thing['mainEntity'], things, depth + 1);
  collectThings(thing['mainEntityOfPage'], things, depth + 1);
}

// Publishers put raw line ends into JSON strings and wrap the whole in CDATA or a comment.
function parseLoosely(source: string): unknown {
  const bare = source
    .replace(/^\s*(?:\/\/)?\s*(?:<!\[CDATA\[|<!--)/, '')
    .replace(/(?:\/\/)?\s*(?:\]\]>|-->)\s*;?\s*$/, '');
  try {
    return JSON.parse(bare);
  } catch {
    try {
      return JSON.parse(bare.replace(/\p{Cc}+/gu, ' '));
    } catch {
      // Beyond repair as a whole, but the date is a field that can be read on its own.
      const date = /"datePublished"\s{0,4}:\s{0,4}"([^"]{6,40})"/.exec(bare)?.[1];
      return date ? { '@type': 'Article', datePublished: date } : null;
    }
  }
}

function nameOf(publisher: unknown): string | null {
  const [first] = [publisher].flat();
  if (typeof first !== 'object' || first === null) return null;
  const name = (first as Readonly<Record<string, unknown>>)['name'];
  return typeof name === 'string' ? name : null;
}

function microdataDates(told: readonly PageElement[], property: string): readonly string[] {
  const dates: string[] = [];
  for (const element of told) {
    if (!attribute(element, 'itemprop')!.split(/\s+/).includes(property)) continue;
    const value = attribute(element, 'content') ?? attribute(element, 'datetime') ?? element.textContent;
    if (value?.trim()) dates.push(value.trim());
  }
  return dates.slice(0, 3);
}

// The first `time` of the article, unless it stands in a list of other articles.
function timeDates(root: PageElement): readonly string[] {
  const times = root.getElementsByTagName('time');
  if (times.length === 0) return [];
  const held = holdersOfHeadline(root);
  const dated = times.filter((time) => attribute(time, 'datetime') !== null);
  const ranked = [
    ...times.filter((time) => attribute(time, 'pubdate') !== null),
    ...dated.filter((time) => isInside(time, 'ARTICLE')),
    ...dated.filter((time) => isInside(time, 'HEADER')),
    ...dated,
    ...times.filter((time) => isInside(time, 'ARTICLE')),
  ];
  return ranked
    .filter((time) => !insideList(time, held))
    .map((time) => (attribute(time, 'datetime') || time.textContent || '').trim())
    .filter((value) => value !== '')
    .slice(0, 4);
}

function isInside(element: PageElement, name: string): boolean {
  for (let at = element.parentNode; at; at = at.parentNode) if (at.nodeName === name) return true;
  return false;
}

const OTHER_ARTICLES = /related|sidebar|recommend|popular|latest|trending|widget|comment|more-|teaser/i;

/** The elements that a headline stands in: the page and its article, whatever their class says ("has-sidebar"). */
export function holdersOfHeadline(root: PageElement): ReadonlySet<PageElement> {
  const held = new Set<PageElement>();
  const [first] = ['h1', 'h2'].map((name) => root.getElementsByTagName(name)).filter(({ length }) => length > 0);
  for (const headline of first ?? [])
    for (let at = headline.parentNode; at && !held.has(at); at = at.parentNode) held.add(at);
  return held;
}

/** True for an element in a list, box or footer of other articles; `held` are the {@link holdersOfHeadline}. */
export function insideList(element: PageElement, held: ReadonlySet<PageElement>): boolean {
  let at: PageElement | null = element;
  for (let depth = 0; at && depth < 12 && at.nodeType === 1 && at.nodeName !== 'BODY' && !held.has(at); depth += 1) {
    if (at.nodeName === 'ASIDE' || at.nodeName === 'FOOTER' || at.nodeName === 'NAV') return true;
    // What holds the whole page may say how it is laid out ("two-columns-sidebar").
    if (
      at.parentNode?.nodeName !== 'BODY' &&
      OTHER_ARTICLES.test(`${attribute(at, 'class') ?? ''} ${attribute(at, 'id') ?? ''}`)
    )
      return true;
    at = at.parentNode;
  }
  return false;
}

function titleOf(root: PageElement, metas: ReadonlyMap<string, string>, linked: LinkedData): string | null {
  return (
    words(linked.headline) ??
    words(metas.get('og:title')) ??
    words(root.getElementsByTagName('h1')[0]?.textContent) ??
    words(root.getElementsByTagName('title')[0]?.textContent)
  );
}

function words(value: string | null | undefined): string | null {
  // Many publishers encode their metadata twice.
  const text = value
    ?.replace(/&(?:#0?39|apos);/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
  return text ? text.slice(0, 500) : null;
}

function address(value: string | null | undefined): string | null {
  return value && /^https?:\/\//i.test(value.trim()) ? value.trim().slice(0, 2000) : null;
}
