import type { Hono } from 'hono';
import type { CallVariables, Site } from '../http/api.ts';
import { demand } from '../http/gate.ts';
import { HttpError } from '../http/problem.ts';
import type { Page } from './frame.ts';
import type { PageCall, Show } from './site.ts';

/** An address that people and scripts ask. */
export interface Twice<Data> {
  /** `/map`, or `/actors/:id`: then the last part is handed to `load`. */
  readonly path: string;
  /** What is shown; nothing where there is nothing at the address. */
  load(call: PageCall, part: string): Promise<Data | undefined>;
  page(data: Data, call: PageCall): Page | Promise<Page>;
}

/** Answers an address with a page, and the same with `.json` behind it with what the page is made from. */
export function addTwice<Data>(
  app: Hono<CallVariables>,
  site: Site,
  show: Show,
  { path, load, page }: Twice<Data>,
): void {
  const [, before = path, name] = /^(.*\/):([a-z]+)$/.exec(path) ?? [];
  const answer = (call: PageCall) => {
    const { pathname } = new URL(call.req.url);
    const part = name === undefined ? '' : (call.req.param(name) ?? '');
    if (!pathname.endsWith('.json')) {
      return show(call, async () => {
        const data = await load(call, part);
        return data === undefined ? undefined : page(data, call);
      });
    }
    demand(call.get('visitor'), 'read');
    return site.replies.give(call.req.raw, 'read', async () => {
      const data = await load(call, part.replace(/\.json$/, ''));
      if (data === undefined) throw new HttpError(404, 'address', 'The record holds nothing at this address.');
      return Response.json(data);
    });
  };
  app.get(name === undefined ? path : `${before}:${name}`, answer);
  if (name === undefined) app.get(`${path}.json`, answer);
}

/** The address of the same as JSON, with the question that was asked. */
export function jsonAddress(call: PageCall): string {
  const { pathname, search } = new URL(call.req.url);
  return `${pathname}.json${search}`;
}
