import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import type { DeadLetter, Queue } from '../record/queue.ts';
import { withQueue } from './enqueue.ts';
import { defineOperation, recordOption } from './operation.ts';

/** `readout jobs`: what waits in the queue and what nobody could read; such dead letters are queued again or dropped. */
export const jobsOperation = defineOperation({
  input: z.object({
    action: z
      .enum(['list', 'retry', 'drop'])
      .default('list')
      .meta({ description: 'list jobs and dead letters, queue dead letters again, or drop them' }),
    documents: z
      .array(z.string())
      .default([])
      .meta({ description: 'dead letters, by the ids of their documents', placeholder: 'ID' }),
    all: z.boolean().default(false).meta({ description: 'all dead letters' }),
    json: z.boolean().default(false).meta({ description: 'print JSON: the counts, and the dead letters' }),
    db: recordOption,
  }),
  positional: ['action', 'documents'],
  examples: ['readout jobs', 'readout jobs retry 3f2a91c04b7d', 'readout jobs drop --all'],
  offer: {
    right: 'admin',
    output: z.object({ count: z.number() }),
    asking: {
      fields: { action: 'list' },
      without: ['documents', 'all'],
      right: 'admin',
      summary: 'what waits in the queue, and the dead letters: what nobody could read, and why',
      output: z.object({
        ...{ waiting: z.number(), returning: z.number(), active: z.number(), dead: z.number() },
        letters: z.array(
          z.object({ document: z.string(), input: z.string(), reason: z.string(), since: z.string() }).readonly(),
        ),
      }),
      fresh: true,
    },
  },
  async run({ action, documents, all, json, db }, context) {
    if (context.record?.engine.kind === 'sqlite') {
      throw new ReadoutError('record.not-found', 'This record is a file, and has no queue: one needs PostgreSQL.');
    }
    const named = documents.length > 0;
    if (action !== 'list' && named === all) {
      throw new ReadoutError('option.value', `${action}: expected the ids of dead letters, or --all.`);
    }
    await withQueue(db, context, async (queue) => {
      if (action !== 'list') {
        let count = 0;
        for await (const letters of lettersOf(queue, all ? [''] : documents)) {
          await (action === 'retry' ? queue.retry(letters) : queue.drop(letters));
          count += letters.length;
        }
        if (json) await context.write(`${JSON.stringify({ count })}\n`);
        context.tell(
          `${count} ${count === 1 ? 'dead letter' : 'dead letters'} ${action === 'retry' ? 'queued again' : 'dropped'}.`,
        );
        return;
      }
      const counts = await queue.counts();
      const letters = await queue.dead({ limit: MOST_LISTED });
      if (json) {
        await context.write(
          `${JSON.stringify({ ...counts, letters: letters.map(({ job, ...letter }) => letter) }, null, 2)}\n`,
        );
        return;
      }
      const { waiting, returning, active, dead } = counts;
      await context.write(
        `${waiting} waiting, ${returning} coming back, ${active} being read, ${dead} dead ${dead === 1 ? 'letter' : 'letters'}.\n${letters
          .map(({ document, since, input, reason }) => {
            const told = reason.startsWith(`${input}: `) ? reason : `${input}: ${reason}`;
            return `${document.slice(0, 16)}  ${since}  ${told}\n`;
          })
          .join('')}${dead > letters.length ? `… and ${dead - letters.length} more.\n` : ''}`,
      );
    });
  },
});

const MOST_LISTED = 1000;

/** The dead letters of some documents, in lists. Throws `record.not-found` naming a document that has none. */
async function* lettersOf(queue: Queue, documents: readonly string[]): AsyncGenerator<readonly DeadLetter[]> {
  for (const document of documents) {
    const seen = new Set<string>();
    for (;;) {
      const letters = (await queue.dead({ document })).filter(({ job }) => !seen.has(job));
      if (letters.length === 0) break;
      for (const { job } of letters) seen.add(job);
      yield letters;
    }
    if (seen.size === 0 && document !== '') {
      throw new ReadoutError(
        'record.not-found',
        `There is no dead letter of document ${document}; \`readout jobs\` lists them.`,
      );
    }
  }
}
