import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actOf, exportedEvent, linesOf, SUMMIT_EXPORTED, writeAll } from '../../../test/exported.ts';
import { csvRow, defused, tsvRow } from './cells.ts';
import { csv } from './csv.ts';
import { FLAT_COLUMNS, flatRow } from './flat.ts';
import { GDELT_EVENTS, GDELT_MENTIONS, gdelt } from './gdelt.ts';
import { POLECAT_COLUMNS, polecat } from './polecat.ts';

const summit = SUMMIT_EXPORTED.find(({ event }) => event.type === 'CONSULT' && event.claims.length > 2)!;
const expulsion = SUMMIT_EXPORTED.find(({ event }) => event.type === 'SANCTION')!;
const threat = SUMMIT_EXPORTED.find(({ event }) => event.type === 'THREATEN')!;

/** The rows of tab-separated values, without the header where there is one, by column. */
function rowsOf(text: string, columns: readonly string[], header: boolean): readonly Record<string, string>[] {
  const rows = linesOf(text).map((line) => line.split('\t'));
  for (const row of rows) expect(row).toHaveLength(columns.length);
  if (header) expect(rows[0]).toEqual(columns);
  return rows.slice(header ? 1 : 0).map((row) => Object.fromEntries(row.map((cell, i) => [columns[i]!, cell])));
}

