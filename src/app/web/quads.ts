import type { DayCount } from '../../record/days.ts';
import type { EventFilter } from '../../record/find.ts';
import { findEvents } from '../../record/find.ts';
import { dayOfKey } from '../../record/marks.ts';
import { dayNumber } from '../../record/period.ts';
import type { Store } from '../../record/store.ts';
import { type LeftOut, leftOutLinks, leftOutOf, mostlyBetween } from './bulk.ts';
import { publishedWords } from './dates.ts';
import { type Html, html } from './html.ts';

/** What the four quad classes are called. */
export const QUAD_NAMES = {
  1: 'Words of cooperation',
  2: 'Deeds of cooperation',
  3: 'Words of conflict',
  4: 'Deeds of conflict',
} as const;
type QuadName = keyof typeof QUAD_NAMES;
const QUADS = [1, 2, 3, 4] as const;

/**
 * How many events of each quad class there were in each stretch of time, all stretches equally long, none left out between
 * them; `before` and `after` are those of long before or after all others.
 */
export interface QuadTimes extends LeftOut {
  /** How a stretch is named: `2021-06-14`, `2021-06`, `2021`, `1990s`. */
  readonly by: 'day' | 'month' | 'year' | 'decade';
  readonly stretches: readonly string[];
  /** One number a stretch. */
  readonly events: Readonly<Record<QuadName, readonly number[]>>;
  /** False where there are more events than were counted. */
  readonly complete: boolean;
}

const MOST_EVENTS = 20_000;
/** Stretches are as short as bars can be told apart. */
const MOST_DAYS = 100;
const MOST_YEARS_BY_MONTH = 6;

/** Counts the events that pass a filter by quad class and time. Undated ones stand when they were first told. */
export async function quadTimes(store: Store, filter: EventFilter): Promise<QuadTimes> {
  const days = new Map<QuadName, readonly string[]>();
  let complete = true;
  for (const quad of QUADS) {
    const found = await findEvents(store.engine, { ...filter, quad }, [], { limit: MOST_EVENTS, newestFirst: true });
    complete &&= found.length < MOST_EVENTS;
    days.set(
      quad,
      found.flatMap(({ sort }) => dayOfKey(sort) ?? []),
    );
  }
  const all = countsOf([...days.values()].flat());
  const [first = '', last = ''] = mostlyBetween(all) ?? [];
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  const isShort = all.length > 0 && dayNumber(last) - dayNumber(first) < MOST_DAYS;
  const by = years > 120 ? 'decade' : years > MOST_YEARS_BY_MONTH ? 'year' : isShort ? 'day' : 'month';
  const stretches = all.length === 0 ? [] : stretchesBetween(stretchOf(first, by), stretchOf(last, by), by);
  const places = new Map(stretches.map((stretch, i) => [stretch, i]));
  const counted = (quad: QuadName) => {
    const counts = stretches.map(() => 0);
    for (const day of days.get(quad)!) {
      const place = places.get(stretchOf(day, by));
      if (place !== undefined) counts[place]! += 1;
    }
    return counts;
  };
  const events = { 1: counted(1), 2: counted(2), 3: counted(3), 4: counted(4) };
  return { by, stretches, events, complete, ...leftOutOf(all, ...daysOf(stretches)) };
}

