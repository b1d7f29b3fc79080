import type { Token } from '../nlp/sentence.ts';
import { contains, overlaps, type Span } from '../source/span.ts';
import { isCountryCode, type Sector } from '../world/actor.ts';
import type { CodedActor } from '../world/phrase.ts';
import type { World } from '../world/world.ts';
import { surfaceSubjects } from './frame.ts';
import type { Mention } from './mentions.ts';
import type { Actor, Claim, Statement } from './reading.ts';
import { type Turn, turnAt } from './said/turns.ts';
import type { Tree } from './tree.ts';
import { bare, coordinated, dependent, headOf } from './tree.ts';

/** Someone the document speaks of, while it is being read. */
interface Someone {
  readonly id: string;
  name: string;
  coded: CodedActor;
  gender: 'he' | 'she' | undefined;
  readonly mentions: Mention[];
  /** Places of a state, by which it is meant only where an act is done to it. */
  readonly towns: Mention[];
  /** Place of the last mention in the document, and whether it was a subject. */
  lastSentence: number;
  lastProminent: boolean;
}

/** Those spoken of as one last: "X and Y", "the two leaders". */
interface Together {
  readonly sentence: number;
  readonly meant: readonly Someone[];
}

/** How many of those met last can be meant by a pronoun or a title. */
const REMEMBERED = 60;

/** The actors of a document, and whom each mention means: one, several ("the two leaders"), or nobody known. */
export interface Cast {
  readonly actors: readonly Actor[];
  /** Ids of those meant by the mention with this head; empty when nobody is. */
  meant(head: Token): readonly string[];
  readonly mentionOf: ReadonlyMap<Token, Mention>;
  /** Who is meant where an act is done to the place with this head: the state whose town it is. */
  townAt(head: Token): { readonly id: string; readonly span: Span } | undefined;
  /** The places by which a state is meant where an act is done to it. */
  townsOf(id: string): readonly Span[];
  actor(id: string): Actor;
}

const GROUP_NOUNS: readonly (readonly [string, (someone: Someone) => boolean])[] = [
  [
    'leader president counterpart man minister premier politician official statesman chancellor king woman pair duo ambassador envoy diplomat secretary',
    isPrincipal,
  ],
  ['country nation state government side neighbor neighbour capital', isState],
];

function isPerson(someone: Someone): boolean {
  return someone.coded.kind === 'person' && someone.mentions.some((mention) => mention.form === 'name');
}

function isPrincipal(someone: Someone): boolean {
  return (
    isPerson(someone) &&
    (someone.coded.sectors.length === 0 || someone.coded.sectors.some((sector) => sector === 'GOV' || sector === 'ELI'))
  );
}

function isState(someone: Someone): boolean {
  return someone.coded.kind === 'state';
}

/**
 * Ties the mentions of a document together: the same entity, a surname to its full name, "the president" to the last
 * one named, pronouns to the nearest actor that fits, "the two leaders" to the last two persons.
 *
 * @param sentences mentions of each sentence, in order
 * @param voice the country that "we" means: the one whose official statement this is; `null` for a report
 */
