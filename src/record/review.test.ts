import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordKinds } from '../../test/records.ts';
import { type Story, type StoryActor, type StoryClaim, storyReading } from '../../test/story.ts';
import type { Claim, Reading } from '../events/reading.ts';
import { type Anchor, anchorOf, findAnchored } from './anchor.ts';
import { checkRecord } from './check.ts';
import { mergeTellings } from './merge.ts';
import { type Decision, decisionId, decisionSchema, type KeptDecision, reviewTellings } from './review.ts';
import { Store } from './store.ts';
import { type Telling, tellingsOf } from './telling.ts';

const ACTORS: readonly StoryActor[] = [
  { name: 'Chad', country: 'TCD', kind: 'state' },
  { name: 'Mali', country: 'MLI', kind: 'state' },
  { name: 'Togo', country: 'TGO', kind: 'state' },
];

type Told = Partial<Omit<StoryClaim, 'sentence'>>;

/** A report with a sentence a claim, told apart from other reports by its name; talks unless told otherwise. */
function report(name: string, ...claims: readonly Told[]): Reading {
  return reportOn('2022-03-04', name, ...claims);
}

function reportOn(published: string | null, name: string, ...claims: readonly Told[]): Reading {
  const sentences = claims.map(
    (_, at) =>
      `Line ${at} of ${name}: Chad, Mali and Togo met, called and agreed in Lagos or Dakar on the 3rd, in March, on water, trade, 5 or 6.`,
  );
  const story: Story = {
    ...{ outlet: `Outlet ${name}`, published, text: sentences.join(' '), actors: ACTORS },
    claims: claims.map((claim, at) => ({
      ...{ sentence: sentences[at]!, trigger: 'met', event: 'CONSULT', actors: ['Chad', 'Mali'] },
      ...claim,
    })),
  };
  return storyReading(story);
}

const MEETING: Told = { medium: 'in-person', when: ['2022-03-03', 'the 3rd'], place: ['Lagos', 'NGA', 'city'] };
const CALL: Told = { medium: 'phone', when: ['2022-03-03', 'the 3rd'], issue: ['trade', 'trade'] };

function anchor(reading: Reading, index = 0): Anchor {
  const tellings = tellingsOf(reading);
  return anchorOf(tellings[index]!, tellings);
}

const SIGNED = { by: 'Ada', at: '2022-05-01T10:00:00.000Z', why: null };

/** Decisions as a record keeps them, each a second after the one before. */
function kept(...decisions: readonly Decision[]): readonly KeptDecision[] {
  return decisions.map((decision) => ({ ...decision, id: decisionId(decision) }));
}

function review(readings: readonly Reading[], decisions: readonly KeptDecision[]): readonly Telling[] {
  return readings.flatMap((reading) =>
    reviewTellings(tellingsOf(reading), decisions).flatMap(({ telling, shown }) => (shown ? [telling] : [])),
  );
}

/** The events by the names of their reports: `a b | c`. */
function eventsOf(readings: Readonly<Record<string, Reading>>, ...decisions: readonly Decision[]): string {
  const names = new Map(Object.entries(readings).map(([name, { document }]) => [document.id, name]));
  return mergeTellings(review(Object.values(readings), kept(...decisions)))
    .map(({ members }) =>
      members
        .map(({ telling }) => names.get(telling.document)!)
        .sort()
        .join(' '),
    )
    .sort()
    .join(' | ');
}

function merge(...claims: readonly Anchor[]): Decision {
  return { kind: 'merge', ...SIGNED, claims };
}

function split(claims: readonly Anchor[], rest: readonly Anchor[]): Decision {
  return { kind: 'split', ...SIGNED, claims, rest };
}

function correct(claim: Anchor, field: string, value: unknown): Decision {
  return { kind: 'correct', ...SIGNED, claims: [claim], field, value };
}

function undo(decision: Decision, at = '2022-05-02T10:00:00.000Z'): Decision {
  return { kind: 'undo', ...SIGNED, at, undoes: decisionId(decision) };
}

