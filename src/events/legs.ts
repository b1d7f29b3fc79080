import type { Token } from '../nlp/sentence.ts';
import type { Places } from './places.ts';
import type { Claim } from './reading.ts';
import type { Tree } from './tree.ts';
import type { Dated, IndexedTime } from './when.ts';
import { datedBy } from './when.ts';
import type { Parties } from './who/parties.ts';

/** One stop of a journey: the token that names it and who receives the traveller there. */
export interface Stop {
  readonly token: Token;
  readonly parties: Parties;
}

/**
 * A visit as one claim for each place that is visited: "will travel to Lima on 1 May and to Quito on 3 May" tells of two.
 * Days that stand between two stops are those of the first; days behind the last hold for all where no other stop has
 * days of its own. A stop without days in a journey whose other stops have some is left undated. Stops in one country
 * stay one claim. The place of the visit is the stop, unless the words name one closer.
 */
export function byStop(
  tree: Tree,
  claim: Claim,
  stops: readonly Stop[],
  times: readonly IndexedTime[],
  places: Places,
): readonly Claim[] {
  const legs = stops.filter(({ parties }, i) => parties.ids[0] !== stops[i - 1]?.parties.ids[0]);
  if (legs.length < 2) {
    const place = stops.map(({ token }) => token).find((token) => places.at.has(token));
    return [claim.where === null && place ? placedAt(claim, place, places) : claim];
  }
  const days = legs.map(({ token }, i) => daysAfter(token, legs[i + 1]?.token.from ?? tree.sentence.to, times));
  const shared = days.slice(0, -1).every((one) => one === undefined);
  return legs.map(({ token, parties }, i) => {
    const dated = shared ? { when: claim.when, evidence: claim.evidence.when } : (days[i] ?? UNDATED);
    const leg: Claim = {
      ...claim,
      recipients: parties.ids,
      when: dated.when,
      evidence: { ...claim.evidence, recipients: parties.spans, when: dated.evidence },
    };
    return places.at.has(token) ? placedAt(leg, token, places) : leg;
  });
}

const UNDATED: Dated = { when: { earliest: null, latest: null, precision: 'unknown', time: null }, evidence: [] };

function placedAt(claim: Claim, token: Token, places: Places): Claim {
  const where = places.at.get(token)!;
  return { ...claim, where, evidence: { ...claim.evidence, where: [{ from: token.from, to: token.to }] } };
}

function daysAfter(token: Token, before: number, times: readonly IndexedTime[]): Dated | undefined {
  const found = times.find(
    ({ time: { from, to, type, earliest } }) =>
      from >= token.to && to <= before && earliest !== null && (type === 'date' || type === 'time'),
  );
  return found && datedBy(times, found);
}
