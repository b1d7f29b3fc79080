import type { PloverType } from '../events/ontology.ts';
import { isCountryCode } from '../world/actor.ts';
import type { Event, Told } from './event.ts';
import { isState } from './party.ts';
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
  const actors = namesOf(event.actors);
  const recipients = namesOf(event.recipients);
  return [actors === '' ? 'someone' : actors, ...(recipients === '' ? [] : [recipients])].join(' → ');
}

/** What it was: `visit`, `video call`, `threat of force`, `sanctions`. */
export function actOf(event: Event): string {
  // A type of a user's own is called as its file calls it.
  const { noun, modes }: Noun = (NOUNS as Readonly<Record<string, Noun>>)[event.type] ?? {
    noun: event.type.toLowerCase().replaceAll('_', ' '),
  };
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
  // "Sanctions about sanctions" says nothing twice.
  const issues = event.issues.map(({ value }) => value).filter((issue) => issue !== actOf(event));
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

/** Persons stand for their states where both are told; a long list is cut. */
function namesOf(actors: readonly Told<ToldActor>[]): string {
  const byPerson = new Set(actors.filter(({ value }) => value.kind === 'person').map(({ value }) => value.party));
  const shown = actors.filter(
    ({ value }) => value.kind === 'person' || !isState(value.party) || !byPerson.has(value.party),
  );
  const names = shown.slice(0, 6).map(({ value }) => actorWords(value));
  if (shown.length > 6) names.push(`${shown.length - 6} more`);
  return names.join(', ');
}
