import { z } from 'zod';
import { ReadoutError } from '../../error.ts';
import { EVENT_TYPES, STATUSES } from '../../events/ontology.ts';
import { DISPUTED_FIELDS } from '../../record/event.ts';
import type { EventFilter } from '../../record/find.ts';
import { nounOf } from '../../record/headline.ts';
import { isState } from '../../record/party.ts';
import type { Store } from '../../record/store.ts';
import { whenWords } from '../../record/words.ts';
import { type Asked, filterFields, filterOf, QUAD_NAMES } from '../filter.ts';
import { problemOf } from '../http/problem.ts';
import { isDate } from '../operation.ts';
import type { Page } from './frame.ts';
import { type Html, html } from './html.ts';
import { countryName, namesOfParties, personTold } from './names.ts';
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

/** What is wrong with what was asked, by the words of the form; any other error is thrown on. */
export function askedProblem(error: unknown): string {
  if (!(error instanceof ReadoutError) || !/^(?:option\.|record\.not-found$)/.test(error.code)) throw error;
  const labels: Readonly<Record<string, string>> = { from: 'From', to: 'To', ...LESS_ASKED };
  return problemOf(error).detail.replace(/^(\w+)(?=: )/, (name) => labels[name] ?? name);
}

/** The page of a question that cannot be answered as it was asked: what is wrong, and the form to ask it anew. */
export async function askAgain(
  error: unknown,
  {
    title,
    path,
    query,
    store,
    form = {},
  }: {
    readonly title: string;
    readonly path: NonNullable<Page['place']>;
    readonly query: URLSearchParams;
    readonly store: Store;
    readonly form?: FormOptions;
  },
): Promise<Page> {
  const problem = askedProblem(error);
  return {
    title,
    place: path,
    status: 400,
    main: html`<h1>${title}</h1>
<p class="notice warn" role="alert">${problem}</p>
${await filterForm(path, query, store, { ...form, open: true })}`,
  };
}

/** Who and where can be asked for by name; the record has a code of its own for each. */
const NAMED = ['between', 'actor', 'country'] as const;
type Named = (typeof NAMED)[number];

/**
 * The address that asks the same as the record itself says it: with its code for every name that it knows (`Iceland` is `ISL`),
 * and without blanks, so that one question has one address. `undefined` where an address is so already.
 */
export async function settledAddress(address: string, store: Store): Promise<string | undefined> {
  const { pathname, searchParams } = new URL(address);
  const settled = new URLSearchParams();
  for (const [name, value] of searchParams) {
    if (value.trim() === '') continue;
    const isNamed = (NAMED as readonly string[]).includes(name);
    settled.append(name, isNamed ? await codeOf(name as Named, value.trim(), store) : value);
  }
  if (`${settled}` === `${searchParams}`) return undefined;
  // Two slashes would lead to another host.
  return `${pathname.replace(/^\/+/, '/')}${settled.size === 0 ? '' : `?${settled}`}`;
}

/** The code that a name stands for; what the record does not know, or not as one, stays as it is. */
async function codeOf(name: Named, value: string, store: Store): Promise<string> {
  if (/^(?:[A-Z]{3}|Q\d+|~.*)$/.test(value)) return value;
  try {
    const asked: Asked = name === 'between' ? { between: [value] } : { [name]: value };
    const { parties, person, country } = await filterOf(asked, store);
    return parties?.[0] ?? person ?? country ?? value;
  } catch (error) {
    if (error instanceof ReadoutError) return value;
    throw error;
  }
}

/** What a person calls what is asked for: a name where it leads back to the same, else what the address has. */
async function nameOf(name: Named, value: string, store: Store): Promise<string> {
  return remembered(store, `name of ${name} ${value}`, async () => {
    const called =
      name === 'between'
        ? (await namesOfParties(store, [value])).get(value)
        : name === 'actor'
          ? (await personTold(store, value))?.name
          : countryName(value);
    return called !== undefined && (await codeOf(name, called, store)) === value ? called : value;
  });
}

/** What an address asks, in words: `between Iceland and Portugal, from 1 March 2031, planned`; nothing where all is asked for. */
export async function questionWords(query: URLSearchParams, store: Store): Promise<string> {
  const value = (name: string) => query.get(name)?.trim() ?? '';
  const day = (text: string) => (isDate(text) ? whenWords({ earliest: text, latest: text }) : text);
  const sides: string[] = [];
  for (const side of query.getAll('between')) if (side !== '') sides.push(await nameOf('between', side, store));
  const [actor, country] = [value('actor'), value('country')];
  const parts: readonly (readonly [value: string, words: string])[] = [
    [sides.join(), sides.length === 1 ? `with ${sides[0]}` : `between ${sides.join(' and ')}`],
    [actor, `with ${actor === '' ? '' : await nameOf('actor', actor, store)}`],
    [value('type'), nounOf(value('type'))],
    [value('quad'), value('quad').replace('-', ' ')],
    [value('issue'), `about ${value('issue')}`],
    [country, `in ${country === '' ? '' : await nameOf('country', country, store)}`],
    [value('words'), `with the words “${value('words')}”`],
    [value('from'), `from ${day(value('from'))}`],
    [value('to'), `to ${day(value('to'))}`],
    [value('status'), value('status')],
    [value('outlet'), `told by ${value('outlet')}`],
    [value('official'), `told by ${value('official') === 'no' ? 'no' : 'an'} official statement`],
    [value('disputed'), `reports disagree${value('disputed') === 'any' ? '' : ` on ${value('disputed')}`}`],
    [value('needsReview'), 'reviewed by nobody yet'],
  ];
  return parts.flatMap(([asked, words]) => (asked === '' ? [] : [words])).join(', ');
}

