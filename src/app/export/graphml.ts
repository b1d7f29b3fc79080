import { isJoint } from '../../events/ontology.ts';
import { placedOn } from '../../record/event.ts';
import { actOf, headlineOf } from '../../record/headline.ts';
import { timeOfEvent } from '../../record/hours.ts';
import { isState } from '../../record/party.ts';
import type { ToldActor } from '../../record/telling.ts';
import { citationLine } from './cite.ts';
import { unique } from './flat.ts';
import { type ExportContext, type Exported, textFormat } from './format.ts';
import { type Dyad, dyadsOf } from './sides.ts';

/** The attributes of nodes and edges, each with its GraphML type. */
const NODE_KEYS = { label: 'string', kind: 'string', country: 'string', wikidata: 'string' } as const;
const EDGE_KEYS = {
  ...{ event: 'string', label: 'string', act: 'string', type: 'string', modes: 'string', status: 'string' },
  ...{
    quad: 'int',
    scale: 'double',
    date: 'string',
    earliest: 'string',
    latest: 'string',
    time: 'string',
    place: 'string',
  },
  ...{ issues: 'string', reports: 'int', origins: 'int', outlets: 'string', disputed: 'boolean' },
  joint: 'boolean',
} as const;

/**
 * A graph of who did what to whom: a node a party, an edge a pair of parties in an event. What parties do together stands
 * both ways and is `joint`: NetworkX and igraph read no graph that mixes edges with and without a direction. A node stands
 * before its first edge, so one pass is enough.
 */
export const graphml = textFormat(
  {
    name: 'graphml',
    summary: 'a graph: parties as nodes, what passed between two of them as edges',
    file: { name: 'graph', ending: 'graphml', media: 'application/graphml+xml' },
  },
  (context) => {
    const met = new Set<string>();
    return {
      begin: [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
        ...(context.cite ? [`<desc>${xml(citationLine(context.citation))}</desc>`] : []),
        ...keys('node', NODE_KEYS),
        ...keys('edge', EDGE_KEYS),
        '<graph id="record" edgedefault="directed">\n',
      ].join('\n'),
      add: (exported, leaveOut) => {
        const dyads = dyadsOf(exported.event).filter(({ actor, recipient }) => actor && recipient);
        if (dyads.length === 0) leaveOut('with fewer than two parties');
        let text = '';
        for (const dyad of dyads) {
          for (const actor of [dyad.actor!, dyad.recipient!]) {
            if (met.has(actor.party)) continue;
            met.add(actor.party);
            text += node(actor, context);
          }
          text += edge(exported, dyad);
        }
        return text;
      },
      end: () => '</graph>\n</graphml>\n',
    };
  },
);

function keys(of: 'node' | 'edge', types: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(types).map(
    ([name, type]) => `<key id="${of}_${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`,
  );
}

function node(actor: ToldActor, { countries }: ExportContext): string {
  const state = isState(actor.party);
  return `<node id="${xml(actor.party)}">${data('node', {
    label: state ? (countries.get(actor.party)?.name ?? actor.party) : actor.name,
    kind: state ? 'state' : actor.kind,
    country: state ? actor.party : actor.country,
    wikidata: state ? (countries.get(actor.party)?.wikidata ?? null) : actor.wikidata,
  })}</node>\n`;
}

function edge({ event }: Exported, { actor, recipient }: Dyad): string {
  const ends = `source="${xml(actor!.party)}" target="${xml(recipient!.party)}"`;
  const id = `${event.id}/${actor!.party}/${recipient!.party}`;
  return `<edge id="${xml(id)}" ${ends}>${data('edge', {
    event: event.id,
    label: headlineOf(event),
    act: actOf(event),
    type: event.type,
    modes: event.mode.map(({ value }) => value).join('; '),
    status: event.status.settled,
    quad: event.quad,
    scale: event.scale,
    date: placedOn(event),
    earliest: event.when.settled?.earliest ?? null,
    latest: event.when.settled?.latest ?? null,
    time: timeOfEvent(event)?.words ?? null,
    place: event.where.settled?.name ?? null,
    issues: event.issues.map(({ value }) => value).join('; '),
    reports: new Set(event.claims.map((claim) => claim.document)).size,
    origins: event.origins,
    outlets: unique(event.claims.flatMap((claim) => claim.outlet ?? [])).join('; '),
    disputed: event.disagreements.length > 0,
    joint: isJoint(event.type),
  })}</edge>\n`;
}

function data(of: 'node' | 'edge', values: Readonly<Record<string, string | number | boolean | null>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `<data key="${of}_${name}">${xml(String(value))}</data>`)
    .join('');
}

/** Text for XML 1.0, in elements and quoted attributes; what XML cannot hold becomes U+FFFD. */
function xml(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replace(/[\t\n\r]/g, ' ')
  );
}
