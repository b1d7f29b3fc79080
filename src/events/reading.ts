import { z } from 'zod';
import { dateSchema, documentSchema, spanSchema } from '../source/document.ts';
import { ACTOR_KINDS, PLACE_PRECISIONS, SECTORS } from '../world/actor.ts';
import {
  BOUNDS,
  CERTAINTIES,
  EVENT_TYPES,
  MEDIA,
  OTHER_ROLES,
  QUOTATIONS,
  READING_SCHEMA,
  STATEMENT_KINDS,
  STATUSES,
  TIME_BASES,
  WHEN_PRECISIONS,
} from './ontology.ts';

const index = z.int().nonnegative();
const probability = z.number().min(0).max(1);
const country = z.string().regex(/^[A-Z]{3}$/);
const located = { from: index, to: index };

/**
 * Who is spoken of. `country` is ISO 3166-1 alpha-3 (Kosovo `KOS`), or what PLOVER writes in its place for those of no
 * state (`IGO`, `NGO`, `MNC`, `IMG`); `office` is the one held at the document's date.
 */
export const actorSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(ACTOR_KINDS),
    country: country.nullable().meta({
      description:
        'ISO 3166-1 alpha-3, Kosovo KOS; of no state: IGO intergovernmental, NGO non-governmental, MNC multinational company, IMG transnational militants',
    }),
    sector: z.array(z.enum(SECTORS)).readonly(),
    office: z.string().nullable(),
    wikidata: z
      .string()
      .regex(/^Q\d+$/)
      .nullable(),
    mentions: z.array(spanSchema).readonly(),
  })
  .readonly();

/** A time expression with its TIMEX3 value, and the days it can mean. */
export const timeSchema = z
  .object({
    ...located,
    type: z.enum(['date', 'time', 'duration', 'set']),
    value: z.string().nullable(),
    earliest: dateSchema.nullable(),
    latest: dateSchema.nullable(),
    basis: z.enum(TIME_BASES),
  })
  .readonly();

/** A place named in the text. `lat`/`lon` in degrees, `geonames` the GeoNames id. */
export const placeSchema = z
  .object({
    ...located,
    name: z.string(),
    country: country.nullable(),
    geonames: z.int().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    precision: z.enum(PLACE_PRECISIONS),
  })
  .readonly();

/** A reported number: "more than 90,000 troops" is 90000, `more-than`, `troops`. */
export const figureSchema = z
  .object({ ...located, value: z.number(), bound: z.enum(BOUNDS), unit: z.string() })
  .readonly();

/**
 * Who says what. `speaker` is an actor's id; a source without a name ("a senior official") is `anonymous`. What an
 * `attitude` is about ("condemned the shelling") its speaker takes for granted: it is the outlet's telling, not the speaker's.
 */
export const statementSchema = z
  .object({
    id: z.string(),
    speaker: z.string().nullable(),
    source: spanSchema.nullable(),
    cue: spanSchema.nullable(),
    content: spanSchema,
    quotation: z.enum(QUOTATIONS),
    kind: z.enum(STATEMENT_KINDS),
    anonymous: z.boolean(),
  })
  .readonly();

/** When an event took or takes place: the days it can lie in. `time` is an index into the reading's `times`. */
export const whenSchema = z
  .object({
    earliest: dateSchema.nullable(),
    latest: dateSchema.nullable(),
    precision: z.enum(WHEN_PRECISIONS),
    time: index.nullable(),
  })
  .readonly();

/** One document's telling of one event. Indices point into the reading's own lists; ids are the reading's. */
export const claimSchema = z
  .object({
    id: z.string(),
    /** PLOVER's type, or one that a pattern file of the user's declares. */
    event: z.union([z.enum(EVENT_TYPES), z.string().regex(/^[A-Z][A-Z0-9_-]+$/)]),
    mode: z.array(z.string()).readonly(),
    context: z.array(z.string()).readonly(),
    cameo: z.string().regex(/^\d{2,4}$/),
    quad: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    scale: z.number().min(-10).max(10),
    actors: z.array(z.string()).readonly(),
    recipients: z.array(z.string()).readonly(),
    others: z.array(z.object({ actor: z.string(), role: z.enum(OTHER_ROLES) }).readonly()).readonly(),
    when: whenSchema,
    where: index.nullable(),
    medium: z.enum(MEDIA).nullable(),
    /** ISO 8601 duration, `PT2H`; the ends of a range as `PT4H/PT5H`. */
    duration: z.string().nullable(),
    issues: z.array(z.object({ label: z.string(), ...located }).readonly()).readonly(),
    figures: z.array(index).readonly(),
    status: z.enum(STATUSES),
    condition: spanSchema.nullable(),
    consequence: spanSchema.nullable(),
    certainty: z.enum(CERTAINTIES),
    /** Statements that assert this claim, outermost first. Empty: the outlet's own voice. */
    saidBy: z.array(z.string()).readonly(),
    evidence: z
      .object({
        sentence: spanSchema,
        trigger: spanSchema,
        actors: z.array(spanSchema).readonly(),
        recipients: z.array(spanSchema).readonly(),
        when: z.array(spanSchema).readonly(),
        where: z.array(spanSchema).readonly(),
      })
      .readonly(),
    rule: z.string(),
    confidence: probability,
  })
  .readonly();

/** What `readout read` gives for one document. The JSON shape and the shape inside are the same: absent is `null`. */
export const readingSchema = z
  .object({
    schema: z.literal(READING_SCHEMA),
    document: documentSchema,
    actors: z.array(actorSchema).readonly(),
    times: z.array(timeSchema).readonly(),
    places: z.array(placeSchema).readonly(),
    figures: z.array(figureSchema).readonly(),
    statements: z.array(statementSchema).readonly(),
    claims: z.array(claimSchema).readonly(),
  })
  .readonly();

export type Actor = z.infer<typeof actorSchema>;
export type Time = z.infer<typeof timeSchema>;
export type Place = z.infer<typeof placeSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Statement = z.infer<typeof statementSchema>;
export type When = z.infer<typeof whenSchema>;
export type Claim = z.infer<typeof claimSchema>;
export type Reading = z.infer<typeof readingSchema>;
