import { isCapitalized } from '../world/name.ts';
import type { World } from '../world/world.ts';
import type { Tree } from './tree.ts';

/**
 * The world as a document means it: where it names Brazzaville and never Kinshasa, "Congo" is the republic on that bank.
 * Names of one state alone decide for names of several.
 */
export function worldOf(trees: readonly Tree[], world: World): World {
  const named = new Set<string>();
  let ambiguous = false;
  for (const tree of trees) {
    const forms = tree.tokens.map((token) => token.form);
    for (let at = 0; at < forms.length; at++) {
      if (!isCapitalized(forms[at]!)) continue;
      const match = world.longestMatch(forms, at);
      if (!match) continue;
      const states = match.candidates.filter(({ entity }) => entity.kind === 'state');
      if (states.length > 1) ambiguous = true;
      else if (states[0]?.entity.country) named.add(states[0].entity.country);
      at += match.length - 1;
    }
  }
  return ambiguous ? world.naming(named) : world;
}
