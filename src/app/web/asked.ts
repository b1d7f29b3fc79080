import { z } from 'zod';
import { ReadoutError } from '../../error.ts';
import { EVENT_TYPES, STATUSES } from '../../events/ontology.ts';
import { DISPUTED_FIELDS } from '../../record/event.ts';
import type { EventFilter } from '../../record/find.ts';
import { nounOf } from '../../record/headline.ts';
import type { Store } from '../../record/store.ts';
import { filterFields, filterOf, QUAD_NAMES } from '../filter.ts';
import { type Html, html } from './html.ts';
import { remembered } from './remembered.ts';

const FIELDS = z.object(filterFields());
/** The names that a question has in an address. */
export const ASKED = Object.keys(FIELDS.shape);

/** What an address asks of the record: `?between=USA&between=RUS&from=2021-06-01&status=planned`. Throws as `filterOf` does. */
export async function filterAsked(query: URLSearchParams, store: Store): Promise<EventFilter> {
  const raw: Record<string, unknown> = {};
  for (const name of ASKED) {
    const values = query.getAll(name).flatMap((value) => (value.trim() === '' ? [] : [value.trim()]));
    if (values.length === 0) continue;
    raw[name] = name === 'between' ? values : name === 'needsReview' ? values[0] === 'true' : values[0];
  }
  const parsed = FIELDS.safeParse(raw);
  if (parsed.success) return filterOf(parsed.data, store);
  const issue = parsed.error.issues[0]!;
  throw new ReadoutError('option.value', `${issue.path.join('.')}: ${issue.message}.`, { cause: parsed.error });
}

/** What of a form is the page's own. */
export interface FormOptions {
  /** Fields that are not shown, kept as they are. */
  readonly hidden?: readonly (readonly [name: string, value: string])[];
  /** More fields of the page, before the button. */
  readonly more?: Html;
  /** True where the words stand first, as on the page that searches (default: false). */
  readonly wordsFirst?: boolean;
}

/** A type of events, and what its acts are called: `talks (CONSULT)`. */
export function typeWords(type: string): string {
  return `${nounOf(type)} (${type})`;
}

/** Fields that a form folds away, with their labels. */
const LESS_ASKED = {
  words: 'Words',
  type: 'Type',
  issue: 'Issue',
  status: 'Status',
  actor: 'Person or body',
  country: 'Took place in',
  outlet: 'Told by',
  quad: 'Kind of act',
  official: 'Official statement',
  disputed: 'Reports disagree',
  needsReview: 'Reviewed',
} as const;

/** The form that asks it, filled with what was asked. */
export async function filterForm(
  path: string,
  query: URLSearchParams,
  store: Store,
  { hidden = [], more, wordsFirst = false }: FormOptions = {},
): Promise<Html> {
  const sides = query.getAll('between');
  const input = (label: string, name: string, value: string, type: 'text' | 'date' = 'text') =>
    html`<label>${label}<input type="${type}" name="${name}" value="${value}" maxlength="300"></label>`;
  const day = (label: string, name: string) => input(label, name, query.get(name) ?? '', 'date');
  const less = (name: keyof typeof LESS_ASKED) => input(LESS_ASKED[name], name, query.get(name) ?? '');
  const select = (
    name: keyof typeof LESS_ASKED,
    values: readonly (string | readonly [value: string, words: string])[],
  ) =>
    html`<label>${LESS_ASKED[name]}<select name="${name}"><option value="">any</option>${values.map((one) => {
      const [value, words] = typeof one === 'string' ? [one, one] : one;
      return html`<option value="${value}"${value === query.get(name) && html` selected`}>${words}</option>`;
    })}</select></label>`;
  const [types, issues] = await remembered(store, 'choices of forms', async () => [
    [...new Set([...EVENT_TYPES, ...(await store.types())])],
    (await store.issues()).map(({ issue }) => issue).sort(),
  ]);
  const folded = Object.entries(LESS_ASKED).flatMap(([name, label]) =>
    (query.get(name) ?? '') === '' || (wordsFirst && name === 'words') ? [] : [label.toLowerCase()],
  );
  const words = html`<label class="words">${LESS_ASKED.words}<input type="search" name="words" value="${query.get('words') ?? ''}" maxlength="300"></label>`;
  return html`<form class="filter" action="${path}">
${wordsFirst && words}
${[sides[0] ?? '', sides[1] ?? '', ...sides.slice(2)].map((side, i) => input(i === 0 ? 'Between' : 'and', 'between', side))}
${day('From', 'from')}
${day('To', 'to')}
${more}
<button>Show</button>
<details class="rest"><summary>More to ask by${folded.length > 0 && html` <b>(asked for: ${folded.join(', ')})</b>`}</summary><div>
${!wordsFirst && words}
${select(
  'type',
  types!.map((type) => [type, typeWords(type)] as const),
)}
${select('issue', issues!)}
${select('status', STATUSES)}
${less('actor')}
${less('country')}
${less('outlet')}
${select('quad', QUAD_NAMES)}
${select('official', [
  ['yes', 'one tells it'],
  ['no', 'none tells it'],
])}
${select('disputed', [['any', 'on anything'], ...DISPUTED_FIELDS.map((field) => [field, `on ${field}`] as const)])}
${select('needsReview', [['true', 'by nobody yet']])}
</div></details>
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
</form>`;
}
