import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { type Anchor, anchorOf } from '../record/anchor.ts';
import type { Event } from '../record/event.ts';
import { type Decision, decisionSchema, type KeptDecision } from '../record/review.ts';
import type { KeptClaim, Store } from '../record/store.ts';
import { toldActor } from '../record/telling.ts';
import { openWorld, type World } from '../world/world.ts';
import { parseCorrection } from './correct.ts';
import { actWords, signature } from './decided.ts';
import { importDecisions, listDecisions, undoingOf } from './decisions.ts';
import { type Asked, filterFields, filterOf } from './filter.ts';
import { loadTables } from './load.ts';
import { type Context, defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { listUnreviewed } from './unreviewed.ts';

const WHAT = ['list', 'accept', 'reject', 'correct', 'merge', 'split', 'undo', 'export', 'import'] as const;

/** `readout review`: what a person decides, kept beside what the machine told. */
export const reviewOperation = defineOperation({
  input: z.object({
    what: z.enum(WHAT).meta({
      description:
        'list: claims to look at, the disputed and least confident first; accept, reject CLAIM…; correct CLAIM FIELD VALUE; merge EVENT EVENT…; split EVENT CLAIM…: these are not of that event; undo DECISION…; export: decisions as JSON lines; import FILE: takes them',
      placeholder: WHAT.join('|'),
    }),
    ids: z
      .array(z.string())
      .default([])
      .meta({ description: 'ids as show prints them, or how they begin; field and value', placeholder: 'ID' }),
    by: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'who decides (default: READOUT_REVIEWER, or the login name)', placeholder: 'NAME' }),
    why: z.string().max(10_000).optional().meta({ description: 'why', placeholder: 'TEXT' }),
    event: z
      .boolean()
      .default(false)
      .meta({ description: 'accept, reject, correct: all claims of the events with these ids' }),
    open: z.boolean().default(false).meta({ description: 'list: what nobody has decided of (the default)' }),
    decided: z.boolean().default(false).meta({ description: 'list: the decisions, the newest first' }),
    limit: z.coerce
      .number<string | number>({ error: () => 'expected a number' })
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .meta({ description: 'list: how many (default: 20)', placeholder: 'N' }),
    ...filterFields('list'),
    json: z.boolean().default(false).meta({ description: 'print JSON' }),
    db: recordOption,
  }),
  positional: ['what', 'ids'],
  examples: [
    'readout review list --between USA RUS --limit 50',
    'readout review accept 3f2a91c0 9be41d77',
    'readout review reject 3f2a91c0 --why "the photo is of another meeting"',
    'readout review correct 3f2a91c0 when 2021-06-14..2021-06-16',
    'readout review correct 3f2a91c0 actors "USA, Sergei Lavrov (RUS)"',
    'readout review merge 3f2a91c0 77aa01be --why "one summit, two days"',
    'readout review split 3f2a91c0 9be41d77',
    'readout review undo 1a2b3c4d5e6f',
    'readout review export > decisions.jsonl',
  ],
  offer: {
    right: 'review',
    output: z.unknown(),
    // Over HTTP it is whoever asks.
    without: ['by'],
    asking: {
      fields: { what: 'list' },
      without: ['ids', 'why', 'event'],
      right: 'read',
      summary: 'claims that a person should look at: the disputed, then the least confident; or what persons decided',
      output: z.array(z.unknown()),
    },
    // They are signed by whomever they name.
    lines: { fields: { what: 'import', ids: ['-'] }, right: 'admin' },
  },
  async run(input, context) {
    await withRecord(input.db, context, (store) => ACTIONS[input.what](input, { store, context }));
  },
});

/** What was given with the command. */
interface Input {
  readonly what: (typeof WHAT)[number];
  readonly ids: readonly string[];
  readonly by?: string | undefined;
  readonly why?: string | undefined;
  readonly event: boolean;
  readonly open: boolean;
  readonly decided: boolean;
  readonly limit: number;
  readonly json: boolean;
}

/** What an action works on. */
interface Desk {
  readonly store: Store;
  readonly context: Context;
}

