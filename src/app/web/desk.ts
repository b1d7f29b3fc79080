import type { Claim, Reading } from '../../events/reading.ts';
import type { Event } from '../../record/event.ts';
import { actorWords, headlineOf } from '../../record/headline.ts';
import { momentOf, toldWords } from '../../record/hours.ts';
import type { KeptDecision } from '../../record/review.ts';
import type { Telling } from '../../record/telling.ts';
import { reviewLines, valueWords } from '../decided.ts';
import { typeWords } from './asked.ts';
import { publishedWords } from './dates.ts';
import { correctForm, type Done, doneWords, FIELDS, type Typed, undoForm, whyField } from './decide.ts';
import { statusChip } from './events.ts';
import { type Html, html, type Part, trusted } from './html.ts';
import { countWords } from './lines.ts';
import { litSpans, litText } from './lit.ts';

/** What a person reviews by. */
export interface Desk {
  /** What is asked, as in an address. */
  readonly question: URLSearchParams;
  readonly mayDecide: boolean;
  /** Who decides; empty for nobody in particular. */
  readonly name: string;
  /** The form that narrows the queue down. */
  readonly form: Html;
  /** What was just decided, and of which claim. */
  readonly done: Done | null;
  /** Events that nobody has decided anything of, where nothing narrows the queue down. */
  readonly waiting: number | null;
  readonly shown: Shown | null;
  /** Why what was typed could not be taken. */
  readonly problem?: string;
  readonly typed?: Typed;
}

interface Shown {
  readonly telling: Telling;
  /** None for a claim that was rejected. */
  readonly event: Event | undefined;
  readonly reading: Reading;
  readonly decisions: ReadonlyMap<string, KeptDecision>;
  readonly previous: string | null;
  readonly next: string | null;
  /** Where it stands in the queue, from 1. */
  readonly place: number | null;
  /** Events that may be the same. */
  readonly nearby: readonly Event[];
}

const KEYS = [
  ['a', 'accept: it is as it is told'],
  ['r', 'reject: the text does not tell this'],
  ['c', 'correct a field'],
  ['m', 'merge its event with another'],
  ['s', 'split: it is not of its event'],
  ['u', 'undo the last decision'],
  ['n', 'next claim'],
  ['p', 'previous claim'],
  ['?', 'show or hide these keys'],
] as const;

