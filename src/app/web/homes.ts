import { busiestPairs } from '../../record/dyads.ts';
import { type Event, outletsOf } from '../../record/event.ts';
import { headlineOf } from '../../record/headline.ts';
import { momentOf } from '../../record/hours.ts';
import type { Arrival, Unread } from '../../record/intake.ts';
import { dayNumber } from '../../record/period.ts';
import type { Store } from '../../record/store.ts';
import { demand } from '../http/gate.ts';
import { sidesPath } from './addresses.ts';
import { publishedWords, shortDate } from './dates.ts';
import { keptAddress, sentDocument } from './dropped.ts';
import { statusChip } from './events.ts';
import { type Html, html, type Part } from './html.ts';
import { claimWords, countWords, eventLines } from './lines.ts';
import { namesOfParties } from './names.ts';
import { remembered } from './remembered.ts';
import type { AddPage } from './show.ts';
import { pageOf } from './timelines.ts';

/** What stands at the beginning. */
export interface HomeView {
  readonly documents: number;
  readonly events: number;
  readonly disputed: number;
  /** The reports that came last, the latest first. */
  readonly arrivals: readonly Arrival[];
  /** Events by their newest report, the latest first. */
  readonly news: readonly Event[];
  /** Of the last weeks of the record, those that most reports tell independently. */
  readonly stories: readonly Event[];
  /** What reports disagree on and nobody has looked at, the latest first. */
  readonly disagreements: readonly Event[];
  readonly unread: readonly Unread[];
  /** The states that have most to do with each other. */
  readonly pairs: readonly { readonly sides: readonly [string, string]; readonly names: readonly [string, string] }[];
}

const ARRIVALS = 6;
const NEWS = 12;
const STORIES = 6;
const DISAGREEMENTS = 6;
const UNREAD = 6;
const PAIRS = 3;
/** Events that are looked through for the largest, and of how many days before the last. */
const LOOKED_AT = 150;
const LATELY_DAYS = 21;

/** `/`: what is new, what it is about, what is open, and a form that takes a report. */
export const addHomePages: AddPage = (app, site, show) => {
  const { store, replies } = site;
  app.get('/', (call) =>
    show(call, async () => {
      const mayAdd = call.get('visitor').rights.has('write');
      return {
        title: 'Home',
        place: '/',
        main: homeMain(await homeOf(store), mayAdd),
        forms: [['JSON', '/home.json']],
        scripts: mayAdd ? ['drop'] : [],
      };
    }),
  );
  app.get('/home.json', (call) => {
    demand(call.get('visitor'), 'read');
    return replies.give(call.req.raw, 'read', async () => Response.json(await homeOf(store)));
  });
  app.post('/documents', async (call) => {
    demand(call.get('visitor'), 'write');
    return call.redirect(keptAddress(await sentDocument(site, call.req.raw)), 303);
  });
};

async function homeOf(store: Store): Promise<HomeView> {
  return remembered(store, 'home', async () => {
    const newest = await store.news(undefined, LOOKED_AT);
    return {
      documents: await store.countDocuments(),
      events: await store.count(),
      disputed: await store.count('disputed'),
      arrivals: await store.intake.latest(ARRIVALS),
      news: newest.slice(0, NEWS),
      stories: storiesOf(newest),
      disagreements: (
        await pageOf(store, { disputed: 'any', reviewed: false }, { newestFirst: true, limit: DISAGREEMENTS })
      ).events,
      unread: await store.intake.unread(UNREAD),
      pairs: await pairsOf(store),
    };
  });
}

async function pairsOf(store: Store): Promise<HomeView['pairs']> {
  const dyads = await busiestPairs(store.engine, PAIRS);
  const names = await namesOfParties(
    store,
    dyads.flatMap(({ one, two }) => [one, two]),
  );
  return dyads.map(({ one, two }) => ({ sides: [one, two], names: [names.get(one) ?? one, names.get(two) ?? two] }));
}

function storiesOf(newest: readonly Event[]): readonly Event[] {
  const toldLast = ({ claims }: Event) =>
    claims.reduce((last, { published }) => (published !== null && published.from > last ? published.from : last), '');
  const last = newest.map(toldLast).reduce((a, b) => (b > a ? b : a), '');
  return newest
    .filter((event) => {
      const day = toldLast(event);
      return event.origins > 1 && day !== '' && dayNumber(last) - dayNumber(day) <= LATELY_DAYS;
    })
    .sort((a, b) => b.origins - a.origins || b.claims.length - a.claims.length || (a.id < b.id ? -1 : 1))
    .slice(0, STORIES);
}

