import type { Hono } from 'hono';
import { ReadoutError } from '../../error.ts';
import { type Event, placedOn } from '../../record/event.ts';
import { asksForAll, type EventFilter } from '../../record/find.ts';
import type { Store } from '../../record/store.ts';
import { decisionsNamed } from '../decided.ts';
import { askOperation } from '../http/ask.ts';
import { limited } from '../http/body.ts';
import { demand } from '../http/gate.ts';
import { HttpError } from '../http/problem.ts';
import type { CallVariables, Site } from '../http/site.ts';
import { reviewOperation } from '../review.ts';
import { eachUnreviewed, findUnreviewed } from '../unreviewed.ts';
import { ASKED, askAgain, filterAsked, filterForm, settledAddress } from './asked.ts';
import { type Again, correctedFields, doneIn } from './decide.ts';
import { type Desk, deskMain } from './desk.ts';
import { eventPage } from './events.ts';
import { framed } from './frame.ts';
import type { AddPage, PageCall } from './show.ts';

/** Claims of a queue: when all are decided, it is made anew. */
const QUEUE = 30;
/** Claims of a queue as JSON. */
const LISTED = 200;
/** Queues of different questions that are remembered. */
const MOST_QUEUES = 20;
const NEARBY = 8;
const NEARBY_DAYS = 10;
const LARGEST_FORM = 64 * 1024;
const NAME_COOKIE = 'readout-name';
const LONGEST_NAME = 100;

/** `/review`: one claim at a time, with its words; each decision is a form that is posted. */
export const addReviewPages: AddPage = (app, site) => {
  const queues = new Map<string, Queue>();
  app.get('/review', async (call) => {
    demand(call.get('visitor'), 'read');
    const address = await settledAddress(call.req.url, site.store);
    if (address !== undefined) return call.redirect(address, 302);
    const query = new URL(call.req.url).searchParams;
    try {
      await filterAsked(query, site.store);
    } catch (error) {
      const { store } = site;
      const again = await askAgain(error, { title: 'Review', path: '/review', query: questionOf(query), store });
      const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
      return new Response(framed(again), { status: 400, headers });
    }
    return page(call, query);
  });
  app.get('/review.json', async (call) => {
    demand(call.get('visitor'), 'read');
    const filter = await filterAsked(new URL(call.req.url).searchParams, site.store);
    const found = await findUnreviewed(site.store, filter, LISTED);
    return Response.json(
      found.map(({ claim, event, disputed }) => ({ claim, event: event.id, disputed })),
      { headers: { 'cache-control': 'no-store' } },
    );
  });
  addDecisions(app, site, {
    page,
    async nextAfter(query, claim) {
      const filter = await filterAsked(query, site.store);
      return (await (await queueOf(filter)).around(claim)).next;
    },
  });

  async function page(call: PageCall, query: URLSearchParams, again?: Again): Promise<Response> {
    const { store } = site;
    const filter = await filterAsked(query, store);
    const queue = await queueOf(filter);
    const asked = query.get('claim');
    // A claim that another reading of its document no longer tells is passed over.
    const wanted = asked === null ? undefined : await store.claim(asked);
    const first = wanted === undefined ? await queue.firstOpen(0) : null;
    const kept = wanted ?? (first === null ? undefined : await store.claim(first));
    const visitor = call.get('visitor');
    const question = questionOf(query);
    const shared = {
      question,
      mayDecide: visitor.rights.has('review'),
      name: nameOf(call),
      form: await filterForm('/review', question, store),
      done: await doneIn(query, store),
      waiting: asksForAll(filter) ? (await store.count()) - (await store.count('reviewed')) : null,
    };
    let desk: Desk = { ...shared, shown: null };
    if (kept !== undefined) {
      const reading = (await store.reading(kept.telling.document))!;
      const event = kept.event === null ? undefined : await store.event(kept.event);
      const decisions = await decisionsNamed(store, [kept.telling.review]);
      const shown = {
        ...{ telling: kept.telling, event, reading, decisions },
        ...(await queue.around(kept.telling.id)),
        nearby: event === undefined ? [] : await nearby(store, event),
      };
      desk = { ...shared, shown, ...(again ?? {}) };
    }
    const main = framed({
      title: 'Review',
      place: '/review',
      main: deskMain(desk),
      scripts: ['review'],
      forms: [['JSON', `/review.json${question.size === 0 ? '' : `?${question}`}`]],
    });
    const status = again === undefined ? 200 : 400;
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    if (status !== 200) return new Response(main, { status, headers });
    return site.replies.give(call.req.raw, 'review', async () => new Response(main, { headers }));
  }

  /**
   * The claims to review, as they were found when this was asked first. They stay in it when they are decided, so that one
   * can go back; when all are, it is made anew.
   */
  async function queueOf(filter: EventFilter): Promise<Queue> {
    const key = JSON.stringify(filter);
    const known = queues.get(key);
    if (known !== undefined && (await known.firstOpen(0)) !== null) return known;
    const queue = new Queue(site.store, filter);
    queues.delete(key);
    queues.set(key, queue);
    if (queues.size > MOST_QUEUES) queues.delete([...queues.keys()][0]!);
    return queue;
  }
};

