import { defaultModel, Model } from '@alephdata/followthemoney';
import { check } from '@placemarkio/check-geojson';
import { MultiDirectedGraph } from 'graphology';
import { parse as parseGraphml } from 'graphology-graphml';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { actOf, exportedEvent, linesOf, SUMMIT_EXPORTED, writeAll } from '../../../test/exported.ts';
import { placedOn } from '../../record/event.ts';
import type { Exported } from './format.ts';
import { FORMATS } from './formats.ts';
import { ftm } from './ftm.ts';
import { geojson } from './geojson.ts';
import { graphml } from './graphml.ts';
import { jsonl } from './jsonl.ts';
import { PARQUET_COLUMNS, parquet } from './parquet.ts';
import { plover } from './plover.ts';

const summit = SUMMIT_EXPORTED.find(({ event }) => event.type === 'CONSULT' && event.claims.length > 2)!;
const call = SUMMIT_EXPORTED.find(({ event }) => event.medium.settled === 'phone')!;
const threat = SUMMIT_EXPORTED.find(({ event }) => event.type === 'THREATEN')!;

const objectsOf = async (...args: Parameters<typeof writeAll>) =>
  linesOf((await writeAll(...args)).texts[0]!).map((line) => JSON.parse(line));

describe('jsonl', () => {
  test('is the events themselves, with their documents', async () => {
    const lines = await objectsOf(jsonl, SUMMIT_EXPORTED);
    expect(lines).toEqual(
      SUMMIT_EXPORTED.map(({ event, documents }) => ({ ...event, documents: [...documents.values()] })),
    );
  });
});

describe('plover', () => {
  // The fields of the manual's draft 2.0, chapter "Data Fields".
  // biome-ignore format: a list reads best in rows
  const FIELDS = {
    event: ['id', 'has_event', 'date', 'time', 'enddate', 'endtime', 'actor', 'recipient', 'event', 'event_loc', 'event_text', 'quad_code', 'event_scale', 'mode', 'context', 'link', 'text', 'text_info', 'cite_info', 'coder', 'coded_date', 'coded_time', 'comment', 'size'],
    entity: ['code', 'sector', 'entity_text', 'identifier_id', 'identifier_text', 'religion', 'ethnicity', 'office', 'gender', 'age'],
    text_info: ['sequence', 'start', 'end', 'text_story'],
    size: ['dead', 'injured', 'arrested'],
    cite_info: ['corpus', 'citation', 'url', 'title', 'language', 'publication', 'license', 'copyright', 'coder', 'codebook', 'version'],
    location: ['extracted_place', 'resolved_place', 'geonameid', 'lat', 'lon', 'city', 'district', 'province', 'country', 'country_code', 'feature_class', 'feature_code', 'resolution'],
  };

  test('has every field of every object of the manual, and the event itself no other', async () => {
    const [record] = await objectsOf(plover, [summit]);
    expect(Object.keys(record).sort()).toEqual(FIELDS.event.toSorted());
    for (const entity of record.actor) expect(Object.keys(entity)).toEqual(FIELDS.entity);
    expect(Object.keys(record.event_loc)).toEqual(FIELDS.location);
    for (const name of ['text_info', 'size', 'cite_info'] as const) {
      expect(Object.keys(record[name])).toEqual(expect.arrayContaining(FIELDS[name]));
    }
  });

  test('a joint event lists its parties as actors', async () => {
    const [record] = await objectsOf(plover, [summit]);
    expect(record).toMatchObject({
      ...{ id: summit.event.id, has_event: true, date: '2021-06-16', enddate: null, event: ['CONSULT'], quad_code: 1 },
      actor: [
        { code: 'FIN', sector: 'GOV', entity_text: 'Aino Aalto' },
        { code: 'NOR', sector: 'GOV', entity_text: 'Nils Berg' },
      ],
      recipient: [],
      event_loc: { city: 'Geneva', country: 'Switzerland', country_code: 'CHE', geonameid: 2660646, resolution: 4 },
      comment: 'duration: 2 hours; reports disagree on duration: 2 hours / 3 hours',
    });
    expect(record.event_text).toHaveLength(summit.event.claims.length);
    expect(record.text_info.more).toHaveLength(summit.event.claims.length - 1);
    expect(record.cite_info.more.map((cite: { url: string | null }) => cite.url)).toContain(
      'https://www.harbour-post.example/story',
    );
  });

  test('spans point at the words', async () => {
    const { event } = summit;
    const [record] = await objectsOf(plover, [summit]);
    const claim = event.claims[0]!;
    expect(record.text_info).toMatchObject({ document: claim.document, text_story: [claim.sentence] });
    const { start, trigger } = record.text_info;
    expect(claim.sentence.slice(trigger.start - start, trigger.end - start)).toBe(claim.trigger);
  });

  test('marks what is denied or hoped in the context, and leaves nothing but the undated out', async () => {
    const { texts, leftOut } = await writeAll(plover, [
      actOf('ASSAULT', 'denied'),
      ...SUMMIT_EXPORTED,
      exportedEvent({ ...threat.event, claims: [{ ...threat.event.claims[0]!, published: null }] }),
    ]);
    const records = linesOf(texts[0]!).map((line) => JSON.parse(line));
    expect(records[0]).toMatchObject({ event: ['ASSAULT'], context: ['negation'] });
    expect(records.map(({ context }) => context)).toContainEqual(['hypothetical']);
    expect(new Set(leftOut)).toEqual(new Set(['undated']));
  });

  test('counts the dead apart from other figures', async () => {
    const killed = actOf('ASSAULT', 'happened', {
      words: 'killed 12 soldiers',
      trigger: 'killed',
      figure: [12, 'soldiers', '12 soldiers'],
    });
    const [record] = await objectsOf(plover, [killed]);
    expect(record.size).toEqual({ dead: 12, injured: null, arrested: null });
  });

  test('carries the citation where it is asked for', async () => {
    const [bare] = await objectsOf(plover, [summit]);
    const [cited] = await objectsOf(plover, [summit], { cite: true, filter: 'type CONSULT' });
    expect(bare.cite_info.citation).toBeNull();
    expect(cited.cite_info.citation).toBe(
      'Readout 0.0.0, English core 1f2e3d4c, record of 2032-02-01, filter: type CONSULT',
    );
  });
});