describe('a verdict', () => {
  const reading = report('a', MEETING, CALL);

  test('of accepting stands beside the claim, one of rejecting takes it out of all events', () => {
    const decisions = kept(
      { kind: 'accept', ...SIGNED, claims: [anchor(reading)] },
      { kind: 'reject', ...SIGNED, claims: [anchor(reading, 1)] },
    );
    const [first, second] = reviewTellings(tellingsOf(reading), decisions);
    expect(first).toMatchObject({ shown: true, telling: { review: { verdict: 'accepted' } } });
    expect(second).toMatchObject({ shown: false, telling: { review: { verdict: 'rejected' } } });
  });

  test('is the last one given, and falls when it is undone, and stands again when the undoing is', () => {
    const claims = [anchor(reading)];
    const reject: Decision = { kind: 'reject', ...SIGNED, claims };
    const accept: Decision = { kind: 'accept', ...SIGNED, claims };
    const back = undo(reject);
    const shown = (...decisions: readonly Decision[]) =>
      reviewTellings(tellingsOf(reading), kept(...decisions))[0]!.shown;
    expect(shown(reject)).toBe(false);
    expect(shown(reject, accept)).toBe(true);
    expect(shown(accept, reject)).toBe(false);
    expect(shown(accept, reject, back)).toBe(true);
    expect(shown(reject, back, undo(back))).toBe(false);
    expect(shown(reject, back, undo(back), undo(undo(back), '2022-05-03T10:00:00.000Z'))).toBe(true);
  });

  test('on the claim that opens a story lets the next one open it', () => {
    const two = report('b', MEETING, MEETING);
    expect(tellingsOf(two).map(({ lead }) => lead)).toEqual(['main', null]);
    const [left] = review([two], kept({ kind: 'reject', ...SIGNED, claims: [anchor(two)] }));
    expect(left?.lead).toBe('main');
  });

  test('leaves documents that it is not about as they were', () => {
    const other = report('c', MEETING);
    const decisions = kept({ kind: 'reject', ...SIGNED, claims: [anchor(reading)] });
    expect(review([other], decisions)).toEqual(tellingsOf(other));
  });
});

describe('a correction', () => {
  const reading = report('a', { ...MEETING, status: 'planned' });
  const of = (...decisions: readonly Decision[]) => reviewTellings(tellingsOf(reading), kept(...decisions))[0]!.telling;

  test('made twice keeps the machine’s value and the last decision', () => {
    const last = correct(anchor(reading), 'status', 'cancelled');
    const telling = of(correct(anchor(reading), 'status', 'happened'), last);
    expect(telling.status).toBe('cancelled');
    expect(telling.review?.corrected).toEqual([{ field: 'status', machine: 'planned', decision: decisionId(last) }]);
  });

  test('undone leaves the one before it', () => {
    const [one, two] = [
      correct(anchor(reading), 'status', 'happened'),
      correct(anchor(reading), 'status', 'cancelled'),
    ];
    expect(of(one, two, undo(two)).status).toBe('happened');
    expect(of(one, undo(one)).status).toBe('planned');
  });

  test('of the type recodes quad class, scale and CAMEO, and drops modes that the type has not', () => {
    const telling = of(correct(anchor(reading), 'mode', ['visit']), correct(anchor(reading), 'type', 'SANCTION'));
    expect(telling).toMatchObject({ type: 'SANCTION', mode: [], quad: 4, scale: -6, cameo: '16' });
  });

  test('of the mode gives its scale', () => {
    expect(of(correct(anchor(reading), 'mode', ['visit']))).toMatchObject({ mode: ['visit'], scale: 4, quad: 1 });
  });

  test('to a joint act makes recipients actors, and the type put right again gives them back', () => {
    const accusing = report('d', { event: 'ACCUSE', actors: ['Chad'], recipients: ['Mali'] });
    const to = (...types: readonly string[]) =>
      reviewTellings(tellingsOf(accusing), kept(...types.map((type) => correct(anchor(accusing), 'type', type))))[0]!
        .telling;
    expect(to('CONSULT').actors.map(({ name }) => name)).toEqual(['Chad', 'Mali']);
    expect(to('CONSULT')).toMatchObject({ recipients: [], parties: { actors: ['MLI', 'TCD'], recipients: [] } });
    expect(to('CONSULT', 'REJECT').recipients.map(({ name }) => name)).toEqual(['Mali']);
  });

  test('of the actors gives the parties, in whatever order it comes with that of the type', () => {
    const togo = { name: 'Togo', kind: 'state', country: 'TGO', office: null, sector: [], wikidata: null };
    const both = [correct(anchor(reading), 'recipients', [togo]), correct(anchor(reading), 'type', 'AID')] as const;
    expect(of(...both)).toMatchObject({ parties: { actors: ['MLI', 'TCD'], recipients: ['TGO'] } });
    const [one, two] = [of(...both), of(both[1], both[0])];
    expect({ ...one, review: null }).toEqual({ ...two, review: null });
  });

  test('of the date to nothing leaves the claim undated', () => {
    expect(of(correct(anchor(reading), 'when', null)).when).toMatchObject({ earliest: null, precision: 'unknown' });
  });

  test('of the issues gives their contexts', () => {
    expect(of(correct(anchor(reading), 'issues', ['cyber']))).toMatchObject({ issues: ['cyber'], context: ['cyber'] });
  });

  test('of a field that is none, or to a value that is none, is no decision', () => {
    for (const [field, value] of [
      ['id', 'x'],
      ['status', 'soonish'],
      ['when', { earliest: '2022-03-05', latest: '2022-03-03', precision: 'day', value: null }],
      ['duration', 'two hours'],
    ] as const) {
      expect(decisionSchema.safeParse(correct(anchor(reading), field, value)).success, field).toBe(false);
    }
  });
});

