import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordKinds } from '../../test/records.ts';
import { type StoryClaim, storyReading } from '../../test/story.ts';
import type { Reading } from '../events/reading.ts';
import { checkRecord } from './check.ts';
import { Store } from './store.ts';

const claim = fc.record(
  {
    event: fc.constantFrom('CONSULT', 'ACCUSE', 'SANCTION', 'ASSAULT'),
    actors: fc.constantFrom(['Chad', 'Mali'], ['Chad'], ['Mali'], ['Ada Odei'], ['Ada Odei', 'Bo Keita'], []),
    recipients: fc.constantFrom(['Togo'], ['Mali'], []),
    when: fc.constantFrom(
      ['2022-03-03', 'the 3rd'] as const,
      ['2022-03-04', 'the 3rd'] as const,
      ['2022-03', 'March'] as const,
      ['XXXX-03', 'March'] as const,
    ),
    place: fc.constantFrom(['Lagos', 'NGA', 'city'] as const, ['Dakar', 'SEN', 'city'] as const),
    issue: fc.constantFrom(['water', 'water'] as const, ['trade', 'trade'] as const),
    figure: fc.constantFrom([5, 'diplomats', '5'] as const, [6, 'diplomats', '6'] as const),
    status: fc.constantFrom('happened', 'planned', 'denied', 'threatened'),
    medium: fc.constantFrom('phone', 'in-person'),
  },
  { requiredKeys: ['event', 'actors'] },
);

const reports = fc
  .array(
    fc.record({
      claims: fc.array(claim, { minLength: 1, maxLength: 4 }),
      day: fc.constantFrom('2022-03-04', '2022-03-05', '2022-03-12', null),
    }),
    { minLength: 3, maxLength: 9 },
  )
  .map((list) => list.map((report, index) => reportOf(report.claims, report.day, index)));

/** A report whose claims are as given; report and claim are told apart by their numbers. */
function reportOf(claims: readonly object[], published: string | null, index: number): Reading {
  const names = 'Chad, Mali and Togo, Ada Odei and Bo Keita';
  const sentences = claims.map(
    (_, at) => `Line ${at} of ${index}: ${names} met in Lagos or Dakar on the 3rd, in March, on water, trade, 5 or 6.`,
  );
  return storyReading({
    ...{ outlet: `Outlet ${index}`, published, text: sentences.join(' ') },
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Mali', country: 'MLI', kind: 'state' },
      { name: 'Togo', country: 'TGO', kind: 'state' },
      { name: 'Ada Odei', country: 'TCD' },
      { name: 'Bo Keita', country: 'MLI' },
    ],
    claims: claims.map((one, at) => ({ sentence: sentences[at]!, trigger: 'met', ...one }) as StoryClaim),
  });
}

const context = { reader: 'test', added: '2022-04-01T00:00:00Z' };

for (const { kind, there, fresh } of await recordKinds('src/record/settle.test.ts')) {
  const runs = (process.env['SOAK'] === '1' ? 20 : 1) * (kind === 'SQLite' ? 40 : 6);
  test.skipIf(!there)(
    `batches of any size, and readings put in the place of others, leave what merging all gives: ${kind}`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          reports,
          fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 9, maxLength: 9 }),
          fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }),
          async (readings, sizes, swaps) => {
            const store = await Store.open(await fresh(), { create: true });
            for (let at = 0, turn = 0; at < readings.length; at += sizes[turn++]!) {
              const batch = readings.slice(at, at + sizes[turn]!);
              await store.addAll(batch.map((reading) => ({ reading, received: reading.document, ...context })));
            }
            for (const [which, kept] of swaps) {
              const reading = readings[which % readings.length]!;
              const claims = reading.claims.slice(0, kept % (reading.claims.length + 1));
              await store.replace({ ...reading, claims }, 'other');
            }
            expect(await checkRecord(store, { deep: true })).toEqual([]);
            await store.close();
          },
        ),
        { numRuns: runs },
      );
    },
  );
}
