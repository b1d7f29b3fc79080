import type { Quad } from '../events/ontology.ts';
import type { Engine, Value } from './engine.ts';
import type { Event } from './event.ts';
import { conditionsOf, type EventFilter } from './find.ts';
import { dayKey, dayOfKey, MARK, marksOf, orderOf, UNDATED } from './marks.ts';
import { isState, type Party } from './party.ts';
import type { Store } from './store.ts';
import { isExact, parseWords } from './terms.ts';

/** How long the periods are that events are counted in. */
export const STRETCHES = ['week', 'month', 'year'] as const;
export type Stretch = (typeof STRETCHES)[number];

/** How many events there are in one period, by quad class. */
export interface PeriodCount {
  /** `2021-06`, `2021`, or of a week its Monday, `2021-06-14`; null for what has no day at all. */
  readonly period: string | null;
  /** By quad class, the first to the fourth. */
  readonly quads: readonly [number, number, number, number];
  readonly total: number;
  /** How many of them have no date of their own, and are counted when they were first told. */
  readonly undated: number;
  /** How many of them are dated more vaguely than the period is long, and are counted in the first they can lie in. */
  readonly vague: number;
}

/** The counts of two states, or of all events where `dyad` is null. */
export interface Counts {
  readonly dyad: readonly [Party, Party] | null;
  readonly periods: readonly PeriodCount[];
}

/**
 * Counts the events that pass a filter by period and quad class, in the order of time. An event is counted where it stands in
 * the chronology; with `from` or `to`, what stands between them and has a date of its own.
 */
export async function countEvents(store: Store, filter: EventFilter, by: Stretch): Promise<readonly PeriodCount[]> {
  const sums = new Sums(by);
  if (filter.words !== undefined && isExact(parseWords(filter.words))) {
    // Words in a row are no terms of the index: the events themselves are looked at.
    for await (const event of store.eachEvent(filter)) {
      const { chronology } = orderOf(event);
      if (isWithin(chronology, filter)) sums.add(chronology.slice(0, 3), chronology.slice(3, 4), event.quad, 1);
    }
    return sums.counts();
  }
  const { engine } = store;
  const { mark, conditions, parameters } = await placedConditions(engine, filter);
  const rows = await engine.rows<DayRow>(
    `SELECT substr(m.sort, 1, 3) AS day, substr(m.sort, 4, 1) AS vagueness, e.quad AS quad, count(*) AS events
      FROM marks m JOIN events e ON e.number = m.event
      WHERE m.mark = ${MARK} ${conditions.map((condition) => `AND ${condition}`).join(' ')} GROUP BY 1, 2, 3`,
    [mark, ...parameters],
  );
  for (const { day, vagueness, quad, events } of rows) sums.add(day, vagueness, quad, Number(events));
  return sums.counts();
}

/** Pairs of states whose events are counted at a time. */
const PAIRS_AT_ONCE = 200;

/** The same for each two states that have events together, in the order of their codes. */
export async function* countDyads(store: Store, filter: EventFilter, by: Stretch): AsyncGenerator<Counts> {
  const { engine } = store;
  if (filter.words !== undefined && isExact(parseWords(filter.words))) {
    yield* countedDyads(store, filter, by);
    return;
  }
  const { conditions, parameters } = await placedConditions(engine, filter, true);
  const pairs = await engine.rows<{ number: number; mark: string }>(
    `SELECT number, mark FROM mark_names WHERE mark >= 'pair A' AND mark < 'pair [' AND length(mark) = ? ORDER BY mark`,
    ['pair RUS USA'.length],
  );
  const dyads = pairs.flatMap(({ number, mark }) => {
    const [, one = '', two = ''] = mark.split(' ');
    return isState(one) && isState(two) ? [{ number, dyad: [one, two] as const }] : [];
  });
  for (let at = 0; at < dyads.length; at += PAIRS_AT_ONCE) {
    const some = dyads.slice(at, at + PAIRS_AT_ONCE);
    const sums = new Map(some.map(({ number }) => [number, new Sums(by)]));
    const rows = await engine.rows<DayRow & { readonly mark: number }>(
      `SELECT m.mark AS mark, substr(m.sort, 1, 3) AS day, substr(m.sort, 4, 1) AS vagueness, e.quad AS quad, count(*) AS events
        FROM marks m JOIN events e ON e.number = m.event
        WHERE m.mark IN INTS(?) ${conditions.map((condition) => `AND ${condition}`).join(' ')} GROUP BY 1, 2, 3, 4`,
      [some.map(({ number }) => number), ...parameters],
    );
    for (const { mark, day, vagueness, quad, events } of rows)
      sums.get(mark)!.add(day, vagueness, quad, Number(events));
    for (const { number, dyad } of some) {
      const periods = sums.get(number)!.counts();
      if (periods.length > 0) yield { dyad, periods };
    }
  }
}

