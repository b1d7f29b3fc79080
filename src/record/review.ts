import { z } from 'zod';
import type { Quad } from '../events/ontology.ts';
import {
  CERTAINTIES,
  EVENT_TYPES,
  isJoint,
  MEDIA,
  ONTOLOGY,
  STATUSES,
  scaleOf,
  WHEN_PRECISIONS,
} from '../events/ontology.ts';
import { dateSchema, spanSchema } from '../source/document.ts';
import { ACTOR_KINDS, PLACE_PRECISIONS, SECTORS } from '../world/actor.ts';
import { partyOf } from './party.ts';
import { hashOf, partiesOf, type Telling, type TellingReview } from './telling.ts';

/**
 * The claim that a decision is about, by the words of its document and not by its id: a reading made anew may number,
 * code and cut its claims otherwise, and the text does not change.
 */
export const anchorSchema = z
  .object({ document: z.string(), type: z.string(), trigger: spanSchema, words: z.string() })
  .readonly();

const actorSchema = z
  .object({
    name: z.string(),
    kind: z.enum(ACTOR_KINDS),
    country: z.string().nullable(),
    office: z.string().nullable(),
    sector: z.array(z.enum(SECTORS)).readonly(),
    wikidata: z.string().nullable(),
  })
  .readonly();

/** The fields of a claim that a person can correct, each with the shape of its values. */
export const CORRECTABLE = {
  type: z.enum(EVENT_TYPES),
  mode: z.array(z.string()).readonly(),
  status: z.enum(STATUSES),
  certainty: z.enum(CERTAINTIES),
  medium: z.enum(MEDIA).nullable(),
  duration: z
    .string()
    .regex(
      /^P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/,
      'expected an ISO 8601 duration such as PT2H',
    )
    .nullable(),
  when: z
    .object({
      earliest: dateSchema,
      latest: dateSchema,
      precision: z.enum(WHEN_PRECISIONS),
      value: z.string().nullable(),
    })
    .readonly()
    .nullable(),
  where: z
    .object({
      name: z.string(),
      country: z.string().nullable(),
      geonames: z.int().nullable(),
      lat: z.number().nullable(),
      lon: z.number().nullable(),
      precision: z.enum(PLACE_PRECISIONS),
    })
    .readonly()
    .nullable(),
  issues: z.array(z.string()).readonly(),
  actors: z.array(actorSchema).readonly(),
  recipients: z.array(actorSchema).readonly(),
} as const;

/** A field that a person can correct. */
export type CorrectableField = keyof typeof CORRECTABLE;

const anchors = z.array(anchorSchema).min(1).readonly();
const signed = { by: z.string().min(1), at: z.string(), why: z.string().nullable() };

/**
 * What a person decided: that claims are right or wrong, what a field should say, that claims are of one event or that
 * some (`claims`) are not of the event of others (`rest`), or that an earlier decision does not stand.
 */
export const decisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept'), ...signed, claims: anchors }).readonly(),
  z.object({ kind: z.literal('reject'), ...signed, claims: anchors }).readonly(),
  z
    .object({ kind: z.literal('correct'), ...signed, claims: anchors, field: z.string(), value: z.unknown() })
    .readonly(),
  z.object({ kind: z.literal('merge'), ...signed, claims: anchors }).readonly(),
  z.object({ kind: z.literal('split'), ...signed, claims: anchors, rest: anchors }).readonly(),
  z.object({ kind: z.literal('undo'), ...signed, undoes: z.string() }).readonly(),
]);

export type Anchor = z.infer<typeof anchorSchema>;
export type Decision = z.infer<typeof decisionSchema>;

/** A decision as the record keeps it: with the id that names it. */
export type KeptDecision = Decision & { readonly id: string };

/** The id of a decision: the same decision has the same id in every record. */
export function decisionId(decision: Decision): string {
  return hashOf(JSON.stringify(decision)).slice(0, 12);
}

/** What a decision is anchored to. */
export function anchorsOf(decision: Decision): readonly Anchor[] {
  if (decision.kind === 'undo') return [];
  return decision.kind === 'split' ? [...decision.claims, ...decision.rest] : decision.claims;
}

/** The anchor of a claim. */
export function anchorOf({ document, type, evidence, trigger, review }: Telling): Anchor {
  const machine = review?.corrected.find((one) => one.field === 'type')?.machine;
  return { document, type: typeof machine === 'string' ? machine : type, trigger: evidence.trigger, words: trigger };
}

/** The decisions that stand: those that no other takes back; an undoing can be undone. In their order. */
export function standing(decisions: readonly KeptDecision[]): readonly KeptDecision[] {
  const undone = new Set<string>();
  // From the last to the first: whether an undoing stands is known before what it undoes is met.
  for (const decision of decisions.toReversed()) {
    if (decision.kind === 'undo' && !undone.has(decision.id)) undone.add(decision.undoes);
  }
  return decisions.filter((decision) => decision.kind !== 'undo' && !undone.has(decision.id));
}

/** A claim with what was decided of it; one that is not shown stands in no event. */
export interface Reviewed {
  readonly telling: Telling;
  readonly shown: boolean;
}

