import { isoDuration, unitOf } from './duration.ts';
import { type Expression, placeless, type Scene, textAt } from './expression.ts';

/**
 * References without a place in the calendar, as TIMEX3 has them: "now", "currently" `PRESENT_REF`; "recently", "the past" `PAST_REF`; "soon", "the near future" `FUTURE_REF`. "recent weeks" and "the coming months" are stretches of unknown length, `PXW`.
 */
export function readVague(scene: Scene, at: number): Expression | null {
  const first = textAt(scene, at);
  const start = first === 'the' ? at + 1 : at;
  if (OPEN_LEADS.has(textAt(scene, start))) {
    const unit = unitOf(textAt(scene, start + 1));
    if (unit?.plural) return placeless(at, start + 2, 'duration', isoDuration(null, unit));
  }
  const phrase = PHRASES.get(first)?.find(({ rest }) =>
    rest.every((word, index) => textAt(scene, at + 1 + index) === word),
  );
  if (phrase === undefined) return null;
  const end = at + 1 + phrase.rest.length;
  // "Now, let me turn to the talks" opens a thought.
  // "You cannot miss the moment" is no time; "at the moment" is.
  if (phrase.rest[0] === 'moment' && !MOMENT_LEADS.has(textAt(scene, at - 1))) return null;
  if (first === 'now' && scene.pieces[at]!.capital && textAt(scene, end) === ',') return null;
  return NOT_AFTER.get(first)?.has(textAt(scene, end)) ? null : placeless(at, end, 'date', phrase.value);
}

interface Phrase {
  readonly rest: readonly string[];
  readonly value: string;
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  PRESENT_REF: [
    'now',
    'right now',
    'currently',
    'current',
    'presently',
    'nowadays',
    'these days',
    'the moment',
    'the present time',
    'the present',
    'this moment',
  ],
  PAST_REF: ['recently', 'more recently', 'most recently', 'recent', 'lately', 'the past'],
  FUTURE_REF: [
    'soon',
    'as soon as possible',
    'shortly',
    'the future',
    'the near future',
    'the foreseeable future',
    'the near term',
    'the short term',
    'the long term',
    'a later date',
  ],
};

/** Phrases by their first word, the longest first. */
const PHRASES: ReadonlyMap<string, readonly Phrase[]> = (() => {
  const phrases = new Map<string, Phrase[]>();
  for (const [value, list] of Object.entries(WORDS)) {
    for (const phrase of list) {
      const [first, ...rest] = phrase.split(' ');
      const known = phrases.get(first!) ?? [];
      known.push({ rest, value });
      phrases.set(first!, known);
    }
  }
  for (const list of phrases.values()) list.sort((a, b) => b.rest.length - a.rest.length);
  return phrases;
})();

const MOMENT_LEADS = new Set(['at', 'for']);
/** "shortly after", "as soon as he arrives", "the past-tense": the words lead on to something else. */
const NOT_AFTER: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['shortly', new Set(['after', 'before', 'thereafter'])],
  ['soon', new Set(['after', 'as'])],
  ['the', new Set(['-', 'tense'])],
]);
const OPEN_LEADS = new Set(['recent', 'coming', 'upcoming', 'future']);
