import { normalizeName } from '../src/world/name.ts';
import { type OfficeKind, officeKind } from '../src/world/office.ts';
import type { People } from './people.ts';
import { capitalize, PARTICLES, splitName } from './person-name.ts';
import { ORGANISATION } from './table-groups.ts';
import type { CodeOf, ReadFacts } from './tables.ts';

/** Those who led a state since 1975, by surname (REIGN). */
export function addReign(people: People, facts: ReadFacts): void {
  for (const row of facts<{ cow: string; name: string; start: string; end: string | null }>('reign-leaders.jsonl')) {
    if ((row.end ?? '9') < '1975') continue;
    const country = COW[row.cow] ?? row.cow;
    const words = row.name.replace(/\./g, ' ').trim().split(/\s+/);
    const initials = words.filter((word) => word.length === 1);
    const surname = words.filter((word) => word.length > 1).join(' ');
    people.addLeader(
      { full: [...initials, surname].join(' '), surname, given: initials },
      { office: 'Leader', kind: 'head-of-state', country, from: row.start, to: row.end, at: null, seen: null },
    );
  }
}

/** Foreign leaders who came to the United States, by full name: most names that REIGN shortens are here. */
export function addVisits(people: People, facts: ReadFacts, codeOf: CodeOf): void {
  for (const row of facts<{ start: string; visitor: string; country: string }>('visits-to-us.jsonl')) {
    const country = codeOf(row.country.replace(/^(.*), (.*)$/, '$2 $1').replace(/’/g, "'"));
    const title = VISITOR.exec(row.visitor)?.[0];
    if (row.start < '1975' || country === undefined || title === undefined) continue;
    const name = row.visitor
      .slice(title.length)
      .replace(/\(.*|,.*/g, '')
      .trim();
    const kind = officeKind(normalizeName(title));
    if (kind === undefined || !/^\p{Lu}[^\d/]* \p{Lu}/u.test(name) || / (?:and|of) /.test(name)) continue;
    const split = splitName(name, country);
    const tenure = { office: title.trim(), kind, country, from: null, to: null, at: null, seen: row.start.slice(0, 7) };
    if (!people.nameLeader(split, tenure)) people.add(split, '', [tenure]);
  }
}
const VISITOR =
  /^(?:(?:Acting |Interim )?(?:President|Prime Minister|Premier|Chancellor|Foreign Minister|Vice President|Secretary General|General Secretary|Minister of Foreign Affairs|Deputy Prime Minister|Crown Prince|Taoiseach) )/;

interface Coded {
  readonly name: string;
  readonly codes: readonly { readonly code: string; readonly from?: string; readonly to?: string }[];
}

/** Ministers, officers, members of parliament and officials of international bodies whom no better list has (Phoenix). */
export function addPhoenix(people: People, facts: ReadFacts): void {
  for (const row of facts<Coded>('phoenix-countries.jsonl.gz'))
    addCoded(people, row, /^[A-Z]{3}(?:GOV|MIL|LEG|JUD|SPY|OPP|PTY)/);
  for (const row of facts<Coded>('phoenix-international.jsonl')) addCoded(people, row, /^IGO/);
}

function addCoded(people: People, row: Coded, served: RegExp): void {
  const dated = row.codes.filter(
    (code) => code.from !== undefined && served.test(code.code) && (code.to ?? '9') >= PHOENIX_SINCE,
  );
  const words = row.name.split(' ');
  if (dated.length === 0 || words.length < 2 || words.length > 5 || /[^A-Z .'-]|\b(?:II|III|VI)$/.test(row.name))
    return;
  if (
    /\b(?:PRESIDENT|MINISTER|GENERAL|KING|PRIME|THE|OF|ARMY|GOVERNMENT)\b/.test(row.name) ||
    ORGANISATION.test(row.name)
  )
    return;
  const code = dated[0]?.code ?? '';
  const country = code.startsWith('IGO') ? null : code.slice(0, 3);
  const name = words
    .map((word) => (PARTICLES.has(word.toLowerCase()) && word.length < 4 ? word.toLowerCase() : capitalize(word)))
    .join(' ');
  const from = dated.map((one) => one.from ?? '').sort()[0] ?? '';
  const ends = dated.map((one) => one.to ?? '').sort();
  const tenure = {
    office: '',
    kind: country === null ? 'official' : phoenixKind(code.slice(3)),
    country,
    from: from.slice(0, 7),
    to: ends[0] === '' ? null : (ends.at(-1) ?? '').slice(0, 7),
    at: null,
    seen: null,
  };
  const split = splitName(name, country ?? undefined);
  // A leader is coded like a minister there.
  if (tenure.kind !== 'minister' || !people.nameLeader(split, tenure)) people.addIfNew(split, [tenure]);
}
const PHOENIX_SINCE = '1985';

function phoenixKind(code: string): OfficeKind {
  if (code.startsWith('GOVMIL')) return 'defence-minister';
  if (code.startsWith('GOV')) return 'minister';
  if (code.startsWith('MIL')) return 'military-chief';
  if (code.startsWith('LEG')) return 'legislator';
  if (code.startsWith('JUD')) return 'prosecutor';
  if (code.startsWith('SPY')) return 'intelligence-chief';
  return 'party-leader';
}

// biome-ignore format: a table reads best in rows
const COW: Readonly<Record<string, string>> = {
  AAB: 'ATG', ALG: 'DZA', ANG: 'AGO', AUL: 'AUS', AUS: 'AUT', BAH: 'BHR', BAR: 'BRB', BFO: 'BFA', BHM: 'BHS', BHU: 'BTN', BNG: 'BGD', BOS: 'BIH', BOT: 'BWA', BRU: 'BRN',
  BUI: 'BDI', BUL: 'BGR', CAM: 'KHM', CAO: 'CMR', CAP: 'CPV', CDI: 'CIV', CEN: 'CAF', CHA: 'TCD', CON: 'COG', COS: 'CRI', CRO: 'HRV', CZE: 'CSK', CZR: 'CZE', DEN: 'DNK',
  DRC: 'COD', DRV: 'VNM', EQG: 'GNQ', ETM: 'TLS', FRN: 'FRA', GAM: 'GMB', GDR: 'DDR', GFR: 'DEU', GMY: 'DEU', GRG: 'GEO', GRN: 'GRD', GUA: 'GTM', GUI: 'GIN', HAI: 'HTI',
  HON: 'HND', ICE: 'ISL', INS: 'IDN', IRE: 'IRL', KUW: 'KWT', KYR: 'KGZ', KZK: 'KAZ', LAT: 'LVA', LEB: 'LBN', LES: 'LSO', LIB: 'LBY', LIT: 'LTU', MAA: 'MRT', MAC: 'MKD',
  MAD: 'MDV', MAG: 'MDG', MAL: 'MYS', MAS: 'MUS', MAW: 'MWI', MLD: 'MDA', MNC: 'MCO', MON: 'MNG', MOR: 'MAR', MSI: 'MHL', MYA: 'MMR', MZM: 'MOZ', NAU: 'NRU', NEP: 'NPL',
  NEW: 'NZL', NIG: 'NGA', NIR: 'NER', NTH: 'NLD', OMA: 'OMN', PAL: 'PLW', PAR: 'PRY', PHI: 'PHL', POR: 'PRT', ROK: 'KOR', ROM: 'ROU', RVN: 'VNM', SAF: 'ZAF', SAL: 'SLV',
  SEY: 'SYC', SIE: 'SLE', SIN: 'SGP', SKN: 'KNA', SLO: 'SVK', SLU: 'LCA', SLV: 'SVN', SNM: 'SMR', SOL: 'SLB', SPN: 'ESP', SRI: 'LKA', SUD: 'SDN', SVG: 'VCT', SWA: 'SWZ',
  SWD: 'SWE', SWZ: 'CHE', TAJ: 'TJK', TAZ: 'TZA', THI: 'THA', TOG: 'TGO', TRI: 'TTO', UAE: 'ARE', UKG: 'GBR', URU: 'URY', VAN: 'VUT', YAR: 'YEM', YPR: 'YEM', ZAM: 'ZMB', ZIM: 'ZWE',
};
