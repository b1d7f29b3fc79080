import { describe, expect, test } from 'vitest';
import { storyReading } from '../../test/story.ts';
import { SUMMIT } from '../../test/summit.ts';
import { CORRECTABLE, type CorrectableField } from '../record/correction.ts';
import { tellingsOf, toldActor } from '../record/telling.ts';
import { openWorld } from '../world/world.ts';
import { parseCorrection } from './correct.ts';
import { loadTables } from './load.ts';
import { typedWords } from './typed.ts';

describe('a field as a person types it', () => {
  test('is read back as what it is', () => {
    const world = openWorld(loadTables());
    for (const story of SUMMIT) {
      const reading = storyReading(story);
      for (const telling of tellingsOf(reading)) {
        const reference = { telling, cast: reading.actors.map(toldActor), issues: ['fisheries'], world: () => world };
        for (const field of Object.keys(CORRECTABLE) as CorrectableField[]) {
          const words = typedWords(field, telling);
          const again = parseCorrection(field, words, reference);
          const [told, read] = [telling[field], again].map((value) => JSON.stringify(plain(field, value)));
          expect(read, `${field}: ${words}`).toBe(told);
        }
      }
    }
  });
});

/** Without what a person does not type: the party, the value behind a date, where a place lies. */
function plain(field: CorrectableField, value: unknown): unknown {
  if (value === null) return null;
  if (field === 'when') {
    const { earliest, latest } = value as { earliest: string | null; latest: string | null };
    return earliest === null ? null : [earliest, latest];
  }
  if (field === 'where') return (value as { name: string }).name;
  if (field === 'actors' || field === 'recipients') return (value as { name: string }[]).map(({ name }) => name);
  return value;
}
