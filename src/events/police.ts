import type { Match } from './match.ts';
import type { Rule } from './patterns/patterns.ts';
import type { Actor } from './reading.ts';
import type { Tree } from './tree.ts';
import type { Cast } from './who/actors.ts';
import type { Parties } from './who/parties.ts';

/**
 * "A man was arrested on suspicion of murder", "a court jailed the thief": law among private people of one country is
 * no public affair.
 */
export function isPoliceWork(tree: Tree, rule: Rule, actors: Parties, recipients: Parties, cast: Cast): boolean {
  // "Officials arrested a man over the theft of": whoever did, it is a matter for the police.
  const petty = LAW.has(rule.cameo) && tree.tokens.some(({ lemma }) => PETTY.has(lemma.toLowerCase()));
  if (recipients.ids.length === 0 && !petty) return false;
  if (actors.ids.length === 0 && !LAW.has(rule.cameo)) return false;
  const officers = actors.ids
    .map((id) => cast.actor(id))
    .every(
      ({ kind, sector }) => sector.some((one) => COURTS.has(one)) || (petty && kind !== 'person' && kind !== 'state'),
    );
  const home = new Set([null, ...actors.ids.map((id) => cast.actor(id).country)]);
  // "Police arrested a Leeds man": those of the place, wherever it is.
  const local = actors.ids.length > 0 && actors.ids.every((id) => cast.actor(id).country === null);
  const trades = LAW.has(rule.cameo) ? TRADES : undefined;
  const ordinary = recipients.ids
    .map((id) => cast.actor(id))
    .every((one) => isPrivate(one, trades) && (local || home.has(one.country)));
  if (!officers || !ordinary) return false;
  // "the court ordered the driver to pay"
  if (!LAW.has(rule.cameo))
    return rule.type.quad === 3 && recipients.ids.every((id) => !/^\p{Lu}\p{Ll}/u.test(cast.actor(id).name));
  // "the court freed the activist", "arrested for spying": what one is held for may be public all the same.
  if (tree.tokens.some(({ lemma }) => POLITICAL.has(lemma.toLowerCase()))) return false;
  const nobody = recipients.ids
    .map((id) => cast.actor(id))
    .every(
      ({ kind, name, sector }) =>
        (kind === 'person' && (sector.length === 0 || ANYBODY.test(name))) || sector.includes('CRM'),
    );
  return nobody || tree.tokens.some(({ lemma }) => CRIMES.has(lemma.toLowerCase()));
}
/** "The sheriff arrested one person": an officer, and nobody in particular. */
export function isOnTheBeat({ rule, frame }: Match, actors: Parties, recipients: Parties, cast: Cast): boolean {
  if (rule.cameo !== '173' || actors.ids.length === 0 || recipients.ids.length > 0) return false;
  const officers = actors.ids.every((id) => cast.actor(id).sector.some((one) => one === 'COP'));
  const objects = frame.slots.get('object') ?? [];
  return officers && objects.length > 0 && objects.every(({ lemma }) => SOMEBODY.has(lemma.toLowerCase()));
}
const SOMEBODY = new Set('person man woman suspect driver teenager individual adult boy girl'.split(' '));

const POLITICAL = new Set(
  (
    'activist protest protester journalist reporter dissident opposition separatist separatism militant terrorism ' +
    'terrorist extremist extremism espionage spy spying treason sedition coup insurgent rebel dissent blogger ' +
    'subversion genocide'
  ).split(' '),
);
const ANYBODY =
  /^(?:an?|the|another|one|second)\b.*\b(?:man|woman|boy|girl|teenager|suspect|driver|person|youth|husband|wife|student|gunman|attacker)$/i;
/** Arrests, sentences and charges, by CAMEO code. */
const LAW = new Set(['173', '116', '112', '115', '090', '0841']);
const COURTS = new Set(['COP', 'JUD']);
const PETTY = new Set(
  'theft robbery burglary shoplifting pornography poaching elephant jackal wildlife drunk speeding rape'.split(' '),
);
const CRIMES = new Set(
  (
    'murder manslaughter homicide theft robbery burglary fraud extortion rape stabbing shooting arson assault drug ' +
    'cocaine heroin cannabis speeding driving drunk forgery embezzlement blackmail kidnapping shoplifting burgle bail steal rob extort burglar burgle burglary opioid narcotic pornography poaching'
  ).split(' '),
);

/** Somebody without office, cause or calling: "a man", "two residents". */
function isPrivate({ kind, sector }: Actor, trades: ReadonlySet<string> = NO_TRADE): boolean {
  return (kind === 'person' || kind === 'group') && sector.every((one) => NO_TRADE.has(one) || trades.has(one));
}
const NO_TRADE: ReadonlySet<string> = new Set(['CVL', 'UNK', 'CRM']);
/** Whoever is charged with an ordinary crime may be a doctor or a lawyer. */
const TRADES: ReadonlySet<string> = new Set(['MED', 'EDU', 'BUS', 'LAB', 'AGR', 'JUD']);
