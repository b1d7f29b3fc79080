import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { outletWords } from '../record/brief.ts';
import { type Event, outletsOf, placedOn } from '../record/event.ts';
import { actOf, headlineOf, particularsOf, whoOf } from '../record/headline.ts';
import { momentOf, timeOfEvent } from '../record/hours.ts';
import type { Store } from '../record/store.ts';
import { filterFields, filterOf, filterWords } from './filter.ts';
import { writeJsonList } from './jsonlist.ts';
import { type Block, type Cell, cell, type Item, openTable, writePage } from './layout.ts';
import { type Context, countOption, defineOperation, recordOption } from './operation.ts';
import { writeDocx } from './output.ts';
import { withRecord } from './record.ts';
import { eventSchema } from './shapes.ts';

/** `readout timeline`: the chronology, filtered. */
export const timelineOperation = defineOperation({
  input: z.object({
    ...filterFields(),
    limit: countOption('how many events at most (default: all)'),
    after: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'only what comes after the event with this id: the next page', placeholder: 'ID' }),
    newestFirst: z.boolean().default(false).meta({ description: 'the latest first' }),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    csv: z.boolean().default(false).meta({ description: 'print CSV' }),
    json: z.boolean().default(false).meta({ description: 'print the events whole, as one JSON array' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    docx: z.string().optional().meta({ description: 'write a Word document', placeholder: 'FILE' }),
    db: recordOption,
  }),
  positional: [],
  examples: [
    'readout timeline --between USA RUS --from 2021-06-01',
    'readout timeline --type SANCTION --csv > acts.csv',
    'readout timeline --actor Lavrov --disputed --newest-first --limit 20',
    'readout timeline --between FIN NOR --docx chronology.docx',
  ],
  offer: { right: 'read', output: z.array(eventSchema).readonly(), forms: ['csv', 'md', 'html'], without: ['docx'] },
  async run(input, context) {
    const { limit, newestFirst, after } = input;
    const form = input.json ? 'json' : input.csv ? 'csv' : input.md ? 'md' : input.html ? 'html' : 'text';
    await withRecord(input.db, context, async (store) => {
      const filter = await filterOf(input, store);
      // One moment of the record: pages of what others write meanwhile would leave gaps.
      await store.snapshot(async (frozen) => {
        const page = { newestFirst, ...(limit === undefined ? {} : { limit }) };
        const start = after === undefined ? {} : { after: await placeIn(frozen, after) };
        const events = frozen.eachEvent(filter, { ...page, ...start });
        if (input.docx === undefined) await WRITERS[form](events, context);
        else await writeDocx(input.docx, 'Timeline', await blocksOf(events, filterWords(input)), context);
      });
    });
  },
});

/** The place of the event after which a page begins. Throws `record.not-found`. */
export async function placeIn(store: Store, id: string): Promise<string> {
  const place = await store.placeOf(id);
  if (place !== undefined) return place;
  throw new ReadoutError('record.not-found', `--after: the record holds no event "${id}"; begin anew without it.`);
}

/** Events that a Word document holds: thousands of pages are no document. */
const DOCX_EVENTS = 5000;

/** A chronology with its years as headings, for a form that is made whole. */
async function blocksOf(events: AsyncIterable<Event>, asked: string): Promise<readonly Block[]> {
  const years = new Map<string, Item[]>();
  let count = 0;
  for await (const event of events) {
    count += 1;
    if (count > DOCX_EVENTS) {
      throw new ReadoutError(
        'option.value',
        `--docx: a Word document takes ${DOCX_EVENTS.toLocaleString('en-US')} events, and more fit; narrow them down or give --limit.`,
      );
    }
    const items = years.get(yearOf(event));
    if (items === undefined) years.set(yearOf(event), [timelineItem(event)]);
    else items.push(timelineItem(event));
  }
  return [
    { kind: 'heading', level: 1, text: 'Timeline' },
    ...(asked === '' ? [] : [{ kind: 'text', text: `Events: ${asked}.` } as const]),
    ...(count === 0 ? [{ kind: 'text', text: 'No events fit.' } as const] : []),
    ...[...years].flatMap(([year, items]): Block[] => [
      { kind: 'heading', level: 2, text: year },
      { kind: 'list', items },
    ]),
  ];
}

/** The forms of a timeline. Each event is written when it comes: a record of any size passes through. */
const WRITERS: Readonly<
  Record<
    'text' | 'json' | 'csv' | 'md' | 'html',
    (events: AsyncIterable<Event>, context: Pick<Context, 'write' | 'tell'>) => Promise<void>
  >
> = {
  async text(events, { write, tell }) {
    let year: string | undefined;
    for await (const event of events) {
      const next = yearOf(event);
      if (next !== year) {
        await write(
          `${year === undefined ? '' : '\n'}${writePage('', [{ kind: 'heading', level: 2, text: next }], 'text')}\n`,
        );
      }
      year = next;
      await write(writePage('', [{ kind: 'list', items: [timelineItem(event)] }], 'text'));
    }
    if (year === undefined) tell('No events fit.');
  },
  json: writeJsonList,
  csv: (events, context) => writeTable(events, 'csv', context),
  md: (events, context) => writeTable(events, 'md', context),
  html: (events, context) => writeTable(events, 'html', context),
};

async function writeTable(
  events: AsyncIterable<Event>,
  form: 'csv' | 'md' | 'html',
  { write }: Pick<Context, 'write'>,
): Promise<void> {
  const table = openTable('Timeline', TIMELINE_COLUMNS, form);
  await write(table.head);
  for await (const event of events) await write(table.row(timelineRow(event)));
  await write(table.tail);
}

function yearOf(event: Event): string {
  return placedOn(event)?.slice(0, 4) ?? 'Date unknown';
}

/** An event in a chronology that has its year above it, with who tells it below. */
function timelineItem(event: Event): Item {
  const year = yearOf(event);
  const words = momentOf(event);
  const marks = [
    ...(event.status.settled === 'happened' ? [] : [`${event.status.settled}`]),
    ...(event.disagreements.length === 0 ? [] : [`reports disagree on ${fieldsOf(event)}`]),
  ];
  return {
    lead: words.replace(new RegExp(` ${year}(?=$|,)`), ''),
    text: `${headlineOf(event)}${marks.length === 0 ? '' : ` [${marks.join('; ')}]`}`,
    sources: [`${outletWords(event)} · ${event.id.slice(0, 8)}`],
  };
}

/** The columns of a chronology as a table. */
const TIMELINE_COLUMNS = [
  ...['earliest', 'latest', 'time', 'who', 'what', 'particulars', 'status', 'outlets', 'disagreements', 'id'],
] as const;

function timelineRow(event: Event): readonly Cell[] {
  return [
    cell(event.when.settled?.earliest ?? ''),
    cell(event.when.settled?.latest ?? ''),
    cell(timeOfEvent(event)?.words ?? ''),
    cell(whoOf(event)),
    cell(actOf(event)),
    cell(particularsOf(event)),
    cell(event.status.settled ?? ''),
    { lines: outletsOf(event) },
    cell(fieldsOf(event), { marked: event.disagreements.length > 0 }),
    cell(event.id),
  ];
}

function fieldsOf(event: Event): string {
  return [...new Set(event.disagreements.map((disagreement) => disagreement.field))].join(', ');
}
