import type { Status } from '../../events/ontology.ts';
import { compareReports, type Report } from '../../record/compare.ts';
import type { DisputedField, Event, EventClaim, Told } from '../../record/event.ts';
import { actorWords, headlineOf } from '../../record/headline.ts';
import { momentOf, toldWords } from '../../record/hours.ts';
import { isState } from '../../record/party.ts';
import type { KeptDecision } from '../../record/review.ts';
import type { Store } from '../../record/store.ts';
import type { ToldActor } from '../../record/telling.ts';
import { durationWords, figureWords, placeWords, whenWords } from '../../record/words.ts';
import type { Span } from '../../source/span.ts';
import { compareOperation } from '../compare.ts';
import { decisionsNamed, reviewLines } from '../decided.ts';
import { QUAD_NAMES } from '../filter.ts';
import { answer } from '../http/api.ts';
import { showOperation } from '../show.ts';
import { actorAddress, dyadAddress, wordsAddress } from './addresses.ts';
import { typeWords } from './asked.ts';
import { publishedWords } from './dates.ts';
import { type Again, correctForm, type Done, doneIn, doneWords, undoForm } from './decide.ts';
import { addAddress } from './forms.ts';
import type { Page } from './frame.ts';
import { type Html, html, type Part, trusted } from './html.ts';
import { LIT_ROLES, type LitRole, litText, ROLE_WORDS } from './lit.ts';
import { namesOfParties } from './names.ts';
import type { AddPage } from './show.ts';

/** `/events/ID`: every field with who tells it, the reports side by side (`.csv`), the words behind each. */
export const addEventPages: AddPage = (app, site, show) => {
  const { store } = site;
  const shown = (form: 'json' | 'md') => (event: Event) => answer(site, showOperation, { id: event.id }, form);
  addAddress<Event>(app, site, show, {
    path: '/events/:id',
    load: (_, id) => store.event(id),
    page: (event, call) =>
      eventPage(store, event, {
        mayReview: call.get('visitor').rights.has('review'),
        query: new URL(call.req.url).searchParams,
      }),
    forms: {
      json: shown('json'),
      md: shown('md'),
      csv: (event) => answer(site, compareOperation, { event: event.id }, 'csv'),
    },
  });
};

/** How the page of an event is asked for. */
interface EventAsked {
  /** True for whoever may decide: each claim then has its forms. */
  readonly mayReview: boolean;
  /** `correct`: a claim whose form is open; and what was just done (`doneIn`). */
  readonly query: URLSearchParams;
  readonly again?: Again;
}

/** The page of an event. */
export async function eventPage(store: Store, event: Event, asked: EventAsked): Promise<Page> {
  return {
    title: headlineOf(event),
    place: '/timeline',
    main: await eventMain(store, event, asked),
  };
}

async function eventMain(store: Store, event: Event, { mayReview, query, again }: EventAsked): Promise<Html> {
  const decisions = await decisionsNamed(
    store,
    event.claims.map(({ review }) => review),
  );
  const done = mayReview ? await doneIn(query, store) : null;
  const open = mayReview ? await openedForm(store, event, { claim: query.get('correct'), again }) : null;
  const names = await namesOfParties(store, event.parties.filter(isState));
  return html`<p class="soft">${momentOf(event)} ${statusChip(event)}</p>
<h1>${headlineOf(event)}</h1>
<p class="soft">${toldBy(event)} · <a href="/timeline?type=${encodeURIComponent(event.type)}">${typeWords(event.type)}</a> · ${QUAD_NAMES[event.quad - 1]!.replace('-', ' ')} · CAMEO ${event.cameo} · scale ${String(event.scale).replace('-', '−')}</p>
${!event.claims.some(({ id }) => id === query.get('of')) && doneNotice(event, query.get('of'), done)}
${event.disagreements.length > 0 && disagreementNotice(event)}
<h2>What is told</h2>
${fieldTable(event)}
${sideLinks(event, names)}
${comparison(event)}
<h2>The words behind it</h2>
<p class="legend">${LIT_ROLES.map((role) => html`<mark class="${role}">${ROLE_WORDS[role]}</mark> `)}</p>
<ol class="claims">${event.claims.map((claim) => claimItem(event, claim, { decisions, mayReview, open, notice: claim.id === query.get('of') ? doneNotice(event, claim.id, done) : null }))}</ol>`;
}

/** A form that corrects a claim of an event. */
interface OpenForm {
  readonly claim: string;
  readonly form: Html;
}