describe('putting together', () => {
  const a = report('a', MEETING);
  const b = report('b', CALL);
  const [A, B] = [anchor(a), anchor(b)];

  test('makes one event of what has nothing in common, and says why', () => {
    expect(eventsOf({ a, b })).toBe('a | b');
    expect(eventsOf({ a, b }, merge(A, B))).toBe('a b');
    const [event] = mergeTellings(review([a, b], kept(merge(A, B))));
    expect(event!.members.map(({ reason }) => reason.codes[0]).sort()).toEqual(['first', 'review']);
  });

  test.each([
    ['like the first, told later', '2022-03-06', MEETING],
    ['like the first, told before', '2022-03-03', MEETING],
    ['like the second, told later', '2022-03-06', CALL],
    ['like the second, told before', '2022-03-03', CALL],
    ['like the first, without a date', '2022-03-04', { ...MEETING, when: ['2022-03', 'March'] } as Told],
  ])('lets a new report join that is %s', (_, day, claim) => {
    expect(eventsOf({ a, b, new: reportOn(day, 'new', claim) }, merge(A, B))).toBe('a b new');
  });

  test('still keeps out a report that is like neither', () => {
    const other = report('other', { ...MEETING, when: ['2022-03-05', 'the 3rd'], actors: ['Togo', 'Mali'] });
    expect(eventsOf({ a, b, other }, merge(A, B))).toBe('a b | other');
  });

  test('goes on from one decision to the next, in whatever order they came', () => {
    const c = report('c', { event: 'ACCUSE', actors: ['Togo'], recipients: ['Mali'] });
    const d = report('d', { event: 'AID', actors: ['Togo'], recipients: ['Chad'] });
    const chain = [merge(A, B), merge(B, anchor(c)), merge(anchor(c), anchor(d))];
    expect(eventsOf({ a, b, c, d }, ...chain)).toBe('a b c d');
    expect(eventsOf({ a, b, c, d }, ...chain.toReversed())).toBe('a b c d');
    expect(eventsOf({ a, b, c, d }, chain[0]!, chain[2]!)).toBe('a b | c d');
  });

  test('of three holds for two of them when the third is rejected', () => {
    const c = report('c', { event: 'ACCUSE', actors: ['Togo'], recipients: ['Mali'] });
    const decisions = [merge(A, B, anchor(c)), { kind: 'reject', ...SIGNED, claims: [B] } as const];
    expect(eventsOf({ a, b, c }, ...decisions)).toBe('a c');
  });
});

