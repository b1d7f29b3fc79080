/**
 * What the invented reports are like, and how they are merged without a record: `node bench/large/check.ts [COUNT] [--seed N]
 * [--per-day N]`. Prints the averages to be held against those in `report.ts`, checks the shape of every twentieth reading
 * and that spans are the words, merges all claims, and tells by type how many pairs are joined rightly.
 */
import { parseArgs } from 'node:util';
import { readingSchema } from '../../src/events/reading.ts';
import { mergeTellings } from '../../src/record/merge.ts';
import { type Telling, tellingsOf } from '../../src/record/telling.ts';
import { Judge, joinWords } from './judge.ts';
import { openReports } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, 'per-day': { type: 'string', default: '100' } },
});
const count = Number(positionals[0] ?? '2000');
const reports = openReports({ seed: Number(values.seed), perDay: Number(values['per-day']) });

const sums = new Map<string, number>();
const more = (name: string, by: number) => sums.set(name, (sums.get(name) ?? 0) + by);
const tellings: Telling[] = [];
const truth = new Map<string, string>();
const ids = new Set<string>();
const began = process.cpuUsage();
for (let i = 0; i < count; i++) {
  const { reading, truth: told } = reports.reportAt(i);
  if (told.length !== reading.claims.length) throw new Error(`Report ${i} has claims without a truth.`);
  if (i % 20 === 0) readingSchema.parse(reading);
  more('words', reading.document.text.split(/\s+/).length);
  more('text bytes', Buffer.byteLength(reading.document.text));
  more('actors', reading.actors.length);
  for (const { mentions } of reading.actors) more('mentions', mentions.length);
  for (const list of ['times', 'places', 'figures', 'statements', 'claims'] as const) more(list, reading[list].length);
  if (ids.has(reading.document.id)) continue;
  ids.add(reading.document.id);
  for (const [at, telling] of tellingsOf(reading).entries()) {
    const { type, when, where, issues, figures, saidBy, parties } = telling;
    tellings.push(telling);
    truth.set(telling.id, told[at]!);
    more('claims with a day', when.precision === 'day' ? 1 : 0);
    more('claims with another date', when.value !== null && when.precision !== 'day' ? 1 : 0);
    more('claims with a place', where === null ? 0 : 1);
    more('claims with an issue', issues.length > 0 ? 1 : 0);
    more('claims with a figure', figures.length > 0 ? 1 : 0);
    more('claims said by', saidBy.length > 0 ? 1 : 0);
    more('claims of one party', parties.actors.length + parties.recipients.length < 2 ? 1 : 0);
    more(`type ${type}`, 1);
  }
}
console.log(
  `${count} reports (${ids.size} texts) made and told in ${(process.cpuUsage(began).user / 1e6).toFixed(1)} s of the processor`,
);
for (const [name, sum] of sums) {
  const isOfClaims = /^claims? |^type/.test(name);
  console.log(
    `  ${name.padEnd(26)}${isOfClaims ? `${((100 * sum) / tellings.length).toFixed(1)} %` : (sum / count).toFixed(1)}`,
  );
}
const merging = process.cpuUsage();
const clusters = mergeTellings(tellings);
console.log(
  `merged ${tellings.length} claims in ${(process.cpuUsage(merging).user / 1e6).toFixed(1)} s of the processor`,
);
const whole = new Judge();
const byType = new Map<string, Judge>();
for (const { id, members } of clusters) {
  for (const { telling } of members) {
    whole.add(truth.get(telling.id)!, id);
    const judge = byType.get(telling.type) ?? new Judge();
    byType.set(telling.type, judge);
    judge.add(truth.get(telling.id)!, id);
  }
}
console.log(joinWords(whole.result()));
for (const [type, judge] of byType) console.log(`  ${type.padEnd(10)} ${joinWords(judge.result())}`);
