import type { Token } from '../nlp/sentence.ts';
import { contains } from '../source/span.ts';
import { issuesOf } from './about.ts';
import { antecedentOf, type Before, isWhole, type Mention, ownParties } from './antecedent.ts';
import { carrierOf, isToldAsPast } from './carrier.ts';
import { frameOf, lemmaOf, roundOf } from './frame.ts';
import { contextOf } from './issues.ts';
import { durationOf } from './manner.ts';
import type { Search } from './match.ts';
import { holds } from './match.ts';
import { isJoint } from './ontology.ts';
import { type Places, placeOf } from './places.ts';
import type { Claim } from './reading.ts';
import { isOfSeveral, isPartOfWord, markerOf, referenceOf } from './referring.ts';
import { saidBy } from './said/attribution.ts';
import { judge } from './status/status.ts';
import type { Tree } from './tree.ts';
import { casing, dependents, headOf } from './tree.ts';
import { type Dated, datedBy, whenOf } from './when.ts';
import { merge, NOBODY, type Parties } from './who/parties.ts';

/**
 * The act that a noun names again: "*the talks* lasted two hours", "*an earlier round* in May". It is between those of the
 * act told before, and lies where and when that lies, unless the noun tells its own; another of its kind has its parties and
 * nothing else of it. Nothing where no act told before fits the noun's own words, or acts of others fit as well.
 */
