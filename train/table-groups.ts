import { normalizeName } from '../src/world/name.ts';
import type { Countries } from './table-countries.ts';
import type { ReadFacts } from './tables.ts';

interface Coded {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly codes: readonly { readonly code: string; readonly from?: string; readonly to?: string }[];
}

/** International organisations, non-governmental organisations, armed groups and bodies of states from the Phoenix dictionaries. */
export function buildGroups(facts: ReadFacts, countries: Countries, bodies: string, roles: string): string {
  // A common noun is nobody's name: "human rights", "the army".
  const taken = new Set([...keysOf(bodies), ...keysOf(roles)]);
  const lines = [
    ...facts<Coded>('phoenix-international.jsonl').flatMap((row) => internationalLine(row, taken)),
    ...facts<Coded>('phoenix-armed-groups.jsonl').flatMap((row) => armedLine(row, countries, taken)),
    ...facts<Coded>('phoenix-countries.jsonl.gz').flatMap((row) => stateLine(row, countries, taken)),
  ];
  return `${HEAD}\n${lines.join('\n')}\n`;
}

const HEAD = `# International and non-governmental organisations, armed groups and bodies of states, to about 2014.
# source: Phoenix dictionaries by Open Event Data (openeventdata/petrarch2). licence: MIT
# columns: keys (normalized); name; kind; country (ISO 3166 alpha-3); PLOVER sectors
# built by train/tables.ts`;

/** Words of which a name tells that it is no person's. */
export const ORGANISATION =
  /\b(?:ORGANI[SZ]ATION|UNION|COUNCIL|COMMISSION|COMMITTEE|FUND|BANK|AGENCY|COURT|ASSOCIATION|FEDERATION|LEAGUE|FORUM|INSTITUTE|CENT(?:ER|RE)|CONFERENCE|GROUP|ALLIANCE|NETWORK|SOCIETY|FOUNDATION|MOVEMENT|INTERNATIONAL|PROGRAMME|PROGRAM|OFFICE|MISSION|FORCES?|ASSEMBLY|COMMUNITY|CONVENTION|TRIBUNAL|SECRETARIAT|RIGHTS|WATCH|RELIEF|BORDERS|CAMPAIGN|COALITION|INITIATIVE|PARTNERSHIP|TRUST|CHURCH|ARMY|FRONT|BRIGADES?|PARTY|MINISTRY|DEPARTMENT|BUREAU|SERVICE|ADMINISTRATION|GUARD|NAVY|COMMAND|PARLIAMENT|CONGRESS|SENATE|AUTHORITY|OBSERVATORY|NATIONAL|REPUBLIC|STATE|PEOPLE|CABINET|OFFICIALS?|TROOPS)\b/;

function internationalLine(row: Coded, taken: Set<string>): string[] {
  const code = row.codes[0]?.code ?? '';
  if (!/^(?:IGO|NGO)/.test(code) || row.codes.some((one) => one.from !== undefined) || !ORGANISATION.test(row.name))
    return [];
  // A national society's code names its country; the rest of the codes are fields of work.
  const sectors = code.startsWith('IGO')
    ? code.includes('UNO')
      ? 'IGO UNO'
      : code.startsWith('IGOEUREEC')
        ? 'IGO EUR'
        : 'IGO'
    : 'NGO';
  return line([row.name, ...row.aliases.filter((alias) => ORGANISATION.test(alias))], 'body', '', sectors, taken);
}

function armedLine(row: Coded, countries: Countries, taken: Set<string>): string[] {
  const code = row.codes[0]?.code ?? '';
  const country = countries.codes.has(code.slice(0, 3)) ? code.slice(0, 3) : '';
  const names = [row.name, ...row.aliases].filter((name) => ORGANISATION.test(name) || name.includes('-'));
  return line(names, 'group', country, country === '' ? 'REB ISM' : 'REB', taken);
}

function stateLine(row: Coded, countries: Countries, taken: Set<string>): string[] {
  const code = row.codes[0]?.code ?? '';
  const country = code.slice(0, 3);
  if (row.codes.some((one) => one.from !== undefined) || !countries.codes.has(country) || code.length < 6) return [];
  const sectors = [...new Set(code.slice(3).match(/.{3}/g) ?? [])].filter((sector) => SECTORS.has(sector));
  if (sectors.length === 0) return [];
  return line(
    [row.name, ...row.aliases].filter((name) => ORGANISATION.test(name)),
    sectors.includes('REB') ? 'group' : 'body',
    country,
    sectors.join(' '),
    taken,
  );
}

const SECTORS = new Set(['GOV', 'MIL', 'LEG', 'JUD', 'SPY', 'REB', 'COP', 'OPP', 'PTY']);

function line(names: readonly string[], kind: string, country: string, sectors: string, taken: Set<string>): string[] {
  const keys: string[] = [];
  for (const name of names) {
    const key = normalizeName(name.replace(/\(.*?\)|,.*/g, '')).replace(/^the /, '');
    // Names of one word are too often common words; the ones that matter are in the table written by hand.
    if (
      !key.includes(' ') ||
      key.length < 8 ||
      taken.has(key) ||
      /\b(?:gunmen|spokes\w+|officials?|leaders?|fighters?|members?)$/.test(key)
    )
      continue;
    taken.add(key);
    keys.push(key);
  }
  if (keys.length === 0) return [];
  return [[keys.join('|'), capitalize(names[0] ?? ''), kind, country, sectors].join('\t')];
}

function capitalize(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|[ '(-])\p{L}/gu, (start) => start.toUpperCase())
    .replace(/ (?:Of|And|The|For|In|On|To) /g, (word) => word.toLowerCase());
}

function* keysOf(table: string): Iterable<string> {
  for (const row of table.split('\n')) {
    if (row.startsWith('#')) continue;
    for (const key of (row.split('\t')[0] ?? '').split('|')) yield key.slice(key.indexOf('=') + 1);
  }
}
