import type { Token } from '../../nlp/sentence.ts';
import { contains } from '../../source/span.ts';
import { isCountryCode } from '../../world/actor.ts';
import type { CodedActor } from '../../world/phrase.ts';
import { surfaceSubjects } from '../frame.ts';
import { bare, dependents, headOf } from '../tree.ts';
import type { Mention } from './mentions.ts';
import { neighbourOf } from './pronouns.ts';
import { bodyWord, type Introduce, isState, lastWordOf, type Someone } from './someone.ts';

/** What is known where a mention stands. */
export interface Known {
  readonly byLastWord: ReadonlyMap<string, readonly Someone[]>;
  /** Those met before, the likeliest first. */
  readonly candidates: readonly Someone[];
  readonly introduce: Introduce;
  /** The one country that the document is about, if it is about one. */
  readonly home: string | null;
  /** The one country that a report's title is about. */
  readonly headed?: string | null;
  /** Whose official statement the document is. */
  readonly issuer: string | null;
  /** Whether that state calls its own "minister". */
  readonly ministers?: boolean;
  /** The head of that state, where the words can mean him or her. */
  readonly presiding?: (() => Someone | undefined) | undefined;
}

/** Whom a name or a noun phrase means: someone met before, or someone new. */
export function nounMeaning(mention: Mention, known: Known): Someone | undefined {
  const { byLastWord, candidates, introduce, issuer } = known;
  const coded = ofOwner(mention, candidates);
  const { tree, head } = mention;
  const lemma = head.lemma.toLowerCase();
  const above = mention.beside ?? (bare(head.relation) === 'appos' ? headOf(tree, head) : undefined);
  if (above) {
    // "Ana Lima, the foreign minister,": one person in two phrases.
    const named = candidates.find((one) => one.mentions.at(-1)?.head === above);
    const both = mention.form === 'name' && named?.mentions.some(({ form }) => form === 'name');
    if (named && !both && named.coded.kind === coded.kind) {
      const naming = mention.form === 'name';
      if (naming) named.name = wordsOf(mention);
      named.coded = naming ? { ...enrich(named.coded, coded), name: coded.name } : enrich(named.coded, coded);
      return named;
    }
  }
  const listed = describedBefore(mention, candidates);
  if (listed) {
    listed.coded = enrich(listed.coded, coded);
    return listed;
  }
  const words = wordsOf(mention);
  if (mention.form === 'name') {
    const namesakes = (byLastWord.get(lastWordOf(words)) ?? []).filter(
      (one) => endsWithName(one.name, words) || isShortOf(one, words),
    );
    // "Hussein" is the one whom the document has named in full, before any whom the tables know.
    const short = coded.kind === 'person' && !words.includes(' ');
    const meant = coded.entity && short ? namesakes.find((one) => one.coded.entity === coded.entity) : undefined;
    const told = meant ?? (coded.entity && !short ? undefined : namesakes[0]);
    if (told && (told.coded.kind === 'person' || !coded.entity)) {
      told.coded = enrich(told.coded, coded.entity && !meant ? NAMESAKE : coded);
      return told;
    }
  }
  if (coded.entity) {
    const key = coded.kind === 'state' && coded.country ? `state ${coded.country}` : `entity ${coded.entity.id}`;
    const someone = introduce(key, coded.name || words, coded);
    someone.coded = enrich(someone.coded, coded);
    return someone;
  }
  if (mention.form === 'name')
    return introduce(
      `name ${words.toLowerCase()}`,
      words,
      coded.kind === 'unknown' ? namedKind(mention, coded) : coded,
    );
  if (mention.definite && !mention.plural) {
    const held = holderMet(mention, coded, candidates);
    const own = held ?? known.presiding?.();
    if (own) return own;
    if (LANDS.test(lemma)) return candidates.find(isState);
    if (/^(?:neighbou?r|rival|foe)$/.test(lemma)) return neighbourOf(mention, candidates);
    const body = STANDINS.find(([nouns]) => nouns.has(lemma))?.[1];
    const stood =
      body && !isCountryCode(coded.country) && candidates.find((one) => one.mentions.some(isNamed) && body(one));
    if (stood) return stood;
  }
  const country = coded.country ?? ownerOfForces(mention, candidates);
  if (country !== null && country !== coded.country)
    return introduce(`noun ${country} ${words.toLowerCase()}`, words, { ...coded, country });
  // "the Department", "the Assistant Secretary" of a state's own statement are its own; "the army" is that of the one told of.
  const own = issuer !== null && /^\p{Lu}/u.test(head.form) && (known.ministers || !MINISTERS.test(lemma));
  const home = own ? issuer : (known.home ?? known.headed ?? null);
  const ofHome =
    (mention.definite || isBareOffice(mention)) &&
    !FOREIGN.test(lemma) &&
    !coded.country &&
    coded.kind !== 'state' &&
    coded.sectors.some((one) => OF_STATE.has(one));
  const placed = ofHome ? { ...coded, country: home } : coded;
  return introduce(`noun ${placed.country ?? ''} ${words.toLowerCase()}`, words, placed);
}

