import { z } from 'zod';
import type { DocumentHead } from '../record/documents.ts';
import type { Store } from '../record/store.ts';
import { whenWords } from '../record/words.ts';
import { filterFields, filterOf } from './filter.ts';
import { writeJsonList } from './jsonlist.ts';
import { type Cell, cell, openTable, writePage } from './layout.ts';
import { type Context, countOption, defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { documentHeadSchema } from './shapes.ts';

const { from, to, outlet, official } = filterFields();

/** `readout documents`: what the record was made from. */
export const documentsOperation = defineOperation({
  input: z.object({
    ...{ from, to, outlet, official },
    limit: countOption('how many at most (default: all)'),
    after: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'only what comes after the document with this id: the next page', placeholder: 'ID' }),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    csv: z.boolean().default(false).meta({ description: 'print CSV' }),
    json: z.boolean().default(false).meta({ description: 'print one JSON array' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    db: recordOption,
  }),
  positional: [],
  examples: ['readout documents --official --from 2021-06-01', 'readout documents --outlet "Harbour Post" --csv'],
  offer: { right: 'read', output: z.array(documentHeadSchema).readonly(), forms: ['csv', 'md', 'html'] },
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const { limit, after, md, csv, json, html, db: _, ...asked } = input;
      const { from, to, outlet, official } = await filterOf(asked, store);
      await store.snapshot(async (frozen) => {
        const heads = eachHead(frozen, { from, to, outlet, official }, { limit, after });
        if (json) await writeJsonList(heads, context);
        else await writeTable(heads, csv ? 'csv' : md ? 'md' : html ? 'html' : 'text', context);
      });
    });
  },
});

const AT_ONCE = 500;

/** The heads of documents, the newest first, as they are read. */
async function* eachHead(
  store: Store,
  filter: NonNullable<Parameters<Store['documents']>[0]>,
  {
    limit = Number.MAX_SAFE_INTEGER,
    after,
  }: { readonly limit?: number | undefined; readonly after?: string | undefined },
): AsyncGenerator<DocumentHead> {
  for (let left = limit, last = after; left > 0; ) {
    const some = await store.documents({ ...filter, limit: Math.min(left, AT_ONCE), after: last });
    yield* some;
    if (some.length < AT_ONCE) return;
    left -= some.length;
    last = some.at(-1)!.id;
  }
}

const COLUMNS = ['published', 'outlet', 'title', 'claims', 'address', 'id'];

async function writeTable(
  heads: AsyncIterable<DocumentHead>,
  form: 'text' | 'csv' | 'md' | 'html',
  { write, tell }: Pick<Context, 'write' | 'tell'>,
): Promise<void> {
  if (form === 'text') {
    let count = 0;
    for await (const head of heads) {
      count += 1;
      await write(writePage('', [{ kind: 'list', items: [itemOf(head)] }], 'text'));
    }
    tell(count === 0 ? 'No documents fit.' : `${count} ${count === 1 ? 'document' : 'documents'}.`);
    return;
  }
  const table = openTable('Documents', COLUMNS, form);
  await write(table.head);
  for await (const head of heads) await write(table.row(rowOf(head)));
  await write(table.tail);
}

function rowOf({ id, title, outlet, url, published, claims }: DocumentHead): readonly Cell[] {
  return [publishedWords(published), outlet ?? '', title ?? '', String(claims), url ?? '', id].map((text) =>
    cell(text),
  );
}

function itemOf({ id, title, outlet, published, claims }: DocumentHead) {
  return {
    lead: published === null ? 'undated' : whenWords({ earliest: published.from, latest: published.to }),
    text: title ?? 'Untitled document',
    sources: [`${outlet ?? 'unknown outlet'} · ${claims} ${claims === 1 ? 'claim' : 'claims'} · ${id.slice(0, 8)}`],
  };
}

/** The day of publication as it sorts, both ends where it is not known to the day. */
function publishedWords(published: DocumentHead['published']): string {
  if (published === null) return '';
  return published.from === published.to ? published.from : `${published.from}/${published.to}`;
}
