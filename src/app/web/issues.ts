import type { Event, EventClaim } from '../../record/event.ts';
import { headlineOf } from '../../record/headline.ts';
import { momentOf } from '../../record/hours.ts';
import type { Store } from '../../record/store.ts';
import { cell } from '../layout.ts';
import { shortDate } from './dates.ts';
import { quoteItem, statusChip } from './events.ts';
import { addAddress, asJson, tableForms } from './forms.ts';
import { type Html, html } from './html.ts';
import { countWords, newestEvents } from './lines.ts';
import { namesOfParties } from './names.ts';
import { remembered } from './remembered.ts';
import type { AddPage } from './show.ts';

/** An issue, and what was last said about it. */
export interface IssueView {
  readonly issue: string;
  readonly events: number;
  /** The newest words of different sides, the newest first. */
  readonly words: readonly { readonly side: string; readonly name: string; readonly event: Event }[];
}

/** A page of the issues, the most frequent first. */
export interface IssuesView {
  readonly issues: readonly IssueView[];
  readonly all: number;
  /** The number of the next page; none after the last. */
  readonly next: number | null;
}

const ISSUES_A_PAGE = 20;
/** The newest events of an issue that are looked through for words. */
const LOOKED_AT = 30;
const SIDES = 3;
const SPOKEN = new Set(['SUPPORT', 'CONCEDE', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'AGREE']);

/** `/issues`: what it is all about, and the latest words of each side. */
export const addIssuePages: AddPage = (app, site, show) => {
  addAddress<IssuesView>(app, site, show, {
    path: '/issues',
    load: async (call) => {
      const page = Math.max(1, Math.trunc(Number(call.req.query('page') ?? 1)) || 1);
      return remembered(site.store, `issues ${page}`, () => loadIssues(site.store, page));
    },
    page: (view) => ({ title: 'Issues', place: '/issues', main: issuesMain(view) }),
    forms: {
      json: asJson,
      ...tableForms('Issues', ['issue', 'events'], async () =>
        (await site.store.issues()).map(({ issue, events }) => [cell(issue), cell(String(events))]),
      ),
    },
  });
};

async function loadIssues(store: Store, page: number): Promise<IssuesView> {
  const all = await store.issues();
  const from = (page - 1) * ISSUES_A_PAGE;
  const issues: IssueView[] = [];
  for (const { issue, events } of all.slice(from, from + ISSUES_A_PAGE)) {
    const words: { side: string; event: Event }[] = [];
    for (const event of await newestEvents(store, { issue }, LOOKED_AT)) {
      const side = event.actors[0]?.value.party;
      if (side === undefined || !SPOKEN.has(event.type) || words.some((one) => one.side === side)) continue;
      words.push({ side, event });
      if (words.length === SIDES) break;
    }
    const names = await namesOfParties(
      store,
      words.map(({ side }) => side),
    );
    issues.push({ issue, events, words: words.map((one) => ({ ...one, name: names.get(one.side) ?? one.side })) });
  }
  return { issues, all: all.length, next: from + ISSUES_A_PAGE < all.length ? page + 1 : null };
}

function issuesMain({ issues, all, next }: IssuesView): Html {
  const silent = issues.filter(({ words }) => words.length === 0);
  return html`<h1>Issues</h1>
<p class="soft">${all === 0 ? 'No event is about an issue yet.' : `${all} issue${all === 1 ? '' : 's'}, with the latest words of each side.`}</p>
${issues.filter(({ words }) => words.length > 0).map(({ issue, events, words }) => issueSection(issue, events, words))}
${silent.length > 0 && html`<section class="issue"><h2>Without words of a side</h2><p>${silent.map(({ issue, events }, i) => html`${i > 0 && ' · '}<a href="/timeline?issue=${encodeURIComponent(issue)}">${issue}</a> <small>${events.toLocaleString('en-US')}</small>`)}</p></section>`}
${next !== null && html`<nav class="pages" aria-label="Pages"><a href="/issues?page=${next}">More issues</a></nav>`}`;
}

function issueSection(issue: string, events: number, words: IssueView['words']): Html {
  return html`<section class="issue"><h2><a href="/timeline?issue=${encodeURIComponent(issue)}">${issue}</a> <small>${countWords(events)}</small></h2>
<div class="sides">${words.map(
    ({ name, event }) => html`<div><h3>${name}</h3>
<p><span class="soft">${shortDate(momentOf(event))}</span> · <a href="/events/${event.id}">${headlineOf(event)}</a> ${statusChip(event)}</p>
<ul class="quotes">${quoteItem(event, bestClaim(event), { reason: false })}</ul></div>
`,
  )}</div></section>
`;
}

/** The claim that was read most surely; among equals the latest. */
function bestClaim({ claims }: Event): EventClaim {
  return claims.reduce((best, claim) => (claim.confidence >= best.confidence ? claim : best));
}
