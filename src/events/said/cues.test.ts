import { expect, test } from 'vitest';
import { adjectiveCue, isUnvoiced, nounCue, verbCue } from './cues.ts';

test('a verb says what it reports: a clause, an infinitive, an object, a preposition', () => {
  expect(verbCue('say')).toMatchObject({ clause: true, speech: true });
  expect(verbCue('think')).toMatchObject({ clause: true, speech: false });
  expect(verbCue('refuse')).toMatchObject({ clause: false, infinitive: true });
  expect(verbCue('condemn')).toMatchObject({ clause: false, object: true });
  expect([...verbCue('point')!.prepositions].sort()).toEqual(['as', 'to']);
});

test('verbs of doing and of seeming report nothing', () => {
  for (const lemma of ['meet', 'visit', 'seem', 'appear', 'begin', 'sail'])
    expect(verbCue(lemma), lemma).toBeUndefined();
});

test('lemmas a letter short or long are understood', () => {
  expect(verbCue('denounc')).toBe(verbCue('denounce'));
  expect(verbCue('slamm')).toBe(verbCue('slam'));
  expect(verbCue('Deem')).toBe(verbCue('deem'));
});

test('only some passives report without naming who does', () => {
  expect(isUnvoiced('believe')).toBe(true);
  expect(isUnvoiced('close')).toBe(false);
});

test('nouns and adjectives say how their content comes', () => {
  expect(nounCue('claim')!.has('that')).toBe(true);
  expect(nounCue('call')!.has('for')).toBe(true);
  expect(nounCue('harbor')).toBeUndefined();
  expect(adjectiveCue('confident')!.has('that')).toBe(true);
  expect(adjectiveCue('tall')).toBeUndefined();
});
