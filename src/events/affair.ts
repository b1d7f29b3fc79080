import type { Token } from '../nlp/sentence.ts';
import { contains } from '../source/span.ts';
import { isCountryCode } from '../world/actor.ts';
import { isGerund } from './frame.ts';
import type { Match, Search } from './match.ts';
import type { EventType } from './ontology.ts';
import { isPassive } from './passive.ts';
import type { Rule } from './patterns/patterns.ts';
import { isOnTheBeat, isPoliceWork } from './police.ts';
import type { Actor } from './reading.ts';
import { isDiscussed, isTopic, isWondered } from './topics.ts';
import type { Tree } from './tree.ts';
import { bare, casing, feature, headOf } from './tree.ts';
import type { Cast } from './who/actors.ts';
import type { Parties } from './who/parties.ts';

/**
 * Whether what a rule found is an act between public actors at all: not words among private people, not what fire or
 * sickness did, not a topic that was talked about, not an ordinary arrest.
 */
export function isAffair({ tree, cast }: Search, match: Match, actors: Parties, recipients: Parties): boolean {
  const { rule, frame } = match;
  if (!isPublicAffair(match, actors, recipients, cast)) return false;
  if (actors.ids.length === 0 && needsDoer(tree, match, recipients, cast)) return false;
  if (isInTitle(tree, frame.trigger) || isSport(tree, rule, actors, cast)) return false;
  if (isInvented(tree, frame.trigger)) return false;
  if (rule.trigger === 'noun') return !isTopic(tree, frame.trigger);
  // "arrested the accused": with an article it is someone.
  if (frame.trigger.upos === 'VERB' && /^the$/i.test(tree.tokens[frame.trigger.index - 1]?.form ?? '')) return false;
  // "whether an American is detained": nobody says so.
  if (
    actors.ids.length === 0 &&
    tree.children[frame.trigger.index]!.some(({ relation, form }) => relation === 'mark' && form === 'whether')
  )
    return false;
  if (isQuality(tree, frame.trigger) || isMeasure(tree, frame.trigger)) return false;
  // "wildfires destroying the forest"
  const head = frame.trigger.relation === 'acl' ? headOf(tree, frame.trigger) : undefined;
  if (head && NATURE.has(head.lemma.toLowerCase())) return false;
  if (isRoutine(tree, rule, actors, recipients, cast)) return false;
  if (isDiscussed(tree, frame.trigger) || isWondered(tree, frame.trigger) || isOpinion(match)) return false;
  if (!rule.joint && recipients.ids.length === 0 && isAttitude(tree, rule, frame.trigger)) return false;
  // "social media removed the clip": what an outlet does not show is no state's censorship.
  const shows = rule.modes.includes('restrict') || rule.modes.includes('censor');
  if (shows && actors.ids.length > 0 && actors.ids.every((id) => cast.actor(id).kind === 'media')) return false;
  if (isOnTheBeat(match, actors, recipients, cast)) return false;
  if (!areCaptives(match, recipients, cast) && isPoliceWork(tree, rule, actors, recipients, cast)) return false;
  // "declared an emergency as the storm approached"
  if (rule.modes.includes('martial-law') && tree.tokens.some((token) => FORCES.has(token.lemma.toLowerCase())))
    return false;
  const subjects = frame.slots.get('subject') ?? [];
  // "it requires to be convinced"
  if (frame.trigger.lemma === 'require' && subjects.some(({ form }) => form.toLowerCase() === 'it')) return false;
  if (rule.type.quad % 2 === 1)
    return rule.event === 'CONSULT' || !subjects.some((subject) => isThing(subject) || isLaw(subject));
  if (rule.event === 'ASSAULT') {
    // "wound up in Oslo": the past of "wind"
    if (frame.trigger.form === 'wound' && tree.tokens[frame.trigger.index + 1]?.form === 'up') return false;
    if (actors.ids.length > 0 && actors.ids.every((id) => HARMLESS.has(cast.actor(id).kind))) return false;
    if (
      rule.modes.includes('sexual') &&
      [...actors.ids, ...recipients.ids].every((id) => isBetweenThem(cast.actor(id)))
    )
      return false;
    // "a cold front invaded", "the poll hit": someone, or something that can be somebody's weapon.
    const doers = subjects.filter(({ upos }) => upos === 'NOUN');
    const named = actors.spans.some((span) => doers.some((doer) => contains(span, doer)));
    if (!named && doers.length > 0 && doers.length === subjects.length && !doers.some(isDeadly)) return false;
    const lemmas = tree.tokens.map(({ lemma }) => lemma.toLowerCase());
    const accident = !lemmas.some((lemma) => DEADLY.has(lemma)) || lemmas.some((lemma) => ACCIDENTS.has(lemma));
    if (actors.ids.length === 0 && HURT.has(frame.trigger.lemma) && accident) return false;
  }
  return !subjects.some((subject) => (isForce(subject, rule) && !isNamedOrFired(tree, subject)) || isLaw(subject));
}

