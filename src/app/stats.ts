import { z } from 'zod';
import { type Counts, countDyads, countEvents, type PeriodCount, STRETCHES } from '../record/stats.ts';
import type { Store } from '../record/store.ts';
import { type Asked, filterFields, filterOf, filterWords, QUAD_NAMES } from './filter.ts';
import { writeJsonList } from './jsonlist.ts';
import { type Block, type Cell, cell, openTable, writePage } from './layout.ts';
import { type Context, defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';

const count = z.number();
const countsSchema = z.object({
  dyad: z.tuple([z.string(), z.string()]).readonly().nullable(),
  periods: z
    .array(
      z
        .object({
          period: z.string().nullable().meta({ description: '2021-06, 2021, or the Monday of a week' }),
          quads: z
            .tuple([count, count, count, count])
            .readonly()
            .meta({ description: `by class: ${QUAD_NAMES.join(', ')}` }),
          total: count,
          undated: count.meta({
            description: 'of the total, those without a date of their own, counted when first told',
          }),
          vague: count.meta({ description: 'of the total, those dated more vaguely than the period is long' }),
        })
        .readonly(),
    )
    .readonly(),
});

/** `readout stats`: how many events there are by period and quad class. */
export const statsOperation = defineOperation({
  input: z.object({
    by: z.enum(STRETCHES).default('month').meta({ description: 'the length of a period (default: month)' }),
    dyads: z.boolean().default(false).meta({ description: 'for each two states by themselves' }),
    ...filterFields(),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    csv: z.boolean().default(false).meta({ description: 'print CSV' }),
    json: z.boolean().default(false).meta({ description: 'print JSON' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    db: recordOption,
  }),
  positional: [],
  examples: [
    'readout stats --between USA RUS',
    'readout stats --dyads --by year --csv > dyads.csv',
    'readout stats --type SANCTION --from 2021-01-01 --by week',
  ],
  offer: { right: 'read', output: z.array(countsSchema).readonly(), forms: ['csv', 'md', 'html'] },
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const filter = await filterOf(input, store);
      await store.snapshot(async (frozen) => {
        const counts = input.dyads
          ? countDyads(frozen, filter, input.by)
          : (async function* (): AsyncGenerator<Counts> {
              yield { dyad: null, periods: await countEvents(frozen, filter, input.by) };
            })();
        await write(counts, input, frozen, context);
      });
    });
  },
});

interface Form extends Asked {
  readonly dyads: boolean;
  readonly json: boolean;
  readonly csv: boolean;
  readonly md: boolean;
  readonly html: boolean;
  readonly by: string;
}

async function write(counts: AsyncIterable<Counts>, input: Form, store: Store, context: Context): Promise<void> {
  if (input.json) {
    await writeJsonList(counts, context);
    return;
  }
  const columns = [...(input.dyads ? ['one', 'two'] : []), input.by, ...QUAD_NAMES, 'total', 'undated', 'vague'];
  const title = ['Events', input.dyads ? 'of two states' : '', `by ${input.by}`, filterWords(input)]
    .filter(Boolean)
    .join(' ');
  if (input.csv || input.md || input.html) {
    const table = openTable(title, columns, input.csv ? 'csv' : input.md ? 'md' : 'html');
    await context.write(table.head);
    for await (const one of counts) for (const row of rowsOf(one)) await context.write(table.row(row));
    await context.write(table.tail);
    return;
  }
  let shown = 0;
  for await (const one of counts) {
    if (one.periods.length === 0) continue;
    const names = one.dyad === null ? undefined : await store.partyNames(one.dyad);
    const blocks: Block[] = [
      ...(one.dyad === null
        ? []
        : [
            {
              kind: 'heading',
              level: 2,
              text: one.dyad.map((party) => names?.get(party) ?? party).join(' and '),
            } as const,
          ]),
      { kind: 'table', columns: columns.slice(input.dyads ? 2 : 0), rows: withSum({ ...one, dyad: null }) },
    ];
    await context.write(`${shown === 0 ? '' : '\n'}${writePage(title, blocks, 'text')}`);
    shown += 1;
  }
  if (shown === 0) context.tell('No events fit.');
}

function rowsOf({ dyad, periods }: Counts): readonly (readonly Cell[])[] {
  return periods.map(({ period, quads, total, undated, vague }) => [
    ...(dyad ?? []).map((party) => cell(party)),
    cell(period ?? 'no date'),
    ...[...quads, total, undated, vague].map((number) => cell(String(number))),
  ]);
}

/** The rows for a person, with their sum below. */
function withSum(counts: Counts): readonly (readonly Cell[])[] {
  const sum = (of: (one: PeriodCount) => number) => counts.periods.reduce((all, one) => all + of(one), 0);
  const sums = [
    ...([0, 1, 2, 3] as const).map((at) => sum(({ quads }) => quads[at])),
    ...[sum(({ total }) => total), sum(({ undated }) => undated), sum(({ vague }) => vague)],
  ];
  return [...rowsOf(counts), [cell('all'), ...sums.map((number) => cell(String(number)))]];
}
