import type { Token } from '../../nlp/sentence.ts';
import type { Span } from '../../source/span.ts';
import { isCountryCode, type Sector } from '../../world/actor.ts';
import type { CodedActor } from '../../world/phrase.ts';
import type { World } from '../../world/world.ts';
import { surfaceSubjects } from '../frame.ts';
import type { Actor, Claim, Statement } from '../reading.ts';
import type { Turn } from '../said/turns.ts';
import { bare, casing, coordinated, headOf, type Tree } from '../tree.ts';
import { collectiveMeaning } from './collectives.ts';
import { sexOf } from './given.ts';
import type { Mention } from './mentions.ts';
import { nounMeaning, wordsOf } from './nouns.ts';
import { besideEach, genderOf, pronounMeaning } from './pronouns.ts';
import {
  bodyWord,
  isClauseMate,
  isPerson,
  isProminent,
  isState,
  lastWordOf,
  type Someone,
  type Together,
} from './someone.ts';
import { openVoices } from './voices.ts';
import { isOwnOfficial, sharedCountry } from './whose.ts';

/** How many of those met last can be meant by a pronoun or a title. */
const REMEMBERED = 60;

/** Someone who counts only as a party: a state by its town (as the one it is done to), a name that no table knows. */
export interface Latent {
  readonly id: string;
  readonly span: Span;
  readonly town: boolean;
}

/** The actors of a document, and whom each mention means: one, several ("the two leaders"), or nobody known. */
export interface Cast {
  readonly actors: readonly Actor[];
  /** Ids of those meant by the mention with this head; empty when nobody is. */
  meant(head: Token): readonly string[];
  readonly mentionOf: ReadonlyMap<Token, Mention>;
  /** Who is meant where an act is that of the phrase with this head, or is done to it, and nobody known is named. */
  latentAt(head: Token): Latent | undefined;
  /** The words by which someone is meant only where an act is theirs or done to them. */
  latentOf(id: string): readonly Span[];
  actor(id: string): Actor;
}

/** What is known of a document beside its sentences. */
export interface Circumstances {
  /** The country whose official statement this is, which "we" means; `null` for a report. */
  readonly issuer?: string | null;
  /** The document's date, for offices; `null` when unknown. */
  readonly on?: string | null;
  /** The turns of a conversation set down word for word. */
  readonly turns?: readonly Turn[];
  /** Mentions in the document's title: they name in full who is called by the surname below. */
  readonly namedBefore?: readonly Mention[];
  /** Mentions in the title of a report. */
  readonly headline?: readonly Mention[];
  /** Codes of the states that issue the statement together with its issuer, as its title has them. */
  readonly jointly?: readonly string[];
}

/**
 * Ties the mentions of a document together: the same entity, a surname to its full name, "the president" to the last
 * one named, pronouns to the nearest actor that fits, "the two leaders" to the last two persons.
 *
 * @param sentences mentions of each sentence, in order
 */
