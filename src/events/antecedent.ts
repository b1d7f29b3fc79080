import type { Token } from '../nlp/sentence.ts';
import { contains, type Span } from '../source/span.ts';
import { isCountryCode } from '../world/actor.ts';
import { isToldAsPast } from './carrier.ts';
import type { Frame } from './frame.ts';
import { isGerund } from './frame.ts';
import { isJoint } from './ontology.ts';
import type { Rule } from './patterns/patterns.ts';
import type { Places } from './places.ts';
import type { Claim, Statement } from './reading.ts';
import type { Reference } from './referring.ts';
import { fill } from './roles.ts';
import type { Tree } from './tree.ts';
import { bare, dependents, feature, headOf } from './tree.ts';
import type { Dated, IndexedTime } from './when.ts';
import type { Cast } from './who/actors.ts';
import { merge, NOBODY, type Parties } from './who/parties.ts';

/** What is known where a noun may take up an act. */
export interface Before {
  /** What the document told before, in order. */
  readonly claims: readonly Claim[];
  /** The sentences of the document by where they begin. */
  readonly sentences: ReadonlyMap<number, Tree>;
  readonly here: readonly IndexedTime[];
  readonly acts: ReadonlySet<Token>;
  readonly places: Places;
  readonly statements: readonly Statement[];
  readonly published: { readonly from: string; readonly to: string } | null;
  /** True for a conversation set down word for word. */
  readonly spoken: boolean;
  /** True for a headline, whose nouns have no article and mean what is told below. */
  readonly below?: boolean;
}

/** A noun that points back, as a rule reads it. */
export interface Mention {
  readonly noun: Token;
  readonly rule: Rule;
  readonly frame: Frame;
  readonly own: { readonly actors: Parties; readonly recipients: Parties };
  readonly reference: Reference;
}

/** How far back an act is remembered, in characters, and one that the document opens with: through a story, not a book. */
const REACH = 2500;
const STORY = 6000;
const OPENING = 700;

/** Whom a noun names itself. */
export function ownParties(tree: Tree, frame: Frame, rule: Rule, cast: Cast): Mention['own'] {
  if (rule.joint)
    return { actors: merge(rule.actors.map((slot) => fill(tree, frame, slot, cast, 'actor'))), recipients: NOBODY };
  const first = (slots: readonly string[], side: 'actor' | 'recipient', not: readonly string[]): Parties => {
    for (const slot of slots) {
      const found = fill(tree, frame, slot, cast, side, not);
      const ids = found.ids.filter((id) => !not.includes(id));
      if (ids.length > 0) return { ids, spans: found.spans };
    }
    return NOBODY;
  };
  const actors = first([...rule.actors, 'doer'], 'actor', []);
  return { actors, recipients: first(rule.recipients, 'recipient', actors.ids) };
}

/** True where a noun names both sides itself. */
export function isWhole(joint: boolean, { actors, recipients }: Mention['own']): boolean {
  return joint ? actors.ids.length > 1 : actors.ids.length > 0 && recipients.ids.length > 0;
}

