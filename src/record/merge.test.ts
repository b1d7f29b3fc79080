import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Story, type StoryClaim, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { tieKeys } from './keys.ts';
import { mergeTellings } from './merge.ts';
import { tellingsOf } from './telling.ts';
import { clash, tie } from './tie.ts';

const told = SUMMIT.flatMap((story) => tellingsOf(storyReading(story)));

/** The triggers of each event's claims, each with its outlet. */
function storiesOf(tellings: typeof told): string[][] {
  return mergeTellings(tellings).map((cluster) =>
    cluster.members.map(({ telling }) => `${telling.outlet}: ${telling.trigger}`).sort(),
  );
}

/** One-claim reports by two outlets, of which `claims` says what each tells. */
function twoReports(...claims: readonly [Partial<StoryClaim>, Partial<StoryClaim>]): typeof told {
  return claims.flatMap((claim, index) => {
    const sentence = `In report ${index} Chad and Mali met in Lagos or Dakar on the 3rd, or in March, about water or trade, 5 or 6 envoys. Ada Odei, Bo Keita, Ali Sow.`;
    const story: Story = {
      outlet: `Outlet ${index}`,
      published: '2022-03-05',
      text: sentence,
      actors: [
        { name: 'Chad', country: 'TCD', kind: 'state' },
        { name: 'Mali', country: 'MLI', kind: 'state' },
        { name: 'Ada Odei', country: 'TCD' },
        { name: 'Bo Keita', country: 'TCD' },
        { name: 'Ali Sow', country: 'MLI' },
      ],
      claims: [
        {
          sentence,
          trigger: 'met',
          event: 'CONSULT',
          actors: ['Chad', 'Mali'],
          ...claim,
        },
      ],
    };
    return tellingsOf(storyReading(story));
  });
}

const events = (...claims: readonly [Partial<StoryClaim>, Partial<StoryClaim>]) =>
  mergeTellings(twoReports(...claims)).length;

