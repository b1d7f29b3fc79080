import type { Token } from '../nlp/sentence.ts';
import { contains, type Span } from '../source/span.ts';
import { isCountryCode } from '../world/actor.ts';
import { issuesOf } from './about.ts';
import { carrierOf, isToldAsPast } from './carrier.ts';
import type { Frame } from './frame.ts';
import { frameOf, lemmaOf, roundOf } from './frame.ts';
import { contextOf } from './issues.ts';
import { durationOf } from './manner.ts';
import type { Search } from './match.ts';
import { holds } from './match.ts';
import type { Rule } from './patterns/patterns.ts';
import { type Places, placeOf } from './places.ts';
import type { Claim, Statement } from './reading.ts';
import { fill } from './roles.ts';
import { saidBy } from './said/attribution.ts';
import { judge } from './status/status.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependents, headOf } from './tree.ts';
import { type Dated, type IndexedTime, whenOf } from './when.ts';
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
}

/** The act itself ("the talks"), or another of its kind between the same ("an earlier round"). */
type Reference = 'same' | 'other';

/** How far back an act is remembered, in characters; what the document opens with is remembered throughout. */
const REACH = 2500;
const OPENING = 700;

/**
 * The act that a noun names again: "*the talks* lasted two hours", "*an earlier round* in May". It is between those of the
 * act told before, and lies where and when that lies, unless the noun tells its own; another of its kind has its parties and
 * nothing else of it. Nothing where the noun's own words name both sides, or where no act told before fits them.
 */
export function takenUp(search: Search, noun: Token, before: Before): Claim | undefined {
  if (noun.upos !== 'NOUN' || before.claims.length === 0) return undefined;
  const { tree, patterns, cast } = search;
  const lemma = noun.lemma.toLowerCase();
  const rules = patterns.rules.get(`again ${lemmaOf(tree, noun)}`) ?? patterns.rules.get(`again ${lemma}`);
  if (!rules) return undefined;
  const reference = referenceOf(tree, noun);
  if (!reference || isPartOfWord(tree, noun) || isOfSeveral(tree, noun)) return undefined;
  const frame = frameOf(tree, noun);
  for (const rule of rules) {
    if (!rule.conditions.every((condition) => holds(search, frame, condition, []))) continue;
    const own = ownParties(tree, frame, rule, cast);
    const claim = claimOf(search, { noun, rule, frame, own, reference }, before);
    if (claim) return claim;
  }
  return undefined;
}

/** The act told before that "the talks" in "continued the talks" take up: between those, of whom `own` are some. */
export function resumed(search: Search, noun: Token, own: readonly string[], before: Before): Claim | undefined {
  const { tree, patterns, cast } = search;
  const rule = patterns.rules.get(`again ${noun.lemma.toLowerCase()}`)?.[0];
  if (!rule || referenceOf(tree, noun) !== 'same') return undefined;
  const parties = { actors: { ids: own, spans: [] }, recipients: NOBODY };
  const mention: Mention = { noun, rule, frame: frameOf(tree, noun), own: parties, reference: 'same' };
  return antecedentOf(tree, mention, before, cast, { day: undefined, place: undefined });
}

interface Mention {
  readonly noun: Token;
  readonly rule: Rule;
  readonly frame: Frame;
  readonly own: { readonly actors: Parties; readonly recipients: Parties };
  readonly reference: Reference;
}

/** How sure it is that a noun means the act told before, and how unsure a claim may be. */
const AGAIN = 0.9;
const FLOOR = 0.4;

