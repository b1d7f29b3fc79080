import type { Event, EventClaim } from '../record/event.ts';
import type { EventFilter } from '../record/find.ts';
import type { Store } from '../record/store.ts';
import type { Telling } from '../record/telling.ts';
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
  const found = await findUnreviewed(store, filter, limit, { tell: (line) => context.progress(line) });
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

/** How far the record is gone through. */
export interface LookOptions {
  /** Events with claims to review that are looked at, the newest (default: all there are, which takes long). */
  readonly most?: number;
  /** Hears how far it is. */
  readonly tell?: (line: string) => void;
}

/**
 * The claims that a person should look at first: those that reports disagree on, then the rest, the least confident first.
 * The record is gone through whole for the rest unless `most` says how far; a filter makes it short.
 */
export async function findUnreviewed(
  store: Store,
  filter: EventFilter,
  limit: number,
  options: LookOptions = {},
): Promise<readonly Unreviewed[]> {
  const disputed = await leastConfident(
    store,
    { ...filter, disputed: 'any' },
    limit,
    (one) => one.disputed.length > 0,
    options,
  );
  if (disputed.length >= limit) return disputed;
  const rest = await leastConfident(
    store,
    filter,
    limit - disputed.length,
    (one) => one.disputed.length === 0,
    options,
  );
  return [...disputed, ...rest];
}

async function leastConfident(
  store: Store,
  filter: EventFilter,
  limit: number,
  isWanted: (one: Unreviewed) => boolean,
  { most = Number.POSITIVE_INFINITY, tell = () => {} }: LookOptions,
): Promise<readonly Unreviewed[]> {
  let best: Unreviewed[] = [];
  let events = 0;
  let open = 0;
  for await (const event of most === Number.POSITIVE_INFINITY ? store.eachEvent(filter) : newestFirst(store, filter)) {
    let isOpen = false;
    for (const claim of event.claims) {
      if (claim.review !== null) continue;
      const one = { claim, event, disputed: disputedFields(event, claim) };
      if (!isWanted(one)) continue;
      isOpen = true;
      if (best.length >= limit * 2) best = best.sort(byConfidence).slice(0, limit);
      if (best.length < limit || byConfidence(one, best[limit - 1]!) < 0) best.push(one);
    }
    if (isOpen) open += 1;
    events += 1;
    if (events % 1000 === 0) tell(`Looking through ${events.toLocaleString('en-US')} events`);
    if (open >= most) break;
  }
  return best.sort(byConfidence).slice(0, limit);
}

async function* newestFirst(store: Store, filter: EventFilter): AsyncGenerator<Event> {
  let after: string | null = null;
  do {
    const page = await store.page(filter, { limit: 200, newestFirst: true, ...(after === null ? {} : { after }) });
    yield* page.events;
    after = page.next;
  } while (after !== null);
}

function disputedFields(event: Event, claim: EventClaim): readonly string[] {
  const told = event.disagreements.filter(({ values }) => values.some(({ claims }) => claims.includes(claim.id)));
  return [...new Set(told.map(({ field }) => field))];
}

function byConfidence(a: Unreviewed, b: Unreviewed): number {
  return a.claim.confidence - b.claim.confidence || (a.claim.id < b.claim.id ? -1 : 1);
}
