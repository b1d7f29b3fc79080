import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { outletWords } from '../record/brief.ts';
import type { DocumentHead } from '../record/documents.ts';
import type { Event } from '../record/event.ts';
import { headlineOf } from '../record/headline.ts';
import { momentOf } from '../record/hours.ts';
import { looksFor, passageOf } from '../record/search.ts';
import type { Store } from '../record/store.ts';
import { parseWords, type WordQuery } from '../record/terms.ts';
import { whenWords } from '../record/words.ts';
import { type Asked, filterFields, filterOf } from './filter.ts';
import { type Block, type Item, writePage } from './layout.ts';
import { countOption, defineOperation, type NextPage, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { eventSchema } from './shapes.ts';
import { placeIn } from './timeline.ts';

const { words: _, ...narrowing } = filterFields();

/** A document that has the words, and the passage of it that has most of them. */
export interface DocumentFound extends DocumentHead {
  readonly passage: string;
}

const documentSchema = z
  .object({
    ...{ id: z.string(), title: z.string().nullable(), outlet: z.string().nullable(), url: z.string().nullable() },
    published: z.object({ from: z.string(), to: z.string() }).readonly().nullable(),
    claims: z.number(),
    passage: z.string().meta({ description: 'the words around those that were looked for' }),
  })
  .readonly();

/** `readout search`: events and documents by their words. */
export const searchOperation = defineOperation({
  input: z.object({
    words: z.array(z.string().max(10_000)).default([]).meta({
      description:
        'words that all must be there; \'"in a row"\', begin*, and -without, after -- or in quotes with others',
      placeholder: 'WORDS',
    }),
    ...narrowing,
    documents: z.boolean().default(false).meta({ description: 'only documents, whatever they tell of' }),
    limit: countOption('how many events, and how many documents (default: 20)').default(20),
    after: z.string().max(200).optional().meta({
      description: 'only events after the one with this id, the next page; with documents only, after that document',
      placeholder: 'ID',
    }),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    json: z.boolean().default(false).meta({ description: 'print JSON: the events whole, and the documents' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    db: recordOption,
  }),
  positional: ['words'],
  examples: [
    'readout search prisoners exchange',
    'readout search \'"joint exercises" -naval\' --between USA KOR --from 2021-01-01',
    'readout search sanction* --official --disputed',
    'readout search grain --documents --limit 50',
  ],
  offer: {
    right: 'read',
    output: z.object({ events: z.array(eventSchema).readonly(), documents: z.array(documentSchema).readonly() }),
    forms: ['md', 'html'],
    next: ({ limit }, given) => nextOf(given as Found, Number(limit)),
  },
  async run(input, context) {
    const words = input.words.join(' ');
    const query = words.trim() === '' ? undefined : parseWords(words);
    const { limit } = input;
    await withRecord(input.db, context, async (store) => {
      const found = await find(store, { ...input, words }, limit);
      if (input.json) {
        await context.write(`${JSON.stringify(found, null, 2)}\n`);
        return;
      }
      const { events, documents } = found;
      if (events.length + documents.length === 0) {
        context.tell('Nothing is found.');
        return;
      }
      const form = input.md ? 'md' : input.html ? 'html' : 'text';
      const marking = query === undefined ? undefined : { isLit: looksFor(query), color: context.color };
      await context.write(writePage(words, blocksOf(found, query), form, marking));
      if (Math.max(events.length, documents.length) < limit) return;
      const [next] = nextOf(found, limit);
      context.tell(
        `There may be more: --limit ${limit * 5}${next === undefined ? '' : `, or --after ${next.fields['after']}`}`,
      );
    });
  },
});

interface Found {
  readonly events: readonly Event[];
  readonly documents: readonly DocumentFound[];
}

/** What comes next: events where those of this page are as many as asked for, and documents, which are paged by themselves. */
function nextOf({ events, documents }: Found, limit: number): readonly NextPage[] {
  const event = events[limit - 1];
  const document = documents[limit - 1];
  return [
    ...(event === undefined ? [] : [{ of: 'events', fields: { after: event.id } }]),
    ...(document === undefined ? [] : [{ of: 'documents', fields: { documents: true, after: document.id } }]),
  ];
}

/** Fields that say something of documents too, not only of what they tell. */
const OF_DOCUMENTS = new Set(['from', 'to', 'outlet', 'official']);

/** What is looked for: words, in documents only or not, from the beginning or after what was found last. */
interface Sought {
  readonly words: string;
  readonly documents: boolean;
  readonly after?: string | undefined;
}

async function find(store: Store, asked: Omit<Asked, 'words'> & Sought, limit: number): Promise<Found> {
  const { words, documents: only, after, ...rest } = asked;
  const given = Object.keys(narrowing).filter((name) => {
    const value = rest[name as keyof typeof rest];
    return value !== undefined && value !== false;
  });
  const ofEvents = given.find((name) => !OF_DOCUMENTS.has(name));
  if (words.trim() === '' && (only || given.length === 0)) {
    throw new ReadoutError('option.value', 'WORDS: expected words to look for, or options that narrow events down.');
  }
  if (only && ofEvents !== undefined) {
    const flag = ofEvents.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new ReadoutError(
      'option.value',
      `--documents: expected it without --${flag}, which says something of events; leave out one of the two.`,
    );
  }
  const hasWords = words.trim() !== '';
  const filter = await filterOf({ ...rest, ...(hasWords ? { words } : {}) }, store);
  const events: Event[] = [];
  if (!only) {
    const start = after === undefined ? {} : { after: await placeIn(store, after) };
    for await (const event of store.eachEvent(filter, { limit, newestFirst: true, ...start })) events.push(event);
  }
  if (!hasWords || ofEvents !== undefined || (after !== undefined && !only)) return { events, documents: [] };
  const { from, to, outlet, official } = filter;
  const heads = await store.searchDocuments(words, { limit, from, to, outlet, official, after });
  const query = parseWords(words);
  const documents: DocumentFound[] = [];
  for (const head of heads) {
    const text = (await store.reading(head.id))?.document.text ?? '';
    documents.push({ ...head, passage: passageOf(text, query) });
  }
  return { events, documents };
}

function blocksOf({ events, documents }: Found, query: WordQuery | undefined): readonly Block[] {
  const isSought = query === undefined ? () => false : looksFor(query);
  return [
    ...(events.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: 'Events' } as const,
          { kind: 'list', items: events.map((event) => eventItem(event, isSought)) } as const,
        ]),
    ...(documents.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: 'Documents' } as const,
          { kind: 'list', items: documents.map(documentItem) } as const,
        ]),
  ];
}

/** An event with the sentence that has most of the words. */
function eventItem(event: Event, isSought: (word: string) => boolean): Item {
  const hits = (text: string) => new Set(text.match(/[\p{L}\p{N}\p{M}]+/gu)?.filter(isSought)).size;
  const best = event.claims.reduce((far, claim) => (hits(claim.sentence) > hits(far.sentence) ? claim : far));
  const { settled } = event.status;
  return {
    lead: momentOf(event),
    text: `${headlineOf(event)}${settled === 'happened' ? '' : ` [${settled}]`}`,
    sources: [`“${best.sentence}”`, `${outletWords(event)} · ${event.id.slice(0, 8)}`],
  };
}

function documentItem({ id, title, outlet, published, claims, passage }: DocumentFound): Item {
  return {
    lead: published === null ? 'undated' : whenWords({ earliest: published.from, latest: published.to }),
    text: title ?? 'Untitled document',
    sources: [
      passage,
      `${outlet ?? 'unknown outlet'} · ${claims} ${claims === 1 ? 'claim' : 'claims'} · ${id.slice(0, 8)}`,
    ],
  };
}
