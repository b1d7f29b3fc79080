import { geoMercator, geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Event } from '../../record/event.ts';
import { facetsOf } from '../../record/facets.ts';
import type { EventFilter } from '../../record/find.ts';
import type { Store } from '../../record/store.ts';
import type { ToldPlace } from '../../record/telling.ts';
import { placeWords } from '../../record/words.ts';
import { filterAsked, filterForm } from './asked.ts';
import { type Html, html } from './html.ts';
import { countWords, eventLines, newestEvents } from './lines.ts';
import { type LonLat, type Outlines, worldOutlines } from './outlines.ts';
import type { AddPage } from './site.ts';
import { addTwice, jsonAddress } from './twice.ts';

/** Where the events that were asked for took place. */
export interface MapView {
  /** How many events with a place are shown. */
  readonly events: number;
  /** How many there are, those in two countries counted twice. */
  readonly all: number;
  /** False where there are more: then they are the newest of each country. */
  readonly complete: boolean;
  /** The most frequent first. */
  readonly places: readonly MapPlace[];
  /** The events of the place that was asked for, the newest first. */
  readonly chosen: { readonly place: string; readonly events: readonly Event[] } | null;
}

/** A place with its events. */
export interface MapPlace {
  /** `Geneva (CHE)`. */
  readonly place: string;
  readonly country: string | null;
  readonly precision: ToldPlace['precision'];
  readonly lat: number | null;
  readonly lon: number | null;
  readonly events: number;
}

/** Events that are loaded for a map: of a large record a second or two, once for each change of it. */
const MOST_EVENTS = 800;
const ROWS = 100;
const CHOSEN = 50;

/** `/map`: events by place, and the same as a table. */
export const addMapPages: AddPage = (app, site, show) => {
  const queryOf = (url: string) => new URL(url).searchParams;
  addTwice<MapView>(app, site, show, {
    path: '/map',
    load: async (call) => {
      const query = queryOf(call.req.url);
      return loadMap(site.store, await filterAsked(query, site.store), query.get('place') || null);
    },
    page: async (view, call) => {
      const query = queryOf(call.req.url);
      return {
        title: 'Map',
        place: '/map',
        main: mapMain(view, query, await filterForm('/map', query, site.store)),
        forms: [['JSON', jsonAddress(call)]],
      };
    },
  });
};

async function loadMap(store: Store, filter: EventFilter, chosen: string | null): Promise<MapView> {
  // Most events are told without a place: those of each country are asked for, and no others.
  const countries = ((await facetsOf(store.engine, filter)).values.get('in') ?? []).filter(
    ({ value }) => filter.country === undefined || value === filter.country,
  );
  const quota = quotaOf(
    countries.map(({ events }) => events),
    MOST_EVENTS,
  );
  const events = new Map<string, Event>();
  for (const { value } of countries) {
    for (const event of await newestEvents(store, { ...filter, country: value }, quota)) events.set(event.id, event);
  }
  const places = new Map<string, { place: MapPlace; events: Event[] }>();
  for (const event of events.values()) {
    const where = event.where.settled;
    if (where === null) continue;
    const { country, precision, lat, lon } = where;
    const place = placeWords(where);
    const key = `${place} ${precision}`;
    const known = places.get(key);
    if (known === undefined) {
      places.set(key, { place: { place, country, precision, lat, lon, events: 0 }, events: [event] });
    } else known.events.push(event);
  }
  return {
    events: events.size,
    all: countries.reduce((sum, { events: count }) => sum + count, 0),
    complete: countries.every(({ events: count }) => count <= quota),
    places: [...places.values()]
      .map(({ place, events: told }) => ({ ...place, events: told.length }))
      .sort((a, b) => b.events - a.events || (a.place < b.place ? -1 : 1)),
    chosen:
      chosen === null
        ? null
        : {
            place: chosen,
            events: [...places.values()]
              .filter(({ place }) => place.place === chosen)
              .flatMap(({ events: told }) => told)
              .slice(0, CHOSEN),
          },
  };
}

/** So many of each that all together are no more than `most`: busy countries are cut before quiet ones. */
function quotaOf(counts: readonly number[], most: number): number {
  let quota = Math.max(1, ...counts);
  while (quota > 1 && counts.reduce((sum, count) => sum + Math.min(count, quota), 0) > most) {
    quota = Math.floor(quota * 0.9);
  }
  return quota;
}