async function openedForm(
  store: Store,
  event: Event,
  { claim, again }: { readonly claim: string | null; readonly again: Again | undefined },
): Promise<OpenForm | null> {
  const kept = event.claims.some(({ id }) => id === claim) ? await store.claim(claim!) : undefined;
  if (kept === undefined) return null;
  const problem = again !== undefined && html`<p class="notice warn" role="alert">${again.problem}</p>`;
  const form = correctForm(kept.telling, decidedAt(event, kept.telling.id), again?.typed);
  return {
    claim: kept.telling.id,
    form: html`${problem}<details class="form" open><summary>Correct</summary>${form}<p><a href="/events/${event.id}#claim-${kept.telling.id}">Leave it as it is</a></p></details>`,
  };
}

/** What was just done, beside the claim that it was done to where that still stands here. */
function doneNotice(event: Event, of: string | null, done: Done | null): Html | null {
  if (done === null) return null;
  if (done === 'undone') return html`<p class="notice" role="status">Taken back.</p>`;
  const { claim, decisions } = done;
  const words = doneWords(decisions);
  const gone = html`<a href="/review?claim=${encodeURIComponent(claim)}">A claim</a> was ${words}.`;
  const ids = decisions.map(({ id }) => id);
  return html`<div class="notice" role="status"><p>${event.claims.some(({ id }) => id === of) ? `This was ${words}.` : gone}</p>
<div class="decide">${undoForm(ids, decidedAt(event, claim), html`<button class="quiet">Undo</button>`)}</div></div>`;
}

/** What a form says of the claim that it decides on, and of the page to come back to. */
function decidedAt(event: Event, claim: string): Html {
  return html`<input type="hidden" name="claim" value="${claim}"><input type="hidden" name="at" value="${event.id}">`;
}

/** The forms by which a claim is decided on where it stands. */
function decideForms(
  event: Event,
  claim: EventClaim,
  { open, undo }: { readonly open: OpenForm | null; readonly undo: boolean },
): Html {
  if (open?.claim === claim.id) return open.form;
  const hidden = decidedAt(event, claim.id);
  const of = `what ${claim.outlet ?? 'this report'} tells`;
  const button = (action: string, name: string) =>
    html`<form method="post" action="/review/${action}">${hidden}<button class="quiet" aria-label="${name} ${of}">${name}</button></form>`;
  const last = undo ? claim.review?.decisions.at(-1) : undefined;
  return html`<div class="decide">${claim.review?.verdict !== 'accepted' && button('accept', 'Accept')}${button('reject', 'Reject')}
<a href="/events/${event.id}?correct=${claim.id}#claim-${claim.id}" aria-label="Correct ${of}">Correct</a>
${last !== undefined && undoForm([last], hidden, html`<button class="quiet" aria-label="Undo the last decision on ${of}">Undo</button>`)}
<a href="/review?claim=${claim.id}" aria-label="Review ${of}, with its text">Review</a></div>`;
}

/** "told by 3 reports of 2 origins": a reprint has no voice of its own. */
function toldBy(event: Event): string {
  const reports = new Set(event.claims.map((claim) => claim.document)).size;
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `Told by ${count(reports, 'report')}${reports === event.origins ? '' : ` of ${count(event.origins, 'origin')}`}`;
}

/** What reports differ in, each value with the reports that tell it. */
function disagreementNotice(event: Event): Html {
  const values = ({ values }: Event['disagreements'][number]) =>
    values.map(
      ({ value, claims }, i) =>
        html`${i > 0 && '; or '}<b>${value}</b>, told by ${tellers(event, claims, { most: DISPUTING })}`,
    );
  return html`<div class="notice warn"><p><b>Reports disagree.</b></p>${event.disagreements.map((one) => html`<p>${one.field}: ${values(one)}</p>`)}</div>`;
}

/** Reports that are named for a value in dispute. */
const DISPUTING = 3;

