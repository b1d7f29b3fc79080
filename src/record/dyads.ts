import type { Engine } from './engine.ts';
import { isState, type Party } from './party.ts';

/** Two states that have to do with each other. */
export interface Dyad {
  readonly one: Party;
  readonly two: Party;
  /** How many events both have part in. */
  readonly events: number;
  /** How many of them are of quad class 3 or 4, in words or in deeds against each other. */
  readonly conflict: number;
}

/** The pairs of states that have most to do with each other, the busiest first. */
export async function busiestDyads(engine: Engine, limit: number): Promise<readonly Dyad[]> {
  const pairs = await engine.rows<{ number: number; mark: string; events: number }>(
    `SELECT n.number AS number, n.mark AS mark, c.events AS events
      FROM mark_names n JOIN mark_counts c ON c.mark = n.number
      WHERE n.mark >= 'pair A' AND n.mark < 'pair [' AND length(n.mark) = ${'pair RUS USA'.length} AND c.events > 0
      ORDER BY events DESC, n.mark LIMIT ?`,
    // A few more than asked for: a name of seven letters looks like two codes.
    [limit * 2],
  );
  const dyads = pairs
    .map(({ number, mark, events }) => {
      const [, one = '', two = ''] = mark.split(' ');
      return { number, one, two, events: Number(events) };
    })
    .filter(({ one, two }) => isState(one) && isState(two))
    .slice(0, limit);
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
