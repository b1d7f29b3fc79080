import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openWorld, worldTables } from './world.ts';

const table = (name: string) => readFileSync(new URL(`../../data/${name}.tsv`, import.meta.url), 'utf8');
const world = openWorld(worldTables(table));
const names = (words: string) => world.lookUp(words).map(({ entity }) => entity.name);
const match = (text: string, start: number) => {
  const found = world.longestMatch(text.split(' '), start);
  return found && { length: found.length, name: found.candidates[0]?.entity.name, use: found.candidates[0]?.use };
};
const code = (words: string, on: string | null = '2021-12-07') => {
  const { country, sectors, name, office } = world.codePhrase(words.split(' '), on);
  return { country, sectors, name, office };
};

describe('names', () => {
  test('states are found by name, acronym, adjective, demonym and capital', () => {
    expect(world.lookUp('the U.S.')[0]?.entity.country).toBe('USA');
    expect(world.lookUp('Britons')[0]).toMatchObject({ use: 'demonym', entity: { country: 'GBR' } });
    expect(world.lookUp('Burmese')[0]).toMatchObject({ use: 'adjective', entity: { country: 'MMR' } });
    expect(world.lookUp('Beijing')[0]).toMatchObject({ use: 'capital', entity: { country: 'CHN' } });
  });

  test('a small word is no acronym', () => {
    expect(world.lookUp('us')).toEqual([]);
    expect(world.longestMatch(['told', 'us', 'who'], 1)).toBeUndefined();
    expect(world.longestMatch(['Who', 'said', 'it'], 0)).toBeUndefined();
  });

  test('the longest name wins', () => {
    expect(match('the United Nations Security Council met', 1)).toEqual({
      length: 4,
      name: 'United Nations Security Council',
      use: 'name',
    });
    expect(match('South Korea said', 0)).toEqual({ length: 2, name: 'South Korea', use: 'name' });
  });

  test('people are found across spellings, orders and hyphens', () => {
    expect(names('Sergey Lavrov')).toEqual(names('Sergei Lavrov'));
    expect(match('Ban Ki - moon spoke', 0)).toMatchObject({ length: 4, name: 'Ban Ki-moon' });
    expect(match('Ursula von der Leyen spoke', 0)).toMatchObject({ length: 4 });
    expect(names('Recep Tayyip Erdoğan')).toEqual(['Recep Tayyip Erdogan']);
    expect(names('Antony Blinken')).toEqual(['Antony Blinken']);
  });

  test('the initials choose between father and son', () => {
    expect(names('George W. Bush')).toEqual(['George W. Bush']);
    expect(names('George H. W. Bush')).toEqual(['George H. W. Bush']);
  });

  test('a surname after a given name that is not theirs is weak', () => {
    expect(world.longestMatch(['yesterday', 'Robert', 'Putin', 'sang'], 2)?.candidates[0]?.weak).toBe(true);
    expect(world.longestMatch(['yesterday', 'Putin', 'sang'], 1)?.candidates[0]?.weak).toBe(false);
    expect(world.lookUp('May')[0]?.weak).toBe(true);
  });

  test('an ambiguous name gives all its readings, the state first', () => {
    expect(names('Congo')).toEqual(['Democratic Republic of the Congo', 'Republic of the Congo']);
    expect(world.lookUp('Jordan')[0]?.entity.kind).toBe('state');
  });

  test('any tokens are read without an error, and a match lies within them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('The', 'Al', '-', 'U.S.', "'s", 'Xi', 'Kim', 'of')), {
          minLength: 1,
        }),
        fc.nat(),
        (forms, at) => {
          const start = at % forms.length;
          const found = world.longestMatch(forms, start);
          expect(start + (found?.length ?? 0)).toBeLessThanOrEqual(forms.length);
          world.codePhrase(forms, null);
        },
      ),
    );
  });
});

