import { Parser } from 'htmlparser2';
import { ReadoutError } from '../error.ts';
import { decodePage, markupDecoder } from './decode.ts';
import { detectFormat, HEAD_BYTES } from './format.ts';

/**
 * One item of a feed or one address of a sitemap, as written. `html` is its fullest text as markup; `dates` and
 * `updates` are its dates of publication and of change, best first. What it does not say is `null`.
 */
export interface FeedItem {
  readonly title: string | null;
  readonly url: string | null;
  readonly outlet: string | null;
  readonly authors: readonly string[];
  readonly dates: readonly string[];
  readonly updates: readonly string[];
  readonly html: string | null;
  /** True for an address of a sitemap, which holds no text of its own. */
  readonly listed: boolean;
}

/** What a feed gives: an item; the address of another sitemap; or why something could not be read. */
export type FeedPart = { readonly item: FeedItem } | { readonly sitemap: string } | { readonly failure: ReadoutError };

/** The elements read of an item, by name, each with the field it fills; the first named goes before those after it. */
const FIELDS: Readonly<Record<string, 'title' | 'link' | 'html' | 'date' | 'update' | 'author' | 'outlet'>> = {
  title: 'title',
  'news:title': 'title',
  'dc:title': 'title',
  'media:title': 'title',
  'feedburner:origlink': 'link',
  link: 'link',
  loc: 'link',
  guid: 'link',
  'content:encoded': 'html',
  'xhtml:body': 'html',
  body: 'html',
  content: 'html',
  fullitem: 'html',
  description: 'html',
  summary: 'html',
  'dc:description': 'html',
  'itunes:summary': 'html',
  'media:description': 'html',
  published: 'date',
  pubdate: 'date',
  issued: 'date',
  'news:publication_date': 'date',
  'dcterms:issued': 'date',
  'dc:date': 'date',
  'dcterms:created': 'date',
  created: 'date',
  updated: 'update',
  modified: 'update',
  'dcterms:modified': 'update',
  lastmod: 'update',
  author: 'author',
  'dc:creator': 'author',
  'dc:author': 'author',
  'itunes:author': 'author',
  'news:name': 'outlet',
};
const ORDER = new Map(Object.keys(FIELDS).map((name, index) => [name, index]));

/** Namespaces by the words in their address; a prefix that nobody declared stands for itself. */
const NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [/purl\.org\/dc\/elements/, 'dc:'],
  [/purl\.org\/dc\/terms/, 'dcterms:'],
  [/modules\/content/, 'content:'],
  [/search\.yahoo\.com\/mrss/, 'media:'],
  [/itunes/, 'itunes:'],
  [/feedburner/, 'feedburner:'],
  [/sitemap-news/, 'news:'],
  [/1999\/xhtml/, 'xhtml:'],
  [/2005\/atom|purl\.org\/atom|backend\.userland|purl\.org\/rss|netscape\.com\/rdf|schemas\/sitemap/i, ''],
];

const ITEMS = new Set(['item', 'entry', 'url']);
const FEEDS = new Set(['channel', 'feed']);
const VOID = new Set(['br', 'img', 'hr', 'input', 'wbr', 'col', 'area', 'source']);

/** A text being collected: of which element, how it is written, and the markup so far. */
interface Capture {
  readonly name: string;
  readonly field: string;
  readonly depth: number;
  readonly base: string | null;
  readonly plain: boolean;
  readonly base64: boolean;
  readonly permanent: boolean;
  markup: string;
}

type Found = { name: string; value: string }[];

/**
 * Reads the items of a feed (RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0) or of a sitemap as its bytes come, holding one item
 * at a time. Broken markup is read as far as it goes: an item cut off in the middle is given with what it has, and a
 * failure names the place. An item whose text is longer than `limitBytes` is a failure. Entities that the document
 * declares itself are never expanded. `charset` is the one that the server told.
 */
