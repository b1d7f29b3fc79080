import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type ExtendedFeature, type GeoGeometryObjects, geoArea, geoBounds, geoCentroid, geoContains } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { openPlaces, type PlaceEntry } from '../../world/place.ts';
import { loadTables } from '../load.ts';

/** A point on the globe in degrees, as GeoJSON has it. */
export type LonLat = readonly [lon: number, lat: number];

/** Land, a polygon a mass. */
export type Masses = Extract<GeoGeometryObjects, { readonly type: 'MultiPolygon' }>;

/** The world's outlines (Natural Earth, 1:110 million, by world-atlas), and where on a map a country is written. */
export interface Outlines {
  readonly land: Masses;
  /** The land without Antarctica, where hardly anything happens. */
  readonly peopled: Masses;
  readonly borders: GeoGeometryObjects;
  /** The middle of a country's largest part by its ISO 3166 alpha-3 code; of one too small to be drawn its largest city. */
  placeOf(country: string): LonLat | undefined;
  /** How far a place in a country may be from there: the radius in radians of a disc as large as its largest part, 0 where it is not drawn. */
  reachOf(country: string): number;
  /** The place of the gazetteer with a GeoNames id. */
  placeNumbered(geonames: number): PlaceEntry | undefined;
}

let loaded: Outlines | undefined;

/** The outlines, loaded when first asked for. */
export function worldOutlines(): Outlines {
  loaded ??= loadOutlines();
  return loaded;
}

function loadOutlines(): Outlines {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json');
  const atlas = JSON.parse(readFileSync(path, 'utf8')) as Topology<{
    countries: GeometryCollection;
    land: GeometryCollection;
  }>;
  const { countries, land } = atlas.objects;
  // The narrow ones first: whether a point is in Russia takes longest to tell.
  const shapes = feature(atlas, countries)
    .features.map((shape) => ({ shape, bounds: geoBounds(shape) }))
    .sort((a, b) => widthOf(a.bounds) - widthOf(b.bounds));
  const cities = new Map<string, PlaceEntry[]>();
  const numbered = new Map<number, PlaceEntry>();
  for (const place of openPlaces(loadTables().places).rows()) {
    if (place.geonames !== null) numbered.set(place.geonames, place);
    if (place.country === null || place.lat === null || place.lon === null) continue;
    const list = cities.get(place.country);
    if (list === undefined) cities.set(place.country, [place]);
    else list.push(place);
  }
  const masses = feature(atlas, land).features.flatMap(({ geometry }) =>
    geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [],
  );
  const middles = new Map<string, Middle | undefined>();
  return {
    land: { type: 'MultiPolygon', coordinates: masses },
    peopled: {
      type: 'MultiPolygon',
      coordinates: masses.filter((mass) => geoCentroid({ type: 'Polygon', coordinates: mass })[1] > ANTARCTIC),
    },
    borders: mesh(atlas, countries, (a, b) => a !== b),
    placeOf: (country) => middleOf(country)?.point,
    reachOf: (country) => middleOf(country)?.reach ?? 0,
    placeNumbered: (geonames) => numbered.get(geonames),
  };

  function middleOf(country: string): Middle | undefined {
    if (!middles.has(country)) middles.set(country, middleAmong(cities.get(country) ?? []));
    return middles.get(country);
  }

  /** The middle of the shape that most of a country's largest cities lie in: at this scale one by the sea may lie outside. */
  function middleAmong(all: readonly PlaceEntry[]): Middle | undefined {
    const largest = all.toSorted((a, b) => b.thousands - a.thousands).slice(0, VOTES);
    const points = largest.map(({ lon, lat }): [number, number] => [lon!, lat!]);
    let best = { votes: 0, shape: shapes[0]!.shape };
    for (const { shape, bounds } of shapes) {
      const votes = points.filter((point) => isIn(point, bounds, shape)).length;
      if (votes > best.votes) best = { votes, shape };
      if (best.votes > points.length / 2) break;
    }
    if (best.votes === 0) return points[0] === undefined ? undefined : { point: points[0], reach: 0 };
    const part = largestPart(best.shape.geometry);
    return { point: geoCentroid(part), reach: Math.acos(1 - geoArea(part) / (2 * Math.PI)) };
  }
}

interface Middle {
  readonly point: LonLat;
  readonly reach: number;
}

const VOTES = 7;

/** All land south of this latitude is Antarctica. */
export const ANTARCTIC = -60;

function widthOf([[west], [east]]: ReturnType<typeof geoBounds>): number {
  return east >= west ? east - west : east - west + 360;
}

function isIn([lon, lat]: [number, number], bounds: ReturnType<typeof geoBounds>, shape: ExtendedFeature): boolean {
  const [[west, south], [east, north]] = bounds;
  if (lat < south || lat > north || (west <= east && (lon < west || lon > east))) return false;
  return geoContains(shape, [lon, lat]);
}

/** France without Guiana. */
function largestPart(geometry: GeoGeometryObjects): GeoGeometryObjects {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const parts = geometry.coordinates.map((coordinates): GeoGeometryObjects => ({ type: 'Polygon', coordinates }));
  return parts.reduce((large, part) => (geoArea(part) > geoArea(large) ? part : large));
}
