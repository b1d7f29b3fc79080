import { readFileSync } from 'node:fs';
import type { ExportContext, Exported, Format } from '../src/app/export/format.ts';
import type { Claim } from '../src/events/reading.ts';
import { type Event, eventOf } from '../src/record/event.ts';
import { mergeTellings } from '../src/record/merge.ts';
import { tellingsOf } from '../src/record/telling.ts';
import { openCountries } from '../src/world/country.ts';
import { type Story, storyReading } from './story.ts';
import { SUMMIT } from './summit.ts';

const COUNTRIES = new Map(
  openCountries(readFileSync(new URL('../data/countries.tsv', import.meta.url), 'utf8'))
    .rows()
    .map((country) => [country.code, country]),
);

/** The events of stories as exports get them; documents have an address where `urls` names their outlet. */
export function exportedOf(
  stories: readonly Story[],
  urls: Readonly<Record<string, string>> = {},
): readonly Exported[] {
  const events = mergeTellings(stories.flatMap((story) => tellingsOf(storyReading(story)))).map((one) => eventOf(one));
  return events.map((event) => exportedEvent(event, urls));
}

/** One event as exports get it. */
export function exportedEvent(event: Event, urls: Readonly<Record<string, string>> = {}): Exported {
  const documents = event.claims.map(({ document, title, outlet, published }) => {
    const url = urls[outlet ?? ''] ?? null;
    return [document, { id: document, title, outlet, url, published }] as const;
  });
  return { event, documents: new Map(documents), assaults: new Set() };
}

/** The events of the summit, in the order of a chronology; the Harbour Post has an address, Geneva coordinates. */
export const SUMMIT_EXPORTED: readonly Exported[] = exportedOf(SUMMIT, {
  'Harbour Post': 'https://www.harbour-post.example/story',
}).map((exported) => {
  const { event } = exported;
  const geneva = { geonames: 2660646, lat: 46.2, lon: 6.15 };
  const where = {
    settled: event.where.settled === null ? null : { ...event.where.settled, ...geneva },
    told: event.where.told.map((told) => ({ ...told, value: { ...told.value, ...geneva } })),
  };
  return { ...exported, event: { ...event, where } };
});

/** An event of one report in which Chad does `type` to Mali, of a status. */
export function actOf(
  type: Claim['event'],
  status: Claim['status'],
  more: Partial<Story['claims'][number]> & { readonly words?: string } = {},
): Exported {
  const { words = 'a thing', ...claim } = more;
  const text = `Chad did ${words} to Mali on May 2 in Lagos, officials said.`;
  const story: Story = {
    outlet: 'Outlet',
    published: '2020-05-03',
    text,
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Mali', country: 'MLI', kind: 'state' },
    ],
    claims: [
      {
        ...{ sentence: text, trigger: 'did', event: type, actors: ['Chad'], recipients: ['Mali'], status },
        when: ['2020-05-02', 'May 2'],
        ...claim,
      },
    ],
  };
  return exportedOf([story])[0]!;
}

/** What exporting gave: each file's bytes, and why events were left out. */
export interface Written {
  readonly bytes: readonly Uint8Array[];
  readonly texts: readonly string[];
  readonly leftOut: readonly string[];
}

/** Exports events in memory, on 1 February 2032, by a Readout 0.0.0. */
export async function writeAll(
  format: Format,
  exported: readonly Exported[],
  options: { readonly cite?: boolean; readonly filter?: string } = {},
): Promise<Written> {
  const context: ExportContext = {
    citation: {
      maker: { version: '0.0.0', core: '1f2e3d4c' },
      date: '2032-02-01',
      filter: options.filter ?? '',
    },
    cite: options.cite ?? false,
    countries: COUNTRIES,
  };
  const writer = await format.open(context);
  const files: Buffer[][] = format.files.map(() => []);
  const leftOut: string[] = [];
  const put = (pieces: readonly (string | Uint8Array)[]) => {
    for (const [index, piece] of pieces.entries()) files[index]!.push(Buffer.from(piece as string));
  };
  for (const one of exported) put(writer.add(one, (why) => leftOut.push(why)));
  put(writer.end(exported.length));
  const bytes = files.map((pieces) => Buffer.concat(pieces));
  return { bytes, texts: bytes.map((one) => one.toString('utf8')), leftOut };
}

/** The lines of a text that ends its last one. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new TypeError('The last line has no end.');
  return text.slice(0, -1).split('\n');
}