/** Offices that a state without ministers has not: "the Deputy Prime Minister" in a release of Washington's. */
const MINISTERS = /^(?:minister|ministry|premier|chancellor)$/;

/** "their government", "his foreign minister": of the country of whoever the pronoun means. */
function ofOwner({ tree, head, form, coded }: Mention, candidates: readonly Someone[]): CodedActor {
  const told = coded!;
  if (form !== 'nominal' || told.country !== null || !told.sectors.some((one) => OWNED.has(one))) return told;
  const owner = dependents(tree, head, 'nmod:poss').find(({ upos, lemma }) => upos === 'PRON' || LANDS.test(lemma));
  // "the country's parliament" is the one that "the country" means.
  const land = owner && owner.upos !== 'PRON' && dependents(tree, owner, 'amod', 'compound').length === 0;
  const owners = land
    ? candidates.filter(isState).slice(0, 1)
    : owner
      ? candidates.filter((one) => one.mentions.at(-1)!.head === owner)
      : [];
  const country = owners.length === 1 ? owners[0]!.coded.country : null;
  return isCountryCode(country) && !NOT_OWN.has(head.lemma.toLowerCase()) ? { ...told, country } : told;
}
/** What a short name's bearer in the tables says of somebody else of that name. */
const NAMESAKE: CodedActor = {
  ...{ country: null, sectors: [], name: '', kind: 'person', office: null },
  ...{ wikidata: null, entity: null, others: [] },
};
const LANDS = /^(?:country|nation|kingdom|republic|island|emirate|sultanate)$/;
const OWNED = new Set('GOV MIL LEG JUD COP SPY'.split(' '));
/** Who is somebody's and of another country as often as not. */
const NOT_OWN = new Set('counterpart ally neighbor neighbour leader official colleague'.split(' '));
/** Who is never of the country told of, but of another. */
const FOREIGN = /^(?:counterpart|ally|neighbou?r|partner|rival|foe|adversary)$/;

/** "Ana Lima, a veteran, activist and currently a candidate, …": what a name is followed by, one thing after another. */
function describedBefore(mention: Mention, candidates: readonly Someone[]): Someone | undefined {
  const { tree, head, form, plural, definite, coded } = mention;
  if (form !== 'nominal' || plural || definite || coded!.kind !== 'person' || head.upos === 'PROPN') return undefined;
  let top: Token | undefined = head;
  while (top && /^(?:conj|appos)$/.test(bare(top.relation))) top = headOf(tree, top);
  if (!top || top === head) return undefined;
  const named = candidates.find(({ mentions, coded: one }) => {
    const last = mentions.at(-1)!;
    return last.head === top && last.tree === tree && last.form === 'name' && one.kind === 'person';
  });
  const end = named && tree.tokens.findLastIndex(({ to }) => to <= named.mentions.at(-1)!.phrase.to);
  if (!named || end === undefined || tree.tokens[end + 1]?.form !== ',') return undefined;
  // The first of them is told with "a"; among them is no other name.
  if (!/^an?$/i.test(tree.tokens[end + 2]?.form ?? '') || end + 2 > head.index) return undefined;
  return tree.tokens.slice(end + 1, head.index).some(({ upos, relation }) => upos === 'PROPN' && relation === 'conj')
    ? undefined
    : named;
}

const FIELDED = new Set(
  'deploy mobilize mobilise amass mass move shift send dispatch station position concentrate rush redeploy gather assemble'.split(
    ' ',
  ),
);

/**
 * Whose the troops are that no word gives to anybody: whoever moves them ("Chad sent three thousand troops"), else the one
 * whose forces were spoken of before, if they were nobody else's too ("the forces on the border").
 */
