import type { DayCount, HourCounts } from '../../record/days.ts';
import { DAY_PARTS, type DayPart } from '../../record/hours.ts';
import { dayKey, partKey } from '../../record/marks.ts';
import { dayNumber } from '../../record/period.ts';
import { whenWords } from '../../record/words.ts';
import { addressWith } from './addresses.ts';
import { leftOutLinks, leftOutOf, mostlyBetween } from './bulk.ts';
import { type Html, html } from './html.ts';
import { countWords } from './lines.ts';

/** A stretch of days, and how many events stand in it. */
export interface Bucket {
  readonly from: string;
  readonly to: string;
  readonly events: number;
}

/** The lengths that buckets have, from the shortest, and how many there are of each at most. */
const UNITS = [
  ['day', 62],
  ['week', 60],
  ['month', 60],
  ['quarter', 60],
  ['year', 60],
  ['decade', 80],
] as const;
type Unit = (typeof UNITS)[number][0];

/** The chronology has places for the days between these; see `dayKey`. */
const FIRST_DAY = '1450-01-01';
const LAST_DAY = '2167-09-12';

function later(day: string | undefined, than: string): string | undefined {
  return day !== undefined && day < than ? than : day;
}

function earlier(day: string | undefined, than: string): string | undefined {
  return day !== undefined && day > than ? than : day;
}

/** Days in buckets of the shortest length that leaves few enough of them to be seen, from the first day asked for to the last. */
export function bucketsOf(
  days: readonly DayCount[],
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): { readonly unit: Unit; readonly buckets: readonly Bucket[] } | undefined {
  const first = later(from ?? days[0]?.[0], FIRST_DAY);
  const last = earlier(to ?? days.at(-1)?.[0], LAST_DAY);
  if (first === undefined || last === undefined || first > last) return undefined;
  for (const [unit, most] of UNITS) {
    const starts: string[] = [startOf(unit, first)];
    while (starts.length <= most && nextOf(unit, starts.at(-1)!) <= last) starts.push(nextOf(unit, starts.at(-1)!));
    if (starts.length > most && unit !== 'decade') continue;
    const counts = new Map<string, number>(starts.map((start) => [start, 0]));
    for (const [day, events] of days) {
      const start = startOf(unit, day);
      const known = counts.get(start);
      if (known !== undefined) counts.set(start, known + events);
    }
    const buckets = starts.map((start) => ({
      from: start,
      to: shifted(nextOf(unit, start), -1),
      events: counts.get(start)!,
    }));
    return { unit, buckets };
  }
  return undefined;
}

