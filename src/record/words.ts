import { EVER } from './period.ts';
import type { Telling, ToldPlace, ToldWhen } from './telling.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A date for a person, as exact as it is known: `16 June 2021`, `June 2021`, `14–16 June 2021`, `June (year unknown)`. */
export function whenWords(when: Pick<ToldWhen, 'earliest' | 'latest'> & { readonly value?: string | null }): string {
  const earliest = when.earliest === EVER.from ? null : when.earliest;
  const latest = when.latest === EVER.to ? null : when.latest;
  if (earliest === null && latest === null) {
    const month = /^XXXX-(\d{2})(?:-(\d{2}))?/.exec(when.value ?? '');
    if (month === null) return 'date unknown';
    return `${month[2] === undefined ? '' : `${Number(month[2])} `}${MONTHS[Number(month[1]) - 1]} (year unknown)`;
  }
  if (earliest === null) return `by ${dayWords(latest!)}`;
  if (latest === null) return `from ${dayWords(earliest)}`;
  if (earliest === latest) return dayWords(earliest);
  const wholeMonths = earliest.endsWith('-01') && latest === lastDay(latest);
  const sameYear = year(earliest) === year(latest);
  if (earliest.endsWith('-01-01') && latest.endsWith('-12-31')) {
    return sameYear ? year(earliest) : `${year(earliest)}–${year(latest)}`;
  }
  if (earliest.slice(0, 7) === latest.slice(0, 7)) {
    return wholeMonths ? monthWords(latest) : `${Number(earliest.slice(8))}–${dayWords(latest)}`;
  }
  // The year stands once where it is one.
  const [from, to] = [earliest, latest].map(wholeMonths ? monthWords : dayWords) as [string, string];
  return `${sameYear ? from.replace(` ${year(earliest)}`, '') : from} – ${to}`;
}

/** `Geneva`, or `Geneva (CHE)` when the country is known and not the name itself. */
export function placeWords(place: ToldPlace): string {
  return place.country === null || place.precision === 'country' ? place.name : `${place.name} (${place.country})`;
}

/** An ISO 8601 duration for a person: `PT2H` is `2 hours`, `PT4H/PT5H` is `4 hours to 5 hours`. Unknown forms are given back. */
export function durationWords(duration: string): string {
  if (duration.includes('/')) return duration.split('/').map(durationWords).join(' to ');
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (match === null) return duration;
  const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];
  const parts = units.flatMap((unit, index) => {
    const count = match[index + 1];
    return count === undefined ? [] : [`${Number(count)} ${unit}${Number(count) === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? duration : parts.join(' ');
}

/** A figure for a person: `more than 90,000 troops`. */
export function figureWords(figure: Telling['figures'][number]): string {
  const bound = figure.bound === 'exact' ? '' : `${figure.bound.replace('-', ' ')} `;
  return `${bound}${figure.value.toLocaleString('en-US')} ${figure.unit}`.trim();
}

function dayWords(day: string): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${year(day)}`;
}

function monthWords(day: string): string {
  return `${MONTHS[Number(day.slice(5, 7)) - 1]} ${year(day)}`;
}

function year(day: string): string {
  return String(Number(day.slice(0, 4)));
}

function lastDay(day: string): string {
  const next = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0));
  return next.toISOString().slice(0, 10);
}
