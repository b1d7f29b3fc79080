import type { Published } from '../source/document.ts';
import type { Claim, Time } from './reading.ts';

/** The end of an interval of days that goes on without one. */
const OPEN_END = '9999-12-31';

/**
 * When an undated document can have been published, by what it tells: not before the last day, with its year in the
 * words, of which it says that something happened, and not after the first later one that it says lies ahead; without
 * such a one the end is open, 9999-12-31. `null` when it dates nothing that happened. "The ministers met on 16 June 2021
 * and will meet again on 2 July 2021" is from 16 June to 2 July.
 */
export function inferPublished(claims: readonly Claim[], times: readonly Time[]): Published | null {
  const dated = claims.flatMap(({ status, certainty, when }) => {
    const time = when.time === null ? undefined : times[when.time];
    const isFirm = certainty === 'asserted' || certainty === 'probable';
    if (time?.basis !== 'explicit' || when.precision !== 'day' || when.earliest === null || !isFirm) return [];
    return [{ status, time, day: when.earliest }];
  });
  const past = dated.filter(({ status }) => status === 'happened' || status === 'failed');
  const last = past.reduce<(typeof past)[number] | undefined>(
    (late, one) => (late === undefined || one.day > late.day ? one : late),
    undefined,
  );
  if (last === undefined) return null;
  const ahead = dated.filter(({ status, day }) => (status === 'planned' || status === 'expected') && day >= last.day);
  const to = ahead.map(({ day }) => day).sort()[0] ?? OPEN_END;
  return { from: last.day, to, basis: 'inferred', evidence: { from: last.time.from, to: last.time.to } };
}
