import { CERTAINTIES, EVENT_TYPES, MEDIA, STATUSES } from '../../events/ontology.ts';
import { CORRECTABLE, type CorrectableField } from '../../record/correction.ts';
import { decisionsWithIds } from '../../record/decisions.ts';
import type { KeptDecision } from '../../record/review.ts';
import type { Store } from '../../record/store.ts';
import type { Telling } from '../../record/telling.ts';
import { actWords } from '../decided.ts';
import { typedWords } from '../typed.ts';
import { typeWords } from './asked.ts';
import { type Html, html } from './html.ts';

/** What was just decided and of which claim, or that something was taken back. */
export type Done = { readonly decisions: readonly KeptDecision[]; readonly claim: string } | 'undone';

/** A form as it was sent. */
export interface Typed {
  readonly what: string;
  readonly sent: URLSearchParams;
}

/** What was typed and could not be taken, and why. */
export interface Again {
  readonly problem: string;
  readonly typed: Typed;
}

/** What a claim can be decided on, all but what puts events together and takes them apart. */
export type Verb = 'accept' | 'reject' | 'correct' | 'undo';

/** All fields that a person can correct. */
export const FIELDS = Object.keys(CORRECTABLE) as CorrectableField[];

const CHOICES: Readonly<Partial<Record<CorrectableField, readonly string[]>>> = {
  type: EVENT_TYPES,
  status: STATUSES,
  certainty: CERTAINTIES,
  medium: ['none', ...MEDIA],
};
const HINTS: Readonly<Partial<Record<CorrectableField, string>>> = {
  mode: 'visit, phone',
  duration: '2 hours',
  when: '2021-06-16, 2021-06, 2021-06-14..2021-06-16',
  where: 'Geneva (CHE)',
  issues: 'sanctions, cyber',
  actors: 'USA, Sergei Lavrov (RUS)',
  recipients: 'USA, Sergei Lavrov (RUS)',
};

/** What was done, as an address says that a decision leads to: `?done=ID…&of=CLAIM`, or `?undone=1`. */
export async function doneIn(query: URLSearchParams, store: Store): Promise<Done | null> {
  const claim = query.get('of');
  const ids = (query.get('done') ?? '').split(' ').filter((id) => id !== '');
  const decisions = ids.length === 0 ? [] : await decisionsWithIds(store.engine, ids.slice(0, FIELDS.length));
  if (claim !== null && decisions.length > 0) return { decisions, claim };
  return query.get('undone') === '1' ? 'undone' : null;
}

/** What was done, in words: `accepted`, `corrected status to planned; corrected …`. */
export function doneWords(decisions: readonly KeptDecision[]): string {
  return decisions.map((decision) => actWords(decision)).join('; ');
}

/** The form that takes decisions back. `hidden` says of which claim, and where to lead. */
export function undoForm(ids: readonly string[], hidden: Html, button: Html): Html {
  return html`<form method="post" action="/review/undo">${hidden}${ids.map((id) => html`<input type="hidden" name="decision" value="${id}">`)}${button}</form>`;
}

/** The form that corrects a claim, filled with what it tells, or with what was typed. */
export function correctForm(telling: Telling, hidden: Html, typed?: Typed): Html {
  const sent = typed?.what === 'correct' ? typed.sent : undefined;
  return html`<form method="post" action="/review/correct" class="filter">${hidden}
${FIELDS.map((field) => fieldInput(field, sent === undefined ? typedWords(field, telling) : (sent.get(field) ?? '')))}
${whyField(typed)}<button>Keep what is changed</button></form>`;
}

/** Where a person may say why. */
export function whyField(typed: Typed | undefined): Html {
  return html`<label class="why">Why (if you like)<input name="why" maxlength="2000" value="${typed?.sent.get('why') ?? ''}"></label>`;
}

/** The fields that a sent form changes, with the words for each. */
export function correctedFields(
  telling: Telling,
  sent: URLSearchParams,
): readonly (readonly [field: CorrectableField, words: string])[] {
  return FIELDS.flatMap((field) => {
    const words = sent.get(field)?.trim();
    if (words === undefined) return [];
    const changed = (words === '' ? 'none' : words) !== typedWords(field, telling);
    return changed ? [[field, words === '' ? 'none' : words] as const] : [];
  });
}

function fieldInput(field: CorrectableField, words: string): Html {
  const choices = CHOICES[field];
  const name = field === 'when' ? 'when (day, month, year, or two)' : field;
  if (choices !== undefined) {
    // A type of a pattern file of one's own is none of the list, and must be there to stay as it is.
    const all = choices.includes(words) || words === '' ? choices : [words, ...choices];
    return html`<label>${name}<select name="${field}">${all.map((choice) => html`<option value="${choice}"${choice === words && html` selected`}>${field === 'type' ? typeWords(choice) : choice}</option>`)}</select></label>`;
  }
  return html`<label>${name}<input name="${field}" value="${words}" maxlength="2000" placeholder="${HINTS[field] ?? ''}"></label>`;
}
