import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import type { Document } from '../source/document.ts';
import type { Session, Value } from './engine.ts';
import { pack, unpack } from './pack.ts';
import { fold, type Party, partyOf } from './party.ts';
import { indexed } from './terms.ts';

/** What came with a text: by this one of two copies is preferred, whichever came first. */
export type Received = Pick<Document, 'title' | 'url' | 'outlet' | 'published'>;

/** A document in lists: without text and reading. */
export interface DocumentHead {
  readonly id: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly url: string | null;
  readonly published: { readonly from: string; readonly to: string } | null;
  readonly claims: number;
}

/** A document as the record keeps it. */
export interface KeptDocument {
  readonly number: number;
  readonly reading: Reading;
  readonly received: Received;
}

/** A document to be written under its number; an `old` one is there already and gets another reading. */
export interface NewDocument extends KeptDocument {
  readonly reader: string;
  readonly added: string;
  readonly old: boolean;
}

const COLUMNS = [
  ...(['number', 'id', 'title', 'url', 'outlet', 'outlet_kind', 'published_from', 'published_to'] as const),
  ...(['claims', 'reader', 'added', 'origin'] as const),
] as const;
/** What another reading of a document changes. */
const CHANGED = COLUMNS.slice(2, -1);

/** Writes documents with their texts and readings; {@link indexDocuments} and their claims come after. */
export async function insertDocuments(session: Session, documents: readonly NewDocument[]): Promise<void> {
  const old = documents.filter((one) => one.old).map((one) => one.number);
  if (old.length > 0) {
    const before = await loadDocuments(session, old);
    await countNames(session, [...before.values()], -1);
    await session.dropWords('document_words', old);
  }
  await session.insert(
    'documents',
    COLUMNS,
    documents.map(({ number, reading: { document, claims }, reader, added }): Value[] =>
      [
        ...[number, document.id, document.title, document.url, document.outlet?.name ?? null],
        ...[document.outlet?.kind ?? null, document.published?.from ?? null, document.published?.to ?? null],
        ...[claims.length, reader, added, number],
      ].map((value) => (typeof value === 'string' ? storable(value) : value)),
    ),
    `ON CONFLICT (number) DO UPDATE SET ${CHANGED.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  await session.insert(
    'texts',
    ['document', 'text', 'exact'],
    documents
      .filter((one) => !one.old)
      .map(({ number, reading }) => {
        const { text } = reading.document;
        // What SQL text cannot hold: half a surrogate pair, NUL.
        const exact = /\p{Surrogate}/u.test(text) || text.includes('\0') ? JSON.stringify(text) : null;
        return [number, text.replaceAll('\0', '\ufffd'), exact];
      }),
  );
  await session.insert(
    'readings',
    ['document', 'body'],
    documents.map(({ number, reading: { document, ...lists }, received }) => {
      const { text: _, ...head } = document;
      return [number, pack({ head, received: receivedOf(received), lists })];
    }),
    'ON CONFLICT (document) DO UPDATE SET body = excluded.body',
  );
}

/** Writes what documents are found by, where nothing of that is there: their words, and the names they use. */
export async function indexDocuments(session: Session, documents: readonly KeptDocument[]): Promise<void> {
  await countNames(session, documents, 1);
  await session.putWords(
    'document_words',
    documents.map(({ number, reading: { document } }) => [number, indexed([document.title, document.text])] as const),
  );
}

/** Makes anew what of documents is made from their readings: how many claims there are, and {@link indexDocuments}. */
export async function deriveDocuments(session: Session, documents: readonly KeptDocument[]): Promise<void> {
  for (const { number, reading } of documents) {
    await session.rows('UPDATE documents SET claims = ? WHERE number = ?', [reading.claims.length, number]);
  }
  await indexDocuments(session, documents);
}

/** Documents by their numbers, with their readings. */
export async function loadDocuments(
  session: Session,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, KeptDocument>> {
  const rows = await session.rows<{ number: number; text: string; exact: string | null; body: Uint8Array | string }>(
    `SELECT texts.document AS number, text, exact, body FROM texts
      JOIN readings ON readings.document = texts.document WHERE texts.document IN INTS(?) ORDER BY texts.document`,
    [numbers],
  );
  return new Map(
    rows.map(({ number, text, exact, body }) => {
      const { head, received, lists } = unpack(body) as {
        readonly head: Omit<Document, 'text'>;
        readonly received: Received;
        readonly lists: Omit<Reading, 'document'>;
      };
      const document = { ...head, text: exact === null ? text : (unpack(exact) as string) };
      const { schema, ...rest } = lists;
      return [number, { number, reading: { schema, document, ...rest }, received }];
    }),
  );
}

/** The documents with these ids that are there, by id. */
export async function documentsWithIds(
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KeptDocument>> {
  const rows = await session.rows<{ number: number }>('SELECT number FROM documents WHERE id IN TEXTS(?)', [ids]);
  if (rows.length === 0) return new Map();
  const documents = await loadDocuments(
    session,
    rows.map((row) => row.number),
  );
  return new Map([...documents.values()].map((one) => [one.reading.document.id, one]));
}

/** The heads of documents: `which` is what stands behind `FROM documents` in SQL. */
export async function documentHeads(
  session: Session,
  which: string,
  parameters: readonly Value[],
): Promise<readonly DocumentHead[]> {
  const rows = await session.rows<
    Omit<DocumentHead, 'published'> & { readonly published_from: string | null; readonly published_to: string | null }
  >(`SELECT id, title, outlet, url, published_from, published_to, claims FROM documents ${which}`, parameters);
  return rows.map(({ id, title, outlet, url, published_from, published_to, claims }) => ({
    ...{ id, title, outlet, url, claims },
    published: published_from === null || published_to === null ? null : { from: published_from, to: published_to },
  }));
}

/** Which documents are looked for; absent is "any". */
export interface DocumentFilter {
  /** Those that can have been published on or after this day. */
  readonly from?: string | undefined;
  /** Those that can have been published on or before this day. */
  readonly to?: string | undefined;
  readonly outlet?: string | undefined;
  /** Governments' own statements (true), or none of them (false). */
  readonly official?: boolean | undefined;
  /** Those that come after the document with this id, the newest first. */
  readonly after?: string | undefined;
}

/** What SQL asks of rows of `documents` that pass a filter. Throws `record.not-found` for a document that is not there. */
export async function documentConditions(
  session: Session,
  { from, to, outlet, official, after }: DocumentFilter,
): Promise<{ readonly conditions: readonly string[]; readonly parameters: readonly Value[] }> {
  const outlets =
    outlet === undefined
      ? []
      : (
          await session.rows<{ outlet: string }>('SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL')
        ).flatMap((row) => (fold(row.outlet) === fold(outlet) ? [row.outlet] : []));
  const start = after === undefined ? { conditions: [], parameters: [] } : await afterDocument(session, after);
  return {
    conditions: [
      ...(from === undefined ? [] : ['published_to >= ?']),
      ...(to === undefined ? [] : ['published_from <= ?']),
      ...(outlet === undefined ? [] : ['outlet IN TEXTS(?)']),
      ...(official === true ? ["outlet_kind = 'official'"] : []),
      ...(official === false ? ["(outlet_kind IS NULL OR outlet_kind <> 'official')"] : []),
      ...start.conditions,
    ],
    parameters: [
      ...(from === undefined ? [] : [from]),
      ...(to === undefined ? [] : [to]),
      ...(outlet === undefined ? [] : [outlets]),
      ...start.parameters,
    ],
  };
}

/** What SQL asks of rows of `documents` that come after one in the order of the newest first. Throws `record.not-found`. */
async function afterDocument(
  session: Session,
  id: string,
): Promise<{ readonly conditions: readonly string[]; readonly parameters: readonly Value[] }> {
  const [row] = await session.rows<{ day: string | null }>('SELECT published_from AS day FROM documents WHERE id = ?', [
    id,
  ]);
  if (row === undefined) {
    throw new ReadoutError(
      'record.not-found',
      `--after: the record holds no document "${id.slice(0, 100)}"; begin anew without it.`,
    );
  }
  return row.day === null
    ? { conditions: ['published_from IS NULL', 'id < ?'], parameters: [id] }
    : {
        conditions: ['(published_from < ? OR published_from IS NULL OR (published_from = ? AND id < ?))'],
        parameters: [row.day, row.day, id],
      };
}

/** How SQL puts rows of `documents` in order: the newest first, those without a date last. */
export const NEWEST_FIRST = 'ORDER BY published_from DESC NULLS LAST, id DESC';

/** Sorts copies of one text: dated before undated, the earlier first, then by outlet, address and title. */
export function preferenceOf({ published, outlet, url, title }: Received): string {
  return JSON.stringify([published?.from ?? '~', published?.to ?? '~', outlet?.name ?? '~', url ?? '~', title ?? '~']);
}

function receivedOf({ title, url, outlet, published }: Received): Received {
  return { title, url, outlet, published };
}

/** A name that readings use for a party of their claims: its party, itself, its kind, folded, and how often. */
type NameRow = readonly [party: Party, name: string, kind: string, folded: string, uses: number];

/** The names that readings use for the parties of their claims, each once. */
export function namesOf(readings: readonly Reading[]): readonly NameRow[] {
  const uses = new Map<string, NameRow>();
  for (const reading of readings) {
    const parts = new Set(reading.claims.flatMap(({ actors, recipients }) => [...actors, ...recipients]));
    for (const actor of reading.actors) {
      if (!parts.has(actor.id)) continue;
      const name = storableName(actor.name);
      const party = storableName(partyOf(actor));
      const key = `${party}\n${actor.kind}\n${name}`;
      uses.set(key, [party, name, actor.kind, storableName(fold(actor.name)), (uses.get(key)?.[4] ?? 0) + 1]);
    }
  }
  return [...uses.values()];
}

/** Counts the names that readings use, or takes them from the count. */
async function countNames(session: Session, documents: readonly KeptDocument[], step: 1 | -1): Promise<void> {
  const rows = namesOf(documents.map(({ reading }) => reading));
  await session.insert(
    'names',
    ['party', 'name', 'kind', 'folded', 'uses'],
    rows.map(([party, name, kind, folded, uses]) => [party, name, kind, folded, uses * step]),
    'ON CONFLICT (party, name, kind) DO UPDATE SET uses = names.uses + excluded.uses',
  );
}

/**
 * A text as every engine takes it, `most` letters of it (default: 500): SQL text ends at NUL in SQLite and takes none in
 * PostgreSQL, half a surrogate pair is no letter, and an index takes no line of a page's length.
 */
function storable(text: string, most = 500): string {
  return text
    .replaceAll('\0', ' ')
    .slice(0, most)
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A name or party as it is looked for: two of them stand in one index. */
export function storableName(name: string): string {
  return storable(name, 200);
}
