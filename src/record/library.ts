import {
  type DocumentFilter,
  type DocumentHead,
  documentConditions,
  documentHeads,
  type KeptDocument,
  loadDocuments,
  NEWEST_FIRST,
} from './documents.ts';
import type { Engine } from './engine.ts';
import { damagedError } from './pack.ts';
import { isExact, parseWords, passes } from './terms.ts';

/** A document with what read it, and when it was added. */
export type ReadDocument = KeptDocument & { readonly reader: string; readonly added: string };

/** Documents that are in memory at a time when all are gone through. */
const AT_ONCE = 50;

/** Goes through the documents in the order in which they came; `except` those that a reader read. */
export async function* eachDocument(engine: Engine, except: string | null): AsyncGenerator<ReadDocument> {
  for (let last = 0; ; ) {
    const rows = await engine.rows<{ number: number; reader: string; added: string }>(
      `SELECT number, reader, added FROM documents WHERE number > ? AND reader <> ? ORDER BY number LIMIT ${AT_ONCE}`,
      [last, except ?? ''],
    );
    if (rows.length === 0) return;
    const numbers = rows.map((row) => row.number);
    const documents = await loadDocuments(engine, numbers);
    for (const { number, reader, added } of rows) {
      const document = documents.get(number);
      if (document === undefined) throw damagedError(`document number ${number} has no text or no reading`);
      yield { ...document, reader, added };
    }
    last = numbers.at(-1)!;
  }
}

/** The heads of documents that pass a filter, the newest first, those without a date last: `limit` of them. */
export async function listDocuments(
  engine: Engine,
  filter: DocumentFilter,
  limit: number,
): Promise<readonly DocumentHead[]> {
  const { conditions, parameters } = await documentConditions(engine, filter);
  const which = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return documentHeads(engine, `${which} ${NEWEST_FIRST} LIMIT ?`, [...parameters, limit]);
}

/** The documents whose title or text has the words (`terms.ts`) and that pass a filter, the newest first: `limit` of them. */
export async function searchDocuments(
  engine: Engine,
  words: string,
  filter: DocumentFilter,
  limit: number,
): Promise<readonly DocumentHead[]> {
  const query = parseWords(words);
  const { sql, parameter } = engine.match('document_words', query.terms);
  const more = await documentConditions(engine, filter);
  const found: DocumentHead[] = [];
  for (let skip = 0; ; skip += limit) {
    const heads = await documentHeads(
      engine,
      `WHERE number IN (${sql}) ${more.conditions.map((condition) => `AND ${condition}`).join(' ')}
        ${NEWEST_FIRST} LIMIT ? OFFSET ?`,
      [parameter, ...more.parameters, limit, skip],
    );
    if (!isExact(query)) return heads;
    for (const head of heads) {
      const text = await textOfDocument(engine, head.id);
      if (text !== undefined && passes(`${head.title ?? ''}\n${text}`, query)) found.push(head);
      if (found.length === limit) return found;
    }
    if (heads.length < limit) return found;
  }
}

/** The ids of all texts that came from the address of a document, in the order they came; itself alone without one. */
export async function versionsOf(engine: Engine, id: string): Promise<readonly string[]> {
  const rows = await engine.rows<{ id: string }>(
    `SELECT version.id AS id FROM documents one JOIN documents version ON version.address = one.address
      WHERE one.id = ? ORDER BY version.number`,
    [id],
  );
  return rows.length === 0 ? [id] : rows.map((row) => row.id);
}

async function textOfDocument(engine: Engine, id: string): Promise<string | undefined> {
  const [row] = await engine.rows<{ number: number }>('SELECT number FROM documents WHERE id = ?', [id]);
  if (row === undefined) return undefined;
  return (await loadDocuments(engine, [row.number])).get(row.number)?.reading.document.text;
}
