import { Readability } from '@mozilla/readability';
import { ReadoutError } from '../error.ts';
import type { DayInterval } from './date.ts';
import type { DocumentForm, Removed, RemovedReason } from './document.ts';
import { type PageElement, type PageNode, parseMarkup } from './markup.ts';
import { attribute, type PageMetadata, readMetadata } from './metadata.ts';
import { visibleDate } from './visible.ts';

/** A web page reduced to its article. `removed` lists what the page's own markup says is no prose of it. */
export interface Page extends Omit<PageMetadata, 'form' | 'body'> {
  readonly text: string;
  readonly form: DocumentForm;
  /** The date shown to readers near the headline. */
  readonly visible: DayInterval | null;
  readonly removed: readonly Removed[];
}

/** Elements that begin a paragraph of their own. */
const BLOCKS: ReadonlySet<string> = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY DD DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER ' +
    'HR LI MAIN NAV OL P PRE SECTION TABLE TR UL'
  ).split(' '),
);
/** Names that pages give to blocks inside an article that are none of it, whole words or parts between dashes. */
const BLOCK_NAMES: readonly (readonly [RemovedReason, RegExp])[] = [
  [
    'newsletter',
    /(?:^|[\s_-])(?:news-?letters?|paywall|pay-wall|regwall|reg-wall|metered|subscribe|subscription|signup|sign-up|mailing)(?![a-z])/i,
  ],
  ['share-bar', /(?:^|[\s_-])(?:share|sharing|social|sharedaddy|sharebar|addtoany|addthis)(?![a-z])/i],
  [
    'related',
    /(?:^|[\s_-])(?:related|recommended|recommendations|read-?more|more-?stories|also-?read|promo|outbrain|taboola|player-placeholder|video-card|video-item|media-?embed|trending|teaser|most-?read)(?![a-z])/i,
  ],
  ['comment-form', /(?:^|[\s_-])(?:comments?|comment-?form|respond|disqus)(?![a-z])/i],
  ['advertisement', /(?:^|[\s_-])(?:advert|advertisement|ad-slot|ad-container|sponsored|sponsor)(?![a-z])/i],
  ['caption', /(?:^|[\s_-])(?:caption|wp-caption-text|image-credit|photo-credit|credit)(?![a-z])/i],
  [
    'byline',
    /(?:^|[\s_-])(?:byline|author-?(?:bio|box|info|card|name)?|about-the-author|dateline|published|timestamp|post-meta|entry-meta|article-meta)(?![a-z])/i,
  ],
  ['copyright', /(?:^|[\s_-])(?:copyright|disclaimer|trust)(?![a-z])/i],
  ['navigation', /(?:^|[\s_-])(?:breadcrumbs?|pagination|tags|toc|post-navigation|similar-?links?|no-js)(?![a-z])/i],
  [
    'navigation',
    /(?:^|\s)(?:visually-?hidden|sr-only|screen-reader-text|screen-reader-only|hidden|hide|u-hidden)(?:\s|$)/i,
  ],
];

/** The longest box, in letters, that a name makes furniture. */
const LONGEST_BOX = 1500;

const CONTAINER_TAG =
  /<(\/?)(?:div|span|section|article|main|aside|header|footer|nav|table|tbody|tr|td|ul|ol|dl|blockquote|figure|form|b|i|em|strong|font|a|center)\b/gi;

/** Readability's work grows with the square of the depth. Pages in the wild stay below 60 levels. */
const DEEPEST = 250;

const HEADING = /^H[1-6]$/;
/** A line as headlines are: some words, no end of a sentence. */
const LINKED_LINE = /^(?:[^\s]+\s+){3,30}[^\s]*[^\s.,;:]$/;

const SKIPPED: ReadonlySet<string> = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME SVG BUTTON SELECT TEXTAREA'.split(' '),
);

/**
 * Finds the article in a page with Readability and gives it as paragraphs divided by empty lines. A page without an
 * article gives an empty text. Throws `input.unreadable`, naming `name`, for markup nested too deeply to follow.
 */
