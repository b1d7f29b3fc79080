import type { ToldPlace } from '../../record/telling.ts';
import { citationLine } from './cite.ts';
import { flatRow } from './flat.ts';
import { textFormat } from './format.ts';

/** Events that have coordinates as points (RFC 7946), each with the columns of `csv` as its properties. */
export const geojson = textFormat(
  {
    name: 'geojson',
    summary: 'events that have coordinates, as points of a map (RFC 7946)',
    file: { name: 'events', ending: 'geojson', media: 'application/geo+json' },
  },
  ({ citation, cite }) => {
    let before = '\n';
    return {
      begin: '{"type":"FeatureCollection","features":[',
      add: (exported, leaveOut) => {
        const { event } = exported;
        const place = [event.where.settled, ...event.where.told.map(({ value }) => value)].find(isPlaced);
        if (place === undefined) {
          leaveOut('without coordinates');
          return undefined;
        }
        const feature = {
          type: 'Feature',
          id: event.id,
          geometry: { type: 'Point', coordinates: [place.lon, place.lat] },
          properties: flatRow(exported),
        };
        const text = `${before}${JSON.stringify(feature)}`;
        before = ',\n';
        return text;
      },
      end: (events) => `\n]${cite ? `,"citation":${JSON.stringify(citationLine(citation, events))}` : ''}}\n`,
    };
  },
);

function isPlaced(place: ToldPlace | null): place is ToldPlace & { readonly lat: number; readonly lon: number } {
  return place !== null && place.lat !== null && place.lon !== null;
}
