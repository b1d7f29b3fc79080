import type { Token } from '../../nlp/sentence.ts';
import type { ActorKind } from '../../world/actor.ts';
import type { CodedActor } from '../../world/phrase.ts';
import type { World } from '../../world/world.ts';
import type { Tree } from '../tree.ts';
import { bare, casing, coordinated, dependents, feature, tokensSpan, wordsOf } from '../tree.ts';
import type { Mention } from './mentions.ts';

/** Relations of the words that stand before a noun in its phrase. */
const LEFT = new Set([
  'det',
  'amod',
  'compound',
  'nummod',
  'nmod:poss',
  'nmod:desc',
  'flat',
  'advmod',
  'nmod:unmarked',
  'det:predet',
]);
/** Nouns that are an actor only through the country beside them: "the Russian side". */
const COUNTRY_SIDES = new Set(['side', 'team', 'delegation', 'leadership', 'camp', 'party']);
const COLLECTIVES = new Set(
  'leader president side country nation state government party neighbor neighbour ally capital power rival counterpart man woman minister premier'.split(
    ' ',
  ),
);
/** "a state of emergency" is no state. */
const CONDITIONS = new Set(
  'emergency war affair affairs mind siege shock alert readiness art play calamity'.split(' '),
);
/** Nor is "his mental state". */
const HEALTH = new Set(['mental', 'physical', 'emotional', 'sorry', 'steady', 'solid', 'liquid']);
const DEFINITE = new Set(['the', 'this', 'that', 'these', 'those', 'both', 'its', 'his', 'her', 'their', 'our']);

/**
 * The mention that a common noun heads, if it is an actor: its words say a role, or whose it is. "Hungarian and Romanian
 * officials" has one part for each state.
 */
export function nounMention(
  tree: Tree,
  token: Token,
  forms: readonly string[],
  world: World,
  on: string | null,
): Mention | undefined {
  if (token.upos !== 'NOUN' && token.upos !== 'PROPN') return undefined;
  const beside = isBesideTitle(tree, token);
  if ((bare(token.relation) === 'compound' && !beside) || bare(token.relation) === 'flat') return undefined;
  const [first, last] = phraseOf(tree, token);
  const complement = dependents(tree, token, 'nmod').find(
    (child) => child.index > token.index && casing(tree, child) === 'of' && tree.first[child.index] === last + 1,
  );
  const codedLast = complement ? phraseOf(tree, complement)[1] : last;
  if (token.lemma === 'opposition' && dependents(tree, token, 'nmod').some((child) => casing(tree, child) === 'to'))
    return undefined;
  // "allow justice to unfold"
  if (token.form === 'justice' && dependents(tree, token, 'det', 'amod', 'compound').length === 0) return undefined;
  if (token.lemma === 'state' && dependents(tree, token, 'amod').some((word) => HEALTH.has(word.lemma)))
    return undefined;
  if (complement && token.lemma === 'state' && CONDITIONS.has(complement.lemma)) return undefined;
  // Most nouns are no actors, and the look at the role alone is the cheaper.
  const kind = roleKind(forms, first, last, world);
  const unknown = kind === undefined || kind === 'unknown';
  if (unknown && !COUNTRY_SIDES.has(token.lemma) && !isCollective(token, forms.slice(first, last + 1)))
    return undefined;
  const at: number[] = [];
  for (let i = first; i <= codedLast; i++) if (!isForeign(tree, i, world)) at.push(i);
  // A name beside the office says who holds it: "Qatar's emir, Sheikh Ali" is whoever the tables have.
  const named = dependents(tree, token, 'appos', 'flat').some((name) => name.upos === 'PROPN' && name.index > last);
  const code = (indices: readonly number[], each = false): CodedActor =>
    world.codePhrase(
      indices.map((index) => (each && index === token.index ? token.lemma : forms[index]!)),
      named ? null : on,
    );
  const told = code(at);
  const side = told.country !== null && COUNTRY_SIDES.has(token.lemma);
  if (unknown && !side && !isCollective(token, forms.slice(first, last + 1))) return undefined;
  if (kind === 'person' && isOffice(tree, token, first, last)) return undefined;
  const phrase = tree.tokens.slice(first, last + 1);
  const start = phrase.find((word) => word.upos !== 'DET' && word.upos !== 'PUNCT') ?? token;
  const mention: Mention = {
    tree,
    head: token,
    span: tokensSpan(tree, start.index, last),
    phrase: tokensSpan(tree, first, codedLast),
    form: 'nominal',
    coded: {
      ...told,
      // Words that say nothing of the country are part of the name all the same: "the Syrian-backed militia".
      name: told.entity === null && at.length <= codedLast - first ? wordsOf(tree, first, codedLast) : told.name,
      country: told.country ?? countryAround(tree, token, told, world) ?? countryShared(tree, token, told, world),
    },
    plural: feature(token, 'Number') === 'Plur',
    // A title without a name, written as one ("the Secretary and Chancellor"), means someone known.
    definite:
      (token.upos === 'PROPN' && /^\p{Lu}/u.test(token.form)) ||
      phrase.some((word) => DEFINITE.has(word.form.toLowerCase())) ||
      dependents(tree, token, 'nmod:poss').some((owner) => owner.upos === 'PRON'),
    parts: [],
  };
  return { ...mention, parts: partsOf(mention, at, code, world) };
}

