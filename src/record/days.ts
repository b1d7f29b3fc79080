import type { Engine } from './engine.ts';
import { asksForAll, conditionsOf, type EventFilter } from './find.ts';
import { DAY_PARTS, type DayPart } from './hours.ts';
import { dayKey, dayOfKey, MARK, partOfKey, UNDATED } from './marks.ts';
import { parseWords } from './terms.ts';

/** A day, and how many events stand on it. */
export type DayCount = readonly [day: string, events: number];

/**
 * How many of the events that pass a filter stand on each day of the chronology, in its order; those of no day are left
 * out, and with `from` or `to` those without a date of their own. Phrases of `words` are taken as single words.
 */
export async function countDays(engine: Engine, filter: EventFilter): Promise<readonly DayCount[]> {
  if (asksForAll(filter)) return sorted(await engine.rows('SELECT day, events FROM day_counts WHERE events > 0'));
  const rows = await countBy(engine, filter, 'substr(m.sort, 1, 3)');
  return sorted(rows.map(({ key, events }) => ({ day: key, events })));
}

/** How the events of a day lie in it. */
export interface HourCounts {
  /** How many stand on the whole of it: no report tells their time of day. */
  readonly whole: number;
  /** How many are told to have been in each of its parts, in their order; those of none are left out. */
  readonly parts: readonly (readonly [part: DayPart, events: number])[];
}

/** How the events that pass a filter lie in the one day it asks for. */
export async function countHours(
  engine: Engine,
  filter: EventFilter & { readonly from: string; readonly to: string },
): Promise<HourCounts> {
  let whole = 0;
  const parts = new Map<DayPart, number>();
  for (const { key, events } of await countBy(engine, filter, 'substr(m.sort, 1, 4)')) {
    const part = partOfKey(key);
    if (part === undefined) whole += events;
    else parts.set(part, events);
  }
  return { whole, parts: DAY_PARTS.flatMap((part) => (parts.has(part) ? [[part, parts.get(part)!] as const] : [])) };
}

async function countBy(
  engine: Engine,
  filter: EventFilter,
  key: string,
): Promise<readonly { readonly key: string; readonly events: number }[]> {
  const { from, to, words } = filter;
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
  const rows = await engine.rows<{ key: string; events: number }>(
    `SELECT ${key} AS key, count(*) AS events FROM marks m
      WHERE m.mark = ${MARK} ${all.map((condition) => `AND ${condition}`).join(' ')} GROUP BY 1`,
    [mark, ...parameters, ...range.map(([, value]) => value)],
  );
  return rows.map((row) => ({ key: row.key, events: Number(row.events) }));
}

function sorted(rows: readonly { readonly day: string; readonly events: number }[]): readonly DayCount[] {
  return rows
    .flatMap(({ day, events }): DayCount[] => {
      const known = dayOfKey(day);
      return known === null ? [] : [[known, events]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
