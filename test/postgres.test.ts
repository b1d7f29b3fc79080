import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from './postgres.ts';

const databases = [await freshDatabase('test/postgres.test.ts'), await freshDatabase('test/postgres.test.ts')];

describe.skipIf(databases[0] === undefined)('the PostgreSQL of the tests', () => {
  it('gives each who asks an empty database of its own', async () => {
    for (const connectionString of databases) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      await client.query('CREATE TABLE mark ()');
      await client.end();
    }
  });

  it('writes to the disk what is committed, and sorts letters otherwise than bytes', async () => {
    const client = new pg.Client({ connectionString: databases[0] });
    await client.connect();
    const { rows } = await client.query(`SELECT current_setting('fsync') fsync, 'a' < 'B' letters`);
    await client.end();
    expect(rows).toEqual([{ fsync: 'on', letters: true }]);
  });
});
