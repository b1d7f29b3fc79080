import type { Token } from '../../nlp/sentence.ts';
import { contains, type Span } from '../../source/span.ts';
import { isCountryCode } from '../../world/actor.ts';
import type { Tree } from '../tree.ts';
import { bare, casing, coordinated, dependents, feature } from '../tree.ts';
import type { Cast } from './actors.ts';
import { isBesideTitle } from './nominals.ts';

/** Actors that fill a role, and the words that name each of them there. */
export interface Parties {
  readonly ids: readonly string[];
  readonly spans: readonly Span[];
}

/** Where the actor behind a thing stands in its phrase, nearest first: "Chad's raid", "French troops", "raid by Chad". */
const OWNERS: readonly string[] = ['nmod:poss', 'compound', 'amod', 'nmod:desc'];
const FROM = new Set(['of', 'by', 'from', 'between', 'among']);
/** Where the one it is aimed at stands: "sanctions on Mali", "the offensive in Kharkiv". */
const TOWARDS = new Set([...FROM, 'in', 'on', 'against', 'with', 'to', 'for', 'at', 'over', 'into', 'near', 'inside']);

/** Where the one to blame for a deed stands: "the raid by Chad", "the coup in Niger". */
const DOERS = new Set(['of', 'by', 'from', 'between', 'among', 'in', 'to', 'for', 'with']);
/** Deeds that "of" has done to someone. */
const SUFFERED = new Set(
  (
    'detention arrest imprisonment jailing sentencing conviction killing murder assassination execution poisoning ' +
    'kidnapping abduction torture persecution deportation expulsion invasion occupation annexation bombing shelling ' +
    'bombardment beating rape massacre slaughter destruction targeting harassment seizure takeover violation breach ' +
    'loss death suffering'
  ).split(' '),
);

/** True for what is done to somebody: "the detention of". */
export function isDeed(lemma: string): boolean {
  return SUFFERED.has(lemma);
}

const CUSTODY = new Set(
  'detention arrest imprisonment jailing sentencing conviction persecution poisoning trial harassment'.split(' '),
);
const OPPONENTS = new Set('opponent dissident critic opposition activist blogger campaigner prisoner'.split(' '));

/** Who holds those whom "the imprisonment of Chad's opposition leader" is about: the state whose opponents they are. */
export function holderOf(tree: Tree, deed: Token, cast: Cast): Parties {
  if (!CUSTODY.has(deed.lemma)) return NOBODY;
  const held = dependents(tree, deed, 'nmod').filter(
    (child) =>
      casing(tree, child) === 'of' &&
      (OPPONENTS.has(child.lemma) || cast.meant(child).some((id) => cast.actor(id).sector.includes('OPP'))),
  );
  const states = merge(held.map((one) => ownersOf(tree, one, cast, 'actor')));
  if (states.ids.length > 0) return states.ids.every((id) => cast.actor(id).kind === 'state') ? states : NOBODY;
  const countries = held.flatMap((one) => cast.meant(one)).map((id) => cast.actor(id).country);
  const state = cast.actors.find(
    ({ kind, country }) => kind === 'state' && country !== null && countries.includes(country),
  );
  return state ? { ids: [state.id], spans: held.map(({ from, to }) => ({ from, to })) } : NOBODY;
}

/** The side of an act that is looked for: who does it, to whom it is done, or who did what is blamed. */
export type Side = 'actor' | 'recipient' | 'doer';

/**
 * Who a noun phrase means: the actor it names; for a thing, whose it is, `not` aside ("Chad moved troops to its border
 * with Niger" is towards Niger).
 */