interface Pages {
  page(call: PageCall, query: URLSearchParams, again?: Again): Promise<Response>;
  nextAfter(query: URLSearchParams, claim: string): Promise<string | null>;
}

/**
 * The addresses that decisions are posted to. Each leads to the next claim with what was done, or back to the page of the event
 * where it was made (`at`).
 */
function addDecisions(app: Hono<CallVariables>, site: Site, { page, nextAfter }: Pages): void {
  app.post('/review/name', async (call) => {
    demand(call.get('visitor'), 'review');
    const sent = await formOf(call.req.raw);
    const name = cleanName(sent.get('name') ?? '');
    const location = addressOf(sent, { claim: sent.get('claim') });
    const cookie = `${NAME_COOKIE}=${encodeURIComponent(name)}; HttpOnly; SameSite=Strict; Path=/review; Max-Age=31536000`;
    return call.body(null, 303, { location, 'cache-control': 'no-store', 'set-cookie': cookie });
  });
  app.post('/review/:what', async (call) => {
    const visitor = call.get('visitor');
    demand(visitor, 'review');
    const what = call.req.param('what')!;
    const sent = await formOf(call.req.raw);
    const claim = sent.get('claim') ?? '';
    const why = sent.get('why')?.trim() || undefined;
    const by = visitor.who === 'browser' ? nameOf(call) || 'browser' : visitor.who;
    const done: string[] = [];
    const decide = async (ids: readonly string[]) => {
      const raw = { what, ids, by, json: true, ...(why === undefined ? {} : { why }) };
      const { store, signal } = site;
      const { body } = await askOperation(reviewOperation, { store, raw, signal, now: () => site.now() });
      for (const line of String(body).trim().split('\n')) done.push((JSON.parse(line) as { id: string }).id);
    };
    const query = questionOf(new URLSearchParams(sent.get('question') ?? ''));
    const at = sent.get('at');
    const before = at === null ? undefined : await site.store.event(at);
    const next = before === undefined ? await nextAfter(query, claim) : null;
    /** The event that was decided in, whatever claim opens it now; the desk when none is left of it. */
    const back = async (more: Readonly<Record<string, string>>) => {
      for (const one of [claim, ...before!.claims.map(({ id }) => id)]) {
        const event = await site.store.event(one);
        if (event === undefined) continue;
        const place = event.claims.some(({ id }) => id === claim) ? `#claim-${claim}` : '';
        return `/events/${event.id}?${new URLSearchParams(more)}${place}`;
      }
      return addressOf(sent, { claim, ...more });
    };
    try {
      if (what === 'accept' || what === 'reject') await decide([claim]);
      else if (what === 'correct') {
        const kept = await site.store.claim(claim);
        if (kept === undefined) throw new HttpError(404, 'address', 'The record holds no such claim.');
        for (const [field, words] of correctedFields(kept.telling, sent)) await decide([claim, field, words]);
        if (done.length === 0)
          throw new ReadoutError('option.value', 'Nothing was changed; change a field, or accept.');
      } else if (what === 'merge') {
        const event = await eventOfClaim(site.store, claim);
        const others = sent.getAll('event').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));
        await decide([event, ...others]);
      } else if (what === 'split') await decide([await eventOfClaim(site.store, claim), claim]);
      else if (what === 'undo') {
        for (const id of sent.getAll('decision').toReversed()) await decide([id]);
        const more = { undone: '1', of: claim };
        return call.redirect(before === undefined ? addressOf(sent, { claim, ...more }) : await back(more), 303);
      } else throw new HttpError(404, 'address', 'There is nothing at this address.');
    } catch (error) {
      const isTheirs = error instanceof ReadoutError && /^(?:option|record\.not-found)/.test(error.code);
      if (!isTheirs || (await site.store.claim(claim)) === undefined) throw error;
      const again = {
        problem: `${error.message}${done.length > 0 ? ' The fields before it were kept.' : ''}`,
        typed: { what, sent },
      };
      const event = before === undefined ? undefined : await site.store.event(claim);
      if (event !== undefined) return problemOn(site.store, event, { claim, again });
      query.set('claim', claim);
      return page(call, query, again);
    }
    const more = { done: done.join(' '), of: claim };
    return call.redirect(before === undefined ? addressOf(sent, { claim: next, ...more }) : await back(more), 303);
  });
}

