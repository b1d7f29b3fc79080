import type { Hono } from 'hono';
import { answer } from '../http/api.ts';
import { rawFromQuery } from '../http/ask.ts';
import { demand } from '../http/gate.ts';
import { HttpError } from '../http/problem.ts';
import type { CallVariables, Site } from '../http/site.ts';
import { type Cell, openTable } from '../layout.ts';
import { timelineOperation } from '../timeline.ts';
import type { Page } from './frame.ts';
import type { PageCall, Show } from './show.ts';

/** The forms in which an address gives what its page shows, by the end of the address. */
const FORM_NAMES = { json: 'JSON', csv: 'CSV', md: 'Markdown', docx: 'Word' } as const;
type FormName = keyof typeof FORM_NAMES;

/** What makes a form of what was loaded. */
type Form<Data> = (data: Data, call: PageCall) => Response | Promise<Response>;

/** An address that people and scripts ask. */
export interface Address<Data> {
  /** `/map`, or `/actors/:id`: then the last part is handed to `load`. */
  readonly path: string;
  /** What is shown; nothing where there is nothing at the address. */
  load(call: PageCall, part: string): Promise<Data | undefined>;
  page(data: Data, call: PageCall): Page | Promise<Page>;
  /** The page that says what is wrong with what was asked, where a form asks; throws what is none of the asker's doing. */
  problem?(error: unknown, call: PageCall): Promise<Page>;
  /** Its forms, in the order in which the page names them (default: JSON alone, of what was loaded). */
  readonly forms?: Readonly<Partial<Record<FormName, Form<Data>>>>;
  /** The right that it takes (default: `read`). */
  readonly right?: 'read' | 'review';
}

type Rows = readonly (readonly Cell[])[];

/** What was loaded, as JSON. */
export const asJson = (data: unknown): Response => Response.json(data);

/** Answers an address with a page, and with `.json`, `.csv`, `.md` … behind it with the same as data. */
export function addAddress<Data>(
  app: Hono<CallVariables>,
  site: Site,
  show: Show,
  { path, load, page, problem, forms = { json: asJson }, right = 'read' }: Address<Data>,
): void {
  const names = Object.keys(forms) as FormName[];
  const ending = new RegExp(`\\.(${names.join('|')})$`);
  const [, before = path, part] = /^(.*\/):([a-z]+)$/.exec(path) ?? [];
  const answerTo = (call: PageCall) => {
    const { pathname, search } = new URL(call.req.url);
    const form = ending.exec(pathname)?.[1] as FormName | undefined;
    const asked = part === undefined ? '' : (call.req.param(part) ?? '').replace(ending, '');
    if (form === undefined) {
      return show(call, async () => {
        let data: Data | undefined;
        try {
          data = await load(call, asked);
        } catch (error) {
          if (problem === undefined) throw error;
          return problem(error, call);
        }
        if (data === undefined) return undefined;
        const links = names.map((name) => [FORM_NAMES[name], `${pathname}.${name}${search}`] as const);
        const shown = await page(data, call);
        return { ...shown, forms: [...links, ...(shown.forms ?? [])] };
      });
    }
    demand(call.get('visitor'), right);
    return site.replies.give(call.req.raw, right, async () => {
      const data = await load(call, asked);
      if (data === undefined) throw new HttpError(404, 'address', 'The record holds nothing at this address.');
      return forms[form]!(data, call);
    });
  };
  app.get(part === undefined ? path : `${before}:${part}`, answerTo);
  if (part === undefined) for (const name of names) app.get(`${path}.${name}`, answerTo);
}

/** What was loaded as rows, for `.csv` and `.md`. */
export function tableForms<Data>(
  title: string,
  columns: readonly string[],
  rowsOf: (data: Data) => Rows | Promise<Rows>,
): { readonly csv: Form<Data>; readonly md: Form<Data> } {
  const form = (name: 'csv' | 'md', type: string) => async (data: Data) => {
    const table = openTable(title, columns, name);
    const rows = await rowsOf(data);
    const text = `${table.head}${rows.map((row) => table.row(row)).join('')}${table.tail}`;
    return new Response(text, { headers: { 'content-type': `${type}; charset=utf-8` } });
  };
  return { csv: form('csv', 'text/csv'), md: form('md', 'text/markdown') };
}

/** The chronology of the events that a page is about, for `.csv` and `.md`: `queryOf` gives what the timeline is asked. */
export function chronologyForms<Data>(
  site: Site,
  queryOf: (data: Data) => URLSearchParams,
): { readonly csv: Form<Data>; readonly md: Form<Data> } {
  const form = (name: 'csv' | 'md') => (data: Data) =>
    answer(site, timelineOperation, rawFromQuery(timelineOperation, queryOf(data)), name);
  return { csv: form('csv'), md: form('md') };
}
