import type { Token } from '../nlp/sentence.ts';
import { contains, overlaps, type Span } from '../source/span.ts';
import { isCountryCode } from '../world/actor.ts';
import { issuesOf } from './about.ts';
import { isAffair, OFFICIAL } from './affair.ts';
import { resumed, takenUp } from './again.ts';
import { contentOf, sayingOf, tellingOf } from './content.ts';
import type { Frame } from './frame.ts';
import { alikeAbove, frameOf, isGerund, roundOf } from './frame.ts';
import { contextOf, ownClause } from './issues.ts';
import { byStop } from './legs.ts';
import { durationOf, mediumOf } from './manner.ts';
import type { Match, Search } from './match.ts';
import { matchAt } from './match.ts';
import type { EventType, PloverType } from './ontology.ts';
import { classOf, scaleOf } from './ontology.ts';
import type { Patterns, Rule } from './patterns/patterns.ts';
import type { Places } from './places.ts';
import { placeOf } from './places.ts';
import type { Actor, Claim, Figure, Statement, Time } from './reading.ts';
import { fill, namedBefore, partiesIn, partiesOf, without } from './roles.ts';
import { saidBy } from './said/attribution.ts';
import { type Turn, turnAt } from './said/turns.ts';
import { withDisputes } from './status/disputed.ts';
import { judge, spokenAbove, wasToCome } from './status/status.ts';
import type { Tree } from './tree.ts';
import { bare, bySentence, casing, dependent, dependents, feature, headOf, subtreeSpan } from './tree.ts';
import type { IndexedTime } from './when.ts';
import { isScheduled, isUnderWay, timesBySentence, whenOf } from './when.ts';
import type { Cast } from './who/actors.ts';
import { othersOf } from './who/others.ts';
import type { Parties } from './who/parties.ts';
import { merge, NOBODY } from './who/parties.ts';
import { speakerIn } from './who/voices.ts';

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

/**
 * Codes the events of a document: every trigger of a pattern whose conditions hold and whose parties are public actors.
 * What is asked for, refused, threatened or promised is the content of that act and no claim of its own. Claims come in
 * the order of their triggers.
 */
export function codeEvents(trees: readonly Tree[], patterns: Patterns, findings: Findings): readonly Claim[] {
  const claims: Claim[] = [];
  const times = timesBySentence(trees, findings.times);
  const figures = bySentence(trees, findings.figures);
  let headline: { readonly search: Search; readonly told: Told; readonly silent: readonly Token[] } | undefined;
  // A headline has its say once the sentences below it have had theirs.
  const sayAbove = (): void => {
    if (!headline) return;
    const { search, told, silent } = headline;
    headline = undefined;
    const taken = silent.flatMap((noun) => takenUp(search, noun, { ...told, below: true }) ?? []);
    if (taken.length === 0) return;
    const all = [...claims.splice(0), ...taken].sort((a, b) => a.evidence.trigger.from - b.evidence.trigger.from);
    for (const claim of all) claims.push({ ...claim, id: `c${claims.length + 1}` });
  };
  const sentences = new Map(trees.map((tree) => [tree.sentence.from, tree]));
  const contents = findings.statements.map((statement) => ({ ...statement.content, statement }));
  const statements = bySentence(trees, contents).map((inside) => inside.map(({ item }) => item.statement));
  for (const [place, tree] of trees.entries()) {
    if (tree.sentence.tokens.at(-1)?.form === '?') continue;
    // What a reporter's question takes for granted is no report.
    const turn = turnAt(findings.turns, tree.sentence.to - 1);
    if (turn?.asked) continue;
    // What a chess player or an astronomer tells of life is no report either.
    if (turn?.interview && isPrivately(speakerIn(turn, findings.cast))) continue;
    const search: Search = { tree, patterns, cast: findings.cast, found: new Map() };
    const matches = tree.tokens.flatMap((token) => matchAt(search, token) ?? []);
    const acts = new Set(matches.map(({ frame }) => frame.trigger));
    const spent = new Set<Token>();
    for (const match of matches) for (const token of match.companions) spent.add(token);
    for (const match of matches)
      for (const token of contentOf(search, match)) if (token !== match.frame.trigger) spent.add(token);
    const found = { here: times[place]!, statements: statements[place]!, countedHere: figures[place]! };
    const told: Told = { ...findings, ...found, acts, claims, sentences, spoken: findings.turns.length > 0 };
    const first = claims.length;
    const silent: Token[] = [];
    const tell = (token: Token, match: Match | undefined): void => {
      const again = takenUp(search, token, told);
      const claim = again ?? (match && claimOf(search, match, told));
      if (again) claims.push(again);
      else if (match && claim && !isSameOccasion(tree, match, claim, claims))
        claims.push(...eachStop(search, match, claim, told));
      else silent.push(token);
      // "hosted a meeting between the two": where the verb tells nothing, its noun may.
      if (claim || match?.rule.event !== 'CONSULT') return;
      for (const noun of match.companions) tell(noun, matchAt(search, noun));
    };
    for (const token of tree.tokens) if (!spent.has(token)) tell(token, matchAt(search, token));
    const fresh = claims.splice(first).sort((a, b) => a.evidence.trigger.from - b.evidence.trigger.from);
    for (const claim of fresh) claims.push({ ...claim, id: `c${claims.length + 1}` });
    if (place === 0 && isHeadline(tree)) headline = { search, told, silent };
    else if (place >= HEADED) sayAbove();
  }
  sayAbove();
  return withDisputes(claims, trees, findings.cast);
}

