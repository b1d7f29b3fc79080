import { normalizeName, skeletonKey } from '../src/world/name.ts';
import type { Countries } from './table-countries.ts';
import type { ReadFacts } from './tables.ts';

interface Coded {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly codes: readonly { readonly code: string; readonly from?: string; readonly to?: string }[];
}

/** What the lines of the table are made with: states, names already taken, words that news writes small. */
interface Making {
  readonly countries: Countries;
  readonly taken: Set<string>;
  readonly commonWords: ReadonlySet<string>;
}

/** International organisations, companies, armed groups and bodies of states from the Phoenix dictionaries. */
export function buildGroups(
  facts: ReadFacts,
  countries: Countries,
  bodies: string,
  roles: string,
  commonWords: ReadonlySet<string>,
): string {
  // A common noun is nobody's name: "human rights", "the army".
  const taken = new Set([...keysOf(bodies), ...keysOf(roles), ...countries.keys]);
  const making = { countries, taken, commonWords };
  const lines = [
    ...facts<Coded>('phoenix-international.jsonl').flatMap((row) => internationalLine(row, making)),
    ...facts<Coded>('phoenix-armed-groups.jsonl').flatMap((row) => armedLine(row, making)),
    ...facts<Coded>('phoenix-countries.jsonl.gz').flatMap((row) => stateLine(row, making)),
  ];
  return `${HEAD}\n${lines.join('\n')}\n`;
}

const HEAD = `# International and non-governmental organisations, companies, armed groups and bodies of states, to about 2014.
# source: Phoenix dictionaries by Open Event Data (openeventdata/petrarch2). licence: MIT
# columns: keys (normalized; ~: the spelling key of src/world/name.ts); name; kind; country (ISO 3166 alpha-3); PLOVER sectors
# built by train/tables.ts`;

/** Words of which a name tells that it is no person's. */
export const ORGANISATION =
  /\b(?:ORGANI[SZ]ATION|UNION|COUNCIL|COMMISSION|COMMITTEE|FUND|BANK|AGENCY|COURT|ASSOCIATION|FEDERATION|LEAGUE|FORUM|INSTITUTE|CENT(?:ER|RE)|CONFERENCE|GROUP|ALLIANCE|NETWORK|SOCIETY|FOUNDATION|MOVEMENT|INTERNATIONAL|PROGRAMME|PROGRAM|OFFICE|MISSION|FORCES?|ASSEMBLY|COMMUNITY|CONVENTION|TRIBUNAL|SECRETARIAT|RIGHTS|WATCH|RELIEF|BORDERS|CAMPAIGN|COALITION|INITIATIVE|PARTNERSHIP|TRUST|CHURCH|ARMY|FRONT|BRIGADES?|PARTY|MINISTRY|DEPARTMENT|BUREAU|SERVICE|ADMINISTRATION|GUARD|NAVY|COMMAND|PARLIAMENT|CONGRESS|SENATE|AUTHORITY|OBSERVATORY|NATIONAL|REPUBLIC|STATE|PEOPLE|CABINET|OFFICIALS?|TROOPS)\b/;

function internationalLine(row: Coded, making: Making): string[] {
  const code = row.codes[0]?.code ?? '';
  if (row.codes.some((one) => one.from !== undefined)) return [];
  // A national society's or a company's code names its country; the rest of the codes are fields of work.
  const home = code.slice(3, 6);
  const country = making.countries.codes.has(home) && home !== 'MUS' ? home : '';
  const organisations = [row.name, ...row.aliases].filter((name) => ORGANISATION.test(name));
  if (code.startsWith('IGO')) {
    const sectors = code.includes('UNO') ? 'IGO UNO' : code.startsWith('IGOEUREEC') ? 'IGO EUR' : 'IGO';
    // Officials are listed among the bodies; an acronym is nobody's surname.
    const names = [row.name, ...row.aliases].filter((name) => ORGANISATION.test(name) || /^[A-Z]{4,8}$/.test(name));
    return line(names, { kind: 'body', country: '', sectors, acronyms: true }, making);
  }
  if (code.startsWith('NGO')) {
    const names = organisations.length > 0 ? organisations : [row.name, ...row.aliases];
    return line(names, { kind: 'body', country, sectors: 'NGO' }, making);
  }
  // Of the thousands of companies those of other states than the United States, and those of one telling word.
  const foreign = country !== '' && country !== 'USA';
  if (!code.startsWith('MNC') || (!foreign && /[ .]/.test(row.name))) return [];
  const bare = row.name.replace(COMPANY_FORM, '').replace(COMPANY_FORM, '').trim();
  const names = [row.name, ...(hasStrange(bare, making) ? [bare] : [])];
  return line([...new Set(names)], { kind: 'company', country, sectors: 'BUS MNC' }, making);
}
const COMPANY_FORM =
  /,? (?:INC|LTD|LIMITED|CORP|CORPORATION|PLC|COMPANY|CO|HOLDINGS?|GROUP|S\.?A\.?|A\.?G\.?|N\.?V\.?|L\.?P\.?|AND CO)\.?$/;