function claimOf({ tree, cast }: Search, mention: Mention, before: Before): Claim | undefined {
  const { noun, rule, own, reference } = mention;
  const judgement = judge(tree, noun);
  if (judgement.supposed && reference === 'other') return undefined;
  const day = ownDay(tree, noun, before);
  const place = ownPlace(tree, mention, before.places);
  const meant = antecedentOf(tree, mention, before, cast, { day, place });
  // "the meeting of 3 May": of another day than any told before, and still between those who met.
  const apart = !meant && reference === 'same' && rule.event === 'CONSULT' && day?.when.time != null;
  const act =
    meant ?? (apart ? antecedentOf(tree, { ...mention, reference: 'other' }, before, cast, { day, place }) : undefined);
  if (!act) return undefined;
  const same = reference === 'same' && !apart;
  const ahead =
    !same && /^(?:further|next|new|fresh|future)$/.test(markerOf(tree, noun) ?? '') && !isToldAsPast(tree, noun);
  const status = same
    ? sameStatus(tree, mention, act, judgement.status)
    : ahead && judgement.status === 'happened'
      ? 'planned'
      : judgement.status;
  if (!same && (day === undefined || day.when.time === null) && !(status === 'planned' && place)) return undefined;
  const sides = isJointly(act)
    ? { actors: merge([sideOf(act, 'actors'), own.actors]), recipients: sideOf(act, 'recipients') }
    : {
        actors: own.actors.ids.length > 0 ? own.actors : sideOf(act, 'actors'),
        recipients: own.recipients.ids.length > 0 ? own.recipients : sideOf(act, 'recipients'),
      };
  const dated = day ?? (same ? { when: act.when, evidence: act.evidence.when } : undefined);
  const where = place ? (before.places.at.get(place) ?? null) : same ? act.where : null;
  const issues = issuesOf(tree, [noun, ...dependents(tree, noun, 'nmod', 'compound', 'amod')], [], cast, rule);
  const confidence = Math.round(act.confidence * AGAIN * 100) / 100;
  if (confidence < FLOOR) return undefined;
  return {
    ...act,
    id: '',
    context: [...new Set(issues.map((issue) => contextOf(issue.label)).filter((label) => label !== undefined))],
    actors: sides.actors.ids,
    recipients: sides.recipients.ids.filter((id) => !sides.actors.ids.includes(id)),
    others: [],
    when: dated?.when ?? { earliest: before.published?.from ?? null, latest: null, precision: 'unknown', time: null },
    where,
    medium: same ? act.medium : null,
    duration: rule.event === 'CONSULT' ? durationOf(tree, [noun], before.here) : null,
    issues,
    figures: [],
    status,
    condition: null,
    consequence: null,
    certainty: judgement.certainty,
    saidBy: saidBy(before.statements, noun),
    evidence: {
      sentence: { from: tree.sentence.from, to: tree.sentence.to },
      trigger: { from: noun.from, to: noun.to },
      actors: sides.actors.spans,
      recipients: sides.recipients.spans,
      when: dated?.evidence ?? [],
      where: place ? [{ from: place.from, to: place.to }] : where === null ? [] : act.evidence.where,
    },
    rule: rule.id,
    confidence,
  };
}

function isJointly({ event }: Claim): boolean {
  return event === 'CONSULT' || event === 'AGREE' || event === 'COOPERATE';
}

function sideOf(claim: Claim, side: 'actors' | 'recipients'): Parties {
  return { ids: claim[side], spans: claim.evidence[side] };
}

/**
 * "No date has been set for the visit": what was planned stays planned until it is called off or told as done. "During the
 * visit she will meet the king": the visit lies ahead.
 */
