import { inject } from 'vitest';
import type { Given } from './setup.ts';

/**
 * The address of an empty database on a real PostgreSQL, for the test file `asker`; undefined where this machine has no
 * server: leave the tests out then (`describe.skipIf`), the end of the run says so. One server is shared by all files,
 * so tests that stop it start their own (server.ts).
 *
 *     const database = await freshDatabase('src/record/queue.test.ts');
 *     describe.skipIf(database === undefined)('on PostgreSQL', () => { … });
 */
export async function freshDatabase(asker: string): Promise<string | undefined> {
  const response = await fetch(new URL(encodeURIComponent(asker), inject('databases')));
  const given = (await response.json()) as Given;
  return 'url' in given ? given.url : undefined;
}
