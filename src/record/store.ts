import { existsSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import { ReadoutError } from '../error.ts';
import type { EventType, Status } from '../events/ontology.ts';
import type { Reading } from '../events/reading.ts';
import type { Document } from '../source/document.ts';
import { type Event, eventOf, sortKey } from './event.ts';
import { type Cluster, mergeTellings } from './merge.ts';
import { migrate } from './migrate.ts';
import { fold, partyOf } from './party.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { type Telling, tellingsOf } from './telling.ts';
import { tie, tieKeys } from './tie.ts';

/** What came with a text: by this one of two copies is preferred, whichever came first. */
export type Received = Pick<Document, 'title' | 'url' | 'outlet' | 'published'>;

/** What a view asks for. Days are `YYYY-MM-DD`; absent is "any". */
export interface EventFilter {
  /** Parties that all take part. */
  readonly parties?: readonly string[];
  /** Events that can lie on or after this day; those without a date are left out. */
  readonly from?: string;
  /** Events that can lie on or before this day; those without a date are left out. */
  readonly to?: string;
  readonly type?: EventType;
  readonly issue?: string;
  readonly status?: Status;
  /** Only events that this document tells of. */
  readonly document?: string;
}

/** A document in lists: without text and reading. */
export interface DocumentHead {
  readonly id: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly url: string | null;
  readonly published: { readonly from: string; readonly to: string } | null;
  readonly claims: number;
}

/**
 * The record: every document, its reading, and the events they tell of together. One SQLite file.
 *
 * `add` is one transaction, with the events of the document merged anew in it: after a kill at any moment a document is
 * in the record with all that belongs to it, or not at all.
 */
export class Store {
  readonly #db: Kysely<Tables>;

  private constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /**
   * Opens the record in a file, and makes it when `create` is true (default: false).
   *
   * Throws `ReadoutError`: `record.open` when there is none or the file is something else, `record.version` when a
   * newer Readout wrote it.
   */
  static open(path: string, options: { readonly create?: boolean } = {}): Store {
    if (options.create !== true && !existsSync(path)) {
      throw new ReadoutError('record.open', `There is no record at ${path}; make one with \`readout add\`.`);
    }
    try {
      const sqlite = openSqlite(path);
      try {
        migrate(sqlite.database, path);
      } catch (error) {
        sqlite.database.close();
        throw error;
      }
      return new Store(new Kysely<Tables>({ dialect: sqlite.dialect }));
    } catch (error) {
      if (error instanceof ReadoutError) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      throw new ReadoutError('record.open', `${path} cannot be opened as a record: ${detail}.`, { cause: error });
    }
  }

  /** True when this text is in the record already, and what came with it now is not to be preferred. */
  async knows(document: Document): Promise<boolean> {
    const row = await this.#db
      .selectFrom('documents')
      .select('received')
      .where('id', '=', document.id)
      .executeTakeFirst();
    return row !== undefined && preference(receivedOf(document)) >= preference(JSON.parse(row.received));
  }

  /**
   * Adds a reading, unless the record {@link knows} its document. `received` is what came with the text, `reader` names
   * what made the reading, `added` is the time, ISO 8601. When this resolves to `true` the document is on the disk.
   */
  async add(
    reading: Reading,
    context: { readonly received: Document; readonly reader: string; readonly added: string },
  ): Promise<boolean> {
    return this.#write(async (db) => {
      const { document } = reading;
      const received = receivedOf(context.received);
      const components = new Set<string>();
      const left = new Set<string>();
      const known = await db
        .selectFrom('documents')
        .select('received')
        .where('id', '=', document.id)
        .executeTakeFirst();
      if (known !== undefined) {
        if (preference(received) >= preference(JSON.parse(known.received))) return false;
        const old = await db
          .selectFrom('claims')
          .select(['component', 'event'])
          .where('document', '=', document.id)
          .execute();
        for (const { component, event } of old) {
          if (component !== null) components.add(component);
          if (event !== null) left.add(event);
        }
        await db.deleteFrom('documents').where('id', '=', document.id).execute();
      }
      await insertReading(db, reading, { received, reader: context.reader, added: context.added });
      const tellings = tellingsOf(reading);
      const ties: Tied[] = [];
      for (const telling of tellings) {
        for (const component of await tiedComponents(db, telling)) {
          components.add(component);
          ties.push({ telling: telling.id, component });
        }
      }
      for (const [ordinal, telling] of tellings.entries()) await insertClaim(db, telling, ordinal);
      await mergeAnew(db, components, { left, ties, document: document.id });
      return true;
    });
  }

  /** The events that pass the filter, in the order of {@link sortKey}. */
  async events(filter: EventFilter = {}): Promise<readonly Event[]> {
    let query = this.#db.selectFrom('events').select('body').orderBy('sort');
    for (const party of filter.parties ?? []) {
      query = query.where('id', 'in', (from) =>
        from.selectFrom('event_parties').select('event').where('party', '=', party),
      );
    }
    const { from, to, type, status, issue, document } = filter;
    if (from !== undefined || to !== undefined) query = query.where('earliest', 'is not', null);
    if (from !== undefined) query = query.where('latest', '>=', from);
    if (to !== undefined) query = query.where('earliest', '<=', to);
    if (type !== undefined) query = query.where('type', '=', type);
    if (status !== undefined) query = query.where('status', '=', status);
    if (issue !== undefined) {
      query = query.where('id', 'in', (table) =>
        table.selectFrom('event_issues').select('event').where('issue', '=', issue),
      );
    }
    if (document !== undefined) {
      query = query.where('id', 'in', (table) =>
        table
          .selectFrom('claims')
          .select((column) => column.ref('event').$notNull().as('event'))
          .where('document', '=', document),
      );
    }
    return (await query.execute()).map((row) => JSON.parse(row.body) as Event);
  }

  /**
   * The event with this id, or with an id that begins so (four characters at least), or that holds the claim with this
   * id: so an address stays good when an earlier report gives an event a new founder.
   */
  async event(id: string): Promise<Event | undefined> {
    const row = await this.#event(id);
    if (row !== undefined) return row;
    const claim = await this.#db.selectFrom('claims').select('event').where('id', '=', id).executeTakeFirst();
    return claim?.event == null ? undefined : this.#event(claim.event);
  }

  /** The document with this id or with an id that begins so, and its reading. */
  async reading(id: string): Promise<Reading | undefined> {
    if (id.length < 4) return undefined;
    const rows = await this.#db
      .selectFrom('documents')
      .selectAll()
      .where('id', '>=', id)
      .where('id', '<', `${id}~`)
      .limit(2)
      .execute();
    const row = rows.length === 1 ? rows[0] : undefined;
    if (row === undefined) return undefined;
    const text = row.exact === null ? row.text : (JSON.parse(row.exact) as string);
    const document = { ...(JSON.parse(row.head) as Omit<Document, 'text'>), text };
    const { schema, ...lists } = JSON.parse(row.reading) as Omit<Reading, 'document'>;
    return { schema, document, ...lists };
  }

  /** All documents, the newest first, those without a date last. */
  async documents(): Promise<readonly DocumentHead[]> {
    const rows = await this.#db
      .selectFrom('documents')
      .select(['id', 'title', 'outlet', 'url', 'published_from', 'published_to'])
      .select((table) =>
        table
          .selectFrom('claims')
          .select((count) => count.fn.countAll<number>().as('count'))
          .whereRef('claims.document', '=', 'documents.id')
          .as('claims'),
      )
      .orderBy(sql`published_from is null`)
      .orderBy('published_from', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(({ id, title, outlet, url, published_from, published_to, claims }) => ({
      ...{ id, title, outlet, url, claims: Number(claims) },
      published: published_from === null || published_to === null ? null : { from: published_from, to: published_to },
    }));
  }

  /** The issues of all events, the most frequent first. */
  async issues(): Promise<readonly { readonly issue: string; readonly events: number }[]> {
    const rows = await this.#db
      .selectFrom('event_issues')
      .select(['issue', (table) => table.fn.countAll<number>().as('events')])
      .groupBy('issue')
      .orderBy('events', 'desc')
      .orderBy('issue')
      .execute();
    return rows.map(({ issue, events }) => ({ issue, events: Number(events) }));
  }

  /**
   * The party that a person means: an ISO code in any case, a Wikidata id, or a name that some document uses ("Russia",
   * "NATO"). `undefined` when the record knows none.
   */
  async party(name: string): Promise<string | undefined> {
    const code = name.toUpperCase();
    const known = await this.#db.selectFrom('actors').select('party').where('party', '=', code).executeTakeFirst();
    if (known !== undefined) return known.party;
    const rows = await this.#db.selectFrom('actors').select(['name', 'party']).distinct().orderBy('party').execute();
    return rows.find((row) => fold(row.name) === fold(name))?.party;
  }

  /** A name for each party: its state's as the documents give it, else the name told most. */
  async partyNames(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#db
      .selectFrom('actors')
      .select(['party', 'name', 'kind', (table) => table.fn.countAll<number>().as('uses')])
      .groupBy(['party', 'name', 'kind'])
      .orderBy(sql`kind = 'state' desc`)
      .orderBy('uses', 'desc')
      .orderBy('name')
      .execute();
    const names = new Map<string, string>();
    for (const { party, name, kind } of rows) {
      if (names.has(party)) continue;
      names.set(party, /^[A-Z]{3}$/.test(party) && kind !== 'state' ? party : name);
    }
    return names;
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  async #event(id: string): Promise<Event | undefined> {
    if (id.length < 4) return undefined;
    const rows = await this.#db
      .selectFrom('events')
      .select('body')
      .where('id', '>=', id)
      .where('id', '<', `${id}~`)
      .limit(2)
      .execute();
    return rows.length === 1 ? (JSON.parse(rows[0]!.body) as Event) : undefined;
  }

  async #write<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    return this.#db.connection().execute(async (db) => {
      // IMMEDIATE takes the write lock before the first read: two processes adding wait for each other instead of
      // one of them finding at its first write that what it read is old.
      await sql`begin immediate`.execute(db);
      try {
        const result = await work(db);
        await sql`commit`.execute(db);
        return result;
      } catch (error) {
        await sql`rollback`.execute(db);
        throw error;
      }
    });
  }
}

