/**
 * How often an act is dated by the right words: `node bench/when.ts DATA [--misses]`. DATA holds
 * `time/tempeval3-timebank.jsonl.gz`, `time/tempeval3-aquaint.jsonl.gz` and `time/meantime.jsonl` (TimeML: events, time
 * expressions with values, links).
 *
 * Counted are event mentions that a link puts inside, or at, a date named in their own sentence. The
 * question is `whenOf`'s alone: each event word is asked for its date as a trigger would be, whether or not a pattern
 * knows it. *right*: our days and the gold date's days lie one within the other. *other*: dated by other days. *open*: no
 * date found. Dates whose gold value is no day, week, month, season or year are left out.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { loadEnglish } from '../src/app/load.ts';
import { findTimes } from '../src/events/time/times.ts';
import { growTree } from '../src/events/tree.ts';
import { timesBySentence, whenOf } from '../src/events/when.ts';
import { analyze } from '../src/nlp/analyze.ts';

interface Dated {
  readonly from: number;
  readonly to: number;
  /** TIMEX3 value of the date it lies in, and where that date stands. */
  readonly value: string;
  readonly at: number;
}
interface Story {
  readonly text: string;
  readonly published: string;
  readonly events: readonly Dated[];
}

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: when.ts DATA [--misses]');
const model = loadEnglish();
const WITHIN = new Set(['IS_INCLUDED', 'SIMULTANEOUS', 'DURING', 'IDENTITY', 'MEASURE']);
const HOLDS = new Set(['INCLUDES', 'SIMULTANEOUS', 'DURING_INV', 'IDENTITY', 'MEASURE']);

const sets: readonly (readonly [string, readonly Story[]])[] = [
  ['timebank', linesOf<TimeBank>('time/tempeval3-timebank.jsonl.gz').map(storyOfTimeBank)],
  ['aquaint', linesOf<TimeBank>('time/tempeval3-aquaint.jsonl.gz').map(storyOfTimeBank)],
  ['meantime', linesOf<MeanTime>('time/meantime.jsonl').map(storyOfMeanTime)],
];
for (const [name, stories] of sets) {
  const count = { right: 0, other: 0, open: 0 };
  for (const { text, published, events } of stories) {
    if (events.length === 0) continue;
    const day = { from: published, to: published };
    const sentences = analyze(text, model);
    const trees = sentences.map(growTree);
    const times = findTimes(text, sentences, { ...day, basis: 'given', evidence: null });
    const bySentence = timesBySentence(trees, times);
    for (const event of events) {
      const gold = daysOf(event.value);
      const at = trees.findIndex(({ sentence }) => sentence.from <= event.from && event.to <= sentence.to);
      const { sentence } = trees[at] ?? {};
      if (!sentence || event.at < sentence.from || event.at >= sentence.to) continue;
      const token = trees[at]?.tokens.find(({ from, to }) => from < event.to && event.from < to);
      if (!gold || !token) continue;
      const { when } = whenOf(trees[at]!, token, [], new Set(), bySentence[at]!, 'possible', day);
      const { earliest, latest } = when;
      const isOpen = earliest === null || latest === null;
      const inside = !isOpen && gold[0] <= earliest && latest <= gold[1];
      const around = !isOpen && earliest <= gold[0] && gold[1] <= latest;
      const verdict = isOpen ? 'open' : inside || around ? 'right' : 'other';
      count[verdict]++;
      if (options.includes('--misses') && verdict !== 'right') {
        const { from, to } = trees[at]!.sentence;
        console.log(
          `${verdict} ${token.form}: ${event.value}, got ${earliest} (${published})\n    ${text.slice(from, to).replace(/\s+/g, ' ')}`,
        );
      }
    }
  }
  const all = count.right + count.other + count.open;
  const dated = count.right + count.other;
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
  console.log(
    `${name}: ${all} dated events, right ${share(count.right, all)}, other ${share(count.other, all)}, open ` +
      `${share(count.open, all)}; of those we date right ${share(count.right, dated)}`,
  );
}

interface TimeBank {
  readonly dct: string;
  readonly dctId: string;
  readonly text: string;
  readonly timexes: readonly { readonly tid: string; readonly value: string; readonly start: number }[];
  readonly events: readonly {
    readonly start: number;
    readonly end: number;
    readonly instances: readonly { readonly eiid: string }[];
  }[];
  readonly tlinks: readonly Readonly<Record<string, string>>[];
}

