import type { Token } from '../nlp/sentence.ts';
import { partiesBeneath } from './beneath.ts';
import { contentOf } from './content.ts';
import type { Frame } from './frame.ts';
import { frameOf } from './frame.ts';
import type { Match, Search } from './match.ts';
import { matchAt } from './match.ts';
import type { EventType } from './ontology.ts';
import { isPassive } from './passive.ts';
import type { Tree } from './tree.ts';
import { dependents, feature, headOf } from './tree.ts';
import type { Cast } from './who/actors.ts';
import type { Parties, Side } from './who/parties.ts';
import { aimedAt, holderOf, isDeed, merge, NOBODY, ownersOf, partiesAt, sceneOf } from './who/parties.ts';

/** Who does it and to whom; where the words of a request or refusal name no recipient, those of its content do. */
export function partiesOf(search: Search, match: Match, depth = 0): { actors: Parties; recipients: Parties } {
  const { rule, frame } = match;
  const { tree, cast } = search;
  if (rule.joint) {
    const actors = merge(rule.actors.map((slot) => fill(tree, frame, slot, cast, 'actor')));
    return { actors, recipients: firstOf(tree, frame, rule.recipients, cast, 'recipient', actors) };
  }
  const doers = rule.trigger === 'noun' ? [...rule.actors, 'doer'] : rule.actors;
  const actors = firstOf(tree, frame, doers, cast, 'actor', NOBODY);
  const direct = rule.recipients.filter((slot) => !slot.startsWith('clause'));
  // "condemned the raid on Chad" blames whoever raided.
  const side = rule.event === 'ACCUSE' && rule.cameo === '111' ? 'doer' : 'recipient';
  let recipients = firstOf(tree, frame, direct, cast, side, actors);
  let held = false;
  if (recipients.ids.length === 0 && depth === 0) {
    // "refused to lift the embargo on Cuba": the content knows whom it is towards.
    const content = contentOf(search, match)
      .map((token) => matchAt(search, token))
      .find((inner) => inner !== undefined);
    const inner = content && partiesOf(search, content, depth + 1);
    // "demanded the release of the sailors": asked of whoever holds them.
    held = rule.event === 'REQUEST' && content?.rule.modes.includes('release') === true;
    if (inner) recipients = without(merge([held ? NOBODY : inner.recipients, inner.actors]), actors);
  }
  if (recipients.ids.length === 0) recipients = firstOf(tree, frame, rule.recipients, cast, side, actors);
  const deeds = direct.flatMap((slot) => frame.slots.get(slot) ?? []).filter(({ lemma }) => isDeed(lemma));
  const deed = side === 'doer' && deeds.length > 0;
  // "condemned the detention of Chad's opposition leader": a state holds its own opponents.
  if (recipients.ids.length === 0 && deed)
    recipients = without(merge(deeds.map((one) => holderOf(tree, one, cast))), actors);
  // "accused Chad of piracy and voiced concern over the arrests": still the same one.
  const first = frame.trigger.relation === 'conj' ? headOf(tree, frame.trigger) : undefined;
  const blamed = first && recipients.ids.length === 0 && rule.event === 'ACCUSE' ? matchAt(search, first) : undefined;
  if (blamed?.rule.event === 'ACCUSE' && depth === 0)
    recipients = without(partiesOf(search, blamed, 1).recipients, actors);
  if (recipients.ids.length === 0 && rule.recipients.length > 0 && !held && !deed) {
    const purposes = rule.type.quad !== 1;
    // What a protest holds up or occupies is not whom it is against.
    const content = rule.event === 'PROTEST' ? [] : ['object', 'clause'];
    const named = rule.recipients.map((slot) => slot.split('.')[0]!).filter((slot) => slot !== 'subject');
    const slots = new Set([...named, ...content, ...(purposes ? ['purpose'] : [])]);
    const heads = [...slots].flatMap((slot) => frame.slots.get(slot) ?? []);
    recipients = partiesBeneath(tree, heads, cast, actors.ids, purposes);
  }
  // What is attacked or held is named beside the verb; whose it is, its content does not say.
  const open =
    AIMED.has(rule.event) &&
    rule.recipients.length > 0 &&
    !held &&
    !deed &&
    (rule.event !== 'ASSAULT' || !frame.slots.has('object'));
  if (recipients.ids.length === 0 && depth === 0 && actors.ids.length > 0 && open)
    recipients = concernedBy(tree, match, cast, actors);
  // "is willing to withdraw its troops": nothing towards them.
  const ownForces = (id: string): boolean =>
    cast.actor(id).sector.includes('MIL') &&
    tree.tokens.some(
      (token) =>
        cast.meant(token).includes(id) &&
        dependents(tree, token, 'nmod:poss').some(
          (owner) => owner.upos === 'PRON' && cast.meant(owner).some((one) => actors.ids.includes(one)),
        ),
    );
  if (!AT_HOME.has(rule.event) && recipients.ids.length > 0 && recipients.ids.every(ownForces)) recipients = NOBODY;
  // "a Bamako truck bombing killed nine": of whatever country the nine are, it was done to that one too.
  if (rule.event === 'ASSAULT' && recipients.ids.every((id) => cast.actor(id).country === null))
    recipients = merge([recipients, ...(frame.slots.get('subject') ?? []).map((deed) => sceneOf(tree, deed, cast))]);
  return { actors, recipients };
}

