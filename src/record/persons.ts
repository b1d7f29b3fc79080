import type { Engine } from './engine.ts';
import { oneLine, personMark } from './marks.ts';
import { fold } from './party.ts';
import type { Store } from './store.ts';
import type { ToldActor } from './telling.ts';
import { termsOf } from './terms.ts';

/** A person, body or group that takes part in events, as {@link EventFilter.person} asks for it. */
export interface KnownPerson {
  /** Its Wikidata id, or `~` and its folded name. */
  readonly id: string;
  readonly name: string;
  readonly events: number;
}

/** Events that are looked into for who has a name. */
const LOOKED_AT = 100;

/**
 * Who is meant by an id (`Q7747`) or by a name or its last word (`Lavrov`), those of most events first. Names that say less
 * of one who is there by a longer one are left out: "Lavrov" beside "Sergey Lavrov".
 */
export async function personsCalled(store: Store, called: string): Promise<readonly KnownPerson[]> {
  const id = /^q\d+$/i.test(called) ? called.toUpperCase() : called.startsWith('~') ? called : undefined;
  if (id !== undefined) {
    const events = await store.count(oneLine(`person ${id}`));
    return events === 0 ? [] : [{ id, name: id, events }];
  }
  const words = fold(called)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || termsOf(called).length === 0) return [];
  const names = new Map<string, string>();
  const note = ({ value }: { readonly value: ToldActor }) => {
    const parts = fold(value.name).split(/[^\p{L}\p{N}]+/u);
    if (value.kind === 'state' || !words.every((word) => parts.includes(word))) return;
    const mark = personMark(value);
    const before = names.get(mark);
    if (before === undefined || before.length < value.name.length) names.set(mark, value.name);
  };
  // Those named exactly so are there however many others have the words.
  const exact = personMark({ name: called, wikidata: null });
  if ((await store.count(oneLine(exact))) > 0) names.set(exact, called);
  const { events } = await store.page({ words: words.join(' ') }, { limit: LOOKED_AT, newestFirst: true });
  for (const event of events) for (const actor of [...event.actors, ...event.recipients]) note(actor);
  const persons: KnownPerson[] = [];
  for (const [mark, name] of names) {
    persons.push({ id: mark.slice('person '.length), name, events: await store.count(oneLine(mark)) });
  }
  persons.sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
  const saysLess = (one: KnownPerson) => {
    const parts = fold(one.name).split(' ');
    return persons.some((other) => {
      const others = fold(other.name).split(' ');
      return other !== one && parts.every((part) => others.includes(part)) && isBetter(other, one);
    });
  };
  return persons.filter((one) => !saysLess(one));
}

/** True when of two whose names say the same, the first is the one to show. */
function isBetter(one: KnownPerson, other: KnownPerson): boolean {
  const more = fold(one.name).split(' ').length - fold(other.name).split(' ').length;
  if (more !== 0) return more > 0;
  return one.events > other.events || (one.events === other.events && one.id < other.id);
}

/** Names of parties that begin as this one does, the most used first: what a mistyped one can be compared with. */
export async function namesBeginning(engine: Engine, name: string): Promise<readonly string[]> {
  const begin = [...fold(name)]
    .slice(0, 2)
    .join('')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('\0', ' ');
  if (begin === '') return [];
  const rows = await engine.rows<{ name: string }>(
    'SELECT name, sum(uses) AS used FROM names WHERE folded >= ? AND folded < ? AND uses > 0 GROUP BY name ORDER BY used DESC, name LIMIT 500',
    [begin, `${begin}\u{10ffff}`],
  );
  return rows.map((row) => row.name);
}
