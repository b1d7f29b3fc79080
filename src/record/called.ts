import { storableName } from './documents.ts';
import type { Engine } from './engine.ts';
import { fold, isState, type Party } from './party.ts';

/** What documents call a party. */
export interface Called {
  readonly name: string;
  /** `state` where the party itself is called so, else what of it is: `person`, `body` … */
  readonly kind: string;
  readonly uses: number;
}

/** The names that documents use for a party and for who stands for it, the most used first. */
export async function namesFor(engine: Engine, party: Party, limit: number): Promise<readonly Called[]> {
  const rows = await engine.rows<Called>(
    'SELECT name, kind, uses FROM names WHERE party = ? AND uses > 0 ORDER BY uses DESC, name, kind LIMIT ?',
    [party, limit],
  );
  return rows.map(({ name, kind, uses }) => ({ name, kind, uses: Number(uses) }));
}

/** The party that a person means by a code or a name; see `Store.party`. */
export async function partyCalled(engine: Engine, name: string): Promise<Party | undefined> {
  const code = name.toUpperCase();
  const rows = await engine.rows<{ party: string }>(
    'SELECT party FROM names WHERE (party = ? OR folded = ?) AND uses > 0 ORDER BY party <> ?, uses DESC, party LIMIT 1',
    [storableName(code), storableName(fold(name)), storableName(code)],
  );
  return rows[0]?.party;
}

/** A name for each party: its state's as the documents give it, else the name told most. `parties` limits it to these. */
export async function partyNames(engine: Engine, parties?: readonly Party[]): Promise<ReadonlyMap<string, string>> {
  const rows = await engine.rows<{ party: string; name: string; kind: string }>(
    `SELECT party, name, kind FROM names WHERE uses > 0 ${parties === undefined ? '' : 'AND party IN TEXTS(?)'}
      ORDER BY kind <> 'state', uses DESC, name`,
    parties === undefined ? [] : [parties],
  );
  const names = new Map<string, string>();
  for (const { party, name, kind } of rows) {
    if (names.has(party)) continue;
    names.set(party, isState(party) && kind !== 'state' ? party : name);
  }
  return names;
}
