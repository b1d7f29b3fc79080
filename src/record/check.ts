import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ReadoutError } from '../error.ts';
import { namesOf } from './documents.ts';
import type { Session } from './engine.ts';
import { marksOf, orderOf } from './marks.ts';
import { type Cluster, mergeTellings } from './merge.ts';
import { unpack } from './pack.ts';
import { type Decision, type KeptDecision, reviewTellings } from './review.ts';
import type { Store } from './store.ts';
import { type Telling, tellingsOf } from './telling.ts';
import { unpackTellings } from './tellings.ts';

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
    fault: 'marks that are counted wrong',
    sql: `SELECT count(*) AS faults FROM mark_names n WHERE coalesce((SELECT events FROM mark_counts c WHERE c.mark = n.number), 0)
      <> (SELECT count(*) FROM marks m WHERE m.mark = n.number)`,
  },
  {
    fault: 'days that are counted wrong',
    sql: `SELECT count(*) AS faults FROM day_counts d
      LEFT JOIN (SELECT substr(sort, 1, 3) AS day, count(*) AS events FROM events GROUP BY 1) e ON e.day = d.day
      WHERE d.events <> coalesce(e.events, 0)`,
  },
  {
    fault: 'events that are counted on no day, or twice',
    sql: 'SELECT abs((SELECT count(*) FROM events) - (SELECT coalesce(sum(events), 0) FROM day_counts)) AS faults',
  },
  {
    fault: 'documents whose origin is not there',
    sql: 'SELECT count(*) AS faults FROM documents WHERE origin NOT IN (SELECT number FROM documents)',
  },
  {
    fault: 'documents that are not found by their words, or words of none',
    sql: 'SELECT abs((SELECT count(*) FROM document_words) - (SELECT count(*) FROM documents)) AS faults',
  },
  {
    fault: 'claims that are not found by their words, or words of none',
    sql: 'SELECT abs((SELECT count(*) FROM claim_words) - (SELECT count(*) FROM claims WHERE shown = 1)) AS faults',
  },
  {
    fault: 'numbers that would be given twice',
    sql: `SELECT count(*) AS faults FROM counters WHERE value < CASE name
      WHEN 'document' THEN (SELECT max(number) FROM documents) WHEN 'claim' THEN (SELECT max(number) FROM claims)
      WHEN 'decision' THEN (SELECT max(number) FROM decisions) WHEN 'mark' THEN (SELECT max(number) FROM mark_names) END`,
  },
  {
    fault: 'decisions without documents',
    sql: 'SELECT count(*) AS faults FROM decisions WHERE number NOT IN (SELECT decision FROM decision_documents)',
  },
];

/**
 * What is wrong with a record, in lines for a person; none when it is whole. `deep` reads every document, and merges all
 * claims anew in memory and compares (default: false): some 10 kB a claim.
 */
export async function checkRecord(
  store: Store,
  { deep = false, tell = () => {} }: { readonly deep?: boolean; readonly tell?: (line: string) => void } = {},
): Promise<readonly string[]> {
  const faults: string[] = [];
  try {
    faults.push(...(await store.engine.faults()));
    for (const { fault, sql } of RULES) {
      const rows = await store.engine.rows<{ faults: number }>(sql);
      const count = Number(rows[0]!.faults);
      if (count > 0) faults.push(`${count} ${fault}`);
    }
    if (deep) faults.push(...(await checkPacked(store)));
    if (deep && faults.length === 0) {
      const tellings = await checkDocuments(store, faults, tell);
      tell('Merging all claims anew');
      await checkEvents(store, mergeTellings(tellings), faults);
    }
  } catch (error) {
    // What cannot be read is a fault, and where something is missing what comes after it cannot be asked.
    if (error instanceof ReadoutError && error.code === 'record.damaged') faults.push(error.message);
    else if (faults.length === 0) throw error;
    faults.push('the rest was not checked');
  }
  return faults;
}

/** Checks that what is packed can be unpacked, document by document. */
async function checkPacked(store: Store): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [table, what, open] of [
    ['readings', 'reading', unpack],
    ['tellings', 'claims', unpackTellings],
  ] as const) {
    await store.snapshot(async (_, session) => {
      for await (const rows of session.stream<{ document: number; body: Uint8Array }>(
        `SELECT document, body FROM ${table} ORDER BY document`,
      )) {
        for (const { document, body } of rows) {
          try {
            open(body);
          } catch (error) {
            if (!(error instanceof ReadoutError)) throw error;
            faults.push(`the ${what} of document number ${document} cannot be unpacked`);
          }
        }
      }
    });
  }
  return faults;
}

