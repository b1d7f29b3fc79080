import { ReadoutError } from '../error.ts';
import { ISSUE_LABELS } from '../events/issues.ts';
import { CERTAINTIES, EVENT_TYPES, MEDIA, ONTOLOGY, STATUSES } from '../events/ontology.ts';
import { CORRECTABLE, type CorrectableField, type GivenActor, isCorrectable } from '../record/correction.ts';
import { fold } from '../record/party.ts';
import type { Telling, ToldActor, ToldPlace, ToldWhen } from '../record/telling.ts';
import { ACTOR_KINDS, type ActorKind, PLACE_PRECISIONS, type PlacePrecision } from '../world/actor.ts';
import type { World } from '../world/world.ts';
import { isDate } from './operation.ts';

/** What a person's words are read with. */
export interface Reference {
  /** The claim that is corrected. */
  readonly telling: Telling;
  /** Those whom its document names: they are meant before anybody else of their name. */
  readonly cast: readonly ToldActor[];
  /** The issues that the record's events are about, beside Readout's own. */
  readonly issues: readonly string[];
  world(): World;
}

/**
 * The value that a person means for a field, as `correct` decisions hold it: `2021-06`, `2 hours`, `Geneva (CHE)`,
 * `USA, Sergei Lavrov (RUS)`; `none` for a field that shall be empty.
 *
 * @throws ReadoutError `option.value` saying what is expected and what came
 */
export function parseCorrection(field: string, words: string, reference: Reference): unknown {
  if (!isCorrectable(field)) refuse('FIELD', `one of ${Object.keys(CORRECTABLE).join(', ')}`, field);
  const text = words.trim();
  const value = READERS[field](text, reference);
  const checked = CORRECTABLE[field].safeParse(value);
  if (!checked.success) refuse(field, 'another value', `${text}": ${checked.error.issues[0]?.message ?? ''}`);
  return value;
}

type Read = (text: string, reference: Reference) => unknown;

const READERS: Readonly<Record<CorrectableField, Read>> = {
  type: (text) => oneOf('type', text.toUpperCase(), EVENT_TYPES),
  mode: (text, { telling }) => {
    const modes = Object.keys(ONTOLOGY.find((row) => row.type === telling.type)?.modes ?? {});
    if (isNone(text)) return [];
    if (modes.length === 0) refuse('mode', `none: ${telling.type} has no modes`, text);
    return listed(text).map((one) => oneOf('mode', one, modes));
  },
  status: (text) => oneOf('status', text, STATUSES),
  certainty: (text) => oneOf('certainty', text, CERTAINTIES),
  medium: (text) => (isNone(text) ? null : oneOf('medium', text, MEDIA)),
  duration: (text) => (isNone(text) ? null : durationOf(text)),
  when: (text) => (isNone(text) ? null : whenOf(text)),
  where: (text, { world }) => (isNone(text) ? null : placeOf(text, world())),
  issues: (text, { issues }) => {
    const known = [...new Set([...ISSUE_LABELS, ...issues])].sort();
    return isNone(text) ? [] : [...new Set(listed(text).map((one) => oneOf('issues', one, known)))].sort();
  },
  actors: (text, reference) => actorsOf('actors', text, reference),
  recipients: (text, reference) => actorsOf('recipients', text, reference),
};

function isNone(text: string): boolean {
  return /^(?:none|-|unknown)$/i.test(text);
}

/** One of some words, whatever the case and with blanks for hyphens. */
function oneOf<Word extends string>(field: string, text: string, words: readonly Word[]): Word {
  const plain = (word: string) =>
    word
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim();
  return words.find((word) => plain(word) === plain(text)) ?? refuse(field, `one of ${words.join(', ')}`, text);
}