const ACTIONS: Readonly<Record<Input['what'], (input: Input & Asked, desk: Desk) => Promise<void>>> = {
  async list(input, { store, context }) {
    if (input.ids.length > 0) misused('review list', 'no ids; options narrow it down', input.ids[0]!);
    if (input.open && input.decided)
      throw new ReadoutError('option.value', '--open: leave out one of --open and --decided.');
    const filter = await filterOf(input, store);
    if (input.decided)
      await listDecisions(input, Object.keys(filter).length > 0 ? filter : undefined, { store, context });
    else await listUnreviewed(input, filter, { store, context });
  },
  async accept(input, desk) {
    await judge('accept', input, desk);
  },
  async reject(input, desk) {
    await judge('reject', input, desk);
  },
  async correct(input, desk) {
    const [id, field, ...words] = input.ids;
    if (id === undefined || field === undefined || words.length === 0) {
      misused('review correct', 'CLAIM FIELD VALUE, as in "3f2a91c0 status planned"', input.ids.join(' '));
    }
    const { store } = desk;
    const claims = await claimsOf(store, [id], input.event);
    await tellOfOthers(claims, input, desk);
    const { telling } = claims[0]!.claim;
    const reading = (await store.reading(telling.document))!;
    let world: World | undefined;
    const value = parseCorrection(field, words.join(' '), {
      telling,
      cast: reading.actors.map(toldActor),
      issues: (await store.issues()).map(({ issue }) => issue),
      world: () => {
        world ??= openWorld(loadTables());
        return world;
      },
    });
    await decide({ kind: 'correct', claims: claims.map(({ anchor }) => anchor), field, value }, input, desk);
  },
  async merge(input, desk) {
    if (input.ids.length < 2) misused('review merge', 'two events or more', input.ids.join(' '));
    const events = await eventsOf(desk.store, input.ids);
    if (events.length < 2) {
      throw new ReadoutError('option.value', `ID: these are all of event ${events[0]!.id}; nothing is left to merge.`);
    }
    // All claims of each: the decision says that these events are one, not only two reports of them.
    const claims = await claimsOf(
      desk.store,
      events.map(({ id }) => id),
      true,
    );
    await decide({ kind: 'merge', claims: claims.map(({ anchor }) => anchor) }, input, desk);
  },
  async split(input, desk) {
    const [id, ...ids] = input.ids;
    if (id === undefined || ids.length === 0) {
      misused('review split', 'an event, and the claims that are not of it', input.ids.join(' '));
    }
    const event = (await eventsOf(desk.store, [id]))[0]!;
    const away = new Set((await claimsOf(desk.store, ids, false)).map(({ claim }) => claim.telling.id));
    for (const one of away) {
      if (event.claims.some((claim) => claim.id === one)) continue;
      throw new ReadoutError('option.value', `ID: expected claims of event ${event.id}; ${one} is not in it.`);
    }
    if (away.size === event.claims.length) {
      throw new ReadoutError('option.value', `ID: these are all claims of event ${event.id}; leave some in it.`);
    }
    const all = await claimsOf(desk.store, [event.id], true);
    const side = (isAway: boolean) =>
      all.filter(({ claim }) => away.has(claim.telling.id) === isAway).map(({ anchor }) => anchor);
    await decide({ kind: 'split', claims: side(true), rest: side(false) }, input, desk);
  },
  async undo(input, desk) {
    if (input.ids.length === 0) misused('review undo', 'the id of a decision', '');
    for (const id of input.ids) {
      if (id.length < 4) misused('review undo', 'four characters of an id or more', id);
      const decisions = await desk.store.decisions();
      const [found, ...more] = decisions.filter((one) => one.id.startsWith(id));
      if (found === undefined || more.length > 0) {
        const problem = found === undefined ? 'no decision' : 'more than one decision that begins with';
        throw new ReadoutError(
          'record.not-found',
          `The record holds ${problem} "${id}"; \`readout review list --decided\` shows their ids.`,
        );
      }
      const undoing = undoingOf(found, decisions);
      if (undoing !== undefined) {
        const back = `\`readout review undo ${undoing.id}\` brings it back`;
        throw new ReadoutError('option.value', `ID: ${found.id} is undone already ${signature(undoing)}; ${back}.`);
      }
      await decide({ kind: 'undo', undoes: found.id }, input, desk);
    }
  },
  async export({ json }, { store, context }) {
    const decisions = await store.decisions();
    if (json) await context.write(`${JSON.stringify(decisions)}\n`);
    else for (const decision of decisions) await context.write(`${JSON.stringify(decision)}\n`);
  },
  async import({ ids, json }, desk) {
    const [path, ...more] = ids;
    if (path === undefined || more.length > 0) misused('review import', 'one file of decisions, or -', ids.join(' '));
    // Whoever asks over a network names no files of this machine.
    if (path !== '-' && desk.context.record !== undefined) misused('review import', '- here', path);
    await importDecisions(path, json, desk);
  },
};