function countsOf(days: readonly string[]): readonly DayCount[] {
  const counts = new Map<string, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function dayOf(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

function stretchOf(day: string, by: QuadTimes['by']): string {
  return by === 'day'
    ? day
    : by === 'month'
      ? day.slice(0, 7)
      : by === 'year'
        ? day.slice(0, 4)
        : `${day.slice(0, 3)}0s`;
}

/** The first day of the first of stretches, and the last of the last. */
function daysOf(stretches: readonly string[]): readonly [first: string, last: string] {
  const [first = '', last = ''] = [stretches[0], stretches.at(-1)];
  const month = Number(last.slice(5, 7));
  const ends: Readonly<Record<number, () => string>> = {
    5: () => `${last.slice(0, 3)}9-12-31`,
    4: () => `${last}-12-31`,
    7: () => `${last}-${new Date(Date.UTC(Number(last.slice(0, 4)), month, 0)).getUTCDate()}`,
  };
  const begin = first.length === 7 ? `${first}-01` : first.length < 7 ? `${first.slice(0, 4)}-01-01` : first;
  return [begin, ends[last.length]?.() ?? last];
}

function stretchesBetween(first: string, last: string, by: QuadTimes['by']): readonly string[] {
  if (by === 'day') {
    return Array.from({ length: dayNumber(last) - dayNumber(first) + 1 }, (_, i) => dayOf(dayNumber(first) + i));
  }
  const number = (stretch: string) =>
    by === 'month' ? Number(stretch.slice(0, 4)) * 12 + Number(stretch.slice(5)) - 1 : Number.parseInt(stretch, 10);
  const name = (at: number) =>
    by === 'month'
      ? `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
      : `${String(at).padStart(4, '0')}${by === 'decade' ? 's' : ''}`;
  const step = by === 'decade' ? 10 : 1;
  const count = (number(last) - number(first)) / step + 1;
  return Array.from({ length: count }, (_, i) => name(number(first) + i * step));
}

const HEIGHT = 40;

/** `14 Jun 2021`, `Jun 2021`, `2021`, `1990s`. */
function axisWords(stretch: string): string {
  if (stretch.length < 7) return stretch;
  const day = stretch.length === 7 ? `${stretch}-01` : stretch;
  const words = publishedWords({ from: day, to: day });
  return day === stretch ? words : words.replace(/^1 /, '');
}

/**
 * Four small charts on one scale, a bar a stretch of time, and the same as a table. `query` asks the timeline for the events
 * that are counted.
 */
export function quadChart(times: QuadTimes, query: URLSearchParams): Html {
  const { stretches, events, by, complete, before, after } = times;
  if (stretches.length === 0) return html`<p class="soft">Nothing dated is told.</p>`;
  const [first, last] = daysOf(stretches);
  const most = Math.max(1, ...QUADS.flatMap((quad) => events[quad]));
  const shown = QUADS.filter((quad) => events[quad].some((count) => count > 0));
  return html`<figure class="quads">
<div class="quad-rows">
${QUADS.map((quad) => chartRow(quad))}
<span></span><p class="axis"><span>${axisWords(stretches[0]!)}</span><span>${stretches.length > 1 && axisWords(stretches.at(-1)!)}</span></p>
</div>
<figcaption>${leftOutLinks(query, { first, last, before, after })}Events a ${by}; the tallest bar is ${most}. ${shown.includes(4) && html`${QUAD_NAMES[4]} run from protests and sanctions to attacks. `}${!complete && `Of the classes with more than ${MOST_EVENTS.toLocaleString('en-US')} events the newest are counted.`}</figcaption>
<details><summary>As a table</summary><div class="scroll" tabindex="0" role="group" aria-label="Events by time and class">
<table><thead><tr><th scope="col">${by}</th>${QUADS.map((quad) => html`<th scope="col" class="number">${QUAD_NAMES[quad]}</th>`)}</tr></thead>
<tbody>${stretches.map((stretch, i) => tableRow(stretch, i))}</tbody></table></div></details>
</figure>`;

  function chartRow(quad: QuadName): Html {
    const total = events[quad].reduce((sum, count) => sum + count, 0);
    // Bars are drawn on a grid of ten a stretch, and stretched to the page.
    const bars = events[quad].map((count, i) => {
      const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
      return (
        count > 0 &&
        html`<rect x="${i * 10 + 1}" y="${(HEIGHT - height).toFixed(1)}" width="8" height="${height.toFixed(1)}"><title>${stretches[i]!}: ${count}</title></rect>`
      );
    });
    return html`<p class="quad-name">${QUAD_NAMES[quad]} <b>${total.toLocaleString('en-US')}</b></p>
<svg class="quad q${quad}" viewBox="0 0 ${stretches.length * 10} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${QUAD_NAMES[quad]}: ${total} events from ${stretches[0]!} to ${stretches.at(-1)!}">${bars}</svg>
`;
  }

  function tableRow(stretch: string, i: number): Html | false {
    const counts = QUADS.map((quad) => events[quad][i]!);
    if (counts.every((count) => count === 0)) return false;
    return html`<tr><th scope="row">${stretch}</th>${counts.map((count) => html`<td class="number">${count}</td>`)}</tr>\n`;
  }
}
