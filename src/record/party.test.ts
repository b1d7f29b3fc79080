import { expect, test } from 'vitest';
import { fold, isState, partyOf, sameActor } from './party.ts';

const actor = { name: 'Ada Odei', kind: 'person', country: 'TCD', sector: [], wikidata: null } as const;

test('who speaks for a state stands for it: its head, its ministry, its army', () => {
  expect(partyOf(actor)).toBe('TCD');
  expect(partyOf({ ...actor, kind: 'body', sector: ['GOV'] })).toBe('TCD');
  expect(partyOf({ ...actor, kind: 'body', sector: ['MIL'] })).toBe('TCD');
  expect(partyOf({ ...actor, name: 'Chad', kind: 'state', sector: ['PTY'] })).toBe('TCD');
  expect(partyOf({ ...actor, name: 'four diplomats', kind: 'group', sector: ['GOV'] })).toBe('TCD');
});

test('an opposition leader, a company or a newspaper does not stand for its state', () => {
  expect(partyOf({ ...actor, sector: ['OPP'] })).toBe('~odei');
  expect(partyOf({ ...actor, name: 'Lake Fish', kind: 'company', sector: ['BUS'] })).toBe('~lake fish');
  expect(partyOf({ ...actor, name: 'The Lake Post', kind: 'media' })).toBe('~lake post');
});

test('who has no country is known by a Wikidata id, else by name', () => {
  expect(partyOf({ ...actor, country: null, kind: 'body', name: 'NATO', wikidata: 'Q7184' })).toBe('Q7184');
  expect(partyOf({ ...actor, country: null, kind: 'group', name: 'The  Rebels' })).toBe('~rebels');
  expect(isState('TCD')).toBe(true);
  expect(isState('Q7184')).toBe(false);
});

test('one person is known again by the last name, unless Wikidata says otherwise', () => {
  const full = { name: 'Ada Odei', wikidata: null, party: 'TCD' };
  expect(sameActor(full, { ...full, name: 'Odei' })).toBe(true);
  expect(sameActor(full, { ...full, name: 'Odei', party: 'MLI' })).toBe(false);
  expect(sameActor({ ...full, wikidata: 'Q1' }, { ...full, wikidata: 'Q2' })).toBe(false);
});

test('accents and articles do not make another name', () => {
  expect(fold('The  Élysée')).toBe('elysee');
});
