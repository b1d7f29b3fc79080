import { z } from 'zod';
import type { Field } from '../operation.ts';
import type { OfferedOperation } from './api.ts';
import { offeredFields } from './ask.ts';

/** The description of the API, OpenAPI 3.1, made from the schemas that check what is asked. */
export function openApi(offered: readonly OfferedOperation[], version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Readout',
      version,
      description: 'A sourced record of diplomacy: who did what to whom, when, where, and who says so.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths: Object.fromEntries([...offered.flatMap((one) => pathsOf(one)), ['/changes', { get: CHANGES }]]),
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{}, { token: [] }],
  };
}

function pathsOf({ name, summary, operation }: OfferedOperation): readonly (readonly [string, object])[] {
  const { right, output } = operation.offer!;
  const fields = offeredFields(operation).filter((field) => !FORMS.has(field.name));
  const shape = operation.input.shape as Readonly<Record<string, z.ZodType>>;
  const about = {
    operationId: name,
    summary,
    description: `Needs the right to ${right}.`,
    responses: responsesOf(output),
  };
  if (right !== 'read') {
    const body = z.object(Object.fromEntries(fields.map((field) => [field.name, shape[field.name]!])));
    const content = { 'application/json': { schema: schemaOf(body, 'input') } };
    return [[`/${name}`, { post: { ...about, requestBody: { required: true, content } } }]];
  }
  const [first] = operation.positional;
  const inQuery = (some: readonly Field[]) => some.map((field) => parameterOf(field, shape[field.name]!, 'query'));
  const whole = [`/${name}`, { get: { ...about, parameters: inQuery(fields) } }] as const;
  if (first === undefined) return [whole];
  const named = fields.find((field) => field.name === first);
  if (named === undefined) return [whole];
  const parameters = [parameterOf(named, shape[first]!, 'path'), ...inQuery(fields.filter((field) => field !== named))];
  return [whole, [`/${name}/{${first}}`, { get: { ...about, operationId: `${name}One`, parameters } }]];
}

/** Fields that choose a form: over HTTP the ending of the address does. */
const FORMS: ReadonlySet<string> = new Set(['json', 'jsonl', 'csv', 'md', 'html', 'text', 'docx']);

function parameterOf(field: Field, schema: z.ZodType, place: 'query' | 'path'): object {
  return {
    name: field.name,
    in: place,
    description: field.description,
    required: place === 'path' || (field.required && place !== 'query'),
    schema: schemaOf(schema, 'input'),
  };
}

function responsesOf(output: z.ZodType): object {
  const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    200: { description: 'The answer.', content: { 'application/json': { schema: schemaOf(output, 'output') } } },
    304: { description: 'The answer that the asker has (`If-None-Match`) still stands.' },
    400: { description: 'A value is not what is expected.', ...problem },
    401: { description: 'A token is needed.', ...problem },
    403: { description: 'The token has not the right.', ...problem },
    404: { description: 'The record holds no such thing.', ...problem },
    429: { description: 'Too many requests.', ...problem },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return json;
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

const CHANGES = {
  operationId: 'changes',
  summary: 'what comes into the record, as server-sent events',
  description: 'Needs the right to read. Each event is called `document`; its id is the number of the arrival.',
  parameters: [
    { name: 'since', in: 'query', description: 'the number of the last arrival seen', schema: { type: 'integer' } },
  ],
  responses: { 200: { description: 'Events without end.', content: { 'text/event-stream': {} } } },
};
