import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import { read } from '../pipeline.ts';
import { inputFields, takeInputs } from './inputs.ts';
import { loadReader } from './load.ts';
import { defineOperation, recordOption } from './operation.ts';
import { patternsOption, readerName, takePatterns } from './patterns.ts';
import { withRecord } from './record.ts';

/** `readout add`: reads documents into the record, one transaction each; a line on standard output says each is there. */
export const addOperation = defineOperation({
  input: z.object({
    ...inputFields,
    patterns: patternsOption,
    json: z.boolean().default(false).meta({ description: 'print a JSON line for each document' }),
    db: recordOption,
  }),
  positional: ['inputs'],
  examples: ['readout add reports/', 'readout add story.html --published 2021-12-08 --outlet "Harbour Post"'],
  async run(input, context) {
    const patterns = takePatterns(input.patterns, context);
    const reader = loadReader(patterns);
    await withRecord(
      input.db,
      context,
      async (store) => {
        const counts = { added: 0, known: 0, failed: 0 };
        for await (const taken of takeInputs(input.inputs, { ...input, ...context })) {
          if ('failure' in taken) {
            counts.failed += 1;
            context.fail(taken.failure);
            continue;
          }
          const { document } = taken;
          let reading: Reading | undefined;
          if (!(await store.knows(document))) {
            try {
              reading = read(document, reader);
            } catch (cause) {
              // A fault of ours on one text among thousands: named, and the others are added all the same.
              counts.failed += 1;
              const message = `${taken.input}: reading document ${document.id.slice(0, 16)} failed (${String(cause)}); please report it.`;
              context.fail(new ReadoutError('input.unreadable', message, { cause }));
              continue;
            }
          }
          const added =
            reading !== undefined &&
            (await store.add(reading, {
              received: document,
              reader: readerName(patterns),
              added: context.now().toISOString(),
            }));
          counts[added ? 'added' : 'known'] += 1;
          const { id } = document;
          // Only now, after the commit: whoever reads this line may rely on the document being on the disk.
          await context.write(
            input.json
              ? `${JSON.stringify({ id, input: taken.input, state: added ? 'added' : 'known', claims: reading?.claims.length })}\n`
              : `${added ? 'added' : 'known'} ${id.slice(0, 16)} ${taken.input}\n`,
          );
          context.progress(`${counts.added} added, ${counts.known} known already, ${counts.failed} failed`);
        }
        context.tell(
          `${counts.added} added, ${counts.known} known already${counts.failed === 0 ? '' : `, ${counts.failed} could not be read`}.`,
        );
      },
      { create: true },
    );
  },
});
