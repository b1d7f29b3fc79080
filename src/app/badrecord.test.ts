import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLI, runChild } from '../../test/child.ts';
import { recordKinds } from '../../test/records.ts';
import { runReadout } from '../../test/shell.ts';
import { type Story, storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { ReadoutError } from '../error.ts';
import { checkRecord } from '../record/check.ts';
import type { EventFilter } from '../record/find.ts';
import { Store } from '../record/store.ts';

/*
 * What people and reports may bring: reports that are made to hurt whoever shows them, questions that are made to hurt the
 * database, and two who add to one file. Each is answered, or refused in one clear line.
 */
const folder = mkdtempSync(join(tmpdir(), 'readout-badrecord-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HAN = Array.from({ length: 10_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('');
/** Names of 10,000 letters: of a kind that packs well, of one that does not, of letters that are two, of half ones. */
const NAMES: readonly string[] = ['A'.repeat(10_000), HAN, `x${'🐟'.repeat(5000)}`, `y${'\ud800'.repeat(9999)}`];
const TITLES: readonly string[] = [
  'Bell \u0007, colours \u001b[31m, title \u001b]0;owned\u0007',
  'Turned \u202egnorw\u202c and \u2066isolated\u2069',
  'Nil \u0000, lines \r\n\u2028\u0085, half \udfff',
  '<script>alert(1)</script> & "quotes" \'; DROP TABLE documents; --',
];
/** Outlets whose names a spreadsheet would run. */
const OUTLETS: readonly string[] = ['=cmd|"/c calc"!A0', '+1+1', '-2+3', '@SUM(1)', '\t=1', '\r=1'];

const STORIES: readonly Story[] = [
  ...SUMMIT,
  ...[...NAMES, ...OUTLETS].map((word, i): Story => {
    const name = word.length > 100 ? word : `Envoy${i}`;
    // A month apart, so that each is an event of its own.
    const [words, day] = [`3/${i + 1}/2022`, `2022-${String(i + 1).padStart(2, '0')}-03`];
    const sentence = `${name} met Norway on ${words}.`;
    return {
      ...{ outlet: word.length > 100 ? `Outlet ${i}` : word, published: day, title: TITLES[i % 4]! },
      text: `${TITLES[i % 4]!.replaceAll('\0', '')}\n\n${sentence}`,
      actors: [
        { name, country: null, kind: i % 2 === 0 ? 'body' : 'person' },
        { name: 'Norway', country: 'NOR', kind: 'state' },
      ],
      claims: [
        {
          ...{ sentence, trigger: 'met', event: 'CONSULT', actors: [name, 'Norway'], when: [day, words] },
          ...{ issue: ['=HYPERLINK("http://evil.example")', words] as const },
        },
      ],
    };
  }),
];

/** Questions made to hurt: of SQL, of full-text queries of SQLite and PostgreSQL, of letters that are none, and long ones. */
const HURTFUL: readonly string[] = [
  "'; DROP TABLE documents; --",
  "' OR '1'='1",
  '" OR 1=1 --',
  '%',
  '_',
  '\\',
  'a\0b',
  '\ud800',
  '$1',
  '?',
  '?1',
  ':a',
  'INTS(?)',
  'NEAR(a b, 2)',
  'words: x',
  '"unclosed',
  '""',
  'a* OR b* NOT c',
  '{words} : x',
  '^x',
  'a + b',
  "'a' & !b | (c <-> d):*A",
  '(((((',
  '-',
  '--',
  '*',
  '\u202e\u0007',
  '🐟',
  'Ω≈ç√',
  'x'.repeat(100_000),
  'word '.repeat(3000),
  Array.from({ length: 2000 }, (_, i) => `w${i}`).join(' '),
  NAMES[1]!,
];
/** What no process can be given as an argument. */
const SPEAKABLE = HURTFUL.filter((text) => !text.includes('\0'));

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe.each(await recordKinds('src/app/badrecord.test.ts'))('on $kind', ({ kind, there, fresh }) => {
  let place: string;
  let store: Store;

  beforeAll(async () => {
    if (!there) return;
    place = await fresh();
    store = await Store.open(place, { create: true });
    const readings = STORIES.map(storyReading);
    const kept = { reader: 'test', added: '2022-01-01T00:00:00Z' };
    await store.addAll(readings.map((reading) => ({ ...kept, reading, received: reading.document })));
  });

  afterAll(async () => store?.close());

  test.skipIf(!there)(
    'reports made to hurt are kept as they came, found by their names, and make a whole record',
    async () => {
      expect(await checkRecord(store, { deep: true })).toEqual([]);
      for (const reading of STORIES.map(storyReading))
        expect(await store.reading(reading.document.id)).toEqual(reading);
      for (const name of NAMES) {
        const events = await store.events({ parties: [(await store.party(name))!, 'NOR'] });
        expect(events.map(({ type }) => type)).toEqual(['CONSULT']);
      }
    },
  );

  test.skipIf(!there)('every verb shows them without a control character, and CSV without a formula', async () => {
    for (const args of [['timeline'], ['timeline', '--md'], ['timeline', '--csv'], ['timeline', '--html'], ['new']]) {
      const { code, out, err } = await runReadout([...args, '--db', place]);
      expect({ args, code, err }).toEqual({ args, code: 0, err: expect.not.stringContaining(' at ') });
      // In CSV and HTML a tab or a return is a blank.
      expect(args.some((arg) => /csv|html/.test(arg)) ? out.replaceAll(/[\t\r]/g, '') : out).not.toMatch(CONTROLS);
      if (args.includes('--html')) expect(out).not.toContain('<script>');
    }
    for (const { id } of await store.documents()) {
      const { code, out } = await runReadout(['show', id, '--db', place]);
      expect(code).toBe(0);
      expect(out).not.toMatch(CONTROLS);
    }
    for (const args of [
      ['timeline', '--csv'],
      ['export', '--format', 'csv'],
      ['export', '--format', 'csv', '--between', 'NOR'],
    ]) {
      const { code, out } = await runReadout([...args, '--db', place]);
      expect(code).toBe(0);
      expect(cellsOf(out).filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
      expect(out).toContain(`'=`);
    }
  });

  test.skipIf(!there)('every filter takes every question, and none of them finds what it does not name', async () => {
    const all = (await store.events()).length;
    const fields = [
      'person',
      'type',
      'issue',
      'status',
      'country',
      'outlet',
      'outletKind',
      'document',
      'disputed',
    ] as const;
    for (const text of HURTFUL) {
      for (const field of fields) expect(await store.events({ [field]: text } as EventFilter)).toEqual([]);
      expect(await store.events({ parties: [text] })).toEqual([]);
      expect(await store.events({ parties: [text, "'; --"] })).toEqual([]);
      for (const ask of ['event', 'claim', 'reading'] as const) expect(await store[ask](text)).toBeUndefined();
      expect(await store.claims(text)).toEqual([]);
      expect(await store.versions(text)).toEqual([text]);
      expect(await store.count(text)).toBe(0);
      for (const search of [() => store.events({ words: text }), () => store.searchDocuments(text, { limit: 5 })]) {
        try {
          expect((await search()).length).toBeLessThan(all);
        } catch (error) {
          if (!(error instanceof ReadoutError && error.code === 'option.value')) throw error;
        }
      }
    }
    expect((await store.events()).length).toBe(all);
  });

  // What differs between the two is below the verbs: the test before this one.
  test.skipIf(kind === 'PostgreSQL')('every verb takes every question', async () => {
    for (const text of SPEAKABLE) {
      for (const args of [
        ['timeline', `--between=${text}`],
        ['timeline', `--issue=${text}`],
        ['timeline', `--type=${text}`],
        ['timeline', `--from=${text}`],
        ['brief', 'NOR', `+${text}`],
        ['show', `x${text}`],
        ['compare', `x${text}`],
      ]) {
        const { code, out, err } = await runReadout([...args, '--db', place]);
        expect([0, 1, 2]).toContain(code);
        expect(out).not.toContain('DROP TABLE');
        expect(err).not.toMatch(/SQL|syntax|relation|tsquery|fts5|\n {4}at /);
      }
    }
    expect(await checkRecord(store)).toEqual([]);
  });
});

describe('two who add to one file', () => {
  test('at once, from its beginning, each add theirs, and what both have once', async () => {
    const place = join(folder, 'two.sqlite');
    const inputs = ['one', 'two'].map((name, part) => {
      const lines = Array.from({ length: 16 }, (_, i) => {
        const index = part * 8 + i;
        const text = `OSLO — Norway and Sweden held talks in Oslo on ${index + 1} March. Norway accused Sweden of delay ${index}.`;
        return JSON.stringify({ text, outlet: 'Wire', published: '2024-03-28' });
      });
      const path = join(folder, `${name}.jsonl`);
      writeFileSync(path, lines.join('\n'));
      return path;
    });
    const ended = await Promise.all(inputs.map((input) => runChild([CLI, 'add', input, '--db', place])));
    for (const { code } of ended) expect(code).toBe(0);
    const told = ended.flatMap(({ out }) => [...out.matchAll(/^(added|known) (\w+)/gm)]);
    expect(told).toHaveLength(32);
    expect(told.filter(([, state]) => state === 'added')).toHaveLength(24);
    const store = await Store.open(place);
    expect(await store.countDocuments()).toBe(24);
    expect(await checkRecord(store, { deep: true })).toEqual([]);
    await store.close();
  });
});

/** The cells of CSV as RFC 4180 has it. */
function cellsOf(csv: string): readonly string[] {
  return [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}
