import type { Engine } from './engine.ts';
import { asksForAll, conditionsOf, type EventFilter } from './find.ts';
import { dayKey, MARK, UNDATED } from './marks.ts';
import type { ToldPlace } from './telling.ts';
import { parseWords } from './terms.ts';

/** A place of events: as much of it as its mark says, and how many events that pass a filter were there. */
export interface PlaceCount {
  /** What follows `place` in the mark, and what a filter asks for it by. */
  readonly key: string;
  readonly precision: ToldPlace['precision'];
  readonly geonames: number | null;
  readonly country: string | null;
  readonly name: string | null;
  readonly events: number;
}

/**
 * The places of the events that pass a filter, each event at the one that it is settled on, the most frequent first. Phrases
 * of `words` are taken as single words. All are counted, however many: none is loaded.
 */
export async function countPlaces(engine: Engine, filter: EventFilter): Promise<readonly PlaceCount[]> {
  const rows = asksForAll(filter)
    ? await engine.rows<{ mark: string; events: number }>(
        `SELECT n.mark AS mark, c.events AS events FROM mark_names n JOIN mark_counts c ON c.mark = n.number
          WHERE ${PLACES} AND c.events > 0`,
        [],
      )
    : await countThose(engine, filter);
  return rows
    .flatMap(({ mark, events }) => {
      const key = mark.slice('place '.length);
      const found = /^(venue|city|region|country) (?:(\d+)|(-|\S+)(?: (.+))?)$/s.exec(key);
      if (found === null) return [];
      const [, precision, geonames, country = null, name = null] = found;
      return [
        {
          key,
          precision: precision as ToldPlace['precision'],
          geonames: geonames === undefined ? null : Number(geonames),
          country: country === '-' ? null : country,
          ...{ name, events: Number(events) },
        },
      ];
    })
    .sort((a, b) => b.events - a.events || (a.key < b.key ? -1 : 1));
}

const PLACES = "n.mark >= 'place ' AND n.mark < 'place!'";

// From the side of the places: one event in ten has one, while what is asked for may be half the record.
async function countThose(
  engine: Engine,
  filter: EventFilter,
): Promise<readonly { readonly mark: string; readonly events: number }[]> {
  const { from, to, words } = filter;
  const { mark, conditions, parameters } = await conditionsOf(
    engine,
    filter,
    words === undefined ? [] : parseWords(words).terms,
  );
  const all = [...conditions];
  const values = [...parameters];
  if (mark !== 'all') {
    all.push(`EXISTS (SELECT 1 FROM marks o WHERE o.mark = ${MARK} AND o.sort = m.sort AND o.event = m.event)`);
    values.push(mark);
  }
  if (to !== undefined) {
    all.push('m.sort < ?');
    values.push(`${dayKey(to)}~`);
  }
  if (from !== undefined) {
    // What begins before the first day and may last into it counts, as it does in a list.
    all.push(
      '(m.sort >= ? OR m.event IN (SELECT number FROM events WHERE latest <> earliest AND latest >= ? AND sort < ?))',
    );
    values.push(dayKey(from), from, dayKey(from));
  }
  if (from !== undefined || to !== undefined) {
    all.push('substr(m.sort, 4, 1) <> ?');
    values.push(UNDATED);
  }
  return engine.rows<{ mark: string; events: number }>(
    `SELECT n.mark AS mark, count(*) AS events FROM mark_names n JOIN marks m ON m.mark = n.number
      WHERE ${PLACES} ${all.map((condition) => `AND ${condition}`).join(' ')} GROUP BY n.mark`,
    values,
  );
}
