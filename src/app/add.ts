import { z } from 'zod';
import { gather } from './gather.ts';
import { inputFields, measureInputs, takeInputs } from './inputs.ts';
import { loadReader } from './load.ts';
import { defineOperation, recordOption } from './operation.ts';
import { patternsOption, readerName, takePatterns } from './patterns.ts';
import { withRecord } from './record.ts';

/** `readout add`: reads documents into the record, one transaction each; a line on standard output says each is there. */
export const addOperation = defineOperation({
  input: z.object({
    ...inputFields,
    patterns: patternsOption,
    resume: z
      .boolean()
      .default(false)
      .meta({ description: 'pass over files that were read to their end before and have not changed' }),
    json: z.boolean().default(false).meta({ description: 'print a JSON line for each document' }),
    db: recordOption,
  }),
  positional: ['inputs'],
  examples: [
    'readout add reports/',
    'readout add story.html --published 2021-12-08 --outlet "Harbour Post"',
    'readout add https://example.org/feed.xml',
    'readout add archive.warc.gz --resume',
  ],
  async run(input, context) {
    const patterns = takePatterns(input.patterns, context);
    const reader = loadReader(patterns);
    await withRecord(
      input.db,
      context,
      async (store) => {
        const { intake } = store;
        const meter = await measureInputs(input.inputs, context.cwd);
        const inputs = takeInputs(input.inputs, {
          ...input,
          ...context,
          meter,
          skips: async (file) => input.resume && (await intake.inputDone(file.path, file)),
          onEnd: (file) => intake.inputRead(file.path, file, context.now().toISOString()),
        });
        const gatherer = { store, reader, readerName: readerName(patterns), json: input.json, meter };
        context.tell((await gather(inputs, gatherer, context)).summary());
      },
      { create: true },
    );
  },
});