describe('what is one event', () => {
  test('a summit announced, held, and looked back upon from another year is one event', () => {
    expect(storiesOf(told)).toContainEqual([
      'Harbour Post: met',
      'Harbour Post: sat together',
      'Northern Wire: discuss',
      'Northern Wire: meet',
      'Office of the President of Finland: met',
      'The Lighthouse: talks',
    ]);
  });

  test('the later call stays apart from the summit, and a hope for another meeting from both', () => {
    expect(storiesOf(told)).toContainEqual(['Harbour Post: spoke']);
    expect(storiesOf(told)).toContainEqual(['Harbour Post: meet']);
  });

  test('an expulsion told with two figures on one day is one event', () => {
    expect(storiesOf(told)).toContainEqual(['Harbour Post: expelled', 'The Lighthouse: sent']);
  });

  test('each claim but the first says what ties it to which claim', () => {
    for (const cluster of mergeTellings(told)) {
      const [first, ...rest] = cluster.members;
      expect(first?.reason.codes).toEqual(['first']);
      for (const member of rest) {
        expect(member.reason.codes).not.toContain('first');
        expect(cluster.members.map(({ telling }) => telling.id)).toContain(member.reason.to);
        expect(member.reason.text).toMatch(/^The same kind of act, and .+\.$/);
      }
    }
  });

  test('a month holds its day', () => {
    const person = { actors: ['Ada Odei', 'Ali Sow'] };
    expect(events({ ...person, when: ['2022-03', 'March'] }, { ...person, when: ['2022-03-03', 'the 3rd'] })).toBe(1);
  });

  test('a sentence that two outlets print word for word is told once', () => {
    const [one, two] = twoReports({}, {});
    const reprint = { ...two!, sentence: one!.sentence };
    expect(mergeTellings([one!, reprint])[0]?.members[1]?.reason.codes).toContain('same-words');
    expect(mergeTellings([one!, { ...reprint, status: 'denied' }])).toHaveLength(2);
  });

  test('a report of the days after tells without a day what another dates', () => {
    const dated = { when: ['2022-03-03', 'the 3rd'] } as const;
    const [one, two] = twoReports(dated, {});
    expect(mergeTellings([one!, two!])[0]?.members[1]?.reason).toMatchObject({
      codes: ['days-after', 'published-together'],
      text: 'The same kind of act, and a report of 5 March 2022 tells it as news of 3 March 2022, the reports are of the same days.',
    });
    const later = { ...two!, published: { from: '2022-03-09', to: '2022-03-09' } };
    expect(mergeTellings([one!, later])).toHaveLength(2);
    const accusation = { event: 'ACCUSE', actors: ['Chad'], recipients: ['Mali'] } as const;
    expect(events({ ...accusation, ...dated }, accusation)).toBe(2);
    const about = { issue: ['water', 'water'] } as const;
    expect(events({ ...accusation, ...dated, ...about }, { ...accusation, ...about })).toBe(1);
  });

  test('an attack told in like words, whatever the victims are called', () => {
    const sentences = [
      'A bomb at the Lagos Star hotel killed two officers and a guard, police said.',
      'Two policemen and a guard were killed by a bomb at the Star hotel in Lagos.',
      'Police say a bomb at a market in Dakar killed two officers.',
    ];
    const victims = ['two officers', 'Two policemen', 'two officers'];
    const told = sentences.flatMap((sentence, index) =>
      tellingsOf(
        storyReading({
          outlet: `Outlet ${index}`,
          published: '2022-03-05',
          text: sentence,
          actors: [{ name: victims[index]!, country: null, kind: 'group' }],
          claims: [{ sentence, trigger: 'killed', event: 'ASSAULT', actors: [], recipients: [victims[index]!] }],
        }),
      ),
    );
    const sizes = mergeTellings(told).map(({ members }) => members.length);
    expect(sizes.sort()).toEqual([1, 2]);
    const next = { ...told[1]!, published: { from: '2022-03-12', to: '2022-03-12' } };
    expect(mergeTellings([told[0]!, next])).toHaveLength(2);
  });

  test('an arrest of a person who is named, in reports of the same days', () => {
    const arrest = { event: 'COERCE', actors: ['Mali'], recipients: ['Ada Odei'] } as const;
    const [one, two] = twoReports(arrest, arrest);
    expect(mergeTellings([one!, two!])[0]?.members[1]?.reason.codes).toContain('same-victim');
    const later = { ...two!, published: { from: '2022-03-12', to: '2022-03-12' } };
    expect(mergeTellings([one!, later])).toHaveLength(2);
  });

  test('talks of a person whose state only one report tells', () => {
    const day = { when: ['2022-03-03', 'the 3rd'] } as const;
    const [one, two] = twoReports(
      { ...day, actors: ['Ada Odei', 'Ali Sow'] },
      { ...day, actors: ['Ada Odei', 'Mali'] },
    );
    const odei = { ...two!.actors[0]!, country: null, party: '~odei' };
    const unplaced = {
      ...two!,
      actors: [odei, two!.actors[1]!],
      parties: { actors: ['MLI', '~odei'], recipients: [] },
    };
    expect(mergeTellings([one!, unplaced])).toHaveLength(1);
    const sow = { ...odei, name: 'Ema Sall', party: '~sall' };
    const other = {
      ...unplaced,
      actors: [sow, two!.actors[1]!],
      parties: { actors: ['MLI', '~sall'], recipients: [] },
    };
    expect(mergeTellings([one!, other])).toHaveLength(2);
  });

  test('an attack in a town, and a report of the month after that looks back on it without a day', () => {
    const attack = { event: 'ASSAULT', recipients: ['Mali'], place: ['Lagos', 'NGA', 'city'] } as const;
    const dated = { ...attack, actors: ['Chad'], when: ['2022-02-10', 'the 3rd'] } as const;
    const [one, two] = twoReports(dated, { ...attack, actors: [] });
    expect(mergeTellings([one!, two!])[0]?.members[1]?.reason.codes).toEqual([
      'same-place',
      'published-together',
      'weeks-after',
    ]);
    const late = { ...two!, published: { from: '2022-04-20', to: '2022-04-20' } };
    expect(mergeTellings([one!, late])).toHaveLength(2);
  });

  test('a phone call and a video call on one day are one call', () => {
    const when = { when: ['2022-03-03', 'the 3rd'] } as const;
    expect(events({ ...when, medium: 'phone' }, { ...when, medium: 'video' })).toBe(1);
  });
});

