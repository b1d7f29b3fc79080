import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { usualThreads } from './crew.ts';
import { enqueue, withQueue } from './enqueue.ts';
import { gather, type Milestone } from './gather.ts';
import { type FileState, inputFields, measureInputs, type Taken, takeInputs } from './inputs.ts';
import { loadReader } from './load.ts';
import { defineOperation, recordOption, threadsOption } from './operation.ts';
import { patternsOption, readerName, takePatterns } from './patterns.ts';
import { withRecord } from './record.ts';

/**
 * `readout add`: reads documents into the record, or with `--queue` leaves the reading to workers; a line on standard
 * output says that each is on the disk.
 */
export const addOperation = defineOperation({
  input: z.object({
    ...inputFields,
    patterns: patternsOption,
    resume: z
      .boolean()
      .default(false)
      .meta({ description: 'pass over files that were read to their end before and have not changed' }),
    threads: threadsOption,
    queue: z
      .boolean()
      .default(false)
      .meta({ description: 'leave the reading to `readout work`, on any number of machines (PostgreSQL)' }),
    json: z.boolean().default(false).meta({ description: 'print a JSON line for each document' }),
    db: recordOption,
  }),
  positional: ['inputs'],
  examples: [
    'readout add reports/',
    'readout add story.html --published 2021-12-08 --outlet "Harbour Post"',
    'readout add https://example.org/feed.xml',
    'readout add archive.warc.gz --resume --threads 4',
    'READOUT_DB=postgres://me@server/news readout add archive/ --queue',
  ],
  async run(input, context) {
    if (input.queue && input.patterns.length > 0) {
      throw new ReadoutError(
        'option.value',
        '--patterns: with --queue it is workers who read; give it to `readout work`.',
      );
    }
    const patterns = takePatterns(input.patterns, context);
    await withRecord(
      input.db,
      context,
      async (store) => {
        const { intake } = store;
        const meter = await measureInputs(input.inputs, context.cwd);
        const ended: FileState[] = [];
        let passedOver = 0;
        const inputs = takeInputs(input.inputs, {
          ...input,
          ...context,
          meter,
          skips: async (file) => {
            const skipped = input.resume && (await intake.inputDone(file.path, file));
            if (skipped) passedOver += 1;
            return skipped;
          },
          onEnd: async (file) => {
            ended.push(file);
          },
        });
        const marked = withMilestones(inputs, ended, (file) =>
          intake.inputRead(file.path, file, context.now().toISOString()),
        );
        const { json, threads = usualThreads() } = input;
        if (input.queue) {
          await withQueue(input.db, context, async (queue) => {
            context.tell((await enqueue(marked, { store, queue, json, meter }, context)).summary());
          });
        } else {
          const reader = context.crew === undefined ? loadReader(patterns) : undefined;
          const how = { reader, readerName: readerName(patterns), patterns, threads };
          context.tell((await gather(marked, { store, json, meter, ...how }, context)).summary());
        }
        if (passedOver > 0) {
          context.tell(
            `${passedOver === 1 ? 'A file' : `${passedOver} files`} passed over: read before, and unchanged.`,
          );
        }
      },
      { create: true },
    );
  },
});

/** The inputs, and after the last document of each file what is to be done when it is on the disk. */
async function* withMilestones(
  inputs: AsyncIterable<Taken>,
  ended: FileState[],
  settled: (file: FileState) => Promise<void>,
): AsyncGenerator<Taken | Milestone> {
  const milestones = (): Milestone[] =>
    ended.splice(0).map((file) => ({ input: file.path, aside: true, settled: () => settled(file) }));
  for await (const taken of inputs) {
    yield* milestones();
    yield taken;
  }
  yield* milestones();
}
