import type { Status } from '../../events/ontology.ts';
import { type Called, namesFor } from '../../record/called.ts';
import type { Event } from '../../record/event.ts';
import { facetsOf } from '../../record/facets.ts';
import type { EventFilter } from '../../record/find.ts';
import { oneLine } from '../../record/marks.ts';
import { isState } from '../../record/party.ts';
import type { Store } from '../../record/store.ts';
import { actorAddress, dyadAddress } from './addresses.ts';
import { addAddress, asJson, chronologyForms } from './forms.ts';
import { html } from './html.ts';
import { countList, countWords, eventLines, newestEvents, newestOfAny } from './lines.ts';
import { isPerson, membersOf, namesOfParties, personTold } from './names.ts';
import { type QuadTimes, quadChart, quadTimes } from './quads.ts';
import type { AddPage } from './show.ts';

/** An actor, and what the record has of it. */
export interface ActorView {
  /** A party's code, a Wikidata id, or `~name`. */
  readonly id: string;
  /** Whether all that stands for a party is meant, or one person, body or group. */
  readonly is: 'party' | 'person';
  readonly name: string;
  readonly called: readonly Called[];
  readonly events: number;
  /** False where `events` and what is counted below are those of the first 20,000. */
  readonly complete: boolean;
  readonly disputed: number;
  /** What is told to have happened, the latest first. */
  readonly lately: readonly Event[];
  /** What lies ahead: plans, threats, conditions. */
  readonly ahead: readonly Event[];
  readonly partners: readonly Counted[];
  readonly persons: readonly Counted[];
  readonly issues: readonly Counted[];
  readonly quads: QuadTimes;
}

/** A value with its name and how many of the events it is in. */
interface Counted {
  readonly value: string;
  readonly name: string;
  readonly events: number;
}

const LATELY = 12;
const AHEAD = 6;
const PARTNERS = 15;
const PERSONS = 12;
const ISSUES = 15;
const NAMES = 24;

/** `/actors/USA`, `/actors/Q7747`, `/actors/~name`: what an actor is called, did lately, with whom and about what. */
export const addActorPages: AddPage = (app, site, show) => {
  addAddress<ActorView>(app, site, show, {
    path: '/actors/:id',
    load: (_, id) => loadActor(site.store, id),
    page: (view) => ({ title: view.name, place: null, main: actorMain(view) }),
    forms: { json: asJson, ...chronologyForms(site, (view) => new URLSearchParams(queryOf(view))) },
  });
};

async function loadActor(store: Store, asked: string): Promise<ActorView | undefined> {
  const found = await findActor(store, asked);
  if (found === undefined) return undefined;
  const { id, is } = found;
  const filter: EventFilter = is === 'party' ? { parties: [id] } : { person: id };
  const facets = await facetsOf(store.engine, filter);
  const valuesOf = (word: string) => facets.values.get(word) ?? [];
  const withStatus = (statuses: readonly Status[], limit: number) =>
    newestOfAny(
      store,
      statuses.map((status) => ({ ...filter, status })),
      limit,
    );
  const own = is === 'party' ? id : (await personTold(store, id))?.party;
  const partners = valuesOf('party')
    // "A neighbour", told once, is nobody in particular.
    .filter(({ value, events }) => value !== own && (events > 1 || !value.startsWith('~')))
    .slice(0, PARTNERS);
  const names = await namesOfParties(store, [id, ...partners.map(({ value }) => value)]);
  const persons: Counted[] = [];
  for (const one of valuesOf('person').filter(({ value }) => value !== id)) {
    if (persons.length === PERSONS || !isState(id)) break;
    const told = await personTold(store, one.value);
    if (told?.party === id && told.name !== names.get(id)) persons.push({ ...one, name: told.name });
  }
  const called =
    is === 'party' ? await namesFor(store.engine, id, NAMES) : namesIn(await newestEvents(store, filter, 100), id);
  return {
    ...{ id, is, called, persons },
    lately: await withStatus(['happened', 'ongoing'], LATELY),
    ahead: await withStatus(['planned', 'expected', 'threatened', 'conditional'], AHEAD),
    name: (is === 'party' ? names.get(id) : called[0]?.name) ?? id,
    events: facets.total,
    complete: facets.complete,
    disputed: valuesOf('disputed').find(({ value }) => value === '')?.events ?? 0,
    partners: partners.map((one) => ({ ...one, name: names.get(one.value) ?? one.value })),
    issues: valuesOf('issue')
      .slice(0, ISSUES)
      .map((one) => ({ ...one, name: one.value })),
    quads: await quadTimes(store, filter),
  };
}