describe('a claim that names only some of the parties', () => {
  const day = { when: ['2022-03-03', 'the 3rd'] } as const;

  test('joins with a day and a place, and not with a day alone', () => {
    const place = { place: ['Lagos', 'NGA', 'city'] } as const;
    expect(events({ ...day, ...place }, { ...day, ...place, actors: ['Mali'] })).toBe(1);
    expect(events(day, { ...day, actors: ['Mali'] })).toBe(2);
  });

  test('joins the act that its document opens with when it says nothing of its own time', () => {
    const reading = storyReading({
      outlet: 'Outlet',
      published: '2022-03-05',
      text: 'Chad and Mali met on the 3rd. The talks took an hour. Earlier talks in January had failed.',
      actors: [
        { name: 'Chad', country: 'TCD', kind: 'state' },
        { name: 'Mali', country: 'MLI', kind: 'state' },
      ],
      claims: [
        {
          sentence: 'Chad and Mali met on the 3rd.',
          trigger: 'met',
          event: 'CONSULT',
          actors: ['Chad', 'Mali'],
          ...day,
        },
        { sentence: 'The talks took an hour.', trigger: 'talks', event: 'CONSULT', actors: [], duration: 'PT1H' },
        {
          ...{ sentence: 'Earlier talks in January had failed.', trigger: 'talks', event: 'CONSULT', actors: [] },
          when: ['2022-01', 'January'],
        },
      ],
    });
    expect(
      mergeTellings(tellingsOf(reading))
        .map(({ members }) => members.length)
        .sort(),
    ).toEqual([1, 2]);
  });
});

test('a headline that calls a minister by the office, and the sentence below it, are one event', () => {
  const text = 'Chad minister meets Mali envoy\n\nAda Odei met Ali Sow on the 3rd. Later Ada Odei met Bo Keita.';
  const meeting = { event: 'CONSULT' } as const;
  const reading = storyReading({
    outlet: 'Outlet',
    published: '2022-03-05',
    text,
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Ada Odei', country: null },
      { name: 'Ali Sow', country: null },
      { name: 'Bo Keita', country: null },
    ],
    claims: [
      { ...meeting, sentence: 'Chad minister meets Mali envoy', trigger: 'meets', actors: ['Chad'] },
      {
        ...meeting,
        sentence: 'Ada Odei met Ali Sow on the 3rd.',
        trigger: 'met',
        actors: ['Ada Odei', 'Ali Sow'],
        when: ['2022-03-03', 'the 3rd'],
      },
      { ...meeting, sentence: 'Later Ada Odei met Bo Keita.', trigger: 'met', actors: ['Ada Odei', 'Bo Keita'] },
    ],
  });
  const clusters = mergeTellings(tellingsOf(reading));
  expect(clusters.map(({ members }) => members.map(({ telling }) => telling.claim).sort())).toEqual(
    expect.arrayContaining([['c1', 'c2'], ['c3']]),
  );
});

