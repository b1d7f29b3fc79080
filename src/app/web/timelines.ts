import type { Status } from '../../events/ontology.ts';
import { outletWords } from '../../record/brief.ts';
import { countDays, countHours, type DayCount } from '../../record/days.ts';
import { type Event, placedOn } from '../../record/event.ts';
import type { EventFilter } from '../../record/find.ts';
import { actOf, dateOf, tailOf, whoOf } from '../../record/headline.ts';
import { timeOfEvent } from '../../record/hours.ts';
import { dayKey } from '../../record/marks.ts';
import { daysIn, EVER, type Period, toldPeriod } from '../../record/period.ts';
import type { Store } from '../../record/store.ts';
import { FORMATS } from '../export/formats.ts';
import { answer } from '../http/api.ts';
import { rawFromQuery } from '../http/ask.ts';
import { demand } from '../http/gate.ts';
import { timelineOperation } from '../timeline.ts';
import { addressWith } from './addresses.ts';
import { ASKED, askAgain, askedTitle, type FormOptions, filterAsked, filterForm } from './asked.ts';
import { quoteItem, statusChip } from './events.ts';
import type { Page } from './frame.ts';
import { histogram, hourHistogram } from './histograms.ts';
import { type Html, html } from './html.ts';
import { nothingWords } from './lines.ts';
import { narrowLinks, narrowsOf, totalWords } from './narrows.ts';
import { remembered } from './remembered.ts';
import type { AddPage } from './show.ts';

const PATH = '/timeline';
const EVENTS_A_PAGE = 50;
/** Claims of an event that a line holds; the page of the event has all. */
const QUOTES = 4;
const FORMS = ['csv', 'json', 'md'] as const;

/** `/timeline`: the chronology, a page of it at a time, and the same with `.csv`, `.json` and `.md`. */
export const addTimelinePages: AddPage = (app, site, show) => {
  app.get(PATH, (call) => show(call, async () => timelinePage(site.store, new URL(call.req.url).searchParams)));
  for (const form of FORMS) {
    app.get(`${PATH}.${form}`, (call) => {
      demand(call.get('visitor'), 'read');
      const query = new URL(call.req.url).searchParams;
      // The forms are of the whole view: a page of it has no end of its own.
      query.delete('after');
      return site.replies.give(call.req.raw, 'read', () =>
        answer(site, timelineOperation, rawFromQuery(timelineOperation, query), form),
      );
    });
  }
};

async function timelinePage(store: Store, given: URLSearchParams): Promise<Page> {
  // What the links of the page carry on is what the forms of the view take too.
  const query = questionIn(given, ['newestFirst', 'after']);
  const newestFirst = query.get('newestFirst') === 'true';
  const asked: FormOptions = { hidden: newestFirst ? [['newestFirst', 'true']] : [] };
  let filter: EventFilter;
  try {
    filter = await filterAsked(query, store);
  } catch (error) {
    return askAgain(error, { title: 'Timeline', path: PATH, query, store, form: asked });
  }
  const after = query.get('after') ?? undefined;
  const { events, next } = await pageOf(store, filter, { newestFirst, after });
  const facets = await narrowsOf(store, filter);
  const days = facets.complete
    ? facets.days
    : await remembered(store, `days ${JSON.stringify(filter)}`, () => countDays(store.engine, filter));
  const counted = Math.max(
    facets.total,
    days.reduce((sum, [, events]) => sum + events, 0),
  );
  const total = totalWords(counted, { complete: true, words: filter.words });
  const narrow = await narrowLinks(store, { path: PATH, query, facets, events });
  const order = addressWith(PATH, query, { newestFirst: newestFirst ? null : 'true', after: null });
  return {
    title: await askedTitle('Timeline', query, store),
    place: PATH,
    main: html`<h1>Timeline</h1>
${await filterForm(PATH, query, store, asked)}
${
  counted > 0 &&
  html`<div class="summary"><p><b>${total}</b> · ${newestFirst ? 'newest' : 'oldest'} first<span class="on-screen">, <a href="${order}">${newestFirst ? 'oldest' : 'newest'} first</a></span></p>
${narrow !== null && html`<a class="to-narrow" href="#narrow">Narrow down</a>`}
${exportLinks(query)}</div>`
}
${await lieInTime(store, query, filter, days)}
<div class="narrowed"><div class="found">
${events.length === 0 ? await nothingWords(store, 'events', PATH) : marksLegend()}
${timelineList(events)}
${pageLinks(PATH, query, after, next)}
</div>
${narrow}
</div>`,
    forms: FORMS.map((name) => [FORM_NAMES[name], addressWith(`${PATH}.${name}`, query, { after: null })] as const),
    scripts: ['timeline'],
  };
}

/** How the events of a view lie in time: by the hour where one day is asked for. */
async function lieInTime(
  store: Store,
  query: URLSearchParams,
  filter: EventFilter,
  days: readonly DayCount[],
): Promise<Html | null> {
  const { from, to } = filter;
  if (from === undefined || from !== to) return histogram(PATH, query, days);
  const hours = await remembered(store, `hours ${JSON.stringify(filter)}`, () =>
    countHours(store.engine, { ...filter, from, to }),
  );
  return hourHistogram(PATH, query, from, hours);
}

const FORM_NAMES = { csv: 'CSV', json: 'JSON', md: 'Markdown' } as const;

/** What an address asks, without blanks and what no page knows; `more` are names that a page has beside the filter's. */
export function questionIn(query: URLSearchParams, more: readonly string[]): URLSearchParams {
  return new URLSearchParams(
    [...query].flatMap(([name, value]): [string, string][] =>
      (ASKED.includes(name) || more.includes(name)) && value.trim() !== '' ? [[name, value.trim()]] : [],
    ),
  );
}

