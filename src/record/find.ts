import type { EventType, Status } from '../events/ontology.ts';
import type { OutletKind } from '../source/document.ts';
import type { Engine, Session, TermQuery, Value } from './engine.ts';
import type { DisputedField } from './event.ts';
import { dayKey, MARK, oneLine, pairMark, UNDATED } from './marks.ts';
import { fold } from './party.ts';

/** What a view asks for. Days are `YYYY-MM-DD`; absent is "any". All that is given must hold. */
export interface EventFilter {
  /** Parties that all take part. */
  readonly parties?: readonly string[];
  /** A person or body that takes part: a Wikidata id, or `~` and the folded name. */
  readonly person?: string;
  /** Events that can lie on or after this day; those without a date are left out. */
  readonly from?: string;
  /** Events that can lie on or before this day; those without a date are left out. */
  readonly to?: string;
  readonly type?: EventType;
  readonly quad?: number;
  readonly issue?: string;
  readonly status?: Status;
  /** The country it took place in. */
  readonly country?: string;
  /** The place that it took place at, as its mark has it: `city 2660646`. */
  readonly place?: string;
  /** An outlet that tells it. */
  readonly outlet?: string;
  /** A kind of outlet that tells it: `official` for statements. */
  readonly outletKind?: OutletKind;
  /** Only what a government's own statement tells (true), or none does (false). */
  readonly official?: boolean;
  /** Only what reports disagree on: in this field, or in any. */
  readonly disputed?: DisputedField | 'any';
  /** Only what a person decided something of (true), or nobody yet (false). */
  readonly reviewed?: boolean;
  /** Only events that this document tells of. */
  readonly document?: string;
  /** Only events whose claims have words; see `terms.ts`. */
  readonly words?: string;
}

/** Which part of the answer: `limit` events after the place `after`, in the order of the chronology or against it. */
export interface Page {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly newestFirst?: boolean | undefined;
}

/** An event by its number, and its place: the `after` of the next page. */
export interface Found {
  readonly number: number;
  readonly sort: string;
}

/** True for the filter that every event passes. */
export function asksForAll(filter: EventFilter): boolean {
  return Object.values(filter).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));
}

/** The marks that events which pass a filter have. */
function marksAsked(filter: EventFilter): readonly string[] {
  const { parties = [], person, type, quad, issue, status, country, place, outlet, outletKind, disputed } = filter;
  const [one, two, ...more] = [...new Set(parties)];
  const marks = [
    ...(one !== undefined && two !== undefined ? [pairMark(one, two)] : one !== undefined ? [`party ${one}`] : []),
    ...more.map((party) => `party ${party}`),
    ...(person === undefined ? [] : [`person ${person}`]),
    ...(type === undefined ? [] : [`type ${type}`]),
    ...(quad === undefined ? [] : [`quad ${quad}`]),
    ...(issue === undefined ? [] : [`issue ${issue}`]),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(country === undefined ? [] : [`in ${country}`]),
    ...(place === undefined ? [] : [`place ${place}`]),
    ...(outlet === undefined ? [] : [`outlet ${fold(outlet)}`]),
    ...(outletKind === undefined ? [] : [`kind ${outletKind}`]),
    ...(disputed === undefined ? [] : [disputed === 'any' ? 'disputed' : `disputed ${disputed}`]),
    ...(filter.official === true ? ['kind official'] : []),
    ...(filter.reviewed === true ? ['reviewed'] : []),
  ];
  return marks.length === 0 ? ['all'] : marks.map(oneLine);
}

/** The marks that events which pass a filter have not. */
function marksRefused({ official, reviewed }: EventFilter): readonly string[] {
  return [...(official === false ? ['kind official'] : []), ...(reviewed === false ? ['reviewed'] : [])];
}

/**
 * What SQL asks of the rows `m` of `marks` that are events which pass a filter, its days left out: `m.mark` is the rarest of
 * its marks, and the conditions hold. `terms` are those of its words.
 */