test('a headline without a date and the sentence below it are one event', () => {
  const text = 'Chad and Mali meet\n\nChad and Mali met on the 3rd. They met before on February 1.';
  const meeting = { event: 'CONSULT', actors: ['Chad', 'Mali'] } as const;
  const reading = storyReading({
    outlet: 'Outlet',
    published: '2022-03-05',
    text,
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Mali', country: 'MLI', kind: 'state' },
    ],
    claims: [
      { ...meeting, sentence: 'Chad and Mali meet', trigger: 'meet' },
      { ...meeting, sentence: 'Chad and Mali met on the 3rd.', trigger: 'met', when: ['2022-03-03', 'the 3rd'] },
      { ...meeting, sentence: 'They met before on February 1.', trigger: 'met', when: ['2022-02-01', 'February 1'] },
    ],
  });
  const clusters = mergeTellings(tellingsOf(reading));
  expect(clusters.map(({ members }) => members.map(({ telling }) => telling.claim).sort())).toEqual(
    expect.arrayContaining([['c1', 'c2'], ['c3']]),
  );
});

describe('one claim that was read wrongly', () => {
  test('keeps nobody out of the event: a place or medium that differs is a disagreement', () => {
    const day = { when: ['2022-03-03', 'the 3rd'], actors: ['Ada Odei', 'Ali Sow'] } as const;
    const [first, wrong] = twoReports({ ...day, place: ['Lagos', 'NGA', 'city'] }, { ...day, medium: 'phone' });
    const [, third] = twoReports({}, { ...day, medium: 'in-person', place: ['Lagos', 'NGA', 'city'] });
    const late = { ...third!, id: 'late', document: 'late' };
    expect(mergeTellings([first!, wrong!, late])).toHaveLength(1);
    expect(mergeTellings([wrong!, late])).toHaveLength(2);
  });
});

describe('two sides and a month', () => {
  const month = { when: ['2022-03', 'March'] } as const;
  test('are enough for the one time that is known of, and for none of two', () => {
    expect(events({ when: ['2022-03-03', 'the 3rd'] }, month)).toBe(1);
    const [vague] = twoReports(month, {});
    const [first, second] = twoReports({ when: ['2022-03-01', 'the 3rd'] }, { when: ['2022-03-03', 'the 3rd'] });
    expect(
      mergeTellings([first!, second!, { ...vague!, id: 'vague', document: 'third', sentence: 'They met.' }]),
    ).toHaveLength(3);
  });
});

describe('what stays apart', () => {
  const day = { when: ['2022-03-03', 'the 3rd'] } as const;

  test('the same parties and kind of act alone tie nothing', () => {
    expect(events({}, {})).toBe(2);
  });

  test('incompatible days, whatever else agrees', () => {
    const rest = { place: ['Lagos', 'NGA', 'city'], issue: ['water', 'water'] } as const;
    expect(events({ ...rest, when: ['2022-03-03', 'the 3rd'] }, { ...rest, when: ['2022-03-04', 'the 3rd'] })).toBe(2);
  });

  test('a call and a meeting on one day', () => {
    expect(events({ ...day, medium: 'phone' }, { ...day, medium: 'in-person' })).toBe(2);
  });

  test('talks of two ministers and talks of two others on one day', () => {
    expect(events({ ...day, actors: ['Ada Odei', 'Mali'] }, { ...day, actors: ['Bo Keita', 'Mali'] })).toBe(2);
  });

  test('a plan told after the day of what has happened', () => {
    const place = { place: ['Lagos', 'NGA', 'city'] } as const;
    expect(events({ ...place, status: 'planned' }, { ...place, when: ['2022-03-03', 'the 3rd'] })).toBe(2);
  });

  test('two attacks on one day without a place or figure in common', () => {
    const attack = { event: 'ASSAULT', actors: ['Chad'], recipients: ['Mali'], ...day } as const;
    expect(events(attack, attack)).toBe(2);
    expect(events({ ...attack, figure: [5, 'dead', '5'] }, { ...attack, figure: [5, 'dead', '5'] })).toBe(1);
  });

  test('a vague claim that fits two events equally joins neither', () => {
    const [june] = twoReports({ place: ['Lagos', 'NGA', 'city'] }, {});
    const [first, second] = twoReports(
      { place: ['Lagos', 'NGA', 'city'], when: ['2022-03-02', 'the 3rd'] },
      { place: ['Lagos', 'NGA', 'city'], when: ['2022-03-03', 'the 3rd'] },
    );
    const third = { ...june!, id: 'vague', document: 'third', sentence: 'They met in Lagos.' };
    expect(mergeTellings([first!, second!, third])).toHaveLength(3);
    expect(mergeTellings([second!, third])).toHaveLength(1);
  });
});

