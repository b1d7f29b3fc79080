import { z } from 'zod';
import { plain } from './escape.ts';
import { defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { arrivalSchema } from './shapes.ts';

/** `readout new`: what came into the record, in the order it came, and the cursor that asks for what comes next. */
export const newOperation = defineOperation({
  input: z.object({
    since: z.coerce
      .number<string | number>({ error: () => 'expected the cursor that `readout new` printed, a number' })
      .int()
      .nonnegative()
      .default(0)
      .meta({ description: 'only what came after this cursor', placeholder: 'CURSOR' }),
    limit: z.coerce
      .number<string | number>({ error: () => 'expected a number' })
      .int()
      .positive()
      .max(10_000)
      .default(1000)
      .meta({ description: 'how many at most', placeholder: 'COUNT' }),
    json: z.boolean().default(false).meta({ description: 'print JSON: the documents, and the cursor' }),
    db: recordOption,
  }),
  positional: [],
  examples: ['readout new', 'readout new --since 1204 --json'],
  offer: { right: 'read', output: z.object({ cursor: z.number(), documents: z.array(arrivalSchema) }) },
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const arrivals = await store.intake.arrivals(input.since, input.limit);
      const cursor = arrivals.at(-1)?.number ?? input.since;
      if (input.json) {
        await context.write(`${JSON.stringify({ cursor, documents: arrivals }, null, 2)}\n`);
        return;
      }
      for (const { id, added, outlet, title, url, claims } of arrivals) {
        const minute = added.slice(0, 16).replace('T', ' ');
        const told = `${claims} ${claims === 1 ? 'claim' : 'claims'}`;
        const name = plain(`${title ?? url ?? 'Untitled'}${outlet ? ` (${outlet})` : ''}`);
        await context.write(`${minute}  ${id.slice(0, 12)}  ${told.padEnd(10)}  ${name}\n`);
      }
      context.tell(`${arrivals.length} new. What comes next: readout new --since ${cursor}`);
    });
  },
});