describe('taking apart', () => {
  const [a, b, c] = [report('a', MEETING), report('b', MEETING), report('c', MEETING)];
  const [A, B, C] = [anchor(a), anchor(b), anchor(c)];
  const all = { a, b, c };

  test('makes two events of one, and undoing makes one of two', () => {
    expect(eventsOf(all)).toBe('a b c');
    const decision = split([B], [A, C]);
    expect(eventsOf(all, decision)).toBe('a c | b');
    expect(eventsOf(all, decision, undo(decision))).toBe('a b c');
  });

  test('after putting together takes the later word, and the other way round', () => {
    const [together, apart] = [merge(A, B, C), split([B], [A, C])];
    expect(eventsOf(all, together, apart)).toBe('a c | b');
    expect(eventsOf(all, apart, together)).toBe('a b c');
    expect(eventsOf(all, apart, together, undo(together))).toBe('a c | b');
    expect(eventsOf(all, together, apart, together)).toBe('a b c');
  });

  test('twice, by two people or the other way round, is healed by putting together once', () => {
    for (const twice of [
      [split([B], [A, C]), { ...split([B], [A, C]), by: 'Bo' }],
      [split([B], [A, C]), split([A, C], [B])],
    ]) {
      expect(eventsOf(all, ...twice)).toBe('a c | b');
      expect(eventsOf(all, ...twice, merge(A, B, C))).toBe('a b c');
      expect(eventsOf(all, ...twice, undo(twice[0]!))).toBe('a c | b');
    }
  });

  test('leaves together what persons put together on either side', () => {
    const d = report('d', CALL);
    const e = report('e', { ...CALL, medium: 'written' });
    const five = { a, b, c, d, e };
    const together = merge(A, B, C, anchor(d), anchor(e));
    expect(eventsOf(five, together)).toBe('a b c d e');
    expect(eventsOf(five, together, split([anchor(d), anchor(e)], [A, B, C]))).toBe('a b c | d e');
  });

  test('holds when one of the two sides is put together with something else', () => {
    const d = report('d', CALL);
    const apart = split([B], [A, C]);
    expect(eventsOf({ ...all, d }, apart, merge(A, anchor(d)))).toBe('a c d | b');
    expect(eventsOf({ ...all, d }, apart, merge(B, anchor(d)))).toBe('a c | b d');
  });

  test('keeps a new report with the side that it is tied to more', () => {
    const near = reportOn('2022-03-06', 'near', { ...MEETING, issue: ['water', 'water'] });
    const wet = report('wet', { ...MEETING, issue: ['water', 'water'] });
    const decision = split([anchor(wet)], [A, B]);
    expect(eventsOf({ a, b, wet, near }, decision)).toBe('a b | near wet');
  });
});