export async function conditionsOf(
  engine: Engine,
  filter: EventFilter,
  terms: readonly TermQuery[],
): Promise<{
  readonly mark: string;
  readonly conditions: readonly string[];
  readonly parameters: readonly Value[];
}> {
  const [mark, ...others] = await rarestFirst(engine, marksAsked(filter));
  const conditions: string[] = [];
  const parameters: Value[] = [];
  const where = (condition: string, ...values: Value[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const marked = `EXISTS (SELECT 1 FROM marks o WHERE o.mark = ${MARK} AND o.sort = m.sort AND o.event = m.event)`;
  for (const other of others) where(marked, other);
  for (const other of marksRefused(filter)) where(`NOT ${marked}`, other);
  if (filter.document !== undefined) {
    where(
      `m.event IN (SELECT cluster FROM places JOIN claims ON claims.number = places.claim
        WHERE claims.document = (SELECT number FROM documents WHERE id = ?))`,
      filter.document,
    );
  }
  if (terms.length > 0) {
    const { sql, parameter } = engine.match('claim_words', terms);
    where(`m.event IN (SELECT cluster FROM places WHERE claim IN (${sql}))`, parameter);
  }
  return { mark: mark!, conditions, parameters };
}

/** The events that pass a filter, a page of them. `terms` are those of its words. */
export async function findEvents(
  engine: Engine,
  filter: EventFilter,
  terms: readonly TermQuery[],
  page: Page,
): Promise<readonly Found[]> {
  const { mark, conditions: bounded, parameters: boundedParameters } = await conditionsOf(engine, filter, terms);
  const direction = page.newestFirst === true ? 'DESC' : 'ASC';
  const conditions = [...bounded];
  const parameters = [...boundedParameters];
  const where = (condition: string, ...values: Value[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const { from, to } = filter;
  if (to !== undefined) where('m.sort < ?', `${dayKey(to)}~`);
  if (from !== undefined) where('m.sort >= ?', dayKey(from));
  if (from !== undefined || to !== undefined) where('substr(m.sort, 4, 1) <> ?', UNDATED);
  if (page.after !== undefined) where(`m.sort ${direction === 'ASC' ? '>' : '<'} ?`, page.after);
  const list = async (more: readonly string[], values: readonly Value[], limit: number) =>
    engine.rows<Found>(
      `SELECT m.event AS number, m.sort AS sort FROM marks m
        WHERE m.mark = ${MARK} ${more.map((condition) => `AND ${condition}`).join(' ')} ORDER BY m.sort ${direction} LIMIT ?`,
      [mark, ...values, limit],
    );
  if (from === undefined) return list(conditions, parameters, page.limit);
  // What begins before the first day and may last into it: "in June" for a range from the 15th.
  const reaching = [
    ...bounded,
    'm.sort < ?',
    'm.event IN (SELECT number FROM events WHERE latest <> earliest AND latest >= ? AND sort < ?)',
    ...(page.after === undefined ? [] : [`m.sort ${direction === 'ASC' ? '>' : '<'} ?`]),
  ];
  const reachingParameters = [
    ...boundedParameters,
    ...[dayKey(from), from, dayKey(from)],
    ...(page.after === undefined ? [] : [page.after]),
  ];
  const parts = [() => list(reaching, reachingParameters, page.limit), () => list(conditions, parameters, page.limit)];
  const [one, two] = direction === 'ASC' ? parts : parts.toReversed();
  const found = await one!();
  if (found.length >= page.limit) return found;
  return [...found, ...(await two!()).slice(0, page.limit - found.length)];
}

/** Marks with the fewest events first: the first is walked along, and the others are looked up. */
async function rarestFirst(session: Session, marks: readonly string[]): Promise<readonly string[]> {
  if (marks.length < 2) return marks;
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(mark, await countMark(session, mark));
  return marks.toSorted((a, b) => counts.get(a)! - counts.get(b)!);
}

/** How many events have a mark. */
export async function countMark(session: Session, mark: string): Promise<number> {
  const rows = await session.rows<{ events: number }>(`SELECT events FROM mark_counts WHERE mark = ${MARK}`, [mark]);
  return rows[0]?.events ?? 0;
}