/** The tellings of one document with the decisions on it, all of them in their order. */
export function reviewTellings(tellings: readonly Telling[], decisions: readonly KeptDecision[]): readonly Reviewed[] {
  if (decisions.length === 0) return tellings.map((telling) => ({ telling, shown: true }));
  const states = tellings.map((telling) => ({ telling, review: undefined as TellingReview | undefined }));
  const touch = (anchor: Anchor, change: (state: { telling: Telling; review: TellingReview }) => void) => {
    const index = anchored(tellings, anchor);
    const state = index === undefined ? undefined : states[index]!;
    if (state === undefined) return;
    const held = { telling: state.telling, review: state.review ?? NOTHING_DECIDED };
    change(held);
    state.telling = held.telling;
    state.review = held.review;
  };
  for (const decision of standing(decisions)) {
    const { id } = decision;
    const note = (review: TellingReview, changes: Partial<TellingReview> = {}): TellingReview => ({
      ...review,
      ...changes,
      decisions: [...review.decisions, id],
    });
    if (decision.kind === 'split') {
      // What was put together before is no longer, for these.
      for (const anchor of decision.claims)
        touch(anchor, (state) => {
          state.review = note(state.review, { together: [], apart: [...state.review.apart, `${id}+`] });
        });
      for (const anchor of decision.rest)
        touch(anchor, (state) => {
          state.review = note(state.review, { apart: [...state.review.apart, `${id}-`] });
        });
      continue;
    }
    if (decision.kind === 'undo') continue;
    for (const anchor of decision.claims)
      touch(anchor, (state) => {
        if (decision.kind === 'merge') {
          // Nor is apart what was put apart before.
          state.review = note(state.review, { together: [...state.review.together, id], apart: [] });
        } else if (decision.kind === 'correct') {
          const { field } = decision;
          if (!isCorrectable(field)) return;
          const before = state.review.corrected.find((one) => one.field === field);
          const machine = before === undefined ? state.telling[field] : before.machine;
          state.telling = corrected(state.telling, field, decision.value);
          state.review = note(state.review, {
            corrected: [
              ...state.review.corrected.filter((one) => one.field !== field),
              { field, machine, decision: id },
            ],
          });
        } else {
          state.review = note(state.review, { verdict: decision.kind === 'accept' ? 'accepted' : 'rejected' });
        }
      });
  }
  return states.map(({ telling, review }) => ({
    telling: review === undefined ? telling : { ...telling, review },
    shown: review?.verdict !== 'rejected',
  }));
}

const NOTHING_DECIDED: TellingReview = { together: [], apart: [], corrected: [], decisions: [], verdict: null };

/** True for a field that a person can correct. */
export function isCorrectable(field: string): field is CorrectableField {
  return Object.hasOwn(CORRECTABLE, field);
}

/** Which of a document's tellings an anchor means: the same words and type, else what overlaps the words the most. */
function anchored(tellings: readonly Telling[], { document, type, trigger }: Anchor): number | undefined {
  let best: { readonly index: number; readonly rank: number } | undefined;
  for (const [index, telling] of tellings.entries()) {
    const span = telling.evidence.trigger;
    const shared = Math.min(span.to, trigger.to) - Math.max(span.from, trigger.from);
    if (telling.document !== document || shared <= 0) continue;
    const rank = (telling.type === type ? 1e6 : 0) + shared;
    if (best === undefined || rank > best.rank) best = { index, rank };
  }
  return best?.index;
}

/** A telling with a person's value in a field. Values have been checked when the decision was made. */
function corrected(telling: Telling, field: CorrectableField, value: unknown): Telling {
  const checked = CORRECTABLE[field].safeParse(value);
  if (!checked.success) return telling;
  if (field === 'when' && checked.data === null) {
    return { ...telling, when: { earliest: null, latest: null, precision: 'unknown', value: null } };
  }
  if (field === 'actors' || field === 'recipients') {
    const actors = (checked.data as z.infer<typeof CORRECTABLE.actors>).map((actor) => ({
      ...actor,
      party: partyOf(actor),
    }));
    const next = { ...telling, [field]: actors };
    return { ...next, parties: partiesOf(next.type, next.actors, next.recipients) };
  }
  const next = { ...telling, [field]: checked.data } as Telling;
  if (field === 'type' || field === 'mode') return recoded(telling, next);
  return next;
}

/** A telling of a type or mode by a person: its quad class, scale and CAMEO root follow. */
function recoded(before: Telling, telling: Telling): Telling {
  const row = ONTOLOGY.find((one) => one.type === telling.type);
  if (row === undefined) return telling;
  const mode =
    before.type === telling.type ? telling.mode : telling.mode.filter((one) => Object.hasOwn(row.modes, one));
  const joint = isJoint(telling.type);
  const actors = joint ? [...telling.actors, ...telling.recipients] : telling.actors;
  const recipients = joint ? [] : telling.recipients;
  return {
    ...telling,
    ...{ mode, actors, recipients },
    quad: row.quad as Quad,
    scale: scaleOf(row, mode),
    cameo: before.type === telling.type ? telling.cameo : row.cameo,
    parties: partiesOf(telling.type, actors, recipients),
  };
}
