import { type Event, type EventClaim, placedOn } from '../../record/event.ts';
import type { EventFilter } from '../../record/find.ts';
import { headlineOf } from '../../record/headline.ts';
import { momentOf } from '../../record/hours.ts';
import { dayKey } from '../../record/marks.ts';
import type { Store } from '../../record/store.ts';
import { wordsAddress } from './addresses.ts';
import { shortDate } from './dates.ts';
import { sourceName, statusChip } from './events.ts';
import { type Html, html } from './html.ts';

/** Documents that a line names before it says how many more there are. */
const SOURCES_SHOWN = 3;

/** Events as lines: when, what, and by whom it is told, each a step away from the words. */
export function eventLines(events: readonly Event[]): Html {
  return html`<ul class="lines">${events.map((event) => eventLine(event))}</ul>`;
}

function eventLine(event: Event): Html {
  const fields = [...new Set(event.disagreements.map(({ field }) => field))].join(', ');
  return html`<li><span class="when">${shortDate(momentOf(event))}</span><div><a href="/events/${event.id}">${headlineOf(event)}</a> ${statusChip(event)}${fields !== '' && html` <span class="chip warn">reports disagree on ${fields}</span>`}
<small>${sourcesOf(event)}</small></div></li>
`;
}

function sourcesOf(event: Event): readonly Html[] {
  const claims = new Map<string, EventClaim>();
  for (const claim of event.claims) if (!claims.has(claim.document)) claims.set(claim.document, claim);
  const links = [...claims.values()]
    .slice(0, SOURCES_SHOWN)
    .map((claim, i) => html`${i > 0 && ' · '}<a href="${wordsAddress(event, claim)}">${sourceName(claim)}</a>`);
  return claims.size <= SOURCES_SHOWN ? links : [...links, html` and ${claims.size - SOURCES_SHOWN} more`];
}

/** Events in the order of the newest first; those without any day are left out. */
export async function newestEvents(store: Store, filter: EventFilter, limit: number): Promise<readonly Event[]> {
  return (await store.page(filter, { limit, newestFirst: true, after: dayKey(null) })).events;
}

/** `1 event`, `more than 20,000 events`. */
export function countWords(events: number, complete = true): string {
  return `${complete ? '' : 'more than '}${events.toLocaleString('en-US')} event${events === 1 ? '' : 's'}`;
}

/** `1 claim`, `12 claims`; `tells of no event`. */
export function claimWords(claims: number): string {
  return claims === 0 ? 'tells of no event' : `${claims.toLocaleString('en-US')} claim${claims === 1 ? '' : 's'}`;
}

/** What a page says that has nothing to show: what to do with an empty record, or how to ask for less. */
export async function nothingWords(store: Store, kind: 'events' | 'documents', path: string): Promise<Html> {
  if ((await store.countDocuments()) === 0) {
    return html`<p class="soft">The record is empty. <a href="/">Add a report</a>, or a folder of them with <code>readout add reports/</code>.</p>`;
  }
  return html`<p class="soft">No ${kind} fit. <a href="${path}">Show all</a></p>`;
}

/** Events of several questions as one list, each once, the newest first, undated ones last. */
function newestOf(lists: readonly (readonly Event[])[], limit: number): readonly Event[] {
  const events = new Map(lists.flat().map((event) => [event.id, event]));
  const day = (event: Event) => placedOn(event) ?? '';
  return [...events.values()]
    .sort((a, b) => (day(a) < day(b) ? 1 : day(a) > day(b) ? -1 : a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

/** What is common, as a list with counts and bars: each value leads somewhere. */
export function countList(
  rows: readonly { readonly name: string; readonly address: string; readonly events: number }[],
): Html {
  const most = Math.max(1, ...rows.map(({ events }) => events));
  return html`<ol class="counts">${rows.map(
    ({ name, address, events }) =>
      html`<li><a href="${address}">${name}</a><span class="number">${events.toLocaleString('en-US')}</span>${shareBar(events / most)}</li>`,
  )}</ol>`;
}

/** The newest events of any of some filters. */
export async function newestOfAny(
  store: Store,
  filters: readonly EventFilter[],
  limit: number,
): Promise<readonly Event[]> {
  const lists: (readonly Event[])[] = [];
  for (const filter of filters) lists.push(await newestEvents(store, filter, limit));
  return newestOf(lists, limit);
}

/** A thin bar as long as a share of the whole, from 0 to 1. */
function shareBar(share: number): Html {
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(1, share * 100).toFixed(1)}" height="4"/></svg>`;
}
