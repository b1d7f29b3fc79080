import type { Token } from '../nlp/sentence.ts';
import type { Span } from '../source/span.ts';
import type { ActorKind } from '../world/actor.ts';
import type { CodedActor } from '../world/phrase.ts';
import type { World } from '../world/world.ts';
import { findNames, type Named, surnamesIn } from './names.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependents, feature, headOf, tokensSpan } from './tree.ts';

/** A noun phrase or pronoun that can be an actor. */
export interface Mention {
  readonly tree: Tree;
  readonly head: Token;
  /** The words that name it: "Vladimir Putin", "Russian forces", "they". */
  readonly span: Span;
  /** The same with title and modifiers: "Russian President Vladimir Putin". */
  readonly phrase: Span;
  /** `adjective` is a state's ("Russian" in "Russian sanctions"): it says whose, and names only where nothing else does. */
  readonly form: 'name' | 'nominal' | 'pronoun' | 'adjective';
  /** What the words alone say; `undefined` for pronouns. */
  readonly coded: CodedActor | undefined;
  readonly plural: boolean;
  /** True when the words introduce nobody: "the president", "both sides", "his counterpart". */
  readonly definite: boolean;
}

const PRONOUNS = new Set(
  'he him his she her hers they them their theirs it its both we us our ours i me my'.split(' '),
);
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
const DEFINITE = new Set(['the', 'this', 'that', 'these', 'those', 'both', 'its', 'his', 'her', 'their', 'our']);

/**
 * All mentions of a document, sentence by sentence: names with their titles, noun phrases that `world` knows as actors,
 * and personal pronouns. Words of a time expression are none.
 *
 * @param on the document's date, for offices; `null` when unknown
 * @param dated tokens of time expressions, which are in no name
 */
export function findMentions(
  trees: readonly Tree[],
  world: World,
  on: string | null,
  dated: ReadonlySet<Token>,
): readonly (readonly Mention[])[] {
  const surnames = surnamesIn(trees, world);
  return trees.map((tree) => mentionsIn(tree, world, on, dated, surnames));
}

function mentionsIn(
  tree: Tree,
  world: World,
  on: string | null,
  dated: ReadonlySet<Token>,
  surnames: ReadonlySet<string>,
): readonly Mention[] {
  const forms = tree.tokens.map((token) => token.form);
  const names = findNames(tree, world, dated, surnames);
  const covered = new Map<number, Named>();
  for (const name of names) for (let i = name.start; i <= name.last; i++) covered.set(i, name);

  const mentions: Mention[] = [];
  const nouns = new Set<Token>();
  for (const token of tree.tokens) {
    if (dated.has(token) || covered.has(token.index)) continue;
    const mention = pronounMention(tree, token) ?? nounMention(tree, token, forms, world, on);
    if (!mention) continue;
    mentions.push(mention);
    nouns.add(token);
  }
  for (const name of names) {
    const mention = nameMention(tree, name, forms, nouns, world, on);
    if (mention) mentions.push(mention);
  }
  return mentions.sort((a, b) => a.phrase.from - b.phrase.from || b.phrase.to - a.phrase.to);
}

function pronounMention(tree: Tree, token: Token): Mention | undefined {
  if (token.upos !== 'PRON' && !(token.upos === 'DET' && bare(token.relation) !== 'det')) return undefined;
  const form = token.form.toLowerCase();
  if (!PRONOUNS.has(form)) return undefined;
  const plural = /^(?:they|them|their|theirs|both|we|us|our|ours)$/.test(form);
  return { tree, head: token, span: token, phrase: token, form: 'pronoun', coded: undefined, definite: true, plural };
}

function nameMention(
  tree: Tree,
  name: Named,
  forms: readonly string[],
  nouns: ReadonlySet<Token>,
  world: World,
  on: string | null,
): Mention | undefined {
  const head = topOf(tree, name.start, name.last);
  const governor = headOf(tree, head);
  const relation = bare(head.relation);
  // "US officials" is one actor; "US sanctions" leaves the US as the one behind an act.
  const several = dependents(tree, head, 'conj').length > 0 || relation === 'conj';
  const modifies = relation === 'compound' || relation === 'amod' || head.relation === 'nmod:desc';
  if (modifies && governor && nouns.has(governor) && !several) return undefined;
  const told = world.codePhrase(forms.slice(name.start, name.last + 1), on);
  // "Kenyan President Ada Oyoo": the title must not make her the president that the tables know.
  const other =
    name.kind === 'person' &&
    told.entity?.kind === 'person' &&
    !world.lookUp(words(tree, name.first, name.last)).some((one) => one.entity === told.entity);
  const coded = other ? { ...told, entity: null, wikidata: null, name: words(tree, name.first, name.last) } : told;
  const untitled = name.kind !== 'person' || (name.first === name.start && name.first === name.last);
  const place =
    untitled &&
    coded.entity === null &&
    (name.kind === 'place' || world.place(forms.slice(name.first, name.last + 1).join(' ')).length > 0);
  if (place || (coded.entity === null && name.kind === undefined)) return undefined;
  return {
    tree,
    head,
    span: tokensSpan(tree, name.first, name.last),
    phrase: tokensSpan(tree, name.start, name.last),
    form: isAdjective(name, forms, world) ? 'adjective' : 'name',
    coded:
      coded.entity === null
        ? { ...coded, name: words(tree, name.first, name.last), kind: unlistedKind(name, coded) }
        : coded,
    plural: false,
    definite: false,
  };
}

