import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY, siteOver } from '../../../test/site.ts';
import { storyReading } from '../../../test/story.ts';
import { SUMMIT } from '../../../test/summit.ts';
import type { Event } from '../../record/event.ts';
import { Store } from '../../record/store.ts';
import { makeSecret } from './gate.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-api-'));
let store: Store;
let site: Awaited<ReturnType<typeof siteOver>>;
let events: readonly Event[];
let summit: Event;

beforeAll(async () => {
  store = await Store.open(join(folder, 'record.sqlite'), { create: true });
  for (const story of SUMMIT) {
    const reading = storyReading(story);
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  site = await siteOver(store);
  events = await store.events();
  summit = events.find(({ claims }) => claims.length > 2)!;
});

afterAll(async () => {
  await site.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const WITH_KEY = { cookie: `readout=${KEY}` };

interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is tested is its shape.
  readonly json: any;
}

async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> {
  return answered(await site.ask(`/api/v1${path}`, { headers: { accept: '*/*', ...headers }, method }));
}

async function post(path: string, body: unknown, headers: Record<string, string> = WITH_KEY): Promise<Answered> {
  return answered(
    await site.ask(`/api/v1${path}`, {
      method: 'POST',
      headers: { accept: '*/*', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  const type = response.headers.get('content-type');
  const json = /^application\/(?:problem\+)?json\b/.test(type ?? '') && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, type, headers: response.headers, text, json };
}

describe('reading over the API', () => {
  test('an event is the same as on the command line, by its path and by its parameter', async () => {
    const whole = await get(`/show/${summit.id}`);
    expect(whole.status).toBe(200);
    expect(whole.type).toBe('application/json; charset=utf-8');
    expect(whole.json).toEqual(JSON.parse(JSON.stringify(summit)));
    expect((await get(`/show?id=${summit.id.slice(0, 12)}`)).json.id).toBe(summit.id);
  });

  test('every claim of an event comes with its sentence, its outlet and its document', async () => {
    for (const claim of (await get(`/show/${summit.id}`)).json.claims) {
      expect(claim.sentence).not.toBe('');
      expect(claim.outlet).not.toBe('');
      const document = await get(`/show/${claim.document}`);
      expect(document.json.document.text).toContain(claim.sentence);
    }
  });

  test('reports stand side by side', async () => {
    const { json } = await get(`/compare/${summit.id}`);
    expect(json.reports.length).toBe(new Set(summit.claims.map(({ document }) => document)).size);
    expect(json.fields.some(({ disagrees }: { disagrees: boolean }) => disagrees)).toBe(true);
  });

  test('flags are true or false, and numbers numbers', async () => {
    const document = summit.claims[0]!.document;
    expect((await get(`/show/${document}?versions=true`)).json).toHaveLength(1);
    expect((await get(`/show/${document}?versions=false`)).json.document.id).toBe(document);
    expect((await get(`/show/${document}?versions=perhaps`)).json.detail).toBe(
      'versions: expected true or false, got "perhaps".',
    );
    expect((await get('/new?limit=2')).json.documents).toHaveLength(2);
    expect((await get('/new?limit=2&since=4')).json).toMatchObject({ cursor: 5 });
    expect((await get('/new?limit=many')).json).toMatchObject({ status: 400, code: 'option.value' });
    expect((await get('/new?limit=99999999')).status).toBe(400);
  });

  test('lists are given as often as one likes', async () => {
    const both = await get('/export?between=FIN&between=NOR');
    expect(both.text.trim().split('\n').length).toBe((await store.events({ parties: ['FIN', 'NOR'] })).length);
    const { json } = await get('/actor/German%20forces?on=2021-12-10');
    expect(json).toMatchObject({ country: 'DEU', sector: ['MIL'] });
    expect((await get('/actor?words=German&words=forces')).json.country).toBe('DEU');
  });

  test('lists come in pages, each with the address of the next', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/timeline?limit=2&newestFirst=true';
    while (path !== undefined) {
      const { json, headers } = await get(path);
      seen.push(...json.map(({ id }: { id: string }) => id));
      path = /^<\/api\/v1(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    const all = (await get('/timeline?newestFirst=true')).json.map(({ id }: { id: string }) => id);
    expect([seen, seen.length]).toEqual([all, events.length]);
    expect((await get('/timeline?limit=5000')).json.detail).toMatch(/^limit: expected 1000 at most/);
    expect((await get('/timeline?after=nothing')).json.code).toBe('record.not-found');
  });

  test('what is searched comes in pages: events, and documents by themselves', async () => {
    const walk = async (start: string, list: 'events' | 'documents', title: string) => {
      const seen: string[] = [];
      for (let path: string | undefined = start; path !== undefined; ) {
        const { json, headers, status } = await get(path);
        expect(status).toBe(200);
        seen.push(...json[list].map(({ id }: { id: string }) => id));
        const links = (headers.get('link') ?? '').split(', ');
        const next = links.find((link) => link.endsWith(`; rel="next"; title="${title}"`));
        path = next === undefined ? undefined : /^<\/api\/v1(.+?)>/.exec(next)![1];
      }
      return seen;
    };
    const whole = (await get('/search?words=Norway&limit=1000')).json;
    expect(whole.events.length).toBeGreaterThan(2);
    const ids = (list: 'events' | 'documents') => whole[list].map(({ id }: { id: string }) => id);
    expect(await walk('/search?words=Norway&limit=1', 'events', 'events')).toEqual(ids('events'));
    expect(await walk('/search?words=Norway&limit=2&documents=true', 'documents', 'documents')).toEqual(
      ids('documents'),
    );
    const first = (await get('/search?words=Norway&limit=1')).headers.get('link')!;
    expect(first).toContain('documents=true&after=');
    expect((await get('/search?words=Norway&after=nothing')).json.code).toBe('record.not-found');
    expect((await get('/search?words=Norway&documents=true&after=nothing')).json.code).toBe('record.not-found');
  });

  test('what is no parameter is refused, with those that are', async () => {
    const { json } = await get(`/show/${summit.id}?versoins=true`);
    expect(json.detail).toBe('versoins: there is no such parameter here; known: id, versions.');
    for (const name of ['db', 'out', 'patterns', 'json', 'allowPrivate', '__proto__', 'constructor']) {
      expect((await get(`/export?${name}=/etc/passwd`)).status, name).toBe(400);
    }
  });
});

describe('a problem', () => {
  test('says what, as RFC 9457 has it, whatever went wrong', async () => {
    const long = 'x'.repeat(300);
    const cases: readonly (readonly [Promise<Answered>, number, string])[] = [
      [get('/show/0123456789abcdef'), 404, 'record.not-found'],
      [get('/nothing'), 404, 'address'],
      [get('/show'), 400, 'option.value'],
      [get('/export?from=yesterday'), 400, 'option.date'],
      [get('/export?type=NONSENSE'), 400, 'option.value'],
      [get('/export?format=gdelt'), 400, 'option.value'],
      [get('/changes?since=now'), 400, 'option.value'],
      [post('/documents', { text: 'x' }, {}), 401, 'token'],
      [post('/review', { what: 'list' }, { authorization: `Bearer ${makeSecret()}` }), 401, 'token'],
      [post('/review', { what: 'list' }, { ...WITH_KEY, origin: 'https://evil.example' }), 403, 'other-site'],
      [get('/show', {}, 'DELETE'), 405, 'method'],
      [post('/show', {}), 405, 'method'],
      [get('/read'), 405, 'method'],
      [post('/review', '[1]'), 400, 'json'],
      [post('/review', '{'), 400, 'json'],
      [post('/review', '{}', { ...WITH_KEY, 'content-type': 'text/plain' }), 415, 'json'],
      [post('/review', { what: 'list', db: '/etc/passwd' }), 400, 'option.value'],
      [post('/documents', { text: 'x'.repeat(10 * 1024 * 1024) }), 413, 'too-large'],
      [get(`/${long}`), 404, 'address'],
    ];
    for (const [asked, status, code] of cases) {
      const { type, json, headers } = await asked;
      expect(json).toMatchObject({ status, code, type: `urn:readout:problem:${code}` });
      expect(json.title).not.toBe('');
      expect(type).toBe('application/problem+json');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(json.detail).not.toMatch(/\/(?:tmp|home|work|root|src|node_modules)\b|\.ts:|\bat \S+ \(|--[a-z]/);
      if (status === 405) expect(headers.get('allow')).toMatch(/GET, HEAD|POST/);
      if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test('of our own says nothing of the inside', async () => {
    const broken = await Store.open(join(folder, 'broken.sqlite'), { create: true });
    const faulty = await siteOver(broken);
    await broken.close();
    await expect(faulty.ask('/api/v1/new')).rejects.toThrow();
  });

  test('with a path that leads elsewhere is that there is nothing', async () => {
    for (const path of [
      '/api/v1/show/..%2F..%2F..%2Fetc%2Fpasswd',
      '/api/v1/show/%2e%2e/%2e%2e/package.json',
      '/client/..%2F..%2Fpackage.json',
      '/client/%2e%2e%2fapp.js',
      '/api/v1/../../etc/passwd',
      '/api/v1/show/%00',
      '/api/v1/show/%E0%A4%A',
      '//etc/passwd',
    ]) {
      const response = await site.ask(path, { headers: { accept: '*/*' } });
      expect([400, 404], path).toContain(response.status);
      expect(await response.text()).not.toMatch(/root:|"version"/);
    }
  });

  test('with a line break in what is asked breaks no header', async () => {
    const broken = encodeURIComponent('x\r\nset-cookie: a=b\r\n\r\n<script>');
    const answers = [await get(`/show/${broken}`), await get(`/export?format=${broken}`), await get(`/${broken}`)];
    for (const { headers } of answers) expect(headers.get('set-cookie')).toBeNull();
    const opened = await site.ask(`//evil.example/?key=${KEY}`);
    expect(opened.headers.get('location')).toBe('/evil.example/');
  });

  test('is what very deep JSON is, and not the end of the server', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect((await post('/review', `{"what": ${deep}}`)).status).toBe(400);
    expect((await post('/documents', `{"text": ${deep}}`)).status).toBe(400);
    expect((await post('/documents', `{"a":`.repeat(100_000))).status).toBe(400);
  });
});

describe('an answer', () => {
  test('stands until the record changes, and is compressed as the asker takes it', async () => {
    const first = await site.ask(`/api/v1/show/${summit.id}`, { headers: { 'accept-encoding': 'gzip' } });
    const etag = first.headers.get('etag')!;
    expect(first.headers.get('content-encoding')).toBe('gzip');
    expect(JSON.parse(gunzipSync(Buffer.from(await first.arrayBuffer())).toString()).id).toBe(summit.id);
    expect((await get(`/show/${summit.id}`, { accept: 'text/html', 'if-none-match': etag })).status).toBe(304);
  });

  test('to HEAD is its head alone', async () => {
    const { status, text, headers } = await get(`/show/${summit.id}`, {}, 'HEAD');
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('etag')).toMatch(/^W\//);
    expect((await get('/export?format=csv', {}, 'HEAD')).headers.get('content-type')).toMatch(/^text\/csv/);
    expect((await get('/changes', {}, 'HEAD')).type).toBe('text/event-stream');
  });

  test('is never taken for a page, and nothing else may use it', async () => {
    const { headers } = await get(`/show/${summit.id}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('an export', () => {
  test('has the media type and the name of its format', async () => {
    const csv = await get('/export?format=csv');
    expect(csv.type).toMatch(/^text\/csv/);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="readout.csv"');
    expect(csv.text.split('\r\n').length).toBe(events.length + 2);
    const gdelt = await get('/export?format=gdelt&table=mentions');
    expect(gdelt.status).toBe(200);
  });

  test('that is no text is its bytes', async () => {
    const response = await site.ask('/api/v1/export?format=parquet');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  });

  test('that is left in the middle lets go of the record', async () => {
    for (let i = 0; i < 6; i++) {
      const response = await site.ask('/api/v1/export?format=jsonl', { headers: { 'accept-encoding': 'gzip' } });
      await response.body?.cancel();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await get('/export')).status).toBe(200);
  });
});

describe('a document', () => {
  const text = 'GENEVA, March 3 (Harbour Post) — Norway expelled two Finnish diplomats on Tuesday.';

  test('that is sent is read into the record, once', async () => {
    const sent = { text, title: 'Envoys sent home', published: '2032-01-14', outlet: 'Harbour Post' };
    const first = await post('/documents', sent);
    expect(first.json).toMatchObject({ state: 'added', more: [] });
    expect(first.status).toBe(201);
    expect(first.json.claims).toBeGreaterThan(0);
    const again = await post('/documents', sent);
    expect([again.status, again.json]).toEqual([200, { ...first.json, state: 'known' }]);
    const { document } = (await get(`/show/${first.json.id}`)).json;
    expect(document).toMatchObject({ title: 'Envoys sent home', outlet: { name: 'Harbour Post' } });
    expect(document.published.from).toBe('2032-01-14');
  });

  test('that is a page is read as one, in UTF-8 whatever it says', async () => {
    const html =
      '<html><head><meta charset="windows-1252"><title>Réunion</title></head><body><article><h1>Réunion</h1><p>Finland’s foreign minister met Norway’s foreign minister in Malmö on 3 March 2032, the ministry said in a statement.</p><p>The ministers discussed fisheries and the border in the far north for two hours.</p></article></body></html>';
    const { json } = await post('/documents', { html, published: '2032-03-04' });
    expect(json.state).toBe('added');
    expect((await get(`/show/${json.id}`)).json.document.text).toContain('Malmö');
  });

  test('that looks like something else is a text all the same', async () => {
    const { json } = await post('/documents', { text: '%PDF-1.7 said Norway. Norway expelled two Finnish diplomats.' });
    expect(json.state).toBe('added');
  });

  test('at an address that only this machine can reach is not fetched', async () => {
    for (const url of [
      'http://127.0.0.1:4173/',
      'http://[::1]/',
      'http://169.254.169.254/latest/meta-data/',
      'http://10.0.0.1/',
      'http://2130706433/',
    ]) {
      const { status, json } = await post('/documents', { url });
      expect([status, json.code], url).toEqual([400, 'input.address']);
    }
  });

  test('at what is no web address is refused', async () => {
    for (const url of [
      'file:///etc/passwd',
      '/etc/passwd',
      '-',
      'ftp://example.org/',
      'http://',
      'javascript:alert(1)',
    ]) {
      const { status, json } = await post('/documents', { url });
      expect([status, json.detail], url).toEqual([
        400,
        'url: expected an address that begins with http:// or https://.',
      ]);
    }
  });

  test('that is not one thing is refused, and so is what is not known', async () => {
    expect((await post('/documents', {})).json.detail).toMatch(/^Send one of text, html and url/);
    expect((await post('/documents', { text: 'a', html: 'b' })).status).toBe(400);
    expect((await post('/documents', { text: 'a', inputs: ['/etc/passwd'] })).json.detail).toMatch(
      /^inputs: there is no such field here; known: text,/,
    );
    expect((await post('/documents', { text: '' })).status).toBe(400);
    expect((await post('/documents', { text: 'a', published: 'someday' })).json.code).toBe('option.date');
  });

  test('is read for whoever may only read, and nothing is kept', async () => {
    const before = (await store.documents()).length;
    const { json } = await post('/read', { text: `${text} Again.`, published: '2032-01-14' }, {});
    expect(json.claims[0]).toMatchObject({ event: 'SANCTION' });
    expect((await store.documents()).length).toBe(before);
    expect((await post('/read', { url: 'https://example.org/' }, {})).status).toBe(400);
  });
});

describe('a token', () => {
  test('opens what it has the right to, and nothing more', async () => {
    const make = async (rights: Parameters<typeof site.tokens.add>[1]['rights']) => {
      const secret = makeSecret();
      await site.tokens.add(secret, { name: 'desk', rights, made: '2031-01-01T00:00:00Z' });
      return { authorization: `Bearer ${secret}` };
    };
    const [reader, writer, reviewer] = [await make(['read']), await make(['write']), await make(['review'])];
    expect((await get('/new', reader)).status).toBe(200);
    expect((await get('/new', writer)).json).toMatchObject({ status: 403, code: 'right' });
    const sent = { text: 'Norway expelled three Finnish diplomats on Monday.', published: '2032-02-01' };
    expect((await post('/documents', sent, reader)).status).toBe(403);
    expect((await post('/documents', sent, writer)).status).toBe(201);
    expect((await post('/review', { what: 'list' }, writer)).status).toBe(403);
    expect((await post('/review', { what: 'list', limit: 1 }, reviewer)).json).toHaveLength(1);
  });
});

describe('reviewing over the API', () => {
  test('keeps decisions under the name of whoever asks, and takes them back', async () => {
    const claim = summit.claims[0]!.id;
    const first = await post('/review', { what: 'accept', ids: [claim], why: 'seen' });
    expect(first.json).toMatchObject({ kind: 'accept', by: 'browser', why: 'seen' });
    const second = await post('/review', { what: 'accept', ids: [claim] });
    const undone = await post('/review', { what: 'undo', ids: [first.json.id, second.json.id] });
    expect(undone.json).toHaveLength(2);
    expect((await post('/review', { what: 'accept', ids: [claim], by: 'someone' })).status).toBe(400);
    const line = (await site.tokens.logged(1))[0]!;
    expect(line).toMatchObject({ who: 'browser', what: 'POST /api/v1/review', status: 400 });
  });

  test('gives all decisions as one list', async () => {
    const decisions = (await post('/review', { what: 'export' })).json;
    expect(decisions.map(({ kind }: { kind: string }) => kind)).toEqual(['accept', 'accept', 'undo', 'undo']);
  });

  test('lists what waits for a person, and what was decided, for whoever may read', async () => {
    const { json, headers } = await get('/review?limit=2');
    expect(json).toHaveLength(2);
    expect(json[0].disputed.length).toBeGreaterThan(0);
    expect(typeof json[0].claim.sentence).toBe('string');
    expect(headers.get('etag')).not.toBeNull();
    expect((await get('/review?decided=true&limit=1')).json[0].decision.kind).toBe('undo');
    expect((await get('/review?ids=x')).status).toBe(400);
    expect((await get('/review?limit=1001')).status).toBe(400);
  });

  test('takes decisions as JSON lines from whoever may administer, for they name who decided', async () => {
    const secret = makeSecret();
    await site.tokens.add(secret, { name: 'copy', rights: ['admin'], made: '2031-01-01T00:00:00Z' });
    const lines = { authorization: `Bearer ${secret}`, 'content-type': 'application/x-ndjson' };
    const decided = (await post('/review', { what: 'export' })).json as readonly object[];
    const body = decided.map((one) => JSON.stringify(one)).join('\n');
    expect((await post('/review', body, { ...WITH_KEY, 'content-type': 'application/x-ndjson' })).status).toBe(403);
    expect((await post('/review', body, lines)).json).toEqual({ taken: 0, held: 4 });
    const other = body.split('\n')[0]!.replace('"by":"browser"', '"by":"Ada"');
    expect((await post('/review', other, lines)).json).toEqual({ taken: 1, held: 0 });
    const wrong = await post('/review', `${other}\n{"kind":"accept"}`, lines);
    expect(wrong.json).toMatchObject({
      status: 400,
      code: 'input.jsonl',
      detail: expect.stringMatching(/:2: expected a decision/),
    });
    expect((await post('/review', '\n'.repeat(501), lines)).status).toBe(413);
    expect((await post('/new', '{}', lines)).status).toBe(405);
  });

  test('names no file of the machine', async () => {
    expect((await post('/review', { what: 'import', ids: ['/etc/passwd'] })).status).toBe(400);
  });
});

describe('the queue', () => {
  test('is for whoever may administer, and a file has none', async () => {
    const secret = makeSecret();
    await site.tokens.add(secret, { name: 'keeper', rights: ['admin'], made: '2031-01-01T00:00:00Z' });
    const admin = { authorization: `Bearer ${secret}` };
    expect((await get('/jobs', WITH_KEY)).json).toMatchObject({ status: 403, code: 'right' });
    expect((await get('/jobs')).status).toBe(401);
    expect((await get('/jobs', admin)).json).toMatchObject({
      status: 404,
      detail: expect.stringMatching(/^This record is a file/),
    });
    expect((await post('/jobs', { action: 'drop', all: true }, admin)).status).toBe(404);
  });
});

describe('the description of the API', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { json } = await get('/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    expect((await new Validator().validate(json)).errors).toBeUndefined();
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining(['/show/{id}', '/documents', '/changes', '/export']),
    );
  });

  test('is what the answers are', async () => {
    const { json } = await get('/openapi.json');
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    const conforms = async (path: string, method: 'get' | 'post', given: Answered) => {
      const { schema } = json.paths[path][method].responses[given.status].content['application/json'];
      const check = ajv.compile(schema);
      check(given.json);
      expect(check.errors, path).toBeNull();
    };
    const document = summit.claims[0]!.document;
    for (const { id } of events) await conforms('/show/{id}', 'get', await get(`/show/${id}`));
    // Every operation that reads has its line here.
    const asked: Readonly<Record<string, readonly string[]>> = {
      actor: ['/actor?words=German&words=forces'],
      brief: ['/brief?one=FIN&two=NOR'],
      documents: ['/documents', '/documents?limit=1'],
      compare: [`/compare?event=${summit.id}`],
      new: ['/new'],
      review: ['/review', '/review?limit=3&type=CONSULT', '/review?decided=true'],
      search: ['/search?words=Geneva', '/search?words=Geneva&documents=true'],
      show: [`/show?id=${document}`, `/show?id=${document}&versions=true`],
      stats: ['/stats', '/stats?between=FIN&between=NOR', '/stats?dyads=true', '/stats?by=week'],
      timeline: ['/timeline', '/timeline?between=FIN&between=NOR&disputed=any'],
    };
    for (const path of Object.keys(json.paths)) {
      const schema = json.paths[path].get?.responses[200].content['application/json'];
      if (schema === undefined || path.includes('{') || path === '/jobs') continue;
      const questions = asked[path.slice(1)];
      expect(questions, `${path} is asked nothing`).toBeDefined();
      for (const question of questions!) await conforms(path, 'get', await get(question));
    }
    await conforms('/read', 'post', await post('/read', { text: 'Norway expelled two Finnish diplomats.' }, {}));
    await conforms('/documents', 'post', await post('/documents', { text: 'Norway expelled two Finnish envoys.' }));
  });
});
