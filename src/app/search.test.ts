import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordKinds, recordOfStories } from '../../test/records.ts';
import { runReadout } from '../../test/shell.ts';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { passageOf } from '../record/search.ts';
import { parseWords } from '../record/terms.ts';

interface Found {
  readonly events: readonly { readonly id: string; readonly type: string }[];
  readonly documents: readonly { readonly id: string; readonly title: string | null; readonly passage: string }[];
}

const kinds = await Promise.all(
  (await recordKinds('src/app/search.test.ts')).map(async (one) => ({
    ...one,
    place: one.there ? await recordOfStories(await one.fresh()) : '',
  })),
);

async function search(place: string, ...args: readonly string[]): Promise<Found> {
  const { code, out, err } = await runReadout(['search', ...args, '--json', '--db', place]);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
}

const typesOf = ({ events }: Found) => events.map(({ type }) => type);
const titlesOf = ({ documents }: Found) => documents.map(({ title }) => title);

describe.each(kinds)('search of a record on $kind', ({ there, place }) => {
  describe.skipIf(!there)('finds', () => {
    test('events by the words of their claims, then documents by their texts, the latest first', async () => {
      const found = await search(place, 'Geneva', 'talks');
      expect(typesOf(found)).toEqual(['CONSULT']);
      expect(titlesOf(found)).toEqual(['Three hours, few smiles']);
      expect(titlesOf(await search(place, 'geneva', '--documents'))).toEqual([
        'A call in the dark season',
        ...['Three hours, few smiles', 'Two hours by the lake'].toSorted((a, b) => (idOf(a) > idOf(b) ? -1 : 1)),
        'Leaders to meet over the fishing grounds',
        null,
      ]);
    });

    test('words in a row, beginnings, and texts without a word', async () => {
      expect(titlesOf(await search(place, '"three hours of talks"'))).toEqual(['Three hours, few smiles']);
      expect((await search(place, '"of three talks hours"')).documents).toEqual([]);
      expect(typesOf(await search(place, 'expel*'))).toEqual(['SANCTION']);
      expect(titlesOf(await search(place, 'diplomats*', '--documents'))).toEqual(
        titlesOf(await search(place, 'diplomats', '--documents')),
      );
      expect(titlesOf(await search(place, 'envoys -Wednesday', '--documents'))).toEqual([]);
      expect(titlesOf(await search(place, 'diplomats -Wednesday', '--documents'))).toHaveLength(1);
    });

    test('events alone where something of events is asked for', async () => {
      const found = await search(place, 'Norway', '--type', 'SANCTION', '--disputed');
      expect(typesOf(found)).toEqual(['SANCTION']);
      expect(found.documents).toEqual([]);
    });

    test('documents by date, outlet and whether they are official', async () => {
      const of = async (...args: readonly string[]) => titlesOf(await search(place, 'geneva', '--documents', ...args));
      expect(await of('--from', '2021-12-01')).toEqual(['A call in the dark season']);
      expect(await of('--to', '2021-06-10')).toEqual(['Leaders to meet over the fishing grounds']);
      expect(await of('--outlet', 'NORTHERN wire')).toEqual(['Leaders to meet over the fishing grounds']);
      expect(await of('--official')).toEqual([null]);
      expect(await of('--official', 'no')).toHaveLength(4);
    });

    test('structure without words', async () => {
      const found = await search(place, '--between', 'FIN', 'NOR', '--disputed');
      expect(typesOf(found).toSorted()).toEqual(['CONSULT', 'SANCTION']);
    });

    test('so many at most, and says that there may be more', async () => {
      expect((await search(place, 'geneva', '--documents', '--limit', '2')).documents).toHaveLength(2);
      const { err } = await runReadout(['search', 'geneva', '--limit', '2', '--db', place]);
      expect(err).toContain('--limit 10');
    });

    test.each([
      "' OR 1=1 --",
      '"; DROP TABLE documents; --',
      'a NEAR/2 b',
      'words:x',
      '{a b}:c',
      '^a',
      '* *',
      '"*',
      '(a OR',
      "x' | !y & z:*",
    ])('no syntax in %s', async (hostile) => {
      const { code, err } = await runReadout(['search', '--db', place, '--', hostile]);
      expect([0, 2]).toContain(code);
      expect(err).not.toMatch(/syntax|fts5|tsquery|\n\s+at /i);
    });
  });
});

test('both kinds of records find the same in the same order', async () => {
  const [one, two] = kinds;
  if (two?.there !== true) return;
  const word = fc.constantFrom(
    'Geneva',
    'met',
    '"in geneva"',
    'sanction*',
    '-phone',
    'two',
    'hours',
    'norw*',
    'fisheries*',
    'leader*',
    '‘talks’',
    'é',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 3 }), async (words) => {
      const of = (place: string) => runReadout(['search', '--json', '--db', place, '--', ...words]);
      expect(await of(one!.place)).toEqual(await of(two.place));
    }),
    { numRuns: 30 },
  );
});

describe('what is found is shown', () => {
  const { place } = kinds[0]!;
  const shown = (args: readonly string[], color = false) => runReadout(['search', ...args, '--db', place], { color });

  test('with the words that were looked for marked in a terminal, in Markdown and in HTML', async () => {
    const { out } = await shown(['threat*', 'tariffs'], true);
    expect(out).toContain('\u001b[1;4mthreatened\u001b[22;24m new \u001b[1;4mtariffs\u001b[22;24m');
    expect((await shown(['threat*', 'tariffs'])).out).not.toContain('\u001b');
    expect((await shown(['tariffs', '--md'])).out).toContain('new **tariffs** on Norway');
    expect((await shown(['tariffs', '--html'])).out).toContain('new <mark>tariffs</mark> on Norway');
  });

  test('or that nothing is', async () => {
    expect(await shown(['zanzibar'])).toMatchObject({ code: 0, out: '', err: 'Nothing is found.\n' });
  });

  test('and a question that asks nothing, or two things at odds, is refused', async () => {
    expect(await shown([])).toMatchObject({ code: 2, out: '' });
    expect(await shown(['--documents'])).toMatchObject({ code: 2 });
    const { code, err } = await shown(['geneva', '--documents', '--needs-review']);
    expect(code).toBe(2);
    expect(err).toContain('--needs-review');
  });
});

describe('a passage', () => {
  const text = `The council met. ${'Nothing was said of it. '.repeat(30)}Then the harbour was closed to ships of the north. ${'More followed. '.repeat(30)}`;

  test('is where most of the words stand', () => {
    expect(passageOf(text, parseWords('ships harbour'))).toMatch(
      /^Then the harbour was closed to ships of the north\. /,
    );
    expect(passageOf(text, parseWords('"closed to ships"'))).toContain('closed to ships');
    expect(passageOf(text, parseWords('council'))).toMatch(/^The council met\./);
  });

  test('holds whole words of one line, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000, unit: 'grapheme' }), (any) => {
        const passage = passageOf(any, parseWords('harbour'));
        expect(passage).not.toMatch(/[\n\t]/);
        expect(passage.length).toBeLessThan(300);
      }),
    );
  });
});

function idOf(title: string): string {
  return storyReading(SUMMIT.find((story) => story.title === title)!).document.id;
}