async function insertReading(
  db: Kysely<Tables>,
  reading: Reading,
  context: { readonly received: Received; readonly reader: string; readonly added: string },
): Promise<void> {
  const { document, ...lists } = reading;
  const { text, ...head } = document;
  await db
    .insertInto('documents')
    .values({
      id: document.id,
      title: document.title,
      url: document.url,
      language: document.language,
      outlet: document.outlet?.name ?? null,
      outlet_kind: document.outlet?.kind ?? null,
      outlet_country: document.outlet?.country ?? null,
      published_from: document.published?.from ?? null,
      published_to: document.published?.to ?? null,
      text: text.replaceAll('\0', '\ufffd'),
      exact: /\p{Surrogate}/u.test(text) || text.includes('\0') ? JSON.stringify(text) : null,
      head: JSON.stringify(head),
      received: JSON.stringify(context.received),
      reading: JSON.stringify(lists),
      reader: context.reader,
      added: context.added,
    })
    .execute();
  for (const actor of reading.actors) {
    await db
      .insertInto('actors')
      .values({
        document: document.id,
        id: actor.id,
        name: actor.name,
        kind: actor.kind,
        country: actor.country,
        office: actor.office,
        wikidata: actor.wikidata,
        party: partyOf(actor),
        sector: JSON.stringify(actor.sector),
        mentions: JSON.stringify(actor.mentions),
      })
      .execute();
  }
  for (const statement of reading.statements) {
    const speaker = reading.actors.find((actor) => actor.id === statement.speaker);
    await db
      .insertInto('statements')
      .values({
        document: document.id,
        id: statement.id,
        speaker: speaker?.name ?? null,
        party: speaker === undefined ? null : partyOf(speaker),
        quotation: statement.quotation,
        anonymous: Number(statement.anonymous),
        content_from: statement.content.from,
        content_to: statement.content.to,
        source: JSON.stringify(statement.source),
        cue: JSON.stringify(statement.cue),
      })
      .execute();
  }
}

