/**
 * Reports of an invented world, as many as one likes, already read and with known truth: `reportAt(i)` is the i-th, the same
 * for the same number in any order. For `bench/scale.ts`.
 *
 * A day has {@link PER_DAY} reports and three hundred events, which states have part in as unevenly as in the news. An
 * event is told by none to dozens of reports: on its day and the days after, now and then before it as a plan, and in
 * passing months later with a vague date. Some reports are copies of another outlet's. Spoken acts between the same
 * states come day after day, as in a real conflict; the same two states meet again and again.
 */
import { readFileSync } from 'node:fs';
import type { PloverType } from '../src/events/ontology.ts';
import type { Reading } from '../src/events/reading.ts';
import { type Story, type StoryActor, type StoryClaim, storyReading } from '../test/story.ts';

/** A report, and which event of the world each of its claims tells. */
export interface LargeReport {
  readonly reading: Reading;
  readonly truth: readonly string[];
}

export const PER_DAY = 100;
const EVENTS_PER_DAY = 300;
const FIRST_DAY = Date.UTC(2003, 0, 1) / 86_400_000;
const CLAIMS = 10;

interface State {
  readonly code: string;
  readonly name: string;
  readonly cities: readonly string[];
}

interface WorldEvent {
  readonly id: string;
  readonly day: number;
  readonly type: PloverType;
  readonly one: State;
  readonly two: State;
  readonly ministers: readonly [string, string];
  readonly city: readonly [name: string, country: string];
  readonly issue: string;
  readonly figure: number;
}

const ISSUES = [
  'fisheries',
  'trade',
  'border',
  'arms control',
  'migration',
  'energy',
  'cyber',
  'human rights',
  'sanctions',
  'water',
  'aid',
  'visas',
];
const TYPES: readonly (readonly [PloverType, number, verb: string, past: string])[] = [
  ['CONSULT', 30, 'met', 'meet'],
  ['ACCUSE', 18, 'accused', 'accuse'],
  ['SUPPORT', 9, 'praised', 'praise'],
  ['AGREE', 9, 'agreed', 'agree'],
  ['REQUEST', 8, 'urged', 'urge'],
  ['THREATEN', 5, 'threatened', 'threaten'],
  ['SANCTION', 6, 'sanctioned', 'sanction'],
  ['ASSAULT', 9, 'attacked', 'attack'],
  ['AID', 6, 'aided', 'aid'],
];
const JOINT: ReadonlySet<PloverType> = new Set(['CONSULT', 'AGREE']);

