import type { Reading } from '../src/events/reading.ts';
import { storyReading } from './story.ts';

/** A reading of an invented report on a meeting, of its own for each number; `letters` is about how long it is. */
export function meetingReading(number: number, letters = 400): Reading {
  const day = new Date(Date.UTC(2022, 0, 1 + (number % 700))).toISOString().slice(0, 10);
  const sentence = `Chad met Mali over well ${number} on ${day}.`;
  const words = Array.from({ length: Math.ceil(letters / 8) }, (_, i) => `w${number}x${i}`).join(' ');
  return storyReading({
    ...{ outlet: `Outlet ${number % 7}`, published: day, text: `${sentence} ${words}` },
    actors: [
      { name: 'Chad', country: 'TCD', kind: 'state' },
      { name: 'Mali', country: 'MLI', kind: 'state' },
    ],
    claims: [{ sentence, trigger: 'met', event: 'CONSULT', actors: ['Chad', 'Mali'], when: [day, day] }],
  });
}
