import { existsSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import { ReadoutError } from '../error.ts';
import type { EventType, Status } from '../events/ontology.ts';
import type { Reading } from '../events/reading.ts';
import type { Document } from '../source/document.ts';
import { placeCopies } from './copies.ts';
import type { Event } from './event.ts';
import { countClaims, Intake } from './intake.ts';
import { migrate } from './migrate.ts';
import { fold, partyOf } from './party.ts';
import { insertClaim, mergeAnew, type Tied, tiedComponents } from './remerge.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { tellingsOf } from './telling.ts';

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
  /** Where documents come from, and in which order. */
  readonly intake: Intake;

  private constructor(db: Kysely<Tables>) {
    this.#db = db;
    this.intake = new Intake(db);
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
      if (known === undefined)
        await db.insertInto('arrivals').values({ document: document.id, added: context.added }).execute();
      const moved = await placeCopies(db, document);
      if (moved.length > 0) {
        const claims = db.selectFrom('claims').select('component').where('document', 'in', moved);
        for (const { component } of await claims.execute()) if (component !== null) components.add(component);
      }
      const tellings = tellingsOf(reading);
      const ties: Tied[] = [];
      for (const telling of tellings) {
        for (const component of await tiedComponents(db, telling)) {
          components.add(component);
          ties.push({ telling: telling.id, component });
        }
      }
      for (const [ordinal, telling] of tellings.entries()) await insertClaim(db, telling, ordinal);
      await mergeAnew(db, components, { left, ties, document: document.id, moved: new Set(moved) });
      return true;
    });
  }

  /** The events that pass the filter, in the order of `sortKey`. */
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

  /** The types of act that the record holds, by name: PLOVER's, and those of the patterns that read it. */
  async types(): Promise<readonly EventType[]> {
    const rows = await this.#db.selectFrom('events').select('type').distinct().orderBy('type').execute();
    return rows.map((row) => row.type);
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
      .select(countClaims)
      .orderBy(sql`published_from is null`)
      .orderBy('published_from', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(({ id, title, outlet, url, published_from, published_to, claims }) => ({
      ...{ id, title, outlet, url, claims: Number(claims) },
      published: published_from === null || published_to === null ? null : { from: published_from, to: published_to },
    }));
  }

  /** The ids of all texts that came from the address of this one, in the order they came; itself alone without one. */
  async versions(id: string): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('documents as one')
      .innerJoin('documents as version', 'version.address', 'one.address')
      .innerJoin('arrivals', 'arrivals.document', 'version.id')
      .select('version.id')
      .where('one.id', '=', id)
      .orderBy('number')
      .execute();
    return rows.length === 0 ? [id] : rows.map((row) => row.id);
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
        // SQLite ends a string at NUL.
        name: actor.name.replaceAll('\0', ' '),
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

function receivedOf(document: Document): Received {
  const { title, url, outlet, published } = document;
  return { title, url, outlet, published };
}

/** Sorts copies of one text: dated before undated, the earlier first, then by outlet, address and title. */
function preference(received: Received): string {
  const { published, outlet, url, title } = received;
  return JSON.stringify([published?.from ?? '~', published?.to ?? '~', outlet?.name ?? '~', url ?? '~', title ?? '~']);
}
