import type { Token } from '../../nlp/sentence.ts';
import type { Span } from '../../source/span.ts';
import type { Entity } from '../../world/entity.ts';
import type { OfficeKind } from '../../world/office.ts';
import type { CodedActor } from '../../world/phrase.ts';
import type { World } from '../../world/world.ts';
import type { Tree } from '../tree.ts';
import { bare, casing, dependents, headOf, tokensSpan, wordsOf } from '../tree.ts';
import { describedBeside } from './described.ts';
import { isPersonBeside, latentMention } from './latent.ts';
import { findNames, type Named, type NamesMet, namesMet } from './names.ts';
import { nounMention } from './nominals.ts';

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
  /** The mentions that "Hungarian and Romanian officials" is made of; empty where it is one. */
  readonly parts: readonly Mention[];
  /** An actor only where an act is done to it: "shelled Cizre" is towards Turkey. */
  readonly latent?: boolean;
  /** The noun that says who is meant, beside a name, and the name beside such a noun: "Ana Lima, *head* of the coast guard". */
  readonly beside?: Token;
}

const PRONOUNS = new Set(
  'he him his she her hers they them their theirs it its both we us our ours i me my'.split(' '),
);
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
  const met = namesMet(trees, world);
  return trees.map((tree) => mentionsIn(tree, world, on, dated, met));
}

function mentionsIn(
  tree: Tree,
  world: World,
  on: string | null,
  dated: ReadonlySet<Token>,
  met: NamesMet,
): readonly Mention[] {
  const { forms } = tree;
  const names = findNames(tree, world, dated, met, on);
  const covered = new Map<number, Named>();
  for (const name of names) for (let i = name.start; i <= name.last; i++) covered.set(i, name);

  const mentions: Mention[] = [];
  const nouns = new Set<Token>();
  for (const token of tree.tokens) {
    if (dated.has(token) || covered.has(token.index)) continue;
    const mention = pronounMention(tree, token) ?? nounMention(tree, token, forms, world, on);
    const any = mention ?? latentMention(tree, token, world, on);
    if (any) mentions.push(any);
    if (any && !any.latent) nouns.add(token);
  }
  for (const name of names) {
    const mention = nameMention(tree, name, forms, nouns, world, on, met.short);
    if (mention) mentions.push(mention);
  }
  const described = new Map(mentions.flatMap(({ beside, head }) => (beside ? [[beside, head] as const] : [])));
  return mentions
    .map((one) =>
      one.form === 'nominal' && described.has(one.head) ? { ...one, beside: described.get(one.head)! } : one,
    )
    .sort((a, b) => a.phrase.from - b.phrase.from || b.phrase.to - a.phrase.to);
}

/** "The two agreed to meet": a number that stands for those before it. */
function isCounted(tree: Tree, token: Token): boolean {
  return (
    token.upos === 'NUM' &&
    token.form.toLowerCase() === 'two' &&
    bare(token.relation) === 'nsubj' &&
    tree.children[token.index]!.every((child) => child.form.toLowerCase() === 'the') &&
    tree.children[token.index]!.length === 1
  );
}

function pronounMention(tree: Tree, token: Token): Mention | undefined {
  const counted = isCounted(tree, token);
  if (!counted && token.upos !== 'PRON' && !(token.upos === 'DET' && bare(token.relation) !== 'det')) return undefined;
  const form = token.form.toLowerCase();
  if (!counted && !PRONOUNS.has(form)) return undefined;
  const plural = /^(?:two|they|them|their|theirs|both|we|us|our|ours)$/.test(form);
  return {
    tree,
    head: token,
    span: token,
    phrase: token,
    form: 'pronoun',
    coded: undefined,
    definite: true,
    plural,
    parts: [],
  };
}

