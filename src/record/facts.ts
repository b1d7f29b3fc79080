import { fold } from './party.ts';
import { dayNumber, daysIn, monthWithoutYear, type Period, possiblePeriod, toldPeriod } from './period.ts';
import { type Sides, sidesOf } from './sides.ts';
import type { Telling } from './telling.ts';
import { type Wording, wordingOf } from './wording.ts';

/** What the pairwise questions ask of a claim again and again, worked out once. */
export interface Facts {
  readonly told: Period;
  readonly possible: Period;
  /** How vague the told date is: 0 a day or two, 1 a week, 2 a month, 3 a season, 4 a year or more, 5 unknown. */
  readonly vagueness: number;
  readonly month: number | undefined;
  readonly persons: Telling['actors'];
  /** The sentence with the trigger's place in it. */
  readonly words: string;
  /** Both sides in one text: equal when the parties are. */
  readonly sides: string;
  /** First and last day of publication, as days since 1970; undefined where it is not known to a month. */
  readonly published: readonly [number, number] | undefined;
  /** The same, however vaguely known. */
  readonly span: readonly [number, number] | undefined;
  /** The days that the claim is of: those told, else those of its document; undefined when not known to two years. */
  readonly about: readonly [number, number] | undefined;
  readonly between: Sides;
  /** Sorts claims in canonical order; see `merge.ts`. */
  readonly order: string;
}

const known = new WeakMap<Telling, Facts>();

/** What is worked out of a claim once. */
export function factsOf(telling: Telling): Facts {
  const before = known.get(telling);
  if (before !== undefined) return before;
  const told = toldPeriod(telling.when);
  const days = daysIn(told);
  const { published } = telling;
  const between = sidesOf(telling);
  const possible = possiblePeriod(telling);
  const vagueness =
    days === Number.POSITIVE_INFINITY ? 5 : days <= 2 ? 0 : days <= 9 ? 1 : days <= 31 ? 2 : days <= 100 ? 3 : 4;
  const at = String(telling.evidence.trigger.from).padStart(9, '0');
  const facts: Facts = {
    ...{ told, possible, vagueness },
    order: `${vagueness} ${possible.from} ${published?.from ?? '9999      '} ${telling.document} ${at} ${telling.id}`,
    month: monthWithoutYear(telling.when),
    persons: between.persons,
    words: `${telling.evidence.trigger.from - telling.evidence.sentence.from} ${fold(telling.sentence)}`,
    sides: between.text,
    published: published === null || daysIn(published) > 31 ? undefined : spanOf(published),
    span: published === null ? undefined : spanOf(published),
    about: aboutOf(days < Number.POSITIVE_INFINITY ? told : published),
    between,
  };
  known.set(telling, facts);
  return facts;
}

const worded = new WeakMap<Telling, Wording>();

/** How the sentence of a claim is worded; worked out once, for the claims of which it is asked. */
export function wordingFor(telling: Telling): Wording {
  const before = worded.get(telling);
  if (before !== undefined) return before;
  const wording = wordingOf(telling.sentence);
  worded.set(telling, wording);
  return wording;
}

function aboutOf(period: Period | null): readonly [number, number] | undefined {
  return period === null || daysIn(period) > 800 ? undefined : spanOf(period);
}

/** First and last day of a period, as days since 1970. */
export function spanOf({ from, to }: Period): readonly [number, number] {
  return [dayNumber(from), dayNumber(to)];
}