function ownerOfForces(mention: Mention, candidates: readonly Someone[]): string | null {
  const { tree, head, plural, coded } = mention;
  if (!plural || coded!.kind !== 'group' || !coded!.sectors.includes('MIL')) return null;
  // "coalition troops" are the coalition's, whoever that is.
  if (dependents(tree, head, 'compound', 'amod', 'nmod:poss').some(({ form }) => /^\p{Lu}/u.test(form))) return null;
  let phrase: Token | undefined = head;
  while (phrase && bare(phrase.relation) === 'nmod') phrase = headOf(tree, phrase);
  const verb = phrase && bare(phrase.relation) === 'obj' ? headOf(tree, phrase) : undefined;
  if (verb && FIELDED.has(verb.lemma)) {
    const subjects = surfaceSubjects(tree, verb, 0);
    const mover = candidates.find(({ mentions }) => subjects.includes(mentions.at(-1)!.head));
    if (mover && isCountryCode(mover.coded.country)) return mover.coded.country;
  }
  const before = candidates.filter(
    ({ coded: other }) => other.kind !== 'person' && other.sectors.includes('MIL') && isCountryCode(other.country),
  );
  const countries = new Set(before.map(({ coded: other }) => other.country));
  return countries.size === 1 ? before[0]!.coded.country : null;
}

/** "Police arrested a man", "prosecutors say": a body without an article is the one of the country told of. */
function isBareOffice({ tree, head, phrase }: Mention): boolean {
  return (
    phrase.from === head.from &&
    phrase.to === head.to &&
    BARE.has(head.lemma.toLowerCase()) &&
    bare(head.relation) === 'nsubj' &&
    dependents(tree, head, 'det', 'nummod').length === 0
  );
}
const BARE = new Set('police authority prosecutor parliament congress senate army'.split(' '));

/** Sectors whose bodies belong to a state: "the army" is that of the country which the document is about. */
const OF_STATE = new Set('GOV MIL LEG JUD COP SPY PTY OPP'.split(' '));

/** Nouns that stand for the body named last: "the alliance", "the company". */
const STANDINS: readonly (readonly [ReadonlySet<string>, (one: Someone) => boolean])[] = [
  [
    new Set(['alliance', 'bloc', 'organization', 'organisation', 'union', 'body', 'agency']),
    (one) => one.coded.kind === 'body' && one.coded.sectors.some((sector) => /^(?:IGO|UNO|EUR)$/.test(sector)),
  ],
  [new Set(['party']), (one) => one.coded.sectors.includes('PTY') && one.coded.kind !== 'person'],
  [new Set(['company', 'firm', 'airline', 'bank']), (one) => one.coded.kind === 'company'],
  [
    new Set(['group', 'movement', 'militia', 'organization', 'organisation', 'insurgency']),
    (one) => one.coded.kind === 'group' && one.coded.sectors.some((sector) => /^(?:REB|UAF|PRM|IMG|PRE)$/.test(sector)),
  ],
];

function isNamed({ form }: Mention): boolean {
  return form === 'name';
}

/** The one met before who holds the office, or was called by the noun, that a definite phrase tells. */
function holderMet(mention: Mention, coded: CodedActor, candidates: readonly Someone[]): Someone | undefined {
  const { tree, head } = mention;
  const lemma = head.lemma.toLowerCase();
  const all = wordsOf(mention).toLowerCase().split(' ');
  // "The Secretary and Foreign Minister": the first of them is another.
  const words = all.slice(all.lastIndexOf('and') + 1);
  const own = words.filter((word) => !PLAIN.test(word) && word !== head.form.toLowerCase());
  // Of several presidents the one whose country the sentence has just spoken of: "The White House … the president".
  const spoken = new Set(
    candidates.filter((one) => one.mentions.at(-1)!.tree === tree).map((one) => one.coded.country),
  );
  const near = candidates.filter(
    (one) => isCountryCode(one.coded.country) && spoken.has(one.coded.country) && one.mentions.at(-1)!.tree !== tree,
  );
  return [...near, ...candidates].find((one) => {
    if (one.coded.kind !== coded.kind) return false;
    if (coded.country && one.coded.country && coded.country !== one.coded.country) return false;
    const office = one.coded.office?.toLowerCase().split(/\W+/) ?? [];
    // "Prime Minister Ana Lima" is one by these words, whatever the tables have of her.
    const titles = one.mentions
      .slice(-RECALLED)
      .flatMap(titlesBefore)
      .filter((title) => title.includes(lemma));
    const fits = (title: readonly string[]): boolean => sameRank(words, title) && inField(words, title);
    if (titles.some(fits) && !one.coded.sectors.includes('ELI')) return true;
    if (titles.length > 0 && one.coded.entity === null) return false;
    if (office.includes(lemma)) return fits(office);
    // "the international community" is no other community.
    return one.mentions.slice(-RECALLED).some(
      (other) =>
        other.head.lemma.toLowerCase() === lemma &&
        own.every((word) => wordsOf(other).toLowerCase().includes(word)) &&
        // "the Secretary" is no assistant secretary.
        ranksOf(other).some((title) => sameRank(words, title)),
    );
  });
}

