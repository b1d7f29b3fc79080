import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type ExtendedFeature, type GeoGeometryObjects, geoArea, geoBounds, geoCentroid, geoContains } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { openPlaces, type PlaceEntry } from '../../world/place.ts';
import { loadTables } from '../load.ts';

/** A point on the globe in degrees, as GeoJSON has it. */
export type LonLat = readonly [lon: number, lat: number];

/** The world's outlines (Natural Earth, 1:110 million, by world-atlas), and where on a map a country is written. */
export interface Outlines {
  readonly land: GeoGeometryObjects;
  readonly borders: GeoGeometryObjects;
  /** The middle of a country's largest part by its ISO 3166 alpha-3 code; of one too small to be drawn its largest city. */
  placeOf(country: string): LonLat | undefined;
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
  const shapes = feature(atlas, countries).features.map((shape) => ({ shape, bounds: geoBounds(shape) }));
  const cities = new Map<string, PlaceEntry[]>();
  for (const place of openPlaces(loadTables().places).rows()) {
    if (place.country === null || place.lat === null || place.lon === null) continue;
    const list = cities.get(place.country);
    if (list === undefined) cities.set(place.country, [place]);
    else list.push(place);
  }
  const places = new Map<string, LonLat>();
  return {
    land: { type: 'GeometryCollection', geometries: feature(atlas, land).features.map(({ geometry }) => geometry) },
    borders: mesh(atlas, countries, (a, b) => a !== b),
    placeOf(country) {
      const known = places.get(country);
      const largest = cities.get(country);
      if (known !== undefined || largest === undefined) return known;
      const place = middleOf(largest.toSorted((a, b) => b.thousands - a.thousands).slice(0, VOTES));
      places.set(country, place);
      return place;
    },
  };

  /** The middle of the shape that most of a country's cities lie in: at this scale one by the sea may lie outside. */
  function middleOf(largest: readonly PlaceEntry[]): LonLat {
    const points = largest.map(({ lon, lat }): [number, number] => [lon!, lat!]);
    const votes = shapes.map(({ shape, bounds }) => points.filter((point) => isIn(point, bounds, shape)).length);
    const most = Math.max(...votes);
    if (most === 0) return points[0]!;
    return geoCentroid(largestPart(shapes[votes.indexOf(most)]!.shape.geometry));
  }
}

const VOTES = 7;

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
