import { z } from 'zod';
import { contextOf } from '../events/issues.ts';
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
import { dateSchema } from '../source/document.ts';
import { ACTOR_KINDS, PLACE_PRECISIONS, SECTORS } from '../world/actor.ts';
import { partyOf } from './party.ts';
import { partiesOf, type Telling, type ToldActor } from './telling.ts';

const actorSchema = z
  .object({
    name: z.string().min(1).max(500),
    kind: z.enum(ACTOR_KINDS),
    country: z.string().nullable(),
    office: z.string().nullable(),
    sector: z.array(z.enum(SECTORS)).readonly(),
    wikidata: z.string().nullable(),
  })
  .readonly();

const wordSchema = z.string().min(1).max(100);

/** The fields of a claim that a person can correct, each with the shape of its values. */
export const CORRECTABLE = {
  type: z.enum(EVENT_TYPES),
  mode: z.array(wordSchema).readonly(),
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
    .refine(({ earliest, latest }) => earliest <= latest, 'expected the first day before the last')
    .readonly()
    .nullable(),
  where: z
    .object({
      name: z.string().min(1).max(500),
      country: z.string().nullable(),
      geonames: z.int().nullable(),
      lat: z.number().nullable(),
      lon: z.number().nullable(),
      precision: z.enum(PLACE_PRECISIONS),
    })
    .readonly()
    .nullable(),
  issues: z.array(wordSchema).readonly(),
  actors: z.array(actorSchema).readonly(),
  recipients: z.array(actorSchema).readonly(),
} as const;

/** A field that a person can correct. */
export type CorrectableField = keyof typeof CORRECTABLE;

/** An actor as a person gives it. */
export type GivenActor = z.infer<typeof actorSchema>;

/** True for a field that a person can correct. */
export function isCorrectable(field: string): field is CorrectableField {
  return Object.hasOwn(CORRECTABLE, field);
}

/**
 * A telling with a person's values in some fields, whatever the order in which they were given. With the type or mode the
 * quad class, scale and CAMEO root follow; what parties do together has all of them as actors; the contexts are those of
 * the issues. Values are as {@link CORRECTABLE} has them: what is not is left out.
 */
export function corrected(telling: Telling, values: ReadonlyMap<CorrectableField, unknown>): Telling {
  const given = <Field extends CorrectableField>(field: Field): z.infer<(typeof CORRECTABLE)[Field]> | undefined => {
    if (!values.has(field)) return undefined;
    const checked = CORRECTABLE[field].safeParse(values.get(field));
    return checked.success ? (checked.data as z.infer<(typeof CORRECTABLE)[Field]>) : undefined;
  };
  const or = <Value>(value: Value | undefined, told: Value): Value => (value === undefined ? told : value);
  const when = given('when');
  const issues = given('issues');
  const next: Telling = {
    ...telling,
    status: or(given('status'), telling.status),
    certainty: or(given('certainty'), telling.certainty),
    medium: or(given('medium'), telling.medium),
    duration: or(given('duration'), telling.duration),
    where: or(given('where'), telling.where),
    when: when === null ? { earliest: null, latest: null, precision: 'unknown', value: null } : or(when, telling.when),
    issues: issues === undefined ? telling.issues : [...new Set(issues)].sort(),
    context:
      issues === undefined ? telling.context : [...new Set(issues.flatMap((issue) => contextOf(issue) ?? []))].sort(),
  };
  return withParties(
    recoded(next, given('type') ?? telling.type, given('mode')),
    given('actors')?.map(toldActor) ?? telling.actors,
    given('recipients')?.map(toldActor) ?? telling.recipients,
  );
}

function toldActor(actor: GivenActor): ToldActor {
  return { ...actor, party: partyOf(actor) };
}

/** A telling of a type and modes by a person: its quad class, scale and CAMEO root follow. */
function recoded(telling: Telling, type: string, modes: readonly string[] | undefined): Telling {
  const row = ONTOLOGY.find((one) => one.type === type);
  const given = modes ?? telling.mode;
  const mode = row === undefined ? given : [...new Set(given.filter((one) => Object.hasOwn(row.modes, one)))];
  const same = type === telling.type && mode.join() === telling.mode.join();
  if (same || row === undefined) return { ...telling, type, mode };
  // The machine's code, "041", was that of the act it saw: of another only the root is sure.
  return { ...telling, type, mode, quad: row.quad, scale: scaleOf(row, mode), cameo: row.cameo };
}

function withParties(telling: Telling, actors: readonly ToldActor[], recipients: readonly ToldActor[]): Telling {
  const joint = isJoint(telling.type) && recipients.length > 0;
  const sides = joint ? { actors: distinct([...actors, ...recipients]), recipients: [] } : { actors, recipients };
  return { ...telling, ...sides, parties: partiesOf(telling.type, sides.actors, sides.recipients) };
}

function distinct(actors: readonly ToldActor[]): readonly ToldActor[] {
  return [...new Map(actors.map((actor) => [JSON.stringify(actor), actor])).values()];
}