/** Whom an address means: a state by its code; else who has a name or an id of its own; else whatever a person calls so. */
async function findActor(store: Store, asked: string): Promise<Pick<ActorView, 'id' | 'is'> | undefined> {
  const has = async (mark: string) => (await store.count(oneLine(mark))) > 0;
  if (!isState(asked) && (await has(`person ${asked}`))) return { id: asked, is: 'person' };
  const party = (await has(`party ${asked}`)) ? asked : await store.party(asked);
  return party === undefined ? undefined : { id: party, is: 'party' };
}

function namesIn(events: readonly Event[], person: string): readonly Called[] {
  const names = new Map<string, Called>();
  for (const { name, kind } of events.flatMap(membersOf).filter((actor) => isPerson(actor, person))) {
    names.set(name, { name, kind, uses: (names.get(name)?.uses ?? 0) + 1 });
  }
  return [...names.values()].sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1));
}

/** What the timeline is asked for the events of an actor. */
function queryOf({ id, is }: ActorView): string {
  return `${is === 'party' ? 'between' : 'actor'}=${encodeURIComponent(id)}`;
}

function actorMain(view: ActorView) {
  const { id, is, name, called, events, complete, disputed, lately, ahead, partners, persons, issues, quads } = view;
  const query = queryOf(view);
  const others = called.filter((one) => one.name !== name);
  const own = others.filter(({ kind }) => kind === 'state' || !isState(id));
  const known = [id.startsWith('~') ? null : id, countWords(events, complete)].filter((part) => part !== null);
  return html`<h1>${name}</h1>
<p class="soft">${known.join(' · ')} · <a href="/timeline?${query}">on the timeline</a>${disputed > 0 && html` · <a href="/timeline?${query}&amp;disputed=any">${disputed.toLocaleString('en-US')} disputed</a>`}${/^Q\d+$/.test(id) && html` · <a href="https://www.wikidata.org/wiki/${id}" rel="noreferrer noopener">Wikidata</a>`}</p>
${own.length > 0 && html`<p>Also called ${own.slice(0, 8).map((one, i) => html`${i > 0 && ', '}<q>${one.name}</q>`)}.</p>`}
<div class="two">
<section><h2>Lately</h2>
${lately.length === 0 ? html`<p class="soft">Nothing is told to have happened.</p>` : eventLines(lately)}
${ahead.length > 0 && html`<h2>Ahead</h2>${eventLines(ahead)}`}
${events > lately.length && html`<p><a href="/timeline?${query}">All of it on the timeline</a></p>`}
</section>
<div>
${partners.length > 0 && html`<section><h2>With whom most</h2>${countList(partners.map((one) => ({ ...one, address: is === 'party' ? dyadAddress(id, one.value) : actorAddress(one.value) })))}</section>`}
${issues.length > 0 && html`<section><h2>About what</h2>${countList(issues.map((one) => ({ ...one, address: `/timeline?${query}&issue=${encodeURIComponent(one.value)}` })))}</section>`}
</div>
</div>
<section><h2>Words and deeds over time</h2>
${quadChart(quads, new URLSearchParams(query))}</section>
${persons.length > 0 && html`<section><h2>Who acts for it</h2><div class="columns">${countList(persons.map((one) => ({ ...one, address: actorAddress(one.value) })))}</div></section>`}`;
}