export async function* readFeed(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
  charset: string | null = null,
): AsyncGenerator<FeedPart> {
  const reading = new FeedReading(name, limitBytes);
  let decode: ((bytes?: Uint8Array) => string) | undefined;
  for await (const chunk of chunks) {
    decode ??= markupDecoder(chunk, charset);
    reading.write(decode(chunk));
    yield* reading.taken();
  }
  reading.write(decode?.() ?? '');
  reading.end();
  yield* reading.taken();
}

/**
 * The items of a feed held in memory, whatever its form. Throws `input.unreadable`, naming `name`, when the bytes are
 * no feed; a web page's is told with the feeds that it names.
 */
export async function* readFeedBytes(
  name: string,
  bytes: Uint8Array,
  limitBytes: number,
  charset: string | null = null,
): AsyncGenerator<FeedPart> {
  const format = detectFormat(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
  if (format === 'feed') {
    yield* readFeed(name, once(bytes), limitBytes, charset);
  } else if (format === 'json-feed') {
    for (const item of readJsonFeed(decodePage(bytes), name)) yield { item };
  } else {
    const named = format === 'html' ? feedsNamed(decodePage(bytes)) : [];
    const remedy = named.length > 0 ? ` It names ${named.join(' and ')}: give that.` : ' Give the address of the feed.';
    throw new ReadoutError('input.unreadable', `${name}: expected a feed or sitemap, but this is none.${remedy}`);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The feeds that a page names in its head. */
function feedsNamed(html: string): readonly string[] {
  const named: string[] = [];
  const parser = new Parser({
    onopentag(tag, { rel, type, href }) {
      if (tag === 'link' && rel === 'alternate' && href && /rss|atom|feed\+json/.test(type ?? '')) named.push(href);
    },
  });
  parser.end(html.slice(0, 200_000));
  return named.slice(0, 3);
}

/** Reads a JSON Feed (version 1 and 1.1, jsonfeed.org). Throws `input.unreadable`, naming `name`, when it is none. */
export function readJsonFeed(source: string, name: string): readonly FeedItem[] {
  const feed = parseObject(source);
  if (!Array.isArray(feed?.['items']))
    throw new ReadoutError(
      'input.unreadable',
      `${name}: expected a JSON feed with "items", but found none. Give the feed as its publisher sends it.`,
    );
  const outlet = stringIn(feed, 'title');
  const feedAuthors = authorsIn(feed);
  return feed['items'].filter(isObject).map((item) => {
    const authors = authorsIn(item);
    const text = stringIn(item, 'content_text');
    return {
      title: stringIn(item, 'title'),
      url: stringIn(item, 'url') ?? stringIn(item, 'external_url') ?? addressOf(stringIn(item, 'id'), null),
      outlet,
      authors: authors.length > 0 ? authors : feedAuthors,
      dates: [stringIn(item, 'date_published')].filter((date) => date !== null),
      updates: [stringIn(item, 'date_modified')].filter((date) => date !== null),
      listed: false,
      html: stringIn(item, 'content_html') ?? (text === null ? stringIn(item, 'summary') : escapeText(text)),
    };
  });
}

class FeedReading {
  readonly #name: string;
  readonly #limit: number;
  readonly #parser: Parser;
  /** Elements open at this moment, with their base address. */
  readonly #open: { readonly name: string; readonly base: string | null }[] = [];
  readonly #prefixes = new Map<string, string>();
  #parts: FeedPart[] = [];
  #found: Found | null = null;
  #itemDepth = 0;
  #count = 0;
  #tooLong = false;
  #capture: Capture | null = null;
  #outlet: string | null = null;

  constructor(name: string, limit: number) {
    this.#name = name;
    this.#limit = limit;
    this.#parser = new Parser(
      {
        onopentag: (tag, attributes) => this.#opened(tag, attributes),
        ontext: (text) => this.#text(text),
        onclosetag: (tag) => this.#closed(tag),
      },
      { xmlMode: true, decodeEntities: true },
    );
  }

  write(markup: string): void {
    this.#parser.write(markup);
  }

  end(): void {
    const cut = this.#found !== null;
    this.#parser.end();
    if (cut)
      this.#parts.push({
        failure: new ReadoutError(
          'input.unreadable',
          `${this.#name}, item ${this.#count}: the feed ends in the middle of it; what is there was read. Fetch the feed again.`,
        ),
      });
  }

  taken(): readonly FeedPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  #opened(tag: string, attributes: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(attributes))
      if (key.startsWith('xmlns')) this.#declare(key.slice(6).toLowerCase(), value);
    const name = this.#nameOf(tag);
    const above = this.#open.at(-1);
    const base = resolved(attributes['xml:base'], above?.base ?? null) ?? above?.base ?? null;
    this.#open.push({ name, base });
    if (this.#capture) {
      this.#capture.markup += openTag(tag, attributes);
      return;
    }
    if (this.#found === null) {
      if (ITEMS.has(name)) {
        this.#found = [];
        this.#itemDepth = this.#open.length;
        this.#count += 1;
        this.#tooLong = false;
        return;
      }
      if (!(above && FEEDS.has(above.name) && name === 'title') && !(above?.name === 'sitemap' && name === 'loc'))
        return;
    } else if (!this.#ownField(name)) return;
    const field = name === 'loc' && this.#found === null ? 'sitemap' : fieldOf(name, above?.name);
    // In Atom an author is an element with a name in it.
    if (field === undefined || (name === 'author' && this.#atom())) return;
    if (field === 'link' && (attributes['rel'] ?? 'alternate') !== 'alternate') return;
    if (field === 'link' && attributes['href'] !== undefined) {
      if (this.#found) this.#keep(name, resolved(attributes['href'], base) ?? '');
      return;
    }
    const type = attributes['type'];
    this.#capture = {
      name,
      field,
      depth: this.#open.length,
      base,
      // RSS has markup in its texts without saying so; Atom says so, and else means the words themselves.
      plain: type === 'text' || type === 'text/plain' || (type === undefined && this.#atom() && name !== 'description'),
      base64: attributes['mode'] === 'base64' || type === 'application/octet-stream',
      permanent: attributes['isPermaLink'] !== 'false',
      markup: '',
    };
  }

  /** True for fields of the item itself: not of the feed it was taken from, nor of its media. */
  #ownField(name: string): boolean {
    const inside = this.#open.slice(this.#itemDepth, -1).map((element) => element.name);
    return inside.every((element) => OWN.has(element)) && (name !== 'name' || inside.at(-1) === 'author');
  }

  #atom(): boolean {
    return this.#open.some(({ name }) => name === 'feed' || name === 'entry');
  }

  #text(text: string): void {
    const capture = this.#capture;
    if (!capture) return;
    if (capture.markup.length + text.length > this.#limit) {
      this.#tooLong = true;
      return;
    }
    const inside = this.#open.length > capture.depth;
    capture.markup += inside || capture.plain ? escapeText(text) : text;
  }

  #closed(tag: string): void {
    const depth = this.#open.length;
    const { name } = this.#open.pop() ?? { name: '' };
    const capture = this.#capture;
    if (capture && depth > capture.depth) {
      if (!VOID.has(tag)) capture.markup += `</${tag}>`;
      return;
    }
    if (capture) {
      this.#capture = null;
      const value = (capture.base64 ? fromBase64(capture.markup) : capture.markup).trim();
      if (capture.field === 'sitemap') this.#parts.push({ sitemap: value });
      else if (this.#found === null) this.#outlet ??= wordsOf(value) || null;
      else if (capture.field === 'link') {
        if (capture.permanent) this.#keep(capture.name, addressOf(value, capture.base) ?? '');
      } else this.#keep(capture.name, value);
      return;
    }
    if (this.#found && ITEMS.has(name) && depth === this.#itemDepth) this.#finish(this.#found, name === 'url');
  }

  #keep(name: string, value: string): void {
    if (value !== '') this.#found?.push({ name, value });
  }

  #finish(found: Found, listed: boolean): void {
    this.#found = null;
    if (this.#tooLong) {
      const limit = (this.#limit / 1048576).toFixed(1);
      this.#parts.push({
        failure: new ReadoutError(
          'input.too-large',
          `${this.#name}, item ${this.#count}: expected a text of at most ${limit} MiB, and this is longer. Leave the item out.`,
        ),
      });
      return;
    }
    const values = (field: string): readonly string[] =>
      found
        .filter((one) => fieldOf(one.name, undefined) === field || (field === 'author' && one.name === 'name'))
        .sort((a, b) => (ORDER.get(a.name) ?? 0) - (ORDER.get(b.name) ?? 0))
        .map(({ value }) => value);
    const title = values('title')[0];
    this.#parts.push({
      item: {
        title: title === undefined ? null : wordsOf(title) || null,
        url: values('link')[0] ?? null,
        outlet: values('outlet').map(wordsOf)[0] ?? this.#outlet,
        authors: [
          ...new Set(
            values('author')
              .map(wordsOf)
              .filter((author) => author !== ''),
          ),
        ],
        dates: values('date').map(wordsOf),
        updates: values('update').map(wordsOf),
        html: values('html')[0] ?? null,
        listed,
      },
    });
  }

  #declare(prefix: string, address: string): void {
    const known = NAMESPACES.find(([words]) => words.test(address));
    if (known) this.#prefixes.set(prefix, known[1]);
  }

  #nameOf(tag: string): string {
    const lower = tag.toLowerCase();
    const colon = lower.indexOf(':');
    const prefix = colon === -1 ? '' : lower.slice(0, colon);
    const declared = this.#prefixes.get(prefix);
    if (declared === undefined) return lower;
    const local = lower.slice(colon + 1);
    // A default namespace is that of the feed; within it, only texts of another kind need their prefix.
    return declared === 'xhtml:' && prefix === '' ? local : `${declared}${local}`;
  }
}