/** "The Secretary and Foreign Minister Ana Lima": with an article, the title before "and" is another person's. */
export function isBesideTitle(tree: Tree, token: Token): boolean {
  if (!/^(?:compound|nmod:desc)$/.test(token.relation) || !/^\p{Lu}/u.test(token.form)) return false;
  return (
    tree.tokens[token.index + 1]?.form === 'and' &&
    /^the$/i.test(tree.tokens[token.index - 1]?.form ?? '') &&
    token.head > token.index + 2
  );
}

/**
 * One mention for each state whose people a plural means: "Hungarian and Romanian officials", "the foreign ministers of
 * Chile and Peru", "Syria and Lebanon's ministers". Each keeps the words that name it.
 */
function partsOf(
  whole: Mention,
  at: readonly number[],
  code: (indices: readonly number[], each?: boolean) => CodedActor,
  world: World,
): readonly Mention[] {
  const { tree, head } = whole;
  if (!whole.plural) return [];
  for (const child of tree.children[head.index]!) {
    const before = child.index < head.index;
    if (!(before ? LEFT.has(child.relation) || LEFT.has(bare(child.relation)) : casing(tree, child) === 'of')) continue;
    const members = coordinated(tree, child);
    if (members.length < 2 || !members.every((member) => ownerAt(tree, member, world))) continue;
    const stretches = members.map((member) => stretchOf(tree, member, members));
    const shared = at.filter((index) => !between(index, stretches) && tree.tokens[index]!.upos !== 'DET');
    // "the presidents of Chile and Peru" are one each, their officials are many.
    const each = SINGLE.test(shared.map((index) => tree.tokens[index]!.lemma).join(' '));
    const own = stretches.map(([from, to]) => tree.tokens.slice(from, to + 1).map((token) => token.index));
    return own.map((words, i) => {
      // The first has the words before it, the last those behind it.
      const from = i === 0 ? Math.min(words[0]!, ...shared.filter((index) => index < words[0]!)) : words[0]!;
      const to = i === own.length - 1 ? Math.max(words.at(-1)!, ...shared) : words.at(-1)!;
      const start = tree.tokens.slice(from, to + 1).find((word) => word.upos !== 'DET') ?? tree.tokens[from]!;
      const span = tokensSpan(tree, start.index, to);
      return {
        ...whole,
        span,
        phrase: span,
        plural: !each,
        coded: code(
          [...shared, ...words].sort((a, b) => a - b),
          each,
        ),
        parts: [],
      };
    });
  }
  return [];
}

const SINGLE =
  /(?:president|premier|chancellor|king|queen|emir|sultan|monarch|pope|\w+ minister|\w+ secretary|minister of \w+)\b/i;

/** First and last token of one of several members, the words between it and the next aside. */
function stretchOf(tree: Tree, member: Token, members: readonly Token[]): readonly [number, number] {
  const inner = tree.tokens.slice(tree.first[member.index]!, tree.last[member.index]! + 1);
  const others = members.filter((other) => other !== member && other.index > member.index);
  const end = Math.min(...others.map((other) => tree.first[other.index]!), inner.at(-1)!.index + 1);
  const own = inner.filter(
    (token) => token.index < end && token.upos !== 'PUNCT' && !['cc', 'case', 'det'].includes(bare(token.relation)),
  );
  return [own[0]?.index ?? member.index, own.at(-1)?.index ?? member.index];
}

