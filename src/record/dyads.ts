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
  const quads = await engine.rows<{ number: number }>(
    "SELECT number FROM mark_names WHERE mark IN ('quad 3', 'quad 4')",
  );
  const eventsOf = await eventsMarked(
    engine,
    [...dyads, ...quads].map(({ number }) => number),
  );
  // A join looks each event up by itself: 80 to 100 ms for 84,000 of pairs, where going through both lists takes 20.
  const against = quads.flatMap(({ number }) => eventsOf.get(number) ?? []);
  const isAgainst = new Uint8Array(
    1 + against.reduce((most, events) => events.reduce((a, b) => Math.max(a, b), most), 0),
  );
  for (const events of against) for (const event of events) isAgainst[event] = 1;
  return dyads.map(({ number, one, two, events }) => {
    let conflict = 0;
    for (const event of eventsOf.get(number) ?? []) conflict += isAgainst[event] ?? 0;
    return { one, two, events, conflict };
  });
}

/** The numbers of the events that have each of some marks. */
async function eventsMarked(engine: Engine, marks: readonly number[]): Promise<ReadonlyMap<number, Uint32Array>> {
  // As one text each: a hundred thousand rows take ten times as long.
  const rows = await engine.rows<{ mark: number; events: string }>(
    `SELECT mark, string_agg(CAST(event AS TEXT), ' ') AS events FROM marks WHERE mark IN INTS(?) GROUP BY mark`,
    [marks],
  );
  return new Map(rows.map(({ mark, events }) => [mark, numbersIn(events)]));
}

/** The numbers in a text that parts them by blanks. */
function numbersIn(text: string): Uint32Array {
  const numbers = new Uint32Array((text.length + 1) >> 1);
  let count = 0;
  let number = 0;
  for (let i = 0; i <= text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0) {
      number = number * 10 + digit;
      continue;
    }
    numbers[count++] = number;
    number = 0;
  }
  return numbers.subarray(0, count);
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
