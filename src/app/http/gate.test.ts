import { afterAll, describe, expect, test } from 'vitest';
import { recordKinds } from '../../../test/records.ts';
import { Store } from '../../record/store.ts';
import { Tokens } from '../../record/tokens.ts';
import { demand, Gate, type GateOptions, type Knock, makeSecret } from './gate.ts';
import { HttpError } from './problem.ts';

for (const { kind, there, fresh } of await recordKinds('src/app/http/gate.test.ts')) {
  describe.skipIf(!there)(`the gate before a record on ${kind}`, async () => {
    const store = there ? await Store.open(await fresh(), { create: true }) : undefined;
    afterAll(() => store?.close());
    const tokens = there ? new Tokens(store!.engine) : (undefined as never);
    let now = 0;
    const open = (options: Partial<GateOptions> = {}) =>
      new Gate({
        tokens,
        hosts: new Set(['127.0.0.1:4173']),
        loopback: true,
        key: 'k'.repeat(36),
        now: () => now,
        ...options,
      });
    const knock = (headers: Record<string, string> = {}, method = 'GET'): Knock => ({
      method,
      headers: new Headers({ host: '127.0.0.1:4173', ...headers }),
      from: '127.0.0.1',
    });
    const refusal = async (gate: Gate, request: Knock) => {
      try {
        await gate.admit(request);
      } catch (error) {
        if (error instanceof HttpError) return error.status;
        throw error;
      }
      return undefined;
    };

    test('lets anyone on this machine read, and nobody elsewhere', async () => {
      expect([...(await open().admit(knock())).rights]).toEqual(['read']);
      const elsewhere = await open({ loopback: false }).admit(knock());
      expect([...elsewhere.rights]).toEqual([]);
      expect(() => demand(elsewhere, 'read')).toThrow(/needs the right to read/);
    });

    test('is called by its own names alone, however a page elsewhere binds its own to this machine', async () => {
      for (const host of ['evil.example', 'evil.example:4173', '127.0.0.1:9999', '127.0.0.1.evil.example:4173', '']) {
        expect(await refusal(open(), knock({ host })), host).toBe(421);
      }
      expect(await refusal(open(), knock({ host: '127.0.0.1:4173' }))).toBeUndefined();
    });

    test('refuses what another site posts, and lets its own pages', async () => {
      const key = { cookie: `readout=${'k'.repeat(36)}` };
      expect(await refusal(open(), knock({ ...key, origin: 'https://evil.example' }, 'POST'))).toBe(403);
      expect(await refusal(open(), knock({ ...key, origin: 'null' }, 'POST'))).toBe(403);
      expect(await refusal(open(), knock({ ...key, 'sec-fetch-site': 'cross-site' }, 'POST'))).toBe(403);
      expect(await refusal(open(), knock({ ...key, origin: 'http://127.0.0.1:4173' }, 'POST'))).toBeUndefined();
      const visitor = await open().admit(knock(key, 'POST'));
      expect([...visitor.rights]).toEqual(['read', 'write', 'review']);
      expect((await open().admit(knock({ cookie: `readout=${'x'.repeat(36)}` }))).who).toBe('anonymous');
    });

    test('knows a token by its secret while it holds, and keeps nothing of the secret', async () => {
      const secret = makeSecret();
      const token = await tokens.add(secret, {
        name: 'desk',
        rights: ['read', 'review'],
        made: '2031-01-01T00:00:00Z',
      });
      const visitor = await open().admit(knock({ authorization: `Bearer ${secret}` }));
      expect(visitor.who).toBe(token.id);
      expect(() => demand(visitor, 'review')).not.toThrow();
      expect(() => demand(visitor, 'admin')).toThrow(/has not the right to admin/);
      expect(JSON.stringify(await store!.engine.rows('SELECT * FROM tokens'))).not.toContain(secret.slice(4));
      await tokens.end(token.id, '2031-01-02T00:00:00Z');
      expect(await refusal(open(), knock({ authorization: `Bearer ${secret}` }))).toBe(401);
      await expect(tokens.end(token.id, '2031-01-02T00:00:00Z')).rejects.toThrow(/No token/);
    });

    test('ends the guessing of tokens for a minute', async () => {
      const gate = open();
      const guess = () => refusal(gate, knock({ authorization: `Bearer ${makeSecret()}` }));
      for (let i = 0; i < 10; i++) expect(await guess()).toBe(401);
      expect(await guess()).toBe(429);
      expect(() => gate.opens('wrong', '127.0.0.1')).toThrow(/Too many/);
      now += 61_000;
      expect(await guess()).toBe(401);
      expect(gate.opens('k'.repeat(36), '10.0.0.1')).toBe(true);
    });

    test('slows whoever changes things too fast, and lets readers be', async () => {
      const gate = open();
      const key = { cookie: `readout=${'k'.repeat(36)}` };
      for (let i = 0; i < 60; i++) expect(await refusal(gate, knock(key, 'POST'))).toBeUndefined();
      expect(await refusal(gate, knock(key, 'POST'))).toBe(429);
      expect(await refusal(gate, knock(key))).toBeUndefined();
      now += 1000;
      expect(await refusal(gate, knock(key, 'POST'))).toBeUndefined();
    });

    test('takes no header for more than it says', async () => {
      for (const authorization of ['Basic YTpi', 'Bearer', "Bearer ' OR 1=1 --", `Bearer ${'a'.repeat(5000)}`]) {
        expect(await refusal(open(), knock({ authorization })), authorization.slice(0, 30)).toBe(401);
      }
    });

    test('keeps a log of what was done', async () => {
      await tokens.log({ at: '2031-01-01T00:00:00Z', who: 'browser', what: 'POST /api/v1/review', status: 200 });
      expect((await tokens.logged(1))[0]).toMatchObject({ who: 'browser', status: 200 });
    });
  });
}
