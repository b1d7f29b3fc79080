import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { siteOver } from '../../../test/site.ts';
import { Store } from '../../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-tries-'));
let store: Store;
let ask: Awaited<ReturnType<typeof siteOver>>['ask'];

beforeAll(async () => {
  store = await Store.open(join(folder, 'record.sqlite'), { create: true });
  ({ ask } = await siteOver(store));
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('the try-it page of the site', () => {
  test('is what was built, with a policy that lets its worker compile, and leads back', async () => {
    const answer = await ask('/try/');
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("frame-ancestors 'none'");
    const page = await answer.text();
    expect(page).toContain('<a class="home" href="/">');
    const names = [...page.matchAll(/(?:href|src|data-\w+)="([\w-]+-[0-9a-f]{8}\.\w+)"/g)].map(([, name]) => name!);
    expect(names.length).toBe(4);
    for (const name of names) {
      const file = await ask(`/try/${name}`);
      expect([file.status, file.headers.get('cache-control')], name).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ]);
      await file.body?.cancel();
    }
    expect((await ask('/try/offline.js')).headers.get('cache-control')).toBe('no-cache');
    expect((await ask('/try')).headers.get('location')).toBe('/try/');
  });

  test('gives no file but its own', async () => {
    for (const name of ['nothing.js', '..%2f..%2fpackage.json', '..%2fclient%2fdrop.js', '%00']) {
      expect((await ask(`/try/${name}`)).status, name).not.toBe(200);
    }
    expect((await ask('/timeline')).headers.get('content-security-policy')).not.toContain('wasm');
  });
});