function between(index: number, stretches: readonly (readonly [number, number])[]): boolean {
  return index >= stretches[0]![0] && index <= stretches.at(-1)![1];
}

/** The country, people or body that a modifier names: "Hungarian", "Chile", "U.N.". */
function ownerAt(tree: Tree, token: Token, world: World): CodedActor['country'] | 'body' | undefined {
  const forms = tree.tokens.map((one) => one.form);
  for (let from = Math.max(0, token.index - 3); from <= token.index; from++) {
    const match = world.longestMatch(forms, from);
    if (!match || from + match.length <= token.index) continue;
    const entity = match.candidates[0]!.entity;
    return entity.kind === 'person' ? undefined : (entity.country ?? 'body');
  }
  return undefined;
}

/** Prepositions after which someone's country stands: "doctors from Norway", "rebels in Mali". */
const HOME = new Set(['from', 'in', 'of', 'inside', 'at', 'across', 'throughout', 'near']);
/** Who is not of the country they are in: "the embassy in Mali", "peacekeepers in Mali". */
const GUESTS =
  /\b(?:ambassador|envoy|embassy|consul|consulate|diplomat|attaché|attache|mission|peacekeep\w+|tourist|visitor|expatriate|monitor|observer|inspector|negotiator|mediator|delegate|delegation|troop|correspondent)s?\b/i;
/** Clauses that say where someone is or belongs: "refugees fleeing the war in Liberia", "militants loyal to …". */
const BELONGING = new Set(['flee', 'base', 'live', 'escape', 'leave', 'reside', 'station', 'loyal', 'operate']);
const DEPTH = 3;

/** The country that the words behind a noun tell: "refugees fleeing the war in Liberia", "rebels in eastern Mali". */
function countryAround(tree: Tree, head: Token, coded: CodedActor, world: World): string | null {
  if (coded.entity !== null || coded.kind === 'unknown') return null;
  if (
    GUESTS.test(head.form) ||
    /^(?:ministers|presidents|premiers|leaders)$/.test(head.form) ||
    coded.sectors.some((sector) => sector === 'IGO' || sector === 'UNO')
  )
    return null;
  let level = [head];
  for (let depth = 0; depth < DEPTH; depth++) {
    const below = level.flatMap((token) =>
      tree.children[token.index]!.filter(
        (child) =>
          child.index > head.index &&
          (bare(child.relation) === 'nmod'
            ? HOME.has(casing(tree, child))
            : bare(child.relation) === 'acl'
              ? BELONGING.has(child.lemma)
              : token.upos === 'VERB' && (child.relation === 'obj' || HOME.has(casing(tree, child)))),
      ),
    );
    for (const child of below) {
      const country = countryOf(tree, child, world);
      if (country) return country;
    }
    level = below;
  }
  return null;
}

/** "the people and government of Peru": what stands behind the last of them says whose both are. */
function countryShared(tree: Tree, head: Token, coded: CodedActor, world: World): string | null {
  if (coded.entity !== null || coded.kind === 'unknown' || coded.kind === 'person') return null;
  const first = head.relation === 'conj' ? tree.tokens[head.head] : undefined;
  const last = first ? head : dependents(tree, head, 'conj').at(-1);
  const other = first ?? last;
  if (!last || !other || other.upos !== 'NOUN' || tree.tokens[last.index - 1]?.form !== 'and') return null;
  const of = tree.children[other.index]!.find(
    (child) => child.index > last.index && bare(child.relation) === 'nmod' && casing(tree, child) === 'of',
  );
  return of && tree.first[of.index] === last.index + 1 ? (countryOf(tree, of, world) ?? null) : null;
}

/** The country of the phrase around a token: its own name, or the state or place beside it. */
function countryOf(tree: Tree, token: Token, world: World): string | undefined {
  const forms = tree.tokens.map((one) => one.form);
  const from = token.upos === 'PROPN' || token.upos === 'NOUN' ? phraseOf(tree, token)[0] : token.index;
  for (let i = from; i <= token.index; i++) {
    if (isForeign(tree, i, world)) continue;
    const entity = world.longestMatch(forms, i)?.candidates[0]?.entity;
    if (entity && entity.kind !== 'person' && entity.country) return entity.country;
    const place = entity ? undefined : world.placeAt(forms, i)?.places[0];
    if (place?.country) return place.country;
  }
  return undefined;
}