/** The page of a desk. */
export function deskMain(desk: Desk): Html {
  const { shown, mayDecide, problem, form, waiting } = desk;
  return html`<h1>Review</h1>
${waiting !== null && waiting > 0 && html`<p class="soft">${countWords(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for a first look. What reports disagree on comes first, then what was read least surely.</p>`}
${noticeOf(desk)}
${problem !== undefined && html`<p class="notice warn" role="alert">${problem}</p>`}
${shown === null ? html`<p>Nothing is left to review${desk.question.size > 0 && ' of what you ask for'}.</p>` : claimMain(desk, shown)}
${!mayDecide && html`<p class="notice">You may look, and not decide: open the address that <code>readout serve</code> prints to review.</p>`}
<details class="keys" id="keys"><summary data-key="?" aria-keyshortcuts="?">Keys <kbd>?</kbd></summary><dl>${KEYS.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}</dl></details>
<details${desk.question.size > 0 && html` open`}><summary>Narrow down</summary>${form}</details>
${mayDecide && nameForm(desk)}`;
}

function claimMain(desk: Desk, shown: Shown): Html {
  const { telling, event, reading, decisions, place } = shown;
  const claim = reading.claims.find(({ id }) => id === telling.claim);
  const disputed = event?.disagreements.filter(({ values }) =>
    values.some(({ claims }) => claims.includes(telling.id)),
  );
  const fields = [...new Set((disputed ?? []).map(({ field }) => field))].join(', ');
  const decided = reviewLines(telling.review, decisions);
  return html`<p class="soft">${place !== null && `No. ${place} in the queue · `}${place === null ? 'Confidence' : 'confidence'} ${telling.confidence.toFixed(2)} · ${telling.outlet ?? 'unknown outlet'}, ${publishedWords(telling.published)} · <a href="/documents/${telling.document}${event !== undefined && `?event=${event.id}`}#${encodeURIComponent(telling.claim)}">whole document</a>${event !== undefined && html` · <a href="/events/${event.id}">event</a> of ${event.claims.length} claim${event.claims.length === 1 ? '' : 's'}`}${fields !== '' && html` <span class="chip warn">reports disagree on ${fields}</span>`}</p>
${decided.length > 0 && html`<ul class="decided">${decided.map((line) => html`<li>${line}</li>`)}</ul>`}
<div class="reader desk">
<div class="text">${claim === undefined ? html`${telling.sentence}` : wordsAround(reading, claim)}</div>
<dl class="fields">${fieldRows(telling)}</dl>
</div>
<div class="decide">
${desk.mayDecide && decisionButtons(desk, shown)}
<nav class="pages" aria-label="Claims">${moveLink(desk, 'p', 'Previous', shown.previous)}${moveLink(desk, 'n', 'Next', shown.next)}</nav>
</div>
${desk.mayDecide && decisionForms(desk, shown)}`;
}

const AROUND = 500;

/** The sentence of a claim with its words lit, and some of the text before and after it. */
function wordsAround(reading: Reading, claim: Claim): Html {
  const { text } = reading.document;
  const { sentence } = claim.evidence;
  const before = text.slice(0, Math.max(0, sentence.from - AROUND));
  const from = before.length === 0 ? 0 : before.search(/\S+$/) < 0 ? before.length : before.search(/\S+$/);
  const rest = text.slice(Math.min(text.length, sentence.to + AROUND));
  const to = text.length - rest.length + (rest.length === 0 ? 0 : (/^\S*/.exec(rest)?.[0].length ?? 0));
  const spans = litSpans(reading, [claim])
    .filter((span) => span.from < to && span.to > from)
    .map((span) => ({ ...span, from: Math.max(span.from, from) - from, to: Math.min(span.to, to) - from }));
  return html`${from > 0 && '… '}${trusted(litText(text.slice(from, to), spans))}${to < text.length && ' …'}`;
}

const NOT_TOLD = html`<span class="soft">not told</span>`;

function fieldRows(telling: Telling): readonly Html[] {
  const row = (name: string, words: Part) => html`<dt>${name}</dt><dd>${words}</dd>`;
  const corrected = new Set(telling.review?.corrected.map(({ field }) => field));
  const rows = FIELDS.flatMap((field) => {
    const words = valueWords(field, telling[field]);
    // That nothing is told of these is to be judged too.
    if (words === 'none' && ['actors', 'when', 'where'].includes(field)) return [row(field, NOT_TOLD)];
    if (words === 'none' || (field === 'certainty' && words === 'asserted')) return [];
    const told = field === 'type' ? typeWords(telling.type) : field === 'when' ? toldWords(telling.when) : words;
    return [row(field, corrected.has(field) ? html`${told} <small>corrected</small>` : told)];
  });
  const more: readonly (readonly [string, string])[] = [
    ['others', telling.others.map(({ role, actor }) => `${actorWords(actor)}, ${role}`).join('; ')],
    ['said by', telling.saidBy.map(({ name }) => name).join(', ')],
    ['on condition', telling.condition ?? ''],
    ['rule', telling.rule],
  ];
  return [...rows, ...more.flatMap(([name, words]) => (words === '' ? [] : [row(name, words)]))];
}

function decisionButtons(desk: Desk, shown: Shown): Html {
  const button = (action: string, key: string, name: string) =>
    html`<form method="post" action="/review/${action}">${hidden(desk, shown.telling.id)}<button data-key="${key}" aria-keyshortcuts="${key}">${name} <kbd>${key}</kbd></button></form>\n`;
  return html`${button('accept', 'a', 'Accept')}${button('reject', 'r', 'Reject')}${undoButton(desk, lastDecision(desk, shown))}`;
}

function decisionForms(desk: Desk, shown: Shown): Html {
  const { telling, event, nearby } = shown;
  const { what, sent } = desk.typed ?? { what: '', sent: new URLSearchParams() };
  const why = whyField(desk.typed);
  const isRejected = event === undefined;
  return html`<details class="form"${what === 'correct' && html` open`}><summary data-key="c" aria-keyshortcuts="c">Correct <kbd>c</kbd></summary>
${correctForm(telling, hidden(desk, telling.id), desk.typed)}</details>
${
  !isRejected &&
  html`<details class="form"${what === 'merge' && html` open`}><summary data-key="m" aria-keyshortcuts="m">Merge with another event <kbd>m</kbd></summary>
<form method="post" action="/review/merge">${hidden(desk, telling.id)}
<fieldset><legend>${nearby.length === 0 ? 'No other event of these sides is near.' : 'Events of these sides within some days'}</legend>${nearby.map((other) => html`<label class="choice"><input type="checkbox" name="event" value="${other.id}"> <span>${momentOf(other)} · ${headlineOf(other)} ${statusChip(other)}</span></label>`)}</fieldset>
<div class="filter"><label>Another, by its id<input name="event" maxlength="64" value="${what === 'merge' ? (sent.getAll('event').at(-1) ?? '') : ''}"></label>${why}<button>They are one event</button></div></form></details>
${
  event.claims.length > 1 &&
  html`<details class="form"><summary data-key="s" aria-keyshortcuts="s">Split from its event <kbd>s</kbd></summary>
<form method="post" action="/review/split">${hidden(desk, telling.id)}
<p>The event is told by these claims too:</p>
<ul>${event.claims
    .filter(({ id }) => id !== telling.id)
    .slice(0, 6)
    .map(
      (claim) =>
        html`<li><q>${claim.sentence}</q> <small>${claim.outlet ?? 'unknown outlet'}, ${publishedWords(claim.published)}</small></li>`,
    )}</ul>
<div class="filter">${why}<button>This claim is of another event</button></div></form></details>`
}`
}`;
}

function hidden({ question }: Desk, claim: string): Html {
  return html`<input type="hidden" name="claim" value="${claim}"><input type="hidden" name="question" value="${question.toString()}">`;
}

/** What undo takes back: what was just done, else the last that was decided of this claim. */
function lastDecision(
  { done }: Desk,
  { telling }: Shown,
): { readonly ids: readonly string[]; readonly claim: string } | null {
  if (done !== null && done !== 'undone') return { ids: done.decisions.map(({ id }) => id), claim: done.claim };
  const last = telling.review?.decisions.at(-1);
  return last === undefined ? null : { ids: [last], claim: telling.id };
}

function undoButton(desk: Desk, last: ReturnType<typeof lastDecision>): Html | null {
  if (last === null) return null;
  const button = html`<button class="quiet" data-key="u" aria-keyshortcuts="u">Undo <kbd>u</kbd></button>`;
  return undoForm(last.ids, hidden(desk, last.claim), button);
}

function noticeOf(desk: Desk): Html | null {
  const { done } = desk;
  if (done === null) return null;
  if (done === 'undone') return html`<p class="notice" role="status">Taken back.</p>`;
  const words = doneWords(done.decisions);
  const query = new URLSearchParams(desk.question);
  query.set('claim', done.claim);
  return html`<div class="notice" role="status"><p><a href="/review?${query.toString()}">The last claim</a> was ${words}.</p>${desk.shown === null && desk.mayDecide && undoButton(desk, { ids: done.decisions.map(({ id }) => id), claim: done.claim })}</div>`;
}

function moveLink({ question }: Desk, key: string, name: string, claim: string | null): Html | null {
  if (claim === null) return null;
  const query = new URLSearchParams(question);
  query.set('claim', claim);
  return html`<a href="/review?${query.toString()}" data-key="${key}" aria-keyshortcuts="${key}">${name} <kbd>${key}</kbd></a>`;
}

function nameForm(desk: Desk): Html {
  return html`<details><summary>${desk.name === '' ? 'Decisions are signed “browser”: give your name' : `Decisions are signed ${desk.name}`}</summary>
<form method="post" action="/review/name" class="filter">${hidden(desk, desk.shown?.telling.id ?? '')}<label>Your name<input name="name" value="${desk.name}" maxlength="100" autocomplete="name"></label><button>Keep</button></form></details>`;
}
