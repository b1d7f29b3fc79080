import type { Event, EventClaim } from '../record/event.ts';
import type { EventFilter } from '../record/find.ts';
import type { Store } from '../record/store.ts';
import type { Telling } from '../record/telling.ts';
import { claimWords, sentenceWords } from './decided.ts';
import { type Item, writePage } from './layout.ts';
import type { Context } from './operation.ts';

/** A claim that nobody has decided anything of, with its event, and the fields in which others tell otherwise. */
interface Unreviewed {
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
  const found = await findUnreviewed(store, filter, limit, (line) => context.progress(line));
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

/**
 * The claims that a person should look at first: those that reports disagree on, then the rest, the least confident first.
 * The record is gone through whole for the rest, so `tell` hears how far it is; a filter makes it short.
 */
async function findUnreviewed(
  store: Store,
  filter: EventFilter,
  limit: number,
  tell: (line: string) => void,
): Promise<readonly Unreviewed[]> {
  const disputed = await leastConfident(
    store,
    { ...filter, disputed: 'any' },
    limit,
    (one) => one.disputed.length > 0,
    tell,
  );
  if (disputed.length >= limit) return disputed;
  const rest = await leastConfident(store, filter, limit - disputed.length, (one) => one.disputed.length === 0, tell);
  return [...disputed, ...rest];
}

async function leastConfident(
  store: Store,
  filter: EventFilter,
  limit: number,
  isWanted: (one: Unreviewed) => boolean,
  tell: (line: string) => void,
): Promise<readonly Unreviewed[]> {
  let best: Unreviewed[] = [];
  let events = 0;
  for await (const event of store.eachEvent(filter)) {
    for (const claim of event.claims) {
      if (claim.review !== null) continue;
      const one = { claim, event, disputed: disputedFields(event, claim) };
      if (!isWanted(one)) continue;
      if (best.length >= limit * 2) best = best.sort(byConfidence).slice(0, limit);
      if (best.length < limit || byConfidence(one, best[limit - 1]!) < 0) best.push(one);
    }
    events += 1;
    if (events % 1000 === 0) tell(`Looking through ${events.toLocaleString('en-US')} events`);
  }
  return best.sort(byConfidence).slice(0, limit);
}

function disputedFields(event: Event, claim: EventClaim): readonly string[] {
  const told = event.disagreements.filter(({ values }) => values.some(({ claims }) => claims.includes(claim.id)));
  return [...new Set(told.map(({ field }) => field))];
}

function byConfidence(a: Unreviewed, b: Unreviewed): number {
  return a.claim.confidence - b.claim.confidence || (a.claim.id < b.claim.id ? -1 : 1);
}