function listed(text: string): readonly string[] {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A day, month or year, or two of them: `2021-06-14..2021-06-16`. */
function whenOf(text: string): ToldWhen {
  const expected =
    'a day (2021-06-16), a month (2021-06), a year (2021), two of these (2021-06-14..2021-06-16), or none';
  const parts = text.split(/\s*(?:\.\.|\/)\s*/);
  const [first, last] = [periodOf(parts[0]!), periodOf(parts.at(-1)!)];
  if (parts.length > 2 || first === undefined || last === undefined || first.from > last.to) {
    refuse('when', expected, text);
  }
  const [earliest, latest] = [first.from, last.to];
  const days = Math.round((Date.parse(latest) - Date.parse(earliest)) / 86_400_000) + 1;
  const precision = days === 1 ? 'day' : days <= 9 ? 'week' : days <= 31 ? 'month' : days <= 100 ? 'season' : 'year';
  return { earliest, latest, precision, value: parts.join('/') };
}

function periodOf(text: string): { readonly from: string; readonly to: string } | undefined {
  if (isDate(text)) return { from: text, to: text };
  if (/^\d{4}$/.test(text) && text > '0000') return { from: `${text}-01-01`, to: `${text}-12-31` };
  if (!/^\d{4}-\d{2}$/.test(text) || !isDate(`${text}-01`)) return undefined;
  const days = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5)), 0)).getUTCDate();
  return { from: `${text}-01`, to: `${text}-${days}` };
}

const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
const SHORT: Readonly<Record<string, (typeof UNITS)[number]>> = {
  h: 'hour',
  hr: 'hour',
  min: 'minute',
  s: 'second',
  sec: 'second',
  d: 'day',
  w: 'week',
  y: 'year',
};
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** `PT2H` as it is; `2 hours`, `two hours and 30 minutes`, `90 min`. */
function durationOf(text: string): string {
  const expected = 'a length such as "2 hours", "1 day 6 hours" or PT2H, or none';
  if (/^P/.test(text)) return CORRECTABLE.duration.safeParse(text).success ? text : refuse('duration', expected, text);
  const counts = new Map<string, number>();
  const rest = text.toLowerCase().replace(/(\d+|[a-z]+)\s*([a-z]+)/g, (whole, count: string, word: string) => {
    const number = /^\d+$/.test(count) ? Number(count) : NUMBERS.indexOf(count) + 1;
    const unit = SHORT[word.replace(/s$/, '')] ?? UNITS.find((one) => one === word.replace(/s$/, ''));
    if (number === 0 || unit === undefined || counts.has(unit)) return whole;
    counts.set(unit, number);
    return '';
  });
  if (counts.size === 0 || /[^\s,]/.test(rest.replace(/\band\b/g, ''))) refuse('duration', expected, text);
  const part = (units: readonly string[]) =>
    units.map((unit) => (counts.has(unit) ? `${counts.get(unit)}${unit[0]!.toUpperCase()}` : '')).join('');
  const time = part(UNITS.slice(4));
  return `P${part(UNITS.slice(0, 4))}${time === '' ? '' : `T${time}`}`;
}

/** A name, and in brackets behind it what is said of it: `Geneva (CHE)`, `Villa Moynier (CHE, venue)`. */
function named(text: string): { readonly name: string; readonly notes: readonly string[] } {
  const match = /^(.*?)\s*\(([^()]*)\)$/.exec(text);
  return match === null ? { name: text, notes: [] } : { name: match[1]!, notes: listed(match[2]!) };
}

