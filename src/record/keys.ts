import { isJoint } from '../events/ontology.ts';
import { isCrowded, isOnceInDays, isSpoken, measuresOf } from './acts.ts';
import { factsOf } from './facts.ts';
import { nameKeys } from './news.ts';
import { fold, lastNameOf, type Party } from './party.ts';
import type { Telling } from './telling.ts';
import { REACH } from './tie.ts';

/** The words that a claim is kept under, and those it asks for. */
export interface TieKeys {
  readonly stored: readonly string[];
  readonly asked: readonly string[];
}

/**
 * Words under which a claim can be found by those it may be tied to: of two claims that `tie`, each asks for a word that
 * the other is stored under. It is the index that keeps adding a document from meeting all others, so a word should be
 * shared by few claims that are not tied.
 *
 * | what ties            | stored and asked                                                                       |
 * |----------------------|----------------------------------------------------------------------------------------|
 * | one document         | the document                                                                           |
 * | the same words       | the words                                                                              |
 * | like words           | names in the sentence, by days of publication (see `nameKeys`)                            |
 * | one day alone        | all parties and the day, where one day is enough                                        |
 * | one day and a thing  | a party, the day, the thing: a person, issue, figure or place                            |
 * | a month alone        | all parties and the month, of what two sides do once in a few days                       |
 * | a month and a thing  | a party, the month, the thing; claims dated to the day ask only for vaguer ones          |
 * | a thing without date | a party, the thing and stretches of 400 days: place of joint acts, figure with an issue; the dated ask only for the undated |
 * | a figure             | a party, the figure, stretches of four days of publication                              |
 * | an issue, undated    | all parties, the issue, stretches of four days of publication                           |
 * | a person's decision  | the decision; stored alone, `settle.ts` asks for it                                     |
 */
export function tieKeys(telling: Telling): TieKeys {
  const stored: string[] = [];
  const asked: string[] = [];
  const both = (key: string) => {
    stored.push(key);
    asked.push(key);
  };
  const { type } = telling;
  const { told, vagueness, month, published, about, sides, words } = factsOf(telling);
  both(`${type}|document|${telling.document}`);
  both(`${type}|words|${words}`);
  const named = nameKeys(telling);
  stored.push(...named.stored);
  asked.push(...named.asked);
  for (const token of telling.review?.together ?? []) stored.push(togetherKey(token));
  const dated = vagueness <= 2;
  const days = vagueness === 0 ? [...new Set([told.from, told.to])] : [];
  const months = dated ? [...new Set([told.from.slice(0, 7), told.to.slice(0, 7)])] : [];
  if (!isSpoken(type) && !isCrowded(type)) for (const day of days) both(`${type}|${sides}|on ${day}`);
  const inMonths = (of: string) => {
    for (const name of months) {
      stored.push(`${of}${name}`, `${of}some ${name.slice(5)}`);
      asked.push(`${of}vague ${name}`, `${of}unknown ${name.slice(5)}`);
      if (vagueness > 0) {
        stored.push(`${of}vague ${name}`);
        asked.push(`${of}${name}`);
      }
    }
    if (!dated && month !== undefined) {
      const name = String(month).padStart(2, '0');
      both(`${of}unknown ${name}`);
      asked.push(`${of}some ${name}`);
    }
  };
  if (isOnceInDays(type)) inMonths(`${type}|${sides}|in `);
  const reaches = (beyond: number): readonly (number | string)[] => {
    if (about === undefined) return ['none'];
    const first = Math.floor((about[0] - beyond) / REACH);
    const parts = Math.floor((about[1] + beyond) / REACH) - first + 1;
    return Array.from({ length: parts }, (_, i) => first + i);
  };
  const placed = isJoint(type) ? placesOf(telling) : [];
  const figured = figuresOf(telling);
  const measures = measuresOf(telling).map((measure) => `measure ${measure}`);
  const things = [...figured, ...placesOf(telling), ...issuesOf(telling), ...personsOf(telling), ...measures];
  for (const party of partiesOf(telling)) {
    const base = `${type}|${party}|`;
    for (const thing of things) {
      for (const day of days) both(`${base}${thing}|on ${day}`);
      inMonths(`${base}${thing}|in `);
    }
    // A figure ties without a date only with an issue, or in reports of the same days.
    for (const thing of [
      ...placed,
      ...figured.flatMap((figure) => issuesOf(telling).map((issue) => `${figure} ${issue}`)),
    ]) {
      // Two dated claims find each other by day or month: only the undated must look through all days within reach.
      for (const part of reaches(0)) stored.push(`${base}${thing} ${dated ? 'dated' : 'undated'} ${part}`);
      for (const part of reaches(REACH)) {
        asked.push(`${base}${thing} undated ${part}`);
        if (!dated) asked.push(`${base}${thing} dated ${part}`);
      }
    }
  }
  if (published !== undefined) {
    for (const party of partiesOf(telling)) {
      for (const figure of figured) {
        for (const part of stretchesOf(published)) both(`${type}|${party}|${figure} told ${part}`);
      }
    }
  }
  if (vagueness === 5 && published !== undefined) {
    for (const issue of telling.issues) {
      for (const part of stretchesOf(published)) both(`${type}|${sides}|about ${issue} ${part}`);
    }
  }
  return { stored: [...new Set(stored)], asked: [...new Set(asked)] };
}

/** Stretches of four days, each kept with the next: reports three days apart share one. */
function stretchesOf([first, last]: readonly [number, number]): readonly number[] {
  const from = Math.floor(first / 4);
  return Array.from({ length: Math.floor(last / 4) + 2 - from }, (_, i) => from + i);
}

/** The key of what a decision put together. */
export function togetherKey(token: string): string {
  return `together|${token}`;
}

function partiesOf({ parties }: Telling): ReadonlySet<Party> {
  return new Set([...parties.actors, ...parties.recipients]);
}

function placesOf({ where }: Telling): readonly string[] {
  // Half of what happens in a country is not tied by it.
  if (where === null || where.precision === 'country') return [];
  return [`place ${fold(where.name)}`, ...(where.geonames === null ? [] : [`place ${where.geonames}`])];
}

function figuresOf({ figures }: Telling): readonly string[] {
  return figures.map(({ value, unit }) => `figure ${value} ${unit}`);
}

function issuesOf({ issues }: Telling): readonly string[] {
  return issues.map((issue) => `issue ${issue}`);
}

function personsOf(telling: Telling): readonly string[] {
  return factsOf(telling).persons.flatMap((person) => [
    `person ${person.party} ${lastNameOf(person.name)}`,
    ...(person.wikidata === null ? [] : [`person ${person.wikidata}`]),
  ]);
}