function armedLine(row: Coded, making: Making): string[] {
  const code = row.codes[0]?.code ?? '';
  const country = making.countries.codes.has(code.slice(0, 3)) ? code.slice(0, 3) : '';
  // Of transnational militants persons are listed too, by name.
  const names = [row.name, ...row.aliases].filter(
    (name) =>
      name.includes(' ') &&
      // "People's Revolutionary Party" is many a country's.
      (country !== '' || hasStrange(name, making)) &&
      (ORGANISATION.test(name) || name.includes('-') || (code.slice(3) === 'REB' && hasStrange(name, making))),
  );
  return line(names, { kind: 'group', country, sectors: country === '' ? 'REB ISM' : 'REB', spelled: true }, making);
}

function stateLine(row: Coded, making: Making): string[] {
  const code = row.codes[0]?.code ?? '';
  const country = code.slice(0, 3);
  const { codes } = making.countries;
  if (row.codes.some((one) => one.from !== undefined) || !codes.has(country) || code.length < 6) return [];
  const sectors = [...new Set(code.slice(3).match(/.{3}/g) ?? [])].filter((sector) => SECTORS.has(sector));
  if (sectors.length === 0) return [];
  const names = [row.name, ...row.aliases].filter((name) => ORGANISATION.test(name));
  const kind = sectors.includes('REB') ? 'group' : 'body';
  return line(names, { kind, country, sectors: sectors.join(' ') }, making);
}

const SECTORS = new Set(['GOV', 'MIL', 'LEG', 'JUD', 'SPY', 'REB', 'COP', 'OPP', 'PTY']);

/** `spelled`: the name is written from another script, in as many ways as there are writers. */
interface Row {
  readonly kind: string;
  readonly country: string;
  readonly sectors: string;
  readonly acronyms?: boolean;
  readonly spelled?: boolean;
}

function line(names: readonly string[], row: Row, { taken, commonWords }: Making): string[] {
  const keys: string[] = [];
  const spellings = new Set<string>();
  for (const name of names) {
    const key = normalizeName(name.replace(/\(.*?\)|,.*/g, '')).replace(/^the /, '');
    const words = key.split(' ');
    // Names of one word are too often common words.
    const telling = words.length > 1 ? key.length >= 8 : key.length >= 5 && isStrange(key, commonWords);
    const acronym = row.acronyms === true && words.length === 1 && !commonWords.has(key);
    if ((!telling && !acronym) || taken.has(key) || PEOPLE_OF.test(key)) continue;
    taken.add(key);
    keys.push(acronym ? `acronym=${key}` : key);
    const spelling = skeletonKey(key);
    if (row.spelled && spelling.length > SHORTEST_SPELLING && words.every((word) => isStrange(word, commonWords)))
      spellings.add(spelling);
  }
  if (keys.length === 0) return [];
  return [
    [
      [...keys, ...spellings].join('|'),
      capitalize(names[0] ?? '', row.acronyms),
      row.kind,
      row.country,
      row.sectors,
    ].join('\t'),
  ];
}
/** Fewer consonants are shared by too many names. */
const SHORTEST_SPELLING = 6;
const PEOPLE_OF = /\b(?:gunmen|spokes\w+|officials?|leaders?|fighters?|members?)$/;

/** Whether a name has a word that is no English one, so that it cannot be met by chance. */
function hasStrange(name: string, { commonWords }: Making): boolean {
  return normalizeName(name)
    .split(' ')
    .some((word) => word.length > 3 && isStrange(word, commonWords));
}

/** No English word, in the singular or plural. */
function isStrange(word: string, commonWords: ReadonlySet<string>): boolean {
  return ![word, word.replace(/s$/, ''), word.replace(/e?s$/, ''), word.replace(/(?:ed|ing)$/, '')].some((one) =>
    commonWords.has(one),
  );
}

function capitalize(name: string, acronym = false): string {
  if (acronym && /^[A-Z]{2,8}$/.test(name)) return name;
  return name
    .toLowerCase()
    .replace(/(^|[ '(-])\p{L}/gu, (start) => start.toUpperCase())
    .replace(/'S\b/g, "'s")
    .replace(/ (?:Of|And|The|For|In|On|To) /g, (word) => word.toLowerCase());
}

function* keysOf(table: string): Iterable<string> {
  for (const row of table.split('\n')) {
    if (row.startsWith('#')) continue;
    for (const key of (row.split('\t')[0] ?? '').split('|')) yield key.slice(key.indexOf('=') + 1);
  }
}
