import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { demand } from '../http/gate.ts';
import { HttpError, type Problem } from '../http/problem.ts';
import type { CallVariables, Site } from '../http/site.ts';
import { addActorPages } from './actors.ts';
import { settledAddress } from './asked.ts';
import { addBriefPages } from './briefs.ts';
import { addDocumentPages } from './documents.ts';
import { addDyadPages } from './dyads.ts';
import { addEventPages } from './events.ts';
import { FIGURES_STYLE } from './figures.css.ts';
import { framed } from './frame.ts';
import { addHomePages } from './homes.ts';
import { html } from './html.ts';
import { addIssuePages } from './issues.ts';
import { addListPages } from './lists.ts';
import { addMapPages } from './maps.ts';
import { addNetworkPages } from './networks.ts';
import { PAGES_STYLE } from './pages.css.ts';
import { addReviewPages } from './reviews.ts';
import { addSearchPages } from './searches.ts';
import type { AddPage, PageCall, Show } from './show.ts';
import { STYLE } from './style.ts';
import { addTimelinePages } from './timelines.ts';
import { addTryPages } from './tries.ts';

const PAGES: readonly AddPage[] = [
  addHomePages,
  addTimelinePages,
  addSearchPages,
  addEventPages,
  addDocumentPages,
  addBriefPages,
  addActorPages,
  addDyadPages,
  addMapPages,
  addNetworkPages,
  addIssuePages,
  addListPages,
  addReviewPages,
  addTryPages,
];

/** All pages of the site, its style and its scripts. */
export function addPages(app: Hono<CallVariables>, site: Site): void {
  const show: Show = async (call, make) => {
    const visitor = call.get('visitor');
    demand(visitor, 'read');
    const address = await settledAddress(call.req.url, site.store);
    if (address !== undefined) return call.redirect(address, 302);
    return site.replies.give(call.req.raw, [...visitor.rights].sort().join(' '), async () => {
      const page = await make();
      if (page === undefined) {
        throw new HttpError(404, 'address', 'The record holds nothing at this address.');
      }
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      return new Response(framed(page), { status: page.status ?? 200, headers });
    });
  };
  for (const add of PAGES) add(app, site, show);
  app.get('/style.css', (call) => asset(call, SHEET, 'text/css; charset=utf-8'));
  app.get('/icon.svg', (call) => asset(call, ICON, 'image/svg+xml'));
  app.get('/client/:name{[a-z]+\\.js}', (call) => {
    const script = clientScript(call.req.param('name')!);
    if (script === undefined) throw new HttpError(404, 'address', 'There is no such script.');
    return asset(call, script, 'text/javascript; charset=utf-8');
  });

  function asset(call: PageCall, content: string, type: string): Promise<Response> {
    return site.replies.give(
      call.req.raw,
      'all',
      async () => new Response(content, { headers: { 'content-type': type } }),
    );
  }
}

/** A page that says what went wrong. */
export function problemPage({ title, status, detail }: Problem): string {
  return framed({
    title,
    place: null,
    main: html`<h1>${title}</h1>\n<p>${detail}</p>
${status === 404 && html`<form class="filter" action="/search"><label class="words">Look for its words<input type="search" name="words" maxlength="300"></label><button>Search</button></form>`}
<p><a href="/">To the beginning</a> · <a href="/timeline?newestFirst=true">the timeline</a> · <a href="/documents">the documents</a></p>`,
  });
}

/** The style sheet as it goes over the wire: without comments, and without blanks that say nothing. */
const SHEET = (STYLE + PAGES_STYLE + FIGURES_STYLE)
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/\s+/g, ' ')
  .replace(/ ?([{};]) ?/g, '$1')
  .replaceAll(';}', '}');

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1d4e79"/><path d="M4 4h8M4 8h8M4 12h5" stroke="#fff" stroke-width="1.6"/></svg>';

/** A script of `client/`, as `npm run build` left it in `dist`. */
function clientScript(name: string): string | undefined {
  try {
    return readFileSync(new URL(`../../../dist/client/${name}`, import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}