export function readPage(html: string, name: string): Page {
  if (depthOf(html) > DEEPEST) throw tooDeep(name);
  const markup = parseMarkup(html);
  const metadata = readMetadata(markup);
  const visible = visibleDate(markup.document.documentElement);
  markFurniture(markup.document.documentElement);
  // Readability changes its document, so the metadata is read before and nothing of the document is used after.
  const article = new Readability<PageNode>(markup.document as never, {
    serializer: (node) => node as unknown as PageNode,
    keepClasses: true,
    disableJSONLD: true,
  }).parse();
  const { linked, ...found } = textOf(article?.content ?? null);
  const { form, body: told, ...shown } = metadata;
  const named = form === 'live-blog' || form === 'video' ? form : (formNamed(metadata.title, metadata.url) ?? form);
  const body = fuller(told, found.text);
  return {
    ...shown,
    visible,
    form: formOf(named, body ?? found.text, linked),
    title: metadata.title ?? (article?.title || null),
    ...(body === null ? found : { text: body, removed: [] }),
  };
}

/**
 * The text of a stretch of markup that holds nothing but an article: a feed item, a part of a page. Throws
 * `input.unreadable`, naming `name`, for markup nested too deeply to follow.
 */
export function readFragment(
  html: string,
  name: string,
): { readonly text: string; readonly removed: readonly Removed[] } {
  if (depthOf(html) > DEEPEST) throw tooDeep(name);
  const { text, removed } = textOf(marked(html));
  return { text, removed };
}

function tooDeep(name: string, options?: ErrorOptions): ReadoutError {
  return new ReadoutError(
    'input.unreadable',
    `${name}: expected a web page, but its markup is nested too deeply to read. Save the article as text.`,
    options,
  );
}

