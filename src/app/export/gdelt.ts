import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Event, type EventClaim, placedOn } from '../../record/event.ts';
import { fold, lastNameOf } from '../../record/party.ts';
import type { ToldActor, ToldPlace } from '../../record/telling.ts';
import type { Span } from '../../source/span.ts';
import { isCountryCode, type Sector } from '../../world/actor.ts';
import { type CellValue, tsvRow } from './cells.ts';
import { type Folded, foldEvent } from './fold.ts';
import type { CitedDocument, ExportContext, Exported, Format } from './format.ts';
import { goldsteinOf } from './goldstein.ts';
import { type Dyad, dyadsOf } from './sides.ts';

const ACTOR = ['Code', 'Name', 'CountryCode', 'KnownGroupCode', 'EthnicCode', 'Religion1Code', 'Religion2Code'].concat([
  'Type1Code',
  'Type2Code',
  'Type3Code',
]);
const GEO = ['Type', 'FullName', 'CountryCode', 'ADM1Code', 'ADM2Code', 'Lat', 'Long', 'FeatureID'];

/** The columns of a GDELT 2.0 events file, which has no header. */
export const GDELT_EVENTS: readonly string[] = [
  ...['GLOBALEVENTID', 'SQLDATE', 'MonthYear', 'Year', 'FractionDate'],
  ...ACTOR.map((name) => `Actor1${name}`),
  ...ACTOR.map((name) => `Actor2${name}`),
  ...['IsRootEvent', 'EventCode', 'EventBaseCode', 'EventRootCode', 'QuadClass', 'GoldsteinScale'],
  ...['NumMentions', 'NumSources', 'NumArticles', 'AvgTone'],
  ...GEO.map((name) => `Actor1Geo_${name}`),
  ...GEO.map((name) => `Actor2Geo_${name}`),
  ...GEO.map((name) => `ActionGeo_${name}`),
  ...['DATEADDED', 'SOURCEURL'],
];

/** The columns of a GDELT 2.0 mentions file, which has no header. */
// biome-ignore format: a list reads best in rows
export const GDELT_MENTIONS = [
  'GLOBALEVENTID', 'EventTimeDate', 'MentionTimeDate', 'MentionType', 'MentionSourceName', 'MentionIdentifier', 'SentenceID',
  'Actor1CharOffset', 'Actor2CharOffset', 'ActionCharOffset', 'InRawText', 'Confidence', 'MentionDocLen', 'MentionDocTone',
  'MentionDocTranslationInfo', 'Extras',
] as const;

/**
 * GDELT 2.0: a row a pair of parties in one file, a row a claim of it in the other. What is denied, failed, hoped, possible
 * or conditional is left out: GDELT has no place for it.
 */
export const gdelt: Format = {
  name: 'gdelt',
  summary: 'GDELT 2.0 files: events as dyads (61 columns), mentions (16)',
  files: [
    { name: 'events', ending: 'export.CSV', media: 'text/tab-separated-values' },
    { name: 'mentions', ending: 'mentions.CSV', media: 'text/tab-separated-values' },
  ],
  open: async (context) => ({
    add: (exported, leaveOut) => {
      const rows = rowsOf(exported, context);
      if ('leftOut' in rows) leaveOut(rows.leftOut);
      return 'leftOut' in rows ? ['', ''] : [rows.events, rows.mentions];
    },
    end: () => ['', ''],
  }),
};

function rowsOf(
  exported: Exported,
  context: ExportContext,
): { readonly events: string; readonly mentions: string } | { readonly leftOut: string } {
  const { event } = exported;
  const folded = foldEvent(exported);
  if ('leftOut' in folded) return folded;
  if (folded.marks.includes('negation')) return { leftOut: 'denied or failed' };
  if (folded.marks.includes('hypothetical')) return { leftOut: 'hoped, possible or conditional' };
  const day = placedOn(event);
  if (day === null) return { leftOut: 'undated' };
  const dyads = dyadsOf(event);
  if (dyads.length === 0) return { leftOut: 'without parties' };
  let events = '';
  let mentions = '';
  for (const dyad of dyads) {
    const id = numberOf(event.id, dyad);
    events += tsvRow(eventCells(id, day, dyad, folded, exported, context), '');
    for (const claim of event.claims) mentions += tsvRow(mentionCells(id, dyad, claim, exported), '');
  }
  return { events, mentions };
}

