import { isCapitalized } from '../../world/name.ts';
import type { World } from '../../world/world.ts';
import type { Tree } from '../tree.ts';

/**
 * The world as a document means it: where it names Brazzaville and never Kinshasa, "Congo" is the republic on that bank,
 * and a name that a minister of Ghana bears is his only where Ghana is spoken of. Names of one state alone decide for
 * names of several.
 */
export function worldOf(trees: readonly Tree[], world: World): World {
  const named = new Set<string>();
  let ambiguous = false;
  for (const tree of trees) {
    const { forms } = tree;
    for (let at = 0; at < forms.length; at++) {
      if (!isCapitalized(forms[at]!)) continue;
      const match = world.longestMatch(forms, at);
      if (!match) continue;
      const states = match.candidates.filter(({ entity }) => entity.kind === 'state');
      if (states.length > 1 || match.candidates.some(({ local }) => local)) ambiguous = true;
      at += match.length - 1;
      // A body or someone known everywhere speaks of a country too: "the Pentagon", "Putin".
      const [best] = match.candidates;
      const one = states.length > 0 ? states[0]!.entity : best!.local || best!.weak ? undefined : best!.entity;
      if (states.length < 2 && one?.country) named.add(one.country);
    }
  }
  return ambiguous ? world.naming(named) : world;
}