/** The act told before that a noun can most likely mean; for another of its kind, whatever its day and place. */
export function antecedentOf(
  tree: Tree,
  mention: Mention,
  { claims, sentences, places, below }: Before,
  cast: Cast,
  { day, place }: { readonly day: Dated | undefined; readonly place: Token | undefined },
): Claim | undefined {
  const { noun, rule, own, reference } = mention;
  const past = isToldAsPast(tree, noun);
  const here = place && places.all[places.at.get(place)!];
  const contents = contentsOf(tree, mention, cast, places, place);
  const isMeant = (claim: Claim, told: Tree): boolean => {
    if (!contents.every(({ lemma }) => isCalled(told, [lemma.toLowerCase()], tree, noun))) return false;
    if (reference === 'other') return true;
    if (past && (claim.status === 'planned' || claim.status === 'expected')) return false;
    if (day && !overlaps(day.when, claim.when)) return false;
    const there = claim.where === null ? undefined : places.all[claim.where];
    if (here && there && here.name !== there.name && here.precision !== 'country' && there.precision !== 'country')
      return false;
    return true;
  };
  const fitting: { readonly claim: Claim; readonly far: number }[] = [];
  for (let i = claims.length - 1; i >= 0; i--) {
    const claim = claims[i]!;
    const { sentence, trigger } = claim.evidence;
    const away = Math.abs(tree.sentence.from - sentence.from);
    if (!below && away > STORY) break;
    if ((!below && trigger.from >= noun.from) || away > (sentence.from > OPENING ? REACH : STORY)) continue;
    // "The attack was claimed by rebels": whoever did it was not told before.
    const claimed = claim.actors.length === 0 && headOf(tree, noun)?.lemma === 'claim';
    const sides = claimed ? { ...own, actors: NOBODY } : own;
    if (!isOfKind(claim, rule.again) || !isSound(claim, cast) || !agrees(claim, sides, cast)) continue;
    const told = sentences.get(sentence.from);
    // What was agreed or promised is a deal or an offer where it is called one.
    if (
      !told ||
      (claim.event === 'AGREE' && rule.again.includes('AGREE') && !isCalled(told, rule.triggers, tree, noun))
    )
      continue;
    if (isMeant(claim, told)) fitting.push({ claim, far: away + (isAside(told, claim) ? ASIDE : 0) });
  }
  const best = fitting.reduce<(typeof fitting)[number] | undefined>(
    (near, one) => (near && near.far <= one.far ? near : one),
    undefined,
  );
  // Where acts of others fit as well, who knows which is meant.
  return best && fitting.every(({ claim }) => isBetweenSame(claim, best.claim, cast)) ? best.claim : undefined;
}

/** Whether a sentence has one of these words, the noun's own phrase aside. */
function isCalled(told: Tree, words: readonly string[], tree: Tree, noun: Token): boolean {
  const [first, last] = told === tree ? [tree.first[noun.index]!, tree.last[noun.index]!] : [-1, -1];
  return told.tokens.some(
    (token) => words.includes(token.lemma.toLowerCase()) && (token.index < first || token.index > last),
  );
}

/** Told well enough to be taken up: as done, going on or planned, between parties that are known. */
function isSound(claim: Claim, cast: Cast): boolean {
  if (claim.status === 'denied' || claim.status === 'possible' || claim.status === 'hoped') return false;
  const all = [...claim.actors, ...claim.recipients];
  if (claim.confidence < SOUND || all.length === 0) return false;
  if (!isJoint(claim.event)) return true;
  return all.length > 1 && all.every((id) => isKnown(cast, id));
}
const SOUND = 0.55;

function isKnown(cast: Cast, id: string): boolean {
  const { country, kind, wikidata } = cast.actor(id);
  return country !== null || wikidata !== null || kind === 'person';
}

/** True when two acts can be between the same, as far as both name anybody on a side. */
function isBetweenSame(a: Claim, b: Claim, cast: Cast): boolean {
  const alike = (one: readonly string[], two: readonly string[]): boolean =>
    one.length === 0 ||
    two.length === 0 ||
    one.some((id) => two.some((other) => id === other || isOf(cast, id, other)));
  if (isJoint(a.event) && isJoint(b.event)) {
    const [few, many] = [
      [...a.actors, ...a.recipients],
      [...b.actors, ...b.recipients],
    ].sort((x, y) => x.length - y.length);
    return few!.every((id) => many!.some((other) => id === other || isOf(cast, id, other)));
  }
  return alike(a.actors, b.actors) && alike(a.recipients, b.recipients);
}

/** How much further back, in characters, an act counts that was told in passing. */
const ASIDE = 260;

/** Told in passing: in a relative or adverbial clause, or as what another act is about. */
function isAside(tree: Tree, { evidence: { trigger } }: Claim): boolean {
  let token = tree.tokens.find(({ from }) => from === trigger.from);
  for (let step = 0; token && step < 20; step++, token = headOf(tree, token)) {
    const relation = bare(token.relation);
    if (relation === 'acl' || relation === 'advcl' || relation === 'nmod' || relation === 'appos') return true;
  }
  return false;
}