const claimArbitrary = fc.record(
  {
    actors: fc.constantFrom(['Chad', 'Mali'], ['Ada Odei', 'Ali Sow'], ['Bo Keita', 'Mali']),
    when: fc.constantFrom(
      ['2022-03-03', 'the 3rd'] as const,
      ['2022-03-04', 'the 3rd'] as const,
      ['2022-03', 'March'] as const,
      ['XXXX-03', 'March'] as const,
    ),
    medium: fc.constantFrom('phone', 'video', 'in-person'),
    place: fc.constantFrom(['Lagos', 'NGA', 'city'] as const, ['Dakar', 'SEN', 'city'] as const),
    issue: fc.constantFrom(['water', 'water'] as const, ['trade', 'trade'] as const),
    status: fc.constantFrom('happened', 'planned', 'denied', 'hoped'),
  },
  { requiredKeys: ['actors'] },
);

const tellingsArbitrary = fc
  .array(fc.tuple(claimArbitrary, claimArbitrary), { minLength: 1, maxLength: 6 })
  .map((pairs) =>
    pairs.flatMap(([one, two], index) =>
      twoReports(one as Partial<StoryClaim>, two as Partial<StoryClaim>).map((telling) => ({
        ...telling,
        id: `${telling.id}-${index}`,
        document: `${telling.document}-${index % 3}`,
      })),
    ),
  );

const PEOPLE = [
  { name: 'Ada Odei', kind: 'person', party: 'TCD' },
  { name: 'Odei', kind: 'person', party: '~odei' },
  { name: 'Ali Sow', kind: 'person', party: '~sow' },
  { name: 'Chad', kind: 'state', party: 'TCD' },
  { name: 'Mali', kind: 'state', party: 'MLI' },
  { name: 'two officers', kind: 'group', party: '~two officers' },
  { name: 'the Front', kind: 'group', party: '~front' },
].map(
  (actor) => ({ country: null, office: null, wikidata: null, ...actor }) as (typeof told)[number]['actors'][number],
);

const daysArbitrary = fc.constantFrom(
  ['2022-03-03', '2022-03-03'],
  ['2022-03-04', '2022-03-05'],
  ['2022-03-01', '2022-03-07'],
  ['2022-02-01', '2022-02-28'],
  ['2022-03-01', '2022-03-31'],
  ['2021-01-01', '2021-12-31'],
  ['2022-03-05', '9999-12-31'],
);

