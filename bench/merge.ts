/**
 * How well claims are merged into events:
 *
 *     node bench/merge.ts DATA [--only ecb|meantime|stories] [--half odd|even] [--misses N] [--keep FOLDER]
 *
 * DATA holds `coref/ecbplus-dev.jsonl` and `ecbplus-train.jsonl` (ECB+, Cybulska and Vossen 2014) and `time/meantime.jsonl`
 * (MEANTIME, Minard et al. 2016). Every document of a set is read with what is shipped, all are merged together as a
 * record would, and a gold event mention is *met* when a claim's trigger shares a character with it. Over the mentions
 * that are met, our events are compared with the gold chains across documents: MUC, B3 and CEAFe (Pradhan et al. 2014),
 * and CoNLL, the mean of their F1. Mentions alone in their chain count, as in the ECB+ literature; the second figure
 * leaves out the gold chains of which one mention is met, and our claims there.
 *
 * Of the invented stories in `test/stories/` all reports are merged together, and the pairs of claims of two reports are
 * counted, both of which meet a marked mention: such a pair should be one event when both marks carry one label of one
 * story, and is joined when it is one. `--half` takes the stories of odd numbers, on which ties were worked out, or the
 * even ones, on which they were only measured.
 *
 * `--keep` puts readings into a folder and takes them from there: they are right while only `src/record` changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadReader } from '../src/app/load.ts';
import type { Reading } from '../src/events/reading.ts';
import { type Reader, read } from '../src/pipeline.ts';
import { mergeTellings } from '../src/record/merge.ts';
import { type Telling, tellingsOf } from '../src/record/telling.ts';
import { readText } from '../src/source/read.ts';

/** A gold mention of an event: where it stands in its document's text, and the chain it belongs to. */
interface Mention {
  readonly from: number;
  readonly to: number;
  readonly chain: string;
}

interface Report {
  readonly text: string;
  readonly title?: string | undefined;
  readonly outlet?: string | undefined;
  readonly published?: string | undefined;
  readonly mentions: readonly Mention[];
}

/** A mention that a claim meets, and the event of that claim. */
interface Met {
  readonly report: number;
  readonly mention: Mention;
  readonly telling: Telling;
  readonly event: string;
}

const words = process.argv.slice(2);
const optionOf = (name: string): string | undefined => {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words.splice(at, 2)[1];
};
const kept = optionOf('--keep');
const only = optionOf('--only');
const half = optionOf('--half');
const misses = Number(optionOf('--misses') ?? 0);
const [folder] = words;
if (folder === undefined) throw new Error('usage: merge.ts DATA [--only SET] [--half odd|even] [--misses N]');
let opened: Reader | undefined;

const dev = linesOf<EcbLine>('coref/ecbplus-dev.jsonl').map(ofEcb);
const meantime = linesOf<MeantimeLine>('time/meantime.jsonl').map(ofMeantime);
if (only === undefined || only === 'ecb') {
  reportChains('ECB+ train', linesOf<EcbLine>('coref/ecbplus-train.jsonl').map(ofEcb));
  reportChains('ECB+ dev', dev);
}
if (only === undefined || only === 'meantime') reportChains('MEANTIME', meantime);
if (only === undefined) reportChains('ECB+ dev and MEANTIME in one record', [...dev, ...meantime]);
if (only === undefined || only === 'stories') reportStories();

function reportStories(): void {
  const folder = new URL('../test/stories/', import.meta.url);
  const files = readdirSync(folder).filter((name) => /^\d+.*\.txt$/.test(name));
  const chosen = files.filter(
    (name) => half === undefined || Number.parseInt(name, 10) % 2 === (half === 'odd' ? 1 : 0),
  );
  const reports = chosen.flatMap((name) => ofStory(name.slice(0, 2), readFileSync(new URL(name, folder), 'utf8')));
  const met = meet(reports);
  const all = reports.reduce((sum, { mentions }) => sum + mentions.length, 0);
  const mentions = new Set(met.map(({ mention }) => mention)).size;
  console.log(
    `${chosen.length} stories: ${reports.length} reports, ${mentions} of ${all} mentions met (${percent(mentions, all)}) by ${met.length} claims`,
  );
  reportPairs(met);
  show(met, misses);
}

function reportChains(name: string, reports: readonly Report[]): void {
  const met = meetFirst(reports);
  reportMet(name, reports, met);
  show(met, misses);
}

