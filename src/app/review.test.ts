import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runReadout } from '../../test/shell.ts';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { checkRecord } from '../record/check.ts';
import type { Event } from '../record/event.ts';
import { Store } from '../record/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-review-'));
afterAll(() => rmSync(folder, { recursive: true }));

const readings = SUMMIT.map(storyReading);
let db = '';
let records = 0;
let minutes = 0;

async function recordOf(some = readings): Promise<string> {
  const path = join(folder, `${++records}.sqlite`);
  const store = await Store.open(path, { create: true });
  for (const reading of some) await addTo(store, reading);
  await store.close();
  return path;
}

function addTo(store: Store, reading: (typeof readings)[number]): Promise<boolean> {
  return store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
}

beforeEach(async () => {
  db = await recordOf();
});

/** Each command is given a minute after the one before. */
const run = (args: readonly string[], given: Parameters<typeof runReadout>[1] = {}) =>
  runReadout([...args, '--db', db], {
    env: { READOUT_REVIEWER: 'Ada' },
    now: () => new Date(Date.UTC(2032, 1, 1, 0, minutes++)),
    ...given,
  });
const review = (...args: readonly string[]) => run(['review', ...args]);

async function events(...filter: readonly string[]): Promise<readonly Event[]> {
  return JSON.parse((await run(['timeline', ...filter, '--json'])).out) as readonly Event[];
}

/** The summit in Geneva, told by five claims. */
async function summit(): Promise<Event> {
  return (await events('--from', '2021-06-15', '--to', '2021-06-17'))[0]!;
}

async function expulsion(): Promise<Event> {
  return (await events('--type', 'SANCTION'))[0]!;
}

function decisionIn(out: string): string {
  return /^([0-9a-f]{12})\b/.exec(out)![1]!;
}

describe('the list of what to review', () => {
  test('has what reports disagree on first, with words, fields, confidence and ids', async () => {
    const { out, code } = await review('list');
    expect(code).toBe(0);
    const rows = JSON.parse((await review('list', '--json')).out) as {
      claim: { id: string };
      event: string;
      disputed: string[];
    }[];
    expect(rows[0]!.disputed.length).toBeGreaterThan(0);
    expect(rows.findIndex(({ disputed }) => disputed.length === 0)).toBeGreaterThan(0);
    expect(rows.slice(4).every(({ disputed }) => disputed.length === 0)).toBe(true);
    for (const { claim } of rows.slice(0, 3)) expect(out).toContain(claim.id.slice(0, 8));
    expect(out).toMatch(/confidence 0\.90 · reports disagree on/);
    expect(out).toContain('“Norway expelled ten Finnish envoys on Monday.”');
  });

  test('loses what is decided, and is narrowed down as the timeline is', async () => {
    const all = JSON.parse((await review('list', '--json')).out) as { claim: { id: string } }[];
    await review('accept', all[0]!.claim.id);
    const left = JSON.parse((await review('list', '--json')).out) as typeof all;
    expect(left.map(({ claim }) => claim.id)).toEqual(all.slice(1).map(({ claim }) => claim.id));
    const sanctions = JSON.parse((await review('list', '--type', 'SANCTION', '--json')).out) as typeof all;
    expect(sanctions).toHaveLength((await expulsion()).claims.filter((claim) => claim.review === null).length);
    expect(JSON.parse((await review('list', '--limit', '2', '--json')).out)).toHaveLength(2);
  });
});

