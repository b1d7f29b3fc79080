import type { Token } from '../nlp/sentence.ts';
import type { Span } from '../source/span.ts';
import type { CodedActor } from '../world/phrase.ts';
import type { World } from '../world/world.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependent, dependents, feature, headOf, tokensSpan } from './tree.ts';

/** A noun phrase or pronoun that can be an actor. */
export interface Mention {
  readonly tree: Tree;
  readonly head: Token;
  /** The words that name it: "Vladimir Putin", "Russian forces", "they". */
  readonly span: Span;
  /** The same with title and modifiers: "Russian President Vladimir Putin". */
  readonly phrase: Span;
  readonly form: 'name' | 'nominal' | 'pronoun';
  /** What the words alone say; `undefined` for pronouns. */
  readonly coded: CodedActor | undefined;
  readonly plural: boolean;
  /** True when the words do not introduce anyone: "the president", "both sides", "his counterpart". */
  readonly definite: boolean;
}

const PRONOUNS = new Set('he him his she her hers they them their theirs it its we us our both'.split(' '));
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
const INNER = new Set(['compound', 'flat', 'fixed', 'goeswith', 'punct', 'case', 'mark', 'amod']);
/** Nouns that are an actor only through the country beside them: "the Russian side". */
const COUNTRY_SIDES = new Set(['side', 'team', 'delegation', 'leadership', 'camp', 'party']);
const DEFINITE = new Set(['the', 'this', 'that', 'these', 'those', 'both', 'its', 'his', 'her', 'their']);

/**
 * All mentions of a sentence, in order: names, noun phrases that `world` knows as actors, and personal pronouns.
 *
 * @param on the document's date, for offices; `null` when unknown
 */
export function findMentions(tree: Tree, world: World, on: string | null): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const token of tree.tokens) {
    const mention = mentionAt(tree, token, world, on);
    if (mention) mentions.push(mention);
  }
  const actors = new Set(mentions.map((mention) => mention.head));
  const states = tree.tokens.flatMap((token) => adjectiveMention(tree, token, actors, world, on) ?? []);
  return states.length === 0 ? mentions : [...mentions, ...states].sort((a, b) => a.head.index - b.head.index);
}

/**
 * "Russian" in "Russian sanctions": the state behind an act that is no actor itself. Also "Hungarian and Romanian
 * officials", two parties in one phrase.
 */
function adjectiveMention(
  tree: Tree,
  token: Token,
  actors: ReadonlySet<Token>,
  world: World,
  on: string | null,
): Mention | undefined {
  if (token.upos !== 'ADJ' && token.upos !== 'PROPN') return undefined;
  if (!/^\p{Lu}/u.test(token.form) || actors.has(token)) return undefined;
  let head = headOf(tree, token);
  const conjunct = bare(token.relation) === 'conj' ? head : undefined;
  if (conjunct) head = headOf(tree, conjunct);
  const relation = bare((conjunct ?? token).relation);
  if (!head || (relation !== 'amod' && relation !== 'compound')) return undefined;
  const several = conjunct !== undefined || dependent(tree, token, 'conj') !== undefined;
  if (actors.has(head) && !several) return undefined;
  const coded = world.codePhrase([token.form], on);
  if (!coded.country || coded.kind !== 'state') return undefined;
  return { tree, head: token, span: token, phrase: token, form: 'name', coded, plural: false, definite: false };
}

function mentionAt(tree: Tree, token: Token, world: World, on: string | null): Mention | undefined {
  if (token.upos === 'PRON' || (token.upos === 'DET' && bare(token.relation) !== 'det')) {
    if (!PRONOUNS.has(token.form.toLowerCase())) return undefined;
    return {
      ...{ tree, head: token, span: token, phrase: token, form: 'pronoun', coded: undefined, definite: true },
      plural: /^(they|them|their|theirs|we|us|our|both)$/i.test(token.form),
    };
  }
  if (token.upos !== 'NOUN' && token.upos !== 'PROPN') return undefined;
  if (INNER.has(bare(token.relation))) return modifierMention(tree, token, world, on);

  const [first, last] = phraseOf(tree, token);
  const words = tree.tokens.slice(first, last + 1);
  const complement = dependents(tree, token, 'nmod').find(
    (child) => child.index > token.index && casing(tree, child) === 'of' && tree.first[child.index] === last + 1,
  );
  const codedLast = complement ? phraseOf(tree, complement)[1] : last;
  const coded = world.codePhrase(
    tree.tokens.slice(first, codedLast + 1).map((word) => word.form),
    on,
  );
  const name = nameInside(tree, first, last);
  const known = coded.entity !== null || coded.sectors.length > 0 || (coded.country !== null && COUNTRY_SIDES.has(token.lemma));
  if (!known && !name) return undefined;
  const start = words.find((word) => word.upos !== 'DET' && word.upos !== 'PUNCT') ?? token;
  const named = name ?? (token.upos === 'PROPN' ? { first: start.index, last } : undefined);
  return {
    tree,
    head: token,
    span: named ? tokensSpan(tree, named.first, named.last) : tokensSpan(tree, start.index, last),
    phrase: tokensSpan(tree, first, codedLast),
    form: named ? 'name' : 'nominal',
    coded,
    plural: feature(token, 'Number') === 'Plur' || dependent(tree, token, 'conj') !== undefined,
    definite: !named && words.some((word) => DEFINITE.has(word.form.toLowerCase())),
  };
}

/** "US" in "US sanctions": a name that modifies a noun and is an actor of its own. */
function modifierMention(tree: Tree, token: Token, world: World, on: string | null): Mention | undefined {
  const head = headOf(tree, token);
  if (bare(token.relation) !== 'compound' || token.upos !== 'PROPN' || !head || head.upos !== 'NOUN') return undefined;
  const coded = world.codePhrase([token.form], on);
  if (!coded.entity) return undefined;
  return { tree, head: token, span: token, phrase: token, form: 'name', coded, plural: false, definite: false };
}

/** First and last token of the phrase around a head: its modifiers on the left, the rest of its name on the right. */
function phraseOf(tree: Tree, head: Token): readonly [number, number] {
  let first = head.index;
  let last = head.index;
  for (const child of tree.children[head.index]!) {
    const close = LEFT.has(child.relation) || LEFT.has(bare(child.relation));
    if (!close) continue;
    if (child.relation === 'nmod:poss' && child.upos === 'PRON') continue;
    if (child.index < head.index) first = Math.min(first, tree.first[child.index]!);
    else if (bare(child.relation) === 'flat' || bare(child.relation) === 'compound')
      last = Math.max(last, tree.last[child.index]!);
  }
  return [first, last];
}

function nameInside(tree: Tree, first: number, last: number): { first: number; last: number } | undefined {
  const names = tree.sentence.names.filter((name) => name.first >= first && name.last <= last && name.kind !== 'other');
  return names.find((name) => name.kind === 'person') ?? names.find((name) => name.last === last);
}