function placeOf(text: string, world: World): ToldPlace {
  const { name, notes } = named(text);
  const precision = notes.find((note) => (PLACE_PRECISIONS as readonly string[]).includes(note)) as
    | PlacePrecision
    | undefined;
  const countries = notes.filter((note) => note !== precision).map((note) => countryOf('where', note, text, world));
  const country = countries[0];
  const known = world.place(name, country === undefined ? {} : { country });
  const place = known.find(
    (one) =>
      (country === undefined || one.country === country) && (precision === undefined || one.precision === precision),
  );
  if (place !== undefined) {
    const { name: called, country: land, geonames, lat, lon, precision: exact } = place;
    return { name: called, country: land, geonames, lat, lon, precision: exact };
  }
  if (name !== '' && country !== undefined && precision !== undefined) {
    return { name, country, geonames: null, lat: null, lon: null, precision };
  }
  const others = [...new Set(known.map((one) => `${one.name} (${one.country})`))].slice(0, 5);
  const hint = others.length > 0 ? ` known are ${others.join(', ')};` : '';
  return refuse(
    'where',
    `a place that the tables hold, as "Geneva (CHE)", or none;${hint} any other with its country and how exact it is: "${name} (CHE, venue)" (${PLACE_PRECISIONS.join(', ')})`,
    text,
  );
}

function countryOf(field: string, words: string, text: string, world: World): string {
  const code = words.toUpperCase();
  if (world.country(code) !== undefined) return code;
  const state = world.lookUp(words).find(({ entity }) => entity.kind === 'state')?.entity.country;
  return state ?? refuse(field, `a country by its code (CHE) or name in brackets, not "${words}"`, text);
}

/** Actors with commas between them, brackets aside. */
function actorsOf(field: string, text: string, reference: Reference): readonly GivenActor[] {
  if (isNone(text)) return [];
  const parts = text.split(/[,;](?![^()]*\))/).map((part) => part.trim());
  const actors = parts.filter((part) => part !== '').map((part) => actorOf(field, part, reference));
  return actors.length === 0 ? refuse(field, 'actors such as "USA, Sergei Lavrov (RUS)", or none', text) : actors;
}

/**
 * One actor: whom the document names so; else a state by its code; else whom the words mean on the day of the document, as
 * `readout actor` says. Whoever is unknown is taken by what stands in brackets: `Aino Aalto (FIN, person)`.
 */
function actorOf(field: string, text: string, { telling, cast, world }: Reference): GivenActor {
  const { name, notes } = named(text);
  const kind = notes.find((note) => (ACTOR_KINDS as readonly string[]).includes(note)) as ActorKind | undefined;
  const country = notes
    .filter((note) => note !== kind)
    .map((note) => countryOf(field, note, text, world()))
    .at(0);
  const fits = (actor: { readonly kind: ActorKind; readonly country: string | null }) =>
    (country === undefined || actor.country === country) && (kind === undefined || actor.kind === kind);
  const told = cast.find((actor) => fold(actor.name) === fold(name) && fits(actor));
  if (told !== undefined) {
    const { name: called, kind: what, country: land, office, sector, wikidata } = told;
    return { name: called, kind: what, country: land, office, sector, wikidata };
  }
  const state = /^[A-Z]{3}$/.test(name) ? world().state(name) : undefined;
  if (state !== undefined && fits(state)) {
    return { name: state.name, kind: 'state', country: name, office: null, sector: [], wikidata: state.wikidata };
  }
  const coded = world().codePhrase(name.split(/\s+/), telling.published?.from ?? null);
  const { sectors, office, wikidata } = coded;
  if (coded.kind !== 'unknown' && fits(coded)) {
    return { name: coded.name, kind: coded.kind, country: coded.country, office, sector: sectors, wikidata };
  }
  // A namesake of somebody known, or a slip: only who says what kind it is means the first.
  if (name !== '' && country !== undefined && kind !== undefined && kind !== 'state') {
    return { name, kind, country, office: null, sector: coded.kind === kind ? sectors : [], wikidata: null };
  }
  return refuse(
    field,
    `actors that are known (USA, NATO, Sergei Lavrov), or with country and kind in brackets ("${name || 'Aino Aalto'} (FIN, person)": ${ACTOR_KINDS.join(', ')}), commas between them; or none`,
    text,
  );
}

function refuse(field: string, expected: string, got: string): never {
  throw new ReadoutError('option.value', `${field}: expected ${expected}; got "${got}".`);
}