describe('deciding', () => {
  test('to accept marks the event, and show says who and when', async () => {
    const { claims } = await expulsion();
    const { out } = await review('accept', claims[0]!.id.slice(0, 8), '--why', 'seen the note');
    expect(out).toMatch(/^[0-9a-f]{12} 1 claim: accepted\n$/);
    expect((await expulsion()).reviewed).toBe(true);
    const shown = await run(['show', (await expulsion()).id]);
    expect(shown.out.replace(/\s+/g, ' ')).toContain(
      `accepted by Ada on 1 February 2032 (decision ${decisionIn(out)}): seen the note`,
    );
  });

  test('to reject takes the claim out of its event; its document and its own id still show it', async () => {
    const before = await expulsion();
    const { id, document } = before.claims[1]!;
    await review('reject', id, '--by', 'Bo');
    expect((await expulsion()).claims.map((claim) => claim.id)).not.toContain(id);
    for (const shown of [document, id]) {
      for (const form of [[], ['--md'], ['--html']]) {
        const { out } = await run(['show', shown, ...form]);
        expect(out, form.join()).toContain('Rejected');
        expect(out.replace(/\s+/g, ' ')).toContain('rejected by Bo on 1 February 2032');
      }
    }
  });

  test('to correct puts a person’s value beside the machine’s, everywhere', async () => {
    const { id } = (await expulsion()).claims[0]!;
    expect((await review('correct', id, 'when', '2021-07')).code).toBe(0);
    expect((await review('correct', id, 'actors', 'Aino Aalto (FIN, person)')).code).toBe(0);
    expect(await events('--from', '2021-07-01', '--to', '2021-07-31')).toHaveLength(1);
    const { out } = await run(['show', id]);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'when corrected to July 2021, the machine told 14 June 2021, by Ada on 1 February 2032',
    );
    expect(out.replace(/\s+/g, ' ')).toContain('actors corrected to Aino Aalto (FIN), the machine told Norway, by Ada');
  });

  test('of an event’s id means the claim of that id, and says so; --event means all', async () => {
    const event = await summit();
    const one = await review('accept', event.id);
    expect(one.out).toContain('1 claim');
    expect(one.err).toContain(`event ${event.id.slice(0, 8)} has ${event.claims.length} claims; --event takes all`);
    expect((await review('correct', event.id, 'status', 'cancelled', '--event')).out).toContain(
      `${event.claims.length} claims`,
    );
    expect((await summit()).status.told.map(({ value }) => value)).toEqual(['cancelled']);
  });

  test('to merge makes one event of several, and says why; to split takes claims out of it again', async () => {
    const [one, two] = [await summit(), await expulsion()];
    const merged = await review('merge', one.id, two.id, '--why', 'one quarrel');
    expect(merged.code).toBe(0);
    const whole = await summit();
    expect(whole.claims).toHaveLength(one.claims.length + two.claims.length);
    expect((await run(['show', whole.id])).out.replace(/\s+/g, ' ')).toContain(
      'put together with others by Ada on 1 February 2032',
    );
    await review('split', whole.id, ...two.claims.map(({ id }) => id));
    expect((await summit()).claims).toHaveLength(one.claims.length);
    expect((await expulsion()).claims).toHaveLength(two.claims.length);
  });

  test('prints the decision as JSON where asked', async () => {
    const { id } = (await expulsion()).claims[0]!;
    const { out } = await review('reject', id, '--json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'reject', by: 'Ada', why: null, claims: [{ type: 'SANCTION' }] });
  });

  test('takes the login name where no other is given, and refuses to decide for nobody', async () => {
    const { id } = (await expulsion()).claims[0]!;
    const named = await run(['review', 'accept', id, '--json'], { env: { USER: 'bo' } });
    expect(JSON.parse(named.out)).toMatchObject({ by: 'bo' });
    expect(await run(['review', 'accept', id], { env: {} })).toMatchObject({
      code: 2,
      err: expect.stringContaining('READOUT_REVIEWER'),
    });
  });
});

describe('undoing', () => {
  test('takes a decision back, and an undoing too; all of it stays in the list', async () => {
    const event = await expulsion();
    const decision = decisionIn((await review('reject', event.claims[0]!.id)).out);
    const undoing = decisionIn((await review('undo', decision.slice(0, 6))).out);
    expect((await expulsion()).claims).toEqual(event.claims);
    const twice = await review('undo', decision);
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining(`readout review undo ${undoing}`) });
    const again = decisionIn((await review('undo', undoing)).out);
    expect((await expulsion()).claims).toHaveLength(event.claims.length - 1);
    const { out } = await review('list', '--decided');
    expect(out.match(/^ {2}[0-9a-f]{12} /gm)).toHaveLength(3);
    expect(out.replace(/\s+/g, ' ')).toContain(`[undone by ${again}]`);
    const rows = JSON.parse((await review('list', '--decided', '--json')).out) as { stands: boolean }[];
    expect(rows.map(({ stands }) => stands)).toEqual([true, false, true]);
  });
});