/** "clashing claims", "strong and deepening ties": what a thing is like is no act. */
function isQuality(tree: Tree, trigger: Token): boolean {
  if (!isGerund(trigger)) return false;
  const first = trigger.relation === 'conj' ? headOf(tree, trigger) : trigger;
  return first?.relation === 'amod' && (first === trigger || first.upos === 'ADJ');
}

/** "the standards which they must meet": nobody is met. */
function isMeasure(tree: Tree, trigger: Token): boolean {
  if (trigger.lemma !== 'meet' || bare(trigger.relation) !== 'acl') return false;
  return MEASURES.has(headOf(tree, trigger)?.lemma ?? '');
}
const MEASURES = new Set(
  'standard need goal challenge target requirement criterion expectation deadline demand condition obligation commitment threshold objective benchmark'.split(
    ' ',
  ),
);

/** "I agree.", "I agree with you": with what was said, and to nothing; "they do not agree", "agree on everything". */
function isOpinion({ frame }: Match): boolean {
  if (frame.trigger.lemma !== 'agree') return false;
  if (feature(frame.trigger, 'Tense') !== 'Past' && !frame.moods.has('future')) {
    if (frame.moods.has('negated')) return true;
    if ((frame.slots.get('on') ?? []).some(({ lemma }) => ANYTHING.has(lemma.toLowerCase()))) return true;
  }
  if (!isAlone(frame.slots.get('subject') ?? [])) return false;
  return [...frame.slots].every(
    ([slot, fillers]) => slot === 'subject' || (slot === 'with' && fillers.every(({ upos }) => upos === 'PRON')),
  );
}

const ANYTHING = new Set('everything that this it point issue matter lot much thing'.split(' '));

function isAlone(subjects: readonly Token[]): boolean {
  return subjects.length === 1 && /^(?:I|we|he|she)$/i.test(subjects[0]!.form);
}

/** Looking into an accident, or into nobody in particular, is what the police and safety boards do all day. */
function isRoutine(tree: Tree, rule: Rule, actors: Parties, recipients: Parties, cast: Cast): boolean {
  if (!rule.modes.includes('investigate') || recipients.ids.length > 0) return false;
  if (tree.tokens.some((token) => NATURE.has(token.lemma.toLowerCase()))) return true;
  return actors.ids.every(
    (id) => cast.actor(id).sector.every((one) => one === 'COP') && cast.actor(id).country === null,
  );
}

/** "supports freedom", "is committed to a better future": towards nobody, and no act that was done, but an attitude. */
function isAttitude(tree: Tree, { event }: Rule, trigger: Token): boolean {
  // "approved a budget", "spent 2 % on its army"
  if (event === 'AID' && OWN_MONEY.has(trigger.lemma)) return true;
  if (event === 'SUPPORT') return feature(trigger, 'Tense') !== 'Past' || isPassive(tree, trigger);
  // "announced new measures", "executed a shutdown": sanctions and killings are done to somebody
  if (event === 'SANCTION' && RULING.has(trigger.lemma)) return true;
  if (event === 'ASSAULT' && trigger.lemma === 'execute') return true;
  // "when it comes to fighting terrorism", "to hit back"
  if (event === 'ASSAULT' && FIGHTING.has(trigger.lemma))
    return trigger.upos === 'VERB' && (feature(trigger, 'VerbForm') === 'Inf' || isGerund(trigger));
  return event === 'AGREE' && trigger.lemma.startsWith('commit') && feature(trigger, 'VerbForm') !== 'Fin';
}

