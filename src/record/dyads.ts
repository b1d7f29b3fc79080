import type { Engine } from './engine.ts';
import { asksForAll, type EventFilter, findEvents } from './find.ts';
import { isState, type Party } from './party.ts';
import { parseWords } from './terms.ts';

/** Two states that have to do with each other. */
export interface Dyad {
  readonly one: Party;
  readonly two: Party;
  /** How many events both have part in. */
  readonly events: number;
  /** How many of them are of quad class 3 or 4, in words or in deeds against each other. */
  readonly conflict: number;
}

/** Pairs of states, the busiest first. */
export interface Dyads {
  readonly dyads: readonly Dyad[];
  /** False where only the first {@link LOOKED_AT} events that pass the filter were counted. */
  readonly complete: boolean;
}

/** Events that are counted one by one at most, where a filter is asked for. */
export const LOOKED_AT = 20_000;
const AT_ONCE = 2000;

/** The pairs of states that have most to do with each other in the events that pass a filter, the busiest first. */
export async function busiestDyads(engine: Engine, limit: number, filter: EventFilter = {}): Promise<Dyads> {
  return asksForAll(filter)
    ? { dyads: await busiestOfAll(engine, limit), complete: true }
    : busiestOf(engine, limit, filter);
}

/** Two states, and the number of their mark. */
type Pair = Omit<Dyad, 'conflict'> & { readonly number: number };

/** The pairs of states that have part in most events, the busiest first: from the counts that the record keeps. */
export async function busiestPairs(engine: Engine, limit: number): Promise<readonly Pair[]> {
  const rows = await engine.rows<{ number: number; mark: string; events: number }>(
    `SELECT n.number AS number, n.mark AS mark, c.events AS events
      FROM mark_names n JOIN mark_counts c ON c.mark = n.number
      WHERE ${IS_PAIR} AND c.events > 0 ORDER BY events DESC, n.mark LIMIT ?`,
    // A few more than asked for: a name of seven letters looks like two codes.
    [limit * 2],
  );
  const pairs = rows.flatMap(({ number, mark, events }) => {
    const sides = sidesOf(mark);
    return sides === undefined ? [] : [{ number, ...sides, events }];
  });
  return pairs.slice(0, limit);
}

async function busiestOfAll(engine: Engine, limit: number): Promise<readonly Dyad[]> {
  const dyads = await busiestPairs(engine, limit);
  const rows = await engine.rows<{ number: number; events: number }>(
    `SELECT p.mark AS number, count(*) AS events FROM marks p
      JOIN mark_names n ON n.mark IN ('quad 3', 'quad 4')
      JOIN marks q ON q.mark = n.number AND q.sort = p.sort AND q.event = p.event
      WHERE p.mark IN INTS(?) GROUP BY p.mark`,
    [dyads.map(({ number }) => number)],
  );
  const conflict = new Map(rows.map(({ number, events }) => [number, Number(events)]));
  return dyads.map(({ number, one, two, events }) => ({ one, two, events, conflict: conflict.get(number) ?? 0 }));
}

/** From the marks of the events, one by one. */
async function busiestOf(engine: Engine, limit: number, filter: EventFilter): Promise<Dyads> {
  const terms = filter.words === undefined ? [] : parseWords(filter.words).terms;
  const found = (await findEvents(engine, filter, terms, { limit: LOOKED_AT + 1 })).map(({ number }) => number);
  const pairs = await engine.rows<{ number: number; mark: string }>(
    `SELECT n.number AS number, n.mark AS mark FROM mark_names n WHERE ${IS_PAIR}`,
  );
  const counts = new Map<number, { one: Party; two: Party; events: number; conflict: number }>();
  for (const { number, mark } of pairs) {
    const sides = sidesOf(mark);
    if (sides !== undefined) counts.set(number, { ...sides, events: 0, conflict: 0 });
  }
  for (let at = 0; at < Math.min(found.length, LOOKED_AT); at += AT_ONCE) {
    const rows = await engine.rows<{ quad: number; marks: string }>(
      'SELECT quad, marks FROM events WHERE number IN INTS(?)',
      [found.slice(at, Math.min(at + AT_ONCE, LOOKED_AT))],
    );
    for (const { quad, marks } of rows) {
      for (const mark of marks.slice(0, marks.indexOf('|')).split(' ')) {
        const count = counts.get(Number(mark));
        if (count === undefined) continue;
        count.events += 1;
        if (quad >= 3) count.conflict += 1;
      }
    }
  }
  const dyads = [...counts.values()]
    .filter(({ events }) => events > 0)
    .sort((a, b) => b.events - a.events || (`${a.one} ${a.two}` < `${b.one} ${b.two}` ? -1 : 1));
  return { dyads: dyads.slice(0, limit), complete: found.length <= LOOKED_AT };
}

/** In SQL, what the marks of two states look like. */
const IS_PAIR = `n.mark >= 'pair A' AND n.mark < 'pair [' AND length(n.mark) = ${'pair RUS USA'.length}`;

/** The two states of a mark; nothing for others that look like two codes. */
function sidesOf(mark: string): { readonly one: Party; readonly two: Party } | undefined {
  const [, one = '', two = ''] = mark.split(' ');
  return isState(one) && isState(two) ? { one, two } : undefined;
}
