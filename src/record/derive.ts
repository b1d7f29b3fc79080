import type { Engine, Session } from './engine.ts';

/**
 * The version of what makes events from readings. It changes with everything that does: what a telling holds, what ties
 * claims, by which keys they are found, which marks and words are kept.
 */
export const DERIVATION = 1;

const DERIVED = ['places', 'torn', 'claim_keys', 'tellings', 'claims', 'events', 'marks', 'copies', 'bands'] as const;
const DOCUMENTS_A_TURN = 50;

/** True when the events of a record were made by this version. */
export async function isDerived(engine: Engine): Promise<boolean> {
  const rows = await engine.rows<{ value: number }>("SELECT value FROM counters WHERE name = 'derivation'");
  return rows[0]?.value === DERIVATION;
}

/**
 * Makes all that is made from readings and decisions anew. `place` does so for some documents, by their numbers. Killed in
 * the middle, the record says that it is not derived, and the next who opens it begins anew; no reading is touched.
 */
export async function deriveAnew(
  engine: Engine,
  tell: (line: string) => void,
  place: (session: Session, documents: readonly number[]) => Promise<void>,
): Promise<void> {
  const documents = await engine.rows<{ number: number }>('SELECT number FROM documents ORDER BY number');
  await engine.write(async (session) => {
    if (documents.length === 0) return;
    await session.rows("UPDATE counters SET value = 0 WHERE name = 'derivation'");
    const claims = await session.rows<{ number: number }>('SELECT claim AS number FROM places');
    await session.dropWords(
      'claim_words',
      claims.map((row) => row.number),
    );
    for (const table of DERIVED) await session.rows(`DELETE FROM ${table}`);
  });
  for (let done = 0; done < documents.length; done += DOCUMENTS_A_TURN) {
    const numbers = documents.slice(done, done + DOCUMENTS_A_TURN).map((row) => row.number);
    await engine.write((session) => place(session, numbers));
    tell(
      `Making the events anew: ${Math.min(done + DOCUMENTS_A_TURN, documents.length)} of ${documents.length} documents`,
    );
  }
  await engine.write((session) =>
    session.rows("UPDATE counters SET value = ? WHERE name = 'derivation'", [DERIVATION]),
  );
}