describe('an anchor', () => {
  const reading = report('a', { ...MEETING, trigger: 'met' }, { ...CALL, trigger: 'called' });
  const held = anchor(reading);
  const found = (other: Reading, one = held) => findAnchored(tellingsOf(other), one);
  const change = (index: number, changes: (claim: Claim) => Partial<Claim>): Reading => ({
    ...reading,
    claims: reading.claims.map((claim, at) => (at === index ? { ...claim, ...changes(claim) } : claim)),
  });
  const trigger = (claim: Claim, from: number, to: number): Partial<Claim> => ({
    evidence: {
      ...claim.evidence,
      trigger: { from: claim.evidence.trigger.from + from, to: claim.evidence.trigger.to + to },
    },
  });

  test('finds its claim when claims are numbered otherwise', () => {
    expect(found({ ...reading, claims: reading.claims.toReversed() })).toBe(1);
  });

  test('finds it when the trigger is longer, when the type is another, and when both are', () => {
    expect(found(change(0, (claim) => trigger(claim, 0, 8)))).toBe(0);
    expect(found(change(0, () => ({ event: 'COOPERATE' })))).toBe(0);
    expect(found(change(0, (claim) => ({ ...trigger(claim, -2, 4), event: 'AGREE' })))).toBe(0);
  });

  test('finds it when the trigger moves in its sentence, if it is told of the same', () => {
    expect(found(change(0, (claim) => trigger(claim, 5, 11)))).toBe(0);
    const elsewhere = change(0, (claim) => ({
      evidence: { ...claim.evidence, trigger: reading.claims[1]!.evidence.trigger },
    }));
    expect(found({ ...elsewhere, claims: elsewhere.claims.slice(1) })).toBeUndefined();
  });

  test('stands on nothing when its claim is gone, whatever stood beside it', () => {
    expect(found({ ...reading, claims: reading.claims.slice(1) })).toBeUndefined();
    const twice = sentenceOf({ trigger: 'met' }, { trigger: 'agreed' }, { trigger: 'met', event: 'AGREE' });
    const first = anchor(twice);
    expect(found(twice, first)).toBe(0);
    expect(found({ ...twice, claims: twice.claims.slice(1) }, first)).toBeUndefined();
  });

  test('tells claims on one trigger apart: by type, by their words, by their order', () => {
    const types = sentenceOf({ event: 'CONSULT' }, { event: 'AGREE' });
    expect([0, 1].map((index) => found(types, anchor(types, index)))).toEqual([0, 1]);
    const words = sentenceOf({ actors: ['Chad', 'Mali'] }, { actors: ['Chad', 'Togo'] });
    expect([0, 1].map((index) => found(words, anchor(words, index)))).toEqual([0, 1]);
    const turned = { ...words, claims: words.claims.toReversed() };
    expect([0, 1].map((index) => found(turned, anchor(words, index)))).toEqual([1, 0]);
    const order = sentenceOf({}, {});
    expect([0, 1].map((index) => found(order, anchor(order, index)))).toEqual([0, 1]);
  });

  test('is the same before and after a person corrected the claim', () => {
    const decisions = kept(correct(held, 'type', 'AGREE'), correct(held, 'actors', []));
    const reviewed = reviewTellings(tellingsOf(reading), decisions).map(({ telling }) => telling);
    expect(anchorOf(reviewed[0]!, reviewed)).toEqual(held);
  });

  /** Several claims of one sentence. */
  function sentenceOf(...claims: readonly Told[]): Reading {
    const one = report('s', {});
    const { sentence } = one.claims[0]!.evidence;
    return storyReading({
      ...{ outlet: 'Outlet s', published: '2022-03-04', text: one.document.text, actors: ACTORS },
      claims: claims.map((claim) => ({
        ...{ sentence: one.document.text.slice(sentence.from, sentence.to), trigger: 'met', event: 'CONSULT' },
        ...{ actors: ['Chad', 'Mali'], ...claim },
      })),
    });
  }
});

const claimArbitrary: fc.Arbitrary<Told> = fc.record(
  {
    event: fc.constantFrom('CONSULT', 'CONSULT', 'ACCUSE'),
    trigger: fc.constantFrom('met', 'called', 'agreed'),
    actors: fc.constantFrom(['Chad', 'Mali'], ['Chad'], ['Chad', 'Mali', 'Togo']),
    recipients: fc.constantFrom([], ['Togo']),
    when: fc.constantFrom(
      ['2022-03-03', 'the 3rd'] as const,
      ['2022-03-04', 'the 3rd'] as const,
      ['2022-03', 'March'] as const,
    ),
    place: fc.constantFrom(['Lagos', 'NGA', 'city'] as const, ['Dakar', 'SEN', 'city'] as const),
    issue: fc.constantFrom(['water', 'water'] as const, ['trade', 'trade'] as const),
    medium: fc.constantFrom('phone', 'in-person'),
  },
  { requiredKeys: ['event', 'actors'] },
) as fc.Arbitrary<Told>;

const reports = fc
  .array(
    fc.record({
      claims: fc.array(claimArbitrary, { minLength: 1, maxLength: 3 }),
      day: fc.constantFrom('2022-03-04', '2022-03-05', '2022-03-12', null),
    }),
    { minLength: 3, maxLength: 7 },
  )
  .map((list) => list.map(({ claims, day }, index) => reportOn(day, `r${index}`, ...claims)));

/** A decision on some claims by chance; undoing is of one made before. */
interface Whim {
  readonly kind: Decision['kind'];
  readonly picks: readonly number[];
  readonly value: number;
}

