import type { CorrectableField } from '../record/correction.ts';
import { decisionsWithIds } from '../record/decisions.ts';
import { actorWords } from '../record/headline.ts';
import type { KeptDecision } from '../record/review.ts';
import type { Store } from '../record/store.ts';
import type { Telling, TellingReview, ToldActor, ToldPlace, ToldWhen } from '../record/telling.ts';
import { durationWords, placeWords, whenWords } from '../record/words.ts';

/** The decisions that reviews name, by their ids; none are looked for when nothing was decided. */
export async function decisionsNamed(
  store: Store,
  reviews: readonly (TellingReview | null | undefined)[],
): Promise<ReadonlyMap<string, KeptDecision>> {
  const ids = new Set(reviews.flatMap((review) => review?.decisions ?? []));
  if (ids.size === 0) return new Map();
  return new Map((await decisionsWithIds(store.engine, [...ids])).map((decision) => [decision.id, decision]));
}

/** What persons decided of a claim, a line each: who, when, what the machine had told, and why. */
export function reviewLines(
  review: TellingReview | null | undefined,
  decisions: ReadonlyMap<string, KeptDecision>,
): readonly string[] {
  if (review == null) return [];
  const given = new Map(review.corrected.map((one) => [one.decision, one]));
  return review.decisions.flatMap((id) => {
    const decision = decisions.get(id);
    if (decision === undefined) return [];
    if (decision.kind !== 'correct') return [`${actWords(decision)} ${signature(decision)}`];
    const correction = given.get(id);
    // A correction that a later one of the same field has overtaken.
    if (correction === undefined) return [];
    const field = correction.field as CorrectableField;
    const [person, machine] = [valueWords(field, decision.value), valueWords(field, correction.machine)];
    return [`${field} corrected to ${person}, the machine told ${machine}, ${signature(decision)}`];
  });
}

/** What a decision says, without who made it: `rejected`, `corrected status to planned`. */
export function actWords(decision: KeptDecision): string {
  switch (decision.kind) {
    case 'accept':
      return 'accepted';
    case 'reject':
      return 'rejected';
    case 'correct':
      return `corrected ${decision.field} to ${valueWords(decision.field as CorrectableField, decision.value)}`;
    case 'merge':
      return 'put together with others';
    case 'split':
      return 'taken apart from others';
    case 'undo':
      return `took back decision ${decision.undoes}`;
  }
}

/** `by Ada on 1 May 2022 (decision 1a2b3c4d5e6f): the photo is of another day`. */
export function signature(decision: KeptDecision): string {
  return signed(decision, ` (decision ${decision.id})`);
}

/** The same without the id, for where it stands already. */
export function signed({ by, at, why }: KeptDecision, note = ''): string {
  const day = at.slice(0, 10);
  return `by ${by} on ${whenWords({ earliest: day, latest: day })}${note}${why === null ? '' : `: ${why}`}`;
}

/** The sentence of a claim in quotes, cut where it is long: a page read as one sentence is no help in a list. */
export function sentenceWords({ sentence }: Pick<Telling, 'sentence'>): string {
  return sentence.length <= LONGEST ? `“${sentence}”` : `“${sentence.slice(0, LONGEST).trimEnd()} …”`;
}

const LONGEST = 400;

/** A field's value for a person; `none` for nothing. */
export function valueWords(field: CorrectableField, value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  switch (field) {
    case 'when':
      return (value as ToldWhen).precision === 'unknown' && (value as ToldWhen).value === null
        ? 'none'
        : whenWords(value as ToldWhen);
    case 'where':
      return placeWords(value as ToldPlace);
    case 'duration':
      return durationWords(value as string);
    case 'actors':
    case 'recipients':
      return (value as readonly ToldActor[]).map(actorWords).join(', ');
    case 'mode':
    case 'issues':
      return (value as readonly string[]).join(', ');
    default:
      return String(value);
  }
}

/** The fields of a claim in a line: `CONSULT (visit) · Aino Aalto (FIN), Nils Berg (NOR) · 16 June 2021 · happened`. */
export function claimWords(telling: Telling): string {
  const { type, mode, actors, recipients, when, where, medium, duration, issues, status, certainty } = telling;
  const names = (some: readonly ToldActor[]) => some.map(actorWords).join(', ');
  return [
    mode.length === 0 ? type : `${type} (${mode.join(', ')})`,
    [names(actors) || 'someone', ...(recipients.length === 0 ? [] : [names(recipients)])].join(' → '),
    when.precision === 'unknown' && when.value === null ? 'undated' : whenWords(when),
    ...(where === null ? [] : [placeWords(where)]),
    ...(medium === null ? [] : [medium]),
    ...(duration === null ? [] : [durationWords(duration)]),
    ...(issues.length === 0 ? [] : [`about ${issues.join(', ')}`]),
    certainty === 'asserted' ? status : `${status}, ${certainty}`,
  ].join(' · ');
}
