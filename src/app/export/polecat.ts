import { placedOn } from '../../record/event.ts';
import type { ToldActor, ToldPlace } from '../../record/telling.ts';
import { type CellValue, tsvRow } from './cells.ts';
import { unique } from './flat.ts';
import { foldEvent } from './fold.ts';
import { type ExportContext, type Exported, textFormat } from './format.ts';
import { sidesOf } from './sides.ts';

/** The columns of a POLECAT file (Dataverse doi:10.7910/DVN/AJGVIT), in their order. */
// biome-ignore format: a list reads best in rows
export const POLECAT_COLUMNS = [
  'Event ID', 'Event Date', 'Event Type', 'Event Mode', 'Intensity', 'Quad Code', 'Contexts',
  'Actor Name', 'Actor Country', 'Actor COW', 'Primary Actor Sector', 'Actor Sectors', 'Actor Title', 'Actor Name Raw', 'Wikipedia Actor ID',
  'Recipient Name', 'Recipient Country', 'Recipient COW', 'Primary Recipient Sector', 'Recipient Sectors', 'Recipient Title', 'Recipient Name Raw', 'Wikipedia Recipient ID',
  'Placename', 'City', 'District', 'Province', 'Country', 'Latitude', 'Longitude', 'GeoNames ID', 'Raw Placename', 'Feature Type',
  'Source', 'Publication Date', 'Story People', 'Story Organizations', 'Story Locations', 'Language', 'Version',
] as const;

/** The 40 columns of POLECAT, tab-separated; `None` for nothing, `; ` between several. */
export const polecat = textFormat(
  {
    name: 'polecat',
    summary: 'the 40 columns of POLECAT, tab-separated',
    file: { name: 'events', ending: 'polecat.txt', media: 'text/tab-separated-values' },
  },
  (context) => ({
    begin: `${POLECAT_COLUMNS.join('\t')}\n`,
    add: (exported, leaveOut) => {
      const cells = polecatCells(exported, context);
      if ('leftOut' in cells) leaveOut(cells.leftOut);
      return 'leftOut' in cells ? undefined : tsvRow(cells, 'None');
    },
  }),
);

function polecatCells(exported: Exported, context: ExportContext): readonly CellValue[] | { readonly leftOut: string } {
  const { event } = exported;
  const folded = foldEvent(exported);
  if ('leftOut' in folded) return folded;
  if (folded.marks.includes('negation')) return { leftOut: 'denied or failed' };
  if (folded.marks.includes('hypothetical')) return { leftOut: 'hoped, possible or conditional' };
  const date = placedOn(event);
  if (date === null) return { leftOut: 'undated' };
  const sides = sidesOf(event);
  const everyone = [
    ...event.actors,
    ...event.recipients,
    ...event.others.map(({ value }) => ({ value: value.actor })),
  ].map(({ value }) => value);
  const named = (kinds: readonly ToldActor['kind'][]) =>
    list(everyone.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name));
  return [
    event.id,
    date,
    folded.type,
    list(folded.mode),
    folded.scale,
    QUADS[folded.quad],
    list(event.context.map(({ value }) => value)),
    ...sideCells(sides.actors, context),
    ...sideCells(sides.recipients, context),
    ...placeCells(event.where.settled, context),
    list(event.claims.flatMap((claim) => claim.outlet ?? [])),
    event.claims[0]?.published?.from ?? null,
    named(['person']),
    named(['body', 'group', 'company', 'media']),
    list(event.where.told.map(({ value }) => value.name)),
    'English',
    `Readout ${context.citation.maker.version} ${context.citation.maker.core}`,
  ];
}

/** POLECAT writes quad classes out. */
const QUADS = {
  1: 'VERBAL COOPERATION',
  2: 'MATERIAL COOPERATION',
  3: 'VERBAL CONFLICT',
  4: 'MATERIAL CONFLICT',
} as const;

/** Name, country, COW number, first sector, all sectors, title, words, Wikipedia title: the last is not known. */
function sideCells(actors: readonly ToldActor[], { countries }: ExportContext): readonly CellValue[] {
  // One value an actor, in their order, so that the columns of a side can be read together.
  const each = (read: (actor: ToldActor) => string | null) => {
    const values = actors.map(read);
    return values.every((value) => value === null) ? null : values.map((value) => cleaned(value ?? 'None')).join('; ');
  };
  const cow = (actor: ToldActor) => countries.get(actor.country ?? '')?.cow?.toString() ?? null;
  const sectors = unique(actors.flatMap((actor) => actor.sector));
  return [
    each((actor) => resolvedName(actor, countries)),
    each((actor) => actor.country),
    each(cow),
    sectors[0] ?? null,
    list(sectors),
    list(actors.flatMap((actor) => actor.office ?? [])),
    each((actor) => actor.name),
    null,
  ];
}

/** A state by its name in English news, whatever it is called by in a report. */
function resolvedName(actor: ToldActor, countries: ExportContext['countries']): string {
  return (actor.kind === 'state' ? countries.get(actor.country ?? '')?.name : undefined) ?? actor.name;
}

const FEATURES: Readonly<Record<ToldPlace['precision'], string | null>> = {
  venue: null,
  city: 'PPL',
  region: null,
  country: 'PCLI',
};

function placeCells(place: ToldPlace | null, { countries }: ExportContext): readonly CellValue[] {
  if (place === null) return [null, null, null, null, null, null, null, null, null, null];
  const { name, precision, country, lat, lon, geonames } = place;
  return [
    geonames === null && precision !== 'country' ? null : name,
    precision === 'city' ? name : null,
    null,
    precision === 'region' ? name : null,
    country === null ? null : (countries.get(country)?.name ?? country),
    lat,
    lon,
    geonames,
    name,
    FEATURES[precision],
  ];
}

/** Several values in a cell, each once. */
function list(values: readonly string[]): string | null {
  const all = unique(values.map(cleaned));
  return all.length === 0 ? null : all.join('; ');
}

/** A `;` of a report's is a comma in a list. */
function cleaned(value: string): string {
  return value.replaceAll(';', ',').trim();
}