const OWN_MONEY = new Set(['spend', 'invest', 'approve', 'allocate', 'earmark', 'commit']);
const RULING = new Set(['announce', 'introduce', 'adopt', 'order', 'unveil', 'apply', 'extend', 'place', 'put']);
const FIGHTING = new Set(['fight', 'battle', 'combat', 'attack', 'strike', 'hit']);

const HARMLESS: ReadonlySet<string> = new Set(['company', 'media']);
const ACCIDENTS = new Set(
  'wildfire crash overturn derail earthquake quake hurricane storm flood avalanche accident'.split(' '),
);

/** Somebody private or in uniform: what they do to each other alone is for a court. */
function isBetweenThem({ kind, sector }: Actor): boolean {
  return (
    (kind === 'person' || kind === 'group') && sector.every((one) => one === 'CVL' || one === 'UNK' || one === 'COP')
  );
}

/** Harm that accidents do as well: nobody's violence where no word speaks of any. */
const HURT = new Set(['injure', 'wound', 'kill', 'burn', 'destroy']);

function isDeadly({ lemma }: Token): boolean {
  return DEADLY.has(lemma.toLowerCase()) || /(?:[eo]r|eer|ist|ian|m[ae]n|guard|thug|youth|bandit|pirate)$/.test(lemma);
}
const DEADLY = new Set(
  (
    'bomb bombing bomber missile rocket drone jet plane aircraft warplane helicopter shell shelling mortar explosion ' +
    'blast mine grenade device attack strike airstrike air-strike raid assault offensive gunfire shooting clash ' +
    'fighting violence operation bombardment artillery tank bullet shot knife weapon gun ambush war conflict invasion ' +
    'assailant attacker gunman man men group mob crowd gang fire shrapnel torpedo ship boat vessel frigate cutter warship destroyer trawler gunboat vehicle car truck van'
  ).split(' '),
);

/** "The fire killed nine", "it has killed fifty": what nature does, or what a report is about, is nobody's violence. */
function isForce(subject: Token, { cameo }: Rule): boolean {
  if (subject.form.toLowerCase() === 'it') return cameo === KILLING;
  return FORCES.has(subject.lemma.toLowerCase());
}
/** "The Front", "the Liberation Front" is no weather, "artillery fire" no blaze. */
function isNamedOrFired(tree: Tree, subject: Token): boolean {
  const before = tree.tokens[subject.index - 1];
  if (subject.form === 'Front') return true;
  if (subject.upos === 'PROPN') return before !== undefined && CAPITAL.test(before.form) && before.upos !== 'DET';
  return subject.lemma === 'fire' && GUNS.has(before?.lemma ?? '');
}
const GUNS = new Set('artillery mortar rocket tank sniper gun small-arms cannon rifle shell missile'.split(' '));
const KILLING = '182';
const NATURE = new Set(
  (
    'fire wildfire blaze earthquake quake aftershock tremor storm hurricane typhoon cyclone tornado flood flooding ' +
    'rain snow fog smog front blizzard avalanche landslide mudslide tsunami wave eruption volcano drought famine heat lightning ' +
    'virus coronavirus covid-19 disease pandemic epidemic outbreak illness infection accident crash collision ' +
    'derailment collapse'
  ).split(' '),
);
const FORCES = new Set([...NATURE, 'price', 'inflation', 'demand', 'market']);

/** A thing does not accuse or promise, whoever it belongs to: "a Russian pipeline threatens supplies". */
function isThing(subject: Token): boolean {
  return subject.upos === 'NOUN' && THINGS.has(subject.lemma.toLowerCase());
}
const THINGS = new Set(
  (
    'project pipeline move step action decision policy war conflict crisis aggression invasion attack event incident ' +
    'situation program programme aid assistance trip fact effort measure change development pandemic climate ' +
    'virus problem issue challenge time day year work experience history growth trade economy technology system ' +
    'activity behavior behaviour violence corruption terrorism presence investment commitment leadership progress ' +
    'success failure result outcome delay lack loss rise threat risk weapon missile budget tariff ' +
    'discussion conversation funding fund visit travel arrangement relationship partnership cooperation engagement exchange dialogue'
  ).split(' '),
);

