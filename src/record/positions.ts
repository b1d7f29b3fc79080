import { isSpoken } from './acts.ts';
import type { Draft } from './brief.ts';
import type { Briefing } from './briefing.ts';
import { type Event, type EventClaim, placedOn } from './event.ts';
import { actOf, whoOf } from './headline.ts';
import { fold, type Party } from './party.ts';
import { lastKnownDay } from './period.ts';
import { whenWords } from './words.ts';

/** Words of one side, as a claim has them. */
interface Words {
  readonly event: Event;
  readonly claim: EventClaim;
  readonly side: Party;
  /** Who of the side said so; empty where the report says it of the side. */
  readonly speakers: readonly string[];
  /** Who tells it, where nothing says whom they speak for. */
  readonly tellers: readonly string[];
}

const ISSUES = 8;
/** The heading of words about nothing that has a name. */
const OTHER = 'other';

/**
 * The latest words of each side on each issue, issues on which both have spoken first. What a side says is what somebody of it
 * is quoted with, or an act of words that is its own: a demand, a refusal, an accusation.
 */
export function positionsOf(
  { parties, names, voices }: Pick<Briefing, 'parties' | 'names' | 'voices'>,
  events: readonly Event[],
): readonly Draft[] {
  const words = events.flatMap((event) => wordsIn(event, { parties, names, voices })).toSorted(latestFirst);
  const issues = new Map<string, Words[]>();
  for (const one of words) {
    const about = one.event.issues.map(({ value }) => value).filter((issue) => !isSide(issue, parties, names));
    // What is about nothing by name is a position only where it is an act of words.
    const filed = about.length > 0 ? about : isOwnWords(one.event) ? [OTHER] : [];
    for (const issue of filed) {
      const others = issues.get(issue);
      if (others === undefined) issues.set(issue, [one]);
      else others.push(one);
    }
  }
  const sidesOf = (issue: string) => new Set(issues.get(issue)!.map(({ side }) => side)).size;
  const inOrder = [...issues.keys()].sort(
    (a, b) =>
      Number(a === OTHER) - Number(b === OTHER) ||
      sidesOf(b) - sidesOf(a) ||
      issues.get(b)!.length - issues.get(a)!.length ||
      (a < b ? -1 : 1),
  );
  const shown = inOrder.length > ISSUES ? [...inOrder.filter((issue) => issue !== OTHER).slice(0, ISSUES)] : inOrder;
  const used = new Set<string>();
  return shown.flatMap((issue) =>
    parties.flatMap((side) => {
      const latest = issues.get(issue)!.find((one) => one.side === side && !used.has(one.event.id));
      if (latest === undefined) return [];
      used.add(latest.event.id);
      return [draftOf(issue, latest, names[parties.indexOf(side)]!)];
    }),
  );
}

function wordsIn(
  event: Event,
  { parties, names, voices }: Pick<Briefing, 'parties' | 'names' | 'voices'>,
): readonly Words[] {
  const told = new Map(
    [...event.actors, ...event.recipients].map(({ value }) => [fold(value.name), value.party] as const),
  );
  // "893 officials" do not speak for a state.
  const speaking = event.actors.filter(
    ({ value }) => value.kind === 'state' || value.kind === 'person' || value.kind === 'body',
  );
  const actors = new Set(speaking.map(({ value }) => value.party));
  // What both say together, or one is told to say to itself, is no position towards the other.
  const isShared = parties.every((party) => actors.has(party));
  const isOwn = isOwnWords(event) && !isShared;
  return event.claims.flatMap((claim) =>
    parties.flatMap((side, i): readonly Words[] => {
      const voiceOf = (name: string) => told.get(fold(name)) ?? voices.get(fold(name));
      const tellers = claim.saidBy.map(({ name }) => name);
      const speakers = tellers.filter((name) => voiceOf(name) === side);
      if (speakers.length > 0) return [{ event, claim, side, speakers, tellers: [] }];
      // An act of words is its side's own, but not what the other side or a third says of it: "we condemn Russia's policy".
      const isOfOthers = /\b(?:we|our|i|my)\b/i.test(claim.sentence) && claim.sentence.includes(names[i]!);
      const isTold = isOwn && actors.has(side) && tellers.every((name) => voiceOf(name) === undefined) && !isOfOthers;
      return isTold ? [{ event, claim, side, speakers: [], tellers }] : [];
    }),
  );
}

/** True for demands, refusals, accusations, support: threats have a place of their own. */
function isOwnWords({ type }: Event): boolean {
  return isSpoken(type) && type !== 'THREATEN';
}

function isSide(issue: string, parties: readonly string[], names: readonly string[]): boolean {
  return [...parties, ...names].some((name) => fold(name) === fold(issue));
}

function latestFirst(a: Words, b: Words): number {
  const day = ({ claim, event }: Words) =>
    (claim.published === null ? '' : lastKnownDay(claim.published)) || (placedOn(event) ?? '');
  const [one, two] = [day(a), day(b)];
  if (one !== two) return one < two ? 1 : -1;
  const direct = ({ claim }: Words) => Number(claim.saidBy.some(({ quotation }) => quotation !== 'indirect'));
  return direct(b) - direct(a) || b.claim.confidence - a.claim.confidence || (a.claim.id < b.claim.id ? -1 : 1);
}

function draftOf(issue: string, { event, claim, speakers, tellers }: Words, name: string): Draft {
  const who = speakers.filter((speaker) => fold(speaker) !== fold(name));
  const by = tellers.length > 0 ? `, as ${tellers.join(', ')} tells` : '';
  const said = who.length === 0 ? `${name}${by}` : `${name} (${who.join(', ')})`;
  const { status } = claim;
  const { published } = claim;
  return {
    event,
    when: published === null ? 'undated' : whenWords({ earliest: published.from, latest: published.to }),
    text: `${issue}: ${said}${isOwnWords(event) ? `, ${actOf(event)}` : ` on ${whoOf(event)}, ${actOf(event)}`}${status === 'happened' || status === 'ongoing' ? '' : ` [${status}]`}`,
    claims: [claim, ...event.claims.filter((other) => other !== claim)],
  };
}
