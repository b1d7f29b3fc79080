import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { disagreementWords } from '../record/brief.ts';
import { type Comparison, compareReports } from '../record/compare.ts';
import type { Event } from '../record/event.ts';
import { headlineOf } from '../record/headline.ts';
import type { Store } from '../record/store.ts';
import { whenWords } from '../record/words.ts';
import { type Block, writePage } from './layout.ts';
import { defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { comparisonSchema } from './shapes.ts';

/** `readout compare`: the reports of one event side by side. */
export const compareOperation = defineOperation({
  input: z.object({
    event: z.string().meta({ description: 'id of an event, or how it begins', placeholder: 'EVENT' }),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    csv: z.boolean().default(false).meta({ description: 'print CSV' }),
    json: z.boolean().default(false).meta({ description: 'print JSON' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    db: recordOption,
  }),
  positional: ['event'],
  examples: ['readout compare 3f2a91c0', 'readout compare 3f2a91c0 --md'],
  offer: { right: 'read', output: comparisonSchema, forms: ['csv', 'md', 'html'] },
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const comparison = compareReports(await findEvent(store, input.event));
      if (input.json) {
        await context.write(`${JSON.stringify(comparison, null, 2)}\n`);
        return;
      }
      const form = input.csv ? 'csv' : input.md ? 'md' : input.html ? 'html' : 'text';
      await context.write(writePage(headlineOf(comparison.event), comparisonBlocks(comparison), form));
    });
  },
});

/** The event with this id. Throws `record.not-found`. */
export async function findEvent(store: Store, id: string): Promise<Event> {
  const event = await store.event(id);
  if (event === undefined) {
    throw new ReadoutError(
      'record.not-found',
      `The record holds no event "${id}"; \`readout timeline\` shows their ids.`,
    );
  }
  return event;
}

/** A comparison as a page: the event, what the reports differ in, and the table. */
export function comparisonBlocks(comparison: Comparison): readonly Block[] {
  const { event, reports, fields } = comparison;
  const when = event.when.settled === null ? '' : `${whenWords(event.when.settled)} · `;
  return [
    { kind: 'heading', level: 1, text: `${when}${headlineOf(event)}` },
    ...(event.disagreements.length === 0
      ? []
      : [{ kind: 'text', text: `Reports disagree. ${disagreementWords(event)}.` } as const]),
    comparisonTable({ event, reports, fields }),
  ];
}

/** The table alone: a column a report, a row a field. */
export function comparisonTable({ reports, fields }: Comparison): Block {
  return {
    kind: 'table',
    columns: [
      '',
      ...reports.map(({ outlet, published }) =>
        published === null ? outlet : `${outlet}, ${whenWords({ earliest: published, latest: published })}`,
      ),
    ],
    rows: fields.map(({ field, cells, disagrees }) => [
      { lines: [field] },
      ...cells.map((lines) => ({ lines, marked: disagrees && lines.length > 0 })),
    ]),
  };
}
