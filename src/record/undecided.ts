import type { Engine, Value } from './engine.ts';
import { conditionsOf, type EventFilter, findEvents } from './find.ts';
import { dayKey, MARK, UNDATED } from './marks.ts';
import { parseWords } from './terms.ts';

/** An event with claims that nobody decided anything of, and their mark (`openMark` in `marks.ts`). */
export interface Undecided {
  readonly number: number;
  readonly event: string;
  readonly mark: string;
}

const RANKED = 5000;
const AT_ONCE = 100;

/**
 * Events that pass a filter and have claims to be decided of, those first that should be looked at first, among equals the
 * newest; once for each mark that they have. Words in a row are for the asker to check. Up to `most` events are ranked (default:
 * 5,000); of more, those that come first are found along the marks.
 */
export async function* eachUndecided(engine: Engine, filter: EventFilter, most = RANKED): AsyncGenerator<Undecided> {
  const marks = await engine.rows<{ number: number; mark: string }>(
    "SELECT number, mark FROM mark_names WHERE mark >= 'open ' AND mark < 'open!' ORDER BY mark",
  );
  const isNarrow = Object.values(filter).some((value) => value !== undefined);
  const terms = filter.words === undefined ? [] : parseWords(filter.words).terms;
  const few = isNarrow ? await findEvents(engine, filter, terms, { limit: most + 1 }) : null;
  if (few !== null && few.length <= most) {
    yield* ranked(
      engine,
      few.map(({ number }) => number),
      new Map(marks.map(({ number, mark }) => [number, mark])),
    );
    return;
  }
  const asked = await conditionsOf(engine, filter, terms);
  const conditions = [...asked.conditions];
  const parameters: Value[] = [...asked.parameters];
  if (asked.mark !== 'all') {
    conditions.push(`EXISTS (SELECT 1 FROM marks o WHERE o.mark = ${MARK} AND o.sort = m.sort AND o.event = m.event)`);
    parameters.push(asked.mark);
  }
  const { from, to } = filter;
  if (to !== undefined) {
    conditions.push('m.sort < ?');
    parameters.push(`${dayKey(to)}~`);
  }
  if (from !== undefined) {
    conditions.push(
      '(m.sort >= ? OR m.event IN (SELECT number FROM events WHERE latest <> earliest AND latest >= ? AND sort < ?))',
    );
    parameters.push(dayKey(from), from, dayKey(from));
  }
  if (from !== undefined || to !== undefined) {
    conditions.push('substr(m.sort, 4, 1) <> ?');
    parameters.push(UNDATED);
  }
  for (const { number, mark } of marks) {
    let before: string | null = null;
    do {
      const rows: readonly { event: number; id: string; sort: string }[] = await engine.rows(
        `SELECT m.event AS event, events.id AS id, m.sort AS sort FROM marks m JOIN events ON events.number = m.event
          WHERE m.mark = ? ${before === null ? '' : 'AND m.sort < ?'} ${conditions.map((one) => `AND ${one}`).join(' ')}
          ORDER BY m.sort DESC LIMIT ?`,
        [number, ...(before === null ? [] : [before]), ...parameters, AT_ONCE],
      );
      for (const { event, id } of rows) yield { number: event, event: id, mark };
      before = rows.length < AT_ONCE ? null : rows.at(-1)!.sort;
    } while (before !== null);
  }
}

async function* ranked(
  engine: Engine,
  numbers: readonly number[],
  marks: ReadonlyMap<number, string>,
): AsyncGenerator<Undecided> {
  const found: (Undecided & { readonly sort: string })[] = [];
  const rows = await engine.rows<{ number: number; id: string; sort: string; marks: string }>(
    'SELECT number, id, sort, marks FROM events WHERE number IN INTS(?)',
    [numbers],
  );
  for (const { number, id, sort, marks: list } of rows) {
    for (const one of list.slice(0, list.indexOf('|')).split(' ')) {
      const mark = marks.get(Number(one));
      if (mark !== undefined) found.push({ number, event: id, mark, sort });
    }
  }
  yield* found.sort((a, b) => compare(a.mark, b.mark) || compare(b.sort, a.sort));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
