import { type GeoGeometryObjects, type GeoProjection, geoMercator, geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Event } from '../../record/event.ts';
import type { EventFilter } from '../../record/find.ts';
import type { Store } from '../../record/store.ts';
import type { ToldPlace } from '../../record/telling.ts';
import { countPlaces, type PlaceCount } from '../../record/where.ts';
import { placeWords } from '../../record/words.ts';
import { cell } from '../layout.ts';
import { addressWith } from './addresses.ts';
import { askAgain, askedTitle, filterAsked, filterForm } from './asked.ts';
import { addAddress, asJson, tableForms } from './forms.ts';
import { type Html, html } from './html.ts';
import { countWords, eventLines, newestEvents, newestOfAny } from './lines.ts';
import { countryName } from './names.ts';
import { totalWords } from './narrows.ts';
import { ANTARCTIC, type LonLat, type Masses, worldOutlines } from './outlines.ts';
import { remembered } from './remembered.ts';
import type { AddPage } from './show.ts';

/** Where the events that were asked for took place. */
export interface MapView {
  /** How many events have a place. */
  readonly events: number;
  /** All places, the most frequent first. */
  readonly places: readonly MapPlace[];
  /** The events of the place that was asked for, the newest first, and how many it has. */
  readonly chosen: { readonly place: string; readonly all: number; readonly events: readonly Event[] } | null;
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

const ROWS = 100;
const CHOSEN = 50;
/** Places that are drawn at most: the table and its JSON have all. */
const DRAWN = 500;

/** `/map`: events by place, and the same as a table. */
export const addMapPages: AddPage = (app, site, show) => {
  const queryOf = (url: string) => new URL(url).searchParams;
  addAddress<MapView>(app, site, show, {
    path: '/map',
    load: async (call) => {
      const query = queryOf(call.req.url);
      return loadMap(site.store, await filterAsked(query, site.store), query.get('place') || null);
    },
    page: async (view, call) => {
      const query = queryOf(call.req.url);
      return {
        title: await askedTitle('Map', query, site.store),
        place: '/map',
        main: mapMain(view, query, await filterForm('/map', query, site.store)),
      };
    },
    problem: (error, call) =>
      askAgain(error, { title: 'Map', path: '/map', query: queryOf(call.req.url), store: site.store }),
    forms: {
      json: asJson,
      ...tableForms('Places', ['place', 'country', 'precision', 'latitude', 'longitude', 'events'], ({ places }) =>
        places.map(({ place, country, precision, lat, lon, events }) =>
          [place, country ?? '', precision, `${lat ?? ''}`, `${lon ?? ''}`, String(events)].map((text) => cell(text)),
        ),
      ),
    },
  });
};

async function loadMap(store: Store, filter: EventFilter, chosen: string | null): Promise<MapView> {
  const places = await remembered(store, `places ${JSON.stringify(filter)}`, async () => placesOf(store, filter));
  const keys = places.filter(({ place }) => place === chosen).flatMap((place) => place.keys);
  return {
    events: sumOf(places),
    places: places.map(({ keys: _, ...place }) => place),
    chosen:
      chosen === null
        ? null
        : {
            place: chosen,
            all: sumOf(places.filter(({ place }) => place === chosen)),
            events: await newestOfAny(
              store,
              keys.map((place) => ({ ...filter, place })),
              CHOSEN,
            ),
          },
  };
}

/** The places of the record by what they are called, with the keys that it counts them under. */
async function placesOf(
  store: Store,
  filter: EventFilter,
): Promise<readonly (MapPlace & { readonly keys: readonly string[] })[]> {
  const places = new Map<string, MapPlace & { readonly keys: readonly string[] }>();
  for (const count of await countPlaces(store.engine, filter)) {
    const told = await toldAs(store, count);
    const { country, precision, lat, lon } = told;
    const place = placeWords(told);
    const key = `${place} ${precision}`;
    const known = places.get(key);
    places.set(key, {
      ...(known ?? { place, country, precision, lat, lon }),
      events: (known?.events ?? 0) + count.events,
      keys: [...(known?.keys ?? []), count.key],
    });
  }
  return [...places.values()].sort((a, b) => b.events - a.events || (a.place < b.place ? -1 : 1));
}

/** A counted place as it is told: by the world's tables, or by one of its events where they do not know it. */
async function toldAs(store: Store, { key, geonames, country, name, precision }: PlaceCount): Promise<ToldPlace> {
  const unplaced = { geonames, country, precision, lat: null, lon: null };
  if (name !== null) return { ...unplaced, name };
  if (geonames === null) return { ...unplaced, name: countryName(country ?? '') };
  const known = worldOutlines().placeNumbered(geonames);
  if (known !== undefined) return { ...known, geonames, precision };
  const [event] = await newestEvents(store, { place: key }, 1);
  return event?.where.settled ?? { ...unplaced, name: `place ${geonames}` };
}

function sumOf(places: readonly { readonly events: number }[]): number {
  return places.reduce((sum, { events }) => sum + events, 0);
}

function mapMain(view: MapView, query: URLSearchParams, form: Html): Html {
  const { events, places, chosen } = view;
  const closer = query.get('closer');
  const address = (changes: Readonly<Record<string, string | null>>) => addressWith('/map', query, changes);
  const placeAddress = (place: string) => `${address({ place })}#chosen`;
  const words = query.get('words') || undefined;
  const drawn = places.length > DRAWN ? ` The ${DRAWN} places of most events are drawn.` : '';
  return html`<h1>Map</h1>
${form}
${
  places.length === 0
    ? html`<p class="soft">No event that fits is told with a place.</p>`
    : html`<p class="soft">${totalWords(events, { complete: true, words })} with a place.${drawn}</p>
<ul class="closer" aria-label="What the map shows">${VIEWS.map(([name, words]) => html`<li><a href="${address({ closer: name })}"${name === closer && html` aria-current="true"`}>${words}</a></li>`)}</ul>
<figure class="map">${mapDrawing(places.slice(0, DRAWN), { closer, chosen: chosen?.place ?? null, placeAddress })}
<figcaption><svg class="key" viewBox="0 0 20 20" aria-hidden="true"><circle class="exact" cx="10" cy="10" r="6"/></svg> the larger, the more events <svg class="key" viewBox="0 0 20 20" aria-hidden="true"><circle class="wide" cx="10" cy="10" r="8"/></svg> somewhere in here: no closer than a region or a country is told.</figcaption></figure>`
}
${
  chosen !== null &&
  html`<section id="chosen"><h2>${chosen.place}</h2>
${chosen.all > chosen.events.length && html`<p class="soft">The newest ${chosen.events.length} of ${countWords(chosen.all)}.</p>`}
${chosen.events.length === 0 ? html`<p class="soft">No event that fits is told to be there.</p>` : eventLines(chosen.events)}
<p><a href="${address({ place: null })}">All places</a></p></section>`
}
${
  places.length > 0 &&
  html`<h2>Places</h2>
<table class="tight"><thead><tr><th scope="col">place</th><th scope="col">as exact as</th><th scope="col" class="number">events</th></tr></thead>
<tbody>${places.slice(0, ROWS).map((place) => html`<tr><th scope="row"><a href="${placeAddress(place.place)}">${place.place}</a></th><td>${place.precision}${spotOf(place) === undefined && ', not on the map'}</td><td class="number">${place.events.toLocaleString('en-US')}</td></tr>\n`)}</tbody></table>
${places.length > ROWS && html`<p class="soft">And ${(places.length - ROWS).toLocaleString('en-US')} more places of fewer events.</p>`}`
}`;
}

// biome-ignore format: a table reads best in rows
/** What can be looked at, by its name in an address, with its corners in the south-west and the north-east. */
const VIEWS: readonly (readonly [name: string | null, words: string, corners?: readonly [LonLat, LonLat]])[] = [
  [null, 'The world'],
  ['africa', 'Africa', [[-18, -36], [52, 38]]],
  ['americas', 'Americas', [[-130, -56], [-34, 62]]],
  ['asia', 'Asia and the Pacific', [[60, -45], [180, 55]]],
  ['europe', 'Europe', [[-10, 36], [40, 64]]],
  ['middle-east', 'Middle East', [[24, 12], [64, 43]]],
  ['1', 'Fitted to the places'],
];
const WIDTH = 1000;
const HEIGHT = 560;
const SMALLEST = 2.5;
const LARGEST = 22;
const CLOSEST = 2600;
/** How far off a region's point may be, in radians: some two hundred kilometres. */
const REGION = 0.035;
const WIDEST = 60;
const WIDEST_CLOSE = 160;
const NAMED = 3;

/** Where a place is on the globe, and how far off that may be, in radians: 0 for a city or a place in one. */
function spotOf({ lat, lon, country, precision }: MapPlace): { readonly at: LonLat; readonly off: number } | undefined {
  const isWide = precision === 'region' || precision === 'country';
  if (lat !== null && lon !== null && precision !== 'country') return { at: [lon, lat], off: isWide ? REGION : 0 };
  const outlines = worldOutlines();
  const middle = country === null ? undefined : outlines.placeOf(country);
  return middle === undefined ? undefined : { at: middle, off: Math.max(REGION / 2, outlines.reachOf(country!)) };
}

interface Spot {
  readonly at: LonLat;
  readonly off: number;
  /** The places that are drawn there: a country, and what is told to be somewhere in it. The most frequent is the first. */
  readonly places: readonly MapPlace[];
  readonly events: number;
}

function spotsOf(places: readonly MapPlace[]): readonly Spot[] {
  const spots = new Map<string, Spot>();
  for (const place of places) {
    const spot = spotOf(place);
    if (spot === undefined) continue;
    const key = `${spot.at} ${spot.off}`;
    const known = spots.get(key);
    const events = place.events + (known?.events ?? 0);
    spots.set(key, { ...spot, places: [...(known?.places ?? []), place], events });
  }
  return [...spots.values()];
}

function mapDrawing(
  places: readonly MapPlace[],
  {
    closer,
    chosen,
    placeAddress,
  }: { readonly closer: string | null; readonly chosen: string | null; placeAddress(place: string): string },
): Html {
  const outlines = worldOutlines();
  const spots = spotsOf(places);
  const points = spots.map(({ at }): [number, number] => [...at]);
  const corners = VIEWS.find(([name]) => name !== null && name === closer)?.[2]?.map(([lon, lat]): [number, number] => [
    lon,
    lat,
  ]);
  const isClose = corners !== undefined || (closer === '1' && points.length > 0);
  const land = points.some(([, lat]) => lat < ANTARCTIC) ? outlines.land : outlines.peopled;
  const { projection, height } = isClose
    ? closeProjection(corners ?? points, corners === undefined ? 60 : 0)
    : worldProjection(land, points);
  const path = geoPath(projection).digits(isClose ? 1 : 0);
  const most = Math.max(1, ...spots.map(({ events }) => events));
  const shown = spots
    .flatMap(({ places: told, events, at, off }) => {
      const point = projection([...at]);
      if (point === null || point[0] < 0 || point[0] > WIDTH || point[1] < 0 || point[1] > height) return [];
      const dot = SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(events / most);
      // On a map that stretches the north, what is drawn there is stretched too.
      const scale = projection.scale() / (isClose ? Math.cos((at[1] * Math.PI) / 180) : 1);
      return [
        {
          told,
          point,
          dot,
          ring: off === 0 ? 0 : Math.max(dot + 3, Math.min(isClose ? WIDEST_CLOSE : WIDEST, off * scale)),
        },
      ];
    })
    // What is small lies on what is large, so that each can be pointed at.
    .sort((a, b) => b.ring - a.ring || b.dot - a.dot);
  const circles = shown.map(({ told, point, dot, ring }) => {
    const center = html`cx="${point[0].toFixed(1)}" cy="${point[1].toFixed(1)}"`;
    const isChosen = told.some(({ place }) => place === chosen) && ' chosen';
    const named = told.slice(0, NAMED).map(({ place, events }) => `${place}: ${countWords(events)}`);
    const title = [...named, ...(told.length > NAMED ? [`${told.length - NAMED} more places`] : [])].join('; ');
    return html`<a href="${placeAddress(told[0]!.place)}" tabindex="-1"><title>${title}</title>${ring > 0 && html`<circle class="wide" ${center} r="${ring.toFixed(1)}"/>`}<circle class="exact${isChosen}" ${center} r="${dot.toFixed(1)}"/></a>
`;
  });
  // The circle of a northern country reaches beyond the land.
  const reach = (down: 1 | -1) => shown.map(({ point, dot, ring }) => down * point[1] + Math.max(dot, ring) + 2);
  const [above, below] = isClose
    ? [0, height]
    : ([Math.max(0, ...reach(-1)), Math.max(height, ...reach(1))].map(Math.ceil) as [number, number]);
  return html`<svg class="world" viewBox="0 ${-above} ${WIDTH} ${above + below}" role="group" aria-label="Events by place; the table below has the same">
<path class="land" d="${path(land) ?? ''}"/><path class="borders" d="${path(outlines.borders) ?? ''}"/>
${circles}</svg>`;
}

interface Drawn {
  readonly projection: GeoProjection;
  readonly height: number;
}

/** All land and all points, as wide as the drawing. */
function worldProjection(land: Masses, points: [number, number][]): Drawn {
  const all: GeoGeometryObjects = {
    type: 'GeometryCollection',
    geometries: [land, { type: 'MultiPoint', coordinates: points }],
  };
  const projection = geoNaturalEarth1().fitWidth(WIDTH - 2 * LARGEST, all);
  const [x, y] = projection.translate();
  projection.translate([x + LARGEST, y + 4]);
  return { projection, height: Math.ceil(geoPath(projection).bounds(all)[1][1]) + 4 };
}

/** As close as some points allow, with a margin around them. */
function closeProjection(points: [number, number][], margin: number): Drawn {
  const projection = geoMercator().fitExtent(
    [
      [margin, margin],
      [WIDTH - margin, HEIGHT - margin],
    ],
    { type: 'MultiPoint', coordinates: points },
  );
  if (!(projection.scale() <= CLOSEST)) {
    projection
      .center(points[0]!)
      .translate([WIDTH / 2, HEIGHT / 2])
      .scale(CLOSEST);
  }
  const clipped = projection.clipExtent([
    [0, 0],
    [WIDTH, HEIGHT],
  ]);
  return { projection: clipped, height: HEIGHT };
}
