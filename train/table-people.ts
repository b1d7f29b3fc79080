import { normalizeName } from '../src/world/name.ts';
import { type OfficeKind, officeKind, type Tenure } from '../src/world/office.ts';
import { type HowListed, People } from './people.ts';
import { splitMarked, splitName } from './person-name.ts';
import { decode } from './table-countries.ts';
import { addPhoenix, addReign, addVisits } from './table-people-past.ts';
import type { CodeOf, ReadFacts, ReadHand } from './tables.ts';

/** Joins all lists of office holders into one table: one line a person, whatever the spelling in each list. */
export function buildPeople(
  facts: ReadFacts,
  hand: ReadHand,
  codeOf: CodeOf,
  commonWords: ReadonlySet<string>,
): string {
  const people = new People();
  addHand(people, hand);
  for (const row of facts<Row>('world-leaders-2021-22.jsonl')) {
    if (/co-prince|^monarch/i.test(row.office)) continue;
    const region = REGIONS.get(row.country);
    people.add(splitName(row.name, region ?? codeOf(row.country)), row.wikidata, [
      region === undefined
        ? tenure(row.office, codeOf(row.country), row.start, row.end)
        : regional(row, region, row.start, row.end),
    ]);
  }
  for (const row of facts<Row>('foreign-ministers-2023.jsonl')) {
    const region = REGIONS.get(row.country);
    people.add(splitName(row.name, region ?? codeOf(row.country)), row.wikidata, [
      region === undefined
        ? { ...tenure(row.office, codeOf(row.country), row.start, null), kind: 'foreign-minister' }
        : regional(row, region, row.start, null),
    ]);
  }
  for (const row of facts<Row>('office-holders-21c.jsonl')) {
    // Permanent representatives are listed without their country.
    if (/^Judge|Vice President|Permanent Representative/.test(row.office)) continue;
    people.add(splitName(row.name, /^(?:Ban|Shi) /.test(row.name) ? 'CHN' : undefined), row.wikidata, [
      { ...tenure(row.office, undefined, row.start, row.end), kind: 'secretary-general' },
    ]);
  }
  addFactbook(people, facts, codeOf);
  addOfficials(people, facts, codeOf);
  for (const row of facts<Row & { chamber: string; state: string }>('us-congress.jsonl')) {
    const office = row.chamber === 'sen' ? `Senator from ${row.state}` : `Representative from ${row.state}`;
    people.add(splitName(row.name, 'USA'), row.wikidata, [
      { ...tenure(office, 'USA', row.start, null), kind: 'legislator' },
    ]);
  }
  for (const row of facts<Row>('cia-cabinets-2019.jsonl')) {
    const country = codeOf(row.country);
    if (
      country === undefined ||
      /^\(|vacant|ELIZABETH II/i.test(row.name) ||
      /Co-Prince/.test(row.office) ||
      row.name === ''
    )
      continue;
    people.add(splitMarked(clean(row.name), country), '', [
      {
        ...tenure(row.office.replace(/Govt\./, 'Government').replace(/ & /g, ' and '), country, null, null),
        seen: '2019-06',
      },
    ]);
  }
  addReign(people, facts);
  addVisits(people, facts, codeOf);
  addPhoenix(people, facts);
  people.closeTenures();
  return `${HEAD}\n${people.lines(commonWords).join('\n')}\n`;
}

const HEAD = `# People who hold or held an office, with their tenures.
# source: written by hand; world-leaders-2021 and world by every-politician-scrapers (Wikidata); CIA World Factbook; CIA World Leaders 2019; pocom by HistoryAtState; congress-legislators by unitedstates; REIGN by OEF Research; Phoenix dictionaries by Open Event Data. licence: Apache-2.0; CC0; public domain; public domain; CC0; CC0; MIT; MIT
# columns: keys (normalized surnames; known=, known-weak=: news names this person by the surname alone; weak=: also a common word or given name); name; other given names, joined by |; Wikidata id; tenures joined by ";", each country/kind/office/from/to/at/seen (src/world/office.ts; office empty: the kind's usual title)
# built by train/tables.ts`;

interface Row {
  readonly name: string;
  readonly country: string;
  readonly office: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly wikidata: string;
}

/** Breakaway and autonomous regions with ministers of their own, and the state that PLOVER counts them to. */
// biome-ignore format: a table reads best in rows
const REGIONS: ReadonlyMap<string, string> = new Map([
  ['Transnistria', 'MDA'], ['South Ossetia', 'GEO'], ['Abkhazia', 'GEO'], ['Republic of Abkhazia', 'GEO'], ['Artsakh', 'AZE'],
  ['Republic of Artsakh', 'AZE'], ['Somaliland', 'SOM'], ['Northern Cyprus', 'CYP'], ['Turkish Republic of Northern Cyprus', 'CYP'],
  ["Donetsk People's Republic", 'UKR'], ["Luhansk People's Republic", 'UKR'], ['Kurdistan Region', 'IRQ'], ['Tibet', 'CHN'],
  ['Quebec', 'CAN'], ['Catalonia', 'ESP'], ['Cantabria', 'ESP'], ['Republika Srpska', 'BIH'], ['Scotland', 'GBR'],
  ['Bailiwick of Guernsey', 'GBR'], ['Jersey', 'GBR'],
]);

/** An office of a region: never the highest of its state. */
function regional({ office, country }: Row, state: string, from: string | null, to: string | null): Tenure {
  const title = / of /.test(office) ? office : `${office} of ${country}`;
  return { office: title, kind: 'governor', country: state, from, to, seen: null, at: null };
}

function tenure(office: string, country: string | undefined, from: string | null, to: string | null): Tenure {
  const kind = officeKind(normalizeName(office)) ?? 'official';
  return { office: tidyOffice(office), kind, country: country ?? null, from, to, seen: null, at: null };
}

function tidyOffice(office: string): string {
  return office.replace(/ of (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)*$/, (tail) =>
    /Affairs|Defen|Foreign|Finance|State|Interior|Justice|United Nations|Council|Court|Cabinet|Bank|Parliament|General/.test(
      tail,
    )
      ? tail
      : '',
  );
}
function clean(name: string): string {
  return decode(name)
    .replace(/,? (?:Dr|Gen|Lt|Brig|Maj|Col|Sr|Adm|Capt|Cdr|Ret|Mrs|Ms|Mr|Sheikh|Sir|Dame|Lord|Prof|Eng)\.(?= )/g, '')
    .replace(/^(?:(?:Dr|Gen|Lt|Brig|Maj|Col|Sr|Adm|Capt|Vice|Ret|Mrs|Ms|Mr|Sir|Dame|Lord|Prof|Eng)\.? )+/g, '')
    .replace(/\([^)]*\)|"[^"]*"|,.*$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function addHand(people: People, hand: ReadHand): void {
  for (const [name = '', wikidata = '', extras = '', tenures = ''] of hand('people'))
    addWritten(people, name, wikidata, extras, tenures, { byHand: true, known: true });
  for (const [name = '', extras = '', tenures = ''] of hand('past'))
    addWritten(people, name.replace(/ of [A-Z][a-z]+$/, ''), '', extras, tenures, {
      byHand: true,
      joins: true,
      known: extras.split('|').includes('known'),
    });
}

