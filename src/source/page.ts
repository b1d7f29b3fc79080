import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { ReadoutError } from '../error.ts';
import type { DayInterval } from './date.ts';
import type { Removed, RemovedReason } from './document.ts';
import { type PageElement, type PageMetadata, type PageNode, readMetadata } from './metadata.ts';
import { visibleDate } from './visible.ts';

/** A web page reduced to its article. `removed` lists what the page's own markup says is no prose of it. */
export interface Page extends PageMetadata {
  readonly text: string;
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
  ['newsletter', /(?:^|[\s_-])(?:newsletters?|subscribe|subscription|signup|sign-up|mailing)(?![a-z])/i],
  ['share-bar', /(?:^|[\s_-])(?:share|sharing|social|sharedaddy|sharebar|addtoany|addthis)(?![a-z])/i],
  [
    'related',
    /(?:^|[\s_-])(?:related|recommended|recommendations|read-?more|more-?stories|also-?read|promo|outbrain|taboola|trending|teaser|most-?read)(?![a-z])/i,
  ],
  ['comment-form', /(?:^|[\s_-])(?:comments?|comment-?form|respond|disqus)(?![a-z])/i],
  ['advertisement', /(?:^|[\s_-])(?:advert|advertisement|ad-slot|ad-container|sponsored|sponsor)(?![a-z])/i],
  ['caption', /(?:^|[\s_-])(?:caption|wp-caption-text|image-credit|photo-credit|credit)(?![a-z])/i],
  [
    'byline',
    /(?:^|[\s_-])(?:byline|author-?(?:bio|box|info|card|name)?|about-the-author|dateline|published|timestamp|post-meta|entry-meta|article-meta)(?![a-z])/i,
  ],
  ['copyright', /(?:^|[\s_-])(?:copyright|disclaimer|trust)(?![a-z])/i],
  ['navigation', /(?:^|[\s_-])(?:breadcrumbs?|pagination|tags|toc|post-navigation)(?![a-z])/i],
];

const CONTAINER_TAG =
  /<(\/?)(?:div|span|section|article|main|aside|header|footer|nav|table|tbody|tr|td|ul|ol|dl|blockquote|figure|form|b|i|em|strong|font|a|center)\b/gi;

/** Readability's work grows with the square of the depth. Pages in the wild stay below 60 levels. */
const DEEPEST = 250;

const SKIPPED: ReadonlySet<string> = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME SVG BUTTON SELECT TEXTAREA'.split(' '),
);

/**
 * Finds the article in a page with Readability and gives it as paragraphs divided by empty lines. A page without an
 * article gives an empty text. Throws `input.unreadable`, naming `name`, for markup nested too deeply to follow.
 */
export function readPage(html: string, name: string): Page {
  const light = lighter(html);
  if (depthOf(light) > DEEPEST) throw tooDeep(name);
  try {
    const { document } = parseHTML(light) as unknown as { document: { documentElement: PageElement | null } };
    const root = document.documentElement;
    if (!root) return { title: null, url: null, outlet: null, dates: [], visible: null, text: '', removed: [] };
    const metadata = readMetadata(root);
    const visible = visibleDate(root);
    // Readability changes its document, so the metadata is read before and nothing of the document is used after.
    const article = new Readability<PageNode>(document as never, {
      serializer: (node) => node as unknown as PageNode,
      keepClasses: true,
      disableJSONLD: true,
    }).parse();
    return {
      ...metadata,
      visible,
      title: metadata.title ?? (article?.title || null),
      ...textOf(article?.content ?? null),
    };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw tooDeep(name, { cause });
  }
}

/**
 * The text of a stretch of markup that holds nothing but an article: a feed item, a part of a page. Throws
 * `input.unreadable`, naming `name`, for markup nested too deeply to follow.
 */
export function readFragment(
  html: string,
  name: string,
): { readonly text: string; readonly removed: readonly Removed[] } {
  const light = lighter(html);
  if (depthOf(light) > DEEPEST) throw tooDeep(name);
  try {
    const { document } = parseHTML(`<html><body>${light}</body></html>`) as unknown as { document: { body: PageNode } };
    return textOf(document.body);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw tooDeep(name, { cause });
  }
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

// Scripts, styles and drawings are most of a modern page's bytes and none of its text; JSON-LD is kept for its metadata.
// One pass, because a script may hold the words "<style>"; and linear, because a page may open a thousand and close none.
function lighter(html: string): string {
  const open = /<(script|style|svg|noscript)\b([^<>]*)>/gi;
  const closers: Record<string, RegExp> = {};
  const unclosed = new Set<string>();
  let light = '';
  let kept = 0;
  for (let match = open.exec(html); match; match = open.exec(html)) {
    const tag = match[1]!.toLowerCase();
    if (unclosed.has(tag) || match[2]!.endsWith('/')) continue;
    closers[tag] ??= new RegExp(`</${tag}\\s*>`, 'gi');
    const closer = closers[tag];
    closer.lastIndex = open.lastIndex;
    if (!closer.test(html)) {
      unclosed.add(tag);
      continue;
    }
    open.lastIndex = closer.lastIndex;
    if (tag === 'script' && /ld\+json/i.test(match[2]!)) continue;
    light += `${html.slice(kept, match.index)} `;
    kept = closer.lastIndex;
  }
  return light + html.slice(kept);
}

// The text and its furniture, built in one walk: words of one block joined by blanks, blocks by an empty line.
function textOf(root: PageNode | null): { readonly text: string; readonly removed: readonly Removed[] } {
  const blocks: { words: string; reason: RemovedReason | null }[] = [];
  const whole = root?.textContent?.length ?? 0;
  let words = '';
  let reason: RemovedReason | null = null;
  const close = () => {
    const trimmed = words
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n');
    if (trimmed) blocks.push({ words: trimmed, reason });
    words = '';
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
    const block = BLOCKS.has(tag);
    if (block) close();
    const outside = reason;
    if (block) reason ??= reasonOf(node as PageElement, tag, whole);
    for (const child of node.childNodes) walk(child);
    if (tag === 'TD' || tag === 'TH') words += ' ';
    if (block) close();
    reason = outside;
  };
  if (root) walk(root);
  close();
  let text = '';
  const removed: Removed[] = [];
  for (const block of blocks) {
    if (text) text += '\n\n';
    if (block.reason) removed.push({ from: text.length, to: text.length + block.words.length, reason: block.reason });
    text += block.words;
  }
  return { text, removed };
}

// Why a block of the article is no prose, by its tag or by the names its page gave it. A name on a block that holds much
// of the article ("has-related-posts") says nothing about the words.
function reasonOf(element: PageElement, tag: string, whole: number): RemovedReason | null {
  if (tag === 'FIGCAPTION') return 'caption';
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  if (names.length < 4) return null;
  const found = BLOCK_NAMES.find(([, name]) => name.test(names));
  if (!found) return null;
  const length = element.textContent?.length ?? 0;
  return length <= 1500 && length * 5 <= whole ? found[0] : null;
}