/** The first day of the day, week (a Monday), month … that a day is in. */
function startOf(unit: Unit, day: string): string {
  const year = day.slice(0, 4);
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      // The first of January 1970 was a Thursday.
      return shifted(day, -((((dayNumber(day) + 3) % 7) + 7) % 7));
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'quarter':
      return `${year}-${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
    case 'year':
      return `${year}-01-01`;
    case 'decade':
      return `${day.slice(0, 3)}0-01-01`;
  }
}

const MONTHS: Readonly<Record<Exclude<Unit, 'day' | 'week'>, number>> = { month: 1, quarter: 3, year: 12, decade: 120 };

function nextOf(unit: Unit, start: string): string {
  if (unit === 'day' || unit === 'week') return shifted(start, unit === 'day' ? 1 : 7);
  const date = new Date(dayNumber(start) * 86_400_000);
  date.setUTCMonth(date.getUTCMonth() + MONTHS[unit]);
  return date.toISOString().slice(0, 10);
}

function shifted(day: string, days: number): string {
  return new Date((dayNumber(day) + days) * 86_400_000).toISOString().slice(0, 10);
}

const BAR = 10;
const HEIGHT = 60;

/**
 * How the events of a view lie in time. Each bar leads into its days; the script `timeline` lets one draw over several.
 * `query` is what is asked, whose days are changed.
 */
export function histogram(path: string, query: URLSearchParams, days: readonly DayCount[]): Html | null {
  const range = { from: query.get('from') || undefined, to: query.get('to') || undefined };
  const [start, end] = mostlyBetween(days) ?? [];
  const found = bucketsOf(days, { from: range.from ?? start, to: range.to ?? end });
  if (found === undefined) return null;
  const { unit, buckets } = found;
  const [first, last] = [buckets[0]!.from, buckets.at(-1)!.to];
  const leftOut = leftOutLinks(query, { first, last, ...leftOutOf(days, first, last) });
  const most = Math.max(1, ...buckets.map(({ events }) => events));
  const fullest = buckets.find(({ events }) => events === most);
  const isZoomed = range.from !== undefined || range.to !== undefined;
  const bars = buckets.map(({ from, to, events }, i) => {
    const height = events === 0 ? 0 : Math.max(1.5, (HEIGHT - 4) * (events / most));
    const shape = html`<rect class="hit" x="${i * BAR}" width="${BAR}" height="${HEIGHT}"/>${events > 0 && html`<rect class="bar" x="${i * BAR + 1}" y="${(HEIGHT - height).toFixed(1)}" width="${BAR - 2}" height="${height.toFixed(1)}"/>`}`;
    const title = `${whenWords({ earliest: from, latest: to })}: ${countWords(events)}`;
    const data = html`data-from="${from}" data-to="${to}"`;
    if (events === 0) return html`<g ${data}>${shape}</g>\n`;
    const address = addressWith(path, query, { from, to, after: null });
    return html`<a href="${address}" ${data} aria-label="${title}"><title>${title}</title>${shape}</a>\n`;
  });
  return html`<figure class="histogram" data-histogram>
<svg viewBox="0 0 ${buckets.length * BAR} ${HEIGHT}" preserveAspectRatio="none" role="group" aria-label="Events by ${unit}">
${bars}</svg>
<p class="axis"><span>${firstWords(buckets[0]!, unit)}</span><span>${unit === 'day' || buckets.length < 3 ? null : `by ${unit}`}</span><span>${firstWords(buckets.at(-1)!, unit)}</span></p>
<figcaption>${leftOut}${fullest !== undefined && fullest.events > 0 && html`The fullest ${unit} has ${countWords(fullest.events)}. `}<span data-help>A bar leads into its ${unit}.</span>${isZoomed && html` ${outLinks(path, query, range)}`}</figcaption>
</figure>`;
}

const LANE = 9;

/**
 * How the events of one day lie in it: a bar an hour, and below them, as long as they are, the parts of the day that no report
 * tells more closely, and the whole day. Each leads to where its events begin in the list, which stays that of the day.
 */
export function hourHistogram(path: string, query: URLSearchParams, day: string, { whole, parts }: HourCounts): Html {
  const newestFirst = query.get('newestFirst') === 'true';
  const isHour = ({ from, to }: DayPart) => to - from === 1;
  const most = Math.max(1, ...parts.flatMap(([part, events]) => (isHour(part) ? [events] : [])));
  const lanes = [
    ...parts.flatMap(([part, events]) =>
      isHour(part) ? [] : [{ ...part, after: beginningOf(day, part, newestFirst), events }],
    ),
    ...(whole === 0
      ? []
      : [{ name: 'the whole day', from: 0, to: 24, after: beginningOf(day, undefined, newestFirst), events: whole }]),
  ];
  const floor = HEIGHT - LANE * lanes.length;
  const link = (
    { from, to, after }: { readonly from: number; readonly to: number; readonly after: string | null },
    words: string,
    { top, bar, end }: { readonly top: number; readonly bar: number; readonly end: number },
  ) => {
    const [x, width] = [from * BAR, (to - from) * BAR];
    const place = html`x="${x + 1}" y="${bar.toFixed(1)}" width="${width - 2}" height="${(end - bar).toFixed(1)}"`;
    return html`<a href="${addressWith(path, query, { after })}" aria-label="${words}"><title>${words}</title><rect class="hit" x="${x}" y="${top}" width="${width}" height="${end - top}"/><rect class="bar" ${place}/></a>
`;
  };
  const bars = parts.flatMap(([part, events]) => {
    if (!isHour(part)) return [];
    const bar = floor - Math.max(1.5, (floor - 4) * (events / most));
    const after = beginningOf(day, part, newestFirst);
    return [link({ ...part, after }, `${part.name}: ${countWords(events)}`, { top: 0, bar, end: floor })];
  });
  const told = parts.reduce((sum, [, events]) => sum + events, 0);
  const says =
    told === 0
      ? 'No report tells at what time of this day. '
      : `Of ${countWords(told + whole)} on this day, ${told.toLocaleString('en-US')} ${told === 1 ? 'is' : 'are'} told with a time of day, by the clocks of those who tell it. `;
  return html`<figure class="histogram" data-histogram>
<svg viewBox="0 0 ${24 * BAR} ${HEIGHT}" preserveAspectRatio="none" role="group" aria-label="Events by hour">
${bars}${lanes.map((lane, i) => {
  const top = floor + i * LANE;
  return link(lane, `${lane.name}: ${countWords(lane.events)}`, { top, bar: top + 4, end: top + LANE - 1 });
})}</svg>
<p class="axis">${['00:00', '06:00', '12:00', '18:00', '24:00'].map((hour) => html`<span>${hour}</span>`)}</p>
<figcaption>${says}<span data-help>A bar leads to its events.</span> ${outLinks(path, query, { from: day, to: day })}</figcaption>
</figure>`;
}

/** The place in the chronology of a day that comes just before a part of it, or the whole of it; null where nothing does. */
function beginningOf(day: string, part: DayPart | undefined, newestFirst: boolean): string | null {
  if (!newestFirst) return `${dayKey(day)}${part === undefined ? '' : partKey(part)}`;
  const next = DAY_PARTS[part === undefined ? 0 : DAY_PARTS.indexOf(part) + 1];
  return next === undefined ? null : `${dayKey(day)}${partKey(next)}`;
}

/** Links out of a range: to all time, and to three times as many days. */
function outLinks(path: string, query: URLSearchParams, range: Parameters<typeof wider>[2]): Html {
  return html`<a href="${addressWith(path, query, { from: null, to: null, after: null })}">All time</a>${wider(path, query, range)}`;
}

/** A link to three times as many days. */
function wider(
  path: string,
  query: URLSearchParams,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Html | null {
  if (from === undefined || to === undefined) return null;
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1 || from < FIRST_DAY || to > LAST_DAY) return null;
  const range = { from: later(shifted(from, -days), FIRST_DAY)!, to: earlier(shifted(to, days), LAST_DAY)! };
  const address = addressWith(path, query, { ...range, after: null });
  return html` · <a href="${address}">Wider</a>`;
}

/** A bucket for the end of an axis: by the month, where it is longer. */
function firstWords({ from, to }: Bucket, unit: Unit): string {
  if (unit === 'decade') return `${from.slice(0, 4)}s`;
  if (unit === 'week') return whenWords({ earliest: from, latest: from });
  if (unit === 'quarter') return whenWords({ earliest: from, latest: shifted(nextOf('month', from), -1) });
  return whenWords({ earliest: from, latest: to });
}
