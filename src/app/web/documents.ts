import type { Claim, Reading } from '../../events/reading.ts';
import type { Event } from '../../record/event.ts';
import { actOf, headlineOf, whoOf } from '../../record/headline.ts';
import { whenWords } from '../../record/words.ts';
import { type Html, html, trusted } from './html.ts';
import { LIT_ROLES, litSpans, litText } from './lit.ts';
import type { AddPage } from './site.ts';

/** `/documents/ID`: the text with the words of its claims lit up, of one event's with `?event=ID`. */
export const addDocumentPages: AddPage = (app, { store }, show) => {
  app.get('/documents/:id', (call) =>
    show(call, async () => {
      const reading = await store.reading(call.req.param('id')!);
      if (reading === undefined) return undefined;
      const { document } = reading;
      const chosen = call.req.query('event');
      const event = chosen === undefined ? undefined : await store.event(chosen);
      const events = await store.events({ document: document.id });
      return {
        title: document.title ?? 'Untitled document',
        place: '/timeline',
        main: documentMain(reading, events, event),
        forms: [['JSON', `/api/v1/show/${document.id}`]],
      };
    }),
  );
};

function documentMain(reading: Reading, events: readonly Event[], event: Event | undefined): Html {
  const { document } = reading;
  const chosen = new Set(event?.claims.filter((claim) => claim.document === document.id).map((claim) => claim.claim));
  const claims = reading.claims.filter((claim) => event === undefined || chosen.has(claim.id));
  const path = `/documents/${document.id}`;
  return html`<h1>${document.title ?? 'Untitled document'}</h1>
<p class="soft">${headWords(reading)}</p>
<p class="legend">${LIT_ROLES.map((role) => html`<mark class="${role}">${role}</mark> `)}${document.removed.length > 0 && html`<del>left out</del>`}</p>
${event !== undefined && html`<p>Lit up: <a href="/events/${event.id}">${headlineOf(event)}</a>. <a href="${path}">Light up all</a></p>`}
<div class="reader">
<div class="text">${trusted(litText(document.text, litSpans(reading, claims)))}</div>
<aside aria-label="Claims"><ol>${reading.claims.map((claim) => claimItem(claim))}</ol></aside>
</div>`;

  function claimItem(claim: Claim): Html {
    const of = events.find((one) =>
      one.claims.some((told) => told.document === document.id && told.claim === claim.id),
    );
    const target = event === undefined || chosen.has(claim.id) ? `#${claim.id}` : `${path}#${claim.id}`;
    const line = of === undefined ? claim.event : `${whoOf(of)}: ${actOf(of)}`;
    return html`<li><a href="${target}">${line}</a><small>${claim.status}${of !== undefined && of !== event && html` · <a href="/events/${of.id}">event</a>`}</small></li>`;
  }
}

function headWords({ document }: Reading): Html {
  const { outlet, published, url } = document;
  const name = outlet === null ? 'unknown outlet' : `${outlet.name}${outlet.kind === 'official' ? ' (official)' : ''}`;
  const day = published === null ? 'undated' : whenWords({ earliest: published.from, latest: published.to });
  const isWeb = url !== null && /^https?:\/\//i.test(url);
  return html`${name} · ${day}${isWeb && html` · <a href="${url}" rel="noreferrer noopener">original</a>`}`;
}
