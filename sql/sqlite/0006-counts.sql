-- How many events have a mark, and stand on a day of the chronology (the first three letters of `sort`): kept as events come and go,
-- for counting a large record takes longer than a page may. Derived, so whoever opens the record next fills them (`derive.ts`).
CREATE TABLE mark_counts (
  mark   INTEGER PRIMARY KEY,
  events INTEGER NOT NULL
) STRICT;
CREATE INDEX mark_counts_events ON mark_counts (events, mark);
CREATE TABLE day_counts (
  day    TEXT PRIMARY KEY,
  events INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How often the record was changed: whoever remembers an answer asks whether it still stands.
INSERT INTO counters VALUES ('change', 0);
