import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force';
import { busiestDyads, type Dyad, LOOKED_AT } from '../../record/dyads.ts';
import type { EventFilter } from '../../record/find.ts';
import type { Store } from '../../record/store.ts';
import { cell } from '../layout.ts';
import { actorAddress, dyadAddress } from './addresses.ts';
import { askAgain, askedTitle, filterAsked, filterForm } from './asked.ts';
import { addAddress, asJson, tableForms } from './forms.ts';
import { type Html, html } from './html.ts';
import { countWords } from './lines.ts';
import { namesOfParties } from './names.ts';
import { remembered } from './remembered.ts';
import type { AddPage, PageCall } from './show.ts';

/** Who deals with whom. */
export interface NetworkView {
  readonly states: readonly { readonly code: string; readonly name: string; readonly events: number }[];
  /** The pairs of states that have most to do with each other, the busiest first. */
  readonly dyads: readonly Dyad[];
  /** False where more events pass than are counted one by one: then those are the earliest of them. */
  readonly complete: boolean;
}

const DYADS = 60;

/** `/network`: states and what passes between them, and the same as a table. */
export const addNetworkPages: AddPage = (app, site, show) => {
  addAddress<NetworkView>(app, site, show, {
    path: '/network',
    load: async (call) => networkOf(site.store, await filterAsked(queryOf(call), site.store)),
    page: async (view, call) => ({
      title: await askedTitle('Network', queryOf(call), site.store),
      place: '/network',
      main: networkMain(view, await filterForm('/network', queryOf(call), site.store)),
    }),
    problem: (error, call) =>
      askAgain(error, { title: 'Network', path: '/network', query: queryOf(call), store: site.store }),
    forms: {
      json: asJson,
      ...tableForms('Network', ['one', 'two', 'events', 'of conflict'], ({ dyads }) =>
        dyads.map(({ one, two, events, conflict }) =>
          [one, two, String(events), String(conflict)].map((text) => cell(text)),
        ),
      ),
    },
  });
};

function queryOf(call: PageCall): URLSearchParams {
  return new URL(call.req.url).searchParams;
}

/** The pairs of states that have most to do with each other in the events that pass a filter, counted once for all pages. */
export async function networkOf(store: Store, filter: EventFilter = {}): Promise<NetworkView> {
  return remembered(store, `network ${JSON.stringify(filter)}`, () => loadNetwork(store, filter));
}

async function loadNetwork(store: Store, filter: EventFilter): Promise<NetworkView> {
  const { dyads, complete } = await busiestDyads(store.engine, DYADS, filter);
  const events = new Map<string, number>();
  for (const { one, two, events: count } of dyads) {
    for (const code of [one, two]) events.set(code, (events.get(code) ?? 0) + count);
  }
  const names = await namesOfParties(store, [...events.keys()]);
  const states = [...events].map(([code, count]) => ({ code, name: names.get(code) ?? code, events: count }));
  return { states: states.sort((a, b) => b.events - a.events || (a.code < b.code ? -1 : 1)), dyads, complete };
}

function networkMain(view: NetworkView, form: Html): Html {
  const { states, dyads, complete } = view;
  if (dyads.length === 0) {
    return html`<h1>Network</h1>
${form}
<p class="soft">No two states have part in one event that fits.</p>`;
  }
  const names = new Map(states.map(({ code, name }) => [code, name]));
  const pairOf = (dyad: Dyad) => pairWords(dyad, names);
  return html`<h1>Network</h1>
${form}
<p class="soft">${dyads.length === DYADS ? `The ${DYADS} pairs of states that have most to do with each other` : 'The pairs of states that have to do with each other'}${complete ? '.' : `, counted in the first ${LOOKED_AT.toLocaleString('en-US')} events that fit.`}</p>
<figure class="network">${DRAWINGS.map((size) => drawing(view, pairOf, size))}
<figcaption><svg class="key line" viewBox="0 0 30 10" aria-hidden="true"><line class="share0" x1="0" y1="5" x2="30" y2="5" stroke-width="3"/></svg> mostly cooperation <svg class="key line" viewBox="0 0 30 10" aria-hidden="true"><line class="share4 against" x1="0" y1="5" x2="30" y2="5" stroke-width="3"/></svg> dashed: mostly conflict, in words or deeds. The thicker, the more events.</figcaption></figure>
<h2>Pairs</h2>
${pairTable(view, dyadAddress)}`;
}

