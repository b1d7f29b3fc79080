/**
 * How often an act's status is right, for any event word and not only for our triggers:
 * `node bench/factuality.ts DATA.jsonl[.gz] … [--misses N]`. A data file holds one JSON object a line, of one of three shapes:
 *
 * - `tokens` and `events` with `i` and `factuality` from -3 to 3 (UW and UDS-IH2 as Jiang and de Marneffe give them, 2021).
 *   UW asks whether the event happened or will: classes fact, open, denied. UDS asks whether it happened: what is still
 *   to come is no fact there either, so its classes are fact and no fact.
 * - `Target`, `Prompt` and `Mean` (CommitmentBank, de Marneffe et al. 2019): fact, open, denied, of the embedded clause.
 * - `tokens`, `sentence` and `mentions` with `certainty`, `polarity` and `time` (MEANTIME, Minard et al. 2016): past
 *   (ongoing is past there), future, denied, open.
 *
 * Prints accuracy, F1 of each class, and the confusion. Words and sentences are the file's own.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Status } from '../src/events/ontology.ts';
import { type Judgement, judge } from '../src/events/status/status.ts';
import { growTree, type Tree } from '../src/events/tree.ts';
import { analyzeWords, type ConlluSentence, loadModel, type Token } from '../src/nlp/index.ts';

/** One event word of a set, with the class that people gave it. */
interface Item {
  readonly words: readonly string[];
  /** The event's word; of a stretch, the word that heads it counts. */
  readonly first: number;
  readonly last: number;
  readonly gold: string;
}

/** How a set's people were asked: the classes, and which of them our status is. */
interface Task {
  readonly items: readonly Item[];
  readonly classOf: (judgement: Judgement) => string;
}

const COMING: ReadonlySet<Status> = new Set(['planned', 'expected']);
const DONE: ReadonlySet<Status> = new Set(['happened', 'ongoing']);
const UNDONE: ReadonlySet<Status> = new Set(['denied', 'cancelled', 'failed']);

const { paths, misses } = argumentsOf(process.argv.slice(2));
const model = loadModel(readFileSync(new URL('../model/english.bin', import.meta.url)));
for (const path of paths) report(path, taskOf(path));

function argumentsOf(words: string[]): { readonly paths: readonly string[]; readonly misses: number } {
  const at = words.indexOf('--misses');
  const [, count] = at < 0 ? [] : words.splice(at, 2);
  if (words.length === 0) throw new Error('usage: factuality.ts DATA.jsonl[.gz] … [--misses N]');
  return { paths: words, misses: Number(count ?? 0) };
}

function report(path: string, { items, classOf }: Task): void {
  const sentences = [...new Set(items.map(({ words }) => words))];
  const parsed = analyzeWords(sentences.map(written), model).sentences.map(growTree);
  const trees = new Map(sentences.map((words, index) => [words, parsed[index]!]));
  const confusion = new Map<string, Map<string, number>>();
  let [right, shown] = [0, 0];
  for (const { words, first, last, gold } of items) {
    const tree = trees.get(words)!;
    const token = headOf(tree, first, last);
    const judgement = judge(tree, token);
    const found = classOf(judgement);
    const row = confusion.get(gold) ?? new Map<string, number>();
    confusion.set(gold, row.set(found, (row.get(found) ?? 0) + 1));
    if (found === gold) right++;
    else if (shown++ < misses)
      console.log(
        `${gold} not ${found} (${judgement.status}, ${judgement.certainty}): *${token.form}* ${words.join(' ')}`,
      );
  }
  const share = (part: number, whole: number): string =>
    (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1)).padStart(5);
  console.log(`${path.replace(/.*\//, '')}: accuracy ${share(right, items.length)} of ${items.length}`);
  const classes = [...new Set(items.map(({ gold }) => gold))].sort();
  for (const gold of classes) {
    const row = confusion.get(gold)!;
    const hits = row.get(gold) ?? 0;
    const all = sum(row.values());
    const found = sum([...confusion.values()].map((other) => other.get(gold) ?? 0));
    const told = classes.map((name) => `${name} ${row.get(name) ?? 0}`).join(', ');
    console.log(`  ${gold.padEnd(8)} F1 ${share(2 * hits, all + found)}  of ${String(all).padEnd(5)} told as ${told}`);
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, one) => total + one, 0);
}

/** The word of a stretch that hangs on nothing else in it. */
function headOf(tree: Tree, first: number, last: number): Token {
  const stretch = tree.tokens.slice(first, last + 1);
  return stretch.find(({ head }) => head < first || head > last) ?? stretch[0]!;
}