/** The page of an event with what could not be taken. */
async function problemOn(
  store: Store,
  event: Event,
  { claim, again }: { readonly claim: string; readonly again: Again },
): Promise<Response> {
  const page = await eventPage(store, event, {
    mayReview: true,
    query: new URLSearchParams({ correct: claim }),
    again,
  });
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(framed(page), { status: 400, headers });
}

async function eventOfClaim(store: Store, claim: string): Promise<string> {
  const event = (await store.claim(claim))?.event ?? null;
  if (event === null) throw new ReadoutError('record.not-found', 'This claim stands in no event: it was rejected.');
  return event;
}

/** The claims that wait, found as they are needed: a desk shows one, and leads to the next. */
class Queue {
  readonly #store: Store;
  readonly #waiting: AsyncGenerator<{ readonly claim: { readonly id: string } }>;
  readonly #claims: string[] = [];
  #isWhole = false;

  constructor(store: Store, filter: EventFilter) {
    this.#store = store;
    this.#waiting = eachUnreviewed(store, filter);
  }

  /** The first claim from a place on that nobody has decided anything of. */
  async firstOpen(from: number): Promise<string | null> {
    for (let at = from; ; at += 1) {
      const id = await this.#claimAt(at);
      if (id === undefined) return null;
      const kept = await this.#store.claim(id);
      if (kept !== undefined && kept.telling.review === undefined) return id;
    }
  }

  /** What comes before and after a claim, and where it stands itself. */
  async around(
    claim: string,
  ): Promise<{ readonly previous: string | null; readonly next: string | null; readonly place: number | null }> {
    const at = this.#claims.indexOf(claim);
    const first = await this.firstOpen(0);
    const after = at < 0 ? null : await this.firstOpen(at + 1);
    return {
      // Back is back: to what was decided too.
      previous: at > 0 ? this.#claims[at - 1]! : null,
      next: at < 0 ? first : (after ?? (first === claim ? null : first)),
      place: at < 0 ? null : at + 1,
    };
  }

  async #claimAt(at: number): Promise<string | undefined> {
    while (this.#claims.length <= at && this.#claims.length < QUEUE && !this.#isWhole) {
      const { value, done } = await this.#waiting.next();
      if (done === true) this.#isWhole = true;
      else this.#claims.push(value.claim.id);
    }
    return this.#claims[at];
  }
}

/** Events that may be the same as one: of the same sides, some days before or after. */
async function nearby(store: Store, event: Event): Promise<readonly Event[]> {
  const day = placedOn(event);
  if (day === null || event.parties.length === 0) return [];
  const shifted = (days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
  const filter = { parties: event.parties.slice(0, 2), from: shifted(-NEARBY_DAYS), to: shifted(NEARBY_DAYS) };
  const { events } = await store.page(filter, { limit: NEARBY * 4 });
  const apart = (other: Event) => Math.abs(Date.parse(placedOn(other) ?? day) - Date.parse(day));
  return events
    .filter(({ id }) => id !== event.id)
    .sort((a, b) => Number(b.type === event.type) - Number(a.type === event.type) || apart(a) - apart(b))
    .slice(0, NEARBY);
}

/** The part of an address that says what is asked. */
function questionOf(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name, value]) => ASKED.includes(name) && value !== ''));
}

function addressOf(sent: URLSearchParams, more: Readonly<Record<string, string | null>>): string {
  const query = questionOf(new URLSearchParams(sent.get('question') ?? ''));
  for (const [name, value] of Object.entries(more)) if (value !== null && value !== '') query.set(name, value);
  return query.size === 0 ? '/review' : `/review?${query}`;
}

async function formOf(request: Request): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new HttpError(415, 'form', 'Send a form, with content-type: application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(new TextDecoder().decode(await limited(request, LARGEST_FORM)));
}

/** The name that this browser's person gave; empty where none. */
function nameOf(call: PageCall): string {
  const kept = new RegExp(`(?:^|;\\s*)${NAME_COOKIE}=([^;]*)`).exec(call.req.header('cookie') ?? '')?.[1] ?? '';
  try {
    return cleanName(decodeURIComponent(kept));
  } catch {
    return '';
  }
}

function cleanName(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '')
    .trim()
    .slice(0, LONGEST_NAME);
}
