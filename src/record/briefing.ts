import { eventsAsOf } from './asof.ts';
import type { Engine } from './engine.ts';
import { type Event, placedOn } from './event.ts';
import { dayKey, MARK, oneLine, pairMark } from './marks.ts';
import { fold, type Party } from './party.ts';
import { lastKnownDay } from './period.ts';
import { countEvents } from './stats.ts';
import type { Store } from './store.ts';

/** What a brief is made from: of all that passed between two sides, as much of each kind as a page can need. */
export interface Briefing {
  readonly parties: readonly [Party, Party];
  readonly names: readonly [string, string];
  /** The day that it stands on: the one asked for, else that of the latest report; null where no report has a date. */
  readonly on: string | null;
  readonly events: readonly Event[];
  /** Talks that took place, by year; of the latest alone where they are not all counted. */
  readonly contacts: {
    readonly years: readonly (readonly [year: string, events: number])[];
    readonly complete: boolean;
  };
  /** The side that a speaker of claims stands for, by the folded name; only those of the two. */
  readonly voices: ReadonlyMap<string, Party>;
}

/** How many events with all of some marks are looked at: the latest by the chronology. A page shows some ten of each. */
// biome-ignore format: a table reads best in rows
const KINDS: readonly (readonly [most: number, ...marks: readonly string[]])[] = [
  [16, 'type THREATEN'],
  [6, 'status threatened'],
  [8, 'status conditional'],
  [20, 'status planned'],
  [8, 'status expected'],
  [6, 'status hoped', 'quad 1'],
  [8, 'type AGREE'],
  [16, 'type CONSULT', 'status happened'],
  [6, 'type CONSULT', 'status ongoing'],
  [8, 'disputed'],
  [8, 'quad 2', 'status happened'],
  [12, 'quad 4', 'status happened'],
  [24, 'quad 3'],
  [12, 'type SUPPORT'],
  [4, 'status denied'],
  [4, 'status cancelled'],
  [4, 'status failed'],
];
/** Events with the newest reports that are looked at. */
const NEWS = 24;
/** The same when a day was asked for: what has happened since was a plan then, and no mark says so. */
const NEWS_THEN = 120;
/** The latest events of which the kinds are looked up: two sides may have tens of thousands together. */
const LOOKED_UP = 5000;
/** With fewer talks among those that are looked at, they are all there are. */
const LEAST_TALKS = 16;

/**
 * Gathers what a brief of two sides is made from, in time that does not grow with what passed between them. With `on` it is
 * the record as reported up to that day: claims of later documents are left out, and events are what the rest tells.
 */
export async function gatherBriefing(
  store: Store,
  parties: readonly [Party, Party],
  on: string | undefined,
): Promise<Briefing> {
  const pair = oneLine(pairMark(...parties));
  const numbers = new Set(await latestOfKinds(store.engine, pair, on));
  for (const number of await newsOf(store.engine, parties, on)) numbers.add(number);
  const found = await store.eventsNumbered([...numbers]);
  const events = (on === undefined ? found : await eventsAsOf(store, found, on)).filter((event) =>
    parties.every((party) => event.parties.includes(party)),
  );
  const days = events.flatMap(({ claims }) => claims.flatMap(({ published }) => published ?? [])).map(lastKnownDay);
  const names = await store.partyNames(parties);
  return {
    parties,
    names: [names.get(parties[0]) ?? parties[0], names.get(parties[1]) ?? parties[1]],
    on: on ?? days.sort().at(-1) ?? null,
    events,
    contacts: on === undefined ? await contactsByYear(store, parties) : contactsIn(events),
    voices: await voicesIn(store, parties, events),
  };
}