const whims = fc.array(
  fc.record({
    kind: fc.constantFrom<Decision['kind']>('merge', 'merge', 'split', 'correct', 'reject', 'accept', 'undo'),
    picks: fc.array(fc.nat(), { minLength: 2, maxLength: 5 }),
    value: fc.nat(),
  }),
  { minLength: 1, maxLength: 8 },
);

const VALUES: readonly (readonly [string, unknown])[] = [
  ['type', 'AGREE'],
  ['status', 'cancelled'],
  ['when', null],
  ['when', { earliest: '2022-03-04', latest: '2022-03-04', precision: 'day', value: '2022-03-04' }],
  ['medium', 'video'],
  ['issues', ['water']],
];

function decisionsOf(readings: readonly Reading[], list: readonly Whim[]): readonly Decision[] {
  const claims = readings.flatMap((reading) => reading.claims.map((_, index) => anchor(reading, index)));
  const made: Decision[] = [];
  for (const [index, { kind, picks, value }] of list.entries()) {
    const at = new Date(Date.UTC(2022, 4, 1, 10, index)).toISOString();
    const signed = { ...SIGNED, at };
    const some = [...new Set(picks.map((pick) => claims[pick % claims.length]!))];
    const [first, ...rest] = some;
    const [field, given] = VALUES[value % VALUES.length]!;
    if (kind === 'undo') {
      if (made.length > 0) made.push({ kind, ...signed, undoes: decisionId(made[value % made.length]!) });
    } else if (kind === 'split') {
      if (rest.length > 0) made.push({ kind, ...signed, claims: [first!], rest });
    } else if (kind === 'correct') made.push({ kind, ...signed, claims: some, field, value: given });
    else made.push({ kind, ...signed, claims: some });
  }
  return made;
}

describe.each(await recordKinds('src/record/review.test.ts'))('a record on $kind', ({ kind, there, fresh }) => {
  const runs = (process.env['SOAK'] === '1' ? 20 : 1) * (kind === 'SQLite' ? 40 : 6);
  const add = (store: Store, reading: Reading) =>
    store.add(reading, { received: reading.document, reader: 'test', added: '2022-06-01T00:00:00Z' });

  test.skipIf(!there)(
    'is the same whenever its documents and decisions came, and what merging all that is decided gives',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          reports,
          whims,
          fc.infiniteStream(fc.boolean()),
          fc.nat(),
          async (readings, list, coin, turn) => {
            const decisions = decisionsOf(readings, list);
            const one = await Store.open(await fresh(), { create: true });
            for (const reading of readings) await add(one, reading);
            for (const decision of decisions) await one.decide(decision);
            expect(await checkRecord(one, { deep: true })).toEqual([]);
            const two = await Store.open(await fresh(), { create: true });
            const at = turn % readings.length;
            const left = [...readings.slice(at), ...readings.slice(0, at)];
            const open = [...decisions];
            while (left.length + open.length > 0) {
              const next = open.length === 0 || (left.length > 0 && coin.next().value) ? undefined : open.shift();
              if (next === undefined) await add(two, left.shift()!);
              else await two.decide(next);
            }
            expect(await checkRecord(two, { deep: true })).toEqual([]);
            expect(await two.events()).toEqual(await one.events());
            await one.close();
            await two.close();
          },
        ),
        { numRuns: runs },
      );
    },
    600_000,
  );

  test.skipIf(!there)(
    'is whole when claims that were decided on go and come back, and holds what was decided again',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          reports,
          whims,
          fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
          async (readings, list, swaps) => {
            const store = await Store.open(await fresh(), { create: true });
            for (const reading of readings) await add(store, reading);
            for (const decision of decisionsOf(readings, list)) await store.decide(decision);
            const before = await store.events();
            const replaced = swaps.map((which) => readings[which % readings.length]!);
            for (const reading of replaced) {
              await store.replace({ ...reading, claims: reading.claims.slice(1) }, 'other');
              expect(await checkRecord(store, { deep: true })).toEqual([]);
            }
            for (const reading of replaced) await store.replace(reading, 'test');
            expect(await store.events()).toEqual(before);
            await store.close();
          },
        ),
        { numRuns: runs },
      );
    },
    600_000,
  );
});
