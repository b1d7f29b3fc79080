import { disagreementWords } from '../../record/brief.ts';
import { compareReports } from '../../record/compare.ts';
import type { Event, EventClaim } from '../../record/event.ts';
import { dateOf, headlineOf } from '../../record/headline.ts';
import { comparisonTable } from '../compare.ts';
import { htmlOf } from '../layout.ts';
import { type Html, html, trusted } from './html.ts';
import type { AddPage } from './site.ts';

/** `/events/ID`: every field with who tells it, the reports side by side, the words behind each. */
export const addEventPages: AddPage = (app, { store }, show) => {
  app.get('/events/:id', (call) =>
    show(call, async () => {
      const event = await store.event(call.req.param('id')!);
      if (event === undefined) return undefined;
      return {
        title: headlineOf(event),
        place: '/timeline',
        main: eventMain(event),
        forms: [['JSON', `/api/v1/show/${event.id}`]],
      };
    }),
  );
};

function eventMain(event: Event): Html {
  return html`<p class="soft">${dateOf(event)} · ${statusChip(event)} ${event.type} · CAMEO ${event.cameo}</p>
<h1>${headlineOf(event)}</h1>
${event.disagreements.length > 0 && html`<p><span class="chip warn">reports disagree</span> ${disagreementWords(event)}</p>`}
<h2>The reports side by side</h2>
<div class="scroll" tabindex="0">${trusted(htmlOf([comparisonTable(compareReports(event))]))}</div>
<h2>The words behind it</h2>
<ul class="quotes">${event.claims.map((claim) => quoteItem(event, claim, { reason: true }))}</ul>`;
}

/** The words of one claim with its trigger lit, and where they stand. `reason` adds why the claim is in this event. */
export function quoteItem(event: Pick<Event, 'id'>, claim: EventClaim, { reason }: { readonly reason: boolean }): Html {
  const { sentence, trigger, evidence } = claim;
  const at = evidence.trigger.from - evidence.sentence.from;
  const lit = at >= 0 && at + trigger.length <= sentence.length;
  const words = lit
    ? html`${sentence.slice(0, at)}<mark class="trigger">${trigger}</mark>${sentence.slice(at + trigger.length)}`
    : html`${sentence}`;
  const by = claim.saidBy.map((speaker) => speaker.name).join(', ');
  const link = `/documents/${claim.document}?event=${event.id}#${encodeURIComponent(claim.claim)}`;
  return html`<li><q>${words}</q><small><a href="${link}">${claim.outlet ?? 'unknown outlet'}, ${claim.published?.from ?? 'undated'}</a>${by !== '' && `, citing ${by}`}</small>${reason && html`<small>${claim.status} · ${claim.reason.text}</small>`}</li>`;
}

/** What is not simply so: planned, threatened, denied. */
export function statusChip(event: Event): Html | null {
  const status = event.status.settled;
  return status === null || status === 'happened' ? null : html`<span class="chip ${status}">${status}</span>`;
}
