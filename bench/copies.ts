/**
 * How well copies of a text are told from other texts: releases (JSON lines with "text", "title", "date") against five
 * kinds of rewriting of themselves, and against each other.
 *
 *     node bench/copies.ts state-releases.jsonl.gz
 *
 * A pair counts as found when the record would tie it: the two share a band, and are copies by their words. Precision is
 * counted over all pairs found among the releases, their rewritings, and rewritings of other releases; two releases of
 * the same title within ten days, which the department sends again with changes, count as copies.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { areCopies, likenessOf } from '../src/record/similar.ts';
import { readText } from '../src/source/read.ts';

const bytes = readFileSync(process.argv[2]!);
const source = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
const releases = source
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { text: string; title: string; date: string })
  .filter(({ text }) => text.split(/\s+/).length >= 80);

let state = 12345;
const random = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

const LEAD =
  'In a development that diplomats had been expecting for some days, officials gave the following account on their website, and reporters in the capital were handed the text shortly before noon.';
const FOOT =
  'This story was edited by our foreign desk. Readers can write to the desk with corrections. More reports from the region follow in the evening edition, which is out at six.';
const SWAPS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'said:stated discussed:raised discuss:raise also:moreover support:backing important:vital continue:keep efforts:work ' +
    'people:citizens including:among meeting:encounter strong:firm work:effort global:worldwide address:tackle ' +
    'commitment:pledge commitments:pledges issues:matters shared:common cooperation:collaboration region:area today:now ' +
    'reaffirmed:repeated emphasized:stressed underscored:underlined highlighted:noted thanked:praised future:coming ' +
    'and:plus to:towards for:on the:that'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

const paragraphs = (text: string): string[] => text.split(/\n+/).filter((one) => one.trim() !== '');
const sentences = (text: string): string[] => text.match(/[^.!?]+[.!?]+["”’]?\s*/g) ?? [text];
/** What other outlets do to a text they take over. */
const EDITS: Readonly<Record<string, (text: string) => string>> = {
  'the second half cut off': (text) =>
    sentences(text)
      .slice(0, Math.ceil(sentences(text).length / 2))
      .join(''),
  'a lead and a foot of their own': (text) => `${LEAD}\n\n${paragraphs(text).join('\n\n')}\n\n${FOOT}`,
  'one word in twelve another': (text) =>
    text.replace(/\b[a-z]+\b/g, (word) => (random() < 0.083 ? (SWAPS[word] ?? `${word}s`) : word)),
  'sentences in another order': (text) => {
    const all = sentences(text);
    const cut = Math.floor(all.length / 2);
    return [...all.slice(cut), ...all.slice(0, cut)].join(' ');
  },
  'every fourth sentence left out': (text) =>
    sentences(text)
      .filter((_, i) => i % 4 !== 3)
      .join(''),
};

interface Text {
  readonly release: number;
  readonly kind: string;
  readonly likeness: ReturnType<typeof likenessOf>;
  readonly origin: Parameters<typeof areCopies>[0]['origin'];
}

const texts: Text[] = releases.flatMap(({ text, date, title }, release) => {
  const make = (kind: string, words: string, outlet: string): Text => {
    const document = readText(words, { published: date.slice(0, 10), outlet, title });
    const origin = { ...document, url: `https://example.org/${release}/${kind}` };
    return { release, kind, likeness: likenessOf(document), origin };
  };
  return [
    make('', text, 'U.S. Department of State'),
    ...Object.entries(EDITS).map(([kind, edit]) => make(kind, edit(text), `Outlet ${kind}`)),
  ];
});

const holders = new Map<number, number[]>();
for (const [i, { likeness }] of texts.entries())
  for (const band of likeness.bands) holders.set(band, [...(holders.get(band) ?? []), i]);
const found = new Map<string, number>();
let right = 0;
let wrong = 0;
const shown: string[] = [];
for (const [i, text] of texts.entries()) {
  const shares = new Map<number, number>();
  for (const band of text.likeness.bands)
    for (const other of holders.get(band) ?? []) if (other > i) shares.set(other, (shares.get(other) ?? 0) + 1);
  for (const other of shares.keys()) {
    const its = texts[other]!;
    if (!areCopies(text, its)) continue;
    const [a, b] = [releases[text.release]!, releases[its.release]!];
    const again = a.title === b.title && Math.abs(Date.parse(a.date) - Date.parse(b.date)) <= 10 * 86_400_000;
    if (text.release === its.release || again) right++;
    else {
      wrong++;
      if (text.kind === '' && its.kind === '') shown.push(`  ${a.title} | ${b.title}`);
    }
    if (text.kind === '' && text.release === its.release) found.set(its.kind, (found.get(its.kind) ?? 0) + 1);
  }
}
let all = 0;
for (const kind of Object.keys(EDITS)) {
  all += found.get(kind) ?? 0;
  console.log(`${kind}: recall ${((100 * (found.get(kind) ?? 0)) / releases.length).toFixed(1)}`);
}
console.log(
  `all kinds: recall ${((100 * all) / releases.length / Object.keys(EDITS).length).toFixed(1)}, precision ${((100 * right) / (right + wrong)).toFixed(1)} (${releases.length} releases, ${wrong} pairs wrong of ${right + wrong})`,
);
console.log(`releases taken for copies of each other: ${shown.length}`);
for (const line of shown.slice(0, 20)) console.log(line);
