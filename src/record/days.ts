import type { Engine } from './engine.ts';
import { asksForAll, conditionsOf, type EventFilter } from './find.ts';
import { dayKey, dayOfKey, MARK, UNDATED } from './marks.ts';
import { parseWords } from './terms.ts';

/** A day, and how many events stand on it. */
export type DayCount = readonly [day: string, events: number];

/**
 * How many of the events that pass a filter stand on each day of the chronology, in its order; those of no day are left
 * out, and with `from` or `to` those without a date of their own. Phrases of `words` are taken as single words.
 */
export async function countDays(engine: Engine, filter: EventFilter): Promise<readonly DayCount[]> {
  const { from, to, words } = filter;
  if (asksForAll(filter)) return sorted(await engine.rows('SELECT day, events FROM day_counts WHERE events > 0'));
  const { mark, conditions, parameters } = await conditionsOf(
    engine,
    filter,
    words === undefined ? [] : parseWords(words).terms,
  );
  const range = [
    ...(from === undefined ? [] : [['m.sort >= ?', dayKey(from)] as const]),
    ...(to === undefined ? [] : [['m.sort < ?', `${dayKey(to)}~`] as const]),
    ...(from === undefined && to === undefined ? [] : [['substr(m.sort, 4, 1) <> ?', UNDATED] as const]),
  ];
  const all = [...conditions, ...range.map(([condition]) => condition)];
  const rows = await engine.rows<{ day: string; events: number }>(
    `SELECT substr(m.sort, 1, 3) AS day, count(*) AS events FROM marks m
      WHERE m.mark = ${MARK} ${all.map((condition) => `AND ${condition}`).join(' ')} GROUP BY 1`,
    [mark, ...parameters, ...range.map(([, value]) => value)],
  );
  return sorted(rows);
}

function sorted(rows: readonly { readonly day: string; readonly events: number }[]): readonly DayCount[] {
  return rows
    .flatMap(({ day, events }): DayCount[] => {
      const known = dayOfKey(day);
      return known === null ? [] : [[known, Number(events)]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