/**
 * A number for a row that stays the same from export to export: the first 53 bits of a hash of the event's id and the
 * row's parties, all that a JavaScript or R number holds exactly.
 */
function numberOf(id: string, { actor, recipient }: Dyad): number {
  const bytes = sha256(utf8ToBytes(`${id}/${actor?.party ?? ''}/${recipient?.party ?? ''}`));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return view.getUint32(0) * 2 ** 21 + (view.getUint32(4) >>> 11);
}

function eventCells(
  id: number,
  day: string,
  dyad: Dyad,
  folded: Folded,
  { event, documents }: Exported,
  { countries }: ExportContext,
): readonly CellValue[] {
  const [year = '', month = '', date = ''] = day.split('-');
  const code = codeOf(folded, dyad);
  const first = event.claims[0]!;
  return [
    id,
    year + month + date,
    year + month,
    year,
    // GDELT counts months as 30 days from January as none.
    (Number(year) + ((Number(month) - 1) * 30 + Number(date)) / 365).toFixed(4),
    ...actorCells(dyad.actor),
    ...actorCells(dyad.recipient),
    event.claims.some((claim) => claim.evidence.sentence.from < ROOT) ? 1 : 0,
    code,
    code.slice(0, 3),
    code.slice(0, 2),
    quadOf(code),
    goldsteinOf(code) ?? null,
    event.claims.length,
    new Set(event.claims.map((claim) => claim.outlet ?? claim.document)).size,
    new Set(event.claims.map((claim) => claim.document)).size,
    null,
    ...NOWHERE,
    ...NOWHERE,
    ...geoCells(event.where.settled, countries),
    stampOf(event),
    identifierOf(first, documents),
  ];
}

/** "Root" events stand near the top of a report. GDELT means its lead; here, its first 500 characters. */
const ROOT = 500;

/** CAMEO's code of a row, three digits at least: `04` is `040`. The host of a visit does 043 where the visitor does 042. */
function codeOf({ cameo }: Folded, { reverse }: Dyad): string {
  const code = cameo.length === 2 ? `${cameo}0` : cameo;
  return code === '042' && reverse ? '043' : code;
}

