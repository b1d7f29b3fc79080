import { describe, expect, test } from 'vitest';
import { exportedOf } from '../../test/exported.ts';
import type { Story, StoryActor } from '../../test/story.ts';
import { headlineOf } from './headline.ts';

const CHAD: StoryActor = { name: 'Chad', country: 'TCD', kind: 'state' };
const PERU: StoryActor = { name: 'Peru', country: 'PER', kind: 'state' };
const IDRISS: StoryActor = { name: 'Amina Idriss', country: 'TCD' };
const GROUP = { country: null, kind: 'group' } as const;

/** The line of one claim. */
function lineOf(claim: Partial<Story['claims'][number]>, actors: readonly StoryActor[], more = ''): string {
  const text = `They spoke of it on the day${more}.`;
  const story: Story = {
    ...{ outlet: 'Harbour Post', published: '2022-03-01', title: 'A line', text, actors },
    claims: [{ sentence: text, trigger: 'spoke', event: 'CONSULT', actors: [], ...claim }],
  };
  return headlineOf(exportedOf([story])[0]!.event);
}

describe('who is named in a line', () => {
  test('persons for their states, states for what is theirs', () => {
    const own: StoryActor = { name: 'Chadian authorities', country: 'TCD', kind: 'body' };
    const all = [CHAD, PERU, IDRISS, own];
    expect(lineOf({ actors: ['Chad', 'Amina Idriss', 'Peru'] }, all)).toBe('Peru, Amina Idriss (TCD): talks');
    const demand = { event: 'REQUEST', actors: ['Peru'], recipients: ['Chad', 'Chadian authorities'] } as const;
    expect(lineOf(demand, all)).toBe('Peru → Chad: demand');
    expect(lineOf({ ...demand, recipients: ['Chadian authorities'] }, all)).toBe(
      'Peru → Chadian authorities (TCD): demand',
    );
  });

  test('no one without a name beside those who have one, unless nobody else is there', () => {
    const envoys: StoryActor = { name: 'the accompanying envoys', ...GROUP };
    const all = [CHAD, PERU, envoys];
    expect(lineOf({ actors: ['Chad', 'Peru', envoys.name] }, all)).toBe('Peru, Chad: talks');
    expect(lineOf({ actors: ['Chad', envoys.name] }, all)).toContain(envoys.name);
    expect(lineOf({ event: 'ACCUSE', actors: ['Chad'], recipients: [envoys.name] }, all)).toBe(
      'Chad → the accompanying envoys: accusation',
    );
  });
});

describe('who is called alike', () => {
  test('is named once: a state for its people, who is told with a country for who is told without', () => {
    const people: StoryActor = { name: 'The Chad', country: 'TCD', kind: 'group' };
    const aid = { event: 'AID', actors: ['Peru'], recipients: ['Chad', 'The Chad'] } as const;
    expect(lineOf(aid, [CHAD, PERU, people])).toBe('Peru → Chad: aid');
    const unplaced: StoryActor = { name: 'the Amina Idriss', country: null };
    const talks = { actors: ['Peru', 'the Amina Idriss', 'Amina Idriss'] };
    expect(lineOf(talks, [PERU, unplaced, IDRISS])).toBe('Peru, Amina Idriss (TCD): talks');
  });

  test('is not on both sides of what several do', () => {
    const visit = { actors: ['Chad', 'Peru'], recipients: ['Chad'] };
    expect(lineOf(visit, [CHAD, PERU])).toBe('Peru, Chad: talks');
    expect(lineOf({ event: 'PROTEST', actors: ['Chad'], recipients: ['Chad'] }, [CHAD])).toBe('Chad → Chad: protest');
  });

  test('as a state of the other side needs no country', () => {
    const people: StoryActor = { name: 'The Chad', country: 'TCD', kind: 'group' };
    expect(lineOf({ event: 'AID', actors: ['Chad'], recipients: ['The Chad'] }, [CHAD, people])).toBe(
      'Chad → The Chad: aid',
    );
  });
});

describe('what a line is about', () => {
  test('is not whom it is between', () => {
    const demand = { event: 'REQUEST', actors: ['Peru'], recipients: ['Chad'], issue: ['Chad', 'day'] } as const;
    expect(lineOf(demand, [CHAD, PERU])).toBe('Peru → Chad: demand');
    expect(lineOf({ ...demand, issue: ['fisheries', 'day'] }, [CHAD, PERU])).toBe(
      'Peru → Chad: demand about fisheries',
    );
  });
});
