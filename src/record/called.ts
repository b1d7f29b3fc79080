import type { Engine } from './engine.ts';
import type { Party } from './party.ts';

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
