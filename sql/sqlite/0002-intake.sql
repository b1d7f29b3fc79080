-- Where documents come from and in which order. Times are ISO 8601 in UTC.

-- Feeds that are watched: the server's marks of the version read last, when it was asked last, what went wrong then.
CREATE TABLE feeds (
  url      TEXT PRIMARY KEY,
  etag     TEXT,
  modified TEXT,
  checked  TEXT,
  problem  TEXT
) STRICT;

-- Pages that were asked for: the document that came of it, or what went wrong and how often.
CREATE TABLE pages (
  url      TEXT PRIMARY KEY,
  checked  TEXT NOT NULL,
  document TEXT,
  problem  TEXT,
  attempts INTEGER NOT NULL
) STRICT;

-- The order in which documents came in: `number` is never used again, so it is a cursor that stays good.
CREATE TABLE arrivals (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT NOT NULL UNIQUE,
  added    TEXT NOT NULL
) STRICT;
INSERT INTO arrivals (document, added) SELECT id, added FROM documents ORDER BY added, id;

-- Files read to their end: size and time of change tell whether they are still the same.
CREATE TABLE inputs (
  path    TEXT PRIMARY KEY,
  size    INTEGER NOT NULL,
  changed TEXT NOT NULL,
  done    TEXT NOT NULL
) STRICT;
