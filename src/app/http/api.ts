import type { Context as Call, Hono } from 'hono';
import { ReadoutError } from '../../error.ts';
import type { Operation } from '../operation.ts';
import {
  type Asked,
  askingOf,
  askOperation,
  type Given,
  isEndless,
  isPaged,
  nextPages,
  pathFields,
  rawFromObject,
  rawFromQuery,
} from './ask.ts';
import { isLines, linesIn, objectIn } from './body.ts';
import { changesOf } from './changes.ts';
import { keepSent, readSent } from './documents.ts';
import { exported, withOwnRecord } from './exports.ts';
import { demand } from './gate.ts';
import { openApi } from './openapi.ts';
import type { Whole } from './replies.ts';
import type { CallVariables, Site } from './site.ts';

const MEDIA_TYPES = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const;
/** A form that an answer has. */
export type AnswerForm = keyof typeof MEDIA_TYPES;

/**
 * Puts the API under `/api/v1`: each offered operation at its name. What only reads is asked by GET with its fields as
 * parameters, the positional ones also as the end of the path; what changes something by POST with its fields as a JSON
 * object. `/documents` and `/read` take a document, `/export` gives the record as data, and `/changes` tells what comes in,
 * as server-sent events.
 */
export function addApi(app: Hono<CallVariables>, site: Site): void {
  app.get('/api/v1/openapi.json', (call) =>
    site.replies.give(call.req.raw, 'all', async () => Response.json(openApi(site.offered, site.version))),
  );
  app.get('/api/v1/changes', (call) => {
    demand(call.get('visitor'), 'read');
    const last = call.req.header('last-event-id') ?? call.req.query('since') ?? null;
    return changesOf(site, last, { head: call.req.method === 'HEAD' });
  });
  app.post('/api/v1/documents', async (call) => {
    demand(call.get('visitor'), 'write');
    const kept = await keepSent(site, await objectIn(call.req.raw));
    return Response.json(kept, { status: kept.state === 'added' ? 201 : 200 });
  });
  app.post('/api/v1/read', async (call) => {
    demand(call.get('visitor'), 'read');
    return Response.json(await readSent(site, await objectIn(call.req.raw)));
  });
  for (const { name, operation } of site.offered) {
    if (operation.offer!.right === 'read') addReading(app, site, name, operation);
    else addChanging(app, site, name, operation);
    const asking = askingOf(operation);
    if (asking !== undefined) addReading(app, site, name, asking, operation.offer!.asking!.fresh);
  }
}

function addReading(app: Hono<CallVariables>, site: Site, name: string, operation: Operation, fresh = false): void {
  const { right } = operation.offer!;
  const get = (call: Call<CallVariables>) => {
    demand(call.get('visitor'), right);
    const raw = rawFromQuery(operation, new URL(call.req.url).searchParams);
    for (const { name, kind } of pathFields(operation)) {
      const value = call.req.param(name as never) as string | undefined;
      if (value !== undefined) raw[name] = kind === 'value' ? value : [value];
    }
    const head = call.req.method === 'HEAD';
    return site.replies.give(call.req.raw, right, async () => {
      if (operation.offer!.files === true) return exported(site, raw, { head });
      const made = await paged(site, operation, raw, call.req.url);
      return fresh ? { ...made, headers: { ...made.headers, 'cache-control': 'no-store' } } : made;
    });
  };
  let path = `/api/v1/${name}`;
  app.get(path, get);
  for (const field of pathFields(operation)) {
    path += `/:${field.name}`;
    app.get(path, get);
  }
}

/** Events and the like in a page of an answer: where nobody says how many, and at most. */
const USUAL_PAGE = 100;
const LARGEST_PAGE = 1000;