function mapMain(view: MapView, query: URLSearchParams, form: Html): Html {
  const { events, all, complete, places, chosen } = view;
  const closer = query.get('closer') === '1';
  const address = (changes: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams([...query].filter(([name, value]) => value !== '' && !(name in changes)));
    for (const [name, value] of Object.entries(changes)) if (value !== null) next.set(name, value);
    return next.size === 0 ? '/map' : `/map?${next}`;
  };
  const placeAddress = (place: string) => `${address({ place })}#chosen`;
  const count = `${countWords(events)} with a place${complete ? '' : `, the newest of each country out of ${all.toLocaleString('en-US')}`}`;
  return html`<h1>Map</h1>
${form}
${
  places.length === 0
    ? html`<p class="soft">No event that fits is told with a place.</p>`
    : html`<p class="soft">${count}. ${closer ? html`<a href="${address({ closer: null })}">The whole world</a>` : html`<a href="${address({ closer: '1' })}">Closer</a>`}</p>
<figure class="map"><div class="scroll" tabindex="0" role="group" aria-label="Map">${mapDrawing(places, { closer, chosen: chosen?.place ?? null, placeAddress })}</div>
<figcaption><svg class="key" viewBox="0 0 20 20" aria-hidden="true"><circle class="exact" cx="10" cy="10" r="6"/></svg> in a city or at a place in it <svg class="key" viewBox="0 0 20 20" aria-hidden="true"><circle class="wide" cx="10" cy="10" r="8"/></svg> somewhere in a country or region. The larger, the more events.</figcaption></figure>`
}
${
  chosen !== null &&
  html`<section id="chosen"><h2>${chosen.place}</h2>
${chosen.events.length === 0 ? html`<p class="soft">No event that fits is told to be there.</p>` : eventLines(chosen.events)}
<p><a href="${address({ place: null })}">All places</a></p></section>`
}
${
  places.length > 0 &&
  html`<h2>Places</h2>
<table class="tight"><thead><tr><th scope="col">place</th><th scope="col">as exact as</th><th scope="col" class="number">events</th></tr></thead>
<tbody>${places.slice(0, ROWS).map((place) => html`<tr><th scope="row"><a href="${placeAddress(place.place)}">${place.place}</a></th><td>${place.precision}${pointOf(place, worldOutlines()) === undefined && ', not on the map'}</td><td class="number">${place.events.toLocaleString('en-US')}</td></tr>\n`)}</tbody></table>
${places.length > ROWS && html`<p class="soft">And ${(places.length - ROWS).toLocaleString('en-US')} more places of fewer events.</p>`}`
}`;
}

const WIDTH = 1000;
const HEIGHT = 500;
const SMALLEST = 2.5;
const LARGEST = 26;
const CLOSEST = 2600;

/** A place on the globe: its own, else its country's. */
function pointOf({ lat, lon, country }: MapPlace, outlines: Outlines): LonLat | undefined {
  if (lat !== null && lon !== null) return [lon, lat];
  return country === null ? undefined : outlines.placeOf(country);
}

function mapDrawing(
  places: readonly MapPlace[],
  {
    closer,
    chosen,
    placeAddress,
  }: { readonly closer: boolean; readonly chosen: string | null; placeAddress(place: string): string },
): Html {
  const outlines = worldOutlines();
  const drawn = places.flatMap((place) => {
    const point = pointOf(place, outlines);
    return point === undefined ? [] : [{ place, point }];
  });
  const coordinates = drawn.map(({ point }): [number, number] => [...point]);
  const projection = projectionOf(closer ? coordinates : []);
  const path = geoPath(projection).digits(closer ? 1 : 0);
  const most = Math.max(1, ...drawn.map(({ place }) => place.events));
  const circles = drawn.map(({ place, point }) => {
    const at = projection([...point]);
    if (at === null || at[0] < 0 || at[0] > WIDTH || at[1] < 0 || at[1] > HEIGHT) return null;
    // What is known no better than its country is drawn wider: it may be anywhere there.
    const wide = place.precision === 'country' || place.precision === 'region' || place.lat === null;
    const radius = SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(place.events / most) + (wide ? 3 : 0);
    return html`<a href="${placeAddress(place.place)}" tabindex="-1"><circle class="${wide ? 'wide' : 'exact'}${place.place === chosen ? ' chosen' : ''}" cx="${at[0].toFixed(1)}" cy="${at[1].toFixed(1)}" r="${radius.toFixed(1)}"><title>${place.place}: ${countWords(place.events)}</title></circle></a>
`;
  });
  return html`<svg class="world" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-label="Events by place; the table below has the same">
<path class="land" d="${path(outlines.land) ?? ''}"/><path class="borders" d="${path(outlines.borders) ?? ''}"/>
${circles}</svg>`;
}

/** The whole world, or as close as some points allow. */
function projectionOf(points: readonly [number, number][]) {
  if (points.length === 0) {
    return geoNaturalEarth1().fitExtent(
      [
        [4, 4],
        [WIDTH - 4, HEIGHT - 4],
      ],
      { type: 'Sphere' },
    );
  }
  const projection = geoMercator().fitExtent(
    [
      [60, 60],
      [WIDTH - 60, HEIGHT - 60],
    ],
    { type: 'MultiPoint', coordinates: [...points] },
  );
  if (!(projection.scale() <= CLOSEST)) {
    const [lon, lat] = points[0]!;
    projection
      .center([lon, lat])
      .translate([WIDTH / 2, HEIGHT / 2])
      .scale(CLOSEST);
  }
  return projection.clipExtent([
    [0, 0],
    [WIDTH, HEIGHT],
  ]);
}
