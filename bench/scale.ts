/**
 * How a record does as it grows: `node bench/scale.ts COUNT [PLACE] [--queries]`.
 *
 * Adds COUNT reports of an invented world (`large.ts`), already read, in batches of 32 to a record at PLACE (default: a new
 * file in the temporary folder; a `postgres://` address for a server), and prints for each window: documents a second,
 * memory, bytes on the disk beyond the texts, and at the end how well the claims were merged against the world's truth.
 * Then asks what views ask, 200 different questions of each kind, and prints how long the median and the slowest
 * twentieth took. `--queries` asks a record that is there.
 */
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../src/record/store.ts';
import { reportAt } from './large.ts';

const words = process.argv.slice(2);
const asksOnly = words.includes('--queries');
const [count = '1000', place = join(tmpdir(), 'readout-scale.sqlite')] = words.filter((one) => !one.startsWith('--'));
const size = Number(count);
const BATCH = 32;
const isFile = !place.startsWith('postgres');
if (isFile && !asksOnly) for (const end of ['', '-wal', '-shm']) if (existsSync(place + end)) rmSync(place + end);
const store = await Store.open(place, { create: true });
const truth = new Map<string, readonly string[]>();

if (!asksOnly) {
  let textBytes = 0;
  let claims = 0;
  let windowMs = 0;
  let processorMs = 0;
  let windowed = 0;
  for (let at = 0; at < size; at += BATCH) {
    const reports = Array.from({ length: Math.min(BATCH, size - at) }, (_, i) => reportAt(at + i));
    for (const { reading, truth: told } of reports) {
      truth.set(reading.document.id, told);
      textBytes += Buffer.byteLength(reading.document.text);
      claims += reading.claims.length;
    }
    const before = process.cpuUsage();
    const began = performance.now();
    await store.addAll(
      reports.map(({ reading }) => ({
        reading,
        received: reading.document,
        reader: 'bench',
        added: '2031-01-01T00:00:00Z',
      })),
    );
    windowMs += performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    processorMs += (user + system) / 1000;
    windowed += reports.length;
    const done = at + reports.length;
    if (windowed >= Math.max(1000, size / 20) || done === size) {
      const beyond = ((await store.engine.size()) - textBytes) / done;
      console.log(
        `${String(done).padStart(7)} documents, ${String(claims).padStart(8)} claims: ${((windowed / windowMs) * 1000).toFixed(0)} a second by the clock, ${((windowed / processorMs) * 1000).toFixed(0)} by the processor; ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB; ${(beyond / 1000).toFixed(1)} kB a document beyond its text of ${(textBytes / done / 1000).toFixed(1)}`,
      );
      [windowMs, processorMs, windowed] = [0, 0, 0];
    }
  }
  await judge();
}

/** Compares the events of the record with the world's, over pairs of claims. */
async function judge(): Promise<void> {
  const pairs = (sizes: Iterable<number>) => [...sizes].reduce((sum, one) => sum + (one * (one - 1)) / 2, 0);
  const told = new Map<string, number>();
  const found = new Map<number, number>();
  const both = new Map<string, number>();
  const more = <Key>(map: Map<Key, number>, key: Key) => map.set(key, (map.get(key) ?? 0) + 1);
  let last = 0;
  for (;;) {
    const rows = await store.engine.rows<{ number: number; id: string; ordinal: number; cluster: number }>(
      `SELECT claims.number AS number, documents.id AS id, ordinal, cluster FROM claims
        JOIN documents ON documents.number = claims.document JOIN places ON places.claim = claims.number
        WHERE claims.number > ? ORDER BY claims.number LIMIT 20000`,
      [last],
    );
    for (const { id, ordinal, cluster } of rows) {
      const event = truth.get(id)?.[ordinal];
      if (event === undefined) continue;
      more(told, event);
      more(found, cluster);
      more(both, `${event} ${cluster}`);
    }
    if (rows.length === 0) break;
    last = rows.at(-1)!.number;
  }
  const [right, joined, real] = [pairs(both.values()), pairs(found.values()), pairs(told.values())];
  console.log(
    `pairs of claims: ${joined} joined, ${((100 * right) / joined).toFixed(1)} % of them rightly; of ${real} that tell one event ${((100 * right) / real).toFixed(1)} % joined; largest event ${Math.max(...found.values())} claims`,
  );
}

/** Runs a question for each of some values, and tells how long it took. */
async function ask<Value>(
  name: string,
  values: readonly Value[],
  question: (value: Value) => Promise<unknown>,
): Promise<void> {
  const took: number[] = [];
  for (const value of values) {
    const began = performance.now();
    await question(value);
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) =>
    took[Math.min(took.length - 1, Math.floor(took.length * share))]!.toFixed(1).padStart(8);
  console.log(`${name.padEnd(52)} p50${at(0.5)} ms   p95${at(0.95)} ms   most${at(1)} ms`);
}

const parties = (await store.facet('party', 150)).map(({ value }) => value);
const pairs = (await store.facet('pair', 400)).map(({ value }) => value.split(' ') as [string, string]);
const types = await store.types();
const days = Array.from({ length: 200 }, (_, i) => {
  const day = Date.UTC(2003, 0, 1) + ((size / 100) * i * 86_400_000) / 200;
  return [day, day + (1 + (i % 60)) * 86_400_000].map((ms) => new Date(ms).toISOString().slice(0, 10)) as [
    string,
    string,
  ];
});
const sample = (await store.documents({ limit: 200 })).map(({ id }) => id);
const texts: string[] = [];
for (const id of sample.slice(0, 200)) texts.push((await store.reading(id))!.document.text);
const rareWords = texts.map((text) => text.split(' ').filter((one) => one.length > 7)[3] ?? 'border');
const frequentWords = ['met', 'trade', 'accused', 'fisheries', 'envoys', ...parties.slice(0, 20)];
const page = { limit: 50 };
console.log(`${await store.countDocuments()} documents, ${await store.count('all')} events`);
await ask('timeline, first page of a range of days', days, ([from, to]) => store.page({ from, to }, page));
await ask('timeline, from a day on', days, ([from]) => store.page({ from }, page));
await ask('timeline, a type in a range of days', days, ([from, to]) =>
  store.page({ from, to, type: types[from.charCodeAt(9) % types.length]! }, page),
);
await ask('party, newest first', parties, (party) => store.page({ parties: [party] }, { ...page, newestFirst: true }));
await ask('dyad, frequent', pairs.slice(0, 200), (two) => store.page({ parties: two }, page));
await ask('dyad, a type and status', pairs.slice(0, 200), (two) =>
  store.page({ parties: two, type: 'CONSULT', status: 'planned' }, page),
);
await ask('dyad, newest reports', pairs.slice(0, 200), (two) => store.news(two, 50));
await ask('search, a frequent word', frequentWords, (word) => store.page({ words: word }, page));
await ask('search, a rare word', rareWords, (word) => store.page({ words: word }, page));
await ask('search, two words and a party', rareWords, (word) =>
  store.page({ words: `trade ${word}`, parties: [parties[0]!] }, page),
);
await ask('search in documents, a frequent word', frequentWords, (word) => store.searchDocuments(word, { limit: 20 }));
await ask('search in documents, a rare word', rareWords, (word) => store.searchDocuments(word, { limit: 20 }));
await ask('a document with its reading', sample, (id) => store.reading(id));
await ask('claims of a document', sample, (id) => store.claims(id));
await store.close();