const states: readonly State[] = readFileSync(new URL('../data/countries.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .filter((row) => row[1]?.length === 3 && row[3] !== undefined)
  .slice(0, 190)
  .map(([, code, , name], i) => ({ code: code!, name: name!, cities: [0, 1, 2].map((city) => word(i * 7 + city, 3)) }));

/** A source of chance that gives the same row for the same words. */
function chance(...seed: readonly (string | number)[]): () => number {
  let state = 0x9e3779b9;
  for (const char of seed.join('|')) state = Math.imul(state ^ char.charCodeAt(0), 0x85ebca6b) ^ (state >>> 13);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** An invented word of so many syllables. */
function word(number: number, syllables: number): string {
  const random = chance('word', number);
  let made = '';
  for (let i = 0; i < syllables; i++)
    made += 'bcdfghklmnprstvz'[Math.floor(random() * 16)]! + 'aeiou'[Math.floor(random() * 5)]!;
  return made[0]!.toUpperCase() + made.slice(1);
}

/** One of a list, the first far more often than the last (Zipf). */
function zipf(count: number, random: () => number): number {
  return Math.min(count - 1, Math.floor(count ** random()) - 1);
}

function dayText(day: number): string {
  return new Date((FIRST_DAY + day) * 86_400_000).toISOString().slice(0, 10);
}

function ministerOf(state: State, day: number): string {
  const term = Math.floor(day / 1400);
  return `${word(state.code.charCodeAt(0) * 31 + term, 2)} ${word(state.code.charCodeAt(1) * 977 + state.code.charCodeAt(2) * 31 + term, 3)}`;
}

function eventAt(day: number, index: number): WorldEvent {
  const random = chance('event', day, index);
  const one = states[zipf(states.length, random)]!;
  let two = one;
  while (two === one) two = states[zipf(states.length, random)]!;
  const roll = random() * 100;
  const type = TYPES.find((_, i) => roll < TYPES.slice(0, i + 1).reduce((sum, [, weight]) => sum + weight, 0))!;
  const host = random() < 0.8 ? two : states[zipf(states.length, random)]!;
  return {
    id: `${day}/${index}`,
    day,
    type: type[0],
    ...{ one, two },
    ministers: [ministerOf(one, day), ministerOf(two, day)],
    city: [host.cities[Math.floor(random() * 3)]!, host.code],
    issue: ISSUES[zipf(ISSUES.length, random)]!,
    figure: 2 + Math.floor(random() * 400),
  };
}

/** Which event a report of a day tells of: mostly of these days, now and then one to come or one long past. */
function toldOn(day: number, random: () => number): WorldEvent {
  const roll = random();
  const at =
    roll < 0.04
      ? day + 1 + Math.floor(random() * 5)
      : roll < 0.16
        ? day - 20 - Math.floor(random() * 300)
        : day - Math.floor(random() ** 2 * 4);
  // The first story of a day is told some fifty times, half of the events once or never.
  return eventAt(at, Math.floor(EVENTS_PER_DAY * random() ** 2));
}

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

function claimOf(event: WorldEvent, day: number, random: () => number): StoryClaim {
  const [, , verb, present] = TYPES.find(([type]) => type === event.type)!;
  const future = event.day > day;
  const old = day - event.day > 10;
  const [names, other] = random() < 0.65 ? event.ministers : [event.one.name, event.two.name];
  const date = dayText(event.day);
  const month = `${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
  const when: StoryClaim['when'] = old
    ? [date.slice(0, 7), month]
    : random() < 0.62
      ? [date, `${Number(date.slice(8))} ${month}`]
      : undefined;
  const placed = random() < 0.55;
  const about = random() < 0.55;
  // One report in twelve has another number than the rest.
  const figure = random() < 0.25 ? (random() < 0.08 ? event.figure + 1 : event.figure) : undefined;
  const act = future ? `will ${present}` : verb;
  const sentence = `${names} ${act} ${other}${placed ? ` in ${event.city[0]}` : ''}${when === undefined ? '' : old ? ` in ${when[1]}` : ` on ${when[1]}`}${about ? ` over ${event.issue}` : ''}${figure === undefined ? '' : `, with ${figure} envoys`}, ${filler(random, 6)}.`;
  return {
    ...{ sentence, trigger: future ? present : verb, event: event.type },
    ...(JOINT.has(event.type) ? { actors: [names, other] } : { actors: [names], recipients: [other] }),
    ...(future ? { status: 'planned' } : {}),
    ...(when === undefined ? {} : { when }),
    ...(placed ? { place: [...event.city, 'city'] } : {}),
    ...(about ? { issue: [event.issue, event.issue] } : {}),
    ...(figure === undefined ? {} : { figure: [figure, 'envoys', String(figure)] }),
  };
}

function filler(random: () => number, words: number): string {
  return Array.from({ length: words }, () => word(zipf(4000, random), 2 + Math.floor(random() * 2)).toLowerCase()).join(
    ' ',
  );
}

const OUTLETS = Array.from(
  { length: 120 },
  (_, i) => `${word(9000 + i, 2)} ${['Post', 'Times', 'Wire', 'Herald'][i % 4]}`,
);

/** The i-th report of the world. One in twenty is a copy of one of the last fifty, by another outlet. */
export function reportAt(i: number): LargeReport {
  const random = chance('report', i);
  const copied = i > 50 && random() < 0.05 ? i - 1 - Math.floor(random() * 49) : undefined;
  const outlet = OUTLETS[zipf(OUTLETS.length, random)]!;
  const published = dayText(Math.floor(i / PER_DAY));
  const story = storyOf(copied ?? i, outlet, published, copied === undefined ? '' : `${filler(random, 12)}. `);
  return { reading: storyReading(story.story), truth: story.truth };
}

function storyOf(
  i: number,
  outlet: string,
  published: string,
  lead: string,
): { readonly story: Story; readonly truth: readonly string[] } {
  const random = chance('story', i);
  const day = Math.floor(i / PER_DAY);
  const events = new Map<string, WorldEvent>();
  const count = 4 + Math.floor(random() * (2 * CLAIMS - 7));
  for (let tries = 0; events.size < count && tries < 60; tries++) {
    const event = toldOn(day, random);
    events.set(event.id, event);
  }
  const claims: StoryClaim[] = [];
  const sentences = [`${lead}${filler(random, 20)}.`];
  const actors = new Map<string, StoryActor>();
  for (const event of events.values()) {
    const claim = claimOf(event, day, random);
    claims.push(claim);
    sentences.push(claim.sentence, `${filler(random, 18)}.`);
    for (const [name, state] of [
      [event.ministers[0], event.one],
      [event.ministers[1], event.two],
    ] as const) {
      actors.set(name, { name, country: state.code });
      actors.set(state.name, { name: state.name, country: state.code, kind: 'state' });
    }
  }
  const told = new Set(claims.flatMap((claim) => [...claim.actors, ...(claim.recipients ?? [])]));
  return {
    story: {
      ...{ outlet, published, text: sentences.join(' '), claims },
      title: `${claims[0]!.actors[0]} ${filler(random, 4)}`,
      kind: i % 9 === 0 ? 'official' : i % 4 === 0 ? 'wire' : 'news',
      actors: [...actors.values()].filter(({ name }) => told.has(name)),
    },
    truth: [...events.keys()],
  };
}
