import { STATUSES } from '../../events/ontology.ts';
import type { Claim, Reading } from '../../events/reading.ts';
import { disagreementWords, outletWords } from '../../record/brief.ts';
import { compareReports } from '../../record/compare.ts';
import { type Event, type EventClaim, placedOn } from '../../record/event.ts';
import { actOf, dateOf, headlineOf, tailOf, whoOf } from '../../record/headline.ts';
import { whenWords } from '../../record/words.ts';
import { comparisonTable } from '../compare.ts';
import { escapeHtml } from '../escape.ts';
import { type Block, htmlOf } from '../layout.ts';
import { LIT_ROLES, litSpans, litText } from './lit.ts';

/** What stands on the timeline page besides its events. */
export interface TimelinePage {
  readonly events: readonly Event[];
  /** Events that fit in all, of which `events` is one page. */
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
  readonly documents: number;
  /** Types of act in the record. */
  readonly types: readonly string[];
  readonly issues: readonly string[];
  /** Party codes and names, for the two lists of sides. */
  readonly parties: readonly (readonly [party: string, name: string])[];
  /** The query as it came, to fill the form again. */
  readonly query: URLSearchParams;
}

/** The timeline with its filter. */
export function timelinePage(page: TimelinePage): string {
  const { events, total, query } = page;
  const sides = query.getAll('between').filter((side) => side !== '');
  const briefLink =
    sides.length === 2
      ? `<p><a href="/brief/${encodeURIComponent(sides[0]!)}/${encodeURIComponent(sides[1]!)}">Brief on these two</a></p>`
      : '';
  return pageHtml(
    'Timeline',
    `${page.documents} documents`,
    [
      filterForm(page),
      briefLink,
      `<p class="soft">${total === 0 ? 'No events fit.' : `${total} ${total === 1 ? 'event' : 'events'}`}</p>`,
      ...yearsOf(events).map(
        ([year, group]) =>
          `<h2>${escapeHtml(year)}</h2>\n<ol class="timeline">\n${group.map(entryHtml).join('\n')}\n</ol>`,
      ),
      pageLinks(page),
    ].join('\n'),
  );
}

/** One event: its headline, the reports side by side, and the words of each, with links to where they stand. */
export function eventPage(event: Event): string {
  const when = dateOf(event);
  return pageHtml(
    headlineOf(event),
    '',
    [
      `<p class="soft">${escapeHtml(when)} · ${statusChip(event)} ${escapeHtml(event.type)} · CAMEO ${escapeHtml(event.cameo)}</p>`,
      `<h1>${escapeHtml(headlineOf(event))}</h1>`,
      event.disagreements.length === 0
        ? ''
        : `<p><span class="chip warn">reports disagree</span> ${escapeHtml(disagreementWords(event))}</p>`,
      '<h2>The reports side by side</h2>',
      `<div class="scroll" tabindex="0">${htmlOf([comparisonTable(compareReports(event))])}</div>`,
      '<h2>The words behind it</h2>',
      `<ul class="quotes">${event.claims.map((claim) => quoteHtml(event, claim, true)).join('\n')}</ul>`,
    ].join('\n'),
  );
}

/** A document with the words of its claims lit up: of one event's claims when `event` is given, else of all. */
export function documentPage(reading: Reading, events: readonly Event[], event: Event | undefined): string {
  const { document } = reading;
  const chosen = new Set(event?.claims.filter((claim) => claim.document === document.id).map((claim) => claim.claim));
  const claims = reading.claims.filter((claim) => event === undefined || chosen.has(claim.id));
  const eventOf = (claim: Claim) =>
    events.find((one) => one.claims.some((told) => told.document === document.id && told.claim === claim.id));
  const meta = [
    document.outlet === null
      ? 'unknown outlet'
      : `${document.outlet.name}${document.outlet.kind === 'official' ? ' (official)' : ''}`,
    document.published === null
      ? 'undated'
      : whenWords({ earliest: document.published.from, latest: document.published.to }),
  ].map(escapeHtml);
  if (document.url !== null && /^https?:\/\//i.test(document.url)) {
    meta.push(`<a href="${escapeHtml(document.url)}" rel="noreferrer noopener">original</a>`);
  }
  const path = `/documents/${document.id}`;
  return pageHtml(
    document.title ?? 'Untitled document',
    '',
    [
      `<h1>${escapeHtml(document.title ?? 'Untitled document')}</h1>`,
      `<p class="soft">${meta.join(' · ')}</p>`,
      `<p class="legend">${LIT_ROLES.map((role) => `<mark class="${role}">${role}</mark>`).join(' ')}${document.removed.length === 0 ? '' : ' <del>left out</del>'}</p>`,
      event === undefined
        ? ''
        : `<p>Lit up: <a href="/events/${event.id}">${escapeHtml(headlineOf(event))}</a>. <a href="${path}">Light up all</a></p>`,
      '<div class="reader">',
      // Kept on one line: the text is shown with its own line breaks.
      `<div class="text">${litText(document.text, litSpans(reading, claims))}</div>`,
      '<aside aria-label="Claims"><ol>',
      ...reading.claims.map((claim) => {
        const of = eventOf(claim);
        const target = event === undefined || chosen.has(claim.id) ? `#${claim.id}` : `${path}#${claim.id}`;
        const line = of === undefined ? claim.event : `${whoOf(of)}: ${actOf(of)}`;
        const more = of === undefined || of === event ? '' : ` · <a href="/events/${of.id}">event</a>`;
        return `<li><a href="${escapeHtml(target)}">${escapeHtml(line)}</a><small>${escapeHtml(claim.status)}${more}</small></li>`;
      }),
      '</ol></aside></div>',
    ].join('\n'),
  );
}

