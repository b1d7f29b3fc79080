import type { Claim, Reading } from '../../events/reading.ts';
import type { Event } from '../../record/event.ts';
import { actOf, actorWords, headlineOf, whoOf } from '../../record/headline.ts';
import { toldWords } from '../../record/hours.ts';
import type { KeptDecision } from '../../record/review.ts';
import type { KeptClaim, Store } from '../../record/store.ts';
import type { Telling } from '../../record/telling.ts';
import { durationWords, placeWords, whenWords } from '../../record/words.ts';
import { decisionsNamed, reviewLines } from '../decided.ts';
import { answer } from '../http/api.ts';
import { type Cell, cell } from '../layout.ts';
import { showOperation } from '../show.ts';
import { chipOf } from './events.ts';
import { addAddress, tableForms } from './forms.ts';
import { type Html, html, type Part, trusted } from './html.ts';
import { LIT_ROLES, type LitRole, litSpans, litText, ROLE_WORDS } from './lit.ts';
import type { AddPage } from './show.ts';
import { type VersionView, versionSection, versionsOf } from './texts.ts';

/** What is shown of a document. */
interface DocumentView {
  readonly reading: Reading;
  readonly claims: readonly KeptClaim[];
  readonly events: readonly Event[];
  /** The event whose words alone are lit. */
  readonly event: Event | undefined;
  readonly decisions: ReadonlyMap<string, KeptDecision>;
  readonly versions: VersionView | undefined;
  readonly mayReview: boolean;
}

/** `/documents/ID`: the text with the words of its claims lit up, of one event's with `?event=ID`. */
export const addDocumentPages: AddPage = (app, site, show) => {
  const { store } = site;
  const shown = (form: 'json' | 'md') => (reading: Reading) =>
    answer(site, showOperation, { id: reading.document.id }, form);
  addAddress<Reading>(app, site, show, {
    path: '/documents/:id',
    load: (_, id) => store.reading(id),
    page: async (reading, call) => ({
      title: reading.document.title ?? 'Untitled document',
      place: '/documents',
      main: documentMain(
        await viewOf(store, reading, call.req.query('event'), call.get('visitor').rights.has('review')),
      ),
      scripts: ['document'],
    }),
    forms: {
      json: shown('json'),
      md: shown('md'),
      csv: tableForms('Claims', ['claim', 'type', 'status', 'words', 'event'], claimRows).csv,
    },
  });

  async function claimRows({ document }: Reading): Promise<readonly (readonly Cell[])[]> {
    return (await store.claims(document.id)).map(({ telling: { claim, type, status, sentence }, event }) =>
      [claim, type, status, sentence, event ?? ''].map((text) => cell(text)),
    );
  }
};

async function viewOf(
  store: Store,
  reading: Reading,
  chosen: string | undefined,
  mayReview: boolean,
): Promise<DocumentView> {
  const { id } = reading.document;
  const claims = await store.claims(id);
  return {
    ...{ reading, claims, mayReview },
    events: await store.events({ document: id }),
    event: chosen === undefined ? undefined : await store.event(chosen),
    decisions: await decisionsNamed(
      store,
      claims.map(({ telling }) => telling.review),
    ),
    versions: await versionsOf(store, id),
  };
}

function documentMain(view: DocumentView): Html {
  const { reading, claims, events, event, versions } = view;
  const { document } = reading;
  const chosen = new Set(event?.claims.filter((claim) => claim.document === document.id).map((claim) => claim.claim));
  const lit = reading.claims.filter((claim) => event === undefined || chosen.has(claim.id));
  const path = `/documents/${document.id}`;
  const byClaim = new Map(events.flatMap((one) => one.claims.map((claim) => [claim.id, one] as const)));
  const kept = new Map(claims.map((claim) => [claim.telling.claim, claim.telling]));
  return html`<h1>${document.title ?? 'Untitled document'}</h1>
<p class="soft">${headWords(reading)}</p>
<p class="legend">${LIT_ROLES.map((role) => html`<mark class="${role}">${ROLE_WORDS[role]}</mark> `)}${document.removed.length > 0 && html`<del>left out</del>`}</p>
${event !== undefined && html`<p>Lit up: <a href="/events/${event.id}">${headlineOf(event)}</a>.<span class="on-screen"> <a href="${path}">Light up all</a></span></p>`}
<div class="reader">
<div><div class="text">${trusted(withParagraphs(document.text, litText(document.text, litSpans(reading, lit), { named: true })))}</div>${document.text.length > LONG && jumpLinks(lit)}</div>
<aside id="claims" aria-label="What it tells" tabindex="0">${claimLists()}</aside>
</div>
${versions !== undefined && versionSection(versions)}
${moreOf(reading)}`;

  /** All claims; those of an event that is lit up before the others. */
  function claimLists(): Html {
    const list = (some: readonly Claim[]) => html`<ol>${some.map((claim) => claimItem(claim))}</ol>`;
    const count = reading.claims.length;
    if (event === undefined || lit.length === 0 || lit.length === count) {
      return html`<h2>${claimCount(count)}</h2>${list(reading.claims)}`;
    }
    const others = reading.claims.filter((claim) => !lit.includes(claim));
    return html`<h2>Lit up: ${lit.length} of ${claimCount(count)}</h2>${list(lit)}<h2>The others</h2>${list(others)}`;
  }

  function claimItem(claim: Claim): Html {
    const telling = kept.get(claim.id);
    const of = telling === undefined ? undefined : byClaim.get(telling.id);
    const target = event === undefined || chosen.has(claim.id) ? `#${claim.id}` : `${path}#${claim.id}`;
    const status = telling?.status ?? claim.status;
    const isRejected = telling !== undefined && of === undefined;
    const line = of === undefined ? claim.event : `${whoOf(of)}: ${actOf(of)}`;
    const decided = reviewLines(telling?.review, view.decisions);
    return html`<li data-claim="${claim.id}"><a href="${target}">${isRejected ? html`<del>${line}</del>` : line}</a>
<small>${chipOf(status) ?? status}${isRejected && ' · rejected'}${of !== undefined && html` · <a href="/events/${of.id}">event</a>`}${view.mayReview && telling !== undefined && html` · <a href="/review?claim=${telling.id}">review</a>`}</small>
${decided.length > 0 && html`<ul class="decided">${decided.map((words) => html`<li>${words}</li>`)}</ul>`}
${telling !== undefined && html`<details><summary>fields</summary><dl class="fields">${fieldRows(telling)}</dl></details>`}</li>
`;
  }
}

