import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY, siteOver } from '../../../test/site.ts';
import { storyReading } from '../../../test/story.ts';
import { SUMMIT } from '../../../test/summit.ts';
import { Store } from '../../record/store.ts';

let folder: string;
let store: Store;
let ask: Awaited<ReturnType<typeof siteOver>>['ask'];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'readout-desk-'));
  store = await Store.open(join(folder, 'record.sqlite'), { create: true });
  for (const story of SUMMIT) {
    const reading = storyReading(story);
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  ({ ask } = await siteOver(store));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const cookie = `readout=${KEY}`;

async function open(address: string, more = ''): Promise<string> {
  const response = await ask(address, { headers: { cookie: `${cookie}${more}` } });
  expect(response.status, address).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.text();
}

/** Posts a form of a page, as a browser does, and gives where that leads. */
async function post(what: string, fields: readonly (readonly [string, string])[], more = ''): Promise<Response> {
  return ask(`/review/${what}`, {
    method: 'POST',
    headers: { cookie: `${cookie}${more}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
  });
}

/** The claim that a page shows. */
function claimOn(page: string): string {
  return /name="claim" value="([0-9a-f]+)"/.exec(page)![1]!;
}

describe('the review page', () => {
  test('shows what reports disagree on first, with its words lit up', async () => {
    const page = await open('/review');
    expect(page).toContain('reports disagree on ');
    expect(page).toMatch(/<mark class="trigger[^>]*>/);
    expect(page).toContain('No. 1 in the queue');
    expect(page).toContain('Decisions are signed “browser”: give your name');
    expect(page).toMatch(/<p class="soft">\d+ events wait for a first look\./);
    expect(await open('/review?type=CONSULT')).not.toContain('wait for a first look');
    for (const what of ['accept', 'reject', 'correct', 'merge']) expect(page).toContain(`action="/review/${what}"`);
  });

  test('says of what may be asked first that it is not told', async () => {
    const claims = (await store.events()).flatMap((event) => event.claims);
    const { id } = claims.find(({ sentence }) => sentence === 'The two will discuss fisheries.')!;
    const page = await open(`/review?claim=${id}`);
    expect(page).toContain('<dt>when</dt><dd><span class="soft">not told</span></dd>');
    expect(page).toContain('<dt>type</dt><dd>talks (CONSULT)</dd>');
    expect(page).not.toContain('<dt>duration</dt>');
  });

  test('leads from claim to claim in the order of the whole queue, and back', async () => {
    const queue = (JSON.parse(await open('/review.json')) as { readonly claim: { readonly id: string } }[]).map(
      ({ claim }) => claim.id,
    );
    const leadsTo = (page: string, name: string) => new RegExp(`claim=(\\w+)"[^>]*>${name} `).exec(page)?.[1];
    let page = await open('/review');
    for (const [i, id] of queue.entries()) {
      expect(claimOn(page)).toBe(id);
      expect(page).toContain(`No. ${i + 1} in the queue`);
      expect(leadsTo(page, 'Previous')).toBe(queue[i - 1]);
      // The last leads to the first that is still open.
      expect(leadsTo(page, 'Next')).toBe(queue[i + 1] ?? queue[0]);
      page = await open(`/review?claim=${leadsTo(page, 'Next')}`);
    }
    expect(queue.length).toBeGreaterThan(5);
  });

  test('keeps a decision at once, goes on to the next claim, and takes it back again', async () => {
    const claim = claimOn(await open('/review'));
    const answer = await post('accept', [['claim', claim]]);
    expect(answer.status).toBe(303);
    const [decision] = await store.decisions();
    expect(decision).toMatchObject({ kind: 'accept', by: 'browser', at: '2031-01-01T00:00:00.000Z' });
    const next = await open(answer.headers.get('location')!);
    expect(next).toContain('was accepted');
    expect(claimOn(next)).not.toBe(claim);
    const back = await post('undo', [
      ['claim', claim],
      ['decision', decision!.id],
    ]);
    const again = await open(back.headers.get('location')!);
    expect(again).toContain('Taken back');
    expect(claimOn(again)).toBe(claim);
    expect((await store.claim(claim))!.telling.review).toBeUndefined();
  });

  test('corrects only what was changed, by the name that was given', async () => {
    const claim = claimOn(await open('/review'));
    const named = await post('name', [
      ['claim', claim],
      ['name', 'Ada; Path=/\r\nX: y'],
    ]);
    const kept = named.headers.get('set-cookie')!;
    expect(kept).toBe(
      'readout-name=Ada%3B%20Path%3D%2FX%3A%20y; HttpOnly; SameSite=Strict; Path=/review; Max-Age=31536000',
    );
    const mine = `; ${kept.split(';')[0]}`;
    const page = await open(`/review?claim=${claim}`, mine);
    const fields = [...page.matchAll(/<input name="(\w+)" value="([^"]*)" maxlength="2000" pl/g)].map(
      ([, name, value]) => [name!, value!] as const,
    );
    expect(fields.map(([name]) => name)).toContain('where');
    const answer = await post(
      'correct',
      [['claim', claim], ['why', 'as the photo shows'], ...fields, ['duration', '4 hours']].map(([name, value]) =>
        name === 'duration' ? ([name, '4 hours'] as const) : ([name!, value!] as const),
      ),
      mine,
    );
    expect(answer.status).toBe(303);
    expect(await store.decisions()).toMatchObject([
      { kind: 'correct', field: 'duration', value: 'PT4H', by: 'Ada; Path=/X: y', why: 'as the photo shows' },
    ]);
  });

  test('shows what could not be taken again, with what is expected', async () => {
    const claim = claimOn(await open('/review'));
    const answer = await post('correct', [
      ['claim', claim],
      ['when', 'last <b>spring</b>'],
    ]);
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain('when: expected a day (2021-06-16)');
    expect(page).toContain('value="last &lt;b&gt;spring&lt;/b&gt;"');
    expect(await store.decisions()).toEqual([]);
  });

  test('merges with an event nearby, and splits a claim from its event', async () => {
    const events = await store.events({ type: 'CONSULT' });
    const [one, two] = [events[0]!, events.at(-1)!];
    const page = await open(`/review?claim=${one.claims[0]!.id}`);
    expect(page).toContain('They are one event');
    const merged = await post('merge', [
      ['claim', one.claims[0]!.id],
      ['event', two.id],
      ['event', ''],
    ]);
    expect(merged.status).toBe(303);
    const whole = (await store.event(one.id))!;
    expect(whole.claims.length).toBe(one.claims.length + two.claims.length);
    const split = await post('split', [['claim', two.claims[0]!.id]]);
    expect(split.status).toBe(303);
    expect((await store.event(two.claims[0]!.id))!.id).not.toBe(whole.id);
  });

  test('goes through the whole queue, and says when nothing is left', async () => {
    let page = await open('/review?type=CONSULT');
    const seen = new Set<string>();
    while (!page.includes('Nothing is left to review')) {
      const claim = claimOn(page);
      expect(seen).not.toContain(claim);
      seen.add(claim);
      const answer = await post(seen.size % 2 === 0 ? 'accept' : 'reject', [
        ['claim', claim],
        ['question', 'type=CONSULT&claim=zzz&evil=1'],
      ]);
      const location = answer.headers.get('location')!;
      expect(location).not.toContain('evil');
      page = await open(location);
    }
    expect(page).toContain('action="/review/undo"');
    expect(seen.size).toBeGreaterThan(5);
  });

  test('lets nobody decide who may only read, and no other site', async () => {
    const page = await (await ask('/review')).text();
    expect(page).toContain('You may look, and not decide');
    expect(page).not.toContain('method="post"');
    const claim = (await store.events())[0]!.claims[0]!.id;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = `claim=${claim}`;
    expect((await ask('/review/accept', { method: 'POST', headers, body })).status).toBe(401);
    const elsewhere = { ...headers, cookie, origin: 'https://evil.example' };
    expect((await ask('/review/accept', { method: 'POST', headers: elsewhere, body })).status).toBe(403);
    const asText = { cookie, 'content-type': 'text/plain' };
    expect((await ask('/review/accept', { method: 'POST', headers: asText, body })).status).toBe(415);
    expect((await post('everything', [['claim', claim]])).status).toBe(404);
    expect((await post('accept', [['claim', 'no such']])).status).toBe(404);
    expect(await store.decisions()).toEqual([]);
  });
});

