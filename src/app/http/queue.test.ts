import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/postgres.ts';
import { siteOver } from '../../../test/site.ts';
import { Queue } from '../../record/queue.ts';
import { Store } from '../../record/store.ts';
import { makeSecret } from './gate.ts';

const place = await freshDatabase('src/app/http/queue.test.ts');
let store: Store;
let site: Awaited<ReturnType<typeof siteOver>>;
let authorization: string;

describe.skipIf(place === undefined)('the queue of a server over HTTP', () => {
  beforeAll(async () => {
    store = await Store.open(place!, { create: true });
    site = await siteOver(store, place!);
    const secret = makeSecret();
    await site.tokens.add(secret, { name: 'keeper', rights: ['admin'], made: '2031-01-01T00:00:00Z' });
    authorization = `Bearer ${secret}`;
    const queue = await Queue.open(place!);
    await queue.close();
  });

  afterAll(async () => {
    await site.close();
    await store.close();
  });

  test('is counted, and asked anew each time', async () => {
    const response = await site.ask('/api/v1/jobs', { headers: { authorization } });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await response.json()).toEqual({ waiting: 0, returning: 0, active: 0, dead: 0, letters: [] });
  });

  test('has dead letters queued again or dropped', async () => {
    const post = (body: object) =>
      site.ask('/api/v1/jobs', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      });
    expect(await (await post({ action: 'retry', all: true })).json()).toEqual({ count: 0 });
    const none = await post({ action: 'drop', documents: ['3f2a91c04b7d'] });
    expect([none.status, ((await none.json()) as { code: string }).code]).toEqual([404, 'record.not-found']);
  });
});