/** The answer of an operation as JSON, a page of it where it is of any length; the head `Link` names the next ones (RFC 8288). */
async function paged(
  site: Site,
  operation: Operation,
  raw: Readonly<Record<string, unknown>>,
  url: string,
): Promise<Whole> {
  if (Number(raw['limit'] ?? 0) > LARGEST_PAGE) {
    throw new ReadoutError('option.value', `limit: expected ${LARGEST_PAGE} at most; ask for what comes next.`);
  }
  if (!isPaged(operation)) {
    return { body: await wholeAnswer(site, operation, raw, 'json'), headers: { 'content-type': MEDIA_TYPES.json } };
  }
  const limit = raw['limit'] ?? (isEndless(operation) ? USUAL_PAGE : operation.input.shape['limit'].parse(undefined));
  const text = await wholeAnswer(site, operation, { ...raw, limit }, 'json');
  const { pathname, searchParams } = new URL(url);
  const links = nextPages(operation, { ...raw, limit }, text).map(({ of, fields }) => {
    const query = new URLSearchParams(searchParams);
    for (const [name, value] of Object.entries(fields)) query.set(name, String(value));
    return `<${pathname}?${query}>; rel="next"${of === undefined ? '' : `; title="${of}"`}`;
  });
  const headers = { 'content-type': MEDIA_TYPES.json, ...(links.length > 0 ? { link: links.join(', ') } : {}) };
  return { body: text, headers };
}

function addChanging(app: Hono<CallVariables>, site: Site, name: string, operation: Operation): void {
  const { right, lines } = operation.offer!;
  const signs = 'by' in operation.input.shape;
  app.post(`/api/v1/${name}`, async (call) => {
    const visitor = call.get('visitor');
    if (lines !== undefined && isLines(call.req.raw)) {
      demand(visitor, lines.right);
      const stdin = await linesIn(call.req.raw);
      return answer(site, operation, lines.fields, 'json', stdin);
    }
    demand(visitor, right);
    const given = rawFromObject(operation, await objectIn(call.req.raw));
    const raw = signs ? { ...given, by: visitor.who } : given;
    const text = await wholeAnswer(site, operation, raw, 'json');
    return new Response(oneJson(text), { headers: { 'content-type': MEDIA_TYPES.json } });
  });
}

/** The answer of an operation in a form, as a response: whole, or as a stream where it may be of any length. `stdin` is what was sent. */
export async function answer(
  site: Site,
  operation: Operation,
  raw: Readonly<Record<string, unknown>>,
  form: AnswerForm,
  stdin?: Uint8Array,
): Promise<Response> {
  const headers: Record<string, string> = { 'content-type': MEDIA_TYPES[form] };
  const endless = isEndless(operation) && raw['limit'] === undefined;
  if (!endless) return new Response(await wholeAnswer(site, operation, raw, form, stdin), { headers });
  return withOwnRecord(site, async (store) => {
    const { body, ended } = await given(site, operation, { raw: { ...raw, [form]: true }, store, stdin });
    const stream = typeof body === 'string' ? headers : { ...headers, 'x-stream': '1' };
    return { response: new Response(body, { headers: stream }), ended };
  });
}

/** The same as text, however long. */
async function wholeAnswer(
  site: Site,
  operation: Operation,
  raw: Readonly<Record<string, unknown>>,
  form: AnswerForm,
  stdin?: Uint8Array,
): Promise<string> {
  const asked = { raw: { ...raw, [form]: true }, store: site.store, stdin, whole: true };
  return (await given(site, operation, asked)).body as string;
}

/** What an operation gives. Throws what it could not take: that is the answer to whoever sent it. */
async function given(
  { place, late, now }: Site,
  operation: Operation,
  { stdin, ...asked }: Pick<Asked, 'raw' | 'store' | 'whole'> & { readonly stdin: Uint8Array | undefined },
): Promise<Given> {
  const all = { ...asked, place, signal: late, now, ...(stdin === undefined ? {} : { stdin }) };
  const answered = await askOperation(operation, all);
  if (answered.failures.length > 0) throw answered.failures[0]!;
  return answered;
}

/** JSON as it is, and several JSON lines as a list. */
function oneJson(text: string): string {
  const lines = text.trim().split('\n');
  if (lines.length < 2 || !lines.every(isJson)) return text;
  return `[${lines.join(',')}]`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
