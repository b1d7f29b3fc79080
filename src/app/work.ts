import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import { lostError } from '../record/postgres.ts';
import type { Job, Queue } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { Crew, usualThreads } from './crew.ts';
import { withQueue } from './enqueue.ts';
import { type Context, defineOperation, recordOption, threadsOption } from './operation.ts';
import { patternsOption, readerName, takePatterns } from './patterns.ts';
import { withRecord } from './record.ts';
import { Tally } from './tally.ts';

/**
 * `readout work`: takes documents from the queue, reads them on threads and adds them to the record, until it is asked
 * to stop; then it finishes what it has in its hands. Any number of workers share a queue, on any number of machines.
 */
export const workOperation = defineOperation({
  input: z.object({
    threads: threadsOption,
    untilEmpty: z.boolean().default(false).meta({ description: 'end when nothing is left to read' }),
    patterns: patternsOption,
    json: z.boolean().default(false).meta({ description: 'print a JSON line for each document' }),
    db: recordOption,
  }),
  positional: [],
  examples: ['READOUT_DB=postgres://me@server/news readout work', 'readout work --threads 4 --until-empty'],
  async run({ db, untilEmpty, json, ...input }, context) {
    const patterns = takePatterns(input.patterns, context);
    const threads = input.threads ?? usualThreads();
    // Before the record is opened: a file has no queue.
    await withQueue(
      db,
      context,
      (queue) =>
        withRecord(
          db,
          context,
          async (store) => {
            const crew = new Crew({ threads, patterns });
            const tally = new Tally(['added', 'known already'], context, { json });
            try {
              const worker = { store, queue, crew, tally, json, readerName: readerName(patterns) };
              await work(worker, { most: threads * PER_THREAD, untilEmpty, ahead: threads > 1 }, context);
            } finally {
              await crew.leave();
              context.tell(tally.summary());
            }
          },
          { create: true },
        ),
      { tends: true },
    );
  },
});

interface Worker {
  readonly store: Store;
  readonly queue: Queue;
  readonly crew: Crew;
  readonly tally: Tally;
  readonly json: boolean;
  readonly readerName: string;
}

/** A job and its reading; `undefined` when the record has the document. */
interface Read {
  readonly job: Job;
  readonly reading: Reading | undefined;
}

// Documents taken at once for each thread.
const PER_THREAD = 16;
const IDLE_MS = 500;
// How often those are looked for that have to be read alone, while there are others.
const ALONE_EVERY_MS = 30_000;
const LONGEST_OUTAGE_PAUSE_MS = 30_000;

async function work(
  worker: Worker,
  { most, untilEmpty, ahead }: { readonly most: number; readonly untilEmpty: boolean; readonly ahead: boolean },
  context: Context,
): Promise<void> {
  const { queue } = worker;
  const { signal } = context;
  const patient = <Result>(step: () => Promise<Result>) => insist(step, context);
  let read: Read[] = [];
  let aloneSince = Date.now();
  while (!signal.aborted || read.length > 0) {
    const alone = Date.now() - aloneSince > ALONE_EVERY_MS;
    // A worker of one thread keeps one core busy: it reads, then adds. One of more reads on while the last are added.
    if (!ahead && read.length > 0) await addRead(read.splice(0), worker, patient, context);
    const next = signal.aborted || alone ? [] : readJobs(await patient(() => queue.take(most)), worker, patient);
    // Its error is heard when it is its turn.
    if (next instanceof Promise) next.catch(() => {});
    if (read.length > 0) await addRead(read, worker, patient, context);
    read = [...(await next)];
    if (read.length > 0 || signal.aborted) continue;
    aloneSince = Date.now();
    const job = await patient(() => queue.takeAlone());
    if (job !== undefined) {
      await addRead(await readJobs([job], worker, patient), worker, patient, context);
      continue;
    }
    if (alone) continue;
    const { waiting, returning, active } = await patient(() => queue.counts());
    if (untilEmpty && waiting + returning + active === 0) return;
    if (waiting === 0) await wait(IDLE_MS, undefined, { signal }).catch(() => {});
  }
}

type Patient = <Result>(step: () => Promise<Result>) => Promise<Result>;

/** Reads jobs. One that cannot be read becomes a dead letter, and the others are read all the same. */
async function readJobs(
  jobs: readonly Job[],
  { store, queue, crew, tally }: Worker,
  patient: Patient,
): Promise<readonly Read[]> {
  const read = await Promise.all(
    jobs.map(async (job): Promise<Read | undefined> => {
      if (await patient(() => store.knows(job.document))) return { job, reading: undefined };
      const told = await crew.read(job);
      if ('reading' in told) return { job, reading: told.reading };
      tally.fail(told.failure);
      await patient(() => queue.bury(job, told.failure.message));
      return undefined;
    }),
  );
  return read.filter((one) => one !== undefined);
}

/** Adds what was read, and only then says that the jobs are done. */
async function addRead(read: readonly Read[], worker: Worker, patient: Patient, context: Context): Promise<void> {
  const { store, queue, tally, json, readerName } = worker;
  const fresh = read.flatMap(({ job, reading }) => (reading === undefined ? [] : [{ job, reading }]));
  const added = context.now().toISOString();
  let results: readonly boolean[];
  try {
    results = await patient(() =>
      store.addAll(fresh.map(({ job, reading }) => ({ reading, received: job.document, reader: readerName, added }))),
    );
  } catch (error) {
    if (!isOfDocument(error)) throw error;
    // One of them is to blame: each by itself.
    if (read.length > 1) {
      for (const one of read) await addRead([one], worker, patient, context);
      return;
    }
    const { job } = read[0]!;
    const message = `${job.input}: adding document ${job.document.id.slice(0, 16)} failed (${String(error)}); please report it.`;
    tally.fail(new ReadoutError('input.unreadable', message, { cause: error }));
    await patient(() => queue.bury(job, message));
    return;
  }
  await patient(() => queue.done(read.map(({ job }) => job)));
  const isNew = new Set(fresh.filter((_, index) => results[index]).map(({ job }) => job));
  for (const { job, reading } of read) {
    const { input, document } = job;
    const state = isNew.has(job) ? 'added' : 'known';
    await context.write(
      json
        ? `${JSON.stringify({ id: document.id, input, state, claims: reading?.claims.length })}\n`
        : `${state} ${document.id.slice(0, 16)} ${input}\n`,
    );
    tally.count(state === 'added' ? 'added' : 'known already');
  }
}

/** Tries again, ever more slowly, while the server is away or has no room; until the worker is asked to stop. */
async function insist<Result>(step: () => Promise<Result>, { signal, tell }: Context): Promise<Result> {
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, LONGEST_OUTAGE_PAUSE_MS)) {
    try {
      return await step();
    } catch (error) {
      if (isOfDocument(error) || signal.aborted) throw error;
      if (error instanceof ReadoutError && error.code !== 'record.lost') throw error;
      tell(`readout work: ${error instanceof Error ? error.message : String(error)} Trying again.`);
      await wait(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
}

/** True for what PostgreSQL has against a value (classes 22, 23 and 54 of its errors), and for faults of ours. */
function isOfDocument(error: unknown): boolean {
  if (lostError(error, 'the record') instanceof ReadoutError) return false;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code !== 'string' || /^(?:22|23|54)\w{3}$/.test(code);
}