describe('the page of an event', () => {
  const told = async () => (await store.events()).find(({ claims }) => claims.length > 2)!;
  const page = async (address: string) => {
    const response = await ask(address, { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  };
  const leads = async (answer: Response) => {
    expect(answer.status).toBe(303);
    return answer.headers.get('location')!;
  };

  test('has each claim accepted where it stands, and the same undone', async () => {
    const { id, claims } = await told();
    const claim = claims[1]!.id;
    expect((await page(`/events/${id}`)).text.match(/action="\/review\/accept"/g)).toHaveLength(claims.length);
    const location = await leads(await post('accept', [...fields(claim, id)]));
    expect(location).toMatch(new RegExp(`^/events/${id}\\?done=[0-9a-f]{12}&of=${claim}#claim-${claim}$`));
    const after = await page(location);
    expect(after.text).toContain('This was accepted.');
    expect(after.text).toContain('accepted by browser');
    const decision = /name="decision" value="(\w+)"/.exec(after.text)![1]!;
    const back = await leads(await post('undo', [...fields(claim, id), ['decision', decision]]));
    expect((await page(back)).text).toContain('Taken back.');
    expect((await store.claim(claim))!.telling.review).toBeUndefined();
  });

  test('stays where one is when the claim that opened it is rejected, until none is left', async () => {
    const { id, claims } = await told();
    let address = `/events/${id}`;
    for (const claim of [id, ...claims.map((one) => one.id).filter((one) => one !== id)]) {
      expect((await page(address)).status).toBe(200);
      address = await leads(await post('reject', [...fields(claim, new URL(address, 'http://x').pathname.slice(8))]));
      expect((await page(address)).text).toMatch(/was rejected|The last claim<\/a> was rejected/);
    }
    expect(address).toMatch(/^\/review\?claim=/);
    const undone = await page(address);
    expect(undone.text).toContain('action="/review/undo"');
  });

  test('corrects a field in a form of its own, and shows again what could not be taken', async () => {
    const { id, claims } = await told();
    const claim = claims[0]!.id;
    const form = await page(`/events/${id}?correct=${claim}`);
    expect(form.text.match(/name="duration"/g)).toHaveLength(1);
    const refused = await post('correct', [...fields(claim, id), ['when', 'last <i>spring</i>']]);
    const again = await refused.text();
    expect([refused.status, again.includes('when: expected a day')]).toEqual([400, true]);
    expect(again).toContain('value="last &lt;i&gt;spring&lt;/i&gt;"');
    const location = await leads(await post('correct', [...fields(claim, id), ['duration', '4 hours']]));
    const { text } = await page(location);
    expect(text).toContain('This was corrected duration to 4 hours.');
    expect((await store.claim(claim))!.telling.duration).toBe('PT4H');
  });

  test('has no forms for whoever may only read, and leads nowhere but to an event', async () => {
    const { id, claims } = await told();
    const text = await (await ask(`/events/${id}?correct=${claims[0]!.id}&done=x&of=y`)).text();
    expect(text).not.toContain('method="post"');
    for (const at of ['//evil.example', 'https://evil.example', '../..', `${id}\r\nx: y`]) {
      const location = await leads(await post('accept', [...fields(claims[0]!.id, at)]));
      expect(location).toMatch(/^\/review\?/);
    }
  });

  function fields(claim: string, at: string): readonly (readonly [string, string])[] {
    return [
      ['claim', claim],
      ['at', at],
    ];
  }
});

describe('the queue', () => {
  test('has what is disputed first, then the least confident, whatever narrows it down', async () => {
    const filters = ['', '?type=CONSULT', '?between=FIN', '?from=2021-06-01', '?words=talks', '?status=happened'];
    for (const query of filters) {
      const response = await ask(`/review.json${query}`, { headers: { cookie } });
      const rows = (await response.json()) as {
        readonly claim: { readonly confidence: number };
        readonly disputed: readonly string[];
      }[];
      expect(rows.length, query).toBeGreaterThan(0);
      const ranks = rows.map(
        ({ claim, disputed }) => (disputed.length > 0 ? 0 : 10) + Math.round(claim.confidence * 100) / 100,
      );
      expect(ranks, query).toEqual(ranks.toSorted((a, b) => a - b));
    }
  });
});
