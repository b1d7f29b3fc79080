import type { DocumentHead } from '../../record/documents.ts';
import type { Event } from '../../record/event.ts';
import type { EventFilter } from '../../record/find.ts';
import { headlineOf } from '../../record/headline.ts';
import { momentOf } from '../../record/hours.ts';
import { looksFor, passageOf } from '../../record/search.ts';
import type { Store } from '../../record/store.ts';
import { parseWords, type WordQuery } from '../../record/terms.ts';
import { answer } from '../http/api.ts';
import { rawFromQuery } from '../http/ask.ts';
import { demand } from '../http/gate.ts';
import { searchOperation } from '../search.ts';
import { timelineOperation } from '../timeline.ts';
import { addressWith, wordsAddress } from './addresses.ts';
import { ASKED, askAgain, askedTitle, filterAsked, filterForm } from './asked.ts';
import { publishedWords, shortDate } from './dates.ts';
import { sourceName, statusChip } from './events.ts';
import type { Page } from './frame.ts';
import { type Html, html } from './html.ts';
import { claimWords } from './lines.ts';
import { narrowLinks, narrowsOf, totalWords } from './narrows.ts';
import type { AddPage } from './show.ts';
import { pageLinks, pageOf, questionIn } from './timelines.ts';

const PATH = '/search';
const EVENTS_A_PAGE = 20;
const DOCUMENTS = 20;
/** What says something of documents too; whoever asks for more asks for events. */
const OF_DOCUMENTS = new Set(['words', 'from', 'to', 'outlet', 'official']);

/** `/search?words=…`: events and documents that have the words, and those lit; also `.json` and `.md`. */
export const addSearchPages: AddPage = (app, site, show) => {
  app.get(PATH, (call) => show(call, async () => searchPage(site.store, new URL(call.req.url).searchParams)));
  for (const form of ['json', 'md'] as const) {
    app.get(`${PATH}.${form}`, (call) => {
      demand(call.get('visitor'), 'read');
      const query = new URL(call.req.url).searchParams;
      query.delete('after');
      return site.replies.give(call.req.raw, 'read', () =>
        answer(site, searchOperation, rawFromQuery(searchOperation, query), form),
      );
    });
  }
  // Rows are of one kind: the events.
  app.get(`${PATH}.csv`, (call) => {
    demand(call.get('visitor'), 'read');
    const query = questionIn(new URL(call.req.url).searchParams, []);
    return site.replies.give(call.req.raw, 'read', () =>
      answer(site, timelineOperation, rawFromQuery(timelineOperation, query), 'csv'),
    );
  });
};

async function searchPage(store: Store, asked: URLSearchParams): Promise<Page> {
  const query = questionIn(asked, ['after']);
  const form = await filterForm(PATH, query, store, { wordsFirst: true });
  const head = { title: 'Search', place: PATH } as const;
  const given = ASKED.filter((name) => query.getAll(name).some((value) => value.trim() !== ''));
  if (given.length === 0) {
    return {
      ...head,
      main: html`<h1>Search</h1>
${form}
<p class="soft">Words that all must be there; <code>"in a row"</code>, <code>begin*</code>, <code>-without</code>.</p>`,
    };
  }
  let filter: EventFilter;
  try {
    filter = await filterAsked(query, store);
  } catch (error) {
    return askAgain(error, { title: 'Search', path: PATH, query, store, form: { wordsFirst: true } });
  }
  const words = filter.words === undefined ? undefined : parseWords(filter.words);
  const after = query.get('after') ?? undefined;
  const { events, next } = await pageOf(store, filter, { newestFirst: true, after, limit: EVENTS_A_PAGE });
  const facets = await narrowsOf(store, filter);
  const ofDocuments = given.every((name) => OF_DOCUMENTS.has(name));
  const documents = ofDocuments && after === undefined ? await documentsWith(store, filter) : [];
  const total = totalWords(facets.total, { complete: facets.complete, words: filter.words });
  const narrow = await narrowLinks(store, { path: PATH, query, facets, events });
  const wordsAlone = html`<p class="soft">Documents are found by words, outlet and days: <a href="${addressWith(PATH, new URLSearchParams(), { words: filter.words ?? null })}">look for the words alone</a>.</p>`;
  return {
    ...head,
    title: await askedTitle('Search', query, store),
    main: html`<h1>Search</h1>
${form}
<div class="narrowed"><div class="found">
<h2>Events</h2>
<p class="soft">${events.length === 0 ? 'No events fit.' : html`${total}, newest first · <a href="${addressWith('/timeline', query, { after: null })}">on the timeline</a>`}${documents.length > 0 && html` · <a href="#documents">${documents.length === DOCUMENTS ? 'the newest ' : ''}${documents.length} document${documents.length === 1 ? '' : 's'}</a>`}${narrow !== null && html` <a class="to-narrow" href="#narrow">Narrow down</a>`}</p>
<ul class="hits">${events.map((event) => eventItem(event, words))}</ul>
${pageLinks(PATH, query, after, next)}
${documents.length > 0 && html`<h2 id="documents">Documents</h2><ul class="hits">${documents.map((one) => documentItem(one, words))}</ul>${documents.length === DOCUMENTS && html`<p class="soft">These are the ${DOCUMENTS} newest.</p>`}`}
${ofDocuments && after === undefined && words !== undefined && documents.length === 0 && html`<h2>Documents</h2><p class="soft">No documents fit.</p>`}
${!ofDocuments && words !== undefined && wordsAlone}
</div>
${narrow}
</div>`,
    forms: [
      ['JSON', addressWith(`${PATH}.json`, query, { after: null })],
      ['CSV of the events', addressWith(`${PATH}.csv`, query, { after: null })],
      ['Markdown', addressWith(`${PATH}.md`, query, { after: null })],
    ],
  };
}

