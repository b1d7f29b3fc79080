import type { ListedOperation } from './operation.ts';

/** Everything Readout does, in the order of `readout --help`. */
export const OPERATIONS: readonly ListedOperation[] = [
  {
    name: 'read',
    summary: 'what reports tell: who did what to whom, when, where, and who says so; stores nothing',
    load: async () => (await import('./read.ts')).readOperation,
  },
  {
    name: 'parse',
    summary: 'words, tags, names and trees of a text',
    load: async () => (await import('./parse.ts')).parseOperation,
  },
  {
    name: 'extract',
    summary: 'the article in a page or scraped text, and what in it is page furniture',
    load: async () => (await import('./extract.ts')).extractOperation,
  },
  {
    name: 'actor',
    summary: 'who is meant by the words of an actor, on a day: country, sector, office',
    load: async () => (await import('./actor.ts')).actorOperation,
  },
  {
    name: 'add',
    summary: 'reads documents into the record; the same document twice is one document',
    load: async () => (await import('./add.ts')).addOperation,
  },
  {
    name: 'watch',
    summary: 'follows feeds, and reads the pages they name into the record',
    load: async () => (await import('./watch.ts')).watchOperation,
  },
  {
    name: 'work',
    summary: 'reads what `add --queue` queued, on any number of machines (PostgreSQL)',
    load: async () => (await import('./work.ts')).workOperation,
  },
  {
    name: 'jobs',
    summary: 'what waits in the queue, and the dead letters: what nobody could read, and why',
    load: async () => (await import('./jobs.ts')).jobsOperation,
  },
  {
    name: 'new',
    summary: 'what came into the record since a cursor',
    load: async () => (await import('./new.ts')).newOperation,
  },
  {
    name: 'documents',
    summary: 'what the record was made from: every report, with its outlet, day and how much it tells',
    load: async () => (await import('./documents.ts')).documentsOperation,
  },
  {
    name: 'timeline',
    summary: 'the chronology of the record, filtered',
    load: async () => (await import('./timeline.ts')).timelineOperation,
  },
  {
    name: 'show',
    summary: 'one event, document or claim with its evidence',
    load: async () => (await import('./show.ts')).showOperation,
  },
  {
    name: 'compare',
    summary: 'the reports of one event side by side, disagreements marked',
    load: async () => (await import('./compare.ts')).compareOperation,
  },
  {
    name: 'brief',
    summary: 'the page to read before two sides meet, every line sourced',
    load: async () => (await import('./brief.ts')).briefOperation,
  },
  {
    name: 'search',
    summary: 'events and documents by their words, narrowed down as a timeline is',
    load: async () => (await import('./search.ts')).searchOperation,
  },
  {
    name: 'stats',
    summary: 'how many events there are by month and quad class, of two sides or each two states',
    load: async () => (await import('./stats.ts')).statsOperation,
  },
  {
    name: 'review',
    summary: 'a person’s yes, no, correction, merge or split, kept beside what was read',
    load: async () => (await import('./review.ts')).reviewOperation,
  },
  {
    name: 'reread',
    summary: 'reads the documents of the record anew with newer weights or patterns',
    load: async () => (await import('./reread.ts')).rereadOperation,
  },
  {
    name: 'export',
    summary: 'the record as data: JSON lines, CSV, Parquet, PLOVER, POLECAT, GDELT, FollowTheMoney, maps, graphs',
    load: async () => (await import('./export.ts')).exportOperation,
  },
  {
    name: 'serve',
    summary: 'the timeline in a browser, with the words behind each line lit up',
    load: async () => (await import('./serve.ts')).serveOperation,
  },
  {
    name: 'mcp',
    summary: 'the record as tools for language models, over standard input and output',
    load: async () => (await import('./mcp.ts')).mcpOperation,
  },
  {
    name: 'token',
    summary: 'who may ask the record over HTTP from elsewhere, and the log of what was done',
    load: async () => (await import('./token.ts')).tokenOperation,
  },
  {
    name: 'db',
    summary: 'checks the record, backs it up, moves it between a file and a server',
    load: async () => (await import('./db.ts')).dbOperation,
  },
];