/** Claims of every kind, closer to each other than a record has them. */
const variedArbitrary = fc
  .record({
    type: fc.constantFrom('CONSULT', 'ASSAULT', 'ACCUSE', 'SANCTION'),
    actors: fc.subarray(PEOPLE, { minLength: 1, maxLength: 2 }),
    recipients: fc.subarray(PEOPLE, { maxLength: 1 }),
    days: fc.option(daysArbitrary),
    published: fc.option(daysArbitrary),
    status: fc.constantFrom('happened', 'planned', 'hoped'),
    place: fc.option(
      fc.constantFrom(
        { name: 'Lagos', geonames: 1, country: 'NGA' },
        { name: 'Eko', geonames: 1, country: 'NGA' },
        { name: 'Lagos', geonames: null, country: null },
        { name: 'Dakar', geonames: 2, country: 'SEN' },
      ),
    ),
    issues: fc.subarray(['trade', 'water'], { maxLength: 1 }),
    figure: fc.option(fc.constantFrom(5, 6)),
    sentence: fc.constantFrom(
      'Odei, Sow and two officers met a Chad envoy at the Star hotel in Lagos.',
      'At the Star hotel in Lagos two officers met Sow and a Chad envoy of Odei.',
      'They met.',
    ),
  })
  .map(({ type, actors, recipients, days, published, status, place, issues, figure, sentence }) => {
    const partiesOf = (some: typeof actors) => [...new Set(some.map((actor) => actor.party))].sort();
    const all = type === 'CONSULT' ? [...actors, ...recipients] : actors;
    return {
      ...twoReports({}, {})[0]!,
      ...{ type, actors, recipients, issues, sentence, status: status as 'happened' },
      parties: { actors: partiesOf(all), recipients: type === 'CONSULT' ? [] : partiesOf(recipients) },
      when: {
        earliest: days?.[0] ?? null,
        latest: days?.[1] ?? null,
        precision: days ? 'day' : 'unknown',
        value: null,
      },
      published: published === null ? null : { from: published[0]!, to: published[1]! },
      where: place === null ? null : { ...place, lat: null, lon: null, precision: 'city' },
      figures: figure === null ? [] : [{ value: figure, bound: 'exact', unit: 'dead' }],
    } as (typeof told)[number];
  });

describe('always', () => {
  test('the order of claims changes nothing', () => {
    fc.assert(
      fc.property(
        tellingsArbitrary.chain((tellings) =>
          fc.tuple(fc.constant(tellings), fc.shuffledSubarray(tellings, { minLength: tellings.length })),
        ),
        ([tellings, shuffled]) => {
          expect(mergeTellings(shuffled)).toEqual(mergeTellings(tellings));
        },
      ),
    );
  });

  test('two claims that can be tied find each other by their keys, both ways, and are tied both ways', () => {
    fc.assert(
      fc.property(tellingsArbitrary, (tellings) => {
        for (const one of tellings) {
          for (const two of tellings) {
            if (one === two || tie(one, two) === undefined) continue;
            expect(tie(two, one)).toBeDefined();
            const { asked } = tieKeys(one);
            expect(tieKeys(two).stored.some((key) => asked.includes(key))).toBe(true);
          }
        }
      }),
    );
  });

  test('so do claims of every kind', () => {
    let ties = 0;
    fc.assert(
      fc.property(variedArbitrary, variedArbitrary, fc.boolean(), (one, other, isOneDocument) => {
        const document = isOneDocument ? one.document : 'other';
        const { type } = one;
        const isJoint = type === 'CONSULT';
        const actors = [...new Set([...other.parties.actors, ...(isJoint ? other.parties.recipients : [])])].sort();
        const recipients = isJoint ? [] : other.parties.recipients;
        const two = { ...other, id: 'other', type, document, parties: { actors, recipients } };
        expect(clash(two, one)).toBe(clash(one, two));
        const [there, back] = [tie(one, two), tie(two, one)];
        const scores = (ties: typeof there) => ties?.map(({ code, weight }) => [code, weight]);
        expect(scores(back)).toEqual(scores(there));
        if (there === undefined) return;
        ties += 1;
        const [ours, theirs] = [tieKeys(one), tieKeys(two)];
        expect(theirs.stored.some((key) => ours.asked.includes(key))).toBe(true);
        expect(ours.stored.some((key) => theirs.asked.includes(key))).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(ties).toBeGreaterThan(40);
  });

  test('every claim is in exactly one event, and no event holds two that cannot be of one', () => {
    fc.assert(
      fc.property(tellingsArbitrary, (tellings) => {
        const clusters = mergeTellings(tellings);
        const ids = clusters.flatMap((cluster) => cluster.members.map(({ telling }) => telling.id));
        expect(ids.toSorted()).toEqual(tellings.map((telling) => telling.id).sort());
        for (const { members } of clusters) {
          for (const one of members) {
            for (const two of members) {
              if (one !== two) expect(clash(one.telling, two.telling)).not.toBe('hard');
            }
          }
        }
      }),
    );
  });
});
