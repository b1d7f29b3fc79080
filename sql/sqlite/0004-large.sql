-- The record, made for a million claims: documents and claims have numbers, long things lie apart from what is searched,
-- and every filter of a view is a mark of an event, in the order of the chronology. What is derived from the readings
-- (claims, events, copies, words) is left empty here: whoever opens the record next derives it (`derive.ts`).

DROP TABLE statements;
DROP TABLE actors;
DROP TABLE claim_keys;
DROP TABLE claims;
DROP TABLE event_issues;
DROP TABLE event_parties;
DROP TABLE events;
DROP TABLE copies;
DROP TABLE bands;
ALTER TABLE documents RENAME TO documents_before;

-- What is one of a kind: the number given last to a document, to a claim, to a decision; the version of what derives.
CREATE TABLE counters (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('document', 0), ('claim', 0), ('decision', 0), ('mark', 0), ('derivation', 0);

-- One row per text, however often it came; numbered as they came, and no number is used again. The columns are for
-- queries; `reader` made the reading. `origin` is the document that a text goes back to, itself where it is nobody's copy;
-- `address` is the web address without what does not name the page.
CREATE TABLE documents (
  number         INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  title          TEXT,
  url            TEXT,
  outlet         TEXT,
  outlet_kind    TEXT,
  published_from TEXT,
  published_to   TEXT,
  claims         INTEGER NOT NULL,
  reader         TEXT NOT NULL,
  added          TEXT NOT NULL,
  origin         INTEGER NOT NULL,
  address        TEXT
) STRICT;

-- `exact` is the text as a JSON string where it holds what SQL text cannot (half a surrogate pair, NUL).
CREATE TABLE texts (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  text     TEXT NOT NULL,
  exact    TEXT
) STRICT;

-- The reading with its document but the text, and what came with the text, by which one of two copies is preferred:
-- `{head, received, lists}`, packed (`pack.ts`) or as JSON.
CREATE TABLE readings (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  body     ANY NOT NULL
) STRICT;

INSERT INTO documents
  SELECT row_number() OVER (ORDER BY number), documents_before.id, title, url, outlet, outlet_kind, published_from, published_to, 0, reader, documents_before.added, row_number() OVER (ORDER BY number), address
  FROM documents_before LEFT JOIN arrivals ON arrivals.document = documents_before.id;
INSERT INTO texts SELECT documents.number, before.text, before.exact FROM documents_before AS before JOIN documents USING (id);
INSERT INTO readings
  SELECT documents.number, json_object('head', json(before.head), 'received', json(before.received), 'lists', json(before.reading))
  FROM documents_before AS before JOIN documents USING (id);
UPDATE counters SET value = (SELECT coalesce(max(number), 0) FROM documents) WHERE name = 'document';
DROP TABLE documents_before;
DROP TABLE arrivals;

CREATE INDEX documents_published ON documents (published_from, id);
CREATE INDEX documents_origin ON documents (origin);
CREATE INDEX documents_address ON documents (address) WHERE address IS NOT NULL;

-- Pairs of numbers that are copies of each other; `a` is the smaller.
CREATE TABLE bands (
  hash     INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE copies (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_b ON copies (b, a);

-- One row per claim; numbers are never used again. `shown` is 0 for one that a person rejected: it stands in no event.
CREATE TABLE claims (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES documents (number),
  ordinal  INTEGER NOT NULL,
  shown    INTEGER NOT NULL
) STRICT;
CREATE INDEX claims_document ON claims (document, ordinal);

-- The claims of a document with all they point at, in their order, each packed (`tellings.ts`): what they are merged by and shown
-- from.
CREATE TABLE tellings (
  document INTEGER PRIMARY KEY REFERENCES documents (number),
  body     BLOB NOT NULL
) STRICT;

-- The merge's answer (`settle.ts`). `cluster` is the number of the claim that opens the event, `tied_to` the claim that
-- this one is tied to, `score` how strongly. A claim is torn between events that it fits equally; it is in none of them.
CREATE TABLE places (
  claim   INTEGER PRIMARY KEY,
  cluster INTEGER NOT NULL,
  tied_to INTEGER,
  score   REAL NOT NULL
) STRICT;
CREATE INDEX places_cluster ON places (cluster);
CREATE TABLE torn (
  cluster INTEGER NOT NULL,
  claim   INTEGER NOT NULL,
  PRIMARY KEY (cluster, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX torn_claim ON torn (claim);

-- Hashes of the words under which a claim is found by those it may be tied to (`keys.ts`).
CREATE TABLE claim_keys (
  key   INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  PRIMARY KEY (key, claim)
) STRICT, WITHOUT ROWID;

-- An event has the number of the claim that opens it. The whole of it is made from its claims; here is what lists
-- sort by: `sort` is its place in the chronology, `news` among the news, `marks` the numbers of what it can be asked for by,
-- those among the news behind a bar (`marks.ts`).
CREATE TABLE events (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  sort     TEXT NOT NULL,
  news     TEXT NOT NULL,
  earliest TEXT,
  latest   TEXT,
  quad     INTEGER NOT NULL,
  marks    TEXT NOT NULL
) STRICT;
CREATE INDEX events_wide ON events (latest, sort) WHERE latest <> earliest;

-- The same marks one by one, in the order of the chronology: every filter of a view is a range of this table.
CREATE TABLE mark_names (
  number INTEGER PRIMARY KEY,
  mark   TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE marks (
  mark  INTEGER NOT NULL,
  sort  TEXT NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (mark, sort, event)
) STRICT, WITHOUT ROWID;

-- The names that documents use for parties, each with the number of its uses. `folded` is for finding it.
CREATE TABLE names (
  party  TEXT NOT NULL,
  name   TEXT NOT NULL,
  kind   TEXT NOT NULL,
  folded TEXT NOT NULL,
  uses   INTEGER NOT NULL,
  PRIMARY KEY (party, name, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_folded ON names (folded);

-- What a person decided, in order. `body` is the decision as JSON (`review.ts`); anchored to the words of documents.
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE,
  body   TEXT NOT NULL
) STRICT;
CREATE TABLE decision_documents (
  document TEXT NOT NULL,
  decision INTEGER NOT NULL REFERENCES decisions (number),
  PRIMARY KEY (document, decision)
) STRICT, WITHOUT ROWID;

-- Words, as `terms.ts` makes them, of documents and of claims.
CREATE VIRTUAL TABLE document_words USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE claim_words USING fts5 (words, content='', contentless_delete=1, detail=none, tokenize='ascii');
