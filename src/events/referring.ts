import type { Token } from '../nlp/sentence.ts';
import { roundOf } from './frame.ts';
import type { Tree } from './tree.ts';
import { bare, dependents, headOf } from './tree.ts';

/** The act itself ("the talks"), or another of its kind between the same ("an earlier round"). */
export type Reference = 'same' | 'other';

/** Nouns that are only part of another's name: "attack helicopters", "ceasefire monitors". */
export function isPartOfWord(tree: Tree, noun: Token): boolean {
  const relation = bare(noun.relation);
  if (relation === 'compound' || relation === 'amod' || relation === 'flat') return true;
  // "the Allied Summit, and the summit": one with a name of its own.
  if (tree.tokens.some(({ form, index }) => index > 0 && index < noun.index && isCapitalOf(form, noun))) return true;
  const before = tree.tokens[noun.index - 1];
  return (
    /^\p{Lu}/u.test(noun.form) && before !== undefined && before.upos !== 'PUNCT' && tree.tokens.at(-1)!.form === '.'
  );
}

function isCapitalOf(form: string, noun: Token): boolean {
  return form !== noun.form && form.toLowerCase() === noun.form;
}

/** "the abduction and killing of nuns": what the last of several says is said of all. */
export function isOfSeveral(tree: Tree, noun: Token): boolean {
  const nouns = noun.relation === 'conj' ? [headOf(tree, noun)!] : dependents(tree, noun, 'conj');
  return nouns.some((other) => dependents(tree, other, 'nmod', 'obl', 'obj').length > 0);
}

const ONLY_PLURAL = new Set([
  'talk',
  'talks',
  'negotiation',
  'consultation',
  'discussion',
  'sanction',
  'sanctions',
  'apology',
  'criticism',
]);
const OTHER =
  /^(?:earlier|other|another|further|previous|prior|next|new|fresh|future|former|subsequent|later|separate|similar|second|third|fourth|fifth|sixth|first|inaugural|maiden|initial|final|last|past|rival)$/;

const MANY = new Set(
  'frequent regular repeated numerous several various many annual daily weekly widespread international growing broad'.split(
    ' ',
  ),
);

/** How a noun phrase points back: by "the", "this", "their", a possessor; as another by "an earlier", "the second". */
export function referenceOf(tree: Tree, noun: Token, headline = false): Reference | undefined {
  const top = roundOf(tree, noun);
  const heads = top ? [top, noun] : [noun];
  if (heads.some((head) => dependents(tree, head, 'nummod').length > 0)) return undefined;
  const words = heads.flatMap((head) => dependents(tree, head, 'det', 'nmod:poss', 'amod', 'advmod'));
  const determiners = words.filter(({ relation }) => bare(relation) === 'det' || relation === 'nmod:poss');
  const forms = determiners.map(({ form }) => form.toLowerCase());
  if (forms.some((form) => /^(?:any|no|every|each|some|all|both|which|what|whose|such|neither|either)$/.test(form)))
    return undefined;
  // "the intra-Libyan talks": among those of one country.
  if (tree.forms.slice(tree.first[noun.index], noun.index).some((form) => /^intra(?:-|$)/i.test(form)))
    return undefined;
  // "the frequent talks": not one of them.
  if (words.some(({ lemma }) => MANY.has(lemma))) return undefined;
  const definite = determiners.some(
    ({ form, relation }) => relation === 'nmod:poss' || /^(?:the|this|that|these|those)$/i.test(form),
  );
  const other = markerOf(tree, noun) !== undefined || forms.includes('another');
  if (other) return definite || forms.some((form) => /^(?:an?|another)$/.test(form)) ? 'other' : undefined;
  if (!definite && (!headline || forms.length > 0)) return undefined;
  // "the attacks on journalists": many, and not the one told before.
  if (/Number=Plur/.test(noun.feats) && !ONLY_PLURAL.has(noun.lemma)) return undefined;
  // "the attack that began the war": told by what it did.
  const told = dependents(tree, noun, 'acl:relcl').some(
    (clause) =>
      tree.tokens[tree.first[clause.index]! - 1]?.form !== ',' && tree.tokens[tree.first[clause.index]!]?.form !== ',',
  );
  return told ? undefined : 'same';
}

/** The word that makes a noun another act of its kind. */
export function markerOf(tree: Tree, noun: Token): string | undefined {
  const top = roundOf(tree, noun);
  return [noun, ...(top ? [top] : [])]
    .flatMap((head) => dependents(tree, head, 'amod', 'advmod', 'det'))
    .map(({ form }) => form.toLowerCase())
    .find((form) => OTHER.test(form));
}
