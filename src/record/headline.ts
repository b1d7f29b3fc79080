import type { PloverType } from '../events/ontology.ts';
import { isCountryCode } from '../world/actor.ts';
import type { Event, Told } from './event.ts';
import { fold, isState } from './party.ts';
import { isDescription } from './sides.ts';
import type { ToldActor } from './telling.ts';
import { durationWords, figureWords, placeWords, whenWords } from './words.ts';

interface Noun {
  readonly noun: string;
  readonly modes?: Readonly<Record<string, string>>;
}

/** What a reader calls an act of each type; with a mode that has a name of its own, that name. */
const NOUNS: Readonly<Record<PloverType, Noun>> = {
  AGREE: { noun: 'agreement' },
  CONSULT: { noun: 'talks', modes: { visit: 'visit', 'third-party': 'mediation', phone: 'call' } },
  SUPPORT: { noun: 'support' },
  CONCEDE: { noun: 'concession' },
  COOPERATE: { noun: 'cooperation' },
  AID: { noun: 'aid' },
  RETREAT: {
    noun: 'pull-back',
    modes: { withdraw: 'withdrawal', release: 'release', disarm: 'disarmament', ceasefire: 'ceasefire' },
  },
  REQUEST: {
    noun: 'demand',
    modes: { assist: 'request for help', meet: 'request to meet', change: 'demand for change' },
  },
  ACCUSE: { noun: 'accusation', modes: { disapprove: 'criticism', investigate: 'investigation' } },
  REJECT: { noun: 'refusal' },
  THREATEN: { noun: 'threat', modes: { violence: 'threat of force', restrict: 'threat of measures' } },
  PROTEST: { noun: 'protest', modes: { strike: 'strike', boycott: 'boycott', riot: 'riot' } },
  SANCTION: { noun: 'sanctions', modes: { expel: 'expulsion', withdraw: 'recall', convict: 'conviction' } },
  MOBILIZE: { noun: 'deployment' },
  COERCE: {
    noun: 'coercion',
    modes: { arrest: 'arrest', seize: 'seizure', cyber: 'cyber attack', deport: 'deportation' },
  },
  ASSAULT: { noun: 'attack' },
};

const MEDIUM_NOUNS = {
  'in-person': 'meeting',
  video: 'video call',
  phone: 'call',
  written: 'exchange of letters',
} as const;

/** Who did it, to whom: `Aino Aalto (FIN), Nils Berg (NOR)`, `Norway → Finland`. */
export function whoOf(event: Event): string {
  const states = [...event.actors, ...event.recipients]
    .map(({ value }) => value)
    .filter(({ kind }) => kind === 'state');
  // One report has both meet, another one visit the other: who is of a joint act is not its aim too.
  const isJoint = new Set(event.actors.map(({ value }) => value.party)).size > 1;
  const isActor = ({ party, name }: ToldActor) =>
    event.actors.some(({ value }) => value.party === party && fold(value.name) === fold(name));
  const towards = event.recipients.filter(({ value }) => !isJoint || !isActor(value));
  const actors = namesOf(event.actors, { joint: towards.length === 0, states });
  const recipients = namesOf(towards, { joint: false, states });
  return [actors === '' ? 'someone' : actors, ...(recipients === '' ? [] : [recipients])].join(' → ');
}

/** What acts of a type are called when nothing else is known of them; a type of a user's own as its file calls it. */
export function nounOf(type: string): string {
  return nounsOf(type).noun;
}

function nounsOf(type: string): Noun {
  return (NOUNS as Readonly<Record<string, Noun>>)[type] ?? { noun: type.toLowerCase().replaceAll('_', ' ') };
}

/** What it was: `visit`, `video call`, `threat of force`, `sanctions`. */
export function actOf(event: Event): string {
  const { noun, modes } = nounsOf(event.type);
  const named = event.mode.map(({ value }) => modes?.[value]).find((name) => name !== undefined);
  if (event.type === 'CONSULT' && event.medium.settled !== null && named !== 'visit') {
    return MEDIUM_NOUNS[event.medium.settled];
  }
  return named ?? noun;
}

/** The particulars told: place, duration, issues, figures; as one line, `in Geneva (CHE), 2 hours, about fisheries`. */
export function particularsOf(event: Event): string {
  const parts: string[] = [];
  if (event.where.settled !== null) parts.push(`in ${placeWords(event.where.settled)}`);
  if (event.duration.told.length > 0) {
    parts.push(event.duration.told.map(({ value }) => durationWords(value)).join(' / '));
  }
  const issues = issuesOf(event);
  if (issues.length > 0) parts.push(`about ${issues.join(', ')}`);
  const figures = event.figures.slice(0, 4).map(({ value }) => figureWords(value));
  if (figures.length > 0) parts.push(figures.join(' / '));
  return parts.join(', ');
}

