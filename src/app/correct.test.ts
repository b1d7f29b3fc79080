import { describe, expect, test } from 'vitest';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import type { ReadoutError } from '../error.ts';
import { tellingsOf, toldActor } from '../record/telling.ts';
import { openWorld, type World } from '../world/world.ts';
import { parseCorrection } from './correct.ts';
import { loadTables } from './load.ts';

const reading = storyReading(SUMMIT[1]!);
const [telling, expelling] = tellingsOf(reading);
let opened: World | undefined;
const world = () => {
  opened ??= openWorld(loadTables());
  return opened;
};
const reference = { cast: reading.actors.map(toldActor), issues: ['fisheries'], world };

const parse = (field: string, words: string, of = telling!) =>
  parseCorrection(field, words, { ...reference, telling: of });

describe('a date', () => {
  test.each([
    ['2021-06-16', '2021-06-16', '2021-06-16', 'day'],
    ['2021-06', '2021-06-01', '2021-06-30', 'month'],
    ['2020-02', '2020-02-01', '2020-02-29', 'month'],
    ['2021', '2021-01-01', '2021-12-31', 'year'],
    ['2021-06-14..2021-06-16', '2021-06-14', '2021-06-16', 'week'],
    ['2021-06..2021-07', '2021-06-01', '2021-07-31', 'season'],
  ])('%s', (words, earliest, latest, precision) => {
    expect(parse('when', words)).toMatchObject({ earliest, latest, precision });
  });

  test('is none where a person says so', () => {
    expect(parse('when', 'none')).toBeNull();
  });

  test.each(['2021-02-30', 'June 2021', '2021-13', '2021-06-16..2021-06-14', 'yesterday', ''])('is not %s', (words) => {
    expect(() => parse('when', words)).toThrow(/when: expected a day/);
  });
});

describe('a length', () => {
  test.each([
    ['PT2H', 'PT2H'],
    ['2 hours', 'PT2H'],
    ['two hours and 30 minutes', 'PT2H30M'],
    ['90 min', 'PT90M'],
    ['1 day 6 hours', 'P1DT6H'],
    ['3 weeks', 'P3W'],
  ])('%s', (words, value) => {
    expect(parse('duration', words)).toBe(value);
  });

  test.each(['long', '2', 'P', '2 hours or so', 'hours', '2 fortnights'])('is not %s', (words) => {
    expect(() => parse('duration', words)).toThrow(/duration: expected a length/);
  });
});

describe('a place', () => {
  test.each([
    ['Geneva', { name: 'Geneva', country: 'CHE', precision: 'city', geonames: 2660646 }],
    ['geneva (CHE)', { name: 'Geneva', country: 'CHE' }],
    ['Geneva (Switzerland)', { name: 'Geneva', country: 'CHE' }],
    ['Switzerland', { country: 'CHE', precision: 'country' }],
    ['Net Loft Nine (NOR, venue)', { name: 'Net Loft Nine', country: 'NOR', precision: 'venue', geonames: null }],
  ])('%s', (words, value) => {
    expect(parse('where', words)).toMatchObject(value);
  });

  test.each([
    ['Genevaa', /where: expected a place .*Genevaa \(CHE, venue\)/],
    ['Geneva (FRA)', /known are Geneva \(CHE\)/],
    ['Geneva (Atlantis)', /a country by its code .*Atlantis/],
  ])('is not %s', (words, message) => {
    expect(() => parse('where', words)).toThrow(message);
  });
});

describe('actors', () => {
  test('are a state by its code, whom the document names, and whom the tables know on the day of the document', () => {
    expect(parse('actors', 'USA, aino aalto (FIN), Sergei Lavrov (RUS); NATO')).toMatchObject([
      { name: 'United States', kind: 'state', country: 'USA', wikidata: 'Q30' },
      { name: 'Aino Aalto', kind: 'person', country: 'FIN' },
      { name: 'Sergey Lavrov', kind: 'person', country: 'RUS', office: 'Minister of Foreign Affairs' },
      { name: 'NATO', kind: 'body' },
    ]);
  });

  test('whom nobody knows are taken with country and kind', () => {
    expect(parse('recipients', 'Una Vik (NOR, person)')).toEqual([
      { name: 'Una Vik', kind: 'person', country: 'NOR', office: null, sector: [], wikidata: null },
    ]);
    expect(() => parse('recipients', 'Una Vik')).toThrow(/recipients: expected .*"Una Vik \(FIN, person\)"/);
    expect(() => parse('recipients', 'Una Vik (NOR)')).toThrow(/got "Una Vik \(NOR\)"/);
  });

  test('are none where a person says so', () => {
    expect(parse('recipients', 'none')).toEqual([]);
    expect(() => parse('recipients', ' , ')).toThrow(/recipients: expected actors/);
  });

  test('who are of another country than in brackets are refused', () => {
    for (const words of ['Sergei Lavrov (CHE)', 'USA (CHE)', 'USA (CHE, state)']) {
      expect(() => parse('actors', words), words).toThrow(/actors: expected/);
    }
    expect(parse('actors', 'Sergei Lavrov (CHE, person)')).toMatchObject([{ country: 'CHE', wikidata: null }]);
  });
});

describe('words of a list', () => {
  test.each([
    ['status', 'Planned', 'planned'],
    ['certainty', 'probable', 'probable'],
    ['medium', 'in person', 'in-person'],
    ['medium', 'none', null],
    ['type', 'sanction', 'SANCTION'],
    ['issues', 'Cyber, arms control, fisheries', ['arms control', 'cyber', 'fisheries']],
    ['issues', 'none', []],
    ['mode', 'visit', ['visit']],
  ])('%s: %s', (field, words, value) => {
    expect(parse(field, words)).toEqual(value);
  });

  test('modes are those of the type', () => {
    expect(parse('mode', 'expel', expelling!)).toEqual(['expel']);
    expect(() => parse('mode', 'expel')).toThrow(/mode: expected one of visit, /);
  });

  test('others are refused with what there is', () => {
    expect(() => parse('status', 'soon')).toThrow(/status: expected one of happened, .*got "soon"/);
    expect(() => parse('issues', 'fish fingers')).toThrow(/issues: expected one of .*fisheries/);
    expect(() => parse('colour', 'red')).toThrow(/FIELD: expected one of type, mode/);
    try {
      parse('status', 'soon');
    } catch (error) {
      expect((error as ReadoutError).code).toBe('option.value');
    }
  });
});