/** "The constitution prohibits": a law says so at all times. */
function isLaw(subject: Token): boolean {
  return subject.upos === 'NOUN' && LAWS.has(subject.lemma.toLowerCase());
}
const LAWS = new Set(
  'constitution law charter statute treaty convention rule regulation guideline clause article'.split(' '),
);

/** Sectors that speak or act for the public: talks and visits count only with one of them. */
export const OFFICIAL: ReadonlySet<string> = new Set(
  'COP GOV JUD LEG MIL PRM PTY REB SPY UAF ELI OPP IGO UNO EUR NGO ISM IMG'.split(' '),
);

/**
 * An act counts when someone in it acts for the public: a state, its people in office, a body. Words between private
 * people are none; nor is what was done to private people by nobody named.
 */
function isPublicAffair(match: Match, actors: Parties, recipients: Parties, cast: Cast): boolean {
  const { rule, frame } = match;
  const all = [...actors.ids, ...recipients.ids].map((id) => cast.actor(id));
  const official = all.some(isOfficial);
  if (areCaptives(match, recipients, cast)) return true;
  // "The two ministers met": several, if not known which.
  const several = rule.joint && all.length === 1 && isPair(all[0]!);
  if (several && (rule.event === 'CONSULT' || rule.event === 'SUPPORT')) return true;
  if (rule.type.quad !== 4 && (all.every(isAnyone) || !all.some(isKnown))) return false;
  if (rule.joint && TOGETHER.has(rule.event) && all.length < 2) return false;
  if (rule.event === 'COOPERATE' && areOneGovernment(all)) return false;
  // An interview is no meeting.
  if (rule.event === 'CONSULT') {
    const known = rule.joint ? all.filter(isSomeone).length > 1 : all.length > 0;
    // "go to a country where …": nowhere in particular
    if (
      rule.modes.includes('visit') &&
      recipients.ids.length > 0 &&
      recipients.ids.every((id) => isAnyone(cast.actor(id)))
    )
      return false;
    if (rule.modes.includes('visit') && isAtHome(actors, recipients, cast)) return false;
    // A private journey: "returned to the US".
    const visits = rule.modes.includes('visit') && !GOING.has(frame.trigger.lemma);
    if (rule.modes.includes('visit') && !actors.ids.some((id) => travelsForOthers(cast.actor(id), visits)))
      return false;
    // "met officers at a pub", "a national whom she met": nobody there acts for the public.
    if (all.every((actor) => !isState(actor) && !travelsForOthers(actor, false))) return false;
    return official && known && !all.some((actor) => actor.sector.includes('JRN'));
  }
  // "nine thousand troops are on the border" says it of its subject, as a verb would.
  const mere = rule.trigger === 'noun' && !frame.slots.has('subject');
  if (mere && recipients.ids.length === 0 && actors.ids.length < 2) return false;
  const material = rule.type.quad === 4;
  // "would urge anyone to call police": an inspector's appeal to the public
  if (rule.event === 'REQUEST' && all.every(isLocalPolice)) return false;
  if (!material) return official;
  // Crowds protest without being anybody's; violence among private people of no country is crime.
  if (rule.event === 'PROTEST') return all.some((actor) => isCountryCode(actor.country) || actor.sector.length > 0);
  return all.some((actor) => isOfficial(actor) || isCountryCode(actor.country));
}

/** "the two presidents", "the foreign ministers of the two countries", "the two governments". */
function isPair({ kind, name, sector }: Actor): boolean {
  return (kind === 'group' ? sector.some((one) => STATELY.has(one)) : kind === 'unknown') && PAIR.test(name);
}
const STATELY: ReadonlySet<string> = new Set(['GOV', 'MIL', 'REB', 'LEG', 'PTY', 'ELI']);
const PAIR =
  /^(?:(?:the|both)(?: two| three)? (?:\p{L}+ )?(?:(?:prime|foreign|defen[cs]e|interior) )?(?:ministers|presidents|premiers|leaders|chancellors|governments|envoys|commanders)|the .*\bof the two (?:countries|states|sides|governments))$/iu;