export function castOf(
  sentences: readonly (readonly Mention[])[],
  world: World,
  { issuer = null, on = null, turns = [], namedBefore = [], headline = [], jointly = [] }: Circumstances = {},
): Cast {
  const everyone: Someone[] = [];
  const byKey = new Map<string, Someone>();
  const meaning = new Map<Token, readonly Someone[]>();
  const towns = new Map<Token, Latent>();
  const mentionOf = new Map<Token, Mention>();

  // The latest met last, each once: only so many are looked at, so that a long document stays linear.
  const latest = new Set<Someone>();
  const byLastWord = new Map<string, Someone[]>();
  let together: Together | undefined;
  let thing = false;

  const remember = (someone: Someone): void => {
    for (const word of [lastWordOf(someone.name), bodyWord(someone.name)]) {
      if (word === undefined) continue;
      const namesakes = byLastWord.get(word) ?? [];
      if (!namesakes.includes(someone)) byLastWord.set(word, [...namesakes, someone]);
    }
  };
  const meet = (mention: Mention, sentence: number, someone: Someone): Someone => {
    latest.delete(someone);
    latest.add(someone);
    if (mention.form === 'name' || someone.coded.entity?.kind === 'person') remember(someone);
    someone.mentions.push(mention);
    const again = someone.lastSentence === sentence && someone.lastProminent;
    someone.lastSentence = sentence;
    someone.lastProminent = again || isProminent(mention);
    if (mention.form !== 'pronoun' && someone.coded.kind === 'person')
      someone.gender ??= sexOf(someone.name) ?? sexOf(wordsOf(mention));
    return someone;
  };
  const introduce = (key: string, name: string, coded: CodedActor): Someone => {
    const known = byKey.get(key);
    if (known) return known;
    const someone: Someone = {
      ...{ id: `a${everyone.length + 1}`, name, coded, gender: undefined, mentions: [], towns: [] },
      ...{ lastSentence: -1, lastProminent: false },
    };
    everyone.push(someone);
    byKey.set(key, someone);
    return someone;
  };
  const stateOf = (code: string): Someone => {
    const name = world.country(code)?.name ?? code;
    return introduce(`state ${code}`, name, world.codePhrase([name], null));
  };
  /** Those mentioned before, the most likely antecedent first. */
  const recent = (sentence: number, within: number): Someone[] =>
    [...latest]
      .slice(-REMEMBERED)
      .filter((someone) => sentence - someone.lastSentence <= within)
      .sort((a, b) => b.lastSentence - a.lastSentence || Number(b.lastProminent) - Number(a.lastProminent));

  const head = issuer === null ? undefined : world.holder(issuer, 'head-of-state', on);
  const presiding = (): Someone | undefined =>
    head && introduce(`entity ${head.id}`, head.name, world.codePhrase(head.name.split(' '), on));

  const ministers =
    issuer !== null &&
    (['foreign-minister', 'head-of-government'] as const).some((office) => {
      const holder = world.holder(issuer, office, on);
      return holder !== undefined && /minister/i.test(world.tenureOn(holder, on)?.office ?? '');
    });
  const home = homeOf(sentences, issuer);
  const headed = issuer === null ? headedBy(sentences, headline) : null;
  for (const mention of namedBefore) {
    const someone =
      mention.form === 'name' &&
      mention.coded?.kind === 'person' &&
      nounMeaning(mention, { byLastWord, candidates: [], introduce, home, issuer });
    if (someone) remember(someone);
  }
  const guests = new Set(namedBefore.map(({ coded }) => coded?.country ?? null).filter(isCountryCode));
  const other =
    home ??
    ([...guests].filter((code) => code !== issuer).length === 1 ? [...guests].find((code) => code !== issuer)! : null);
  /** "Our ties" are those of the state that speaks with the one that it speaks about. */
  const shared = (mention: Mention, ours: readonly Someone[]): readonly Someone[] =>
    other !== null && issuer !== null && ours.length === 1 && isBetween(mention)
      ? [stateOf(issuer), stateOf(other)].some((one) => one === ours[0])
        ? [ours[0]!, ...[stateOf(issuer), stateOf(other)].filter((one) => one !== ours[0])]
        : ours
      : ours;
  const voices = openVoices(turns, issuer === null ? undefined : stateOf(issuer), stateOf, (name) =>
    byLastWord.get(lastWordOf(name))?.find(isPerson),
  );

  if (jointly.length > 1) voices.issue(jointly.map(stateOf));

  sentences.forEach((mentions, sentence) => {
    for (const mention of mentions) {
      if (mention.latent) {
        const town = mention.coded!.kind === 'state';
        const owner = town
          ? stateOf(mention.coded!.country!)
          : nounMeaning(mention, { byLastWord, candidates: [], introduce, home, issuer });
        if (!owner) continue;
        owner.towns.push(mention);
        towns.set(mention.head, { id: owner.id, span: mention.span, town });
        continue;
      }
      mentionOf.set(mention.head, mention);
      if (mention.parts.length > 0) {
        const meant = mention.parts.flatMap((part) => {
          const someone = nounMeaning(part, { byLastWord, candidates: [], introduce, home, issuer });
          return someone ? [meet(part, sentence, someone)] : [];
        });
        meaning.set(mention.head, meant);
        together = { sentence, meant, acting: isProminent(mention) };
        continue;
      }
      const named = announced(mention, mentions) ?? samePerson(mention, mentions);
      const ahead = named && nounMeaning(named, { byLastWord, candidates: [], introduce, home, issuer });
      const meant = ahead
        ? [ahead]
        : mention.form === 'pronoun'
          ? shared(mention, pronounMeaning(mention, sentence, recent(sentence, 3), voices.at(mention), together, thing))
          : (collectiveMeaning(
              mention,
              recent(sentence, 25).filter((one) => !isClauseMate(mention, one, sentence)),
              world,
              introduce,
              together && sentence - together.sentence <= 8 ? together.meant : [],
            ) ??
            [
              nounMeaning(mention, {
                ...{
                  byLastWord,
                  candidates: recent(sentence, isOfIssuer(mention) ? 2 : 8),
                  introduce,
                  home,
                  issuer,
                  ministers,
                  headed,
                },
                presiding: isOfIssuer(mention) ? presiding : undefined,
              }),
            ].filter((one) => one !== undefined));
      meaning.set(mention.head, meant);
      // "killed Ana Lima, head of the coast guard": one, whatever the tree makes of the second noun.
      if (mention.beside && !mentions.some(({ head }) => head === mention.beside)) {
        meaning.set(mention.beside, meant);
        mentionOf.set(mention.beside, mention);
      }
      const [holder] = meant;
      if (holder && holder.coded.country === null) {
        const country = sharedCountry(mention, meaning, issuer);
        if (country) holder.coded = { ...holder.coded, country };
      }
      voices.hear(mention, meant);
      for (const someone of meant) meet(mention, sentence, someone);
      if (meant.length > 1) together = { sentence, meant, acting: isProminent(mention) || together?.acting === true };
      if (mention.form === 'pronoun' && meant.length === 1) meant[0]!.gender ??= genderOf(mention.head);
    }
    const pair = mentions
      .map((one) => ({ head: one.head, meant: besideEach(one).flatMap((token) => meaning.get(token) ?? []) }))
      .find(({ meant }) => meant.length > 1);
    // "stressed the accession of X and Y": "they" are still those who met two sentences before.
    const aside =
      pair &&
      bare(pair.head.relation) !== 'nsubj' &&
      together?.acting &&
      sentence - together.sentence <= STILL_TOGETHER;
    if (pair && !aside) together = { sentence, meant: pair.meant, acting: bare(pair.head.relation) === 'nsubj' };
    const tree = mentions[0]?.tree;
    thing = tree === undefined || isAboutThing(tree, meaning);
    const met = tree ? metIn(tree, meaning) : [];
    if (met.length > 1) together = { sentence, meant: met, acting: true };
    if (tree && sentence < 3 && isIssuing(tree)) {
      const issuers = mentions
        .flatMap(({ head }) => meaning.get(head) ?? [])
        .filter((one) => isState(one) || (one.coded.kind === 'body' && one.coded.sectors.includes('EUR')));
      if (new Set(issuers).size > 1) voices.issue([...new Set(issuers)]);
    }
  });

  // "the solicitor general Ana Lima" of a report about one country is that country's.
  if (home !== null && issuer === null)
    for (const one of everyone)
      if (
        one.coded.kind === 'person' &&
        one.coded.country === null &&
        one.coded.sectors.some((sector) => SERVING.has(sector))
      )
        one.coded = { ...one.coded, country: home };

  // "Assistant Secretary Ana Lima" of a state's own statement is its own.
  if (issuer !== null)
    for (const one of everyone)
      if (
        one.coded.kind === 'person' &&
        one.coded.country === null &&
        one.coded.sectors.includes('GOV') &&
        isOwnOfficial(one.mentions, issuer, world)
      )
        one.coded = { ...one.coded, country: issuer };

  const townsOf = new Map(everyone.map(({ id, towns: own }) => [id, own]));
  const actors = everyone.filter((someone) => someone.mentions.length > 0).map((someone) => toActor(someone));
  const byId = new Map(everyone.map((someone) => [someone.id, toActor(someone)]));
  return {
    actors,
    mentionOf,
    latentAt: (head) => towns.get(head),
    latentOf: (id) => (townsOf.get(id) ?? []).map(({ span }) => span),
    meant: (head) => (meaning.get(head) ?? []).map((someone) => someone.id),
    actor: (id) => byId.get(id)!,
  };
}

