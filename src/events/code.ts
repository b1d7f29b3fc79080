import type { Token } from '../nlp/sentence.ts';
import { contains, overlaps, type Span } from '../source/span.ts';
import { isCountryCode } from '../world/actor.ts';
import type { Cast } from './actors.ts';
import { isAffair } from './affair.ts';
import { partiesBeneath } from './beneath.ts';
import { contentOf, sayingOf, tellingOf } from './content.ts';
import { withDisputes } from './disputed.ts';
import type { Frame } from './frame.ts';
import { frameOf, isPassive, roundOf } from './frame.ts';
import { contextOf, findIssues, type Issue, ownClause } from './issues.ts';
import { byStop } from './legs.ts';
import { durationOf, mediumOf } from './manner.ts';
import type { Match, Search } from './match.ts';
import { matchAt } from './match.ts';
import type { EventType, PloverType } from './ontology.ts';
import { classOf, scaleOf } from './ontology.ts';
import { othersOf } from './others.ts';
import type { Parties, Side } from './parties.ts';
import { aimedAt, holderOf, isDeed, merge, NOBODY, ownersOf, partiesAt } from './parties.ts';
import type { Patterns, Rule } from './patterns.ts';
import type { Places } from './places.ts';
import { placeOf } from './places.ts';
import type { Claim, Figure, Statement, Time } from './reading.ts';
import { saidBy } from './said/attribution.ts';
import { type Turn, turnAt } from './said/turns.ts';
import { judge } from './status.ts';
import type { Tree } from './tree.ts';
import { bare, bySentence, dependent, dependents, feature, headOf, subtreeSpan } from './tree.ts';
import type { IndexedTime } from './when.ts';
import { isScheduled, timesBySentence, whenOf } from './when.ts';

/** What is known of a document when its events are coded. */
export interface Findings {
  readonly cast: Cast;
  readonly times: readonly Time[];
  readonly places: Places;
  readonly figures: readonly Figure[];
  readonly statements: readonly Statement[];
  /** Who speaks where, in a transcript. */
  readonly turns: readonly Turn[];
  /** The document's publication, for acts told without a date. */
  readonly published: { readonly from: string; readonly to: string } | null;
}

/** Nouns that stand for an act told before: "the talks lasted two hours". */
const ECHOES = new Set(
  'talk meeting summit call conversation visit discussion session negotiation attack raid strike invasion'.split(' '),
);

/**
 * Codes the events of a document: every trigger of a pattern whose conditions hold and whose parties are public actors.
 * What is asked for, refused, threatened or promised is the content of that act and no claim of its own. Claims come in
 * the order of their triggers.
 */
export function codeEvents(trees: readonly Tree[], patterns: Patterns, findings: Findings): readonly Claim[] {
  const claims: Claim[] = [];
  const times = timesBySentence(trees, findings.times);
  const figures = bySentence(trees, findings.figures);
  const contents = findings.statements.map((statement) => ({ ...statement.content, statement }));
  const statements = bySentence(trees, contents).map((inside) => inside.map(({ item }) => item.statement));
  for (const [place, tree] of trees.entries()) {
    if (tree.sentence.tokens.at(-1)?.form === '?') continue;
    // What a reporter's question takes for granted is no report.
    if (turnAt(findings.turns, tree.sentence.to - 1)?.asked) continue;
    const search: Search = { tree, patterns, cast: findings.cast, found: new Map() };
    const matches = tree.tokens.map((token) => matchAt(search, token)).filter((match) => match !== undefined);
    const acts = new Set(matches.map(({ frame }) => frame.trigger));
    const spent = new Set<Token>();
    for (const match of matches) for (const token of match.companions) spent.add(token);
    for (const match of matches)
      for (const token of contentOf(search, match)) if (token !== match.frame.trigger) spent.add(token);
    for (const match of matches) {
      if (spent.has(match.frame.trigger)) continue;
      const found = { here: times[place]!, statements: statements[place]!, countedHere: figures[place]! };
      const told: Told = { ...findings, ...found, acts, claims };
      const claim = claimOf(search, match, told);
      const fresh = claim && !isSameOccasion(tree, match, claim, claims) ? eachStop(search, match, claim, told) : [];
      for (const one of fresh) claims.push({ ...one, id: `c${claims.length + 1}` });
    }
  }
  return withDisputes(claims, trees, findings.cast);
}