/** Lines of more letters are paragraphs. */
const PARAGRAPH = 120;

/**
 * A lit text with room between its paragraphs where nothing else parts them: each is a line, and no line is blank. A text with
 * short lines was cut to a width, or is verse; it stays as it is.
 */
export function withParagraphs(text: string, lit: string): string {
  const lines = text.trim().split('\n');
  const isParted = lines.some((line) => line.trim() === '');
  if (isParted || lines.length < 2 || text.length / lines.length < PARAGRAPH) return lit;
  return lit.replaceAll('\n', '<span class="gap">\n</span>');
}

/** A text of more letters is longer than a window. */
const LONG = 2000;

/** The way through a long text, which stays in sight; the script `document` leads on from place to place. */
function jumpLinks(lit: readonly Claim[]): Html | null {
  const [first] = lit.toSorted((a, b) => a.evidence.trigger.from - b.evidence.trigger.from);
  if (first === undefined) return null;
  return html`
<nav class="jump" aria-label="Places in the text"><a href="#${first.id}">First place</a></nav>`;
}

function claimCount(claims: number): string {
  return claims === 0 ? 'Tells of nothing' : `${claims} claim${claims === 1 ? '' : 's'}`;
}

/** The fields of a claim, each with the role of the words it is read from. */
function fieldRows(telling: Telling): readonly Html[] {
  const row = (name: string, words: Part, role?: LitRole | 'sentence') =>
    words === ''
      ? html``
      : html`<div${role !== undefined && html` data-role="${role}"`}><dt>${name}</dt><dd>${words}</dd></div>`;
  const { when, where, saidBy, issues, duration, medium, condition, certainty, mode } = telling;
  const isDated = when.precision !== 'unknown' || when.value !== null;
  return [
    row('act', [telling.type, ...mode].join(', '), 'trigger'),
    row('actors', telling.actors.map(actorWords).join(', '), 'actor'),
    row('recipients', telling.recipients.map(actorWords).join(', '), 'recipient'),
    row('when', isDated ? toldWords(when) : '', 'when'),
    row('where', where === null ? '' : placeWords(where), 'where'),
    row('how', [medium ?? '', duration === null ? '' : durationWords(duration)].filter((one) => one !== '').join(', ')),
    row('about', issues.join(', ')),
    row('on condition', condition ?? ''),
    row('said by', saidBy.map(({ name }) => name).join(', '), 'sentence'),
    row('sure', certainty === 'asserted' ? '' : certainty),
    row('rule', telling.rule),
  ];
}

function headWords({ document }: Reading): Html {
  const { outlet, published, url } = document;
  const name = outlet === null ? 'unknown outlet' : `${outlet.name}${outlet.kind === 'official' ? ' (official)' : ''}`;
  const day = published === null ? 'undated' : whenWords({ earliest: published.from, latest: published.to });
  return html`${name} · ${day}${isWeb(url) && html` · <a href="${url}" rel="noreferrer noopener">original</a>`}`;
}

function isWeb(url: string | null): url is string {
  return url !== null && /^https?:\/\//i.test(url);
}

/** What else is known of the document itself. */
function moreOf({ document }: Reading): Html {
  const { outlet, published, authors, language, form, removed, url, id } = document;
  const reasons = new Map<string, number>();
  for (const { reason } of removed) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const rows: readonly (readonly [string, Part])[] = [
    ['authors', authors.join(', ')],
    [
      'outlet',
      outlet === null ? '' : [outlet.name, outlet.kind, outlet.country ?? ''].filter((one) => one !== '').join(', '),
    ],
    [
      'published',
      published === null ? '' : `${whenWords({ earliest: published.from, latest: published.to })} (${published.basis})`,
    ],
    ['kind', form ?? ''],
    ['language', language ?? 'unknown'],
    ['address', isWeb(url) ? url : ''],
    ['left out', [...reasons].map(([reason, count]) => (count === 1 ? reason : `${reason} (${count})`)).join(', ')],
    ['id', id],
  ];
  return html`<details class="about"><summary>About this document</summary><dl class="fields">${rows.map(([name, words]) => words !== '' && html`<div><dt>${name}</dt><dd>${words}</dd></div>`)}</dl></details>`;
}