async function insertClaim(db: Kysely<Tables>, telling: Telling, ordinal: number): Promise<void> {
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
async function tiedComponents(db: Kysely<Tables>, telling: Telling): Promise<readonly string[]> {
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
async function mergeAnew(
  db: Kysely<Tables>,
  components: ReadonlySet<string>,
  {
    left,
    ties,
    document,
  }: {
    readonly left: ReadonlySet<string>;
    readonly ties: readonly Tied[];
    readonly document: string;
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
    if (moved.length > 0 || sizes.get(id) !== cluster.members.length) changed.push(cluster);
    for (const { telling, reason } of moved) {
      const values = { component, event: id, reason: JSON.stringify(reason) };
      await db.updateTable('claims').set(values).where('id', '=', telling.id).execute();
    }
  }
  for (const id of [...gone, ...changed.map((cluster) => cluster.id)]) {
    await db.deleteFrom('events').where('id', '=', id).execute();
  }
  for (const cluster of changed) await insertEvent(db, eventOf(cluster));
}

/** A new claim and a component that it is tied to. */
interface Tied {
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

function receivedOf(document: Document): Received {
  const { title, url, outlet, published } = document;
  return { title, url, outlet, published };
}

/** Sorts copies of one text: dated before undated, the earlier first, then by outlet, address and title. */
function preference(received: Received): string {
  const { published, outlet, url, title } = received;
  return JSON.stringify([published?.from ?? '~', published?.to ?? '~', outlet?.name ?? '~', url ?? '~', title ?? '~']);
}
