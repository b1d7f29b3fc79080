import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ran, runReadout } from '../../test/shell.ts';
import { siteOver } from '../../test/site.ts';
import { Store } from '../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-token-'));
const db = join(folder, 'record.sqlite');
beforeAll(async () => (await Store.open(db, { create: true })).close());
afterAll(() => rmSync(folder, { recursive: true }));

const token = (...args: string[]): Promise<Ran> => runReadout(['token', ...args, '--db', db]);

describe('a token', () => {
  test('is shown once, opens what it says, and ends', async () => {
    const made = await token('make', 'desk script', '--rights', 'write,read');
    expect(made.out).toMatch(/^rdt_[\w-]{32}\n$/);
    expect(made.err).toMatch(/^Token [0-9a-f]{10} "desk script" may read, write\./);
    const list = await token('list');
    expect(list.out).toMatch(/^[0-9a-f]{10} {2}read,write {7} {2}made 2032-02-01, holds {2}desk script\n$/);
    expect(list.out).not.toContain(made.out.slice(4, 20));

    const store = await Store.open(db);
    const { ask } = await siteOver(store);
    const authorization = `Bearer ${made.out.trim()}`;
    const status = async () => (await ask('/api/v1/new', { headers: { authorization } })).status;
    expect(await status()).toBe(200);
    const id = list.out.slice(0, 10);
    expect((await token('end', id)).err).toBe(`Token ${id} opens nothing any more.\n`);
    expect(await status()).toBe(401);
    await store.close();

    expect((await token('list')).out).toContain('ended 2032-02-01');
    const log = await token('log');
    expect(log.out).toMatch(/unknown {5}401 {2}GET \/api\/v1\/new\n$/);
    expect(JSON.parse((await token('log', '--json')).out)[0]).toMatchObject({ status: 401 });
  });

  test('is made with rights that there are, for someone, and ended by an id that there is', async () => {
    expect(await token('make', 'x', '--rights', 'read,rule')).toMatchObject({
      code: 2,
      err: 'readout token: --rights: expected some of read, write, review, admin; got "rule".\n',
    });
    expect((await token('make')).code).toBe(2);
    expect(await token('end', 'nobody')).toMatchObject({ code: 1 });
    expect((await token('make', 'a\u001b[31mb', '--json')).err).not.toContain('\u001b');
  });
});
