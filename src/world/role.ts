import type { ActorKind, Sector } from './actor.ts';
import { readSectors } from './entity.ts';
import { joinWords, normalizeName } from './name.ts';
import type { OfficeKind } from './office.ts';
import { type KeyedTable, openTable } from './table.ts';

/** What an actor is by a common noun: "ambassador", "foreign ministry", "troops". `office` is null where it is no office. */
export interface Role {
  readonly words: string;
  readonly sectors: readonly Sector[];
  readonly kind: ActorKind;
  readonly office: OfficeKind | null;
}

/** Opens `data/roles.tsv`. */
export function openRoles(text: string): KeyedTable<Role> {
  return openTable(text, ([words = '', sectors, kind, office]) => ({
    words,
    sectors: readSectors(sectors),
    kind: (kind || 'unknown') as ActorKind,
    office: (office || null) as OfficeKind | null,
  }));
}

/** The role these words name, in the singular or plural. A plural of persons is a group. */
export function findRole(roles: KeyedTable<Role>, words: string): Role | undefined {
  // No role is that long, and a page of commas is not worth the look.
  if (words.length > LONGEST_WORDS) return undefined;
  const key = normalizeName(words);
  const exact = roles.find(key)[0]?.row;
  if (exact !== undefined) return exact;
  for (const singular of singulars(key)) {
    const found = roles.find(singular)[0]?.row;
    if (found !== undefined) return found.kind === 'person' ? { ...found, kind: 'group' } : found;
  }
  return undefined;
}

/** The longest role that starts at a token; its length in tokens. `find` is {@link findRole} on the same table. */
export function roleAt(
  roles: KeyedTable<Role>,
  find: (words: string) => Role | undefined,
  forms: readonly string[],
  start: number,
): { readonly length: number; readonly role: Role } | undefined {
  const keys: string[] = [];
  let key = '';
  let most = 1;
  for (let at = start; at < forms.length && at < start + LONGEST_ROLE; at++) {
    key = joinWords(key, forms[at] ?? '');
    // Most words begin no longer role: a look at the first saves the rest.
    if (at === start) most = Math.max(1, roles.reach(key));
    if (key === '') return undefined;
    if (key.split(' ', most + 1).length > most) break;
    keys.push(key);
  }
  for (let length = keys.length; length > 0; length--) {
    const words = keys[length - 1] ?? '';
    if (words === keys[length - 2]) continue;
    const role = words === '' ? undefined : find(words);
    if (role !== undefined) return { length, role };
  }
  return undefined;
}
const LONGEST_ROLE = 9;
const LONGEST_WORDS = 120;

function singulars(key: string): readonly string[] {
  const found: string[] = [];
  if (key.endsWith('men')) found.push(`${key.slice(0, -3)}man`);
  // "ministers of defence", "secretaries general": the head is marked, not the last word.
  const inner = key.replace(/^((?:\w+ )*?\w+)s (of|general|at|for)\b/, '$1 $2');
  if (inner !== key) found.push(inner.replace(/ie( general| of| at| for)/, 'y$1'));
  if (key.endsWith('ies')) found.push(`${key.slice(0, -3)}y`);
  if (key.endsWith('es')) found.push(key.slice(0, -2));
  if (key.endsWith('s') && !key.endsWith('ss')) found.push(key.slice(0, -1));
  return found;
}
