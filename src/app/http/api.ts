import type { Context as Call, Hono } from 'hono';
import type { Store } from '../../record/store.ts';
import type { ListedOperation, Operation } from '../operation.ts';
import { askOperation, rawFromQuery } from './ask.ts';
import { changesOf } from './changes.ts';
import { demand, type Visitor } from './gate.ts';
import { openApi } from './openapi.ts';
import { HttpError } from './problem.ts';
import type { Replies } from './replies.ts';

/** An operation that is offered over HTTP. */
export interface OfferedOperation {
  readonly name: string;
  readonly summary: string;
  readonly operation: Operation;
}

/** What the addresses of a server stand on. */
export interface Site {
  readonly store: Store;
  readonly replies: Replies;
  readonly offered: readonly OfferedOperation[];
  readonly version: string;
  readonly signal: AbortSignal;
  now(): Date;
}

/** What is known of a call by the time it reaches its address. */
export interface CallVariables {
  readonly Variables: { visitor: Visitor };
}

/** The operations that are offered to others than the command line, loaded. */
export async function offeredOperations(listed: readonly ListedOperation[]): Promise<readonly OfferedOperation[]> {
  const all = await Promise.all(
    listed.map(async ({ name, summary, load }) => ({ name, summary, operation: await load() })),
  );
  return all.filter(({ operation }) => operation.offer !== undefined);
}

const MEDIA_TYPES = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const;
/** A form that an answer has. */
export type AnswerForm = keyof typeof MEDIA_TYPES;

/** A body that is sent is no larger than this. */
const LARGEST_BODY = 10 * 1024 * 1024;

/**
 * Puts the API under `/api/v1`: each offered operation at its name. What only reads is asked by GET with its fields as
 * parameters, the first positional one also as the end of the path; what changes something by POST with its fields as a
 * JSON object. `/api/v1/changes` tells what comes in, as server-sent events.
 */
export function addApi(app: Hono<CallVariables>, site: Site): void {
  app.get('/api/v1/openapi.json', (call) =>
    site.replies.give(call.req.raw, 'all', async () => Response.json(openApi(site.offered, site.version))),
  );
  app.get('/api/v1/changes', (call) => {
    demand(call.get('visitor'), 'read');
    const last = call.req.header('last-event-id') ?? call.req.query('since') ?? null;
    return changesOf(site, last);
  });
  for (const { name, operation } of site.offered) {
    const { right } = operation.offer!;
    const [first] = operation.positional;
    const path = `/api/v1/${name}`;
    if (right === 'read') {
      const get = (call: Call<CallVariables>, value: string | undefined) => {
        demand(call.get('visitor'), right);
        const raw = rawFromQuery(operation, new URL(call.req.url).searchParams);
        if (value !== undefined) raw[first!] = value;
        return site.replies.give(call.req.raw, 'read', () => answer(site, operation, raw, 'json'));
      };
      app.get(path, (call) => get(call, undefined));
      if (first !== undefined) app.get(`${path}/:value`, (call) => get(call, call.req.param('value')));
    } else {
      app.post(path, async (call) => {
        const visitor = call.get('visitor');
        demand(visitor, right);
        const raw = await bodyOf(call.req.raw);
        return answer(site, operation, { ...raw, ...(right === 'review' ? { by: visitor.who } : {}) }, 'json');
      });
    }
  }
}

/** The answer of an operation in a form, as a response: whole, or as a stream where it is long. */
export async function answer(
  site: Site,
  operation: Operation,
  raw: Readonly<Record<string, unknown>>,
  form: AnswerForm,
  stdin?: Uint8Array,
): Promise<Response> {
  const { store, signal, now } = site;
  const given = await askOperation(operation, {
    store,
    raw: { ...raw, [form]: true },
    signal,
    now,
    ...(stdin ? { stdin } : {}),
  });
  // An input that could not be taken is the answer to whoever sent it.
  if (given.failures.length > 0) throw given.failures[0]!;
  const headers: Record<string, string> = { 'content-type': MEDIA_TYPES[form] };
  if (typeof given.body !== 'string') headers['x-stream'] = '1';
  return new Response(given.body, { headers });
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? '')) {
    throw new HttpError(415, 'json', 'Send a JSON object, with content-type: application/json.');
  }
  const text = new TextDecoder().decode(await limited(request));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, as what is no object is.
  }
  throw new HttpError(400, 'json', 'The body is no JSON object.');
}

/** The body of a request, refused when it is larger than is taken, whatever its head says. */
export async function limited(request: Request, most = LARGEST_BODY): Promise<Uint8Array> {
  const tooLarge = () =>
    new HttpError(
      413,
      'too-large',
      `More than ${most / 1024 / 1024} MiB is not taken in one request; send it in parts.`,
    );
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.length;
    if (bytes > most) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