export function partiesAt(tree: Tree, head: Token, cast: Cast, side: Side, not: readonly string[] = []): Parties {
  const direct = namedAt(tree, head, cast);
  // "withdrew its troops" is no act towards them.
  const own =
    side === 'recipient' &&
    direct.ids.some((id) => cast.actor(id).sector.includes('MIL')) &&
    isOwn(tree, head, cast, not);
  if (direct.ids.length > 0 && !own) return direct;
  const owners = ownersOf(tree, head, cast, side, not);
  if (owners.ids.length > 0) return owners;
  const latent = cast.latentAt(head);
  if (latent && !latent.town) return { ids: [latent.id], spans: [latent.span] };
  return side !== 'recipient' ? NOBODY : townsAt(tree, head, cast);
}

function isOwn(tree: Tree, head: Token, cast: Cast, not: readonly string[]): boolean {
  const owners = dependents(tree, head, 'nmod:poss').flatMap((owner) =>
    owner.upos === 'PRON' ? cast.meant(owner) : [],
  );
  if (owners.length > 0) return owners.every((id) => not.includes(id));
  // "announced plans to remove the troops": whose they are, the document said before.
  const countries = cast.meant(head).map((id) => cast.actor(id).country);
  const said = cast.mentionOf.get(head)?.coded?.country ?? null;
  return (
    said === null &&
    not.some((id) => isCountryCode(cast.actor(id).country) && countries.includes(cast.actor(id).country))
  );
}

/** Relations by which a part of an act's content hangs on the rest. */
const CONTENT = new Set('obj iobj obl nmod amod compound ccomp xcomp appos flat acl advcl conj nsubj'.split(' '));
/** Prepositions after which the one concerned stands. */
const CONCERNING = new Set([
  ...TOWARDS,
  'about',
  'regarding',
  'concerning',
  'within',
  'across',
  'along',
  'toward',
  'towards',
  'upon',
  'despite',
  'out of',
  '',
]);
const DEPTH = 5;
const WIDTH = 60;

/**
 * Whom the content of an act concerns where none of its slots names anybody: "threatened to close its ports unless
 * *Chad* …", "a strike in protest of the arrest by *the army*". The nearest below the trigger; nobody of the actors' own
 * country unless the act is done `atHome`.
 */
export function aimedAt(
  tree: Tree,
  trigger: readonly Token[],
  cast: Cast,
  not: readonly string[],
  { atHome, conditions }: { readonly atHome: boolean; readonly conditions: boolean },
): Parties {
  const own = new Set(not.map((id) => cast.actor(id).country).filter(isCountryCode));
  const isOther = (id: string): boolean => {
    const { country, sector } = cast.actor(id);
    const ours = country !== null && own.has(country);
    return !not.includes(id) && !sector.includes('JRN') && (!ours || atHome || cast.actor(id).kind !== 'state');
  };
  let level = trigger;
  let seen = 0;
  for (let depth = 0; depth < DEPTH && level.length > 0 && seen < WIDTH; depth++) {
    const below = level.flatMap((token) =>
      tree.children[token.index]!.filter((child) => {
        const relation = bare(child.relation);
        if (trigger.includes(child) || !CONTENT.has(relation)) return false;
        // The trigger's own subject and what is said beside it are no content of it.
        if (depth === 0 && (relation === 'nsubj' || relation === 'conj' || /^(?:by|with)$/.test(casing(tree, child))))
          return false;
        if (child.relation === 'acl:relcl') return false;
        if (relation === 'advcl') return conditions || feature(child, 'VerbForm') === 'Inf';
        return (relation !== 'obl' && relation !== 'nmod') || CONCERNING.has(casing(tree, child));
      }),
    );
    seen += below.length;
    for (const child of below) {
      if (child.upos === 'PRON') continue;
      const named = namedAt(tree, child, cast);
      const town = named.ids.length > 0 ? undefined : cast.latentAt(child);
      const found = town?.town ? { ids: [town.id], spans: [town.span] } : named;
      if (found.ids.length > 0 && found.ids.every(isOther)) return found;
    }
    level = below;
  }
  return NOBODY;
}

