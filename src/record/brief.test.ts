import { afterAll, describe, expect, test } from 'vitest';
import { recordKinds } from '../../test/records.ts';
import { type Story, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { type Brief, type BriefLine, briefOf } from './brief.ts';
import { gatherBriefing } from './briefing.ts';
import { Store } from './store.ts';

const opened: Store[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
});

async function recordOf(place: string, stories: readonly Story[]): Promise<Store> {
  const store = await Store.open(place, { create: true });
  opened.push(store);
  for (const reading of stories.map(storyReading)) {
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  return store;
}

async function brief(store: Store, on?: string): Promise<Brief> {
  return briefOf(await gatherBriefing(store, ['FIN', 'NOR'], on));
}

const linesOf = ({ sections }: Brief, title: string): readonly BriefLine[] =>
  sections.find((section) => section.title === title)?.lines ?? [];
const textsOf = (one: Brief, title: string) => linesOf(one, title).map(({ text }) => text);

const FINLAND = { name: 'Finland', country: 'FIN', kind: 'state' } as const;
const NORWAY = { name: 'Norway', country: 'NOR', kind: 'state' } as const;
const VIK = { name: 'Una Vik', country: 'NOR' } as const;

/** Threats, plans and words, told one after another. */
const QUARREL: readonly Story[] = [
  {
    outlet: 'Harbour Post',
    published: '2022-03-01',
    title: 'Words over the nets',
    text: 'Norway threatened tariffs on Finland unless the nets are lifted. Finland and Norway will meet in Geneva on April 4.',
    actors: [FINLAND, NORWAY],
    claims: [
      {
        sentence: 'Norway threatened tariffs on Finland unless the nets are lifted.',
        trigger: 'threatened',
        event: 'THREATEN',
        mode: ['restrict'],
        actors: ['Norway'],
        recipients: ['Finland'],
        status: 'threatened',
        condition: 'unless the nets are lifted',
      },
      {
        sentence: 'Finland and Norway will meet in Geneva on April 4.',
        trigger: 'meet',
        event: 'CONSULT',
        actors: ['Finland', 'Norway'],
        status: 'planned',
        when: ['2022-04-04', 'April 4'],
        place: ['Geneva', 'CHE', 'city'],
      },
    ],
  },
  {
    outlet: 'The Lighthouse',
    published: '2022-03-20',
    title: 'Demands',
    text: 'Finland demanded that Norway open its ports to herring. Una Vik said that Norway rejects the demand of Finland on herring.',
    actors: [FINLAND, NORWAY, VIK],
    claims: [
      {
        sentence: 'Finland demanded that Norway open its ports to herring.',
        trigger: 'demanded',
        event: 'REQUEST',
        actors: ['Finland'],
        recipients: ['Norway'],
        issue: ['fisheries', 'herring'],
      },
      {
        sentence: 'Una Vik said that Norway rejects the demand of Finland on herring.',
        trigger: 'rejects',
        event: 'REJECT',
        actors: ['Norway'],
        recipients: ['Finland'],
        issue: ['fisheries', 'herring'],
        saidBy: 'Una Vik',
      },
    ],
  },
  {
    outlet: 'Harbour Post',
    published: '2022-04-12',
    title: 'Duties',
    text: 'Norway imposed tariffs on Finland on April 11.',
    actors: [FINLAND, NORWAY],
    claims: [
      {
        sentence: 'Norway imposed tariffs on Finland on April 11.',
        trigger: 'imposed',
        event: 'SANCTION',
        actors: ['Norway'],
        recipients: ['Finland'],
        when: ['2022-04-11', 'April 11'],
      },
    ],
  },
];

const OTHERS = ['AUT', 'BEL', 'CZE', 'DNK', 'ESP', 'EST'].map((country) => ({
  ...{ name: `State of ${country}`, country, kind: 'state' as const },
}));

/** What is no position of Norway towards Finland, though Norway is told to be in it. */
const NOT_OURS: readonly Story[] = [
  {
    outlet: 'Office of Finland',
    kind: 'official',
    published: '2022-05-02',
    title: 'A statement',
    text: `We reject Norway's policy on herring. Finland and Norway support the herring council. ${OTHERS.map(({ name }) => name).join(', ')} and Norway criticised Finland over seals.`,
    actors: [FINLAND, NORWAY, ...OTHERS],
    claims: [
      {
        sentence: "We reject Norway's policy on herring.",
        trigger: 'reject',
        event: 'REJECT',
        actors: ['Norway'],
        recipients: ['Finland'],
        issue: ['fisheries', 'herring'],
      },
      {
        sentence: 'Finland and Norway support the herring council.',
        trigger: 'support',
        event: 'SUPPORT',
        actors: ['Finland', 'Norway'],
        issue: ['fisheries', 'herring'],
      },
      {
        sentence: `${OTHERS.map(({ name }) => name).join(', ')} and Norway criticised Finland over seals.`,
        trigger: 'criticised',
        event: 'ACCUSE',
        mode: ['disapprove'],
        actors: [...OTHERS.map(({ name }) => name), 'Norway'],
        recipients: ['Finland'],
        issue: ['seals', 'seals'],
      },
    ],
  },
];

/** A month after the quarrel began: of what was threatened, and of something else. */
const calledOff = (what: string): Story => ({
  outlet: 'The Lighthouse',
  published: '2022-04-02',
  title: 'A step back',
  text: `Norway called off ${what} on Finland.`,
  actors: [FINLAND, NORWAY],
  claims: [
    {
      sentence: `Norway called off ${what} on Finland.`,
      trigger: what.split(' ').at(-1)!,
      event: 'SANCTION',
      actors: ['Norway'],
      recipients: ['Finland'],
      status: 'cancelled',
    },
  ],
});

describe.each(await recordKinds('src/record/brief.test.ts'))('a brief from a record on $kind', ({ there, fresh }) => {
  describe.skipIf(!there)('of the summit', () => {
    test('begins with what the newest reports changed, and ends with where reports disagree', async () => {
      const one = await brief(await recordOf(await fresh(), SUMMIT));
      expect(one.on).toBe('2021-12-08');
      expect(one.names).toEqual(['Finland', 'Norway']);
      // The summit is told again that day, and nothing of it is new.
      expect(one.changed[0]!.text).toBe('Aino Aalto (FIN), Nils Berg (NOR): call; new, reported 8 December 2021');
      expect(one.changed.map(({ text }) => text).join()).not.toContain('Geneva (CHE), 2 hours / 3 hours; new');
      expect(one.sections.map(({ title }) => title)).toEqual([
        'Threats standing',
        'Promises and plans not yet seen done',
        'Past contacts',
        'Deeds',
        'Disagreements between reports',
      ]);
      expect(one.sections.find(({ title }) => title === 'Past contacts')!.note).toBe('Talks told: 2 in 2021.');
      expect(textsOf(one, 'Disagreements between reports').join()).toContain(
        'duration: 2 hours (Harbour Post) or 3 hours (The Lighthouse)',
      );
      expect(textsOf(one, 'Threats standing')).toEqual([
        'Aino Aalto (FIN) → Norway: threat of measures about trade; condition: “unless the nets are lifted”',
      ]);
    });

    test('has lines that begin as sentences do', async () => {
      const envoys = { name: 'envoys of Finland', country: 'FIN', kind: 'group' } as const;
      const sentence = 'The envoys of Finland met Una Vik.';
      const told: Story = {
        ...{ outlet: 'Harbour Post', published: '2022-01-04', title: 'Envoys', text: sentence },
        actors: [envoys, VIK],
        claims: [{ sentence, trigger: 'met', event: 'CONSULT', actors: [envoys.name], recipients: ['Una Vik'] }],
      };
      expect(textsOf(await brief(await recordOf(await fresh(), [told])), 'Past contacts')).toEqual([
        'Envoys of Finland (FIN) → Una Vik (NOR): talks',
      ]);
    });

    test('has sources on each line, numbered in the order in which they are named', async () => {
      const one = await brief(await recordOf(await fresh(), SUMMIT));
      const lines = [...one.changed, ...one.sections.flatMap((section) => section.lines)];
      const numbers = lines.flatMap(({ sources }) => sources.map(({ number }) => number));
      expect([...new Set(numbers)]).toEqual(one.sources.map(({ number }) => number));
      expect(one.sources.map(({ number }) => number)).toEqual(one.sources.map((_, i) => i + 1));
      for (const { sources } of lines) {
        expect(sources.length).toBeGreaterThan(0);
        for (const { number, document, sentence } of sources) {
          expect(one.sources[number - 1]!.document).toBe(document);
          expect(sentence).not.toBe('');
        }
      }
    });

    test('has no event in two sections but for what is disputed of it, and no sentence in two lines', async () => {
      const one = await brief(await recordOf(await fresh(), SUMMIT));
      const sections = one.sections.filter(({ title }) => !title.startsWith('Disagreements'));
      const events = sections.flatMap(({ lines }) => lines.map(({ event }) => event));
      expect(new Set(events).size).toBe(events.length);
    });
  });

  describe.skipIf(!there)('as of a day', () => {
    test.each(['2021-06-09', '2021-06-10', '2021-06-16', '2021-06-17', '2021-12-07', '2021-12-08'])(
      '%s is what a record of the reports up to that day gives',
      async (day) => {
        const upTo = SUMMIT.filter(({ published }) => published !== null && published <= day);
        const whole = await brief(await recordOf(await fresh(), SUMMIT), day);
        const then = await brief(await recordOf(await fresh(), upTo), day);
        const { names: _, ...known } = whole;
        const { names: __, ...expected } = then;
        expect(known).toEqual(expected);
      },
    );

    test('tells a plan as a plan, whatever came of it', async () => {
      const one = await brief(await recordOf(await fresh(), SUMMIT), '2021-06-10');
      expect(textsOf(one, 'Promises and plans not yet seen done')[0]).toMatch(/Geneva.*; planned$/);
      expect(one.sections.map(({ title }) => title)).toEqual(['Promises and plans not yet seen done']);
      expect(JSON.stringify(one)).not.toMatch(/hour|envoys|disagree|phone/);
    });
  });

  describe.skipIf(!there)('of a quarrel', () => {
    test('says what a threat hangs on, and what was done since', async () => {
      const store = await recordOf(await fresh(), QUARREL);
      expect(textsOf(await brief(store), 'Threats standing')).toEqual([
        'Norway → Finland: threat of measures; condition: “unless the nets are lifted”; since then sanctions, 11 April 2022',
      ]);
      expect(textsOf(await brief(store, '2022-03-25'), 'Threats standing')[0]).not.toContain('since then');
    });

    test('says of a threat that it was taken back, and of none when something else was', async () => {
      const threat = async (what: string) => {
        const store = await recordOf(await fresh(), [...QUARREL, calledOff(what)]);
        return textsOf(await brief(store), 'Threats standing')[0];
      };
      expect(await threat('the threatened tariffs')).toMatch(/; taken back, told 2 April 2022$/);
      expect(await threat('a fine')).not.toContain('taken back');
    });

    test('says of a plan whether its day has passed', async () => {
      const store = await recordOf(await fresh(), QUARREL);
      const title = 'Promises and plans not yet seen done';
      expect(textsOf(await brief(store, '2022-03-25'), title)[0]).toMatch(/planned$/);
      expect(textsOf(await brief(store), title)[0]).toMatch(
        /overdue: was for 4 April 2022, no report says that it was done$/,
      );
    });

    test('has the latest words of each side on an issue, and who said them', async () => {
      const lines = linesOf(await brief(await recordOf(await fresh(), QUARREL)), 'Positions by issue');
      expect(lines.map(({ text }) => text)).toEqual([
        'Fisheries: Finland, demand',
        'Fisheries: Norway, as Una Vik tells, refusal',
      ]);
      expect(lines[1]!.sources[0]).toMatchObject({
        outlet: 'The Lighthouse',
        saidBy: ['Una Vik'],
        sentence: 'Una Vik said that Norway rejects the demand of Finland on herring.',
      });
    });
  });
});

test('a side holds what it says itself, not what the other says of it or both say together; it is named first of many', async () => {
  const [one] = await recordKinds('src/record/brief.test.ts positions');
  const told = await brief(await recordOf(await one!.fresh(), NOT_OURS));
  expect(textsOf(told, 'Positions by issue')).toEqual(['Seals: Norway, criticism']);
  const words = told.changed.map(({ text }) => text).find((text) => text.includes('seals'));
  expect(words).toMatch(/^Norway, State of AUT, .*, 1 more → Finland: criticism about seals; new/);
});

test('both kinds of records give the same brief', async () => {
  const [one, two] = await recordKinds('src/record/brief.test.ts both');
  if (two?.there !== true) return;
  const stories = [...SUMMIT, ...QUARREL];
  const [file, server] = [await recordOf(await one!.fresh(), stories), await recordOf(await two.fresh(), stories)];
  for (const day of [undefined, '2021-06-17', '2022-03-20'])
    expect(await brief(file, day)).toEqual(await brief(server, day));
});