/**
 * A page of events in either order, with those of no day last in both. What comes `after` is a place in the chronology; those
 * of no day have places behind all days.
 */
export async function pageOf(
  store: Store,
  filter: EventFilter,
  {
    newestFirst,
    after,
    limit = EVENTS_A_PAGE,
  }: {
    readonly newestFirst: boolean;
    readonly after?: string | undefined;
    readonly limit?: number;
  },
): Promise<{ readonly events: readonly Event[]; readonly next: string | null }> {
  const noDay = dayKey(null);
  if (!newestFirst || after?.startsWith(noDay) === true) return store.page(filter, { limit, after });
  const dated = await store.page(filter, { limit, newestFirst, after: after ?? noDay });
  if (dated.next !== null) return dated;
  const left = limit - dated.events.length;
  if (left === 0) return { events: dated.events, next: noDay };
  const undated = await store.page(filter, { limit: left, after: noDay });
  return { events: [...dated.events, ...undated.events], next: undated.next };
}

/** Links to the next page, and back to the first. */
export function pageLinks(
  path: string,
  query: URLSearchParams,
  after: string | undefined,
  next: string | null,
): Html | null {
  if (after === undefined && next === null) return null;
  return html`<nav class="pages" aria-label="Pages">${after !== undefined && html`<a href="${addressWith(path, query, { after: null })}">First page</a>`}${next !== null && html`<a href="${addressWith(path, query, { after: next })}" rel="next">Next page</a>`}</nav>`;
}

/** The view in the formats of the field. */
function exportLinks(query: URLSearchParams): Html {
  const asked = new URLSearchParams(
    [...query].filter(([name, value]) => value !== '' && !['after', 'newestFirst'].includes(name)),
  );
  const links = FORMATS.map(({ name, files }) => {
    const addresses = files.map((file) =>
      addressWith('/api/v1/export', asked, { format: name, ...(files.length === 1 ? {} : { table: file.name }) }),
    );
    return html`<li>${name}: ${addresses.map((address, i) => html`${i > 0 && ', '}<a href="${address}" download>${files.length === 1 ? 'file' : files[i]!.name}</a>`)}</li>`;
  });
  return html`<details class="exports"><summary>Export exactly this view</summary><ul>${links}</ul></details>`;
}

/** The marks of the list, each by one of the looks that share it, and what has it. */
const MARKS: readonly (readonly [look: Status | 'long', words: string])[] = [
  ['happened', 'happened'],
  ['ongoing', 'ongoing'],
  ['planned', 'planned or hoped for'],
  ['threatened', 'threatened'],
  ['denied', 'denied or failed'],
  ['long', 'longer than a day'],
];

function marksLegend(): Html {
  return html`<ul class="marks" aria-label="Marks">${MARKS.map(([look, words]) => html`<li class="${look}"><span class="dot"></span>${words}</li>`)}</ul>`;
}

/** Events as a chronology: a heading a year, a line an event, the words behind it one click away. */
function timelineList(events: readonly Event[]): readonly Html[] {
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
  const time = timeOfEvent(event);
  const { claims } = event;
  const documents = new Set(claims.map((claim) => claim.document)).size;
  const fields = [...new Set(event.disagreements.map(({ field }) => field))].join(', ');
  const period = event.when.settled === null ? EVER : toldPeriod(event.when.settled);
  const isLong = daysIn(period) > 1 && (period.from !== EVER.from || period.to !== EVER.to);
  const looks = `${event.status.settled ?? 'happened'}${isLong ? ' long' : ''}`;
  return html`<li class="${looks}"><div class="date">${when === year ? when : when.replaceAll(` ${year}`, '')}${time && html`, ${time.words}`}${isLong && stretch(period, year)}</div><div class="dot"></div><div class="entry">
<div class="entry-head"><a href="/events/${event.id}">${whoOf(event)}: <b>${actOf(event)}</b>${tailOf(event)}</a> ${statusChip(event)}${fields !== '' && html` <span class="chip warn">reports disagree on ${fields}</span>`}</div>
<details><summary>${documents > 1 && `${documents} documents: `}${outletWords(event)}</summary><ul class="quotes">
${claims.slice(0, QUOTES).map((claim) => quoteItem(event, claim, { reason: false }))}
${claims.length > QUOTES && html`<li><a href="/events/${event.id}">${claims.length - QUOTES} more</a></li>`}
</ul></details></div></li>`;
}

const MONTH = 10;

/** Where in its year an event can lie, drawn over the twelve months: an end that is open or in another year has an arrow. */
function stretch({ from, to }: Period, year: string): Html {
  const placeOf = (day: string) => {
    const month = Number(day.slice(5, 7)) - 1;
    return (month + (Number(day.slice(8)) - 1) / 31) * MONTH;
  };
  const [before, beyond] = [from.slice(0, 4) < year, to.slice(0, 4) > year];
  const start = before ? 0 : placeOf(from);
  const end = beyond ? 12 * MONTH : Math.max(start + 3, placeOf(to) + MONTH / 31);
  return html`<svg class="stretch" viewBox="-6 0 132 8" aria-hidden="true"><path class="year" d="M0 4H120M0 1V7M30 2V6M60 2V6M90 2V6M120 1V7"/><rect x="${start.toFixed(1)}" y="1.5" width="${(end - start).toFixed(1)}" height="5" rx="1"/>${before && html`<path d="M-6 4L0 0V8Z"/>`}${beyond && html`<path d="M126 4L120 0V8Z"/>`}</svg>`;
}
