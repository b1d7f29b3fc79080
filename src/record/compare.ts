import type { Event, EventClaim, Told } from './event.ts';
import { actorWords } from './headline.ts';
import type { ToldActor } from './telling.ts';
import { durationWords, figureWords, placeWords, whenWords } from './words.ts';

/** One report of an event: a column. */
export interface Report {
  readonly document: string;
  /** The document that it is a copy or a version of; itself where it is none. */
  readonly origin: string;
  readonly outlet: string;
  readonly title: string | null;
  readonly published: string | null;
  readonly claims: readonly EventClaim[];
}

/** One field over all reports: a row. `cells` are in the order of the reports; an empty one tells nothing of it. */
export interface ComparedField {
  readonly field: string;
  readonly cells: readonly (readonly string[])[];
  /** True when values of this row cannot all be true. */
  readonly disagrees: boolean;
  /** Those of its words that cannot all be true. */
  readonly clashing: readonly string[];
}

/** The reports of one event side by side. */
export interface Comparison {
  readonly event: Event;
  readonly reports: readonly Report[];
  readonly fields: readonly ComparedField[];
}

/** Lays the reports of an event side by side, in the order of publication. Fields that no report tells are left out. */
export function compareReports(event: Event): Comparison {
  const reports = reportsOf(event);
  const row = <Value>(
    field: string,
    told: readonly Told<Value>[],
    wordsOf: (value: Value) => string,
  ): ComparedField => {
    const disagreements = event.disagreements.filter((disagreement) => disagreement.field === field);
    return {
      field,
      cells: reports.map(({ document }) =>
        unique(told.filter(({ documents }) => documents.includes(document)).map(({ value }) => wordsOf(value))),
      ),
      disagrees: disagreements.length > 0,
      clashing: unique(disagreements.flatMap(({ values }) => values.map(({ value }) => value))),
    };
  };
  const told = (field: string, wordsOf: (claim: EventClaim) => string | null): ComparedField => ({
    field,
    cells: reports.map(({ claims }) => unique(claims.map((claim) => wordsOf(claim) ?? ''))),
    disagrees: false,
    clashing: [],
  });
  const fields = [
    row<ToldActor>('actors', event.actors, actorWords),
    row<ToldActor>('recipients', event.recipients, actorWords),
    row('others', event.others, ({ role, actor }) => `${actorWords(actor)}, ${role}`),
    row('status', event.status.told, String),
    row('when', event.when.told, whenWords),
    row('where', event.where.told, placeWords),
    row('medium', event.medium.told, String),
    row('mode', event.mode, String),
    row('duration', event.duration.told, durationWords),
    row('issues', event.issues, String),
    row('figures', event.figures, figureWords),
    told('said by', ({ saidBy }) => saidBy.map(({ name }) => name).join(', ')),
    told('certainty', ({ certainty }) => (certainty === 'asserted' ? null : certainty)),
    told('condition', ({ condition }) => condition),
    told('consequence', ({ consequence }) => consequence),
    told('words', ({ sentence }) => sentence),
  ];
  return { event, reports, fields: fields.filter((field) => field.cells.some((cell) => cell.length > 0)) };
}

/** The documents of an event, each with its claims, in the order of publication. */
function reportsOf(event: Event): readonly Report[] {
  const reports = new Map<string, EventClaim[]>();
  for (const claim of event.claims) reports.set(claim.document, [...(reports.get(claim.document) ?? []), claim]);
  return [...reports].map(([document, claims]) => ({
    document,
    origin: claims[0]!.origin,
    outlet: claims[0]!.outlet ?? 'unknown outlet',
    title: claims[0]!.title,
    published: claims[0]!.published?.from ?? null,
    claims,
  }));
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)].filter((word) => word !== '');
}
