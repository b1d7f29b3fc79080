import type { Token } from '../../nlp/sentence.ts';
import type { CodedActor } from '../../world/phrase.ts';
import type { World } from '../../world/world.ts';
import { bare, dependents, feature, type Tree, tokensSpan, wordsOf } from '../tree.ts';
import type { Mention } from './mentions.ts';
import { endsThing } from './names.ts';
import { phraseOf } from './nominals.ts';

/** Where an actor stands to the verb or noun that tells an act. */
const ARGUMENTS = new Set(['nsubj', 'obj', 'iobj', 'obl', 'nmod', 'conj', 'root']);

/** Nouns made for people: "insurers" may be firms, "musicians" and "policymen" are not. */
const PEOPLE = /(?:ists|ians|eers|men|women)$/;

/**
 * Someone whom no table and no tagger knows, but whom the words make somebody: a capitalized name, or people by their
 * shape ("musicians", "boys who …"). They count only where an act is theirs or is done to them.
 */
export function latentMention(tree: Tree, token: Token, world: World, on: string | null): Mention | undefined {
  if (!ARGUMENTS.has(bare(token.relation))) return undefined;
  const [first, last] = phraseOf(tree, token);
  const forms = tree.tokens.slice(first, last + 1).map(({ form }) => form);
  const plural = feature(token, 'Number') === 'Plur';
  const name = token.upos === 'PROPN' && /^\p{Lu}/u.test(token.form) && token.form.length > 1;
  if (name ? endsThing(token.form) || world.role(token.form) !== undefined : !isPeople(tree, token, plural))
    return undefined;
  const start = tree.tokens.slice(first, last + 1).find(({ upos }) => upos !== 'DET' && upos !== 'PUNCT') ?? token;
  const span = tokensSpan(tree, start.index, last);
  const found = world.codePhrase(forms, on);
  // A namesake in the tables is no sign: the tagger did not call these words a person.
  const coded = found.entity?.kind === 'person' ? world.codePhrase([], on) : found;
  const told: CodedActor = {
    ...coded,
    name: wordsOf(tree, start.index, last),
    sectors: name || coded.sectors.length > 0 ? coded.sectors : ['CVL'],
    kind: name ? 'unknown' : 'group',
  };
  const someone: Mention = {
    ...{ tree, head: token, span, phrase: span, plural, definite: false, parts: [], latent: true },
    form: name ? 'name' : 'nominal',
    coded: told,
  };
  const titled = name && isPersonBeside(tree, token, world);
  if (titled) return { ...someone, latent: false, coded: { ...told, kind: 'person' } };
  return someone;
}

function isPeople(tree: Tree, token: Token, plural: boolean): boolean {
  if (token.upos !== 'NOUN') return false;
  if (plural && PEOPLE.test(token.form)) return true;
  return dependents(tree, token, 'acl:relcl').some((clause) =>
    tree.children[clause.index]!.some((child) => child.form.toLowerCase() === 'who'),
  );
}

/** "Ana Lima, Peru's leading activist, …": who has a person's role beside the name is a person. */
export function isPersonBeside(tree: Tree, head: Token, world: World): boolean {
  return dependents(tree, head, 'appos').some(
    (other) => other.upos === 'NOUN' && world.role(other.form)?.kind === 'person',
  );
}
