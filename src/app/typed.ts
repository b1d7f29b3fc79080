import type { CorrectableField } from '../record/correction.ts';
import type { Telling, ToldActor, ToldPlace, ToldWhen } from '../record/telling.ts';
import { durationWords } from '../record/words.ts';

/**
 * A field of a claim as a person types it for `parseCorrection`, which reads it back: `2021-06-14..2021-06-16`,
 * `Geneva (CHE)`, `2 hours`, `Aino Aalto (FIN), Norway`; `none` for nothing.
 */
export function typedWords(field: CorrectableField, telling: Telling): string {
  switch (field) {
    case 'when':
      return typedWhen(telling.when);
    case 'where':
      return telling.where === null ? NONE : typedPlace(telling.where);
    case 'actors':
    case 'recipients':
      return listed(telling[field].map(typedActor));
    case 'mode':
    case 'issues':
      return listed(telling[field]);
    case 'duration':
      return telling.duration === null ? NONE : durationWords(telling.duration);
    default:
      return telling[field] ?? NONE;
  }
}

const NONE = 'none';

function listed(words: readonly string[]): string {
  return words.length === 0 ? NONE : words.join(', ');
}

function typedWhen({ earliest, latest, precision, value }: ToldWhen): string {
  // The days that such a claim can lie in are those that its document leaves, and nothing that is told.
  if (precision === 'unknown' && value === null) return NONE;
  const [from, to] = [earliest ?? latest, latest ?? earliest];
  if (from === null || to === null) return NONE;
  return from === to ? from : `${from}..${to}`;
}

function typedPlace({ name, country, geonames, precision }: ToldPlace): string {
  const notes = [country, geonames === null && precision !== 'country' ? precision : null];
  return noted(
    name,
    notes.filter((note) => note !== null),
  );
}

function typedActor({ name, country, kind }: ToldActor): string {
  return noted(name, kind === 'state' || country === null ? [] : [country]);
}

function noted(name: string, notes: readonly string[]): string {
  return notes.length === 0 ? name : `${name} (${notes.join(', ')})`;
}
