import { z } from 'zod';
import { ReadoutError } from '../../error.ts';
import { EVENT_TYPES, STATUSES } from '../../events/ontology.ts';
import type { EventFilter } from '../../record/find.ts';
import type { Store } from '../../record/store.ts';
import { filterFields, filterOf } from '../filter.ts';
import { type Html, html } from './html.ts';

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

/** The form that asks it, filled with what was asked. */
export async function filterForm(path: string, query: URLSearchParams, store: Store): Promise<Html> {
  const [one = '', two = ''] = query.getAll('between');
  const input = (label: string, name: string, value: string, type: 'text' | 'date') =>
    html`<label>${label}<input type="${type}" name="${name}" value="${value}" maxlength="200"></label>`;
  const issues = (await store.issues()).map(({ issue }) => issue).sort();
  const select = (label: string, name: string, values: readonly string[]) =>
    html`<label>${label}<select name="${name}"><option value="">any</option>${values.map((value) => html`<option${value === query.get(name) && html` selected`}>${value}</option>`)}</select></label>`;
  return html`<form class="filter" action="${path}">
${input('Between', 'between', one, 'text')}
${input('and', 'between', two, 'text')}
${input('From', 'from', query.get('from') ?? '', 'date')}
${input('To', 'to', query.get('to') ?? '', 'date')}
${select('Type', 'type', [...new Set([...EVENT_TYPES, ...(await store.types())])])}
${select('Issue', 'issue', issues)}
${select('Status', 'status', STATUSES)}
<button>Show</button>
</form>`;
}