/** The title of a page that asks, with what it asks: tabs, bookmarks and paper say of what it is. */
export async function askedTitle(title: string, query: URLSearchParams, store: Store): Promise<string> {
  const words = await questionWords(query, store);
  return words === '' ? title : `${title}: ${words}`;
}

/** What of a form is the page's own. */
export interface FormOptions {
  /** Fields that are not shown, kept as they are. */
  readonly hidden?: readonly (readonly [name: string, value: string])[];
  /** More fields of the page, before the button. */
  readonly more?: Html;
  /** True where the words stand first, as on the page that searches (default: false). */
  readonly wordsFirst?: boolean;
  /** True where the fields that are folded away are shown, if any of them is asked for (default: false). */
  readonly open?: boolean;
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
  { hidden = [], more, wordsFirst = false, open = false }: FormOptions = {},
): Promise<Html> {
  const sides: string[] = [];
  for (const side of query.getAll('between')) sides.push(await nameOf('between', side, store));
  const named = async (name: Named) => nameOf(name, query.get(name) ?? '', store);
  const [actor, country] = [await named('actor'), await named('country')];
  const input = (label: string, name: string, value: string, list?: string) =>
    html`<label>${label}<input name="${name}" value="${value}"${list !== undefined && html` list="${list}"`} maxlength="300"></label>`;
  const day = (label: string, name: string) =>
    html`<label>${label}<input type="date" name="${name}" value="${query.get(name) ?? ''}"></label>`;
  const select = (
    name: keyof typeof LESS_ASKED,
    values: readonly (string | readonly [value: string, words: string])[],
  ) =>
    html`<label>${LESS_ASKED[name]}<select name="${name}"><option value="">any</option>${values.map((one) => {
      const [value, words] = typeof one === 'string' ? [one, one] : one;
      return html`<option value="${value}"${value === query.get(name) && html` selected`}>${words}</option>`;
    })}</select></label>`;
  const { types, issues, states, outlets } = await remembered(store, 'choices of forms', () => choicesOf(store));
  const folded = Object.entries(LESS_ASKED).flatMap(([name, label]) =>
    (query.get(name) ?? '') === '' || (wordsFirst && name === 'words') ? [] : [label.toLowerCase()],
  );
  const asked = await questionWords(query, store);
  const words = html`<label class="words">${LESS_ASKED.words}<input type="search" name="words" value="${query.get('words') ?? ''}" maxlength="300"></label>`;
  return html`<form class="filter" action="${path}">
${wordsFirst && words}
${[sides[0] ?? '', sides[1] ?? '', ...sides.slice(2)].map((side, i) => input(i === 0 ? 'Between' : 'and', 'between', side, 'states'))}
${day('From', 'from')}
${day('To', 'to')}
${more}
<button>${wordsFirst ? 'Search' : 'Show'}</button>
<details class="rest"${open && folded.length > 0 && html` open`}><summary>More filters${folded.length > 0 && html` <b>(asked for: ${folded.join(', ')})</b>`}</summary><div>
${!wordsFirst && words}
${select(
  'type',
  types.map((type) => [type, typeWords(type)] as const),
)}
${select('issue', issues)}
${select('status', STATUSES)}
${input(LESS_ASKED.actor, 'actor', actor)}
${input(LESS_ASKED.country, 'country', country, 'states')}
${input(LESS_ASKED.outlet, 'outlet', query.get('outlet') ?? '', 'outlets')}
${select(
  'quad',
  QUAD_NAMES.map((quad) => [quad, quad.replace('-', ' ')] as const),
)}
${select('official', [
  ['yes', 'one tells it'],
  ['no', 'none tells it'],
])}
${select('disputed', [['any', 'on anything'], ...DISPUTED_FIELDS.map((field) => [field, `on ${field}`] as const)])}
${select('needsReview', [['true', 'by nobody yet']])}
</div></details>
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${namesList('states', states)}${namesList('outlets', outlets)}
</form>${asked !== '' && html`\n<p class="on-paper">${asked}</p>`}`;
}

/** Names that fields offer while one types: the states of most events, and the outlets of the newest documents. */
const OFFERED = 40;
const NEWEST = 300;

async function choicesOf(store: Store) {
  const parties = (await store.facet('party', OFFERED * 3)).map(({ value }) => value);
  const states = parties.filter(isState).slice(0, OFFERED);
  const names = await namesOfParties(store, states);
  const outlets = new Set((await store.documents({ limit: NEWEST })).flatMap(({ outlet }) => outlet ?? []));
  return {
    types: [...new Set([...EVENT_TYPES, ...(await store.types())])],
    issues: (await store.issues()).map(({ issue }) => issue).sort(),
    states: states.map((state) => names.get(state) ?? state),
    outlets: [...outlets].slice(0, OFFERED).sort(),
  };
}

function namesList(id: string, names: readonly string[]): Html {
  return html`<datalist id="${id}">${names.map((name) => html`<option value="${name}">`)}</datalist>`;
}
