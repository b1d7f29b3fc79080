import type { Generated } from 'kysely';

/** The tables of `sql/` as Kysely sees them, one interface a table, columns as in the files there. */
export interface Tables {
  documents: DocumentsTable;
  events: EventsTable;
  event_parties: { event: string; party: string };
  event_issues: { event: string; issue: string };
  claims: ClaimsTable;
  claim_keys: { key: string; claim: string };
  actors: ActorsTable;
  statements: StatementsTable;
  feeds: { url: string; etag: string | null; modified: string | null; checked: string | null; problem: string | null };
  pages: { url: string; checked: string; document: string | null; problem: string | null; attempts: number };
  arrivals: { number: Generated<number>; document: string; added: string };
  bands: { hash: number; document: string };
  copies: { a: string; b: string };
  inputs: { path: string; size: number; changed: string; done: string };
}

interface DocumentsTable {
  id: string;
  title: string | null;
  url: string | null;
  language: string | null;
  outlet: string | null;
  outlet_kind: string | null;
  outlet_country: string | null;
  published_from: string | null;
  published_to: string | null;
  text: string;
  exact: string | null;
  head: string;
  received: string;
  reading: string;
  reader: string;
  added: string;
  origin: string | null;
  address: string | null;
}

interface EventsTable {
  id: string;
  type: string;
  quad: number;
  status: string;
  earliest: string | null;
  latest: string | null;
  sort: string;
  country: string | null;
  documents: number;
  disagreements: number;
  body: string;
}

interface ClaimsTable {
  id: string;
  document: string;
  ordinal: number;
  type: string;
  status: string;
  trigger_from: number;
  trigger_to: number;
  telling: string;
  component: string | null;
  event: string | null;
  reason: string | null;
}

interface ActorsTable {
  document: string;
  id: string;
  name: string;
  kind: string;
  country: string | null;
  office: string | null;
  wikidata: string | null;
  party: string;
  sector: string;
  mentions: string;
}

interface StatementsTable {
  document: string;
  id: string;
  speaker: string | null;
  party: string | null;
  quotation: string;
  anonymous: number;
  content_from: number;
  content_to: number;
  source: string | null;
  cue: string | null;
}