describe('ftm', () => {
  const model = new Model(defaultModel);

  test('has only schemata and properties of the model, values of entities that are there', async () => {
    const sanctions = actOf('SANCTION', 'happened', { mode: ['discontinue'] });
    const entities = await objectsOf(ftm, [...SUMMIT_EXPORTED, sanctions]);
    const schemata = new Map(entities.map(({ id, schema }) => [id, schema]));
    expect(new Set(schemata.values())).toEqual(
      new Set(['Article', 'Person', 'PublicBody', 'Event', 'Call', 'Sanction']),
    );
    for (const { id, schema: name, properties } of entities) {
      const schema = model.getSchema(name);
      expect(id).toMatch(/^readout-[a-z]+-\w+$/);
      for (const required of schema.required) expect(properties, name).toHaveProperty(required);
      for (const [property, values] of Object.entries(properties) as [string, string[]][]) {
        const told = schema.getProperty(property)!;
        for (const value of values) {
          expect(value, `${name}.${property}`).toEqual(expect.any(String));
          if (told.type.name === 'date') expect(value).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/);
          if (told.type.name === 'country') expect(value).toMatch(/^[a-z]{2}$/);
          if (told.type.name !== 'entity') continue;
          const met = schemata.get(value);
          expect(met, `${name}.${property} ${value}`).toBeDefined();
          expect(model.getSchema(met!).isA(told.getRange()), `${name}.${property}: ${met}`).toBe(true);
        }
      }
      expect(model.getEntity({ id, schema: name, properties }).getProperties().length).toBe(
        Object.keys(properties).length,
      );
    }
  });

  test('holds what reports disagree on side by side', async () => {
    const entities = await objectsOf(ftm, [summit]);
    expect(entities.find(({ schema }) => schema === 'Event').properties).toMatchObject({
      date: ['2021-06-16', '2021-06'],
      location: ['Geneva'],
      country: ['ch'],
      notes: ['Reports disagree on duration: 2 hours / 3 hours'],
      keywords: expect.arrayContaining(['CONSULT', 'happened', 'planned']),
    });
  });

  test('a call by phone is a Call too', async () => {
    const entities = await objectsOf(ftm, [call]);
    expect(entities.find(({ schema }) => schema === 'Call').properties).toMatchObject({ date: ['2021-12-07'] });
  });
});

describe('geojson', () => {
  test('is a valid collection of the events that have coordinates, cited at its end', async () => {
    const { texts, leftOut } = await writeAll(geojson, SUMMIT_EXPORTED, { cite: true });
    const collection = check(texts[0]!) as unknown as {
      features: { id: string; geometry: unknown }[];
      citation: string;
    };
    expect(collection.features.map(({ id }) => id)).toEqual([summit.event.id]);
    expect(collection.features[0]?.geometry).toEqual({ type: 'Point', coordinates: [6.15, 46.2] });
    expect(collection.citation).toContain(`${SUMMIT_EXPORTED.length} events`);
    expect(leftOut).toHaveLength(SUMMIT_EXPORTED.length - 1);
  });

  test('of nothing is a valid collection', async () => {
    expect(check((await writeAll(geojson, [])).texts[0]!)).toMatchObject({ features: [] });
  });
});

