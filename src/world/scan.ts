import { isCapitalized } from './name.ts';
import { rankOf } from './office.ts';
import type { Role } from './role.ts';
import type { Candidate, World } from './world.ts';

/** One thing met in a phrase: the tokens it covers, and what it is. */
export type Found =
  | { readonly is: 'name'; readonly start: number; readonly end: number; readonly candidates: readonly Candidate[] }
  | { readonly is: 'role'; readonly start: number; readonly end: number; readonly role: Role }
  /** A place that is no actor: "Minsk police", "Kano State government". */
  | { readonly is: 'place'; readonly start: number; readonly end: number; readonly country: string }
  /** A run of capitalized words that no table knows: "Thierry Burkhard". */
  | { readonly is: 'unknown-name'; readonly start: number; readonly end: number };

/** Words that stand around a name and are no part of it. */
export const NO_PART_OF_NAME =
  /^(?:the|a|an|['’]s|[-,.]|mr|mrs|ms|dr|sir|two|three|four|several|senior|former|ex|then|new|old|top|of|and|in)\.?$/i;

/** Names, nouns and places of a phrase from left to right, the longest first, none inside another. */
export function scanPhrase(world: World, forms: readonly string[], on: string | null): readonly Found[] {
  const found: Found[] = [];
  for (let at = 0; at < forms.length; ) {
    const best = bestAt(world, forms, at, on, found.at(-1)) ?? strayAt(forms, at);
    if (best !== undefined) found.push(best);
    at = best?.end ?? at + 1;
  }
  return respell(world, joinUnknownNames(found, forms), forms, on);
}

/**
 * Takes an unlisted name for a listed one in another spelling: "President Habiarimana". A group's can have known words in
 * it: "Harakat ul-Mujahideen".
 */
function respell(world: World, found: readonly Found[], forms: readonly string[], on: string | null): readonly Found[] {
  const read: Found[] = [];
  for (const [index, one] of found.entries()) {
    if (one.start < (read.at(-1)?.end ?? 0)) continue;
    if (one.is !== 'unknown-name') {
      read.push(one);
      continue;
    }
    const before = found[index - 1];
    const office = before?.is === 'role' && before.end === one.start ? before.role.office : null;
    const ends = found
      .slice(index)
      .filter((other) => isCapitalized(forms[other.start] ?? '') && other.end <= one.end + 4);
    const spelled = [...ends]
      .reverse()
      .map(({ end }) => ({ end, candidates: world.spelled(forms.slice(one.start, end), office, on) }))
      .find(({ candidates }) => candidates.length > 0);
    read.push(
      spelled ? { is: 'name', start: one.start, ...spelled, candidates: world.rank(spelled.candidates, on) } : one,
    );
  }
  return read;
}

function bestAt(
  world: World,
  forms: readonly string[],
  start: number,
  on: string | null,
  last: Found | undefined,
): Found | undefined {
  const name = world.longestMatch(forms, start);
  const role = world.roleAt(forms, start);
  const place = world.placeAt(forms, start);
  const length = Math.max(name?.length ?? 0, role?.length ?? 0, place?.length ?? 0);
  if (length === 0) return undefined;
  const end = start + length;
  const sure = name?.length === length && name.candidates.some((candidate) => !candidate.weak);
  // "Defense Department" is the one of the United States unless another country claims it: see `disown` in phrase.ts.
  if (sure && name !== undefined) return { is: 'name', start, end, candidates: world.rank(name.candidates, on) };
  // "President Bush" is no town in Egypt.
  const titled = last?.is === 'role' && last.role.kind === 'person' && last.end === start;
  if (titled && name?.length === length) return { is: 'name', start, end, candidates: world.rank(name.candidates, on) };
  if (
    name?.length === length &&
    role?.length !== length &&
    isLeader(world, name.candidates, on) &&
    !(Number(place?.places[0]?.thousands) > LARGE_CITY)
  ) {
    return { is: 'name', start, end, candidates: world.rank(name.candidates, on) };
  }
  if (role?.length === length) return { is: 'role', start, end, role: role.role };
  const country = place?.places[0]?.country;
  if (place?.length === length && country) return { is: 'place', start, end, country };
  if (name?.length === length) return { is: 'name', start, end, candidates: world.rank(name.candidates, on) };
  return undefined;
}

/** A common word that is also the name of one who led a state or its foreign policy on the day. */
function isLeader(world: World, candidates: readonly Candidate[], on: string | null): boolean {
  return candidates.some(({ entity }) => {
    const tenure = world.tenureOn(entity, on);
    return tenure !== undefined && rankOf(tenure.kind) <= rankOf('foreign-minister');
  });
}
const LARGE_CITY = 1000;

function strayAt(forms: readonly string[], start: number): Found | undefined {
  const form = forms[start] ?? '';
  if (!/^\p{Lu}/u.test(form) || NO_PART_OF_NAME.test(form)) return undefined;
  return { is: 'unknown-name', start, end: start + 1 };
}

/**
 * Joins neighbouring unknown words into one name, and takes into it what only looked known: the town "Ho" in "Harry
 * Ho-jen Tseng", the surname in "Feliciano Valencia".
 */
function joinUnknownNames(found: readonly Found[], forms: readonly string[]): readonly Found[] {
  const joined: Found[] = [];
  for (const [index, one] of found.entries()) {
    const last = joined.at(-1);
    const next = found[index + 1];
    // "Michael Cohen": a given name that is a town's or somebody's surname too.
    const givenName =
      (last?.is === 'place' || (last !== undefined && isUnsure(last) && isSurname(last))) &&
      last.end - last.start === 1 &&
      last.end === one.start &&
      isSurname(one);
    const touchesLast = givenName || (last?.is === 'unknown-name' && adjacent(last, one, forms));
    const touchesNext = next?.is === 'unknown-name' && adjacent(one, next, forms);
    const swallowed =
      one.is === 'unknown-name' ||
      (isUnsure(one) && (touchesLast || touchesNext)) ||
      (isAlsoPerson(one) && touchesLast) ||
      (next !== undefined && GIVEN.test(forms[one.start] ?? '') && isUnsure(next) && adjacent(one, next, forms)) ||
      (touchesNext && GIVEN.test(forms[one.start] ?? ''));
    if (!swallowed) joined.push(one);
    else if (touchesLast) joined[joined.length - 1] = { is: 'unknown-name', start: last!.start, end: one.end };
    else joined.push({ is: 'unknown-name', start: one.start, end: one.end });
  }
  return joined;
}

/** A state or town of one word that is a surname too: "Vernon Jordan", "George Washington". */
function isAlsoPerson(found: Found): boolean {
  if (found.is !== 'name' || found.end - found.start > 1) return false;
  return (
    found.candidates.some(({ entity, weak }) => weak && entity.kind === 'person') ||
    found.candidates[0]?.use === 'capital'
  );
}
function isSurname(found: Found): boolean {
  return found.is === 'name' && found.candidates.every(({ use }) => use === 'surname');
}

/** States that are given names. */
const GIVEN = /^(?:Chad|Jordan|Georgia)$/;

function isUnsure(found: Found): boolean {
  if (found.is === 'place') return found.end - found.start === 1;
  return found.is === 'name' && found.candidates.every(({ use, weak }) => weak || use === 'surname');
}

function adjacent(one: Found, next: Found, forms: readonly string[]): boolean {
  return forms
    .slice(one.end, next.start)
    .every((form) => form === '-' || (form.length > 1 && !isCapitalized(form) && forms[next.start - 1] === '-'));
}
