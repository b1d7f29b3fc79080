/** The tables of `sql/` as Kysely sees them, one interface a table, columns as in the files there. */
export interface Tables {
  counters: { name: string; value: number };
  documents: DocumentsTable;
  texts: { document: number; text: string; exact: string | null };
  readings: { document: number; body: Uint8Array | string };
  bands: { hash: number; document: number };
  copies: { a: number; b: number };
  claims: ClaimsTable;
  tellings: { document: number; body: Uint8Array };
  places: { claim: number; cluster: number; tied_to: number | null; score: number };
  torn: { cluster: number; claim: number };
  claim_keys: { key: number; claim: number };
  events: EventsTable;
  mark_names: { number: number; mark: string };
  marks: { mark: number; sort: string; event: number };
  mark_counts: { mark: number; events: number };
  day_counts: { day: string; events: number };
  names: { party: string; name: string; kind: string; folded: string; uses: number };
  decisions: { number: number; id: string; body: string };
  decision_documents: { document: string; decision: number };
  feeds: { url: string; etag: string | null; modified: string | null; checked: string | null; problem: string | null };
  pages: { url: string; checked: string; document: string | null; problem: string | null; attempts: number };
  tokens: { id: string; name: string; hash: string; rights: string; made: string; ended: string | null };
  audit: { at: string; who: string; what: string; status: number };
  inputs: { path: string; size: number; changed: string; done: string };
}

export interface DocumentsTable {
  number: number;
  id: string;
  title: string | null;
  url: string | null;
  outlet: string | null;
  outlet_kind: string | null;
  published_from: string | null;
  published_to: string | null;
  claims: number;
  reader: string;
  added: string;
  origin: number;
  address: string | null;
}

interface EventsTable {
  number: number;
  id: string;
  sort: string;
  news: string;
  earliest: string | null;
  latest: string | null;
  quad: number;
  marks: string;
}

interface ClaimsTable {
  number: number;
  id: string;
  document: number;
  ordinal: number;
  shown: number;
}
