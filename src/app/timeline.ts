import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { EVENT_TYPES, STATUSES } from '../events/ontology.ts';
import { outletWords } from '../record/brief.ts';
import { type Event, placedOn } from '../record/event.ts';
import type { EventFilter } from '../record/find.ts';
import { actOf, dateOf, headlineOf, particularsOf, whoOf } from '../record/headline.ts';
import type { Store } from '../record/store.ts';
import { type Block, cell, type Item, writePage } from './layout.ts';
import { dateOption, defineOperation, recordOption } from './operation.ts';
import { partiesOf, withRecord } from './record.ts';

/** `readout timeline`: the chronology, filtered. */
export const timelineOperation = defineOperation({
  input: z.object({
    between: z
      .array(z.string())
      .min(1)
      .optional()
      .meta({ description: 'only what these sides have part in, by code (USA) or name', placeholder: 'PARTY' }),
    from: dateOption.optional().meta({ description: 'only on or after this day', placeholder: 'DATE' }),
    to: dateOption.optional().meta({ description: 'only on or before this day', placeholder: 'DATE' }),
    type: z
      .string()
      .optional()
      .meta({
        description: `only this type of act: ${EVENT_TYPES.join(', ')}, or one of your own`,
        placeholder: 'TYPE',
      }),
    issue: z.string().optional().meta({ description: 'only about this issue', placeholder: 'ISSUE' }),
    status: z.enum(STATUSES).optional().meta({ description: 'only of this status', placeholder: 'STATUS' }),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    csv: z.boolean().default(false).meta({ description: 'print CSV' }),
    json: z.boolean().default(false).meta({ description: 'print the events whole, as one JSON array' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    db: recordOption,
  }),
  positional: [],
  examples: [
    'readout timeline --between USA RUS --from 2021-06-01',
    'readout timeline --type SANCTION --csv > acts.csv',
  ],
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const events = await store.events(await filterOf(input, store));
      if (input.json) {
        await context.write(`${JSON.stringify(events, null, 2)}\n`);
        return;
      }
      if (input.md || input.csv || input.html) {
        const form = input.csv ? 'csv' : input.md ? 'md' : 'html';
        const heading: Block[] = input.csv ? [] : [{ kind: 'heading', level: 1, text: 'Timeline' }];
        await context.write(writePage('Timeline', [...heading, timelineTable(events)], form));
        return;
      }
      if (events.length === 0) context.tell('No events fit.');
      else await context.write(writePage('Timeline', timelineList(events), 'text'));
    });
  },
});

/** What a person asks of the timeline, on a command line or in an address, as the record's filter. */
export async function filterOf(
  input: { readonly between?: readonly string[] | undefined } & {
    readonly [Key in 'from' | 'to' | 'type' | 'issue' | 'status']?: EventFilter[Key] | undefined;
  },
  store: Store,
): Promise<EventFilter> {
  const { between, from, to, type, issue, status } = input;
  const types = type === undefined ? [] : [...new Set([...EVENT_TYPES, ...(await store.types())])];
  if (type !== undefined && !types.includes(type))
    throw new ReadoutError('option.value', `--type: expected one of ${types.join(', ')}; got "${type}".`);
  return {
    ...(between === undefined ? {} : { parties: await partiesOf(store, between) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(type === undefined ? {} : { type }),
    ...(issue === undefined ? {} : { issue }),
    ...(status === undefined ? {} : { status }),
  };
}

/** The chronology for a terminal: a heading a year, a line an event, and below it who tells it. */
export function timelineList(events: readonly Event[]): readonly Block[] {
  const years = new Map<string, Item[]>();
  for (const event of events) {
    const year = placedOn(event)?.slice(0, 4) ?? 'Date unknown';
    const words = dateOf(event);
    const marks = [
      ...(event.status.settled === 'happened' ? [] : [`${event.status.settled}`]),
      ...(event.disagreements.length === 0 ? [] : [`reports disagree on ${fieldsOf(event)}`]),
    ];
    const item: Item = {
      lead: words.endsWith(` ${year}`) ? words.slice(0, -5) : words,
      text: `${headlineOf(event)}${marks.length === 0 ? '' : ` [${marks.join('; ')}]`}`,
      sources: [`${outletWords(event)} · ${event.id.slice(0, 8)}`],
    };
    years.set(year, [...(years.get(year) ?? []), item]);
  }
  return [...years].flatMap(([year, items]): Block[] => [
    { kind: 'heading', level: 2, text: year },
    { kind: 'list', items },
  ]);
}

/** The chronology as a table of nine columns, an event a row. */
export function timelineTable(events: readonly Event[]): Block {
  return {
    kind: 'table',
    columns: ['earliest', 'latest', 'who', 'what', 'particulars', 'status', 'outlets', 'disagreements', 'id'],
    rows: events.map((event) => [
      cell(event.when.settled?.earliest ?? ''),
      cell(event.when.settled?.latest ?? ''),
      cell(whoOf(event)),
      cell(actOf(event)),
      cell(particularsOf(event)),
      cell(event.status.settled ?? ''),
      { lines: [...new Set(event.claims.map((claim) => claim.outlet ?? 'unknown outlet'))].sort() },
      cell(fieldsOf(event), { marked: event.disagreements.length > 0 }),
      cell(event.id),
    ]),
  };
}

function fieldsOf(event: Event): string {
  return [...new Set(event.disagreements.map((disagreement) => disagreement.field))].join(', ');
}
