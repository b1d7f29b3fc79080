-- The record, first form. Dates are YYYY-MM-DD text, JSON is text, lists inside JSON are as in the reading.

-- One row per text, however often it came. The columns are for queries; `head` is the document without its text, whole,
-- and `exact` the text as a JSON string where it holds what SQL text cannot (half a surrogate pair, NUL). `reading` is
-- the reading without its document; `received` is what came with the text, by which one of two copies is preferred.
CREATE TABLE documents (
  id             TEXT PRIMARY KEY,
  title          TEXT,
  url            TEXT,
  language       TEXT,
  outlet         TEXT,
  outlet_kind    TEXT,
  outlet_country TEXT,
  published_from TEXT,
  published_to   TEXT,
  text           TEXT NOT NULL,
  exact          TEXT,
  head           TEXT NOT NULL,
  received       TEXT NOT NULL,
  reading        TEXT NOT NULL,
  reader         TEXT NOT NULL,
  added          TEXT NOT NULL
) STRICT;
CREATE INDEX documents_published ON documents (published_from, id);

-- Events as merged: the columns are what views filter by, `body` is the whole.
CREATE TABLE events (
  id            TEXT PRIMARY KEY,
  type          TEXT NOT NULL,
  quad          INTEGER NOT NULL,
  status        TEXT NOT NULL,
  earliest      TEXT,
  latest        TEXT,
  sort          TEXT NOT NULL,
  country       TEXT,
  documents     INTEGER NOT NULL,
  disagreements INTEGER NOT NULL,
  body          TEXT NOT NULL
) STRICT;
CREATE INDEX events_sort ON events (sort);

CREATE TABLE event_parties (
  event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  party TEXT NOT NULL,
  PRIMARY KEY (event, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_parties_party ON event_parties (party, event);

CREATE TABLE event_issues (
  event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  issue TEXT NOT NULL,
  PRIMARY KEY (event, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_issues_issue ON event_issues (issue, event);

-- One row per claim of a document. `telling` is the claim with all it points at, from which it is merged anew.
-- `component` (claims that ties connect), `event` and `reason` (JSON: codes, the claim it is tied to, a sentence) are the
-- merge's answer. A person's decisions will stand in a table of their own, anchored to document and trigger, never in
-- these columns.
CREATE TABLE claims (
  id           TEXT PRIMARY KEY,
  document     TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ordinal      INTEGER NOT NULL,
  type         TEXT NOT NULL,
  status       TEXT NOT NULL,
  trigger_from INTEGER NOT NULL,
  trigger_to   INTEGER NOT NULL,
  telling      TEXT NOT NULL,
  component    TEXT,
  event        TEXT,
  reason       TEXT,
  UNIQUE (document, ordinal)
) STRICT;
CREATE INDEX claims_component ON claims (component);
CREATE INDEX claims_event ON claims (event);

-- The words under which a claim is found by those it may be tied to.
CREATE TABLE claim_keys (
  key   TEXT NOT NULL,
  claim TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  PRIMARY KEY (key, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_keys_claim ON claim_keys (claim);

CREATE TABLE actors (
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  id       TEXT NOT NULL,
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  country  TEXT,
  office   TEXT,
  wikidata TEXT,
  party    TEXT NOT NULL,
  sector   TEXT NOT NULL,
  mentions TEXT NOT NULL,
  PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_party ON actors (party);

CREATE TABLE statements (
  document     TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  id           TEXT NOT NULL,
  speaker      TEXT,
  party        TEXT,
  quotation    TEXT NOT NULL,
  anonymous    INTEGER NOT NULL,
  content_from INTEGER NOT NULL,
  content_to   INTEGER NOT NULL,
  source       TEXT,
  cue          TEXT,
  PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_party ON statements (party);
