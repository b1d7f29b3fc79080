import type { Event } from './event.ts';
import { dateOf } from './headline.ts';
import type { ToldWhen } from './telling.ts';
import { whenWords } from './words.ts';

/** A part of a day that events are told to have been in: an hour, or a stretch of them. */
export interface DayPart {
  /** `13:00`, `morning`. */
  readonly name: string;
  /** Hours from the beginning of the day, `to` out. */
  readonly from: number;
  readonly to: number;
}

// What TIMEX3 calls parts of a day; no standard says where one ends.
const STRETCHES: Readonly<Record<string, DayPart>> = {
  MO: { name: 'morning', from: 6, to: 12 },
  AF: { name: 'afternoon', from: 12, to: 18 },
  EV: { name: 'evening', from: 18, to: 22 },
  NI: { name: 'night', from: 20, to: 24 },
};

const HOURS = Array.from({ length: 24 }, (_, hour): DayPart => ({ name: `${two(hour)}:00`, from: hour, to: hour + 1 }));

/** All parts of a day, in the order of the chronology: by their beginning, the longer first. */
export const DAY_PARTS: readonly DayPart[] = [...HOURS, ...Object.values(STRETCHES)].sort(
  (a, b) => a.from - b.from || b.to - a.to,
);

/** A time of day as it is told, by whatever clock those who tell it go. */
export interface TimeOfDay {
  readonly part: DayPart;
  /** `13:05`, `13:05 UTC`, `12:00 UTC-04`, `morning`. */
  readonly words: string;
}

/**
 * The time of day of an event whose day is known: the hour that most tell, else the part of the day; `undefined` where none
 * is told.
 */
export function timeOfEvent({ when }: Pick<Event, 'when'>): TimeOfDay | undefined {
  const day = when.settled?.earliest ?? null;
  if (day === null || when.settled?.latest !== day) return undefined;
  const times = when.told.flatMap(({ value }) =>
    value.earliest === day && value.latest === day ? (timeOf(value) ?? []) : [],
  );
  return times.find(({ part }) => HOURS.includes(part)) ?? times[0];
}

/** The date of an event for a person, with its time of day where one is told: `16 June 2021, 13:05`. */
export function momentOf(event: Event): string {
  return withTime(dateOf(event), timeOfEvent(event));
}

/** A date as one report tells it, with its time of day where it tells one. */
export function toldWords(when: ToldWhen): string {
  return withTime(whenWords(when), timeOf(when));
}

function withTime(date: string, time: TimeOfDay | undefined): string {
  return time === undefined ? date : `${date}, ${time.words}`;
}

/** The time of day in a TIMEX3 value: `2021-06-16T13:05`, `2022-04-18T12:00-04`, `2021-05-21TMO`. */
export function timeOf({ value }: Pick<ToldWhen, 'value'>): TimeOfDay | undefined {
  const stretch = STRETCHES[/^\d{4}-\d\d-\d\dT([A-Z]{2})$/.exec(value ?? '')?.[1] ?? ''];
  if (stretch !== undefined) return { part: stretch, words: stretch.name };
  const clock = /^\d{4}-\d\d-\d\dT(\d\d)(?::(\d\d))?(?::\d\d)?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(value ?? '');
  if (clock === null) return undefined;
  const [, hour = '', minute = '00', zone = ''] = clock;
  // "Midnight" is the end of the day that it is told of.
  const part = HOURS[Math.min(Number(hour), 23)]!;
  return { part, words: `${hour}:${minute}${zone === '' ? '' : zone === 'Z' ? ' UTC' : ` UTC${zone}`}` };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
