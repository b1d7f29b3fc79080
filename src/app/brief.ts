import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { type Brief, type BriefLine, briefOf } from '../record/brief.ts';
import { lastKnownDay } from '../record/period.ts';
import type { Store } from '../record/store.ts';
import { type Block, writePage } from './layout.ts';
import { dateOption, defineOperation, recordOption } from './operation.ts';
import { partiesOf, withRecord } from './record.ts';

/** `readout brief`: what a person reads before two sides meet. */
export const briefOperation = defineOperation({
  input: z.object({
    one: z.string().meta({ description: 'one side, by code (USA) or name', placeholder: 'PARTY' }),
    two: z.string().meta({ description: 'the other side', placeholder: 'PARTY' }),
    on: dateOption
      .optional()
      .meta({ description: 'as reported up to this day (default: the latest report)', placeholder: 'DATE' }),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    json: z.boolean().default(false).meta({ description: 'print JSON' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    db: recordOption,
  }),
  positional: ['one', 'two'],
  examples: ['readout brief USA RUS', 'readout brief USA RUS --on 2021-12-08 --md > brief.md'],
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const brief = await loadBrief(store, [input.one, input.two], input.on);
      if (input.json) {
        await context.write(`${JSON.stringify(brief, null, 2)}\n`);
        return;
      }
      const blocks = briefBlocks(brief, await store.partyNames());
      await context.write(
        writePage(titleOf(brief, await store.partyNames()), blocks, input.md ? 'md' : input.html ? 'html' : 'text'),
      );
    });
  },
});

/** The brief of two sides as the record knows them. Throws `record.not-found` when nothing is told of both together. */
export async function loadBrief(
  store: Store,
  names: readonly [string, string],
  on: string | undefined,
): Promise<Brief> {
  const [one, two] = (await partiesOf(store, names)) as [string, string];
  if (one === two) throw new ReadoutError('option.value', `"${names[0]}" and "${names[1]}" are one side; name two.`);
  const events = await store.events({ parties: [one, two] });
  const days = events.flatMap((event) =>
    event.claims.flatMap(({ published }) => (published === null ? [] : [lastKnownDay(published)])),
  );
  return briefOf([one, two], events, on ?? days.sort().at(-1) ?? null);
}

/** A brief as a page; `names` gives the parties' names. `linked`: lines lead to the pages of `serve` (default: false). */
export function briefBlocks(
  brief: Brief,
  names: ReadonlyMap<string, string>,
  { linked = false }: { readonly linked?: boolean } = {},
): readonly Block[] {
  return [
    { kind: 'heading', level: 1, text: titleOf(brief, names) },
    ...(brief.on === null ? [] : [{ kind: 'text', text: `As reported up to ${brief.on}.` } as const]),
    ...(brief.sections.length === 0 ? [{ kind: 'text', text: 'Nothing is told of both together.' } as const] : []),
    ...brief.sections.flatMap((section): Block[] => [
      { kind: 'heading', level: 2, text: section.title },
      {
        kind: 'list',
        items: section.lines.map((line) => ({
          ...{ lead: line.when, text: line.text, sources: sourceWords(line) },
          ...(linked ? { links: linksOf(line) } : {}),
        })),
      },
    ]),
  ];
}

/** The sources of a line, one a document: `Harbour Post, 2021-06-17: “…”`. */
export function sourceWords(line: BriefLine): readonly string[] {
  return line.sources.map(({ outlet, published, sentence, saidBy }) => {
    const by = saidBy.length === 0 ? '' : `, citing ${saidBy.join(', ')}`;
    return `${outlet}${published === null ? '' : `, ${published}`}${by}: “${sentence}”`;
  });
}

function linksOf(line: BriefLine): { readonly text: string; readonly sources: readonly string[] } {
  const sources = line.sources.map(({ document }) => `/documents/${document}?event=${line.event}`);
  return { text: `/events/${line.event}`, sources };
}

function titleOf(brief: Brief, names: ReadonlyMap<string, string>): string {
  return brief.parties.map((party) => names.get(party) ?? party).join(' and ');
}