/** Pairs of states with how many events they have part in, each leading somewhere. */
export function pairTable({ states, dyads }: NetworkView, address: (one: string, two: string) => string): Html {
  const names = new Map(states.map(({ code, name }) => [code, name]));
  const rows = dyads.map(
    (dyad) =>
      html`<tr><th scope="row"><a href="${address(dyad.one, dyad.two)}">${pairWords(dyad, names)}</a></th><td class="number">${dyad.events.toLocaleString('en-US')}</td><td class="number">${percentOf(dyad)}%</td></tr>\n`,
  );
  return html`<table class="tight"><thead><tr><th scope="col">states</th><th scope="col" class="number">events</th><th scope="col" class="number">of conflict</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function pairWords({ one, two }: Dyad, names: ReadonlyMap<string, string>): string {
  return `${names.get(one) ?? one} and ${names.get(two) ?? two}`;
}

function percentOf({ events, conflict }: Dyad): number {
  return Math.round((100 * conflict) / events);
}

/** A drawing in its own units, of which letters are so many high on a page. */
interface Drawing {
  readonly name: 'broad' | 'narrow';
  readonly width: number;
  readonly height: number;
  /** Radii of a circle: a code fits into the smallest. */
  readonly smallest: number;
  readonly largest: number;
  /** How long a line is where nothing else pulls. */
  readonly length: number;
}

/** The style shows the one that the window has room for: a phone's is drawn upright, so that nothing lies beside it. */
const DRAWINGS: readonly Drawing[] = [
  { name: 'broad', width: 1000, height: 640, smallest: 18, largest: 31, length: 95 },
  { name: 'narrow', width: 400, height: 600, smallest: 16, largest: 25, length: 60 },
];
const MARGIN = 42;
const TICKS = 300;

interface Node extends SimulationNodeDatum {
  readonly code: string;
  readonly radius: number;
}

function drawing({ states, dyads }: NetworkView, pairOf: (dyad: Dyad) => string, size: Drawing): Html {
  const mostOf = Math.max(...states.map(({ events }) => events));
  const most = Math.max(...dyads.map(({ events }) => events));
  const radiusOf = (events: number) => size.smallest + (size.largest - size.smallest) * Math.sqrt(events / mostOf);
  const nodes = states.map(({ code, events }): Node => ({ code, radius: radiusOf(events) }));
  place(nodes, dyads, { most, ...size });
  const nodeOf = new Map(nodes.map((node) => [node.code, node]));
  const at = (number: number | undefined) => (number ?? 0).toFixed(1);
  const edges = dyads.toReversed().map((dyad) => {
    const [one, two] = [nodeOf.get(dyad.one)!, nodeOf.get(dyad.two)!];
    const share = dyad.conflict / dyad.events;
    const width = (1.2 + 7 * Math.sqrt(dyad.events / most)).toFixed(1);
    const title = `${pairOf(dyad)}: ${countWords(dyad.events)}, ${percentOf(dyad)}% of conflict`;
    return html`<a href="${dyadAddress(dyad.one, dyad.two)}" tabindex="-1"><line class="share${Math.min(4, Math.floor(share * 5))}${share > 0.5 && ' against'}" x1="${at(one.x)}" y1="${at(one.y)}" x2="${at(two.x)}" y2="${at(two.y)}" stroke-width="${width}"><title>${title}</title></line></a>
`;
  });
  const circles = states.map(({ code, name, events }) => {
    const { x, y, radius } = nodeOf.get(code)!;
    return html`<a href="${actorAddress(code)}" tabindex="-1"><circle cx="${at(x)}" cy="${at(y)}" r="${radius.toFixed(1)}"><title>${name}: ${countWords(events)}</title></circle><text x="${at(x)}" y="${at((y ?? 0) + 4.5)}">${code}</text>${size.name === 'broad' && html`<text class="name" x="${at(x)}" y="${at((y ?? 0) + radius + 12)}" aria-hidden="true">${name}</text>`}</a>
`;
  });
  return html`<svg class="states ${size.name}" viewBox="0 0 ${size.width} ${size.height}" role="group" aria-label="States as circles, what passes between them as lines; the table below has the same">
${edges}${circles}</svg>`;
}

/** Gives nodes their places. Nothing in it is left to chance: d3-force starts from a spiral and draws from a fixed sequence. */
function place(
  nodes: Node[],
  dyads: readonly Dyad[],
  { most, width, height, length }: Drawing & { readonly most: number },
): void {
  const links = dyads.map(({ one, two, events }): SimulationLinkDatum<Node> & { readonly pull: number } => ({
    source: nodes.find(({ code }) => code === one)!,
    target: nodes.find(({ code }) => code === two)!,
    pull: Math.sqrt(events / most),
  }));
  forceSimulation(nodes)
    .force(
      'link',
      forceLink<Node, (typeof links)[number]>(links)
        .distance(length)
        .strength(({ pull }) => 0.15 + 0.5 * pull),
    )
    .force('apart', forceManyBody().strength(-4.6 * length))
    .force('across', forceX().strength((0.07 * height) / Math.max(width, height)))
    .force('down', forceY().strength((0.07 * width) / Math.max(width, height)))
    .force(
      'room',
      forceCollide<Node>(({ radius }) => radius + 5),
    )
    .stop()
    .tick(TICKS);
  const range = (values: readonly number[], room: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    // Never drawn larger than it was laid out: two states alone do not fill the page.
    const scale = Math.min(1.4, (room - 2 * MARGIN) / Math.max(1, high - low));
    return (value: number) => room / 2 + (value - (low + high) / 2) * scale;
  };
  const across = range(
    nodes.map(({ x }) => x ?? 0),
    width,
  );
  const down = range(
    nodes.map(({ y }) => y ?? 0),
    height,
  );
  for (const node of nodes) {
    node.x = across(node.x ?? 0);
    node.y = down(node.y ?? 0);
  }
}
