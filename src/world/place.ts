import type { PlacePrecision } from './actor.ts';
import { type KeyedTable, openTable } from './table.ts';

/** A place of the gazetteer. `lat` and `lon` in degrees, `geonames` the GeoNames id; all null where only the country is known. */
export interface PlaceEntry {
  readonly name: string;
  readonly country: string | null;
  readonly geonames: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** Inhabitants in thousands, 0 where unknown. */
  readonly thousands: number;
  readonly precision: PlacePrecision;
}

/** Opens `data/places.tsv`. A row without an id or a precision of its own is a list of names that say no more than their country. */
export function openPlaces(text: string): KeyedTable<PlaceEntry> {
  return openTable(text, ([, name = '', country, geonames, lat, lon, thousands, precision]) => ({
    name,
    country: country || null,
    geonames: geonames ? Number(geonames) : null,
    lat: lat ? Number(lat) : null,
    lon: lon ? Number(lon) : null,
    thousands: Number(thousands ?? 0),
    precision: (precision as PlacePrecision | undefined) ?? (geonames ? 'city' : 'region'),
  }));
}
