import type { Event, EventClaim } from '../record/event.ts';
import type { EventFilter } from '../record/find.ts';
import { disputedFields, openMark } from '../record/marks.ts';
import { type Store, textOf } from '../record/store.ts';
import type { Telling } from '../record/telling.ts';
import { parseWords, passes } from '../record/terms.ts';
import { eachUndecided, type Undecided } from '../record/undecided.ts';
import { claimWords, sentenceWords } from './decided.ts';
import { type Item, writePage } from './layout.ts';
import type { Context } from './operation.ts';

/** A claim that nobody has decided anything of, with its event, and the fields in which others tell otherwise. */
export interface Unreviewed {
  readonly claim: EventClaim;
  readonly event: Event;
  readonly disputed: readonly string[];
}

/** Prints the claims that a person should look at first. */
export async function listUnreviewed(
  { limit, json }: { readonly limit: number; readonly json: boolean },
  filter: EventFilter,
  { store, context }: { readonly store: Store; readonly context: Context },
): Promise<void> {
  const found = await findUnreviewed(store, filter, limit);
  const told: { readonly telling: Telling; readonly event: Event; readonly disputed: readonly string[] }[] = [];
  for (const { claim, event, disputed } of found) {
    told.push({ telling: (await store.claim(claim.id))!.telling, event, disputed });
  }
  if (json) {
    const rows = told.map(({ telling, event, disputed }) => ({ claim: telling, event: event.id, disputed }));
    await context.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  if (told.length === 0) {
    context.tell('Nothing is left to review.');
    return;
  }
  const items = told.map(({ telling, event, disputed }): Item => {
    const notes = [
      `confidence ${telling.confidence.toFixed(2)}`,
      ...(disputed.length === 0 ? [] : [`reports disagree on ${disputed.join(', ')}`]),
      telling.outlet ?? 'unknown outlet',
      `event ${event.id.slice(0, 8)}`,
    ];
    return {
      lead: telling.id.slice(0, 8),
      text: claimWords(telling),
      sources: [sentenceWords(telling), notes.join(' · ')],
    };
  });
  await context.write(writePage('To review', [{ kind: 'list', items }], 'text'));
}

/** Events that are looked at together at most: few at first, as whoever asks may need no more. */
const AT_ONCE = 10;

/**
 * The claims that a person should look at first: those that reports disagree on, then the rest, the least confident first, among
 * equals the newest. Events are read as their turn comes: one that many tell takes as long as a page may.
 */
export async function* eachUnreviewed(store: Store, filter: EventFilter): AsyncGenerator<Unreviewed> {
  const query = filter.words === undefined ? undefined : parseWords(filter.words);
  let next: Undecided[] = [];
  let together = 1;
  for await (const one of eachUndecided(store.engine, filter)) {
    next.push(one);
    if (next.length < together) continue;
    yield* await look();
    together = Math.min(AT_ONCE, 2 * together);
  }
  yield* await look();

  async function look(): Promise<readonly Unreviewed[]> {
    const loaded = await store.eventsNumbered([...new Set(next.map(({ number }) => number))]);
    const events = new Map(loaded.map((event) => [event.id, event]));
    const found = next.flatMap(({ event: id, mark }) => {
      const event = events.get(id);
      if (event === undefined) return [];
      if (query !== undefined && !event.claims.some((claim) => passes(textOf(event, claim), query))) return [];
      return event.claims
        .filter((claim) => claim.review === null && openMark(event, claim) === mark)
        .map((claim) => ({ claim, event, disputed: disputedFields(event, claim) }));
    });
    next = [];
    return found;
  }
}

/** The first of {@link eachUnreviewed}, `limit` of them. */
export async function findUnreviewed(store: Store, filter: EventFilter, limit: number): Promise<readonly Unreviewed[]> {
  const claims: Unreviewed[] = [];
  for await (const one of eachUnreviewed(store, filter)) {
    claims.push(one);
    if (claims.length >= limit) break;
  }
  return claims;
}
