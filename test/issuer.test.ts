import { expect, test } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import { read } from '../src/pipeline.ts';
import { textDocument } from './document.ts';

const reader = loadReader();

const outlet = { name: 'U.S. Department of State', country: 'USA', kind: 'official' } as const;

function readingOf(text: string) {
  return read({ ...textDocument(text, '2022-07-20'), outlet } as never, reader);
}

/** What a statement of the United States tells: type, actors and status of each claim. */
function told(text: string): readonly string[] {
  const { claims, actors } = readingOf(text);
  const name = (id: string): string => actors.find((actor) => actor.id === id)!.name;
  return claims.map((claim) => `${claim.event} ${claim.actors.map(name).join(', ')}`);
}

test('our ties are those of the issuer and the one it speaks about', () => {
  const about = 'The United States thanked Belize. Belize is a friend, and the people of Belize are brave. ';
  expect(told(`${about}We look forward to deepening our relationship.`)).toContain('SUPPORT United States, Belize');
  expect(told(`${about}Chad and Niger are friends too. We look forward to deepening our relationship.`)).not.toContain(
    'SUPPORT United States, Belize',
  );
});

test('the President of nobody named is the head of the state that issues the statement', () => {
  expect(told('The President traveled to Israel on Monday.')).toContain('CONSULT Joe Biden');
  expect(told('Secretary Blinken met with President Aliyev of Azerbaijan. The President thanked Turkey.')).toContain(
    'SUPPORT Ilham Aliyev',
  );
});

test.each([
  ['Assistant Secretary for Trade Jon Carter will travel to Nairobi.', 'Jon Carter', 'USA'],
  ['Special Envoy for Peru Ann Moss met with Kenyan officials.', 'Ann Moss', 'USA'],
  ['Secretary of Agriculture Bill Hart thanked Kenya.', 'Bill Hart', 'USA'],
  [
    'The Department thanked the UN Special Envoy for Peru Ann Moss. Special Envoy Moss condemned Chad.',
    'Ann Moss',
    null,
  ],
  ['Special Envoy Moss condemned Chad.', 'Moss', null],
  ['Deputy Secretary Carter and Prime Minister Moss condemned Chad.', 'Moss', null],
])('a rank that a state gives its own says whose someone is: %s', (text, name, country) => {
  expect(readingOf(text).actors.find((actor) => actor.name === name)).toMatchObject({ country });
});

test('a joint statement is of all whom its title names side by side with its issuer', () => {
  const joint = (title: string): readonly string[] => {
    const doc = { ...textDocument('We condemn the raid on Mali.', '2022-07-20'), outlet, title };
    const { claims, actors } = read(doc as never, reader);
    return claims[0]!.actors.map((id) => actors.find((actor) => actor.id === id)!.name);
  };
  expect(joint('Joint Statement on the Third U.S.-Peru Dialogue')).toEqual(['United States', 'Peru']);
  expect(joint('Joint Statement of Chad, Peru, and the United States of America on Mali')).toEqual([
    'Chad',
    'Peru',
    'United States',
  ]);
  expect(joint('Joint Statement on Peru')).toEqual(['United States']);
  expect(joint('Our Visit to the United States and Peru')).toEqual(['United States']);
});