/** Its date as exact as it is told; of an undated event, when it was first told. */
export function dateOf(event: Event): string {
  const when = event.when.settled;
  if (when !== null && (when.earliest !== null || when.latest !== null || when.value?.startsWith('XXXX-') === true)) {
    return whenWords(when);
  }
  const told = event.claims[0]?.published;
  return told == null ? 'date unknown' : `told ${whenWords({ earliest: told.from, latest: told.to })}`;
}

/** The whole event in one line without its date. */
export function headlineOf(event: Event): string {
  return `${whoOf(event)}: ${actOf(event)}${tailOf(event)}`;
}

/** The particulars as they follow the act: ` in Geneva …`, `, 10 diplomats`, or nothing. */
export function tailOf(event: Event): string {
  const particulars = particularsOf(event);
  if (particulars === '') return '';
  return /^(in|about) /.test(particulars) ? ` ${particulars}` : `, ${particulars}`;
}

/** An actor for a person: name, and the country where the name is not the country's own. */
export function actorWords(actor: ToldActor): string {
  return actor.kind === 'state' || !isCountryCode(actor.country) ? actor.name : `${actor.name} (${actor.country})`;
}

/** Issues that a line names. */
const ISSUES = 4;

/** What it is about: "sanctions about sanctions" and "Finland → Norway: demand about Norway" say nothing twice. */
function issuesOf(event: Event): readonly string[] {
  const told = new Set([...event.actors, ...event.recipients].map(({ value }) => fold(value.name)));
  const issues = event.issues.map(({ value }) => value).filter((one) => one !== actOf(event) && !told.has(fold(one)));
  return issues.length <= ISSUES + 1 ? issues : [...issues.slice(0, ISSUES), `${issues.length - ISSUES} more`];
}

/** The bodies and people that every state has. */
const ITS_OWN =
  /\b(?:government|authorities|officials?|administration|leadership|leaders|side|counterparts?|minist(?:er|ry|ers))$|^(?:the )?government of /i;

/**
 * Persons stand for their states where both are told, states for what is theirs, and who has a name for who has none; a long
 * list is cut. `joint`: an act of several, who all are in the list; `states`: those of either side.
 */
function namesOf(
  actors: readonly Told<ToldActor>[],
  { joint, states }: { readonly joint: boolean; readonly states: readonly ToldActor[] },
): string {
  const all = actors.map(({ value }) => value);
  const named = all.filter((actor) => !isDescription(actor));
  const parties = (some: readonly ToldActor[]) => new Set(some.map(({ party }) => party));
  const byPerson = parties(named.filter(({ kind }) => kind === 'person'));
  const byState = parties(named.filter(({ kind }) => kind === 'state'));
  const isEnough = named.length > (joint ? 1 : 0);
  const shown = all.filter((actor) => {
    const { kind, party, name } = actor;
    // "Representatives" say nothing beside who is named; "Russian counterpart" does, where nobody else is Russian.
    if (!named.includes(actor)) return isState(party) ? !parties(named).has(party) : !isEnough || /\p{Lu}/u.test(name);
    if (kind === 'person' || !isState(party)) return true;
    if (byPerson.has(party)) return false;
    return kind === 'state' || !byState.has(party) || !ITS_OWN.test(name);
  });
  const once = shown.filter((actor) => !shown.some((other) => saysToo(other, actor, shown)));
  // The people of a state can have its name, which then says what country it is of.
  const isNameOf = (actor: ToldActor) =>
    states.some(({ party, name }) => party === actor.party && fold(name) === fold(actor.name));
  const names = once.slice(0, 6).map((actor) => (isNameOf(actor) ? actor.name : actorWords(actor)));
  if (once.length > 6) names.push(`${once.length - 6} more`);
  return names.join(', ');
}

/**
 * True where one of a list says another of the same name too: "United States" the people of that name, "Sung Kim (USA)" the
 * one whose country a report does not tell.
 */
function saysToo(one: ToldActor, other: ToldActor, all: readonly ToldActor[]): boolean {
  if (one === other || fold(one.name) !== fold(other.name)) return false;
  if (one.party !== other.party && isCountryCode(other.country) && one.country !== other.country) return false;
  const rankOf = ({ kind, country }: ToldActor) => (kind === 'state' ? 2 : Number(isCountryCode(country)));
  const [a, b] = [rankOf(one), rankOf(other)];
  return a > b || (a === b && all.indexOf(one) < all.indexOf(other));
}
