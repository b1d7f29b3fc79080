import type { Token } from '../nlp/sentence.ts';
import type { World } from '../world/world.ts';
import type { Place } from './reading.ts';
import type { Tree } from './tree.ts';
import { bare, casing, headOf, tokensSpan } from './tree.ts';

/** The places a document names, and the token each hangs from. */
export interface Places {
  readonly all: readonly Place[];
  /** Index into `all` of the place headed by a token. */
  readonly at: ReadonlyMap<Token, number>;
}

/** How sure the language room must be of a place that the gazetteer lacks. */
const SURE = 0.85;

/** Prepositions after which a name says where something is: a country after them is a place, not a party. */
const LOCATIVE = new Set(['in', 'at', 'near', 'outside', 'around', 'inside', 'within', 'throughout', 'across', 'off']);

/**
 * The places named in the sentences: cities and regions wherever they stand, countries where they are spoken of as a
 * place ("in Norway"). Names that the gazetteer does not hold are kept when the language room is sure of them.
 *
 * @param dated tokens of time expressions, which are in no name
 */
export function findPlaces(trees: readonly Tree[], world: World, dated: ReadonlySet<Token>): Places {
  const all: Place[] = [];
  const at = new Map<Token, number>();
  for (const tree of trees) {
    const forms = tree.tokens.map((one) => one.form);
    let end = -1;
    for (const token of tree.tokens) {
      if (token.index <= end || token.upos !== 'PROPN' || dated.has(token)) continue;
      const name = tree.sentence.names.find((one) => one.first <= token.index && one.last >= token.index);
      if (name && name.kind !== 'place') {
        end = name.last;
        continue;
      }
      const last = name ? name.last : token.index;
      const words = forms.slice(token.index, last + 1);
      // A name of a body or a person is no place, whatever the language room says; one that no table knows needs its word.
      const match = world.longestMatch(forms, token.index);
      const known = match?.candidates[0];
      // Whatever is decided, it is decided of the whole name: "States" alone is no place.
      end = Math.max(last, match ? token.index + match.length - 1 : last);
      if (known && known.entity.kind !== 'state' && known.use !== 'surname') continue;
      const entry = world.place(words.join(' '))[0];
      if (!entry && (name?.confidence ?? 0) < SURE) continue;
      const located =
        tree.tokens.slice(token.index, last + 1).find((one) => headOutside(one, token.index, last)) ?? token;
      if (!entry && !name) continue;
      if (entry?.precision === 'country' && !LOCATIVE.has(casing(tree, located))) continue;
      const span = tokensSpan(tree, token.index, last);
      at.set(located, all.length);
      all.push({
        from: span.from,
        to: span.to,
        name: entry?.name ?? words.join(' '),
        country: entry?.country ?? null,
        geonames: entry?.geonames ?? null,
        lat: entry?.lat ?? null,
        lon: entry?.lon ?? null,
        precision: entry?.precision ?? 'city',
      });
    }
  }
  return { all, at };
}

function headOutside(token: Token, first: number, last: number): boolean {
  return token.head < first || token.head > last;
}

/** Clauses below a trigger whose places are their own. */
const OTHER_CLAUSES = new Set(['ccomp', 'advcl', 'acl', 'parataxis', 'csubj', 'xcomp']);

/**
 * The place of an act: what stands after "in", "at" or "near" below its trigger, below the nouns made with it, or beside
 * it on the verb that carries it. The nearest, never one from another clause.
 */
export function placeOf(tree: Tree, trigger: Token, companions: readonly Token[], places: Places): Token | undefined {
  const governor = headOf(tree, trigger);
  const carried = trigger.upos === 'NOUN' && governor?.upos === 'VERB' ? [governor] : [];
  const queue = [trigger, ...companions, ...carried];
  for (let i = 0; i < queue.length; i++) {
    const token = queue[i]!;
    if (places.at.has(token) && LOCATIVE.has(casing(tree, token))) return token;
    for (const child of tree.children[token.index]!)
      if (!OTHER_CLAUSES.has(bare(child.relation)) && !queue.includes(child)) queue.push(child);
  }
  return undefined;
}