/** Whose help someone has, or whom someone is for or against, is no country of theirs: "Syrian-backed", "pro-Iranian". */
const SPONSORED =
  /^(?:backed|supported|sponsored|trained|funded|armed|supplied|allied|occupied|controlled|brokered|mediated|made|built|aligned|linked)$/i;
const SIDED = /^(?:pro|anti|non)$/i;

function isForeign(tree: Tree, index: number, world: World): boolean {
  const form = tree.tokens[index]!.form;
  const [, left, right] = /^(\p{L}+)-(\p{L}+)$/u.exec(form) ?? [];
  if (left && right && (SPONSORED.test(right) || SIDED.test(left)))
    return world.lookUp(left).length > 0 || SIDED.test(left);
  if (tree.tokens[index + 1]?.form === '-' && SPONSORED.test(tree.tokens[index + 2]?.form ?? '')) return true;
  return tree.tokens[index - 1]?.form === '-' && SIDED.test(tree.tokens[index - 2]?.form ?? '');
}

const LONGEST_ROLE = 12;

/** The kind of actor that the longest role at the end of a phrase names; `unknown` for places and things. */
function roleKind(forms: readonly string[], first: number, last: number, world: World): ActorKind | undefined {
  for (let from = Math.max(first, last - LONGEST_ROLE); from <= last; from++) {
    const role = world.role(forms.slice(from, last + 1).join(' '));
    if (role) return role.kind;
  }
  return undefined;
}

/** "ran for president", "as governor": a bare noun names the office and nobody in it. */
function isOffice(tree: Tree, token: Token, first: number, last: number): boolean {
  if (token.upos !== 'NOUN' || feature(token, 'Number') === 'Plur' || dependents(tree, token, 'det').length > 0)
    return false;
  const bareNoun =
    first === last || tree.tokens.slice(first, last).every(({ upos }) => upos === 'NOUN' || upos === 'ADJ');
  if (!bareNoun) return false;
  return /^(?:as|for|of)$/.test(casing(tree, token)) && !/^\p{Lu}/u.test(token.form);
}

/** "the two sides", "both countries": a phrase that names nobody but means some named before. */
function isCollective(token: Token, phrase: readonly string[]): boolean {
  return COLLECTIVES.has(token.lemma) && phrase.some((form) => /^(?:two|both|three|2|3)$/i.test(form));
}

const COUNTING =
  /^(?:about|nearly|almost|some|least|more|less|most|over|under|around|approximately|roughly|up|at|as|very|then)$/i;

/** First and last token of the phrase around a head: its modifiers on the left, the rest of its name on the right. */
export function phraseOf(tree: Tree, head: Token): readonly [number, number] {
  let first = head.index;
  let last = head.index;
  for (const child of tree.children[head.index]!) {
    if (!LEFT.has(child.relation) && !LEFT.has(bare(child.relation))) continue;
    if (child.relation === 'nmod:poss' && child.upos === 'PRON') continue;
    // "reportedly", "also", "only in": words of the clause that the parser hung on the noun.
    if (child.relation === 'advmod' && !COUNTING.test(child.form)) continue;
    if (child.index < head.index) first = Math.min(first, tree.first[child.index]!);
    else if (bare(child.relation) === 'flat' || bare(child.relation) === 'compound')
      last = Math.max(last, tree.last[child.index]!);
  }
  return [afterArticle(tree, first, head.index), last];
}

/** "On Tuesday, premier Ana Lima speaking to the trade council": whatever the tree hangs on it, a phrase begins at its article. */
function afterArticle(tree: Tree, first: number, head: number): number {
  for (let at = head - 1; at > first; at--) {
    const { upos, form, relation } = tree.tokens[at]!;
    if (
      upos === 'DET' &&
      ARTICLE.test(form) &&
      relation === 'det' &&
      !/^(?:all|both|half|such)$/i.test(tree.tokens[at - 1]!.form)
    )
      return at;
  }
  return first;
}
const ARTICLE = /^(?:the|an?|these|those)$/i;
