import { z } from 'zod';
import { BOUNDS, CERTAINTIES, EVENT_TYPES, MEDIA, QUOTATIONS, STATUSES, WHEN_PRECISIONS } from '../events/ontology.ts';
import { claimSchema, readingSchema } from '../events/reading.ts';
import type { Brief } from '../record/brief.ts';
import type { Comparison } from '../record/compare.ts';
import type { DocumentHead } from '../record/documents.ts';
import type { Event, EventClaim } from '../record/event.ts';
import type { Arrival } from '../record/intake.ts';
import type { KeptClaim } from '../record/store.ts';
import type { Telling } from '../record/telling.ts';
import type { VersionChange } from '../record/versions.ts';
import { dateSchema, documentSchema } from '../source/document.ts';
import { ACTOR_KINDS, SECTORS } from '../world/actor.ts';

// The shapes of answers, as JSON: what the interfaces of the record are in code, these are for those who ask over HTTP.
// `shapeOf` holds the two together.

const text = z.string();
const texts = z.array(z.string()).readonly();
const days = z.object({ from: dateSchema, to: dateSchema }).readonly().nullable();
const type = z.union([z.enum(EVENT_TYPES), z.string()]);
const evidence = claimSchema.unwrap().shape.evidence;
const quad = claimSchema.unwrap().shape.quad;
const outletKind = documentSchema.unwrap().shape.outlet.unwrap().unwrap().shape.kind;

/** One value of a field, and who tells it. */
function told<Value extends z.ZodType>(value: Value) {
  return z.object({ value, claims: texts, documents: texts, outlets: texts }).readonly();
}

/** The value to show first, and all values told. */
function settled<Value extends z.ZodType>(value: Value) {
  return z.object({ settled: value.nullable(), told: z.array(told(value)).readonly() }).readonly();
}

const actor = z
  .object({
    name: text,
    kind: z.enum(ACTOR_KINDS),
    country: text.nullable(),
    office: text.nullable(),
    sector: z.array(z.enum(SECTORS)).readonly(),
    wikidata: text.nullable(),
    party: text.meta({
      description: 'the side that it stands for: the code of a country, or its name in small letters',
    }),
  })
  .readonly();

const other = z.object({ role: text, actor }).readonly();

const when = z
  .object({
    earliest: dateSchema.nullable(),
    latest: dateSchema.nullable(),
    precision: z.enum(WHEN_PRECISIONS),
    value: text.nullable(),
  })
  .readonly();

const place = z
  .object({
    name: text,
    country: text.nullable(),
    geonames: z.number().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    precision: z.enum(['venue', 'city', 'region', 'country']),
  })
  .readonly();

const figure = z.object({ value: z.number(), bound: z.enum(BOUNDS), unit: text }).readonly();

const speaker = z.object({ name: text, anonymous: z.boolean(), quotation: z.enum(QUOTATIONS) }).readonly();

const review = z
  .object({
    together: texts,
    apart: texts,
    corrected: z.array(z.object({ field: text, machine: z.unknown(), decision: text }).readonly()).readonly(),
    decisions: texts,
    verdict: z.enum(['accepted', 'rejected']).nullable(),
  })
  .readonly();

/** A claim as it stands in its event, with the words behind it and why it stands there. */
const eventClaimSchema = shapeOf<EventClaim>()(
  z
    .object({
      id: text,
      claim: text,
      document: text,
      origin: text.meta({
        description: 'the document that this one is a copy or a version of; itself where it is none',
      }),
      title: text.nullable(),
      outlet: text.nullable(),
      outletKind: outletKind.nullable(),
      published: days,
      status: z.enum(STATUSES),
      certainty: z.enum(CERTAINTIES),
      saidBy: z.array(speaker).readonly(),
      condition: text.nullable(),
      consequence: text.nullable(),
      sentence: text,
      trigger: text,
      evidence,
      rule: text,
      confidence: z.number(),
      reason: z.object({ codes: texts, to: text.nullable(), text }).readonly(),
      review: review.nullable(),
    })
    .readonly(),
);

/** The claims of all documents about one thing, every value with who tells it. */
export const eventSchema = shapeOf<Event>()(
  z
    .object({
      id: text,
      type,
      cameo: text,
      quad,
      scale: z.number(),
      parties: texts,
      when: settled(when),
      where: settled(place),
      medium: settled(z.enum(MEDIA)),
      duration: settled(text),
      status: settled(z.enum(STATUSES)),
      mode: z.array(told(text)).readonly(),
      context: z.array(told(text)).readonly(),
      actors: z.array(told(actor)).readonly(),
      recipients: z.array(told(actor)).readonly(),
      others: z.array(told(other)).readonly(),
      issues: z.array(told(text)).readonly(),
      figures: z.array(told(figure)).readonly(),
      disagreements: z
        .array(
          z
            .object({
              field: z.enum(['when', 'where', 'medium', 'duration', 'figures', 'status']),
              values: z.array(told(text)).readonly(),
            })
            .readonly(),
        )
        .readonly(),
      origins: z.number().meta({ description: 'how many documents tell of it independently of each other' }),
      reviewed: z.boolean(),
      claims: z.array(eventClaimSchema).readonly(),
    })
    .readonly(),
);

