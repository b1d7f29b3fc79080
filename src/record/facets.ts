import { countDays } from './days.ts';
import type { Engine } from './engine.ts';
import { asksForAll, countMark, type EventFilter, findEvents } from './find.ts';
import { dayOfKey } from './marks.ts';
import { parseWords } from './terms.ts';

/** A value that events have, and how many of them. */
export interface FacetValue {
  readonly value: string;
  readonly events: number;
}

/** What the events that pass a filter have in common and how they lie in time. */
export interface Facets {
  /** How many there are; when `complete` is false, at least so many, and the counts are those of the first of them. */
  readonly total: number;
  readonly complete: boolean;
  /** Values by the word of their mark (`type`, `status`, `issue`, `party`, `outlet` …), the most frequent first. */
  readonly values: ReadonlyMap<string, readonly FacetValue[]>;
  /** How many events stand on each day, in order; those without a day are left out. */
  readonly days: readonly (readonly [day: string, events: number])[];
}

/** Words of marks that are counted. */
const COUNTED = ['party', 'person', 'type', 'quad', 'status', 'issue', 'in', 'outlet', 'kind', 'disputed', 'reviewed'];
const VALUES_OF_EACH = 200;
const AT_ONCE = 2000;
/** Marks that are counted at most, the frequent ones first: a large record has a hundred thousand persons of one event. */
const FREQUENT = 3000;

/**
 * Counts what the events that pass a filter can be narrowed down by. `most` events are looked at (default: 20,000): more
 * would take longer than a person waits.
 */
export async function facetsOf(engine: Engine, filter: EventFilter, most = 20_000): Promise<Facets> {
  if (asksForAll(filter)) return facetsOfAll(engine);
  const terms = filter.words === undefined ? [] : parseWords(filter.words).terms;
  const found = await findEvents(engine, filter, terms, { limit: most + 1 });
  const complete = found.length <= most;
  const counted = complete ? found : found.slice(0, most);
  const days = new Map<string, number>();
  for (const { sort } of counted) {
    const day = dayOfKey(sort);
    if (day !== null) days.set(day, (days.get(day) ?? 0) + 1);
  }
  return {
    total: counted.length,
    complete,
    values: await valuesOf(
      engine,
      await countMarks(
        engine,
        counted.map(({ number }) => number),
      ),
    ),
    days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** The same for all events, from the counts that the record keeps: those of single events are left out where there are many. */
async function facetsOfAll(engine: Engine): Promise<Facets> {
  const rows = await engine.rows<{ mark: number; events: number }>(
    `SELECT mark, events FROM mark_counts WHERE events > 0 ORDER BY events DESC, mark LIMIT ?`,
    [FREQUENT],
  );
  return {
    total: await countMark(engine, 'all'),
    complete: true,
    values: await valuesOf(engine, new Map(rows.map(({ mark, events }) => [mark, events]))),
    days: await countDays(engine, {}),
  };
}

async function countMarks(engine: Engine, events: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (let at = 0; at < events.length; at += AT_ONCE) {
    const rows = await engine.rows<{ marks: string }>('SELECT marks FROM events WHERE number IN INTS(?)', [
      events.slice(at, at + AT_ONCE),
    ]);
    for (const { marks } of rows) {
      for (const mark of marks.slice(0, marks.indexOf('|')).split(' ')) {
        const number = Number(mark);
        counts.set(number, (counts.get(number) ?? 0) + 1);
      }
    }
  }
  return counts;
}

async function valuesOf(
  engine: Engine,
  counts: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<string, readonly FacetValue[]>> {
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, FREQUENT);
  const rows = await engine.rows<{ number: number; mark: string }>(
    'SELECT number, mark FROM mark_names WHERE number IN INTS(?)',
    [frequent.map(([number]) => number)],
  );
  const values = new Map<string, FacetValue[]>(COUNTED.map((word) => [word, []]));
  for (const { number, mark } of rows) {
    const space = mark.indexOf(' ');
    const word = space < 0 ? mark : mark.slice(0, space);
    values.get(word)?.push({ value: space < 0 ? '' : mark.slice(space + 1), events: counts.get(number)! });
  }
  for (const list of values.values()) {
    list.sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1));
    list.splice(VALUES_OF_EACH);
  }
  return values;
}
