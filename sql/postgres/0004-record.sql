-- The record on PostgreSQL: the tables of `sql/sqlite` after its fourth file, where their columns are explained. Texts
-- sort by their bytes, as in SQLite, so that both give the same answers in the same order.

CREATE TABLE counters (
  name  text COLLATE "C" PRIMARY KEY,
  value bigint NOT NULL
);
INSERT INTO counters VALUES ('document', 0), ('claim', 0), ('decision', 0), ('mark', 0), ('derivation', 0);

CREATE TABLE documents (
  number         bigint PRIMARY KEY,
  id             text COLLATE "C" NOT NULL UNIQUE,
  title          text,
  url            text,
  outlet         text COLLATE "C",
  outlet_kind    text,
  published_from text COLLATE "C",
  published_to   text COLLATE "C",
  claims         bigint NOT NULL,
  reader         text NOT NULL,
  added          text NOT NULL,
  origin         bigint NOT NULL,
  address        text COLLATE "C"
);
CREATE INDEX documents_published ON documents (published_from DESC NULLS LAST, id);
CREATE INDEX documents_origin ON documents (origin);
-- Addresses may be longer than an index takes.
CREATE INDEX documents_address ON documents USING hash (address) WHERE address IS NOT NULL;

CREATE TABLE texts (
  document bigint PRIMARY KEY REFERENCES documents (number),
  text     text NOT NULL,
  exact    text
);
CREATE TABLE readings (
  document bigint PRIMARY KEY REFERENCES documents (number),
  body     bytea NOT NULL
);
-- What is packed already is not worth a second try.
ALTER TABLE readings ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE bands (
  hash     bigint NOT NULL,
  document bigint NOT NULL,
  PRIMARY KEY (hash, document)
);
CREATE TABLE copies (
  a bigint NOT NULL,
  b bigint NOT NULL,
  PRIMARY KEY (a, b)
);
CREATE INDEX copies_b ON copies (b, a);

CREATE TABLE claims (
  number   bigint PRIMARY KEY,
  id       text COLLATE "C" NOT NULL UNIQUE,
  document bigint NOT NULL REFERENCES documents (number),
  ordinal  bigint NOT NULL,
  shown    bigint NOT NULL
);
CREATE INDEX claims_document ON claims (document, ordinal);

CREATE TABLE tellings (
  document bigint PRIMARY KEY REFERENCES documents (number),
  body     bytea NOT NULL
);
ALTER TABLE tellings ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE places (
  claim   bigint PRIMARY KEY,
  cluster bigint NOT NULL,
  tied_to bigint,
  score   double precision NOT NULL
);
CREATE INDEX places_cluster ON places (cluster);
CREATE TABLE torn (
  cluster bigint NOT NULL,
  claim   bigint NOT NULL,
  PRIMARY KEY (cluster, claim)
);
CREATE INDEX torn_claim ON torn (claim);

CREATE TABLE claim_keys (
  key   bigint NOT NULL,
  claim bigint NOT NULL,
  PRIMARY KEY (key, claim)
);

CREATE TABLE events (
  number   bigint PRIMARY KEY,
  id       text COLLATE "C" NOT NULL UNIQUE,
  sort     text COLLATE "C" NOT NULL,
  news     text COLLATE "C" NOT NULL,
  earliest text COLLATE "C",
  latest   text COLLATE "C",
  quad     bigint NOT NULL,
  marks    text NOT NULL
);
CREATE INDEX events_wide ON events (latest, sort) WHERE latest <> earliest;

CREATE TABLE mark_names (
  number bigint PRIMARY KEY,
  mark   text COLLATE "C" NOT NULL UNIQUE
);
CREATE TABLE marks (
  mark  bigint NOT NULL,
  sort  text COLLATE "C" NOT NULL,
  event bigint NOT NULL,
  PRIMARY KEY (mark, sort, event)
);

CREATE TABLE names (
  party  text COLLATE "C" NOT NULL,
  name   text COLLATE "C" NOT NULL,
  kind   text COLLATE "C" NOT NULL,
  folded text COLLATE "C" NOT NULL,
  uses   bigint NOT NULL,
  PRIMARY KEY (party, name, kind)
);
CREATE INDEX names_folded ON names (folded);

CREATE TABLE decisions (
  number bigint PRIMARY KEY,
  id     text COLLATE "C" NOT NULL UNIQUE,
  body   text NOT NULL
);
CREATE TABLE decision_documents (
  document text COLLATE "C" NOT NULL,
  decision bigint NOT NULL REFERENCES decisions (number),
  PRIMARY KEY (document, decision)
);

CREATE TABLE document_words (
  number bigint PRIMARY KEY,
  words  tsvector NOT NULL
);
CREATE INDEX document_words_words ON document_words USING gin (words);
CREATE TABLE claim_words (
  number bigint PRIMARY KEY,
  words  tsvector NOT NULL
);
CREATE INDEX claim_words_words ON claim_words USING gin (words);

-- Addresses and paths may be longer than a unique index takes; whoever writes them holds the lock of the one writer.
CREATE TABLE feeds (
  url      text COLLATE "C" NOT NULL,
  etag     text,
  modified text,
  checked  text,
  problem  text
);
CREATE INDEX feeds_url ON feeds USING hash (url);
CREATE TABLE pages (
  url      text COLLATE "C" NOT NULL,
  checked  text NOT NULL,
  document text,
  problem  text,
  attempts bigint NOT NULL
);
CREATE INDEX pages_url ON pages USING hash (url);
CREATE TABLE inputs (
  path    text COLLATE "C" NOT NULL,
  size    bigint NOT NULL,
  changed text NOT NULL,
  done    text NOT NULL
);
CREATE INDEX inputs_path ON inputs USING hash (path);