/** A document and the passage that has most of the words. */
interface Hit extends DocumentHead {
  readonly passage: string;
}

async function documentsWith(
  store: Store,
  { words, from, to, outlet, official }: EventFilter,
): Promise<readonly Hit[]> {
  if (words === undefined) return [];
  const query = parseWords(words);
  const hits: Hit[] = [];
  for (const head of await store.searchDocuments(words, { limit: DOCUMENTS, from, to, outlet, official })) {
    hits.push({ ...head, passage: passageOf((await store.reading(head.id))?.document.text ?? '', query) });
  }
  return hits;
}

/** An event with the sentence that has most of the words. */
function eventItem(event: Event, words: WordQuery | undefined): Html {
  const isSought = words === undefined ? undefined : looksFor(words);
  const hits = (text: string) =>
    isSought === undefined ? 0 : new Set(text.match(/[\p{L}\p{N}\p{M}]+/gu)?.filter(isSought)).size;
  // The words of a title find what its report tells too.
  const rank = ({ sentence, title }: Event['claims'][number]) => 100 * hits(sentence) + hits(title ?? '');
  const best = event.claims.reduce((far, claim) => (rank(claim) > rank(far) ? claim : far));
  const byTitle = best.title !== null && hits(best.sentence) === 0 && hits(best.title) > 0;
  const sentence = words === undefined ? best.sentence.slice(0, LONGEST) : passageOf(best.sentence, words, LONGEST);
  const documents = new Set(event.claims.map(({ document }) => document)).size;
  return html`<li><p class="hit-head"><a href="/events/${event.id}">${litWords(headlineOf(event), words)}</a> ${statusChip(event)}</p>
<p><q>${litWords(sentence, words)}</q></p>
${byTitle && html`<p class="soft">under the title <q>${litWords(best.title ?? '', words)}</q></p>`}
<small>${shortDate(momentOf(event))} · <a href="${wordsAddress(event, best)}">${sourceName(best)}</a>${documents > 1 && ` and ${documents - 1} more`}</small></li>
`;
}

const LONGEST = 400;

function documentItem({ id, title, outlet, published, claims, passage }: Hit, words: WordQuery | undefined): Html {
  const day = publishedWords(published);
  return html`<li><p class="hit-head"><a href="/documents/${id}">${litWords(title ?? 'Untitled document', words)}</a></p>
<p class="passage">${litWords(passage, words)}</p>
<small>${outlet ?? 'unknown outlet'}, ${day} · ${claimWords(claims)}</small></li>
`;
}

/** A text with the words that are looked for marked. */
function litWords(text: string, words: WordQuery | undefined): readonly Html[] {
  if (words === undefined) return [html`${text}`];
  const isSought = looksFor(words);
  return text
    .split(/([\p{L}\p{N}\p{M}]+)/u)
    .map((piece, i) => (i % 2 === 1 && isSought(piece) ? html`<mark class="sought">${piece}</mark>` : html`${piece}`));
}