function isOfKind({ event, mode, cameo }: Claim, again: readonly string[]): boolean {
  if (again.some((kind) => kind.startsWith('-') && mode.includes(kind.slice(1)))) return false;
  return again.some((kind) => {
    if (/^\d/.test(kind)) return cameo.startsWith(kind);
    const [type, inner] = kind.split('.');
    return type === event && (inner === undefined || mode.includes(inner));
  });
}

/** True when everyone that the noun itself names can be of the act told before. */
function agrees(claim: Claim, { actors, recipients }: Mention['own'], cast: Cast): boolean {
  const all = [...claim.actors, ...claim.recipients];
  const joint = isJoint(claim.event) && claim.recipients.length === 0;
  const within = (ids: readonly string[], side: readonly string[]) =>
    ids.every((id) => side.some((other) => other === id || isOf(cast, id, other)));
  if (
    isWhole(joint, { actors, recipients }) &&
    !all.every((id) => [...actors.ids, ...recipients.ids].some((own) => own === id || isOf(cast, own, id)))
  )
    return false;
  return within(actors.ids, joint ? all : claim.actors) && within(recipients.ids, joint ? all : claim.recipients);
}

/** Of one country: "the Israeli raid" by Israeli jets. */
function isOf(cast: Cast, one: string, other: string): boolean {
  const country = cast.actor(one).country;
  return isCountryCode(country) && cast.actor(other).country === country;
}

/**
 * What a noun's own words say that it is of, so far as no party, day or place is meant: "crew" of "the release of the crew".
 * The act told before must have been told with these words.
 */
function contentsOf(
  tree: Tree,
  { noun, frame, own, rule }: Mention,
  cast: Cast,
  places: Places,
  place: Token | undefined,
): readonly Token[] {
  const slots = ['of', 'on', 'against', 'from', 'to', 'between', 'with', 'for'].flatMap(
    (slot) => frame.slots.get(slot) ?? [],
  );
  const kinds = dependents(tree, noun, 'compound');
  // "the agreement on sending troops"
  const clauses = dependents(tree, noun, 'acl').filter(
    (clause) => clause.relation === 'acl' && (isGerund(clause) || feature(clause, 'VerbForm') === 'Inf'),
  );
  // "the Unite the Right rally": an act with a name of its own.
  const before = tree.tokens[noun.index - 1];
  const named = before && /^\p{Lu}/u.test(before.form) && before.index > tree.first[noun.index]!;
  const name = named && before !== place ? [before] : [];
  // "the talks regarding Iran": who is talked about must have been before.
  const topics = ['about', 'regarding', 'over', 'concerning'].flatMap((slot) => frame.slots.get(slot) ?? []);
  const parties = [...own.actors.spans, ...own.recipients.spans];
  const things = [...slots, ...kinds, ...clauses, ...name].filter(
    (word) =>
      (word.upos === 'NOUN' || word.upos === 'VERB' || word.upos === 'PROPN') &&
      !places.at.has(word) &&
      word !== place &&
      cast.meant(word).length === 0 &&
      !parties.some((span: Span) => contains(span, word)) &&
      !MEASURES.has(word.lemma.toLowerCase()) &&
      !rule.triggers.includes(word.lemma),
  );
  return [...things, ...topics.filter(({ upos }) => upos === 'NOUN' || upos === 'PROPN')].filter(
    ({ index }) => tree.first[noun.index]! <= index && index <= tree.last[noun.index]!,
  );
}
const MEASURES = new Set(
  'day hour week month year minute phone telephone video morning afternoon evening night weekend monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december'.split(
    ' ',
  ),
);

function overlaps(a: Claim['when'], b: Claim['when']): boolean {
  if (a.earliest === null || a.latest === null) return true;
  return (b.earliest === null || b.earliest <= a.latest) && (b.latest === null || b.latest >= a.earliest);
}
