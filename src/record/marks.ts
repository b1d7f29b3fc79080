import { type Event, type EventClaim, outletsOf, placedOn } from './event.ts';
import { DAY_PARTS, type DayPart, timeOfEvent } from './hours.ts';
import { fold, isState } from './party.ts';
import { daysIn, toldPeriod } from './period.ts';
import { hashOf, type ToldActor, type ToldPlace } from './telling.ts';

/**
 * What an event can be asked for by. A mark is a word and a value, `type CONSULT`; every filter of a view is one or more
 * marks, and the events that have a mark stand in the order of the chronology. Marks that begin with `news` stand in the
 * order of their newest report instead.
 *
 * | mark                     | events                                                        |
 * |--------------------------|---------------------------------------------------------------|
 * | `all`                    | all                                                           |
 * | `party USA`              | in which a party has part                                     |
 * | `pair RUS USA`           | in which two have part, the lesser first                      |
 * | `person Q7747`           | in which a person or body has part, by Wikidata id or `~name` |
 * | `type`, `quad`, `status` | of a type, quad class, status                                 |
 * | `issue`, `in`, `outlet`  | about an issue, in a country, told by an outlet               |
 * | `place city 2660646`     | whose settled place it is: see `placeMark`                    |
 * | `kind official`          | told by an outlet of a kind                                   |
 * | `disputed`, `disputed when` | that reports disagree on                                   |
 * | `reviewed`               | that a person decided something of                            |
 * | `open 0 0.42`            | with a claim that nobody decided anything of ({@link openMark}) |
 * | `news`, `news RUS USA`   | all; of two parties; by their newest report                   |
 */
export function marksOf(event: Event): readonly string[] {
  const parties = event.parties.slice(0, MOST_PARTIES);
  const marks = new Set(['all', 'news', `type ${event.type}`, `quad ${event.quad}`]);
  if (event.status.settled !== null) marks.add(`status ${event.status.settled}`);
  for (const party of event.parties) marks.add(`party ${party}`);
  for (const [i, one] of parties.entries()) {
    for (const two of parties.slice(i + 1)) {
      marks.add(pairMark(one, two));
      if (isState(one) || isState(two)) marks.add(`news ${pairMark(one, two).slice(5)}`);
    }
  }
  for (const { value } of [...event.actors, ...event.recipients]) {
    if (value.kind !== 'state') marks.add(personMark(value));
  }
  for (const { value } of event.issues) marks.add(`issue ${value}`);
  for (const { value } of event.where.told) if (value.country !== null) marks.add(`in ${value.country}`);
  if (event.where.settled !== null) marks.add(placeMark(event.where.settled));
  for (const outlet of outletsOf(event)) marks.add(`outlet ${fold(outlet)}`);
  for (const { outletKind } of event.claims) if (outletKind !== null) marks.add(`kind ${outletKind}`);
  for (const { field } of event.disagreements) marks.add('disputed').add(`disputed ${field}`);
  if (event.reviewed) marks.add('reviewed');
  for (const claim of event.claims) if (claim.review === null) marks.add(openMark(event, claim));
  return [...marks].map(oneLine);
}

/** Pairs are kept for this many parties of an event: a vote of the General Assembly is no dyad of each two. */
const MOST_PARTIES = 24;

/** The mark of what two parties have part in, whichever is named first. */
export function pairMark(one: string, two: string): string {
  return one < two ? `pair ${one} ${two}` : `pair ${two} ${one}`;
}

/**
 * The mark of a claim that waits for a person. In the order of their letters those come first that should be looked at first:
 * what reports disagree on (0) before the rest (1), the least confident first.
 */
export function openMark(event: Event, claim: EventClaim): string {
  return `open ${disputedFields(event, claim).length > 0 ? 0 : 1} ${claim.confidence.toFixed(2)}`;
}

/** The fields of an event in which other reports tell otherwise than this claim. */
export function disputedFields({ disagreements }: Event, { id }: EventClaim): readonly string[] {
  const told = disagreements.filter(({ values }) => values.some(({ claims }) => claims.includes(id)));
  return [...new Set(told.map(({ field }) => field))];
}

/** The mark of a person, body or group with its own name. */
export function personMark({ name, wikidata }: Pick<ToldActor, 'name' | 'wikidata'>): string {
  return `person ${wikidata ?? `~${fold(name)}`}`;
}

/**
 * The mark of a place, with how exactly it is told: by its GeoNames id, a country by its code, any other by its country
 * (`-` where that is not known) and its name: `place city 2660646`, `place country CHE`, `place region PSE West Bank`.
 */