/** The state whose town or region an act is done to, "Turkey" for "the town of Cizre" and "a curfew in Cizre". */
function townsAt(tree: Tree, head: Token, cast: Cast, depth = 0): Parties {
  const town = cast.latentAt(head);
  if (town?.town) return { ids: [town.id], spans: [town.span] };
  if (depth > 2) return NOBODY;
  const below = tree.children[head.index]!.filter(
    (child) =>
      OWNERS.some((relation) => child.relation === relation || bare(child.relation) === relation) ||
      bare(child.relation) === 'appos' ||
      (bare(child.relation) === 'nmod' && TOWARDS.has(casing(tree, child))),
  );
  return merge(
    below.flatMap((child) => coordinated(tree, child)).map((child) => townsAt(tree, child, cast, depth + 1)),
  );
}

/** Nouns that stand for themselves, whoever they belong to. */
export const OTHERS: ReadonlySet<string> = new Set(
  (
    'critic associate supporter opponent rival foe enemy relative family wife husband son daughter brother sister ' +
    'father mother parent friend fan follower victim lawyer attorney partner player coach captain runner singer swimmer athlete ' +
    'brewer retailer maker manufacturer carmaker insurer lender startup shop supermarket grocer baker ' +
    'restaurant cuisine food dish oven zodiac calendar language film music song album novel wine beer ' +
    'dollar pound euro yen yuan ruble rouble franc'
  ).split(' '),
);

/** Who a thing belongs to, or comes from: "Peru" for "Peru's ambassador" and for "the ambassador of Peru". */
export function ownersOf(
  tree: Tree,
  head: Token,
  cast: Cast,
  side: Side,
  not: readonly string[] = [],
  depth = 0,
): Parties {
  // "his critics", "nine million US dollars": neither acts for him, nor is the dollar the States'.
  if (OTHERS.has(head.lemma)) return NOBODY;
  const without = (parties: Parties): boolean => parties.ids.some((id) => !not.includes(id));
  for (const relation of OWNERS) {
    const owners = dependents(tree, head, relation)
      .flatMap((child) => coordinated(tree, child))
      .filter((owner) => !isScene(head, owner, cast, side) && !isShared(tree, head, owner, side));
    const found = merge(owners.map((owner) => namedAt(tree, owner, cast)));
    if (without(found)) return found;
    // "Syrian regime raids": whose the modifier is.
    if (depth < 2 && found.ids.length === 0)
      for (const owner of owners) {
        const deeper = owner.upos === 'NOUN' ? ownersOf(tree, owner, cast, side, not, 2) : NOBODY;
        if (without(deeper)) return deeper;
      }
  }
  for (const child of dependents(tree, head, 'nmod')) {
    const preposition = casing(tree, child);
    if (side === 'doer')
      for (const deeper of dependents(tree, child, 'nmod'))
        if (casing(tree, deeper) === 'by') {
          const found = namedAt(tree, deeper, cast);
          if (without(found)) return found;
        }
    if (!(side === 'actor' ? FROM : side === 'doer' ? DOERS : TOWARDS).has(preposition)) continue;
    // "the detention of the envoy": whoever did it, it was not the envoy.
    if (side === 'doer' && preposition === 'of' && SUFFERED.has(head.lemma)) continue;
    const inner = merge(coordinated(tree, child).map((one) => namedAt(tree, one, cast)));
    if (without(inner)) return inner;
    if (depth < 2) {
      const deeper = ownersOf(tree, child, cast, side, not, depth + 1);
      if (deeper.ids.length > 0) return deeper;
    }
  }
  return NOBODY;
}

/** "our partnership with Mexico" is towards Mexico, whoever "we" are. */
function isShared(tree: Tree, thing: Token, owner: Token, side: Side): boolean {
  if (side !== 'recipient' || !/^our$/i.test(owner.form)) return false;
  return dependents(tree, thing, 'nmod').some((child) => casing(tree, child) === 'with');
}

