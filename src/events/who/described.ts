import type { Token } from '../../nlp/sentence.ts';
import type { CodedActor } from '../../world/phrase.ts';
import type { World } from '../../world/world.ts';
import type { Tree } from '../tree.ts';

/** Who someone is by the words beside their name, and the noun that says it. */
export interface Description {
  readonly noun: Token;
  readonly coded: CodedActor;
}

/** How many words a description has at most. */
const LONGEST = 14;
/** Words of people that name no actor by themselves. */
const CALLED = new Set(
  'head chief rapporteur native resident founder co-founder cofounder author chair chairwoman chairman candidate nominee'.split(
    ' ',
  ),
);
/** What a description goes on with behind its noun: "head *of* Kenya's coast guard", "spokesman *for* the army". */
const LINK = /^(?:of|for|from|at|in|with)$/;
const END = /^(?:[,;:.()—–"“”'‘’]|who|which|whose|whom|that|and|or|but)$/;
/** The mark or word that a description is closed by: "X, the premier said" is none of X. */
const CLOSE = /^(?:[,;:.()—–]|who|which|whose|whom)$/;

/**
 * What is said beside the name of someone whom no table lists, told between commas by the words alone, for trees often hang it
 * elsewhere: "Ana Lima, head of Kenya's coast guard,", "a spokesman for the Kenyan army, Ana Lima,".
 */
export function describedBeside(tree: Tree, first: number, last: number, world: World): Description | undefined {
  return behind(tree, last, world) ?? before(tree, first, last, world);
}

function behind(tree: Tree, last: number, world: World): Description | undefined {
  if (tree.forms[last + 1] !== ',') return undefined;
  const from = last + 2;
  let to = from;
  while (to < tree.tokens.length && to - from < LONGEST && !ends(tree.tokens[to]!)) to++;
  const link = tree.forms.slice(from, to).findIndex((form) => LINK.test(form));
  const noun = tree.tokens[(link < 0 ? to : from + link) - 1];
  // "On Monday, in Oslo, the minister said": the words behind a name are a noun's, up to a mark.
  if (noun === undefined || noun.index < from || !isCalling(noun, world) || !CLOSE.test(tree.forms[to] ?? '.'))
    return undefined;
  return { noun, coded: codedFrom(tree, noun, from, to, world) };
}

function before(tree: Tree, first: number, last: number, world: World): Description | undefined {
  if (tree.forms[first - 1] !== ',' || !/^(?:,|\.|who)$/.test(tree.forms[last + 1] ?? '.')) return undefined;
  let from = first - 1;
  while (from > 0 && first - from < LONGEST && !ends(tree.tokens[from - 1]!)) from--;
  // The first noun of a person says who is meant: "the *head* of the office of the president".
  const noun = tree.tokens
    .slice(from, first - 1)
    .find(
      (token) => isCalling(token, world) && (LINK.test(tree.forms[token.index + 1] ?? '') || token.index === first - 2),
    );
  if (noun === undefined) return undefined;
  // "told the head of …, Ana Lima,": the description begins with its article or possessor.
  let start = noun.index;
  while (start > from && /^(?:ADJ|NOUN|PROPN|PART|DET|NUM)$/.test(tree.tokens[start - 1]!.upos)) start--;
  return { noun, coded: codedFrom(tree, noun, start, first - 1, world) };
}

/** What the words say; "spokesman for the Kenyan army" is of that army, where "envoy for Kenya" is not of Kenya. */
function codedFrom(tree: Tree, noun: Token, from: number, to: number, world: World): CodedActor {
  // "An Iraq War veteran" is not Iraq's.
  const forms = tree.forms.slice(from, to).filter((_, i, all) => all[i + 1] !== 'War');
  const coded = world.codePhrase(forms, null);
  const owned =
    coded.country === null && OF_ITS.test(noun.form) && /^(?:of|for|from)$/.test(tree.forms[noun.index + 1] ?? '');
  return owned ? { ...coded, country: world.codePhrase(tree.forms.slice(noun.index + 2, to), null).country } : coded;
}
const OF_ITS = /^(?:spokes\w+|head|chief|member|commander|leader|director|official|officer|general|minister)$/i;

function isCalling(token: Token, world: World): boolean {
  if (token.upos !== 'NOUN' && token.upos !== 'PROPN') return false;
  return CALLED.has(token.form.toLowerCase()) || world.role(token.form)?.kind === 'person';
}

function ends({ form, upos }: Token): boolean {
  return END.test(form) || upos === 'VERB' || upos === 'AUX' || upos === 'SCONJ';
}
