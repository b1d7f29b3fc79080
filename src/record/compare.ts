import type { Event, EventClaim, Told } from './event.ts';
import { actorWords } from './headline.ts';
import type { ToldActor } from './telling.ts';
import { durationWords, figureWords, placeWords, whenWords } from './words.ts';

/** One report of an event: a column. */
export interface Report {
  readonly document: string;
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
  ): ComparedField => ({
    field,
    cells: reports.map((report) =>
      told.filter((one) => one.documents.includes(report.document)).map((one) => wordsOf(one.value)),
    ),
    disagrees: event.disagreements.some((disagreement) => disagreement.field === field),
  });
  const said = (claim: EventClaim) => claim.saidBy.map((speaker) => speaker.name).join(', ');
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
    { field: 'said by', cells: reports.map((report) => unique(report.claims.map(said))), disagrees: false },
    {
      field: 'condition',
      cells: reports.map((report) => unique(report.claims.map((claim) => claim.condition ?? ''))),
      disagrees: false,
    },
    {
      field: 'words',
      cells: reports.map((report) => unique(report.claims.map((claim) => claim.sentence))),
      disagrees: false,
    },
  ];
  return { event, reports, fields: fields.filter((field) => field.cells.some((cell) => cell.length > 0)) };
}

/** The documents of an event, each with its claims, in the order of publication. */
export function reportsOf(event: Event): readonly Report[] {
  const reports = new Map<string, EventClaim[]>();
  for (const claim of event.claims) reports.set(claim.document, [...(reports.get(claim.document) ?? []), claim]);
  return [...reports].map(([document, claims]) => ({
    document,
    outlet: claims[0]!.outlet ?? 'unknown outlet',
    title: claims[0]!.title,
    published: claims[0]!.published?.from ?? null,
    claims,
  }));
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)].filter((word) => word !== '');
}
