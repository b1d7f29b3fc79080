import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type Server, startServer } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where test/postgres.ts asks for a database. */
    readonly databases: string;
  }
}

/** A database of a test's own, or why there is none. */
export type Given = { readonly url: string } | { readonly failure: string };

/**
 * Before all tests: gives databases on one PostgreSQL to whoever asks, and starts it when the first does. A server that
 * is there already is named by READOUT_TEST_POSTGRES (`postgres://…`; a folder instead is where the programs are). After
 * all tests, says which were left out for want of a server.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env['READOUT_TEST_POSTGRES'];
  const foreign = named !== undefined && /^postgres(ql)?:/.test(named) ? named : undefined;
  const made: string[] = [];
  const without = new Map<string, string>();
  let starting: Promise<Server | { readonly failure: string }> | undefined;
  let admin: Promise<pg.Pool> | undefined;

  async function give(asker: string): Promise<Given> {
    let url = foreign;
    if (url === undefined) {
      starting ??= startServer();
      const server = await starting;
      if ('failure' in server) {
        without.set(asker, server.failure);
        return server;
      }
      url = server.url;
    }
    admin ??= openAdmin(url);
    const name = `readout_test_${process.pid}_${made.length + 1}`;
    made.push(name);
    await (await admin).query(`CREATE DATABASE ${name}`);
    const address = new URL(url);
    address.pathname = `/${name}`;
    return { url: address.href };
  }

  const door = createServer(async (request, response) => {
    const asker = decodeURIComponent(request.url!.slice(1));
    const given = await give(asker).catch((error): Given => ({ failure: String(error) }));
    // A connection that idles is closed at some moment, and might be asked at that very moment.
    response.setHeader('connection', 'close').end(JSON.stringify(given));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => door.once('listening', resolve));
  project.provide('databases', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`);

  return async () => {
    door.close();
    door.closeAllConnections();
    const pool = await admin;
    if (foreign !== undefined) for (const name of made) await pool!.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await pool?.end();
    const server = await starting;
    if (server !== undefined && 'close' in server) await server.close();
    for (const [asker, failure] of without) {
      process.stderr.write(`${asker}: tests on PostgreSQL were left out, as there is none here (${failure}).\n`);
    }
  };
}

async function openAdmin(url: string): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // A server that a test ends takes this connection with it; the next query opens another.
  pool.on('error', () => {});
  return pool;
}
