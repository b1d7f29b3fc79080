import { mergeTellings } from './merge.ts';
import type { Store } from './store.ts';
import type { Telling } from './telling.ts';

/** A question whose answer is 0 in a whole record, and what it means when it is not. */
interface Rule {
  readonly fault: string;
  readonly sql: string;
}

const RULES: readonly Rule[] = [
  {
    fault: 'documents without a text or a reading',
    sql: `SELECT count(*) AS faults FROM documents WHERE number NOT IN (SELECT document FROM texts)
      OR number NOT IN (SELECT document FROM readings)`,
  },
  {
    fault: 'documents whose claims are not those of their reading',
    sql: `SELECT count(*) AS faults FROM documents
      WHERE claims <> (SELECT count(*) FROM claims WHERE claims.document = documents.number)`,
  },
  {
    fault: 'claims without what they tell',
    sql: 'SELECT count(*) AS faults FROM claims WHERE document NOT IN (SELECT document FROM tellings)',
  },
  {
    fault: 'claims without a place in an event',
    sql: 'SELECT count(*) AS faults FROM claims WHERE shown = 1 AND number NOT IN (SELECT claim FROM places)',
  },
  {
    fault: 'places of claims that are not there',
    sql: 'SELECT count(*) AS faults FROM places WHERE claim NOT IN (SELECT number FROM claims WHERE shown = 1)',
  },
  {
    fault: 'events without claims',
    sql: 'SELECT count(*) AS faults FROM events WHERE number NOT IN (SELECT cluster FROM places)',
  },
  {
    fault: 'claims in events that are not there',
    sql: 'SELECT count(*) AS faults FROM places WHERE cluster NOT IN (SELECT number FROM events)',
  },
  {
    fault: 'marks of events that are not there',
    sql: 'SELECT count(*) AS faults FROM marks WHERE event NOT IN (SELECT number FROM events)',
  },
  {
    fault: 'events out of the chronology',
    sql: `SELECT count(*) AS faults FROM events WHERE NOT EXISTS
      (SELECT 1 FROM marks JOIN mark_names n ON n.number = marks.mark WHERE n.mark = 'all' AND marks.sort = events.sort AND event = events.number)`,
  },
  {
    fault: 'documents whose origin is not there',
    sql: 'SELECT count(*) AS faults FROM documents WHERE origin NOT IN (SELECT number FROM documents)',
  },
  {
    fault: 'decisions without documents',
    sql: 'SELECT count(*) AS faults FROM decisions WHERE number NOT IN (SELECT decision FROM decision_documents)',
  },
];

/**
 * What is wrong with a record, in lines for a person; none when it is whole. `deep` merges all claims anew in memory and
 * compares (default: false): some 10 kB a claim.
 */
export async function checkRecord(
  store: Store,
  { deep = false }: { readonly deep?: boolean } = {},
): Promise<readonly string[]> {
  const faults = [...(await store.engine.faults())];
  for (const { fault, sql } of RULES) {
    const rows = await store.engine.rows<{ faults: number }>(sql);
    const count = Number(rows[0]!.faults);
    if (count > 0) faults.push(`${count} ${fault}`);
  }
  if (deep) faults.push(...(await compareEvents(store)));
  return faults;
}

async function compareEvents(store: Store): Promise<readonly string[]> {
  const tellings: Telling[] = [];
  for await (const { reading } of store.eachReading()) {
    for (const { telling, event } of await store.claims(reading.document.id))
      if (event !== null) tellings.push(telling);
  }
  const expected = new Map(
    mergeTellings(tellings).map(({ id, members }) => [
      id,
      members
        .map(({ telling }) => telling.id)
        .sort()
        .join(' '),
    ]),
  );
  const faults: string[] = [];
  let events = 0;
  for await (const event of store.eachEvent()) {
    events += 1;
    const claims = event.claims
      .map((claim) => claim.id)
      .sort()
      .join(' ');
    if (expected.get(event.id) !== claims) faults.push(`event ${event.id} is not what its claims make`);
  }
  if (events !== expected.size) faults.push(`${events} events where the claims make ${expected.size}`);
  return faults;
}