/** Sectors whose people serve a state. */
const SERVING = new Set<Sector>(['GOV', 'MIL', 'LEG', 'JUD', 'COP', 'SPY']);

/** The one country that a document is about, its issuer aside; `null` where it is about several or nobody's. */
function homeOf(sentences: readonly (readonly Mention[])[], issuer: string | null): string | null {
  const counts = new Map<string, number>();
  let all = 0;
  for (const mentions of sentences)
    for (const { coded } of mentions) {
      const country = coded?.country ?? null;
      if (!isCountryCode(country) || country === issuer || FIRMS.has(coded!.kind)) continue;
      counts.set(country, (counts.get(country) ?? 0) + 1);
      all++;
    }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && most[1] >= 2 && most[1] >= ABOUT * all ? most[0] : null;
}

/** The one country that a title names, if no other is named oftener below it: "Samoan government ends curfew". */
function headedBy(sentences: readonly (readonly Mention[])[], title: readonly Mention[]): string | null {
  // "Wreck found near Okinawa": a town says where, and not what a report is about.
  const named = title.filter(({ latent }) => latent !== true);
  const codes = new Set(named.map(({ coded }) => coded?.country ?? null).filter(isCountryCode));
  const [only] = codes;
  if (only === undefined || codes.size > 1) return null;
  const all = sentences.flat().map(({ coded }) => coded?.country ?? null);
  const told = all.filter((code) => code === only).length;
  return told >= 2 && told >= all.filter((code) => isCountryCode(code) && code !== only).length ? only : null;
}

