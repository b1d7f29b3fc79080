/** The version of the reading's shape. It changes when a field changes its meaning or goes away, not when one is added. */
export const READING_SCHEMA = 'readout/reading@1';

/** PLOVER's sixteen event types (manual, draft 2.0). */
export const EVENT_TYPES = [
  'AGREE',
  'CONSULT',
  'SUPPORT',
  'CONCEDE',
  'COOPERATE',
  'AID',
  'RETREAT',
  'REQUEST',
  'ACCUSE',
  'REJECT',
  'THREATEN',
  'PROTEST',
  'SANCTION',
  'MOBILIZE',
  'COERCE',
  'ASSAULT',
] as const;
export const OTHER_ROLES = ['host', 'mediator', 'attendee', 'interpreter', 'about'] as const;
export type OtherRole = (typeof OTHER_ROLES)[number];
export const MEDIA = ['in-person', 'video', 'phone', 'written'] as const;
export const BOUNDS = ['exact', 'more-than', 'less-than', 'about', 'at-least', 'up-to'] as const;
export const QUOTATIONS = ['direct', 'indirect', 'mixed'] as const;
/** Whether the speaker asserts the content, or takes it for granted and judges it: "condemned the shelling". */
export const STATEMENT_KINDS = ['said', 'attitude'] as const;
export const TIME_BASES = ['explicit', 'relative', 'inferred', 'unresolved'] as const;
export const WHEN_PRECISIONS = ['day', 'week', 'month', 'season', 'year', 'unknown'] as const;
export const CERTAINTIES = ['asserted', 'probable', 'possible', 'doubted'] as const;
export const STATUSES = [
  'happened',
  'ongoing',
  'planned',
  'expected',
  'hoped',
  'possible',
  'threatened',
  'conditional',
  'denied',
  'cancelled',
  'failed',
] as const;
/** One of PLOVER's types. */
export type PloverType = (typeof EVENT_TYPES)[number];
/** A type of event: PLOVER's, or one that a researcher's pattern file declares, in capitals. */
export type EventType = PloverType | (string & Record<never, never>);
export type Status = (typeof STATUSES)[number];
export type Certainty = (typeof CERTAINTIES)[number];
export type Medium = (typeof MEDIA)[number];

/** Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. */
export type Quad = 1 | 2 | 3 | 4;

/** A type of event, PLOVER's or a researcher's own, with the scale of its modes where the manual gives one. */
export interface EventClass {
  readonly type: EventType;
  readonly quad: Quad;
  /** PLOVER's intensity of the type itself, -10 to 10. */
  readonly scale: number;
  /** CAMEO's two-digit root nearest to the type: the code of a claim whose rule names none. */
  readonly cameo: string;
  /** What a person reads in its place: "met with", "accused". */
  readonly verb: string;
  /** Mode and its own scale, where it differs from the type's. */
  readonly modes: Readonly<Record<string, number>>;
}

/**
 * PLOVER's sixteen types (manual, draft 2.0): the only place where their numbers stand. ACCUSE is printed "3" there
 * with its sign lost; -3 is meant, between its modes. SANCTION is quad 4 in its own section, 3 in one table: 4 here.
 */
// biome-ignore format: a table reads best in rows
export const ONTOLOGY: readonly EventClass[] = [
  { type: 'AGREE', quad: 1, scale: 2.5, cameo: '03', verb: 'agreed with', modes: {} },
  { type: 'CONSULT', quad: 1, scale: 2.5, cameo: '04', verb: 'talked with', modes: { visit: 4, 'third-party': 1, multilateral: 4, phone: 1.5 } },
  { type: 'SUPPORT', quad: 1, scale: 5, cameo: '05', verb: 'supported', modes: {} },
  { type: 'CONCEDE', quad: 1, scale: 4.5, cameo: '08', verb: 'conceded to', modes: {} },
  { type: 'COOPERATE', quad: 2, scale: 9.5, cameo: '06', verb: 'cooperated with', modes: {} },
  { type: 'AID', quad: 2, scale: 10, cameo: '07', verb: 'aided', modes: {} },
  { type: 'RETREAT', quad: 2, scale: 6.5, cameo: '087', verb: 'pulled back from', modes: { withdraw: 8, release: 6.5, disarm: 10, ceasefire: 7.5, access: 6.5, resign: 4.5 } },
  { type: 'REQUEST', quad: 3, scale: 0, cameo: '10', verb: 'asked of', modes: { assist: 0.5, change: -1, yield: -1, meet: 0 } },
  { type: 'ACCUSE', quad: 3, scale: -3, cameo: '11', verb: 'accused', modes: { disapprove: -2, investigate: -3.5, allege: -3.5 } },
  { type: 'REJECT', quad: 3, scale: -2, cameo: '12', verb: 'rejected', modes: { assist: -1.5, change: -2, yield: -2, meet: -2 } },
  { type: 'THREATEN', quad: 3, scale: -3.5, cameo: '13', verb: 'threatened', modes: { restrict: -3, arrest: -3.5, relations: -3.5, expel: -3.5, territory: -4, violence: -3.5 } },
  { type: 'PROTEST', quad: 4, scale: -5, cameo: '14', verb: 'protested against', modes: { demo: -5, riot: -7, strike: -5, hunger: -4.5, boycott: -4.5, obstruct: -4.5, vandalize: -5 } },
  { type: 'SANCTION', quad: 4, scale: -6, cameo: '16', verb: 'sanctioned', modes: { convict: -6, expel: -5.5, withdraw: -6, discontinue: -6 } },
  { type: 'MOBILIZE', quad: 4, scale: -5.5, cameo: '15', verb: 'mobilized against', modes: { troops: -6.5, weapons: -6.5, police: -5.5, militia: -6 } },
  { type: 'COERCE', quad: 4, scale: -7, cameo: '17', verb: 'coerced', modes: { seize: -7, restrict: -7, censor: -6.5, curfew: -6.5, 'martial-law': -7.5, arrest: -7, deport: -7, withhold: -7, misinformation: -6.5, cyber: -7 } },
  { type: 'ASSAULT', quad: 4, scale: -9, cameo: '19', verb: 'attacked', modes: { abduct: -8.5, beat: -7.5, torture: -8.5, sexual: -8.5, targeted: -9.5, destroy: -8.5, primitive: -8, firearms: -9, explosives: -9, 'suicide-attack': -9.5, aerial: -9.5, drone: -9.5, 'heavy-weapons': -9.5, 'crowd-control': -7.5, unconventional: -10 } },
];

const byType: ReadonlyMap<string, EventClass> = new Map(ONTOLOGY.map((row) => [row.type, row]));

/** The row of one of PLOVER's types. */
export function classOf(type: PloverType): EventClass {
  return byType.get(type)!;
}

/** PLOVER's intensity of a type with its modes: the mode furthest from zero where there are several. */
export function scaleOf(row: EventClass, modes: readonly string[]): number {
  const scales = modes.map((mode) => row.modes[mode]).filter((scale) => scale !== undefined);
  return scales.reduce((far, scale) => (Math.abs(scale) > Math.abs(far) ? scale : far), scales[0] ?? row.scale);
}

/** True for acts that all parties do together: they have actors and no recipient. */
export function isJoint(type: EventType): boolean {
  return type === 'CONSULT' || type === 'AGREE' || type === 'COOPERATE';
}
