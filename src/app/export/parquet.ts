import type { ByteWriter, ColumnSource, SchemaElement } from 'hyparquet-writer';
import { placedOn } from '../../record/event.ts';
import { citationLine } from './cite.ts';
import type { ExportContext, Exported, Format, Writer } from './format.ts';

/** The shape of a column: one value, a list of values, or fields of their own. */
type Shape =
  | 'text'
  | 'day'
  | 'integer'
  | 'number'
  | 'flag'
  | 'json'
  | { readonly list: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

const list = (shape: Shape): Shape => ({ list: shape });
const fields = (shapes: Readonly<Record<string, Shape>>): Shape => ({ fields: shapes });
const told = (value: Shape): Shape =>
  list(fields({ value, claims: list('text'), documents: list('text'), outlets: list('text') }));
const settled = (value: Shape): Shape => fields({ settled: value, told: told(value) });

const ACTOR = fields({
  ...({ name: 'text', kind: 'text', country: 'text', office: 'text', sector: list('text') } as const),
  ...({ wikidata: 'text', party: 'text' } as const),
});
const WHEN = fields({ earliest: 'text', latest: 'text', precision: 'text', value: 'text' });
const PLACE = fields({
  ...({ name: 'text', country: 'text', geonames: 'integer', lat: 'number', lon: 'number', precision: 'text' } as const),
});
const PUBLISHED = fields({ from: 'text', to: 'text' });
const SPAN = fields({ from: 'integer', to: 'integer' });

/** The columns: the day an event stands at, then the event as `jsonl` has it, with the documents of its claims. */
export const PARQUET_COLUMNS: Readonly<Record<string, Shape>> = {
  date: 'day',
  ...({ id: 'text', type: 'text', cameo: 'text', quad: 'integer', scale: 'number', parties: list('text') } as const),
  when: settled(WHEN),
  where: settled(PLACE),
  medium: settled('text'),
  duration: settled('text'),
  status: settled('text'),
  mode: told('text'),
  context: told('text'),
  actors: told(ACTOR),
  recipients: told(ACTOR),
  others: told(fields({ role: 'text', actor: ACTOR })),
  issues: told('text'),
  figures: told(fields({ value: 'number', bound: 'text', unit: 'text' })),
  disagreements: list(fields({ field: 'text', values: told('text') })),
  origins: 'integer',
  reviewed: 'flag',
  claims: list(
    fields({
      ...({ id: 'text', claim: 'text', document: 'text', origin: 'text', title: 'text' } as const),
      ...({ outlet: 'text', outletKind: 'text', published: PUBLISHED, status: 'text', certainty: 'text' } as const),
      saidBy: list(fields({ name: 'text', anonymous: 'flag', quotation: 'text' })),
      ...({ condition: 'text', consequence: 'text', sentence: 'text', trigger: 'text' } as const),
      evidence: fields({
        ...{ sentence: SPAN, trigger: SPAN, actors: list(SPAN), recipients: list(SPAN) },
        ...{ when: list(SPAN), where: list(SPAN) },
      }),
      rule: 'text',
      confidence: 'number',
      reason: fields({ codes: list('text'), to: 'text', text: 'text' }),
      // Corrections hold values of any shape.
      review: 'json',
    }),
  ),
  documents: list(fields({ id: 'text', title: 'text', outlet: 'text', url: 'text', published: PUBLISHED })),
};

/** Events in a row group: some 10 MB, held until they are written. */
const ROW_GROUP = 2000;

/** Parquet for DuckDB, Spark, ClickHouse, R and Python: nested columns, Snappy, a row group for every 2,000 events. */
export const parquet: Format = {
  name: 'parquet',
  summary: 'Parquet, whole events in nested columns, for DuckDB, Spark, ClickHouse, R and Python',
  files: [{ name: 'events', ending: 'parquet', media: 'application/vnd.apache.parquet', binary: true }],
  open: async (context) => openParquet(context, await import('hyparquet-writer')),
};

function openParquet(context: ExportContext, library: typeof import('hyparquet-writer')): Writer {
  const { citation, cite } = context;
  const bytes = new library.ByteWriter();
  const file = new library.ParquetWriter({
    writer: bytes,
    schema: schemaOf(PARQUET_COLUMNS),
    createdBy: `readout version ${citation.maker.version}`,
  });
  let rows: Readonly<Record<string, unknown>>[] = [];
  const writeGroup = (): Uint8Array => {
    if (rows.length > 0) {
      // What each column is told to begin with decides nothing: the schema says it all.
      const columnData = Object.keys(PARQUET_COLUMNS).map(
        (name): ColumnSource => ({ name, data: rows.map((row) => row[name]), offsetIndex: false }),
      );
      void file.write({ columnData, rowGroupSize: rows.length });
    }
    rows = [];
    return taken(bytes);
  };
  return {
    add: (exported) => {
      rows.push(rowOf(exported));
      return [rows.length < ROW_GROUP ? '' : writeGroup()];
    },
    end: (events) => {
      const last = writeGroup();
      if (cite) file.kvMetadata = [{ key: 'citation', value: citationLine(citation, events) }];
      void file.finish();
      return [joined(last, taken(bytes))];
    },
  };
}

function rowOf({ event, documents }: Exported): Readonly<Record<string, unknown>> {
  const day = placedOn(event);
  return {
    date: day === null ? null : new Date(`${day}T00:00:00Z`),
    ...event,
    claims: event.claims.map((claim) => ({ ...claim, review: claim.review ?? undefined })),
    documents: [...documents.values()],
  };
}

/** The bytes written since the last call; the writer goes on counting, and its buffer begins anew. */
function taken(bytes: ByteWriter): Uint8Array {
  const part = bytes.getBytes().slice();
  bytes.index = 0;
  return part;
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + two.length);
  all.set(one);
  all.set(two, one.length);
  return all;
}

/** Parquet's flat list of schema elements, each group followed by what is in it. Lists have three levels, as the format's own rules ask. */
function schemaOf(columns: Readonly<Record<string, Shape>>): SchemaElement[] {
  return [
    { name: 'events', num_children: Object.keys(columns).length },
    ...Object.entries(columns).flatMap(([name, shape]) => elements(name, shape)),
  ];
}

function elements(name: string, shape: Shape): SchemaElement[] {
  const repetition_type = 'OPTIONAL';
  if (typeof shape !== 'string' && 'list' in shape) {
    return [
      { name, repetition_type, num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...elements('element', shape.list),
    ];
  }
  if (typeof shape !== 'string') {
    return [
      { name, repetition_type, num_children: Object.keys(shape.fields).length },
      ...Object.entries(shape.fields).flatMap(([field, inner]) => elements(field, inner)),
    ];
  }
  switch (shape) {
    case 'text':
      return [{ name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
    case 'json':
      return [{ name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'JSON' }];
    case 'day':
      return [{ name, repetition_type, type: 'INT32', converted_type: 'DATE' }];
    case 'integer':
      return [{ name, repetition_type, type: 'INT32' }];
    case 'number':
      return [{ name, repetition_type, type: 'DOUBLE' }];
    case 'flag':
      return [{ name, repetition_type, type: 'BOOLEAN' }];
  }
}
