import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { type Brief, type BriefLine, type BriefSource, briefOf, withAddresses } from '../record/brief.ts';
import { gatherBriefing } from '../record/briefing.ts';
import type { Store } from '../record/store.ts';
import { whenWords } from '../record/words.ts';
import { type Block, type Item, type SourceNote, writePage } from './layout.ts';
import { dateOption, defineOperation, recordOption } from './operation.ts';
import { writeDocx } from './output.ts';
import { partiesOf, withRecord } from './record.ts';
import { briefSchema } from './shapes.ts';

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
    docx: z.string().optional().meta({ description: 'write a Word document', placeholder: 'FILE' }),
    db: recordOption,
  }),
  positional: ['one', 'two'],
  examples: [
    'readout brief USA RUS',
    'readout brief USA RUS --on 2021-12-08 --md > brief.md',
    'readout brief USA RUS --docx brief.docx',
  ],
  offer: { right: 'read', output: briefSchema, forms: ['md', 'html'], without: ['docx'] },
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const brief = await loadBrief(store, [input.one, input.two], input.on);
      if (input.json) {
        await context.write(`${JSON.stringify(brief, null, 2)}\n`);
        return;
      }
      const blocks = briefBlocks(brief);
      const title = titleOf(brief);
      if (input.docx !== undefined) await writeDocx(input.docx, title, blocks, context);
      else await context.write(writePage(title, blocks, input.md ? 'md' : input.html ? 'html' : 'text'));
    });
  },
});

/**
 * The brief of two sides as the record knows them, or as it was reported up to the day `on`. Throws `ReadoutError`
 * `record.not-found` for a side that the record does not know, `option.value` when both are one.
 */
export async function loadBrief(
  store: Store,
  names: readonly [string, string],
  on: string | undefined,
): Promise<Brief> {
  const [one, two] = (await partiesOf(store, names)) as [string, string];
  if (one === two) throw new ReadoutError('option.value', `"${names[0]}" and "${names[1]}" are one side; name two.`);
  const brief = briefOf(await gatherBriefing(store, [one, two], on));
  return withAddresses(brief, await store.heads(brief.sources.map(({ document }) => document)));
}

/** A brief as a page; `names` gives the parties' names. `linked`: lines lead to the pages of `serve` (default: false). */
export function briefBlocks(
  brief: Brief,
  names: ReadonlyMap<string, string> = new Map(),
  { linked = false }: { readonly linked?: boolean } = {},
): readonly Block[] {
  const { changed, sections, sources } = brief;
  const empty = changed.length + sections.length === 0;
  return [
    { kind: 'heading', level: 1, text: titleOf(brief, names) },
    ...(brief.on === null ? [] : [{ kind: 'text', text: `As reported up to ${dayWords(brief.on)}.` } as const]),
    ...(empty ? [{ kind: 'text', text: 'Nothing is told of both together.' } as const] : []),
    ...(changed.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: 'What changed last' } as const,
          { kind: 'list', items: changed.map((line) => itemOf(line, { linked, quotes: 0 })) } as const,
        ]),
    ...sections.flatMap(({ title, note, lines }): Block[] => [
      { kind: 'heading', level: 2, text: title },
      ...(note === null ? [] : [{ kind: 'text', text: note } as const]),
      {
        kind: 'list',
        items: lines.map((line) => itemOf(line, { linked, quotes: title.startsWith('Disagreements') ? 2 : 1 })),
      },
    ]),
    ...(sources.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: 'Sources' } as const,
          { kind: 'sources', items: sources.map((source) => noteOf(source, linked)) } as const,
        ]),
  ];
}

/** A line, with so many of the sentences that tell it. */
function itemOf(
  { event, when, text, sources, more }: BriefLine,
  { linked, quotes: most }: { readonly linked: boolean; readonly quotes: number },
): Item {
  const quotes = sources.slice(0, most);
  return {
    lead: when,
    text: more === 0 ? text : `${text}; ${more} more ${more === 1 ? 'report' : 'reports'}`,
    sources: quotes.map(({ sentence, outlet, saidBy }) => {
      const by = saidBy.length === 0 ? '' : `, citing ${saidBy.join(', ')}`;
      return `“${sentence}” (${outlet}${by})`;
    }),
    notes: sources.map(({ number, document }) => ({
      number,
      ...(linked ? { href: `/documents/${document}?event=${event}` } : {}),
    })),
    ...(linked
      ? {
          links: {
            text: `/events/${event}`,
            sources: quotes.map(({ document }) => `/documents/${document}?event=${event}`),
          },
        }
      : {}),
  };
}

/** A document in the list at the end: `Harbour Post, 17 June 2021: Two hours by the lake`. */
function noteOf(
  { number, document, outlet, official, published, title, url }: BriefSource,
  linked: boolean,
): SourceNote {
  const where = `${outlet}${official ? ' (official)' : ''}, ${published === null ? 'undated' : dayWords(published)}`;
  return {
    number,
    text: `${where}: ${title ?? 'untitled'}`,
    url: linked ? `/documents/${document}` : url,
    id: document.slice(0, 8),
  };
}

function dayWords(day: string): string {
  return whenWords({ earliest: day, latest: day });
}

function titleOf(brief: Brief, names: ReadonlyMap<string, string> = new Map()): string {
  return brief.parties.map((party, i) => names.get(party) ?? brief.names[i]!).join(' and ');
}
