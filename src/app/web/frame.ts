import { type Html, html, type Part } from './html.ts';

/** The places of the site that every page leads to, by the beginning of their addresses. */
export const PLACES = [
  ['/', 'Home'],
  ['/timeline', 'Timeline'],
  ['/brief', 'Brief'],
  ['/search', 'Search'],
  ['/map', 'Map'],
  ['/network', 'Network'],
  ['/issues', 'Issues'],
  ['/documents', 'Documents'],
  ['/review', 'Review'],
  ['/try/', 'Try it'],
] as const;

/** A page of the site. */
export interface Page {
  readonly title: string;
  /** The place that the page belongs to. */
  readonly place: (typeof PLACES)[number][0] | null;
  readonly main: Part;
  /** The same in other forms: `[['JSON', '/timeline.json?…'], …]`. */
  readonly forms?: readonly (readonly [name: string, address: string])[];
  /** What the page is answered with (default: 200). */
  readonly status?: number;
  /** Modules of `client/` that the page is better with; it works without. */
  readonly scripts?: readonly string[];
}

/** A whole page of the site, as text. */
export function framed({ title, place, main, forms = [], scripts = [] }: Page): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Readout</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${scripts.map((name) => html`<script type="module" src="/client/${name}.js"></script>\n`)}</head>
<body>
<a class="skip" href="#main">To the page</a>
<header class="top"><div>
<a class="home" href="/">Readout</a>
<nav aria-label="Site"><ul>${PLACES.map(([address, name]) => placeLink(address, name, place))}</ul></nav>
<form class="find" action="/search" role="search"><label class="unseen" for="find">Search</label><input id="find" type="search" name="words" placeholder="Search" maxlength="300"></form>
</div></header>
<main id="main">
${main}
${forms.length > 0 && html`<p class="forms">This page as ${forms.map(([name, address], i) => html`${i > 0 && ' · '}<a href="${address}">${name}</a>`)}</p>`}
</main>
</body>
</html>
`;
  return page.text;
}

function placeLink(address: string, name: string, place: Page['place']): Html {
  // A chronology begins long ago, and who looks in begins with what is new.
  const first = address === '/timeline' ? '/timeline?newestFirst=true' : address;
  return html`<li><a href="${first}"${address === place && html` aria-current="page"`}>${name}</a></li>`;
}
