import { ReadoutError } from '../../error.ts';
import { EVENT_TYPES, STATUSES, type Status } from '../../events/ontology.ts';
import type { EventFilter } from '../../record/find.ts';
import type { Store } from '../../record/store.ts';
import { isDate } from '../operation.ts';
import { filterOf } from '../timeline.ts';
import { type Html, html } from './html.ts';

/** What an address asks of the record: `?between=USA&between=RUS&from=2021-06-01&status=planned`. Throws `option.value`. */
export async function filterAsked(query: URLSearchParams, store: Store): Promise<EventFilter> {
  const text = (name: string) => query.get(name)?.trim() || undefined;
  const day = (name: string) => {
    const value = text(name);
    if (value === undefined || isDate(value)) return value;
    throw new ReadoutError('option.date', `${name}: expected a date as YYYY-MM-DD, got "${value}".`);
  };
  const status = text('status');
  if (status !== undefined && !(STATUSES as readonly string[]).includes(status)) {
    throw new ReadoutError('option.value', `status: expected one of ${STATUSES.join(', ')}; got "${status}".`);
  }
  const between = query.getAll('between').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const known: string[] = [];
  const rest: string[] = [];
  // A party of no state is asked for by what it is kept as, `~rebels`, which is no name of its own.
  for (const name of between) ((await store.count(`party ${name}`, 1)) > 0 ? known : rest).push(name);
  const [person, country, words] = [text('person'), text('country'), text('words')];
  const filter = await filterOf(
    {
      ...(rest.length > 0 ? { between: rest } : {}),
      ...{ from: day('from'), to: day('to'), type: text('type'), issue: text('issue'), status: status as Status },
    },
    store,
  );
  const parties = [...known, ...(filter.parties ?? [])];
  return {
    ...filter,
    ...(parties.length > 0 ? { parties } : {}),
    ...(person === undefined ? {} : { person }),
    ...(country === undefined ? {} : { country }),
    ...(words === undefined ? {} : { words }),
  };
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