/** "The ministry works with the treasury": offices of one state do what they are there for. */
function areOneGovernment(all: readonly Actor[]): boolean {
  const [country, ...others] = new Set(all.map((actor) => actor.country));
  if (others.length > 0 || !isCountryCode(country ?? null) || all.some(({ name }) => ABROAD.test(name))) return false;
  return all.every(({ kind, sector }) => kind === 'state' || sector.some((one) => OFFICES.has(one)));
}
const ABROAD = /\b(?:all(?:y|ies)|partners?|countr(?:y|ies)|counterparts?|neighbou?rs?)\b/i;
const OFFICES: ReadonlySet<string> = new Set(['GOV', 'MIL', 'LEG', 'JUD', 'COP', 'SPY']);

function isState({ kind }: Actor): boolean {
  return kind === 'state';
}

function isLocalPolice({ country, sector }: Actor): boolean {
  return country === null && sector.every((one) => one === 'COP' || one === 'CVL' || one === 'UNK');
}

const GOING = new Set(['go', 'return', 'head', 'come']);

/** Not a private person or the police on a case; whoever is only `named` may be anyone. */
function travelsForOthers(actor: Actor, named: boolean): boolean {
  if (actor.sector.length > 0 && actor.sector.every((one) => one === 'CVL' || one === 'COP' || one === 'UNK'))
    return false;
  if (actor.kind !== 'person' || actor.sector.length > 0 || actor.wikidata !== null) return true;
  return named || isCountryCode(actor.country);
}

/** Acts for the public, or is a people or a body of a country: "Palestinians", "the Nigerian union of teachers". */
function isOfficial(actor: Actor): boolean {
  if (actor.kind === 'state' || actor.sector.some((sector) => OFFICIAL.has(sector))) return true;
  // Who is in the tables holds an office at some time, if not on this day.
  if (actor.kind === 'person' && actor.wikidata !== null) return true;
  return isCountryCode(actor.country) && (actor.kind === 'group' || actor.kind === 'body');
}

/** "The president travelled to South Dakota": in one's own country one is no visitor. */
function isAtHome(actors: Parties, recipients: Parties, cast: Cast): boolean {
  const [home, ...rest] = new Set([...actors.ids, ...recipients.ids].map((id) => cast.actor(id).country));
  const place = recipients.ids.some((id) => cast.actor(id).kind === 'state');
  return place && home !== undefined && home !== null && rest.length === 0 && actors.ids.length > 0;
}

/** "countries", "all parties", "officials": whoever they may be. */
function isAnyone({ kind, country, wikidata, name }: Actor): boolean {
  return (kind === 'state' || kind === 'group') && country === null && wikidata === null && !/^\p{Lu}/u.test(name);
}

/** Someone a reader could make out: of a country, in the tables, with a calling or a name. */
function isKnown({ country, wikidata, name, sector }: Actor): boolean {
  return country !== null || wikidata !== null || sector.length > 0 || NAMED.test(name);
}
const NAMED = /^(?!(?:The|An?) \p{Ll})\p{Lu}/u;

const TOGETHER = new Set<EventType>(['CONSULT', 'COOPERATE']);

/**
 * True where an act needs a doer and nobody is named: who accuses, helps or asks is what such an act is about. Violence
 * is told without one when its victim is named: "the envoy was stabbed", "a raid on the camp".
 */
function needsDoer(tree: Tree, match: Match, recipients: Parties, cast: Cast): boolean {
  const { rule, frame } = match;
  // "The pupils were freed": whoever let them go, they are out.
  if (areCaptives(match, recipients, cast) && isPassive(tree, frame.trigger)) return false;
  if (rule.type.quad < 4) return true;
  if (rule.trigger === 'noun') return false;
  if (isPassive(tree, frame.trigger)) {
    const objects = frame.slots.get('object') ?? [];
    // "a convoy of the agency was ambushed"
    const struck =
      rule.event === 'ASSAULT' && recipients.ids.length > 0 && objects.some(({ lemma }) => TARGETS.has(lemma));
    return !struck && !objects.some((object) => cast.mentionOf.has(object));
  }
  return (frame.slots.get('subject') ?? []).every((subject) => subject.upos === 'PRON');
}

/** What belongs to somebody and is attacked as such. */
const TARGETS = new Set(
  (
    'convoy village town city camp base post outpost checkpoint embassy consulate mission ship boat vessel tanker ' +
    'airport airfield hospital school patrol bus train plane helicopter headquarters depot barracks border crossing'
  ).split(' '),
);