/** What someone is whom no table lists: what the language room says of the name, else what the title says. */
function unlistedKind(name: Named, coded: CodedActor): CodedActor['kind'] {
  if (name.kind === 'person') return 'person';
  return coded.kind === 'unknown' ? 'body' : coded.kind;
}

function isAdjective(name: Named, forms: readonly string[], world: World): boolean {
  const match = name.kind === undefined ? world.longestMatch(forms, name.first) : undefined;
  return match?.candidates[0]?.use === 'adjective' && name.first + match.length - 1 === name.last;
}

function words(tree: Tree, first: number, last: number): string {
  return tree.tokens
    .slice(first, last + 1)
    .map((token, i) => (i > 0 && tree.tokens[first + i - 1]!.to < token.from ? ` ${token.form}` : token.form))
    .join('');
}

/** The token of a stretch whose head lies outside it. */
function topOf(tree: Tree, first: number, last: number): Token {
  const stretch = tree.tokens.slice(first, last + 1);
  return stretch.find((token) => token.head < first || token.head > last) ?? stretch[0]!;
}

function nounMention(
  tree: Tree,
  token: Token,
  forms: readonly string[],
  world: World,
  on: string | null,
): Mention | undefined {
  if (token.upos !== 'NOUN' && token.upos !== 'PROPN') return undefined;
  if (bare(token.relation) === 'compound' || bare(token.relation) === 'flat') return undefined;
  const [first, last] = phraseOf(tree, token);
  const complement = dependents(tree, token, 'nmod').find(
    (child) => child.index > token.index && casing(tree, child) === 'of' && tree.first[child.index] === last + 1,
  );
  const codedLast = complement ? phraseOf(tree, complement)[1] : last;
  const coded = world.codePhrase(forms.slice(first, codedLast + 1), on);
  const kind = roleKind(forms, first, last, world);
  const side = coded.country !== null && COUNTRY_SIDES.has(token.lemma);
  if (!side && !isCollective(token, forms.slice(first, last + 1)) && (kind === undefined || kind === 'unknown'))
    return undefined;
  const phrase = tree.tokens.slice(first, last + 1);
  const start = phrase.find((word) => word.upos !== 'DET' && word.upos !== 'PUNCT') ?? token;
  return {
    tree,
    head: token,
    span: tokensSpan(tree, start.index, last),
    phrase: tokensSpan(tree, first, codedLast),
    form: 'nominal',
    coded,
    plural: feature(token, 'Number') === 'Plur',
    // A title without a name, written as one ("the Secretary and Chancellor"), means someone known.
    definite:
      token.upos === 'PROPN' ||
      phrase.some((word) => DEFINITE.has(word.form.toLowerCase())) ||
      dependents(tree, token, 'nmod:poss').some((owner) => owner.upos === 'PRON'),
  };
}

/** The kind of actor that the longest role at the end of a phrase names; `unknown` for places and things. */
function roleKind(forms: readonly string[], first: number, last: number, world: World): ActorKind | undefined {
  for (let from = first; from <= last; from++) {
    const role = world.role(forms.slice(from, last + 1).join(' '));
    if (role) return role.kind;
  }
  return undefined;
}

/** "the two sides", "both countries": a phrase that names nobody but means some named before. */
function isCollective(token: Token, phrase: readonly string[]): boolean {
  return COLLECTIVES.has(token.lemma) && phrase.some((form) => /^(?:two|both|three|2|3)$/i.test(form));
}

/** First and last token of the phrase around a head: its modifiers on the left, the rest of its name on the right. */
function phraseOf(tree: Tree, head: Token): readonly [number, number] {
  let first = head.index;
  let last = head.index;
  for (const child of tree.children[head.index]!) {
    if (!LEFT.has(child.relation) && !LEFT.has(bare(child.relation))) continue;
    if (child.relation === 'nmod:poss' && child.upos === 'PRON') continue;
    if (child.index < head.index) first = Math.min(first, tree.first[child.index]!);
    else if (bare(child.relation) === 'flat' || bare(child.relation) === 'compound')
      last = Math.max(last, tree.last[child.index]!);
  }
  return [first, last];
}