function sameStatus(tree: Tree, { noun, rule }: Mention, act: Claim, own: Claim['status']): Claim['status'] {
  const open = act.status === 'planned' || act.status === 'expected';
  if (open) return own === 'cancelled' || own === 'failed' ? own : act.status;
  const governor = headOf(tree, roundOf(tree, noun) ?? noun);
  const within = noun.relation === 'nsubj' || /^(?:during|at|in|on)$/.test(casing(tree, noun));
  const ahead =
    governor && dependents(tree, governor, 'aux').some(({ form }) => /^(?:will|shall|’ll|'ll)$/i.test(form));
  return rule.event === 'CONSULT' && within && ahead ? 'planned' : act.status;
}

/** Nouns that are only part of another's name: "attack helicopters", "ceasefire monitors". */
function isPartOfWord(tree: Tree, noun: Token): boolean {
  const relation = bare(noun.relation);
  if (relation === 'compound' || relation === 'amod' || relation === 'flat') return true;
  const before = tree.tokens[noun.index - 1];
  return (
    /^\p{Lu}/u.test(noun.form) && before !== undefined && before.upos !== 'PUNCT' && tree.tokens.at(-1)!.form === '.'
  );
}

/** "the abduction and killing of nuns": what the last of several says is said of all. */
function isOfSeveral(tree: Tree, noun: Token): boolean {
  const nouns = noun.relation === 'conj' ? [headOf(tree, noun)!] : dependents(tree, noun, 'conj');
  return nouns.some((other) => other.upos === 'NOUN' && dependents(tree, other, 'nmod').length > 0);
}

const ONLY_PLURAL = new Set([
  'talk',
  'talks',
  'negotiation',
  'consultation',
  'discussion',
  'sanction',
  'sanctions',
  'apology',
  'criticism',
]);
const OTHER =
  /^(?:earlier|other|another|further|previous|prior|next|new|fresh|future|former|subsequent|later|separate|similar|second|third|fourth|fifth|sixth|first|inaugural|maiden|initial|final|last|past|rival)$/;

/** How a noun phrase points back: by "the", "this", "their", a possessor; as another by "an earlier", "the second". */
function referenceOf(tree: Tree, noun: Token): Reference | undefined {
  const top = roundOf(tree, noun);
  const heads = top ? [top, noun] : [noun];
  if (heads.some((head) => dependents(tree, head, 'nummod').length > 0)) return undefined;
  const words = heads.flatMap((head) => dependents(tree, head, 'det', 'nmod:poss', 'amod', 'advmod'));
  const determiners = words.filter(({ relation }) => bare(relation) === 'det' || relation === 'nmod:poss');
  const forms = determiners.map(({ form }) => form.toLowerCase());
  if (forms.some((form) => /^(?:any|no|every|each|some|all|both|which|what|whose|such|neither|either)$/.test(form)))
    return undefined;
  const definite = determiners.some(
    ({ form, relation }) => relation === 'nmod:poss' || /^(?:the|this|that|these|those)$/i.test(form),
  );
  const other = markerOf(tree, noun) !== undefined || forms.includes('another');
  if (other) return definite || forms.some((form) => /^(?:an?|another)$/.test(form)) ? 'other' : undefined;
  if (!definite) return undefined;
  // "the attacks on journalists": many, and not the one told before.
  if (/Number=Plur/.test(noun.feats) && !ONLY_PLURAL.has(noun.lemma)) return undefined;
  // "the attack that began the war": told by what it did.
  const told = dependents(tree, noun, 'acl:relcl').some(
    (clause) =>
      tree.tokens[tree.first[clause.index]! - 1]?.form !== ',' && tree.tokens[tree.first[clause.index]!]?.form !== ',',
  );
  return told ? undefined : 'same';
}

/** The word that makes a noun another act of its kind. */
function markerOf(tree: Tree, noun: Token): string | undefined {
  const top = roundOf(tree, noun);
  return [noun, ...(top ? [top] : [])]
    .flatMap((head) => dependents(tree, head, 'amod', 'advmod', 'det'))
    .map(({ form }) => form.toLowerCase())
    .find((form) => OTHER.test(form));
}

function ownParties(tree: Tree, frame: Frame, rule: Rule, cast: Cast): Mention['own'] {
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
function isWhole(joint: boolean, { actors, recipients }: Mention['own']): boolean {
  return joint ? actors.ids.length > 1 : actors.ids.length > 0 && recipients.ids.length > 0;
}

/** The act told before that a noun can most likely mean; for another of its kind, whatever its day and place. */
function antecedentOf(
  tree: Tree,
  mention: Mention,
  { claims, sentences, places }: Before,
  cast: Cast,
  { day, place }: { readonly day: Dated | undefined; readonly place: Token | undefined },
): Claim | undefined {
  const { noun, rule, own, reference } = mention;
  const past = isToldAsPast(tree, noun);
  const here = place && places.all[places.at.get(place)!];
  const contents = contentsOf(tree, mention, cast, place);
  const isMeant = (claim: Claim, told: Tree): boolean => {
    if (!contents.every(({ lemma }) => told.tokens.some((token) => token.lemma.toLowerCase() === lemma.toLowerCase())))
      return false;
    if (reference === 'other') return true;
    if (past && (claim.status === 'planned' || claim.status === 'expected')) return false;
    if (day && !overlaps(day.when, claim.when)) return false;
    const there = claim.where === null ? undefined : places.all[claim.where];
    if (here && there && here.name !== there.name && here.precision !== 'country' && there.precision !== 'country')
      return false;
    return true;
  };
  let best: { readonly claim: Claim; readonly far: number } | undefined;
  for (let i = claims.length - 1; i >= 0; i--) {
    const claim = claims[i]!;
    const { sentence, trigger } = claim.evidence;
    const away = tree.sentence.from - sentence.from;
    if (trigger.from >= noun.from || (away > REACH && sentence.from > OPENING)) continue;
    if (claim.actors.length + claim.recipients.length === 0 || !isOfKind(claim, rule.again)) continue;
    if (claim.status === 'denied' || claim.status === 'possible' || claim.status === 'hoped') continue;
    const told = sentences.get(sentence.from);
    if (!told || !agrees(claim, own, cast)) continue;
    // What was agreed or promised is a deal or an offer where it is called one.
    if (claim.event === 'AGREE' && rule.again.includes('AGREE') && !shares(told, rule.triggers)) continue;
    if (!isMeant(claim, told)) continue;
    const far = away + (isAside(told, claim) ? ASIDE : 0);
    if (!best || far < best.far) best = { claim, far };
  }
  return best?.claim;
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

function shares({ tokens }: Tree, words: readonly string[]): boolean {
  return tokens.some(({ lemma }) => words.includes(lemma.toLowerCase()));
}

/** True when everyone that the noun itself names can be of the act told before. */
function agrees(claim: Claim, { actors, recipients }: Mention['own'], cast: Cast): boolean {
  const all = [...claim.actors, ...claim.recipients];
  const joint = isJointly(claim);
  const within = (ids: readonly string[], side: readonly string[]) =>
    ids.every((id) => side.some((other) => other === id || isOf(cast, id, other)));
  if (
    isWhole(joint, { actors, recipients }) &&
    !all.every((id) => [...actors.ids, ...recipients.ids].some((own) => own === id || isOf(cast, own, id)))
  )
    return false;
  return (
    within(actors.ids, joint || claim.actors.length === 0 ? all : claim.actors) &&
    within(recipients.ids, joint ? all : claim.recipients)
  );
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
  place: Token | undefined,
): readonly Token[] {
  const slots = ['of', 'on', 'against', 'from', 'to', 'between', 'with', 'for'].flatMap(
    (slot) => frame.slots.get(slot) ?? [],
  );
  const kinds = dependents(tree, noun, 'compound');
  const named = [...own.actors.spans, ...own.recipients.spans];
  return [...slots, ...kinds].filter(
    (word) =>
      (word.upos === 'NOUN' || (word.relation === 'compound' && word.upos === 'PROPN' && word !== place)) &&
      cast.meant(word).length === 0 &&
      !named.some((span: Span) => contains(span, word)) &&
      !MEASURES.has(word.lemma) &&
      !rule.triggers.includes(word.lemma) &&
      tree.first[noun.index]! <= word.index &&
      word.index <= tree.last[noun.index]!,
  );
}
const MEASURES = new Set(
  'day hour week month year minute phone telephone video morning afternoon evening night weekend monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
);

function overlaps(a: Claim['when'], b: Claim['when']): boolean {
  if (a.earliest === null || a.latest === null) return true;
  return (b.earliest === null || b.earliest <= a.latest) && (b.latest === null || b.latest >= a.earliest);
}

/** The day that a noun tells of itself, or a verb that only says that its act took place. */
function ownDay(tree: Tree, noun: Token, { acts, here, published }: Before): Dated | undefined {
  const dated = whenOf(tree, noun, [], acts, here, 'planned', published);
  const [words] = dated.evidence;
  if (dated.when.time === null || !words) return undefined;
  const top = roundOf(tree, noun) ?? noun;
  if (carrierOf(tree, noun)) return dated;
  const inside =
    words.from >= tree.tokens[tree.first[top.index]!]!.from && words.to <= tree.tokens[tree.last[top.index]!]!.to;
  if (!inside) return undefined;
  // "condemned the attack on Monday": the day may be the condemning's.
  const day = here.find(({ time }) => time.from === words.from)?.head;
  const loose =
    day &&
    day.index > top.index &&
    !/nsubj/.test(top.relation) &&
    (casing(tree, day) === 'on' || casing(tree, day) === '');
  return loose ? undefined : dated;
}

/** The place that a noun tells of itself: "in Oslo", "the Doha talks". */
function ownPlace(tree: Tree, { noun, rule, frame }: Mention, places: Places): Token | undefined {
  const named = dependents(tree, noun, 'compound', 'nmod:poss').find((token) => places.at.has(token));
  if (named) return named;
  // "the strike on Homs": what is struck is where it happens.
  const struck = rule.event === 'ASSAULT' ? ['of', 'on', 'against'].flatMap((slot) => frame.slots.get(slot) ?? []) : [];
  const target = struck.find((token) => places.at.has(token));
  if (target) return target;
  const found = placeOf(tree, noun, [], 'own', places);
  if (!found) return undefined;
  const top = roundOf(tree, noun) ?? noun;
  const inside = found.index >= tree.first[top.index]! && found.index <= tree.last[top.index]!;
  return inside || carrierOf(tree, noun) ? found : undefined;
}