export function castOf(sentences: readonly (readonly Mention[])[], world: World, voice: string | null): Cast {
  const everyone: Someone[] = [];
  const byKey = new Map<string, Someone>();
  const meaning = new Map<Token, readonly Someone[]>();
  const towns = new Map<Token, { readonly id: string; readonly span: Span }>();
  const mentionOf = new Map<Token, Mention>();

  // The latest met last, each once: only so many are looked at, so that a long document stays linear.
  const latest = new Set<Someone>();
  const byLastWord = new Map<string, Someone[]>();
  let together: Together | undefined;

  const meet = (mention: Mention, sentence: number, someone: Someone): Someone => {
    latest.delete(someone);
    latest.add(someone);
    if (mention.form === 'name') {
      const last = lastWordOf(someone.name);
      const namesakes = byLastWord.get(last) ?? [];
      if (!namesakes.includes(someone)) byLastWord.set(last, [...namesakes, someone]);
    }
    someone.mentions.push(mention);
    someone.lastSentence = sentence;
    someone.lastProminent = isProminent(mention);
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

  sentences.forEach((mentions, sentence) => {
    for (const mention of mentions) {
      if (mention.latent) {
        const owner = stateOf(mention.coded!.country!);
        owner.towns.push(mention);
        towns.set(mention.head, { id: owner.id, span: mention.span });
        continue;
      }
      mentionOf.set(mention.head, mention);
      if (mention.parts.length > 0) {
        const meant = mention.parts.flatMap((part) => {
          const someone = nounMeaning(part, byLastWord, [], introduce);
          return someone ? [meet(part, sentence, someone)] : [];
        });
        meaning.set(mention.head, meant);
        together = { sentence, meant };
        continue;
      }
      const meant =
        mention.form === 'pronoun'
          ? pronounMeaning(mention, sentence, recent(sentence, 3), voice && stateOf(voice), together)
          : (collectiveMeaning(
              mention,
              recent(sentence, 25).filter((one) => !isClauseMate(mention, one, sentence)),
              world,
              introduce,
            ) ?? [nounMeaning(mention, byLastWord, recent(sentence, 8), introduce)].filter((one) => one !== undefined));
      meaning.set(mention.head, meant);
      for (const someone of meant) meet(mention, sentence, someone);
      if (meant.length > 1) together = { sentence, meant };
      if (mention.form === 'pronoun' && meant.length === 1) meant[0]!.gender ??= genderOf(mention.head);
    }
    const pair = mentions
      .map(({ tree, head }) => coordinated(tree, head).flatMap((one) => meaning.get(one) ?? []))
      .find((all) => all.length > 1);
    if (pair) together = { sentence, meant: pair };
  });

  const actors = everyone.filter((someone) => someone.mentions.length > 0).map((someone) => toActor(someone));
  const byId = new Map(everyone.map((someone) => [someone.id, toActor(someone)]));
  return {
    actors,
    mentionOf,
    townAt: (head) => towns.get(head),
    townsOf: (id) => [...towns.values()].filter((town) => town.id === id).map((town) => town.span),
    meant: (head) => (meaning.get(head) ?? []).map((someone) => someone.id),
    actor: (id) => byId.get(id)!,
  };
}

/**
 * The cast with "I" and "we" inside quotations meaning their speaker: "I" the speaker, "we" the speaker's state where
 * the document speaks of it. In a transcript the same by the labels of its turns.
 */
export function withSpeakers(cast: Cast, statements: readonly Statement[], turns: readonly Turn[]): Cast {
  const spoken = new Map<Token, string | undefined>();
  const added = new Map<string, Span[]>();
  const talkers = new Map(
    turns.map((turn) => {
      const talking = speakerIn(turn, cast);
      return [turn, talking?.country ? talking : undefined];
    }),
  );
  const quoted = statements.filter(({ speaker, quotation }) => speaker !== null && quotation !== 'indirect');
  for (const [token, mention] of cast.mentionOf) {
    const form = token.form.toLowerCase();
    if (mention.form !== 'pronoun' || !/^(?:i|me|my|we|us|ours?)$/.test(form)) continue;
    const turn = turnAt(turns, token.from);
    const talking = turn && talkers.get(turn);
    // "QUESTION:" or a guest nobody knows: not the voice of the document.
    if (turn && !talking && (turn.asked || FOREIGN.test(turn.label))) spoken.set(token, undefined);
    const statement = quoted.findLast(({ content }) => contains(content, token));
    const quotedAlone = statement && cast.meant(token).length === 0;
    const speaker = talking ?? (quotedAlone ? cast.actor(statement.speaker!) : undefined);
    if (!speaker) continue;
    const state = cast.actors.find(
      (actor) => actor.kind === 'state' && actor.country !== null && actor.country === speaker.country,
    );
    const alone = /^(?:i|me|my)$/.test(form);
    if (alone && speaker.kind !== 'person') continue;
    const { id } = alone ? speaker : (state ?? speaker);
    spoken.set(token, id);
    added.set(id, [...(added.get(id) ?? []), { from: mention.span.from, to: mention.span.to }]);
  }
  const actors = cast.actors.map((actor) => {
    const more = added.get(actor.id);
    return more ? { ...actor, mentions: [...actor.mentions, ...more].sort((a, b) => a.from - b.from) } : actor;
  });
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const meant = (head: Token): readonly string[] => {
    if (!spoken.has(head)) return cast.meant(head);
    const speaker = spoken.get(head);
    return speaker === undefined ? [] : [speaker];
  };
  return { ...cast, actors, meant, actor: (id) => byId.get(id) ?? cast.actor(id) };
}

/** The actors of a reading: those spoken of, and states that claims are about by a place of theirs, with that place. */
export function settledActors(cast: Cast, claims: readonly Claim[]): readonly Actor[] {
  const used = new Map<string, Set<number>>();
  for (const { actors, recipients, others, evidence } of claims)
    for (const id of [...actors, ...recipients, ...others.map(({ actor }) => actor)])
      used.set(id, addedTo(used.get(id), [...evidence.actors, ...evidence.recipients]));
  return [...new Set([...cast.actors.map(({ id }) => id), ...used.keys()])].map((id) => {
    const actor = cast.actor(id);
    const more = cast.townsOf(id).filter((town) => used.get(id)?.has(town.from));
    const fresh = more.filter((span) => !actor.mentions.some(({ from }) => from === span.from));
    return fresh.length === 0
      ? actor
      : { ...actor, mentions: [...actor.mentions, ...fresh].sort((a, b) => a.from - b.from) };
  });
}

function addedTo(starts: Set<number> = new Set(), spans: readonly Span[]): Set<number> {
  for (const { from } of spans) starts.add(from);
  return starts;
}

/**
 * Who speaks in a turn: the person of the document whose surname ends its label, whose country is known if there is one;
 * else whoever the label itself names.
 */
export function speakerIn({ label, labelled, asked }: Turn, cast: Cast): Actor | undefined {
  if (asked) return undefined;
  const last = lastWordOf(label);
  const people = cast.actors.filter((actor) => actor.kind === 'person' && lastWordOf(actor.name) === last);
  return (
    people.find((actor) => actor.country !== null) ??
    people[0] ??
    cast.actors.find(({ mentions }) => mentions.some((mention) => overlaps(mention, labelled)))
  );
}
const FOREIGN = /MINISTER|PREMIER|CHANCELLOR|PRESIDENT|KING|PRINCE|CROWN|EMIR|SHEIKH|HIGH REPRESENTATIVE|GENERAL/i;

function isProminent(mention: Mention): boolean {
  return bare(mention.head.relation) === 'nsubj';
}

function genderOf(token: Token): 'he' | 'she' | undefined {
  const form = token.form.toLowerCase();
  if (form === 'he' || form === 'him' || form === 'his') return 'he';
  return form === 'she' || form === 'her' || form === 'hers' ? 'she' : undefined;
}

function pronounMeaning(
  mention: Mention,
  sentence: number,
  candidates: readonly Someone[],
  voice: Someone | null | '',
  together: Together | undefined,
): readonly Someone[] {
  const form = mention.head.form.toLowerCase();
  const gender = genderOf(mention.head);
  if (gender) {
    const fits = candidates.filter(
      (one) => one.coded.kind === 'person' && !one.mentions.at(-1)!.plural && (one.gender ?? gender) === gender,
    );
    return fits.filter((one) => !isClauseMate(mention, one, sentence)).slice(0, 1);
  }
  if (form === 'it' || form === 'its') {
    const near = form === 'its' ? nearestThing(mention, candidates) : undefined;
    if (near) return [near];
    const fits = candidates.filter(
      (one) => one.coded.kind !== 'person' && one.coded.kind !== 'unknown' && !one.mentions.at(-1)!.plural,
    );
    return (form === 'its' ? fits : fits.filter((one) => !isClauseMate(mention, one, sentence))).slice(0, 1);
  }
  // Whoever signs an official statement speaks for the state.
  if (/^(?:we|us|ours?|i|me|my)$/.test(form)) return voice ? [voice] : [];
  // they, both: the last coordination of actors, else the last group.
  const pair = pairBefore(mention.tree, mention.head, candidates);
  if (pair.length > 1) return pair;
  if (together && sentence - together.sentence <= 4) return together.meant;
  if (form === 'both')
    return candidates.filter(isPerson).slice(0, 2).length === 2 ? candidates.filter(isPerson).slice(0, 2) : [];
  return candidates.filter((one) => one.mentions.at(-1)!.plural || one.coded.kind === 'group').slice(0, 1);
}

/** Whose "its" is: the subject's of its own verb, else the state's or body's named last before it in the sentence. */
function nearestThing(mention: Mention, candidates: readonly Someone[]): Someone | undefined {
  const { tree, head } = mention;
  const here = candidates
    .flatMap((one) =>
      one.mentions
        .filter((other) => other.tree === tree && other.head.index < head.index)
        .map((other) => ({ one, other })),
    )
    .filter(({ one }) => one.coded.kind !== 'person' && one.coded.kind !== 'unknown')
    .sort((a, b) => b.other.head.index - a.other.head.index);
  let verb = headOf(tree, head);
  while (verb && verb.upos !== 'VERB') verb = headOf(tree, verb);
  const subjects = verb ? surfaceSubjects(tree, verb, 0) : [];
  return (here.find(({ other }) => subjects.includes(other.head)) ?? here[0])?.one;
}

/** "its neighbor": the state named last beside the one whose neighbour it is. */
function neighbourOf(mention: Mention, candidates: readonly Someone[]): Someone | undefined {
  const owner = nearestThing(mention, candidates);
  return candidates.find((one) => isState(one) && one !== owner);
}

/** "X and Y … they": all who were named side by side before it in the sentence. */
function pairBefore(tree: Tree, before: Token, candidates: readonly Someone[]): readonly Someone[] {
  const here = candidates.filter(
    (one) => one.mentions.at(-1)!.tree === tree && one.mentions.at(-1)!.head.index < before.index,
  );
  for (const candidate of here) {
    const heads = coordinated(tree, candidate.mentions.at(-1)!.head);
    const all = here.filter((one) => heads.includes(one.mentions.at(-1)!.head));
    if (all.length > 1) return all;
  }
  return [];
}

/** A subject and an object of one verb are not the same unless the words say so ("himself"). */
function isClauseMate(mention: Mention, someone: Someone, sentence: number): boolean {
  const last = someone.mentions.at(-1)!;
  if (someone.lastSentence !== sentence || last.tree !== mention.tree) return false;
  return last.head.head === mention.head.head && mention.head.relation !== 'nmod:poss';
}

type Introduce = (key: string, name: string, coded: CodedActor) => Someone;

/** "the two leaders", "both countries": the last so many that fit, or the states of the last persons. */
function collectiveMeaning(
  mention: Mention,
  candidates: readonly Someone[],
  world: World,
  introduce: Introduce,
): readonly Someone[] | undefined {
  if (mention.form !== 'nominal' || !mention.plural) return undefined;
  const { tree, head } = mention;
  const lemma = head.lemma.toLowerCase();
  const count = numberOf(tree, head);
  const fits = GROUP_NOUNS.find(([words]) => words.split(' ').includes(lemma))?.[1];
  if (!fits || !mention.definite || mention.coded?.country) return undefined;
  const wanted = count ?? 2;
  const all = candidates.filter(fits);
  // A role that only some hold ("the two ambassadors") goes before mere nearness.
  const held = all.filter(
    (one) =>
      lemma !== 'leader' &&
      (one.coded.office?.toLowerCase().includes(lemma) ||
        one.mentions.some((other) => other.head.lemma.toLowerCase() === lemma)),
  );
  const chosen = (held.length >= wanted ? held : all).slice(0, wanted);
  if (fits !== isState && chosen.length >= 2) return chosen;
  if (fits === isState) {
    // "the two sides" are those the document is about, spoken of by state or by person alike.
    const countries = byFrequency(candidates.flatMap((one) => one.mentions.map(() => one.coded.country)));
    if (countries.length >= 2)
      return countries.slice(0, wanted).map((code) => {
        const name = world.country(code)?.name ?? code;
        return introduce(`state ${code}`, name, world.codePhrase([name], null));
      });
  }
  return count === undefined ? undefined : [];
}

function byFrequency(codes: readonly (string | null)[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const code of codes) if (isCountryCode(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
}

function numberOf(tree: Tree, head: Token): number | undefined {
  const number = dependent(tree, head, 'nummod', 'det');
  if (number?.lemma === 'two' || number?.form === '2' || number?.lemma === 'both') return 2;
  if (number?.lemma === 'three' || number?.form === '3') return 3;
  return tree.children[head.index]!.some((child) => child.form.toLowerCase() === 'both') ? 2 : undefined;
}

function nounMeaning(
  mention: Mention,
  byLastWord: ReadonlyMap<string, readonly Someone[]>,
  candidates: readonly Someone[],
  introduce: Introduce,
): Someone | undefined {
  const coded = mention.coded!;
  const { tree, head } = mention;
  const lemma = head.lemma.toLowerCase();
  if (bare(head.relation) === 'appos') {
    // "Ana Lima, the foreign minister,": one person in two phrases.
    const above = headOf(tree, head);
    const named = candidates.find((one) => one.mentions.at(-1)?.head === above);
    const both = mention.form === 'name' && named?.mentions.at(-1)?.form === 'name';
    const naming = mention.form === 'name';
    const other =
      naming && named?.mentions.some(({ form }) => form === 'name') && !endsWithName(named.name, wordsOf(mention));
    if (named && !both && !other && named.coded.kind === coded.kind) {
      if (naming) named.name = wordsOf(mention);
      named.coded = naming ? { ...enrich(named.coded, coded), name: coded.name } : enrich(named.coded, coded);
      return named;
    }
  }
  const words = wordsOf(mention);
  if (coded.entity) {
    const key = coded.kind === 'state' && coded.country ? `state ${coded.country}` : `entity ${coded.entity.id}`;
    const someone = introduce(key, coded.name || words, coded);
    someone.coded = enrich(someone.coded, coded);
    return someone;
  }
  if (mention.form === 'name') {
    const last = words.split(' ').at(-1)!;
    const known = byLastWord.get(lastWordOf(words))?.find((one) => endsWithName(one.name, words));
    if (known) {
      known.coded = enrich(known.coded, coded);
      return known;
    }
    const someone = introduce(
      `name ${words.toLowerCase()}`,
      words,
      coded.kind === 'unknown' ? namedKind(mention, coded) : coded,
    );
    if (words === last) return someone;
    return someone;
  }
  if (mention.definite && !mention.plural) {
    const rank = rankOf(words);
    // Of several presidents the one whose country the sentence has just spoken of: "The White House … the president".
    const spoken = new Set(
      candidates.filter((one) => one.mentions.at(-1)!.tree === tree).map((one) => one.coded.country),
    );
    const held = [
      ...candidates.filter(
        (one) =>
          isCountryCode(one.coded.country) && spoken.has(one.coded.country) && one.mentions.at(-1)!.tree !== tree,
      ),
      ...candidates,
    ].find(
      (one) =>
        one.coded.kind === coded.kind &&
        (!coded.country || !one.coded.country || coded.country === one.coded.country) &&
        ((one.coded.office?.toLowerCase().split(/\W+/).includes(lemma) && rankOf(one.coded.office) === rank) ||
          one.mentions.some((other) => other.head.lemma.toLowerCase() === lemma && rankOf(wordsOf(other)) === rank)),
    );
    if (held) return held;
    if (lemma === 'country' || lemma === 'nation') return candidates.find(isState);
    if (/^(?:neighbou?r|rival|foe)$/.test(lemma)) return neighbourOf(mention, candidates);
  }
  return introduce(`noun ${coded.country ?? ''} ${words.toLowerCase()}`, words, coded);
}

/** "vice" of "the vice president", who is no president. */
function rankOf(title: string): string | undefined {
  return /\b(?:vice|deputy|assistant|under|first lady)\b/i.exec(title)?.[0].toLowerCase();
}

function wordsOf({ tree, span }: Mention): string {
  return tree.tokens
    .filter((token) => contains(span, token))
    .map((token) => token.form)
    .join(' ');
}

function lastWordOf(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1).toLowerCase();
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