describe('graphml', () => {
  const readGraph = (text: string) => parseGraphml(MultiDirectedGraph, text, { addMissingNodes: false });

  test('is read back: parties as nodes, joint acts both ways', async () => {
    const { texts, leftOut } = await writeAll(graphml, SUMMIT_EXPORTED, { cite: true });
    const graph = readGraph(texts[0]!);
    expect(graph.nodes().sort()).toEqual(['FIN', 'NOR']);
    expect(graph.getNodeAttributes('FIN')).toEqual({
      label: 'Finland',
      kind: 'state',
      country: 'FIN',
      wikidata: 'Q33',
    });
    const edges = graph.mapEdges(
      (_, attributes, source, target): Record<string, unknown> => ({ ...attributes, source, target }),
    );
    expect(edges.filter((edge) => edge['event'] === summit.event.id)).toEqual([
      expect.objectContaining({
        source: 'FIN',
        target: 'NOR',
        type: 'CONSULT',
        joint: true,
        scale: 2.5,
        disputed: true,
      }),
      expect.objectContaining({ source: 'NOR', target: 'FIN', quad: 1, date: '2021-06-16', reports: 5 }),
    ]);
    expect(edges.filter((edge) => edge['type'] === 'SANCTION')).toEqual([
      expect.objectContaining({ source: 'NOR', target: 'FIN', modes: 'expel', joint: false }),
    ]);
    expect(leftOut).toEqual([]);
    expect(texts[0]).toContain('<desc>Readout 0.0.0, English core 1f2e3d4c, record of 2032-02-01, no filter</desc>');
  });

  test('stands whatever is in a report', async () => {
    const odd = { name: `"<Ada & Co>\u0001\ud800'`, party: '~"<ada>' };
    const { event } = actOf('AID', 'happened');
    const actors = [{ ...event.actors[0]!, value: { ...event.actors[0]!.value, ...odd, kind: 'group' as const } }];
    const { texts } = await writeAll(graphml, [exportedEvent({ ...event, actors })]);
    expect(readGraph(texts[0]!).getNodeAttribute('~"<ada>', 'label')).toBe('"<Ada & Co>\ufffd\ufffd\'');
  });
});

describe('parquet', () => {
  const dayOf = (event: Exported['event']) => {
    const day = placedOn(event);
    return day === null ? null : new Date(`${day}T00:00:00Z`);
  };
  /** hyparquet gives `undefined` for a group of fields that is null. */
  const nulled = (value: unknown): unknown => {
    if (value === undefined) return null;
    if (Array.isArray(value)) return value.map(nulled);
    if (value === null || typeof value !== 'object' || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, nulled(inner)]));
  };
  const readRows = async (bytes: Uint8Array, columns = Object.keys(PARQUET_COLUMNS)) => {
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer, columns });
    return rows.map((row) => nulled(row) as Record<string, unknown>);
  };

  test('is read back as the very events, with the day and the documents', async () => {
    const { bytes } = await writeAll(parquet, SUMMIT_EXPORTED);
    const rows = await readRows(bytes[0]!);
    expect(rows).toEqual(
      SUMMIT_EXPORTED.map(({ event, documents }) => ({
        date: dayOf(event),
        ...event,
        documents: [...documents.values()],
      })),
    );
    expect(rows.find((row) => row['id'] === summit.event.id)?.['date']).toEqual(new Date('2021-06-16T00:00:00Z'));
  });

  test('is written a row group at a time, and holds its citation', async () => {
    const many: Exported[] = [];
    for (let i = 0; i < 4100; i += 1) many.push(SUMMIT_EXPORTED[i % SUMMIT_EXPORTED.length]!);
    const { bytes } = await writeAll(parquet, many, { cite: true });
    const metadata = parquetMetadata(new Uint8Array(bytes[0]!).buffer);
    expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([2000, 2000, 100]);
    expect(metadata.key_value_metadata).toEqual([
      {
        key: 'citation',
        value: 'Readout 0.0.0, English core 1f2e3d4c, record of 2032-02-01, 4,100 events, no filter',
      },
    ]);
    const rows = await readRows(bytes[0]!, ['id']);
    expect(rows.map((row) => row['id'])).toEqual(many.map(({ event }) => event.id));
  });

  test('of nothing has its columns', async () => {
    const { bytes } = await writeAll(parquet, []);
    const metadata = parquetMetadata(new Uint8Array(bytes[0]!).buffer);
    expect(metadata.schema.map(({ name }) => name)).toContain('disagreements');
    expect(await readRows(bytes[0]!)).toEqual([]);
  });
});

describe('every format', () => {
  test('gives the same bytes for the same events', async () => {
    for (const format of FORMATS) {
      const one = await writeAll(format, SUMMIT_EXPORTED, { cite: true });
      const two = await writeAll(format, SUMMIT_EXPORTED, { cite: true });
      for (const [i, bytes] of one.bytes.entries()) {
        expect(Buffer.compare(bytes, two.bytes[i]!), `${format.name} ${format.files[i]!.name}`).toBe(0);
      }
    }
  });

  test('takes an event of which next to nothing is known', async () => {
    const { event } = threat;
    const bare: Exported = exportedEvent({
      ...event,
      ...{ parties: [], actors: [], recipients: [], mode: [], issues: [], figures: [] },
      claims: event.claims.map((claim) => ({ ...claim, outlet: null, title: null, published: null })),
    });
    for (const format of FORMATS) {
      const { leftOut, bytes } = await writeAll(format, [bare, summit]);
      expect(leftOut.length, format.name).toBeLessThan(2);
      expect(bytes[0]!.length, format.name).toBeGreaterThan(100);
    }
  });
});
