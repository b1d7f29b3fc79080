import { ReadoutError } from '../../error.ts';
import type { Brief } from '../../record/brief.ts';
import { briefBlocks, loadBrief } from '../brief.ts';
import { docxOf } from '../docx.ts';
import { demand } from '../http/gate.ts';
import { HttpError } from '../http/problem.ts';
import { htmlOf, writePage } from '../layout.ts';
import { isDate } from '../operation.ts';
import { actorAddress, dyadAddress, sidesPath } from './addresses.ts';
import { sidesOf } from './dyads.ts';
import { html, trusted } from './html.ts';
import { namesOfParties } from './names.ts';
import type { AddPage, PageCall } from './site.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** `/brief/USA-RUS`: what a person reads before two sides meet; the same with `.json`, `.md` and `.docx`. */
export const addBriefPages: AddPage = (app, site, show) => {
  const { store, replies } = site;
  app.get('/brief/:sides', (call) => {
    const [, sides = '', form] = /^(.*?)(?:\.(json|md|docx))?$/s.exec(call.req.param('sides')!)!;
    if (form === undefined) {
      return show(call, async () => {
        const loaded = await load(call, sides);
        return loaded === undefined ? undefined : pageOf(loaded.brief, loaded.names, call.req.query('on') ?? '');
      });
    }
    demand(call.get('visitor'), 'read');
    return replies.give(call.req.raw, 'read', async () => {
      const loaded = await load(call, sides);
      if (loaded === undefined) throw new HttpError(404, 'address', 'The record holds nothing at this address.');
      const { brief, names } = loaded;
      if (form === 'json') return Response.json(brief);
      const [title, blocks] = [titleOf(brief, names), briefBlocks(brief, names)];
      if (form === 'docx') {
        const file = docxOf(title, blocks) as Uint8Array<ArrayBuffer>;
        return new Response(file, { headers: { 'content-type': DOCX, 'content-disposition': 'attachment' } });
      }
      const text = writePage(title, blocks, 'md');
      return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
    });
  });

  async function load(call: PageCall, text: string) {
    const sides = await sidesOf(store, text);
    if (sides === undefined) return undefined;
    const on = call.req.query('on') || undefined;
    if (on !== undefined && !isDate(on)) {
      throw new ReadoutError('option.date', `on: expected a date as YYYY-MM-DD, got "${on}".`);
    }
    const brief = await loadBrief(store, sides, on);
    return { brief, names: await namesOfParties(store, brief.parties) };
  }
};

function titleOf({ parties }: Brief, names: ReadonlyMap<string, string>): string {
  return parties.map((party) => names.get(party) ?? party).join(' and ');
}

function pageOf(brief: Brief, names: ReadonlyMap<string, string>, on: string) {
  const [one, two] = brief.parties;
  const address = `/brief/${sidesPath(one, two)}`;
  const query = on === '' ? '' : `?on=${encodeURIComponent(on)}`;
  return {
    title: titleOf(brief, names),
    place: null,
    main: html`<div class="beside-brief">
<article class="brief">${trusted(htmlOf(briefBlocks(brief, names, { linked: true })))}</article>
<form class="filter on" action="${address}"><p>To take along: <a href="${address}.docx${query}">Word</a>, or print this page.</p><label>As reported up to<input type="date" name="on" value="${on}"></label><button>Show</button></form>
</div>
<p class="paths">More: <a href="${dyadAddress(one, two)}">both over time</a> · <a href="${actorAddress(one)}">${names.get(one) ?? one}</a> · <a href="${actorAddress(two)}">${names.get(two) ?? two}</a></p>`,
    forms: [
      ['JSON', `${address}.json${query}`],
      ['Markdown', `${address}.md${query}`],
      ['Word', `${address}.docx${query}`],
    ],
  } as const;
}