describe('cells', () => {
  test('that a spreadsheet would run get an apostrophe, numbers do not', () => {
    for (const text of ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1']) expect(defused(text)).toBe(`'${text}`);
    expect(csvRow(['=cmd()', -5.5, 'a "b"', null, true])).toBe(`'=cmd(),-5.5,"a ""b""",,true\r\n`);
    expect(tsvRow(['-x', -5.5, null], 'None')).toBe(`'-x\t-5.5\tNone\n`);
  });

  test('of tab-separated values hold no tabs and line ends', () => {
    expect(tsvRow(['a\tb\r\nc', '\u0000', '  '], 'None')).toBe('a b c\tNone\tNone\n');
  });
});

describe('csv', () => {
  test('is read back by a CSV parser: a row an event, in the columns of the list', async () => {
    const { texts } = await writeAll(csv, SUMMIT_EXPORTED);
    const rows = parse(texts[0]!, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(SUMMIT_EXPORTED.length);
    expect(Object.keys(rows[0]!)).toEqual(FLAT_COLUMNS);
    for (const [i, row] of rows.entries()) {
      for (const [column, value] of Object.entries(flatRow(SUMMIT_EXPORTED[i]!))) {
        expect(row[column], column).toBe(Array.isArray(value) ? value.join('; ') : String(value ?? ''));
      }
    }
  });

  test('folds nothing, and says what reports disagree on', () => {
    expect(flatRow(threat)).toMatchObject({
      ...{ type: 'THREATEN', status: 'threatened', condition: 'unless the nets are lifted', date: null },
    });
    expect(flatRow(summit)).toMatchObject({
      ...{ actors: ['Aino Aalto', 'Finland', 'Nils Berg', 'Norway'], parties: ['FIN', 'NOR'] },
      disagreements: ['duration: 2 hours (Harbour Post) / 3 hours (The Lighthouse)'],
      urls: ['https://www.harbour-post.example/story'],
    });
  });

  test('runs nothing that a report says', async () => {
    const { texts } = await writeAll(csv, [
      actOf('AID', 'happened', { condition: '=HYPERLINK("x")', words: '=HYPERLINK("x")' }),
    ]);
    const [row] = parse(texts[0]!, { columns: true }) as Record<string, string>[];
    expect(row?.['condition']).toBe(`'=HYPERLINK("x")`);
  });
});

describe('polecat', () => {
  test('has its 40 columns', () => {
    expect(POLECAT_COLUMNS).toHaveLength(40);
    expect(new Set(POLECAT_COLUMNS).size).toBe(40);
  });

  test('lists all parties in a row, missing values as None', async () => {
    const { texts, leftOut } = await writeAll(polecat, SUMMIT_EXPORTED);
    const rows = rowsOf(texts[0]!, POLECAT_COLUMNS, true);
    expect(rows.find((row) => row['Event ID'] === summit.event.id)).toEqual({
      ...Object.fromEntries(POLECAT_COLUMNS.map((column) => [column, 'None'])),
      'Event ID': summit.event.id,
      'Event Date': '2021-06-16',
      'Event Type': 'CONSULT',
      Intensity: '2.5',
      'Quad Code': 'VERBAL COOPERATION',
      'Actor Name': 'Aino Aalto; Nils Berg',
      'Actor Country': 'FIN; NOR',
      'Actor COW': '375; 385',
      'Primary Actor Sector': 'GOV',
      'Actor Sectors': 'GOV',
      'Actor Name Raw': 'Aino Aalto; Nils Berg',
      Placename: 'Geneva',
      City: 'Geneva',
      Country: 'Switzerland',
      Latitude: '46.2',
      Longitude: '6.15',
      'GeoNames ID': '2660646',
      'Raw Placename': 'Geneva',
      'Feature Type': 'PPL',
      Source: 'Northern Wire; The Lighthouse; Harbour Post; Office of the President of Finland',
      'Publication Date': '2021-06-10',
      'Story People': 'Aino Aalto; Nils Berg',
      'Story Locations': 'Geneva',
      Language: 'English',
      Version: 'Readout 0.0.0 1f2e3d4c',
    });
    expect(leftOut).toEqual(['hoped, possible or conditional', 'undated']);
  });

  test('leaves out what is denied and folds what is planned', async () => {
    const { texts, leftOut } = await writeAll(polecat, [actOf('ASSAULT', 'denied'), actOf('CONSULT', 'planned')]);
    expect(rowsOf(texts[0]!, POLECAT_COLUMNS, true).map((row) => row['Event Type'])).toEqual(['AGREE']);
    expect(leftOut).toEqual(['denied or failed']);
  });
});

describe('gdelt', () => {
  test('has 61 and 16 columns', () => {
    expect(GDELT_EVENTS).toHaveLength(61);
    expect(GDELT_MENTIONS).toHaveLength(16);
    const at = (name: string) => GDELT_EVENTS.indexOf(name);
    // biome-ignore format: the places of the published list
    expect(['GLOBALEVENTID', 'Actor1Code', 'Actor2Code', 'IsRootEvent', 'EventCode', 'AvgTone', 'Actor1Geo_Type', 'Actor2Geo_Type', 'ActionGeo_Type', 'DATEADDED', 'SOURCEURL'].map(at)).toEqual([0, 5, 15, 25, 26, 34, 35, 43, 51, 59, 60]);
  });

  test('what parties do together stands both ways, each with a number of its own', async () => {
    const { texts } = await writeAll(gdelt, [summit]);
    const [one, two, ...more] = rowsOf(texts[0]!, GDELT_EVENTS, false);
    expect(more).toEqual([]);
    expect([one?.['Actor1Code'], one?.['Actor2Code']]).toEqual(['FINGOV', 'NORGOV']);
    expect([two?.['Actor1Code'], two?.['Actor2Code']]).toEqual(['NORGOV', 'FINGOV']);
    expect(one).toMatchObject({
      ...{ SQLDATE: '20210616', MonthYear: '202106', Year: '2021', FractionDate: '2021.4548' },
      ...{ EventCode: '040', EventBaseCode: '040', EventRootCode: '04', QuadClass: '1', GoldsteinScale: '1' },
      ...{ NumMentions: '6', NumSources: '4', NumArticles: '5', AvgTone: '', IsRootEvent: '1' },
      ...{ Actor1Name: 'AINO AALTO', Actor1CountryCode: 'FIN', Actor1Type1Code: 'GOV', Actor1Geo_Type: '0' },
      ...{ ActionGeo_Type: '4', ActionGeo_FullName: 'Geneva, Switzerland', ActionGeo_CountryCode: 'SZ' },
      ...{ ActionGeo_Lat: '46.2', ActionGeo_Long: '6.15', ActionGeo_FeatureID: '', DATEADDED: '20210610000000' },
      SOURCEURL: 'Northern Wire, 2021-06-10, Leaders to meet over the fishing grounds',
    });
    const ids = [one, two].map((row) => Number(row?.['GLOBALEVENTID']));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(Number.isSafeInteger(id)).toBe(true);
  });

  test('mentions: a row a claim, with the offsets of its words', async () => {
    const { texts } = await writeAll(gdelt, [expulsion]);
    const [event] = rowsOf(texts[0]!, GDELT_EVENTS, false);
    expect(event).toMatchObject({
      Actor1CountryCode: 'NOR',
      Actor2CountryCode: 'FIN',
      EventCode: '160',
      QuadClass: '4',
    });
    const mentions = rowsOf(texts[1]!, GDELT_MENTIONS, false);
    expect(mentions).toHaveLength(2);
    const post = mentions.find((row) => row['MentionType'] === '1');
    const text =
      'Aino Aalto met Nils Berg in Geneva on Wednesday for two hours. Norway expelled ten Finnish envoys on Monday.';
    expect(post).toEqual({
      GLOBALEVENTID: event?.['GLOBALEVENTID'],
      EventTimeDate: '20210617000000',
      MentionTimeDate: '20210617000000',
      MentionType: '1',
      MentionSourceName: 'harbour-post.example',
      MentionIdentifier: 'https://www.harbour-post.example/story',
      SentenceID: '',
      Actor1CharOffset: String(text.indexOf('Norway')),
      Actor2CharOffset: '-1',
      ActionCharOffset: String(text.indexOf('expelled')),
      InRawText: '1',
      Confidence: '90',
      ...{ MentionDocLen: '', MentionDocTone: '', MentionDocTranslationInfo: '', Extras: '' },
    });
    expect(mentions.find((row) => row['MentionType'] === '2')?.['MentionSourceName']).toBe('The Lighthouse');
  });

  test('every mention is of an event of the other file', async () => {
    const { texts } = await writeAll(gdelt, SUMMIT_EXPORTED);
    const ids = new Set(rowsOf(texts[0]!, GDELT_EVENTS, false).map((row) => row['GLOBALEVENTID']));
    const mentioned = new Set(rowsOf(texts[1]!, GDELT_MENTIONS, false).map((row) => row['GLOBALEVENTID']));
    expect(mentioned).toEqual(ids);
  });

  test('the visitor does 042, the host 043', async () => {
    const visit = actOf('CONSULT', 'happened');
    const { texts } = await writeAll(gdelt, [{ ...visit, event: { ...visit.event, cameo: '042' } }]);
    expect(rowsOf(texts[0]!, GDELT_EVENTS, false).map((row) => [row['Actor1Code'], row['EventCode']])).toEqual([
      ['TCD', '042'],
      ['MLI', '043'],
    ]);
  });
});

test('whatever stands in a report, rows keep their columns', async () => {
  const { event } = actOf('AID', 'happened');
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'\t\n\r",;=+-@\0\u2028 a') }),
      async (one, two) => {
        const rename = (told: (typeof event.actors)[number], name: string) => ({
          ...told,
          value: { ...told.value, name },
        });
        const odd = exportedEvent({
          ...event,
          actors: event.actors.map((told) => rename(told, one)),
          recipients: event.recipients.map((told) => rename(told, two)),
          claims: event.claims.map((claim) => ({ ...claim, outlet: two, title: one, sentence: `${one}${two}` })),
        });
        const [row] = parse((await writeAll(csv, [odd])).texts[0]!, { columns: true }) as Record<string, string>[];
        expect(Object.keys(row!)).toEqual(FLAT_COLUMNS);
        expect(row?.['recipients']).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(rowsOf((await writeAll(polecat, [odd])).texts[0]!, POLECAT_COLUMNS, true)).toHaveLength(1);
        const { texts } = await writeAll(gdelt, [odd]);
        expect(rowsOf(texts[0]!, GDELT_EVENTS, false)).toHaveLength(1);
        expect(rowsOf(texts[1]!, GDELT_MENTIONS, false)).toHaveLength(1);
      },
    ),
  );
});
