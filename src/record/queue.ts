import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { ReadoutError } from '../error.ts';
import type { Document } from '../source/document.ts';
import { lostError, withoutPassword } from './postgres.ts';

/** A document that waits to be read, and the input it came from. */
export interface Waiting {
  readonly input: string;
  readonly document: Document;
}

/** A document that a worker has taken; until it says `done` or `bury`, the queue believes that it is being read. */
export interface Job extends Waiting {
  readonly id: string;
  readonly queue: string;
  /** How many workers took it before and were lost. */
  readonly retryCount: number;
}

/** A document that nobody could read, and why. `since` is an ISO 8601 time. */
export interface DeadLetter {
  /** SHA-256 of its text, as everywhere; `job` is what the queue calls it. */
  readonly document: string;
  readonly job: string;
  readonly input: string;
  readonly reason: string;
  readonly since: string;
}

/** How many jobs there are: to be taken, to be taken again after a worker was lost, being read, and dead letters. */
export interface JobCounts {
  readonly waiting: number;
  readonly returning: number;
  readonly active: number;
  readonly dead: number;
}

/** How a queue is kept. */
export interface QueueOptions {
  /** Whether this process looks after the queue: workers do (default: false). */
  readonly tends?: boolean;
  /** Seconds without a sign of life after which a worker's jobs are taken back (default: 60; at least 10). */
  readonly silenceSeconds?: number;
  /** Seconds between two looks for such jobs (default: 10). */
  readonly lookSeconds?: number;
}

// The three lists of pg-boss. What was in the hands of workers that were lost is read alone from the second time on, so
// that of a batch only the one document that ends its workers becomes a dead letter.
const DOCUMENTS = 'documents';
const ALONE = 'documents-alone';
const DEAD = 'dead-letters';
const LOSSES = 2;
const LOSSES_ALONE = 3;

const SCHEMA = 'readout_jobs';
// Jobs never grow old: fifty years, in seconds.
const FOREVER = 50 * 365 * 86_400;
/** Jobs that may wait before whoever adds more has to wait too. */
const MOST_WAITING = 10_000;
// What is sent in one statement.
const MOST_LETTERS = 4_000_000;

/**
 * Documents that wait to be read by workers on any number of machines, kept by pg-boss in the schema `readout_jobs` of
 * the record's PostgreSQL.
 *
 * A document is queued once as long as it waits. A job whose worker was lost comes back; what cannot be read becomes a
 * dead letter, with the reason. Reading a document twice has no second effect: the record knows it by its text.
 */
export class Queue {
  readonly #name: string;
  readonly #pool: pg.Pool;
  readonly #boss: PgBoss;
  readonly #held = new Map<string, Job>();
  readonly #pulse: NodeJS.Timeout | undefined;

