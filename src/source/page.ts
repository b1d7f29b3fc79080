import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { ReadoutError } from '../error.ts';
import type { Removed } from './document.ts';
import { type PageElement, type PageMetadata, type PageNode, readMetadata } from './metadata.ts';

/** A web page reduced to its article. `removed` lists what the article's own markup says is no prose (captions). */
export interface Page extends PageMetadata {
  readonly text: string;
  readonly removed: readonly Removed[];
}

/** Elements that begin a paragraph of their own. */
const BLOCKS: ReadonlySet<string> = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY DD DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER ' +
    'HR LI MAIN NAV OL P PRE SECTION TABLE TR UL'
  ).split(' '),
);
const SKIPPED: ReadonlySet<string> = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME SVG BUTTON SELECT TEXTAREA'.split(' '),
);

/**
 * Finds the article in a page with Readability and gives it as paragraphs divided by empty lines. A page without an
 * article gives an empty text. Throws `input.unreadable`, naming `name`, for markup nested too deeply to follow.
 */
export function readPage(html: string, name: string): Page {
  try {
    const { document } = parseHTML(lighter(html)) as unknown as { document: { documentElement: PageElement | null } };
    const root = document.documentElement;
    if (!root) return { title: null, url: null, outlet: null, dates: [], text: '', removed: [] };
    const metadata = readMetadata(root);
    // Readability changes its document, so the metadata is read before and nothing of the document is used after.
    const article = new Readability<PageNode>(document as never, {
      serializer: (node) => node as unknown as PageNode,
      keepClasses: true,
      disableJSONLD: true,
    }).parse();
    return { ...metadata, title: metadata.title ?? (article?.title || null), ...textOf(article?.content ?? null) };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ReadoutError(
      'input.unreadable',
      `${name}: expected a web page, but its markup is nested too deeply to read. Save the article as text.`,
      { cause },
    );
  }
}

// Scripts, styles and drawings are most of a modern page's bytes and none of its text; JSON-LD is kept for its metadata.
function lighter(html: string): string {
  return html
    .replace(/<(style|svg|noscript)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<script\b(?![^>]{0,300}ld\+json)[^>]*>[\s\S]*?<\/script\s*>/gi, ' ');
}

// The text and the captions in it, built in one walk: words of one block joined by blanks, blocks by an empty line.
function textOf(root: PageNode | null): { readonly text: string; readonly removed: readonly Removed[] } {
  const blocks: { words: string; caption: boolean }[] = [];
  let words = '';
  let caption = false;
  const close = () => {
    const trimmed = words
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n');
    if (trimmed) blocks.push({ words: trimmed, caption });
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
    const outside = caption;
    if (tag === 'FIGCAPTION') caption = true;
    for (const child of node.childNodes) walk(child);
    if (tag === 'TD' || tag === 'TH') words += ' ';
    if (block) close();
    caption = outside;
  };
  if (root) walk(root);
  close();
  let text = '';
  const removed: Removed[] = [];
  for (const block of blocks) {
    if (text) text += '\n\n';
    if (block.caption) removed.push({ from: text.length, to: text.length + block.words.length, reason: 'caption' });
    text += block.words;
  }
  return { text, removed };
}