/** "his meeting with the emir in Oslo, where the two held a news conference": one occasion, told by its noun already. */
function isSameOccasion(tree: Tree, { frame }: Match, claim: Claim, before: readonly Claim[]): boolean {
  const clause = frame.trigger;
  const noun = clause.relation === 'acl:relcl' ? headOf(tree, clause) : undefined;
  if (claim.event !== 'CONSULT' || !noun || claim.when.time !== null) return false;
  const last = before.at(-1);
  const told = last && tree.tokens.find(({ from, to }) => from === last.evidence.trigger.from && to > from);
  const within = told && tree.first[told.index]! <= noun.index && noun.index <= tree.last[told.index]!;
  return within === true && last!.event === 'CONSULT' && claim.actors.every((id) => last!.actors.includes(id));
}

/** What is known where a claim is made. */
interface Told extends Findings {
  /** The times of the sentence. */
  readonly here: readonly IndexedTime[];
  /** The statements whose content reaches into the sentence. */
  readonly statements: readonly Statement[];
  /** The figures of the sentence. */
  readonly countedHere: readonly { readonly item: Figure; readonly index: number }[];
  /** The triggers of the sentence. */
  readonly acts: ReadonlySet<Token>;
  /** What the document told before. */
  readonly claims: readonly Claim[];
}

function claimOf(search: Search, match: Match, findings: Told): Claim | undefined {
  const { rule, frame, companions } = match;
  const { tree, cast } = search;
  const { trigger } = frame;
  const parties = partiesOf(search, match);
  const { recipients } = parties;
  const others = othersOf(tree, match, cast);
  // Whoever brings others together is no party of what they do, but where nobody else is named.
  const between = others.filter(({ role }) => role === 'mediator' || role === 'host').map(({ actor }) => actor);
  const left = parties.actors.ids.filter((id) => !between.includes(id));
  let actors = rule.joint && left.length > 1 ? without(parties.actors, { ids: between, spans: [] }) : parties.actors;
  const saying = sayingOf(tree, trigger);
  const speakers = saying ? fill(tree, frameOf(tree, saying), 'subject', cast, 'actor') : NOBODY;
  // "said they would boycott the vote": a pronoun that means nobody else means the speaker.
  const subjects = frame.slots.get('subject') ?? [];
  if (actors.ids.length === 0 && !rule.joint && subjects.length === 1 && subjects[0]!.upos === 'PRON')
    actors = without(speakers, recipients);
  if (actors.ids.length === 0 && !rule.joint) actors = without(namedBefore(tree, frame, cast), recipients);
  const alone = rule.joint && actors.ids.length + recipients.ids.length < 2;
  const echo = alone ? echoOf(rule.event, [trigger, ...companions], actors.ids, tree, findings.claims) : undefined;
  if (echo) actors = merge([{ ids: [...echo.actors, ...echo.recipients], spans: [] }, actors]);
  if (!isAffair(search, match, actors, recipients)) return undefined;

  const purpose = isPurpose(trigger);
  const governor = headOf(tree, trigger);
  // "called the emir to thank him": what is said in a call or a meeting is said.
  const uttered = purpose && governor && MEETING.has(governor.lemma) && rule.type.quad % 2 === 1;
  const judgement = uttered ? { ...judge(tree, governor), supposed: false } : judge(tree, trigger);
  // "if Russia attacks": supposed by another act, whose condition it is.
  if (judgement.supposed) return undefined;
  // "the means to defend themselves": told by no word as planned, wished or done.
  if (bare(trigger.relation) === 'acl' && frame.moods.has('open') && judgement.status === 'possible') return undefined;
  if (purpose && !uttered && rule.event !== 'CONSULT') return undefined;
  // "the Greek premier said Greece will …": who speaks for a country commits it.
  const said = saidBy(findings.statements, trigger);
  const voices = findings.statements.filter(({ id }) => said.includes(id));
  const speaking = [...speakers.ids, ...voices.flatMap(({ speaker }) => speaker ?? [])];
  // "… will close its ports, the minister warned": a warning is its speaker's, whoever would act.
  const warned = voices.some(({ cue }) =>
    tree.tokens.some((token) => cue && contains(cue, token) && WARNING.has(token.lemma)),
  );
  const own =
    warned ||
    speaking.some(
      (id) =>
        actors.ids.includes(id) ||
        actors.ids.some(
          (other) => isCountryCode(cast.actor(id).country) && cast.actor(other).country === cast.actor(id).country,
        ),
    );
  const told = tellingOf(search, match, judgement, own);
  const { event, cameo, modes } = told;
  // The condition of a threat or a promise stands with what is threatened or promised: "threatened to leave if …".
  const held = rule.event === 'THREATEN' || rule.event === 'AGREE' ? frame.slots.get('clause')?.[0] : undefined;
  const condition = judgement.condition ?? (held && judge(tree, held).condition);
  const confidence = confidenceOf(tree, trigger, actors, recipients, rule);
  if (confidence < FLOOR) return undefined;
  const clause = clauseSpan(tree, trigger);
  const { acts, here, places } = findings;
  const coming =
    (told.status === 'happened' || told.status === 'ongoing') &&
    isScheduled(tree, trigger, companions, acts, here, findings.published);
  const status = coming ? 'planned' : told.status;
  const when = whenOf(tree, trigger, companions, acts, here, status, findings.published);
  // What is accused, asked for or praised lies where it lies; a treaty is signed somewhere.
  const spoken = rule.type.quad === 3 || (rule.event === 'SUPPORT' && rule.cameo !== '057');
  const place = placeOf(tree, trigger, companions, spoken ? 'own' : acts, places) ?? stricken(match, places);
  // "the next round will be in person"
  const top = roundOf(tree, trigger) ?? trigger;
  const above = top.relation === 'nsubj' ? headOf(tree, top) : undefined;
  const predicate = above && dependent(tree, above, 'cop') ? [above] : [];
  const medium = mediumOf(tree, [trigger, ...companions, ...predicate]);
  const words = ownClause(tree, trigger);
  const further = others.filter(
    ({ actor, role }) => role === 'host' || role === 'mediator' || ![...actors.ids, ...recipients.ids].includes(actor),
  );
  const issues = issuesOf(tree, words, further, cast, rule);
  const duration = rule.event === 'CONSULT' ? durationOf(tree, [trigger, ...companions], here) : null;
  // Taking up an act told before counts when it adds something: a date, a place, how long it took.
  if (echo && when.when.time === null && !place && duration === null) return undefined;
  const context = [...new Set(issues.map((issue) => contextOf(issue.label)).filter((label) => label !== undefined))];
  const ranked = event === rule.event ? rule.type : classOf(event as PloverType);
  return {
    id: '',
    event,
    mode: modes,
    context,
    cameo,
    quad: ranked.quad,
    scale: scaleOf(ranked, modes),
    actors: actors.ids,
    recipients: recipients.ids,
    others: further,
    when: when.when,
    where: place ? (findings.places.at.get(place) ?? null) : null,
    medium:
      rule.event === 'CONSULT' ? (rule.medium ?? medium ?? echo?.medium ?? null) : medium === 'written' ? medium : null,
    duration,
    issues,
    figures: figuresIn(words, findings.countedHere),
    status,
    condition: condition ? withoutReport(tree, condition, voices) : null,
    consequence: withoutCondition(
      tree,
      consequenceOf(tree, frame, { told: event, clause, waits: condition !== undefined }, rule),
      condition,
    ),
    certainty: judgement.certainty,
    saidBy: said,
    evidence: {
      sentence: { from: tree.sentence.from, to: tree.sentence.to },
      trigger: { from: trigger.from, to: trigger.to },
      actors: actors.spans,
      recipients: recipients.spans,
      when: when.evidence,
      where: place ? [{ from: place.from, to: place.to }] : [],
    },
    rule: rule.id,
    confidence,
  };
}

