import type { EventType } from '../events/ontology.ts';
import type { Reading } from '../events/reading.ts';
import type { Document } from '../source/document.ts';
import { partyCalled, partyNames } from './called.ts';
import { forgetDerived, isDerived } from './derive.ts';
import {
  type DocumentFilter,
  type DocumentHead,
  documentHeads,
  documentsWithIds,
  loadDocuments,
  preferenceOf,
} from './documents.ts';
import type { Engine, Snapshot } from './engine.ts';
import type { Event } from './event.ts';
import { loadEvents } from './events.ts';
import { countMark, type EventFilter, findEvents, type Page } from './find.ts';
import { Intake } from './intake.ts';
import { eachDocument, listDocuments, type ReadDocument, searchDocuments, versionsOf } from './library.ts';
import { dayKey, MARK, oneLine } from './marks.ts';
import { Memory } from './memory.ts';
import { openEngine } from './open.ts';
import { unpack } from './pack.ts';
import type { Party } from './party.ts';
import type { Decision, KeptDecision } from './review.ts';
import type { Telling } from './telling.ts';
import { loadTellings } from './tellings.ts';
import { parseWords, passes } from './terms.ts';
import { type Addition, Writer } from './writer.ts';

/** A claim as the record holds it, and the event it stands in; none for one that a person rejected. */
export interface KeptClaim {
  readonly telling: Telling;
  readonly event: string | null;
}

/** How a record is opened. */
export interface OpenOptions {
  /** Makes it if need be (default: false). */
  readonly create?: boolean;
  /** Hears in lines how far the events are that are made anew. */
  readonly tell?: (line: string) => void;
  /** Opens what a move has not finished too (default: false). */
  readonly unfinished?: boolean;
  /** Tellings that are held in memory, some 3 kB each, and events of a third as many (default: 30,000). */
  readonly remembered?: number;
}

/** How many events are in memory at a time when all are gone through. */
const EVENTS_AT_ONCE = 200;

/**
 * The record: every document, its reading, and the events they tell of together, in a SQLite file or on a PostgreSQL
 * server.
 *
 * Adding is one transaction, with the events brought up to date in it: after a kill at any moment a document is in the
 * record with all that belongs to it, or not at all.
 *
 * This is the door alone: `writer` writes what comes, and what asks has a file for each kind of question. What they share is one
 * engine and one memory.
 */
export class Store {
  /** The database behind it. */
  readonly engine: Engine;
  /** Where documents come from, and in which order. */
  readonly intake: Intake;
  readonly #memory: Memory;
  readonly #writer: Writer;

  private constructor(engine: Engine, memory: Memory) {
    this.engine = engine;
    this.intake = new Intake(engine);
    this.#memory = memory;
    this.#writer = new Writer(engine, memory);
  }

