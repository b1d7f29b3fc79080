import type { DocumentHead } from '../../record/documents.ts';
import { facetsOf } from '../../record/facets.ts';
import type { Store } from '../../record/store.ts';
import { documentsOperation } from '../documents.ts';
import { answer } from '../http/api.ts';
import { rawFromQuery } from '../http/ask.ts';
import { cell } from '../layout.ts';
import { actorAddress, addressWith, sidesPath } from './addresses.ts';
import { askedProblem, filterAsked } from './asked.ts';
import { publishedWords } from './dates.ts';
import { addAddress, asJson, tableForms } from './forms.ts';
import { type Html, html } from './html.ts';
import { claimWords, countList, nothingWords } from './lines.ts';
import { namesOfParties } from './names.ts';
import { type NetworkView, networkOf, pairTable } from './networks.ts';
import { remembered } from './remembered.ts';
import type { AddPage, PageCall } from './show.ts';
import { pageLinks, questionIn } from './timelines.ts';

/** A page of the documents of the record, the newest first. */
interface DocumentsView {
  readonly documents: readonly DocumentHead[];
  /** How many the record holds, whatever was asked. */
  readonly all: number;
  /** The id after which the next page begins; none on the last. */
  readonly next: string | null;
  /** What is wrong with what was asked. */
  readonly problem: string | null;
}

/** A party, and how many events it has part in. */
interface ListedActor {
  readonly id: string;
  readonly name: string;
  readonly events: number;
}

const DOCUMENTS_A_PAGE = 50;
const ACTORS = 150;
const DOCUMENTS_PATH = '/documents';
const DOCUMENTS_ASKED = ['from', 'to', 'outlet', 'official', 'after'];

/** `/documents`, `/actors` and `/brief`: what there is to choose from. `/dyads` is the table of the network. */
export const addListPages: AddPage = (app, site, show) => {
  const { store } = site;
  // The forms are of all that was asked for: a page of it has no end of its own.
  const listed = (form: 'csv' | 'json' | 'md') => (_: unknown, call: PageCall) => {
    const query = new URL(call.req.url).searchParams;
    query.delete('after');
    return answer(site, documentsOperation, rawFromQuery(documentsOperation, query), form);
  };
  addAddress<DocumentsView>(app, site, show, {
    path: DOCUMENTS_PATH,
    load: (call) => loadDocuments(store, documentsAsked(call)),
    page: async (view, call) => ({
      title: 'Documents',
      place: DOCUMENTS_PATH,
      status: view.problem === null ? 200 : 400,
      main: await documentsMain(store, view, documentsAsked(call)),
    }),
    forms: { csv: listed('csv'), json: listed('json'), md: listed('md') },
  });
  addAddress<readonly ListedActor[]>(app, site, show, {
    path: '/actors',
    load: () => loadActors(store),
    page: (actors) => ({ title: 'Actors', place: null, main: actorsMain(actors) }),
    forms: {
      json: asJson,
      ...tableForms('Actors', ['name', 'events', 'id'], (actors) =>
        actors.map(({ name, events, id }) => [name, String(events), id].map((text) => cell(text))),
      ),
    },
  });
  app.get('/brief', async (call) => {
    const sides = ['one', 'two'].map((name) => call.req.query(name)?.trim() ?? '');
    const [one = '', two = ''] = sides;
    const parties = await Promise.all(sides.map(async (side) => (side === '' ? undefined : store.party(side))));
    if (parties[0] !== undefined && parties[1] !== undefined && parties[0] !== parties[1]) {
      return call.redirect(`/brief/${sidesPath(parties[0], parties[1])}`, 303);
    }
    return show(call, async () => {
      const known = await loadActors(store);
      const wrong = sides.filter((side, i) => side !== '' && parties[i] === undefined);
      return {
        title: 'Brief',
        place: '/brief',
        status: wrong.length > 0 ? 404 : 200,
        main: briefMain({
          ...{ one, two, wrong, same: one !== '' && parties[0] === parties[1], known },
          network: await networkOf(store),
        }),
      };
    });
  });
  app.get('/dyads', (call) => call.redirect('/network', 302));
};

function documentsAsked(call: PageCall): URLSearchParams {
  const query = new URL(call.req.url).searchParams;
  const names = [...query.keys()].filter((name) => !DOCUMENTS_ASKED.includes(name));
  for (const name of names) query.delete(name);
  return questionIn(query, ['after']);
}

async function loadDocuments(store: Store, query: URLSearchParams): Promise<DocumentsView> {
  const all = await store.countDocuments();
  try {
    const { from, to, outlet, official } = await filterAsked(query, store);
    const filter = { from, to, outlet, official, after: query.get('after') ?? undefined };
    const documents = await store.documents({ ...filter, limit: DOCUMENTS_A_PAGE + 1 });
    const page = documents.slice(0, DOCUMENTS_A_PAGE);
    return { documents: page, all, next: documents.length > page.length ? page.at(-1)!.id : null, problem: null };
  } catch (error) {
    return { documents: [], all, next: null, problem: askedProblem(error) };
  }
}

