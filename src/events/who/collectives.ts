import type { Token } from '../../nlp/sentence.ts';
import { isCountryCode } from '../../world/actor.ts';
import type { World } from '../../world/world.ts';
import { dependent, type Tree } from '../tree.ts';
import type { Mention } from './mentions.ts';
import { inField, sameRank, titlesBefore, wordsOf } from './nouns.ts';
import { type Introduce, isPrincipal, isState, type Someone } from './someone.ts';

const GROUP_NOUNS: readonly (readonly [string, (someone: Someone) => boolean])[] = [
  [
    'leader president counterpart man minister premier politician official statesman chancellor king woman pair duo ambassador envoy diplomat secretary',
    isPrincipal,
  ],
  ['country nation state government side neighbor neighbour capital', isState],
];

/** "the two leaders", "both countries": the last so many that fit, or the states of the last persons. */
export function collectiveMeaning(
  mention: Mention,
  candidates: readonly Someone[],
  world: World,
  introduce: Introduce,
  together: readonly Someone[],
): readonly Someone[] | undefined {
  if (mention.form !== 'nominal' || !mention.plural) return undefined;
  const { tree, head } = mention;
  const lemma = head.lemma.toLowerCase();
  const count = numberOf(tree, head);
  const fits = GROUP_NOUNS.find(([words]) => words.split(' ').includes(lemma))?.[1];
  if (!fits || !mention.definite || mention.coded?.country) return undefined;
  const stateOf = (code: string): Someone => {
    const name = world.country(code)?.name ?? code;
    return introduce(`state ${code}`, name, world.codePhrase([name], null));
  };
  // "their governments" are those of them whose countries are known, "her allies" nobody's.
  const owner = fits === isState && count === undefined ? dependent(tree, head, 'nmod:poss') : undefined;
  if (owner) {
    const owners = candidates.filter((one) => one.mentions.at(-1)!.head === owner);
    const states = [...new Set(owners.map((one) => one.coded.country))].filter(isCountryCode);
    return OWN.has(lemma) && states.length > 1 ? states.map(stateOf) : undefined;
  }
  // "the countries that help": said which they are, and none of those before.
  if (fits === isState && count === undefined && dependent(tree, head, 'acl:relcl')) return undefined;
  const wanted = count ?? 2;
  const words = wordsOf(mention).toLowerCase().split(' ');
  // "The two leaders" are those who have just met, if they are so many.
  if (fits !== isState && together.length === wanted && together.every(fits)) return together;
  // "The foreign ministers" are all who met, however many.
  const assembled = count === undefined && fits !== isState && together.length > 2 && together.every(fits);
  if (assembled && together.every((one) => lemma === 'leader' || isOffice(one.coded.office, lemma, words)))
    return together;
  const all = candidates.filter(fits);
  // A role that only some hold ("the two ambassadors") goes before mere nearness.
  const held = all.filter(
    (one) =>
      lemma !== 'leader' &&
      (isOffice(one.coded.office, lemma, words) || one.mentions.some((other) => isCalled(other, lemma, words))),
  );
  // "the energy ministers", whoever they are: no two others will do.
  if (count === undefined && OFFICES.has(lemma) && held.length < wanted) return undefined;
  // "The energy ministers" of a sentence with three are all three.
  const here = held.filter((one) => one.lastSentence === held[0]!.lastSentence);
  const many = count === undefined && OFFICES.has(lemma) && here.length > wanted;
  const chosen = many ? here : (held.length >= wanted ? held : all).slice(0, wanted);
  if (fits !== isState && chosen.length >= 2) return chosen;
  if (fits === isState) {
    // "the two sides" are those the document is about, spoken of by state or by person alike.
    const countries = byFrequency(candidates.flatMap((one) => one.mentions.map(() => one.coded.country)));
    if (countries.length >= 2) return countries.slice(0, wanted).map(stateOf);
  }
  return count === undefined ? undefined : [];
}

/** What states are called by those who are of them. */
const OWN = new Set(['country', 'nation', 'state', 'government', 'capital']);
/** Nouns that name one office: those who do not hold it are not meant. */
const OFFICES = new Set('president minister premier chancellor king ambassador envoy secretary'.split(' '));

/** "The energy ministers" are neither prime ministers nor those of trade. */
function isOffice(office: string | null, lemma: string, words: readonly string[]): boolean {
  const own = office?.toLowerCase().split(/\W+/) ?? [];
  return own.includes(lemma) && sameRank(words, own) && inField(words, own);
}

function isCalled(mention: Mention, lemma: string, words: readonly string[]): boolean {
  const titles = titlesBefore(mention);
  const told = titles.length > 0 ? titles : [wordsOf(mention).toLowerCase().split(' ')];
  return (
    told.some((title) => title.includes(lemma) && sameRank(words, title) && inField(words, title)) ||
    (titles.length === 0 && mention.head.lemma.toLowerCase() === lemma)
  );
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
