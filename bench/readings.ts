/**
 * Claims to be judged by reading: `node bench/readings.ts FILE.jsonl[.gz] [--count 100] [--seed 1]` draws documents in
 * random order until they tell thirty times as many claims as asked for, draws the claims from those, and prints each with
 * its sentence, its trigger in brackets. `node bench/readings.ts --tally VERDICTS.txt …` counts what was judged.
 *
 * A line of a verdict file is a document's id, the trigger's offsets, the verdict and why: `right`, or the fields that
 * are wrong, of `event, parties, roles, status, time, said`.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { loadReader } from '../src/app/load.ts';
import type { Claim, Reading } from '../src/events/reading.ts';
import { read } from '../src/pipeline.ts';
import { readBytes } from '../src/source/read.ts';
import { wordsOf } from '../src/source/span.ts';

const FIELDS = ['event', 'parties', 'roles', 'status', 'time', 'said'] as const;
/** How many times more claims are read than drawn. */
const SPREAD = 30;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    tally: { type: 'boolean', default: false },
  },
});
if (positionals.length === 0) throw new Error('usage: readings.ts [--tally] FILE … [--count 100] [--seed 1]');
for (const path of positionals) {
  if (values.tally) tally(path);
  else await draw(path, Number(values.count), Number(values.seed));
}

interface Line {
  readonly id: string;
  readonly text: string;
  readonly date?: string;
  readonly published?: string;
}

interface Drawn {
  readonly id: string;
  readonly reading: Reading;
  readonly claim: Claim;
}

async function draw(path: string, count: number, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const packed = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(packed) : packed).toString('utf8').split('\n');
  const reader = loadReader();
  const told: Drawn[] = [];
  for (const line of shuffled(
    lines.filter((one) => one !== ''),
    random,
  )) {
    const record = JSON.parse(line) as Line;
    const given = { ...record, published: record.published ?? record.date?.slice(0, 10) };
    const [result] = await readBytes(record.id, new TextEncoder().encode(JSON.stringify(given)));
    if (result === undefined || !('document' in result)) continue;
    const reading = read(result.document, reader);
    told.push(...reading.claims.map((claim) => ({ id: record.id, reading, claim })));
    if (told.length >= SPREAD * count) break;
  }
  const drawn = shuffled(told, random).slice(0, count);
  for (const [index, one] of drawn.entries()) console.log(shown(index + 1, one));
}

function shown(number: number, { id, reading, claim }: Drawn): string {
  const { text, published, outlet } = reading.document;
  const { sentence, trigger } = claim.evidence;
  const marked = `${text.slice(sentence.from, trigger.from)}[${wordsOf(text, trigger)}]${text.slice(trigger.to, sentence.to)}`;
  const names = (ids: readonly string[]): string =>
    ids
      .map((actorId) => reading.actors.find((actor) => actor.id === actorId)!)
      .map((actor) => `${actor.name} (${[actor.kind, actor.country ?? '-', ...actor.sector].join(' ')})`)
      .join('; ') || '?';
  const said = claim.saidBy.map((statementId) => {
    const { speaker, source } = reading.statements.find((one) => one.id === statementId)!;
    return `${source ? wordsOf(text, source) : '-'} = ${speaker === null ? '?' : names([speaker])}`;
  });
  const { when } = claim;
  const rows: readonly (readonly [string, string])[] = [
    ['act', `${claim.event} ${claim.mode.join(' ')} ${claim.cameo}   ${claim.rule}   ${claim.confidence}`],
    ['actors', names(claim.actors)],
    ['towards', claim.recipients.length > 0 ? names(claim.recipients) : ''],
    ['others', claim.others.map(({ actor, role }) => `${role} ${names([actor])}`).join('; ')],
    ['status', `${claim.status} ${claim.certainty}${claim.condition ? ` if ${wordsOf(text, claim.condition)}` : ''}`],
    ['when', `${when.earliest} to ${when.latest} ${when.precision} "${spansOf(text, claim.evidence.when)}"`],
    ['where', claim.where === null ? '' : reading.places[claim.where]!.name],
    ['medium', claim.medium ?? ''],
    ['said by', said.join(' > ')],
  ];
  return [
    `── ${number}  ${id} ${trigger.from}-${trigger.to}  (${published?.from ?? 'no date'}, ${outlet?.name ?? 'no outlet'})`,
    marked.replace(/\s+/g, ' '),
    ...rows.filter(([, value]) => value !== '').map(([name, value]) => `   ${name.padEnd(8)} ${value}`),
  ].join('\n');
}

function spansOf(text: string, spans: readonly { readonly from: number; readonly to: number }[]): string {
  return spans.map((span) => wordsOf(text, span)).join(', ');
}

/** Mulberry32: the same numbers for the same seed, everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function tally(path: string): void {
  const verdicts = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => new Set(line.split('\t')[2]!.split(/[, ]+/)));
  const share = (count: number): string =>
    `${count} of ${verdicts.length} (${Math.round((100 * count) / verdicts.length)} %)`;
  console.log(`${path}: wholly right ${share(verdicts.filter((verdict) => verdict.has('right')).length)}`);
  for (const field of FIELDS)
    console.log(`  ${field.padEnd(8)} right ${share(verdicts.filter((verdict) => !verdict.has(field)).length)}`);
}
