import type { Token } from '../nlp/sentence.ts';
import type { Tree } from './tree.ts';
import { dependent, feature, headOf, particleOf } from './tree.ts';

/** True for "was expelled", "expelled by …", "troops deployed in …". */
export function isPassive(tree: Tree, verb: Token): boolean {
  if (dependent(tree, verb, 'nsubj:pass', 'aux:pass', 'obl:agent') || isHeadlinePassive(tree, verb)) return true;
  const first = verb.relation === 'conj' ? headOf(tree, verb) : undefined;
  // "was detained and beaten": the auxiliary stands once.
  if (first && isBareParticiple(tree, verb) && dependent(tree, first, 'aux:pass')) return true;
  if (verb.relation !== 'acl' || feature(verb, 'VerbForm') !== 'Part' || feature(verb, 'Tense') !== 'Past')
    return false;
  return !isMisreadFinite(tree, verb);
}

/** "Gunmen on motorcycles abducted eighty pupils": what has an object or can have none is no passive, whatever the parser says. */
export function isMisreadFinite(tree: Tree, verb: Token): boolean {
  if (COMING.has(verb.lemma)) return true;
  const taken = tree.children[verb.index]!.some(
    (child) => child.relation === 'obj' || isCountedNext(tree, verb, child),
  );
  return taken && !GIVING.has(verb.lemma);
}
const COMING = new Set('cross march arrive advance explode collapse gather'.split(' '));
const GIVING = new Set(
  'give grant award offer send deny teach pay name call elect appoint dub label show allow promise hand tell deem declare make'.split(
    ' ',
  ),
);

/** True for a verb with an auxiliary of the passive of its own. */
export function isPassiveForm(tree: Tree, verb: Token): boolean {
  return dependent(tree, verb, 'aux:pass') !== undefined;
}

function isBareParticiple(tree: Tree, verb: Token): boolean {
  const participle = feature(verb, 'VerbForm') === 'Part' && feature(verb, 'Tense') === 'Past';
  return participle && !dependent(tree, verb, 'nsubj', 'aux', 'obj');
}

/** What is done to people and seldom told without an object: in a headline without one it was done to the subject. */
const SUFFERED = new Set(
  'expel kill arrest free release detain jail sentence wound injure sack kidnap abduct evacuate deport summon extradite imprison assassinate'.split(
    ' ',
  ),
);

/** "Iranian ambassador expelled from Sweden" leaves its "was" to the reader. */
function isHeadlinePassive(tree: Tree, verb: Token): boolean {
  if (verb.head >= 0 || !SUFFERED.has(verb.lemma) || /^[.!?]$/.test(tree.tokens.at(-1)!.form)) return false;
  return feature(verb, 'Tense') === 'Past' && !dependent(tree, verb, 'obj', 'aux', 'ccomp');
}

/** A number of things right behind the verb, whatever case the parser gave it: "at least forty people". */
export function isCountedNext(tree: Tree, verb: Token, child: Token): boolean {
  if (child.relation !== 'obl' || child.index < verb.index) return false;
  const next = tree.tokens[(particleOf(tree, verb) ?? verb).index + 1];
  if (!next || tree.first[child.index] !== next.index) return false;
  const number = dependent(tree, child, 'nummod');
  return number !== undefined && AMOUNTS.test(`${next.form} ${tree.tokens[next.index + 1]?.form ?? ''}`);
}
const AMOUNTS =
  /^(?:more than|at least|up to|at most|as many|less than|fewer than|no fewer|over \d|around \d|about \d)/i;