function addWritten(
  people: People,
  name: string,
  wikidata: string,
  extras: string,
  tenures: string,
  how: HowListed,
): void {
  const marks = extras.split('|').filter((extra) => extra !== '' && !extra.startsWith('known'));
  const split = splitMarked(name, undefined);
  const given = marks.filter((mark) => mark.startsWith('given=')).map((mark) => mark.slice(6));
  const held = tenures.split('; ').map((text): Tenure => {
    const [country = '', kind = '', office = '', from = '', to = '', at = ''] = text.split('/');
    return {
      country: country === 'IGO' ? null : country || null,
      kind: kind as OfficeKind,
      office,
      from: from || null,
      to: to || null,
      at: at || null,
      seen: null,
    };
  });
  const extra = marks.filter((mark) => !mark.startsWith('given='));
  people.add({ ...split, given: [...split.given, ...given] }, wikidata, held, { ...how, extra });
}

const FOREIGN_HEADS = /CHARLES III|Emmanuel MACRON|Donald J. TRUMP|FREDERIK X|HARALD V|WILLEM-ALEXANDER/;
const HOME: Readonly<Record<string, RegExp>> = {
  GBR: /CHARLES/,
  FRA: /MACRON/,
  USA: /TRUMP/,
  DNK: /FREDERIK/,
  NOR: /HARALD/,
  NLD: /WILLEM/,
};

