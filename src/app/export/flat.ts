import { placedOn } from '../../record/event.ts';
import { actorWords, headlineOf } from '../../record/headline.ts';
import { timeOfEvent } from '../../record/hours.ts';
import type { ToldActor } from '../../record/telling.ts';
import { durationWords, figureWords, placeWords, whenWords } from '../../record/words.ts';
import type { Exported } from './format.ts';

/** What a column of a flat row holds. */
export type FlatValue = string | number | boolean | null | readonly string[];

/**
 * An event as one flat row, in the order of the columns; nothing is folded. Of a field with several values it has the one
 * to show first; what reports disagree on stands in `disagreements`. `csv` and `geojson` are made of it.
 */
export function flatRow({ event, documents }: Exported): Readonly<Record<string, FlatValue>> {
  const when = event.when.settled;
  const where = event.where.settled;
  const days = event.claims.flatMap(({ published }) => (published === null ? [] : [published]));
  const first = event.claims[0]!;
  return {
    id: event.id,
    headline: headlineOf(event),
    date: placedOn(event),
    earliest: when?.earliest ?? null,
    latest: when?.latest ?? null,
    time: timeOfEvent(event)?.words ?? null,
    precision: when?.precision ?? null,
    type: event.type,
    modes: event.mode.map(({ value }) => value),
    cameo: event.cameo,
    quad: event.quad,
    scale: event.scale,
    status: event.status.settled,
    parties: event.parties,
    ...sideColumns('actor', event.actors),
    ...sideColumns('recipient', event.recipients),
    others: event.others.map(({ value }) => `${actorWords(value.actor)}, ${value.role}`),
    place: where?.name ?? null,
    place_country: where?.country ?? null,
    place_precision: where?.precision ?? null,
    latitude: where?.lat ?? null,
    longitude: where?.lon ?? null,
    geonames: where?.geonames ?? null,
    medium: event.medium.settled,
    duration: event.duration.settled,
    contexts: event.context.map(({ value }) => value),
    issues: event.issues.map(({ value }) => value),
    figures: event.figures.map(({ value }) => figureWords(value)),
    condition: firstOf(event.claims.map((claim) => claim.condition)),
    consequence: firstOf(event.claims.map((claim) => claim.consequence)),
    said_by: unique(event.claims.flatMap((claim) => claim.saidBy.map((speaker) => speaker.name))),
    certainty: unique(event.claims.map((claim) => claim.certainty)),
    disagreements: event.disagreements.map(
      ({ field, values }) =>
        `${field}: ${values.map(({ value, outlets }) => `${value} (${outlets.join(', ') || 'unknown outlet'})`).join(' / ')}`,
    ),
    claims: event.claims.length,
    reports: new Set(event.claims.map((claim) => claim.document)).size,
    origins: event.origins,
    outlets: unique(event.claims.flatMap((claim) => claim.outlet ?? [])),
    official: event.claims.some((claim) => claim.outletKind === 'official'),
    first_reported: days.map(({ from }) => from).toSorted()[0] ?? null,
    last_reported:
      days
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? null,
    reviewed: event.reviewed,
    sentence: first.sentence,
    documents: unique(event.claims.map((claim) => claim.document)),
    urls: unique(event.claims.flatMap((claim) => documents.get(claim.document)?.url ?? [])),
  };
}

/** The columns of {@link flatRow}. */
// biome-ignore format: a list reads best in rows
export const FLAT_COLUMNS = [
  'id', 'headline', 'date', 'earliest', 'latest', 'time', 'precision', 'type', 'modes', 'cameo', 'quad', 'scale', 'status', 'parties',
  'actors', 'actor_countries', 'actor_sectors', 'actor_offices', 'actor_wikidata',
  'recipients', 'recipient_countries', 'recipient_sectors', 'recipient_offices', 'recipient_wikidata', 'others',
  'place', 'place_country', 'place_precision', 'latitude', 'longitude', 'geonames', 'medium', 'duration',
  'contexts', 'issues', 'figures', 'condition', 'consequence', 'said_by', 'certainty', 'disagreements',
  'claims', 'reports', 'origins', 'outlets', 'official', 'first_reported', 'last_reported', 'reviewed', 'sentence',
  'documents', 'urls',
] as const;

/**
 * What an event's type and date leave open, as a line for a comment: its status where that is not "happened", how exact
 * its date is, figures, condition and consequence, and what reports disagree on.
 */
export function remarksOf({ event }: Exported): string | null {
  const when = event.when.settled;
  const time = timeOfEvent(event);
  const condition = firstOf(event.claims.map((claim) => claim.condition));
  const consequence = firstOf(event.claims.map((claim) => claim.consequence));
  const parts = [
    ...(event.status.settled === 'happened' || event.status.settled === null
      ? []
      : [`status: ${event.status.settled}`]),
    ...(when === null
      ? ['date: as first reported']
      : when.earliest === when.latest
        ? []
        : [`date: ${whenWords(when)}, known to the ${when.precision === 'unknown' ? 'interval' : when.precision}`]),
    ...(time === undefined ? [] : [`time of day: ${time.words}`]),
    ...(event.where.settled?.precision === 'venue' ? [`venue: ${placeWords(event.where.settled)}`] : []),
    ...(event.duration.settled === null ? [] : [`duration: ${durationWords(event.duration.settled)}`]),
    ...(event.figures.length === 0
      ? []
      : [`figures: ${event.figures.map(({ value }) => figureWords(value)).join(', ')}`]),
    ...(condition === null ? [] : [`condition: ${condition}`]),
    ...(consequence === null ? [] : [`consequence: ${consequence}`]),
    ...event.disagreements.map(
      ({ field, values }) => `reports disagree on ${field}: ${values.map(({ value }) => value).join(' / ')}`,
    ),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function sideColumns(side: 'actor' | 'recipient', told: readonly { readonly value: ToldActor }[]) {
  const actors = told.map(({ value }) => value);
  return {
    [`${side}s`]: actors.map((actor) => actor.name),
    [`${side}_countries`]: unique(actors.flatMap((actor) => actor.country ?? [])),
    [`${side}_sectors`]: unique(actors.flatMap((actor) => actor.sector)),
    [`${side}_offices`]: unique(actors.flatMap((actor) => actor.office ?? [])),
    [`${side}_wikidata`]: unique(actors.flatMap((actor) => actor.wikidata ?? [])),
  };
}

function firstOf(values: readonly (string | null)[]): string | null {
  return values.find((value) => value !== null) ?? null;
}

/** Each value once, in the order of their first. */
export function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
