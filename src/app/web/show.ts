import type { Context as Call, Hono } from 'hono';
import type { CallVariables, Site } from '../http/site.ts';
import type { Page } from './frame.ts';

/** Adds the pages of some addresses. `show` answers with a page, checked, kept and compressed. */
export type AddPage = (app: Hono<CallVariables>, site: Site, show: Show) => void;

/** Answers a request with the page that `make` gives, or with nothing there when it gives none. */
export type Show = (call: PageCall, make: () => Promise<Page | undefined>) => Promise<Response>;
/** As much of Hono's context as a page needs. */
export type PageCall = Call<CallVariables, string>;
