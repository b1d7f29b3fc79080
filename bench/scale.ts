/**
 * How a record does as it grows:
 *
 *     node bench/scale.ts COUNT [PLACE] [--from 0] [--seed 1] [--per-day 100] [--batch 32] [--releases FILE.jsonl.gz]
 *                         [--queries] [--no-judge] [--only WORDS]
 *
 * Adds COUNT reports of an invented world (`large/report.ts`), already read, one after another, to a record at PLACE
 * (default: a new file in the temporary folder; a `postgres://` address for a server), and prints for the last thousand
 * documents before 1 k, 3 k, 10 k, 30 k, 100 k … how many were added a second, by the clock and by the processor time of this
 * process, memory, and the bytes on the disk beyond the texts. Then compares the events with the world's, and asks what
 * views ask, 200 different questions of each kind (`large/ask.ts`).
 *
 * `--from` goes on with a record that holds the first so many, and tells no bytes. `--releases` mixes real releases among them, one to ten. `--queries` asks a record that is there, `--only` the questions
 * whose names have these words, `--no-judge` leaves the comparison out.
 */
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Reading } from '../src/events/reading.ts';
import { Store } from '../src/record/store.ts';
import { askAll } from './large/ask.ts';
import { Judge, joinWords } from './large/judge.ts';
import { readReleases } from './large/releases.ts';
import { openReports } from './large/report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'per-day': { type: 'string', default: '100' },
    batch: { type: 'string', default: '32' },
    releases: { type: 'string' },
    queries: { type: 'boolean', default: false },
    'no-judge': { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const [size, perDay, batch] = [positionals[0] ?? '1000', values['per-day'], values.batch].map(Number) as [
  number,
  number,
  number,
];
const place = positionals[1] ?? join(tmpdir(), 'readout-scale.sqlite');
const from = Number(values.from);
const world = { seed: Number(values.seed), perDay };
/** The documents before which a thousand are timed. */
const MARKS = new Set(
  [1, 3, 10, 30, 100, 300, 1000]
    .map((thousands) => thousands * 1000)
    .filter((mark) => mark < size)
    .concat(size),
);
for (let mark = 20_000; mark < size; mark += 20_000) MARKS.add(mark);

if (!values.queries && from === 0 && !place.startsWith('postgres')) {
  for (const end of ['', '-wal', '-shm']) if (existsSync(place + end)) rmSync(place + end);
}
const store = await Store.open(place, { create: !values.queries && from === 0 });
if (!values.queries) await addAll();
if (!values['no-judge']) await judge();
await askAll(store, { days: Math.ceil(size / perDay), only: values.only });
await store.close();

/** Adds the reports, and prints how it goes. */
async function addAll(): Promise<void> {
  const window = { ms: 0, processorMs: 0, documents: 0 };
  const sums = { textBytes: 0, claims: 0, added: 0 };
  let waiting: Reading[] = [];
  const flush = async () => {
    const additions = waiting.map((reading) => ({
      ...{ reading, received: reading.document, reader: 'bench', added: '2026-01-01T00:00:00Z' },
    }));
    waiting = [];
    const before = process.cpuUsage();
    const began = performance.now();
    const isNew = await store.addAll(additions);
    window.ms += performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    window.processorMs += (user + system) / 1000;
    window.documents += additions.length;
    for (const [i, { reading }] of additions.entries()) {
      if (!isNew[i]) continue;
      sums.added += 1;
      sums.textBytes += Buffer.byteLength(reading.document.text);
      sums.claims += reading.claims.length;
    }
  };
  const { reportAt } = openReports(world);
  const releases = values.releases === undefined ? undefined : readReleases(values.releases);
  for (let i = from; i < size; i++) {
    waiting.push(reportAt(i).reading);
    if (releases !== undefined && i % 10 === 9) {
      const { value } = await releases.next();
      if (value !== undefined) waiting.push(value as Reading);
    }
    const isMark = MARKS.has(i + 1);
    const opensWindow = MARKS.has(i + 1001);
    if (waiting.length < batch && !isMark && !opensWindow) continue;
    await flush();
    if (isMark) console.log(line(i + 1, window, sums, await store.engine.size()));
    if (isMark || opensWindow) Object.assign(window, { ms: 0, processorMs: 0, documents: 0 });
  }
}

function line(
  reached: number,
  { ms, processorMs, documents }: { readonly ms: number; readonly processorMs: number; readonly documents: number },
  { textBytes, claims, added }: { readonly textBytes: number; readonly claims: number; readonly added: number },
  bytes: number,
): string {
  const rate = (time: number) => ((documents / time) * 1000).toFixed(0);
  const perDocument = (some: number) => `${(some / added / 1000).toFixed(1)}`;
  const size =
    from > 0 ? '' : `; ${perDocument(bytes - textBytes)} kB a document beyond its text of ${perDocument(textBytes)}`;
  return `${String(reached).padStart(7)} documents, ${String(claims).padStart(8)} claims; the last ${documents}: ${rate(ms)} a second by the clock, ${rate(processorMs)} by the processor; ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB of memory${size}`;
}

/** Compares the events of the record with the world's. */
async function judge(): Promise<void> {
  const { reportAt } = openReports(world);
  const whole = new Judge();
  const seen = new Set<string>();
  for (let at = 0; at < size; at += 200) {
    const told = new Map<string, readonly string[]>();
    for (let i = at; i < Math.min(at + 200, size); i++) {
      const { reading, truth } = reportAt(i);
      if (!seen.has(reading.document.id)) told.set(reading.document.id, truth);
      seen.add(reading.document.id);
    }
    const rows = await store.engine.rows<{ id: string; ordinal: number; cluster: number }>(
      `SELECT documents.id AS id, ordinal, cluster FROM claims
        JOIN documents ON documents.number = claims.document JOIN places ON places.claim = claims.number
        WHERE documents.id IN TEXTS(?)`,
      [[...told.keys()]],
    );
    for (const { id, ordinal, cluster } of rows) whole.add(told.get(id)![ordinal]!, cluster);
  }
  console.log(joinWords(whole.result()));
}