function addFactbook(people: People, facts: ReadFacts, codeOf: CodeOf): void {
  interface Leader {
    readonly role: string;
    readonly text: string;
    readonly since: string | null;
  }
  interface Country {
    readonly name: string;
    readonly official: string;
    readonly leaders: readonly Leader[];
    readonly ambassadorInUS: string | null;
    readonly ambassadorFromUS: string | null;
  }
  for (const row of facts<Country>('factbook.jsonl')) {
    const country = codeOf(row.name === 'none' || !row.name ? (row.official ?? '') : row.name);
    if (country === undefined || country === 'HKG' || country === 'MAC') continue;
    for (const leader of row.leaders) {
      if (FOREIGN_HEADS.test(leader.text) && !HOME[country]?.test(leader.text)) continue;
      const text = decode(leader.text).replace(/ of (?:Norway|Denmark)$/, '');
      const at = text.search(/(?:^| )(?:\p{L}+-)?\p{Lu}{2}[\p{Lu}'-]*/u);
      const title =
        /^(?:(?:[A-Z][a-z]+ )*?(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|Amir|Sultan|Prince|Leader|Pope|Governor|Chief Minister|Minister of State|Chief Executive|Co-Chair)(?: of (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)*?(?= [A-Z][a-z]+ [A-Z]{2}))?)/.exec(
          text,
        )?.[0];
      if (at < 0 || title === undefined) continue;
      const name = clean(text.slice(title.length).trim());
      const kind: OfficeKind = /Governor|represented by/.test(text)
        ? 'governor'
        : /Vice President/.test(title)
          ? 'deputy-head'
          : leader.role === 'chief of state'
            ? 'head-of-state'
            : 'head-of-government';
      const monarch = /^(?:King|Queen|Emperor|Amir|Sultan|Prince|Pope)$/.test(title);
      const split = splitMarked(name, country);
      people.add(monarch && split.given.length === 0 ? { ...split, full: `${title} ${split.surname}` } : split, '', [
        {
          office: title.replace(/^(?:Caretaker|Interim|Acting|Transition(?:al)?) /, ''),
          kind,
          country,
          from: leader.since,
          to: null,
          at: null,
          seen: null,
        },
      ]);
    }
    const both: readonly (readonly [string | null, string, string])[] = [
      [row.ambassadorInUS, country, 'USA'],
      [row.ambassadorFromUS, 'USA', country],
    ];
    for (const [text, from, at] of both) {
      const found = /^Ambassador (?!\()(.+?) \((?:since )?(\d{1,2} )?([A-Z][a-z]+)? ?(\d{4})\)/.exec(
        decode(text ?? ''),
      );
      if (!found) continue;
      people.add(splitMarked(clean(found[1] ?? ''), from), '', [
        {
          office: `Ambassador to ${at === 'USA' ? 'the United States' : row.name}`,
          kind: 'ambassador',
          country: from,
          from: isoDate(found[2], found[3], found[4] ?? ''),
          to: null,
          at,
          seen: null,
        },
      ]);
    }
  }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
function isoDate(day: string | undefined, month: string | undefined, year: string): string {
  const number = MONTHS.indexOf(month ?? '') + 1;
  if (number === 0) return year;
  const date = `${year}-${String(number).padStart(2, '0')}`;
  return day === undefined ? date : `${date}-${day.trim().padStart(2, '0')}`;
}

function addOfficials(people: People, facts: ReadFacts, codeOf: CodeOf): void {
  interface Official {
    readonly name: string;
    readonly kind: string;
    readonly post: string;
    readonly role: string;
    readonly appointed: string | null;
    readonly start: string | null;
    readonly end: string | null;
  }
  for (const row of facts<Official>('us-officials.jsonl.gz')) {
    const from = row.start ?? row.appointed;
    const to = row.end ?? (row.kind === 'positions-principals' && from !== null ? nextInauguration(from) : null);
    if (
      from === null ||
      from < '1977' ||
      /career-ambassador|medical|foreign-service-institute|chief-clerk/.test(row.role)
    )
      continue;
    const split = splitName(row.name.replace(/’/g, "'"), 'USA');
    if (row.kind === 'missions-countries') {
      const at = codeOf(row.post.replace(/-/g, ' '));
      if (at === undefined || !/ambassador|charge/.test(row.role)) continue;
      const host = row.post.replace(/(^|-)[a-z]/g, (start) => start.replace('-', ' ').toUpperCase());
      const office = row.role.startsWith('charge') ? `Chargé d’affaires in ${host}` : `Ambassador to ${host}`;
      people.add(split, '', [
        {
          office,
          kind: office.startsWith('Ambassador') ? 'ambassador' : 'envoy',
          country: 'USA',
          from,
          to: row.end,
          at,
          seen: null,
        },
      ]);
    } else {
      const office = row.post
        .replace(/ \(.*|, with the rank.*/g, '')
        .replace(/of the U\.S\.A\. /, '')
        .replace(/^U\.S\. /, '');
      const kind: OfficeKind =
        row.role === 'secretary'
          ? 'foreign-minister'
          : row.kind === 'missions-orgs'
            ? row.role === 'representative-to-un'
              ? 'un-representative'
              : 'ambassador'
            : /^(?:deputy-secretary|under-secretary|assistant-secretary)/.test(row.role)
              ? 'deputy-minister'
              : /trade/.test(row.role)
                ? 'minister'
                : 'official';
      people.add(split, '', [{ office, kind, country: 'USA', from, to, at: null, seen: null }]);
    }
  }
}

/** Principal officers leave with their administration; null for the one in office when the table was made. */
function nextInauguration(from: string): string | null {
  return INAUGURATIONS.find((day) => day > from) ?? null;
}
const INAUGURATIONS = [
  '1981-01-20',
  '1989-01-20',
  '1993-01-20',
  '2001-01-20',
  '2009-01-20',
  '2017-01-20',
  '2021-01-20',
  '2025-01-20',
];