/** "shelled Kharkiv", "the attack on Kharkiv": what is struck is where it happens. */
function stricken({ rule, frame }: Match, places: Places): Token | undefined {
  if (rule.event !== 'ASSAULT') return undefined;
  return ['object', 'on', 'against', 'of']
    .flatMap((slot) => frame.slots.get(slot) ?? [])
    .find((token) => places.at.has(token));
}

/**
 * What an act is about: the issues its own words name, and the states that others are spoken of. Who is expelled or
 * summoned makes it an affair of diplomats; who is only met does not.
 */
function issuesOf(
  tree: Tree,
  own: readonly Token[],
  others: Claim['others'],
  cast: Cast,
  rule: Rule,
): readonly Issue[] {
  const named = findIssues(own, (token) => isInName(tree, token)).filter(
    ({ label }) => label !== 'diplomatic relations' || rule.type.quad > 2,
  );
  const states = others.flatMap(({ actor, role }): readonly Issue[] => {
    const { kind, name, mentions } = cast.actor(actor);
    const said =
      role === 'about' && kind === 'state' ? mentions.find((span) => contains(tree.sentence, span)) : undefined;
    return said ? [{ label: name, from: said.from, to: said.to }] : [];
  });
  return [...named, ...states, ...conflictsIn(tree, own, cast)].filter(
    ({ label }, i, all) => all.findIndex((one) => one.label === label) === i,
  );
}