function ranksOf(mention: Mention): readonly (readonly string[])[] {
  const titles = titlesBefore(mention);
  return titles.length > 0 ? titles : [wordsOf(mention).toLowerCase().split(' ')];
}

/** The words before a name in its phrase, in small letters, one list for each title: "Deputy Premier and Foreign Minister". */
export function titlesBefore({ tree, form, phrase, span }: Mention): readonly (readonly string[])[] {
  if (form !== 'name' || phrase.from === span.from) return [];
  const words = tree.tokens
    .filter(({ from, to }) => from >= phrase.from && to <= span.from)
    .map((token) => token.form.toLowerCase().replace(/[^\p{L}-]/gu, ''));
  // "Assistant Secretary Jo Berg": not every rank is part of a title that the tables know.
  const before = tree.tokens.findLast(({ to }) => to <= phrase.from)?.form.toLowerCase() ?? '';
  if (RANKS.includes(before)) words.unshift(before);
  const and = words.lastIndexOf('and');
  return and < 0 ? [words] : [words.slice(0, and), words.slice(and + 1)];
}

/** "The energy minister" is no foreign minister. */
export function inField(words: readonly string[], office: readonly string[]): boolean {
  return words.every((word) => !FIELDS.has(word) || office.includes(word));
}
const FIELDS = new Set(
  'foreign interior finance energy justice trade economy health agriculture education transport environment labour'.split(
    ' ',
  ),
);

/** "The prime minister" is no deputy of one. */
export function sameRank(words: readonly string[], others: readonly string[]): boolean {
  return RANKS.every((rank) => words.includes(rank) === others.includes(rank));
}
const RANKS = ['prime', 'vice', 'deputy', 'assistant', 'under', 'acting', 'interim', 'lady', 'general'];
/** Words that say nothing of who is meant. */
const PLAIN = /^(?:the|this|that|his|her|its|their|our|new|late|same|visiting|\d[\w-]*|-|old|aged)$/;
/** How many of someone's last mentions are looked at. */
const RECALLED = 12;

/** The words that name a mention, one blank between them. */
export function wordsOf({ tree, span }: Mention): string {
  return tree.tokens
    .filter((token) => contains(span, token))
    .map((token) => token.form)
    .join(' ');
}

/** "the Ministry" after "Ministry of Trade": what its name begins with, where that is no person's. */
function isShortOf({ name, coded }: Someone, part: string): boolean {
  return coded.kind !== 'person' && !part.includes(' ') && bodyWord(name) === part.toLowerCase();
}

function endsWithName(full: string, part: string): boolean {
  return full === part || full.toLowerCase().endsWith(` ${part.toLowerCase()}`);
}

function namedKind(mention: Mention, coded: CodedActor): CodedActor {
  const name = mention.tree.sentence.names.find(
    (one) => one.first <= mention.head.index && one.last >= mention.head.index,
  );
  const kind = name?.kind === 'person' ? 'person' : name?.kind === 'organisation' ? 'body' : 'unknown';
  return { ...coded, kind };
}

/** What is known of one actor from two phrases: the first says, the second fills what is missing. */
function enrich(known: CodedActor, more: CodedActor): CodedActor {
  return {
    ...known,
    country: known.country ?? more.country,
    sectors: known.sectors.length > 0 ? known.sectors : more.sectors,
    office: known.office ?? more.office,
    wikidata: known.wikidata ?? more.wikidata,
    entity: known.entity ?? more.entity,
  };
}