function storyOfTimeBank({ dct, dctId, text, timexes, events, tlinks }: TimeBank): Story {
  const value = new Map(timexes.map((timex) => [timex.tid, timex]));
  const units = unitsOf(text);
  const dated = events.flatMap(({ start, end, instances }): readonly Dated[] => {
    const ids = instances.map(({ eiid }) => eiid);
    const link = tlinks.find(
      (one) =>
        (ids.includes(one.eventInstanceID ?? '') &&
          one.relatedToTime &&
          one.relatedToTime !== dctId &&
          WITHIN.has(one.relType!)) ||
        (ids.includes(one.relatedToEventInstance ?? '') &&
          one.timeID &&
          one.timeID !== dctId &&
          HOLDS.has(one.relType!)),
    );
    const told = link && value.get(link.relatedToTime ?? link.timeID!);
    return told ? [{ from: units[start]!, to: units[end]!, value: told.value, at: units[told.start]! }] : [];
  });
  return { text, published: dct.slice(0, 10), events: dated };
}

interface MeanTime {
  readonly dct: string | null;
  readonly tokens: readonly string[];
  readonly mentions: readonly (Readonly<Record<'kind' | 'm_id' | 'value' | 'functionInDocument', string>> & {
    readonly tokens: readonly number[];
  })[];
  readonly relations: readonly {
    readonly type: string;
    readonly source: readonly string[];
    readonly target: readonly string[];
    readonly reltype: string;
  }[];
}

/** Its words are joined by blanks. */
function storyOfMeanTime({ dct, tokens, mentions, relations }: MeanTime): Story {
  const starts: number[] = [];
  let text = '';
  for (const token of tokens) {
    starts.push(text.length);
    text += `${token} `;
  }
  const byId = new Map(mentions.map((mention) => [mention.m_id, mention]));
  const dated = relations.flatMap(({ type, source, target, reltype }): readonly Dated[] => {
    if (type !== 'TLINK') return [];
    const [one, two] = [byId.get(source[0] ?? ''), byId.get(target[0] ?? '')];
    const [event, time, kinds] = one?.kind === 'EVENT_MENTION' ? [one, two, WITHIN] : [two, one, HOLDS];
    if (event?.kind !== 'EVENT_MENTION' || time?.kind !== 'TIMEX3' || !kinds.has(reltype)) return [];
    if (time.functionInDocument === 'CREATION_TIME' || time.value === dct) return [];
    const first = event.tokens[0]!;
    return [
      {
        from: starts[first]!,
        to: starts[first]! + tokens[first]!.length,
        value: time.value,
        at: starts[time.tokens[0]!]!,
      },
    ];
  });
  return { text, published: dct ?? '', events: dct ? dated : [] };
}

/** First and last day of a TIMEX3 date. */
function daysOf(value: string): readonly [string, string] | undefined {
  const [, year, rest = ''] = /^(\d{4})(?:-(.+))?$/.exec(value) ?? [];
  if (year === undefined) return undefined;
  const day = /^(\d\d)-(\d\d)/.exec(rest);
  if (day) return [`${year}-${day[1]}-${day[2]}`, `${year}-${day[1]}-${day[2]}`];
  if (/^\d\d$/.test(rest)) return [`${year}-${rest}-01`, `${year}-${rest}-31`];
  const quarter = /^Q(\d)$/.exec(rest)?.[1];
  const two = (month: number): string => String(month).padStart(2, '0');
  if (quarter) return [`${year}-${two(Number(quarter) * 3 - 2)}-01`, `${year}-${two(Number(quarter) * 3)}-31`];
  if (rest === '') return [`${year}-01-01`, `${year}-12-31`];
  const week = /^W(\d\d)$/.exec(rest)?.[1];
  if (!week) return undefined;
  const fourth = Date.UTC(Number(year), 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000 + (Number(week) - 1) * 7 * 86_400_000;
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return [iso(monday), iso(monday + 6 * 86_400_000)];
}

/** Offsets in the data count characters; ours count UTF-16 units. */
function unitsOf(text: string): readonly number[] {
  const units: number[] = [];
  let at = 0;
  for (const character of text) {
    units.push(at);
    at += character.length;
  }
  return [...units, at];
}

function linesOf<Row>(path: string): readonly Row[] {
  const packed = readFileSync(`${folder}/${path}`);
  const text = (path.endsWith('.gz') ? gunzipSync(packed) : packed).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}
