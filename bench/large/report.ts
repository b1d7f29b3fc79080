/**
 * Reports of an invented world, as many as one likes, already read and with known truth: `reportAt(i)` is the i-th, the
 * same for the same seed and number, in whatever order they are asked for.
 *
 * A report tells the event of its day two or three times, what came before it in the same line, other events of the day,
 * now and then one to come or one long past ("in June"). Which details it tells, in which words and whom it names, is
 * chance; some outlets have another number, place or length. One report in twenty is made from another: a reprint with a
 * lead of its own and its end cut off, an exact copy, or a later version at the same address.
 *
 * Sizes are those of 1,814 real documents (State releases and Wikinews, read with what is shipped), but for claims, of which
 * there are ten: they have 714 words, 26 actors with 93 mentions, 9 times, 7 places, 2.5 figures, 11 statements and 5.4
 * claims; of the claims 12 % are dated to a day, 13 % have a place, 25-40 % an issue, 7 % a figure, 30-50 % somebody who
 * says it, 18 % one party alone.
 */
import type { Reading } from '../../src/events/reading.ts';
import { between, type Chance, chance, falling, oneOf } from './chance.ts';
import { Draft } from './draft.ts';
import { BLOCK, happenings, type WorldEvent } from './happen.ts';
import { ISSUES } from './issues.ts';
import { tellEvent, type Voice, writeBetween } from './telling.ts';
import { piecesOf } from './template.ts';
import { openWorld, type Person, type Side, type World } from './world.ts';

/** A report, and which event of the world each of its claims tells. */
export interface LargeReport {
  readonly reading: Reading;
  readonly truth: readonly string[];
}

/** The invented reports of a seed. */
export interface LargeWorld {
  reportAt(i: number): LargeReport;
}

const CLAIMS = 10;
const SENTENCES = 34;

/**
 * Opens the world of a seed (default: 1) in which `perDay` reports come a day (default: 100): the more there are, the more
 * happens too, three lines of events for each report.
 */
export function openReports({
  seed = 1,
  perDay = 100,
}: {
  readonly seed?: number;
  readonly perDay?: number;
} = {}): LargeWorld {
  const world = openWorld(seed);
  const count = 3 * perDay;
  const news: News = { count, line: falling(count, { shift: 14, power: 0.85 }), happens: happenings(world) };
  const outletOf = falling(world.outlets.length, { shift: 5, power: 1 });
  return {
    reportAt(i) {
      const copy = copyOf(seed, i);
      const of = copy?.of ?? i;
      const [voice, printed] = [of, i].map((number) => outletOf(chance(seed, 30, number)));
      const isVersion = copy?.kind === 'version';
      const draft = new Draft(copy?.kind === 'reprint' ? { most: between(18, 50, chance(seed, 33, i)) } : {});
      const published = Math.floor(i / perDay);
      const by = { world, outlet: voice!, day: Math.floor(of / perDay), published, isVersion };
      if (copy?.kind === 'reprint') {
        const random = chance(seed, 34, i);
        draft.write(piecesOf('The {w} {w} was first told by the {w} {w}, as the {w} of the {w} {w} here.'), () => ({
          words: world.word(random),
        }));
        draft.paragraph();
      }
      const { title, truth } = writeReport(draft, news, by, chance(seed, 32, of));
      // A version says something more, whatever numbers it has.
      const more = chance(seed, 36, i);
      if (isVersion)
        draft.write(piecesOf('Updated: the {w} of the {w} {w} was {w} by the {w}.'), () => ({
          words: world.word(more),
        }));
      const at = isVersion ? voice! : printed!;
      const url = `https://outlet-${at}.example/${isVersion ? of : i}`;
      return { reading: draft.reading({ title, outlet: world.outlets[at]!, url, published }), truth };
    },
  };
}

/** What there is to tell of. */
interface News {
  readonly count: number;
  /** A line of events, some more told of than the rest. */
  readonly line: (random: Chance) => number;
  readonly happens: (day: number, line: number) => WorldEvent | undefined;
}