/** The numbers of the latest events of each kind that have a mark; those of no day after all others. */
async function latestOfKinds(engine: Engine, mark: string, on: string | undefined): Promise<readonly number[]> {
  const select = `SELECT e.number AS number, e.marks AS marks FROM marks m JOIN events e ON e.number = m.event WHERE m.mark = ${MARK}`;
  const noDay = dayKey(null);
  const rows = [
    ...(await engine.rows<{ number: number; marks: string }>(`${select} AND m.sort < ? ORDER BY m.sort DESC LIMIT ?`, [
      mark,
      on === undefined ? noDay : dayKey(dayAfter(on)),
      LOOKED_UP,
    ])),
    ...(on === undefined
      ? await engine.rows<{ number: number; marks: string }>(`${select} AND m.sort > ? ORDER BY m.sort LIMIT ?`, [
          mark,
          noDay,
          LOOKED_UP / 10,
        ])
      : []),
  ];
  const known = await engine.rows<{ number: number; mark: string }>(
    'SELECT number, mark FROM mark_names WHERE mark IN TEXTS(?)',
    [[...new Set(KINDS.flatMap(([, ...marks]) => marks))]],
  );
  const numberOf = new Map(known.map((row) => [row.mark, String(row.number)]));
  // A status is that of today: what it was on an earlier day, only the news of that day tell.
  const kinds = KINDS.map(([most, ...marks]) => ({
    left: most,
    marks: marks
      .filter((one) => on === undefined || !one.startsWith('status '))
      .map((one) => numberOf.get(one) ?? 'none'),
  })).filter((kind) => kind.marks.length > 0);
  const numbers = new Set<number>();
  for (const { number, marks } of rows) {
    const own = new Set(marks.slice(0, marks.indexOf('|')).split(' '));
    for (const kind of kinds) {
      if (kind.left === 0 || !kind.marks.every((one) => own.has(one))) continue;
      kind.left -= 1;
      numbers.add(number);
    }
  }
  return [...numbers];
}

/** The numbers of the events of two sides that have the newest reports, now or on a day. */
async function newsOf(
  engine: Engine,
  [one, two]: readonly [Party, Party],
  on: string | undefined,
): Promise<readonly number[]> {
  const pair = oneLine(pairMark(one, two));
  const rows =
    on === undefined
      ? await engine.rows<{ number: number }>(
          `SELECT event AS number FROM marks WHERE mark = ${MARK} ORDER BY sort DESC LIMIT ?`,
          [oneLine(`news ${pair.slice('pair '.length)}`), NEWS],
        )
      : await engine.rows<{ number: number }>(
          `SELECT m.event AS number, max(d.published_to) AS day FROM marks m
            JOIN places p ON p.cluster = m.event JOIN claims c ON c.number = p.claim
            JOIN documents d ON d.number = c.document
            WHERE m.mark = ${MARK} AND d.published_to <= ? GROUP BY m.event ORDER BY day DESC, m.event LIMIT ?`,
          [pair, on, NEWS_THEN],
        );
  return rows.map(({ number }) => number);
}

async function contactsByYear(store: Store, parties: readonly [Party, Party]): Promise<Briefing['contacts']> {
  const years = new Map<string, number>();
  for (const status of ['happened', 'ongoing'] as const) {
    for (const { period, total } of await countEvents(store, { parties, type: 'CONSULT', status }, 'year')) {
      if (period !== null) years.set(period, (years.get(period) ?? 0) + total);
    }
  }
  return { years: inOrder(years), complete: true };
}

/** The same of some events: what has come since a day is not counted for it. */
function contactsIn(events: readonly Event[]): Briefing['contacts'] {
  const years = new Map<string, number>();
  let talks = 0;
  for (const event of events) {
    const year = placedOn(event)?.slice(0, 4);
    const { settled } = event.status;
    if (event.type !== 'CONSULT' || (settled !== 'happened' && settled !== 'ongoing')) continue;
    talks += 1;
    if (year !== undefined) years.set(year, (years.get(year) ?? 0) + 1);
  }
  return { years: inOrder(years), complete: talks < LEAST_TALKS };
}

function inOrder(years: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...years].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whom of the two sides the names of speakers stand for: a document calls many a spokesman by nothing but his name. */
async function voicesIn(
  store: Store,
  parties: readonly [Party, Party],
  events: readonly Event[],
): Promise<ReadonlyMap<string, Party>> {
  const speakers = new Set(
    events.flatMap(({ claims }) => claims.flatMap(({ saidBy }) => saidBy.map(({ name }) => fold(name).slice(0, 200)))),
  );
  const rows = await store.engine.rows<{ folded: string; party: string }>(
    'SELECT folded, party, sum(uses) AS used FROM names WHERE party IN TEXTS(?) AND folded IN TEXTS(?) AND uses > 0 GROUP BY folded, party ORDER BY used, party',
    [[...parties], [...speakers]],
  );
  return new Map(rows.map(({ folded, party }) => [folded, party]));
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