describe('offices', () => {
  test('the holder is the one of that day', () => {
    const holder = (
      country: string,
      kind: 'head-of-state' | 'foreign-minister' | 'defence-minister' | 'head-of-government',
      on: string,
    ) => world.holder(country, kind, on)?.name;
    expect(holder('RUS', 'foreign-minister', '2021-12-07')).toBe('Sergey Lavrov');
    expect(holder('USA', 'foreign-minister', '2021-12-07')).toBe('Antony Blinken');
    expect(holder('USA', 'foreign-minister', '2025-06-01')).toBe('Marco Rubio');
    expect(holder('USA', 'head-of-state', '2019-01-01')).toBe('Donald Trump');
    expect(holder('CHE', 'head-of-state', '2021-06-16')).toBe('Guy Parmelin');
    expect(holder('DEU', 'head-of-government', '2021-12-07')).toBe('Angela Merkel');
  });

  test('an ambassador is in office for the years of the post', () => {
    const [antonov] = world.lookUp('Anatoly Antonov');
    expect(antonov && world.tenureOn(antonov.entity, '2021-04-01')).toMatchObject({ kind: 'ambassador', at: 'USA' });
    const [sullivan] = world.lookUp('John Sullivan');
    expect(sullivan && world.tenureOn(sullivan.entity, '2021-04-01')).toMatchObject({ kind: 'ambassador', at: 'RUS' });
  });
});

describe('phrases', () => {
  test('an adjective and a noun give country and sector', () => {
    expect(code('Russian forces')).toMatchObject({ country: 'RUS', sectors: ['MIL'] });
    expect(code('a US destroyer')).toMatchObject({ country: 'USA', sectors: ['MIL'] });
    expect(code('Senior Hungarian officials')).toMatchObject({ country: 'HUN', sectors: ['GOV'] });
  });

  test('an office is filled for the day', () => {
    expect(code("Norway's foreign minister", '2026-01-01').country).toBe('NOR');
    expect(code("Germany's defence minister", '2022-06-01')).toMatchObject({
      name: 'Christine Lambrecht',
      sectors: ['GOV', 'MIL'],
    });
    expect(code('the deputy foreign minister of Russia').name).toBe('the deputy foreign minister of Russia');
  });

  test('who has left office is of the elite', () => {
    expect(code('former French President Nicolas Sarkozy')).toEqual({
      country: 'FRA',
      sectors: ['ELI'],
      name: 'Nicolas Sarkozy',
      office: null,
    });
    expect(code('Angela Merkel', '2023-01-01').sectors).toEqual(['ELI']);
    expect(code('Angela Merkel', '2019-01-01')).toMatchObject({ sectors: ['GOV'], office: 'Chancellor' });
  });

  test('a state is no government, its capital and its seat of government are', () => {
    expect(code('Mongolia')).toMatchObject({ country: 'MNG', sectors: [] });
    expect(code('Moscow')).toMatchObject({ country: 'RUS', sectors: ['GOV'] });
    expect(code('the Kremlin')).toMatchObject({ country: 'RUS', sectors: ['GOV'], name: 'Kremlin' });
  });

  test('a body that is one country’s by habit is another’s where that is said', () => {
    expect(code('the Supreme Court').sectors).toEqual(['JUD']);
    expect(code("Peru's Defense Department")).toMatchObject({ country: 'PER', sectors: ['GOV', 'MIL'] });
  });

  test('an unknown name keeps its words, its title says the sector', () => {
    expect(code('Kenyan General Otto Harambe')).toMatchObject({
      country: 'KEN',
      sectors: ['MIL'],
      name: 'Otto Harambe',
    });
    expect(code('Otto Harambe')).toEqual({ country: null, sectors: [], name: 'Otto Harambe', office: null });
  });
});

describe('places', () => {
  test('the most populous comes first, unless another country is nearer', () => {
    expect(world.place('Paris')[0]).toMatchObject({ country: 'FRA', precision: 'city' });
    expect(
      world
        .place('Birmingham')
        .map(({ country }) => country)
        .slice(0, 2),
    ).toEqual(['GBR', 'USA']);
    expect(world.place('Birmingham', { country: 'USA' })[0]?.country).toBe('USA');
    expect(world.place('Geneva')[0]).toMatchObject({ geonames: 2660646, country: 'CHE' });
  });

  test('a state is a place without a point', () => {
    expect(world.place('Poland')[0]).toMatchObject({ country: 'POL', precision: 'country', lat: null });
  });
});

test('every table says where it comes from and under what licence', () => {
  for (const name of ['countries', 'people', 'bodies', 'groups', 'roles', 'places']) {
    expect(table(name)).toMatch(/^# .+\n# source: .+ licence: .+\n# columns: /);
  }
});