  /**
   * Opens the record in a file, or on a server when `place` is a `postgres://` address. A record whose events an older Readout
   * made has them made anew; one that is up to date is not written to.
   *
   * Throws `ReadoutError`: `record.open` when there is none or it is something else, `record.version` when a newer
   * Readout wrote it, `record.read-only`, `record.damaged`, `record.unfinished`.
   */
  static async open(
    place: string,
    { create = false, tell = () => {}, unfinished = false, remembered }: OpenOptions = {},
  ): Promise<Store> {
    const store = new Store(await openEngine(place, { create, unfinished }), new Memory(remembered));
    try {
      if (!unfinished && !(await isDerived(store.engine))) await store.#writer.derive(tell);
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Runs work on the record as it is at this moment, whatever is written meanwhile. `store` and `session` only read. */
  async snapshot<Result>(work: (store: Store, session: Snapshot) => Promise<Result>): Promise<Result> {
    const write = () => Promise.reject(new TypeError('A snapshot is only read.'));
    return this.engine.snapshot((session) => {
      const engine: Engine = {
        ...this.engine,
        ...session,
        ...{ readOnly: true, write, snapshot: (within) => within(session) },
      };
      // What is told under a number never changes: here it is what it was at any moment.
      return work(new Store(engine, this.#memory), session);
    });
  }

  /** Makes claims, events and words anew from all readings and decisions. `tell` hears how far it is. */
  async derive(tell: (line: string) => void = () => {}): Promise<void> {
    await this.engine.write(forgetDerived);
    await this.#writer.derive(tell);
  }

  /** True when this text is in the record already, and what came with it now is not to be preferred. */
  async knows(document: Document): Promise<boolean> {
    const known = (await documentsWithIds(this.engine, [document.id])).get(document.id);
    return known !== undefined && preferenceOf(document) >= preferenceOf(known.received);
  }

  /** Adds one reading; see {@link addAll}. */
  async add(reading: Reading, context: Omit<Addition, 'reading'>): Promise<boolean> {
    return (await this.addAll([{ reading, ...context }]))[0]!;
  }

  /**
   * Adds readings in one transaction. Each gives true when it is new; false when the record {@link knows} its document,
   * which then stays as it is. When this resolves they are on the disk.
   */
  async addAll(additions: readonly Addition[]): Promise<readonly boolean[]> {
    return this.#writer.addAll(additions);
  }

  /**
   * Puts another reading of a document in the place of the one that is there: newer weights or patterns. What a person
   * decided stays. False when the record does not hold the document.
   */
  async replace(reading: Reading, reader: string): Promise<boolean> {
    return (await this.replaceAll([{ reading }], reader))[0]!;
  }

  /**
   * Puts other readings in the place of those that are there, in one transaction; see {@link replace}. One that is given
   * `instead` of that of some reader is left out when another has read the document meanwhile.
   */
  async replaceAll(
    given: readonly { readonly reading: Reading; readonly instead?: string }[],
    reader: string,
  ): Promise<readonly boolean[]> {
    return this.#writer.replaceAll(given, reader);
  }

  /**
   * Keeps a person's decision, and brings the events up to date with it. Gives its id; the same decision is kept once.
   *
   * Throws `ReadoutError` `record.not-found` when it undoes what is not there, `TypeError` when it is no decision.
   */
  async decide(decision: Decision): Promise<string> {
    return this.#writer.decide(decision);
  }

  /** All decisions, those that do not stand too, in their order. */
  async decisions(): Promise<readonly KeptDecision[]> {
    const rows = await this.engine.rows<{ id: string; body: string }>('SELECT id, body FROM decisions ORDER BY number');
    return rows.map(({ id, body }) => ({ id, ...(unpack(body) as Decision) }));
  }

  /** A page of the events that pass the filter, in the order of the chronology; default: all of them. */
  async events(filter: EventFilter = {}, page?: Page): Promise<readonly Event[]> {
    if (page === undefined) {
      const events: Event[] = [];
      for await (const event of this.eachEvent(filter)) events.push(event);
      return events;
    }
    return (await this.page(filter, page)).events;
  }

  /**
   * Goes through the events that pass the filter, in the order of the chronology, a page of them in memory at a time, `limit`
   * of them at most; with `newestFirst` the latest first, and those of no day still last. `after` is the place of an event
   * ({@link placeOf}): only what comes after it in that order.
   */
  async *eachEvent(
    filter: EventFilter = {},
    { limit = Number.POSITIVE_INFINITY, newestFirst = false, after: start }: Partial<Page> = {},
  ): AsyncGenerator<Event> {
    let left = limit;
    const noDay = dayKey(null);
    const walks: readonly Omit<Page, 'limit'>[] = newestFirst
      ? start !== undefined && start > noDay
        ? [{ after: start }]
        : [{ newestFirst, after: start ?? noDay }, { after: noDay }]
      : [{ after: start }];
    for (const walk of walks) {
      let { after } = walk;
      while (left > 0) {
        const page = await this.page(filter, { ...walk, limit: Math.min(left, EVENTS_AT_ONCE), after });
        yield* page.events;
        left -= page.events.length;
        if (page.next === null) break;
        after = page.next;
      }
    }
  }

  /** A page of events, and what the next one comes `after`; null when there is none. */
  async page(
    filter: EventFilter,
    page: Page,
  ): Promise<{ readonly events: readonly Event[]; readonly next: string | null }> {
    const query = filter.words === undefined ? undefined : parseWords(filter.words);
    const events: Event[] = [];
    let { after } = page;
    for (;;) {
      const limit = page.limit - events.length;
      const found = await findEvents(this.engine, filter, query?.terms ?? [], { ...page, after, limit });
      const loaded = await this.#load(found.map(({ number }) => number));
      for (const { number } of found) {
        const event = loaded.get(number);
        if (
          event !== undefined &&
          (query === undefined || event.claims.some((claim) => passes(textOf(event, claim), query)))
        ) {
          events.push(event);
        }
      }
      after = found.at(-1)?.sort;
      if (found.length < limit) return { events, next: null };
      if (events.length >= page.limit) return { events, next: after ?? null };
    }
  }

  /** The newest reports first: events of two parties, or of all when none are named. */
  async news(parties: readonly [Party, Party] | undefined, limit: number): Promise<readonly Event[]> {
    const mark = parties === undefined ? 'news' : oneLine(`news ${parties.toSorted().join(' ')}`);
    const found = await this.engine.rows<{ number: number }>(
      `SELECT event AS number FROM marks WHERE mark = ${MARK} ORDER BY sort DESC LIMIT ?`,
      [mark, limit],
    );
    return this.eventsNumbered(found.map(({ number }) => number));
  }

  /** The events with these numbers, in this order; those that are not there are left out. */
  async eventsNumbered(numbers: readonly number[]): Promise<readonly Event[]> {
    const loaded = await this.#load(numbers);
    return numbers.flatMap((number) => loaded.get(number) ?? []);
  }

  /** How many events have a mark (`marks.ts`). */
  async count(mark = 'all'): Promise<number> {
    return countMark(this.engine, mark);
  }

  /** The marks that begin with a word (`type`, `issue`, `outlet`), each value with its events, the most frequent first. */
  async facet(word: string, limit: number): Promise<readonly { readonly value: string; readonly events: number }[]> {
    const rows = await this.engine.rows<{ mark: string; events: number }>(
      `SELECT n.mark AS mark, c.events AS events FROM mark_names n JOIN mark_counts c ON c.mark = n.number
        WHERE n.mark >= ? AND n.mark < ? AND c.events > 0 ORDER BY events DESC, n.mark LIMIT ?`,
      [`${word} `, `${word}!`, limit],
    );
    return rows.map(({ mark, events }) => ({ value: mark.slice(word.length + 1), events: Number(events) }));
  }

  /**
   * The event with this id, or with an id that begins so (four characters at least), or that holds the claim with this
   * id: so an address stays good when an earlier report gives an event a new founder.
   */
  async event(id: string): Promise<Event | undefined> {
    const number = (await this.#beginning('events', id)) ?? (await this.#clusterOf(id));
    if (number === undefined) return undefined;
    return (await this.#load([number])).get(number);
  }

  /** The place in the chronology of the event that {@link event} gives for this id. */
  async placeOf(id: string): Promise<string | undefined> {
    const number = (await this.#beginning('events', id)) ?? (await this.#clusterOf(id));
    if (number === undefined) return undefined;
    return (await this.engine.rows<{ sort: string }>('SELECT sort FROM events WHERE number = ?', [number]))[0]?.sort;
  }

  /** The claim with this id, and the event it stands in. */
  async claim(id: string): Promise<KeptClaim | undefined> {
    const number = await this.#beginning('claims', id);
    return number === undefined ? undefined : (await this.#claims([number]))[0];
  }

  /** The claims of a document, rejected ones too, in the order of its reading. */
  async claims(document: string): Promise<readonly KeptClaim[]> {
    const rows = await this.engine.rows<{ number: number }>(
      `SELECT claims.number AS number FROM claims JOIN documents ON documents.number = claims.document
        WHERE documents.id = ? ORDER BY ordinal`,
      [document],
    );
    return this.#claims(rows.map((row) => row.number));
  }

  /** The types of act that the record holds, by name: PLOVER's, and those of the patterns that read it. */
  async types(): Promise<readonly EventType[]> {
    return (await this.facet('type', 1000)).map(({ value }) => value).sort();
  }

  /** The document with this id or with an id that begins so, and its reading. */
  async reading(id: string): Promise<Reading | undefined> {
    const number = await this.#beginning('documents', id);
    return number === undefined ? undefined : (await loadDocuments(this.engine, [number])).get(number)?.reading;
  }

  /** Goes through the readings in the order in which their documents came, each with what read it; `except` those it read. */
  eachReading({ except = null }: { readonly except?: string | null } = {}): AsyncGenerator<ReadDocument> {
    return eachDocument(this.engine, except);
  }

  /** The heads of documents that pass a filter, the newest first, those without a date last: `limit` of them (default: all). */
  async documents({
    limit = 1_000_000,
    ...filter
  }: DocumentFilter & { readonly limit?: number } = {}): Promise<readonly DocumentHead[]> {
    return listDocuments(this.engine, filter, limit);
  }

  /** The heads of the documents with these ids. */
  async heads(ids: readonly string[]): Promise<readonly DocumentHead[]> {
    return documentHeads(this.engine, 'WHERE id IN TEXTS(?) ORDER BY id', [ids]);
  }

  /** How many documents the record holds; `except` those that this reader read. */
  async countDocuments({ except = null }: { readonly except?: string | null } = {}): Promise<number> {
    const rows = await this.engine.rows<{ documents: number }>(
      `SELECT count(*) AS documents FROM documents ${except === null ? '' : 'WHERE reader <> ?'}`,
      except === null ? [] : [except],
    );
    return Number(rows[0]!.documents);
  }

  /** The documents whose title or text has the words (`terms.ts`), the newest first. */
  async searchDocuments(
    words: string,
    { limit, ...filter }: DocumentFilter & { readonly limit: number },
  ): Promise<readonly DocumentHead[]> {
    return searchDocuments(this.engine, words, filter, limit);
  }

  /** The ids of all texts that came from the address of this one, in the order they came; itself alone without one. */
  async versions(id: string): Promise<readonly string[]> {
    return versionsOf(this.engine, id);
  }

  /** The issues of all events, the most frequent first. */
  async issues(): Promise<readonly { readonly issue: string; readonly events: number }[]> {
    return (await this.facet('issue', 1000)).map(({ value, events }) => ({ issue: value, events }));
  }

  /**
   * The party that a person means: an ISO code in any case, a Wikidata id, or a name that some document uses ("Russia",
   * "NATO"). `undefined` when the record knows none.
   */
  async party(name: string): Promise<Party | undefined> {
    return partyCalled(this.engine, name);
  }

  /** A name for each party: its state's as the documents give it, else the name told most. `parties` limits it to these. */
  async partyNames(parties?: readonly Party[]): Promise<ReadonlyMap<string, string>> {
    return partyNames(this.engine, parties);
  }

  /** What changes with every change of what the record holds. */
  async version(): Promise<string> {
    const rows = await this.engine.rows<{ name: string; value: number }>(
      'SELECT name, value FROM counters ORDER BY name',
    );
    return rows.map(({ name, value }) => `${name} ${value}`).join(' ');
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  async #load(numbers: readonly number[]): Promise<ReadonlyMap<number, Event>> {
    const { events, tellings } = this.#memory;
    return events.take(await this.version(), numbers, (missing) => loadEvents(this.engine, missing, tellings));
  }

  async #claims(numbers: readonly number[]): Promise<readonly KeptClaim[]> {
    const tellings = await loadTellings(this.engine, numbers, this.#memory.tellings);
    const rows = await this.engine.rows<{ claim: number; id: string }>(
      'SELECT claim, events.id AS id FROM places JOIN events ON events.number = places.cluster WHERE claim IN INTS(?)',
      [numbers],
    );
    const events = new Map(rows.map(({ claim, id }) => [claim, id]));
    return numbers.flatMap((number) => {
      const telling = tellings.get(number);
      return telling === undefined ? [] : [{ telling, event: events.get(number) ?? null }];
    });
  }

  /** The number of the one row whose id is or begins with this. */
  async #beginning(table: 'events' | 'claims' | 'documents', id: string): Promise<number | undefined> {
    if (id.length < 4) return undefined;
    const rows = await this.engine.rows<{ number: number; id: string }>(
      `SELECT number, id FROM ${table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 2`,
      [id, `${id}~`],
    );
    return rows.length === 1 || rows[0]?.id === id ? rows[0]?.number : undefined;
  }

  async #clusterOf(claim: string): Promise<number | undefined> {
    const rows = await this.engine.rows<{ cluster: number }>(
      'SELECT cluster FROM places JOIN claims ON claims.number = places.claim WHERE claims.id = ?',
      [claim],
    );
    return rows[0]?.cluster;
  }
}

/** What the words of a filter are looked for in: the sentence of a claim, its title, and what its event names. */
export function textOf(event: Event, claim: Event['claims'][number]): string {
  const names = [...event.actors, ...event.recipients].map(({ value }) => value.name);
  const places = event.where.told.map(({ value }) => value.name);
  return [claim.sentence, claim.title ?? '', ...names, ...places, ...event.issues.map(({ value }) => value)].join('\n');
}