// How deep containers stand in each other, closing tags taken at their word.
function depthOf(html: string): number {
  let depth = 0;
  let deepest = 0;
  for (const tag of html.matchAll(CONTAINER_TAG)) {
    depth = tag[1] === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/** An article of this length is one, whatever its page says beside it. */
const ARTICLE_LENGTH = 1200;
/** What a page says where it stops before the article's end. */
const PAYWALL =
  /\b(?:subscribe|log in|sign in|register)\b[^.]{0,40}\b(?:to (?:continue|keep|read)|for (?:full|unlimited) access)|\b(?:this|the) (?:article|content|story) is (?:only )?(?:for|available to) (?:paying )?(?:subscribers|members)\b/i;

const MARK = 'data-cut';

// Readability lets go of wrappers and their names ("caption" around a single paragraph), so what is furniture by its
// name is marked before, on every block inside too.
function markFurniture(root: PageElement): void {
  const known = new Map<string, RemovedReason | null>();
  for (const element of root.getElementsByTagName('*')) {
    if (!BLOCKS.has(element.nodeName)) continue;
    const names = namesOf(element);
    if (names.length < 4) continue;
    let reason = known.get(names);
    if (reason === undefined) {
      reason = BLOCK_NAMES.find(([, name]) => name.test(names))?.[0] ?? null;
      known.set(names, reason);
    }
    if (reason === null) continue;
    const length = lengthOf(element);
    if (length > LONGEST_BOX) continue;
    // A box within is marked after what it stands in, and by its own name.
    for (const inside of [element, ...element.getElementsByTagName('*')])
      if (BLOCKS.has(inside.nodeName)) inside.setAttribute(MARK, `${reason} ${length}`);
  }
}

// Letters of a box, counted until it is too long to be one.
function lengthOf(node: PageNode): number {
  if (node.nodeType === 3) return node.textContent?.length ?? 0;
  let length = 0;
  for (const child of node.childNodes) {
    length += lengthOf(child);
    if (length > LONGEST_BOX) break;
  }
  return length;
}

function marked(html: string): PageElement {
  const { body, documentElement } = parseMarkup(html).document;
  markFurniture(documentElement);
  return body;
}

function namesOf(element: PageElement): string {
  return `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`;
}

/** How live blogs head themselves: "Oslo talks – live", "Live updates: …", "… as it happened". */
const LIVE_TITLE =
  /^live(?: (?:updates?|blog|coverage))?\s?[:|–—-]\s|[:|–—-]\s(?:live(?: (?:updates?|blog|coverage))?|as it happened)(?:\s[|–—-].{0,40})?$/i;
const LIVE_PATH = /\/live(?:-?blogs?|-updates?|-news|-coverage)?\/|-live-(?:updates?|blog)(?:[/-]|$)/i;
const VIDEO_PATH = /\/(?:videos?|watch)\//i;

// What a page is by its headline and its address.
function formNamed(title: string | null, url: string | null): PageMetadata['form'] {
  const path = url === null ? '' : url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  if (LIVE_PATH.test(path) || (title !== null && LIVE_TITLE.test(title))) return 'live-blog';
  return VIDEO_PATH.test(path) ? 'video' : null;
}

// What a page is: as it says itself, unless it holds an article all the same; else by its words.
function formOf(told: PageMetadata['form'], text: string, linked: number): DocumentForm {
  if (told === 'live-blog') return told;
  if (text.length >= ARTICLE_LENGTH && linked * 2 < text.length) return 'article';
  if (told === 'paywalled' || PAYWALL.test(text.slice(-400))) return 'paywalled';
  if (told === 'video') return told;
  return told === null && (linked * 2 > text.length || text.length < 200) ? 'listing' : 'article';
}

// Some pages show a stub and tell search engines the whole; then that is the article.
function fuller(body: string | null, found: string): string | null {
  if (body === null || body.length < 400 || found.length * 2 > body.length) return null;
  const text = /<\/?(?:p|br|div)\b/i.test(body) ? textOf(marked(body)).text : body;
  return text.trim() === '' ? null : text.trim();
}

// The text and its furniture, built in one walk: words of one block joined by blanks, blocks by an empty line.
// `linked` counts the letters of its links.
function textOf(root: PageNode | null): {
  readonly text: string;
  readonly removed: readonly Removed[];
  readonly linked: number;
} {
  const blocks: { words: string; reason: RemovedReason | null; link: boolean }[] = [];
  const whole = root?.textContent?.length ?? 0;
  let words = '';
  let linked = 0;
  // Letters of links in this block, and whether it is a heading.
  let own = 0;
  let heading = false;
  let reason: RemovedReason | null = null;
  const close = () => {
    const trimmed = words
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n');
    const link = !heading && own >= trimmed.length && LINKED_LINE.test(trimmed);
    if (trimmed) blocks.push({ words: trimmed, reason, link });
    words = '';
    own = 0;
  };
  const walk = (node: PageNode): void => {
    if (node.nodeType === 3) words += (node.textContent ?? '').replace(/\s+/g, ' ');
    if (node.nodeType !== 1) return;
    const tag = node.nodeName.toUpperCase();
    if (SKIPPED.has(tag)) return;
    if (tag === 'BR') {
      words += '\n';
      return;
    }
    if (tag === 'A') {
      const length = node.textContent?.length ?? 0;
      linked += length;
      own += length;
    }
    const block = BLOCKS.has(tag);
    if (block) close();
    if (block) heading = HEADING.test(tag);
    const outside = reason;
    if (block) reason ??= reasonOf(node as PageElement, tag, whole);
    for (const child of node.childNodes) walk(child);
    if (tag === 'TD' || tag === 'TH') words += ' ';
    if (block) close();
    if (block) heading = false;
    reason = outside;
  };
  if (root) walk(root);
  close();
  // Lines that are links and nothing else lead to other reports, unless the page is a list of such.
  const prose = blocks.filter(({ words, link }) => !link && words.length > 100).length;
  const aside = blocks.filter(({ link }) => link).length <= prose;
  let text = '';
  const removed: Removed[] = [];
  for (const { words, link, reason: named } of blocks) {
    if (text) text += '\n\n';
    const why = named ?? (link && aside ? 'related' : null);
    if (why) removed.push({ from: text.length, to: text.length + words.length, reason: why });
    text += words;
  }
  return { text, removed, linked };
}

// Why a block of the article is no prose, by its tag or by the names its page gave it. A name on a block that holds much
// of the article ("has-related-posts") says nothing about the words.
function reasonOf(element: PageElement, tag: string, whole: number): RemovedReason | null {
  if (tag === 'FIGCAPTION') return 'caption';
  const [reason, length] = (attribute(element, MARK) ?? '').split(' ');
  return reason && Number(length) * 5 <= whole ? (reason as RemovedReason) : null;
}