/** "the war in Mali", "the Mali crisis": the state whose conflict is named, be it a party or not. */
function conflictsIn(tree: Tree, own: readonly Token[], cast: Cast): readonly Issue[] {
  return own.flatMap(({ index, lemma }) => {
    if (!CONFLICTS.has(lemma)) return [];
    const behind = SCENES.has(tree.tokens[index + 1]?.lemma ?? '') ? tree.tokens.slice(index + 2, index + 5) : [];
    const place = [...behind, tree.tokens[index - 1]].find((token) => token && cast.meant(token).length > 0);
    const states = place ? cast.meant(place).map((id) => cast.actor(id)) : [];
    return states
      .filter(({ kind }) => kind === 'state')
      .map(({ name }) => ({ label: name, from: place!.from, to: place!.to }));
  });
}
const CONFLICTS = new Set(
  'war conflict crisis invasion aggression situation fighting violence unrest question dossier'.split(' '),
);
const SCENES = new Set(['in', 'on', 'of', 'against', 'over', 'with']);

/** Words of a person's, body's or place's name; those of a treaty's or a virus's are about what they name. */
function isInName(tree: Tree, token: Token): boolean {
  const name = tree.sentence.names.find(({ first, last }) => first <= token.index && token.index <= last);
  if (name) return name.kind !== 'other';
  return token.index > 0 && /^\p{Lu}\p{Ll}/u.test(token.form);
}

/** Of the sentence's figures, the indices of those among the words of an act; both in order. */
function figuresIn(words: readonly Token[], here: Told['countedHere']): readonly number[] {
  let at = 0;
  return here.flatMap(({ item, index }) => {
    while (at < words.length && words[at]!.to <= item.from) at++;
    return at < words.length && words[at]!.from < item.to ? [index] : [];
  });
}

/** A visit by its stops: the places in the first slot of the rule's recipients that names any. */
function eachStop(search: Search, { rule, frame }: Match, claim: Claim, findings: Told): readonly Claim[] {
  if (!claim.mode.includes('visit')) return [claim];
  const { tree, cast } = search;
  const named = rule.recipients
    .map((slot) => frame.slots.get(slot) ?? [])
    .map((fillers) =>
      fillers.map((token) => ({ token, parties: partiesIn(tree, token, cast, 'recipient', claim.actors) })),
    )
    .map((stops) =>
      stops.filter(({ parties }) => parties.ids.length > 0 && parties.ids.every((id) => claim.recipients.includes(id))),
    )
    .find((stops) => stops.length > 0);
  return byStop(tree, claim, named ?? [], findings.here, findings.places);
}

const WARNING = new Set(['warn', 'threaten', 'vow', 'swear']);

/** The act itself of "to close its ports if …": a clause without its condition, where that stands first or last. */
function withoutCondition(tree: Tree, clause: Span | null, condition: Span | undefined): Span | null {
  if (!clause || !condition || !overlaps(clause, condition)) return clause;
  const rest = tree.tokens.filter(
    (token) => contains(clause, token) && !contains(condition, token) && token.upos !== 'PUNCT',
  );
  const side = rest.filter(({ from }) =>
    condition.from > rest[0]!.from ? from < condition.from : from >= condition.to,
  );
  return side.length > 0 ? { from: side[0]!.from, to: side.at(-1)!.to } : clause;
}

/** "if the ship is not freed, the minister warned": the condition ends where the words of reporting begin. */
function withoutReport(tree: Tree, span: Span, statements: readonly Statement[]): Span {
  const reports = statements.flatMap(({ source, cue }) => [source, cue]).filter((part) => part !== null);
  const cut = Math.min(
    span.to,
    ...reports.filter(({ from }) => from > span.from && from < span.to).map(({ from }) => from),
  );
  const last = tree.tokens.findLast(({ from, to, upos }) => from >= span.from && to <= cut && upos !== 'PUNCT');
  return last ? { from: span.from, to: last.to } : span;
}