/** Whom the content of an act concerns; a threat's condition says it where the threat itself does not. */
function concernedBy(tree: Tree, { rule, frame, companions }: Match, cast: Cast, actors: Parties): Parties {
  const trigger = [frame.trigger, ...companions];
  const atHome = AT_HOME.has(rule.event);
  const content = aimedAt(tree, trigger, cast, actors.ids, { atHome, conditions: false });
  if (content.ids.length > 0 || rule.event !== 'THREATEN') return content;
  return aimedAt(tree, trigger, cast, actors.ids, { atHome, conditions: true });
}

/** Acts that governments do to their own people, and people to their own government. */
const AT_HOME = new Set<EventType>(['PROTEST', 'COERCE', 'ASSAULT']);

/** Acts that are always towards somebody: where no slot names them, their content does. */
const AIMED = new Set<EventType>([
  'THREATEN',
  'PROTEST',
  'ACCUSE',
  'SANCTION',
  'COERCE',
  'ASSAULT',
  'REJECT',
  'REQUEST',
  'AID',
  'AGREE',
]);

/** Parties less some of them. */
export function without(parties: Parties, not: Parties): Parties {
  const ids = parties.ids.filter((id) => !not.ids.includes(id));
  return ids.length > 0 ? { ids, spans: parties.spans } : NOBODY;
}

/** Who fills a slot: `object`, `object.owner`, `clause.object`. */
export function fill(
  tree: Tree,
  frame: Frame,
  slot: string,
  cast: Cast,
  side: Side,
  not: readonly string[] = [],
): Parties {
  const [name, inner] = slot.split('.') as [string, string | undefined];
  const all = frame.slots.get(name) ?? [];
  // "took part in the talks in Chad": the state that a thing takes place in has no part in it.
  const fillers =
    name === 'in' && side === 'actor' && all.length > 1 ? all.filter((one) => !isStateAt(one, cast)) : all;
  if (inner === undefined) {
    // "support for Chad's independence and the hopes of allies": of several things the first says whose they are.
    const named = fillers.filter((filler) => cast.meant(filler).length > 0);
    const things = fillers.filter((filler) => cast.meant(filler).length === 0);
    const owned = things.map((thing) => partiesIn(tree, thing, cast, side, not)).find(({ ids }) => ids.length > 0);
    return merge([...named.map((filler) => partiesIn(tree, filler, cast, side, not)), owned ?? NOBODY]);
  }
  if (inner === 'owner') return merge(fillers.map((filler) => ownersOf(tree, filler, cast, side, not)));
  return merge(fillers.map((filler) => fill(tree, frameOf(tree, filler), inner, cast, side, not)));
}

function isStateAt(token: Token, cast: Cast): boolean {
  return token.upos === 'PROPN' && cast.meant(token).some((id) => cast.actor(id).kind === 'state');
}

/** The one named last before a verb that the parser left without a subject: better a likely doer than none. */
export function namedBefore(tree: Tree, frame: Frame, cast: Cast): Parties {
  const { trigger, slots } = frame;
  if (trigger.upos !== 'VERB' || slots.has('subject') || isPassive(tree, trigger)) return NOBODY;
  // "thank you" needs no subject; "thanked" does.
  if (trigger.form.toLowerCase() === trigger.lemma) return NOBODY;
  if (feature(trigger, 'VerbForm') !== 'Fin' && trigger.relation !== 'root') return NOBODY;
  for (let i = trigger.index - 1; i >= Math.max(0, trigger.index - REACH); i--) {
    const token = tree.tokens[i]!;
    if (token.upos === 'VERB' || token.upos === 'SCONJ' || token.upos === 'PRON') return NOBODY;
    const mention = cast.mentionOf.get(token);
    const ids = mention ? cast.meant(token) : [];
    if (ids.length > 0) return { ids, spans: [{ from: mention!.phrase.from, to: mention!.phrase.to }] };
  }
  return NOBODY;
}

/** Who an argument means; where its head names nobody, the mention that its head is part of. */
export function partiesIn(tree: Tree, head: Token, cast: Cast, side: Side, not: readonly string[]): Parties {
  const parties = partiesAt(tree, head, cast, side, not);
  if (parties.ids.length > 0) return parties;
  const last = Math.min(tree.tokens.length - 1, head.index + REACH);
  for (let i = Math.max(0, head.index - REACH); i <= last; i++) {
    const mention = cast.mentionOf.get(tree.tokens[i]!);
    if (!mention || mention.phrase.from > head.from || mention.phrase.to < head.to) continue;
    const ids = cast.meant(tree.tokens[i]!);
    if (ids.length > 0) return { ids, spans: [{ from: mention.phrase.from, to: mention.phrase.to }] };
  }
  return NOBODY;
}

/** How far from its head a name or title is looked for, in words. */
const REACH = 8;

function firstOf(tree: Tree, frame: Frame, slots: readonly string[], cast: Cast, side: Side, not: Parties): Parties {
  for (const slot of slots) {
    const parties = fill(tree, frame, slot, cast, side, not.ids);
    const ids = parties.ids.filter((id) => !not.ids.includes(id));
    if (ids.length > 0) return { ids, spans: parties.spans };
  }
  return NOBODY;
}