/** Kinds whose country says nothing of what a document is about. */
const FIRMS = new Set<string>(['company', 'media']);

/** "Our relationship", "our two countries": a word for what two have together. */
function isBetween({ tree, head }: Mention): boolean {
  return head.form.toLowerCase() === 'our' && TOGETHER.has(tree.tokens[head.head]?.lemma ?? '');
}
const TOGETHER = new Set(
  'relation relationship tie bond partnership friendship alliance country nation people government cooperation'.split(
    ' ',
  ),
);

/** "When he began the war, President Kos hoped …": the one named right behind the clause that a sentence opens with. */
function announced({ tree, head }: Mention, mentions: readonly Mention[]): Mention | undefined {
  const clause = genderOf(head) && head.relation === 'nsubj' ? tree.tokens[head.head] : undefined;
  const main = clause?.relation === 'advcl' && tree.first[clause.index] === 0 ? tree.tokens[clause.head] : undefined;
  if (!main || main.index < head.index) return undefined;
  return mentions.find(
    (one) => one.form === 'name' && one.coded?.kind === 'person' && surfaceSubjects(tree, main, 0)[0] === one.head,
  );
}

/** "Deputy Prime Minister and Foreign Minister of Peru": two offices of one, where the second has no article. */
function samePerson(
  { tree, head, form, phrase, coded, plural }: Mention,
  mentions: readonly Mention[],
): Mention | undefined {
  if (form !== 'nominal' || plural || coded?.country || !/^(?:Minister|President)$/.test(head.form)) return undefined;
  const last = tree.tokens.findIndex(({ to }) => to === phrase.to);
  const next = tree.tokens[last + 2];
  if (tree.tokens[last + 1]?.form !== 'and' || !next || !/^\p{Lu}/u.test(next.form)) return undefined;
  // "the President and Foreign Minister of Peru" are two.
  if (head.form === 'President' && tree.tokens[head.index - 1]?.form !== 'Vice') return undefined;
  return mentions.find(
    (one) =>
      one.form === 'nominal' &&
      !one.plural &&
      one.phrase.from === next.from &&
      one.coded?.kind === 'person' &&
      isCountryCode(one.coded.country) &&
      headOf(tree, one.head) === head,
  );
}

/** "The President", nobody's by its words: that of the state which issues the statement, unless one was just named. */
function isOfIssuer({ head, form, definite, plural, coded }: Mention): boolean {
  return (
    form === 'nominal' && definite && !plural && head.form === 'President' && !isCountryCode(coded?.country ?? null)
  );
}

/** For how many sentences "they" are those who did something together. */
const STILL_TOGETHER = 4;

/** What part of the countries named must be one for the document to be about it. */
const ABOUT = 0.8;