describe('decisions', () => {
  test('go to another record as JSON lines, and hold for documents that come later', async () => {
    const [one, two] = [await summit(), await expulsion()];
    await review('merge', one.id, two.id);
    await review('correct', one.claims[0]!.id, 'status', 'failed');
    const reject = decisionIn((await review('reject', one.claims[1]!.id)).out);
    await review('undo', reject);
    const file = join(folder, 'decisions.jsonl');
    writeFileSync(file, (await review('export')).out);
    const expected = await events();

    db = await recordOf(readings.slice(0, 2));
    expect(await review('import', file)).toMatchObject({ code: 0, err: '4 decisions taken, 0 held already.\n' });
    expect((await review('import', file)).err).toBe('0 decisions taken, 4 held already.\n');
    const waiting = JSON.parse((await review('list', '--decided', '--json')).out) as { claims: { found: number } }[];
    expect(waiting.some(({ claims }) => claims.found > 0)).toBe(true);
    const store = await Store.open(db);
    for (const reading of readings.slice(2)) await addTo(store, reading);
    expect(await checkRecord(store, { deep: true })).toEqual([]);
    await store.close();
    expect(await events()).toEqual(expected);
    expect(await review('export')).toMatchObject({ out: expect.stringMatching(/^(.+\n){4}$/) });

    db = join(folder, 'empty.sqlite');
    await (await Store.open(db, { create: true })).close();
    await review('import', file);
    expect((await review('list', '--decided')).out.replace(/\s+/g, ' ')).toContain('it stands on nothing');
    const late = await Store.open(db);
    for (const reading of readings.toReversed()) await addTo(late, reading);
    await late.close();
    expect(await events()).toEqual(expected);
  });

  test('that are none are refused by their line, and nothing is taken', async () => {
    await review('accept', (await expulsion()).claims[0]!.id);
    const { out } = await review('export');
    const file = join(folder, 'broken.jsonl');
    for (const [line, message] of [
      ['{"kind":"accept"', 'broken.jsonl:2: expected a decision as JSON'],
      ['{"kind":"dance"}', 'broken.jsonl:2: expected a decision'],
      [
        '{"kind":"undo","by":"Bo","at":"2032-02-01","why":null,"undoes":"ffffffffffff"}',
        ':2: expected decision ffffffff',
      ],
      [out.replace('"accept"', '"correct","field":"colour","value":1').trim(), 'expected one of type'],
    ] as const) {
      writeFileSync(file, `${out}${line}\n`);
      const refused = await review('import', file);
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(message) });
    }
    expect(await review('import', join(folder, 'none.jsonl'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('none.jsonl'),
    });
  });
});

describe('misuse ends with one clear line', () => {
  test.each([
    ['a verb that is none', ['dance'], 2, 'list'],
    ['no id', ['accept'], 2, 'expects the ids of claims'],
    ['an unknown claim', ['accept', 'ffffffff'], 1, '"ffffffff"'],
    ['an unknown event', ['merge', 'ffffffff', 'eeeeeeee'], 1, '"ffffffff"'],
    ['one event alone', ['merge', 'ffffffff'], 2, 'two events or more'],
    ['an unknown decision', ['undo', 'ffffffff'], 1, 'review list --decided'],
    ['a decision too short', ['undo', 'f'], 2, 'four characters'],
    ['a field without a value', ['correct', 'ffffffff', 'when'], 2, 'CLAIM FIELD VALUE'],
    ['both lists', ['list', '--open', '--decided'], 2, '--decided'],
    ['ids for a list', ['list', 'ffffffff'], 2, 'no ids'],
    ['a file that is missing', ['import'], 2, 'one file'],
  ] as const)('%s', async (_, args, code, message) => {
    const ran = await review(...args);
    expect(ran).toMatchObject({ code, out: '', err: expect.stringContaining(message) });
    expect(ran.err.trim().split('\n').length).toBeLessThan(3);
  });

  test('splitting all of an event, or what is not in it, or merging it with itself', async () => {
    const [one, two] = [await summit(), await expulsion()];
    const ids = two.claims.map(({ id }) => id);
    expect(await review('split', two.id, ...ids)).toMatchObject({
      code: 2,
      err: expect.stringContaining('leave some'),
    });
    expect(await review('split', one.id, ids[0]!)).toMatchObject({
      code: 2,
      err: expect.stringContaining('not in it'),
    });
    expect(await review('merge', two.id, ids[0]!)).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing is left'),
    });
  });
});