function nameMention(
  tree: Tree,
  tagged: Named,
  forms: readonly string[],
  nouns: ReadonlySet<Token>,
  world: World,
  on: string | null,
  short: NamesMet['short'],
): Mention | undefined {
  const stands = tagged.first === tagged.last ? short.get(forms[tagged.first]!) : undefined;
  // "the African Union Commission (AUC)" is no other's of that abbreviation.
  const full = stands && world.codePhrase(stands, on).entity !== null ? stands : undefined;
  // "nine billion US dollars" is money, not America's.
  if (CURRENCY.test(forms[tagged.last + 1] ?? '')) return undefined;
  const head = topOf(tree, tagged.start, tagged.last);
  const places = world.place(forms.slice(tagged.first, tagged.last + 1).join(' '));
  // "U.S. military aid" is the state's, not its army's.
  const owned = forms[tagged.last]?.toLowerCase() === 'military' && tagged.last > tagged.first;
  if (owned && /^(?:aid|assistance|support|cooperation|equipment|help)$/.test(forms[tagged.last + 1] ?? ''))
    return nameMention(tree, { ...tagged, last: tagged.last - 1 }, forms, nouns, world, on, short);
  // A place that no table knows and that is "a leading activist" is a person.
  const someone = tagged.kind === 'place' && places.length === 0 && isPersonBeside(tree, head, world);
  const name: Named = someone ? { ...tagged, kind: 'person' } : tagged;
  const governor = headOf(tree, head);
  const relation = bare(head.relation);
  // "US officials" is one actor; "US sanctions" leaves the US as the one behind an act.
  if (isAdjective(name, forms, world) && isLanguage(tree, head)) return undefined;
  const several = dependents(tree, head, 'conj').length > 0 || relation === 'conj';
  const modifies = relation === 'compound' || relation === 'amod' || head.relation === 'nmod:desc';
  if (modifies && governor && nouns.has(governor) && !several) return undefined;
  // "the Berlin Conference", "the Geneva Convention": what is named after a town is not its state's.
  if (modifies && governor && NAMED_AFTER.test(governor.form) && isTown(name, forms, world)) return undefined;
  const told = world.codePhrase([...name.title, ...(full ?? forms.slice(name.first, name.last + 1))], on);
  // "Kenyan President Ada Oyoo": the title must not make her the president that the tables know.
  const other =
    name.kind === 'person' &&
    told.entity?.kind === 'person' &&
    ((name.first === name.last && isOtherOffice(name.title, told.entity, world)) ||
      isSeatedOther(name.title, told.entity, world) ||
      !world.lookUp(wordsOf(tree, name.first, name.last)).some((one) => one.entity === told.entity));
  // "ABC-XYZ" is no ABC that the tables know.
  const joined =
    told.entity !== null &&
    name.kind !== undefined &&
    forms.slice(name.first, name.last).includes('-') &&
    !world.lookUp(wordsOf(tree, name.first, name.last)).some((one) => one.entity === told.entity);
  if (joined && told.entity?.kind !== 'person') {
    const coded = { ...world.codePhrase(name.title, on), name: wordsOf(tree, name.first, name.last) };
    const span = tokensSpan(tree, name.first, name.last);
    const called = { ...coded, kind: unlistedKind(name, coded) };
    return { tree, head, span, phrase: span, form: 'name', coded: called, plural: false, definite: false, parts: [] };
  }
  // Whose namesake someone is says nothing of them; their title does.
  const said = other ? world.codePhrase(name.title, on) : told;
  const coded = other ? { ...said, entity: null, wikidata: null, name: wordsOf(tree, name.first, name.last) } : told;
  const untitled = name.kind !== 'person' || (name.title.length === 0 && name.first === name.last);
  const place = untitled && coded.entity === null && (name.kind === 'place' || places.length > 0);
  const span = tokensSpan(tree, name.first, name.last);
  if (place) {
    const country = places[0]?.country;
    const state = country && world.country(country)?.name;
    if (!state) return undefined;
    const town = { tree, head, span, phrase: span, form: 'name', plural: false, definite: false, parts: [] } as const;
    return { ...town, coded: world.codePhrase([state], on), latent: true };
  }
  if (coded.entity === null && name.kind === undefined) return undefined;
  const titled = name.title.length > 0 ? world.codePhrase(name.title, on).country : null;
  const person = coded.kind === 'person' || name.kind === 'person';
  const described = person ? describedBeside(tree, name.start, name.last, world) : undefined;
  return {
    tree,
    head,
    span,
    phrase: tokensSpan(tree, name.start, name.last),
    form: isAdjective(name, forms, world) ? 'adjective' : 'name',
    coded:
      coded.entity === null
        ? {
            ...coded,
            // "Secretary Paris" is not from there.
            country:
              name.kind === 'person'
                ? (titled ?? countryBeside(tree, head, name, world) ?? described?.coded.country ?? null)
                : coded.country,
            sectors: coded.sectors.length > 0 ? coded.sectors : (described?.coded.sectors ?? []),
            name: wordsOf(tree, name.first, name.last),
            kind: unlistedKind(name, coded),
          }
        : coded,
    plural: false,
    definite: false,
    parts: [],
    ...(described && { beside: described.noun }),
  };
}

/** "Foreign Minister Hussein" is no Hussein who never led a foreign ministry. */
function isOtherOffice(title: readonly string[], entity: Entity, world: World): boolean {
  const offices = title.flatMap((_, from) => world.role(title.slice(from).join(' '))?.office ?? []);
  const [office] = offices;
  return office !== undefined && TOP.has(office) && !entity.tenures.some(({ kind }) => kind === office);
}
/** "Labour MP Jo Berg" is no ambassador of that name. */
function isSeatedOther(title: readonly string[], entity: Entity, world: World): boolean {
  const seated = title.some((_, from) => world.role(title.slice(from).join(' '))?.sectors[0] === 'LEG');
  return seated && entity.tenures.every(({ kind }) => kind === 'ambassador' || kind === 'envoy');
}

