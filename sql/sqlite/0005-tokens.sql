-- Who may do what over HTTP, and what was done.

-- `hash` is the SHA-256 of the secret in hex: the secret itself is shown once, when it is made, and kept nowhere. `rights`
-- are words parted by blanks: read, write, review, admin. `ended` is when it was taken back.
CREATE TABLE tokens (
  id     TEXT PRIMARY KEY,
  name   TEXT NOT NULL,
  hash   TEXT NOT NULL UNIQUE,
  rights TEXT NOT NULL,
  made   TEXT NOT NULL,
  ended  TEXT
) STRICT, WITHOUT ROWID;

-- What was done over HTTP, and what was refused. `who` is the id of a token, or `browser` or `anonymous`.
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,
  who    TEXT NOT NULL,
  what   TEXT NOT NULL,
  status INTEGER NOT NULL
) STRICT;
