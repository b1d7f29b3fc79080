import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NameKind, Sentence, Token } from '../src/nlp/sentence.ts';
import type { GoldName } from './names.ts';

/** Names that are known beforehand, by their words in small letters, and words that give a name's kind away. */
export interface Gazetteer {
  readonly phrases: ReadonlyMap<string, NameKind>;
  /** Abbreviations in capitals. */
  readonly acronyms: ReadonlyMap<string, NameKind>;
  readonly givenNames: ReadonlySet<string>;
  /** Names of one word as they are written, to put in the place of others. */
  readonly cities: readonly string[];
  readonly surnames: readonly string[];
  readonly bodies: readonly string[];
}

const TITLES = new Set(
  `president vice prime minister deputy secretary secretaries ministers state general foreign defense defence interior ambassador
   senator sen. rep. representative congressman congresswoman governor gov. mayor king queen prince princess emperor sultan emir sheikh
   pope bishop archbishop cardinal rabbi imam ayatollah dr dr. doctor prof prof. professor mr mr. mrs mrs. ms ms. miss sir lady lord
   dame captain capt. colonel col. major maj. lieutenant lt. gen. brigadier brig. admiral adm. sergeant sgt. judge justice chief
   director chairman chairwoman chair chancellor premier attorney commissioner envoy special assistant undersecretary under
   adviser advisor spokesman spokeswoman spokesperson counselor coordinator administrator presidential representative high affairs security`.split(
    /\s+/,
  ),
);
const ORGANISATIONS = new Set(
  `ministry department council committee commission union organization organisation agency bureau office party forces force army navy
   guard police corps command parliament congress senate assembly duma court bank fund foundation institute university college
   school association alliance coalition league federation group company corporation corp. corp inc inc. ltd ltd. center centre
   administration authority service services institution brigade battalion front movement network press news times post
   tribunal secretariat embassy consulate board society club academy airlines airways delegation`.split(/\s+/),
);
const PLACES = new Set(
  'sea ocean river lake mountain mountains island islands peninsula valley gulf strait desert province governorate county city airport bay canal cape street avenue square'.split(
    ' ',
  ),
);
const CALENDAR = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
   november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. today i god internet`.split(/\s+/),
);

/** Reads the gazetteer out of the tables in `data/`. */
export function readGazetteer(folder: string): Gazetteer {
  const phrases = new Map<string, NameKind>();
  const acronyms = new Map<string, NameKind>();
  const given = new Map<string, number>();
  const rows = (name: string) =>
    readFileSync(join(folder, `${name}.tsv`), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t'));
  for (const [, name, , , , , size] of rows('places')) {
    if (name !== undefined && Number(size) >= 100) phrases.set(name.toLowerCase(), 'place');
  }
  const cities = [...phrases.keys()];
  const oneWord = (names: readonly (string | undefined)[]) =>
    [...new Set(names)].filter((name): name is string => name !== undefined && /^\p{Lu}[\p{L}-]{2,}$/u.test(name));
  for (const name of ['groups', 'bodies']) {
    for (const [keys] of rows(name)) {
      for (const key of keys!.split('|')) {
        if (key.startsWith('acronym=')) acronyms.set(key.slice(8).toUpperCase(), 'organisation');
        else if (!key.includes('=') && (name === 'bodies' || key.includes(' '))) phrases.set(key, 'organisation');
      }
    }
  }
  for (const [, name] of rows('people')) {
    if (name === undefined || !name.includes(' ')) continue;
    phrases.set(name.toLowerCase(), 'person');
    const first = name.slice(0, name.indexOf(' ')).toLowerCase();
    if (/^\p{L}{3,}$/u.test(first)) given.set(first, (given.get(first) ?? 0) + 1);
  }
  // Nancy and Elizabeth are cities too.
  for (const city of cities) if ((given.get(city) ?? 0) > 1) phrases.delete(city);
  for (const row of rows('countries')) {
    for (const key of row[0]!.split('|')) {
      const [use, words] = key.includes('=') ? key.split('=', 2) : ['name', key];
      if (use === 'name' || use === 'capital') phrases.set(words!, 'place');
      else if (use === 'acronym') acronyms.set(words!.toUpperCase(), 'place');
      else phrases.set(words!, 'other');
    }
  }
  for (const name of ['U.S.', 'U.S', 'US', 'UK', 'U.K.', 'USA', 'UAE', 'DPRK', 'ROK', 'PRC'])
    acronyms.set(name, 'place');
  for (const name of ['UN', 'U.N.', 'EU', 'E.U.', 'NATO', 'OSCE', 'IAEA', 'ISIS', 'ISIL'])
    acronyms.set(name, 'organisation');
  for (const name of [
    'middle east',
    'europe',
    'asia',
    'africa',
    'latin america',
    'central america',
    'america',
    'west bank',
    'gaza',
    'donbas',
    'crimea',
    'tigray',
    'indo-pacific',
    'sahel',
    'washington',
    'new york',
    'hague',
    'the hague',
  ])
    phrases.set(name, 'place');
  for (const name of [
    'taliban',
    'hamas',
    'hezbollah',
    'congress',
    'senate',
    'kremlin',
    'pentagon',
    'white house',
    'daesh',
    'asean',
    'coalition',
  ])
    phrases.set(name, 'organisation');
  return {
    phrases,
    acronyms,
    givenNames: new Set([...given].filter(([, count]) => count >= 4).map(([name]) => name)),
    cities: oneWord([...rows('places').map(([, name]) => name), ...rows('countries').map(([, , , name]) => name)]),
    surnames: oneWord(rows('people').map(([, name]) => name?.split(' ').at(-1))),
    bodies: oneWord([...acronyms].filter(([, kind]) => kind === 'organisation').map(([name]) => name)).concat(
      oneWord([...rows('bodies'), ...rows('groups')].map(([, name]) => name)),
    ),
  };
}

/**
 * Names of a document's sentences, as far as the gazetteer, titles and the words of organisations give them away. A sentence
 * with a name that nothing explains gets undefined: it teaches nothing about names. Persons found with their given name or
 * title are known by their last word afterwards.
 */
export function gazetteerNames(sentences: readonly Sentence[], gazetteer: Gazetteer): (GoldName[] | undefined)[] {
  const surnames = new Map<string, number>();
  const first = sentences.map((sentence) => explained(sentence.tokens, gazetteer, surnames));
  for (const [index, names] of first.entries()) {
    for (const { kind, last } of names.found) {
      if (kind !== 'person') continue;
      const form = sentences[index]!.tokens[last]!.form;
      if (form.length > 2) surnames.set(form, (surnames.get(form) ?? 0) + 1);
    }
  }
  return sentences.map((sentence) => {
    const { found, open } = explained(sentence.tokens, gazetteer, surnames);
    return open ? undefined : found;
  });
}

function explained(
  tokens: readonly Token[],
  gazetteer: Gazetteer,
  surnames: ReadonlyMap<string, number>,
): { found: GoldName[]; open: boolean } {
  const found: GoldName[] = [];
  let open = false;
  const capitals = tokens.filter((token) => /^\p{Lu}/u.test(token.form)).length;
  // A heading in capitals says little.
  if (tokens.length > 3 && capitals > tokens.length * 0.6) return { found, open: true };
  const named = tokens.map((token) => isNamed(token));
  for (let at = 0; at < tokens.length; ) {
    const match = longestPhrase(tokens, at, gazetteer);
    let end = at;
    while (end < tokens.length && (named[end] || isInner(tokens, named, end))) end++;
    if (match !== undefined && match.last + 1 >= end) {
      found.push({ first: at, last: match.last, kind: match.kind });
      at = match.last + 1;
      continue;
    }
    if (end === at) {
      at++;
      continue;
    }
    const whole = organisationEnd(tokens, at, end);
    if (whole > at) {
      found.push({ first: at, last: whole - 1, kind: 'organisation' });
      at = whole;
      continue;
    }
    if (end - at > 1 && PLACES.has(tokens[end - 1]!.form.toLowerCase())) {
      found.push({ first: at, last: end - 1, kind: 'place' });
      at = end;
      continue;
    }
    if (match !== undefined) {
      found.push({ first: at, last: match.last, kind: match.kind });
      at = match.last + 1;
      continue;
    }
    const form = tokens[at]!.form;
    const lower = form.toLowerCase();
    if (TITLES.has(lower) || CALENDAR.has(lower)) {
      at++;
      continue;
    }
    // A stretch without titles or known names inside.
    let stop = at;
    while (
      stop < end &&
      named[stop] &&
      !TITLES.has(tokens[stop]!.form.toLowerCase()) &&
      (stop === at || longestPhrase(tokens, stop, gazetteer) === undefined)
    ) {
      stop++;
    }
    if (stop === at) stop = at + 1;
    const titled = at > 0 && /^\p{Lu}/u.test(tokens[at - 1]!.form) && TITLES.has(tokens[at - 1]!.form.toLowerCase());
    const size = stop - at;
    const alone = stop === end || titled;
    if (size <= 4 && (titled || (size > 1 && alone && gazetteer.givenNames.has(lower)))) {
      found.push({ first: at, last: stop - 1, kind: 'person' });
    } else if (size <= 3 && surnames.has(tokens[stop - 1]!.form) && (size === 1 || gazetteer.givenNames.has(lower))) {
      found.push({ first: at, last: stop - 1, kind: 'person' });
    } else open = true;
    at = stop;
  }
  return { found, open };
}

function isNamed(token: Token): boolean {
  return token.upos === 'PROPN' && /^\p{Lu}/u.test(token.form);
}

/** A small word or mark that a name may hold: "Department of State", "Al - Zaman". */
function isInner(tokens: readonly Token[], named: readonly boolean[], at: number): boolean {
  if (at === 0 || !named[at - 1] || !named[at + 1]) return false;
  const form = tokens[at]!.form;
  if (form === '-' || form === '–') return tokens[at - 1]!.to === tokens[at]!.from;
  return /^(al|bin|van|von|de|der|da|dos|el|le|la)$/.test(form);
}

function longestPhrase(
  tokens: readonly Token[],
  at: number,
  gazetteer: Gazetteer,
): { last: number; kind: NameKind } | undefined {
  const start = tokens[at]!.form;
  if (!/^\p{Lu}/u.test(start)) return undefined;
  let text = '';
  let best: { last: number; kind: NameKind } | undefined;
  for (let i = at; i < Math.min(tokens.length, at + 8); i++) {
    const token = tokens[i]!;
    if (i > at && token.from > tokens[i - 1]!.to) text += ' ';
    text += token.form;
    const last = /^\p{Lu}|^\d/u.test(token.form);
    if (!last) continue;
    const acronym = gazetteer.acronyms.get(text);
    const kind = acronym ?? gazetteer.phrases.get(text.toLowerCase().replace(/[’]/g, "'"));
    if (kind === undefined) continue;
    if (i === at && acronym === undefined && kind !== 'other' && token.upos !== 'PROPN') continue;
    if (CALENDAR.has(text.toLowerCase())) continue;
    best = { last: i, kind };
  }
  return best;
}

/** Where the organisation that starts here ends, its end out; `at` when it is none. */
function organisationEnd(tokens: readonly Token[], at: number, end: number): number {
  const lower = (i: number) => tokens[i]?.form.toLowerCase() ?? '';
  let stop = at;
  for (let i = at; i < end; i++) if (ORGANISATIONS.has(lower(i))) stop = i + 1;
  if (stop === at) return at;
  // "Department of State", "Ministry of Foreign Affairs of Peru".
  let goesOn = /^(of|for|on)$/.test(lower(stop)) && /^\p{Lu}/u.test(tokens[stop + 1]?.form ?? '');
  while (goesOn) {
    stop += 2;
    while (/^\p{Lu}/u.test(tokens[stop]?.form ?? '')) stop++;
    goesOn = /^(and|&|of)$/.test(lower(stop)) && /^\p{Lu}/u.test(tokens[stop + 1]?.form ?? '') && lower(stop) !== 'and';
  }
  // A bare "Department" or "Council" is none.
  return stop - at > 1 ? stop : at;
}
