import type { Event, EventClaim } from '../../record/event.ts';
import { headlineOf } from '../../record/headline.ts';
import { timeOfEvent } from '../../record/hours.ts';
import { fold } from '../../record/party.ts';
import { hashOf, type ToldActor, type ToldWhen } from '../../record/telling.ts';
import { unique } from './flat.ts';
import { type CitedDocument, type ExportContext, type Exported, textFormat } from './format.ts';

/** A FollowTheMoney entity: every property has several values, which is how it holds what reports disagree on. */
interface Entity {
  readonly id: string;
  readonly schema: string;
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

/**
 * FollowTheMoney entities, one a line: Event, beside it Call or Sanction where the act is one, and when first met the
 * actors and the Articles. An actor met again under another name comes again with the same id, as a fragment; Aleph's
 * loader and `ftm aggregate` join them.
 */
export const ftm = textFormat(
  {
    name: 'ftm',
    summary: 'FollowTheMoney entities, one JSON object a line, for OpenAleph',
    file: { name: 'entities', ending: 'ftm.json', media: 'application/jsonl' },
  },
  (context) => {
    const written = new Set<string>();
    return {
      add: (exported) => {
        let lines = '';
        for (const entity of entitiesOf(exported, context)) {
          const line = `${JSON.stringify(entity)}\n`;
          // An event comes once; who is in it and who tells it come again and again.
          if (!entity.id.startsWith('readout-event-')) {
            const mark = hashOf(line);
            if (written.has(mark)) continue;
            written.add(mark);
          }
          lines += line;
        }
        return lines;
      },
    };
  },
);

function entitiesOf({ event, documents }: Exported, context: ExportContext): readonly Entity[] {
  const others = event.others.map(({ value }) => value);
  const actors = [...event.actors, ...event.recipients].map(({ value }) => value);
  const ids = unique(event.claims.map((claim) => claim.document));
  const about = aboutEvent(event, documents);
  const time = timeOfEvent(event);
  const hosts = others.filter(({ role }) => role === 'host').map(({ actor }) => actorId(actor));
  return [
    ...ids.map((id) => article(event.claims.find((claim) => claim.document === id)!, documents.get(id))),
    ...[...actors, ...others.map(({ actor }) => actor)].map((actor) => actorEntity(actor, context)),
    entity(`readout-event-${event.id}`, 'Event', {
      name: [
        event.status.settled === 'happened' ? headlineOf(event) : `${headlineOf(event)} [${event.status.settled}]`,
      ],
      ...about,
      involved: [...actors, ...others.filter(({ role }) => role !== 'host').map(({ actor }) => actor)].map(actorId),
      organizer: hosts,
      location: event.where.told.map(({ value }) => value.name),
      country: event.where.told.flatMap(({ value }) => alpha2(value.country, context)),
      keywords: [
        ...[event.type, ...event.mode.map(({ value }) => value)],
        ...event.status.told.map(({ value }) => value),
        ...event.issues.map(({ value }) => value),
      ],
      notes: [
        ...(time === undefined ? [] : [`Time of day: ${time.words}`]),
        ...event.disagreements.map(
          ({ field, values }) => `Reports disagree on ${field}: ${values.map(({ value }) => value).join(' / ')}`,
        ),
      ],
      proof: ids.map(articleId),
    }),
    ...callOf(event, about),
    ...sanctionsOf(event, about, context),
  ];
}

/** What `Event`, `Call` and `Sanction` have in common: the properties of `Interval`. */
function aboutEvent(event: Event, documents: ReadonlyMap<string, CitedDocument>) {
  const when = event.when.settled;
  return {
    date: event.when.told.flatMap(({ value }) => dateOf(value)),
    startDate: when?.earliest == null || when.earliest === when.latest ? [] : [when.earliest],
    endDate: when?.latest == null || when.earliest === when.latest ? [] : [when.latest],
    summary: event.claims.map((claim) => claim.sentence),
    recordId: [event.id],
    publisher: event.claims.flatMap((claim) => claim.outlet ?? []),
    sourceUrl: event.claims.flatMap((claim) => documents.get(claim.document)?.url ?? []),
  };
}

/** A date as FollowTheMoney has it: a day, a month or a year; what is none of them stands in start and end alone. */
function dateOf({ earliest, latest, precision }: ToldWhen): readonly string[] {
  if (earliest === null || latest === null) return [];
  if (earliest === latest) return [earliest];
  if (precision === 'month' && earliest.slice(0, 7) === latest.slice(0, 7)) return [earliest.slice(0, 7)];
  return precision === 'year' && earliest.slice(0, 4) === latest.slice(0, 4) ? [earliest.slice(0, 4)] : [];
}

/** A conversation by phone or video. Who called whom is told only where there is a recipient; else all are both. */
function callOf(event: Event, about: ReturnType<typeof aboutEvent>): readonly Entity[] {
  const { settled } = event.medium;
  if (event.type !== 'CONSULT' || (settled !== 'phone' && settled !== 'video')) return [];
  const actors = event.actors.map(({ value }) => actorId(value));
  const recipients = event.recipients.map(({ value }) => actorId(value));
  return [
    entity(`readout-call-${event.id}`, 'Call', {
      ...about,
      caller: actors,
      receiver: recipients.length === 0 ? actors : recipients,
      duration: event.duration.told.flatMap(({ value }) => secondsOf(value) ?? []),
    }),
  ];
}

function secondsOf(duration: string): string | undefined {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
  return String(hours * 3600 + minutes * 60 + seconds);
}

/** Measures against someone, where they have been taken: not expulsions, recalls and convictions, which PLOVER calls SANCTION too. */
function sanctionsOf(event: Event, about: ReturnType<typeof aboutEvent>, context: ExportContext): readonly Entity[] {
  const modes = event.mode.map(({ value }) => value);
  const taken = event.status.settled === 'happened' || event.status.settled === 'ongoing';
  if (event.type !== 'SANCTION' || !taken || modes.some((mode) => mode !== 'discontinue')) return [];
  if (event.recipients.length === 0) return [];
  const actors = event.actors.map(({ value }) => value);
  return [
    entity(`readout-sanction-${event.id}`, 'Sanction', {
      ...about,
      entity: event.recipients.map(({ value }) => actorId(value)),
      authority: actors.map(({ name }) => name),
      country: actors.flatMap(({ country }) => alpha2(country, context)),
      reason: event.issues.map(({ value }) => value),
      duration: event.duration.told.map(({ value }) => value),
    }),
  ];
}

const SCHEMATA: Readonly<Record<ToldActor['kind'], string>> = {
  person: 'Person',
  state: 'PublicBody',
  body: 'Organization',
  group: 'Organization',
  company: 'Company',
  media: 'Organization',
  unknown: 'LegalEntity',
};

const OF_THE_STATE: readonly string[] = ['GOV', 'MIL', 'LEG', 'JUD', 'SPY', 'COP'];

function actorEntity(actor: ToldActor, context: ExportContext): Entity {
  const { kind, name, country, office, sector, wikidata } = actor;
  const publicBody = kind === 'body' && sector.some((one) => OF_THE_STATE.includes(one));
  return entity(actorId(actor), publicBody ? 'PublicBody' : SCHEMATA[kind], {
    name: [name],
    wikidataId: wikidata === null ? [] : [wikidata],
    country: alpha2(country, context),
    sector,
    position: kind !== 'person' || office === null ? [] : [office],
  });
}

/** The same actor has the same id in every event: by Wikidata, else by kind, country and name. */
function actorId({ kind, party, country, name, wikidata }: ToldActor): string {
  return `readout-actor-${wikidata ?? hashOf(`${kind}/${country ?? party}/${kind === 'state' ? party : fold(name)}`)}`;
}

function article(claim: EventClaim, document: CitedDocument | undefined): Entity {
  return entity(articleId(claim.document), 'Article', {
    name: [claim.title ?? claim.document],
    title: claim.title === null ? [] : [claim.title],
    fileName: [`${claim.document}.txt`],
    publishedAt: claim.published === null ? [] : [claim.published.from],
    publisher: claim.outlet === null ? [] : [claim.outlet],
    sourceUrl: document?.url == null ? [] : [document.url],
    language: ['eng'],
  });
}

function articleId(document: string): string {
  return `readout-document-${document}`;
}

function alpha2(country: string | null, { countries }: ExportContext): readonly string[] {
  const code = countries.get(country ?? '')?.alpha2;
  return code == null ? [] : [code.toLowerCase()];
}

/** An entity; properties without a value are left out, values stand once. */
function entity(id: string, schema: string, properties: Readonly<Record<string, readonly string[]>>): Entity {
  return {
    id,
    schema,
    properties: Object.fromEntries(
      Object.entries(properties).flatMap(([name, values]) => {
        const told = unique(values.filter((value) => value !== ''));
        return told.length === 0 ? [] : [[name, told]];
      }),
    ),
  };
}
