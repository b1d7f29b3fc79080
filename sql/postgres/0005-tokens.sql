-- Who may do what over HTTP, and what was done: see `sql/sqlite/0005-tokens.sql`.

CREATE TABLE tokens (
  id     text COLLATE "C" PRIMARY KEY,
  name   text NOT NULL,
  hash   text COLLATE "C" NOT NULL UNIQUE,
  rights text NOT NULL,
  made   text NOT NULL,
  ended  text
);
CREATE TABLE audit (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at     text NOT NULL,
  who    text NOT NULL,
  what   text NOT NULL,
  status bigint NOT NULL
);