/** Checks that each document is what it was, and its claims what is read in it and decided of it; gives those shown. */
async function checkDocuments(store: Store, faults: string[], tell: (line: string) => void): Promise<Telling[]> {
  const decisions = await decisionsByDocument(store.engine);
  const names = new Map<string, number>();
  const shown: Telling[] = [];
  let documents = 0;
  for await (const { reading, number } of store.eachReading()) {
    const { id, text } = reading.document;
    if (createHash('sha256').update(text, 'utf8').digest('hex') !== id) {
      faults.push(`document ${id.slice(0, 16)} (number ${number}) has another text than it came with`);
    }
    const expected = reviewTellings(tellingsOf(reading), decisions.get(id) ?? []);
    const kept = await store.claims(id);
    const found = kept.map(({ telling, event }) => ({ telling, shown: event !== null }));
    if (!isDeepStrictEqual(found, JSON.parse(JSON.stringify(expected)))) {
      faults.push(`document ${id.slice(0, 16)} has other claims than its reading`);
    }
    for (const { telling, event } of kept) if (event !== null) shown.push(telling);
    for (const [party, name, kind, , uses] of namesOf([reading])) {
      const key = `${party}\n${kind}\n${name}`;
      names.set(key, (names.get(key) ?? 0) + uses);
    }
    documents += 1;
    if (documents % 50 === 0) tell(`Checking: ${documents} documents`);
  }
  const rows = await store.engine.rows<{ party: string; name: string; kind: string; uses: number }>(
    'SELECT party, name, kind, uses FROM names WHERE uses <> 0',
  );
  const wrong = rows.filter(({ party, name, kind, uses }) => names.get(`${party}\n${kind}\n${name}`) !== uses);
  if (wrong.length > 0 || rows.length !== names.size) faults.push('names of parties are not counted right');
  return shown;
}

/** Checks that the events are what merging makes, and can be found by all their marks. */
async function checkEvents(store: Store, clusters: readonly Cluster[], faults: string[]): Promise<void> {
  const claimsOf = (ids: readonly string[]) => ids.toSorted().join(' ');
  const expected = new Map(clusters.map(({ id, members }) => [id, claimsOf(members.map(({ telling }) => telling.id))]));
  const named = await store.engine.rows<{ number: number; mark: string }>('SELECT number, mark FROM mark_names');
  const markOf = new Map(named.map(({ number, mark }) => [number, mark]));
  let events = 0;
  let marks = 0;
  for await (const event of store.eachEvent()) {
    events += 1;
    if (expected.get(event.id) !== claimsOf(event.claims.map(({ id }) => id))) {
      faults.push(`event ${event.id} is not what its claims make`);
    }
    const rows = await store.engine.rows<{ sort: string; news: string; marks: string }>(
      'SELECT sort, news, marks FROM events WHERE id = ?',
      [event.id],
    );
    const { sort, news, marks: listed } = rows[0]!;
    const has = listed.split(/[ |]/).flatMap((number) => (number === '' ? [] : markOf.get(Number(number))));
    const order = orderOf(event);
    const wanted = marksOf(event);
    const right = sort === order.chronology && news === order.news;
    if (!right || has.toSorted().join('\n') !== wanted.toSorted().join('\n')) {
      faults.push(`event ${event.id} is listed as what it is not`);
    }
    marks += wanted.length;
  }
  if (events !== expected.size) faults.push(`${events} events where the claims make ${expected.size}`);
  const rows = await store.engine.rows<{ marks: number }>(
    'SELECT count(*) AS marks FROM marks JOIN events ON events.number = event WHERE marks.sort IN (events.sort, events.news)',
  );
  if (Number(rows[0]!.marks) !== marks) faults.push(`${rows[0]!.marks} marks where the events have ${marks}`);
}

async function decisionsByDocument(session: Session): Promise<ReadonlyMap<string, readonly KeptDecision[]>> {
  const rows = await session.rows<{ document: string; id: string; body: string }>(
    `SELECT document, id, body FROM decision_documents JOIN decisions ON decisions.number = decision
      ORDER BY decisions.number`,
  );
  const decisions = new Map<string, KeptDecision[]>();
  for (const { document, id, body } of rows) {
    const decision = { id, ...(JSON.parse(body) as Decision) };
    const others = decisions.get(document);
    if (others === undefined) decisions.set(document, [decision]);
    else others.push(decision);
  }
  return decisions;
}
