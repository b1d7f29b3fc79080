/** The few things of the DOM that pages are read with (WHATWG DOM); linkedom's documents have this shape. */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}

/** An element of a page. */
export interface PageElement extends PageNode {
  readonly parentElement: PageElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** What a page says about itself; what it does not say is `null`. */
export interface PageMetadata {
  readonly title: string | null;
  /** The canonical address. */
  readonly url: string | null;
  /** Name of the outlet or site. */
  readonly outlet: string | null;
  /** Publication dates as written, best first. */
  readonly dates: readonly string[];
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

/** Reads what a parsed page says about itself: JSON-LD, meta elements, microdata, `time` elements. `root` is its html element. */
export function readMetadata(root: PageElement): PageMetadata {
  const metas = metasOf(root);
  const linked = linkedDataOf(root);
  return {
    title: titleOf(root, metas, linked),
    url: address(root.querySelector('link[rel="canonical"]')?.getAttribute('href')) ?? address(metas.get('og:url')),
    outlet: words(metas.get('og:site_name')) ?? words(linked.outlet) ?? words(metas.get('application-name')),
    dates: [
      ...linked.published,
      ...DATE_NAMES.flatMap((name) => metas.get(name) ?? []),
      ...microdataDates(root, 'datePublished'),
      ...timeDates(root),
      ...linked.created,
      ...linked.modified,
      ...CHANGE_NAMES.flatMap((name) => metas.get(name) ?? []),
      ...microdataDates(root, 'dateModified'),
    ],
  };
}

interface LinkedData {
  readonly headline: string | null;
  readonly outlet: string | null;
  readonly published: readonly string[];
  readonly created: readonly string[];
  readonly modified: readonly string[];
}

function metasOf(root: PageElement): ReadonlyMap<string, string> {
  const metas = new Map<string, string>();
  for (const meta of root.querySelectorAll('meta')) {
    const name =
      meta.getAttribute('property') ??
      meta.getAttribute('name') ??
      meta.getAttribute('itemprop') ??
      meta.getAttribute('http-equiv');
    const content = meta.getAttribute('content');
    const key = name?.trim().toLowerCase();
    if (key && content?.trim() && !metas.has(key)) metas.set(key, content.trim());
  }
  return metas;
}

const ARTICLE_TYPE = /(?:Article|Posting|Report|Release|WebPage|Review|Statement)$/;

// JSON-LD comes as one object, a list, or an `@graph`; an article's own fields go before those of the page around it.
function linkedDataOf(root: PageElement): LinkedData {
  const things: Readonly<Record<string, unknown>>[] = [];
  for (const script of root.querySelectorAll('script[type="application/ld+json"]')) {
    collectThings(parseLoosely(script.textContent ?? ''), things, 0);
  }
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
    published: strings('datePublished'),
    created: strings('dateCreated'),
    modified: strings('dateModified'),
  };
}

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

function microdataDates(root: PageElement, property: string): readonly string[] {
  const dates: string[] = [];
  for (const element of root.querySelectorAll(`[itemprop~="${property}"]`)) {
    const value = element.getAttribute('content') ?? element.getAttribute('datetime') ?? element.textContent;
    if (value?.trim()) dates.push(value.trim());
  }
  return dates.slice(0, 3);
}

// The first `time` of the article, unless it stands in a list of other articles.
function timeDates(root: PageElement): readonly string[] {
  const found: string[] = [];
  for (const selector of [
    'time[pubdate]',
    'article time[datetime]',
    'header time[datetime]',
    'time[datetime]',
    'article time',
  ]) {
    for (const time of root.querySelectorAll(selector)) {
      const value = time.getAttribute('datetime') || time.textContent;
      if (value?.trim() && !insideList(time)) found.push(value.trim());
      if (found.length >= 4) return found;
    }
  }
  return found;
}

const OTHER_ARTICLES = /related|sidebar|recommend|popular|latest|trending|widget|comment|more-|teaser/i;

/** True for an element in a list, box or footer of other articles. */
export function insideList(element: PageElement): boolean {
  let at: PageElement | null = element;
  // What holds the headline is the page or its article, whatever its class says ("has-sidebar").
  for (let depth = 0; at && depth < 12 && at.nodeName !== 'BODY' && !at.querySelector('h1'); depth += 1) {
    if (at.nodeName === 'ASIDE' || at.nodeName === 'FOOTER' || at.nodeName === 'NAV') return true;
    if (OTHER_ARTICLES.test(`${at.getAttribute('class') ?? ''} ${at.getAttribute('id') ?? ''}`)) return true;
    at = at.parentElement;
  }
  return false;
}

function titleOf(root: PageElement, metas: ReadonlyMap<string, string>, linked: LinkedData): string | null {
  return (
    words(linked.headline) ??
    words(metas.get('og:title')) ??
    words(root.querySelector('h1')?.textContent) ??
    words(root.querySelector('title')?.textContent)
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