/** Words set with blanks as they are in print, so far as the words tell. */
function written(forms: readonly string[]): ConlluSentence {
  let text = '';
  const words = forms.map((form, index) => {
    const joined = index > 0 && /^(?:n't|n’t|['’](?:s|re|ve|ll|d|m))$/i.test(form);
    const close = /^[,.;:?!)%]|^''$/.test(form) || /^[($]|^``$/.test(forms[index - 1] ?? '');
    if (index > 0 && !joined && !close) text += ' ';
    const from = text.length;
    text += form;
    return {
      form,
      lemma: '_',
      upos: '_',
      xpos: '_',
      feats: '_',
      head: undefined,
      relation: '_',
      misc: '_',
      joined,
      from,
      to: text.length,
    };
  });
  return { comments: [], text, words };
}

function taskOf(path: string): Task {
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  const records = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
  if (records[0]!.Prompt !== undefined) return { items: records.flatMap(embedded), classOf: believed };
  if (records[0]!.mentions !== undefined) return { items: records.flatMap(mentioned), classOf: timed };
  const isPlain = /uds/i.test(path);
  return { items: records.flatMap((record) => rated(record, isPlain)), classOf: isPlain ? done : believed };
}

/** A line of any of the sets. */
interface Line {
  readonly tokens: readonly string[];
  readonly events: readonly { readonly i: number; readonly factuality: number }[];
  readonly Target: string;
  readonly Prompt?: string;
  readonly Mean: string;
  readonly sentence: readonly number[];
  readonly mentions?: readonly Mention[];
}

interface Mention {
  readonly kind: string;
  readonly tokens: readonly number[];
  readonly certainty?: string;
  readonly polarity?: string;
  readonly time?: string;
  readonly special_cases?: string;
}

function believed({ status, certainty }: Judgement): string {
  if (UNDONE.has(status)) return 'denied';
  if (certainty === 'doubted' || certainty === 'possible') return 'open';
  return DONE.has(status) || COMING.has(status) ? 'fact' : 'open';
}

function done({ status }: Judgement): string {
  return DONE.has(status) ? 'fact' : 'no fact';
}

function timed({ status, certainty }: Judgement): string {
  if (UNDONE.has(status)) return 'denied';
  if (DONE.has(status)) return certainty === 'doubted' || certainty === 'possible' ? 'open' : 'past';
  return COMING.has(status) ? 'future' : 'open';
}

function levelOf(value: number): string {
  return value >= 1.5 ? 'fact' : value <= -1 ? 'denied' : 'open';
}

function rated({ tokens, events }: Line, isPlain: boolean): readonly Item[] {
  return events.map(({ i, factuality }) => ({
    words: tokens,
    first: i,
    last: i,
    gold: isPlain ? (factuality > 0 ? 'fact' : 'no fact') : levelOf(factuality),
  }));
}

/** The clause in question is found in the sentence by its longest run of words from the end. */
function embedded({ Target, Prompt, Mean }: Line): readonly Item[] {
  const words = wordsOf(Target);
  const prompt = wordsOf(Prompt!).filter((word) => !/^[.?!]$/.test(word));
  for (let start = 0; start < prompt.length - 1; start++) {
    const part = prompt.slice(start).map((word) => word.toLowerCase());
    const first = words.findIndex((_, at) => part.every((word, index) => words[at + index]?.toLowerCase() === word));
    if (first >= 0) return [{ words, first, last: first + part.length - 1, gold: levelOf(Number(Mean)) }];
  }
  return [];
}

function wordsOf(text: string): readonly string[] {
  return text.match(/(?:ca(?=n't)|wo(?=n't)|\w+(?=n['’]t)|n['’]t|['’](?:s|re|ve|ll|d|m)\b|[\w-]+|[^\s\w])/gi) ?? [];
}

/** MEANTIME's events whose time, certainty and polarity people could tell. */
function mentioned({ tokens, sentence, mentions }: Line): readonly Item[] {
  const sentences = new Map<number, { readonly words: string[]; readonly from: number }>();
  for (const [index, word] of tokens.entries()) {
    const own = sentences.get(sentence[index]!) ?? { words: [], from: index };
    sentences.set(sentence[index]!, own);
    own.words.push(word);
  }
  return mentions!.flatMap(({ kind, tokens: [at], certainty, polarity, time, special_cases: special }) => {
    if (kind !== 'EVENT_MENTION' || at === undefined || !certainty || !polarity || !time) return [];
    const { words, from } = sentences.get(sentence[at]!)!;
    const isOpen = certainty !== 'CERTAIN' || special?.startsWith('COND') || polarity === 'UNDERSPECIFIED';
    if (!isOpen && time === 'UNDERSPECIFIED') return [];
    const gold = isOpen ? 'open' : polarity === 'NEG' ? 'denied' : time === 'FUTURE' ? 'future' : 'past';
    return [{ words, first: at - from, last: at - from, gold }];
  });
}
