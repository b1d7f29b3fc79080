import { outletWords } from '../../record/brief.ts';
import { type Event, placedOn } from '../../record/event.ts';
import { actOf, dateOf, tailOf, whoOf } from '../../record/headline.ts';
import { quoteItem, statusChip } from './events.ts';
import { type Html, html } from './html.ts';
import type { AddPage } from './site.ts';

const EVENTS_A_PAGE = 100;

/** `/` and `/timeline`: the chronology, a page of it at a time. */
export const addTimelinePages: AddPage = (app, { store }, show) => {
  for (const path of ['/', '/timeline']) {
    app.get(path, (call) =>
      show(call, async () => {
        const after = call.req.query('after');
        const { events, next } = await store.page({}, { limit: EVENTS_A_PAGE, ...(after ? { after } : {}) });
        return {
          title: 'Timeline',
          place: path as '/',
          main: html`<h1>Timeline</h1>
${events.length === 0 && html`<p class="soft">No events fit.</p>`}
${timelineList(events)}
${next !== null && html`<nav class="pages" aria-label="Pages"><a href="${path}?after=${encodeURIComponent(next)}">Later</a></nav>`}`,
        };
      }),
    );
  }
};

/** Events as a chronology: a heading a year, a line an event, the words behind it one click away. */
export function timelineList(events: readonly Event[]): readonly Html[] {
  const years = new Map<string, Event[]>();
  for (const event of events) {
    const year = placedOn(event)?.slice(0, 4) ?? 'Date unknown';
    years.set(year, [...(years.get(year) ?? []), event]);
  }
  return [...years].map(
    ([year, group]) =>
      html`<h2>${year}</h2>\n<ol class="timeline">\n${group.map((event) => timelineItem(event, year))}\n</ol>`,
  );
}

function timelineItem(event: Event, year: string): Html {
  const when = dateOf(event);
  const documents = new Set(event.claims.map((claim) => claim.document)).size;
  const fields = [...new Set(event.disagreements.map(({ field }) => field))].join(', ');
  return html`<li class="${event.status.settled ?? 'happened'}"><div class="date">${when.endsWith(` ${year}`) ? when.slice(0, -5) : when}</div><div class="dot"></div><div class="entry">
<div class="entry-head"><a href="/events/${event.id}">${whoOf(event)}: <b>${actOf(event)}</b>${tailOf(event)}</a> ${statusChip(event)}${fields !== '' && html` <span class="chip warn">reports disagree on ${fields}</span>`}</div>
<details><summary>${documents > 1 && `${documents} documents: `}${outletWords(event)}</summary><ul class="quotes">
${event.claims.map((claim) => quoteItem(event, claim, { reason: false }))}
</ul></details></div></li>`;
}
