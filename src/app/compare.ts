import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { disagreementWords } from '../record/brief.ts';
import { type Comparison, compareReports } from '../record/compare.ts';
import type { Event } from '../record/event.ts';
import { headlineOf } from '../record/headline.ts';
import type { Store } from '../record/store.ts';
import { whenWords } from '../record/words.ts';
import { type Block, cell, writePage } from './layout.ts';
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
      const isNarrow = form === 'text' || form === 'md';
      const blocks = comparisonBlocks(comparison, isNarrow ? { columns: COLUMNS } : {});
      await context.write(writePage(headlineOf(comparison.event), blocks, form));
    });
  },
});

/** The event with this id. Throws `record.not-found`. */
async function findEvent(store: Store, id: string): Promise<Event> {
  const event = await store.event(id);
  if (event === undefined) {
    throw new ReadoutError(
      'record.not-found',
      `The record holds no event "${id}"; \`readout timeline\` shows their ids.`,
    );
  }
  return event;
}

/** Reports side by side on one line of a terminal or of Markdown; more stand below. */
const COLUMNS = 4;

/** A comparison as a page: the event, what the reports differ in, and the table; `columns` reports at most a table (default: all). */
function comparisonBlocks(
  comparison: Comparison,
  { columns = Number.POSITIVE_INFINITY }: { readonly columns?: number } = {},
): readonly Block[] {
  const { event, reports } = comparison;
  const when = event.when.settled === null ? '' : `${whenWords(event.when.settled)} · `;
  const parts: Block[] = [];
  for (let from = 0; from < reports.length; from += columns) {
    const to = from + columns;
    if (from > 0)
      parts.push({
        kind: 'text',
        text: `Reports ${from + 1} to ${Math.min(to, reports.length)} of ${reports.length}:`,
      });
    parts.push(comparisonTable(comparison, from, to));
  }
  return [
    { kind: 'heading', level: 1, text: `${when}${headlineOf(event)}` },
    ...(event.disagreements.length === 0
      ? []
      : [{ kind: 'text', text: `Reports disagree. ${disagreementWords(event)}.` } as const]),
    ...parts,
  ];
}

/** The table alone: a column a report, a row a field. */
function comparisonTable({ reports, fields }: Comparison, from: number, to: number): Block {
  const shown = reports.slice(from, to);
  const rows = fields.map(({ field, cells, clashing }) => [
    cell(field),
    ...cells.slice(from, to).map((lines) => ({ lines, marked: lines.some((line) => clashing.includes(line)) })),
  ]);
  const copies = shown.map(({ document, origin }) => cell(origin === document ? '' : origin.slice(0, 8)));
  return {
    kind: 'table',
    columns: [
      '',
      ...shown.map(({ outlet, published }) =>
        published === null ? outlet : `${outlet}, ${whenWords({ earliest: published, latest: published })}`,
      ),
    ],
    rows: [
      ...rows.filter(([, ...cells]) => cells.some(({ lines }) => lines.length > 0)),
      ...(copies.some(({ lines }) => lines.length > 0) ? [[cell('copy of'), ...copies]] : []),
      [cell('document'), ...shown.map(({ document }) => cell(document.slice(0, 8)))],
    ],
  };
}
