import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { recordKinds, recordOfStories } from '../../test/records.ts';
import { runReadout } from '../../test/shell.ts';
import { SUMMIT } from '../../test/summit.ts';
import type { DocumentHead } from '../record/documents.ts';

const kinds = await recordKinds('src/app/documents.test.ts');

describe.each(kinds)('documents of a record on $kind', ({ there, fresh }) => {
  describe.skipIf(!there)('are listed', () => {
    test('the newest first, those of no date last, whole and in pages', async () => {
      const place = await recordOfStories(await fresh());
      const whole = await documents(place);
      expect(whole.map(({ title }) => title).toSorted()).toEqual(SUMMIT.map(({ title }) => title ?? null).toSorted());
      const days = whole.map(({ published }) => published?.from ?? '');
      expect(days).toEqual(days.toSorted().toReversed());
      const paged: DocumentHead[] = [];
      for (;;) {
        const last = paged.at(-1);
        const page = await documents(place, '--limit', '2', ...(last === undefined ? [] : ['--after', last.id]));
        paged.push(...page);
        if (page.length < 2) break;
      }
      expect(paged).toEqual(whole);
      const missing = await runReadout(['documents', '--after', '0000', '--db', place]);
      expect([missing.code, missing.err]).toEqual([
        1,
        'readout documents: --after: the record holds no document "0000"; begin anew without it.\n',
      ]);
    });

    test('by outlet, day and kind, as a table with every cell', async () => {
      const place = await recordOfStories(await fresh());
      const whole = await documents(place);
      const official = await documents(place, '--official');
      expect(official.length).toBeGreaterThan(0);
      expect(official.length + (await documents(place, '--official', 'no')).length).toBe(whole.length);
      const { outlet, published } = whole[0]!;
      expect(await documents(place, '--outlet', outlet!)).toEqual(whole.filter((one) => one.outlet === outlet));
      expect(await documents(place, '--from', published!.from)).toContainEqual(whole[0]);
      const { out } = await runReadout(['documents', '--csv', '--db', place]);
      const rows: Record<string, string>[] = parse(out, { columns: true });
      expect(rows.map(({ id, title, claims }) => [id, title, claims])).toEqual(
        whole.map(({ id, title, claims }) => [id, title ?? '', String(claims)]),
      );
    });
  });
});

async function documents(place: string, ...args: readonly string[]): Promise<readonly DocumentHead[]> {
  const { code, out, err } = await runReadout(['documents', '--json', ...args, '--db', place]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}
