import { fold } from './party.ts';
import type { Telling, ToldPlace } from './telling.ts';

/** True when both places are told and cannot be the same: two cities, or places of two countries. */
export function placesDiffer(a: ToldPlace, b: ToldPlace): boolean {
  if (a.country !== null && b.country !== null && a.country !== b.country) return true;
  return a.precision === 'city' && b.precision === 'city' && !samePlace(a, b);
}

/** True when both places are one: by GeoNames when it knows both, else by name. Countries are no places here. */
export function samePlace(a: ToldPlace, b: ToldPlace): boolean {
  if (a.precision === 'country' || b.precision === 'country') return false;
  if (a.geonames !== null && b.geonames !== null) return a.geonames === b.geonames;
  return fold(a.name) === fold(b.name);
}

/** True for a place that can tell one act from another. */
export function isTown({ precision }: ToldPlace): boolean {
  return precision === 'city' || precision === 'venue';
}

/** True when both tell one town or venue. */
export function isTownShared(a: Telling, b: Telling): boolean {
  return a.where !== null && b.where !== null && isTown(a.where) && isTown(b.where) && samePlace(a.where, b.where);
}

/** The first figure that both tell. */
export function sharedFigure(a: Telling, b: Telling): Telling['figures'][number] | undefined {
  return a.figures.find((one) => b.figures.some((two) => one.value === two.value && one.unit === two.unit));
}