export function placeMark({ name, country, geonames, precision }: ToldPlace): string {
  if (geonames !== null) return `place ${precision} ${geonames}`;
  if (precision === 'country' && country !== null) return `place country ${country}`;
  return `place ${precision} ${country ?? '-'} ${name}`;
}

/**
 * A mark as it is kept and looked for: in a line of its own, never longer than an index takes, and of whole letters. Two
 * long ones that begin alike stay two.
 */
export function oneLine(mark: string): string {
  const line = mark.replaceAll(/[\n\0]/g, ' ');
  const short = line.length <= LONGEST_MARK ? line : `${line.slice(0, LONGEST_MARK - 20)} ${hashOf(line).slice(0, 16)}`;
  return short.replace(/\p{Surrogate}/gu, '\ufffd');
}

const LONGEST_MARK = 200;

/** In SQL, the number of a mark whose words are a parameter. */
export const MARK = '(SELECT number FROM mark_names WHERE mark = ?)';

/** Where an event stands in the order of a mark. */
export interface Order {
  readonly chronology: string;
  readonly news: string;
}

/**
 * Places of an event in the chronology and among the news, as texts of 12 letters that sort by their codes:
 *
 *     day (placedOn)   vagueness, or part of the day                        id
 *     3 letters        1 letter, 0 a day to 5 told then, then its parts     8 letters, 48 bits: no two are the same
 */
export function orderOf(event: Event): Order {
  const day = placedOn(event);
  const newest =
    event.claims
      .flatMap((claim) => claim.published?.from ?? [])
      .sort()
      .at(-1) ?? null;
  const id = Number.parseInt(event.id.slice(0, 12), 16);
  const tail = lettersOf(Math.floor(id / 2 ** 24), 4) + lettersOf(id % 2 ** 24, 4);
  return {
    chronology: `${dayKey(day)}${placeInDay(event)}${tail}`,
    // Undated news is the oldest, not the newest.
    news: `${newest === null ? '000' : dayKey(newest)}0${tail}`,
  };
}

/** A day as three letters that sort as days do, from 1450 to 2167; those of no day come last. */
export function dayKey(day: string | null): string {
  const number = day === null ? Number.NaN : Date.parse(day) / 86_400_000 + DAYS_FROM_1450;
  return Number.isNaN(number) ? LAST_DAY : lettersOf(Math.min(Math.max(Math.floor(number), 0), 64 ** 3 - 2), 3);
}

/** The day that {@link dayKey} made a key of (more letters may follow); null for those of no day. */
export function dayOfKey(key: string): string | null {
  const letters = key.slice(0, 3);
  if (letters === LAST_DAY) return null;
  const number = [...letters].reduce((sum, letter) => sum * 64 + LETTERS.indexOf(letter), 0);
  return new Date((number - DAYS_FROM_1450) * 86_400_000).toISOString().slice(0, 10);
}

// The sixty-four letters of a number, in the order of their codes.
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~';
const LAST_DAY = '~~~';
const DAYS_FROM_1450 = 189_928;

function lettersOf(number: number, count: number): string {
  let letters = '';
  for (let rest = number, i = 0; i < count; i++, rest = Math.floor(rest / 64)) letters = LETTERS[rest % 64]! + letters;
  return letters;
}

/** The letter of {@link orderOf} that says "no date of its own". */
export const UNDATED = '5';

/** The letter of {@link orderOf} for a part of a day: all of them come after the six of vagueness. */
export function partKey(part: DayPart): string {
  return LETTERS[PARTS_FROM + DAY_PARTS.indexOf(part)]!;
}

/** The part of its day that an event's place in the chronology is in; `undefined` for what is not told so finely. */
export function partOfKey(key: string): DayPart | undefined {
  return DAY_PARTS[LETTERS.indexOf(key.slice(3, 4)) - PARTS_FROM];
}

const PARTS_FROM = 10;

function placeInDay(event: Event): string {
  const time = timeOfEvent(event);
  return time === undefined ? vaguenessOf(event) : partKey(time.part);
}

function vaguenessOf(event: Event): string {
  const when = event.when.settled;
  if (when === null || (when.earliest === null && when.latest === null)) return UNDATED;
  const days = daysIn(toldPeriod(when));
  if (days <= 2) return '0';
  return days <= 9 ? '1' : days <= 31 ? '2' : days <= 100 ? '3' : '4';
}