/** Every field with its values, and who tells each: each outlet leads to its words. */
function fieldTable(event: Event): Html {
  const rows = <Value>(
    field: string,
    told: readonly Told<Value>[],
    wordsOf: (value: Value) => Part,
  ): readonly Html[] => {
    const isDisputed = event.disagreements.some((one) => one.field === (field as DisputedField));
    // "The week of 21 February" and "21 to 27 February" are one value for a reader.
    const values = new Map<string, { readonly words: Html; readonly claims: readonly string[] }>();
    for (const { value, claims } of told) {
      const words = html`${wordsOf(value)}`;
      values.set(words.text, { words, claims: [...(values.get(words.text)?.claims ?? []), ...claims] });
    }
    return [...values.values()].map(
      (
        { words, claims },
        i,
      ) => html`<tr><th scope="row">${i === 0 ? field : html`<span class="unseen">${field}</span>`}</th><td>${
        isDisputed ? html`<mark>${words}</mark>` : words
      }${isDisputed && i === 0 && html` <span class="chip warn">disputed</span>`}</td><td>${tellers(event, claims)}</td></tr>
`,
    );
  };
  const actor = (value: ToldActor) =>
    html`<a href="${personAddress(value)}">${actorWords(value)}</a>${value.office !== null && !value.name.toLowerCase().includes(value.office.toLowerCase()) && html` <small>${value.office}</small>`}`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Fields"><table class="told"><thead><tr><th scope="col">field</th><th scope="col">value</th><th scope="col">told by</th></tr></thead>
<tbody>${[
    ...rows('actors', event.actors, actor),
    ...rows('recipients', event.recipients, actor),
    ...rows('others', event.others, ({ role, actor: other }) => html`${actor(other)}, ${role}`),
    ...rows('when', event.when.told, toldWords),
    ...rows(
      'where',
      event.where.told,
      (place) => html`<a href="/map?place=${encodeURIComponent(placeWords(place))}">${placeWords(place)}</a>`,
    ),
    ...rows('status', event.status.told, String),
    ...rows('mode', event.mode, String),
    ...rows('medium', event.medium.told, String),
    ...rows('duration', event.duration.told, durationWords),
    ...rows(
      'issues',
      event.issues,
      (issue) => html`<a href="/timeline?issue=${encodeURIComponent(issue)}">${issue}</a>`,
    ),
    ...rows('figures', event.figures, figureWords),
    ...rows('context', event.context, (context) => context.replaceAll('_', ' ')),
  ]}</tbody></table></div>`;
}

/** The page of who is told of: one's own where one has a name, else that of the side. */
function personAddress({ kind, wikidata, party }: ToldActor): string {
  return actorAddress(kind === 'state' || wikidata === null ? party : wikidata);
}

const TELLERS = 6;

function tellers(event: Event, ids: readonly string[], { most = TELLERS }: { readonly most?: number } = {}): Part {
  const told = new Map<string, EventClaim>();
  for (const claim of event.claims) {
    if (ids.includes(claim.id) && !told.has(claim.document)) told.set(claim.document, claim);
  }
  // An outlet that tells it in several reports is named once, with the day of each.
  const outlets = new Map<string, EventClaim[]>();
  for (const claim of [...told.values()].slice(0, most)) {
    const outlet = claim.outlet ?? 'unknown outlet';
    outlets.set(outlet, [...(outlets.get(outlet) ?? []), claim]);
  }
  const link = (claim: EventClaim, words: string) => html`<a href="${wordsAddress(event, claim)}">${words}</a>`;
  const links = [...outlets].map(
    ([outlet, claims], i) =>
      html`${i > 0 && ', '}${
        claims.length === 1
          ? link(claims[0]!, outlet)
          : html`${outlet} (${claims.map((claim, j) => html`${j > 0 && ', '}${link(claim, publishedWords(claim.published))}`)})`
      }`,
  );
  return told.size <= most ? links : [...links, ` and ${told.size - most} more`];
}

const PAIRS = 6;

function sideLinks(event: Event, names: ReadonlyMap<string, string>): Html | null {
  const states = event.parties.filter(isState);
  const pairs = states.flatMap((one, i) => states.slice(i + 1).map((two) => [one, two] as const)).slice(0, PAIRS);
  const nameOf = (party: string) => names.get(party) ?? party;
  if (pairs.length === 0) return null;
  return html`<p class="paths">All that passed between ${pairs.map(([one, two], i) => html`${i > 0 && ' · '}<a href="${dyadAddress(one, two)}">${nameOf(one)} and ${nameOf(two)}</a>`)}</p>`;
}

/** A column a report, a row a field. */
function comparison(event: Event): Html {
  const { reports, fields } = compareReports(event);
  const head = (report: Report) =>
    html`<th scope="col"><a href="${wordsAddress(event, report.claims[0]!)}">${report.outlet}</a>${report.published !== null && html` <small>${whenWords({ earliest: report.published, latest: report.published })}</small>`}</th>`;
  // On paper no more columns can be read; all that they say stands above and below too.
  return html`<section${reports.length > ON_PAPER && html` class="on-screen"`}><h2>The reports side by side</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Reports side by side"><table class="compared"><thead><tr><td></td>${reports.map(head)}</tr></thead>
<tbody>${fields.map(
    ({ field, cells, disagrees, clashing }) =>
      html`<tr${field === 'words' && html` class="words"`}><th scope="row">${field}${disagrees && html` <span class="chip warn">disputed</span>`}</th>${cells.map((lines) => html`<td><div>${lines.map((line, i) => html`${i > 0 && html`<br>`}${clashing.includes(line) ? html`<mark>${line}</mark>` : line}`)}</div></td>`)}</tr>\n`,
  )}</tbody></table></div></section>`;
}

/** Reports that stand side by side on a sheet of paper. */
const ON_PAPER = 5;

function claimItem(
  event: Event,
  claim: EventClaim,
  {
    decisions,
    mayReview,
    open,
    notice,
  }: {
    readonly decisions: ReadonlyMap<string, KeptDecision>;
    readonly mayReview: boolean;
    readonly open: OpenForm | null;
    readonly notice: Html | null;
  },
): Html {
  const decided = reviewLines(claim.review, decisions);
  const sure = claim.certainty === 'asserted' ? '' : `, ${claim.certainty}`;
  return html`<li id="claim-${claim.id}"><p><q>${litSentence(claim, LIT_ROLES)}</q></p>
<p class="soft"><a href="${wordsAddress(event, claim)}">${sourceName(claim)}</a>${claim.outletKind === 'official' && ' (official)'}${citing(claim)}${claim.origin !== claim.document && html` · a copy of <a href="/documents/${claim.origin}">another report</a>`} · ${claim.status}${sure} · rule ${claim.rule}, confidence ${claim.confidence.toFixed(2)}</p>
<p class="soft">Why here: ${claim.reason.text}</p>
${claim.condition !== null && html`<p class="soft">if: <q>${claim.condition}</q></p>`}${claim.consequence !== null && html`<p class="soft">then: <q>${claim.consequence}</q></p>`}
${decided.length > 0 && html`<ul class="decided">${decided.map((line) => html`<li>${line}</li>`)}</ul>`}
${notice}${mayReview && decideForms(event, claim, { open, undo: notice === null })}</li>
`;
}

/** The words of one claim with its trigger lit, and where they stand. `reason` adds why the claim is in this event. */
export function quoteItem(event: Pick<Event, 'id'>, claim: EventClaim, { reason }: { readonly reason: boolean }): Html {
  return html`<li><q>${litSentence(claim)}</q><small><a href="${wordsAddress(event, claim)}">${sourceName(claim)}</a>${citing(claim)}</small>${reason && html`<small>${claim.status} · ${claim.reason.text}</small>`}</li>`;
}

/** Who told a claim, and when: `Harbour Post, 17 Jun 2021`. */
export function sourceName({ outlet, published }: EventClaim): string {
  return `${outlet ?? 'unknown outlet'}, ${publishedWords(published)}`;
}

function citing({ saidBy }: EventClaim): string {
  return saidBy.length === 0 ? '' : `, citing ${saidBy.map((speaker) => speaker.name).join(', ')}`;
}

const LONGEST = 600;

/** The sentence of a claim with its words lit, by default those of the act; where it is long, what stands around that. */
function litSentence({ sentence, trigger, evidence }: EventClaim, roles: readonly LitRole[] = ['trigger']): Html {
  const at = evidence.trigger.from - evidence.sentence.from;
  const isThere = at >= 0 && at + trigger.length <= sentence.length;
  if (!isThere) return html`${sentence.length > LONGEST ? `${sentence.slice(0, LONGEST)} …` : sentence}`;
  // A page that was read as one sentence would fill the list.
  const from = sentence.length <= LONGEST ? 0 : Math.max(0, at - LONGEST / 2);
  const to =
    sentence.length <= LONGEST ? sentence.length : Math.min(sentence.length, at + trigger.length + LONGEST / 2);
  const spansOf = (role: LitRole): readonly Span[] =>
    role === 'trigger'
      ? [{ from: evidence.sentence.from + at, to: evidence.sentence.from + at + trigger.length }]
      : evidence[SPANS_OF[role]];
  const start = evidence.sentence.from + from;
  const spans = roles.flatMap((role) =>
    spansOf(role).flatMap((span) => {
      const lit = { from: Math.max(span.from - start, 0), to: Math.min(span.to - start, to - from), role, of: '' };
      return lit.from < lit.to ? [lit] : [];
    }),
  );
  return html`${from > 0 && '… '}${trusted(litText(sentence.slice(from, to), spans, { anchors: false }))}${to < sentence.length && ' …'}`;
}

const SPANS_OF = { actor: 'actors', recipient: 'recipients', when: 'when', where: 'where' } as const;

/** What is not simply so: planned, threatened, denied. */
export function statusChip(event: Event): Html | null {
  return chipOf(event.status.settled);
}

/** A status with its mark, that of the timeline; what happened needs none. */
export function chipOf(status: Status | null): Html | null {
  return status === null || status === 'happened' ? null : html`<span class="chip ${status}">${status}</span>`;
}
