import type { Token } from '../../nlp/sentence.ts';
import type { Status } from '../ontology.ts';
import type { Tree } from '../tree.ts';
import { bare, dependent, dependents, feature } from '../tree.ts';

const NEGATIONS = new Set("not n't n’t never no neither nor hardly scarcely nobody none without".split(' '));
/** Subjects and objects that leave nobody and nothing: "nobody left", "signed nothing", "few came". */
const NOBODY = new Set(['nobody', 'none', 'nothing', 'neither', 'noone']);
const NO = new Set(['no', 'neither', 'few', 'nor']);
/** "not only condemned but expelled": no negation. */
const NOT_ONLY = new Set(['only', 'just', 'merely', 'simply', 'necessarily', 'solely']);

/** True where an act is denied by a word of its own, or by who or what takes part in it: "no country signed". */
export function isNegated(tree: Tree, token: Token): boolean {
  const verbal = token.upos === 'VERB' || token.upos === 'AUX' || dependent(tree, token, 'cop') !== undefined;
  return tree.children[token.index]!.some((child) => {
    switch (bare(child.relation)) {
      case 'advmod':
      case 'det':
      case 'cc':
      case 'case':
      case 'mark':
        return isNegation(tree, child);
      case 'nsubj':
      case 'obj':
        return verbal && isNobody(tree, child);
      default:
        return false;
    }
  });
}

function isNegation(tree: Tree, word: Token): boolean {
  const form = word.form.toLowerCase();
  if (form === 'few') return isFew(tree, word);
  if (!NEGATIONS.has(form)) return false;
  const next = tree.tokens[word.index + 1];
  return !(form === 'not' && next && NOT_ONLY.has(next.form.toLowerCase()));
}

function isNobody(tree: Tree, noun: Token): boolean {
  const form = noun.form.toLowerCase();
  // "neither of them"; "not one".
  if (NOBODY.has(form) || form === 'few') return form !== 'few' || isFew(tree, noun);
  return tree.children[noun.index]!.some((child) => {
    const word = child.form.toLowerCase();
    return NO.has(word) && /^(?:det|amod|cc)/.test(child.relation) && (word !== 'few' || isFew(tree, child));
  });
}

/** "few", but not "a few", "the few". */
function isFew(tree: Tree, few: Token): boolean {
  return tree.tokens[few.index - 1]?.upos !== 'DET';
}

/** "would have allowed": it did not. */
export function isCounterfactual(tree: Tree, verb: Token): boolean {
  const forms = auxiliariesOf(tree, verb);
  return forms.includes('have') && forms.some((form) => form === 'would' || form === 'could' || form === 'should');
}

/** "Did Chad attack?": asked whether; "why did Chad attack?" takes the attack for granted. */
export function isAsked(tree: Tree, verb: Token): boolean {
  if (tree.tokens.at(-1)!.form !== '?') return false;
  const helper = dependent(tree, verb, 'aux', 'cop');
  const subject = dependent(tree, verb, 'nsubj', 'expl');
  const wondering = tree.children[verb.index]!.some(({ form }) => /^(?:wh\w+|how)$/i.test(form));
  return helper !== undefined && subject !== undefined && helper.index < subject.index && !wondering;
}

/** True for a verb in the past: "had to leave", "was able to". */
export function isPast(tree: Tree, verb: Token): boolean {
  return [verb, ...dependents(tree, verb, 'aux', 'cop')].some((token) => feature(token, 'Tense') === 'Past');
}

/** True where verb, copula or auxiliary is finite. */
export function isFiniteClause(tree: Tree, token: Token): boolean {
  return [token, ...dependents(tree, token, 'aux', 'cop')].some((child) => feature(child, 'VerbForm') === 'Fin');
}

/** True for "to leave", "to be arrested" and the bare "leave" of "help leave". */
export function isInfinitive(tree: Tree, token: Token): boolean {
  if (isFiniteClause(tree, token)) return false;
  if (feature(token, 'VerbForm') === 'Inf' || hasTo(tree, token)) return true;
  return dependents(tree, token, 'aux', 'cop').some((child) => feature(child, 'VerbForm') === 'Inf');
}

/** The auxiliaries and copulas of a verb, in small letters. */
function auxiliariesOf(tree: Tree, verb: Token): readonly string[] {
  // "after Theresa May stepped down": a surname is no auxiliary.
  return dependents(tree, verb, 'aux', 'cop')
    .filter((child) => child.form !== 'May' || child.index === 0)
    .map((child) => child.form.toLowerCase());
}

const MODALS: ReadonlyMap<string, Status> = new Map([
  ...["will shall 'll ’ll wo would 'd ’d".split(' ').map((form) => [form, 'planned'] as const)].flat(),
  ...'may might could can ca'.split(' ').map((form) => [form, 'possible'] as const),
  ...'should must ought'.split(' ').map((form) => [form, 'hoped'] as const),
]);
const TOLD = new Set('confirm say tell report announce assure reaffirm reiterate add verify'.split(' '));

function isOneself(tree: Tree, verb: Token): boolean {
  return /^(?:i|we)$/i.test(dependent(tree, verb, 'nsubj')?.form ?? '');
}
const OFTEN = new Set(
  'often sometimes always regularly routinely usually occasionally frequently typically'.split(' '),
);
const PERFECT = new Set("have has had 've ’ve having".split(' '));
const PRESENT = new Set("is are am 're 's ’s ’re".split(' '));

/**
 * What a verb's own auxiliaries and form say, its negation aside. A bare infinitive says nothing by itself: `happened`,
 * for its governor to judge.
 */
export function ownStatus(tree: Tree, verb: Token): Status {
  const auxiliaries = auxiliariesOf(tree, verb);
  const modal = auxiliaries.map((form) => MODALS.get(form)).find((status) => status !== undefined);
  // "they would often raid the farms": what used to be.
  const habit = auxiliaries.includes('would') && dependents(tree, verb, 'advmod').some(({ lemma }) => OFTEN.has(lemma));
  // "we can confirm that she left": said in the very words.
  if (modal === 'possible' && TOLD.has(verb.lemma) && isOneself(tree, verb)) return 'happened';
  if (modal) return habit ? 'happened' : modal;
  if (verb.lemma === 'go' && verb.form.toLowerCase() === 'going' && dependent(tree, verb, 'xcomp')) return 'planned';
  if (auxiliaries.some((form) => PERFECT.has(form))) return 'happened';
  const form = feature(verb, 'VerbForm');
  // "is to be sentenced in June", "Peru, Chile to hold talks"
  if (
    hasTo(tree, verb) &&
    (verb.head < 0 || auxiliaries.some((one) => PRESENT.has(one) || one === 'was' || one === 'were'))
  )
    return 'planned';
  const present = auxiliaries.some((auxiliary) => PRESENT.has(auxiliary));
  if (present && (form === 'Ger' || (form === 'Part' && feature(verb, 'Tense') === 'Pres'))) return 'ongoing';
  if (feature(verb, 'Mood') === 'Imp') return 'hoped';
  return 'happened';
}

function hasTo(tree: Tree, verb: Token): boolean {
  return dependents(tree, verb, 'mark').some((mark) => mark.form.toLowerCase() === 'to');
}
