/**
 * How many trips of US presidents and secretaries of state are found in State releases: `node bench/trips.ts DATA [--misses]`.
 * DATA holds `facts/us-travels.jsonl` (who, start, end, country, place) and `raw/state-releases.jsonl.gz` (title, date, text).
 *
 * A trip is *told* when a release published from five days before its start to five days after its end has a sentence
 * that names the traveller ("Secretary Blinken", "the Secretary", "the President", …), the country or a city of the trip,
 * and a word of going or meeting. It is *found* when such a release gives a CONSULT claim, of whatever status, with the
 * traveller among its parties, with a place or another party of that country, and with days that overlap the trip's, two
 * days of grace on either side; an open end of a claim's days reaches five days from publication. It is found *dated* when
 * the claim's days come from a time expression. Trips told by no release are not counted.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { loadReader } from '../src/app/load.ts';
import type { Claim, Reading } from '../src/events/reading.ts';
import { read } from '../src/pipeline.ts';
import { readText } from '../src/source/read.ts';

interface Trip {
  readonly who: string;
  readonly role: string;
  readonly start: string;
  readonly end: string;
  readonly country: string;
  readonly place: string | null;
}
interface Release {
  readonly title: string;
  readonly date: string;
  readonly text: string;
}

const REACH = 5;
const GRACE = 2;
const GOING =
  /\b(?:travel|trip|visit|arriv|meet|met\b|stop in|host|summit|attend|ministerial|welcom|bilateral|delegation|accompan)/i;

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: trips.ts DATA [--misses]');
const reader = loadReader();
const releases = linesOf<Release>('raw/state-releases.jsonl.gz').map((one) => ({ ...one, day: one.date.slice(0, 10) }));
const first = releases.reduce((day, one) => (one.day < day ? one.day : day), '9999');
const last = releases.reduce((day, one) => (one.day > day ? one.day : day), '0000');
const readings = new Map<Release, Reading>();

const count = { told: 0, found: 0, dated: 0 };
for (const trip of linesOf<Trip>('facts/us-travels.jsonl')) {
  if (trip.end < shift(first, -REACH) || trip.start > shift(last, REACH)) continue;
  const near = releases.filter(({ day }) => day >= shift(trip.start, -REACH) && day <= shift(trip.end, REACH));
  const telling = near.filter((one) => sentenceTelling(one, trip) !== undefined);
  if (telling.length === 0) continue;
  count.told++;
  const claims = telling.flatMap((one) => {
    const reading = readingOf(one);
    return reading.claims.filter((claim) => isTrip(reading, claim, trip, one.day)).map((claim) => claim);
  });
  if (claims.length > 0) count.found++;
  if (claims.some((claim) => claim.when.time !== null)) count.dated++;
  if (options.includes('--misses') && claims.length === 0) {
    console.log(`\nMISS ${trip.who}, ${trip.country} (${trip.place}), ${trip.start} to ${trip.end}`);
    for (const one of telling.slice(0, 6)) console.log(`  ${one.day} ${one.title}\n    ${sentenceTelling(one, trip)}`);
  }
}
const share = (part: number): string => `${part} (${((100 * part) / count.told).toFixed(1)} %)`;
console.log(`trips told ${count.told}, found ${share(count.found)}, found dated ${share(count.dated)}`);

function isTrip(reading: Reading, claim: Claim, trip: Trip, day: string): boolean {
  if (claim.event !== 'CONSULT') return false;
  const ids = [...claim.actors, ...claim.recipients, ...claim.others.map(({ actor }) => actor)];
  const parties = reading.actors.filter(({ id }) => ids.includes(id));
  const surname = trip.who.split(' ').at(-1)!;
  const isTraveller = (actor: Reading['actors'][number]): boolean =>
    actor.name.includes(surname) ||
    (trip.role === 'president' ? /\bPresident\b/ : /\bSecretary\b/).test(actor.name) === true;
  if (!parties.some((actor) => isTraveller(actor))) return false;
  const country = codeOf(trip);
  const place = claim.where === null ? null : reading.places[claim.where]!.country;
  const other = parties.some((actor) => !isTraveller(actor) && actor.country === country);
  if (place !== country && !other) return false;
  const earliest = claim.when.earliest ?? shift(day, -REACH);
  const latest = claim.when.latest ?? shift(day, REACH);
  return earliest <= shift(trip.end, GRACE) && latest >= shift(trip.start, -GRACE);
}

/** The code of a trip's country: "Korea, South", "Denmark (Greenland)". */
function codeOf({ country }: Trip): string | undefined {
  const plain = country.replace(/ \(.*/, '');
  const name = plain.includes(', ') ? plain.split(', ').reverse().join(' ') : plain;
  return reader.world
    .lookUp(name)
    .map(({ entity }) => entity)
    .find(({ kind }) => kind === 'state')?.country as string | undefined;
}

function sentenceTelling(release: Release, trip: Trip): string | undefined {
  const surname = trip.who.split(' ').at(-1)!;
  const traveller =
    trip.role === 'president'
      ? new RegExp(`\\b(?:${surname}|the President)\\b`)
      : new RegExp(`\\b(?:${surname}|the Secretary)\\b`);
  const names = namesOf(trip);
  return `${release.title}\n${release.text}`
    .split(/(?<=[.!?])\s+|\n+/)
    .find((line) => traveller.test(line) && GOING.test(line) && names.some((name) => line.includes(name)));
}

function namesOf({ country, place }: Trip): readonly string[] {
  const [plain, inner] = country.replace(')', '').split(' (');
  const named = plain!.includes(', ') ? plain!.split(', ').reverse().join(' ') : plain!;
  return [named, ...(inner ? [inner] : []), ...(place ? place.split(', ') : [])];
}

function readingOf(release: Release): Reading {
  const known = readings.get(release);
  if (known) return known;
  const document = readText(release.text, {
    title: release.title,
    published: release.date.slice(0, 10),
    outlet: 'U.S. Department of State',
  });
  const reading = read(document, reader);
  readings.set(release, reading);
  return reading;
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function linesOf<Row>(path: string): readonly Row[] {
  const packed = readFileSync(`${folder}/${path}`);
  const text = (path.endsWith('.gz') ? gunzipSync(packed) : packed).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}