/** The state in whose town a deed happened: "a Bamako truck bombing". */
export function sceneOf(tree: Tree, deed: Token, cast: Cast): Parties {
  const towns = dependents(tree, deed, 'compound').filter((owner) => isScene(deed, owner, cast, 'actor'));
  return merge(towns.map((town) => namedAt(tree, town, cast)));
}

/** "a Bamako truck bombing": the town where it went off, and not its government. */
function isScene(deed: Token, owner: Token, cast: Cast, side: Side): boolean {
  if (side === 'recipient' || owner.relation !== 'compound' || !BLASTS.has(deed.lemma)) return false;
  const coded = cast.mentionOf.get(owner)?.coded;
  return coded?.kind === 'state' && coded.sectors.includes('GOV');
}
const BLASTS = new Set(
  'attack bombing explosion blast shooting massacre siege clash bomb riot unrest stabbing'.split(' '),
);

/** The actor a phrase itself names. "Hungarian and Romanian officials" names two. */
function namedAt(tree: Tree, head: Token, cast: Cast): Parties {
  const mention = cast.mentionOf.get(head);
  const ids = cast.meant(head);
  if (mention && mention.parts.length > 0)
    return { ids, spans: mention.parts.map(({ phrase }) => ({ from: phrase.from, to: phrase.to })) };
  const adjectives = dependents(tree, head, 'amod', 'compound')
    .flatMap((child) => coordinated(tree, child))
    .filter((child) => cast.meant(child).some((id) => cast.actor(id).kind === 'state'));
  if (adjectives.length > 1) return merge(adjectives.map((child) => namedAt(tree, child, cast)));
  // "the leaders of France and Italy": one from each.
  const members = tree.children[head.index]!.filter(
    (child) => casing(tree, child) === 'of' || (child.relation === 'conj' && child.upos === 'PROPN'),
  ).flatMap((child) => coordinated(tree, child));
  if (members.length > 1 && feature(head, 'Number') === 'Plur') {
    const each = merge(members.map((member) => namedAt(tree, member, cast)));
    if (each.ids.length > 1) return each;
  }
  if (!mention || ids.length === 0) return NOBODY;
  // "talks between their ministers": one from each of those whose they are.
  const whose = dependents(tree, head, 'nmod:poss').find(({ upos }) => upos === 'PRON');
  const each = whose && feature(head, 'Number') === 'Plur' ? cast.meant(whose) : [];
  if (each.length > 1 && ids.every((id) => cast.actor(id).country === null && cast.actor(id).wikidata === null))
    return { ids: each, spans: [{ from: mention.phrase.from, to: mention.phrase.to }] };
  const named = { ids, spans: [{ from: mention.phrase.from, to: mention.phrase.to }] };
  // The noun beside a name, "head" of "Ana Lima, head of the coast guard", has nobody else with it.
  if (mention.head !== head) return named;
  // "Secretary of State Ana Lima and Minister Jo Berg": what hangs on the name hangs on the title's head too.
  const more = tree.children.flatMap((children, index) =>
    tree.tokens[index] !== head && contains(mention.phrase, tree.tokens[index]!)
      ? children.filter((child) => child.relation === 'conj' && !contains(mention.phrase, child))
      : [],
  );
  // "The Secretary and Foreign Minister Ana Lima": the first hangs on the second's name.
  const before = tree.children[head.index]!.filter((child) => isBesideTitle(tree, child));
  const at = (child: Token): Parties => namedAt(tree, child, cast);
  return before.length + more.length === 0 ? named : merge([...before.map(at), named, ...more.map(at)]);
}

/** Nobody known. */
export const NOBODY: Parties = { ids: [], spans: [] };

/** Several parties as one, each actor and each span once. */
export function merge(all: readonly Parties[]): Parties {
  const ids = [...new Set(all.flatMap((one) => one.ids))];
  const spans = all
    .flatMap((one) => one.spans)
    .filter((span, i, list) => list.findIndex((other) => other.from === span.from) === i);
  return { ids, spans };
}