const MEETINGS = new Set('meet speak talk call phone telephone confer host receive welcome visit join sit'.split(' '));

/** "The report names nobody.": its subject is a thing and nobody's utterance, which would be theirs. */
function isAboutThing(tree: Tree, meaning: ReadonlyMap<Token, readonly Someone[]>): boolean {
  const root = tree.tokens.find(({ head }) => head < 0);
  const subject = root && tree.children[root.index]!.find(({ relation }) => relation === 'nsubj');
  if (!subject || (meaning.get(subject) ?? []).length > 0 || /(?:s|ed)$/.test(subject.form)) return false;
  if (/^(?:it|this)$/i.test(subject.form)) return true;
  const owned = tree.children[subject.index]!.some((child) => (meaning.get(child) ?? []).length > 0);
  return subject.upos === 'NOUN' && !owned && !UTTERED.test(subject.lemma);
}
const UTTERED =
  /^(?:statement|letter|note|communiqu[eé]|declaration|message|tweet|embassy|delegation|side|board|panel|team|force|group|body|firm|media|press)$/;

/** Those who meet or speak with each other in a sentence: "Blinken met with Lavrov. The two leaders …" */
function metIn(tree: Tree, meaning: ReadonlyMap<Token, readonly Someone[]>): readonly Someone[] {
  for (const verb of tree.tokens) {
    if (verb.upos !== 'VERB' || !MEETINGS.has(verb.lemma)) continue;
    const subjects = surfaceSubjects(tree, verb, 0);
    const objects = tree.children[verb.index]!.filter(
      (child) => child.relation === 'obj' || (bare(child.relation) === 'obl' && casing(tree, child) === 'with'),
    ).flatMap((child) => coordinated(tree, child));
    const sides = [subjects, objects].map((heads) => heads.flatMap((head) => meaning.get(head) ?? []));
    if (sides.every((side) => side.length > 0 && side.every((one) => one.coded.kind === 'person'))) return sides.flat();
  }
  return [];
}

/** "The following statement was released by …" */
function isIssuing(tree: Tree): boolean {
  return (
    tree.tokens.some(
      ({ lemma, form }) => /^(?:statement|communiqu[eé]|declaration)$/.test(lemma) && form === form.toLowerCase(),
    ) && tree.tokens.some(({ lemma }) => /^(?:release|issue|agree|joint)$/.test(lemma))
  );
}

/**
 * The actors of a reading: those spoken of, and those whom only a claim or a statement is about, with the words that it
 * has of them.
 */
export function settledActors(
  cast: Cast,
  claims: readonly Claim[],
  statements: readonly Statement[],
): readonly Actor[] {
  const used = new Map<string, Set<number>>();
  const use = (id: string, spans: readonly Span[]): void => {
    const starts = used.get(id) ?? new Set();
    for (const { from } of spans) starts.add(from);
    used.set(id, starts);
  };
  for (const { actors, recipients, others, evidence } of claims)
    for (const id of [...actors, ...recipients, ...others.map(({ actor }) => actor)])
      use(id, [...evidence.actors, ...evidence.recipients]);
  for (const { speaker, source } of statements) if (speaker !== null) use(speaker, source ? [source] : []);
  return [...new Set([...cast.actors.map(({ id }) => id), ...used.keys()])].map((id) => {
    const actor = cast.actor(id);
    const latent = cast.latentOf(id);
    const told = latent.filter((words) => used.get(id)?.has(words.from));
    // Whoever is of a reading has words in it: those of a source may begin with an article before the name.
    const more = told.length === 0 && actor.mentions.length === 0 ? latent : told;
    return more.length === 0
      ? actor
      : { ...actor, mentions: [...actor.mentions, ...more].sort((a, b) => a.from - b.from) };
  });
}

function toActor(someone: Someone): Actor {
  const { coded } = someone;
  const sector: readonly Sector[] = coded.sectors;
  const named = someone.mentions.filter((mention) => mention.form !== 'adjective');
  return {
    id: someone.id,
    name: coded.name || someone.name,
    kind: coded.kind,
    country: coded.country,
    sector,
    office: coded.office,
    wikidata: coded.wikidata,
    mentions: (named.length > 0 ? named : someone.mentions).map(({ span }) => ({ from: span.from, to: span.to })),
  };
}
