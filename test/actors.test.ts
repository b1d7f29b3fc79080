import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadTables } from '../src/app/load.ts';
import { openWorld } from '../src/world/world.ts';

/*
 * Cases of whom the words of one actor mean, as text files in test/cases/actors, one a line:
 *
 *     words | date or - | country or - for none | sectors or - for none | name
 *     words | … | or NAME        one of the further readings of an ambiguous name
 *
 * Sectors named must be among those found; "*" leaves a field open.
 */

const folder = new URL('./cases/actors/', import.meta.url);
const world = openWorld(loadTables());

for (const file of readdirSync(folder)) {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n');
  describe(file, () => {
    for (const line of lines) {
      if (line.trim() === '' || line.startsWith('#')) continue;
      test(line, () => {
        const [words = '', on, country, sectors = '', name, other] = line.split('|').map((part) => part.trim());
        const actor = world.codePhrase(words.split(' '), on === '-' ? null : on!);
        const told = {
          country: actor.country ?? '-',
          sectors: actor.sectors.length === 0 ? '-' : actor.sectors.filter((one) => sectors.includes(one)).join(' '),
          name: actor.name,
        };
        expect(told).toEqual({
          country: country === '*' ? told.country : country,
          sectors: sectors === '*' ? told.sectors : [...sectors.split(' ')].sort(bySector(told.sectors)).join(' '),
          name: name === '*' ? told.name : name,
        });
        if (other) expect(actor.others.map((one) => `or ${one.name}`)).toContain(other);
      });
    }
  });
}

/** Which of two sectors is told first; the order is no part of a case. */
function bySector(told: string): (a: string, b: string) => number {
  return (a, b) => told.indexOf(a) - told.indexOf(b);
}