export function takenUp(search: Search, noun: Token, before: Before): Claim | undefined {
  // In a conversation each speaks of something else.
  if (noun.upos !== 'NOUN' || before.claims.length === 0 || before.spoken) return undefined;
  if (isOfSource(search.tree, noun, before)) return undefined;
  const { tree, patterns, cast } = search;
  const lemma = noun.lemma.toLowerCase();
  const rules = patterns.rules.get(`again ${lemmaOf(tree, noun)}`) ?? patterns.rules.get(`again ${lemma}`);
  // "I came to this conversation late": of the speaker's own hour.
  if (!rules || tree.forms.includes('I')) return undefined;
  const reference = referenceOf(tree, noun, before.below === true);
  // "the next meeting of the dialogue": that meeting, which the dialogue is no more than the name of.
  if (isNamedBelow(search, noun)) return undefined;
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

/** "People familiar with the talks": who says it, not what happened; "the minister, who hosted the talks" tells both. */
function isOfSource(tree: Tree, noun: Token, { statements }: Before): boolean {
  if (headOf(tree, noun)?.relation === 'acl:relcl') return false;
  return statements.some(({ source }) => source !== null && contains(source, noun));
}

/** True below another noun of an act, but for "a round of talks"; and for that round. */
function isNamedBelow({ tree, patterns }: Search, noun: Token): boolean {
  const isAct = (token: Token | undefined) => token !== undefined && patterns.rules.has(`again ${token.lemma}`);
  const top = roundOf(tree, noun);
  if (!top && casing(tree, noun) === 'of' && noun.relation === 'nmod' && isAct(headOf(tree, noun))) return true;
  return dependents(tree, noun, 'nmod').some((child) => isAct(child) && roundOf(tree, child) === noun);
}

/** The act told before that "the talks" in "continued the talks" take up: between those, of whom `own` are some. */
export function resumed(search: Search, noun: Token, own: readonly string[], before: Before): Claim | undefined {
  const { tree, patterns, cast } = search;
  const rule = patterns.rules.get(`again ${noun.lemma.toLowerCase()}`)?.[0];
  if (!rule || before.spoken || tree.forms.includes('I')) return undefined;
  if (isPartOfWord(tree, noun) || referenceOf(tree, noun) !== 'same') return undefined;
  const parties = { actors: { ids: own, spans: [] }, recipients: NOBODY };
  const mention: Mention = { noun, rule, frame: frameOf(tree, noun), own: parties, reference: 'same' };
  const day = ownDay(tree, noun, before);
  return antecedentOf(tree, mention, before, cast, { day, place: ownPlace(tree, mention, before.places) });
}

/** How sure it is that a noun means the act told before, and how unsure a claim may be. */
const AGAIN = 0.9;
const FLOOR = 0.4;

function claimOf({ tree, cast }: Search, mention: Mention, before: Before): Claim | undefined {
  const { noun, rule, own, reference } = mention;
  const judgement = judge(tree, noun);
  const day = ownDay(tree, noun, before);
  const place = ownPlace(tree, mention, before.places);
  // "if the detention is unlawful": any, unless a day or place says which.
  if (judgement.supposed && (reference === 'other' || (!day && !place))) return undefined;
  const meant = antecedentOf(tree, mention, before, cast, { day, place });
  // "the meeting of 3 May": of another day than any told before, and still between those who met.
  const apart = !meant && reference === 'same' && rule.event === 'CONSULT' && day?.when.time != null;
  const act =
    meant ?? (apart ? antecedentOf(tree, { ...mention, reference: 'other' }, before, cast, { day, place }) : undefined);
  if (!act) return undefined;
  const same = reference === 'same' && !apart;
  const ahead =
    !same && /^(?:further|next|new|fresh|future)$/.test(markerOf(tree, noun) ?? '') && !isToldAsPast(tree, noun);
  const coming = day !== undefined && isAfter(day, before.published);
  const status = same
    ? sameStatus(tree, mention, act, judgement.status)
    : (ahead || coming) && (judgement.status === 'happened' || judgement.status === 'possible')
      ? 'planned'
      : judgement.status;
  if (!same && (day === undefined || day.when.time === null) && !(status === 'planned' && place)) return undefined;
  const sides =
    isJoint(act.event) && act.recipients.length === 0
      ? { actors: isWhole(true, own) ? own.actors : merge([sideOf(act, 'actors'), own.actors]), recipients: NOBODY }
      : {
          // Whoever claimed an attack has said so; others need not think that they did it.
          actors:
            own.actors.ids.length > 0
              ? own.actors
              : act.rule.startsWith('again.') && act.saidBy.length > 0
                ? NOBODY
                : sideOf(act, 'actors'),
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

function sideOf(claim: Claim, side: 'actors' | 'recipients'): Parties {
  return { ids: claim[side], spans: claim.evidence[side] };
}

/**
 * "No date has been set for the visit": what was planned stays planned until it is called off or told as done. "During the
 * visit she will meet the king": the visit lies ahead.
 */
function sameStatus(
  tree: Tree,
  { noun, rule, own: parties }: Mention,
  act: Claim,
  own: Claim['status'],
): Claim['status'] {
  const open = act.status === 'planned' || act.status === 'expected';
  // "Russia's raid on Latvia": a deed that names its sides may have been done by now.
  if (open && !rule.joint && parties.recipients.ids.length > 0 && parties.actors.ids.length > 0 && rule.type.quad === 4)
    return own;
  if (open) return own === 'cancelled' || own === 'failed' ? own : act.status;
  const governor = headOf(tree, roundOf(tree, noun) ?? noun);
  const within = noun.relation === 'nsubj' || /^(?:during|at|in|on)$/.test(casing(tree, noun));
  const ahead =
    governor && dependents(tree, governor, 'aux').some(({ form }) => /^(?:will|shall|’ll|'ll)$/i.test(form));
  return rule.event === 'CONSULT' && within && ahead ? 'planned' : act.status;
}

/** The day that a noun tells of itself, or a verb that only says that its act took place. */
function ownDay(tree: Tree, noun: Token, { acts, here, published }: Before): Dated | undefined {
  const top = roundOf(tree, noun) ?? noun;
  // "discussed their meeting in Oslo tomorrow": what is past was not done tomorrow.
  const next = tree.tokens[tree.last[top.index]! + 1];
  const ahead = here.find(({ time }) => time.type === 'date' && next?.from === time.from);
  if (ahead && isAfter(datedBy(here, ahead), published)) return datedBy(here, ahead);
  const dated = whenOf(tree, noun, [], acts, here, 'planned', published);
  const [words] = dated.evidence;
  // "their recent meeting" tells no day.
  const told = here.find(({ index }) => index === dated.when.time)?.time;
  if (!told || !words || /_REF$/.test(told.value ?? '')) return undefined;
  if (carrierOf(tree, noun)) return dated;
  const inside =
    words.from >= tree.tokens[tree.first[top.index]!]!.from && words.to <= tree.tokens[tree.last[top.index]!]!.to;
  if (!inside) return undefined;
  // "condemned the attack on Monday": the day may be the condemning's.
  const day = here.find(({ time }) => time.from === words.from)?.head;
  const loose =
    day &&
    day.index > top.index &&
    /^ob[jl]/.test(top.relation) &&
    (casing(tree, day) === 'on' || casing(tree, day) === '') &&
    !isAfter(dated, published);
  return loose ? undefined : dated;
}

function isAfter({ when }: Dated, published: Before['published']): boolean {
  return published !== null && when.earliest !== null && when.earliest > published.to;
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