/** GDELT's quad classes go by CAMEO's roots; 08 is material there, 16 too. */
function quadOf(code: string): number {
  const root = Number(code.slice(0, 2));
  return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

/** Codes of CAMEO's countries that are not ISO's. */
const CAMEO_COUNTRIES: Readonly<Record<string, string>> = {
  ROU: 'ROM',
  TLS: 'TMP',
  MNE: 'MTN',
  KOS: 'KSV',
  IMN: 'IMY',
};

/** CAMEO's codes of known groups, by folded names. */
const KNOWN_GROUPS: Readonly<Record<string, string>> = {
  'united nations': 'UNO',
  un: 'UNO',
  'un security council': 'UNO',
  'united nations security council': 'UNO',
  nato: 'NAT',
  'european union': 'EEC',
  eu: 'EEC',
  'african union': 'AFU',
  'arab league': 'ARL',
  asean: 'ASN',
  ecowas: 'WAS',
  'gulf cooperation council': 'GCC',
  'organization of american states': 'OAS',
  opec: 'OPC',
  'international monetary fund': 'IMF',
  imf: 'IMF',
  'world bank': 'WBK',
  'world trade organization': 'WTO',
  'world health organization': 'WHO',
  who: 'WHO',
  'international atomic energy agency': 'IAE',
  iaea: 'IAE',
  'amnesty international': 'AMN',
  'human rights watch': 'HRW',
  taliban: 'TAL',
  'council of europe': 'COE',
  'commonwealth of independent states': 'CIS',
};

/** CAMEO's types for PLOVER's sectors; those that it does not have are left out. */
const TYPES: Readonly<Partial<Record<Sector, string>>> = {
  ...{ COP: 'COP', GOV: 'GOV', JUD: 'JUD', LEG: 'LEG', MIL: 'MIL', PRM: 'UAF', REB: 'REB', SPY: 'SPY', UAF: 'UAF' },
  ...{ AGR: 'AGR', BUS: 'BUS', CRM: 'CRM', CVL: 'CVL', EDU: 'EDU', ELI: 'ELI', JRN: 'MED', LAB: 'LAB', MED: 'HLH' },
  ...{ REF: 'REF', OPP: 'OPP', IGO: 'IGO', NGO: 'NGO', IMG: 'IMG', MNC: 'MNC' },
};

/** The ten columns of an actor. Ethnic group and religion are not read. */
function actorCells(actor: ToldActor | undefined): readonly CellValue[] {
  if (actor === undefined) return new Array<null>(10).fill(null);
  const country = isCountryCode(actor.country) ? (CAMEO_COUNTRIES[actor.country] ?? actor.country) : null;
  const group = KNOWN_GROUPS[fold(actor.name)] ?? null;
  const types = [...new Set(actor.sector.flatMap((sector) => TYPES[sector] ?? []))].slice(0, 3);
  const code = `${country ?? (group === null ? '' : types.includes('IGO') ? 'IGO' : '')}${group ?? ''}${types.filter((type) => type !== 'IGO' || group === null).join('')}`;
  return [
    code,
    actor.name.toUpperCase(),
    country,
    group,
    null,
    null,
    null,
    types[0] ?? null,
    types[1] ?? null,
    types[2] ?? null,
  ];
}

const NOWHERE: readonly CellValue[] = [0, null, null, null, null, null, null, null];

/** A place as GDELT has it: countries by FIPS 10-4 codes, and the United States apart. Its feature ids are not GeoNames'. */
function geoCells(place: ToldPlace | null, countries: ExportContext['countries']): readonly CellValue[] {
  if (place === null) return NOWHERE;
  const country = countries.get(place.country ?? '');
  const american = place.country === 'USA';
  const whole = place.precision === 'country';
  const type = whole ? 1 : place.precision === 'region' ? (american ? 2 : 5) : american ? 3 : 4;
  const name = whole || country === undefined ? place.name : `${place.name}, ${country.name}`;
  const fips = country?.fips ?? null;
  return [type, name, fips, whole ? fips : null, null, place.lat, place.lon, whole ? fips : null];
}

/** When the event was first told: the day, at midnight. */
function stampOf(event: Event): string | null {
  const published = event.claims[0]?.published?.from;
  return published === undefined ? null : `${published.replaceAll('-', '')}000000`;
}

function mentionCells(id: number, dyad: Dyad, claim: EventClaim, { event, documents }: Exported): readonly CellValue[] {
  const url = documents.get(claim.document)?.url ?? null;
  const { actors, recipients, trigger } = claim.evidence;
  const people = [...actors, ...recipients];
  return [
    id,
    stampOf(event),
    claim.published === null ? null : `${claim.published.from.replaceAll('-', '')}000000`,
    url === null ? 2 : 1,
    url === null ? claim.outlet : hostOf(url),
    identifierOf(claim, documents),
    null,
    offsetOf(dyad.actor, dyad.reverse ? recipients : actors, people, claim),
    offsetOf(dyad.recipient, dyad.reverse ? actors : recipients, people, claim),
    trigger.from,
    1,
    Math.max(10, Math.round(claim.confidence * 10) * 10),
    null,
    null,
    null,
    null,
  ];
}

/** The address of a document, else its citation. */
function identifierOf(claim: EventClaim, documents: ReadonlyMap<string, CitedDocument>): string {
  const url = documents.get(claim.document)?.url;
  if (url != null) return url;
  return [claim.outlet, claim.published?.from, claim.title].filter((part) => part != null).join(', ') || claim.document;
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname.replace(/^www\./, '') ?? url;
}

/**
 * Where a claim names an actor, -1 where its words do not show it: the span that says the name or its country's, else the
 * only one of its side.
 */
function offsetOf(
  actor: ToldActor | undefined,
  side: readonly Span[],
  all: readonly Span[],
  { sentence, evidence }: EventClaim,
): number {
  if (actor === undefined) return -1;
  const wordsOf = ({ from, to }: Span) =>
    fold(sentence.slice(from - evidence.sentence.from, to - evidence.sentence.from));
  const name = lastNameOf(actor.name);
  const said = [...side, ...all].find((span) =>
    wordsOf(span)
      .split(/[^\p{L}\p{N}]+/u)
      .includes(name),
  );
  return said?.from ?? (side.length === 1 ? side[0]!.from : -1);
}
