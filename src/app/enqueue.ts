import { ReadoutError } from '../error.ts';
import { isServer } from '../record/open.ts';
import type { Queue, QueueOptions } from '../record/queue.ts';
import type { Store } from '../record/store.ts';
import { inBatches } from './batches.ts';
import { type Milestone, PATIENCE_MS, sift } from './gather.ts';
import type { Taken } from './inputs.ts';
import type { Context } from './operation.ts';
import { recordPath } from './record.ts';
import { type Meter, Tally } from './tally.ts';

/** Opens the queue of a record, does the work, and closes it whatever happens. Throws `option.value` for a file. */
export async function withQueue(
  db: string | undefined,
  context: Pick<Context, 'env' | 'cwd'>,
  work: (queue: Queue) => Promise<void>,
  options: QueueOptions = {},
): Promise<void> {
  const place = recordPath(db, context);
  if (!isServer(place)) {
    throw new ReadoutError(
      'option.value',
      `${place}: a queue needs a record on PostgreSQL. Name it with --db postgres://… or READOUT_DB; for a file, \`readout add --threads N\` reads on threads.`,
    );
  }
  const { Queue } = await import('../record/queue.ts');
  const queue = await Queue.open(place, options);
  try {
    await work(queue);
  } finally {
    await queue.close();
  }
}

/** What queues: the record, the queue, and how each document is told of. */
export interface Enqueuer {
  readonly store: Store;
  readonly queue: Queue;
  readonly json: boolean;
  readonly meter?: Meter;
}

/**
 * Queues documents as they are taken, for workers to read. A document in the record already is not queued. Waits while
 * too many are waiting. Every failure is told, and the rest goes on.
 */
export async function enqueue(
  taken: AsyncIterable<Taken | Milestone>,
  { store, queue, json, meter }: Enqueuer,
  context: Context,
): Promise<Tally> {
  const tally = new Tally(['queued', 'known already'], context, { json, ...(meter ? { meter } : {}) });
  const waits = {
    signal: context.signal,
    onWait: () => context.progress('The queue is full: waiting for workers (`readout work`).'),
  };
  for await (const batch of inBatches(sift(taken, store), { most: 100, ms: PATIENCE_MS })) {
    await queue.enqueue(
      batch.flatMap((one) => ('document' in one ? [one] : [])),
      waits,
    );
    // Only now, after the commit: whoever reads these lines may rely on the documents being in the queue.
    for (const one of batch) {
      if ('failure' in one) tally.fail(one.failure);
      else if ('settled' in one) await one.settled();
      else {
        const [state, { id }] = 'document' in one ? ['queued', one.document] : ['known', one.known];
        const { input } = one;
        await context.write(
          json ? `${JSON.stringify({ id, input, state })}\n` : `${state} ${id.slice(0, 16)} ${input}\n`,
        );
        tally.count(state === 'queued' ? 'queued' : 'known already');
      }
    }
  }
  return tally;
}