  /** Opens the queue of a server, and makes it if need be. Throws `record.open` when the server cannot be reached. */
  static async open(address: string, options: QueueOptions = {}): Promise<Queue> {
    const name = withoutPassword(address);
    const pool = new pg.Pool({ connectionString: address, max: 4, connectionTimeoutMillis: 10_000 });
    // A connection that idles when the server goes away is replaced at the next query, which tells what is wrong.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    const { tends = false, silenceSeconds = 60, lookSeconds = 10 } = options;
    const boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: SCHEMA,
      supervise: tends,
      superviseIntervalSeconds: lookSeconds,
      monitorIntervalSeconds: lookSeconds,
      schedule: false,
      registerInstance: false,
    });
    boss.on('error', () => {});
    boss.on('warning', () => {});
    try {
      await boss.start();
      const kept = { retentionSeconds: FOREVER, deleteAfterSeconds: 0, expireInSeconds: 86_400 };
      const returns = { retryDelay: 1, retryBackoff: true, retryDelayMax: 300, heartbeatSeconds: silenceSeconds };
      await boss.createQueue(DEAD, kept);
      await boss.createQueue(DOCUMENTS, { ...kept, ...returns, retryLimit: 1000 });
      await boss.createQueue(ALONE, { ...kept, ...returns, retryLimit: LOSSES_ALONE - 1, deadLetter: DEAD });
      return new Queue(name, pool, boss, silenceSeconds);
    } catch (cause) {
      await boss.stop({ graceful: false }).catch(() => {});
      await pool.end();
      if (cause instanceof ReadoutError) throw cause;
      const detail = cause instanceof Error ? cause.message || String(cause) : String(cause);
      throw new ReadoutError('record.open', `The queue at ${name} cannot be opened: ${detail}. Check the server.`, {
        cause,
      });
    }
  }

  private constructor(name: string, pool: pg.Pool, boss: PgBoss, silenceSeconds: number) {
    this.#name = name;
    this.#pool = pool;
    this.#boss = boss;
    // A sign that is missed once is given again before the silence is over.
    this.#pulse = setInterval(() => void this.#live().catch(() => {}), (silenceSeconds * 1000) / 4);
    this.#pulse.unref();
  }

  /**
   * Queues documents; when this resolves they are on the disk. Waits while more than `most` (default: 10,000) are
   * waiting; `onWait` hears of it once.
   */
  async enqueue(
    waiting: readonly Waiting[],
    options: { readonly most?: number; readonly signal?: AbortSignal; readonly onWait?: () => void } = {},
  ): Promise<void> {
    const { most = MOST_WAITING, signal, onWait } = options;
    let told = false;
    while (await this.#guarded(() => this.#waitMoreThan(most))) {
      if (!told) onWait?.();
      told = true;
      await wait(500, undefined, { signal });
    }
    const jobs = new Map(waiting.map((one) => [jobId(one.document), one]));
    let batch: { id: string; data: object }[] = [];
    let letters = 0;
    for (const [id, one] of jobs) {
      const data = { document: one.document.id, input: plain(one.input), body: pack(one.document) };
      batch.push({ id, data });
      letters += data.body.length;
      if (letters > MOST_LETTERS) {
        await this.#insert(batch);
        batch = [];
        letters = 0;
      }
    }
    if (batch.length > 0) await this.#insert(batch);
  }

  /** Takes up to `most` jobs, fewer when they are long. */
  async take(most: number): Promise<readonly Job[]> {
    const jobs: Job[] = [];
    let letters = 0;
    while (jobs.length < most && letters < MOST_LETTERS) {
      const some = await this.#guarded(() =>
        this.#boss.fetch<Body>(DOCUMENTS, { batchSize: Math.min(16, most - jobs.length) }),
      );
      const suspects = some.filter(({ retryCount }) => retryCount >= LOSSES);
      if (suspects.length > 0) await this.#setAside(suspects);
      const taken = await this.#unpackAll(some.filter(({ retryCount }) => retryCount < LOSSES));
      for (const job of taken) letters += job.document.text?.length ?? 0;
      jobs.push(...taken);
      if (some.length === 0) break;
    }
    return jobs;
  }

  /** Takes a job whose workers were lost, to be read while nothing else is in one's hands. */
  async takeAlone(): Promise<Job | undefined> {
    const some = await this.#guarded(() => this.#boss.fetch<Body>(ALONE));
    return (await this.#unpackAll(some))[0];
  }

  /** Says that jobs are in the record. */
  async done(jobs: readonly Job[]): Promise<void> {
    for (const queue of [DOCUMENTS, ALONE]) {
      const ids = jobs.filter((job) => job.queue === queue).map(({ id }) => id);
      if (ids.length > 0) await this.#guarded(() => this.#boss.deleteJob(queue, ids));
      for (const id of ids) this.#held.delete(id);
    }
  }

  /** Makes a job a dead letter. */
  async bury(job: Job, reason: string): Promise<void> {
    await this.#bury({ id: job.id, queue: job.queue }, job.input, job.document.id, pack(job.document), reason);
    this.#held.delete(job.id);
  }

  /** Counts jobs. */
  async counts(): Promise<JobCounts> {
    const { rows } = await this.#guarded(() =>
      this.#pool.query<{ list: string; state: string; count: string }>(
        `SELECT name AS list, state, count(*) FROM ${SCHEMA}.job WHERE name = ANY($1) GROUP BY name, state`,
        [[DOCUMENTS, ALONE, DEAD]],
      ),
    );
    const count = (state: string) =>
      rows.filter((row) => row.list !== DEAD && row.state === state).reduce((sum, row) => sum + Number(row.count), 0);
    const dead = rows.filter(({ list }) => list === DEAD).reduce((sum, row) => sum + Number(row.count), 0);
    return { waiting: count('created'), returning: count('retry'), active: count('active'), dead };
  }

  /** Dead letters, the oldest first: all, or those of documents whose id begins with `document`. */
  async dead({
    document = '',
    limit = 1000,
  }: {
    readonly document?: string;
    readonly limit?: number;
  } = {}): Promise<readonly DeadLetter[]> {
    const { rows } = await this.#guarded(() =>
      this.#pool.query<{ job: string; document: string; input: string; reason: string | null; since: string }>(
        `SELECT id AS job, data->>'document' AS document, data->>'input' AS input, data->>'reason' AS reason,
            to_char(created_on AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
          FROM ${SCHEMA}.job WHERE name = $1 AND starts_with(data->>'document', $2) ORDER BY created_on, id LIMIT $3`,
        [DEAD, document, limit],
      ),
    );
    // Those that pg-boss itself gave up have no reason of ours.
    return rows.map((row) => ({
      ...row,
      reason: row.reason ?? `${LOSSES_ALONE} workers ended while they read it alone`,
    }));
  }

  /** Queues dead letters again. */
  async retry(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    const ids = letters.map(({ job }) => job);
    await this.#guarded(() => this.#boss.redrive(DEAD, { destination: DOCUMENTS, ids, limit: ids.length }));
  }

  /** Forgets dead letters. */
  async drop(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    await this.#guarded(() =>
      this.#boss.deleteJob(
        DEAD,
        letters.map(({ job }) => job),
      ),
    );
  }

  /** Closes the connections. Jobs that were taken and are neither done nor buried come back later. */
  async close(): Promise<void> {
    clearInterval(this.#pulse);
    await this.#boss.stop({ graceful: false }).catch(() => {});
    await this.#pool.end();
  }

  async #waitMoreThan(most: number): Promise<boolean> {
    const { rows } = await this.#pool.query<{ many: boolean }>(
      `SELECT count(*) > $2 AS many FROM (SELECT FROM ${SCHEMA}.job WHERE name = $1 AND state < 'active' LIMIT $2 + 1) x`,
      [DOCUMENTS, most],
    );
    return rows[0]!.many;
  }

  async #insert(batch: { id: string; data: object }[]): Promise<void> {
    await this.#guarded(() => this.#boss.insert(DOCUMENTS, batch));
  }

  async #unpackAll(
    some: readonly { readonly id: string; readonly name: string; readonly retryCount: number; readonly data: Body }[],
  ): Promise<readonly Job[]> {
    const jobs: Job[] = [];
    for (const { id, name: queue, retryCount, data } of some) {
      try {
        const job = { id, queue, retryCount, input: data.input, document: unpack(data.body) };
        this.#held.set(id, job);
        jobs.push(job);
      } catch (cause) {
        const reason = `what waits in the queue is no document: ${String(cause)}`;
        await this.#bury({ id, queue }, data.input, data.document, data.body, reason);
      }
    }
    return jobs;
  }

  /** Moves jobs to those that are read alone. */
  async #setAside(some: readonly { readonly id: string; readonly data: Body }[]): Promise<void> {
    await this.#guarded(() =>
      this.#atOnce(async (db) => {
        await this.#boss.insert(
          ALONE,
          some.map(({ id, data }) => ({ id, data })),
          { db },
        );
        await this.#boss.deleteJob(
          DOCUMENTS,
          some.map(({ id }) => id),
          { db },
        );
      }),
    );
  }

  async #bury(
    { id, queue }: { readonly id: string; readonly queue: string },
    input: string,
    document: string,
    body: string,
    reason: string,
  ): Promise<void> {
    await this.#guarded(() =>
      this.#atOnce(async (db) => {
        await this.#boss.deleteJob(queue, [id], { db });
        await this.#boss.deleteJob(DEAD, [id], { db });
        await this.#boss.insert(DEAD, [{ id, data: { input, document, body, reason: plain(reason).slice(0, 2000) } }], {
          db,
        });
      }),
    );
  }

  async #atOnce(work: (db: { executeSql: pg.PoolClient['query'] }) => Promise<void>): Promise<void> {
    const client = await this.#pool.connect();
    let failed = true;
    try {
      await client.query('BEGIN');
      await work({ executeSql: client.query.bind(client) as pg.PoolClient['query'] });
      await client.query('COMMIT');
      failed = false;
    } finally {
      // What is half done is undone with its connection.
      client.release(failed);
    }
  }

  /** Tells the queue that this worker lives. */
  async #live(): Promise<void> {
    for (const queue of [DOCUMENTS, ALONE]) {
      const held = [...this.#held.values()].filter((job) => job.queue === queue);
      // Only for what is still ours: another worker may have it by now, and must be heard itself.
      if (held.length > 0) await this.#boss.touch(queue, held);
    }
  }

  async #guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw lostError(error, this.#name);
    }
  }
}

/** What a job says: the id of its document, where it came from, and the document itself, packed. */
interface Body {
  readonly document: string;
  readonly input: string;
  readonly body: string;
}

/** The same document as it was taken the same way is one job; the same text from another outlet is another. */
function jobId(document: Document): string {
  const hex = createHash('sha256').update(JSON.stringify(document)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

// PostgreSQL's JSON has no U+0000 and no half characters; texts have, and they are to arrive as they are.
function pack(document: Document): string {
  return deflateRawSync(JSON.stringify(document), { level: 1 }).toString('base64');
}

/** What PostgreSQL takes of a text. */
function plain(text: string): string {
  return Buffer.from(text.replaceAll('\0', ''), 'utf8').toString('utf8');
}

function unpack(body: string): Document {
  return JSON.parse(inflateRawSync(Buffer.from(body, 'base64')).toString('utf8')) as Document;
}