function reportMet(name: string, reports: readonly Report[], met: readonly Met[]): void {
  const all = reports.reduce((sum, { mentions }) => sum + mentions.length, 0);
  const sizes = countOf(met.map(({ mention }) => mention.chain));
  const chained = met.filter(({ mention }) => sizes.get(mention.chain)! > 1);
  console.log(
    `${name}: ${reports.length} documents, ${met.length} of ${all} mentions met (${percent(met.length, all)})`,
  );
  for (const [what, some] of [
    ['all', met],
    ['without gold singletons', chained],
  ] as const) {
    const [muc, bCubed, ceaf] = scoresOf(some);
    const conll = (muc!.f1 + bCubed!.f1 + ceaf!.f1) / 3;
    console.log(
      `  ${what} (${some.length}): CoNLL ${figure(conll)}; MUC ${words3(muc!)}, B3 ${words3(bCubed!)}, CEAFe ${words3(ceaf!)}`,
    );
  }
  reportPairs(met);
}

function reportPairs(met: readonly Met[]): void {
  const { gold, joined, right } = pairsOf(met);
  console.log(
    `  pairs across documents: precision ${percent(right, joined)} of ${joined}, recall ${percent(right, gold)} of ${gold}`,
  );
}

/** Reads and merges reports, and gives each mention with the first claim that meets it. */
function meetFirst(reports: readonly Report[]): readonly Met[] {
  const seen = new Set<Mention>();
  return meet(reports).filter(({ mention }) => !seen.has(mention) && seen.add(mention));
}

/** Reads and merges reports, and gives each claim with each mention that it meets. */
function meet(reports: readonly Report[]): readonly Met[] {
  const tellings = reports.map((report) => tellingsOf(readingOf(report)));
  // Two reports may be one text: its claims count once.
  const distinct = [...new Map(tellings.flat().map((telling) => [telling.id, telling])).values()];
  const events = new Map<string, string>();
  for (const { id, members } of mergeTellings(distinct)) for (const { telling } of members) events.set(telling.id, id);
  return reports.flatMap(({ mentions }, report) =>
    tellings[report]!.flatMap((telling) => {
      const { trigger } = telling.evidence;
      return mentions
        .filter(({ from, to }) => trigger.from < to && from < trigger.to)
        .map((mention) => ({ report, mention, telling, event: events.get(telling.id)! }));
    }),
  );
}

