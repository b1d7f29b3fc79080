import { ReadoutError } from '../error.ts';
import type { Session } from './engine.ts';
import { unpack } from './pack.ts';
import { anchorsOf, type Decision, type KeptDecision } from './review.ts';

/** The documents that a decision bears on. Throws `record.not-found` when it undoes what is not there. */
export async function documentsOf(session: Session, decision: Decision): Promise<readonly string[]> {
  if (decision.kind !== 'undo') return [...new Set(anchorsOf(decision).map((anchor) => anchor.document))];
  const rows = await session.rows<{ document: string }>(
    'SELECT document FROM decision_documents JOIN decisions ON decisions.number = decision WHERE decisions.id = ?',
    [decision.undoes],
  );
  if (rows.length === 0) {
    throw new ReadoutError(
      'record.not-found',
      `The record holds no decision "${decision.undoes}"; \`readout review list --decided\` shows their ids.`,
    );
  }
  return rows.map((row) => row.document);
}

/** The decisions with these ids, in the order in which they were made. */
export async function decisionsWithIds(session: Session, ids: readonly string[]): Promise<readonly KeptDecision[]> {
  const rows = await session.rows<{ id: string; body: string }>(
    'SELECT id, body FROM decisions WHERE id IN TEXTS(?) ORDER BY number',
    [ids],
  );
  return rows.map(({ id, body }) => ({ id, ...(unpack(body) as Decision) }));
}

/** The decisions on each of these documents, by its id, in the order in which they were made. */
export async function decisionsOn(
  session: Session,
  documents: readonly string[],
): Promise<ReadonlyMap<string, readonly KeptDecision[]>> {
  const rows = await session.rows<{ document: string; id: string; body: string }>(
    `SELECT document, id, body FROM decision_documents JOIN decisions ON decisions.number = decision
      WHERE document IN TEXTS(?) ORDER BY decisions.number`,
    [documents],
  );
  const decisions = new Map<string, KeptDecision[]>();
  for (const { document, id, body } of rows) {
    const kept = { id, ...(unpack(body) as Decision) };
    const others = decisions.get(document);
    if (others === undefined) decisions.set(document, [kept]);
    else others.push(kept);
  }
  return decisions;
}
