import { headlineOf } from '../../record/headline.ts';
import type { Store } from '../../record/store.ts';
import { type Change, changeBetween, type Version, type VersionChange } from '../../record/versions.ts';
import { type Html, html } from './html.ts';

/** The texts that came from the address of a document, in the order they came, and what changed. */
export interface VersionView {
  readonly id: string;
  readonly versions: readonly { readonly id: string; readonly title: string | null }[];
  /** What the document changed of the one before it; for the first, what the next changed. */
  readonly compared: { readonly older: number; readonly newer: number; readonly change: VersionChange };
}

/** The versions of a document; nothing where it is the only one. */
export async function versionsOf(store: Store, id: string): Promise<VersionView | undefined> {
  const ids = await store.versions(id);
  if (ids.length < 2) return undefined;
  const newer = Math.max(1, ids.indexOf(id));
  const older = newer - 1;
  const titles = new Map((await store.heads(ids)).map((head) => [head.id, head.title]));
  const change = changeBetween(await versionOf(store, ids[older]!), await versionOf(store, ids[newer]!));
  return {
    id,
    versions: ids.map((one) => ({ id: one, title: titles.get(one) ?? null })),
    compared: { older, newer, change },
  };
}

async function versionOf(store: Store, id: string): Promise<Version> {
  const reading = (await store.reading(id))!;
  return { document: reading.document, events: await store.events({ document: id }) };
}

/** The versions, and two of them side by side: what went on the left, what came on the right. */
export function versionSection({ id, versions, compared }: VersionView): Html {
  const { older, newer, change } = compared;
  const events = (words: string, list: VersionChange['came']) =>
    list.map((event) => html`<li>${words} <a href="/events/${event.id}">${headlineOf(event)}</a></li>`);
  const changes = [...events('now tells', change.came), ...events('no longer tells', change.went)];
  return html`<section class="versions"><h2>${versions.length} versions</h2>
<ol>${versions.map((one, i) => html`<li>${one.id === id ? html`<b>Version ${i + 1}, this one</b>` : html`<a href="/documents/${one.id}">Version ${i + 1}</a>`} <span class="soft">${one.title ?? 'Untitled document'}</span></li>`)}</ol>
${changes.length > 0 && html`<ul class="short">${changes}</ul>`}
<div class="beside"><div><h3>Version ${older + 1}</h3><div class="text">${sideOf(change.words, 'removed')}</div></div>
<div><h3>Version ${newer + 1}</h3><div class="text">${sideOf(change.words, 'added')}</div></div></div></section>`;
}

/** Letters of what stayed that are shown on each side of a change. */
const AROUND = 200;

/** One side of a comparison: what it has of its own marked, what both have cut where it is long. */
function sideOf(words: readonly Change[], own: 'added' | 'removed'): readonly Html[] {
  return words.flatMap(({ words: text, change }, i) => {
    if (change !== null && change !== own) return [];
    if (change === 'added') return [html`<ins>${text}</ins>`];
    if (change === 'removed') return [html`<del>${text}</del>`];
    if (text.length <= 2 * AROUND) return [html`${text}`];
    const [head, tail] = [i === 0 ? '' : text.slice(0, AROUND), i === words.length - 1 ? '' : text.slice(-AROUND)];
    return [html`${head} <span class="soft">…</span> ${tail}`];
  });
}
