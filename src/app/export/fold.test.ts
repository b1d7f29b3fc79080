import { describe, expect, test } from 'vitest';
import { actOf, exportedOf } from '../../../test/exported.ts';
import { EVENT_TYPES, STATUSES } from '../../events/ontology.ts';
import { foldEvent } from './fold.ts';

/** What an event becomes: `TYPE cameo modes +marks`. */
function becomes(...args: Parameters<typeof actOf>): string {
  const folded = foldEvent(actOf(...args));
  if ('leftOut' in folded) return folded.leftOut;
  return [folded.type, folded.cameo, ...folded.mode, ...folded.marks.map((mark) => `+${mark}`)].join(' ');
}

describe('what lies ahead', () => {
  test('meetings, cooperation, aid and support that are planned are agreed', () => {
    expect(becomes('CONSULT', 'planned')).toBe('AGREE 036');
    expect(becomes('COOPERATE', 'planned')).toBe('AGREE 031');
    expect(becomes('AID', 'expected')).toBe('AGREE 033');
    expect(becomes('SUPPORT', 'planned')).toBe('AGREE 032');
  });

  test('a concession that is planned stays one, and an announced withdrawal becomes one', () => {
    expect(becomes('CONCEDE', 'planned')).toBe('CONCEDE 035');
    expect(becomes('RETREAT', 'planned', { mode: ['withdraw'] })).toBe('CONCEDE 035');
    expect(becomes('RETREAT', 'happened', { mode: ['withdraw'] })).toBe('RETREAT 087 withdraw');
  });

  test('harm that is planned is a threat of it', () => {
    expect(becomes('SANCTION', 'planned', { mode: ['expel'] })).toBe('THREATEN 136 expel');
    expect(becomes('ASSAULT', 'expected', { mode: ['aerial'] })).toBe('THREATEN 138 violence');
  });

  test('words that are planned are marked as future', () => {
    expect(becomes('ACCUSE', 'planned')).toBe('ACCUSE 11 +future');
  });
});

describe('what is only thought of', () => {
  test('what is hoped, possible or conditional is marked', () => {
    expect(becomes('CONSULT', 'hoped')).toBe('AGREE 036 +hypothetical');
    expect(becomes('AID', 'possible')).toBe('AGREE 033 +hypothetical');
    expect(becomes('SANCTION', 'possible')).toBe('THREATEN 1312 restrict +hypothetical');
    expect(becomes('ASSAULT', 'hoped')).toBe('ASSAULT 19 +hypothetical');
  });

  test('harm under a condition is a threat', () => {
    expect(becomes('COERCE', 'conditional', { mode: ['arrest'] })).toBe('THREATEN 130 arrest');
    expect(becomes('THREATEN', 'conditional')).toBe('THREATEN 13');
  });
});

test('what is threatened is THREATEN with the mode of its content', () => {
  expect(becomes('SANCTION', 'threatened', { mode: ['withdraw'] })).toBe('THREATEN 1313 relations');
  expect(becomes('SANCTION', 'threatened', { mode: ['discontinue'] })).toBe('THREATEN 1312 restrict');
  expect(becomes('COERCE', 'threatened', { mode: ['deport'] })).toBe('THREATEN 136 expel');
  expect(becomes('MOBILIZE', 'threatened')).toBe('THREATEN 138 violence');
  expect(becomes('CONSULT', 'threatened')).toBe('THREATEN 134 relations');
  expect(becomes('THREATEN', 'threatened', { mode: ['territory'] })).toBe('THREATEN 13 territory');
});

describe('what was called off or came to nothing', () => {
  test('a meeting called off is a refusal to meet', () => {
    expect(becomes('CONSULT', 'cancelled')).toBe('REJECT 125 meet');
  });

  test('aid that is stopped is a sanction, a dropped threat a concession', () => {
    expect(becomes('AID', 'cancelled')).toBe('SANCTION 162 discontinue');
    expect(becomes('THREATEN', 'cancelled')).toBe('CONCEDE 080');
    expect(becomes('REQUEST', 'cancelled')).toBe('CONCEDE 080');
  });

  test('talks that failed are a sanction; other failures are marked as negated', () => {
    expect(becomes('CONSULT', 'failed')).toBe('SANCTION 164 withdraw');
    expect(becomes('AGREE', 'failed')).toBe('AGREE 03 +negation');
  });
});

describe('what is denied', () => {
  test('is marked as negated', () => {
    expect(becomes('ASSAULT', 'denied')).toBe('ASSAULT 19 +negation');
  });

  test('by some and told by others has happened', () => {
    const report = (outlet: string, status: 'happened' | 'denied') => ({
      outlet,
      published: status === 'happened' ? '2020-05-03' : '2020-05-04',
      text: `Chad bombed Mali on May 2 in Lagos, said ${outlet}.`,
      actors: [
        { name: 'Chad', country: 'TCD', kind: 'state' as const },
        { name: 'Mali', country: 'MLI', kind: 'state' as const },
      ],
      claims: [
        {
          sentence: `Chad bombed Mali on May 2 in Lagos, said ${outlet}.`,
          ...{ trigger: 'bombed', event: 'ASSAULT' as const, actors: ['Chad'], recipients: ['Mali'], status },
          ...{ when: ['2020-05-02', 'May 2'] as const, place: ['Lagos', 'NGA', 'city'] as const },
        },
      ],
    });
    const [event, ...others] = exportedOf([report('One', 'happened'), report('Two', 'denied')]);
    expect(others).toEqual([]);
    expect(event?.event.status.settled).toBe('denied');
    expect(foldEvent(event!)).toMatchObject({ type: 'ASSAULT', marks: [] });
  });
});

test('a mobilization is dropped where every report of it tells of an assault', () => {
  const deployed = actOf('MOBILIZE', 'happened');
  const documents = deployed.event.claims.map((claim) => claim.document);
  expect(foldEvent(deployed)).toMatchObject({ type: 'MOBILIZE' });
  expect(foldEvent({ ...deployed, assaults: new Set(documents) })).toHaveProperty('leftOut');
});

test('a type of a researcher’s own becomes the one of its CAMEO code', () => {
  const { event, ...rest } = actOf('AID', 'happened');
  const own = { ...rest, event: { ...event, type: 'EVACUATE', cameo: '07', quad: 2 as const, scale: 5 } };
  expect(foldEvent(own)).toMatchObject({ type: 'AID', quad: 2, scale: 10 });
});

test('every type of every status has a rule, and a scale and quad class of its own type', () => {
  for (const type of EVENT_TYPES) {
    for (const status of STATUSES) {
      const folded = foldEvent(actOf(type, status));
      expect('leftOut' in folded, `${type} ${status}`).toBe(false);
      if (!('leftOut' in folded)) expect(folded.cameo, `${type} ${status}`).toMatch(/^\d{2,4}$/);
    }
  }
});
