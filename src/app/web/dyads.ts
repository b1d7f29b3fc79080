import type { Status } from '../../events/ontology.ts';
import type { Event } from '../../record/event.ts';
import { facetsOf } from '../../record/facets.ts';
import type { EventFilter } from '../../record/find.ts';
import { oneLine } from '../../record/marks.ts';
import type { Store } from '../../record/store.ts';
import { HttpError } from '../http/problem.ts';
import { actorAddress, sidesPath } from './addresses.ts';
import { addAddress, asJson, chronologyForms } from './forms.ts';
import { type Html, html } from './html.ts';
import { countList, countWords, eventLines, newestEvents, newestOfAny } from './lines.ts';
import { namesOfParties } from './names.ts';
import { type QuadTimes, quadChart, quadTimes } from './quads.ts';
import type { AddPage } from './show.ts';

/** Two parties, and what passed between them. */
export interface DyadView {
  readonly parties: readonly [string, string];
  readonly names: readonly [string, string];
  readonly events: number;
  readonly complete: boolean;
  readonly quads: QuadTimes;
  /** Talks that took place, the latest first. */
  readonly contacts: readonly Event[];
  readonly threats: readonly Event[];
  readonly promises: readonly Event[];
  readonly disputed: readonly Event[];
  readonly issues: readonly { readonly issue: string; readonly events: number }[];
}

const LINES = 8;
/** Events among which what stands is looked for. */
const LOOKED_AT = 20;
/** What is held out on a condition is a threat where it is of conflict: "will get aid if" is none. */
const THREATS: readonly EventFilter[] = [
  { type: 'THREATEN' },
  { status: 'threatened' },
  { status: 'conditional', quad: 3 },
  { status: 'conditional', quad: 4 },
];
const PROMISES: readonly EventFilter[] = [
  { type: 'AGREE' },
  { status: 'planned' },
  { status: 'expected' },
  { status: 'hoped' },
  { status: 'conditional', quad: 1 },
  { status: 'conditional', quad: 2 },
];
const OVER = new Set<Status | null>(['denied', 'cancelled', 'failed']);

/** `/dyads/USA-RUS`: what passed between two parties. */
export const addDyadPages: AddPage = (app, site, show) => {
  addAddress<DyadView>(app, site, show, {
    path: '/dyads/:sides',
    async load(_, part) {
      return loadDyad(site.store, await sidesAt(site.store, part));
    },
    page: (view) => ({ title: view.names.join(' and '), place: null, main: dyadMain(view) }),
    forms: {
      json: asJson,
      ...chronologyForms(
        site,
        ({ parties }) => new URLSearchParams(parties.map((party): [string, string] => ['between', party])),
      ),
    },
  });
};

/** The same as {@link sidesOf} for an address of its own; what it does not know is told by name. Throws `HttpError` 404. */
export async function sidesAt(store: Store, text: string): Promise<readonly [string, string]> {
  const sides = await sidesOf(store, text);
  if (sides !== undefined) return sides;
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  throw new HttpError(404, 'address', `The record knows no two sides as "${shown}"; choose two at /brief.`);
}

/**
 * The two parties that the end of an address names; nothing where the record does not know both. Names have hyphens too, so
 * each place where they can part is tried.
 */
export async function sidesOf(store: Store, text: string): Promise<readonly [string, string] | undefined> {
  const known = async (name: string) => ((await store.count(oneLine(`party ${name}`))) > 0 ? name : store.party(name));
  const parts = text.split('-').slice(0, MOST_PARTS);
  for (let i = 1; i < parts.length; i++) {
    const one = await known(parts.slice(0, i).join('-'));
    const two = one === undefined ? undefined : await known(text.split('-').slice(i).join('-'));
    if (one !== undefined && two !== undefined && one !== two) return [one, two];
  }
  return undefined;
}

const MOST_PARTS = 12;

async function loadDyad(store: Store, parties: readonly [string, string]): Promise<DyadView> {
  const [one, two] = parties;
  const filter: EventFilter = { parties };
  const ofAny = (filters: readonly EventFilter[], limit: number) =>
    newestOfAny(
      store,
      filters.map((more) => ({ ...filter, ...more })),
      limit,
    );
  const standing = async (filters: readonly EventFilter[]) =>
    (await ofAny(filters, LOOKED_AT)).filter(({ status }) => !OVER.has(status.settled));
  const facets = await facetsOf(store.engine, filter);
  const names = await namesOfParties(store, parties);
  return {
    parties,
    names: [names.get(one) ?? one, names.get(two) ?? two],
    events: facets.total,
    complete: facets.complete,
    quads: await quadTimes(store, filter),
    contacts: await ofAny(
      [
        { type: 'CONSULT', status: 'happened' },
        { type: 'CONSULT', status: 'ongoing' },
      ],
      LINES,
    ),
    threats: (await standing(THREATS)).slice(0, LINES),
    promises: (await standing(PROMISES)).filter(({ type }) => type !== 'THREATEN').slice(0, LINES),
    disputed: await newestEvents(store, { ...filter, disputed: 'any' }, LINES),
    issues: (facets.values.get('issue') ?? []).slice(0, 15).map(({ value, events }) => ({ issue: value, events })),
  };
}

function dyadMain({
  parties,
  names,
  events,
  complete,
  quads,
  contacts,
  threats,
  promises,
  disputed,
  issues,
}: DyadView): Html {
  const [one, two] = parties;
  const query = `between=${encodeURIComponent(one)}&between=${encodeURIComponent(two)}`;
  const section = (title: string, list: readonly Event[], none: string) =>
    html`<section><h2>${title}</h2>${list.length === 0 ? html`<p class="soft">${none}</p>` : eventLines(list)}</section>`;
  return html`<h1><a href="${actorAddress(one)}">${names[0]}</a> and <a href="${actorAddress(two)}">${names[1]}</a></h1>
<p class="soft">${countWords(events, complete)} · <a href="/brief/${sidesPath(one, two)}">The brief on both</a> · <a href="/timeline?${query}">All on the timeline</a></p>
<section><h2>Words and deeds over time</h2>
${quadChart(quads, new URLSearchParams(query))}</section>
<div class="two">
<div>
${section('Last contacts', contacts, 'No talks between them are told.')}
${section('Threats standing', threats, 'None is told.')}
${section('Promises and plans', promises, 'None is told.')}
${disputed.length > 0 && section('What reports disagree on', disputed, '')}
</div>
<div>${issues.length > 0 && html`<section><h2>About what</h2>${countList(issues.map(({ issue, events: count }) => ({ name: issue, events: count, address: `/timeline?${query}&issue=${encodeURIComponent(issue)}` })))}</section>`}</div>
</div>`;
}
