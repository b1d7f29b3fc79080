-- See sql/sqlite/0006-counts.sql.
CREATE TABLE mark_counts (
  mark   bigint PRIMARY KEY,
  events bigint NOT NULL
);
CREATE INDEX mark_counts_events ON mark_counts (events, mark);
CREATE TABLE day_counts (
  day    text COLLATE "C" PRIMARY KEY,
  events bigint NOT NULL
);

-- How often the record was changed: whoever remembers an answer asks whether it still stands.
INSERT INTO counters VALUES ('change', 0);