/** Those whose seizure and release is a public affair whoever did it: a class of pupils, a crew, hostages. */
function areCaptives({ rule, frame }: Match, recipients: Parties, cast: Cast): boolean {
  if (!rule.modes.includes('release') && !rule.modes.includes('abduct')) return false;
  if (recipients.ids.length === 0 || (frame.slots.get('from') ?? []).some(({ lemma }) => lemma === 'hospital'))
    return false;
  // "They had been kidnapped in May": by the words for whom they stand.
  const words = recipients.ids.flatMap((id) => cast.actor(id).name.toLowerCase().split(' '));
  if (words.some((word) => CAPTIVES.has(word.replace(/s$/, '')))) return true;
  return (frame.slots.get('object') ?? []).some(
    (one) =>
      CAPTIVES.has(one.lemma.toLowerCase()) || (MANY.has(one.lemma.toLowerCase()) && feature(one, 'Number') === 'Plur'),
  );
}
const CAPTIVES = new Set(
  (
    'crew hostage captive sailor seaman soldier pilgrim schoolgirl schoolboy schoolchild pupil seminarian nun priest ' +
    'missionary peacekeeper fisherman prisoner'
  ).split(' '),
);
const MANY = new Set('student child girl boy villager passenger member engineer worshipper'.split(' '));

/** "Spain attacked in the second half", "the player refused to play": games, unless a state makes them its business. */
function isSport(tree: Tree, rule: Rule, actors: Parties, cast: Cast): boolean {
  if (!tree.tokens.some(({ lemma }) => SPORTS.has(lemma.toLowerCase()))) return false;
  if (rule.event === 'ASSAULT') return true;
  return !actors.ids.some((id) => {
    const { kind, sector } = cast.actor(id);
    return kind === 'state' || sector.some((one) => one === 'GOV' || one === 'IGO' || one === 'UNO' || one === 'LEG');
  });
}
const SPORTS = new Set(
  (
    'championship tournament league coach goalkeeper midfielder semi-final semifinal quarterfinal ' +
    'quarter-final grandmaster chess football soccer cricket rugby tennis hockey basketball baseball volleyball ' +
    'handball golf wrestler wrestling boxer boxing marathon sprinter cyclist athlete athletics olympics medal player ' +
    'teammate playoff innings wicket half-time halftime scoreboard'
  ).split(' '),
);

/** "In the novel a king threatens", "imagine that Spain invaded": made up, and said so. */
function isInvented(tree: Tree, trigger: Token): boolean {
  const governor = headOf(tree, trigger);
  if (governor && trigger.relation === 'ccomp' && IMAGINED.has(governor.lemma)) return true;
  return tree.tokens.some(
    (token) => FICTION.has(token.lemma) && bare(token.relation) === 'obl' && casing(tree, token) === 'in',
  );
}
const IMAGINED = new Set(['imagine', 'suppose', 'pretend', 'dream']);
const FICTION = new Set('novel film movie play opera game series episode story tale poem comic musical'.split(' '));

/** "the Conference on Supporting the Region": a capital letter inside a sentence is part of a name. */
function isInTitle(tree: Tree, trigger: Token): boolean {
  const before = tree.tokens[trigger.index - 1];
  if (!CAPITAL.test(trigger.form) || !before || before.upos === 'PUNCT' || trigger.index < 2) return false;
  // A headline has capitals all over, and no full stop.
  return tree.tokens.at(-1)!.form === '.';
}
const CAPITAL = /^\p{Lu}\p{Ll}/u;
/** More than "officials" or "people": someone with a name, a country or a cause. */
function isSomeone(actor: Actor): boolean {
  if (isCountryCode(actor.country) || actor.kind !== 'group' || REGIONAL.test(actor.name)) return true;
  return actor.sector.some((sector) => !['GOV', 'CVL', 'UNK', 'BUS', 'MED', 'EDU', 'LAB'].includes(sector));
}
/** "European leaders", "Gulf ministers": of a part of the world, if of no country. */
const REGIONAL =
  /\b(?:(?:European|African|Asian|Arab|Gulf|Nordic|Baltic|Balkan|Western|Scandinavian|Caribbean|Pacific|Latin American|Central American|Central Asian|Allied|NATO|EU|G7|G20|ASEAN)) (?:leaders|ministers|presidents|diplomats|officials|allies|partners|counterparts|governments|states|countries)\b/;