/** What a report is made from, if anything: one of the sixty before it that is no copy itself. */
function copyOf(
  seed: number,
  i: number,
): { readonly of: number; readonly kind: 'reprint' | 'version' | 'same' } | undefined {
  const isCopy = (number: number) => chance(seed, 31, number)() < COPIES;
  if (i < 60 || !isCopy(i)) return undefined;
  const random = chance(seed, 35, i);
  const of = i - between(1, 59, random);
  return isCopy(of)
    ? undefined
    : { of, kind: oneOf(['reprint', 'reprint', 'reprint', 'version', 'version', 'same'], random) };
}

const COPIES = 0.08;

function writeReport(
  draft: Draft,
  news: News,
  voice: Voice,
  random: Chance,
): { readonly title: string; readonly truth: readonly string[] } {
  const { world, day } = voice;
  const events = chooseEvents(news, day, random);
  const main = events[0]!;
  const cast = castOf(world, events, day, random);
  const gap = (SENTENCES - events.length + between(-4, 6, random)) / events.length;
  const truth: string[] = [];
  let due = 0;
  for (const [at, event] of events.entries()) {
    const told = tellEvent(draft, event, { voice, isLead: at === 0, random });
    if (told !== undefined) truth.push(told);
    for (due += gap; due >= 1; due--) writeBetween(draft, cast, { ...voice, published: day }, random);
    if (random() < 0.5) draft.paragraph();
  }
  return {
    title: `${main.one.name}, ${main.two.name}: ${ISSUES[main.issue]![1]} and ${oneOf(main.words, random)}`,
    truth,
  };
}

/** The event of the report, what came before it, what else happened, what is to come and what is long past. */
function chooseEvents({ count, line, happens }: News, day: number, random: Chance): readonly WorldEvent[] {
  const main = recentEvent({ count, line, happens }, day, random);
  const events: WorldEvent[] = [main];
  const add = (event: WorldEvent | undefined) => {
    if (event !== undefined) events.push(event);
  };
  if (random() < 0.8) add(main);
  const wanted = between(CLAIMS - 4, CLAIMS + 5, random);
  const block = Math.floor(main.line / BLOCK) * BLOCK;
  for (let tries = 0; events.length < wanted && tries < 60; tries++) {
    const roll = random();
    const other = random() < 0.6 ? main.line : line(random);
    if (roll < 0.2) add(happens(day - between(1, 7, random), main.line));
    else if (roll < 0.3) add(main);
    else if (roll < 0.55)
      add(happens(day - Math.floor(random() ** 2 * 4), Math.min(count - 1, block + between(0, BLOCK - 1, random))));
    else if (roll < 0.74) add(recentEvent({ count, line, happens }, day, random));
    else if (roll < 0.86) add(happens(day - between(15, 420, random), other));
    else {
      const coming = happens(day + between(1, 12, random), other);
      if (coming?.isPlanned === true) add(coming);
    }
  }
  return events;
}

/** An event of the last days, the most told ones of a day far more often than the rest. */
function recentEvent({ line, happens }: News, day: number, random: Chance): WorldEvent {
  for (;;) {
    const roll = random();
    const back = roll < 0.45 ? 0 : roll < 0.76 ? 1 : roll < 0.88 ? 2 : between(3, 9, random);
    const event = happens(day - back, line(random));
    if (event !== undefined) return event;
  }
}

/** Who is spoken of in between. */
function castOf(
  world: World,
  events: readonly WorldEvent[],
  day: number,
  random: Chance,
): { readonly sides: readonly Side[]; readonly persons: readonly Person[] } {
  const sides = [
    ...new Set([...events.slice(0, 4).flatMap(({ one, two }) => [one, two]), world.state(random), world.state(random)]),
  ];
  const persons = [
    ...events[0]!.persons,
    world.holder(sides[0]!, 'ambassador', day),
    world.holder(sides.at(-1)!, 'Foreign Minister', day),
  ];
  return { sides, persons };
}
