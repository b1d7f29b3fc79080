import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordOfStories } from '../../../test/records.ts';
import { siteOver } from '../../../test/site.ts';
import type { Story } from '../../../test/story.ts';
import type { PloverType, Status } from '../../events/ontology.ts';
import { Store } from '../../record/store.ts';
import type { DyadView } from './dyads.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-dyads-'));
let store: Store;

/** A report of what one of two sides does to the other, at a day of its own. */
function told(day: string, sentence: string, trigger: string, event: PloverType, status: Status): Story {
  return {
    ...{ outlet: 'Harbour Post', published: day, text: sentence },
    actors: [
      { name: 'Finland', country: 'FIN', kind: 'state' },
      { name: 'Norway', country: 'NOR', kind: 'state' },
    ],
    claims: [{ sentence, trigger, event, actors: ['Finland'], recipients: ['Norway'], status }],
  };
}

beforeAll(async () => {
  const path = await recordOfStories(join(folder, 'record.sqlite'), [
    told('2021-01-01', 'Finland will aid Norway if the nets return.', 'aid', 'AID', 'conditional'),
    told('2021-02-01', 'Finland will punish Norway if the nets stay.', 'punish', 'SANCTION', 'conditional'),
    told('2021-03-01', 'Finland threatened Norway.', 'threatened', 'THREATEN', 'happened'),
    told('2021-04-01', 'Finland did not threaten Norway.', 'threaten', 'THREATEN', 'denied'),
    told('2021-05-01', 'Finland cancelled a deal with Norway.', 'deal', 'AGREE', 'cancelled'),
  ]);
  store = await Store.open(path);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

test('threats that stand are of conflict, promises are not, and what is denied or off is neither', async () => {
  const { ask } = await siteOver(store);
  const { threats, promises } = (await (await ask('/dyads/FIN-NOR.json')).json()) as DyadView;
  const wordsOf = (events: DyadView['threats']) => events.map(({ claims }) => claims[0]!.trigger);
  expect(wordsOf(threats)).toEqual(['threatened', 'punish']);
  expect(wordsOf(promises)).toEqual(['aid']);
});