/** A claim with all that its document says of it. */
const tellingSchema = shapeOf<Telling>()(
  z
    .object({
      ...{ id: text, claim: text, document: text, title: text.nullable(), outlet: text.nullable() },
      ...{ outletKind: outletKind.nullable(), published: days, type, mode: texts, context: texts, cameo: text, quad },
      scale: z.number(),
      actors: z.array(actor).readonly(),
      recipients: z.array(actor).readonly(),
      others: z.array(other).readonly(),
      when,
      where: place.nullable(),
      medium: z.enum(MEDIA).nullable(),
      duration: text.nullable(),
      issues: texts,
      figures: z.array(figure).readonly(),
      status: z.enum(STATUSES),
      condition: text.nullable(),
      consequence: text.nullable(),
      certainty: z.enum(CERTAINTIES),
      saidBy: z.array(speaker).readonly(),
      parties: z.object({ actors: texts, recipients: texts }).readonly(),
      lead: z.enum(['main', 'own']).nullable(),
      sentence: text,
      trigger: text,
      evidence,
      rule: text,
      confidence: z.number(),
      review: review.optional(),
    })
    .readonly(),
);

/** The reports of one event side by side. */
export const comparisonSchema = shapeOf<Comparison>()(
  z
    .object({
      event: eventSchema,
      reports: z
        .array(
          z
            .object({
              document: text,
              origin: text,
              outlet: text,
              title: text.nullable(),
              published: text.nullable(),
              claims: z.array(eventClaimSchema).readonly(),
            })
            .readonly(),
        )
        .readonly(),
      fields: z
        .array(
          z
            .object({ field: text, cells: z.array(texts).readonly(), disagrees: z.boolean(), clashing: texts })
            .readonly(),
        )
        .readonly(),
    })
    .readonly(),
);

const change = shapeOf<VersionChange>()(
  z.object({
    words: z.array(z.object({ words: text, change: z.enum(['added', 'removed']).nullable() })).readonly(),
    came: z.array(eventSchema).readonly(),
    went: z.array(eventSchema).readonly(),
  }),
);

/** What `show` shows: an event, a document with its reading, a claim that stands in no event, or versions of a text. */
export const shownSchema = z.union([
  eventSchema,
  readingSchema,
  shapeOf<KeptClaim>()(z.object({ telling: tellingSchema, event: text.nullable() })),
  z.array(z.object({ id: text, title: text.nullable(), change: change.nullable() })),
]);

const briefLines = z
  .array(
    z
      .object({
        event: text,
        when: text,
        text,
        sources: z
          .array(
            z
              .object({
                number: z.number().meta({ description: 'its number in the list of sources' }),
                ...{ document: text, outlet: text, published: text.nullable(), sentence: text, saidBy: texts },
              })
              .readonly(),
          )
          .readonly(),
        more: z.number().meta({ description: 'how many documents more tell it' }),
      })
      .readonly(),
  )
  .readonly();

/** What a person reads before two sides meet. */
export const briefSchema = shapeOf<Brief>()(
  z
    .object({
      parties: z.tuple([text, text]).readonly(),
      names: z.tuple([text, text]).readonly(),
      on: dateSchema.nullable(),
      changed: briefLines.meta({ description: 'what the newest reports changed' }),
      sections: z.array(z.object({ title: text, note: text.nullable(), lines: briefLines }).readonly()).readonly(),
      sources: z
        .array(
          z
            .object({
              ...{ number: z.number(), document: text, outlet: text, official: z.boolean() },
              ...{ published: text.nullable(), title: text.nullable(), url: text.nullable() },
            })
            .readonly(),
        )
        .readonly(),
    })
    .readonly(),
);

/** A document in lists. */
export const documentHeadSchema = shapeOf<DocumentHead>()(
  z
    .object({
      ...{ id: text, title: text.nullable(), outlet: text.nullable(), url: text.nullable() },
      published: z.object({ from: text, to: text }).readonly().nullable(),
      claims: z.number(),
    })
    .readonly(),
);

/** A document that came into the record. */
export const arrivalSchema = shapeOf<Arrival>()(
  z
    .object({
      ...{ number: z.number(), id: text, added: text, title: text.nullable(), outlet: text.nullable() },
      ...{ url: text.nullable(), claims: z.number() },
    })
    .readonly(),
);

/** A schema that takes all values of an interface; one that does not is no TypeScript. */
function shapeOf<Value>() {
  return <Schema extends z.ZodType>(schema: Value extends z.output<Schema> ? Schema : never): Schema => schema;
}