/** Elements of an item that its own fields stand in. */
const OWN = new Set(['author', 'news:news', 'news:publication', 'media:group']);

function fieldOf(name: string, above: string | undefined): string | undefined {
  if (name === 'name' && above === 'author') return 'author';
  return FIELDS[name];
}

function openTag(tag: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes)
    .filter(([key]) => key === 'href' || key === 'class' || key === 'id')
    .map(([key, value]) => ` ${key}="${escapeText(value).replaceAll('"', '&quot;')}"`);
  return `<${tag}${written.join('')}>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The words of a short markup: its tags dropped, its entities read, blanks folded. */
export function wordsOf(markup: string): string {
  let words = '';
  const parser = new Parser({ ontext: (text) => (words += text) }, { decodeEntities: true });
  // Titles are sent escaped once, twice or not at all.
  parser.end(markup);
  return words.replace(/\s+/g, ' ').trim();
}

function fromBase64(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s+/g, '')), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

function addressOf(value: string | null, base: string | null): string | null {
  const words = value?.trim() ?? '';
  if (words === '' || /\s/.test(words)) return null;
  return /^(?:https?:)?\/\//i.test(words) || base ? resolved(words, base) : null;
}

function resolved(address: string | undefined, base: string | null): string | null {
  if (!address?.trim()) return null;
  const words = address.trim();
  if (/^https?:\/\//i.test(words)) return words;
  try {
    return base === null ? words : new URL(words, base).href;
  } catch {
    return null;
  }
}

function parseObject(source: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringIn(object: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = object[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function authorsIn(object: Readonly<Record<string, unknown>>): readonly string[] {
  return [object['authors'] ?? object['author']]
    .flat()
    .filter(isObject)
    .flatMap((author) => stringIn(author, 'name') ?? []);
}
