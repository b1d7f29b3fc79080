import { textFormat } from './format.ts';

/** An event a line with all that is told of it, and the documents of its claims. */
export const jsonl = textFormat(
  {
    name: 'jsonl',
    summary: 'one event a line, whole: every value told, each claim with its evidence, the documents',
    file: { name: 'events', ending: 'jsonl', media: 'application/jsonl' },
  },
  () => ({
    add: ({ event, documents }) => `${JSON.stringify({ ...event, documents: [...documents.values()] })}\n`,
  }),
);
