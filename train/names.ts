import type { ConlluSentence, ConlluWord } from '../src/nlp/conllu.ts';
import type { NameKind } from '../src/nlp/sentence.ts';

/** A name in a training sentence: words `first` to `last`, both in. */
export interface GoldName {
  readonly first: number;
  readonly last: number;
  readonly kind: NameKind;
}

/** A span of an entity set: words `start` to `end`, the end out, with the set's own type. */
export interface EntitySpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

const KINDS: Readonly<Record<string, NameKind>> = {
  PER: 'person',
  person: 'person',
  ORG: 'organisation',
  organization: 'organisation',
  corporation: 'organisation',
  group: 'organisation',
  LOC: 'place',
  place: 'place',
  location: 'place',
  MISC: 'other',
  event: 'other',
  object: 'other',
  'creative-work': 'other',
  product: 'other',
};

/** Names of a set whose spans are names already (WikiGold, WNUT 2017, Universal NER). */
export function namesOf(spans: readonly EntitySpan[]): GoldName[] {
  return spans.flatMap((span) => {
    const kind = KINDS[span.type];
    return kind === undefined ? [] : [{ first: span.start, last: span.end - 1, kind }];
  });
}

// Words that stand before a person's name without belonging to it.
const TITLES = new Set(
  `president vice prime minister deputy secretary state general foreign defense defence ambassador senator sen. rep. representative
   congressman congresswoman governor gov. mayor king queen prince princess emperor sultan emir sheikh pope bishop archbishop cardinal
   rabbi imam ayatollah dr dr. doctor prof prof. professor mr mr. mrs mrs. ms ms. miss sir lady lord dame captain capt. colonel col.
   major maj. lieutenant lt. general gen. admiral adm. sergeant sgt. judge justice chief director chairman chairwoman chancellor
   premier attorney commissioner envoy special former acting assistant undersecretary under spokesman spokeswoman spokesperson coach
   father sister brother saint st. rev. reverend officer detective inspector superintendent`.split(/\s+/),
);

/**
 * Names of a GUM sentence. GUM marks whole noun phrases ("Norwegian Ambassador to Peru Amara Okoro"); the
 * name is the stretch of proper nouns around the head of the phrase, without titles. `spans` count the words of `sentence`.
 */
export function namesInPhrases(sentence: ConlluSentence, spans: readonly EntitySpan[]): GoldName[] {
  const words = sentence.words;
  const found: GoldName[] = [];
  const bySize = [...spans].sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const span of bySize) {
    const kind = KINDS[span.type] ?? (span.type === 'abstract' || span.type === 'time' ? undefined : 'other');
    if (kind === undefined) continue;
    const name = nameInPhrase(words, span, kind);
    if (name === undefined) continue;
    if (found.some((other) => name.first <= other.last && other.first <= name.last)) continue;
    found.push(name);
  }
  return found.sort((a, b) => a.first - b.first);
}

function nameInPhrase(words: readonly ConlluWord[], span: EntitySpan, kind: NameKind): GoldName | undefined {
  let head = -1;
  for (let i = span.start; i < span.end; i++) {
    const above = words[i]!.head ?? -1;
    if (above < span.start || above >= span.end) {
      head = i;
      break;
    }
  }
  if (head < 0 || words[head]!.upos !== 'PROPN') return undefined;
  // "Americans" are many persons, and no name of one.
  const many = kind === 'person' && words[head]!.feats.includes('Number=Plur') && words[head]!.form.endsWith('s');
  let first = head;
  while (first > span.start && belongs(words, first - 1, first)) first--;
  let last = head;
  while (last + 1 < span.end && (words[last + 1]!.upos === 'PROPN' || tightly(words, last + 1, span.end))) last++;
  if (kind !== 'person') last = throughPrepositions(words, last, span.end);
  if (kind === 'person') {
    for (let i = first; i <= last; i++) if (TITLES.has(words[i]!.form.toLowerCase()) && i < last) first = i + 1;
    if (TITLES.has(words[first]!.form.toLowerCase())) {
      // "Ambassador to Peru Amara Okoro": the name hangs flat on the title.
      const flat = words.findIndex(
        (word, i) => i > last && i < span.end && word.head === head && word.relation.startsWith('flat'),
      );
      if (flat < 0) return undefined;
      first = flat;
      last = flat;
      while (last + 1 < span.end && words[last + 1]!.upos === 'PROPN') last++;
    }
  }
  while (first < last && words[first]!.upos === 'PUNCT') first++;
  while (last > first && words[last]!.upos === 'PUNCT') last--;
  return { first, last, kind: many ? 'other' : kind };
}

function belongs(words: readonly ConlluWord[], before: number, after: number): boolean {
  const word = words[before]!;
  if (word.upos === 'PROPN') return true;
  if (/^(ADJ|ADV|NOUN|NUM|VERB)$/.test(word.upos)) return /^\p{Lu}/u.test(word.form);
  // "Al - Zaman": a hyphen that touches both sides.
  return (
    /^[-–&'.]$/.test(word.form) && before > 0 && word.to === words[after]!.from && words[before - 1]!.to === word.from
  );
}

function tightly(words: readonly ConlluWord[], at: number, end: number): boolean {
  const word = words[at]!;
  if (/^\d+$/.test(word.form)) return true;
  return /^[-–&]$/.test(word.form) && at + 1 < end && words[at + 1]!.upos === 'PROPN';
}

/** "Department of State", "Friends of the Northern Museum": goes on while a capital follows the small words. */
function throughPrepositions(words: readonly ConlluWord[], last: number, end: number): number {
  let at = last;
  for (;;) {
    let next = at + 1;
    if (next >= end || !/^(of|for|on|and|&)$/.test(words[next]!.form)) return at;
    while (next < end && /^(of|for|on|and|&|the)$/.test(words[next]!.form)) next++;
    if (next >= end || !/^\p{Lu}/u.test(words[next]!.form)) return at;
    at = next;
    while (at + 1 < end && /^\p{Lu}/u.test(words[at + 1]!.form)) at++;
  }
}