/** A page made of blocks, in the frame of the site. */
export function blocksPage(title: string, blocks: readonly Block[]): string {
  return pageHtml(title, '', htmlOf(blocks));
}

/** A page that says why there is none. */
export function errorPage(title: string, text: string): string {
  return pageHtml(
    title,
    '',
    `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)} <a href="/">To the timeline</a></p>`,
  );
}

function pageHtml(title: string, note: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Readout</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header class="top"><div><a class="home" href="/">Readout</a><span class="note">${escapeHtml(note)}</span></div></header>
<main>
${main}
</main>
</body>
</html>
`;
}

function filterForm({ query, types, issues, parties }: TimelinePage): string {
  const between = query.getAll('between');
  const side = (label: string, chosen: string | undefined) =>
    select(label, 'between', [['', 'anyone'], ...parties], chosen ?? '');
  const options = (values: readonly string[]): [string, string][] => [
    ['', 'any'],
    ...values.map((value): [string, string] => [value, value]),
  ];
  const date = (label: string, name: string) =>
    `<label>${label}<input type="date" name="${name}" value="${escapeHtml(query.get(name) ?? '')}"></label>`;
  return [
    '<form class="filter" method="get" action="/">',
    side('One side', between[0]),
    side('Other side', between[1]),
    date('From', 'from'),
    date('To', 'to'),
    select('Type', 'type', options(types), query.get('type') ?? ''),
    select('Issue', 'issue', options(issues), query.get('issue') ?? ''),
    select('Status', 'status', options(STATUSES), query.get('status') ?? ''),
    '<button>Show</button>',
    '</form>',
  ].join('\n');
}

function select(label: string, name: string, options: readonly (readonly [string, string])[], chosen: string): string {
  const inside = options.map(
    ([value, text]) =>
      `<option value="${escapeHtml(value)}"${value === chosen ? ' selected' : ''}>${escapeHtml(text.length > 60 ? `${text.slice(0, 60)}…` : text)}</option>`,
  );
  return `<label>${label}<select name="${name}">${inside.join('')}</select></label>`;
}

function yearsOf(events: readonly Event[]): readonly (readonly [string, readonly Event[]])[] {
  const years = new Map<string, Event[]>();
  for (const event of events) {
    const year = placedOn(event)?.slice(0, 4) ?? 'Date unknown';
    years.set(year, [...(years.get(year) ?? []), event]);
  }
  return [...years];
}

function entryHtml(event: Event): string {
  // The year stands above, but not above the undated.
  const when = placedOn(event) === null ? dateOf(event) : dateOf(event).replace(/ \d{4}$/, '');
  const documents = new Set(event.claims.map((claim) => claim.document)).size;
  const disagree =
    event.disagreements.length === 0
      ? ''
      : ` <span class="chip warn">reports disagree on ${[...new Set(event.disagreements.map(({ field }) => field))].join(', ')}</span>`;
  return `<li class="${event.status.settled ?? 'happened'}"><div class="date">${escapeHtml(when)}</div><div class="dot"></div><div class="entry">
<div class="entry-head"><a href="/events/${event.id}">${escapeHtml(whoOf(event))}: <b>${escapeHtml(actOf(event))}</b>${escapeHtml(tailOf(event))}</a> ${statusChip(event)}${disagree}</div>
<details><summary>${documents === 1 ? '' : `${documents} documents: `}${escapeHtml(outletWords(event))}</summary><ul class="quotes">
${event.claims.map((claim) => quoteHtml(event, claim, false)).join('\n')}
</ul></details></div></li>`;
}

function quoteHtml(event: Event, claim: EventClaim, withReason: boolean): string {
  const at = claim.evidence.trigger.from - claim.evidence.sentence.from;
  const words =
    at < 0 || at + claim.trigger.length > claim.sentence.length
      ? escapeHtml(claim.sentence)
      : `${escapeHtml(claim.sentence.slice(0, at))}<mark class="trigger">${escapeHtml(claim.trigger)}</mark>${escapeHtml(claim.sentence.slice(at + claim.trigger.length))}`;
  const by =
    claim.saidBy.length === 0 ? '' : `, citing ${escapeHtml(claim.saidBy.map((speaker) => speaker.name).join(', '))}`;
  const link = `/documents/${claim.document}?event=${event.id}#${encodeURIComponent(claim.claim)}`;
  const reason = withReason ? `<small>${escapeHtml(claim.status)} · ${escapeHtml(claim.reason.text)}</small>` : '';
  return `<li><q>${words}</q><small><a href="${link}">${escapeHtml(claim.outlet ?? 'unknown outlet')}, ${claim.published?.from ?? 'undated'}</a>${by}</small>${reason}</li>`;
}

function statusChip(event: Event): string {
  return event.status.settled === null || event.status.settled === 'happened'
    ? ''
    : `<span class="chip">${event.status.settled}</span>`;
}

function pageLinks({ page, pageCount, query }: TimelinePage): string {
  if (pageCount <= 1) return '';
  const link = (to: number, text: string) => {
    const next = new URLSearchParams(query);
    next.set('page', String(to));
    return `<a href="/?${escapeHtml(next.toString())}">${text}</a>`;
  };
  return `<nav class="pages" aria-label="Pages">${page > 1 ? link(page - 1, 'Earlier') : ''}<span>Page ${page} of ${pageCount}</span>${page < pageCount ? link(page + 1, 'Later') : ''}</nav>`;
}
