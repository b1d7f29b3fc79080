import { z } from 'zod';
import { ReadoutError } from '../../error.ts';
import { STATUSES } from '../../events/ontology.ts';
import type { Store } from '../../record/store.ts';
import { briefBlocks, loadBrief } from '../brief.ts';
import { dateOption } from '../operation.ts';
import { filterOf } from '../timeline.ts';
import { blocksPage, documentPage, errorPage, eventPage, timelinePage } from './pages.ts';
import { STYLE } from './style.ts';

/** A request, as much of it as an answer needs. */
export interface PageRequest {
  readonly method: string;
  /** The `Host` header. */
  readonly host: string | undefined;
  /** Path and query as they came. */
  readonly target: string;
}

/** What goes back. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No script, no frames, nothing from elsewhere: a report that smuggles in markup could still do nothing. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const EVENTS_A_PAGE = 200;

const querySchema = z.object({
  between: z.array(z.string()).max(2).optional(),
  from: dateOption.optional(),
  to: dateOption.optional(),
  type: z.string().optional(),
  issue: z.string().optional(),
  status: z.enum(STATUSES).optional(),
});

/**
 * Answers one request from the record. `port` is the one listened on: only loopback names with it are taken as `Host`,
 * so that a page elsewhere whose name is bound to this machine reads nothing.
 */
export async function answerRequest(
  request: PageRequest,
  context: { readonly store: Store; readonly port: number },
): Promise<PageAnswer> {
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${context.port}`);
  if (request.host === undefined || !hosts.includes(request.host.toLowerCase())) {
    return html(421, errorPage('Wrong host', 'This page is served to this machine alone.'));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return html(405, errorPage('Only reading', 'Only GET and HEAD are answered here.'), { allow: 'GET, HEAD' });
  }
  try {
    return await route(request.target, context);
  } catch (error) {
    if (error instanceof ReadoutError) {
      return html(error.code === 'record.not-found' ? 404 : 400, errorPage('Not found', error.message));
    }
    throw error;
  }
}

async function route(target: string, { store }: { readonly store: Store }): Promise<PageAnswer> {
  const url = URL.parse(target, 'http://localhost');
  const parts = url === null ? undefined : segmentsOf(url.pathname);
  if (url === null || parts === undefined) return html(400, errorPage('Bad address', 'This is no address.'));
  const [first, second, third, ...more] = parts;
  if (first === undefined) return html(200, await timeline(url.searchParams, store));
  if (first === 'style.css' && second === undefined) {
    return { status: 200, headers: { ...HEADERS, 'content-type': 'text/css; charset=utf-8' }, body: STYLE };
  }
  if (first === 'events' && second !== undefined && third === undefined) {
    const event = await store.event(second);
    if (event !== undefined) return html(200, eventPage(event));
  }
  if (first === 'documents' && second !== undefined && third === undefined) {
    const reading = await store.reading(second);
    if (reading !== undefined) {
      const chosen = url.searchParams.get('event');
      const event = chosen === null ? undefined : await store.event(chosen);
      return html(200, documentPage(reading, await store.events({ document: reading.document.id }), event));
    }
  }
  if (first === 'brief' && second !== undefined && third !== undefined && more.length === 0) {
    const brief = await loadBrief(store, [second, third], undefined);
    return html(
      200,
      blocksPage(`${second} and ${third}`, briefBlocks(brief, await store.partyNames(), { linked: true })),
    );
  }
  return html(404, errorPage('Not found', 'The record holds nothing at this address.'));
}

async function timeline(query: URLSearchParams, store: Store): Promise<string> {
  // An empty field of the form is "any".
  const given = [...query].filter(([, value]) => value !== '');
  const between = given.filter(([name]) => name === 'between').map(([, value]) => value);
  const parsed = querySchema.safeParse({
    ...Object.fromEntries(given),
    between: between.length === 0 ? undefined : between,
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ReadoutError('option.value', `${issue.path.join('.')}: ${issue.message}.`);
  }
  const events = await store.events(await filterOf(parsed.data, store));
  const pageCount = Math.max(1, Math.ceil(events.length / EVENTS_A_PAGE));
  const page = Math.min(pageCount, Math.max(1, Math.trunc(Number(query.get('page') ?? 1)) || 1));
  const parties = [...(await store.partyNames())].sort(([, a], [, b]) => (a < b ? -1 : 1));
  return timelinePage({
    events: events.slice((page - 1) * EVENTS_A_PAGE, page * EVENTS_A_PAGE),
    total: events.length,
    page,
    pageCount,
    documents: (await store.documents()).length,
    types: await store.types(),
    issues: (await store.issues()).map(({ issue }) => issue),
    parties,
    query,
  });
}

function segmentsOf(path: string): readonly string[] | undefined {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function html(status: number, body: string, more: Readonly<Record<string, string>> = {}): PageAnswer {
  return { status, headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8', ...more }, body };
}
