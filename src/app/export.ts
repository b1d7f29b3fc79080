import { z } from 'zod';
import { defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';

/** `readout export`: the record as data. */
export const exportOperation = defineOperation({
  input: z.object({
    format: z.enum(['jsonl']).default('jsonl').meta({ description: 'one event a line', placeholder: 'FORMAT' }),
    db: recordOption,
  }),
  positional: [],
  examples: ['readout export --format jsonl > events.jsonl'],
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      for (const event of await store.events()) await context.write(`${JSON.stringify(event)}\n`);
    });
  },
});
