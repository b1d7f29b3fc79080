import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import { storyReading } from '../../test/story.ts';
import { Store } from '../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-times-'));
const db = join(folder, 'record.sqlite');

/** What Chile and Peru did, and at what time of day a report tells it. */
const TOLD = [
  ['called', 'CONSULT', '2021-06-16T15:30', 'at 15:30 on June 16'],
  ['thanked', 'SUPPORT', '2021-06-17T12:00-04', 'at noon in Santiago on June 17'],
  ['warned', 'THREATEN', '2021-06-18TMO', 'on the morning of June 18'],
  ['visited', 'CONSULT', '2021-06-19', 'on June 19'],
] as const;

beforeAll(async () => {
  const store = await Store.open(db, { create: true });
  for (const [trigger, event, value, words] of TOLD) {
    const text = `Chile ${trigger} Peru ${words}.`;
    const story = storyReading({
      ...{ outlet: 'Harbour Post', published: '2021-06-21', text },
      actors: [
        { name: 'Chile', country: 'CHL', kind: 'state' },
        { name: 'Peru', country: 'PER', kind: 'state' },
      ],
      claims: [
        {
          ...{ sentence: text, trigger, event, when: [value.slice(0, 10), words] },
          ...(event === 'CONSULT' ? { actors: ['Chile', 'Peru'] } : { actors: ['Chile'], recipients: ['Peru'] }),
        },
      ],
    });
    const reading = { ...story, times: story.times.map((time) => ({ ...time, type: 'time' as const, value })) };
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  await store.close();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

const printed = async (...args: string[]) => {
  const { code, out, err } = await runReadout([...args, '--db', db]);
  expect(code, err).toBe(0);
  return out;
};

const MOMENTS = ['16 June 2021, 15:30', '17 June 2021, 12:00 UTC-04', '18 June 2021, morning', '19 June 2021'];

test('a brief tells the time of day that reports tell, as text, Markdown and a Word document', async () => {
  const text = await printed('brief', 'CHL', 'PER');
  const md = await printed('brief', 'CHL', 'PER', '--md');
  const file = join(folder, 'brief.docx');
  await printed('brief', 'CHL', 'PER', '--docx', file);
  const docx = strFromU8(unzipSync(readFileSync(file))['word/document.xml']!);
  for (const moment of [MOMENTS[0]!, MOMENTS[2]!]) {
    expect(text).toContain(moment);
    expect(md).toContain(moment);
    expect(docx).toContain(moment);
  }
});

test('a timeline tells it in each of its forms, with the year above it', async () => {
  const text = await printed('timeline');
  expect(text.match(/^ {2}1\d June.*?(?= {2}|$|(?= Chile))/gm)?.map((line) => line.trim())).toEqual(
    MOMENTS.map((moment) => moment.replace(' 2021', '')),
  );
  const rows: readonly Record<string, string>[] = parse(await printed('timeline', '--csv'), { columns: true });
  expect(rows.map(({ time }) => time)).toEqual(['15:30', '12:00 UTC-04', 'morning', '']);
  expect(await printed('timeline', '--md')).toContain('| 12:00 UTC-04 |');
});

test('exports have it where the format has a place for it', async () => {
  const lines = async (format: string) =>
    (await printed('export', '--format', format))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const rows: readonly Record<string, string>[] = parse(await printed('export', '--format', 'csv'), { columns: true });
  expect(rows.map(({ time }) => time)).toEqual(['15:30', '12:00 UTC-04', 'morning', '']);
  expect((await lines('plover')).map(({ time }) => time)).toEqual(['15:30', '12:00-04', null, null]);
  expect((await lines('plover')).map(({ comment }) => comment)[2]).toContain('time of day: morning');
  const notes = (await lines('ftm')).flatMap(({ schema, properties }) =>
    schema === 'Event' ? [properties.notes] : [],
  );
  expect(notes).toEqual([['Time of day: 15:30'], ['Time of day: 12:00 UTC-04'], ['Time of day: morning'], undefined]);
  expect(await printed('export', '--format', 'graphml')).toMatch(/<data key="\w+">12:00 UTC-04<\/data>/);
});
