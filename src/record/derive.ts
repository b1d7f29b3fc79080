import { ReadoutError } from '../error.ts';
import type { Engine, Session } from './engine.ts';

/**
 * The version of what makes events from readings. It changes with everything that does: what a telling holds, what ties
 * claims, by which keys they are found, which marks and words are kept.
 */
const DERIVATION = 2;

/** The tables of what is derived, but for those of words. */
export const DERIVED = [
  ...(['places', 'torn', 'claim_keys', 'tellings', 'claims', 'events', 'marks', 'copies', 'bands'] as const),
  ...(['mark_counts', 'day_counts', 'names'] as const),
] as const;
const DOCUMENTS_A_TURN = 50;

/** True when the events of a record were made by this version. */
export async function isDerived(session: Session): Promise<boolean> {
  return (await counter(session, 'derivation')) === DERIVATION;
}

/** Says that the events of a record must be made anew, by whoever opens it next or {@link deriveAnew}. */
export async function forgetDerived(session: Session): Promise<void> {
  await setCounter(session, 'derivation', 0);
  await setCounter(session, 'deriving', 0);
}

/**
 * Makes all that is made from readings and decisions anew, unless this version has made it. `place` does so for some documents, by their numbers. How far it
 * is stands in the record (the counters `deriving`, by which version, and `derived`, the last document): killed in the
 * middle, the next who opens it goes on from there, and two who open it at once take turns. No reading is touched.
 *
 * Throws `ReadoutError` `record.read-only` for a record that cannot be written to.
 */
export async function deriveAnew(
  engine: Engine,
  tell: (line: string) => void,
  place: (session: Session, documents: readonly number[]) => Promise<void>,
): Promise<void> {
  if (engine.readOnly) {
    throw new ReadoutError(
      'record.read-only',
      `${engine.name} was written by an older Readout and its events must be made anew, but it or its folder cannot be written to; copy it to where it can.`,
    );
  }
  await engine.write(begin);
  for (let done = false; !done; ) {
    const last = await engine.write(async (session) => {
      // Whoever took the turn before may have ended it.
      if (await isDerived(session)) return undefined;
      const rows = await session.rows<{ number: number }>(
        'SELECT number FROM documents WHERE number > ? ORDER BY number LIMIT ?',
        [(await counter(session, 'derived')) ?? 0, DOCUMENTS_A_TURN],
      );
      if (rows.length === 0) {
        await setCounter(session, 'derivation', DERIVATION);
        await session.rows("DELETE FROM counters WHERE name IN ('deriving', 'derived')");
        return undefined;
      }
      const numbers = rows.map((row) => row.number);
      await place(session, numbers);
      await setCounter(session, 'derived', numbers.at(-1)!);
      return numbers.at(-1)!;
    });
    done = last === undefined;
    if (last !== undefined) {
      const documents = await counter(engine, 'document');
      tell(`Making the events anew: ${last} of ${documents} documents`);
    }
  }
}

/** Takes away what is derived, unless another is making it anew already, or did while this one waited. */
async function begin(session: Session): Promise<void> {
  if ((await isDerived(session)) || (await counter(session, 'deriving')) === DERIVATION) return;
  await setCounter(session, 'derivation', 0);
  await setCounter(session, 'deriving', DERIVATION);
  await setCounter(session, 'derived', 0);
  await clearDerived(session);
}

/** Empties the tables of what is derived. */
export async function clearDerived(session: Session): Promise<void> {
  for (const table of ['document_words', 'claim_words'] as const) await session.clearWords(table);
  for (const table of DERIVED) await session.rows(`DELETE FROM ${table}`);
}

async function counter(session: Session, name: string): Promise<number | undefined> {
  const rows = await session.rows<{ value: number }>('SELECT value FROM counters WHERE name = ?', [name]);
  return rows[0]?.value;
}

async function setCounter(session: Session, name: string, value: number): Promise<void> {
  await session.insert(
    'counters',
    ['name', 'value'],
    [[name, value]],
    'ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
}
