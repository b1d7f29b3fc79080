import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import type { Document } from '../source/document.ts';
import { deleteClaims, insertClaims, type NewClaim, takeNumbers } from './claims.ts';
import { Copies } from './copies.ts';
import { decisionsOn, documentsOf } from './decisions.ts';
import { deriveAnew, isDerived } from './derive.ts';
import {
  deriveDocuments,
  documentsWithIds,
  indexDocuments,
  insertDocuments,
  type KeptDocument,
  loadDocuments,
  type NewDocument,
  preferenceOf,
} from './documents.ts';
import type { Engine, Session } from './engine.ts';
import { refreshEvents } from './events.ts';
import type { Memory } from './memory.ts';
import { type Decision, decisionId, decisionSchema, reviewTellings } from './review.ts';
import { tellingsOf } from './telling.ts';

/** A reading to be added: `received` is what came with the text, `reader` what made the reading, `added` when, ISO 8601. */
export interface Addition {
  readonly reading: Reading;
  readonly received: Document;
  readonly reader: string;
  readonly added: string;
}

/**
 * Writes what comes into a record, and brings its events up to date in the same transaction. The doors to it are those of
 * `Store`, where it is said what each of them does.
 */
export class Writer {
  readonly #engine: Engine;
  readonly #memory: Memory;
  #copies = new Copies();

  constructor(engine: Engine, memory: Memory) {
    this.#engine = engine;
    this.#memory = memory;
  }

  async addAll(additions: readonly Addition[]): Promise<readonly boolean[]> {
    return this.#write(async (session) => {
      const preferred = new Map<string, Addition>();
      for (const addition of additions) {
        const { id } = addition.reading.document;
        const other = preferred.get(id);
        if (other === undefined || preferenceOf(addition.received) < preferenceOf(other.received)) {
          preferred.set(id, addition);
        }
      }
      const known = await documentsWithIds(session, [...preferred.keys()]);
      const wanted = [...preferred.values()].filter((addition) => {
        const before = known.get(addition.reading.document.id);
        return before === undefined || preferenceOf(addition.received) < preferenceOf(before.received);
      });
      const first = await takeNumbers(
        session,
        'document',
        wanted.filter(({ reading }) => !known.has(reading.document.id)).length,
      );
      let next = first;
      const numbered = wanted.map((addition) => {
        const number = known.get(addition.reading.document.id)?.number ?? next++;
        return { ...addition, number, old: number < first };
      });
      await this.#insert(session, numbered);
      return additions.map((addition) => wanted.includes(addition));
    });
  }

  async replaceAll(
    given: readonly { readonly reading: Reading; readonly instead?: string }[],
    reader: string,
  ): Promise<readonly boolean[]> {
    return this.#write(async (session) => {
      const ids = given.map(({ reading }) => reading.document.id);
      const known = await documentsWithIds(session, ids);
      const rows = await session.rows<{ number: number; reader: string; added: string }>(
        'SELECT number, reader, added FROM documents WHERE id IN TEXTS(?)',
        [ids],
      );
      const kept = new Map(rows.map((row) => [row.number, row]));
      const wanted = given.filter(({ reading, instead }) => {
        const number = known.get(reading.document.id)?.number;
        return number !== undefined && (instead === undefined || instead === kept.get(number)!.reader);
      });
      await this.#insert(
        session,
        wanted.map(({ reading }) => {
          const { number, received } = known.get(reading.document.id)!;
          return { reading, received, reader, added: kept.get(number)!.added, number, old: true };
        }),
      );
      return given.map((one) => wanted.includes(one));
    });
  }

  async decide(decision: Decision): Promise<string> {
    const parsed = decisionSchema.safeParse(decision);
    if (!parsed.success) {
      throw new TypeError(`This is no decision: ${parsed.error.issues[0]!.message}.`, { cause: parsed.error });
    }
    const checked = parsed.data;
    const id = decisionId(checked);
    await this.#write(async (session) => {
      if ((await session.rows('SELECT 1 FROM decisions WHERE id = ?', [id])).length > 0) return;
      const documents = await documentsOf(session, checked);
      const number = await takeNumbers(session, 'decision', 1);
      await session.insert('decisions', ['number', 'id', 'body'], [[number, id, JSON.stringify(checked)]]);
      await session.insert(
        'decision_documents',
        ['document', 'decision'],
        documents.map((document) => [document, number]),
      );
      const held = await documentsWithIds(session, documents);
      await this.#place(session, readingsOf([...held.values()]));
    });
    return id;
  }

  /** Makes all that is made of readings and decisions anew, unless this version has made it. */
  async derive(tell: (line: string) => void): Promise<void> {
    await deriveAnew(this.#engine, tell, async (session, numbers) => {
      const documents = [...(await loadDocuments(session, numbers)).values()];
      await deriveDocuments(session, documents);
      await this.#place(session, readingsOf(documents));
    });
    this.#forget();
  }

  /** Writes documents and their claims, and brings the events up to date. */
  async #insert(session: Session, documents: readonly NewDocument[]): Promise<void> {
    if (documents.length === 0) return;
    await insertDocuments(session, documents);
    await indexDocuments(session, documents);
    await this.#place(session, readingsOf(documents));
  }

  /** Finds what documents are copies of, writes their claims as readings and decisions have them, and settles the events. */
  async #place(session: Session, readings: ReadonlyMap<number, Reading>): Promise<void> {
    const { tellings } = this.#memory;
    const moved = new Set<number>();
    for (const [number, { document }] of readings) {
      for (const other of await this.#copies.place(session, number, document)) moved.add(other);
    }
    const decisions = await decisionsOn(
      session,
      [...readings.values()].map(({ document }) => document.id),
    );
    const claims: NewClaim[] = [];
    for (const [document, reading] of readings) {
      const reviewed = reviewTellings(tellingsOf(reading), decisions.get(reading.document.id) ?? []);
      claims.push(...reviewed.map((one, ordinal) => ({ ...one, document, ordinal })));
    }
    const gone = await deleteClaims(session, [...readings.keys()], tellings);
    const fresh = await insertClaims(session, claims, tellings);
    await refreshEvents(session, tellings, { fresh, gone, moved: [...moved] });
  }

  async #write<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    try {
      return await this.#engine.write(async (session) => {
        if (await isDerived(session)) {
          await takeNumbers(session, 'change', 1);
          return work(session);
        }
        throw new ReadoutError(
          'record.locked',
          `The events of ${this.#engine.name} are being made anew by another program; try again when it is done.`,
        );
      });
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  #forget(): void {
    this.#memory.forget();
    this.#copies = new Copies();
  }
}

function readingsOf(documents: readonly KeptDocument[]): ReadonlyMap<number, Reading> {
  return new Map(documents.map(({ number, reading }) => [number, reading]));
}
