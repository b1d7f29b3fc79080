import { z } from 'zod';
import { readingSchema } from '../../events/reading.ts';
import { FORMATS } from '../export/formats.ts';
import type { Asking, Field, Operation } from '../operation.ts';
import { askingOf, offeredFields, pathFields } from './ask.ts';
import { keptSchema, sentSchema, sentTextSchema } from './documents.ts';
import type { OfferedOperation } from './site.ts';

/** The description of the API, OpenAPI 3.1, made from the schemas that check what is asked. */
export function openApi(offered: readonly OfferedOperation[], version: string): object {
  const paths: Record<string, object> = Object.fromEntries(offered.flatMap((one) => pathsOf(one)));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Readout',
      version,
      description: 'A sourced record of diplomacy: who did what to whom, when, where, and who says so.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths: {
      ...paths,
      // What is at hand is asked for at the same address as it is sent to.
      '/documents': { ...paths['/documents'], post: DOCUMENTS },
      '/read': { post: READ },
      '/changes': { get: CHANGES },
    },
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{}, { token: [] }],
  };
}

function pathsOf({ name, summary, operation }: OfferedOperation): readonly (readonly [string, object])[] {
  const { right, output, files } = operation.offer!;
  const fields = offeredFields(operation);
  const shape = operation.input.shape as Readonly<Record<string, z.ZodType>>;
  const about = { operationId: name, summary, description: `Needs the right to ${right}.` };
  if (right !== 'read') {
    const { lines, asking } = operation.offer!;
    const content = {
      ...json(inputOf(operation), 'input'),
      ...(lines === undefined ? {} : { 'application/x-ndjson': {} }),
    };
    const more = lines === undefined ? '' : ` JSON lines need the right to ${lines.right}.`;
    const post = {
      ...about,
      description: `${about.description}${more}`,
      requestBody: { required: true, content },
      responses: responses(json(output, 'output')),
    };
    return [[`/${name}`, { ...(asking === undefined ? {} : asked(name, operation, asking)), post }]];
  }
  const answers = responses(files === true ? FILES : json(output, 'output'), { stands: files !== true });
  const at = (inPath: readonly Field[], end: string) => {
    const parameters = fields.map((field) =>
      parameterOf(field, shape[field.name]!, inPath.includes(field) ? 'path' : 'query', field.required),
    );
    return { get: { ...about, operationId: `${name}${end}`, parameters, responses: answers } };
  };
  const inPath = pathFields(operation);
  const paths = inPath.map((field, index) => {
    const names = inPath.slice(0, index + 1);
    const path = `/${name}${names.map((one) => `/{${one.name}}`).join('')}`;
    return [path, at(names, `By${capital(field.name)}`)] as const;
  });
  return [[`/${name}`, at([], '')], ...paths];
}

/** What of an operation that changes something only asks. */
function asked(name: string, operation: Operation, { summary, right, output, fresh }: Asking): object {
  const asking = askingOf(operation)!;
  const shape = asking.input.shape as Readonly<Record<string, z.ZodType>>;
  return {
    get: {
      ...{ operationId: `${name}Asked`, summary, description: `Needs the right to ${right}.` },
      parameters: offeredFields(asking).map((field) => parameterOf(field, shape[field.name]!, 'query', field.required)),
      responses: responses(json(output, 'output'), { stands: fresh !== true }),
    },
  };
}

/** What an operation is given over HTTP or by a tool: its input without the fields of a command line. */
export function inputOf(operation: Operation): z.ZodObject {
  const shape = operation.input.shape as Readonly<Record<string, z.ZodType>>;
  return z.object(Object.fromEntries(offeredFields(operation).map(({ name }) => [name, shape[name]!])));
}

/** The JSON Schema of what is asked or answered. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return plain;
}

function parameterOf(field: Field, schema: z.ZodType, place: 'query' | 'path', required: boolean): object {
  const { description: _, ...plain } = jsonSchemaOf(schema, 'input') as {
    description?: string;
    items?: object;
  };
  // One value of a list stands in a path.
  const shape = place === 'path' && field.kind !== 'value' ? (plain.items ?? {}) : plain;
  const { name, description } = field;
  return { name, in: place, description, required: place === 'path' || required, schema: shape };
}

function json(schema: z.ZodType, io: 'input' | 'output'): object {
  return { 'application/json': { schema: jsonSchemaOf(schema, io) } };
}

const FILES = Object.fromEntries(FORMATS.flatMap(({ files }) => files.map(({ media }) => [media, {}])));

/** What is answered. `stands`: with a mark by which an asker hears that it still does (default: false). */
function responses(content: object, { stands = false, status = 200 } = {}): object {
  const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    [status]: { description: 'The answer.', content },
    ...(stands ? { 304: { description: 'The answer that the asker has (`If-None-Match`) still stands.' } } : {}),
    400: { description: 'A value is not what is expected.', ...problem },
    401: { description: 'A token is needed.', ...problem },
    403: { description: 'The token has not the right.', ...problem },
    404: { description: 'The record holds no such thing.', ...problem },
    429: { description: 'Too many requests.', ...problem },
    503: { description: 'Not now: the record is busy, or the server is.', ...problem },
  };
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const PROBLEM = {
  type: 'object',
  description: 'What went wrong (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
  },
};

const DOCUMENTS = {
  operationId: 'documentsSent',
  summary: 'reads a text, a page or what stands at an address into the record',
  description: 'Needs the right to write. Gives the document and how many claims it makes; 200 when it was known.',
  requestBody: { required: true, content: json(sentSchema, 'input') },
  responses: {
    200: { description: 'The record had it.', content: json(keptSchema, 'output') },
    ...responses(json(keptSchema, 'output'), { status: 201 }),
  },
};

const READ = {
  operationId: 'read',
  summary: 'what a text or a page tells: who did what to whom, when, where, and who says so; stores nothing',
  description: 'Needs the right to read.',
  requestBody: { required: true, content: json(sentTextSchema, 'input') },
  responses: responses(json(readingSchema, 'output')),
};

const CHANGES = {
  operationId: 'changes',
  summary: 'what comes into the record, as server-sent events',
  description: 'Needs the right to read. Each event is called `document`; its id is the number of the arrival.',
  parameters: [
    { name: 'since', in: 'query', description: 'the number of the last arrival seen', schema: { type: 'integer' } },
  ],
  responses: responses({ 'text/event-stream': {} }),
};