async function* countedDyads(store: Store, filter: EventFilter, by: Stretch): AsyncGenerator<Counts> {
  const all = new Map<string, Sums>();
  for await (const event of store.eachEvent(filter)) {
    const { chronology } = orderOf(event);
    if (!isWithin(chronology, filter)) continue;
    for (const dyad of dyadsOf(event)) {
      const sums = all.get(dyad) ?? new Sums(by);
      all.set(dyad, sums);
      sums.add(chronology.slice(0, 3), chronology.slice(3, 4), event.quad, 1);
    }
  }
  for (const dyad of [...all.keys()].sort()) {
    yield { dyad: dyad.split(' ') as [Party, Party], periods: all.get(dyad)!.counts() };
  }
}

/** The pairs of states that an event is counted for. */
function dyadsOf(event: Event): readonly string[] {
  return marksOf(event).flatMap((mark) => {
    const [word, one = '', two = '', ...more] = mark.split(' ');
    return word === 'pair' && more.length === 0 && isState(one) && isState(two) ? [`${one} ${two}`] : [];
  });
}

interface DayRow {
  readonly day: string;
  readonly vagueness: string;
  readonly quad: Quad;
  readonly events: number;
}

/** The conditions of a filter with those of its days; with `all` the one of the rarest mark is among them. */
async function placedConditions(
  engine: Engine,
  filter: EventFilter,
  all = false,
): Promise<{ readonly mark: string; readonly conditions: readonly string[]; readonly parameters: readonly Value[] }> {
  const terms = filter.words === undefined ? [] : parseWords(filter.words).terms;
  const { mark, conditions, parameters } = await conditionsOf(engine, filter, terms);
  const { from, to } = filter;
  const own = all && mark !== 'all';
  return {
    mark,
    conditions: [
      ...conditions,
      ...(own
        ? [`EXISTS (SELECT 1 FROM marks o WHERE o.mark = ${MARK} AND o.sort = m.sort AND o.event = m.event)`]
        : []),
      ...(from === undefined ? [] : ['m.sort >= ?']),
      ...(to === undefined ? [] : ['m.sort < ?']),
      ...(from === undefined && to === undefined ? [] : ['substr(m.sort, 4, 1) <> ?']),
    ],
    parameters: [
      ...parameters,
      ...(own ? [mark] : []),
      ...(from === undefined ? [] : [dayKey(from)]),
      ...(to === undefined ? [] : [`${dayKey(to)}~`]),
      ...(from === undefined && to === undefined ? [] : [UNDATED]),
    ],
  };
}

function isWithin(sort: string, { from, to }: EventFilter): boolean {
  if (from === undefined && to === undefined) return true;
  if (sort.slice(3, 4) === UNDATED) return false;
  return (from === undefined || sort >= dayKey(from)) && (to === undefined || sort < `${dayKey(to)}~`);
}

/** Counts being added up. */
class Sums {
  readonly #by: Stretch;
  readonly #periods = new Map<string, { quads: [number, number, number, number]; undated: number; vague: number }>();

  constructor(by: Stretch) {
    this.#by = by;
  }

  add(day: string, vagueness: string, quad: Quad, events: number): void {
    const period = periodOf(dayOfKey(day), this.#by);
    const sum = this.#periods.get(period) ?? { quads: [0, 0, 0, 0], undated: 0, vague: 0 };
    this.#periods.set(period, sum);
    sum.quads[quad - 1]! += events;
    if (vagueness === UNDATED) sum.undated += events;
    else if (Number(vagueness) > EXACT_ENOUGH[this.#by]) sum.vague += events;
  }

  counts(): readonly PeriodCount[] {
    return [...this.#periods]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([period, { quads, undated, vague }]) => ({
        period: period === NO_DAY ? null : period,
        quads,
        total: quads[0] + quads[1] + quads[2] + quads[3],
        ...{ undated, vague },
      }));
  }
}

/** Comes after all days. */
const NO_DAY = '~';

/** The vaguest date (`orderOf`: 0 a day, 1 a week, 2 a month, 3 a season, 4 a year) that says which period it is. */
const EXACT_ENOUGH: Readonly<Record<Stretch, number>> = { week: 1, month: 2, year: 4 };

function periodOf(day: string | null, by: Stretch): string {
  if (day === null) return NO_DAY;
  if (by === 'year') return day.slice(0, 4);
  if (by === 'month') return day.slice(0, 7);
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
