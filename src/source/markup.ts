import JSDOMParser from '@mozilla/readability/JSDOMParser.js';
import { Parser } from 'htmlparser2';

/** The few things of the DOM that pages are read with (WHATWG DOM). Names of elements are in capital letters. */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}

/** An element of a page. */
export interface PageElement extends PageNode {
  readonly parentNode: PageElement | null;
  getAttribute(name: string): string | null | undefined;
  setAttribute(name: string, value: string): void;
  getElementsByTagName(name: string): readonly PageElement[];
}

/** A page as a tree that Readability can work on, without what nobody reads; `data` are its JSON-LD scripts. */
export interface Markup {
  readonly document: { readonly documentElement: PageElement; readonly body: PageElement };
  readonly data: readonly string[];
}

const READ = new Set(
  (
    'class id role href rel src alt property name content datetime itemprop itemtype type hidden aria-hidden lang title ' +
    'http-equiv pubdate'
  ).split(' '),
);
const SKIPPED = new Set('script style svg noscript template iframe object embed'.split(' '));
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const HIDING = /display\s*:\s*none|visibility\s*:\s*hidden/i;
/** Beyond this depth elements are let go and their words kept: what is nested deeper is broken, not structure. */
const DEEPEST = 300;

/**
 * Parses a page the way browsers do, as far as its words need it, in one pass into well-formed markup, and that into a
 * tree of Readability's own light kind: several times faster and smaller than a whole DOM.
 */
export function parseMarkup(html: string): Markup {
  const { markup, head, data } = wellFormed(html);
  const whole = `<html><head>${head}</head><body>${markup}</body></html>`;
  const document = new JSDOMParser().parse(whole, 'https://page.invalid/');
  return { document: document as unknown as Markup['document'], data };
}

function wellFormed(html: string): {
  readonly markup: string;
  readonly head: string;
  readonly data: readonly string[];
} {
  const data: string[] = [];
  // Whether each open element was written.
  const open: boolean[] = [];
  let markup = '';
  let depth = 0;
  let skipped = 0;
  let script = '';
  let linked = false;
  let head = '';
  let title = '';
  let titled = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (SKIPPED.has(name)) {
          skipped += 1;
          linked = name === 'script' && /ld\+json/i.test(attributes['type'] ?? '');
          script = '';
          return;
        }
        if (skipped > 0) return;
        const written = !OUTER.has(name) && depth < DEEPEST && /^[a-z][a-z0-9-]*$/.test(name);
        if (VOID.has(name)) {
          const tag = `<${name}${attributesOf(attributes)}/>`;
          if (HEAD.has(name)) head += tag;
          else if (written) markup += tag;
          return;
        }
        open.push(written);
        titled = name === 'title' && title === '';
        if (!written) return;
        depth += 1;
        markup += `<${name}${attributesOf(attributes)}>`;
      },
      ontext(text) {
        if (titled) title += escaped(text);
        else if (skipped === 0) markup += escaped(text);
        else if (linked) script += text;
      },
      onclosetag(name) {
        if (SKIPPED.has(name)) {
          skipped = Math.max(0, skipped - 1);
          if (linked) data.push(script);
          linked = false;
          return;
        }
        titled = false;
        if (skipped > 0 || VOID.has(name) || open.pop() !== true) return;
        depth -= 1;
        markup += `</${name}>`;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return { markup, head: `<title>${title}</title>${head}`, data };
}

/** Elements of the head, wherever they stand. */
const HEAD = new Set(['meta', 'link', 'base']);
/** Written once around everything, or not at all. */
const OUTER = new Set(['html', 'head', 'body', 'title']);

function attributesOf(attributes: Readonly<Record<string, string>>): string {
  let written = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (READ.has(name)) written += ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`;
    else if (name === 'style' && HIDING.test(value)) written += ' style="display:none"';
  }
  return written;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