async function documentsMain(
  store: Store,
  { documents, all, next, problem }: DocumentsView,
  query: URLSearchParams,
): Promise<Html> {
  const value = (name: string) => query.get(name) ?? '';
  const kinds = [
    ['', 'any'],
    ['yes', 'official statements'],
    ['no', 'other reports'],
  ] as const;
  return html`<h1>Documents</h1>
<form class="filter" action="${DOCUMENTS_PATH}">
<label>From<input type="date" name="from" value="${value('from')}"></label>
<label>To<input type="date" name="to" value="${value('to')}"></label>
<label>Outlet<input name="outlet" value="${value('outlet')}" maxlength="300"></label>
<label>Kind<select name="official">${kinds.map(([kind, words]) => html`<option value="${kind}"${kind === value('official') && html` selected`}>${words}</option>`)}</select></label>
<button>Show</button>
</form>
${problem !== null && html`<p class="notice warn" role="alert">${problem}</p>`}
${all > 0 && html`<p class="soft">${all.toLocaleString('en-US')} ${all === 1 ? 'document' : 'documents'} in the record, the newest first. <a href="/search">Search their words</a>.</p>`}
${documents.length === 0 && problem === null && (await nothingWords(store, 'documents', DOCUMENTS_PATH))}
<ul class="lines">${documents.map((document) => documentLine(document))}</ul>
${pageLinks(DOCUMENTS_PATH, query, query.get('after') ?? undefined, next)}`;
}

function documentLine({ id, title, outlet, published, claims }: DocumentHead): Html {
  const outlets = outlet === null ? 'unknown outlet' : outletLink(outlet);
  return html`<li><span class="when">${publishedWords(published)}</span><div><a href="/documents/${id}">${title ?? 'Untitled document'}</a>
<small>${outlets} · ${claimWords(claims)}</small></div></li>
`;
}

function outletLink(outlet: string): Html {
  return html`<a href="${addressWith(DOCUMENTS_PATH, new URLSearchParams(), { outlet })}">${outlet}</a>`;
}

/** The parties that have part in most events; "a neighbour", told once, is nobody in particular. */
async function loadActors(store: Store): Promise<readonly ListedActor[]> {
  return remembered(store, 'actors', async () => {
    const { values } = await facetsOf(store.engine, {});
    const parties = (values.get('party') ?? []).filter(({ value, events }) => events > 1 || !value.startsWith('~'));
    const shown = parties.slice(0, ACTORS);
    const names = await namesOfParties(
      store,
      shown.map(({ value }) => value),
    );
    return shown.map(({ value, events }) => ({ id: value, name: names.get(value) ?? value, events }));
  });
}

function actorsMain(actors: readonly ListedActor[]): Html {
  return html`<h1>Actors</h1>
<p class="soft">${actors.length === 0 ? 'No event is in the record yet.' : `${actors.length === ACTORS ? `The ${ACTORS}` : 'Those'} that have part in most events. Persons stand on the page of whom they act for.`}</p>
<div class="columns">${countList(actors.map((one) => ({ ...one, address: actorAddress(one.id) })))}</div>`;
}

interface Choice {
  readonly one: string;
  readonly two: string;
  /** Sides that the record does not know. */
  readonly wrong: readonly string[];
  /** True where both are the same. */
  readonly same: boolean;
  readonly known: readonly ListedActor[];
  readonly network: NetworkView;
}

/** Pairs that are offered. */
const PAIRS = 20;

function briefMain({ one, two, wrong, same, known, network }: Choice): Html {
  const pairs = { ...network, dyads: network.dyads.slice(0, PAIRS) };
  const input = (label: string, name: string, value: string) =>
    html`<label>${label}<input name="${name}" value="${value}" list="parties" required maxlength="300"></label>`;
  return html`<h1>Brief</h1>
<p class="soft">The page to read before two sides meet: what changed last, what stands between them, who said what, all with sources.</p>
<form class="filter" action="/brief">
${input('Between', 'one', one)}
${input('and', 'two', two)}
<button>Show</button>
<datalist id="parties">${known.map(({ name }) => html`<option value="${name}"></option>`)}</datalist>
</form>
${wrong.map((side) => html`<p class="notice warn" role="alert">The record knows nobody called “${side}”; <a href="/actors">see whom it knows</a>.</p>`)}
${same && wrong.length === 0 && html`<p class="notice warn" role="alert">A brief is on two sides; name another one.</p>`}
${
  pairs.dyads.length > 0 &&
  html`<h2>Those that have most to do with each other</h2>
${pairTable(pairs, (one, two) => `/brief/${sidesPath(one, two)}`)}`
}`;
}