/** Who does it and to whom; where the words of a request or refusal name no recipient, those of its content do. */
function partiesOf(search: Search, match: Match, depth = 0): { actors: Parties; recipients: Parties } {
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
  const open = AIMED.has(rule.event) && !held && !deed && (rule.event !== 'ASSAULT' || !frame.slots.has('object'));
  if (recipients.ids.length === 0 && depth === 0 && actors.ids.length > 0 && open)
    recipients = concernedBy(tree, match, cast, actors);
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

function without(parties: Parties, not: Parties): Parties {
  const ids = parties.ids.filter((id) => !not.ids.includes(id));
  return ids.length > 0 ? { ids, spans: parties.spans } : NOBODY;
}

function fill(tree: Tree, frame: Frame, slot: string, cast: Cast, side: Side, not: readonly string[] = []): Parties {
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
function namedBefore(tree: Tree, frame: Frame, cast: Cast): Parties {
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
function partiesIn(tree: Tree, head: Token, cast: Cast, side: Side, not: readonly string[]): Parties {
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

/** The act told before that "the talks" or "the meeting" takes up again. */
function echoOf(
  event: EventType,
  tokens: readonly Token[],
  own: readonly string[],
  tree: Tree,
  before: readonly Claim[],
): Claim | undefined {
  const echo = tokens.find((token) => ECHOES.has(token.lemma) && isDefinite(tree, token));
  return (
    echo &&
    before.findLast(
      (claim) => claim.event === event && claim.actors.length > 1 && own.every((id) => claim.actors.includes(id)),
    )
  );
}

function isDefinite(tree: Tree, token: Token): boolean {
  const determiner = dependent(tree, token, 'det', 'nmod:poss');
  return determiner !== undefined && /^(?:the|this|that|these|those|their|its|his|her)$/i.test(determiner.form);
}

/** What is threatened, or promised on a condition, in its own words. */
function consequenceOf(
  tree: Tree,
  frame: Frame,
  { told, clause, waits }: { readonly told: EventType; readonly clause: Span; readonly waits: boolean },
  rule: Rule,
): Span | null {
  if (told !== 'THREATEN' && !(told === 'AGREE' && waits)) return null;
  if (told !== rule.event) return clause;
  const act = frame.slots.get('clause')?.[0];
  if (act) return subtreeSpan(tree, act);
  // "will respond": the act itself is the threat.
  if (rule.status === 'threatened') return clause;
  const means = (frame.slots.get('with') ?? frame.slots.get('of'))?.[0];
  return means ? subtreeSpan(tree, means) : null;
}

/** The trigger's own clause: its subtree, without other finite clauses that hang below it. */
function clauseTokens(tree: Tree, trigger: Token): readonly Token[] {
  const governor = headOf(tree, trigger);
  const top = trigger.upos === 'VERB' || governor?.upos !== 'VERB' ? trigger : governor;
  return tree.tokens.slice(tree.first[top.index]!, tree.last[top.index]! + 1);
}

function clauseSpan(tree: Tree, trigger: Token): Span {
  const all = clauseTokens(tree, trigger);
  const tokens = all.slice(
    Math.max(
      0,
      all.findIndex(({ upos }) => upos !== 'CCONJ' && upos !== 'PUNCT'),
    ),
  );
  return { from: tokens[0]!.from, to: tokens.at(-1)!.to };
}

/** Where the tree says so little for a claim, reading found more of them wrong than right. */
const FLOOR = 0.4;

/** How far the tree can be trusted where this claim stands on it, and how many of its roles were found. */
function confidenceOf(tree: Tree, trigger: Token, actors: Parties, recipients: Parties, rule: Rule): number {
  const own = [trigger, ...dependents(tree, trigger, 'nsubj', 'obj', 'obl')];
  const arcs = own.reduce((sum, token) => sum + token.confidence, 0) / own.length;
  const roles = rule.joint || recipients.ids.length > 0 ? 1 : 0.8;
  const score = arcs * roles * (actors.ids.length > 0 ? 1 : 0.7) * (rule.trigger === 'noun' ? 0.9 : 1);
  return Math.round(Math.min(0.99, isAside(tree, trigger) ? score * 0.85 : score) * 100) / 100;
}

const MEETING = new Set('call phone telephone write meet summon contact ring'.split(' '));

/** "sent a team to assist the ministry": what something is done for need not come about. */
function isPurpose(trigger: Token): boolean {
  return bare(trigger.relation) === 'advcl' && feature(trigger, 'VerbForm') === 'Inf';
}

/** Told in passing: in a relative clause, a participle or an adverbial clause. */
function isAside(tree: Tree, trigger: Token): boolean {
  let token: Token | undefined = trigger;
  for (let step = 0; token && step < 20; step++, token = headOf(tree, token))
    if (bare(token.relation) === 'acl' || bare(token.relation) === 'advcl') return true;
  return false;
}