function homeMain(view: HomeView, mayAdd: boolean): Html {
  const { documents, events, disputed, arrivals, news, stories, disagreements, unread } = view;
  const count = (number: number, word: string) => `${number.toLocaleString('en-US')} ${word}${number === 1 ? '' : 's'}`;
  return html`<h1>The record</h1>
${documents > 0 && html`<p class="soft">${count(documents, 'document')} ${documents === 1 ? 'tells' : 'tell'} of <a href="/timeline?newestFirst=true">${countWords(events)}</a>${disputed > 0 && html`; reports disagree on <a href="/timeline?disputed=any&amp;newestFirst=true">${disputed.toLocaleString('en-US')}</a>`}.</p>`}
${
  documents === 0
    ? html`<p>The record is empty. From each report that it is given Readout keeps who did what to whom, when and where, and who says so, with the words of each.</p>
<p class="soft">Add a report here, a folder of them with <code>readout add reports/</code>, or follow feeds with <code>readout watch</code>; or <a href="/try/">try it</a> without keeping anything.</p>`
    : html`${waysList(view, mayAdd)}
<div class="two"><div>
${stories.length > 0 && html`<section><h2>Largest stories of the last weeks</h2><ul class="stories">${stories.map((event) => storyItem(event))}</ul></section>`}
<section><h2>Told last</h2>${eventLines(news)}<p><a href="/timeline?newestFirst=true">The timeline, newest first</a></p></section>
</div><div>
${disagreements.length > 0 && html`<section><h2>Open disagreements</h2><ul class="short">${disagreements.map((event) => html`<li><a href="/events/${event.id}">${headlineOf(event)}</a><small>${shortDate(momentOf(event))} · on ${fieldsOf(event)}</small></li>`)}</ul></section>`}
<section><h2>Came in last</h2><ul class="short">${arrivals.map((arrival) => arrivalItem(arrival))}</ul></section>
${unread.length > 0 && html`<section><h2>Could not be read</h2><ul class="short">${unread.map(({ url, problem, checked }) => html`<li><b>${url}</b><small>${problem}${checked !== null && ` · ${dayWords(checked)}`}</small></li>`)}</ul></section>`}
</div></div>`
}
${mayAdd ? html`<section id="add">${documents > 0 && html`<h2>Add a report</h2>`}${dropForm(documents === 0 ? 7 : 3)}</section>` : html`<p class="notice">You may look, and not add: open the address that <code>readout serve</code> prints to add a report.</p>`}`;
}

/** What one comes for, and where it begins. */
function waysList({ disputed, pairs }: HomeView, mayAdd: boolean): Html {
  const way = (
    address: string,
    name: string,
    more: Part,
  ) => html`<li><a href="${address}">${name}</a><small>${more}</small></li>
`;
  const briefs = pairs.map(
    ({ sides, names }) => html`<a href="/brief/${sidesPath(...sides)}">${names[0]} and ${names[1]}</a>, `,
  );
  return html`<ul class="ways">
${way('/brief', 'Prepare a meeting', html`the brief on ${briefs}${briefs.length > 0 && 'or '}any two sides`)}${way('/timeline?newestFirst=true', 'Catch up', html`the timeline, newest first; <a href="/issues">the issues</a>, with the last words of each side`)}${way('/review', 'Check', html`${disputed > 0 ? html`what reports disagree on and ` : ''}what was read least surely, one by one`)}${mayAdd && way('#add', 'Add a report', html`paste it below, or drop a file`)}</ul>`;
}

function fieldsOf(event: Event): string {
  return [...new Set(event.disagreements.map(({ field }) => field))].join(', ');
}

function storyItem(event: Event): Html {
  const outlets = outletsOf(event);
  const shown = outlets.slice(0, 4).join(', ');
  return html`<li><a href="/events/${event.id}">${headlineOf(event)}</a> ${statusChip(event)}<small>${shortDate(momentOf(event))} · ${event.origins} independent reports: ${shown}${outlets.length > 4 && ` and ${outlets.length - 4} more`}</small></li>`;
}

function arrivalItem({ id, title, outlet, added, claims }: Arrival): Html {
  return html`<li><a href="/documents/${id}">${title ?? 'Untitled document'}</a><small>${dayWords(added)} · ${outlet ?? 'unknown outlet'} · ${claimWords(claims)}</small></li>`;
}

/** The day of a moment, in short words. */
function dayWords(moment: string): string {
  const day = moment.slice(0, 10);
  return publishedWords({ from: day, to: day });
}

/** Takes a text, the address of a page, or a file. */
function dropForm(rows: number): Html {
  return html`<form class="drop" action="/documents" method="post" enctype="multipart/form-data">
<label class="wide">Paste a report, or its address<span data-help></span><textarea name="text" rows="${rows}" maxlength="2000000"></textarea></label>
<label class="file">or a file: text, HTML, PDF, feed, archive<input type="file" name="file"></label>
<label>Outlet, if it does not say<input name="outlet" maxlength="500"></label>
<label>Published, if it does not say<input type="date" name="published"></label>
<button>Read into the record</button>
<p class="problem" role="alert" hidden></p>
</form>`;
}
