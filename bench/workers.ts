import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Queue } from '../src/record/queue.ts';
import { Store } from '../src/record/store.ts';
import { textDocument } from '../test/document.ts';
import { startServer } from '../test/server.ts';

// node bench/workers.ts [DOCUMENTS]: how fast documents are queued, and read by one worker and by two with a thread each,
// on a PostgreSQL of its own (npm's, with the settings it comes with). The texts are made from templates: some 1,900
// letters, seven acts and as much that tells of none. Idle seconds of starting are not counted: a worker's time runs from
// its first line to its last.

const count = Number(process.argv[2] ?? 2000);
const ACTS = [
  '{A} recalled its ambassador from {B} on {DAY}.',
  'The foreign ministers of {A} and {B} met on {DAY} to discuss the border.',
  '{A} accused {B} of violating the ceasefire.',
  '{A} imposed sanctions on two banks of {B}, the finance ministry said on {DAY}.',
  '{B} rejected the accusation and threatened to close the crossing.',
  '{A} and {B} signed an agreement on fishing.',
  '{B} will send a delegation to {A} next week, its foreign minister told reporters.',
  '{A} delivered 40 tonnes of food aid to {B} on {DAY}.',
  '{B} said it would withdraw its troops if {A} did the same.',
  'The president of {A} welcomed the statement by {B} as a step towards peace.',
];
const FILLER = [
  'Shops in the capital were open as usual and traffic was light through most of the morning.',
  'The road to the coast has been under repair for several years, and drivers complain about the dust.',
  'Farmers expect a good harvest after the rains, according to people who live near the river.',
  'A small museum in the old town shows maps and letters that were found in a cellar.',
];

let seed = 20_240_601;
function random(below: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * below);
}

function makeText(number: number, countries: readonly string[]): { readonly text: string; readonly day: string } {
  const date = new Date(Date.UTC(2000 + random(24), random(12), 1 + random(28)));
  const told = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const [a, b] = [countries[random(countries.length)]!, countries[random(countries.length)]!];
  const paragraphs = Array.from({ length: 7 }, () => {
    const act = ACTS[random(ACTS.length)]!.replaceAll('{A}', a).replaceAll('{B}', b).replaceAll('{DAY}', told);
    return `${act} ${FILLER[random(FILLER.length)]} ${FILLER[random(FILLER.length)]}`;
  });
  return { text: `Report ${number}.\n\n${paragraphs.join('\n\n')}`, day: date.toISOString().slice(0, 10) };
}

/** Works until the queue is empty: when its first documents were in the record, when its last, and how many came later. */
async function work(db: string): Promise<{ readonly first: number; readonly last: number; readonly later: number }> {
  const cli = fileURLToPath(new URL('../src/app/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, 'work', '--threads', '1', '--until-empty', '--db', db], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [first, last, later] = [0, 0, 0];
  child.stdout.on('data', (chunk: Buffer) => {
    last = performance.now();
    if (first === 0) first = last;
    else if (last - first > 50) later += chunk.toString().split('\n').length - 1;
  });
  await once(child, 'close');
  return { first, last, later };
}

const server = await startServer();
if ('failure' in server) throw new Error(server.failure);
const countries = readFileSync(new URL('../data/countries.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#') && line.includes('\t'))
  .map((line) => line.split('\t')[3]!)
  .filter((name) => /^[A-Z][a-z]+$/.test(name));
const made = Array.from({ length: count }, (_, number) => makeText(number, countries));
const documents = made.map(({ text, day }, index) => ({ input: `${index}.txt`, document: textDocument(text, day) }));
const letters = made.reduce((sum, { text }) => sum + text.length, 0) / count;
console.log(`${count} documents, ${Math.round(letters)} letters each`);
let alone = 0;
for (const workers of [1, 2]) {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE workers_${workers}`);
  await admin.end();
  const address = new URL(server.url);
  address.pathname = `/workers_${workers}`;
  await (await Store.open(address.href, { create: true })).close();
  const queue = await Queue.open(address.href);
  const start = performance.now();
  for (let from = 0; from < count; from += 100) await queue.enqueue(documents.slice(from, from + 100));
  const queued = performance.now() - start;
  await queue.close();
  const spans = await Promise.all(Array.from({ length: workers }, () => work(address.href)));
  const ms = Math.max(...spans.map(({ last }) => last)) - Math.min(...spans.map(({ first }) => first));
  const rate = (spans.reduce((sum, { later }) => sum + later, 0) / ms) * 1000;
  alone ||= rate;
  console.log(
    `queued at ${Math.round((count / queued) * 1000)}/s; ${workers} worker(s): ${rate.toFixed(1)} documents/s, ` +
      `${(rate / alone).toFixed(2)} times one; after their first batches ${spans.map(({ later }) => later).join(' + ')}`,
  );
}
await server.close();