const HOSTING = new Set(['host', 'convene', 'chair']);

/** How many sentences below a headline tell what its nouns mean. */
const HEADED = 3;

function isHeadline({ tokens }: Tree): boolean {
  return !/^[.!?]["”’]?$/.test(tokens.at(-1)!.form);
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

function isPrivately(speaker: Actor | undefined): boolean {
  return speaker === undefined || (speaker.wikidata === null && !speaker.sector.some((one) => OFFICIAL.has(one)));
}

/** What is known where a claim is made. */
interface Told extends Findings {
  /** True for a conversation set down word for word. */
  readonly spoken: boolean;
  /** The sentences of the document by where they begin. */
  readonly sentences: ReadonlyMap<number, Tree>;
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
  // "continued the talks"; who hosts a dialogue hosts that of others.
  if (rule.joint && actors.ids.length + recipients.ids.length < 2 && !HOSTING.has(trigger.lemma)) {
    const told = companions.map((noun) => resumed(search, noun, actors.ids, findings)).find((act) => act !== undefined);
    if (told) actors = merge([{ ids: [...told.actors, ...told.recipients], spans: [] }, actors]);
  }
  actors = rule.joint ? withoutDouble(actors, cast, tree) : actors;
  if (!isAffair(search, match, actors, recipients) || isMeans(search, match)) return undefined;

  const purpose = isPurpose(trigger);
  const governor = headOf(tree, trigger);
  // "called the emir to thank him": what is said in a call or a meeting is said.
  const uttered = purpose && governor && MEETING.has(governor.lemma) && rule.type.quad % 2 === 1;
  const judgement = uttered
    ? { ...judge(tree, governor), supposed: false }
    : judge(tree, alikeAbove(tree, trigger) ?? spokenAbove(tree, trigger) ?? trigger);
  // "if Russia attacks": supposed by another act, whose condition it is.
  if (judgement.supposed) return undefined;
  // "hoped that Chad will respond": no threat of its own.
  if (rule.status === 'threatened' && judgement.status === 'hoped') return undefined;
  // "the means to defend themselves": told by no word as planned, wished or done.
  if (bare(trigger.relation) === 'acl' && frame.moods.has('open') && judgement.status === 'possible') return undefined;
  if (purpose && !uttered && rule.event !== 'CONSULT') return undefined;
  // "the Greek premier said Greece will …": who speaks for a country commits it.
  const said = saidBy(
    findings.statements.filter((statement) => !isBeside(tree, trigger, statement)),
    trigger,
  );
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
  // What is accused, asked for or praised lies where it lies; a treaty is signed somewhere.
  const spoken = rule.type.quad === 3 || (rule.event === 'SUPPORT' && rule.cameo !== '057');
  const about = spoken || rule.event === 'AGREE' || trigger.lemma === 'discuss';
  // "commends Chad on its vote in June": what is said in the present tense is no schedule.
  const coming =
    !about &&
    (told.status === 'happened' || told.status === 'ongoing') &&
    isScheduled(tree, trigger, companions, acts, here, findings.published, about);
  const expected = coming ? 'planned' : told.status;
  const when = whenOf(tree, trigger, companions, acts, here, expected, findings.published, about);
  const gone = findings.published !== null && (when.when.latest ?? '9') < findings.published.from;
  const status =
    gone && expected === 'planned' && wasToCome(tree, trigger)
      ? 'happened'
      : rule.event === 'CONSULT' && expected === 'happened' && isUnderWay(tree, trigger, when, findings.published)
        ? 'ongoing'
        : expected;
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
    medium: rule.event === 'CONSULT' ? (rule.medium ?? medium ?? null) : medium === 'written' ? medium : null,
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

/**
 * "announced measures, which the parliament dropped", "said he would go, before turning back": what is told beside
 * somebody's words, not in them.
 */
function isBeside(tree: Tree, trigger: Token, { content, quotation, cue, kind }: Statement): boolean {
  if (kind !== 'said' || quotation === 'direct' || !cue || !contains(content, trigger) || cue.from > content.from)
    return false;
  for (let token: Token | undefined = trigger, step = 0; token && step < 12; step++, token = headOf(tree, token)) {
    const edge = tree.tokens[tree.first[token.index]!]!;
    const first = edge.form === ',' ? (tree.tokens[edge.index + 1] ?? edge) : edge;
    const comma = tree.tokens[first.index - 1];
    if (comma?.form !== ',' || comma.from <= content.from) continue;
    if (token.relation === 'acl:relcl' && /^(?:which|who)$/.test(first.form))
      return !tree.tokens.some(
        (one) => one.from >= content.from && one.to <= comma.from && feature(one, 'VerbForm') === 'Fin',
      );
    if (bare(token.relation) === 'advcl' && /^(?:before|after)$/.test(first.form) && isGerund(token)) return true;
  }
  return false;
}

/** "killed by an airstrike in Iraq": the verb tells the act already, and on whom. */
function isMeans(search: Search, { rule, frame: { trigger } }: Match): boolean {
  const { tree } = search;
  const verb = rule.event === 'ASSAULT' && rule.trigger === 'noun' ? headOf(tree, trigger) : undefined;
  if (verb?.upos !== 'VERB' || (trigger.relation !== 'obl:agent' && casing(tree, trigger) !== 'by')) return false;
  return matchAt(search, verb)?.rule.event === 'ASSAULT';
}

/** "we had a meeting between President Lund and the emir": "we" and the president are one side. */
function withoutDouble(actors: Parties, cast: Cast, tree: Tree): Parties {
  if (new Set(actors.ids.map((id) => cast.actor(id).country)).size < 2) return actors;
  const twice = actors.ids.filter((id) => {
    const { kind, country } = cast.actor(id);
    const others = actors.ids.filter((other) => other !== id);
    const told = others.some((other) => cast.actor(other).kind === 'person' && cast.actor(other).country === country);
    return (
      kind === 'state' &&
      country !== null &&
      told &&
      (isOnlyWe(tree, actors, cast, id) || isTheirs(tree, actors, cast, id))
    );
  });
  return twice.length === 0 ? actors : without(actors, { ids: twice, spans: [] });
}

/** "met Minister Ana Lima of Peru": a state named only behind the name of somebody else among these parties. */
function isTheirs(tree: Tree, { spans }: Parties, cast: Cast, id: string): boolean {
  const own = spans.filter((span) =>
    tree.tokens.some((token) => contains(span, token) && cast.meant(token).includes(id)),
  );
  return (
    own.length > 0 &&
    own.every((span) => {
      const of = tree.tokens.findLast(({ to }) => to <= span.from);
      const before = of?.form === 'of' ? tree.tokens[of.index - 1] : undefined;
      return before !== undefined && spans.some((other) => other.to === before.to);
    })
  );
}

/** Whether a state is meant by "we" alone among the words of these parties. */
function isOnlyWe(tree: Tree, { spans }: Parties, cast: Cast, id: string): boolean {
  const own = tree.tokens.filter(
    (token) => spans.some((span) => contains(span, token)) && cast.meant(token).includes(id),
  );
  return own.length > 0 && own.every(({ form }) => /^(?:we|us|our)$/i.test(form));
}

/** "shelled Kharkiv", "the attack on Kharkiv": what is struck is where it happens. */
function stricken({ rule, frame }: Match, places: Places): Token | undefined {
  if (rule.event !== 'ASSAULT') return undefined;
  return ['object', 'on', 'against', 'of']
    .flatMap((slot) => frame.slots.get(slot) ?? [])
    .find((token) => places.at.has(token));
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
