/**
 * What happens in the invented world. Its news are lines of events between two sides that last some months: a war with its
 * daily blows and accusations, a quarrel in words, or diplomacy. On a day each line has one event or none. The same
 * two sides can be in several lines at once and have the same act day after day: the look-alikes of real news.
 */
import type { PloverType } from '../../src/events/ontology.ts';
import { between, type Chance, chance, oneOf, weighed } from './chance.ts';
import { type Form, formsOf } from './forms.ts';
import { ISSUES } from './issues.ts';
import type { City, Office, Person, Side, World } from './world.ts';
import { personName } from './world.ts';

export interface WorldEvent {
  /** `day/line`. */
  readonly id: string;
  readonly day: number;
  readonly line: number;
  readonly form: Form;
  /** Who acts, and towards or with whom. */
  readonly one: Side;
  readonly two: Side;
  readonly persons: readonly [Person, Person];
  /** Who is arrested or killed by name, where that is told. */
  readonly victim: string | undefined;
  readonly city: City;
  /** Where some outlets say that it was. */
  readonly otherCity: City;
  readonly issue: number;
  readonly figure: number;
  /** What some outlets say instead. */
  readonly otherFigure: number;
  readonly hours: number;
  /** Words that only its reports have. */
  readonly words: readonly string[];
  /** Known beforehand, and told ahead. */
  readonly isPlanned: boolean;
  readonly isDenied: boolean;
}

type Kind = 'war' | 'quarrel' | 'diplomacy';

// biome-ignore format: a table reads best in rows
const ACTS: Readonly<Record<Kind, readonly (readonly [PloverType, number])[]>> = {
  war: [['ASSAULT', 36], ['ACCUSE', 24], ['COERCE', 8], ['MOBILIZE', 7], ['THREATEN', 7], ['REQUEST', 6], ['REJECT', 4], ['CONSULT', 4], ['RETREAT', 4]],
  quarrel: [['ACCUSE', 34], ['REQUEST', 15], ['REJECT', 11], ['CONSULT', 10], ['THREATEN', 8], ['SANCTION', 8], ['COERCE', 7], ['PROTEST', 4], ['CONCEDE', 3]],
  diplomacy: [['CONSULT', 38], ['SUPPORT', 18], ['AGREE', 13], ['COOPERATE', 10], ['AID', 10], ['REQUEST', 6], ['CONCEDE', 3], ['RETREAT', 2]],
};
const ACTIVE: Readonly<Record<Kind, number>> = { war: 0.75, quarrel: 0.55, diplomacy: 0.4 };
/** So many lines, by number, are about one state. */
export const BLOCK = 6;

interface Line {
  readonly kind: Kind;
  readonly one: Side;
  readonly two: Side;
  readonly issues: readonly number[];
  readonly cities: readonly City[];
  /** Whose words are most told of each side. */
  readonly offices: readonly [Office, Office];
}

/** Gives what happens in a world: {@link WorldEvent} of a day and line, `undefined` where nothing does. */
export function happenings(world: World): (day: number, line: number) => WorldEvent | undefined {
  const lines = new Map<string, Line>();
  const events = new Map<string, WorldEvent | undefined>();
  return (day, number) => {
    const id = `${day}/${number}`;
    if (events.has(id)) return events.get(id);
    const random = chance(world.seed, 20, number);
    const days = 40 + Math.floor(random() ** 3 * 900);
    const age = Math.floor((day + number * 31) / days);
    const key = `${number} ${age}`;
    let line = lines.get(key);
    if (line === undefined) {
      line = lineOf(world, number, age);
      lines.set(key, line);
    }
    const event = eventOf(world, line, { id, day, number });
    if (events.size > 30_000) events.clear();
    events.set(id, event);
    return event;
  };
}

function lineOf(world: World, number: number, age: number): Line {
  const focus = world.state(chance(world.seed, 21, Math.floor(number / BLOCK), Math.floor(age / 3)));
  const random = chance(world.seed, 22, number, age);
  const kind = weighed<Kind>(
    [
      ['war', 18],
      ['quarrel', 35],
      ['diplomacy', 47],
    ],
    random,
  );
  let two = focus;
  while (two === focus) two = random() < 0.14 ? otherOf(world, kind, random) : world.state(random);
  return {
    ...{ kind, one: focus, two },
    issues: [between(0, ISSUES.length - 1, random), between(0, ISSUES.length - 1, random)],
    cities: (kind === 'war' ? [two, two, focus] : [focus, two, world.state(random)]).map(({ cities }) =>
      oneOf(cities, random),
    ),
    offices: kind === 'war' ? ['Defence Minister', 'Defence Minister'] : ['Foreign Minister', 'Foreign Minister'],
  };
}

/** Bodies talk, groups fight. */
function otherOf({ others }: World, kind: Kind, random: Chance): Side {
  return oneOf(
    others.filter((other) => (other.kind === 'group') === (kind === 'war')),
    random,
  );
}

function eventOf(
  world: World,
  line: Line,
  { id, day, number }: { readonly id: string; readonly day: number; readonly number: number },
): WorldEvent | undefined {
  const random = chance(world.seed, 23, day, number);
  if (random() > ACTIVE[line.kind]) return undefined;
  const type = weighed(ACTS[line.kind], random);
  const form = oneOf(formsOf(type), random);
  // Now and then it is with somebody who is seldom in the news.
  const stray = random() < 0.12 ? world.states[between(0, world.states.length - 1, random)]! : line.two;
  const other = stray === line.one ? line.two : stray;
  const [one, two] = random() < 0.6 ? [line.one, other] : [other, line.one];
  const ofTwo = one === line.one ? line.offices : ([line.offices[1], line.offices[0]] as const);
  const office = (usual: Office): Office =>
    random() < 0.6 ? usual : oneOf(['President', 'Foreign Minister', 'spokesman'], random);
  const figure = 1 + Math.floor(random() ** 3 * (form.most ?? 60));
  const city = oneOf(line.cities, random);
  const elsewhere = oneOf(line.cities, random);
  return {
    ...{ id, day, line: number, form, one, two, city, figure },
    persons: [world.holder(one, office(ofTwo[0]), day), world.holder(two, office(ofTwo[1]), day)],
    victim: form.named === true ? personName(random) : undefined,
    otherCity: elsewhere.country === city.country ? elsewhere : city,
    issue: random() < 0.85 ? oneOf(line.issues, random) : between(0, ISSUES.length - 1, random),
    otherFigure: figure + between(1, 1 + Math.floor(figure / 3), random),
    hours: between(1, 6, random),
    words: Array.from({ length: 9 }, () => world.word(random)),
    isPlanned: form.ahead !== undefined && random() < 0.5,
    isDenied: form.denied !== undefined && random() < 0.2,
  };
}
