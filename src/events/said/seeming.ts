import type { Token } from '../../nlp/sentence.ts';
import type { Tree } from '../tree.ts';
import { bare, dependent, dependents, headOf } from '../tree.ts';
import type { Stretch } from './clause.ts';
import type { Report } from './reported.ts';

/** Verbs that tell how things look; nobody need be named to whom. */
const SEEMING = new Set(['appear', 'seem']);
/** Verbs that do so with "like", "as if" or an adjective: "looks set to", "sounds reasonable". */
const LOOKING = new Set(['look', 'sound']);

/** "The truce appears to hold", "it seems that the truce holds", "the truce looks fragile". */
export function seemingAt(tree: Tree, verb: Token, cue: Stretch): Report | undefined {
  const plain = SEEMING.has(verb.lemma);
  if (!plain && !LOOKING.has(verb.lemma)) return undefined;
  const complement = dependents(tree, verb, 'ccomp', 'xcomp', 'advcl', 'obl', 'csubj').find(
    (child) => child.index > verb.index && isLikeness(tree, verb, child, plain),
  );
  const subject = dependent(tree, verb, 'nsubj', 'expl') ?? raisedSubject(tree, verb);
  if (!complement || !subject || subject.index > verb.index) return undefined;
  // "It seems that …" has no subject of its own.
  const own = !/^(?:it|there)$/i.test(subject.form) && subject.index < cue[0];
  return {
    ...{ tree, word: verb, source: undefined, phrase: undefined, cue, uttered: false, voiced: false },
    content: [own ? tree.first[subject.index]! : tree.first[complement.index]!, tree.last[complement.index]!],
  };
}

function isLikeness(tree: Tree, verb: Token, child: Token, plain: boolean): boolean {
  const start = tree.tokens[tree.first[child.index]!]!.form.toLowerCase();
  const like = start === 'like' || (start === 'as' && tree.first[child.index] === verb.index + 1);
  const relation = bare(child.relation);
  if (relation === 'obl' || relation === 'advcl') return like;
  return like || (plain ? true : relation === 'xcomp' && start !== 'to');
}

/** "The envoy, who seems tired", "began to seem": a relative pronoun is a subject, a shared one is the governor's. */
function raisedSubject(tree: Tree, verb: Token): Token | undefined {
  const governor = headOf(tree, verb);
  return bare(verb.relation) === 'conj' && governor ? dependent(tree, governor, 'nsubj') : undefined;
}