function readingOf({ text, title, outlet, published }: Report): Reading {
  const path =
    kept &&
    `${kept}/${createHash('sha256')
      .update(JSON.stringify([text, title, outlet, published]))
      .digest('hex')}`;
  if (path !== undefined && existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Reading;
  opened ??= loadReader();
  const reading = read(readText(text, { title, outlet, published }), opened);
  if (path !== undefined) {
    mkdirSync(kept!, { recursive: true });
    writeFileSync(path, JSON.stringify(reading));
  }
  return reading;
}

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** MUC, B3 and CEAFe of the met mentions. */
function scoresOf(met: readonly Met[]): readonly Score[] {
  const gold = groupsOf(met, ({ mention }) => mention.chain);
  const ours = groupsOf(met, ({ event }) => event);
  const goldOf = new Map(gold.flatMap((group, index) => group.map((one) => [one, index])));
  const oursOf = new Map(ours.flatMap((group, index) => group.map((one) => [one, index])));
  const links = (groups: readonly (readonly Met[])[], other: ReadonlyMap<Met, number>): number => {
    const most = groups.reduce((sum, group) => sum + group.length - 1, 0);
    const held = groups.reduce(
      (sum, group) => sum + group.length - new Set(group.map((one) => other.get(one))).size,
      0,
    );
    return most === 0 ? 0 : held / most;
  };
  const shared = (one: Met): number => {
    const index = oursOf.get(one);
    return gold[goldOf.get(one)!]!.filter((other) => oursOf.get(other) === index).length;
  };
  const mean = (groups: readonly (readonly Met[])[], indexOf: ReadonlyMap<Met, number>): number =>
    met.reduce((sum, one) => sum + shared(one) / groups[indexOf.get(one)!]!.length, 0) / met.length;
  const alike = alignment(gold, ours, oursOf);
  return [
    scoreOf(links(ours, goldOf), links(gold, oursOf)),
    scoreOf(mean(ours, oursOf), mean(gold, goldOf)),
    scoreOf(alike / ours.length, alike / gold.length),
  ];
}

/**
 * The best one-to-one alignment of gold and our groups, each pair worth twice what they share over the sum of their
 * sizes. Found in each set of groups that share mentions, by the Hungarian method.
 */
function alignment(
  gold: readonly (readonly Met[])[],
  ours: readonly (readonly Met[])[],
  oursOf: ReadonlyMap<Met, number>,
): number {
  const touched = ours.map(() => [] as number[]);
  const touching = gold.map((group) => [...new Set(group.map((one) => oursOf.get(one)!))]);
  for (const [index, some] of touching.entries()) for (const other of some) touched[other]!.push(index);
  const seen = new Set<number>();
  let total = 0;
  for (const start of gold.keys()) {
    if (seen.has(start)) continue;
    const rows = [start];
    seen.add(start);
    for (let at = 0; at < rows.length; at++) {
      for (const other of touching[rows[at]!]!.flatMap((index) => touched[index]!)) {
        if (!seen.has(other)) rows.push(other);
        seen.add(other);
      }
    }
    const columns = [...new Set(rows.flatMap((row) => touching[row]!))];
    total += best(
      rows.map((row) =>
        columns.map((column) => {
          const common = gold[row]!.filter((one) => oursOf.get(one) === column).length;
          return (2 * common) / (gold[row]!.length + ours[column]!.length);
        }),
      ),
    );
  }
  return total;
}

/** The greatest sum of one-to-one worths (Kuhn 1955, with potentials). */
function best(worth: readonly (readonly number[])[]): number {
  const size = Math.max(worth.length, worth[0]!.length);
  const cost = (row: number, column: number): number => -(worth[row]?.[column] ?? 0);
  const rowHigh = new Array<number>(size + 1).fill(0);
  const columnHigh = new Array<number>(size + 1).fill(0);
  const rowOf = new Array<number>(size + 1).fill(size);
  for (let row = 0; row < size; row++) {
    const least = new Array<number>(size).fill(Number.POSITIVE_INFINITY);
    const from = new Array<number>(size).fill(size);
    const done = new Array<boolean>(size + 1).fill(false);
    rowOf[size] = row;
    let column = size;
    while (rowOf[column] !== size || column === size) {
      done[column] = true;
      const at = rowOf[column]!;
      let delta = Number.POSITIVE_INFINITY;
      let next = size;
      for (let other = 0; other < size; other++) {
        if (done[other]) continue;
        const reduced = cost(at, other) - rowHigh[at]! - columnHigh[other]!;
        if (reduced < least[other]!) {
          least[other] = reduced;
          from[other] = column;
        }
        if (least[other]! < delta) {
          delta = least[other]!;
          next = other;
        }
      }
      for (let other = 0; other <= size; other++) {
        if (done[other]) {
          rowHigh[rowOf[other]!]! += delta;
          columnHigh[other]! -= delta;
        } else if (other < size) least[other]! -= delta;
      }
      column = next;
    }
    while (column !== size) {
      rowOf[column] = rowOf[from[column]!]!;
      column = from[column]!;
    }
  }
  let sum = 0;
  for (let column = 0; column < size; column++) sum -= cost(rowOf[column]!, column);
  return sum;
}

/** Pairs of claims of two reports: how many gold joins, we join, and both do. */
function pairsOf(met: readonly Met[]): { readonly gold: number; readonly joined: number; readonly right: number } {
  const count = { gold: 0, joined: 0, right: 0 };
  for (const [index, one] of met.entries()) {
    for (const two of met.slice(index + 1)) {
      if (one.report === two.report) continue;
      const isGold = one.mention.chain === two.mention.chain;
      const isJoined = one.event === two.event;
      if (isGold) count.gold++;
      if (isJoined) count.joined++;
      if (isGold && isJoined) count.right++;
    }
  }
  return count;
}

function show(met: readonly Met[], limit: number): void {
  if (limit === 0) return;
  const line = ({ telling }: Met): string =>
    `${telling.type} ${telling.parties.actors.join(' ')}>${telling.parties.recipients.join(' ')} ${telling.when.value ?? '-'} ${telling.where?.name ?? '-'} ${telling.status}: *${telling.trigger}* ${telling.sentence}`;
  const shown = { wrong: 0, missed: 0 };
  for (const [index, one] of met.entries()) {
    for (const two of met.slice(index + 1)) {
      const isGold = one.mention.chain === two.mention.chain;
      if (one.report === two.report || isGold === (one.event === two.event)) continue;
      if (shown[isGold ? 'missed' : 'wrong']++ >= limit) continue;
      console.log(`${isGold ? 'MISSED' : 'WRONG'}\n  ${line(one)}\n  ${line(two)}`);
    }
  }
}

function groupsOf(met: readonly Met[], nameOf: (one: Met) => string): readonly (readonly Met[])[] {
  const groups = new Map<string, Met[]>();
  for (const one of met) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return [...groups.values()];
}

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function scoreOf(precision: number, recall: number): Score {
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

function words3({ precision, recall, f1 }: Score): string {
  return `${figure(f1)} (${figure(precision)}/${figure(recall)})`;
}

function figure(share: number): string {
  return (100 * share).toFixed(1);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : figure(part / whole);
}

function linesOf<Line>(path: string): readonly Line[] {
  return readFileSync(`${folder}/${path}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/**
 * The reports of a story: comments after `#`; a line `== OUTLET | KIND | DATE` heads each report, whose marks are
 * `{E1:met}`.
 */
function ofStory(story: string, source: string): readonly Report[] {
  const parts = source.split(/^== (.+)$/m).slice(1);
  return parts.flatMap((head, index) => {
    if (index % 2 === 1) return [];
    const [outlet, , date] = head.split('|').map((part) => part.trim());
    const mentions: Mention[] = [];
    let text = '';
    for (const [piece, label, words] of parts[index + 1]!.trim().matchAll(/\{(E\d+):([^}]*)\}|[^{]+|\{/g)) {
      const from = text.length;
      text += words ?? piece;
      if (label !== undefined) mentions.push({ from, to: text.length, chain: `${story} ${label}` });
    }
    return [{ text, outlet, published: date === 'undated' ? undefined : date, mentions }];
  });
}

interface EcbLine {
  readonly sentences: Readonly<Record<string, readonly string[]>>;
  readonly mentions: readonly {
    readonly kind: string;
    readonly sent: number;
    readonly tokens: readonly number[];
    readonly chain: string;
  }[];
}

function ofEcb({ sentences, mentions }: EcbLine): Report {
  const numbers = Object.keys(sentences).map(Number);
  return written(
    numbers.map((number) => sentences[number]!),
    mentions
      .filter(({ kind }) => kind === 'event')
      .map(({ sent, tokens, chain }) => ({ paragraph: numbers.indexOf(sent), tokens, chain })),
  );
}

interface MeantimeLine {
  readonly dct: string | null;
  readonly tokens: readonly string[];
  readonly sentence: readonly number[];
  readonly mentions: readonly {
    readonly kind: string;
    readonly tokens: readonly number[];
    readonly m_id: string;
    readonly instance?: string;
  }[];
}

/** MEANTIME's first sentence is the headline, its second the date. A mention without an instance is alone. */
function ofMeantime({ dct, tokens, sentence, mentions }: MeantimeLine, index: number): Report {
  const starts = [...tokens.keys()].filter((at) => at === 0 || sentence[at] !== sentence[at - 1]);
  const paragraphs = starts.map((start, at) => tokens.slice(start, starts[at + 1]));
  const events = mentions.filter(({ kind, tokens: some }) => kind === 'EVENT_MENTION' && some.length > 0);
  const report = written(
    paragraphs,
    events.map(({ tokens: some, instance, m_id }) => {
      const paragraph = starts.findLastIndex((start) => start <= some[0]!);
      const chain = instance ?? `alone ${index} ${m_id}`;
      return { paragraph, tokens: some.map((at) => at - starts[paragraph]!), chain };
    }),
  );
  return { ...report, published: dct ?? undefined };
}

/** A text of tokens, a paragraph each sentence, set with blanks as in print so far as the tokens tell. */
function written(
  paragraphs: readonly (readonly string[])[],
  mentions: readonly { readonly paragraph: number; readonly tokens: readonly number[]; readonly chain: string }[],
): Report {
  let text = '';
  const spans = paragraphs.map((tokens, index) => {
    if (index > 0) text += '\n\n';
    let isOpen = false;
    return tokens.map((token, at) => {
      const before = tokens[at - 1];
      const word = token === '``' || token === "''" ? '"' : token;
      const closes = word === '"' && isOpen;
      const clings = /^(?:n't|n’t|['’](?:s|re|ve|ll|d|m)?|[,.;:?!)%])$/i.test(word) || closes || word === '-';
      const opens = before === '(' || before === '$' || before === '-' || (/^(?:"|``)$/.test(before ?? '') && isOpen);
      if (word === '"') isOpen = !isOpen;
      if (at > 0 && !clings && !opens) text += ' ';
      const from = text.length;
      text += word;
      return { from, to: text.length };
    });
  });
  return {
    text,
    mentions: mentions.map(({ paragraph, tokens, chain }) => {
      const some = tokens.map((at) => spans[paragraph]![at]!);
      return { from: some[0]!.from, to: some.at(-1)!.to, chain };
    }),
  };
}