const TOP = new Set<OfficeKind>(['foreign-minister', 'defence-minister', 'head-of-government']);

/** A town, be it a capital that stands for its government elsewhere. */
function isTown({ first, last }: Named, forms: readonly string[], world: World): boolean {
  const words = forms.slice(first, last + 1).join(' ');
  return world.place(words).length > 0 && !world.lookUp(words).some(({ use }) => use === 'name');
}

const NAMED_AFTER =
  /^(?:Conference|Summit|Process|Declaration|Agreements?|Accords?|Protocols?|Conventions?|Treaty|Principles|Format|Compact|Forum|Statement|Charter|Framework|Plan|Memorandum|Consensus|Group|Dialogue)$/;

const CURRENCY = /^(?:[$€£¥]\d*|dollars?|rubles?|roubles?|francs?|pesos?|rupees?|lari|pounds?)$/i;

/** The state that owns or describes the title beside a name: "Niger's ambassador Ana Lima", "the Lao junior envoy Bo Ha". */
function countryBeside(tree: Tree, head: Token, name: Named, world: World): string | null {
  const { forms } = tree;
  const title = /^(?:appos|flat|compound)/.test(head.relation) ? headOf(tree, head) : undefined;
  for (const noun of title ? [head, title] : [head]) {
    const state = dependents(tree, noun, 'nmod:poss', 'amod', 'compound')
      .filter((one) => one.index < name.first && one.upos !== 'PRON')
      .map((one) => world.longestMatch(forms, tree.first[one.index]!)?.candidates[0]?.entity)
      .find((entity) => entity?.kind === 'state');
    if (state) return state.country;
  }
  // "Florida Governor Ana Lima", "Lagos police chief Jo Berg"
  const before = name.title.some((word) => LOCAL.test(word)) ? (forms[name.start - 1] ?? '') : '';
  const [region] = /^\p{Lu}/u.test(before) ? world.place(before) : [];
  if (region) return region.country;
  // "King Ola of Norway", "Ana Lima of Lagos, Nigeria"; "In Norway, she will meet Prime Minister Ana Lima"
  if (forms[name.last + 1] === 'of') {
    const town = forms[name.last + 3] === ',' ? stateAt(forms, name.last + 4, world) : undefined;
    return (stateAt(forms, name.last + 2, world) ?? town)?.country ?? null;
  }
  const there =
    forms[0] === 'In' && name.title.some((word) => HOLDING.test(word)) ? stateAt(forms, 1, world) : undefined;
  return there && forms[there.end] === ',' ? there.country : null;
}

/** Offices of a region or a town, which stands before them: a "Commerce Minister" is of no town of that name. */
const LOCAL = /^(?:governor|mayor|senator|sheriff|congress(?:man|woman)|police|councill?or)$/i;

/** Offices that foreigners hold under these names. */
const HOLDING = /^(?:Minister|President|Premier|Chancellor|King|Queen|Emir|Sultan)s?$/;

/** The state that is named at a token, "the" aside, and where its name ends. */
function stateAt(
  forms: readonly string[],
  at: number,
  world: World,
): { readonly country: string | null; readonly end: number } | undefined {
  const first = forms[at] === 'the' ? at + 1 : at;
  const match = world.longestMatch(forms, first);
  const entity = match?.candidates[0]?.entity;
  return match && entity?.kind === 'state' ? { country: entity.country, end: first + match.length } : undefined;
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

/** "Said in French and English", "speaks Spanish": a language is nobody's. */
function isLanguage(tree: Tree, head: Token): boolean {
  const first = head.relation === 'conj' ? (headOf(tree, head) ?? head) : head;
  if (dependents(tree, first, 'det').length > 0) return false;
  const governor = headOf(tree, first);
  if (bare(first.relation) === 'obj') return LANGUAGES.has(governor?.lemma ?? '');
  return /^(?:obl|nmod)/.test(first.relation) && /^(?:in|into|from)$/.test(casing(tree, first));
}
const LANGUAGES = new Set('speak learn teach study translate write read'.split(' '));

/** The token of a stretch whose head lies outside it. */
function topOf(tree: Tree, first: number, last: number): Token {
  const stretch = tree.tokens.slice(first, last + 1);
  return stretch.find((token) => token.head < first || token.head > last) ?? stretch[0]!;
}
