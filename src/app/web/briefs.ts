import { ReadoutError } from '../../error.ts';
import type { Brief } from '../../record/brief.ts';
import { briefBlocks, loadBrief } from '../brief.ts';
import { docxOf } from '../docx.ts';
import { type Block, htmlOf, writePage } from '../layout.ts';
import { isDate } from '../operation.ts';
import { actorAddress, dyadAddress, sidesPath } from './addresses.ts';
import { shortDate } from './dates.ts';
import { sidesAt } from './dyads.ts';
import { addAddress, asJson } from './forms.ts';
import { html, trusted } from './html.ts';
import { namesOfParties } from './names.ts';
import type { AddPage } from './show.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** `/brief/USA-RUS`: what a person reads before two sides meet. */
export const addBriefPages: AddPage = (app, site, show) => {
  const { store } = site;
  addAddress<Loaded>(app, site, show, {
    path: '/brief/:sides',
    async load(call, text) {
      const sides = await sidesAt(store, text);
      const on = call.req.query('on') || undefined;
      if (on !== undefined && !isDate(on)) {
        throw new ReadoutError('option.date', `on: expected a date as YYYY-MM-DD, got "${on}".`);
      }
      const brief = await loadBrief(store, sides, on);
      return { brief, names: await namesOfParties(store, brief.parties) };
    },
    page: ({ brief, names }, call) => pageOf(brief, names, call.req.query('on') ?? ''),
    forms: {
      json: ({ brief }) => asJson(brief),
      md({ brief, names }) {
        const text = writePage(titleOf(brief, names), briefBlocks(brief, names), 'md');
        return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
      },
      docx({ brief, names }) {
        const file = docxOf(titleOf(brief, names), briefBlocks(brief, names)) as Uint8Array<ArrayBuffer>;
        return new Response(file, { headers: { 'content-type': DOCX, 'content-disposition': 'attachment' } });
      },
    },
  });
};

/** A brief, and what its parties are called. */
interface Loaded {
  readonly brief: Brief;
  readonly names: ReadonlyMap<string, string>;
}

function titleOf({ parties }: Brief, names: ReadonlyMap<string, string>): string {
  return parties.map((party) => names.get(party) ?? party).join(' and ');
}

/** Days with short months, as they stand in a narrow column. */
function shortLeads(block: Block): Block {
  if (block.kind !== 'list') return block;
  return { ...block, items: block.items.map((item) => ({ ...item, lead: shortDate(item.lead) })) };
}

function pageOf(brief: Brief, names: ReadonlyMap<string, string>, on: string) {
  const [one, two] = brief.parties;
  const address = `/brief/${sidesPath(one, two)}`;
  const query = on === '' ? '' : `?on=${encodeURIComponent(on)}`;
  return {
    title: titleOf(brief, names),
    place: '/brief',
    main: html`<div class="beside-brief">
<article class="brief">${trusted(htmlOf(briefBlocks(brief, names, { linked: true }).map(shortLeads)))}</article>
<form class="filter on" action="${address}"><p>To take along: <a href="${address}.docx${query}">Word</a>, or print this page.</p><label>As reported up to<input type="date" name="on" value="${on}"></label><button>Show</button></form>
</div>
<p class="paths">More: <a href="${dyadAddress(one, two)}">both over time</a> · <a href="${actorAddress(one)}">${names.get(one) ?? one}</a> · <a href="${actorAddress(two)}">${names.get(two) ?? two}</a></p>`,
  } as const;
}