/** Accepts or rejects. */
async function judge(kind: 'accept' | 'reject', input: Input, desk: Desk): Promise<void> {
  if (input.ids.length === 0) misused(`review ${kind}`, 'the ids of claims', '');
  const claims = await claimsOf(desk.store, input.ids, input.event);
  await tellOfOthers(claims, input, desk);
  await decide({ kind, claims: claims.map(({ anchor }) => anchor) }, input, desk);
}

type Unsigned = Decision extends infer One ? (One extends Decision ? Omit<One, 'by' | 'at' | 'why'> : never) : never;

/** Signs a decision, keeps it, and says what it is kept as. */
async function decide(unsigned: Unsigned, input: Input, { store, context }: Desk): Promise<void> {
  const signed = { by: reviewerOf(input, context), at: context.now().toISOString(), why: input.why ?? null };
  const { kind, ...rest } = unsigned;
  const decision = decisionSchema.parse({ kind, ...signed, ...rest });
  const id = await store.decide(decision);
  const kept: KeptDecision = { ...decision, id };
  if (input.json) {
    await context.write(`${JSON.stringify(kept)}\n`);
    return;
  }
  const count = decision.kind === 'undo' ? '' : ` ${counted(decision.claims.length, 'claim')}:`;
  await context.write(`${id}${count} ${actWords(kept)}\n`);
}

function reviewerOf({ by }: Input, { env }: Context): string {
  const name = by ?? env['READOUT_REVIEWER'] ?? env['USER'] ?? env['LOGNAME'] ?? env['USERNAME'];
  if (name !== undefined && name.trim() !== '') return name.trim();
  throw new ReadoutError('option.value', '--by: expected who decides; give a name, or set READOUT_REVIEWER.');
}

/** A claim with the anchor that a decision on it has. */
interface Named {
  readonly claim: KeptClaim;
  readonly anchor: Anchor;
}

/** The claims that ids name; with `whole` those of the events that they name. Each once. */
async function claimsOf(store: Store, ids: readonly string[], whole: boolean): Promise<readonly Named[]> {
  const documents = new Map<string, readonly KeptClaim[]>();
  const named = new Map<string, Named>();
  const wanted = whole ? (await eventsOf(store, ids)).flatMap((event) => event.claims.map(({ id }) => id)) : ids;
  for (const id of wanted) {
    const found = (await store.claim(id))?.telling;
    if (found === undefined) throw unknown('claim', id);
    const claims = documents.get(found.document) ?? (await store.claims(found.document));
    documents.set(found.document, claims);
    const claim = claims.find(({ telling }) => telling.id === found.id)!;
    const anchor = anchorOf(
      claim.telling,
      claims.map(({ telling }) => telling),
    );
    named.set(found.id, { claim, anchor });
  }
  return [...named.values()];
}

/** An event has the id of one of its claims: whoever meant all of them hears that only that one was taken. */
async function tellOfOthers(claims: readonly Named[], { event }: Input, { store, context }: Desk): Promise<void> {
  if (event) return;
  for (const { claim } of claims) {
    if (claim.event !== claim.telling.id) continue;
    const { length } = (await store.event(claim.event))!.claims;
    const all = `event ${claim.event.slice(0, 8)} has ${length} claims; --event takes all of them`;
    if (length > 1) context.tell(`This is of claim ${claim.event.slice(0, 8)} alone: ${all}.`);
  }
}

async function eventsOf(store: Store, ids: readonly string[]): Promise<readonly Event[]> {
  const events = new Map<string, Event>();
  for (const id of ids) {
    const event = await store.event(id);
    if (event === undefined) throw unknown('event', id);
    events.set(event.id, event);
  }
  return [...events.values()];
}

function unknown(what: string, id: string): ReadoutError {
  return new ReadoutError(
    'record.not-found',
    `The record holds no ${what} "${id}", or several that begin so; \`readout timeline\` shows ids of events, \`readout show\` those of claims.`,
  );
}

function misused(verb: string, expected: string, got: string): never {
  throw new ReadoutError(
    'option.value',
    `ID: ${verb} expects ${expected}; got ${got === '' ? 'nothing' : `"${got}"`}.`,
  );
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
