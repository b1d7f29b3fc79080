import type { Kysely } from 'kysely';
import { type Event, eventOf, sortKey } from './event.ts';
import { type Cluster, mergeTellings } from './merge.ts';
import type { Tables } from './tables.ts';
import type { Telling } from './telling.ts';
import { tie, tieKeys } from './tie.ts';

/** Writes a claim, not yet in any event, with the words it is found by. */
export async function insertClaim(db: Kysely<Tables>, telling: Telling, ordinal: number): Promise<void> {
  await db
    .insertInto('claims')
    .values({
      id: telling.id,
      document: telling.document,
      ordinal,
      type: telling.type,
      status: telling.status,
      trigger_from: telling.evidence.trigger.from,
      trigger_to: telling.evidence.trigger.to,
      telling: JSON.stringify(telling),
      component: null,
      event: null,
      reason: null,
    })
    .execute();
  for (const key of tieKeys(telling).stored) {
    await db.insertInto('claim_keys').values({ key, claim: telling.id }).execute();
  }
}

/** The components that a new claim is tied to. */
export async function tiedComponents(db: Kysely<Tables>, telling: Telling): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('claims')
    .select(['component', 'telling'])
    .where('id', 'in', (table) =>
      table.selectFrom('claim_keys').select('claim').where('key', 'in', tieKeys(telling).asked),
    )
    .execute();
  const tied = new Set<string>();
  for (const { component, telling: other } of rows) {
    if (component === null || tied.has(component)) continue;
    if (tie(telling, JSON.parse(other) as Telling) !== undefined) tied.add(component);
  }
  return [...tied];
}

/**
 * Merges components and a new document's claims anew, and writes what has changed: an event whose claims stand as before
 * is let be. `left` are events that lost a claim; `ties` are what the new claims are tied to.
 */
export async function mergeAnew(
  db: Kysely<Tables>,
  components: ReadonlySet<string>,
  {
    left,
    ties,
    document,
    moved: movedDocuments,
  }: {
    readonly left: ReadonlySet<string>;
    readonly ties: readonly Tied[];
    readonly document: string;
    /** Documents whose origin has changed: their events count their origins anew. */
    readonly moved: ReadonlySet<string>;
  },
): Promise<void> {
  const claims = db.selectFrom('claims').select(['id', 'telling', 'component', 'event', 'reason']);
  // An empty list is no list in every SQL.
  const tied = components.size === 0 ? [] : await claims.where('component', 'in', [...components]).execute();
  const rows = [...tied, ...(await claims.where('document', '=', document).execute())];
  const written = new Map(rows.map((row) => [row.id, row]));
  const sizes = new Map<string, number>();
  for (const { event } of rows) if (event !== null) sizes.set(event, (sizes.get(event) ?? 0) + 1);
  const gone = new Set([...sizes.keys(), ...left]);
  const changed: Cluster[] = [];
  // Without the claim that went a component may fall apart: only then must all its ties be found again.
  const fresh = new Set(rows.filter((row) => row.component === null).map((row) => row.id));
  const known = left.size > 0 ? undefined : { connected: connectionsOf(tied, ties), fresh };
  for (const cluster of mergeTellings(
    rows.map((row) => JSON.parse(row.telling) as Telling),
    known,
  )) {
    const { id, component } = cluster;
    gone.delete(id);
    const moved = cluster.members.filter(({ telling, reason }) => {
      const row = written.get(telling.id)!;
      return row.event !== id || row.component !== component || row.reason !== JSON.stringify(reason);
    });
    const recounted = cluster.members.some(({ telling }) => movedDocuments.has(telling.document));
    if (moved.length > 0 || recounted || sizes.get(id) !== cluster.members.length) changed.push(cluster);
    for (const { telling, reason } of moved) {
      const values = { component, event: id, reason: JSON.stringify(reason) };
      await db.updateTable('claims').set(values).where('id', '=', telling.id).execute();
    }
  }
  for (const id of [...gone, ...changed.map((cluster) => cluster.id)]) {
    await db.deleteFrom('events').where('id', '=', id).execute();
  }
  const origins = await originsOf(
    db,
    changed.flatMap(({ members }) => members.map(({ telling }) => telling.document)),
  );
  for (const cluster of changed) await insertEvent(db, eventOf(cluster, origins));
}

async function originsOf(db: Kysely<Tables>, documents: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (documents.length === 0) return new Map();
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'origin'])
    .where('id', 'in', [...new Set(documents)])
    .execute();
  return new Map(rows.map(({ id, origin }) => [id, origin ?? id]));
}

/** A new claim and a component that it is tied to. */
export interface Tied {
  readonly telling: string;
  readonly component: string;
}

/** Every claim with the first of its component, and every new claim with the first of those that it is tied to. */
function connectionsOf(
  rows: readonly { readonly id: string; readonly component: string | null }[],
  ties: readonly Tied[],
): readonly (readonly [string, string])[] {
  const firsts = new Map<string, string>();
  const pairs: [string, string][] = [];
  for (const { id, component } of rows) {
    if (component === null) continue;
    const first = firsts.get(component);
    if (first === undefined) firsts.set(component, id);
    else pairs.push([first, id]);
  }
  for (const { telling, component } of ties) pairs.push([telling, firsts.get(component)!]);
  return pairs;
}

async function insertEvent(db: Kysely<Tables>, event: Event): Promise<void> {
  const when = event.when.settled;
  await db
    .insertInto('events')
    .values({
      id: event.id,
      type: event.type,
      quad: event.quad,
      status: event.status.settled ?? 'happened',
      earliest: when?.earliest ?? when?.latest ?? null,
      latest: when?.latest ?? when?.earliest ?? null,
      sort: sortKey(event),
      country: event.where.settled?.country ?? null,
      documents: new Set(event.claims.map((claim) => claim.document)).size,
      disagreements: event.disagreements.length,
      body: JSON.stringify(event),
    })
    .execute();
  for (const party of event.parties) await db.insertInto('event_parties').values({ event: event.id, party }).execute();
  for (const { value } of event.issues) {
    await db.insertInto('event_issues').values({ event: event.id, issue: value }).execute();
  }
}
