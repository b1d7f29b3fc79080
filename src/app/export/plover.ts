import { type EventClaim, placedOn } from '../../record/event.ts';
import { type TimeOfDay, timeOfEvent } from '../../record/hours.ts';
import type { ToldActor, ToldPlace } from '../../record/telling.ts';
import type { Span } from '../../source/span.ts';
import { citationLine } from './cite.ts';
import { remarksOf } from './flat.ts';
import { foldEvent } from './fold.ts';
import { type ExportContext, type Exported, textFormat } from './format.ts';
import { sidesOf } from './sides.ts';

/** The codebook that codes follow. */
const CODEBOOK = 'plover-draft-2.0';

/**
 * PLOVER records (manual, draft 2.0): a JSON object a line with every field of the manual, `null` where nothing is known.
 * Where an event has several reports, `text_info` and `cite_info` are of the first, and `more` in each holds the others.
 */
export const plover = textFormat(
  {
    name: 'plover',
    summary: 'PLOVER records, one JSON object a line, with the spans of the words',
    file: { name: 'events', ending: 'plover.jsonl', media: 'application/jsonl' },
  },
  (context) => ({
    add: (exported, leaveOut) => {
      const folded = foldEvent(exported);
      const { event } = exported;
      const date = placedOn(event);
      if ('leftOut' in folded || date === null) {
        leaveOut('leftOut' in folded ? folded.leftOut : 'undated');
        return undefined;
      }
      const latest = event.when.settled?.latest ?? null;
      const sides = sidesOf(event);
      const [info, ...moreInfo] = event.claims.map(textInfo);
      const [cite, ...moreCites] = citesOf(exported, context);
      return `${JSON.stringify({
        id: event.id,
        has_event: true,
        date,
        time: clockOf(timeOfEvent(event)),
        // A day within an interval: PLOVER has no field for how exact a date is, `comment` says it.
        enddate: latest !== null && latest > date ? latest : null,
        endtime: null,
        actor: sides.actors.map(entity),
        recipient: sides.recipients.map(entity),
        event: [folded.type],
        event_loc: event.where.settled === null ? null : location(event.where.settled, context),
        event_text: event.claims.map((claim) => claim.sentence),
        quad_code: folded.quad,
        event_scale: folded.scale,
        mode: folded.mode,
        context: [...event.context.map(({ value }) => value), ...folded.marks],
        size: sizeOf(exported),
        link: null,
        text: null,
        text_info: { ...info, more: moreInfo },
        cite_info: { ...cite, more: moreCites },
        coder: `Readout ${context.citation.maker.version}`,
        coded_date: null,
        coded_time: null,
        comment: remarksOf(exported),
      })}\n`;
    },
  }),
);

/** A time of day in ISO 8601, as it is told: `13:05`, `12:00-04`, `13:05Z`; `null` for a morning. */
function clockOf(time: TimeOfDay | undefined): string | null {
  const clock = /^(\d\d:\d\d)(?: UTC(.*))?$/.exec(time?.words ?? '');
  if (clock === null) return null;
  const [, hour, zone] = clock;
  return `${hour}${zone === '' ? 'Z' : (zone ?? '')}`;
}

/** PLOVER's entity object, as its table has it. Religion, ethnicity, gender and age are not read. */
function entity(actor: ToldActor) {
  return {
    code: actor.country,
    sector: actor.sector.length === 0 ? null : actor.sector.slice(0, 2).join(''),
    entity_text: actor.name,
    identifier_id: actor.wikidata,
    identifier_text: actor.wikidata === null ? null : actor.name,
    religion: null,
    ethnicity: null,
    office: actor.office,
    gender: null,
    age: null,
  };
}

/** How finely a place is known, in PLOVER's numbers, and GeoNames' class and code for such a place. */
const RESOLUTION: Readonly<Record<ToldPlace['precision'], readonly [number, string | null, string | null]>> = {
  venue: [5, 'S', null],
  city: [4, 'P', 'PPL'],
  region: [2, null, null],
  country: [1, 'A', 'PCLI'],
};

/** PLOVER's location object. */
function location(place: ToldPlace, { countries }: ExportContext) {
  const [resolution, feature_class, feature_code] = RESOLUTION[place.precision];
  const resolved = place.geonames === null && place.precision !== 'country' ? null : place.name;
  return {
    extracted_place: place.name,
    resolved_place: resolved,
    geonameid: place.geonames,
    lat: place.lat,
    lon: place.lon,
    city: place.precision === 'city' ? place.name : null,
    district: null,
    province: place.precision === 'region' ? place.name : null,
    country: place.country === null ? null : (countries.get(place.country)?.name ?? null),
    country_code: place.country,
    feature_class,
    feature_code,
    resolution,
  };
}

/** Where the words of a claim stand: UTF-16 offsets into the document's text, the end not included. */
function textInfo(claim: EventClaim) {
  const { sentence, trigger, actors, recipients, when, where } = claim.evidence;
  return {
    // The number of the sentence is not kept; its place is.
    sequence: null,
    ...place(sentence),
    text_story: [claim.sentence],
    document: claim.document,
    trigger: place(trigger),
    actor: actors.map(place),
    recipient: recipients.map(place),
    date: when.map(place),
    location: where.map(place),
  };
}

function place({ from, to }: Span) {
  return { start: from, end: to };
}

/** The documents of an event's claims as `cite_info` objects, the first reported first. */
function citesOf({ event, documents }: Exported, { citation, cite }: ExportContext) {
  const ids = [...new Set(event.claims.map((claim) => claim.document))];
  return ids.map((id) => {
    const claim = event.claims.find((one) => one.document === id)!;
    return {
      corpus: 'Readout record',
      citation: cite ? citationLine(citation) : null,
      url: documents.get(id)?.url ?? null,
      title: claim.title,
      language: 'en',
      publication: claim.outlet,
      license: null,
      copyright: null,
      coder: 'Readout',
      codebook: CODEBOOK,
      version: `${citation.maker.version}, English core ${citation.maker.core}`,
      document: id,
      published: claim.published?.from ?? null,
    };
  });
}

const CASUALTIES: readonly (readonly [field: string, trigger: RegExp])[] = [
  ['dead', /kill|dead|die|death|fatal|slain|murder|assassinat|execut/i],
  ['injured', /wound|injur|hurt/i],
  ['arrested', /arrest|detain|jail|imprison|captur/i],
];

/**
 * PLOVER's `size`: the dead, injured and arrested where the words of the act say which of them a figure counts; all other
 * figures under what they count. Of several values it is the one told most; how exact it is stands in `comment`.
 */
function sizeOf({ event }: Exported): Readonly<Record<string, number | null>> {
  const size: Record<string, number | null> = { dead: null, injured: null, arrested: null };
  for (const { value, claims } of event.figures) {
    const triggers = event.claims.filter(({ id }) => claims.includes(id)).map((claim) => claim.trigger);
    const people = !/^(?:[A-Z]{3}|percent.*)$/.test(value.unit);
    const casualty = people
      ? CASUALTIES.find(([, words]) => triggers.some((trigger) => words.test(trigger)))?.[0]
      : undefined;
    const field = casualty ?? (value.unit === '' ? 'unspecified' : value.unit);
    if (size[field] == null) size[field] = value.value;
  }
  return size;
}
