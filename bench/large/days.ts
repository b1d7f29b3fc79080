import type { Time } from '../../src/events/reading.ts';
import { between, type Chance } from './chance.ts';

/** Words for a time, and the days they mean. */
export interface ToldTime extends Pick<Time, 'value' | 'earliest' | 'latest' | 'basis'> {
  readonly words: string;
}

/** Day 0 of the invented world, as days since 1970: 1 January 2000. */
const FIRST_DAY = Date.UTC(2000, 0, 1) / 86_400_000;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** A day of the world as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return dateOf(day).toISOString().slice(0, 10);
}

/** How a report tells of a day some days ago: by its weekday, after a week by its date. */
export function newsTime(day: number, published: number): ToldTime {
  return published - day > 6
    ? exactTime(day)
    : { words: `on ${WEEKDAYS[dateOf(day).getUTCDay()]}`, ...daysOf(day, day), value: dayText(day), basis: 'relative' };
}

/** How a report tells of a day weeks ago or more: a month, a year, the day itself; `undefined` for no word of it. */
export function pastTime(day: number, published: number, random: Chance): ToldTime | undefined {
  const roll = random();
  if (roll < 0.08) return undefined;
  if (roll < 0.3) return exactTime(day);
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  if (roll < 0.42) return yearTime(year);
  const month = MONTHS[date.getUTCMonth()]!;
  if (roll < 0.5) {
    const value = `XXXX-${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
    return { words: `in ${month}`, value, earliest: null, latest: null, basis: 'unresolved' };
  }
  const isNear = published - day < 300 && random() < 0.7;
  return monthTime(date, isNear ? `in ${month}` : `in ${month} ${year}`, isNear ? 'inferred' : 'explicit');
}

/** How a report tells of a day to come. */
export function comingTime(day: number, published: number, random: Chance): ToldTime | undefined {
  const roll = random();
  if (roll < 0.35) return undefined;
  if (roll < 0.75) return exactTime(day);
  if (roll < 0.88) return monthTime(dateOf(day), `in ${MONTHS[dateOf(day).getUTCMonth()]}`, 'inferred');
  // Monday to Sunday of the week that the day lies in.
  const monday = day - ((dateOf(day).getUTCDay() + 6) % 7);
  if (monday <= published) return exactTime(day);
  return { words: 'next week', ...daysOf(monday, monday + 6), value: dayText(monday), basis: 'relative' };
}

/** Some day in the last years, told somehow without a preposition: for sentences between. */
export function someTime(published: number, random: Chance): ToldTime {
  const day = published - between(8, 900, random);
  const time = pastTime(day, published, random) ?? exactTime(day);
  return { ...time, words: time.words.replace(/^\w+ /, '') };
}

function exactTime(day: number): ToldTime {
  const date = dateOf(day);
  const words = `on ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return { words, ...daysOf(day, day), value: dayText(day), basis: 'explicit' };
}

function monthTime(date: Date, words: string, basis: Time['basis']): ToldTime {
  const value = date.toISOString().slice(0, 7);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { words, value, earliest: `${value}-01`, latest: `${value}-${last}`, basis };
}

function yearTime(year: number): ToldTime {
  return {
    words: `in ${year}`,
    value: String(year),
    earliest: `${year}-01-01`,
    latest: `${year}-12-31`,
    basis: 'explicit',
  };
}

function daysOf(from: number, to: number): Pick<Time, 'earliest' | 'latest'> {
  return { earliest: dayText(from), latest: dayText(to) };
}

function dateOf(day: number): Date {
  return new Date((FIRST_DAY + day) * 86_400_000);
}
